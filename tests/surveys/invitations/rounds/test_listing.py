"""A list names customers of the shop; whoever is none is told, and nobody is made one."""

import pytest
from sqlalchemy import func, select

from feedback.overview.merging import merge
from feedback.privacy.erasing import Means, erase
from surveys.channels.outbox import Outbox
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.models import ListedCustomer
from surveys.invitations.rounds import listing
from surveys.invitations.rounds.listing import drop_list, set_list, words_in
from surveys.invitations.rounds.planning import plan_rounds
from surveys.invitations.rounds.starting import NobodyMeant, StartedAlready, start
from tests.conftest import SECRET
from tests.surveys.invitations.rounds.conftest import turns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dora@example.test\n\n  C-7 \r\nC-7\n", ["dora@example.test", "C-7"]),
        (
            '\ufeffE-Mail;Name\n"dora@example.test";Dora\nben@example.test\tBen',
            ["dora@example.test", "ben@example.test"],
        ),
        (" , \n;;\n\0", []),
    ],
)
def test_the_first_cell_of_each_line_counts(text, words):
    assert words_in(text) == words


def test_a_send_to_a_list_reaches_its_customers_and_tells_who_is_none(make, old, once, now):
    touchpoint, ben = once(), make.staff()
    dora, seven = old(email="dora@example.test"), old(reference="C-7")
    old()
    old(brand=make.brand("other"), email="far@example.test")
    before = db.session.scalar(select(func.count()).select_from(Customer))
    named = set_list(
        touchpoint, "Dora@Example.TEST\nC-7\nnobody@example.test\nfar@example.test\nc-7", ben, now
    )

    assert named.customer_ids == {dora.id, seven.id}
    assert named.unknown == ["nobody@example.test", "far@example.test", "c-7"]
    assert db.session.scalar(select(func.count()).select_from(Customer)) == before
    start(touchpoint, now, ben, now)
    db.session.commit()
    plan_rounds(now, 10)
    assert [turn.customer for turn in turns()] == [dora, seven]


def test_a_new_list_takes_the_place_of_the_old_one(make, old, once, now):
    touchpoint, ben = once(), make.staff()
    for reference in ("C-1", "C-2"):
        old(reference=reference)
    set_list(touchpoint, "C-1", ben, now)
    set_list(touchpoint, "C-2\nC-1", ben, now)
    assert db.session.scalar(select(func.count()).select_from(ListedCustomer)) == 2

    drop_list(touchpoint, ben, now)
    assert not touchpoint.by_list
    assert db.session.scalar(select(func.count()).select_from(ListedCustomer)) == 0


@pytest.mark.once
def test_a_list_with_nobody_left_on_it_never_means_everybody(make, old, once, now, tmp_path):
    touchpoint, ben = once(), make.staff()
    customer = old(reference="C-1")
    old()
    set_list(touchpoint, "C-1", ben, now)
    erase(customer, now, Means(SECRET, Outbox(tmp_path), "page"), ben)

    with pytest.raises(NobodyMeant):
        start(touchpoint, now, ben, now)


def test_one_who_was_merged_stands_for_the_other(make, old, once, now):
    keeper, duplicate = old(reference="C-1"), old(reference="C-2")
    merge(keeper, duplicate, None, now)

    assert set_list(once(), "C-2", make.staff(), now).customer_ids == {keeper.id}


def test_what_is_no_list_is_refused_and_leaves_the_old_one(make, old, once, now, monkeypatch):
    touchpoint, ben = once(), make.staff()
    old(reference="C-1")
    set_list(touchpoint, "C-1", ben, now)
    monkeypatch.setattr(listing, "MOST_WORDS", 2)
    for text, said in (("\n", "one on each line"), ("a\nb\nc", "At most"), ("C-9", "None of these")):
        with pytest.raises(Refusal) as refused:
            set_list(touchpoint, text, ben, now)
        assert said in refused.value.phrase
    assert db.session.scalar(select(func.count()).select_from(ListedCustomer)) == 1


def test_once_it_has_started_the_list_stays(make, old, once, rolling, now):
    touchpoint, ben = once(), make.staff()
    old(reference="C-1")
    start(touchpoint, now, ben, now)
    with pytest.raises(StartedAlready):
        set_list(touchpoint, "C-1", ben, now)
    with pytest.raises(StartedAlready):
        drop_list(rolling(), ben, now)
