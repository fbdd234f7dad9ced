"""Which language is a comment written in.

py3langid (Lui and Baldwin's langid, 97 languages) ranks them. Among the languages the house asks in, the better one
wins, and the language of the page only where the text is too short or the two are close. Any other language must be
far ahead: short texts are taken for rare languages easily. Nothing is set in the library, whose settings are
the whole process's.
"""

import re

import py3langid

HOUSE = ("en", "de", "fr", "es", "it", "nl", "pl")
FOREIGN = 20.0  # difference of log-probabilities from which a language nobody here asks in is believed
CLOSE = 4.0  # difference within which the language of the page decides
ENOUGH_WORDS = 3
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def language_of(text: str, locale: str | None) -> str | None:
    """Return the code of the language of a plain text, or None when it has no words.

    `locale` is the language of the page it was written on ("de", "de-AT", …) or None.
    """
    words = WORD.findall(text)
    page = (locale or "").lower().replace("_", "-").partition("-")[0]
    prior = page if page in HOUSE else None
    if not words:
        return prior
    if len(words) < ENOUGH_WORDS and prior and all(word.isascii() for word in words):
        return prior
    ranked: dict[str, float] = dict(py3langid.rank(" ".join(words[:200]).lower()))
    first: str = max(ranked, key=lambda code: ranked[code])
    ours = max(HOUSE, key=lambda code: ranked[code])
    if ranked[first] - ranked[ours] > FOREIGN:
        return first
    if prior and ranked[ours] - ranked[prior] < CLOSE:
        return prior
    # English and German are what nearly all who come here write in.
    usual = max(HOUSE[:2], key=lambda code: ranked[code])
    return usual if ranked[ours] - ranked[usual] < CLOSE else ours
