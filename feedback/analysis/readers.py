"""Who reads comments: one interface, and how the reader of the house is loaded.

The reader is loaded once by the process that beats the loop, with the first comment, and passed to the verb, like
the channels; no web worker ever pays for it. A web worker pays for numpy alone, once somebody searches for
comments like one of them.
"""

from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import NamedTuple, Protocol

from feedback.analysis.sentiment import Reading


class Reader(Protocol):
    """Reads one comment; `analyzer` names program and version, and is kept with each reading.

    `head_number` is the row of what it has learnt from the shop, None when it reads as shipped.
    """

    head_number: int | None

    @property
    def analyzer(self) -> str:
        """The name, at most 60 characters."""

    def learn(self, number: int | None, numbers: bytes | None) -> None:
        """Read with these numbers from now on, or as shipped; the name tells."""

    def read(self, comment: str, locale: str | None) -> Reading:
        """Return what `comment` says; `locale` is the language of the page it was written on."""


class HouseReader(Reader, Protocol):
    """The reader of the house, which can say why it reads without the encoder ("" when it has one)."""

    why_without: str


class Near(NamedTuple):
    """A comment with the cosine to the one that was searched for, and how many responses have just its vector."""

    response_id: int
    likeness: float
    times: int


def load_reader() -> HouseReader:
    """Load encoder, heads and lexicons, which takes about a second and 150 MB, and return the reader.

    Not imported at the top of the file, because everything behind it is heavy.
    """
    reader: HouseReader = import_module("feedback.analysis.reader.analyzer").FeedbackAnalyzer()
    return reader


class LateReader:
    """The reader of the house, loaded when it first has to read or to say its name.

    A loop beats at once, and one that never gets to read, because another leads, never pays for it.
    """

    def __init__(self) -> None:
        self.head_number: int | None = None
        self.numbers: bytes | None = None

    @cached_property
    def loaded(self) -> HouseReader:
        """The reader itself, with what it was to learn before."""
        reader = load_reader()
        reader.learn(self.head_number, self.numbers)
        return reader

    @property
    def analyzer(self) -> str:
        """The name; that of the encoder is known only when it was tried, so this loads the reader."""
        return self.loaded.analyzer

    def learn(self, number: int | None, numbers: bytes | None) -> None:
        """Read with these numbers from now on, or as shipped."""
        self.head_number, self.numbers = number, numbers
        if "loaded" in self.__dict__:
            self.loaded.learn(number, numbers)

    def read(self, comment: str, locale: str | None) -> Reading:
        """Return what `comment` says; `locale` is the language of the page it was written on."""
        return self.loaded.read(comment, locale)


def load_shop_heads() -> ModuleType:
    """Load and return the module that learns from corrections; as heavy as the reader."""
    return import_module("feedback.analysis.reader.shop_heads")


def load_theme_heads() -> ModuleType:
    """Load and return the module that learns themes from corrections; as heavy as the reader."""
    return import_module("feedback.analysis.reader.theme_heads")


def load_training() -> ModuleType:
    """Load and return the module that trains the heads; as heavy as the reader."""
    return import_module("feedback.analysis.reader.training")


def load_intent_heads() -> ModuleType:
    """Load and return the module that learns the lines for intents; as heavy as the reader."""
    return import_module("feedback.analysis.reader.intent_heads")


def load_intent_words() -> ModuleType:
    """Load and return the module that learns what words hint at an intent; as heavy as the reader."""
    return import_module("feedback.analysis.reader.intent_words")


def load_likeness() -> ModuleType:
    """Load and return the search for like comments: numpy, 0.1 s and about 15 MB once in a process, no encoder."""
    return import_module("feedback.analysis.reader.likeness")


def load_typical() -> ModuleType:
    """Load and return the search for comments that stand for many: numpy, no encoder."""
    return import_module("feedback.analysis.reader.typical")
