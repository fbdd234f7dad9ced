"""What is asked about touchpoints and invitations: who is one person, who is being asked, what was decided."""

from datetime import timedelta

import pytest

from surveys.errors import Missing
from surveys.invitations import queries
from surveys.invitations.models import Invitation
from surveys.work import set_aside


def check_back(make, purchase):
    """Ask whether a task about this purchase was solved."""
    return make.keep(
        Invitation(
            purpose="verification",
            purchase=purchase,
            customer=purchase.customer,
            version=make.survey("check-back").current,
            locale="en",
            state="sent",
            planned_at=make.now,
            sent_at=make.now,
        )
    )


def test_purchases_wait_in_the_order_they_came_unless_set_aside(make, now):
    first, spoiled, last = make.purchase(), make.purchase(), make.purchase()
    make.purchase(considered_at=now)
    set_aside(queries.PLANNING, spoiled.id, "ValueError")

    assert queries.unconsidered_purchases(10) == [first.id, last.id]
    assert queries.unconsidered_purchases(1) == [first.id]


def test_a_purchase_that_was_considered_meanwhile_is_not_locked_again(make, now):
    waiting, done = make.purchase(), make.purchase(considered_at=now)

    assert queries.locked_unconsidered([waiting.id, done.id, -1]) == [waiting]


def test_the_invitations_of_a_purchase_go_by_their_touchpoint(make):
    purchase = make.purchase()
    asked = make.invitation(purchase)
    check_back(make, purchase)

    other = make.purchase()

    found = queries.locked_invitations([purchase.id, other.id])
    assert found == {purchase.id: {asked.touchpoint_id: asked}, other.id: {}}


def test_touchpoints_of_one_brand_and_of_all_stand_in_the_order_they_were_made(make):
    late, other = make.touchpoint(), make.touchpoint(name="After support", is_on=False)
    foreign = make.touchpoint(brand=make.brand("second", name="Second"))

    assert queries.touchpoints_of(late.brand_id) == [late, other]
    assert queries.all_touchpoints() == [late, other, foreign]
    assert queries.touchpoint_or_missing(other.public_id) is other


def test_who_changed_a_touchpoint_last_is_known_unless_nobody_did(make):
    olga, touchpoint = make.staff("Olga", "owner"), make.touchpoint()

    assert queries.changed_by(touchpoint) is None
    touchpoint.changed_by_id = olga.id
    assert queries.changed_by(touchpoint) is olga


@pytest.mark.parametrize(
    "find", [queries.touchpoint_or_missing, queries.invitation_or_missing, queries.purchase_to_ask]
)
def test_what_is_not_there_is_refused_as_missing(app, find):
    with pytest.raises(Missing):
        find("nobody")


def test_no_id_names_no_invitation(make):
    invitation = make.invitation()

    assert queries.invitation_or_missing(invitation.public_id) is invitation
    with pytest.raises(Missing):
        queries.invitation_or_missing(None)


def test_one_address_of_one_brand_is_one_person(make):
    dora = make.customer(email="dora@example.test")
    same = make.customer("Dora's shop", email="dora@example.test", reference="C-2")
    make.customer(email="dora@example.test", brand=make.brand("second", name="Second"))
    silent = make.customer("No address", email=None, reference="C-3")
    make.customer("No address either", email=None, reference="C-4")

    assert queries.same_person(dora) == [dora.id, same.id]
    assert queries.same_person(silent) == [silent.id]


def test_the_last_question_stands_last_and_a_check_back_does_not_count(make, now):
    purchase = make.purchase()
    second = make.invitation(make.purchase(purchase.customer), sent_at=now - timedelta(days=5))
    first = make.invitation(purchase, sent_at=now - timedelta(days=9), answered_at=now)
    check_back(make, purchase)
    later = make.purchase(purchase.customer)
    make.invitation(later, state="planned", due_at=now + timedelta(days=2))

    [one, other] = queries.askings_of([purchase.customer_id], now + timedelta(days=1))
    assert (one.id, one.sent_at, one.answered_at) == (first.id, first.sent_at, now)
    assert (other.id, other.sent_at, other.answered_at) == (second.id, second.sent_at, None)
    assert queries.askings_of([], now) == []


def test_a_question_on_its_way_and_one_that_is_due_are_seen_by_the_next_one(make, now):
    purchase = make.purchase()
    leaving = make.invitation(purchase, state="planned", begun_at=now)
    following = make.invitation(make.purchase(purchase.customer), state="planned", due_at=now)

    found = {each.id: each for each in queries.askings_of([purchase.customer_id], now)}
    assert found[leaving.id].begun_at == now
    assert (found[following.id].begun_at, found[following.id].due_at) == (None, now)
    assert (found[following.id].rank, found[following.id].is_on) == (5, True)


def test_decisions_are_listed_the_newest_first_page_by_page(make):
    purchases = [make.purchase() for _ in range(3)]
    invitation = make.invitation(purchases[2])
    check_back(make, purchases[2])

    first = queries.recent_decisions(2)
    rest = queries.recent_decisions(2, before=first[-1].purchase.public_id)

    assert [decision.purchase for decision in first + rest] == purchases[::-1]
    assert first[0].invitations == [invitation] and first[1].invitations == []


def test_decisions_are_found_by_a_whole_number_or_address(make):
    dora = make.customer(email="dora@example.test")
    purchase = make.purchase(dora, reference="A-1001")
    make.purchase(reference="A-10010")

    for words in ("A-1001", "dora@example.test", "DORA@example.test"):
        assert [each.purchase for each in queries.recent_decisions(9, words=words)] == [purchase]
    assert queries.recent_decisions(9, words="A-1") == []
