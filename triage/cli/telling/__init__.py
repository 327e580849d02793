"""What commands about flows tell, in English or in French.

Holds: texts by id, numbers and problems in one language, and the option that chooses it. May import: what `triage.cli`
may. Read first: `words`.
"""
