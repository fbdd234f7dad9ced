"""What is said after an answer: who will write and when, if somebody will."""

import pytest

from surveys.responses.thanks import SOLVED, thanks_for


@pytest.mark.parametrize("group", ["detractor", "dissatisfied", "difficult"])
@pytest.mark.parametrize("may_contact", [True, None])
def test_an_unhappy_customer_hears_when_somebody_will_write(group, may_contact):
    """Methodology 4.4: P2, with a comment, 8 business hours; P3, without one, 16."""
    said = thanks_for(group, has_comment=True, may_contact=may_contact).sentences[-1]
    assert "write to you within one business day" in said
    bare = thanks_for(group, has_comment=False, may_contact=may_contact).sentences[-1]
    assert "write to you within two business days" in bare


def test_nobody_promises_to_write_where_that_was_refused():
    assert "Nobody will write" in thanks_for("detractor", has_comment=True, may_contact=False).sentences[-1]


@pytest.mark.parametrize("group", ["promoter", "satisfied", "easy", "passive", "neutral"])
def test_nobody_promises_anything_to_the_others(group):
    assert "write" not in " ".join(thanks_for(group, has_comment=True, may_contact=True).sentences)


def test_every_answer_to_the_check_back_is_thanked_for():
    assert set(SOLVED) == {"yes", "partly", "no"}
    assert "take it up again" in SOLVED["no"].sentences[0]


@pytest.mark.parametrize("may_contact", [True, False, None])
def test_who_is_not_known_is_promised_nothing(may_contact):
    thanks = thanks_for("detractor", has_comment=True, may_contact=may_contact, is_known=False)

    assert not thanks.promises and "write" not in " ".join(thanks.sentences)
