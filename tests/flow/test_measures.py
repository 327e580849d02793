"""Each measure says in the vocabulary what it is of, as its own parameter does."""

from inspect import signature

from triage.assess.measuring.measures import MEASURES, PLACES

WORDS = {"letter": "person", "place": "direction", "_": ""}


def test_every_measure_is_of_what_its_parameter_says() -> None:
    said = {name: WORDS[list(signature(measure.count).parameters)[1]] for name, measure in MEASURES.items()}
    assert said == PLACES
