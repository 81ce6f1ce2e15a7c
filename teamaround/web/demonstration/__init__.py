"""Signing in as somebody of the demonstration, with one click; there is no such address anywhere else."""
