"""The rules as data say what page 11 says: compared with the page written out by hand, over 20,000 fact sets."""

import pytest

from tests.routing.chance import MANY, fact_sets
from tests.routing.decisions import decided
from tests.routing.page_eleven import Page


@pytest.mark.parametrize("part", range(4))
def test_the_rules_as_data_are_page_11(part: int) -> None:
    for facts, latched in fact_sets(seed=1100 + part, number=MANY // 4):
        page, decision = Page(facts, latched), decided(facts, latched)
        assert decision.result == page.result()
        assert set(decision.case) == page.gates()
        assert set(decision.alerts) == page.alerts()
        for person, route in decision.routes.items():
            assert (route.step, set(route.outcomes)) == page.route(person)
            assert set(route.adaptations) == page.adaptations(person)
            assert route.effective is page.effective(person)
