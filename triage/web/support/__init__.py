"""The support desk: what the support side must know about where a case stands.

Holds: pages for advocates alone. May import: web.shared, casework.
Read first: `views`.
"""
