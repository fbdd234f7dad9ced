import pytest
from sqlalchemy import select

from feedback.analysis.models import PhraseBook, ShopPhrase
from feedback.analysis.queries import current_library, own_phrases
from feedback.analysis.rewording import as_own, reword
from feedback.analysis.themes.own_phrases import OwnPhrase, version_of
from surveys.database import db

LATE, GONE = (
    OwnPhrase("DELIVERY.LATE", "en", "zeppelin", False),
    OwnPhrase("DELIVERY.LATE", "en", "late", True),
)
OTHER = OwnPhrase("PRICE", "de", "zeppelin", False)


def test_a_theme_has_the_phrases_that_were_wanted_last_and_others_keep_theirs(make, now):
    ben = make.staff(role="admin")
    assert reword("PRICE", [OTHER], ben, now)
    assert reword("DELIVERY.LATE", [LATE, GONE], ben, now)

    assert reword("DELIVERY.LATE", [GONE], ben, now)

    assert own_phrases("DELIVERY.LATE") == [GONE]
    assert own_phrases() == [OTHER, GONE]
    row = db.session.scalars(select(ShopPhrase).where(ShopPhrase.code == "PRICE")).one()
    assert (row.created_by_id, row.created_at, as_own(row)) == (ben.id, now, OTHER)


@pytest.mark.once
def test_each_change_makes_a_new_version_and_none_makes_none(make, now):
    ben = make.staff(role="admin")
    assert current_library().version == version_of(0)
    reword("DELIVERY.LATE", [LATE], ben, now)

    assert not reword("DELIVERY.LATE", [LATE], ben, now)

    assert current_library().version == version_of(1)
    assert db.session.get(PhraseBook, 1).changed_at == now


def test_a_phrase_may_be_taken_away_and_added_again(make, now):
    ben = make.staff(role="admin")
    reword("DELIVERY.LATE", [GONE], ben, now)
    reword("DELIVERY.LATE", [GONE._replace(is_removed=False)], ben, now)

    assert own_phrases() == [OwnPhrase("DELIVERY.LATE", "en", "late", False)]
