"""What people do, one module per duty: the only room that opens the store.

Holds: referrals, assessments, members, decisions with two signatures, publication, messages, sheets and translations,
imports.
May import: every room below: store, routing, assess, checks, flow, cases and settings.
Read first: the module named after the duty you care about.
"""
