"""The page about how sure the reader of comments is, and what it has learnt from the shop."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis.corrections.lessons import ENOUGH, ENOUGH_THEMES, LEAST_GAIN, OF_EACH, missing
from feedback.analysis.corrections.queries import (
    kept_heads,
    last_attempt,
    lesson_counts,
    theme_corrections,
)
from feedback.analysis.corrections.refitting import go
from feedback.analysis.examining import ENCODER
from feedback.analysis.models import LABEL, THEME, ShopHead
from feedback.analysis.queries import read_by_another_count, reader_at_work
from feedback.insights.accuracy import queries
from feedback.insights.accuracy.figures import by_language
from feedback.insights.queries import calendar_zone
from surveys.database import db
from surveys.staff.door import StaffDoor, allowed

door = StaffDoor("accuracy", __name__, permission="insights", url_prefix="/insights/accuracy")
# Which reader reads all comments is decided by those who decide about phrases.
deeds_door = StaffDoor("reader_steps", __name__, permission="settings", url_prefix="/insights/accuracy")

READ_AS = ("negative", "neutral", "positive", "mixed", "uncertain", "no_opinion", "unreadable")
RIGHT = ("negative", "neutral", "positive", "mixed", "no_opinion")
A_START = 20


@door.get("")
def accuracy() -> ResponseReturnValue:
    """Show how often the reader is right, how honest its doubt is, and what it has learnt."""
    counts, reader = queries.read_as_counts(), reader_at_work()
    return render_template(
        "insights/accuracy.html",
        languages=by_language(queries.checked()),
        read_as=READ_AS,
        rights=RIGHT,
        start=A_START,
        counts=counts,
        read=sum(counts.values()),
        abstained=counts.get("uncertain", 0),
        analyzer=reader,
        has_encoder=reader is not None and ENCODER in reader,
        waiting=0 if reader is None else read_by_another_count(reader),
        learnt=learnt(LABEL),
        learnt_themes=learnt(THEME),
        missing=missing(lesson_counts()),
        enough=ENOUGH,
        missing_themes=max(0, ENOUGH_THEMES - theme_corrections()),
        enough_themes=ENOUGH_THEMES,
        of_each=OF_EACH,
        gain=LEAST_GAIN,
        may_decide=allowed("settings"),
        zone=str(calendar_zone(None)),
    )


class Learnt(NamedTuple):
    """What was learnt of labels or of themes, None while as shipped; the last try; which ways there are to go."""

    active: ShopHead | None
    attempt: ShopHead | None
    may_go_back: bool
    may_go_forward: bool


def learnt(kind: str) -> Learnt:
    """Return what was learnt of one kind."""
    heads = kept_heads(kind)
    active = next((place for place, head in enumerate(heads) if head.is_active), -1)
    used = heads[active] if active >= 0 else None
    return Learnt(used, last_attempt(kind), active >= 0, active + 1 < len(heads))


@deeds_door.post("/back")
def back() -> ResponseReturnValue:
    """Read with what was learnt before, or as shipped."""
    return gone(back=True)


@deeds_door.post("/forward")
def forward() -> ResponseReturnValue:
    """Read with what was learnt next."""
    return gone(back=False)


def gone(back: bool) -> ResponseReturnValue:
    """Go one step, of themes if the button says so, and return to the page."""
    go(back, THEME if request.form.get("what") == THEME else LABEL)
    db.session.commit()
    flash(gettext("Saved. Comments are read again in the background, the newest first."))
    return redirect(url_for("accuracy.accuracy"), 303)
