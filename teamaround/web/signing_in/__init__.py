"""Pages for signing in and for how one signs in: allauth's views, with our words, behind our gates."""
