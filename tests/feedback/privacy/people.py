"""A person with something of theirs in every table that can name them."""

import json
from datetime import timedelta

from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.conversation.models import Letter, LetterFile, Reply
from feedback.follow_up.models import TaskEvent
from feedback.notices.models import Notice
from feedback.privacy.models import OwnDataLink
from surveys.customers.consenting import note
from surveys.customers.models import Customer, CustomerHold, Objection, OrderEvent, PrivacyRequest
from surveys.database import db
from surveys.imports.models import ImportChunk, ImportRowError, ImportRun
from surveys.invitations.models import ListedCustomer
from surveys.permission.models import Bounce, ConsentRequest
from surveys.permission.suppressing import hash_to_keep
from surveys.post_box.models import IncomingMail
from tests.factories import Make

NAME, EMAIL, NUMBER, ORDER = "Wanda Wiedererkannt", "wanda@canary.test", "CANARY-C-1", "CANARY-A-1"
WORDS = "My canary parcel never came."
MARKS = ("wanda", "canary")


def wanda(make: Make) -> Customer:
    """Return a customer who has done everything that can be done here."""
    with make.at_one_go(), db.session.no_autoflush:
        now = make.now
        agent = make.staff("Ben")
        person = make.customer(NAME, email=EMAIL, reference=NUMBER)
        person.objected_at = now
        purchase = make.purchase(
            person,
            reference=ORDER,
            order_url="https://shop.test/canary",
            tracking_url="https://post.test/canary",
            attributes={"engraving": "For Wanda"},
        )
        invitation = make.invitation(purchase)
        response = make.response(
            2,
            WORDS,
            customer=person,
            purchase=purchase,
            invitation=invitation,
            external_id="canary-7",
            answers={"why": "canary"},
        )
        turn = make.turn(person)
        make.keep(
            ListedCustomer(touchpoint_id=turn.touchpoint_id, customer_id=turn.customer_id, listed_at=now)
        )
        make.response(None, "canary, half a", customer=person, is_partial=True, submitted_at=None)
        task = make.task(response, assignee=agent)
        event = make.keep(TaskEvent(task=task, at=now, kind="noted", actor=agent, text="Wanda called"))
        reply = Reply(task=task, author=agent, subject="Dear Wanda", body="Dear Wanda", written_at=now)
        db.session.add_all(
            [
                Analysis(
                    response=response,
                    label="negative",
                    polarity=-0.5,
                    subjectivity=0.5,
                    analyzer="x",
                    analysed_at=now,
                    mentions=[Mention(kind="theme", code="DELIVERY.NOT_RECEIVED", start=3, end=27)],
                ),
                reply,
                Letter(
                    task=task,
                    brand=person.brand,
                    message_id="<canary@example.test>",
                    sender=EMAIL,
                    subject="Wanda again",
                    body="canary",
                    quoted="Dear Wanda",
                    matched_by="thread",
                    received_at=now,
                    files=[LetterFile(name="canary.txt", size=12, content=b"canary words")],
                ),
                Notice(event=event, staff=agent, made_at=now),
                Objection(brand_id=person.brand_id, email=EMAIL, objected_at=now, source="page"),
                OrderEvent(
                    brand=person.brand,
                    source="hook",
                    body=b'{"email": "' + EMAIL.upper().encode() + b'"}',
                    body_hash=person.public_id or "b",
                    received_at=now,
                    customer_key=EMAIL,
                    problem="canary",
                ),
                PrivacyRequest(
                    brand=person.brand,
                    kind="erasure",
                    source="shopify",
                    email=EMAIL,
                    customer_reference=NUMBER,
                    told={"orders": [ORDER]},
                    received_at=now,
                    due_at=now + timedelta(days=30),
                ),
                OwnDataLink(
                    customer=person, kind="erasure", email=EMAIL, locale="en", state="sent", requested_at=now
                ),
                Bounce(
                    address_hash=hash_to_keep(EMAIL),
                    masked="w***@c***.test",
                    kind="soft",
                    said=f"{EMAIL} is full",
                    told_by="smtp",
                    at=now,
                ),
                ConsentRequest(
                    customer=person,
                    email=EMAIL,
                    locale="en",
                    text="May we ask?",
                    requested_at=now,
                    expires_at=now,
                    state="refused",
                ),
            ]
        )
        run = ImportRun(
            kind="customers",
            file_name="customers.csv",
            encoding="utf-8",
            columns=[],
            mapping=[],
            settings={},
            rows=3,
            uploaded_at=now,
        )
        make.keep(run)
        waiting = json.dumps([[2, ["C-9", "paula@example.test"]], [3, [NUMBER, EMAIL]]])
        db.session.add_all(
            [
                CustomerHold(customer_id=person.id, key="task:1", reason="reopened", held_at=now),
                IncomingMail(
                    body_hash="m" * 64,
                    received_at=now,
                    told_by="pipe",
                    kind="unmatched",
                    sender=EMAIL,
                    subject="From Wanda",
                    raw=f"From: {EMAIL}".encode(),
                ),
                ImportChunk(run=run, size=2, rows=waiting, is_waiting=True),
                ImportRowError(run_id=run.id, line=4, faults=[], cells=[NUMBER, "wanda at canary"]),
            ]
        )
        db.session.flush()
        note(person, "told", "hook", now, evidence={"text": "canary"})
    return person


def traces() -> list[str]:
    """Return every place of the database in which one of the marks stands."""
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()).mappings():
            for column, value in row.items():
                said = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
                if any(mark in said.lower() for mark in MARKS):
                    found.append(f"{table.name}.{column}: {said[:60]}")
    return found
