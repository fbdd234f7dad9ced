"""`flask mail`: mail out and in; rooms above add their commands."""

from flask.cli import AppGroup

mail = AppGroup("mail", help="Mail out and in.")
