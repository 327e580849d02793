"""The intake desk on the programme side: a case from a referral, and where work with a person stands, in one code.

Holds: pages for intake workers alone. May import: web.shared, casework.
Read first: `views`.
"""
