"""What waits to be said outside: posts, how far each has come, and where those who are told can be reached (ADR 0070).

Holds: tables, posts, mailboxes, webhooks. May import: what `triage.store` may. Read first: `posts`.
"""
