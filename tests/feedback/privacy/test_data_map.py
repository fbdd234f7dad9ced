"""The map of the data is whole: every column has its place, and no place is for nothing."""

import tomllib

from feedback.privacy.data_map import BASES, FIELDS, FILE, KEPT, SEEN, SUBJECTS, entries, is_for_the_person
from surveys.database import db

HINT = "add its columns to feedback/privacy/data_map.toml"


def columns() -> set[tuple[str, str]]:
    return {(table.name, column.name) for table in db.metadata.tables.values() for column in table.columns}


def test_every_column_of_the_schema_says_what_it_is_for(app):
    missing = sorted(columns() - set(entries()))

    assert not missing, f"{HINT}: {', '.join('.'.join(each) for each in missing)}"


def test_nothing_on_the_map_is_gone(app):
    too_many = sorted(set(entries()) - columns())

    assert not too_many, f"no such columns any more: {', '.join('.'.join(each) for each in too_many)}"


def test_every_code_has_its_words():
    for entry in entries().values():
        place = f"{entry.table}.{entry.column}"
        assert "unknown" not in entry, place
        assert entry.about in SUBJECTS and entry.field in FIELDS, place
        assert entry.basis in BASES and entry.kept in KEPT and entry.seen in SEEN, place


def test_no_column_stands_twice():
    tables = tomllib.loads(FILE.read_text())
    for name, said in tables.items():
        listed = " ".join(text for key, text in said.items() if key in FIELDS).split()
        assert len(listed) == len(set(listed)), name


def test_what_names_a_customer_is_told_and_secrets_are_not():
    told = {key for key, entry in entries().items() if is_for_the_person(entry)}

    assert {("customer", "email"), ("response", "comment"), ("task_event", "text"), ("reply", "body")} <= told
    assert not {("customer", "id"), ("staff_member", "name"), ("address_key", "key")} & told
