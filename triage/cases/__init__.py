"""The people of a case, what is recorded about them, and the wall between the two sides.

Holds: persons, pairs, answers with their sources, signed acts, roles and the wall.
May import: the standard library alone.
Read first: `record.py`.
"""
