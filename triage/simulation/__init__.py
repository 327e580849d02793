"""What would change: many cases decided at once under two versions of the flows.

Holds: columns of cases, the decision run over columns, the comparison of two versions, and its reports.
May import: routing and every room below it. Never the store, a screen or a solver.
Read first: `comparing.py`, then `questions.py` and `program.py`.
"""
