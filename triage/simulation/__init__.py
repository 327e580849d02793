"""What would change: many cases decided at once under two versions of the flows.

Holds: columns of cases, the decision run over columns, and the comparison of two versions.
May import: routing and every room below it. Never the store, a screen or a solver.
Read first: `columns.py`.
"""
