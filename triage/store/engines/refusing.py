"""How each database itself refuses that a row of an append-only table is changed or deleted.

Migrations run these statements; what a statement does is therefore never changed, only added to.
"""

REFUSE = "refuse_change"


def refusals(dialect: str, table: str) -> tuple[str, ...]:
    """The statements that make a table append-only. Inputs: `sqlite` or `postgresql`; the table."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        )
    # For each statement, so that it is refused even when it touches no row that the role may see.
    return tuple(
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {REFUSE}()"
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    )


def refusing_function(dialect: str) -> tuple[str, ...]:
    """The statements that the refusals need first: on PostgreSQL a function, on SQLite none."""
    if dialect == "sqlite":
        return ()
    says = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
    return (f"CREATE FUNCTION {REFUSE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {says}; END $$",)


def no_refusing_function(dialect: str) -> tuple[str, ...]:
    """The statements that take the function away again."""
    return () if dialect == "sqlite" else (f"DROP FUNCTION {REFUSE}()",)
