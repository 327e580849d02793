"""Read in the translators' room: the languages, one language, what waits, one text beside its source, and the terms."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.core import Locale
from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.access.matrix import access_matrix
from triage.casework.sheets.translating import ACTIONS, reader_of, room_of
from triage.sheets.library import core_texts
from triage.sheets.model import Catalogue
from triage.sheets.reviews import State
from triage.sheets.room.entry import remarks_on_back_check
from triage.sheets.room.revisions import Standing, Step
from triage.sheets.room.rooms import Next, Room
from triage.sheets.translating import placeholders
from triage.web.shared.guards import reads, service
from triage.web.shared.posted import Typed
from triage.web.shared.translation import translated as _
from triage.web.translations.blueprint import blueprint
from triage.web.translations.words import HINDRANCES, STATES, STEPS, WAITS, found_in_words


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language of the room: its code, its own name, and the direction in which it is written."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Line:
    """One text in one language. `source` is empty while somebody is to put the translation back without seeing it."""

    id: str
    source: str
    words: str
    safety: bool
    waits: Next
    state: State


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as somebody sees it: with its standing, and the steps they may take, or what stands in the way."""

    line: Line
    standing: Standing
    may: frozenset[Step]
    why_not: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]


@blueprint.get("")
@reads("translation", "list")
def index(_actor: Actor) -> ResponseReturnValue:
    """List the languages, and how far each is."""
    room = room_of(service())
    rows = [(spoken(room, code), _progress(room, code)) for code in room.languages]
    return render_template("translations/index.html", rows=rows, classes=_classes())


@blueprint.get("/<code>")
@reads("translation", "read")
def language(_actor: Actor, code: str) -> ResponseReturnValue:
    """Show how far one language is, by class, and lead to what waits."""
    room = room_of(service())
    return render_template(
        "translations/language.html", spoken=spoken(room, code), progress=_progress(room, code), classes=_classes(),
        waits=WAITS,
    )  # fmt: skip


@blueprint.get("/<code>/waiting/<waiting>")
@reads("translation", "read")
def waiting(actor: Actor, code: str, waiting: str) -> ResponseReturnValue:
    """List the texts of a language that wait for one step, the core and the safety class first."""
    room = room_of(service())
    of = spoken(room, code)
    if waiting not in set(Next):
        abort(404)
    lines = [line for text in room.texts if (line := line_of(room, actor, code, text)).waits == waiting]
    title = WAITS[Next(waiting)]
    return render_template("translations/waiting.html", spoken=of, title=title, lines=lines, states=STATES)


@blueprint.get("/<code>/terms")
@reads("translation", "read")
def terms(actor: Actor, code: str) -> ResponseReturnValue:
    """Show how words without an equivalent are said in a language, how far each is, and which words are not said."""
    room = room_of(service())
    of, known = spoken(room, code), room.catalogue.languages[code]
    lines = [(english, line_of(room, actor, code, term)) for term, english in room.terms.items()]
    return render_template("translations/terms.html", spoken=of, known=known, lines=lines, waits=WAITS, states=STATES)


