"""The import pages: take a file in, say what its columns are, watch it, undo it."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.customers.csv_table import MOST_BYTES, RawRow
from surveys.customers.importing import ImportReport
from surveys.database import begin_writing, db
from surveys.errors import N_, Refusal
from surveys.imports import queries, starting, undoing, uploading
from surveys.imports.error_file import ErrorRow, error_file
from surveys.imports.forms import KINDS, SettingsForm, UploadForm
from surveys.imports.models import ImportRun
from surveys.imports.preview import shown_columns
from surveys.imports.reasons import kept, naming_of, said
from surveys.imports.values import Settings
from surveys.questionnaires.queries import surveys_on_scales
from surveys.staff.door import SESSION_KEY, StaffDoor, current_staff

FORM_BYTES = 64 * 1024
SHOWN = 10
EVERY_BRAND = ""


class FileDoor(StaffDoor):
    """A door for files: larger than other forms, and read before the writer's turn is taken."""

    writes_at_once = False

    def enter(self) -> ResponseReturnValue | None:
        """Allow large bodies to those who bring a session of ours; whether it lives is asked as always."""
        if session.get(SESSION_KEY):
            request.max_content_length = MOST_BYTES + FORM_BYTES
        return super().enter()


door = FileDoor("imports", __name__, permission="settings", url_prefix="/settings/imports")


