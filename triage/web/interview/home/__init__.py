"""The home of one case: is anybody in danger, what comes next, what is missing, how far each part has come.

Holds: the page and what it puts into words. May import: web.interview, web.shared, casework. Read first: `page`.
"""
