"""`flask sentiment`: read a file; learn from the corrections there are, or say how many are missing."""

import json

import numpy as np
import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.corrections.correcting import correct_label
from feedback.analysis.corrections.queries import active_head
from feedback.analysis.models import ShopHead, Vector
from surveys.database import db
from surveys.responses.models import Response
from tests.doubles import WordReader

READER = WordReader("test 1", lambda text: (0.5, 0.5))
LABELS = ("negative", "neutral", "positive")


@pytest.fixture
def corrected(make_today):
    """Corrections of a shop whose customers say what only they say: the vectors tell it, the words do not."""
    chance = np.random.default_rng(1)
    ben = make_today.staff()
    for number in range(90):
        make_today.response(comment=f"Zobel {number}")
    analyse_new(make_today.now, 100, READER)
    for number, response in enumerate(db.session.scalars(select(Response).order_by(Response.id)).all()):
        vector = chance.normal(size=384) / 100
        vector[number % 3] += 0.4
        db.session.add(Vector(response_id=response.id, numbers=vector.astype(np.float16).tobytes()))
        correct_label(response, LABELS[number % 3], ben, make_today.now)
    db.session.commit()


def refit(app):
    return app.test_cli_runner().invoke(args=["sentiment", "refit"])


def test_too_few_corrections_are_told(app):
    said = refit(app)

    assert (
        said.exit_code == 1 and "still missing: 50 in all, 5 negative, 5 neutral, 5 positive" in said.output
    )


@pytest.mark.thorough
def test_what_was_learnt_is_used_from_now_on(app, corrected):
    said = refit(app)

    assert said.exit_code == 0, said.output
    assert "used from now on" in said.output and "90 corrections" in said.output
    db.session.expire_all()
    head = active_head()
    assert head.after - head.before >= 0.02 and len(head.numbers) < 20_000
    assert len(db.session.scalars(select(ShopHead)).all()) == 1


def read(app, text, *options):
    done = app.test_cli_runner().invoke(args=["sentiment", "read", "-", *options], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.thorough
def test_a_file_of_comments_is_read_line_by_line(app):
    said = read(app, "Lovely bag, fast delivery, thank you!\n\nDie Lieferung war eine Katastrophe.\nn/a\n")

    assert [line["label"] for line in said] == ["positive", "no_opinion", "negative", "no_opinion"]
    assert [line["text"] for line in said][2] == "Die Lieferung war eine Katastrophe."
    assert said[2]["language"] == "de"
    assert set(said[0]["probabilities"]) == {"negative", "neutral", "positive"}
    assert said[3]["polarity"] is None and said[3]["probabilities"] is None


@pytest.mark.thorough
def test_the_language_of_the_page_decides_where_the_words_do_not(app):
    assert read(app, "Top\n", "--language", "de")[0]["language"] == "de"
    assert read(app, "Top\n", "--language", "en")[0]["language"] == "en"
