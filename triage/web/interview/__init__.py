"""The interview: the list of cases, the tasks, one question a page, check your answers, acts, what it points to so far.

Holds: the pages that every worker sees, each with what their own side may read. May import: web.shared, casework.
Read first: `steps`, then `entry`, then `answers`.
"""
