"""Interpreters and co-facilitators: the tables, how they are named at a desk, and where they stand in the wall.

Holds: tables, attendants, stands. May import: what `triage.store` may. Read first: `stands`.
"""
