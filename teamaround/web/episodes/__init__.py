"""From first concern to a signed assessment: checklist, episode, consent, assessment, response, closing."""
