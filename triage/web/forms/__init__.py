"""Forms: the fields of a page, the form of a question and of an act, and what was typed in them.

Holds: nothing that records. May import: web.shared and the domain rooms for their types.
Read first: `fields`, then `questions`, then `entry`.
"""
