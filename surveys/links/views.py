"""Settings of open links: make one, copy its address, print its code, switch it off."""

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from surveys.brand.filters import picture_in_page
from surveys.brand.queries import all_brands, brand_or_missing, look_of
from surveys.clock import real_now
from surveys.database import db
from surveys.doors import OpenDoor
from surveys.errors import Refusal
from surveys.links import queries
from surveys.links.attributes import as_text
from surveys.links.codes import as_png, as_svg
from surveys.links.editing import CHANNELS, add_link, change_link, switch
from surveys.links.forms import LinkForm, NewLinkForm
from surveys.links.models import Link
from surveys.links.signatures import secret_of
from surveys.locales import best_language
from surveys.questionnaires.queries import survey_by_key, surveys_to_ask
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("links", __name__, permission="surveys", url_prefix="/settings/links")
snippet = OpenDoor("embed", __name__)
HOUR = 3600


@snippet.get("/embed.js")
def script() -> ResponseReturnValue:
    """Return the script that a shop pastes into its page; a newer one is there within an hour."""
    answer = send_from_directory(current_app.static_folder or "", "js/embed.js", max_age=HOUR)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@door.get("")
def links() -> ResponseReturnValue:
    """List the open links with how many have answered by each."""
    return render_template("links/links.html", rows=queries.all_links(), channels=CHANNELS, now=real_now())


@door.route("/new", methods=["GET", "POST"])
def new_link() -> ResponseReturnValue:
    """Make a link."""
    form = NewLinkForm(channel=request.args.get("as", "link"))
    form.brand.choices = [SelectChoice(each.key, each.name) for each in all_brands()]
    form.survey.choices = [SelectChoice(each.key, _(each.name)) for each in surveys_to_ask()]
    if form.validate_on_submit():
        try:
            brand, survey = brand_or_missing(form.brand.data), survey_by_key(form.survey.data)
            made = add_link(brand, survey, form.values(), current_staff(), real_now())
            db.session.commit()
            flash(_("Made. It can be answered at once."))
            return redirect(url_for("links.link", key=made.key), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return render_template("links/new.html", form=form), 422 if form.is_submitted() else 200


@door.route("/<key>", methods=["GET", "POST"])
def link(key: str) -> ResponseReturnValue:
    """One link: its address, its code, what to paste into a page, and what can be changed."""
    chosen = queries.link_or_missing(key)
    form = LinkForm(data=shown(chosen))
    if form.validate_on_submit():
        try:
            change_link(chosen, form.values())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("links.link", key=key), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "links/link.html",
        link=chosen,
        form=form,
        channels=CHANNELS,
        address=address_of(chosen),
        script=current_app.config["SETTINGS"].base_url + "/embed.js",
        secret=secret_of(key, current_app.config["LINK_SECRETS"][0]),
        now=real_now(),
    )
    return page, 422 if form.is_submitted() else 200


@door.post("/<key>/switch")
def switch_link(key: str) -> ResponseReturnValue:
    """Close a link, or open it again."""
    chosen = queries.link_or_missing(key)
    switch(chosen, request.form.get("on") == "yes")
    db.session.commit()
    flash(_("It can be answered again.") if chosen.is_on else _("Closed. Whoever follows it is told so."))
    return redirect(url_for("links.link", key=key), 303)


@door.get("/<key>/code.svg")
def code_svg(key: str) -> ResponseReturnValue:
    """Return the link's code as lines."""
    return Response(as_svg(address_of(queries.link_or_missing(key))), mimetype="image/svg+xml")


@door.get("/<key>/code.png")
def code_png(key: str) -> ResponseReturnValue:
    """Return the link's code as points."""
    return Response(as_png(address_of(queries.link_or_missing(key))), mimetype="image/png")


@door.get("/<key>/slip")
def slip(key: str) -> ResponseReturnValue:
    """Show the slip for parcels, to be printed on A6, in the language of those who will read it."""
    chosen = queries.link_or_missing(key)
    logo = look_of(chosen.brand.key).logo
    language = best_language(
        request.args.get("lang"), best_language(chosen.locale, best_language(chosen.brand.locale))
    )
    with force_locale(language):
        sentence = _("How was it? Tell us in a minute; it helps us and everybody after you.")
        around = _("Scan the code with your camera, or open this address:")
    return render_template(
        "links/slip.html",
        link=chosen,
        language=language,
        sentence=sentence,
        around=around,
        picture=picture_in_page(*logo) if logo else None,
        host=current_app.config["SETTINGS"].base_url.partition("://")[2],
    )


def address_of(chosen: Link) -> str:
    """Return the address under which anybody may answer."""
    return f"{current_app.config['SETTINGS'].base_url}/l/{chosen.key}"


def shown(chosen: Link) -> dict[str, object]:
    """Return a link's values as its form shows them."""
    return {
        "name": chosen.name,
        "channel": chosen.channel,
        "locale": chosen.locale or "",
        "attributes": as_text(chosen.attributes),
        "origins": "\n".join(chosen.origins),
        "per_minute": chosen.per_minute,
    }
