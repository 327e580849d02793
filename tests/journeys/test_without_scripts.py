"""A piece of work without scripts: sign in, a referral, several kinds of question, an error, a change, taking back."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import TELEPHONE, View, opened, overflow
from tests.journeys.desk import answer, new_case, sign_in


def save(page: Page) -> None:
    page.locator(".cairn-save button[value=next]").click()


def errors(page: Page) -> list[str]:
    return page.locator(".govuk-error-summary__list a").all_inner_texts()


def change_and_take_back(page: Page, case: str) -> None:
    """Correct an answer with its reason, then take it back with another."""
    page.goto(f"{case}/check")
    assert page.locator(".cairn-answer").count() >= 3
    page.locator(".cairn-answer a[href$='/correct']").first.click()  # a change, with its reason
    page.check("input[name=code][value=contact_dangerous]")
    save(page)
    assert errors(page) == ["Say why the earlier answer is corrected."]
    page.fill("#reason", "Misheard.")
    save(page)
    page.goto(f"{case}/questions/ri-01/case")
    assert page.locator(".cairn-answer--gone").count() == 1

    page.locator(".cairn-answer a[href$='/take-back']").click()  # taken back, with its reason
    page.locator("main form button[type=submit]").last.click()
    assert page.title().startswith("Error: ")
    page.fill("#reason", "It was another family.")
    page.locator("main form button[type=submit]").last.click()
    page.goto(f"{case}/questions/ri-01/case")
    assert page.locator(".cairn-answer--gone").count() == 2
    assert overflow(page) == 0


@pytest.mark.browser
def test_a_worker_gets_everything_done_without_scripts(browser: Browser, shared_address: str) -> None:
    with opened(browser, View(TELEPHONE, scripts=False)) as page:
        sign_in(page, shared_address, "intake-one")

        page.goto(f"{shared_address}/referrals/new")  # an error, said in the title, in the summary and at the field
        page.fill("#called-one", "Sam")
        page.locator("main form button[type=submit]").click()
        assert page.title().startswith("Error: ")
        assert len(errors(page)) == page.locator(".govuk-error-message").count() > 1
        assert page.locator("#called-one").input_value() == "Sam"
        assert overflow(page) == 0
        case = new_case(page, shared_address)

        answer(page, f"{case}/questions/ri-01/case", "neither")  # one of a list

        page.goto(f"{case}/questions/ri-04/case")  # a text, first without any
        page.fill("#contact", "the second call")
        save(page)
        assert errors(page) == ["Choose an answer, or say why there is none."]
        assert page.locator("#contact").input_value() == "the second call"
        page.fill("#value", "Police came to the house in March.")
        save(page)

        page.goto(f"{case}/questions/wd-05/a-and-b")  # lines that are added
        page.locator("[name='row-0-cell-event']").fill("Sunday")
        page.locator("button[value=row]").click()
        assert page.locator("[name='row-0-cell-event']").input_value() == "Sunday"
        for line in (0, 1):
            page.locator(f"[name='row-{line}-code']").select_option(index=1)
        page.check("input[name=source][value=POL]")
        save(page)
        assert errors(page) == []

        page.goto(f"{case}/questions/wd-01/a-to-b")  # a row for every option
        for one in page.locator("input[type=radio][name^='grid-']:nth-child(1)").all()[:1]:
            one.check()
        page.check("input[name=source][value=POL]")
        save(page)

        change_and_take_back(page, case)


@pytest.mark.browser
def test_two_tabs_on_two_cases_do_not_mix(browser: Browser, shared_address: str) -> None:
    """Forms of both are open at once, filled in turn, and sent in the other order."""
    with opened(browser) as first:
        sign_in(first, shared_address, "intake-one")
        cases = [new_case(first, shared_address) for _ in range(2)]
        second = first.context.new_page()
        tabs = dict(zip(cases, (first, second), strict=True))
        for case, page in tabs.items():
            page.goto(f"{case}/questions/ri-04/case")
            page.fill("#value", f"Words of {case[-4:]}.")
            page.check("input[name=source][value=REF]")
            page.fill("#contact", case[-4:])
        for page in (second, first):
            save(page)
            page.wait_for_url(lambda url: "ri-04" not in url)
        for case, page in tabs.items():
            page.goto(f"{case}/questions/ri-04/case")
            assert page.locator(".cairn-answer").count() == 1
            assert f"Words of {case[-4:]}." in page.locator(".cairn-answer").inner_text()
        second.goto(f"{cases[1]}/questions/ri-05/a-and-b")
        assert second.locator("#contact").input_value() != cases[0][-4:]  # the conversation of the other case
        answered = first.goto(f"{cases[0]}/check") and first.locator(".cairn-answer a[href$='/correct']").first
        assert answered
        elsewhere = str(answered.get_attribute("href")).replace(cases[0][-36:], cases[1][-36:])
        response = second.goto(f"{shared_address}{elsewhere}")
        assert response is not None
        assert response.status == 404  # an answer of one case has no page in another
