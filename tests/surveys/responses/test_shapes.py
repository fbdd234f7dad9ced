"""The JSON of a response that comes in: exact types, honest texts."""

import pytest
from pydantic import ValidationError

from surveys.responses.shapes import ResponseIn, comment_text


def test_a_body_becomes_a_record():
    told = ResponseIn.model_validate(
        {"survey": "nps", "score": 9, "comment": " Zwei\r\nZeilen ", "customer": {"reference": "C-7"}}
    ).record()
    assert (told.score, told.comment) == (9, "Zwei\nZeilen")
    assert told.customer is not None and told.customer.reference == "C-7"


@pytest.mark.parametrize("score", ["9", 9.0, True, [9]])
def test_a_score_is_a_whole_number(score):
    with pytest.raises(ValidationError):
        ResponseIn.model_validate({"survey": "nps", "score": score})


@pytest.mark.parametrize("comment", ["x" * 10_001, "a\x00b", "a\x1bb"])
def test_a_comment_is_limited_and_has_no_control_characters(comment):
    with pytest.raises(ValidationError):
        ResponseIn.model_validate({"survey": "nps", "comment": comment})
    assert comment_text("a\r\nb\t") == "a\nb\t"
