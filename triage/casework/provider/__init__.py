"""Sign-in through a provider of identities (OpenID Connect): it takes the place of the password, and of nothing else.

Holds: one module per duty. May import: casework.accounts, the store and the rooms below.
Read first: `signing_in`, then `conversation`, `configuration`.
"""
