"""Who is at the keyboard: accounts, sign-in with a second factor, and what they typed and have not yet sent."""