@blueprint.get("/<code>/texts/<text>")
@reads("translation", "read")
def text(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Show one text beside its source."""
    return text_page(actor, code, text)


def text_page(
    actor: Actor, code: str, text: str, typed: Typed | None = None, errors: tuple[tuple[str, str], ...] = ()
) -> str:
    """Draw the page of one text, with what was typed and why it was not taken."""
    room = room_of(service())
    of, shown = spoken(room, code), shown_to(room, actor, code, text)
    return render_template(
        "translations/text.html", spoken=of, shown=shown, Step=Step, waits=WAITS, states=STATES, steps=STEPS,
        typed=typed or Typed(), told=errors, of=request.endpoint, is_term=text in room.terms,
        errors=[{"text": sentence, "href": "#told"} for sentence, _exactly in errors],
    )  # fmt: skip


def spoken(room: Room, code: str) -> Spoken:
    """Find a language of the room, or end with the constant 404."""
    if code not in room.languages:
        abort(404)
    return Spoken(code, room.catalogue.languages[code].name, Locale.parse(code).text_direction)


def line_of(room: Room, actor: Actor, code: str, text: str) -> Line:
    """Show a text as one line; without its source to whoever is to put it back into English."""
    waits = room.next_of(code, text)
    blind = waits is Next.PUT_BACK and Step.PUT_BACK in _may(room, actor, code, text)
    return Line(
        text, "" if blind else room.source(text), room.standing(code, text).latest.words,
        text in room.shipped.safety_texts, waits, room.state(code, text),
    )  # fmt: skip


def shown_to(room: Room, actor: Actor, code: str, text: str) -> Shown:
    """Put together what somebody sees of one text, or end with the constant 404."""
    if not room.holds(text):
        abort(404)
    standing, source = room.standing(code, text), room.source(text)
    may = _may(room, actor, code, text)
    back = standing.latest.back_check
    terms = {} if text in room.terms else room.terms_in_force(code)
    return Shown(
        line_of(room, actor, code, text), standing, may, _why_not(room, actor, code, text, may),
        tuple(_values(room.catalogue, source)), tuple(_terms(terms, source)),
        found_in_words(remarks_on_back_check(room, text, back)) if back else (),
    )  # fmt: skip


def _may(room: Room, actor: Actor, code: str, text: str) -> frozenset[Step]:
    """Say which steps somebody may take now, by their role and by what they did before."""
    person = reader_of(service(), actor)
    return frozenset(step for step in Step if _allows(actor, step) and not room.hindrance(code, text, step, person))


def _allows(actor: Actor, step: Step) -> bool:
    return access_matrix().allows(actor.role, "post", "translation", ACTIONS[step])


def _why_not(room: Room, actor: Actor, code: str, text: str, may: frozenset[Step]) -> tuple[str, ...]:
    """Say why somebody cannot take the step that a text waits for."""
    waited = {Next.REVIEW: Step.REVIEWED, Next.PUT_BACK: Step.PUT_BACK, Next.APPROVE: Step.APPROVED}
    step = waited.get(room.next_of(code, text))
    if step is None or step in may:
        return ()
    found = room.hindrance(code, text, step, reader_of(service(), actor))
    return (str(HINDRANCES[found]),) if found else (_("Somebody with the role of a reviewer goes on with it."),)


def _values(catalogue: Catalogue, source: str) -> Iterator[tuple[str, str]]:
    """Give what stands in the place of each placeholder of a text."""
    for name in dict.fromkeys(placeholders(source)):
        known = catalogue.values.get(name, {})
        yield f"{{{name}}}", " / ".join(dict.fromkeys(value.text for value in known.values()))


def _terms(terms: Mapping[str, str], source: str) -> Iterator[tuple[str, str]]:
    """Give the terms of the language that the source uses."""
    plain = source.casefold()
    yield from ((english, said) for english, said in terms.items() if english.casefold() in plain)


Progress = Mapping[tuple[bool, bool], Counter[Next]]


def _progress(room: Room, code: str) -> Progress:
    """Count the texts of a language by class (of the core, of the safety class) and by what they wait for."""
    core, safety = core_texts(room.catalogue), room.shipped.safety_texts
    found: dict[tuple[bool, bool], Counter[Next]] = {one: Counter() for one in _classes()}
    for text in room.texts:
        found[text in core, text in safety][room.next_of(code, text)] += 1
    return found


def _classes() -> dict[tuple[bool, bool], str]:
    return {
        (True, True): _("Core set, a mistake may hurt somebody"),
        (True, False): _("Core set, other texts"),
        (False, True): _("Further texts, a mistake may hurt somebody"),
        (False, False): _("Further texts, the others"),
    }
