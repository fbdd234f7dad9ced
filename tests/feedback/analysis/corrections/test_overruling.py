"""A person's word stands over what is found; what nobody said anything of stays as it is found."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.analysis.corrections.overruling import forget_corrections, overruled, put_right
from feedback.analysis.models import Correction
from feedback.analysis.themes.feelings import Felt
from surveys.database import db

CODES = ("DELIVERY", "PRICE", "SUPPORT")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(st.sampled_from(CODES), max_size=4),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(["yes", "no"])),
)
def test_denied_themes_are_gone_added_ones_are_there_the_rest_is_untouched(make, now, found, said):
    response = make.response(comment="Well.")
    db.session.add_all(
        Correction(
            response_id=response.id, kind="theme", code=code, value=value, read_as="no", analyzer="t", at=now
        )
        for code, value in said.items()
    )
    db.session.flush()
    places = [Felt(code, place, place + 1, -0.1) for place, code in enumerate(found)]

    stands = overruled(places, response.id, 0.3)

    wanted = {code for code in CODES if said.get(code, "yes" if code in found else "no") == "yes"}
    assert {each.code for each in stands} == wanted
    assert [each for each in stands if each.end] == [each for each in places if said.get(each.code) != "no"]
    assert all(each.polarity == 0.3 for each in stands if not each.end)
    forget_corrections(response.id)
    assert overruled(places, response.id, None) == places


def test_what_a_person_names_is_theirs_and_no_longer_learnt():
    learnt = Felt("DELIVERY", 0, 0, 0.3, is_learnt=True)

    assert put_right([learnt], {"DELIVERY": "yes"}, 0.3) == [Felt("DELIVERY", 0, 0, 0.3)]
    assert put_right([learnt], {"DELIVERY.LATE": "yes"}, 0.3) == [Felt("DELIVERY.LATE", 0, 0, 0.3)]
    assert put_right([learnt], {"DELIVERY": "no"}, 0.3) == []
    assert put_right([learnt], {"PRICE": "no"}, 0.3) == [learnt]
