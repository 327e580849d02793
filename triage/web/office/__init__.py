"""The office: those who run the service see its accounts, invite, close, do together what takes two, and see messages.

Holds: the pages about accounts and messages. May import: web.shared, casework.accounts, casework.messages.
Read first: `accounts`.
"""
