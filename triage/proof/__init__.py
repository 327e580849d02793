"""What no combination of answers can do: the invariants proved, or a filled-in answer sheet that breaks them.

Holds: the answers and findings of one pair as a circuit, solvers that ask about it, and the laws they are asked.
May import: routing and every room below it; z3 is imported here alone. Never the store or a screen.
Read first: `proving.py`.
"""
