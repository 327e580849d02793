"""What can be wrong with a flow, a rule or a case file: one problem with its code, place and nearest known name."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST_NAME = 100
LONGEST_MESSAGE = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: a code, a plain sentence, where it stands (line from 1, 0 when unknown), the nearest known name."""

    code: str
    message: str
    file: str = ""
    line: int = 0
    near: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.code} {self.message}" + (f" Did you mean `{self.near}`?" if self.near else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known name closest to `word`, or to `word` without its role; nothing when none is close."""
    near = [name for name in known if len(name) <= LONGEST_NAME] if len(word) <= LONGEST_NAME else []
    stem = word.rpartition("_")[0]
    found = difflib.get_close_matches(word, near, n=1, cutoff=0.6)
    found += difflib.get_close_matches(stem, near, n=1, cutoff=0.6) if stem and not found else []
    return found[0] if found else ""


def shown(message: str) -> str:
    """A message as it may stand in a list or a terminal: one line of printable signs, of a length that can be read."""
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in message[:LONGEST_MESSAGE])
    return line + ("…" if len(message) > LONGEST_MESSAGE else "")


CODES: Mapping[str, tuple[str, str]] = {
    # F: flows, findings, acts and sources
    "F001": (
        "A file cannot be read as plain YAML, or a directory holds no flow or too many questions.",
        "Mend the place it names: UTF-8, a mapping, no `&`, `*` or `!`, 1 to 2,000 questions.",
    ),
    "F002": ("A key is not one of its block.", "Write the key that is meant, or take it out."),
    "F003": ("Something is missing or empty.", "Add what the sentence names."),
    "F004": ("A value is not of the kind or among the words that belong there.", "Write one that belongs there."),
    "F005": ("Something stands twice.", "Keep one of the two; give the other its own name."),
    "F006": ("There is no question of that id here.", "Write the id of a question; ids are never renamed."),
    "F007": ("There is no finding of that name.", "Write a name of findings.yml, or declare the finding there."),
    "F008": ("A code is never an answer or value there.", "Write one of the codes of that question, act or column."),
    "F009": ("The question has no such column.", "Write the code of one of its `columns`, or add the column."),
    "F010": ("A condition uses a test that the language does not have.", "Use a test of docs/flow-language.md."),
    "F011": ("A test stands where it has no meaning.", "Move it: some tests belong to evidence, some to rules."),
    "F012": ("There is no source of that code.", "Write a code of sources.yml."),
    "F013": ("There is no act of that name.", "Write a name of acts.yml, or declare the act there."),
    "F014": ("A text is missing in a language.", "Add it to locales/<language>/LC_MESSAGES/flows.po."),
    "F015": ("A condition cannot be read.", "Mend it at that character; quote it when it holds `, ` or `: `."),
    "F016": ("A comparison is missing, or compares what cannot be compared.", "Compare with codes or whole numbers."),
    "F017": ("NK, DEC and NSA are declared as options.", "Take them out: every question accepts them by itself."),
    "F018": ("There is no measure or competence of that name.", "Write one the program offers, or ask for a new one."),
    "F019": ("An edge leads nowhere, or back.", "Name a later question or `end`; or a flow, act or outcome (`O-…`)."),
    "F020": ("A name does not say whose it is in a way that fits.", "Add, change or drop `_xy`, `_yx`, `_x`, `_y`."),
    "F021": ("Findings read each other in a circle.", "Take one of them out of the rules of the other."),
    "F022": ("No evidence counts an element of that kind.", "Write a kind that stands at an `element` of a question."),
    "F023": ("A test has too many words in its brackets, or too few.", "Give it what docs/flow-language.md says."),
    "F024": ("What is asked once treats the two persons differently.", "Say it of both: `some x:` or `each x:`."),
    "F025": (
        "`zero: always` would be read as no `zero` at all.",
        'Leave it out for one competent "not found"; or write `otherwise_zero: true`, or the case.',
    ),
    # S: the structure of the flows, once they can be read
    "S001": (
        "A question can never be asked.",
        "Mend its condition, that of its flow, or the edge that passes over it.",
    ),
    "S002": ("A flow never ends: its computed gate cannot be passed.", "Let an answer or a rule make its finding 2."),
    "S003": (
        "What an edge calls for leads back to it, whatever is answered.",
        "Give one edge of the circle a condition.",
    ),
    "S004": (
        "An option leads to nothing.",
        "Let it be evidence, have an effect or decide something; or name it `on_file`.",
    ),
    "S005": ("An edge or gate leads to an outcome that does not exist.", "Write an outcome of outcomes.yml."),
    "S006": ("A condition, or an alternative in it, can never hold.", "Mend it, or take out what it decides."),
    "S007": ("A condition always holds.", "Write `always`, or the case in which it shall not hold."),
    "S008": (
        "A rule or edge never counts: others leave it nothing to do.",
        "Move it up, narrow those above, or drop it.",
    ),
    "S009": ("Two rules or edges of one list have the same condition.", "Keep the one that is meant."),
    "S010": ("Whether a condition can hold is too large to decide.", "Name parts of it, or split the rule."),
    "S011": ("A condition reads what can only be answered later.", "Move the question up, or the condition down."),
    "S012": ("Nothing reads a finding.", "Read it in a rule or condition; or say who reads it, with `read_by`."),
    "S013": ("Nothing reads an act.", "Read it in a rule or condition; or say who reads it, with `read_by`."),
    "S014": ("Nothing uses a definition or list.", "Use it, or take it out."),
    "S015": (
        "A clause that the flows or a law shall keep is cited by none.",
        "Cite it where it is kept; or mend `kept_by`.",
    ),
    "S016": ("Something can be asked before a question that comes first.", "Move the question up; see safety.yml."),
    "S017": ("Silence rules a finding out.", 'Ask for a competent "not found"; or give the reason in safety.yml.'),
    "S018": (
        "Who somebody is decides something.",
        "Take the attribute out of it; only declared safeguards may rest on it.",
    ),
    "S019": ("Something is declared that is not so.", "Take the declaration out."),
    "S020": (
        "A finding is ruled out, or found, because something was not known, declined or not safe to ask.",
        "Ask for an answer; `declined_twice` and `answered_or_declined` say when refusing counts.",
    ),
    "S021": (
        "Danger may be passed over: an edge skips questions, or a call that is due is missing.",
        "Take the `go` edge out, or write the `interrupt` edge that safety.yml names.",
    ),
    # T: the information sheets, their texts and translations
    "T001": ("A sheet names what nothing declares, or a part is unused.", "Write the name, or declare it."),
    "T002": ("A sheet lacks a part that every sheet has, or a helpline.", "Add what the sentence names."),
    "T003": ("A sheet would name helplines of both sides.", "Keep those of its side, and those for anybody."),
    "T004": ("A text of the sheets is missing in a language they are written in.", "Add it to its sheets.po."),
    "T005": ("The placeholders of a text are not those of its source.", "Copy them as they are, each once."),
    "T006": ("The numbers of a text are not those of its source.", "Write the same figures in the same order."),
    "T007": ("A translation lost or added a no or not.", "Mend it; or excuse it in the file of its language."),
    "T008": ("A text holds signs that are not seen or turn the direction.", "Take them out; the program sets them."),
    "T009": ("A text holds markup or an address.", "Write plain words."),
    "T010": ("A text is far too long or too short.", "Say all that the source says, and no more."),
    "T011": ("The plural forms of a catalogue are wrong.", "Texts of sheets have none; mend or drop the header."),
    "T012": ("A catalogue holds a text that no sheet uses.", "Mend its id, or take it out."),
    "T013": ("The English text changed after its translation was made.", "Mend it, and its English comment."),
    "T014": ("A text says a word that no sheet says.", "Say what happened; see the file of its language."),
    "T015": ("Reviews cannot be read, or one person read twice.", "Mend the file of reviews."),
    "T016": ("A text is not translated.", "Translate it."),
    "T017": ("A sheet would tell which hold stands.", "Every hold has the one neutral sheet, `not-starting-now`."),
    "T018": (
        "A file of translations is older than what was typed here.",
        "Take a new file from the room, and put your words into it.",
    ),
    # C: the file of one case, for `triage assess` and the interchange
    "C001": ("The case, or a part of it, is not of the right shape.", "Give a mapping with persons, pairs, answers."),
    "C002": ("A key of the case, a person or an answer is not known.", "Write the key that is named, or leave it out."),
    "C003": ("There is no such question or act.", "Write an id of the flows, or a name of acts.yml."),
    "C004": ("The source may not answer that question.", "Ask the question of one of the sources that are named."),
    "C005": ("A date is none, lies in the future, or comes before what it follows.", "Write a day such as 2026-11-22."),
    "C006": ("Nobody, or no pair, of that name is in the case.", "Write `A`, `A-B`, `A>B` or nothing, as it is asked."),
    "C007": ("Two answers, or two persons, have the same id.", "Give each its own id."),
    "C008": ("A value does not fit its question or act.", "Give one of the codes, or the kind of value it says."),
    "C009": ("An act is not signed by those who must sign it.", "Add the names it lacks; the persons sign nothing."),
    # W: the words of the flows
    "W001": ("A text says a word that convicts, shares the blame or humiliates.", "Say what happened instead."),
    "W002": ("A text is shown by nothing.", "Take it out of the catalogue, or mend its id."),
    # R: the rules of the decision
    "R001": ("There is no definition of that name.", "Write a name of `definitions` in determination.yml."),
    "R002": ("There is no outcome of that name.", "Write a name of outcomes.yml, or declare the outcome there."),
    "R003": ("There is no result of that name.", "Write a result that determination.yml gives."),
    "R004": ("There is no gate of that name.", "Write a gate of routing.yml."),
    "R005": ("A rule names a person other than x and y.", "Write `x` or `y`, so that the rule is the same for both."),
    "R006": ("There is no step of that number.", "Write a number that a rule of `steps` has."),
    "R007": ("There is no alert of that name.", "Write a name of alerts.yml."),
    "R008": ("A rule reads what is not known yet at that point.", "Use only what earlier stages of the decision give."),
    "R009": ("A test of a rule has wrong words in its brackets.", "Give it what its sentence names."),
    "R010": ("A rule gives too much, or has no proper name.", "One thing for each rule; names of letters and digits."),
    "R011": ("The last rule of a list does not always apply.", "End the list with `when: always`."),
    "R012": ("There is no clause of that number.", "Write one of the clauses of standard.yml."),
    "R013": ("The last clause of a rule is not of standard 1.", "End its clauses with the one that keeps people safe."),
    "R014": ("An outcome is of another kind than the rules that give it.", "Mend outcomes.yml, or the rule."),
    # D: the fact sets of `triage decide`
    "D001": ("The file cannot be read.", "Give YAML or JSON in UTF-8, of a sensible size."),
    "D002": ("The file holds no list of items.", "Begin it with a list: `- id: …`."),
    "D003": ("An item or a pair is no object.", "Give `id` and `pairs`; each pair `persons` and `findings`."),
    "D004": ("An item lacks its id, its pairs or its findings.", "Add what the sentence names."),
    "D005": ("A key stands twice.", "Keep one of the two."),
    "D006": ("There is no finding of that name.", "Write `NAME_AB`, `NAME_A` or `NAME`, as findings.yml has it."),
    "D007": ("The strength of a finding is none.", "Write 0 to 4, `unknown`, or `was N`."),
    "D008": ("A computed finding was entered.", "Take it out; the decision computes it."),
    "D009": ("A gate that had fired is none.", "Write gates of routing.yml in the list `latched`."),
    "D010": ("It is not said who A and B are, or they are one person.", "Give `persons: {A: …, B: …}` or two names."),
}
"""Every code of a problem: what is wrong, and how to mend it; docs/problem-codes.md says the same."""
