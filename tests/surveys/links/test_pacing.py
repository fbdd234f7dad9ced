"""A link takes so many answers in a minute and no more, whoever they come from."""

from datetime import timedelta

from surveys.links.pacing import take_place


def test_a_minutes_worth_may_come_at_once_then_it_waits(make, now):
    link = make.link(per_minute=3)

    assert [take_place(link.id, now) for _ in range(5)] == [True, True, True, False, False]
    assert not take_place(link.id, now + timedelta(seconds=19))
    assert take_place(link.id, now + timedelta(seconds=20))
    assert not take_place(link.id, now + timedelta(seconds=20))


def test_after_a_quiet_minute_all_places_are_free_again(make, now):
    link = make.link(per_minute=2)
    for _ in range(2):
        take_place(link.id, now)
    later = now + timedelta(minutes=5)

    assert [take_place(link.id, later) for _ in range(3)] == [True, True, False]


def test_links_do_not_wait_for_each_other(make, now):
    one, other = make.link(per_minute=1), make.link(per_minute=1)

    assert take_place(one.id, now) and not take_place(one.id, now)
    assert take_place(other.id, now)
