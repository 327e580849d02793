"""Information sheets in casework: the library of this installation, what is offered from a case, what was handed over.

Holds: use cases. May import: the store, the sheets, cases. Read first: `library`, then `offering`.
"""
