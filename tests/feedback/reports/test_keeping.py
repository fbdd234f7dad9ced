"""Views under a name: one's own, or the team's."""

import pytest

from feedback.reports.keeping import MOST, NameMissing, NameTaken, TooManyViews, change, throw_away
from feedback.reports.models import SavedView
from feedback.reports.queries import NoView, own_view, view_or_missing, views_of
from surveys.database import db


def test_a_name_stands_for_one_view_of_one_person(make, now, save):
    ben, ada = make.staff("Ben"), make.staff("Ada")
    mine = save(ben, "  Parcels \n in\x07 Austria ")
    assert mine.name == "Parcels in Austria"
    for name, refusal in (("Parcels in Austria", NameTaken), (" ", NameMissing), ("x" * 61, NameMissing)):
        with pytest.raises(refusal):
            save(ben, name)
    save(ada, "Parcels in Austria")
    change(mine, "Parcels in Austria", True, now)
    with pytest.raises(NameTaken):
        change(save(ada, "Other"), "Parcels in Austria", False, now)
    assert [(view.name, view.owner.name) for view in views_of(ada)] == [
        ("Other", "Ada"),
        ("Parcels in Austria", "Ben"),
        ("Parcels in Austria", "Ada"),
    ]


def test_a_view_is_seen_by_its_owner_and_when_shared_by_the_team(make, now, save):
    ben, ada = make.staff("Ben"), make.staff("Ada")
    mine = save(ben)
    with pytest.raises(NoView):
        view_or_missing(mine.public_id, ada)
    change(mine, mine.name, True, now)
    assert view_or_missing(mine.public_id, ada) is mine and views_of(ada) == [mine]
    with pytest.raises(NoView):
        own_view(mine.public_id, ada)
    throw_away(mine)
    assert not views_of(ben)


def test_a_list_nobody_could_read_is_refused(make, now, save):
    ben = make.staff("Ben")
    for number in range(MOST):
        db.session.add(
            SavedView(
                owner=ben,
                name=f"{number}",
                query={},
                last_days=7,
                is_shared=False,
                made_at=now,
                changed_at=now,
            )
        )
    db.session.commit()
    with pytest.raises(TooManyViews):
        save(ben, "One more")
