"""Recognising people: the search of a case, what a match holds, what the panel says of it, where nothing may be sent.

Holds: searching, holds, reviews, chains, contact points. May import: what `triage.casework` may, but the duties that
open or show a case import this folder. Read first: `searching`, then `holds`.
"""
