"""One's own account: the second factor, the password, the sessions.

Holds: the pages that everybody who works here has. May import: web.shared, casework.accounts.
Read first: `factor`, then `account`.
"""
