"""What must hold of the flows as a whole: order, consequences, conditions, and what safety depends on.

Holds: one module for each kind of check; `all_kinds` runs them.
May import: the rest of `checks`, and what that may.
Read first: `all_kinds.py`, then docs/checks.md.
"""
