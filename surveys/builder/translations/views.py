"""Add and remove languages; hand the texts out as a file, and take them in again."""

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.builder.door import back_to, builder_door, keep, keep_at_once
from surveys.builder.queries import work_on
from surveys.builder.translations.forms import TextFileForm
from surveys.builder.translations.text_file import text_file, told_by
from surveys.clock import business_now
from surveys.errors import Refusal
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.locales.words.languages import WORDS
from surveys.questionnaires.definition import languages
from surveys.questionnaires.drafting import refuse_unless_editable
from surveys.questionnaires.edits import with_language, without_language
from surveys.questionnaires.texts import with_texts

door = builder_door("builder_texts", __name__)
PLACE = "languages"


@door.post("/<public_id>/languages")
def language(public_id: str) -> ResponseReturnValue:
    """Add a language, or take one with all its texts away."""
    work, tag = work_on(public_id), request.form.get("language", "")
    if tag not in CUSTOMER_LANGUAGES and tag not in languages(work.definition):
        return back_to(work, PLACE)
    if request.form.get("is_removed") == "yes":
        return keep_at_once(work, without_language(work.definition, tag), PLACE)
    ready_made = WORDS[tag].questions.get(work.survey.kind) if tag in WORDS else None
    return keep_at_once(work, with_language(work.definition, tag, ready_made), PLACE)


@door.get("/<public_id>/texts.csv")
def export(public_id: str) -> Response:
    """Hand out every text in every language, for translators."""
    work = work_on(public_id)
    text = text_file(work.definition, languages(work.definition))
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{work.survey.key}-texts.csv"'
    return answer


@door.route("/<public_id>/texts", methods=["GET", "POST"])
def bring(public_id: str) -> ResponseReturnValue:
    """Take in a file of texts: what it says goes into the draft."""
    work = work_on(public_id)
    refuse_unless_editable(work.survey, business_now())
    form = TextFileForm(data={"step": work.step})
    if form.validate_on_submit():
        try:
            told = told_by(form.file.data.read(), work.definition, languages(work.definition))
        except Refusal as refusal:
            form.blame(refusal)
        else:
            done = keep(work, with_texts(work.definition, told.texts), form, PLACE)
            if done is not None:
                flash(ngettext("%(num)s text was in the file.", "%(num)s texts were in the file.", told.told))
                if told.unknown:
                    names = ", ".join(told.unknown[:5])
                    flash(
                        _("Passed over, because this survey has no such texts: %(names)s", names=names),
                        "error",
                    )
                return done
    page = render_template("builder/texts.html", work=work, form=form)
    return page, 422 if form.is_submitted() else 200
