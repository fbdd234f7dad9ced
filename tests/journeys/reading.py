"""`python -m tests.journeys.reading`: reads the mailbox of a house over and over, until somebody kills it."""

import os
import time

from config import Settings
from feedback.scheduler.shapes import House
from feedback.scheduler.ticks import TICKS, run_tick
from surveys.channels.mailbox import Mailbox
from wsgi import create_app

if __name__ == "__main__":
    app = create_app(Settings.from_environ(os.environ))
    tick = next(tick for tick in TICKS if tick.name == "read-mailbox")
    with app.app_context():
        it = House(None, None, None, mailbox=Mailbox.from_url(os.environ["IMAP_URL"]))
        while True:
            run_tick(tick, it)
            time.sleep(0.05)
