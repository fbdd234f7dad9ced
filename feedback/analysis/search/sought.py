"""What somebody looks for: words that must all be there, and phrases in quotation marks.

A word is found by its stem, and by longer words that begin with it: Paket finds Pakete and Paketbote. Within quotation
marks words must stand one behind the other and begin none. A star asks for beginnings of any length: "zu spät*". What is
written in one piece, such as 10/10 or e-mail, is a phrase.
"""

import re
from typing import NamedTuple

from feedback.analysis.search.covered import GAP
from feedback.analysis.search.stems import WORD, Place, Stems, beginning, stems, words

QUOTED = re.compile('["„“”«»]([^"„“”«»]*)["„“”«»]|([^\\s"„“”«»]+)')
SHORTEST_BEGINNING = 4  # letters of a word that longer ones may begin with; with fewer it says too little
STAR = "*"


class Term(NamedTuple):
    """A word, or several that follow each other; `begins` is what further words may begin with instead of the last one.

    `in_both` says that it was asked for with a star: also stems of English may begin so.
    """

    stems: tuple[Stems, ...]
    begins: str = ""
    in_both: bool = False


class Sought(NamedTuple):
    """What must all be in a comment; nothing is in none."""

    terms: tuple[Term, ...]


def sought(text: str) -> Sought:
    """Return what the words in a search box ask for; signs that are no words ask for nothing."""
    found = []
    for quoted, bare in QUOTED.findall(text):
        term = _term(quoted or bare, is_phrase=bool(quoted))
        if term is not None:
            found.append(term)
    return Sought(tuple(dict.fromkeys(found)))


def _term(text: str, *, is_phrase: bool) -> Term | None:
    spelled = [each for each in WORD.findall(text) if each[0] != GAP]
    if not spelled:
        return None
    cut, last = tuple(stems(each) for each in spelled), spelled[-1]
    if text.rstrip().endswith(STAR):
        return Term(cut, beginning(last), in_both=True)
    may_begin = not is_phrase and len(spelled) == 1 and len(last) >= SHORTEST_BEGINNING and last.isalpha()
    return Term(cut, beginning(last) if may_begin else "")


def places(text: str, wanted: Sought) -> list[tuple[int, int]]:
    """Return where what is sought stands in a text with gaps, from first to last and without overlaps."""
    there = list(words(text))
    found = [
        (there[at].start, there[at + len(term.stems) - 1].end)
        for term in wanted.terms
        for at in range(len(there) - len(term.stems) + 1)
        if _is_there(term, there[at : at + len(term.stems)])
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or kept[-1][1] <= start:
            kept.append((start, end))
    return kept


def _is_there(term: Term, there: list[Place]) -> bool:
    *before, last = (place.stems for place in there)
    *wanted, ends = term.stems
    for german in (True, False):
        side = 0 if german else 1
        if not last[side] or any(one[side] != other[side] for one, other in zip(before, wanted, strict=True)):
            continue
        begins = bool(term.begins) and (german or term.in_both) and last[side].startswith(term.begins)
        if last[side] == ends[side] or begins:
            return True
    return False


def for_postgresql(wanted: Sought) -> str:
    """Return a tsquery over what `stems.lexemes` keeps; it holds letters and digits of ours alone."""
    return " & ".join(f"({' | '.join(_phrases(term, ' <-> ', ':*'))})" for term in wanted.terms)


def for_sqlite(wanted: Sought) -> str:
    """Return an FTS5 query over what `stems.lexemes` keeps."""
    return " AND ".join(f"({' OR '.join(_phrases(term, ' + ', ' *'))})" for term in wanted.terms)


def _phrases(term: Term, follows: str, begins: str) -> list[str]:
    """Return the ways in which a term may stand in the index, each a phrase of quoted stems."""
    quote = "'" if follows == " <-> " else '"'
    german = [f"{quote}d{each.german}{quote}" for each in term.stems]
    english = [f"{quote}e{each.english}{quote}" for each in term.stems]
    ways = [german, english]
    if term.begins:
        ways.append([*german[:-1], f"{quote}d{term.begins}{quote}{begins}"])
    if term.in_both:
        ways.append([*english[:-1], f"{quote}e{term.begins}{quote}{begins}"])
    return [f"({follows.join(way)})" for way in ways]
