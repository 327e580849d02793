"""The numbers that conditions read from a sheet."""
