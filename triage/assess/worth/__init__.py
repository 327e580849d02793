"""What an account is worth: how it is taken, what it can rule out, and how pieces of evidence combine."""
