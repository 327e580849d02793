"""Someone is in danger now: whom to call, and the form that was open, kept and given back.

Holds: the emergency numbers of each country as data. May import: web.shared. Read first: `keeping`.
"""
