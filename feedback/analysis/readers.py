"""Who reads comments: one interface, and how the reader of the house is loaded.

The reader is loaded once by the process that beats the loop and passed to the verb, like the
channels; no web worker ever pays for it. A web worker pays for numpy alone, once somebody searches for
comments like one of them.
"""

from importlib import import_module
from types import ModuleType
from typing import NamedTuple, Protocol

from feedback.analysis.sentiment import Reading


class Reader(Protocol):
    """Reads one comment; `analyzer` names program and version, and is kept with each reading.

    `head_number` is the row of what it has learnt from the shop, None when it reads as shipped.
    """

    analyzer: str
    head_number: int | None

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


def load_shop_heads() -> ModuleType:
    """Load and return the module that learns from corrections; as heavy as the reader."""
    return import_module("feedback.analysis.reader.shop_heads")


def load_theme_heads() -> ModuleType:
    """Load and return the module that learns themes from corrections; as heavy as the reader."""
    return import_module("feedback.analysis.reader.theme_heads")


def load_training() -> ModuleType:
    """Load and return the module that trains the heads; as heavy as the reader."""
    return import_module("feedback.analysis.reader.training")


def load_likeness() -> ModuleType:
    """Load and return the search for like comments: numpy, 0.1 s and about 15 MB once in a process, no encoder."""
    return import_module("feedback.analysis.reader.likeness")
