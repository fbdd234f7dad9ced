"""What each kind of key question asks when nobody has written another: question, points, and why-questions.

The wordings are those of methodology 3.3: NPS follows Bain's, CES is version 2.0. Scales of up to five points label
every point, longer ones their ends. A question about satisfaction names both ends, so that it pushes nobody.
`{shop}` is the only place in them. Why-questions are written by mood and, where a group asks something of its own,
by group; in the document of a version every group has its own.
"""

from collections.abc import Mapping
from typing import Any

from surveys.scales import SCALES

PERMISSION = {
    "en": "May {shop} contact you about this answer?",
    "de": "Darf {shop} sich bei Ihnen wegen dieser Antwort melden?",
}

# "" is asked before a point is chosen.
WHY: Mapping[str, Mapping[str, str]] = {
    "en": {
        "": "What is the main reason for your answer?",
        "unhappy": "What went wrong?",
        "neutral": "What was missing?",
        "happy": "What did you like most?",
    },
    "de": {
        "": "Was ist der wichtigste Grund für Ihre Antwort?",
        "unhappy": "Was ist schiefgegangen?",
        "neutral": "Was hat gefehlt?",
        "happy": "Was hat Ihnen am besten gefallen?",
    },
}
WHY_RECOMMEND = {
    "en": {
        "": "What is the main reason for your score?",
        "passive": "What was missing for a higher score?",
    },
    "de": {
        "": "Was ist der wichtigste Grund für Ihre Bewertung?",
        "passive": "Was hat für eine höhere Bewertung gefehlt?",
    },
}
WHY_WORK = {
    "en": WHY_RECOMMEND["en"]
    | {
        "passive": "What is missing for a higher score?",
        "detractor": "What should change first?",
        "promoter": "What do you like most about working there?",
    },
    "de": WHY_RECOMMEND["de"]
    | {
        "passive": "Was fehlt für eine höhere Bewertung?",
        "detractor": "Was sollte sich zuerst ändern?",
        "promoter": "Was gefällt Ihnen an der Arbeit dort am besten?",
    },
}
WHY_EASY = {
    "en": {
        "difficult": "What made it difficult?",
        "neutral": "What would have made it easier?",
        "easy": "What made it easy?",
    },
    "de": {
        "difficult": "Was hat es schwierig gemacht?",
        "neutral": "Was hätte es leichter gemacht?",
        "easy": "Was hat es leicht gemacht?",
    },
}
WHY_MISSED = {
    "en": {
        "not_disappointed": "What would {shop} have to do differently for you to miss it?",
        "mildly_disappointed": "What would make {shop} more important to you?",
        "very_disappointed": "What would you miss most?",
    },
    "de": {
        "not_disappointed": "Was müsste {shop} anders machen, damit es Ihnen fehlen würde?",
        "mildly_disappointed": "Was würde {shop} für Sie wichtiger machen?",
        "very_disappointed": "Was würde Ihnen am meisten fehlen?",
    },
}

LIKELY = {
    "en": {"low": "Not at all likely", "high": "Extremely likely"},
    "de": {"low": "Überhaupt nicht wahrscheinlich", "high": "Äußerst wahrscheinlich"},
}
SATISFIED = {
    "en": (
        "Very dissatisfied",
        "Dissatisfied",
        "Neither satisfied nor dissatisfied",
        "Satisfied",
        "Very satisfied",
    ),
    "de": (
        "Sehr unzufrieden",
        "Unzufrieden",
        "Weder zufrieden noch unzufrieden",
        "Zufrieden",
        "Sehr zufrieden",
    ),
}
HAPPY = {
    "en": ("Very unhappy", "Unhappy", "Neither happy nor unhappy", "Happy", "Very happy"),
    "de": (
        "Sehr unglücklich",
        "Unglücklich",
        "Weder glücklich noch unglücklich",
        "Glücklich",
        "Sehr glücklich",
    ),
}
AGREE = {
    "en": ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
    "de": (
        "Stimme überhaupt nicht zu",
        "Stimme eher nicht zu",
        "Teils, teils",
        "Stimme eher zu",
        "Stimme voll und ganz zu",
    ),
}
STARS = {
    "en": ("1 star (very poor)", "2 stars", "3 stars", "4 stars", "5 stars (very good)"),
    "de": ("1 Stern (sehr schlecht)", "2 Sterne", "3 Sterne", "4 Sterne", "5 Sterne (sehr gut)"),
}
DISAPPOINTED = {
    "en": ("Not disappointed", "Somewhat disappointed", "Very disappointed"),
    "de": ("Nicht enttäuscht", "Etwas enttäuscht", "Sehr enttäuscht"),
}

