"""From findings to a determination, and from there to a route for each person.

Holds: the decision order, the gates and holds, the routes, the alerts and their reasons.
May import: assess, checks, flow, cases and settings.
Read first: the decision, then the routes.
"""
