"""What somebody typed and has not recorded: one sealed row for each form, seen by nobody else, gone after a day.

Holds: tables, drafts. May import: what `triage.store` may. Read first: `drafts`; ADR 0078.
"""
