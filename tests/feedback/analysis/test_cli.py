"""`flask sentiment`: read a file; learn from the corrections there are, or say how many are missing."""

import json

import numpy as np
import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.corrections.correcting import correct_label, correct_theme
from feedback.analysis.corrections.queries import active_head
from feedback.analysis.corrections.refitting import go
from feedback.analysis.models import THEME, Mention, ShopHead, Vector
from feedback.analysis.rereading import find_again
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


@pytest.fixture
def themes_corrected(make_today):
    """A shop whose customers say "Zobel" for setting up, which no phrase knows: somebody has added the theme to 90."""
    chance = np.random.default_rng(2)
    ben = make_today.staff()
    for number in range(140):
        make_today.response(comment=f"Zobel {number}" if number < 100 else f"The price, {number}")
    analyse_new(make_today.now, 200, READER)
    for number, response in enumerate(db.session.scalars(select(Response).order_by(Response.id)).all()):
        vector = chance.normal(size=384) / 100
        vector[0 if number < 100 else 1] += 0.4
        db.session.add(Vector(response_id=response.id, numbers=vector.astype(np.float16).tobytes()))
        if number < 90:
            correct_theme(response, "SETUP", True, ben, make_today.now)
        elif number >= 131:
            correct_theme(response, "PRICE", True, ben, make_today.now)
    db.session.commit()


def learnt_mentions():
    found = db.session.scalars(select(Mention).where(Mention.is_learnt)).all()
    return sorted((one.code, one.start, one.end, one.analysis.response.comment) for one in found)


def refit(app):
    return app.test_cli_runner().invoke(args=["sentiment", "refit"])


def test_too_few_corrections_are_told(app):
    said = refit(app)

    assert (
        said.exit_code == 1 and "still missing: 50 in all, 5 negative, 5 neutral, 5 positive" in said.output
    )


@pytest.mark.once  # learnt heads of themes are kept on both
@pytest.mark.thorough
def test_what_was_learnt_is_used_from_now_on(app, corrected):
    said = refit(app)

    assert said.exit_code == 0, said.output
    assert "used from now on" in said.output and "90 corrections" in said.output
    db.session.expire_all()
    head = active_head()
    assert head.after - head.before >= 0.02 and len(head.numbers) < 20_000
    assert len(db.session.scalars(select(ShopHead)).all()) == 1


@pytest.mark.once
def test_themes_are_learnt_from_a_hundred_corrections_and_not_from_ninety_nine(
    app, make_today, themes_corrected
):
    few = refit(app)
    assert few.exit_code == 1 and "of themes 1" in few.output and learnt_mentions() == []
    last = db.session.scalars(select(Response).where(Response.comment == "The price, 130")).one()
    correct_theme(last, "PRICE", True, make_today.staff(), make_today.now)
    db.session.commit()

    said = refit(app)

    assert said.exit_code == 0 and "100 comments with corrected themes" in said.output, said.output
    assert "used from now on" in said.output
    while find_again(make_today.now, 200):
        pass
    # The ten that nobody had corrected have the theme now, without words; those that were are people's own.
    assert learnt_mentions() == [("SETUP", 0, 0, f"Zobel {number}") for number in range(90, 100)]
    assert refit(app).output == "Nothing was corrected since the last time.\n"

    go(back=True, kind=THEME)
    db.session.commit()
    while find_again(make_today.now, 200):
        pass
    assert learnt_mentions() == []
    added = select(Mention.code).where(Mention.code == "SETUP")
    assert len(db.session.scalars(added).all()) == 90


def read(app, text, *options):
    done = app.test_cli_runner().invoke(args=["sentiment", "read", "-", *options], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.once
@pytest.mark.thorough
def test_a_file_of_comments_is_read_line_by_line(app):
    said = read(app, "Lovely bag, fast delivery, thank you!\n\nDie Lieferung war eine Katastrophe.\nn/a\n")

    assert [line["label"] for line in said] == ["positive", "no_opinion", "negative", "no_opinion"]
    assert [line["text"] for line in said][2] == "Die Lieferung war eine Katastrophe."
    assert said[2]["language"] == "de"
    assert set(said[0]["probabilities"]) == {"negative", "neutral", "positive"}
    assert said[3]["polarity"] is None and said[3]["probabilities"] is None


@pytest.mark.once
@pytest.mark.thorough
def test_the_language_of_the_page_decides_where_the_words_do_not(app):
    assert read(app, "Top\n", "--language", "de")[0]["language"] == "de"
    assert read(app, "Top\n", "--language", "en")[0]["language"] == "en"