RECOMMEND = {
    "en": "How likely is it that you would recommend {shop} to a friend or colleague?",
    "de": "Wie wahrscheinlich ist es, dass Sie {shop} im Freundes- oder Kollegenkreis weiterempfehlen?",
}
RECOMMEND_WORK = {
    "en": "How likely is it that you would recommend {shop} as a place to work to a friend or acquaintance?",
    "de": "Wie wahrscheinlich ist es, dass Sie {shop} im Freundes- oder Bekanntenkreis als Arbeitgeber"
    " weiterempfehlen?",
}
HOW_SATISFIED = {
    "en": "Overall, how satisfied are you with your order from {shop}?",
    "de": "Wie zufrieden sind Sie insgesamt mit Ihrer Bestellung bei {shop}?",
}
HOW_HAPPY = {
    "en": "Overall, how happy or unhappy are you with your order from {shop}?",
    "de": "Wie glücklich oder unglücklich sind Sie insgesamt mit Ihrer Bestellung bei {shop}?",
}
HOW_MANY_STARS = {
    "en": "How many stars do you give your order from {shop}?",
    "de": "Wie viele Sterne geben Sie Ihrer Bestellung bei {shop}?",
}
SATISFIED_OR_NOT = {
    "en": "Are you satisfied or dissatisfied with your order from {shop}?",
    "de": "Sind Sie mit Ihrer Bestellung bei {shop} zufrieden oder unzufrieden?",
}
MADE_IT_EASY = {
    "en": "To what extent do you agree or disagree with the following statement:"
    " “{shop} made it easy for me to handle my issue.”",
    "de": "Inwieweit stimmen Sie der folgenden Aussage zu?"
    " „{shop} hat es mir leicht gemacht, mein Anliegen zu klären.“",
}
WITHOUT_US = {
    "en": "How would you feel if you could no longer buy from {shop}?",
    "de": "Wie würden Sie sich fühlen, wenn Sie nicht mehr bei {shop} kaufen könnten?",
}


def some_of(points: Mapping[str, tuple[str, ...]], *places: int) -> dict[str, tuple[str, ...]]:
    """Return some of the labels of five points, for a shorter scale."""
    return {language: tuple(labels[place] for place in places) for language, labels in points.items()}


def whys(kind: str, language: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the why-question of every group of the scale, that of its mood where it has none of its own."""
    by_mood = WHY[language]
    asked = {"": own.get("", by_mood[""])}
    return asked | {group.name: own.get(group.name, by_mood[group.mood]) for group in SCALES[kind].groups}


def document(
    kind: str,
    question: Mapping[str, str],
    labels: Mapping[str, Any],
    own_whys: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Return a questionnaire with one key question; `labels` are its ends or all of its points by language."""
    texts = {}
    for language, asked in question.items():
        shown = labels[language]
        texts[language] = {
            "question": asked,
            **(shown if isinstance(shown, Mapping) else {"points": list(shown)}),
            "why": whys(kind, language, (own_whys or {}).get(language, {})),
            "permission": PERMISSION[language],
        }
    return {"texts": texts}


WORDINGS: Mapping[str, dict[str, Any]] = {
    "nps": document("nps", RECOMMEND, LIKELY, WHY_RECOMMEND),
    "enps": document("enps", RECOMMEND_WORK, LIKELY, WHY_WORK),
    "csat": document("csat", HOW_SATISFIED, SATISFIED),
    "csat3": document("csat3", HOW_SATISFIED, some_of(SATISFIED, 1, 2, 3)),
    "ces": document("ces", MADE_IT_EASY, AGREE, WHY_EASY),
    "ces7": document(
        "ces7",
        MADE_IT_EASY,
        {language: {"low": labels[0], "high": labels[-1]} for language, labels in AGREE.items()},
        WHY_EASY,
    ),
    "smileys": document("smileys", HOW_HAPPY, HAPPY),
    "stars_five": document("stars_five", HOW_MANY_STARS, STARS),
    "thumbs": document("thumbs", SATISFIED_OR_NOT, some_of(SATISFIED, 1, 3)),
    "pmf": document("pmf", WITHOUT_US, DISAPPOINTED, WHY_MISSED),
}
