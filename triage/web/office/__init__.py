"""The office: those who run the service see its accounts, invite, close, and do together what takes two.

Holds: the pages about accounts. May import: web.shared, casework.accounts.
Read first: `accounts`.
"""
