"""The pages that clients read: one information sheet each, without sign-in, cookie or trace of whose it is.

Holds: views. May import: the shared web, casework, sheets. Read first: `views`.
"""
