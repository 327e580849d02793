"""The door: sign in and out, language, and what to do when someone is in danger now.

Holds: the pages that need no case. May import: web.shared, casework.accounts.
Read first: `views`.
"""
