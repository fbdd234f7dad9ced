"""What a deed is about can be found and opened, and is told in plain words."""

from flask import url_for

from surveys.database import Base


def test_what_a_deed_is_about_lies_in_a_column_and_has_a_page(app):
    for subject in {deed.subject for deed in app.config["DEEDS"].values() if deed.subject}:
        columns = Base.metadata.tables[subject.table].c
        assert subject.key in columns and (subject.name is None or subject.name in columns)
        with app.test_request_context():
            assert url_for(subject.endpoint, **({subject.key: "x"} if subject.has_page else {}))


def test_a_deed_says_what_was_done_in_no_names_of_ours(app):
    for name, deed in app.config["DEEDS"].items():
        assert deed.phrase and "." not in deed.phrase and "_" not in deed.phrase, name
