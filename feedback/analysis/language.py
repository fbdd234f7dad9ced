"""Which language is a comment written in: English, German, or not to be told.

A comment is a sentence or two, too short for statistics over letters. Function words settle it:
they are the commonest words of any sentence, and English and German share few of them. What
remains open is decided by the language of the page the customer wrote on, but only when nothing
in the text speaks against it; otherwise the answer is None, because a reader for the wrong
language would report a false 0.0.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
UMLAUT = re.compile(r"[äöüßÄÖÜ]")
READ_AT_MOST = 200  # words; the rest of a long comment does not change its language

# The commonest function words, without those that both languages write alike (in, so, was, am, an,
# die, man, also, war, hat, will, her, do): they would count for the wrong side.
ENGLISH_WORDS = """
    a about after again all and any are arrived as at be because been before but buy by came can can't come
    could didn't did does doesn't don't ever every for from get good got great had has have he how i i'm i've if
    is isn't it it's its just like love made me more much my never nice no not nothing now of on one only or
    order ordered our out perfect product quality really she should still thank thanks than that the their them
    then there they this time to too up us very we well were wasn't what when which while who why with without
    won't would you your
"""
GERMAN_WORDS = """
    aber alle alles als auch auf aus bei beim bin bis bisher bitte danke da dafür das dass dem den denn der
    des diese dieser dieses doch dort durch ein eine einem einen einer eines er erst es für ganz gar gab gern
    gerne gut gute habe haben hatte hier ich ihr ihre im immer ist ja jetzt kann kein keine keinen kommt könnte
    leider mal mehr mein meine meiner mich mir mit muss nach nicht nichts nie noch nochmal nur ob oder ohne
    perfekt schlecht schnell schon sehr sein seit sich sie sind sonst trotz über um und uns unter vom von
    vor waren wäre war's weil wenn werde wie wieder wird wirklich wo wurde zu zum zur zwei
"""
ENGLISH, GERMAN = frozenset(ENGLISH_WORDS.split()), frozenset(GERMAN_WORDS.split())


def language_of(text: str, locale: str | None) -> str | None:
    """Return "en" or "de" for `text`, or None when it cannot be told.

    `locale` is the language of the page it was written on ("de", "de-AT", …) or None; it decides
    only where the words do not.
    """
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)[:READ_AT_MOST]]
    if not words:
        return None
    english = sum(word in ENGLISH for word in words)
    german = sum(word in GERMAN for word in words) + bool(UMLAUT.search(text))
    if english != german:
        return "en" if english > german else "de"
    prior = (locale or "").lower().replace("_", "-").partition("-")[0]
    # Words of an unknown script, or a long text without one known word, are some third language.
    if prior in ("en", "de") and (english or len(words) <= 6) and is_latin(words):
        return prior
    return None


def is_latin(words: list[str]) -> bool:
    """Tell whether all words are written in Latin letters."""
    return all(letter < "\u0250" or letter == "'" for word in words for letter in word)
