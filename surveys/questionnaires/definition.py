"""What one questionnaire says, read from a version's frozen document into value objects.

A document is {"texts": {language: {...}}} with one block of texts per language. The key
question comes first and alone; the "why" follows the score's group; the permission to be
contacted comes last and may be left unanswered (methodology 3.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FALLBACK_LANGUAGE = "en"
SHOP = "{shop}"


@dataclass(frozen=True)
class Wording:
    """The texts of one questionnaire in one language; `{shop}` is the only place in them."""

    language: str
    question: str
    points: tuple[str, ...]  # a label for every point, or empty when only the ends are labelled
    low: str
    high: str
    why: Mapping[str, str]  # by group; "" is the neutral one, used before a score is chosen
    permission: str | None

    def for_shop(self, name: str) -> "Wording":
        """Return the wording with the shop's name put in."""

        def put(text: str) -> str:
            return text.replace(SHOP, name)

        return Wording(
            self.language,
            put(self.question),
            tuple(put(point) for point in self.points),
            put(self.low),
            put(self.high),
            {group: put(text) for group, text in self.why.items()},
            put(self.permission) if self.permission else None,
        )


def languages(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages a document speaks, in its own order."""
    return tuple(definition["texts"])


def wording(definition: Mapping[str, Any], language: str) -> Wording:
    """Return the texts in `language`, else in English, else in the first one there is."""
    texts = definition["texts"]
    chosen = next(tag for tag in (language, FALLBACK_LANGUAGE, *texts) if tag in texts)
    block = texts[chosen]
    return Wording(
        language=chosen,
        question=block["question"],
        points=tuple(block.get("points", ())),
        low=block.get("low", ""),
        high=block.get("high", ""),
        why=dict(block.get("why", {})),
        permission=block.get("permission"),
    )
