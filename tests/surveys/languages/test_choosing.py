import pytest

from surveys.errors import Missing
from surveys.languages.choosing import review, use
from surveys.languages.queries import decided_languages, is_used


def test_a_review_says_who_and_when_and_can_be_taken_back(make, now):
    olga = make.staff("Olga", "owner")
    review("nl", olga, now)
    row = decided_languages()["nl"]
    assert (row.reviewed_by, row.reviewed_at, row.is_used) == (olga, now, True)

    review("nl", None, now)

    assert (row.reviewed_by, row.reviewed_at, row.is_used) == (None, None, False)


def test_what_was_decided_by_hand_outlives_the_review(make, now):
    use("es", True)
    review("es", make.staff(), now)
    review("es", None, now)
    assert is_used("es")

    use("es", None)

    assert not is_used("es")


@pytest.mark.parametrize("language", ["de", "xx", ""])
def test_others_cannot_be_decided_about(app, now, language):
    with pytest.raises(Missing):
        use(language, True)
