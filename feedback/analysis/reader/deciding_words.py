"""Which words of a comment pull it up or down, with their places in the comment as it was written."""

import re

from feedback.analysis.clauses import words as words_of
from feedback.analysis.pieces import TOKEN
from feedback.analysis.reader.lexicons import Baseline
from feedback.analysis.reader.plain_text import LONGEST, STRETCHED, TAG
from feedback.analysis.reader.word_head import WordHead
from feedback.analysis.sentiment import Mark

MOST = 6  # More marks than these would colour the whole comment and say nothing.
WEIGHS = 0.5  # difference of logits from which a word is worth a mark
BESIDE = 0.3  # share of the heaviest weight from which another word is worth one too
# They tip the scales by the company they keep, but marked they tell nobody anything. What denies is not here.
LITTLE = words_of(
    """a an the this that these those it its it's i i'm i've i'd me my mine we we've our us you your he she they their
    them and or as at by for from in into of on off to up with about is are was were be been being am has have had having
    do does did will would can could should so what which who when where there here than then if very really just also
    der die das den dem des ein eine einen einem einer eines dies diese dieser dieses dieses es ich mich mir mein meine
    meinen meinem meiner wir uns unser unsere sie ihr ihre ihnen er ihn ihm du dir dich man und oder als wie an am auf
    aus bei beim für im in ins mit nach von vom vor zum zur über um durch ist sind war waren wäre sein gewesen bin hat
    haben hatte hatten habe hätte wird werden wurde wurden kann können konnte so sehr dass was wer wenn wo da dann auch
    hier dort"""
)
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
    telling = [i for i, word in enumerate(words) if word not in LITTLE and re.search(r"\w", word)]
    least = max([WEIGHS, *(BESIDE * abs(weights[i]) for i in telling)])
    heaviest = sorted((i for i in telling if abs(weights[i]) >= least), key=lambda i: -abs(weights[i]))[:MOST]
    return tuple(
        Mark(found[i].start(), found[i].end(), round(max(-1.0, min(1.0, weights[i] / 3)), 2))
        for i in sorted(heaviest)
    )


def for_label(label: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the words that speak for the label; of a comment with no clear side all of them.

    A word that pulled the other way did not decide, and marked beside those that did it puzzles whoever reads.
    """
    side = {"negative": -1, "positive": 1}.get(label)
    return marks if side is None else tuple(mark for mark in marks if mark.weight * side > 0)
