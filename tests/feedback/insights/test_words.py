"""Words: every group, scale and reading has one."""

from feedback.analysis.models import Analysis
from feedback.insights.words import GROUPS, LABELS, METRICS, PLURALS
from surveys.scales import GROUPS as GROUPS_OF_SCALES
from surveys.scales import SCALES


def test_nothing_that_is_stored_is_without_a_word():
    groups = {group for names in GROUPS_OF_SCALES.values() for group in names}
    known = next(
        str(rule.sqltext) for rule in Analysis.__table__.constraints if "label_known" in str(rule.name)
    )

    assert set(GROUPS) == set(PLURALS) == groups
    assert set(METRICS) == set(SCALES)
    assert all(f"'{label}'" in known for label in LABELS) and known.count("'") == 2 * len(LABELS)
