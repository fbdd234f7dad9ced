"""The phrase book as it is shipped: one text file for each language beside this module.

= delivery quality …            frequent words whose typos are mended
= delivry>delivery              a slip that is more than one letter
@parcel = parcel* order orders  a set of words
[DELIVERY.LATE]                 the code that the phrases below stand for
late, @parcel .. overdue        phrases, separated by commas
return* ! happy returns         a phrase, and behind ! what it is not
~ umbrella                      a weak phrase, which counts where nothing else is found
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from feedback.analysis.themes.book import Book, Entry
from feedback.analysis.themes.phrases import read
from feedback.analysis.themes.words import Mender, plain
from surveys.code_book.themes import DETAILS, THEMES

LANGUAGES = ("en", "de")
REVISION = 2  # Goes up with the files, so that comments are read again after an update.
HERE = Path(__file__).parent


class Line(NamedTuple):
    """Phrases of one line as they are written: for which code, what they are not, whether they are weak."""

    code: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    weak: bool


class Text(NamedTuple):
    """A book as it is written."""

    lines: tuple[Line, ...]
    sets: Mapping[str, frozenset[str]]
    mender: Mender


@cache
def text_of(language: str) -> Text:
    """Return the shipped book of a language as it is written."""
    return parsed((HERE / f"phrases.{language}.txt").read_text(encoding="utf-8"))


def parsed(text: str) -> Text:
    """Return the lines, sets and frequent words of a book; raise ValueError at a line that is none of them."""
    lines: list[Line] = []
    sets: dict[str, frozenset[str]] = {}
    frequent: list[str] = []
    code = ""
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("="):
            frequent += line[1:].split()
        elif line.startswith("@") and " = " in line:
            name, _, listed = line[1:].partition(" = ")
            sets[name] = sets.get(name, frozenset()) | frozenset(_members(listed, sets))
        elif line.startswith("["):
            code = line.strip("[]")
            if code not in THEMES and code not in DETAILS:
                raise ValueError(f"no such theme: {code}")
        else:
            lines.append(_line(code, line))
    slips = [
        (plain(wrong), plain(right)) for wrong, _, right in (w.partition(">") for w in frequent) if right
    ]
    return Text(tuple(lines), sets, Mender((plain(w) for w in frequent if ">" not in w), slips))


def entries(text: Text) -> Iterator[tuple[str, Entry]]:
    """Yield every phrase as it is written, with what it means."""
    for line in text.lines:
        unless = tuple(form for each in line.unless for form in read(each, text.sets))
        for phrase in line.phrases:
            yield phrase, Entry(line.code, read(phrase, text.sets), unless, line.weak)


@cache
def book_of(language: str) -> Book:
    """Return the shipped book of a language, compiled once."""
    text = text_of(language)
    return Book((entry for _, entry in entries(text)), text.mender)


def _members(listed: str, sets: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for member in listed.split():
        if member.startswith("@"):
            yield from sets[member[1:]]
        else:
            yield plain(member)


def _line(code: str, line: str) -> Line:
    said, _, unwanted = line.lstrip("~ ").partition("!")
    phrases = tuple(" ".join(each.split()) for each in said.split(",") if each.strip())
    unless = tuple(" ".join(each.split()) for each in unwanted.split(";") if each.strip())
    return Line(code, phrases, unless, line.startswith("~"))
