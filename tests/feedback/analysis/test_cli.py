"""`flask sentiment refit`: learn from the corrections there are, or say how many are missing."""

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
