"""What a symbolic sheet holds: bounds, rows, accounts, entries, acts, and what binds them."""
