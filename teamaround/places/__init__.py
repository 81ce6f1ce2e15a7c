"""Postcode to ward, locality and constituency area, with dates."""
