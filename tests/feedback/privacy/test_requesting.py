"""Requests by hand."""

import pytest

from feedback.privacy.requesting import request_by_hand, settle
from surveys.errors import Conflict, Refusal


def test_two_of_one_address_are_tied_to_nobody(make, now):
    brand = make.brand()
    make.customer(email="dora@example.test", reference="1")
    make.customer(email="dora@example.test", reference="2")

    request = request_by_hand(brand, "erasure", " Dora@example.test ", "", now)

    assert (request.customer, request.email, request.note) == (None, "dora@example.test", None)


def test_nobody_and_unknown_kinds_are_refused(make, now):
    with pytest.raises(Refusal):
        request_by_hand(make.brand(), "erasure", " ", "", now)
    with pytest.raises(Refusal):
        request_by_hand(make.brand(), "anything", "7", "", now)


def test_a_request_is_settled_once(make, now):
    request = request_by_hand(make.brand(), "disclosure", "C-7", "called", now)
    settle(request, make.staff(), now)

    assert (request.customer_reference, request.done_at) == (None, now)
    with pytest.raises(Conflict):
        settle(request, make.staff(), now)
