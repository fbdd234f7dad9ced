from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.reader.deciding_words import MOST, deciding_words, for_label
from feedback.analysis.reader.lexicons import baseline
from feedback.analysis.reader.plain_text import plain
from feedback.analysis.reader.weights import load_weights
from feedback.analysis.sentiment import Mark

HEAD = load_weights().word_head


def marked(comment, language="en"):
    found = deciding_words(comment, HEAD, baseline(plain(comment), language))
    return {comment[mark.start : mark.end]: mark.weight for mark in found}


def test_the_words_that_weigh_are_marked_with_their_sign():
    assert marked("Lovely bag, horrible delivery")["horrible"] < 0 < marked("Lovely bag")["Lovely"]
    assert marked("Schreckliche Verpackung, aber wunderschöne Vase", "de")["Schreckliche"] < 0


def test_little_words_are_never_marked_but_denials_may_be():
    found = marked("The delivery was quick, sadly the quality is not what I hoped for")
    assert not {"The", "was", "the", "is", "what", "I", "for"} & set(found)
    assert found["sadly"] < 0
    assert not {"Das", "war", "mit", "der"} & set(marked("Das war nichts mit der Lieferung, leider", "de"))


def test_mark_up_is_no_word():
    assert set(marked("<b>Awful</b>")) == {"Awful"}


@given(st.text(max_size=300))
def test_marks_lie_in_order_within_the_comment(comment):
    found = deciding_words(comment, HEAD, baseline(plain(comment), "en"))

    assert len(found) <= MOST
    assert all(0 <= mark.start < mark.end <= len(comment) for mark in found)
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)


def test_only_words_that_speak_for_the_label_are_marked_where_it_has_a_side():
    marks = (Mark(0, 4, 0.5), Mark(5, 9, -0.5))

    assert for_label("negative", marks) == marks[1:]
    assert for_label("positive", marks) == marks[:1]
    assert for_label("mixed", marks) == marks
