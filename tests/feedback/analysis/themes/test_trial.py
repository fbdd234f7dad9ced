import pytest

from feedback.analysis.themes.book import Mention
from feedback.analysis.themes.library import Library
from feedback.analysis.themes.own_phrases import OwnPhrase, library_with
from feedback.analysis.themes.trial import Comment, Met, try_out


@pytest.fixture
def before() -> Library:
    return library_with(0, frozenset())


@pytest.fixture
def after() -> Library:
    return library_with(
        1,
        frozenset(
            {
                OwnPhrase("DELIVERY", "en", "zeppelin", False),
                OwnPhrase("DELIVERY.LATE", "en", "behind schedule", True),
            }
        ),
    )


def test_a_trial_says_which_comments_gain_and_lose_the_theme(before, after):
    gains, loses = Comment("a", "By zeppelin!", "en"), Comment("b", "Behind schedule.", "en")
    keeps, none = Comment("c", "Fast delivery", "en"), Comment("d", "Lovely", None)

    trial = try_out("DELIVERY", before, after, [gains, loses, keeps, none])

    assert (trial.looked_at, trial.now) == (4, 2)
    assert trial.gained == [Met(gains, [Mention("DELIVERY", 3, 11, ("zeppelin",))])]
    assert [met.comment for met in trial.lost] == [loses]


def test_without_comments_nothing_changes(before, after):
    assert try_out("PRICE", before, after, []) == (0, 0, [], [])
