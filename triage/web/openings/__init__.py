"""The card of a person in imminent danger on pages: opened for half an hour, and looked at afterwards.

Holds: pages for workers, the safety lead and those who oversee. May import: web.shared, casework. Read first: `cards`.
"""
