from markupsafe import Markup

from surveys.channels.plain_page import plain_page


def test_lines_stand_in_paragraphs_and_what_people_wrote_is_text():
    page = plain_page("de", "A < B", [["one <b>", "two"], [Markup("<i>three</i>")]])

    assert '<html lang="de">' in page and "<title>A &lt; B</title>" in page
    assert "<p>one &lt;b&gt;<br>two</p><p><i>three</i></p>" in page
