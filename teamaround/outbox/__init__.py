"""What leaves the system: e-mails, texts and machine events, written with the change and sent after it has committed."""
