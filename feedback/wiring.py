"""How this half of the house is put together: doors and menu."""

from flask_openapi import OpenAPI

# Models are imported here so that the database knows every table, whoever asks first.
import feedback.aiming.models
import feedback.analysis.models
import feedback.analysis.search.models
import feedback.demo.models
import feedback.follow_up.assigning.models
import feedback.follow_up.closing.models
import feedback.follow_up.conversation.models
import feedback.follow_up.deciding.models
import feedback.follow_up.deciding.placing
import feedback.follow_up.effect.models
import feedback.follow_up.inbox.models
import feedback.follow_up.models
import feedback.follow_up.praise.models
import feedback.follow_up.presence.models
import feedback.going_live.models
import feedback.huddle.models
import feedback.improving.models
import feedback.insights.rollups.laying
import feedback.insights.rollups.models
import feedback.insights.themes.models
import feedback.insights.watching.models
import feedback.notices.alerts.models
import feedback.notices.chat.models
import feedback.notices.models
import feedback.overview.models
import feedback.privacy.models
import feedback.reports.models
import feedback.scheduler.models  # noqa: F401
from feedback.aiming import api as goals_api
from feedback.aiming import filters as goal_filters
from feedback.aiming import views as goals_views
from feedback.analysis import filters as comment_filters
from feedback.analysis import views as themes_views
from feedback.analysis.corrections import views as corrections_views
from feedback.analysis.examining import look_at_phrases, look_at_reader, look_at_search
from feedback.analysis.search import filters as search_filters
from feedback.demo import views as demo_views
from feedback.exports import api as exports_api
from feedback.exports import views as exports_views
from feedback.follow_up import filters as task_filters
from feedback.follow_up.assigning import api as staff_api
from feedback.follow_up.assigning import views as assigning_views
from feedback.follow_up.clocks import api as clock_api
from feedback.follow_up.clocks import filters as clock_filters
from feedback.follow_up.clocks import views as clock_views
from feedback.follow_up.closing import api as closing_api
from feedback.follow_up.closing import views as closing_views
from feedback.follow_up.conversation import api as conversation_api
from feedback.follow_up.conversation import views as conversation_views
from feedback.follow_up.conversation.unmatched import api as letters_api
from feedback.follow_up.deciding import api as rules_api
from feedback.follow_up.deciding import filters as deciding_filters
from feedback.follow_up.deciding import views as rules_views
from feedback.follow_up.effect import api as effect_api
from feedback.follow_up.effect import filters as effect_filters
from feedback.follow_up.effect import views as effect_views
from feedback.follow_up.inbox import api as inbox_api
from feedback.follow_up.inbox import filters as inbox_filters
from feedback.follow_up.inbox import views as inbox_views
from feedback.follow_up.inbox.many import api as bulk_api
from feedback.follow_up.inbox.many import views as many_views
from feedback.follow_up.incidents import api as incidents_api
from feedback.follow_up.incidents import filters as incident_filters
from feedback.follow_up.incidents import views as incident_views
from feedback.follow_up.praise import api as praise_api
from feedback.follow_up.praise import views as praise_views
from feedback.follow_up.presence import views as presence_views
from feedback.going_live import views as going_live_views
from feedback.huddle import api as huddle_api
from feedback.huddle import views as huddle_views
from feedback.improving import api as improvements_api
from feedback.improving import filters as improving_filters
from feedback.improving import views as improving_views
from feedback.improving.said_and_done import views as said_and_done_views
from feedback.improving.telling import views as told_views
from feedback.insights import api as insights_api
from feedback.insights import filters as insights_filters
from feedback.insights import views as insights_views
from feedback.insights.accuracy import views as accuracy_views
from feedback.insights.excluded import views as excluded_views
from feedback.insights.exploring import api as exploring_api
from feedback.insights.exploring import views as exploring_views
from feedback.insights.rollups.examining import look_at_counts
from feedback.insights.themes import api as theme_impact_api
from feedback.insights.themes import filters as theme_impact_filters
from feedback.insights.themes import views as theme_impact_views
from feedback.insights.watching import api as watching_api
from feedback.insights.watching import filters as watching_filters
from feedback.insights.watching import views as watching_views
from feedback.loyalty import api as worth_api
from feedback.loyalty import filters as loyalty_filters
from feedback.loyalty import views as worth_views
from feedback.notices import api as news_api
from feedback.notices import views as news_views
from feedback.notices.chat import views as chat_views
from feedback.overview import views as overview_views
from feedback.overview.alike import views as alike_views
from feedback.overview.safety import views as safety_views
from feedback.privacy import views as privacy_views
from feedback.privacy.own_page import views as own_page_views
from feedback.privacy.own_page.letters import letter_in as own_data_letter_in
from feedback.reports import filters as report_filters
from feedback.reports import views as report_views
from feedback.reports.digest import views as digest_views
from feedback.reports.links import views as report_links_views
from feedback.reports.monthly import views as monthly_views
from feedback.scheduler import examining, measuring
from feedback.scheduler import views as loop_views
from surveys.doors import Door, MenuItem, SettingsPage
from surveys.errors import N_
from surveys.upkeep.checks import Check
from surveys.wiring import register

