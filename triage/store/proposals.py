"""Acts that wait for a second name, and the one reply to each: confirmed or declined, both for ever."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.cases.model import NewAct
from triage.store.data_keys import DataKeys
from triage.store.items import Item, Kept, read_items, rows_of, write_item
from triage.store.tables import proposed_acts, replies
from triage.store.work import Work

_PROPOSED, _REPLIES = rows_of(proposed_acts), rows_of(replies)


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """An act as proposed; `evidence` is the version of the whole case it rests on."""

    item: Item
    proposed: NewAct
    by: str
    side: str
    evidence: int


@dataclass(frozen=True, slots=True)
class StoredReply:
    """What the second person answered to a proposal."""

    item: Item
    proposal_id: UUID
    confirmed: bool
    reason: str
    by: str
    side: str


def insert_proposal(work: Work, keys: DataKeys, proposal: StoredProposal) -> None:
    """Keep an act that waits for a second name."""
    proposed = proposal.proposed
    content = {
        "act": proposed.act,
        "about": proposed.about,
        "values": list(proposed.values),
        "on": proposed.on.isoformat(),
        "reason": proposed.reason,
        "by": proposal.by,
        "side": proposal.side,
        "evidence": proposal.evidence,
    }
    write_item(work, keys, proposed_acts, proposal.item, content)


def read_proposals(work: Work, keys: DataKeys, case_id: UUID) -> tuple[StoredProposal, ...]:
    """The acts proposed in a case, in order. Raises `Unreadable`."""
    return tuple(map(_proposal, read_items(work, keys, _PROPOSED, case_id)))


def insert_reply(work: Work, keys: DataKeys, reply: StoredReply) -> None:
    """Keep the reply to a proposal. Raises `IntegrityError` when it already has one."""
    content = {"confirmed": reply.confirmed, "reason": reply.reason, "by": reply.by, "side": reply.side}
    write_item(work, keys, replies, reply.item, content, proposal_id=reply.proposal_id)


def read_replies(work: Work, keys: DataKeys, case_id: UUID) -> dict[UUID, StoredReply]:
    """By proposal, the reply it was given. Raises `Unreadable`."""
    kept_replies = read_items(work, keys, _REPLIES, case_id)
    return {kept.more["proposal_id"]: StoredReply(kept.item, **kept.more, **kept.content) for kept in kept_replies}


def _proposal(kept: Kept) -> StoredProposal:
    content = kept.content
    on = date.fromisoformat(content["on"])
    proposed = NewAct(content["act"], content["about"], tuple(content["values"]), on, content["reason"])
    return StoredProposal(kept.item, proposed, content["by"], content["side"], content["evidence"])
