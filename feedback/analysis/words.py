"""How a reading is told in plain words; English phrases, translated where they are shown."""

from surveys.errors import N_

TESTED_LANGUAGES = ("en", "de")

EXPLAINED: dict[str, str] = {
    "negative": N_("The words complain."),
    "neutral": N_("The words neither praise nor complain."),
    "positive": N_("The words praise."),
    "mixed": N_("One part praises, another complains."),
    "uncertain": N_("No way of reading it stands out. Judge for yourself."),
    "no_opinion": N_("Something stands there, but no opinion."),
    "unreadable": N_("It is written in a language that the program does not know."),
}

# How sure the reader is, by the chance of what it says; of what it is 80 % sure, about 80 % are right.
SURE: tuple[tuple[float, str], ...] = (
    (0.9, N_("very sure")),
    (0.75, N_("fairly sure")),
    (0.6, N_("not very sure")),
    (0.0, N_("hardly sure")),
)

# What a part of a comment does, by its mood.
DOES: dict[str, str] = {
    "negative": N_("complaint"),
    "neutral": N_("neither"),
    "positive": N_("praise"),
}

FLAGS_IN_SHORT: dict[str, str] = {
    "hidden_issue": N_("good score, unhappy words"),
    "at_risk": N_("middling score, unhappy words"),
    "mixed": N_("low score, kind words"),
    "scale_reversal": N_("lowest scores, kind words"),
}


def how_sure(chance: float) -> str:
    """Return how sure somebody is who gives something this chance, 0 to 1."""
    return next(words for least, words in SURE if chance >= least)
