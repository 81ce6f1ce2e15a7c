"""Who must do what by when, about which record."""
