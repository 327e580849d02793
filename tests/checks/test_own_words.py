"""The second look at a worker's own words: what it sees, what it leaves alone, and that it never touches the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.checks.own_words import LANGUAGES, remarks

SEEN = [
    ("en", "The perpetrator came home.", "perpetrator", "label"),
    ("en", "She is the victim here.", "victim", "label"),
    ("en", "The violence is mutual.", "mutual", "sharing"),
    ("en", "They are both as bad as each other.", "both as bad as each other", "sharing"),
    ("en", "Another domestic dispute at the address.", "domestic dispute", "sharing"),
    ("en", "That is normal in their culture.", "in their culture", "group"),
    ("en", "These people never report.", "These people", "group"),
    ("en", "Travellers never report.", "Travellers never", "group"),
    ("en", "They are all like that.", "They are all like that", "group"),
    ("en", "She is manipulative.", "manipulative", "humiliating"),
    ("en", "She was hysterical on the telephone.", "hysterical", "humiliating"),
    ("en", "Attention-seeking again.", "Attention-seeking", "humiliating"),
    ("en", "She provoked him at the door.", "She provoked", "blaming"),
    ("en", "B chose to stay.", "chose to stay", "blaming"),
    ("en", "Why didn’t she just leave?", "Why didn’t she just leave", "blaming"),
    ("fr", "L'auteur est rentré.", "auteur", "label"),
    ("fr", "La victime a ouvert la porte.", "victime", "label"),
    ("fr", "Violences réciproques au domicile.", "réciproques", "sharing"),
    ("fr", "Ils sont aussi violents l'un que l'autre.", "aussi violents l'un que l'autre", "sharing"),
    ("fr", "Dispute conjugale, encore une.", "Dispute conjugale", "sharing"),
    ("fr", "C’est normal dans leur culture.", "dans leur culture", "group"),
    ("fr", "Ces gens-là ne portent pas plainte.", "Ces gens-là", "group"),
    ("fr", "Les Roms ne portent pas plainte.", "Les Roms ne", "group"),
    ("fr", "Elles sont toutes pareilles.", "Elles sont toutes pareilles", "group"),
    ("fr", "Il est manipulateur.", "manipulateur", "humiliating"),
    ("fr", "Elle est hystérique.", "hystérique", "humiliating"),
    ("fr", "Elle l’avait bien cherché.", "Elle l’avait bien cherché", "blaming"),
]
LEFT_ALONE = [
    ("en", "He said: “She is crazy, it is mutual.”"),
    ("en", 'The log reads "victim and offender known to police".'),
    ("en", "Referred by Victim Support on 3 May."),
    ("en", "They have a mutual friend, C."),
    ("en", "They parted by mutual consent."),
    ("en", "B was made to leave work; A keeps the keys."),
    ("en", "The monstrance was sold."),
    ("en", "A is stupidly tired, in A's own words."),
    ("en", "The madam opened; the liaison officer came."),
    ("fr", "Elle dit : « il m'a traitée de folle »."),
    ("fr", "L'auteur du rapport est le docteur C."),
    ("fr", "Orientée par l'association d'aide aux victimes."),
    ("fr", "Séparation par accord mutuel."),
    ("fr", "Un fou rire pendant l'entretien."),
    ("fr", "A garde les clés ; B n'a plus de téléphone."),
    ("fr", "Le folklore local."),
    ("fr", "Les étrangers de la liste d'attente."),
]


@pytest.mark.parametrize(("language", "text", "said", "kind"), SEEN)
def test_it_is_seen_with_its_reason(language: str, text: str, said: str, kind: str) -> None:
    (one,) = remarks(text, language)
    assert (one.said, one.kind) == (said, kind)
    assert text[one.start : one.start + len(said)] == said
    assert one.why.endswith(".")


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_it_is_left_alone(language: str, text: str) -> None:
    assert remarks(text, language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marks", ["“{}”", "« {} »", '"{}"', "‘{}’"])
def test_what_somebody_said_is_theirs(language: str, marks: str) -> None:
    for tongue, text, _, _ in SEEN:
        plain = text.replace("’", "'") if marks.startswith("‘") else text
        if tongue == language and "'" not in plain:
            assert remarks(f"A said {marks.format(plain)} and left.", language) == ()


def test_a_quotation_that_is_not_closed_hides_nothing() -> None:
    assert [one.said for one in remarks("He said “it is mutual. The victim left.", "en")] == ["mutual", "victim"]


def test_what_follows_a_quotation_is_seen() -> None:
    assert [one.said for one in remarks("“It is mutual”, said the abuser.", "en")] == ["abuser"]


def test_both_languages_look_for_the_same_kinds() -> None:
    assert LANGUAGES == ("en", "fr")
    kinds = {
        language: {one.kind for tongue, text, _, _ in SEEN for one in remarks(text, language) if tongue == language}
        for language in LANGUAGES
    }
    assert kinds["en"] == kinds["fr"] == {"label", "sharing", "group", "humiliating", "blaming"}


def test_another_language_has_no_remarks() -> None:
    assert remarks("The victim.", "ar") == ()


@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_every_remark_stands_where_it_says(text: str, language: str) -> None:
    found = remarks(text, language)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(text[one.start : one.start + len(one.said)] == one.said for one in found)
