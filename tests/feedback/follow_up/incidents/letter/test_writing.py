"""One letter to everybody of an incident: who gets it, who does not and why, and that it can be called back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.inbox.many.ordering import NotUndoable, order_undo
from feedback.follow_up.inbox.many.queries import can_undo, progress_of, refused_of
from feedback.follow_up.inbox.many.working import AT_ONCE, work_at_once, work_on_many
from feedback.follow_up.incidents.letter import writing
from feedback.follow_up.incidents.letter.queries import letters_to
from feedback.follow_up.incidents.letter.writing import (
    NobodyLeft,
    WrittenMeanwhile,
    checked,
    order_letter,
    recipients_of,
)
from feedback.follow_up.replying import send_due
from feedback.follow_up.triaging import UNDO_FOR, PlaceholderLeft, TextMissing, reply
from surveys.customers.models import Objection
from surveys.database import db
from surveys.invitations.post import Post
from surveys.permission.suppressing import suppress

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")
TEXTS = {"en": "the carrier lost a lorry.", "de": "dem Paketdienst fehlt ein Wagen."}


@pytest.fixture
def now(make_today):
    return make_today.now


def ordered(incident, by, now, texts=TEXTS, seen=0, without=()):
    deed = order_letter(incident, texts, seen, now, by=by, without=without)
    work_at_once(deed, now)
    db.session.commit()
    return deed


def replies():
    return db.session.scalars(select(Reply).order_by(Reply.task_id)).all()


def why(deed):
    return {item.task.customer.name: item.why for item in refused_of(deed).items}


@pytest.mark.once
def test_each_customer_gets_a_mail_of_their_own_in_their_language_and_the_task_stays_whose_it_is(
    part, incident, ben, make_today, now
):
    dora = make_today.staff("Dora")
    owned, german = part("Pat", assignee=dora), part("Paula", locale="de")

    deed = ordered(incident, ben, now)

    first, second = replies()
    assert (first.task, first.author, first.due_at) == (owned, ben, now + UNDO_FOR)
    assert first.body.startswith("Hello Pat,\n\nthe carrier lost") and first.body.endswith("Ben\nDemo Shop")
    assert second.body.startswith("Guten Tag Paula,") and "fehlt ein Wagen" in second.body
    assert (owned.assignee, owned.state, german.state) == (dora, "new", "new")
    for task in (owned, german):
        (row,) = [row for row in task.history if row.kind == "replied"]
        assert (row.actor, row.before) == (ben, incident.public_id)
    assert progress_of(deed) == (0, 2, 0) and deed.done_at == now


def test_who_is_left_out_is_named_with_the_reason_and_gets_nothing(part, incident, ben, make_today, now):
    part("Pat")
    part("Urgent", priority="P1")
    also = make_today.customer("Also urgent")
    part(customer=also)
    make_today.task(make_today.response(1, customer=also), priority="P0")
    namesake = make_today.customer("Under this address", reference="C-8")
    part(customer=namesake)
    twin = make_today.customer("Twin", email=namesake.email, reference="C-9")
    make_today.task(make_today.response(1, customer=twin), priority="P0")
    answer = make_today.response(2, customer=make_today.customer("Excluded"))
    answer.excluded_at, answer.excluded_reason = now, "other"
    part(response=answer)
    part(response=make_today.response(2, customer=make_today.customer("Refused"), contact_permission=False))
    part("Objected").customer.objected_at = now
    silent = part("By address").customer
    db.session.add(Objection(brand_id=silent.brand_id, email=silent.email, objected_at=now, source="page"))
    bounced = part("Bounced").customer
    suppress(bounced.email, "bounce", now, brand=bounced.brand)
    part(customer=make_today.customer("Nowhere", email=None, reference="C-7"))
    part("Polish", locale="pl")
    part("Done", state="closed", outcome="invalid", closed_at=now)
    db.session.commit()

    deed = ordered(incident, ben, now)

    assert [row.task.customer.name for row in replies()] == ["Pat"]
    assert why(deed) == {
        "Urgent": writing.URGENT,
        "Also urgent": writing.ALSO_URGENT,
        "Under this address": writing.ALSO_URGENT,
        "Excluded": writing.EXCLUDED,
        "Refused": writing.NO_PERMISSION,
        "Objected": "The customer does not want to be asked.",
        "By address": "The customer does not want to be asked.",
        "Bounced": "Mail to this address came back.",
        "Nowhere": "The customer has no e-mail address.",
        "Polish": writing.NO_TEXT,
    }
    (letters,) = letters_to(incident)
    assert letters[1:] == (0, 1, 10, 0)


def test_a_customer_with_two_tasks_gets_it_once(part, incident, ben, make_today, now):
    twice = make_today.customer("Twice")
    part(customer=twice)
    part(customer=twice)
    to = recipients_of(incident, TEXTS)
    assert (len(to.told), [reason for _, reason in to.left_out]) == (1, [writing.WRITTEN])

    deed = ordered(incident, ben, now)

    assert len(replies()) == 1 and why(deed) == {"Twice": writing.WRITTEN}


@pytest.mark.once
def test_who_is_left_out_by_hand_gets_nothing_and_the_task_stays_as_it_is(
    part, incident, ben, make_today, now
):
    part("Pat")
    spared = make_today.customer("Spared")
    one, other = part(customer=spared), part(customer=spared)
    before = (other.version, other.changed_at, len(other.history))

    deed = ordered(incident, ben, now, without=[one.public_id])

    assert [row.task.customer.name for row in replies()] == ["Pat"]
    assert [item.why for item in refused_of(deed).items] == [writing.BY_HAND] * 2
    db.session.refresh(other)
    assert (other.version, other.changed_at, len(other.history)) == before
    with pytest.raises(NobodyLeft):
        order_letter(
            incident, TEXTS, 1, now, by=ben, without=[row.public_id for row in (one, replies()[0].task)]
        )


def test_who_is_left_out_by_hand_stays_so_when_nothing_else_speaks_against_it_any_more(
    part, incident, ben, now
):
    for number in range(AT_ONCE + 1):
        part(f"Customer {number}")
    urgent = part("Urgent", priority="P1")
    ordered(incident, ben, now, without=[urgent.public_id])
    urgent.priority = "P3"
    db.session.commit()

    work_on_many(now, 100)

    assert "Urgent" not in {row.task.customer.name for row in replies()} and len(replies()) == AT_ONCE + 1


@pytest.mark.once
def test_a_second_letter_is_ordered_only_by_who_has_seen_the_first(part, incident, ben, now):
    part()
    ordered(incident, ben, now)
    with pytest.raises(WrittenMeanwhile):
        ordered(incident, ben, now)
    db.session.rollback()
    assert len(replies()) == 1
    ordered(incident, ben, now, seen=1)
    assert len(replies()) == 2


def test_one_undo_within_ten_seconds_takes_all_of_it_back(part, incident, ben, now, letter_box):
    tasks = [part(f"Customer {number}") for number in range(3)]
    deed = ordered(incident, ben, now)
    assert can_undo(deed)

    undo = order_undo(deed, now + timedelta(seconds=5), by=ben)
    work_at_once(undo, now + timedelta(seconds=5))
    db.session.commit()

    assert {row.state for row in replies()} == {"taken_back"} and not can_undo(deed)
    assert progress_of(undo) == (0, 3, 0)
    assert [row.kind for row in tasks[0].history][-2:] == ["replied", "taken_back"]
    assert letter_box(now + timedelta(minutes=1)) == []


def test_what_has_left_is_named_by_the_undo_and_cannot_be_called_back(part, incident, ben, now, letter_box):
    part("Gone")
    part("Slow")
    deed = ordered(incident, ben, now)
    slow = replies()[1]
    slow.due_at = now + timedelta(minutes=5)  # as if a second round had written it later
    db.session.commit()
    then = now + UNDO_FOR
    assert letter_box(then) == ["Gone"] and can_undo(deed)

    undo = order_undo(deed, then, by=ben)
    work_at_once(undo, then)

    assert slow.state == "taken_back" and progress_of(undo) == (0, 1, 1)
    assert "too late" in why(undo)["Gone"] and not can_undo(deed)


def test_a_mail_of_ones_own_to_the_same_customer_is_none_of_the_letter(part, incident, ben, now, letter_box):
    task = part("Gone")
    deed = ordered(incident, ben, now)
    letter_box(now + UNDO_FOR)
    reply(task, "Re", "one more thing.", now + UNDO_FOR, actor=ben)
    db.session.commit()
    assert not can_undo(deed)


def test_one_that_has_left_is_not_to_be_undone_because_the_next_still_waits(
    part, incident, ben, now, letter_box
):
    part("Gone")
    first = ordered(incident, ben, now)
    then = now + UNDO_FOR
    assert letter_box(then) == ["Gone"]
    second = ordered(incident, ben, then, seen=1)
    assert (can_undo(first), can_undo(second)) == (False, True)
    with pytest.raises(NotUndoable):
        order_undo(first, then, by=ben)


def test_a_large_letter_is_called_off_half_way(part, incident, ben, now):
    for number in range(AT_ONCE + 2):
        part(f"Customer {number}")
    deed = ordered(incident, ben, now)
    assert progress_of(deed).waiting == AT_ONCE + 2
    work_on_many(now, 4)

    undo = order_undo(deed, now, by=ben)
    db.session.commit()
    work_on_many(now, 100)

    assert progress_of(deed) == (0, 4, AT_ONCE - 2) and deed.done_at == now
    assert progress_of(undo) == (0, 4, 0) and undo.done_at == now
    assert {row.state for row in replies()} == {"taken_back"} and len(replies()) == 4
    assert set(why(deed).values()) == {"It was taken back before this customer was written to."}


@pytest.mark.once
def test_one_that_is_called_off_before_anything_was_written_is_done(part, incident, ben, now):
    for number in range(AT_ONCE + 1):
        part(f"Customer {number}")
    deed = ordered(incident, ben, now)
    undo = order_undo(deed, now, by=ben)
    assert (undo.done_at, deed.done_at) == (now, now)
    assert work_on_many(now, 100) == 0 and replies() == []


def test_unfinished_letters_and_those_to_nobody_are_refused(part, incident, ben, now):
    with pytest.raises(NobodyLeft):
        order_letter(incident, TEXTS, 0, now, by=ben)
    with pytest.raises(NobodyLeft):
        checked({})
    with pytest.raises(TextMissing):
        checked({"en": "  ", "de": ""})
    with pytest.raises(PlaceholderLeft) as refused:
        checked({"en": "done", "de": "weil [warum]"})
    assert refused.value.field == "text_de"
    part(priority="P0")
    with pytest.raises(NobodyLeft):
        order_letter(incident, checked({"en": " done "}), 0, now, by=ben)


@pytest.fixture
def letter_box(channels):
    """Send what is due; return the names of those whose mail left."""

    def send(now):
        send_due(now, 100, channels, POST)
        db.session.commit()
        rows = db.session.scalars(select(Reply).where(Reply.state == "sent")).all()
        return [row.task.customer.name for row in rows]

    return send
