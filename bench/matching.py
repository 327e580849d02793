"""How well people and pairs are recognised, by kind of corruption, among 200,000 synthetic people: JSON lines.

`python bench/matching.py [people]`; with `--estimate` the probabilities of the weights are estimated and printed too.
"""

import json
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from _people import CORRUPTIONS, REGION, Person, Population

from triage.cases.matching.identity import Identity
from triage.cases.matching.pairs import match_pair, match_person
from triage.cases.matching.score import Prepared, compare, prepare, shipped_weights
from triage.cases.matching.tokens import sought_tokens, tokens_of

PEOPLE = 200_000
ASKED = 400
"""Referrals of each kind."""


class Index:
    """The population in memory, found by the same tokens as in the database: place 2n and 2n+1 are a couple."""

    def __init__(self, couples: Iterable[tuple[Person, Person]]) -> None:
        self.people = [person for couple in couples for person in couple]
        self.prepared: dict[int, Prepared] = {}
        self.by_token: dict[int, list[int]] = defaultdict(list)
        for place, person in enumerate(self.people):
            for token in tokens_of(person.identity, REGION):
                self.by_token[hash(token)].append(place)

    def candidates(self, identity: Identity) -> set[int]:
        """The places of everybody who shares a token."""
        found = (self.by_token.get(hash(token), ()) for token in sought_tokens(identity, REGION))
        return {place for places in found for place in places}

    def at(self, place: int) -> Prepared:
        """Somebody, made ready to be compared."""
        if place not in self.prepared:
            self.prepared[place] = prepare(self.people[place].identity, REGION)
        return self.prepared[place]

    def same_person(self, identity: Identity) -> set[int]:
        """Whom the score proposes as the same person."""
        ready = prepare(identity, REGION)
        return {place for place in self.candidates(identity) if match_person(ready, self.at(place))}

    def same_pair(self, couple: tuple[Identity, Identity]) -> set[int]:
        """The couples that the score proposes as the same two people."""
        later = {letter: prepare(one, REGION) for letter, one in zip("AB", couple, strict=True)}
        cases = {place // 2 for one in couple for place in self.candidates(one)}
        return {case for case in cases if match_pair(later, {"A": self.at(2 * case), "B": self.at(2 * case + 1)})}


def figures(kind: str, right: int, wrong: int, asked: int) -> dict[str, object]:
    """Precision, recall and F1 of one kind."""
    precision, recall = right / max(right + wrong, 1), right / asked
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"kind": kind, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def measure(index: Index, made: Population, asked: int) -> list[dict[str, object]]:
    """People, then pairs, by kind of corruption; last, people and pairs that nobody knows yet."""
    lines, total, pairs_total = [], Counter[str](), Counter[str]()
    for kind, corrupt in CORRUPTIONS.items():
        people, pairs = Counter[str](), Counter[str]()
        for place in made.dice.sample(range(len(index.people) // 2), asked):
            mine, other = 2 * place, 2 * place + 1
            found = index.same_person(corrupt(index.people[mine], made))
            people.update(right=mine in found, wrong=len(found - {mine}))
            couple = (corrupt(index.people[other], made), corrupt(index.people[mine], made))
            met = index.same_pair(couple)
            pairs.update(right=place in met, wrong=len(met - {place}))
        lines.append({"what": "person", **figures(kind, people["right"], people["wrong"], asked)})
        lines.append({"what": "pair", **figures(kind, pairs["right"], pairs["wrong"], asked)})
        total.update(people)
        pairs_total.update(pairs)
    every = asked * len(CORRUPTIONS)
    lines.append({"what": "person", **figures("all kinds", total["right"], total["wrong"], every)})
    lines.append({"what": "pair", **figures("all kinds", pairs_total["right"], pairs_total["wrong"], every)})
    return [*lines, *_strangers(index, made, asked)]


def _strangers(index: Index, made: Population, asked: int) -> list[dict[str, object]]:
    """How often somebody new, and a relative who resembles somebody known, is taken for somebody else."""
    new = sum(len(index.same_person(made.person().identity)) for _one in range(asked))
    people = made.dice.sample(index.people, asked)
    relatives = sum(len(index.same_person(made.relative(one).identity)) for one in people)
    pairs = sum(len(index.same_pair((made.relative(one).identity, made.person().identity))) for one in people)
    return [
        {"what": "person", "kind": "somebody new", "wrong": new, "asked": asked},
        {
            "what": "person",
            "kind": "twin, child of the same name, sibling, homonym",
            "wrong": relatives,
            "asked": asked,
        },
        {"what": "pair", "kind": "such a relative and somebody new", "wrong": pairs, "asked": asked},
    ]


def estimate(index: Index, made: Population, asked: int) -> Mapping[str, Mapping[str, tuple[float, ...]]]:
    """By field and level: how often it is met in the same person, in a mixture of every corruption, and in two."""
    same: dict[str, Counter[str]] = defaultdict(Counter)
    other: dict[str, Counter[str]] = defaultdict(Counter)
    for _one in range(asked):
        person = made.dice.choice(index.people)
        corrupt = made.dice.choice(tuple(CORRUPTIONS.values()))
        met = prepare(corrupt(person, made), REGION)
        for count, against in ((same, person), (other, made.dice.choice(index.people))):
            for it in compare(met, prepare(against.identity, REGION)).agreements:
                count[it.field][it.level] += 1
    return {
        field: {
            level: (
                round(same[field][level] / same[field].total(), 5),
                round(other[field][level] / other[field].total(), 6),
            )
            for level in levels
        }
        for field, levels in shipped_weights().bits.items()
    }


def main() -> None:
    """Print the figures."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    count, made = int(arguments[0]) if arguments else PEOPLE, Population(2026)
    began = time.process_time()
    index = Index(made.couples(count // 2))
    print(json.dumps({"people": count, "built_seconds": round(time.process_time() - began, 1)}))
    if "--estimate" in sys.argv:
        for field, levels in estimate(index, made, 20_000).items():
            print(json.dumps({"field": field, "of the same person, of two": levels}))
    for line in measure(index, made, ASKED):
        print(json.dumps(line))
    times, met = [], []
    for person in made.dice.sample(index.people, 200):
        began = time.process_time()
        met.append(len(index.candidates(person.identity)))
        index.same_person(person.identity)
        times.append(time.process_time() - began)
    print(json.dumps({
        "candidates_median": statistics.median(met), "candidates_most": max(met),
        "milliseconds_median": round(1000 * statistics.median(times), 2),
        "milliseconds_most": round(1000 * max(times), 1),
        "tokens": sum(map(len, index.by_token.values())),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
