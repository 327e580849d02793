"""From the answers of a case to its findings.

Holds: the walk through a flow, the task list, the answers set aside, what wordings say, the findings and their
evidence.
May import: flow, cases and settings.
Read first: the module that walks a flow, then the findings.
"""
