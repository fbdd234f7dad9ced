"""A verb in the shape of the table gets what it asks for."""

from feedback.scheduler.shapes import House, Tick, inward, mailed


def test_inward_verbs_know_nothing_of_the_house_and_mails_its_ways_out(now):
    house = House("channels", "post", "reader")

    assert inward(lambda at, limit: (at, limit))(now, 3, house) == (now, 3)
    assert mailed(lambda *given: given)(now, 3, house) == (now, 3, "channels", "post")
    assert Tick("quiet", 2, inward(lambda _now, _limit: 0)).backlog(now) == 0
