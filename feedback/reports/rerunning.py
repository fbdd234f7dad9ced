"""Count a stored report again: as it was known then, and as it stands now; and say why the two are not one.

What was known then can still be counted as far as the answers are there: one that was excluded since has its time,
and one that came in since has a higher number. What was erased with a person has lost country and carrier, and what
was corrected has lost what it said before; both are told by what is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.insights.queries import counts_at
from feedback.insights.reporting import is_shown
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from feedback.reports.asking import selected
from feedback.reports.models import StoredReport
from feedback.reports.queries import changed_since, counts_by_survey, known_at, readers_now
from feedback.reports.storing import as_counted
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back


@dataclass(frozen=True)
class Row:
    """One survey of a stored report: as it was stored, counted again as of then, and now; None without answers.

    `again` and `today` are None as well where so few people are left that nothing is shown.
    """

    survey: Survey
    stored: Measure | None
    again: Measure | None
    today: Measure | None
    is_same: bool
    missing: int
    extra: int


@dataclass(frozen=True)
class Rerun:
    """What a stored report says, and what has changed since; `version` is the questionnaire's number then and now."""

    selection: Selection
    rows: Sequence[Row]
    is_hidden: bool
    excluded: int
    corrected: int
    came: int
    new_questionnaires: Sequence[tuple[Survey, int, int]]
    reads_otherwise: bool

    @property
    def is_same(self) -> bool:
        """Whether every number of then comes out again."""
        return not self.is_hidden and all(row.is_same for row in self.rows)

    @property
    def missing(self) -> int:
        """How many answers of then are not found any more."""
        return sum(row.missing for row in self.rows)

    @property
    def extra(self) -> int:
        """How many answers are found that did not count then."""
        return sum(row.extra for row in self.rows)


def rerun(stored: StoredReport, now: datetime) -> Rerun:
    """Return what a stored report says when it is counted again; refuse with NoLongerOffered."""
    selection = selected(stored.query, now)
    surveys = {survey.key: survey for survey in surveys_on_scales()}
    again = counts_by_survey(selection, known_at(stored.as_of, stored.last_response_id))
    today = counts_by_survey(selection, counts_at(now))
    held = {survey.key for survey in held_back()}
    hidden = any(
        key in held or not is_shown(selection.of(key), now) for key in stored.figures if key in surveys
    )
    rows = [
        row_of(surveys[key], as_counted(kept), again.get(key, {}), today.get(key, {}), hidden=hidden)
        for key, kept in stored.figures.items()
        if key in surveys
    ]
    changed = changed_since(selection, stored.as_of, stored.last_response_id, now)
    were = stored.versions.get("questionnaires", {})
    return Rerun(
        selection=selection,
        rows=rows,
        is_hidden=hidden,
        excluded=changed["excluded"],
        corrected=changed["corrected"],
        came=changed["came"],
        new_questionnaires=[
            (surveys[key], number, surveys[key].current.number)
            for key, number in were.items()
            if key in surveys and surveys[key].current.number != number
        ],
        reads_otherwise=reader_of(stored.versions) != readers_now(),
    )


def row_of(
    survey: Survey, kept: dict[int, int], again: dict[int, int], today: dict[int, int], *, hidden: bool
) -> Row:
    """Return one survey then, again and now."""
    scores = kept.keys() | again.keys()
    differences = [again.get(score, 0) - kept.get(score, 0) for score in scores]
    return Row(
        survey=survey,
        stored=measure(survey.kind, kept),
        again=None if hidden else measure(survey.kind, again),
        today=None if hidden else measure(survey.kind, today),
        is_same=not any(differences),
        missing=-sum(each for each in differences if each < 0),
        extra=sum(each for each in differences if each > 0),
    )


def reader_of(versions: Mapping[str, object]) -> dict[str, object]:
    """Return who read comments when a report was stored, and by which book."""
    return {name: value for name, value in versions.items() if name != "questionnaires"}
