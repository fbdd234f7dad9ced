"""What we say after an answer: one sentence that fits it, and when somebody will write, if somebody will.

An unhappy answer opens a follow-up unless contact was refused; its first contact is promised
within 8 business hours with a comment and 16 without one (methodology 4.4, P2 and P3), which is
one business day and two.
"""

from typing import NamedTuple

from surveys.errors import N_

UNHAPPY = frozenset({"detractor", "dissatisfied", "difficult"})
MIDDLING = frozenset({"passive", "neutral"})


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


def thanks_for(group: str, *, has_comment: bool, may_contact: bool | None, is_known: bool = True) -> Thanks:
    """Return the thanks for an answer of `group`; `may_contact` is None when that was left open.

    Of whom nothing `is_known` nobody can write to: no task is opened, and nothing is promised.
    """
    if group in MIDDLING:
        return Thanks(N_("Thank you"), (N_("Your answer shows %(shop)s what to do better."),))
    if group not in UNHAPPY:
        return Thanks(N_("Thank you"), (N_("Good to hear that it went well."),))
    sorry = N_("We are sorry that it did not go well.")
    if not is_known:
        return Thanks(N_("Thank you for telling us"), (sorry, N_("%(shop)s will read your answer.")))
    if may_contact is False:
        then = N_("%(shop)s will read your answer. Nobody will write to you, as you wished.")
    elif has_comment:
        then = N_("Somebody from %(shop)s will read this and write to you within one business day.")
    else:
        then = N_("Somebody from %(shop)s will look at this and write to you within two business days.")
    return Thanks(N_("Thank you for telling us"), (sorry, then), promises=True)
