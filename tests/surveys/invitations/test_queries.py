"""Counts of whom we asked."""

from datetime import timedelta

from surveys.invitations.queries import AskedCounts, asked_counts


def test_invitations_are_counted_by_what_became_of_them(make, now):
    make.invitation()
    make.invitation(answered_at=now)
    make.invitation(state="failed")
    make.invitation(state="uncertain", sent_at=now)
    make.invitation(state="refused", reason="too_late")
    make.invitation(state="refused", reason="too_late")
    make.invitation(state="refused", reason="objected")
    make.invitation(state="planned")

    assert asked_counts(None, None) == AskedCounts(2, 1, 1, 1, {"too_late": 2, "objected": 1})


def test_a_period_has_its_first_moment_and_not_its_last(make, now):
    make.invitation(sent_at=now)

    assert asked_counts(now, now + timedelta(days=1)).sent == 1
    assert asked_counts(now - timedelta(days=1), now).sent == 0


def test_counts_can_be_narrowed_to_a_brand_and_a_survey(make, now):
    brand = make.brand()
    other = make.brand("other", name="Other")
    make.invitation()
    make.invitation(make.purchase(make.customer(brand=other)))
    csat = make.touchpoint(name="csat", survey_key="csat")
    make.invitation(touchpoint=csat)

    assert asked_counts(None, None, brand_id=brand.id).sent == 2
    assert asked_counts(None, None, brand_id=other.id).sent == 1
    assert asked_counts(None, None, survey_id=csat.survey_id).sent == 1
    assert asked_counts(None, None, brand_id=other.id, survey_id=csat.survey_id).sent == 0
