"""What is said outside: e-mails and webhooks without content, written with the act, sent by `triage work` (ADR 0070).

Holds: kinds, texts.toml, posting, delivering, mail, hooks, guard, registering, overseeing, configuration. May import:
what `triage.casework` may, but nothing that serves one audience. Read first: `kinds`, then `posting`, `delivering`.
"""
