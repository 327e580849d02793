"""What desks state of the persons and pairs of a case.

Holds: statements, letters and who may know of them. May import: what `triage.store` may. Read first: `statements`.
"""
