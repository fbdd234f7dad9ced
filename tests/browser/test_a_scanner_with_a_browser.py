"""A scanner that runs script opens every link of our mails and waits; then the person comes and is heard."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from surveys.clock import business_now
from surveys.customers.queries import brand_for
from surveys.customers.recording import record_customer
from surveys.customers.records import CustomerRecord, Permission
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation, Reminder, Touchpoint
from surveys.permission.models import ConsentRequest
from surveys.permission.requesting import request_consent
from tests.journeys.living import LivingHouse, eventually, purchase

pytestmark = [pytest.mark.browser, pytest.mark.processes]
WAITS = 10_000  # milliseconds that a page stays open without anybody touching it
# What a script does to a page is no gesture of a person.
PLAYS = "scrollTo(0, 100); document.querySelector('input')?.click(); dispatchEvent(new Event('pagehide'))"
OF_PEOPLE = (
    "response", "invitation", "reminder", "customer", "permission_event", "consent_request", "objection",
    "own_data_link",
)  # fmt: skip


def stored(house: LivingHouse) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is stored about customers and what they said."""
    with house.inside():
        tables = [table for table in db.metadata.sorted_tables if table.name in OF_PEOPLE]
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
            for table in tables
        }


def ask(house: LivingHouse) -> None:
    """Let an invitation, a reminder and a mail that asks to confirm leave."""
    with house.inside():
        begin_writing()
        db.session.execute(update(Touchpoint).values(reminders=1))
        told = CustomerRecord(email="pat@example.test", permission=Permission("opt_in", business_now()))
        pat, _ = record_customer(brand_for(None), told, business_now())
        request_consent(pat, None, business_now())
        db.session.commit()
    house.machine().post_json("/api/v1/purchases", purchase("A-1", "dora@example.test"))
    eventually(lambda: house.mailbox.to("dora@example.test"), "the invitation")
    house.set_forward(timedelta(days=5))
    eventually(lambda: len(house.mailbox.messages) >= 3, "the reminder and the mail that asks to confirm")
    eventually(lambda: nothing_is_on_its_way(house), "what has left to be noted as sent")


def nothing_is_on_its_way(house: LivingHouse) -> bool:
    """Whether the loop has noted what became of every mail: a mailbox has one before that."""
    with house.inside():
        begun = (
            select(each.id).where(each.begun_at.is_not(None))
            for each in (Invitation, Reminder, ConsentRequest)
        )
        return not any(map(db.session.scalar, begun))


def test_open_pages_store_nothing_until_somebody_presses_send(browser, house):
    ask(house)
    written = "\n".join(
        f"{mail['List-Unsubscribe']} {part.get_content()}"
        for mail in house.mailbox.messages
        for part in (mail.get_body(("plain",)), mail.get_body(("html",)))
    )
    links = sorted(set(re.findall(rf"{house.base}/[^\s\"'<>)]+", written)))
    assert {link.removeprefix(house.base)[:3] for link in links} == {"/s/", "/u/", "/c/", "/me"}
    before = stored(house)
    assert before["invitation"] and not before["response"]

    context = browser.new_context()
    context.add_init_script(f"setTimeout(() => {{ {PLAYS} }}, {WAITS // 2})")
    pages = [context.new_page() for _ in links]
    for page, link in zip(pages, links, strict=True):
        page.goto(link, wait_until="commit")
    pages[0].wait_for_timeout(WAITS)
    assert stored(house) == before

    person = pages[links.index(next(link for link in links if link.endswith("?score=9")))]
    person.bring_to_front()
    person.get_by_role("button", name="Send").click()
    expect(person.get_by_role("heading", level=1)).to_contain_text("Thank")
    assert [len(stored(house)[name]) for name in ("response", "objection")] == [1, 0]
