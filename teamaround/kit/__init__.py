"""Small things that know nothing of children: dates, identifiers, text, refusals, the private database server."""
