"""What the structural checks need of the decision and of the engine: rules as plain data, and measures in silence.

Holds: judging of the rules of the decision, and what is measured of a case in which nobody answered.
May import: the rest of `routing`, and what that may; of `checks` nothing that reaches networkx.
Read first: `judging.py`.
"""
