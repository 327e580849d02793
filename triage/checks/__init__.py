"""What must hold of the flows before anyone is asked anything.

Holds: structural checks, missing wordings and the list of all problem codes.
May import: flow, cases and settings; later networkx, which no other room may use.
Read first: the catalogue of codes.
"""
