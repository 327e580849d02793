"""What differs between the two databases: how a connection is made safe, who waits for whom, how a change is refused.

Holds: one module per database, the refusals of append-only tables, and who reads which row on PostgreSQL.
May import: sqlalchemy. Read first: `sqlite`, then `postgresql`, then `policies`.
"""
