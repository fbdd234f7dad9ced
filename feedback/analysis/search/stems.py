"""What counts as the same word: its stem, as the Snowball stemmers for English and German cut it.

A stemmer takes endings away by rules (M. F. Porter, snowballstem.org): deliveries and delivery, Lieferung and
Lieferungen. It knows no grammar: geliefert stays apart. Which language a comment of five words is in is a guess, and the
language of a searched word an even worse one, so every word is cut by both, and what either makes equal is found.

Small words (the, die, war) are never cut, and nothing is cut down to one: "hate" would become the German "hat".
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import local
from typing import NamedTuple

import snowballstemmer

from feedback.analysis.search.covered import GAP
from surveys.personal_data import REVISION as COVERING

# Goes with the words that are kept: those made by another file, stemmer or covering are made anew.
REVISION = f"{sha256(Path(__file__).read_bytes()).hexdigest()[:6]}.{version('snowballstemmer')}.{COVERING}"
WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*|\ufffc+")
LONGEST = 40  # letters; what is longer is no word, and two that are equal so far count as one
UMLAUTS = str.maketrans("äöü", "aou")
WITHOUT_DOTS = re.compile("(?<!q)(?:ae|oe|ue)")

SMALL_WORDS = """
    a about after all also am an and any are as at be because been before being between both but by can could did do
    does doing down during each few for from had has have having he her here him his how i if in into is it its just
    me more most my no nor not of off on once only or other our out over own same she should so some such than that
    the their them then there these they this those through to too under until up very was we were what when where
    which while who why will with would you your
    aber als am an auch auf aus bei bin bis bist da dann das dass dein deine dem den denn der des dich die dies diese
    diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es euch eure fur hab habe
    haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden
    jeder jedes jetzt kann kein keine keinem keinen keiner konnen man mein meine meinem meinen meiner mich mir mit muss
    nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind so soll sondern
    uber um und uns unser unsere unter viel vom von vor war waren warum was weg weil wenn wer werde werden wie wieder
    will wir wird wirst wo wollen wurde wurden zu zum zur zwar zwischen
"""
SMALL = frozenset(SMALL_WORDS.split())
SPELLED_OUT = {"fuer": "fur", "ueber": "uber", "koennen": "konnen"}


class Stemmers(local):
    """A pair of stemmers for each thread: a stemmer holds the word it cuts, so two threads would cut each other's."""

    def __init__(self) -> None:
        self.english, self.german = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("german")


STEMMERS = Stemmers()


class Stems(NamedTuple):
    """A word as both stemmers cut it; both empty for a place where something is covered."""

    german: str
    english: str


class Place(NamedTuple):
    """A word of a text: `text[start:end]`, and its stems."""

    start: int
    end: int
    stems: Stems


COVERED = Stems("", "")


def words(text: str) -> Iterator[Place]:
    """Yield the words of a text in their order; a covered piece is one without stems."""
    for found in WORD.finditer(text):
        word = found[0]
        yield Place(*found.span(), COVERED if word[0] == GAP else stems(word))


@lru_cache(maxsize=20_000)
def stems(word: str) -> Stems:
    """Return a word, in any case and with or without accents, as both stemmers cut it."""
    small = folded(word)
    plain = small.translate(UMLAUTS)
    plain = SPELLED_OUT.get(plain, plain)
    if plain in SMALL:
        return Stems(plain, plain)
    german, english = STEMMERS.german.stemWord(small).translate(UMLAUTS), STEMMERS.english.stemWord(plain)
    return Stems(
        plain if german in SMALL else german[:LONGEST], plain if english in SMALL else english[:LONGEST]
    )


def folded(word: str) -> str:
    """Return a word in small letters without accents; ä, ö and ü keep their dots, ß becomes ss."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    for plain, dotted in (("a\u0308", "ä"), ("o\u0308", "ö"), ("u\u0308", "ü")):
        apart = apart.replace(plain, dotted)
    return "".join(sign for sign in apart if sign.isalnum())[:LONGEST] or word[:LONGEST]


def beginning(word: str) -> str:
    """Return how stems begin of words that begin with this one: Paketbote for Paket, whatever Paket itself is cut to."""
    return WITHOUT_DOTS.sub(lambda found: found[0][0], folded(word).translate(UMLAUTS))


def lexemes(text: str) -> list[str]:
    """Return what is kept of a text: all German stems in their order, a gap, all English ones; gaps are covered pieces.

    A letter in front tells the two apart. The place in the list is the place of the word, so phrases can be found.
    """
    found = [place.stems for place in words(text)]
    german = [f"d{each.german}" if each.german else GAP for each in found]
    english = [f"e{each.english}" if each.english else GAP for each in found]
    return [*german, GAP, *english] if found else []
