"""What is kept of information sheets: that one was handed to somebody, which, how, and what was asked first.

Holds: a table and the functions that read and write it. May import: the store, cases. Read first: `handings`.
"""
