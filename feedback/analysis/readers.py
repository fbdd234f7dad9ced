"""Who reads comments: one interface, and the reader of this release.

The reader is loaded once by the process that beats the loop and passed to the verb, like the
channels; no web worker ever pays for it.
"""

from collections.abc import Callable
from importlib.metadata import version
from typing import Protocol

from feedback.analysis.language import language_of
from feedback.analysis.sentiment import LONGEST, Reading, no_opinion, opinion

Sentiment = tuple[float, float]


class Reader(Protocol):
    """Reads one comment; `analyzer` names program and version, and is kept with each reading."""

    analyzer: str

    def read(self, comment: str, locale: str | None) -> Reading:
        """Return what `comment` says; `locale` is the language of the page it was written on."""


class LexiconReader:
    """Reads English by a lexicon of words with polarity and subjectivity; other languages are unreadable."""

    def __init__(self, analyzer: str, sentiment: Callable[[str], Sentiment]):
        self.analyzer = analyzer
        self.sentiment = sentiment

    def read(self, comment: str, locale: str | None) -> Reading:
        """Return what `comment` says, judged by its first 5,000 characters."""
        text = comment[:LONGEST]
        language = language_of(text, locale)
        if no_opinion(text):
            return Reading(language, "no_opinion")
        if language != "en":
            return Reading(language, "unreadable")
        polarity, subjectivity = self.sentiment(text)
        if polarity == 0 and subjectivity == 0:
            # The lexicon knows none of the words, which is not the same as a balanced opinion.
            return Reading(language, "unreadable")
        return opinion(language, polarity, subjectivity)


def load_reader() -> Reader:
    """Load TextBlob, which takes a third of a second and 60 MB, and return the reader that uses it.

    Only `.sentiment` is used: it works without the corpora that TextBlob would download.
    """
    from textblob import TextBlob  # noqa: PLC0415

    def sentiment(text: str) -> Sentiment:
        polarity, subjectivity = TextBlob(text).sentiment
        return float(polarity), float(subjectivity)

    return LexiconReader(f"textblob {version('textblob')}", sentiment)
