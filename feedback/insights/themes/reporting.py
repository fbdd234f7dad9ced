"""Everything the page of themes says, put together once: themes by impact, for whom, what goes with it, whose words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.insights.breakdowns import cell_of
from feedback.insights.dimensions.names import question_of
from feedback.insights.listing import Listed, Wanted, responses
from feedback.insights.queries import measured_survey
from feedback.insights.reporting import Figure, heard_before, heard_of, overview
from feedback.insights.selection import DIMENSIONS, Selection
from feedback.insights.suppression import ANY
from feedback.insights.themes.choices import dimensions_of
from feedback.insights.themes.heard import Heard
from feedback.insights.themes.heat import HeatMap, heat_map
from feedback.insights.themes.models import DriverEstimate, TypicalComment
from feedback.insights.themes.queries import estimates_of, heard_by_choice, typical_comments
from feedback.insights.themes.ranking import Ranking, rank
from feedback.insights.themes.summing_up import TELLS_NOTHING
from surveys.questionnaires.queries import surveys_on_scales
from surveys.scales import Mood

NEWEST_SHOWN = 4
SIDES: tuple[Mood, ...] = ("unhappy", "happy")
NOTHING = Ranking([], 0)


@dataclass(frozen=True)
class ThemesReport:
    """What stands on the page; `theme` is the one whose details and comments are shown, None for all.

    `newest` and `typical` are comments by mood, complaints first; `typical` and `drivers` come from the loop, and only
    for whole surveys.
    """

    selection: Selection
    figures: Sequence[Figure]
    focus: Figure
    theme: str | None
    ranking: Ranking
    details: Ranking
    map: HeatMap | None
    offered: Sequence[str]  # dimensions with more than one value to tell apart, and questions with one choice
    newest: Mapping[str, Sequence[Listed]]
    typical: Mapping[str, Sequence[tuple[TypicalComment, Listed]]]
    drivers: Mapping[str, DriverEstimate]


def themes_report(
    selection: Selection, theme: str | None, dimension: str | None, now: datetime
) -> ThemesReport | None:
    """Return the page of a selection; `dimension` tells segments apart. None while there is no survey to measure."""
    found = overview(selection, now)
    if found is None:
        return None
    figures, focus, by_survey = found
    selection = selection.of(focus.survey.key)
    cell = cell_of(selection)
    said = heard_of(focus, selection, now, by_survey[focus.survey.key])
    earlier = heard_before(focus, selection.before, now) if said else None
    ranking = rank(said, earlier, cell, said.themes) if said else NOTHING
    details = rank(said, earlier, cell, said.details(theme)) if said and theme else NOTHING
    offered = _offered(said, selection) if said else []
    choices = dimensions_of(focus.survey.current.definition) if said else []
    chosen = dimension if dimension in (*offered, *choices) else next(iter(offered), None)
    # Of a theme that was chosen first the whole, which has numbers also where its details are too small for any.
    columns = [theme, *(row.code for row in details.rows)] if theme else [row.code for row in ranking.rows]
    themes = [code for code in columns if code not in TELLS_NOTHING]
    return ThemesReport(
        selection=selection,
        figures=figures,
        focus=focus,
        theme=theme,
        ranking=ranking,
        details=details,
        map=_map(said, selection, chosen, themes, now) if said and chosen and themes else None,
        offered=[*offered, *choices],
        newest={mood: _newest(selection, theme, mood, now) for mood in SIDES} if said else {},
        typical=typical_comments(focus.survey, theme or "", now)
        if said and _is_everything(selection)
        else {},
        drivers=estimates_of(focus.survey) if said and _is_everything(selection) else {},
    )


def segments_of(selection: Selection) -> Iterator[str]:
    """Yield the dimensions that segments can be told apart by; of one survey also its questions with one choice.

    Without a survey those of all: which one is in focus is found out later. Their questionnaires are read when it comes
    to them.
    """
    yield from DIMENSIONS
    for survey in surveys_on_scales() if selection.survey is None else [measured_survey(selection.survey)]:
        yield from dimensions_of(survey.current.definition)


def _is_everything(selection: Selection) -> bool:
    """Tell whether all answers to a survey are meant, as the loop looks at them, whatever the period."""
    return selection.is_whole and selection.brand is None


def _map(said: Heard, selection: Selection, dimension: str, themes: Sequence[str], now: datetime) -> HeatMap:
    cell, question = cell_of(selection), question_of(dimension)
    if question is None:
        return heat_map(said, cell, dimension, themes)
    survey = measured_survey(selection.survey or "")
    return heat_map(heard_by_choice(survey, question, selection, now), (*cell, ANY), dimension, themes)


def _offered(said: Heard, selection: Selection) -> list[str]:
    cell = cell_of(selection)
    found = []
    for at, name in enumerate(DIMENSIONS):
        segments = {(*cell[:at], place[at], *cell[at + 1 :]) for place in said.everybody}
        if getattr(selection, name) is None and sum(said.is_shown(segment) for segment in segments) > 1:
            found.append(name)
    return found


def _newest(selection: Selection, theme: str | None, mood: Mood, now: datetime) -> Sequence[Listed]:
    wanted = Wanted(selection, theme=theme, mood=mood, is_counted=True, has_comment=True)
    return responses(wanted, now, NEWEST_SHOWN).items
