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

PLACES = 1 << 17
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
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
