"""The commands about what is said outside: send it, and say to whom it goes.

Holds: working, registering. May import: what `triage.cli` may. Read first: `working`.
"""
