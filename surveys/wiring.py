"""How this half of the house is put together: doors, filters, refusals."""

from flask import Response, current_app, g, request, url_for
from flask_babel import gettext
from flask_openapi import OpenAPI
from flask_wtf.csrf import generate_csrf

import surveys.customers.finding.laying  # noqa: F401 - it waits for the tables to be made
from surveys import assets, database, filters, locales, refusing
from surveys.api import views as api_views
from surveys.api.door import MachineDoor
from surveys.audit import door as audit_door
from surveys.audit import views as audit_views
from surveys.brand import views as brand_views
from surveys.builder import filters as builder_filters
from surveys.builder import views as builder_views
from surveys.builder.anonymity import views as anonymity_views
from surveys.builder.preview import views as preview_views
from surveys.builder.questions import views as question_views
from surveys.builder.thanks import views as thanks_views
from surveys.builder.translations import views as translation_views
from surveys.builder.versions import views as version_views
from surveys.customers import api as customers_api
from surveys.database import bring
from surveys.doors import Door, MenuItem, SettingsPage, add_missing
from surveys.errors import N_
from surveys.imports import views as imports_views
from surveys.invitations import views as invitations
from surveys.invitations.asking import filters as asking_filters
from surveys.invitations.asking import views as asking_views
from surveys.invitations.capacity import views as capacity_views
from surveys.invitations.languages import views as languages_views
from surveys.invitations.own_words import views as own_words_views
from surveys.invitations.queries import MAILS
from surveys.invitations.rounds import views as rounds_views
from surveys.invitations.whom import views as whom_views
from surveys.links import queries as links
from surveys.links import views as links_views
from surveys.permission import views as permission_views
from surveys.permission.suppressions import views as suppression_views
from surveys.post_box import api as mail_hooks
from surveys.post_box import views as post_box_views
from surveys.questionnaires import queries as questionnaires
from surveys.responses import api as responses_api
from surveys.responses import views as respondents
from surveys.responses.by_link import views as by_link_views
from surveys.responses.queries import ANSWERS_BY_LINK, ANSWERS_GIVEN, EVERY_ANSWER, SUBMITTED
from surveys.segments import queries as segments
from surveys.shops import api as shops_api
from surveys.shops import views as shops_views
from surveys.staff import views as staff_views
from surveys.staff.absences import views as absences_views
from surveys.staff.door import allowed
from surveys.staff.permissions import may
from surveys.upkeep import calling, examining, measuring
from surveys.upkeep import views as upkeep_views
from surveys.upkeep.checks import Check

LANGUAGE_CHOICES = (("en", "English"), ("de", "Deutsch"))
NAVIGATION: tuple[MenuItem, ...] = (
    MenuItem(N_("Surveys"), "builder.surveys", "surveys", "Y"),
    MenuItem(N_("Outbox"), "outbox.outbox", "outbox", "A"),
    MenuItem(N_("Settings"), "settings.index", "settings", "S"),
)
SETTINGS_PAGES: tuple[SettingsPage, ...] = (
    SettingsPage(
        N_("Asking"),
        N_("When customers are asked; whom we asked, and why not."),
        "asking.touchpoints",
        "surveys",
        "ask",
    ),
    SettingsPage(
        N_("Links"),
        N_("Ask without mail: a link, a printed code, or inside a page of the shop."),
        "links.links",
        "surveys",
        "ask",
    ),
    SettingsPage(
        N_("Languages"),
        N_("Which languages customers are written to in, and who has read the sentences."),
        "languages.languages",
        "surveys",
        "ask",
    ),
    SettingsPage(
        N_("Permission"),
        N_("Why customers may be asked, what proves it, and where it must be proven."),
        "permission.brands",
        "settings",
        "ask",
    ),
    SettingsPage(
        N_("Not written to"),
        N_("Addresses whose mail came back, who complained, or who were put on the list."),
        "suppressions.listing",
        "settings",
        "ask",
    ),
    SettingsPage(
        N_("Mail that came in"),
        N_("Bounces, complaints and answers by mail; and what nothing here could match."),
        "post_box.incoming",
        "outbox",
        "get",
    ),
    SettingsPage(
        N_("Connected shops"),
        N_("Let Shopify or WooCommerce send orders by themselves; see what came in."),
        "shops.shops",
        "keys",
        "get",
    ),
    SettingsPage(
        N_("Imports"),
        N_("Bring purchases, customers, answers or addresses in from a file, and undo it."),
        "imports.imports",
        "settings",
        "get",
    ),
    SettingsPage(
        N_("Mail"),
        N_("How mail leaves, what holds it, and how to release it."),
        "mail.mail",
        "settings",
        "own",
    ),
    SettingsPage(N_("Team"), N_("Who works here, and what each may do."), "team.team", "staff", "own"),
    SettingsPage(
        N_("API keys"),
        N_("Let systems of yours send purchases and read answers."),
        "keys.keys",
        "keys",
        "get",
    ),
    SettingsPage(
        N_("Changes by staff"),
        N_("Who changed what, and who took data out."),
        "audit.changes",
        "privacy",
        "own",
    ),
)
DOORS: tuple[Door, ...] = (
    staff_views.entrance,
    staff_views.account_door,
    staff_views.team_door,
    absences_views.own_door,
    absences_views.team_door,
    api_views.door,
    api_views.about,
    brand_views.door,
    brand_views.sheets,
    respondents.door,
    by_link_views.door,
    links_views.door,
    links_views.snippet,
    responses_api.door,
    invitations.stopping,
    invitations.outbox_door,
    asking_views.door,
    whom_views.door,
    capacity_views.door,
    rounds_views.door,
    languages_views.door,
    own_words_views.door,
    permission_views.door,
    permission_views.people,
    permission_views.files,
    permission_views.confirming,
    suppression_views.door,
    post_box_views.door,
    mail_hooks.hooks,
    customers_api.door,
    customers_api.hooks,
    shops_api.hooks,
    shops_views.door,
    imports_views.door,
    builder_views.door,
    question_views.door,
    thanks_views.door,
    translation_views.door,
    version_views.door,
    preview_views.door,
    anonymity_views.door,
    preview_views.people,
    upkeep_views.health,
    audit_views.door,
    upkeep_views.mail_door,
    upkeep_views.deeds,
)
MEASURES = (measuring.measure,)
CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", examining.look_at_settings),
    ("secret", examining.look_at_secret),
    ("database", examining.look_at_database),
    ("schema", examining.look_at_schema),
    ("mail", calling.look_at_mail),
    ("sender", examining.look_at_senders),
    ("hold", examining.look_at_hold),
    ("disk", examining.look_at_disk),
    ("clock", examining.look_at_clock),
)


