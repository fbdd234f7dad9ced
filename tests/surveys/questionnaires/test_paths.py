"""The way through a questionnaire leads forward, whatever its conditions and jumps say."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.paths import MOST_ON_A_PAGE, next_page, on_the_way, way_through
from tests.surveys.questionnaires.asking import asks, when


def keys(page) -> list[str]:
    return [question.key for question in page]


def test_questions_without_logic_share_pages_of_a_few():
    questions = [asks(f"q{n}") for n in range(6)]

    pages = [keys(page) for page in way_through(questions, {})]

    assert pages == [["q0", "q1", "q2", "q3"], ["q4", "q5"]]


def test_a_question_waits_for_the_answer_it_looks_at():
    questions = [asks("q1", "yes_no"), asks("q2"), asks("q3", show_if=[when("q1", "yes")]), asks("q4")]

    assert keys(next_page(questions, {}, None)) == ["q1", "q2"]
    assert keys(next_page(questions, {"q1": ("yes",)}, "q2")) == ["q3", "q4"]
    assert keys(next_page(questions, {"q1": ("no",)}, "q2")) == ["q4"]


def test_a_question_for_one_group_is_not_shown_to_another():
    questions = [asks("q1", show_if=[when("group", "detractor")])]

    assert keys(next_page(questions, {"group": ("detractor",)}, None)) == ["q1"]
    assert next_page(questions, {"group": ("promoter",)}, None) == ()


def test_a_jump_passes_over_questions_and_can_end_the_survey():
    jumps = [{"when": [when("q1", "no")], "to": "end"}, {"when": [when("q1", "yes")], "to": "q3"}]
    questions = [asks("q1", "yes_no", jumps=jumps), asks("q2"), asks("q3")]

    assert keys(next_page(questions, {}, None)) == ["q1"]
    assert keys(next_page(questions, {"q1": ("yes",)}, "q1")) == ["q3"]
    assert next_page(questions, {"q1": ("no",)}, "q1") == ()
    assert keys(next_page(questions, {}, "q1")) == ["q2", "q3"]


def test_a_question_can_begin_a_page():
    questions = [asks("q1"), asks("q2", starts_page=True), asks("q3")]

    assert [keys(page) for page in way_through(questions, {})] == [["q1"], ["q2", "q3"]]


def test_answers_beside_the_way_are_left_out():
    questions = [asks("q1", "yes_no"), asks("q2", "many", choices=["a"], show_if=[when("q1", "yes")])]
    answers = {"q1": "no", "q2": ["a"], "q2.text": "old"}

    assert on_the_way(questions, {"q1": ("no",)}, answers) == {"q1": "no"}
    assert on_the_way(questions, {"q1": ("yes",)}, answers) == answers


KEYS = [f"q{number}" for number in range(6)]
# Anything, sound or not: ahead, back, at itself, at nothing.
CONDITIONS = st.builds(
    lambda of, op, value: when(of, value, op=op),
    st.sampled_from([*KEYS, "group", "gone"]),
    st.sampled_from(["one_of", "none_of", "at_least"]),
    st.sampled_from(["yes", "no", "3"]),
)
QUESTIONS = st.lists(
    st.tuples(
        st.lists(CONDITIONS, max_size=2),
        st.lists(st.tuples(CONDITIONS, st.sampled_from([*KEYS, "end"])), max_size=2),
        st.booleans(),
    ),
    max_size=6,
).map(
    lambda rows: [
        asks(
            f"q{place}",
            "yes_no",
            show_if=show_if,
            starts_page=starts,
            jumps=[{"when": [condition], "to": to} for condition, to in jumps],
        )
        for place, (show_if, jumps, starts) in enumerate(rows)
    ]
)
KNOWN = st.dictionaries(
    st.sampled_from([*KEYS, "group"]), st.sampled_from([("yes",), ("no",), ("3",), ()]), max_size=7
)


@given(QUESTIONS, KNOWN)
def test_no_way_traps_a_respondent(questions, known):
    pages = list(way_through(questions, known))
    seen = [question.key for page in pages for question in page]

    assert len(pages) <= len(questions)
    assert seen == sorted(set(seen))
    assert all(1 <= len(page) <= MOST_ON_A_PAGE for page in pages)


@given(QUESTIONS, st.lists(KNOWN, min_size=1, max_size=8))
def test_answers_that_change_on_the_way_still_lead_to_the_end(questions, moods):
    after, pages = None, 0
    while page := next_page(questions, moods[pages % len(moods)], after):
        after, pages = page[-1].key, pages + 1

        assert pages <= len(questions)
