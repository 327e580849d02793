"""Who reads and writes which row on PostgreSQL, by row-level security: a second layer behind the filters of casework.

A transaction says its sight and its member of staff (`triage.store.principals`); one that says nothing sees no row.
A worker sees their own desk in the cases where they work, the panel what it is free to see, the rules everything, the
door accounts and no case. Migrations run these statements; what a statement does is never changed, only added to.
Source: security page 3.3 and 4.1; ADR 0042.
"""

from collections.abc import Iterator, Mapping

SIGHT, STAFF = "cairn_sight()", "cairn_staff()"
_SIGHT_SAID = "coalesce(nullif(current_setting('cairn.sight', true), ''), 'nobody')"
_STAFF_SAID = "nullif(current_setting('cairn.staff', true), '')::uuid"
FUNCTIONS = (
    f"CREATE FUNCTION {SIGHT} RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {_SIGHT_SAID} $$",
    f"CREATE FUNCTION {STAFF} RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {_STAFF_SAID} $$",
)
NO_FUNCTIONS = (f"DROP FUNCTION {SIGHT}", f"DROP FUNCTION {STAFF}")

ANYBODY = f"{SIGHT} <> 'nobody'"
RULES = f"{SIGHT} = 'rules'"
AT_THE_DOOR = f"{SIGHT} IN ('door', 'rules')"
OF_STAFF = f"{SIGHT} IN ('programme', 'support', 'panel', 'rules')"
OPENING = f"{SIGHT} IN ('programme', 'rules')"
PANEL = f"{SIGHT} IN ('panel', 'rules')"
OWN = f"({RULES} OR user_id = {STAFF})"


def free_panel(case: str) -> str:
    """The panel, in a case where this member never stood on a side."""
    crossed = f"SELECT FROM wall w WHERE w.case_id = {case} AND w.user_id = {STAFF} AND w.side <> 'panel'"
    return f"({SIGHT} = 'panel' AND NOT EXISTS ({crossed}))"


def works_in(case: str, and_also: str = "true") -> str:
    """Somebody who works with a person of a case, on the side of their sight; `a` is the allocation."""
    mine = f"a.case_id = {case} AND a.user_id = {STAFF} AND a.side = {SIGHT} AND {and_also}"
    return f"EXISTS (SELECT FROM allocations a WHERE {mine})"


def at_own_desk(table: str) -> str:
    """A row at the desk of somebody who works in its case."""
    return works_in(f"{table}.case_id", f"{table}.desk = a.side || '-' || a.letter")


def in_case(table: str, *besides: str) -> str:
    """Everybody who may read a row that stands at a desk of a case; `besides` are further ways."""
    return " OR ".join((RULES, free_panel(f"{table}.case_id"), at_own_desk(table), *besides))


def row_level_security(table: str, allowed: Mapping[str, str]) -> Iterator[str]:
    """The statements that close a table, and open it to what is allowed: by command, an expression over the row."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for command, expression in allowed.items():
        name = f"{table}_{command.lower()}"
        clause = {
            "INSERT": f"WITH CHECK ({expression})",
            "SELECT": f"USING ({expression})",
            "DELETE": f"USING ({expression})",
        }.get(command, f"USING ({expression}) WITH CHECK ({expression})")
        yield f"CREATE POLICY {name} ON {table} FOR {command} {clause}"


def no_row_level_security(table: str, commands: Mapping[str, str]) -> Iterator[str]:
    """The statements that take it away again."""
    for command in commands:
        yield f"DROP POLICY {table}_{command.lower()} ON {table}"
    yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
