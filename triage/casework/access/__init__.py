"""Who may open which page and send which form, as data: `matrix.toml`, its reading, and its page of documentation.

Holds: the matrix, how it is read, the page made from it. May import: cases.
Read first: `matrix.toml`, then `matrix`.
"""
