"""Who somebody is, as recorded at one desk: each description for ever, a newer one beside the earlier ones."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from triage.cases.matching.identity import Address, Identity
from triage.store.data_keys import DataKeys
from triage.store.items import Item, at_desks, read_items, rows_of, write_item
from triage.store.tables import identities
from triage.store.work import Work

_AT_DESKS = rows_of(identities, at_desks(identities))


def insert_identity(work: Work, keys: DataKeys, item: Item, letter: str, identity: Identity) -> None:
    """Keep a description of a person at the desk of the item."""
    write_item(work, keys, identities, item, identity_content(identity), letter=letter)


def read_identities(
    work: Work, keys: DataKeys, case_id: UUID, desks: tuple[str, ...]
) -> dict[str, dict[str, Identity]]:
    """By letter and desk, what is known of each person at these desks, the descriptions joined. Raises `Unreadable`."""
    found: dict[str, dict[str, Identity]] = {}
    for kept in read_items(work, keys, _AT_DESKS, case_id, desks=desks):
        known = found.setdefault(kept.more["letter"], {})
        newer = identity_from(kept.content)
        known[kept.item.desk] = known.get(kept.item.desk, Identity()).with_details(newer)
    return found


def identity_content(identity: Identity) -> dict[str, Any]:
    """The fields of an identity as JSON; what was not said is left out."""
    content = {name: value for name, value in asdict(identity).items() if value}
    return {**content, "birth": identity.birth.isoformat()} if identity.birth else content


def identity_from(content: dict[str, Any]) -> Identity:
    """The identity of a sealed row."""
    many = {name: tuple(content[name]) for name in ("also", "former", "phones", "emails") if name in content}
    return Identity(
        given=content.get("given", ""),
        family=content.get("family", ""),
        birth=date.fromisoformat(content["birth"]) if "birth" in content else None,
        birth_year=content.get("birth_year"),
        addresses=tuple(Address(**one) for one in content.get("addresses", ())),
        **many,
    )
