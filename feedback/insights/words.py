"""The words that numbers and responses are shown with; English phrases, translated where they are shown."""

from surveys.errors import N_
from surveys.questionnaires.groups import GROUPS

METRICS = {"nps": "NPS", "csat": "CSAT", "ces7": "CES"}

# Many of them, as in "60 % promoters".
PLURALS = {
    **GROUPS,
    "detractor": N_("detractors"),
    "passive": N_("passives"),
    "promoter": N_("promoters"),
}

LABELS = {
    "negative": N_("negative"),
    "neutral": N_("neutral"),
    "positive": N_("positive"),
    "no_opinion": N_("no opinion"),
    "unreadable": N_("not readable by the machine"),
}
