from markupsafe import Markup

from surveys.channels.plain_page import plain_page


def test_lines_stand_in_paragraphs_and_what_people_wrote_is_text():
    page = plain_page("de", "A < B", [["one <b>", "two"], [Markup("<i>three</i>")]])

    assert '<html lang="de">' in page and "<title>A &lt; B</title>" in page
    assert "<p>one &lt;b&gt;<br>two</p><p><i>three</i></p>" in page


def test_a_line_that_is_an_address_alone_is_a_link_and_nothing_else_is():
    page = plain_page(
        "en", "T", [["https://shop.test/me/x?a=1&b=2"], ["see https://shop.test", "javascript:x"]]
    )

    assert '<a href="https://shop.test/me/x?a=1&amp;b=2">https://shop.test/me/x?a=1&amp;b=2</a>' in page
    assert page.count("<a ") == 1 and "see https://shop.test<br>javascript:x" in page


def test_a_long_address_breaks_and_the_night_has_its_own_paper():
    page = plain_page("en", "T", [["https://shop.test/" + "x" * 200]])

    assert "overflow-wrap:anywhere" in page and 'name="viewport"' in page
    assert "@media (prefers-color-scheme:dark){body{background:#191714" in page
