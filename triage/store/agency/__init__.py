"""What is kept of agencies: the organisations, who writes for them, their referrals and what happened to these.

Holds: tables and the functions that read and write them. May import: the store, cases.
Read first: `tables`, then `referrals`.
"""
