"""Words for what surveys measure; English phrases, translated where they are shown."""

from surveys.errors import N_

KIND_NAMES: dict[str, str] = {
    "nps": N_("Recommendation (NPS), 0 to 10"),
    "enps": N_("Recommendation as an employer (eNPS), 0 to 10"),
    "csat": N_("Satisfaction (CSAT), five points"),
    "csat3": N_("Satisfaction (CSAT), three points"),
    "ces": N_("Ease (CES), five points"),
    "ces7": N_("Ease (CES), seven points"),
    "smileys": N_("Smileys, five"),
    "stars_five": N_("Stars, one to five"),
    "thumbs": N_("Thumbs up or down"),
    "pmf": N_("How much one would be missed (PMF), three points"),
    "check_back": N_("Whether a problem was solved"),
}
