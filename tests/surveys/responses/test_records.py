"""A told response begins with nothing known."""

from surveys.responses.records import ResponseRecord


def test_everything_may_be_left_out():
    told = ResponseRecord()
    assert (told.score, told.comment, told.submitted_at, told.customer, told.external_id) == (None,) * 5
