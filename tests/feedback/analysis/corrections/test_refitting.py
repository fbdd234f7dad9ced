"""What was learnt is used when it is better, until somebody goes back; the reader is taught what is active."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select

from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.queries import (
    active_number,
    kept_heads,
    last_attempt,
    lesson_counts,
    lessons,
    worth_refitting,
)
from feedback.analysis.corrections.refitting import NothingThere, go, keep_outcome, teach
from feedback.analysis.models import LABEL, THEME, Analysis, Correction, ShopHead, Vector
from feedback.analysis.working import introduce
from surveys.database import db
from surveys.responses.models import Response
from tests.doubles import WordReader

BETTER, WORSE = Outcome(60, 0.6, 0.7, 1.0, b"better"), Outcome(60, 0.6, 0.61, 1.0, b"no")


def reader():
    return WordReader("a reader", lambda text: (0.5, 0.5))


def test_what_is_better_is_used_and_taught_to_the_reader(app, now):
    head = keep_outcome(BETTER, now)

    assert head.is_active and teach(reader()).head_number == head.id


def test_what_is_not_better_leaves_its_figures_until_the_next_time(app, now):
    keep_outcome(WORSE, now)
    assert (active_number(), kept_heads(), last_attempt().after) == (None, [], 0.61)

    keep_outcome(WORSE, now)
    assert len(db.session.scalars(select(ShopHead)).all()) == 1


def test_a_newer_one_replaces_the_older_and_one_goes_back_and_forward(app, now):
    first, second = keep_outcome(BETTER, now).id, keep_outcome(BETTER, now).id
    assert active_number() == second
    assert go(back=True).id == active_number() == first
    assert go(back=True) is active_number() is None
    assert teach(reader()).head_number is None
    with pytest.raises(NothingThere):
        go(back=True)
    assert (go(back=False).id, go(back=False).id) == (first, second)
    with pytest.raises(NothingThere):
        go(back=False)


def test_after_a_step_back_a_newer_one_waits_to_be_gone_forward_to(app, now):
    keep_outcome(BETTER, now)
    go(back=True)

    newer = keep_outcome(BETTER, now)

    assert active_number() is None
    go(back=False)
    assert go(back=False).id == newer.id


def test_labels_and_themes_go_their_own_ways(app, now):
    labels, themes = keep_outcome(BETTER, now), keep_outcome(BETTER, now, THEME)
    assert keep_outcome(WORSE, now, THEME).numbers is None
    assert labels.is_active and themes.is_active

    assert go(back=True, kind=THEME) is None

    assert active_number() == labels.id and last_attempt(THEME).after == 0.61
    assert kept_heads(THEME) == [themes] and go(back=False, kind=THEME) == themes


@pytest.fixture
def corrected(make, now):
    """Fifty corrected comments with vectors, and one that nobody has looked at."""
    make.survey()
    asker, vector = make.customer(), np.zeros(384, dtype=np.float16).tobytes()
    with make.in_bulk():
        for number in range(51):
            response = make.response(comment=f"Comment {number}.", customer=asker, analysed_at=now)
            read = {"label": "neutral", "polarity": 0.0, "language": "en", "analyzer": "a reader"}
            make.keep(Analysis(response=response, analysed_at=now, **read))
    said = {"kind": LABEL, "code": "", "read_as": "neutral", "analyzer": "a reader", "at": now}
    with make.in_bulk():
        for number, response_id in enumerate(db.session.scalars(select(Response.id).order_by(Response.id))):
            make.keep(Vector(response_id=response_id, numbers=vector))
            if number < 50:
                label = ("negative", "neutral", "positive")[number % 3]
                make.keep(Correction(response_id=response_id, value=label, **said))


def test_lessons_are_what_was_corrected_and_what_nobody_corrected(corrected):
    found = lessons()

    assert lesson_counts() == {"negative": 17, "neutral": 17, "positive": 16}
    assert [lesson.label for lesson in found].count(None) == 1 and len(found) == 51
    assert {len(lesson.vector) for lesson in found} == {768} and found[0].language == "en"


def test_the_night_has_work_when_there_is_enough_and_something_new(corrected, now):
    assert worth_refitting() == [LABEL]
    keep_outcome(WORSE, now)
    assert not worth_refitting()
    said = db.session.scalars(select(Correction)).first()
    said.at = now + timedelta(hours=1)
    db.session.flush()
    assert worth_refitting()


@pytest.mark.once
def test_what_was_learnt_upon_an_older_reader_is_learnt_anew(corrected, now):
    keep_outcome(BETTER, now + timedelta(days=1))
    introduce("other heads", now)

    assert worth_refitting()


def test_too_few_corrections_are_no_work(make):
    assert not worth_refitting()
