"""What came of a goal is told by mail to its owner, and tried again where the way is broken."""

from datetime import timedelta

from feedback.aiming.mailing import send_due
from feedback.aiming.settling import settle_due
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from tests.doubles import BrokenMail
from tests.feedback.aiming.test_settling import POST, ben, goal, mails, the_day  # noqa: F401  (fixtures)


def test_whoever_may_see_no_figures_any_more_gets_none(make, goal, ben, channels, kept):  # noqa: F811
    settle_due(the_day(goal), 10)
    ben.is_active = False
    db.session.commit()

    send_due(the_day(goal) + timedelta(hours=12), 10, channels, POST)

    assert [mail.state for mail in mails()] == ["failed"] and not kept.messages


def test_without_an_owner_those_of_the_installation_hear_of_it_and_a_broken_way_is_tried_again(
    make,
    goal,  # noqa: F811
    ben,  # noqa: F811
    channels,
    kept,
):
    kim = make.staff("Kim", "owner")
    ben.is_active = False
    db.session.commit()
    settle_due(the_day(goal), 10)
    assert [mail.staff for mail in mails()] == [kim]

    noon = the_day(goal) + timedelta(hours=12)
    broken = BrokenMail(DeliveryFailed("The line is dead", permanent=False))
    send_due(noon, 10, Channels(mail=broken, kept=broken), POST)
    [mail] = mails()
    assert mail.state == "queued" and mail.due_at is not None and mail.due_at > noon
    send_due(mail.due_at, 10, channels, POST)
    assert [each.to_email for each in kept.messages] == [kim.email]
