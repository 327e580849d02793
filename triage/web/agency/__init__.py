"""The portal of agencies that refer: their drafts in the questions of flow (a), what they sent, and what we ask them.

Holds: pages for clerks and leads of agencies alone. May import: web.shared, web.forms, casework.
Read first: `views`, then `drafts`.
"""