def init_app(app: OpenAPI) -> None:
    """Register what `surveys` brings: database, languages, doors, refusals."""
    database.init_app(app)
    locales.init_app(app)
    assets.init_app(app)
    filters.init_app(app)
    asking_filters.init_app(app)
    builder_filters.init_app(app)
    bring(app, segments.ANSWERS_GIVEN, ANSWERS_GIVEN)
    bring(app, links.ANSWERS_BY_LINK, ANSWERS_BY_LINK)
    bring(app, questionnaires.ANSWERS, SUBMITTED)
    bring(app, questionnaires.EVERY_ANSWER, EVERY_ANSWER)
    bring(app, questionnaires.MAILS, MAILS)
    refusing.init_app(app)
    for door in DOORS:
        register(app, door)
    app.after_request(common_headers)
    audit_door.init_app(app)
    app.context_processor(staff_page)
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.jinja_env.globals["page_bar"] = lambda: ""
    app.jinja_env.globals["mail_holds"] = upkeep_views.mail_holds


def register(app: OpenAPI, door: Door) -> None:
    """Hang a door; those of machines also enter the API's description."""
    if isinstance(door, MachineDoor):
        known = {path: app.paths[path] for path in door.paths if path in app.paths}
        app.register_api(door)
        # Where two doors share an address, the library forgets what the first one takes there.
        for path, item in known.items():
            own = app.paths[path]
            app.paths[path] = item.model_copy(
                update={name: getattr(own, name) for name in own.model_fields_set}
            )
    else:
        app.register_blueprint(door)


def staff_page() -> dict[str, object]:
    """Return what the staff layout shows on every page; nothing for strangers."""
    person = g.get("staff")
    if person is None:
        return {}
    here = (request.endpoint or "").partition(".")[0]
    navigation = [
        {
            "label": gettext(item.label),
            "key": item.key,
            "url": url_for(item.endpoint),
            "current": here in (item.endpoint.partition(".")[0], *item.also)
            or request.path.startswith(url_for(item.endpoint) + "/"),
        }
        for item in current_app.config["NAVIGATION"]
        if may(person.role, item.permission)
    ]
    return {
        "navigation": navigation,
        "staff_name": person.name,
        "keys_off": person.keys_off,
        "language_choices": LANGUAGE_CHOICES,
        "allowed": allowed,
    }


COMMON_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def common_headers(response: Response) -> Response:
    """Add what every answer carries, whichever door it left by."""
    add_missing(response, *COMMON_HEADERS)
    if request.is_secure:
        add_missing(response, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return response
