"""Settings: what the environment says, read once and checked at start-up."""
