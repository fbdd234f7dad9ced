from surveys.api.problems import FieldError, pointer, problem


def test_a_problem_says_what_and_where():
    body = problem(422, "Some fields do not fit.", [FieldError("/items/0/name", "is missing")])

    assert body["title"] == "Unprocessable Entity" or body["title"] == "Unprocessable Content"
    assert body["status"] == 422
    assert body["errors"] == [{"pointer": "/items/0/name", "detail": "is missing"}]


def test_pointers_escape_as_rfc_6901_says():
    assert pointer(("items", 0, "a/b~c")) == "/items/0/a~1b~0c"
    assert pointer(()) == ""
