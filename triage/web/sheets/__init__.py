"""Information sheets for staff: what there is, on paper; and handing one over from a case.

Holds: views. May import: the shared web, forms, casework, sheets. Read first: `views`, then `handing`.
"""
