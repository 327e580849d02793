"""What the panel records about a pair: own views and signatures, each for ever; disagreement stays visible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.cases.model import NewSignature
from triage.store.data_keys import DataKeys
from triage.store.items import Item, Kept, read_items, rows_of, write_item
from triage.store.tables import own_views, signatures
from triage.store.work import Work

_OWN_VIEWS, _SIGNATURES = rows_of(own_views), rows_of(signatures)


@dataclass(frozen=True, slots=True)
class StoredView:
    """An own view as kept."""

    item: Item
    pair: str
    result: str
    grounds: str
    by: str


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """A signature as kept; `evidence` is the version of the whole case it was given on."""

    item: Item
    signed: NewSignature
    by: str
    side: str
    evidence: int


def insert_view(work: Work, keys: DataKeys, view: StoredView) -> None:
    """Keep an own view."""
    content = {"pair": view.pair, "result": view.result, "grounds": view.grounds, "by": view.by}
    write_item(work, keys, own_views, view.item, content)


def read_views(work: Work, keys: DataKeys, case_id: UUID, pair: str) -> tuple[StoredView, ...]:
    """The own views about a pair, in order. Raises `Unreadable`."""
    kept_views = read_items(work, keys, _OWN_VIEWS, case_id)
    return tuple(StoredView(kept.item, **kept.content) for kept in kept_views if kept.content["pair"] == pair)


def insert_signature(work: Work, keys: DataKeys, signature: StoredSignature) -> None:
    """Keep a signature."""
    signed = signature.signed
    content = {
        "pair": signed.pair,
        "value": signed.value,
        "contrary_evidence": signed.contrary_evidence,
        "would_change": signed.would_change,
        "review_on": signed.review_on.isoformat(),
        "by": signature.by,
        "side": signature.side,
        "evidence": signature.evidence,
    }
    write_item(work, keys, signatures, signature.item, content)


def read_signatures(work: Work, keys: DataKeys, case_id: UUID, pair: str) -> tuple[StoredSignature, ...]:
    """The signatures about a pair, in order. Raises `Unreadable`."""
    kept_signatures = read_items(work, keys, _SIGNATURES, case_id)
    return tuple(_signature(kept) for kept in kept_signatures if kept.content["pair"] == pair)


def _signature(kept: Kept) -> StoredSignature:
    content = kept.content
    signed = NewSignature(
        content["pair"],
        content["value"],
        content["contrary_evidence"],
        content["would_change"],
        date.fromisoformat(content["review_on"]),
    )
    return StoredSignature(kept.item, signed, content["by"], content["side"], content["evidence"])
