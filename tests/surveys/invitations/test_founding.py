from datetime import timedelta

from sqlalchemy import select

from surveys.brand.models import Brand
from surveys.database import db
from surveys.invitations.founding import found_shop
from surveys.invitations.models import Touchpoint
from surveys.questionnaires.models import Survey


def test_an_empty_house_gets_one_shop_that_asks_nobody_without_a_basis(app, now):
    brand = found_shop(now)
    db.session.commit()

    assert (brand.key, brand.default_basis) == ("shop", "none")
    touchpoint = db.session.scalars(select(Touchpoint)).one()
    assert (touchpoint.brand, touchpoint.is_on, touchpoint.survey.key) == (brand, True, "nps")
    assert touchpoint.delay == timedelta(days=7)
    assert (touchpoint.skip_sundays, touchpoint.skip_holidays) == (True, True)
    keys = set(db.session.scalars(select(Survey.key)))
    assert keys == {"nps", "csat", "ces", "check-back"}


def test_a_house_with_a_brand_is_left_alone(make, now):
    make.brand("mine")

    assert found_shop(now) is None

    assert list(db.session.scalars(select(Brand.key))) == ["mine"]
