"""What the programme side is told of the start of work, once a day; and what is asked again before anything starts.

Holds: live, batches, asking, starting. May import: what `triage.casework` may. Read first: `live`, then `batches`.
"""
