import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textblob import TextBlob

from feedback.analysis.reader.analyzer import FeedbackAnalyzer


@pytest.fixture(scope="module")
def reader():
    return FeedbackAnalyzer()


@pytest.fixture(scope="module")
def without_encoder():
    return FeedbackAnalyzer(encoder=lambda _reference: (None, "switched off"))


CLEAR = [
    ("I love this mug, it is a wonderful gift.", "en", "positive"),
    ("Terrible service, the worst I have ever had.", "en", "negative"),
    ("Could you please add a bigger size?", "en", "neutral"),
    ("Tolle Qualität und superschnelle Lieferung, gerne wieder!", "de", "positive"),
    ("Die Lieferung war eine Katastrophe und niemand hat geantwortet.", "de", "negative"),
    ("Bestellt am Montag, geliefert am Donnerstag.", "de", "neutral"),
]


@pytest.mark.parametrize(("comment", "language", "label"), CLEAR)
def test_clear_comments_are_read_rightly_in_both_languages(reader, comment, language, label):
    reading = reader.read(comment, None)

    assert (reading.language, reading.label) == (language, label)
    assert sum(reading.probabilities) == pytest.approx(1, abs=0.001)
    assert reading.polarity == pytest.approx(reading.probabilities.positive - reading.probabilities.negative)
    assert reading.baseline is not None


@pytest.mark.parametrize(("comment", "language", "label"), CLEAR)
def test_without_an_encoder_the_words_alone_are_read(without_encoder, comment, language, label):
    reading = without_encoder.read(comment, None)

    assert reading.vector is None
    assert (reading.polarity > 0) == (label == "positive") or label == "neutral"
    assert "words" in without_encoder.analyzer


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("Scharfe Kante, hab mich prompt geschnitten. Mit kleinen Kindern im Haus ist das gefährlich!", "de"),
        ("Super bequem, nur hat sich mein Sohn daran den Finger gequetscht.", "de"),
        ("Your chair is so comfy that it collapsed under my granny.", "en"),
    ],
)
def test_who_tells_of_danger_is_not_read_as_praising(reader, comment, language):
    assert reader.read(comment, language).polarity < 0


def test_without_an_encoder_other_languages_are_unreadable_and_never_a_zero(without_encoder):
    reading = without_encoder.read("La livraison était en retard et le colis abîmé.", "fr")

    assert (reading.language, reading.label, reading.polarity) == ("fr", "unreadable", None)


def test_praise_and_complaint_in_two_clauses_are_mixed(reader):
    reading = reader.read("The lamp is wonderful, I love it, but delivery was a complete disaster.", "en")

    assert reading.label == "mixed"
    assert min(c.polarity for c in reading.clauses) < 0 < max(c.polarity for c in reading.clauses)


def test_the_words_that_decided_are_found_in_the_comment_as_written(reader):
    comment = "<b>HORRIBLE</b> packaging!!"
    marked = {comment[mark.start : mark.end]: mark.weight for mark in reader.read(comment, "en").words}

    assert marked["HORRIBLE"] < 0


def test_it_is_an_analyzer_for_textblob(reader):
    said = TextBlob("What a lovely, well made bag!", analyzer=reader).sentiment

    assert said.label == "positive"
    assert said.polarity > 0.5


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_stumble_and_places_lie_within_it(without_encoder, comment):
    reading = without_encoder.read(comment, "en")

    assert (reading.polarity is None) == (reading.label in ("no_opinion", "unreadable"))
    for start, end, weight in [*reading.words, *reading.clauses]:
        assert 0 <= start < end <= len(comment)
        assert -1 <= weight <= 1


def test_reading_needs_no_network_and_no_corpus(monkeypatch, reader):
    def forbidden(*_args, **_kwargs):
        raise AssertionError("the reader looked outside")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr("nltk.data.find", forbidden)
    for comment, _language, label in CLEAR:
        assert reader.read(comment, None).label == label
