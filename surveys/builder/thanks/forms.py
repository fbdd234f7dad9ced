"""The form of what is said in the end."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length

from surveys.builder.filters import Thing
from surveys.builder.forms import DraftForm, condition_fields, fill_conditions, read_conditions, text_fields
from surveys.questionnaires.texts import Slot

MOST_CONDITIONS = 3


class EndingForm(DraftForm):
    """Whom it is said to and where its link leads; the words are added by `form_for`."""

    url = StringField(_("Link"), [Length(max=500)])


def form_for(
    row: Mapping[str, Any], slots: Sequence[Slot], tags: Sequence[str], things: Mapping[str, Thing]
) -> EndingForm:
    """Return the form of one ending, filled with what it is now."""
    fields = text_fields(slots, tags) | condition_fields("when", MOST_CONDITIONS, things)
    form = cast(
        EndingForm, type("EndingFormInLanguages", (EndingForm,), fields)(data={"url": row.get("url", "")})
    )
    if not form.is_submitted():
        fill_conditions(form, "when", row.get("when", ())[:MOST_CONDITIONS], things)
    return form


def row_from(
    form: EndingForm, slots: Sequence[Slot], tags: Sequence[str], things: Mapping[str, Thing]
) -> dict[str, Any] | None:
    """Return the ending as it was written, or None when something has no sense: its field says why."""
    told = form.texts(slots, tags)
    texts = {
        tag: {slot.field: told[slot.name][tag] for slot in slots if told[slot.name][tag]} for tag in tags
    }
    when = read_conditions(form, "when", MOST_CONDITIONS, things)
    url = (form.url.data or "").strip()
    if url and not url.startswith("https://"):
        form.url.errors = [*form.url.errors, gettext("A link begins with https://.")]
    return None if form.errors else {"when": when, "texts": texts, "url": url}
