"""Whom of the team a comment names: a complaint about somebody is never given to them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping


def named_in(comments: Iterable[str], people: Mapping[int, str]) -> frozenset[int]:
    """Return the ids of `people` (their names by id) whom one of the comments names, as whole words.

    The full name counts in any case. A first name alone counts where nobody else of the team has it and it begins with
    a capital, so that "I will call" is not about a colleague called Will. Accents make no difference.
    """
    names = {staff_id: plain(name).split() for staff_id, name in people.items()}
    firsts = Counter(words[0].casefold() for words in names.values() if words)
    found: set[int] = set()
    for comment in map(plain, comments):
        for staff_id, words in names.items():
            if words and (
                (len(words) > 1 and _says(comment, rf"(?i:{_full(words)})"))
                or (firsts[words[0].casefold()] == 1 and _says(comment, _first(words[0])))
            ):
                found.add(staff_id)
    return frozenset(found)


def plain(text: str) -> str:
    """Return `text` without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _full(words: list[str]) -> str:
    """Return the pattern of a full name: its words with white space between them."""
    return r"\s+".join(re.escape(word) for word in words)


def _first(word: str) -> str:
    """Return the pattern of a first name with a capital at its beginning."""
    return f"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})"


def _says(comment: str, pattern: str) -> bool:
    """Return whether the comment has the pattern as whole words; "Ben's" says Ben."""
    return re.search(rf"(?<!\w){pattern}(?!\w)", comment) is not None
