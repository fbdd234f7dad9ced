"""Who is named in a note: an @ and then the name of a colleague, whole or the first word of it."""

import re
from collections.abc import Mapping

SIGN = "@"


def named_in(text: str, people: Mapping[str, str]) -> list[str]:
    """Return the keys of those people whose names stand behind an @ in a text, in the order of `people`.

    `people` are names by key. Case does not count. A first name that several have names nobody.
    """
    if SIGN not in text:
        return []
    firsts = [name.split()[0].casefold() for name in people.values() if name.split()]
    return [key for key, name in people.items() if _is_named(text.casefold(), name.casefold(), firsts)]


def _is_named(text: str, name: str, firsts: list[str]) -> bool:
    """Tell whether a name stands behind an @, and no letter or further name makes it another one."""
    words = name.split()
    if not words:
        return False
    wanted = [" ".join(words)]
    if firsts.count(words[0]) == 1:
        wanted.append(words[0])
    return any(re.search(rf"(?<!\w)@{re.escape(each)}(?!\w)", text) for each in wanted)
