"""The surveys to begin with can be published as they are, and ask only what the book of codes knows."""

import pytest

from surveys.code_book.themes import DETAILS, THEMES
from surveys.questionnaires.definition import languages, questions_of
from surveys.questionnaires.patterns import PATTERNS
from surveys.questionnaires.soundness import flaws_of
from surveys.questionnaires.texts import flaws_of_key
from surveys.questionnaires.wording_check import hints_of
from surveys.scales import SCALES

each = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)


@each
def test_a_pattern_is_sound_and_whole_in_both_languages(pattern):
    assert languages(pattern.definition) == ("en", "de")
    assert list(flaws_of_key(pattern.definition)) == []
    assert flaws_of(pattern.definition, SCALES[pattern.kind]) == []


@each
def test_its_reasons_stand_in_the_book_and_fit_every_group(pattern):
    (reasons,) = (question for question in questions_of(pattern.definition) if question.kind == "reasons")
    groups = {group.name for group in SCALES[pattern.kind].groups}

    assert set(reasons.options) <= THEMES.keys() | DETAILS.keys()
    assert set(reasons.reasons) - {""} <= groups
    assert all(reasons.reasons_for(group)[-1] == "OTHER" for group in groups)


@each
def test_nothing_in_it_calls_for_a_hint(pattern):
    assert hints_of(pattern.definition) == []
