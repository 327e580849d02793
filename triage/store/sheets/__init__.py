"""What is kept of information sheets: which was handed to whom and how; and every step of a translation.

Holds: two tables and the functions that read and write them. May import: the store, cases. Read first: `handings`.
"""
