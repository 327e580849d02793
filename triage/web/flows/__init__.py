"""How it is decided: every flow, set of rules, finding and outcome, drawn and in words, for workers and authors.

Holds: pages that show no case and no person. May import: web.shared, routing and the rooms below it.
Read first: `views`, then `gallery`.
"""
