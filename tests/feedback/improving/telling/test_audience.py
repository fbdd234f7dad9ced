"""Everybody who raised it is told or left out for one reason, and nobody twice."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.improving.telling.audience import WHY_NOT, Bars, Raiser, audience

RAISERS = st.lists(
    st.builds(
        Raiser,
        st.integers(1, 99),
        st.one_of(st.none(), st.integers(1, 8)),
        st.one_of(st.none(), st.tuples(st.integers(1, 2), st.sampled_from(("a@b.test", "c@d.test")))),
        st.sampled_from(("en", "de-AT", "fr")),
        st.booleans(),
    ),
    max_size=12,
)
BARS = st.builds(
    Bars,
    st.sets(st.integers(1, 8)),
    st.dictionaries(st.integers(1, 8), st.sampled_from(("objected", "paused"))),
)


@given(RAISERS, BARS, st.sets(st.sampled_from(("en", "de"))))
def test_each_customer_is_counted_once_and_told_only_when_nothing_speaks_against_it(raisers, bars, languages):
    found = audience(raisers, bars, languages)

    known = {each.customer_id for each in raisers} - {None}
    unknown = sum(each.customer_id is None for each in raisers)
    assert found.everybody == len(known) + unknown == sum(n for _, n in found.reasons) + len(found.told)
    told = [each.customer_id for each, _ in found.told]
    addresses = [each.address for each, _ in found.told]
    assert len(set(told)) == len(told) and len(set(addresses)) == len(addresses) and None not in addresses
    for each, language in found.told:
        assert (
            each.may_contact and each.customer_id not in bars.written and each.customer_id not in bars.barred
        )
        assert language in languages
    assert {why for _, why in found.left_out} <= set(WHY_NOT)
