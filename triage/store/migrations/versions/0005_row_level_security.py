"""Row-level security on PostgreSQL: each transaction sees the rows of the one in whose name it runs (ADR 0042)."""

from collections.abc import Mapping, Sequence

from alembic import op

from triage.store.engines.policies import (
    ANYBODY,
    AT_THE_DOOR,
    FUNCTIONS,
    NO_FUNCTIONS,
    OF_STAFF,
    OPENING,
    OWN,
    PANEL,
    RULES,
    SIGHT,
    STAFF,
    free_panel,
    in_case,
    no_row_level_security,
    row_level_security,
    works_in,
)

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

INSTALLATION = "scope = '00000000-0000-0000-0000-000000000000'"
SAFETY_BOARD = works_in(
    "answers.case_id",
    f"{SIGHT} = 'support' AND answers.compartment = 'S' AND answers.desk = 'programme-' || a.letter",
)
"""An advocate reads the card of safe contact of her own person, which the other side's worker wrote."""
OF_VISIBLE_ANSWER = "EXISTS (SELECT FROM answers o WHERE o.id = withdrawals.answer_id)"
AT_DESKS = ("acts", "own_views", "signatures", "proposed_acts", "replies", "identities")
OF_ACCOUNTS = (
    "users", "sessions", "authenticators", "passkeys", "recovery_codes", "invitations", "account_requests", "attempts",
)
OF_MATCHING = ("match_subjects", "match_tokens", "matches", "match_sides", "match_reviews")


def _whole(expression: str) -> Mapping[str, str]:
    return {"ALL": expression}


def _written_once(reading: str, writing: str) -> Mapping[str, str]:
    return {"SELECT": reading, "INSERT": writing}


CASE_OF_ONES_OWN = " OR ".join((RULES, free_panel("{case}"), works_in("{case}")))
POLICIES: Mapping[str, Mapping[str, str]] = {
    "cases": {
        "SELECT": OF_STAFF,  # its reference is listed to whoever could take a person on; its content is sealed
        "INSERT": OPENING,
        "UPDATE": CASE_OF_ONES_OWN.format(case="cases.id"),
    },
    "persons": _written_once(CASE_OF_ONES_OWN.format(case="persons.case_id"), OPENING),
    "desks": {"SELECT": in_case("desks"), "INSERT": OPENING, "UPDATE": in_case("desks")},
    "wall": _written_once(OWN, OWN),
    "allocations": _written_once(f"{OWN} OR side = {SIGHT}", f"{RULES} OR (user_id = {STAFF} AND side = {SIGHT})"),
    "answers": _written_once(in_case("answers", SAFETY_BOARD), in_case("answers")),
    "withdrawals": _written_once(in_case("withdrawals", OF_VISIBLE_ANSWER), in_case("withdrawals")),
    **{table: _written_once(in_case(table), in_case(table)) for table in AT_DESKS},
    "data_keys": _written_once(
        f"{RULES} OR ({INSTALLATION} AND side = 'programme' AND {ANYBODY}) OR {free_panel('scope')} OR "
        + works_in("scope", f"({SIGHT} = 'support' OR data_keys.side = 'programme')"),
        f"{OPENING} OR ({INSTALLATION} AND {ANYBODY})",
    ),
    "posts": _written_once(OWN, OWN),
    "audit": _written_once(f"{RULES} OR actor = {STAFF}", ANYBODY),
    "audit_head": _whole(ANYBODY),
    "searches": _whole(f"{RULES} OR {free_panel('searches.case_id')}"),
    "lookups": _whole(OWN),
    **{table: _whole(AT_THE_DOOR) for table in OF_ACCOUNTS},
    **{table: _whole(PANEL) for table in OF_MATCHING},
}


def upgrade() -> None:
    """Add what the subject says. SQLite has nothing of the kind: there the filters of the program stand alone."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in FUNCTIONS:
        op.execute(statement)
    for table, allowed in POLICIES.items():
        for statement in row_level_security(table, allowed):
            op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, allowed in POLICIES.items():
        for statement in no_row_level_security(table, allowed):
            op.execute(statement)
    for statement in NO_FUNCTIONS:
        op.execute(statement)
