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
}
