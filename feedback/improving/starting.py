"""Start an improvement: what was raised, by how many, in whose words, frozen as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.follow_up.closing.causes import labels
from feedback.follow_up.closing.queries import own_details
from feedback.improving.measuring import selection_of
from feedback.improving.models import Improvement, ImprovementExample
from feedback.improving.queries import raised_count, telling_ones
from feedback.improving.subjects import Subject, checked
from feedback.improving.verdicts import Hope
from feedback.improving.wording import checked_hope, checked_line, checked_owner
from feedback.insights.queries import measured_survey, score_counts
from feedback.insights.reporting import TooFewToShow, is_shown
from feedback.insights.selection import DIMENSIONS, Days, Selection
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.responses.queries import check_not_held_back
from surveys.staff.models import StaffMember

EXAMPLES = 5


class NothingRaised(Refusal):
    """An improvement rests on what customers said."""

    phrase = N_("Nobody raised this in these days. Choose a longer period or something else.")


@dataclass(frozen=True)
class Draft:
    """What somebody says when they start one."""

    title: str
    about: str
    code: str
    hope: Hope
    hypothesis: str = ""
    owner: StaffMember | None = None


@dataclass(frozen=True)
class Evidence:
    """What speaks for it: how many answers of the selection raised the subject, and how all of them scored."""

    subject: Subject
    selection: Selection
    scores: Mapping[int, int]
    raised: int

    @property
    def answers(self) -> int:
        """How many answers there are in all."""
        return sum(self.scores.values())


def evidence(about: str, code: str, selection: Selection, now: datetime) -> Evidence:
    """Return what speaks for an improvement; the selection has days and one survey.

    Refuses what there is not (NoSubject, NotMeasured, an unknown brand), and what so few people stand behind that it must
    not be shown.
    """
    subject = checked(about, code, labels(own_details()))
    check_not_held_back(measured_survey(selection.survey or ""))
    if selection.brand is not None:
        brand_for(selection.brand)
    if not is_shown(selection, now):
        raise TooFewToShow()
    return Evidence(subject, selection, score_counts(selection, now), raised_count(selection, subject, now))


def start(draft: Draft, selection: Selection, now: datetime, *, actor: StaffMember | None) -> Improvement:
    """Start an improvement as an idea; refuses as `evidence` does, with NothingRaised, and texts that do not fit."""
    found = evidence(draft.about, draft.code, selection, now)
    if not found.raised:
        raise NothingRaised(field="code")
    survey = measured_survey(selection.survey or "")
    days = selection.days
    assert days is not None, "pages and machines choose days"
    made = Improvement(
        title=checked_line(draft.title, "title", 200),
        about=found.subject.about,
        code=found.subject.code,
        survey=survey,
        brand=brand_for(selection.brand) if selection.brand is not None else None,
        parts={name: getattr(selection, name) for name in DIMENSIONS if getattr(selection, name) is not None},
        evidence_since=days.first,
        evidence_until=days.last,
        evidence_answers=found.answers,
        evidence_raised=found.raised,
        evidence_scores={str(score): n for score, n in sorted(found.scores.items())},
        owner=checked_owner(draft.owner),
        hypothesis=checked_line(draft.hypothesis, "hypothesis", 500, needed=False),
        made_at=now,
        made_by=actor,
        changed_at=now,
    )
    hope = checked_hope(draft.hope, survey.kind)
    made.measure, made.direction, made.least = hope
    db.session.add(made)
    db.session.flush()
    chosen = telling_ones(selection_of(made, Days(*days)), found.subject, now, EXAMPLES)
    db.session.add_all(ImprovementExample(improvement_id=made.id, response_id=each) for each in chosen)
    db.session.flush()
    return made
