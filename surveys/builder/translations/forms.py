"""The form that takes a file of texts."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from surveys.builder.forms import DraftForm


class TextFileForm(DraftForm):
    """A file that came back from a translator."""

    file = FileField(_("File"), [FileRequired(_("Choose a file."))])
