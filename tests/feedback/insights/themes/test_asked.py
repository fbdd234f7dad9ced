from feedback.insights.themes.asked import of_questions, of_themes
from surveys.questionnaires.questions import MANY, SCALE, YES_NO, Question


def test_comments_are_rows_of_their_most_mentioned_themes():
    scores = dict.fromkeys(range(30), 9) | dict.fromkeys(range(30, 60), 2)
    mentioned = [(at, "DELIVERY") for at in range(30, 55)] + [(at, "PRICE") for at in range(10)]
    mentioned += [(at, "PRAISE") for at in range(30)] + [(at, "SETUP") for at in range(9)] + [(99, "PRICE")]

    found = of_themes(scores, mentioned)

    assert found.drivers == ("DELIVERY", "PRICE") and found.n == 60
    assert found.rows == {(9, 0, 1): 10, (9, 0, 0): 20, (2, 1, 0): 25, (2, 0, 0): 5}


def test_further_answers_are_rows_of_ratings_and_choices():
    questions = [
        Question("q1", SCALE, {}, low=1, high=5),
        Question("q2", MANY, {}, choices=("c1", "c2")),
        Question("q3", YES_NO, {}),
        Question("q4", SCALE, {}, low=1, high=5),
    ]
    answered = [(9, {"q1": "5", "q2": ["c1"], "q3": "yes"})] * 12 + [(3, {"q1": "1", "q3": "no"})] * 12
    answered += [(4, {"q1": "2", "q4": "1"})] * 3

    found = of_questions(questions, answered)

    # Hardly anybody answers the fourth; who leaves out a rating is left out.
    assert found.drivers == ("q1", "q3", "q2.c1") and found.n == 24
    assert found.rows == {(9, 5, 1, 1): 12, (3, 1, 0, 0): 12}
    assert of_questions([], [(9, {})]).drivers == ()
