"""What a shop has made of the shipped book: phrases of its own, and shipped ones that it has taken away."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from feedback.analysis.themes.book import Book, Entry
from feedback.analysis.themes.library import Library
from feedback.analysis.themes.phrases import GAP, Sets, read, spelled
from feedback.analysis.themes.shipped import LANGUAGES, REVISION, Text, book_of, entries, text_of
from surveys.code_book.themes import DETAILS, THEMES
from surveys.errors import N_, Refusal, together
from surveys.personal_data import REVISION as COVERING

LONGEST, MOST = 160, 200
MOST_GAPS, MOST_WAYS, MOST_WAYS_IN_ALL = 3, 8, 400  # A way is a form that is looked for in every comment.
NOT, OR_NOT = "!", ";"


class OwnPhrase(NamedTuple):
    """One change to the book: a phrase of the shop, or a shipped one that does not count any more."""

    code: str
    language: str
    phrase: str
    is_removed: bool


class BadList(Refusal):
    """The phrases of one box are not what they should be."""


TOO_LONG = N_("“%(given)s …” is too long: a phrase has up to %(limit)s characters.")
TOO_MANY = N_(
    "These are more than %(limit)s phrases. Stems such as deliver* and alternatives such as late|delayed save many."
)
MANY_GAPS = N_("“%(given)s” has too many gaps: up to %(limit)s times two dots can stand in a phrase.")
MANY_WAYS = N_(
    "“%(given)s” can be read in more than %(limit)s ways, with and without its words that may be left out and with all"
    " it is not: write it as several phrases."
)
TOO_MANY_WAYS = N_(
    "These phrases can be read in more than %(limit)s ways together, which would make reading slow. Leave out fewer"
    " words, or take some phrases away."
)
NOT_SHIPPED = N_(
    "“%(given)s” is not among the shipped phrases of this theme. Copy it from the list as it stands there."
)


def version_of(number: int, head: int | None = None) -> str:
    """Return the version of a book: that of the shipped files, of what is covered, of the shop's changes and learning.

    Comments that were looked through with another are looked through again.
    """
    return f"{REVISION}.{COVERING}.{number}" + ("" if head is None else f".{head}")


@lru_cache(maxsize=8)
def library_with(number: int, own: frozenset[OwnPhrase]) -> Library:
    """Return the shipped books with the changes of the shop; a change to one language leaves the other's as it is."""
    books = {
        language: _book_with(language, frozenset(each for each in own if each.language == language))
        for language in LANGUAGES
    }
    return Library(version_of(number), books)


def shipped_phrases(code: str, language: str) -> list[str]:
    """Return the shipped phrases of one theme as they are written, each once."""
    lines = [line for line in text_of(language).lines if line.code == code]
    return list(dict.fromkeys(phrase for line in lines for phrase in line.phrases))


def without_effect(own: Iterable[OwnPhrase]) -> list[OwnPhrase]:
    """Return the changes that do nothing any more because an update changed the shipped book under them.

    What was taken away is no longer shipped, or a phrase of the shop names a set or a theme that is gone.
    """
    return [each for each in own if not _has_effect(each)]


def _has_effect(each: OwnPhrase) -> bool:
    if each.code not in THEMES and each.code not in DETAILS:
        return False
    if each.is_removed:
        return spelled(each.phrase) in map(spelled, shipped_phrases(each.code, each.language))
    try:
        _entry(each.code, each.phrase, text_of(each.language).sets)
    except Refusal:
        return False
    return True


def sets_of(language: str) -> dict[str, list[str]]:
    """Return the sets of words that phrases may name."""
    return {name: sorted(members) for name, members in sorted(text_of(language).sets.items())}


def checked(
    code: str, language: str, added: str, removed: str, before: Iterable[OwnPhrase] = ()
) -> list[OwnPhrase]:
    """Return the changes that two boxes name, a phrase on each line; refuse all that is wrong in them, by box.

    Of the changes `before` a phrase may stay taken away that an update no longer ships: it may come back.
    """
    refusals: list[Refusal] = []
    more, fewer = _lines(added), _lines(removed)
    sets = text_of(language).sets
    for lines, field in ((more, f"added_{language}"), (fewer, f"removed_{language}")):
        if len(lines) > MOST:
            refusals.append(BadList(TOO_MANY, limit=MOST, field=field))
    ways = 0
    for line in more[:MOST]:
        try:
            ways += _ways(code, line, sets)
        except Refusal as refusal:
            refusal.field = f"added_{language}"
            refusals.append(refusal)
    if ways > MOST_WAYS_IN_ALL:
        refusals.append(BadList(TOO_MANY_WAYS, limit=MOST_WAYS_IN_ALL, field=f"added_{language}"))
    gone = [e.phrase for e in before if e.is_removed and (e.code, e.language) == (code, language)]
    known = {spelled(phrase): phrase for phrase in (*gone, *shipped_phrases(code, language))}
    refusals += [
        BadList(NOT_SHIPPED, given=line[:LONGEST], field=f"removed_{language}")
        for line in fewer[:MOST]
        if spelled(line) not in known
    ]
    if refusals:
        raise together(refusals)
    added_again = set(map(spelled, more))
    return [
        *(OwnPhrase(code, language, line, False) for line in more),
        *(
            OwnPhrase(code, language, known[each], True)
            for each in map(spelled, fewer)
            if each not in added_again
        ),
    ]


def _lines(text: str) -> list[str]:
    """Return what stands on each line, blanks made one and nothing twice."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list({spelled(line): line for line in reversed([*lines]) if line}.values())[::-1]


def _ways(code: str, line: str, sets: Sets) -> int:
    """Return in how many ways a line can be read; refuse one that cannot be read or costs too much."""
    if len(line) > LONGEST:
        raise BadList(TOO_LONG, given=line[:40], limit=LONGEST)
    if line.split().count(GAP) > MOST_GAPS:
        raise BadList(MANY_GAPS, given=line, limit=MOST_GAPS)
    entry = _entry(code, line, sets)
    ways = len(entry.forms) * (1 + len(entry.unless))
    if ways > MOST_WAYS:
        raise BadList(MANY_WAYS, given=line, limit=MOST_WAYS)
    return ways


def _entry(code: str, line: str, sets: Sets) -> Entry:
    """Return what one line means: a phrase, and behind ! what it is not."""
    said, _, unwanted = line.partition(NOT)
    unless = tuple(form for each in unwanted.split(OR_NOT) if each.strip() for form in read(each, sets))
    return Entry(code, read(said, sets), unless)


@lru_cache(maxsize=8)
def _book_with(language: str, theirs: frozenset[OwnPhrase]) -> Book:
    """Return the book of one language with the shop's changes to it, compiled once: that takes a tenth of a second."""
    if not theirs:
        return book_of(language)
    text = text_of(language)
    # What cannot be read any more must not keep the rest from being read.
    theirs -= frozenset(without_effect(theirs))
    gone = {(each.code, spelled(each.phrase)) for each in theirs if each.is_removed}
    kept = (entry for phrase, entry in entries(text) if (entry.code, spelled(phrase)) not in gone)
    return Book(_chained(kept, theirs, text), text.mender)


def _chained(kept: Iterable[Entry], theirs: Iterable[OwnPhrase], text: Text) -> Iterator[Entry]:
    yield from kept
    for each in theirs:
        if not each.is_removed:
            yield _entry(each.code, each.phrase, text.sets)
