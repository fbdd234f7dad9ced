"""What a text is made of, as numbers: which words, successions of words and pieces of words it has.

Each piece is hashed into one of 131,072 places (Weinberger et al., 2009), so that no vocabulary has to be kept;
CRC-32 is the hash because it is the same on every machine. Pieces of long words catch inflection, compounds
and slips of the pen, which German is full of. What stands behind a denial is marked as denied as well (Das and Chen,
2001), and words are paired over a gap of one: "no trouble", "nothing but trouble" and "never any trouble" have more in
common than their words.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.reader.heads import Floats, softmax

PLACES = 1 << 17
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
STEPS = 150
DENIALS = frozenset(
    [
        "no",
        "not",
        "never",
        "nobody",
        "nothing",
        "none",
        "nowhere",
        "neither",
        "nor",
        "without",
        "hardly",
        "cannot",
        "kein",
        "keine",
        "keinen",
        "keinem",
        "keiner",
        "keines",
        "keins",
        "nicht",
        "nie",
        "niemals",
        "nichts",
        "nix",
        "niemand",
        "nirgends",
        "ohne",
        "weder",
        "kaum",
        "nich",
        "net",
        "nimmer",
    ]
)
DENIAL_ENDS = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "-",
        "but",
        "yet",
        "though",
        "although",
        "aber",
        "und",
        "and",
        "doch",
        "sondern",
        "obwohl",
    ]
)
DENIED = 4  # words behind a denial
# Umlauts and their spelling with e are one: many write German without them.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def tokens(text: str) -> list[str]:
    """Return the words and signs of a plain text in lower case."""
    return [found.group().lower() for found in TOKEN.finditer(text)]


def pieces(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first word, last word, piece) for words, pairs, triples, pieces of long words and what is denied."""
    words = [word.translate(SPELLED_OUT) for word in words]
    for i, word in enumerate(words):
        yield i, i, word
        if i + 1 < len(words):
            yield i, i + 1, f"{word} {words[i + 1]}"
        if i + 2 < len(words):
            yield i, i + 2, f"{word} {words[i + 1]} {words[i + 2]}"
            yield i, i + 2, f"{word} _ {words[i + 2]}"
        if word in DENIALS or word.endswith("n't"):
            yield from denied(words, i)
        if len(word) > 4:
            framed = f"^{word}$"
            yield from ((i, i, "#" + framed[k : k + 4]) for k in range(len(framed) - 3))
            if len(word) > 6:
                yield from ((i, i, "#" + framed[k : k + 6]) for k in range(len(framed) - 5))


def denied(words: list[str], denial: int) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of the words that a denial is about: the next ones of its clause."""
    for i in range(denial + 1, min(denial + 1 + DENIED, len(words))):
        if words[i] in DENIAL_ENDS:
            return
        yield denial, i, f"!{words[i]}"
        if len(words[i]) > 5:
            yield denial, i, f"!#{words[i][:5]}"


def place(piece: str) -> int:
    """Return the place of a piece, 0 … PLACES-1."""
    return zlib.crc32(piece.encode()) & (PLACES - 1)


def places(text: str) -> list[int]:
    """Return the places a plain text occupies, in order; empty when it has no word or sign."""
    return sorted({place(piece) for _first, _last, piece in pieces(tokens(text))})


@dataclass(frozen=True)
class WordHead:
    """A softmax over the pieces of a text: weights of shape (PLACES, labels), one bias a label."""

    weights: NDArray[np.floating]
    bias: NDArray[np.floating]

    def logits(self, text: str) -> Floats:
        """Return one number a label for a plain text; every piece counts alike, whatever the length."""
        found = places(text)
        if not found:
            return np.asarray(self.bias, dtype=np.float64)
        return np.asarray(self.weights[found].sum(axis=0, dtype=np.float64) / len(found) ** 0.5 + self.bias)

    def shares(self, words: list[str]) -> NDArray[np.float64]:
        """Return what each word adds to the logits, shape (words, labels); a pair is shared by its words."""
        added = np.zeros((len(words), len(self.bias)))
        for first, last, piece in pieces(words):
            added[first : last + 1] += self.weights[place(piece)].astype(np.float64) / (last - first + 1)
        return added


class Pages:
    """The places of many texts as one sparse table; a row sums to the root of its pieces."""

    def __init__(self, texts: list[str]):
        found = [places(text) or [0] for text in texts]
        lengths = np.array([len(row) for row in found])
        self.index = np.fromiter((i for row in found for i in row), np.int64)
        self.start = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.row = np.repeat(np.arange(len(texts)), lengths)
        self.value = (1 / np.sqrt(lengths))[self.row]

    def times(self, weights: Floats) -> Floats:
        """Return table · weights."""
        return np.add.reduceat(weights[self.index] * self.value[:, None], self.start, axis=0)

    def turned_times(self, values: Floats) -> Floats:
        """Return the turned table · values."""
        columns = [
            np.bincount(self.index, values[self.row, k] * self.value, PLACES) for k in range(values.shape[1])
        ]
        return np.stack(columns, axis=1)


def fit(
    texts: list[str], labels: NDArray[np.integer], classes: int, counts: Floats, penalty: float
) -> WordHead:
    """Return the head that fits plain texts best after a fixed number of accelerated gradient steps.

    Arguments as in `heads.fit`. Too many weights for Newton's method: Nesterov's gradient with the step that the
    largest eigenvalue of the curvature allows (Nesterov, 1983), found by power iteration from a fixed start.
    """
    table, truth, weight = Pages(texts), np.eye(classes)[labels], counts[:, None]
    probe: Floats = np.ones((PLACES, 1))
    for _ in range(8):
        probe = table.turned_times(table.times(probe / np.linalg.norm(probe)) * weight)
    steepest = 0.5 * float(np.linalg.norm(probe)) + penalty
    now: Floats = np.zeros((PLACES, classes))
    bias: Floats = np.zeros(classes)
    before, bias_before = now, bias
    for step in range(STEPS):
        momentum = step / (step + 3)
        ahead, bias_ahead = now + momentum * (now - before), bias + momentum * (bias - bias_before)
        slope = (softmax(table.times(ahead) + bias_ahead) - truth) * weight
        before, bias_before = now, bias
        now = ahead - (table.turned_times(slope) + penalty * ahead) / steepest
        bias = bias_ahead - slope.sum(axis=0) / (0.5 * float(counts.sum()))
    return WordHead(now.astype(np.float16), bias.astype(np.float32))
