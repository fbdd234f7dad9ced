"""What an anonymous survey cannot ask: whatever would say in the answer whose it is."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from surveys.errors import N_
from surveys.questionnaires.conditions import OF_THE_PURCHASE, Condition
from surveys.questionnaires.definition import THANKS, endings_of, questions_of
from surveys.questionnaires.questions import CONTACT
from surveys.questionnaires.soundness import Flaw

ASKS_WHO = N_(
    "It asks for name, e-mail or telephone, and the survey is anonymous."
    " Delete the question, or ask it in another survey."
)
LOOKS_AT_ORDER = N_(
    "A condition looks at the order; by its answers an anonymous survey would then tell whose they are."
    " Take the condition out."
)


# With fewer answers than this, who was asked and when would tell who said what: none is shown by itself.
FEWEST_SHOWN = 5


def flaws_of_anonymity(definition: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what a questionnaire asks or looks at that an anonymous survey must not know."""
    for question in questions_of(definition):
        if question.kind == CONTACT:
            yield Flaw(question.key, ASKS_WHO)
        if looks_at_order(chain(question.show_if, *(jump.when for jump in question.jumps))):
            yield Flaw(question.key, LOOKS_AT_ORDER)
    for at, ending in enumerate(endings_of(definition)):
        if looks_at_order(ending.when):
            yield Flaw(f"{THANKS}.{at}", LOOKS_AT_ORDER)


def looks_at_order(conditions: Iterable[Condition]) -> bool:
    """Return whether one of the conditions looks at the purchase."""
    return any(each.of in OF_THE_PURCHASE or each.of.startswith("attribute.") for each in conditions)
