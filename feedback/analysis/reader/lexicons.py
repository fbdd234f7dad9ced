"""TextBlob's reading of a comment: its own lexicon for English, its engine with a German lexicon for German.

The baseline that is stored beside every reading, and what reads alone where the encoder cannot. TextBlob
knows English only; its engine (negation, intensity, emoticons) is the same for every language
that has a lexicon in its format. The German Polarity Lexicon (Klenner, Clematide, Wiegand and Peters, 2010; in
this format by Killer, 2014) has no subjectivity: a text is as subjective as its words are polar.
The engine is a private module of TextBlob; a test holds it to what is used here.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from textblob._text import Sentiment as Engine
from textblob.en import sentiment as english_engine

GERMAN_WORDS = Path(__file__).parent / "data" / "german-polarity-lexicon.xml"
GERMAN_NEGATIONS = (
    *("nicht", "nie", "niemals", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nichts", "ohne"),
    *("weder", "nirgends", "kaum", "nix", "nich", "ned", "net"),
)
# Endings of inflected German adjectives, nouns and verbs, longest first: the lexicon has base forms.
ENDINGS = (
    "sten",
    "stem",
    "ster",
    "stes",
    "eren",
    "erer",
    "eres",
    "ten",
    "ste",
    "ere",
    "end",
    "en",
    "em",
    "er",
    "es",
    "te",
    "st",
)
SHORT_ENDINGS = ("e", "n", "s", "t")


class Assessed(NamedTuple):
    """A few successive words and what they say: polarity -1…1, subjectivity 0…1."""

    words: tuple[str, ...]
    polarity: float
    subjectivity: float


class Baseline(NamedTuple):
    """A whole text: the mean over what was assessed; (0, 0) when no word is known."""

    polarity: float
    subjectivity: float
    assessed: tuple[Assessed, ...]


class GermanEngine(Engine):  # type: ignore[misc]  # TextBlob has no types.
    """TextBlob's engine with German words; lower-cased, as the engine lower-cases what it looks up."""

    def load(self, path: str | None = None) -> None:
        """Read the lexicon; a noun is known in lower case too."""
        super().load(path)
        capitals: list[str] = [form for form in dict.keys(self) if form != form.lower()]  # type: ignore[var-annotated]
        for form in capitals:
            dict.setdefault(self, form.lower(), dict.__getitem__(self, form))

    def known(self, word: str) -> str:
        """Return the form under which the lexicon has `word`, or `word` itself."""
        if word in self or len(word) < 5:
            return word
        for stem in stems(word):
            if stem in self:
                return stem
        return word


def stems(word: str) -> Iterator[str]:
    """Yield what may be base forms of an inflected German word, the longest first."""
    spelled = word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    for form in (word, spelled) if spelled != word else (word,):
        if form != word:
            yield form
        for ending in SHORT_ENDINGS + ENDINGS:
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                stem = form[: -len(ending)]
                yield from (stem, stem + "en", stem + "e")


@cache
def german_engine() -> GermanEngine:
    """Return the engine for German; reading its lexicon takes a tenth of a second, so once."""
    return GermanEngine(
        path=str(GERMAN_WORDS),
        language="de",
        negations=GERMAN_NEGATIONS,
        modifiers=("RB",),
        modifier=lambda w: False,
    )


def baseline(text: str, language: str | None) -> Baseline:
    """Return what TextBlob says of a plain text; any language but German is read as English."""
    engine = german_engine() if language == "de" else english_engine
    tokens = (word.lower() for word in " ".join(engine.tokenizer(text)).split())
    words = (
        ((engine.known(word), None) for word in tokens) if language == "de" else ((w, None) for w in tokens)
    )
    assess: Callable[..., Any] = engine.assessments
    found = tuple(Assessed(tuple(w), float(p), min(1.0, float(s))) for w, p, s, _label in assess(words))
    if language == "de":
        found = tuple(one._replace(subjectivity=abs(one.polarity)) for one in found)
    if not found:
        return Baseline(0.0, 0.0, ())
    count = len(found)
    return Baseline(sum(a.polarity for a in found) / count, sum(a.subjectivity for a in found) / count, found)
