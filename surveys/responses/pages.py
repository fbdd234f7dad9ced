"""What one respondent's page consists of: the choices of its scale and its texts, in one language."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from surveys.questionnaires.definition import Wording, wording
from surveys.questionnaires.starters import SOLVED
from surveys.scales import SCALES


class Face(NamedTuple):
    """All that decides how a page looks; two invitations with equal faces share its bytes."""

    kind: str
    definition: str  # the frozen questionnaire as JSON
    language: str
    brand_key: str
    brand_name: str
    colour: str
    logo_mark: str | None
    privacy_url: str | None
    imprint_url: str | None = None


class Choice(NamedTuple):
    """One point of the scale: what is sent, shown, and added for those who hear it."""

    value: str
    label: str
    spoken: str
    why: str


def words_of(face: Face) -> Wording:
    """Return the questionnaire's texts in the face's language, with the shop's name put in."""
    return wording(json.loads(face.definition), face.language).for_shop(face.brand_name)


def field_of(kind: str) -> str:
    """Return the name of the key question's field."""
    return "solved" if kind == "check_back" else "score"


def values_of(kind: str) -> tuple[str, ...]:
    """Return what may be sent for the key question, low to high."""
    return SOLVED if kind == "check_back" else tuple(str(score) for score in SCALES[kind].scores)


def chosen_among(sent: Sequence[str], kind: str) -> str | None:
    """Return the choice that a link carries once, else None: an impossible or doubled one is ignored."""
    return sent[0] if len(sent) == 1 and sent[0] in values_of(kind) else None


def choices(kind: str, words: Wording) -> list[Choice]:
    """Return the points of the scale, low to high; of a check-back its three answers."""
    neutral = words.why.get("", "")
    if kind == "check_back":
        labelled = zip(SOLVED, words.points, strict=True)
        return [Choice(value, label, "", neutral) for value, label in labelled]
    scale = SCALES[kind]
    ends: Mapping[int, str] = {scale.low: words.low, scale.high: words.high}
    return [
        Choice(
            str(score),
            words.points[score - scale.low] if words.points else str(score),
            "" if words.points else ends.get(score, ""),
            words.why.get(scale.group_of(score), neutral),
        )
        for score in scale.scores
    ]
