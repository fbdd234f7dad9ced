"""Rules, levels and reasons in plain words."""

from feedback.analysis.intents.words import INTENT_NAMES
from feedback.follow_up.deciding.priorities import Priority
from surveys.errors import N_

# Which rule opened a task, as a sentence: by the key of a standard rule, or by the kind of one of the shop's own.
RULES: dict[str, str] = {
    "low_score": N_("The score is low."),
    "group": N_("The score lies in a group that a rule names."),
    "score": N_("The score is at most the one that a rule names."),
    "intent": N_("The comment says something that must not wait, such as danger, money or leaving."),
    "negative_comment": N_("The comment is clearly negative."),
    "mismatch": N_("Score and words disagree."),
    "vip": N_("A VIP is not happy."),
    "repeat": N_("It is the second unhappy answer within 180 days."),
    "wants_contact": N_("The customer asks to be contacted."),
    "wrote_back": N_("The customer answered our mail with one of their own."),
}

RULES_IN_SHORT: dict[str, str] = {
    "low_score": N_("Low score"),
    "group": N_("Score"),
    "score": N_("Score"),
    "intent": N_("Must not wait"),
    "negative_comment": N_("Clearly negative words"),
    "mismatch": N_("Score and words disagree"),
    "vip": N_("VIP"),
    "repeat": N_("Unhappy again"),
    "wants_contact": N_("Wants to be contacted"),
    "wrote_back": N_("Wrote back"),
}

# The levels in a sentence each, for whoever reads the inbox for the first time.
LEVELS: dict[str, str] = {
    Priority.P0: N_("Danger to a person, a lawyer or an authority, or personal data in the wrong hands."),
    Priority.P1: N_(
        "Money back through the bank or a wrong payment, an order that did not arrive for many days, going public, a"
        " valued customer who leaves, an unhappy VIP, unhappy again about a settled order, or one of the lowest scores"
        " with a clearly negative comment."
    ),
    Priority.P2: N_(
        "A low score with a comment, a clearly negative comment at any score, or a wish for a refund."
    ),
    Priority.P3: N_("A low score without a comment, or somebody who wants something without being unhappy."),
    Priority.P4: N_("Nothing in it presses; nothing is promised."),
}

# Why a task stands on top, in two or three words; the intents are among them.
CHIPS: dict[str, str] = INTENT_NAMES | {
    "broken": N_("promise broken"),
    "unhappy_vip": N_("VIP"),
    "undelivered": N_("nothing delivered"),
    "same_order": N_("again about a settled order"),
    "disaster": N_("lowest score"),
    "valued": N_("spends much"),
    "again": N_("not the first time"),
    "scale_reversal": N_("perhaps the scale was misread"),
    "mixed": N_("low score, kind words"),
    "several": N_("several answers"),
}

MOOD_NAMES: dict[str, str] = {
    "unhappy": N_("the unhappy"),
    "neutral": N_("those in between"),
    "happy": N_("the happy"),
}


def rule_text(key: str) -> str:
    """Return the sentence of a rule by its key, in English."""
    return RULES.get(key) or RULES.get(key.partition("-")[0], key)


def rule_in_short(key: str) -> str:
    """Return two words for a rule by its key, in English."""
    return RULES_IN_SHORT.get(key) or RULES_IN_SHORT.get(key.partition("-")[0], key)
