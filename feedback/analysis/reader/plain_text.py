"""A comment as a reader wants it: without mark-up, shouting, stretched letters and what nobody sees.

The raw text is kept as the customer wrote it; this is only what is read. What changes here was
chosen by what misleads readers that were trained on ordinary sentences.
"""

import html
import re
import unicodedata

from feedback.analysis.reader.umlauts import with_umlauts

LONGEST = 5_000  # characters that are read; an opinion is clear long before
MOSTLY = 0.6  # share of capitals from which a text is taken as shouted
TAG = re.compile(r"</?[A-Za-z!][^<>]{0,300}>")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
REPEATED_SIGN = re.compile(r"([^\w\s.])\1{2,}")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def plain(text: str) -> str:
    """Return what is read of `text`: at most 5,000 characters on one line, perhaps none at all."""
    text = html.unescape(text[:LONGEST])
    text = TAG.sub(" ", text)
    text = "".join(kept(c) for c in unicodedata.normalize("NFC", text))
    text = STRETCHED.sub(r"\1\1", REPEATED_SIGN.sub(r"\1\1", text))
    text = " ".join(text.replace("’", "'").split())
    return text.lower() if is_shouted(text) else text


def cased(text: str, language: str | None) -> str:
    """Return the plain text in the case it is read in: German in lower case, every other language as it is.

    The encoder takes German nouns for other words when their capitals are missing, as in comments typed on phones;
    read in lower case throughout, German is understood as well, and the same however it is typed. The same goes for
    umlauts spelled out.
    """
    return with_umlauts(text.lower()) if language == "de" else text


def kept(c: str) -> str:
    """Return the character, a space for a control character, nothing for one that has no width."""
    category = unicodedata.category(c)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else c


def is_shouted(text: str) -> bool:
    """Tell whether most letters are capitals; short words in capitals (OK, DHL) alone shout nothing."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals > MOSTLY * len(letters) and any(len(w) > 3 and w.isupper() for w in WORD.findall(text))


def parts(text: str, most: int = 10, words: int = 25, longest: int = 40) -> list[str]:
    """Return the text in parts of about `words` words when it has more than `longest`, at most `most` parts.

    An encoder makes one vector of whatever it is given, in which a sentence among many is lost.
    """
    all_words = text.split(" ")
    if len(all_words) <= longest:
        return [text]
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        own = sentence.split(" ")
        while own:
            taken, own = own[:longest], own[longest:]
            if found and len(found[-1].split(" ")) + len(taken) <= words:
                found[-1] += " " + " ".join(taken)
            else:
                found.append(" ".join(taken))
        if len(found) > most:
            break
    return found[:most]
