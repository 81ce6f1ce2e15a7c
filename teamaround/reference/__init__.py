"""Versioned lists that are data: vocabulary, code lists, periods and thresholds, bank holidays, outcome frameworks."""
