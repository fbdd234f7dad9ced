import pytest

from feedback.analysis.language import language_of
from feedback.demo.comments import parse


@pytest.mark.parametrize(
    "text", ["The parcel was late.", "I would buy it again", "It's broken", "Super fast delivery!"]
)
def test_english_is_told_by_its_function_words_even_on_a_german_page(text):
    assert language_of(text, "de" if text != "Super fast delivery!" else "en") == "en"


@pytest.mark.parametrize("text", ["Das Paket kam zu spät.", "Ich bin nicht zufrieden", "Prima, gerne wieder"])
def test_german_is_told_by_its_function_words_even_on_an_english_page(text):
    assert language_of(text, "en") == "de"


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("de-AT", "de"), ("en_GB", "en"), ("fr", None), (None, None)]
)
def test_the_page_s_language_decides_where_the_words_do_not(locale, language):
    assert language_of("Perfekto", locale) == language


@pytest.mark.parametrize("text", ["", "👍👍", "10", "---"])
def test_a_text_without_words_has_no_language(text):
    assert language_of(text, "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "Отлично",
        "Très bien mais en retard et la boîte était cassée hélas",
        "Paket geç geldi ve kutusu ezilmişti, kimse cevap vermedi",
    ],
)
def test_another_language_is_not_taken_for_the_page_s(text):
    assert language_of(text, "en") is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_comment_of_the_demo_is_told_rightly(language):
    from config import ROOT

    comments = parse((ROOT / f"feedback/demo/texts/{language}.tsv").read_text(encoding="utf-8"))

    assert {language_of(comment.text, language) for comment in comments} == {language}
