"""Why a PostgreSQL server, or the role that the program enters it as, must not serve: asked of the server itself."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine

from triage.store.tables import metadata

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_ROLE = """
SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS strong,
       EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = 'public'::regnamespace) AS owns
FROM pg_roles WHERE rolname = current_user
"""
_OPEN_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
"""
_MUST_BE = {"fsync": "on", "full_page_writes": "on", "log_statement": "none"}


def server_reasons(engine: Engine) -> Iterator[str]:
    """Every reason why this server must not serve, each with its name; none for a SQLite file."""
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        yield from _role_reasons(connection)
        yield from _setting_reasons(connection)
        open_tables = {row.relname for row in connection.exec_driver_sql(_OPEN_TABLES)} & set(metadata.tables)
        if open_tables:
            yield f"database-unwalled: row-level security is not forced on {', '.join(sorted(open_tables))}."
    url = engine.url
    host = url.host or str(url.query.get("host", ""))
    if host and not host.startswith("/") and host not in _LOCAL and url.query.get("sslmode") != "verify-full":
        yield "database-unencrypted: a server elsewhere is reached with sslmode=verify-full in TRIAGE_DATABASE_URL."


def _role_reasons(connection: Connection) -> Iterator[str]:
    role = connection.exec_driver_sql(_ROLE).one()
    if role.strong:
        yield "database-role-strong: the role of TRIAGE_DATABASE_URL may pass row-level security or make roles."
    if role.owns:
        yield "database-role-owns: the role of TRIAGE_DATABASE_URL owns tables; migrate as TRIAGE_DATABASE_OWNER_URL."


def _setting_reasons(connection: Connection) -> Iterator[str]:
    for name, wanted in _MUST_BE.items():
        held = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
        if held != wanted:
            yield f"database-setting: the server answers {name}={held}; it must be {wanted}."
