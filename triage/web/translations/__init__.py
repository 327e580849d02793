"""The translators' room on pages: languages and how far they are, one text beside its source, files. No case is here.

Holds: views. May import: the shared web, casework, sheets. Read first: `blueprint`, then `reading` and `steps`.
"""
