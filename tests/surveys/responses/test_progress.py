"""A form alone says how far somebody has come."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.responses.progress import carried, fields_again, further_fields, progress
from tests.surveys.questionnaires.asking import asks, when

QUESTIONS = [
    asks("q1", "yes_no"),
    asks("q2", "number", low=0, high=9),
    asks("q3", show_if=[when("q1", "yes")]),
    asks("q4", "many", choices=["a", "b"], show_if=[when("group", "detractor")]),
]
LOW = {"group": ("detractor",), "score": ("2",)}


def keys(page):
    return [question.key for question in page]


def test_the_first_further_page_follows_the_key_question():
    so_far = progress(QUESTIONS, {}, LOW)

    assert keys(so_far.page) == ["q1", "q2"]
    assert so_far.place == (2, 3)


def test_the_next_page_follows_what_was_said():
    assert keys(progress(QUESTIONS, {"q1": "yes", "through": "q2"}, LOW).page) == ["q3", "q4"]
    assert keys(progress(QUESTIONS, {"q1": "no", "through": "q2"}, LOW).page) == ["q4"]
    assert progress(QUESTIONS, {"q1": "no", "through": "q2"}, {"group": ("promoter",)}).page == ()


def test_a_fault_shows_its_page_once_more():
    so_far = progress(QUESTIONS, {"q1": "yes", "q2": "99", "through": "q4"}, LOW)

    assert list(so_far.faults) == ["q2"]
    assert keys(so_far.page) == ["q1", "q2"]


def test_a_fault_in_what_nobody_is_asked_any_more_stands_in_nobodys_way():
    questions = [asks("q1", "yes_no"), asks("q2", "number", show_if=[when("q1", "yes")])]

    so_far = progress(questions, {"q1": "no", "q2": "many", "through": "q1"}, LOW)

    assert (so_far.faults, so_far.page, so_far.final()) == ({}, (), {"q1": "no"})


def test_what_nobody_was_asked_in_the_end_is_left_out():
    so_far = progress(QUESTIONS, {"q1": "no", "q3": "Old.", "q4.a": "1"}, LOW)

    assert so_far.final() == {"q1": "no", "q4": ["a"]}


def test_a_page_takes_along_what_it_does_not_ask():
    values = {"score": "2", "comment": "", "q1": "yes", "q2": "", "through": "q2", "partial": "1"}

    assert carried(values, QUESTIONS[2:]) == {"score": "2", "q1": "yes"}


def test_a_questionnaire_without_further_questions_has_no_further_fields():
    assert further_fields([]) == frozenset()
    assert further_fields(QUESTIONS) == {"through", "q1", "q2", "q3", "q4.a", "q4.b"}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "q1": st.sampled_from(["yes", "no", "perhaps"]),
            "q2": st.sampled_from(["3", "x", "99"]),
            "q3": st.text(max_size=5),
            "q4.a": st.just("1"),
        },
    )
)
def test_going_on_page_by_page_comes_to_an_end(values):
    so_far, pages = progress(QUESTIONS, values, LOW), 0
    while so_far.page and not so_far.faults:
        pages += 1
        assert pages <= len(QUESTIONS)
        so_far = progress(QUESTIONS, values | {"through": so_far.page[-1].key}, LOW)

    again = progress(QUESTIONS, fields_again(QUESTIONS, so_far.answers), LOW)
    assert again.answers == so_far.answers
