"""The ready-made surveys: the usual wordings of three kinds, and the check-back, in English and German."""

from typing import Any

from surveys.errors import N_
from surveys.questionnaires.metric_wordings import WORDINGS

NPS, CSAT, CES = WORDINGS["nps"], WORDINGS["csat"], WORDINGS["ces7"]

CHECK_BACK: dict[str, Any] = {
    "texts": {
        "en": {
            "question": "Is your issue with {shop} solved?",
            "points": ["Yes", "Partly", "No"],
            "why": {"": "Would you like to add something?"},
        },
        "de": {
            "question": "Ist Ihr Anliegen bei {shop} gelöst?",
            "points": ["Ja", "Teilweise", "Nein"],
            "why": {"": "Möchten Sie noch etwas dazu sagen?"},
        },
    }
}

SOLVED = ("yes", "partly", "no")  # what the points of the check-back are stored as

STARTERS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("nps", N_("Recommendation after the purchase"), "nps", NPS),
    ("csat", N_("Satisfaction with the order"), "csat", CSAT),
    ("ces", N_("Ease of getting help"), "ces7", CES),
    ("check-back", N_("Was it solved?"), "check_back", CHECK_BACK),
)
NAMES = frozenset(name for _key, name, _kind, _texts in STARTERS)
