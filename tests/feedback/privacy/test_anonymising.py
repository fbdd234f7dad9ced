"""What is left of an answer: score and day."""

from feedback.privacy.anonymising import anonymise
from surveys.responses.models import CONSIDERED


def test_an_answer_that_nobody_has_read_is_read_by_nobody(make, now):
    response = make.response(2, "Late", external_id="e", contact_permission=True)
    before = response.public_id

    anonymise(response, now)

    assert (response.comment, response.external_id, response.submission_id) == (None, None, None)
    assert (response.contact_permission, response.analysed_at, response.follow_up_stage) == (
        None,
        now,
        CONSIDERED,
    )
    assert response.public_id != before
