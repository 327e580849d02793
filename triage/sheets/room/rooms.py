"""The texts in force: those that are shipped, and over them what this installation approved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from triage.sheets.library import SOURCE, Edition, Library, core_texts, refused_of, wanted_texts
from triage.sheets.model import Catalogue
from triage.sheets.reviews import Reading, State
from triage.sheets.room.revisions import (
    READINGS,
    Candidate,
    Hindrance,
    Revision,
    Standing,
    Step,
    after,
    hindrance,
    shipped,
)
from triage.sheets.room.terms import meant_by, shipped_term, state_of_term, term_ids
from triage.sheets.texts import Text, Texts


class Next(StrEnum):
    """What one translation waits for."""

    TRANSLATE = "translate"
    REVIEW = "review"
    PUT_BACK = "put-back"
    APPROVE = "approve"
    DONE = "done"


@dataclass(frozen=True)
class Room:
    """What is shipped, and every step that was taken in this installation, in order."""

    shipped: Library
    revisions: tuple[Revision, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the sheets."""
        return self.shipped.catalogue

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that are translated here, those without any text too; never the source, nor a broken one."""
        unread = {SOURCE, *self.shipped.broken}
        return tuple(code for code in sorted(self.catalogue.languages) if code not in unread)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text to translate: the core first, those of the safety class first in it, then by id."""
        core, safety = core_texts(self.catalogue), self.shipped.safety_texts
        source = self.shipped.editions[SOURCE].texts.by_id
        wanted = (text for text in wanted_texts(self.catalogue) if text in source)
        return tuple(sorted(wanted, key=lambda text: (text not in core, text not in safety, text)))

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """The words without an equivalent by their id; each takes the same steps as a text, and stands on no sheet."""
        return term_ids(self.catalogue)

    def holds(self, text: str) -> bool:
        """Whether a text or a term of that id is translated here."""
        return text in self._texts_known or text in self.terms

    def terms_in_force(self, language: str) -> dict[str, str]:
        """How a language says each term: as it was approved here, else as it is shipped."""
        said = {english: self.standing(language, term).in_force.words for term, english in self.terms.items()}
        return {english: words for english, words in said.items() if words}

    def source(self, text: str) -> str:
        """The English words of today."""
        if text in self.terms:
            return meant_by(self.catalogue, self.terms[text])
        return self.shipped.editions[SOURCE].texts.words(text)

    def standing(self, language: str, text: str) -> Standing:
        """Where a text stands in a language."""
        return self._standings.get((language, text)) or self._as_shipped(language, text)

    def state(self, language: str, text: str) -> State:
        """How far the latest words of a text are."""
        if text in self.terms:
            return state_of_term(self.standing(language, text).latest, self.source(text))
        edition = self.latest.editions.get(language)
        return self.latest.text_state(edition, text) if edition else State.MISSING

    def next_of(self, language: str, text: str) -> Next:
        """What a text waits for in a language."""
        state, latest = self.state(language, text), self.standing(language, text).latest
        if state in {State.MISSING, State.REFUSED, State.STALE} or latest.sent_back:
            return Next.TRANSLATE
        if latest.approved or (state is State.SOURCE and not latest.pending):
            return Next.DONE
        if latest.reviewed is None:
            return Next.REVIEW
        return Next.APPROVE if latest.back_check or text not in self.shipped.safety_texts else Next.PUT_BACK

    def hindrance(self, language: str, text: str, step: Step, person: Reading) -> Hindrance | None:
        """Say why a person does not take a step of a text now; what the checks refuse is read by nobody."""
        latest, safety = self.standing(language, text).latest, text in self.shipped.safety_texts
        found = hindrance(latest, step, person, self.source(text), safety=safety)
        refused = step in READINGS and self.state(language, text) is State.REFUSED
        return found or (Hindrance.REFUSED if refused else None)

    @cached_property
    def in_force(self) -> Library:
        """What the sheets are made of."""
        return self._over({place: one.in_force for place, one in self._standings.items()})

    @cached_property
    def latest(self) -> Library:
        """The same with the latest words, approved or not: for the states of the room alone, never for a sheet."""
        return self._over({place: one.latest for place, one in self._standings.items()})

    @cached_property
    def _texts_known(self) -> frozenset[str]:
        return frozenset(self.texts)

    @cached_property
    def _standings(self) -> Mapping[tuple[str, str], Standing]:
        taken: dict[tuple[str, str], list[Revision]] = defaultdict(list)
        languages = set(self.languages)
        for one in self.revisions:
            if self.holds(one.text) and one.language in languages:
                taken[one.language, one.text].append(one)
        return {
            (language, text): after(self._as_shipped(language, text), steps)
            for (language, text), steps in taken.items()
        }

    def _as_shipped(self, language: str, text: str) -> Standing:
        if text in self.terms:
            return shipped_term(self.catalogue, language, self.terms[text])
        return _shipped(self.shipped.editions.get(language), text)

    def _over(self, candidates: Mapping[tuple[str, str], Candidate]) -> Library:
        by_language: dict[str, dict[str, Candidate]] = defaultdict(dict)
        for (language, text), one in candidates.items():
            if one.words and text not in self.terms:
                by_language[language][text] = one
        editions = dict(self.shipped.editions)
        for code, changed in by_language.items():
            editions[code] = self._edition(code, changed)
        return Library(self.catalogue, editions, self.shipped.broken)

    def _edition(self, code: str, changed: Mapping[str, Candidate]) -> Edition:
        language = self.catalogue.languages[code]
        base = self.shipped.editions.get(code) or Edition(language, Texts(code, "", {}), {}, {})
        own = Texts(code, base.texts.file, {text: Text(one.words, one.source, 0) for text, one in changed.items()})
        reviews = {text: one for text, one in base.reviews.items() if text not in changed}
        return replace(
            base,
            texts=replace(base.texts, by_id={**base.texts.by_id, **own.by_id}),
            reviews=reviews | {text: one.review for text, one in changed.items() if one.review},
            refused={text: one for text, one in base.refused.items() if text not in changed}
            | refused_of(own, self.shipped.editions[SOURCE], language),
            sent_back=frozenset(_sent_back(changed)),
        )


def _sent_back(changed: Mapping[str, Candidate]) -> Iterable[str]:
    return (text for text, one in changed.items() if one.sent_back)


def _shipped(edition: Edition | None, text: str) -> Standing:
    own = edition.texts.by_id.get(text) if edition else None
    if edition is None or own is None:
        return shipped("", "", None)
    return shipped(own.words, own.source, edition.reviews.get(text))
