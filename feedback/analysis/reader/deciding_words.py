"""Which words of a comment pull it up or down, with their places in the comment as it was written."""

import re

from feedback.analysis.reader.lexicons import Baseline
from feedback.analysis.reader.pieces import TOKEN, WordHead
from feedback.analysis.reader.plain_text import LONGEST, STRETCHED, TAG
from feedback.analysis.sentiment import Mark

MOST = 8  # More marks than these would colour the whole comment and say nothing.
WEIGHS = 0.5  # difference of logits from which a word is worth a mark
NEGATIVE, POSITIVE = 0, 2


def deciding_words(comment: str, head: WordHead, base: Baseline) -> tuple[Mark, ...]:
    """Return the words that weigh most, in the order of the comment; weight -1 … 1, below 0 pulls down.

    A word weighs what it adds to positive over negative in the word head, by itself and with its neighbours;
    a word of TextBlob's lexicon weighs at least half its polarity.
    """
    text = TAG.sub(lambda tag: " " * len(tag.group()), comment[:LONGEST])
    found = list(TOKEN.finditer(text))
    if not found:
        return ()
    words = [STRETCHED.sub(r"\1\1", one.group().lower().replace("’", "'")) for one in found]
    added = head.shares(words)
    weights = [float(row[POSITIVE] - row[NEGATIVE]) for row in added]
    known = {word: one.polarity for one in base.assessed for word in one.words}
    weights = [
        weight if abs(weight) >= abs(known.get(word, 0.0)) or weight * known[word] < 0 else known[word]
        for word, weight in zip(words, weights, strict=True)
    ]
    heaviest = sorted(
        (i for i, weight in enumerate(weights) if abs(weight) >= WEIGHS and re.search(r"\w", words[i])),
        key=lambda i: -abs(weights[i]),
    )[:MOST]
    return tuple(
        Mark(found[i].start(), found[i].end(), round(max(-1.0, min(1.0, weights[i] / 3)), 2))
        for i in sorted(heaviest)
    )
