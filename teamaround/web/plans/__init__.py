"""The delivery plan and its reviews."""
