"""The words that numbers and responses are shown with; English phrases, translated where they are shown."""

from surveys.errors import N_
from surveys.questionnaires.groups import GROUPS

METRICS = {
    "nps": N_("NPS"),
    "enps": N_("eNPS"),
    "csat": N_("CSAT"),
    "csat3": N_("CSAT (3 points)"),
    "ces": N_("CES (5 points)"),
    "ces7": N_("CES"),
    "smileys": N_("Smileys"),
    "stars_five": N_("Stars"),
    "thumbs": N_("Thumbs"),
    "pmf": N_("PMF"),
}

# The figure of a survey as a sentence.
HEADLINES = {
    "nps": N_("NPS is %(score)s"),
    "enps": N_("eNPS is %(score)s"),
    "csat": N_("%(score)s are satisfied"),
    "csat3": N_("%(score)s are satisfied"),
    "ces": N_("%(score)s found it easy"),
    "ces7": N_("%(score)s found it easy"),
    "smileys": N_("%(score)s are happy"),
    "stars_five": N_("%(score)s of 5 stars on average"),
    "thumbs": N_("%(score)s gave a thumb up"),
    "pmf": N_("%(score)s would be very disappointed without you"),
}

# What stands over the axis of a picture.
UNITS = {
    "nps": N_("NPS"),
    "enps": N_("eNPS"),
    "csat": N_("Percent satisfied"),
    "csat3": N_("Percent satisfied"),
    "ces": N_("Percent who found it easy"),
    "ces7": N_("Percent who found it easy"),
    "smileys": N_("Percent happy"),
    "stars_five": N_("Stars on average"),
    "thumbs": N_("Percent with a thumb up"),
    "pmf": N_("Percent very disappointed without you"),
}

# Many of them, as in "60 % promoters".
PLURALS = {
    **GROUPS,
    "detractor": N_("detractors"),
    "passive": N_("passives"),
    "promoter": N_("promoters"),
    "thumbs_down": N_("thumbs down"),
    "thumbs_up": N_("thumbs up"),
}

LABELS = {
    "negative": N_("negative"),
    "neutral": N_("neutral"),
    "positive": N_("positive"),
    "mixed": N_("mixed"),
    "uncertain": N_("not sure"),
    "no_opinion": N_("no opinion"),
    "unreadable": N_("not readable by the machine"),
}

# Answers of all groups that say the same of whoever gave them.
MOODS = {
    "unhappy": N_("the unhappy"),
    "neutral": N_("those in between"),
    "happy": N_("the happy"),
}
