"""What leaves the system: e-mails and machine events, written with the change and sent after it has committed."""
