"""The interface for programs of agencies: a token for a signed assertion, a referral, its status, and its description.

A program of its own, mounted beside the screens: no session, no cookie, no page of theirs reaches it, and nothing of it
reaches them. Holds: bodies, schemas, operations. May import: casework, domain types.
Read first: `operations`, then `views`.
"""
