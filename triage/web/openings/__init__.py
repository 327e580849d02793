"""What is looked at beside the cases: cards opened in danger, and addresses that a person shares with an agency.

Holds: pages for workers, the safety lead and those who oversee. May import: web.shared, casework. Read first: `cards`.
"""
