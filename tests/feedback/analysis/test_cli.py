import json

import pytest

pytestmark = pytest.mark.thorough


def read(app, text, *options):
    done = app.test_cli_runner().invoke(args=["sentiment", "read", "-", *options], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_file_of_comments_is_read_line_by_line(app):
    said = read(app, "Lovely bag, fast delivery, thank you!\n\nDie Lieferung war eine Katastrophe.\nn/a\n")

    assert [line["label"] for line in said] == ["positive", "no_opinion", "negative", "no_opinion"]
    assert [line["text"] for line in said][2] == "Die Lieferung war eine Katastrophe."
    assert said[2]["language"] == "de"
    assert set(said[0]["probabilities"]) == {"negative", "neutral", "positive"}
    assert said[3]["polarity"] is None and said[3]["probabilities"] is None


def test_the_language_of_the_page_decides_where_the_words_do_not(app):
    assert read(app, "Top\n", "--language", "de")[0]["language"] == "de"
    assert read(app, "Top\n", "--language", "en")[0]["language"] == "en"
