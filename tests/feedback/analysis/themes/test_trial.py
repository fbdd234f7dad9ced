from feedback.analysis.themes.book import Mention
from feedback.analysis.themes.own_phrases import OwnPhrase, library_with
from feedback.analysis.themes.trial import Comment, Met, try_out

BEFORE = library_with(0, frozenset())
AFTER = library_with(
    1,
    frozenset(
        {
            OwnPhrase("DELIVERY", "en", "zeppelin", False),
            OwnPhrase("DELIVERY.LATE", "en", "behind schedule", True),
        }
    ),
)


def test_a_trial_says_which_comments_gain_and_lose_the_theme():
    gains, loses = Comment("a", "By zeppelin!", "en"), Comment("b", "Behind schedule.", "en")
    keeps, none = Comment("c", "Fast delivery", "en"), Comment("d", "Lovely", None)

    trial = try_out("DELIVERY", BEFORE, AFTER, [gains, loses, keeps, none])

    assert (trial.looked_at, trial.now) == (4, 2)
    assert trial.gained == [Met(gains, [Mention("DELIVERY", 3, 11, ("zeppelin",))])]
    assert [met.comment for met in trial.lost] == [loses]


def test_without_comments_nothing_changes():
    assert try_out("PRICE", BEFORE, AFTER, []) == (0, 0, [], [])
