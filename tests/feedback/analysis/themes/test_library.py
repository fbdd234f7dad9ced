from feedback.analysis.themes.library import shipped
from feedback.analysis.themes.own_phrases import OwnPhrase, library_with


def codes(comment, language):
    return {mention.code for mention in shipped().mentions(comment, language) if mention.code != "PRAISE"}


def test_a_comment_is_looked_up_in_the_book_of_its_language():
    assert codes("Die Lieferung kam zu spät", "de") == {"DELIVERY.LATE"}
    assert codes("Die Lieferung kam zu spät", "de-AT") == {"DELIVERY.LATE"}
    assert codes("Die Lieferung kam zu spät", "en") == set()


def test_one_in_no_known_language_is_looked_up_in_all():
    assert codes("Paypal", None) == {"PAYMENT.METHOD"}
    found = shipped().mentions("Paypal, Lieferung late", None)

    assert [mention.start for mention in found] == sorted(mention.start for mention in found)
    assert len({mention[:3] for mention in found}) == len(found)


def test_in_a_language_without_a_book_nothing_is_found():
    assert codes("La livraison est late", "fr") == set()


def test_nothing_is_found_in_personal_data():
    own = frozenset(
        [
            OwnPhrase("DELIVERY", "en", "meier", False),
            OwnPhrase("DELIVERY", "en", "greetings .. smith", False),
        ]
    )
    library = library_with(1, own)

    assert library.mentions("Hello Mrs Meier, good day", "en") == []
    assert [each.code for each in library.mentions("The meier was here", "en")] == ["DELIVERY"]
    assert library.mentions("greetings to Mr Smith", "en") == []
