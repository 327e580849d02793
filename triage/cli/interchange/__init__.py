"""The commands that read and write the formats of others."""
