"""The determination room: own view first, then the proposal with its reasons, two signatures, and the routes.

Holds: pages for panel members; the safety lead sees the routes. May import: web.shared, casework.
Read first: `views`, then `routes`.
"""
