"""What was left half-way is given back as the fields of the form, for a day."""

from datetime import timedelta

from surveys.database import db
from surveys.responses.answering import Given, save_partial
from surveys.responses.giving_back import kept_fields, was_left_half_way
from surveys.responses.queries import asked


def test_what_was_kept_is_the_form_once_more_and_only_for_a_day(make, now):
    invitation = make.invitation()
    assert not was_left_half_way(asked(invitation.public_id), now)
    save_partial(asked(invitation.public_id), Given("form-1", 3, None, "Late.", False), now)
    db.session.commit()

    found = asked(invitation.public_id)

    assert was_left_half_way(found, now + timedelta(hours=23))
    assert not was_left_half_way(found, now + timedelta(hours=25))
    assert kept_fields(found, None) == {"score": "3", "comment": "Late.", "contact_permission": "no"}
    assert kept_fields(found, "9")["score"] == "9", "what the link says is newer"
