"""Every answer and every act comes back from its sealed row exactly as it went in."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from triage.cases.record import Act, Answer, Row, Signatory, Withdrawal
from triage.store.codec import act_content, act_from, answer_content, answer_from

words = st.text(max_size=8)
flags = st.booleans()
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
cells = st.none() | words | st.integers(-(2**31), 2**31) | flags | st.lists(words, max_size=3).map(tuple)
rows = st.builds(Row, words, words, st.dictionaries(words, cells, max_size=3))
answers = st.builds(
    Answer,
    id=st.just("id"),
    question=words,
    about=words,
    source=words,
    on=days,
    rows=st.lists(rows, max_size=3).map(tuple),
    text=words,
    number=st.none() | st.integers(-(2**31), 2**31),
    day=st.none() | days,
    non_answer=words,
    follow_up=words,
    by=words,
    alone=st.none() | flags,
    contact=words,
    tainted=flags,
    interested=flags,
    hearsay=flags,
    recording=words,
    copy_of=words,
    withdrawn=st.none() | st.builds(Withdrawal, days, words),
)
acts = st.builds(
    Act,
    id=st.just("id"),
    act=words,
    about=words,
    values=st.lists(words, max_size=3).map(tuple),
    on=days,
    by=st.lists(st.builds(Signatory, words, words), max_size=3).map(tuple),
    reason=words,
)


@given(answers)
def test_an_answer_comes_back_as_it_went_in(answer: Answer) -> None:
    content = json.loads(json.dumps(answer_content(answer)))
    assert answer_from("id", {"question": "", "source": "", **content}, answer.withdrawn) == answer


@given(acts)
def test_an_act_comes_back_as_it_went_in(act: Act) -> None:
    assert act_from("id", json.loads(json.dumps(act_content(act)))) == act
