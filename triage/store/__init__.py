"""How a case is kept: tables, encryption, the audit chain, one transaction per duty.

Holds: SQLAlchemy tables, encrypted columns, migrations, and functions that return domain objects.
May import: the domain rooms for their types, and settings; sqlalchemy, alembic and cryptography.
Read first: the unit of work, then the tables.
"""
