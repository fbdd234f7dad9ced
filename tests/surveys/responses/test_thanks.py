"""What is said after an answer: who will write and when, if somebody will."""

import pytest

from surveys.responses.thanks import SOLVED, thanks_for
from surveys.scales import groups_in


@pytest.mark.parametrize("group", groups_in("unhappy"))
def test_an_unhappy_customer_hears_when_somebody_will_write(group):
    """Methodology 4.4: P2, with a comment, 8 business hours; P3, without one, 16."""
    said = thanks_for(group, has_comment=True, may_contact=True).sentences[-1]
    assert "write to you within one business day" in said
    bare = thanks_for(group, has_comment=False, may_contact=True).sentences[-1]
    assert "write to you within two business days" in bare


@pytest.mark.parametrize(
    ("has_comment", "by_then"), [(True, "one business day"), (False, "two business days")]
)
def test_who_left_open_whether_to_be_contacted_is_promised_a_look_and_no_mail(has_comment, by_then):
    """Methodology 4.8: without a yes contact is only about the matter of the answer."""
    said = thanks_for("detractor", has_comment=has_comment, may_contact=None).sentences[-1]
    assert f"this within {by_then}, and may write to you about it, but about nothing else" in said


def test_nobody_promises_to_write_where_that_was_refused():
    assert "Nobody will write" in thanks_for("detractor", has_comment=True, may_contact=False).sentences[-1]


@pytest.mark.parametrize("group", [*groups_in("neutral"), *groups_in("happy")])
def test_nobody_promises_anything_to_the_others(group):
    assert "write" not in " ".join(thanks_for(group, has_comment=True, may_contact=True).sentences)


def test_every_answer_to_the_check_back_is_thanked_for():
    assert set(SOLVED) == {"yes", "partly", "no"}
    assert "take it up again" in SOLVED["no"].sentences[0]


@pytest.mark.parametrize("may_contact", [True, False, None])
def test_who_is_not_known_is_promised_nothing(may_contact):
    thanks = thanks_for("detractor", has_comment=True, may_contact=may_contact, is_known=False)

    assert not thanks.promises and "write" not in " ".join(thanks.sentences)
