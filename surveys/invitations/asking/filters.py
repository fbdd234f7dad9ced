"""How decisions and conditions are said on a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask_babel import gettext

from surveys.errors import N_
from surveys.filters import give_names
from surveys.invitations.explaining import CLOCKS, Check
from surveys.invitations.founding import AFTER_DELIVERY
from surveys.invitations.models import Invitation
from surveys.invitations.states import WAITS
from surveys.questionnaires.conditions import OPS
from surveys.segments.conditions import FIELDS, Condition, from_data
from surveys.segments.forms import said_of

STAYED_AWAY = N_("After staying away")
RELATIONSHIP = N_("How customers see us")
TOUCHPOINTS = (AFTER_DELIVERY, STAYED_AWAY, RELATIONSHIP)


def counted_from(invitation: Invitation) -> str:
    """Return from which moment the invitation's delay counts; empty when nobody noted it."""
    facts = invitation.facts or {}
    phrase = CLOCKS.get(facts.get("clock", ""))
    return "" if phrase is None else str(gettext(phrase)) % facts if "%(" in phrase else str(gettext(phrase))


def waits_for(invitation: Invitation) -> str:
    """Return what an invitation that was put off waits for; empty for others."""
    return str(gettext(WAITS[invitation.put_off])) if invitation.put_off in WAITS else ""


def condition_words(condition: Condition, names: Mapping[str, str] | None = None) -> str:
    """Return a condition as words; `names` are those of segments by their public ids."""
    field = condition.name or gettext(FIELDS[condition.field].label)
    choices = FIELDS[condition.field].choices
    values = ", ".join(said_of(choices, (names or {}).get(value, value)) for value in condition.values)
    return f"{field} {gettext(OPS[condition.op])} {values}"


def conditions_words(
    stored: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> list[str]:
    """Return stored conditions as words."""
    return [condition_words(condition, names) for condition in from_data(stored)]


def unmet_words(invitation: Invitation) -> str:
    """Return which condition was not met and what was found; empty when it was not that."""
    facts = invitation.facts or {}
    if "condition" not in facts:
        return ""
    (condition,) = from_data([facts["condition"]])
    if condition.field == "segment":
        return str(gettext("The customer is not in the segment that is wanted."))
    choices = FIELDS[condition.field].choices
    found = ", ".join(said_of(choices, each) for each in facts.get("found", ())) or gettext("nothing known")
    return str(
        gettext("Wanted: %(wanted)s. Found: %(found)s.", wanted=condition_words(condition), found=found)
    )


def check_words(check: Check) -> str:
    """Return a check's sentence."""
    values = {name: gettext(value) if name == "what" else value for name, value in check.values.items()}
    return gettext(check.phrase) % values if "%(" in check.phrase else str(gettext(check.phrase))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (counted_from, waits_for, conditions_words, unmet_words, check_words):
        app.add_template_filter(function)
    give_names(app, TOUCHPOINTS)
