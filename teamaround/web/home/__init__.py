"""Where a worker arrives: my children, what is due, invitations, notices."""
