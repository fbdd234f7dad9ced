import pytest

from feedback.analysis.reader.languages import language_of


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("The parcel came two days late", "de", "en"),
        ("Das Paket kam zwei Tage zu spät", "en", "de"),
        ("Top", "de", "de"),
        ("Top", "en-GB", "en"),
        ("Schöne Farbe", "en", "de"),
        ("La livraison était en retard et le colis abîmé", "de", "fr"),
        ("Ürün çok kötü geldi, iade etmek istiyorum", "de", "tr"),
        ("Товар пришёл сломанным, верните деньги", "de", "ru"),
        ("👍", "de", "de"),
        ("👍", None, None),
        ("", None, None),
    ],
)
def test_the_words_tell_the_language_and_the_page_where_they_are_few(text, page, language):
    assert language_of(text, page) == language
