"""Which names the fact set of one pair may use, worked out from the findings and their scope (domain 12.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.flow.conditions import ROLES_AB, ROLES_BA, Condition, substitute, tests, with_roles
from triage.flow.documents import Block

ROLES_OF_SCOPE: Mapping[str, tuple[str, ...]] = {
    "directed": ("xy", "yx"),
    "person-in-pair": ("x", "y"),
    "person": ("x", "y"),
    "pair": (),
    "case": (),
}


@dataclass(frozen=True, slots=True)
class FactNames:
    """The names of facts: as a fact set writes them, and as rules write them with roles in place of persons."""

    names: frozenset[str]
    in_roles: frozenset[str]
    ordinals: frozenset[str]
    counts: frozenset[str]
    computed: frozenset[str]


def read_facts(findings: Block, determination: Block) -> FactNames:
    """Work out the names of facts; the findings themselves are checked by the reader of the flows."""
    special = determination.block("facts")
    without_role, carried, computed = (
        frozenset(special.texts(key)) if special else frozenset() for key in ("without_role", "carried", "computed")
    )
    if special:
        special.finish()
    in_roles, ordinals, counts = set(carried), set(), set()
    block = findings.block("findings")
    for name in block.names() if block else ():
        finding = block.block(name) if block else None
        if finding is None or name in computed:
            continue
        single = finding.flag("merged") or name in without_role
        roles = () if single else ROLES_OF_SCOPE.get(finding.text("scope"), ())
        written = {f"{name}_{role}" for role in roles} or {name}
        in_roles |= written
        ordinals |= written if finding.flag("ordinal") else set()
        counts |= written if finding.flag("count") else set()
    persons = [_with_persons(words) for words in (in_roles, ordinals, counts)]
    return FactNames(persons[0], frozenset(in_roles), persons[1], persons[2], computed)


def _with_persons(words: Iterable[str]) -> frozenset[str]:
    return frozenset(with_roles(word, ROLES_AB) for word in words)


def facts_read(
    conditions: Iterable[Condition], lists: Mapping[str, tuple[str, ...]], facts: frozenset[str]
) -> tuple[str, ...]:
    """Give every fact that some condition reads, for both persons, in alphabetical order."""
    both = (substitute(condition, roles) for condition in conditions for roles in (ROLES_AB, ROLES_BA))
    words = (word for condition in both for word in _words(condition, lists))
    return tuple(sorted({word for word in words if word in facts}))


def _words(condition: Condition, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for test in tests(condition):
        for argument in test.arguments:
            yield from lists.get(argument, (argument,))
