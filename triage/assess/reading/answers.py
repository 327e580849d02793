"""Read the record of one case from the `triage assess` format, or report every problem of it at once."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from triage.assess.reading.acts import read_act
from triage.assess.reading.naming import naming
from triage.assess.reading.places import read_about
from triage.assess.reading.values import NotAValue, clean_text, read_day, shown, value_or_problem
from triage.assess.reading.words import in_words
from triage.cases.record import Act, Answer, CaseRecord, Pair, Withdrawal
from triage.flow.model import Rulebook
from triage.flow.problems import Problem, nearest

ANSWER_KEYS = (
    "id", "question", "about", "value", "follow_up", "source", "by", "alone", "contact", "tainted", "interested",
    "hearsay", "recording", "copy_of", "on", "ask_again", "withdrawn",
)  # fmt: skip
PERSON_KEYS = ("birth",)
CASE_KEYS = (
    "id", "on", "persons", "pairs", "answers", "acts", "latched",
    "title", "facts", "twin", "expect",
)  # fmt: skip
"""The keys of a case file; the last four tell a reader what it shows, and are not read here."""
MOST_ANSWERS = 20_000
MOST_PAIRS = 45
RECORDINGS = ("", "authenticated", "plain", "absent")
Read = TypeVar("Read")
Met = TypeVar("Met", str, date)


def read_case(data: object, rulebook: Rulebook, today: date, file: str = "") -> CaseRecord | tuple[Problem, ...]:
    """Read one case. `today` bounds the dates; problems carry the file name and say which answer or act they are of."""
    reader = _Reader(rulebook, today, file)
    record = reader.case(data)
    return tuple(reader.problems) or record


class _Reader:
    def __init__(self, rulebook: Rulebook, today: date, file: str) -> None:
        self.rulebook, self.today, self.file = rulebook, today, file
        self.on = today
        self.problems: list[Problem] = []
        self.births: dict[str, str] = {}
        self.pairs: tuple[Pair, ...] = ()
        self._met: dict[object, Any] = {}
        self._no_cost = frozenset(rulebook.words.get("no_cost", ()))

    def fault(self, code: str, message: str, near: str = "") -> None:
        self.problems.append(Problem(code, message, self.file, 0, near))

    def attempt(self, where: str, code: str, read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except NotAValue as fault:
            self.fault(code, f"{where}: {fault}", fault.near)
            return otherwise

    def once(self, value: Met) -> Met:
        """The first such word or day of this case: what many answers say alike is kept once, and read faster."""
        first: Met = self._met.setdefault(value, value)
        return first

    def case(self, data: object) -> CaseRecord:
        if not isinstance(data, Mapping):
            self.fault("C001", "A case is a mapping with id, persons, pairs, answers and acts.")
            data = {}
        self._keys("case", data, CASE_KEYS)
        self.on = self.attempt("on", "C005", lambda: read_day(data.get("on", self.today)), self.today)
        if self.on > self.today:
            self.fault("C005", f"on: {self.on} lies in the future.")
        self._persons(data.get("persons"))
        self.pairs = tuple(self._pairs(data.get("pairs")))
        answers = [self._answer(item, number) for number, item in self._items(data, "answers")]
        acts = [self._act(item, number) for number, item in self._items(data, "acts")]
        given = [answer for answer in answers if answer is not None]
        self._unique([answer.id for answer in given])
        self._copies({answer.id: answer.copy_of for answer in given if answer.copy_of})
        identity = shown(data.get("id", "case"), 200)
        return CaseRecord(
            id=identity,
            on=self.on,
            births=self.births,
            pairs=self.pairs,
            answers=tuple(given),
            acts=tuple(act for act in acts if act is not None),
            latched=self._latched(data.get("latched")),
        )

    def _keys(self, where: str, written: Mapping[object, object], known: Sequence[str]) -> None:
        """Tell every key that is not known: what stands under it would be passed over in silence."""
        for key in written:
            if key not in known:
                self.fault("C002", f"{where}: `{shown(key)}` is no key here.", nearest(shown(key), known))

    def _items(self, data: Mapping[object, object], key: str) -> Iterable[tuple[int, object]]:
        items = data.get(key) or []
        if not isinstance(items, Sequence) or isinstance(items, str) or len(items) > MOST_ANSWERS:
            self.fault("C001", f"`{key}` must be a list of at most {MOST_ANSWERS}.")
            return ()
        return enumerate(items, 1)

    def _persons(self, persons: object) -> None:
        if isinstance(persons, Sequence) and not isinstance(persons, str):
            for name in (one for one, times in Counter(map(shown, persons)).items() if times > 1):
                self.fault("C007", f"person `{name}` stands twice.")
            persons = {person: {} for person in persons if isinstance(person, str)}
        if not isinstance(persons, Mapping) or not persons:
            self.fault("C001", "`persons` must name the persons of the case.")
            return
        same: dict[str, str] = {}
        for name, details in persons.items():
            if not isinstance(name, str) or not name.replace("_", "a").isalnum() or len(name) > 40:
                self.fault("C006", f"`{shown(name, 40)}` is no person id: letters and digits only.")
                continue
            first = same.setdefault(_read_alike(name), name)
            if first != name:
                self.fault("C007", f"persons `{first}` and `{name}` have the same name for whoever reads it.")
            if isinstance(details, Mapping):
                self._keys(f"person {name}", details, PERSON_KEYS)
            birth = details.get("birth") if isinstance(details, Mapping) else None
            self.births[name] = self._birth(name, birth)

    def _birth(self, name: str, birth: object) -> str:
        if birth is None or birth == "unknown":
            return ""
        day = self.attempt(f"birth of {name}", "C005", lambda: read_day(birth), None)
        if day and day > self.on:
            self.fault("C005", f"birth of {name}: {day} lies in the future.")
        return day.isoformat() if day else ""

    def _pairs(self, pairs: object) -> Iterable[Pair]:
        if not isinstance(pairs, Sequence) or isinstance(pairs, str) or not pairs or len(pairs) > MOST_PAIRS:
            self.fault("C001", "`pairs` must be a list of pairs such as [[A, B]].")
            return
        seen: set[frozenset[str]] = set()
        for pair in pairs:
            names = [shown(name) for name in pair] if isinstance(pair, Sequence) and not isinstance(pair, str) else []
            unknown = [name for name in names if name not in self.births]
            if len(names) != 2 or names[0] == names[1] or unknown or frozenset(names) in seen:
                near = nearest(unknown[0], self.births) if unknown else ""
                self.fault(
                    "C006", f"`{'-'.join(names) or shown(pair)}` is no pair of two different known persons.", near
                )
                continue
            seen.add(frozenset(names))
            yield Pair(names[0], names[1])

    def _answer(self, item: object, number: int) -> Answer | None:
        if not isinstance(item, Mapping):
            self.fault("C001", f"answer {number}: must be a mapping.")
            return None
        where = f"answer {shown(item.get('id', number))}"
        self._keys(where, item, ANSWER_KEYS)
        question = self.rulebook.questions.get(shown(item.get("question")))
        if question is None:
            asked = shown(item.get("question"), 40)
            self.fault("C003", f"{where}: there is no question `{asked}`.", nearest(asked, self.rulebook.questions))
            return None
        source = shown(item.get("source"), 20)
        if source not in question.sources:
            allowed = ", ".join(question.sources)
            self.fault("C004", f"{where}: `{source}` may not answer {question.id} (only {allowed}).")
        value = value_or_problem(naming(question, self.births), item.get("value"))
        if isinstance(value, Problem):
            self.fault(value.code, f"{where}: {value.message}", value.near)
            return None
        on = self._past(where, item.get("on"))
        return Answer(
            id=self._identity(where, item.get("id"), number),
            question=question.id,
            about=self.once(
                self.attempt(
                    where, "C006", lambda: read_about(question, item.get("about"), self.pairs, self.births), ""
                )
            ),
            source=self.once(source),
            on=on,
            rows=in_words(question, value.rows, self._no_cost),
            text=value.text,
            number=value.number,
            day=value.day,
            non_answer=value.non_answer,
            follow_up=self._follow_up(where, question.follow_up, item.get("follow_up")),
            by=self._word(where, item, "by"),
            alone=self._flag(where, item, "alone"),
            contact=self._word(where, item, "contact"),
            tainted=bool(self._flag(where, item, "tainted")),
            interested=bool(self._flag(where, item, "interested")),
            hearsay=bool(self._flag(where, item, "hearsay")),
            recording=self._recording(where, item.get("recording")),
            copy_of=self._word(where, item, "copy_of"),
            ask_again=self._day_to_come(where, item.get("ask_again")),
            withdrawn=self._withdrawal(where, item.get("withdrawn"), on),
        )

    def _day_to_come(self, where: str, written: object) -> date | None:
        """The day on which to ask again; it may lie after the day of the case, as no other may."""
        return None if written is None else self.attempt(where, "C005", lambda: read_day(written), None)

    def _identity(self, where: str, written: object, number: int) -> str:
        """The id of an answer: a short text or a number; by its place in the file when it has none."""
        if written is None:
            return f"#{number}"
        if isinstance(written, int) and not isinstance(written, bool):
            return shown(written)
        return self.attempt(f"{where}, id", "C008", lambda: clean_text(written, 200), "")

    def _past(self, where: str, written: object) -> date:
        on = self.attempt(where, "C005", lambda: read_day(written), self.on)
        if on > self.on:
            self.fault("C005", f"{where}: {on} lies in the future.")
        return self.once(on)

    def _follow_up(self, where: str, known: tuple[str, ...], written: object) -> str:
        if written is None or written in ("", "NK", "DEC", "NSA"):
            return ""
        if written not in known:
            self.fault("C008", f"{where}: `{shown(written, 40)}` is no follow-up here.", nearest(shown(written), known))
            return ""
        return shown(written)

    def _word(self, where: str, item: Mapping[object, object], key: str) -> str:
        written = item.get(key)
        if written is None:
            return ""
        text = written.isoformat() if isinstance(written, date) else written
        return self.once(self.attempt(f"{where}, {key}", "C008", lambda: clean_text(text, 200), ""))

    def _flag(self, where: str, item: Mapping[object, object], key: str) -> bool | None:
        written = item.get(key)
        known: Mapping[object, bool | None] = {None: None, True: True, False: False, "yes": True, "no": False, "": None}
        if isinstance(written, bool | str | None) and written in known:
            return known[written]
        self.fault("C008", f"{where}: `{key}` is true or false.")
        return None

    def _recording(self, where: str, written: object) -> str:
        word = "" if written is None else shown(written)
        if word not in RECORDINGS:
            self.fault("C008", f"{where}: `{word[:40]}` is no recording.", nearest(word, RECORDINGS))
        return "" if word == "absent" else word

    def _withdrawal(self, where: str, written: object, answered: date) -> Withdrawal | None:
        if written is None or written is False:
            return None
        reason = written.get("reason") if isinstance(written, Mapping) else None
        if not isinstance(written, Mapping) or not isinstance(reason, str) or not reason.strip():
            self.fault("C008", f"{where}: a withdrawal has a day `on` and a `reason`.")
            return None
        on = self._past(where, written.get("on"))
        if on < answered:
            self.fault("C005", f"{where}: withdrawn before it was given.")
        return Withdrawal(on, shown(reason, 2000))

    def _act(self, item: object, number: int) -> Act | None:
        if not isinstance(item, Mapping):
            self.fault("C001", f"act {number}: must be a mapping.")
            return None
        where = f"act {number} ({shown(item.get('act'), 40)})"
        on = self._past(where, item.get("on"))
        read = read_act(item, number, on, self.rulebook.acts, self.births, self.pairs)
        if isinstance(read, Act):
            return read
        for problem in read:
            self.fault(problem.code, f"{where}: {problem.message}", problem.near)
        return None

    def _unique(self, identities: list[str]) -> None:
        for identity in sorted(one for one, times in Counter(identities).items() if times > 1)[:20]:
            self.fault("C007", f"answer id `{identity}` stands twice.")

    def _copies(self, copies: Mapping[str, str]) -> None:
        """Tell each circle of copies; a first account that is not on file is one class with them (12.1 rule 2)."""
        followed: set[str] = set()
        for first in copies:
            chain: list[str] = []
            one = first
            while one in copies and one not in followed:
                followed.add(one)
                chain.append(one)
                one = copies[one]
            if one in chain:
                self.fault("C008", f"answer {shown(one)}: it is a copy of itself, by way of `copy_of`.")

    def _latched(self, written: object) -> Mapping[str, frozenset[str]]:
        """Gates known to have fired earlier: a list for every pair, or one list by pair."""
        if written is None:
            return {}
        if isinstance(written, Mapping):
            return {
                shown(pair): frozenset(map(shown, gates)) for pair, gates in written.items() if isinstance(gates, list)
            }
        if isinstance(written, list):
            return {pair.undirected: frozenset(map(shown, written)) for pair in self.pairs}
        self.fault("C001", "`latched` must be a list of gates.")
        return {}


def _read_alike(name: str) -> str:
    """A name as people tell it from others: without width, case or characters that nobody sees."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
