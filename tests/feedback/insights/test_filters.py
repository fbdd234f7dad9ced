"""Figures and intervals as they read."""

from flask_babel import force_locale

from feedback.insights.filters import unbroken, whole_money
from feedback.insights.watching.filters import amount_text
from feedback.insights.watching.models import SeriesAlert, WatchedSeries
from surveys.questionnaires.models import Survey

NBSP = "\N{NO-BREAK SPACE}"


def test_an_interval_in_brackets_stays_in_one_line_and_longer_words_may_break():
    said = "No clear difference (−10 to +19 points). Told (as somebody wrote it in many words)."
    kept = f"(−10{NBSP}to{NBSP}+19{NBSP}points)"
    assert unbroken(said) == f"No clear difference {kept}. Told (as somebody wrote it in many words)."


def test_letters_of_a_currency_stand_apart_from_whole_amounts(app):
    with app.test_request_context(), force_locale("en"):
        assert (whole_money(250, "CHF"), whole_money(250, "EUR")) == (f"CHF{NBSP}250", "€250")


def test_many_answers_of_an_alert_are_grouped_as_the_reader_groups_numbers(app):
    series = WatchedSeries(metric="score", survey=Survey(kind="nps"))
    alert = SeriesAlert(series=series, value=-35.0, level=41.0, low=-65.0, high=5.0, n=2397)
    for locale, said in (("en", "2,397 answers"), ("de", "2.397 Antworten")):
        with app.test_request_context(), force_locale(locale):
            assert said in amount_text(alert), locale
