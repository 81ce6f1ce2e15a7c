"""Agencies of all nine sectors, their teams and practitioners, and whether a practitioner may work today."""