@door.route("", methods=["GET", "POST"])
def imports() -> ResponseReturnValue:
    """List the imports; take a file in."""
    form = UploadForm()
    brands = all_brands()
    form.brand.choices = brand_choices(brands)
    if form.validate_on_submit():
        try:
            run = taken_in(form)
            return redirect(url_for("imports.one", public_id=run.public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "imports/imports.html",
        form=form,
        runs=queries.latest_runs(),
        kinds=KINDS,
        several=len(brands) > 1,
        now=business_now(),
    )
    return page, 422 if form.is_submitted() else 200


def taken_in(form: UploadForm) -> ImportRun:
    """Read the file that was sent and keep it; raise Refusal naming the field."""
    sent = form.file.data
    if not sent or not getattr(sent, "filename", None):
        raise Refusal(N_("No file was chosen. Choose a CSV file or an XLSX workbook."), field="file")
    try:
        with sent.stream as stream:
            file = uploading.read_file(stream.read(MOST_BYTES + 1), form.kind.data)
    except Refusal as refusal:
        refusal.field = "file"
        raise
    begin_writing()
    brand = brand_or_missing(form.brand.data) if form.brand.data else None
    run = uploading.keep(file, form.kind.data, sent.filename, brand, zone_of(brand), business_now())
    db.session.commit()
    return run


@door.get("/<public_id>")
def one(public_id: str) -> ResponseReturnValue:
    """One import: its columns while it has not begun, its progress, its result."""
    run = queries.run_or_missing(public_id)
    if run.state == "uploaded":
        return mapping_page(run, settings_form(run), None)
    return render_template(
        "imports/run.html",
        run=run,
        kinds=KINDS,
        left=queries.left_to_do(run.id),
        comments=queries.comments_of(run),
        errors=queries.errors_of(run),
        shown=queries.SHOWN_ERRORS,
        stuck=queries.stuck_chunks(run),
        kept={undoing.KEPT[reason]: number for reason, number in run.kept.items()},
        now=business_now(),
    )


@door.post("/<public_id>")
def say_columns(public_id: str) -> ResponseReturnValue:
    """Keep what was said of the columns; start when that was pressed, else show what it makes."""
    begin_writing()
    run = queries.run_or_missing(public_id)
    form = settings_form(run)
    failure = None
    try:
        if not form.validate():
            raise Refusal(N_("Some fields need a correction."))
        starting.change(run, said_mapping(run), said_settings(run, form), run.brand)
        if request.form.get("act") == "start":
            starting.start(run, current_staff(), business_now())
        db.session.commit()
    except Refusal as refusal:
        # What was said is shown again and not kept.
        db.session.rollback()
        failure = refusal
    if failure is not None:
        return mapping_page(queries.run_or_missing(public_id), form, failure)
    return redirect(url_for("imports.one", public_id=public_id), 303)


@door.post("/<public_id>/discard")
def discard(public_id: str) -> ResponseReturnValue:
    """Throw a file away that was not started."""
    begin_writing()
    starting.discard(queries.run_or_missing(public_id))
    db.session.commit()
    flash(_("The file was discarded; nothing of it was stored."))
    return redirect(url_for("imports.imports"), 303)


@door.post("/<public_id>/undo")
def undo(public_id: str) -> ResponseReturnValue:
    """Take back what an import made."""
    begin_writing()
    undoing.begin_undoing(queries.run_or_missing(public_id), current_staff(), business_now())
    db.session.commit()
    return redirect(url_for("imports.one", public_id=public_id), 303)


@door.get("/<public_id>/errors.csv")
def errors(public_id: str) -> Response:
    """Send the refused rows as a file that can be mended and imported again."""
    run = queries.run_or_missing(public_id)
    lines = error_file(run.columns, queries.error_rows(run))
    answer = Response("".join(lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="errors-{run.public_id}.csv"'
    return answer


def mapping_page(run: ImportRun, form: SettingsForm, failure: Refusal | None) -> ResponseReturnValue:
    """Return the page of a file that has not begun: its columns and what the first rows would make."""
    mapping = run.mapping if failure is None else said_mapping(run)
    rows, report, fault = tried(run, failure)
    if fault is not None:
        form.blame(fault)
    settings = Settings(**run.settings)
    page = render_template(
        "imports/mapping.html",
        run=run,
        form=form,
        kinds=KINDS,
        columns=shown_columns(run.kind, run.columns, mapping, rows, settings),
        tried=len(rows),
        report=report,
        refused=refused_rows(run, report) if report else (),
    )
    return page, 422 if failure is not None else 200


def tried(
    run: ImportRun, failure: Refusal | None
) -> tuple[list[RawRow], ImportReport | None, Refusal | None]:
    """Return the first rows, what storing them would make (None when it cannot be tried), and why not."""
    rows = starting.first_rows(run)
    if failure is not None:
        return rows, None, failure
    begin_writing()
    try:
        starting.check(run)
        return rows, starting.trial(run, rows, business_now()), None
    except Refusal as refusal:
        return rows, None, refusal
    finally:
        db.session.rollback()  # Nothing is stored before somebody says so.


def refused_rows(run: ImportRun, report: ImportReport) -> list[ErrorRow]:
    """Return some rows that do not fit the heading, and those of the first rows that would be refused."""
    naming = naming_of(run.kind, run.columns, run.mapping)
    tried = [ErrorRow(row.line, said(kept(row.refusal), naming), ()) for row in report.refused]
    return sorted([*queries.errors_of(run, 5), *tried], key=lambda row: row.line)[:SHOWN]


def said_mapping(run: ImportRun) -> list[str | None]:
    """Return which field was chosen for each column."""
    said = [name or None for name in request.form.getlist("column")]
    return (said + [None] * len(run.columns))[: len(run.columns)]


def said_settings(run: ImportRun, form: SettingsForm) -> Settings:
    """Return how the file is written as it was said; the rest stays."""
    said = {name: field.data or None for name, field in form._fields.items() if name in run.settings}
    if currency := said.get("currency"):
        said["currency"] = currency.upper()
    return Settings(**{**run.settings, **said})


def settings_form(run: ImportRun) -> SettingsForm:
    """Return the form with the fields that the run's kind needs, filled with its settings."""
    form = SettingsForm(data=run.settings)
    surveys = [SelectChoice(survey.key, _(survey.name)) for survey in surveys_on_scales()]
    form.survey.choices = [SelectChoice("", _("None: the file names it")), *surveys]
    needed = {"purchases": ("dates", "amounts", "currency"), "responses": ("dates", "survey")}
    for name in ("dates", "amounts", "currency", "survey"):
        if name not in needed.get(run.kind, ("dates",) if run.kind == "customers" else ()):
            del form[name]
    return form


def brand_choices(brands: Sequence[Brand]) -> list[SelectChoice]:
    """Return the brands to choose from; with several, the file's rows may also name theirs."""
    if len(brands) == 1:
        return [SelectChoice(EVERY_BRAND, brands[0].name)]
    none = SelectChoice(EVERY_BRAND, _("Each row names its shop, or all shops are meant"))
    return [none, *(SelectChoice(brand.key, brand.name) for brand in brands)]


def zone_of(brand: Brand | None) -> str:
    """Return the time zone of dates without one: the brand's, or that of the first."""
    chosen = brand or next(iter(all_brands()), None)
    return chosen.time_zone if chosen else "UTC"