NAVIGATION: tuple[MenuItem, ...] = (
    MenuItem(N_("Inbox"), "inbox.inbox", "tasks", "I", also=("tasks", "letters", "praise")),
    MenuItem(N_("Huddle"), "huddle.huddle", "tasks", "H"),
    MenuItem(N_("Insights"), "insights.insights", "insights", "N"),
    MenuItem(N_("Responses"), "overview.list_responses", "responses", "R", also=("overview_customers",)),
    MenuItem(N_("Loop"), "loop.loop", "loop", "B"),
)
SETTINGS_PAGES: tuple[SettingsPage, ...] = (
    SettingsPage(
        N_("Going live"),
        N_("What is still to do until the first customer is asked."),
        "going_live.going_live",
        "settings",
        "own",
    ),
    SettingsPage(
        N_("Themes"),
        N_("By which words the program tells what comments are about; words of your own."),
        "themes.themes",
        "settings",
        "act",
    ),
    SettingsPage(
        N_("How tasks end"),
        N_("Finer causes to choose from, and how much may be given out of goodwill."),
        "closing.closing",
        "settings",
        "act",
    ),
    SettingsPage(
        N_("Rules for tasks"),
        N_("Which answers open a task; rules of your own, tried on past answers first."),
        "rules.rules",
        "settings",
        "act",
    ),
    SettingsPage(
        N_("Who gets tasks"),
        N_("How tasks find somebody, how much everybody has, and who is away."),
        "assigning.assigning",
        "settings",
        "act",
    ),
    SettingsPage(
        N_("Notices"),
        N_("Whether being told leads to something; the team's chat."),
        "notices.notices",
        "settings",
        "act",
    ),
    SettingsPage(
        N_("Privacy"),
        N_("Requests about personal data, erased people, and what is stored for how long."),
        "privacy.privacy",
        "privacy",
        "own",
    ),
)
DOORS: tuple[Door, ...] = (
    inbox_views.first_page,
    many_views.door,
    closing_views.door,
    closing_api.door,
    assigning_views.door,
    assigning_views.settings_door,
    staff_api.door,
    rules_views.door,
    rules_api.door,
    clock_views.door,
    clock_api.door,
    inbox_api.door,
    bulk_api.door,
    incident_views.door,
    incidents_api.door,
    news_views.door,
    effect_views.door,
    effect_views.owners_door,
    effect_api.door,
    praise_views.door,
    praise_views.quotes_door,
    praise_views.export_door,
    praise_api.door,
    conversation_api.door,
    letters_api.door,
    conversation_views.letters_door,
    presence_views.door,
    news_views.habits_door,
    news_api.door,
    chat_views.door,
    chat_views.chat_door,
    huddle_views.door,
    huddle_api.door,
    improving_views.door,
    improving_views.deeds_door,
    told_views.door,
    said_and_done_views.door,
    improvements_api.door,
    insights_views.door,
    exports_views.door,
    exports_views.tasks_door,
    exports_api.door,
    insights_api.door,
    report_views.door,
    report_links_views.deeds_door,
    report_links_views.door,
    digest_views.choosing_door,
    digest_views.door,
    monthly_views.door,
    exploring_views.door,
    exploring_api.door,
    accuracy_views.door,
    accuracy_views.deeds_door,
    excluded_views.door,
    theme_impact_views.door,
    theme_impact_api.door,
    excluded_views.deeds_door,
    goals_views.door,
    goals_views.deeds_door,
    goals_api.door,
    worth_views.door,
    worth_api.door,
    watching_views.door,
    watching_views.deeds_door,
    watching_views.alerts_door,
    watching_views.events_door,
    watching_views.event_deeds_door,
    watching_api.door,
    overview_views.door,
    alike_views.door,
    safety_views.door,
    themes_views.door,
    corrections_views.door,
    overview_views.customers_door,
    overview_views.merge_door,
    privacy_views.door,
    privacy_views.disclosure_door,
    privacy_views.erase_door,
    own_page_views.door,
    demo_views.door,
    going_live_views.door,
    loop_views.door,
)
# What customers read of this half in other languages, for whoever reviews it.
LETTERS = ((N_("Mail with the link to one's data"), own_data_letter_in),)
# News besides that of tasks.
NEWS = (news_views.ALERTS, goals_views.NEWS, improving_views.NEWS)
MEASURES = (measuring.measure,)
CHECKS: tuple[tuple[str, Check], ...] = (
    ("loop", examining.look_at_loop),
    ("reader", look_at_reader),
    ("phrases", look_at_phrases),
    ("search", look_at_search),
    ("insights", look_at_counts),
)


def init_app(app: OpenAPI) -> None:
    """Register what `feedback` brings."""
    for door in DOORS:
        register(app, door)
    comment_filters.init_app(app)
    search_filters.init_app(app)
    insights_filters.init_app(app)
    goal_filters.init_app(app)
    improving_filters.init_app(app)
    watching_filters.init_app(app)
    theme_impact_filters.init_app(app)
    task_filters.init_app(app)
    deciding_filters.init_app(app)
    clock_filters.init_app(app)
    incident_filters.init_app(app)
    inbox_filters.init_app(app)
    news_views.init_app(app)
    effect_filters.init_app(app)
    report_filters.init_app(app)
    loyalty_filters.init_app(app)
    demo_views.init_app(app)
    app.jinja_env.globals["loop_runs"] = loop_views.loop_runs
