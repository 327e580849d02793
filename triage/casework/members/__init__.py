"""Whoever belongs to a case: added, corrected, opened to both sides.

Holds: the duties about persons, pairs and what they are to each other. May import: what `triage.casework` may. Read
first: `adding`.
"""
