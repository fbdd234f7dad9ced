"""What a request costs, counted: statements and calls, never seconds, so that a busy machine says the same."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from feedback.analysis.models import Analysis
from feedback.follow_up.opening import open_tasks
from feedback.insights.rollups.ticks import roll_up
from feedback.notices.collecting import collect
from surveys.customers.models import PurchaseItem
from surveys.database import db
from surveys.invitations.planning import plan_new
from tests.surveys.responses.links import link_to

# Calls of Python functions on a warm page (CPython 3.11), with a third to spare; far more is a new cost per visitor.
STATEMENTS_OF_PLANNING = 12
STATEMENTS_OF_THE_FIRST_SCREEN = 44
CALLS_OF_AN_ANSWER_BY_LINK = 2900
CALLS_OF_A_SURVEY_PAGE, CALLS_OF_AN_ANSWER, STATEMENTS_OF_AN_ANSWER = 950, 3400, 4


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Note every statement that SQLAlchemy sends."""
    found: list[str] = []

    def note(*given: object) -> None:
        found.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def counted_questions() -> Iterator[list[tuple[str, str]]]:
    """Note every question that SQLAlchemy sends, with what it asks for."""
    found: list[tuple[str, str]] = []

    def note(*given: object) -> None:
        if str(given[2]).startswith(("SELECT", "WITH")):
            found.append((str(given[2]), str(given[3])))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def calls_of(do: Callable[[], object]) -> int:
    """Return how many Python functions `do` calls, itself included."""
    count = 0

    def note(_frame: object, kind: str, _argument: object) -> None:
        nonlocal count
        count += kind == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count


def test_a_survey_page_costs_few_calls(make_today, client):
    link = link_to(make_today.invitation())
    client.get(link)

    assert calls_of(lambda: client.get(link)) <= CALLS_OF_A_SURVEY_PAGE


def test_an_answer_costs_few_calls_and_statements(make_today, client):
    first, second = (link_to(make_today.invitation()) for _ in range(2))
    form = {"score": "3", "comment": "Late", "contact_permission": "yes"}
    client.post(first, data=form)
    with counted_statements() as statements:
        calls = calls_of(lambda: client.post(second, data=form))

    assert len(statements) <= STATEMENTS_OF_AN_ANSWER, statements
    assert calls <= CALLS_OF_AN_ANSWER


def test_an_open_link_costs_hardly_more(make_today, client):
    link = f"/l/{make_today.link().key}"
    form = {"score": "3", "comment": "Late"}
    client.get(link), client.post(link, data=form)

    assert calls_of(lambda: client.get(link)) <= CALLS_OF_A_SURVEY_PAGE
    with counted_statements() as statements:
        calls = calls_of(lambda: client.post(link, data=form))
    # No invitation to mark; instead whether the form has begun, and the pace of the link: read and moved on.
    assert len(statements) <= STATEMENTS_OF_AN_ANSWER + 1, statements
    assert calls <= CALLS_OF_AN_ANSWER_BY_LINK


def test_considering_many_purchases_costs_as_few_statements_as_one(make, now):
    make.touchpoint()
    with make.at_one_go():
        for _ in range(10):
            make.purchase(carrier="DHL", shipped_at=now, delivered_at=None)
    db.session.remove()
    with counted_statements() as statements:
        plan_new(now, 10)

    # Finding them; BEGIN, the purchases, their brand, what was decided, touchpoints, carriers' times, INSERT, UPDATE.
    assert len(statements) <= STATEMENTS_OF_PLANNING, statements


@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    [
        "/inbox?view=open",
        "/inbox/rows?view=open",
        "/responses",
        "/insights",
        "/settings/purchases",
        "/surveys",
    ],
)
def test_a_longer_list_costs_no_more_statements(make_today, signed_in, address):
    browser = signed_in(make_today.staff("Olga", "owner"))

    def statements_with(more: int) -> int:
        with make_today.at_one_go():
            for _ in range(more):
                invitation = make_today.invitation()
                customer, purchase = invitation.customer, invitation.purchase
                response = make_today.response(
                    2, "Late", customer=customer, purchase=purchase, invitation=invitation
                )
                make_today.task(response)
                make_today.keep(
                    Analysis(
                        response=response, label="mixed", analyzer="t", polarity=0, analysed_at=make_today.now
                    )
                )
        db.session.rollback()
        browser.get(address)
        with counted_statements() as statements:
            assert browser.get(address).status_code == 200
        return len(statements)

    few = statements_with(2)

    assert statements_with(6) == few


@pytest.mark.once
def test_the_first_screen_asks_as_often_whatever_there_is_to_count(make_today, signed_in):
    """Counts are read from what is added up: a year more of answers asks nothing more."""
    browser, now = signed_in(make_today.staff(role="owner")), make_today.now
    asked = []
    for years in (1, 2):
        for day in range(1, 400, 21):
            make_today.response(day % 11, submitted_at=now - timedelta(days=years * 400 - day))
        while roll_up(now, 50):
            pass
        page = "/insights?since=2022-01-01"
        browser.get(page)
        with counted_statements() as statements:
            assert browser.get(page).status_code == 200
        asked.append(len(statements))

    assert asked[0] == asked[1] <= STATEMENTS_OF_THE_FIRST_SCREEN


@pytest.mark.once
@pytest.mark.parametrize(
    "page",
    [
        "/insights",
        "/insights?country=AT",
        "/insights/explore",
        "/insights/explore?compare=before",
        "/insights/themes",
        "/responses?q=late&country=AT",
    ],
)
def test_a_page_of_insights_asks_nothing_twice(make_today, signed_in, page):
    now, austrian = make_today.now, make_today.customer("Dora", country="AT")
    for day in range(1, 200, 9):
        for score in (2, 9):
            make_today.response(score, "Late", customer=austrian, submitted_at=now - timedelta(days=day))
            make_today.response(score, "Late", submitted_at=now - timedelta(days=day))
    while roll_up(now, 50):
        pass
    browser = signed_in(make_today.staff(role="owner"))
    browser.get(page)
    with counted_questions() as questions:
        assert browser.get(page).status_code == 200

    assert [each for each in questions if questions.count(each) > 1] == []


def test_where_nothing_happened_the_news_of_the_team_costs_one_look(make, now):
    make.staff("Ben"), make.brand(), make.task()
    collect(now, 100)

    with counted_statements() as statements:
        collect(now, 100)

    assert len([each for each in statements if not each.startswith("BEGIN")]) == 1, statements


def test_a_task_of_a_quiet_shop_asks_once_for_what_many_have_in_common(make, now):
    items = [PurchaseItem(position=n, sku=f"M-{n}", name="Mug", quantity=1) for n in range(3)]
    order = make.purchase(items=items, carrier="DHL")
    make.response(2, customer=order.customer, purchase=order)
    db.session.remove()

    with counted_statements() as statements:
        assert open_tasks(now, 10) == 1

    assert sum("FROM incident" in each for each in statements) == 1, statements
    assert sum("FROM weights_version" in each for each in statements) == 1, statements
