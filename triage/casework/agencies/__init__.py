"""Referrals of agencies: written, sent and answered from outside; taken into cases, asked about and answered here.

Holds: the duties of agencies and of intake with what agencies send. May import: casework, the store, the core.
Read first: `sending`, then `taking`.
"""
