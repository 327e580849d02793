"""The translators' room: translations typed, read by others and approved, over the texts that are shipped.

Holds: the course of one translation, what is refused when it is typed, the rooms, and exchange as PO.
May import: the sheets.
Read first: `revisions`, then `entry` and `exchange`.
"""
