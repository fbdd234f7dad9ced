import pytest

from surveys.customers.entrusting import NoTasksForThem, entrust


def test_a_customer_gets_a_contact_and_loses_it_again(make):
    dora, ben = make.customer(), make.staff("Ben")

    entrust(dora, ben)
    assert dora.owner is ben

    entrust(dora, None)
    assert dora.owner is None


@pytest.mark.parametrize("values", [{"role": "analyst"}, {"is_active": False}])
def test_only_somebody_who_works_tasks_can_be_the_contact(make, values):
    dora = make.customer()

    with pytest.raises(NoTasksForThem):
        entrust(dora, make.staff("Nadia", **values))

    assert dora.owner is None
