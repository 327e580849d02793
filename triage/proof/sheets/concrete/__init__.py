"""Between a symbolic sheet and answer files: read into it, run in columns, written from it."""
