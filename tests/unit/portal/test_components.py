from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from services.portal.layout.fields import Day, Money, Text
from services.portal.layout.forms import Form
from services.portal.layout.navigation import BY_ROLE, Link, items_for, links_for
from services.portal.layout.templates import environment
from tests.support.sample_portal import sample_portal

EVIL = "\"><script>alert('x')</script>"
FORM = Form(
    Text(name="who", label="Who"),
    Money(name="amount_pence", label="Amount"),
    Day(name="received_on", label="Date received"),
)


def ui() -> Any:
    return environment().get_template("components.html").make_module({"csrf_token": "a-token"})


def filled_with_evil() -> Any:
    names = ("who", "amount_pence", "received_on-day", "received_on-month", "received_on-year")
    return FORM.read(dict.fromkeys(names, EVIL), date(2026, 11, 22))


class Ids(HTMLParser):
    """Collects the ids of a page, and the targets of its labels, descriptions and links."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.targets |= set(given.get("for", "").split()) | set(given.get("aria-describedby", "").split())
        self.targets |= set(given.get("aria-labelledby", "").split())
        if tag == "a" and given.get("href", "").startswith("#"):
            self.targets.add(given["href"][1:])


@pytest.mark.parametrize(
    "made",
    [
        lambda ui, form: ui.text_input(form, "who", EVIL, hint=EVIL, prefix=EVIL, suffix=EVIL),
        lambda ui, form: ui.money_input(form, "amount_pence", EVIL),
        lambda ui, form: ui.date_input(form, "received_on", EVIL, hint=EVIL),
        lambda ui, form: ui.textarea(form, "who", EVIL, longest=10),
        lambda ui, form: ui.radios(form, "who", EVIL, [(EVIL, EVIL, EVIL)]),
        lambda ui, form: ui.checkboxes(form, "who", EVIL, [(EVIL, EVIL, EVIL)]),
        lambda ui, form: ui.select(form, "who", EVIL, [(EVIL, EVIL)]),
        lambda ui, form: ui.file_upload(form, "who", EVIL, hint=EVIL, accept=EVIL),
        lambda ui, form: ui.error_summary(form.with_answer({"detail": EVIL})),
        lambda ui, _form: ui.summary([(EVIL, EVIL, EVIL)]),
        lambda ui, _form: ui.task_list([{"title": EVIL, "status": EVIL, "href": EVIL, "hint": EVIL}]),
        lambda ui, _form: ui.table(EVIL, [EVIL], [[EVIL]]),
        lambda ui, _form: ui.table(EVIL, [EVIL], [], empty=EVIL),
        lambda ui, _form: ui.figures([(EVIL, EVIL, EVIL)]),
        lambda ui, _form: ui.link(EVIL, EVIL, hidden=EVIL),
        lambda ui, _form: ui.back_link(EVIL, EVIL),
        lambda ui, _form: ui.button(EVIL, name=EVIL, value=EVIL),
        lambda ui, _form: ui.link_button(EVIL, EVIL),
        lambda ui, _form: ui.status(EVIL, EVIL),
        lambda ui, _form: ui.notice(EVIL),
        lambda ui, _form: ui.confirmation(EVIL, EVIL, EVIL),
        lambda ui, _form: ui.warning(EVIL),
        lambda ui, _form: ui.inset(EVIL),
        lambda ui, _form: ui.pagination(2, 3, EVIL),
    ],
)
def test_no_component_lets_what_people_typed_become_a_script(made: Any) -> None:
    html = str(made(ui(), filled_with_evil()))

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_form_carries_the_token_and_a_new_key() -> None:
    first, second = str(ui().hidden_fields()), str(ui().hidden_fields())

    assert 'name="csrf_token" value="a-token"' in first
    keys = [re.findall(r'idempotency_key" value="([0-9a-f-]{36})"', html)[0] for html in (first, second)]
    assert keys[0] != keys[1]


@pytest.mark.parametrize("path", ["/officer/pots", "/register", "/tasks", "/charts"])
async def test_every_label_hint_and_link_of_a_page_has_its_target(path: str) -> None:
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=sample_portal()), base_url="http://fund.example"
    ) as browser:
        page = await browser.get(path)
    found = Ids()

    found.feed(page.text)

    assert page.status_code == 200
    assert found.targets <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert 'lang="en-GB"' in page.text
    assert "Priya &lt;b&gt;Shah&lt;/b&gt;" in page.text


def test_only_a_problem_is_red_and_what_cannot_start_has_no_link() -> None:
    html = str(
        ui().task_list(
            [
                {"title": "A", "status": "Completed", "href": "/a"},
                {"title": "B", "status": "Cannot start yet"},
            ]
        )
    )

    assert "govuk-tag" not in html
    assert html.count("<a ") == 1
    assert "govuk-tag--red" in str(
        ui().task_list([{"title": "A", "status": "There is a problem", "href": "/a"}])
    )


def test_a_cell_names_its_column_for_narrow_screens() -> None:
    html = str(ui().table("Pots", ["Deed", "Received"], [["P1", "£5.00"]], numeric=["Received"]))

    assert (
        '<td role="cell" class="govuk-table__cell govuk-table__cell--numeric" data-label="Received">' in html
    )
    assert 'scope="row"' in html


def test_what_was_not_given_is_said_to_be_not_provided() -> None:
    assert str(ui().summary([("Charity number", None)])).count("Not provided") == 1
    assert "Not provided" not in str(ui().summary([("Meters", 0)]))


def test_pages_between_are_left_out_of_a_long_pagination() -> None:
    html = str(ui().pagination(5, 20, "/register?page="))

    assert re.findall(r'aria-label="Page (\d+)"', html) == ["1", "4", "5", "6", "20"]
    assert str(ui().pagination(1, 1, "/x")).strip() == ""


def test_a_person_has_the_links_of_every_role_once() -> None:
    person = SimpleNamespace(name="Sam", roles=("payment_requester", "payment_approver", "unknown"))

    links = [link.text for link in links_for(person)]
    assert len(links) == len(set(links))
    assert (links[0], links[-1]) == ("Payments", "Register of grants")
    assert {link.text for role in person.roles for link in BY_ROLE.get(role, ())} < set(links)
    assert Link("Apply for a grant", "/apply") in links_for(None)


def test_the_nearest_link_above_the_page_is_marked() -> None:
    links = (Link("Assess", "/assessor"), Link("Decisions", "/assessor/decisions"))

    marked = [(item.active, item.current) for item in items_for(links, "/assessor/decisions/5")]

    assert marked == [(False, False), (True, False)]
