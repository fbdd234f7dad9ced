import pytest

from surveys.doors import spoken
from surveys.errors import Missing, Refusal, SeveralRefusals, Words, refuse_others


def test_a_refusal_says_its_sentence_with_its_values(app):
    with app.test_request_context():
        assert spoken(Refusal("At most %(most)s rows.", most=5)) == "At most 5 rows."
        assert spoken(Refusal("100 % certain")) == "100 % certain"
        assert spoken(SeveralRefusals([Refusal("One."), Missing()])).startswith("One. There is nothing")


def test_people_are_told_words_and_machines_codes(app):
    refusal = Refusal("It is %(now)s.", now=Words({"owner": "owner", "admin": "admin"}))

    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert spoken(refusal) == "It is Leitung, Verwaltung."
        assert spoken(refusal, with_codes=True) == str(refusal) == "It is owner, admin."


@pytest.mark.parametrize(
    ("unknown", "named", "tail"),
    [(1, 1, "No 0."), (5, 5, "No 4."), (1000, 5, "1000 are refused in all; the first 5 are named here.")],
)
def test_of_many_unknown_things_the_first_are_named_and_all_are_counted(app, unknown, named, tail):
    given = ["known", *map(str, range(unknown))]

    with app.test_request_context(), pytest.raises(Refusal) as refused:
        refuse_others(given, {"known"}, lambda place, each: Refusal(f"No {each}.", field=f"ids/{place}"))

    with app.test_request_context():
        said = spoken(refused.value)
    assert said.count("No ") == named and said.startswith("No 0.") and said.endswith(tail)
