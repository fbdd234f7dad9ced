"""The words for the groups that scores belong to; English phrases, translated where they are shown."""

from surveys.errors import N_

GROUPS = {
    "detractor": N_("detractor"),
    "passive": N_("passive"),
    "promoter": N_("promoter"),
    "dissatisfied": N_("dissatisfied"),
    "neutral": N_("neutral"),
    "satisfied": N_("satisfied"),
    "difficult": N_("difficult"),
    "easy": N_("easy"),
    "very_unhappy": N_("very unhappy"),
    "unhappy": N_("unhappy"),
    "happy": N_("happy"),
    "very_happy": N_("very happy"),
    "star_1": N_("1 star"),
    "star_2": N_("2 stars"),
    "star_3": N_("3 stars"),
    "star_4": N_("4 stars"),
    "star_5": N_("5 stars"),
    "thumbs_down": N_("thumb down"),
    "thumbs_up": N_("thumb up"),
    "not_disappointed": N_("not disappointed"),
    "mildly_disappointed": N_("somewhat disappointed"),
    "very_disappointed": N_("very disappointed"),
}
