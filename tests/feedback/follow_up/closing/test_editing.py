"""An admin changes the finer causes and the limits of goodwill."""

import pytest

from feedback.follow_up.closing import editing
from feedback.follow_up.closing.causes import NoCause, NoWords, labels, offered
from feedback.follow_up.closing.queries import limits, own_details, use_of_details
from feedback.follow_up.triaging import Ending, resolve
from surveys.errors import SeveralRefusals


@pytest.fixture
def ada(make):
    return make.staff("Ada", role="admin")


def test_words_of_one_language_stand_for_the_other(ada, now):
    made = editing.add_detail("it", "Robot", " ", now, ada)
    assert (made.key, made.en, made.de) == ("it.robot", "Robot", "Robot")
    assert "it.robot" in offered(own_details())["it"]


def test_what_is_wrong_is_refused_and_nothing_kept(ada, now):
    for given, refusal in (
        (("weather", "Rain", "Regen"), NoCause),
        (("it", "", ""), SeveralRefusals),
        (("it", "Robot", "x" * 81), NoWords),
    ):
        with pytest.raises(refusal):
            editing.add_detail(*given, now, ada)
    assert own_details() == []


@pytest.mark.once
def test_the_list_of_own_causes_ends_at_two_hundred(ada, now):
    for number in range(editing.MOST):
        editing.add_detail("it", f"Fault {number}", "", now, ada)
    with pytest.raises(editing.TooMany):
        editing.add_detail("it", "One more", "", now, ada)


def test_a_retired_cause_keeps_its_words_where_it_was_used(ada, make, now):
    task = make.task()
    resolve(task, "refund", "carrier", now, actor=ada, ending=Ending(detail="carrier.late"))
    editing.reword_detail("carrier.late", "Van late", "Auto spät", now, ada)
    editing.retire_detail("carrier.late", True, now, ada)
    assert "carrier.late" not in offered(own_details())["carrier"]
    assert labels(own_details())["carrier.late"].de == "Auto spät"
    assert use_of_details() == {"carrier.late": 1}
    editing.retire_detail("carrier.late", False, now, ada)
    assert offered(own_details())["carrier"]["carrier.late"].en == "Van late"


def test_rewording_a_retired_cause_does_not_offer_it_again(ada, now):
    editing.retire_detail("carrier.late", True, now, ada)
    editing.reword_detail("carrier.late", "Van late", "", now, ada)
    assert editing.is_retired("carrier.late")


def test_an_unknown_cause_is_missing(ada, now):
    with pytest.raises(editing.NoDetail):
        editing.retire_detail("carrier.nothing", True, now, ada)


def test_limits_are_ours_until_the_shop_says_its_own(ada):
    assert limits() == {"agent": 50, "admin": 500}
    editing.set_limits(0, 1000)
    editing.set_limits(10, 1000)
    assert limits() == {"agent": 10, "admin": 1000}
