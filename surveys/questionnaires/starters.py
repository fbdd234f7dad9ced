"""The ready-made questionnaires: wordings of methodology 3.3, in English and German.

NPS follows Bain's wording, CES is version 2.0 (seven points, agree or disagree), CSAT labels
all five points. No colours, no preselected value, ends in words.
"""

from typing import Any

from surveys.errors import N_

PERMISSION_EN = "May {shop} contact you about this answer?"
PERMISSION_DE = "Darf {shop} sich bei Ihnen wegen dieser Antwort melden?"

NPS: dict[str, Any] = {
    "texts": {
        "en": {
            "question": "How likely is it that you would recommend {shop} to a friend or colleague?",
            "low": "Not at all likely",
            "high": "Extremely likely",
            "why": {
                "": "What is the main reason for your score?",
                "detractor": "What went wrong?",
                "passive": "What was missing for a higher score?",
                "promoter": "What did you like most?",
            },
            "permission": PERMISSION_EN,
        },
        "de": {
            "question": "Wie wahrscheinlich ist es, dass Sie {shop} im Freundes- oder Kollegenkreis weiterempfehlen?",
            "low": "Überhaupt nicht wahrscheinlich",
            "high": "Äußerst wahrscheinlich",
            "why": {
                "": "Was ist der wichtigste Grund für Ihre Bewertung?",
                "detractor": "Was ist schiefgegangen?",
                "passive": "Was hat für eine höhere Bewertung gefehlt?",
                "promoter": "Was hat Ihnen am besten gefallen?",
            },
            "permission": PERMISSION_DE,
        },
    }
}

CSAT: dict[str, Any] = {
    "texts": {
        "en": {
            "question": "Overall, how satisfied are you with your order from {shop}?",
            "points": [
                "Very dissatisfied",
                "Dissatisfied",
                "Neither satisfied nor dissatisfied",
                "Satisfied",
                "Very satisfied",
            ],
            "why": {
                "": "What is the main reason for your answer?",
                "dissatisfied": "What went wrong?",
                "neutral": "What was missing?",
                "satisfied": "What did you like most?",
            },
            "permission": PERMISSION_EN,
        },
        "de": {
            "question": "Wie zufrieden sind Sie insgesamt mit Ihrer Bestellung bei {shop}?",
            "points": [
                "Sehr unzufrieden",
                "Unzufrieden",
                "Weder zufrieden noch unzufrieden",
                "Zufrieden",
                "Sehr zufrieden",
            ],
            "why": {
                "": "Was ist der wichtigste Grund für Ihre Antwort?",
                "dissatisfied": "Was ist schiefgegangen?",
                "neutral": "Was hat gefehlt?",
                "satisfied": "Was hat Ihnen am besten gefallen?",
            },
            "permission": PERMISSION_DE,
        },
    }
}

CES: dict[str, Any] = {
    "texts": {
        "en": {
            "question": "To what extent do you agree or disagree with the following statement:"
            " “{shop} made it easy for me to handle my issue.”",
            "low": "Strongly disagree",
            "high": "Strongly agree",
            "why": {
                "": "What is the main reason for your answer?",
                "difficult": "What made it difficult?",
                "neutral": "What would have made it easier?",
                "easy": "What made it easy?",
            },
            "permission": PERMISSION_EN,
        },
        "de": {
            "question": "Inwieweit stimmen Sie der folgenden Aussage zu?"
            " „{shop} hat es mir leicht gemacht, mein Anliegen zu klären.“",
            "low": "Stimme überhaupt nicht zu",
            "high": "Stimme voll und ganz zu",
            "why": {
                "": "Was ist der wichtigste Grund für Ihre Antwort?",
                "difficult": "Was hat es schwierig gemacht?",
                "neutral": "Was hätte es leichter gemacht?",
                "easy": "Was hat es leicht gemacht?",
            },
            "permission": PERMISSION_DE,
        },
    }
}

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
