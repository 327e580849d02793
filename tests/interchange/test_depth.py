"""The depth of a JSON text is that of a reading sign by sign, for every text; and is told at once for long ones."""

import json
import random
import time

from triage.interchange.depth import depth_of


def read_sign_by_sign(text: str) -> int:
    deepest = depth = 0
    inside = escaped = False
    for sign in text:
        if inside:
            inside, escaped = escaped or sign != '"', not escaped and sign == "\\"
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def test_it_is_what_a_reading_sign_by_sign_says() -> None:
    chance = random.Random("depth")
    for _turn in range(20_000):
        text = "".join(chance.choice('"\\[]{}a\n,') for _sign in range(chance.randrange(14)))
        assert depth_of(text) == read_sign_by_sign(text), text
    assert depth_of(json.dumps({"a": [{"b": "[[[\\"}, ['{"']]})) == 3


def test_a_long_text_of_any_kind_takes_no_time() -> None:
    began = time.process_time()
    for text in ("[" * 10**6, '"' + "y" * 10**6, '"\\' * 10**6, '{"a":' * 10**5, '"' + "\\\\" * 10**6 + '"'):
        depth_of(text)
    assert time.process_time() - began < 2
