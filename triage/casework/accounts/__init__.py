"""Accounts: who may sign in, with which password and second factor, for how long, and who runs that.

Holds: one module per duty. May import: casework, the store and the rooms below.
Read first: `signing_in`, then `sessions`, `second_factor`, `office`.
"""
