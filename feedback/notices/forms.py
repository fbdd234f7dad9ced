"""What people fill in about how they want to hear."""

from datetime import time

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from feedback.notices.habits import WAYS, Habits
from surveys.staff.forms import HourField, StaffForm


class HabitsForm(StaffForm):
    """By which way news of each priority comes, and when not."""

    p1 = SelectField("P1", validate_choice=False)
    p2 = SelectField("P2", validate_choice=False)
    p3 = SelectField("P3", validate_choice=False)
    p4 = SelectField("P4", validate_choice=False)
    time_zone = StringField(_("Your time zone"), [InputRequired(), Length(max=60)])
    quiet_from = HourField(_("Quiet from"), [InputRequired()])
    quiet_until = HourField(_("until"), [InputRequired()])
    digest_at = HourField(_("The digest comes at"), [InputRequired()])

    def offer(self) -> None:
        """Offer the ways in the reader's language."""
        for each in (self.p1, self.p2, self.p3, self.p4):
            each.choices = [(code, gettext(words)) for code, words in WAYS.items()]

    @property
    def ways(self) -> dict[str, str]:
        """The chosen way by priority."""
        return {name.upper(): self[name].data or "" for name in ("p1", "p2", "p3", "p4")}

    @property
    def quiet(self) -> tuple[int, int]:
        """From when until when it is quiet, in minutes after midnight."""
        return minute_of(self.quiet_from.data), minute_of(self.quiet_until.data)


def minute_of(at: time | None) -> int:
    """Return the minutes after midnight of a time of day; -1 for none, which nothing takes."""
    return -1 if at is None else at.hour * 60 + at.minute


def filled(habits: Habits) -> dict[str, object]:
    """Return what stands in the form for these habits."""
    times = {name: getattr(habits, name) for name in ("quiet_from", "quiet_until", "digest_at")}
    return {
        **{name.lower(): way for name, way in habits.ways.items()},
        **{name: time(minute // 60, minute % 60) for name, minute in times.items()},
        "time_zone": habits.zone.key,
    }
