"""Triggers are there once the tables are, and whatever is missing comes back with the next migration."""

from feedback.insights.rollups.laying import lay, missing_from
from surveys.database import db


def test_a_database_with_its_tables_has_its_triggers_and_laying_again_does_nothing(app):
    connection = db.session.connection()

    assert missing_from(connection) == []
    assert lay(connection) == []
