"""Writes one customer and one purchase in each transaction until it is ended; started by the tests."""

import sys
from pathlib import Path

from surveys.database import begin_writing, db
from tests.conftest import settings_for
from tests.factories import Make
from wsgi import create_app

with create_app(settings_for(sys.argv[1], Path(sys.argv[2]))).app_context():
    make = Make()
    while True:
        begin_writing()
        make.purchase()
        db.session.rollback()
