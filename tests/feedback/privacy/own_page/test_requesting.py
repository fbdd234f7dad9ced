"""A link to one's own data: one mail an hour, only to the address on file, good once and for an hour."""

from datetime import timedelta

import pytest

from feedback.privacy.own_page.requesting import HOUR, LinkOver, request_link, whose
from surveys.errors import Refusal


def living(make, now, **values):
    link = request_link(make.customer(**values), "disclosure", "en", now)
    link.state, link.due_at, link.sent_at, link.expires_at = "sent", None, now, now + HOUR
    return link


def test_one_mail_an_hour_whatever_is_asked_for(make, now):
    dora = make.customer()
    assert request_link(dora, "disclosure", "en", now) is not None
    assert request_link(dora, "erasure", "en", now + HOUR - timedelta(seconds=1)) is None
    assert request_link(make.customer("Paula"), "erasure", "en", now) is not None
    assert request_link(dora, "erasure", "de", now + HOUR).locale == "de"


def test_without_an_address_nothing_is_planned(make, now):
    assert request_link(make.customer(email=None, reference="C-1"), "disclosure", "en", now) is None


def test_other_wishes_are_refused(make, now):
    with pytest.raises(Refusal, match="Choose one"):
        request_link(make.customer(), "everything of everybody", "en", now)


def test_a_link_is_good_for_an_hour_and_once(make, now):
    link = living(make, now)
    assert whose(link, now + HOUR - timedelta(seconds=1)) is link.customer
    with pytest.raises(LinkOver):
        whose(link, now + HOUR)
    link.used_at = now
    with pytest.raises(LinkOver):
        whose(link, now)


def test_a_link_that_has_not_left_or_whose_address_changed_is_worth_nothing(make, now):
    with pytest.raises(LinkOver):
        whose(request_link(make.customer(), "erasure", "en", now), now)
    link = living(make, now)
    link.customer.email = "new@example.test"
    with pytest.raises(LinkOver):
        whose(link, now)


def test_a_link_to_a_duplicate_leads_nowhere_unless_the_address_is_the_same(make, now):
    keeper = make.customer("Dora", email="dora@example.test")
    other = living(make, now, name="Other", email="other@example.test")
    same = living(make, now, name="Twin", email="dora@example.test", reference="C-2")
    other.customer.merged_into = same.customer.merged_into = keeper

    with pytest.raises(LinkOver):
        whose(other, now)
    assert whose(same, now) is keeper
