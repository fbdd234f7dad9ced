"""Exactly those who raised it, may be written to and have not been: no one else, whatever races or comes later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.triaging import PlaceholderLeft
from feedback.improving.changing import change
from feedback.improving.models import ImprovementExample, ImprovementLetter
from feedback.improving.queries import improvement_or_missing
from feedback.improving.states import State
from feedback.improving.telling.sending import send_due
from feedback.improving.telling.writing import (
    HalfWritten,
    NobodyLeft,
    NoText,
    NothingToTell,
    OthersNow,
    audience_of,
    order_letters,
    publish,
    write,
)
from feedback.overview.merging import merge
from feedback.privacy.erasing import Means, erase
from surveys.channels.outbox import Outbox
from surveys.customers.queries import kept_from_asking
from surveys.database import begin_writing, db
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.post import Post
from surveys.invitations.queries import same_person
from tests.feedback.improving.raising import idea
from tests.feedback.improving.telling.conftest import TEXTS, cast_name

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)
DAY = timedelta(days=1)


def examples():
    return set(db.session.scalars(select(ImprovementExample.response_id)))


def letters():
    return list(db.session.scalars(select(ImprovementLetter).order_by(ImprovementLetter.id)))


def test_those_who_raised_it_are_sorted_out_for_one_reason_each(cast, found, now):
    seen = audience_of(found, now)

    told = {cast_name(cast, each.customer_id): language for each, language in seen.told}
    assert told == {"dora": "en", "emil": "de", "fleur": "en"}
    assert dict(seen.reasons) == dict.fromkeys(
        (
            "unknown",
            "no_permission",
            "objected",
            "suppressed",
            "no_address",
            "open_task",
            "paused",
            "same_address",
        ),
        1,
    )
    write(found, {"de": ("", "")}, now, actor=None)
    assert dict(audience_of(found, now).reasons)["no_text"] == 1


@pytest.mark.once
def test_many_at_once_are_judged_as_each_by_itself(cast, found, now):
    seen = audience_of(found, now)
    barred = {each.customer_id: why for each, why in seen.left_out if each.customer_id and each.may_contact}
    for customer in cast.values():
        alone = (
            why_not_to_check_back(customer, now)
            or kept_from_asking(same_person(customer, locked=False), now)[0]
        )
        if alone is None and kept_from_asking(same_person(customer, locked=False), now)[1]:
            alone = "paused"
        if barred.get(customer.id) != "same_address":
            assert barred.get(customer.id) == alone, customer.name


def test_the_number_that_was_seen_is_the_number_that_is_sent(cast, found, now):
    cast["emil"].objected_at = now
    with pytest.raises(OthersNow):
        order_letters(found, 3, now, actor=None)
    assert not letters()


@pytest.mark.usefixtures("race")
def test_two_presses_at_once_write_once(app, cast, found, now):
    public_id = found.public_id
    db.session.commit()

    def press(_number):
        with app.app_context():
            try:
                begin_writing()
                order_letters(improvement_or_missing(public_id, locked=True), 3, now, actor=None)
                db.session.commit()
                return 1
            except NobodyLeft:
                db.session.rollback()
                return 0

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(press, range(2))) == 1
    db.session.expire_all()
    assert len(letters()) == 3


def test_a_merged_customer_is_told_once(cast, found, now):
    merge(cast["emil"], cast["twin"], None, now)
    cast["twin"].email = "other@example.test"
    db.session.flush()
    assert len(audience_of(found, now).told) == 3


def test_erasing_takes_letter_and_example_and_leaves_the_figures(cast, found, now, tmp_path, channels, kept):
    order_letters(found, 3, now, actor=None)
    db.session.commit()
    before = (found.evidence_raised, found.evidence_answers)
    hers = next(each.response_id for each in letters() if each.customer.name == "Dora")
    assert hers in examples()
    erase(cast["dora"], now, Means("s" * 40, Outbox(tmp_path), "page"))
    db.session.commit()

    assert {each.customer.name for each in letters()} == {"Emil", "Fleur"}
    assert hers not in examples() and len(examples()) == 4
    assert (found.evidence_raised, found.evidence_answers) == before
    send_due(now, 10, channels, POST)
    assert "Dora" not in {each.to_name for each in kept.messages}


def test_nothing_is_told_of_an_idea_and_a_reason_for_declining_is(cast, now):
    found = idea(now)
    with pytest.raises(NothingToTell):
        order_letters(found, 3, now, actor=None)
    with pytest.raises(NothingToTell):
        publish(found, True, now)
    change(found, {"state": State.DECLINED, "reason": "Too dear"}, now)
    for refused in (lambda: order_letters(found, 3, now, actor=None), lambda: publish(found, True, now)):
        with pytest.raises(NoText):
            refused()
    write(found, TEXTS, now, actor=None)
    order_letters(found, 3, now, actor=None)
    assert all("decided otherwise" in each.body or "anders entschieden" in each.body for each in letters())
    publish(found, True, now)
    with pytest.raises(NoText):
        write(found, {"en": ("", ""), "de": ("", "")}, now, actor=None)


@pytest.mark.once
def test_texts_are_whole_and_finished(found, now):
    with pytest.raises(HalfWritten):
        write(found, {"en": ("Parcels came late.", " ")}, now, actor=None)
    with pytest.raises(PlaceholderLeft):
        write(found, {"en": ("Parcels came late.", "We [did something].")}, now, actor=None)
