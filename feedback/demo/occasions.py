"""For whom the demo's customers bought: the one choice that its survey asks for beside the score, and who chooses what.

Whoever gives a present minds a late or bare parcel more than others do, and whoever buys for work looks at the
price: so the choice has something to show when answers are parted by it.
"""

import random
from collections.abc import Mapping
from typing import Any

from feedback.demo.story import pick
from surveys.questionnaires.definition import questions_of
from surveys.questionnaires.metric_wordings import WORDINGS

KEY = "occasion"
QUESTION: dict[str, Any] = {
    "key": KEY,
    "kind": "one",
    "choices": ["self", "home", "present", "work"],
    "texts": {
        "en": {
            "question": "Whom did you buy it for?",
            "choices": {
                "self": "For myself",
                "home": "For everybody at home",
                "present": "As a present",
                "work": "For work",
            },
        },
        "de": {
            "question": "Für wen haben Sie das gekauft?",
            "choices": {
                "self": "Für mich",
                "home": "Für alle zu Hause",
                "present": "Als Geschenk",
                "work": "Für die Arbeit",
            },
        },
    },
}
READY_MADE = WORDINGS["nps"]
WITH_OCCASION: Mapping[str, Any] = {**READY_MADE, "questions": [QUESTION]}

SAYS_NOTHING = 0.12
USUALLY = {"self": 0.44, "home": 0.24, "present": 0.21, "work": 0.11}
# How much more often a choice goes with a theme that somebody complains of, or with a happy answer.
COMPLAINTS: Mapping[str, Mapping[str, float]] = {
    "DELIVERY": {"present": 3.5},
    "PACKAGING": {"present": 5},
    "COMMUNICATION": {"present": 2},
    "PRODUCT_FIT": {"self": 2.5},
    "PRODUCT_QUALITY": {"home": 2.5},
    "PRICE": {"work": 6},
    "PAYMENT": {"work": 5},
    "RETURNS": {"present": 2.5},
}
HAPPY: Mapping[str, float] = {"home": 1.4, "present": 0.8}


def is_asked(definition: Mapping[str, Any]) -> bool:
    """Return whether a questionnaire asks for whom it was."""
    return any(question.key == KEY for question in questions_of(definition))


def occasion(number: int, score: int, theme: str | None) -> str | None:
    """Return for whom the order with this number was, judged with `score` (0–10); None is no answer to that.

    `theme` is what the comment is about. It hangs on the order alone, so that it moves no other draw of the year.
    """
    chance = random.Random(f"{number} {KEY}")
    if chance.random() < SAYS_NOTHING:
        return None
    more = HAPPY if score >= 9 else COMPLAINTS.get(theme or "", {}) if score <= 6 else {}
    return pick(chance, [(choice, share * more.get(choice, 1)) for choice, share in USUALLY.items()])
