"""How a preview is to look: in which language, after which score, on which width, by day or by night."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from surveys.scales import SCALES

WIDTHS = ("phone", "desktop")


class Choice(NamedTuple):
    """What was chosen for a preview; `score` is None before one is chosen, `brand` the key of a shop or empty."""

    language: str
    score: int | None
    width: str
    is_dark: bool
    brand: str

    def as_query(self) -> dict[str, str]:
        """Return the choice as the values of an address."""
        named = {
            "language": self.language,
            "score": "" if self.score is None else str(self.score),
            "width": self.width,
            "dark": "yes" if self.is_dark else "",
            "brand": self.brand,
        }
        return {name: value for name, value in named.items() if value}


def choice_from(args: Mapping[str, str], kind: str, tags: Sequence[str], reader: str) -> Choice:
    """Return what an address chooses; what makes no sense is passed over."""
    language = args.get("language", "")
    if language not in tags:
        language = reader if reader in tags else tags[0]
    score, scores = (
        args.get("score", ""),
        [str(each) for each in (SCALES[kind].scores if kind in SCALES else ())],
    )
    width = args.get("width", "")
    return Choice(
        language=language,
        score=int(score) if score in scores else None,
        width=width if width in WIDTHS else WIDTHS[0],
        is_dark=args.get("dark") == "yes",
        brand=args.get("brand", "")[:40],
    )
