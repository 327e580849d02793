"""Who interprets for one person of a case or co-facilitates: named by the worker, and in the wall from then on.

Holds: naming, ending. May import: what `triage.casework` may. Read first: `naming`.
"""
