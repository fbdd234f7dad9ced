import random

from feedback.demo.people import person, spelled
from surveys.customers.checks import email


def test_umlauts_and_accents_are_spelled_out_in_addresses():
    assert spelled("Schäfer") == "schaefer"
    assert spelled("Böß") == "boess"
    assert spelled("Renée") == "renee"


def test_every_address_is_one_and_belongs_to_nobody():
    chance = random.Random(1)

    for number in range(300):
        somebody = person(chance, "de" if number % 2 else "en", number)
        assert email(somebody.email) == somebody.email
        assert somebody.email.endswith("@example.test")


def test_the_number_keeps_namesakes_apart():
    one, other = (person(random.Random(1), "en", number) for number in (1, 2))

    assert one.name == other.name
    assert one.email != other.email
