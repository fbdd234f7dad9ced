"""What pages ask about endings; the rest is told where causes are edited and goodwill is given."""

from feedback.follow_up.closing.queries import given_with, limits, own_details, use_of_details


def test_a_fresh_shop_has_our_causes_our_limits_and_has_given_nothing(make):
    task = make.task()
    assert own_details() == [] and use_of_details() == {} and given_with(task.id) == []
    assert limits() == {"agent": 50, "admin": 500}
