"""How the rules for intents are written down, and how they become regular expressions.

A rule is a line of words as a customer would write them, in small letters:

- a blank stands for what separates two words of one sentence;
- `burn*` and `*anwalt` leave the end or the beginning of a word open;
- `(my|our)` is one of several, `[ever]` may stand there or not;
- `..` is up to four words, `...` up to twelve, `....` up to forty, all within the sentence (in rules `across`, over its
  end); the first two skip none of the words that deny, which are the list `stops_gap`;
- `#` is a number; `'` may be left out; `^` and `$` are the beginning and the end of the sentence,
  and `?` is all of it up to a question mark;
- `@bank` is the list of that name in the table `words` of the same file.

Every gap and every open end has a limit, so that no text can make the search run away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

WITHIN = r"[^\w.!?\n]{1,4}"  # between two words of a sentence
OVER = r"[^\w]{1,4}"  # between two words, whether a sentence ends there or not
GAPS = {"..": 4, "...": 12, "....": 40}  # words
SIGNS = {
    "*": r"\w{0,24}",
    "#": r"\d[\d.,]{0,12}",
    "^": r"(?<!\w)",
    "$": r"\W{0,9}\Z",
    "'": "'?",
    "?": r"[^?]{1,600}\?+",
}
PART = re.compile(r" (\.{2,4}) | +|[()|\[\]]|[*#^$'?]|[^ *#^$()|'?\[\]]+")
NAME = re.compile(r"@([a-z_]+)")
LETTERS = re.compile(r"\w*")


class Part(NamedTuple):
    """One part of a rule: `kind` is word, sign, blank, gap, one_of or maybe; a group has `ways`, each a row of parts."""

    kind: str
    text: str = ""
    ways: tuple["tuple[Part, ...]", ...] = ()


@dataclass(frozen=True)
class Heads:
    """What the word at one place of a rule may be: whole words, or beginnings of words; both empty if anything."""

    whole: frozenset[str]
    beginnings: frozenset[str]
    anything: bool


@dataclass(frozen=True)
class Rule:
    """A rule that can be tried: with which words it `starts`, and which each of its places `needs`."""

    expression: str
    at_start: bool
    starts: Heads
    needs: tuple[Heads, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first tried: few of a thousand ever are, and all take half a second."""
        return re.compile(self.expression)


def rule_of(line: str, words: Mapping[str, str], *, across: bool = False) -> Rule:
    """Return the rule of one line; `across` lets it run over the end of a sentence."""
    parts = parsed(line, words)
    ends = "" if parts[-1].text in ("$", "?") else r"(?!\w)"
    expression = (
        r"(?<!\w)" + _expression(parts, OVER if across else WITHIN, words.get("stops_gap", "$")) + ends
    )
    places: list[list[Part]] = [[]]
    for part in parts:
        if part.kind in ("blank", "gap"):
            places.append([])
        else:
            places[-1].append(part)
    needs = tuple(_heads(tuple(place)) for place in places if not all(part.kind == "maybe" for part in place))
    return Rule(expression, parts[0].text == "^", _heads(parts), needs)


def parsed(line: str, words: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the parts of a line, with each `@name` replaced by its list; lists may name other lists."""
    while NAME.search(line):
        line = NAME.sub(lambda found: f"({words[found[1]]})", line)
    pieces = [match[0] for match in PART.finditer(line)]
    parts, left = _row(pieces, 0)
    if left != len(pieces):
        raise ValueError(f"This rule has a bracket too many: {line}")
    return parts[0]


def _row(pieces: list[str], at: int) -> tuple[tuple[tuple[Part, ...], ...], int]:
    """Return the ways that begin at a piece, up to the bracket that closes them, and where that is."""
    ways: list[tuple[Part, ...]] = []
    row: list[Part] = []
    while at < len(pieces) and pieces[at] not in (")", "]"):
        piece = pieces[at]
        if piece in ("(", "["):
            inner, at = _row(pieces, at + 1)
            row.append(Part("one_of" if piece == "(" else "maybe", "", inner))
        elif piece == "|":
            ways.append(tuple(row))
            row = []
        else:
            row.append(_part(piece))
        at += 1
    ways.append(tuple(row))
    return tuple(ways), at


def _part(piece: str) -> Part:
    """Return the part that is neither a group nor a bar."""
    if piece.strip(" ") in GAPS:
        return Part("gap", piece.strip(" "))
    if piece in SIGNS:
        return Part("sign", piece)
    return Part("word", piece) if piece.strip(" ") else Part("blank")


def _expression(parts: tuple[Part, ...], between: str, stops: str) -> str:
    """Return the regular expression of a row; what may be missing takes the blank beside it along."""
    made: list[str] = []
    skip_blank = False
    for at, part in enumerate(parts):
        if part.kind == "blank":
            follows_maybe = at + 1 < len(parts) and parts[at + 1].kind == "maybe"
            made.append("" if skip_blank or follows_maybe else between)
            skip_blank = False
        elif part.kind == "gap":
            denied = "" if part.text == "...." else rf"(?!(?:{stops})(?!\w))"
            skipped = rf"{between}{denied}\w{{1,30}}"
            made.append(f"(?:{skipped}){{0,{GAPS[part.text]}}}?{between}")
        elif part.kind == "word":
            made.append(re.escape(part.text))
        elif part.kind == "sign":
            made.append(SIGNS[part.text])
        else:
            ways = "|".join(_expression(way, between, stops) for way in part.ways)
            first = not any(before.kind != "sign" for before in parts[:at])
            if part.kind == "one_of":
                made.append(f"(?:{ways})")
            elif first:
                made.append(f"(?:(?:{ways}){between})?")
                skip_blank = True
            else:
                made.append(f"(?:{between}(?:{ways}))?")
    return "".join(made)


def _heads(place: tuple[Part, ...]) -> Heads:
    """Return with which words a place can be filled."""
    found = set(_beginnings(place, ""))
    anything = ("", False) in found or ("", True) in found
    return Heads(
        frozenset(word for word, whole in found if whole),
        frozenset(word for word, whole in found if not whole),
        anything,
    )


def _beginnings(parts: tuple[Part, ...], so_far: str) -> list[tuple[str, bool]]:
    """Return how a row of parts can begin: letters, and whether they are the whole word."""
    if not parts:
        return [(so_far, True)]
    part, rest = parts[0], parts[1:]
    if part.kind == "word":
        letters = LETTERS.match(part.text)
        whole_of_it = letters is not None and letters.end() == len(part.text)
        return (
            _beginnings(rest, so_far + part.text)
            if whole_of_it
            else [(so_far + letters[0] if letters else "", True)]
        )
    if part.kind in ("blank", "gap"):
        return [(so_far, True)] if so_far else _beginnings(rest, "")
    if part.kind == "sign":
        return _beginnings(rest, so_far) if part.text in "^" else [(so_far, False)]
    found = [beginning for way in part.ways for beginning in _beginnings((*way, *rest), so_far)]
    return found + (_beginnings(rest, so_far) if part.kind == "maybe" else [])
