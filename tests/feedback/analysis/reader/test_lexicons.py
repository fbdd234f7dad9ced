import pytest
from textblob import TextBlob

from feedback.analysis.reader.lexicons import baseline


@pytest.mark.parametrize(
    "text", ["I love this mug, it is a wonderful gift!", "not good", "Could be worse :-)", "A lamp.", ""]
)
def test_the_baseline_of_english_is_exactly_what_textblob_says(text):
    said = TextBlob(text).sentiment

    assert baseline(text, "en")[:2] == pytest.approx((said.polarity, said.subjectivity))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Sehr gute Qualität", 1),
        ("schlechte Verarbeitung", -1),
        ("Nicht schlecht", 1),
        ("nicht gut", -1),
        ("kein guter Kauf", -1),
        ("unfreundlicher Mitarbeiter", -1),
        ("Der Karton steht im Flur", 0),
    ],
)
def test_textblobs_engine_reads_german_with_the_german_lexicon(text, sign):
    polarity = baseline(text, "de").polarity

    assert (polarity > 0) - (polarity < 0) == sign
