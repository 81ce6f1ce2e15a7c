"""Teamaround: everyone who supports a child working as one team, with the family in the middle."""
