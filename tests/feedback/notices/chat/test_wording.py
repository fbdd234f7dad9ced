"""The text of a post: what happened and where, in the language of the shop."""

from feedback.notices.chat.wording import Line, text_of

BASE = "https://feedback.test"


def lines(number, priority="P1"):
    return {str(n): Line(priority, ["Late"], f"{BASE}/tasks/{n}") for n in range(number)}


def test_the_most_urgent_comes_first(app):
    told = {"a": Line("P2", ["Yours now", "Late"], "https://x/a"), "b": Line("P0", ["Late"], "https://x/b")}
    assert text_of(told, "en", BASE) == "P0 · Late\nhttps://x/b\nP2 · Yours now. Late\nhttps://x/a"


def test_a_flood_stays_short_and_says_how_much_is_left(app):
    text = text_of(lines(23), "de", BASE)
    assert text.count("P1 ·") == 20 and text.endswith("3 weitere Aufgaben: https://feedback.test/inbox")


def test_a_try_says_so_in_the_language_of_the_shop(app):
    assert text_of({}, "en", BASE) == "Nachklang reaches this channel. News of tasks will stand here."
    assert "Nachklang" in text_of({}, "de", BASE) != text_of({}, "fr", BASE)
