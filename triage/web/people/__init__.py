"""The people of a case: who they are, what they are to each other, whom answers name; added, corrected, taken away.

Holds: the pages about persons and pairs, each with what its reader may know of them. May import: web.shared, web.forms,
casework. Read first: `shown`, then `listed`.
"""
