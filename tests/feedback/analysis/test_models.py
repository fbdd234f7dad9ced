"""A reading counts only for the comment that stands there now, whoever asks for it."""

from datetime import timedelta

import pytest

from feedback.analysis.analysing import AGAIN
from feedback.analysis.corrections.correcting import NothingToCorrect, correct_label
from feedback.analysis.models import Analysis, Mention, Vector
from feedback.analysis.queries import (
    newest_comments,
    read_by_another,
    read_by_another_count,
    reading_of,
)
from feedback.follow_up.queries import earlier_answers
from feedback.insights.accuracy.queries import checked, read_as_counts
from feedback.insights.exporting import csv_of_responses
from feedback.insights.listing import Wanted, count_responses, every_response
from feedback.overview.alike.queries import comments_like
from feedback.overview.queries import found_where, response_with_task, responses_of
from surveys.responses.models import Response
from tests.feedback.analysis.likeness.vectors import numbers, read_as


@pytest.fixture
def read(make, now):
    """A comment that was read as a complaint about delivery, and corrected."""
    response = make.response(9, "The parcel came late.", analysed_at=now, customer=make.customer())
    analysis = make.keep(
        Analysis(
            response=response, label="negative", polarity=-0.9, p_negative=0.9, p_neutral=0.1, p_positive=0.0,
            analyzer="one", analysed_at=now,
        )
    )  # fmt: skip
    make.keep(Mention(analysis_id=analysis.id, kind="theme", code="DELIVERY.LATE", start=4, end=20))
    correct_label(response, "negative", make.staff(), now)
    return response


def known(make, now, response):
    """Return what all who ask for readings get to know of this one."""
    like = make.response(3, "Much too late.", analysed_at=now)
    read_as(make, like, 1.0, 1)
    make.keep(Vector(response_id=response.id, numbers=numbers(1.0, 2)))
    late = Wanted(theme="DELIVERY")
    return {
        "by number": reading_of(response.id) is not None,
        "in lists": any(row.analysis for row in every_response(Wanted(), now)),
        "by theme": count_responses(late, now) > 0 and bool([*every_response(late, now)]),
        "by flag": count_responses(Wanted(flag="any"), now) > 0,
        "in files": "DELIVERY.LATE" in "".join(csv_of_responses(Wanted(), now, personal=True)),
        "on its page": response_with_task(response.public_id).analysis is not None,
        "by the chain": found_where(Response.id == response.id)[0].analysis is not None,
        "with its customer": responses_of(response.customer)[0].analysis is not None,
        "among like ones": response.id in {row.response.id for row in comments_like(like)},
        "to try phrases on": bool(newest_comments(10)),
        "to be read again": read_by_another(AGAIN, "two", 10) != [] and read_by_another_count("two") > 0,
        "as checked": bool(checked()),
        "as counted": bool(read_as_counts()),
    }


@pytest.mark.once
def test_a_reading_is_known_to_all_who_ask(make, now, read):
    assert all(known(make, now, read).values())


def test_of_a_comment_that_was_rewritten_nobody_gets_the_old_reading(make, now, read):
    read.comment, read.analysed_at = "The parcel came in time.", None
    make.keep(read)

    assert {name for name, is_known in known(make, now, read).items() if is_known} == set()
    with pytest.raises(NothingToCorrect):
        correct_label(read, "positive", make.staff(), now + timedelta(hours=1))


@pytest.mark.once
def test_beside_a_task_an_earlier_answer_shows_the_label_of_its_present_words_only(make, now, read):
    task = make.task(customer=read.customer)
    assert [row.label for row in earlier_answers(task)] == ["negative"]

    read.comment, read.analysed_at = "The parcel came in time.", None
    make.keep(read)
    assert [row.label for row in earlier_answers(task)] == [None]
