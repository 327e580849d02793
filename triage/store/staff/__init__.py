"""Who works here as it is kept: accounts, second factors, sessions, invitations, requests of two persons.

Holds: one module per table or two. May import: the rest of the store.
Read first: `accounts`, then `sessions`.
"""
