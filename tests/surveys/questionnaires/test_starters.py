import pytest

from surveys.questionnaires.starters import CES, CSAT, NPS, STARTERS
from surveys.scales import GROUPS, SCALES


def test_the_keys_and_kinds_are_those_others_rely_on():
    assert [(key, kind) for key, _, kind, _ in STARTERS] == [
        ("nps", "nps"),
        ("csat", "csat"),
        ("ces", "ces7"),
        ("check-back", "check_back"),
    ]


@pytest.mark.parametrize("kind, definition", [("nps", NPS), ("csat", CSAT), ("ces7", CES)])
def test_the_why_follows_every_group_of_the_scale(kind, definition):
    for texts in definition["texts"].values():
        assert set(texts["why"]) == {
            "",
            *(group if isinstance(group, str) else group.name for group in GROUPS[kind]),
        }


def test_csat_labels_every_point_and_the_others_their_ends():
    assert len(CSAT["texts"]["en"]["points"]) == len(SCALES["csat"].scores)
    assert NPS["texts"]["de"]["low"] == "Überhaupt nicht wahrscheinlich"  # methodology 3.3
    assert CES["texts"]["en"]["high"] == "Strongly agree"
