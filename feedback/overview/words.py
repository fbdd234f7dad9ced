"""What the pages say about states, decisions and outcomes; English phrases, translated where they are shown."""

from feedback.follow_up.deciding.verdicts import REASONS_NOT
from surveys.errors import N_

DECISIONS = {
    "planned": N_("Will be asked"),
    "sent": N_("Asked"),
    "refused": N_("Not asked"),
    "failed": N_("The mail could not be delivered"),
    "uncertain": N_("Nobody knows whether the mail left; it is not sent again by itself"),
}

BASES = {
    "opt_in": N_("has agreed to be asked"),
    "existing_customer": N_("is asked as an existing customer"),
    "none": N_("no basis to ask"),
}

SOLVED = {
    "yes": N_("Yes, it is solved"),
    "partly": N_("It is partly solved"),
    "no": N_("No, it is not solved"),
}

# What happened to a purchase, in the order it usually happens: the column and its word.
EVENTS = (
    ("placed_at", N_("Ordered")),
    ("shipped_at", N_("Shipped")),
    ("promised_at", N_("Promised for")),
    ("delivered_at", N_("Delivered")),
    ("cancelled_at", N_("Cancelled")),
    ("returned_at", N_("Returned")),
    ("refunded_at", N_("Refunded")),
)

# Why a response has no task: what the rules say, and what comes before they are asked.
NO_TASK = REASONS_NOT | {
    "new": N_("Nobody has looked at it yet. While the loop runs, that takes a few seconds."),
    "half_way": N_(
        "The page was left half-way and may still be sent; half an hour after the last change it is judged."
    ),
    "waits": N_("The score is not low. The comment has not been read yet; it may still open one."),
    "check_back": N_("This answers whether a task was solved, so it belongs to that task."),
    "excluded": N_("It is excluded, so nobody follows it up. Put back, it is judged."),
    "joined": N_("It belongs to the task of an earlier answer about the same order."),
    "set_aside": N_(
        "Judging it failed. It is tried again by itself; the log of the loop says what was wrong."
    ),
}
