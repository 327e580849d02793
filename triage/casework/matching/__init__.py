"""Recognising people: the search of a case, what a match holds, what the panel says of it, who must be reassigned.

Holds: searching, holds, reviews, chains, reassigning. May import: what `triage.casework` may, but the duties that
open or show a case import this folder. Read first: `searching`, then `holds`.
"""
