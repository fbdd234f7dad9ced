"""What we say after an answer: one sentence that fits it, and when somebody will write, if somebody will.

An unhappy answer opens a follow-up unless contact was refused; its first contact is promised
within 8 business hours with a comment and 16 without one (methodology 4.4, P2 and P3), which is
one business day and two. Where the question was left open, somebody looks at it by then, but
writes only about this matter and only if there is something to say (methodology 4.8).
"""

from typing import NamedTuple

from surveys.errors import N_
from surveys.scales import mood_of


class Thanks(NamedTuple):
    """A heading and sentences, in English with the place %(shop)s, to be translated at the edge."""

    heading: str
    sentences: tuple[str, ...]
    promises: bool = False  # whether it says what somebody will do


SOLVED = {
    "yes": Thanks(N_("Thank you"), (N_("Good to know that it is solved."),)),
    "partly": Thanks(N_("Thank you for telling us"), (N_("%(shop)s has noted what is still open."),)),
    "no": Thanks(
        N_("Thank you for telling us"),
        (N_("Somebody from %(shop)s will take it up again and write to you."),),
    ),
}

REFUSED = N_("%(shop)s will read your answer. Nobody will write to you, as you wished.")
# By whether contact is allowed, refused or left open, and whether there is a comment.
WHAT_THEN = {
    (True, True): N_("Somebody from %(shop)s will read this and write to you within one business day."),
    (True, False): N_("Somebody from %(shop)s will look at this and write to you within two business days."),
    (None, True): N_(
        "Somebody from %(shop)s will read this within one business day, and may write to you about it,"
        " but about nothing else."
    ),
    (None, False): N_(
        "Somebody from %(shop)s will look at this within two business days, and may write to you about it,"
        " but about nothing else."
    ),
    (False, True): REFUSED,
    (False, False): REFUSED,
}


def thanks_for(group: str, *, has_comment: bool, may_contact: bool | None, is_known: bool = True) -> Thanks:
    """Return the thanks for an answer of `group`; `may_contact` is None when that was left open.

    Of whom nothing `is_known` nobody can write to: no task is opened, and nothing is promised.
    """
    mood = mood_of(group)
    if mood == "neutral":
        return Thanks(N_("Thank you"), (N_("Your answer shows %(shop)s what to do better."),))
    if mood == "happy":
        return Thanks(N_("Thank you"), (N_("Good to hear that it went well."),))
    sorry = N_("We are sorry that it did not go well.")
    if not is_known:
        return Thanks(N_("Thank you for telling us"), (sorry, N_("%(shop)s will read your answer.")))
    return Thanks(N_("Thank you for telling us"), (sorry, WHAT_THEN[may_contact, has_comment]), promises=True)
