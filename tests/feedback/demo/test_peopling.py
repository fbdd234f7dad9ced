from sqlalchemy import select

from feedback.demo.peopling import hire, open_shops
from surveys.database import db
from surveys.invitations.founding import touchpoint_of
from surveys.staff.models import ROLES, StaffMember


def test_two_shops_ask_after_delivery_their_own_customers(app, now):
    brands = open_shops(now)
    db.session.commit()

    assert [(brand.key, brand.name) for brand in brands] == [("demo", "Demo Shop"), ("feinwerk", "Feinwerk")]
    for brand in brands:
        assert brand.default_basis == "existing_customer"
        assert brand.made_by_demo
        assert touchpoint_of(brand).is_on
        assert not touchpoint_of(brand).skip_sundays


def test_one_person_for_each_role_without_a_password(app, now):
    hire(now)
    db.session.commit()

    team = db.session.scalars(select(StaffMember)).all()
    assert sorted(member.role for member in team) == sorted(ROLES)
    assert all(member.made_by_demo and member.password_hash is None for member in team)
