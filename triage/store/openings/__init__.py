"""Cards that were opened in imminent danger: the tables, and how an opening is kept and read (ADR 0057).

Holds: tables, openings. May import: what `triage.store` may. Read first: `openings`.
"""
