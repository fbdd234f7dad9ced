from surveys.doors import spoken
from surveys.errors import Missing, Refusal, SeveralRefusals, Words


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
