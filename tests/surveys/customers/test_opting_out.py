from datetime import timedelta

from sqlalchemy import select

from surveys.customers.models import Objection
from surveys.customers.opting_out import object_to_asking
from surveys.database import db


def test_an_objection_holds_for_everybody_with_the_address_at_this_brand(make, now):
    pat = make.customer("Pat", email="pat@example.test", reference="C-1")
    same = make.customer("Pat", email="pat@example.test", reference="C-2")
    other = make.customer("Nadia", reference="C-3")
    elsewhere = make.customer("Pat", email="pat@example.test", brand=make.brand("second"))
    object_to_asking(pat, "page", now)
    db.session.commit()
    assert (pat.objected_at, same.objected_at) == (now, now)
    assert (other.objected_at, elsewhere.objected_at) == (None, None)


def test_objecting_twice_keeps_the_first_moment(make, now):
    pat = make.customer("Pat", email="pat@example.test")
    object_to_asking(pat, "one_click", now)
    object_to_asking(pat, "page", now + timedelta(days=1))
    db.session.commit()
    noted = db.session.scalars(select(Objection)).one()
    assert (noted.objected_at, noted.source, pat.objected_at) == (now, "one_click", now)


def test_a_customer_without_an_address_can_object_too(make, now):
    pat = make.customer("Pat", email=None, reference="C-1")
    object_to_asking(pat, "staff", now)
    db.session.commit()
    assert pat.objected_at == now
    assert db.session.scalar(select(Objection)) is None
