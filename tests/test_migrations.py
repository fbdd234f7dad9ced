"""The history builds exactly what the models declare, and the last step goes back and forth with rows."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, text

from feedback.analysis.search import laying as words
from feedback.follow_up.deciding.book import checked, from_data
from feedback.insights.rollups.laying import missing_from
from surveys.customers.finding import laying as names
from surveys.database import db, is_declared
from tests.conftest import let_go, new_postgres, settings_for
from wsgi import create_app


@pytest.fixture(scope="module")
def kept_steps(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> "KeptSteps":
    """An application and the steps that its stories begin with."""
    return KeptSteps(tmp_path_factory.mktemp("history"), worker_id)


class KeptSteps:
    """An application whose database is laid anew for every story, from one that stands at a step.

    Each step is built once, from the one before.
    """

    def __init__(self, folder: Path, worker_id: str):
        """Keep databases in `folder`, or on the server of TEST_DATABASE_URL under names of this worker."""
        self.folder, self.worker_id = folder, worker_id
        self.server = os.environ.get("TEST_DATABASE_URL")
        self.steps: list[str] = []
        self.app = create_app(settings_for(self.copy("story"), folder))
        self.app.cli.load()  # brings the migrations, which pages do not need

    def copy(self, name: str, like: str | None = None) -> str:
        """Lay the database `name`, empty or a copy of another, and return its address."""
        if self.server:
            template = f"history_{self.worker_id}_{like}" if like else None
            return new_postgres(self.server, f"history_{self.worker_id}_{name}", template)
        if like:
            shutil.copyfile(self.folder / f"{like}.sqlite", self.folder / f"{name}.sqlite")
        else:
            (self.folder / f"{name}.sqlite").unlink(missing_ok=True)
        return f"sqlite:///{self.folder / name}.sqlite"

    @contextmanager
    def living_at(self, step: str | None, rows: str = "") -> Iterator[Flask]:
        """The application on a database at `step`, without rows or with those of PASTS; None: on an empty one."""
        self.copy("story", step and self.kept(step, rows))
        with self.app.app_context():
            yield self.app
        let_go(self.app)

    def kept(self, step: str, rows: str) -> str:
        """Return the name of the database that stories are copied from; build it if there is none yet."""
        name = f"{rows}{step}"
        if name not in self.steps:
            earlier = (each for each in self.steps if each.startswith(rows) and each < name)
            before = max((each for each in earlier if each[len(rows)].isdigit()), default=None)
            begins = bool(rows) and before is None
            past = (ROWS_COME_AT, "") if begins else (before and before.removeprefix(rows), rows)
            with self.living_at(*past):
                if begins:
                    insert(PASTS[rows])
                upgrade(revision=step)
            self.copy(name, "story")
            self.steps.append(name)
        return name


@pytest.fixture
def history(request: pytest.FixtureRequest, kept_steps: KeptSteps) -> Iterator[Flask]:
    """An application whose database stands at the step that the test names."""
    with kept_steps.living_at(*request.param) as app:
        yield app


def standing_at(step: str, rows: str = "") -> pytest.MarkDecorator:
    """Let a story begin at this step of the history; `head` is the last. `rows` are those of PASTS."""
    return pytest.mark.parametrize("history", [(step, rows)], indirect=True, ids=[f"{rows}{step}"])


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_declared}
        )
        return compare_metadata(context, db.metadata)


def checks() -> set[str]:
    """Return the names of the CHECK constraints there are; autogenerate does not compare them."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            rows = connection.execute(text("SELECT conname FROM pg_constraint WHERE contype = 'c'"))
            return {name for (name,) in rows if name.startswith("ck_")}
        rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
        words = " ".join(sql for (sql,) in rows).replace('"', " ").split()
        return {word for word in words if word.startswith("ck_")}


@pytest.mark.thorough
@standing_at("head")
def test_the_history_builds_exactly_the_models(history):
    assert differences() == []
    with db.engine.connect() as connection:
        assert missing_from(connection) == [] == names.lay(connection)


@pytest.mark.thorough
@standing_at("head")
def test_triggers_of_a_table_that_a_step_builds_anew_are_laid_again(history):
    with db.engine.begin() as connection:
        on = " ON response" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER rollup_answer_added{on}"))
        if not on:
            connection.execute(text("DROP TRIGGER searched_comment_gone"))

    upgrade()

    with db.engine.begin() as connection:
        assert missing_from(connection) == words.lay(connection) == []


@pytest.mark.thorough
@standing_at("head")
def test_every_check_of_the_models_is_in_the_history(history):
    by_history = checks()
    declared = {
        constraint.name
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name or "").startswith("ck_")
    }

    assert {name[:63] for name in declared} == by_history


# What a shop has before the last step: each row hangs on the one before.
ROWS = (
    "INSERT INTO clock_offset (id, seconds) VALUES (1, 3600)",
    "INSERT INTO brand (id, public_id, key, name, colour, locale, time_zone, opens, closes, business_days, holidays,"
    " default_basis, check_back_after, made_by_demo, created_at, changed_at) VALUES (1, 'b', 'olive', 'Olive',"
    " '#0f4c5c', 'en', 'UTC', 540, 1080, '01234', '[]', 'none', {zero}, {no}, {now}, {now})",
    "INSERT INTO hook_secret (id, brand_id, secret, created_at) VALUES (1, 1, 's', {now})",
    "INSERT INTO customer (id, public_id, brand_id, email, made_by_demo, created_at)"
    " VALUES (1, 'c', 1, 'dora@example.test', {no}, {now})",
    "INSERT INTO purchase (id, public_id, brand_id, customer_id, reference, placed_at, attributes, created_at,"
    " changed_at) VALUES (1, 'p', 1, 1, 'A-1', {now}, '{{}}', {now}, {now})",
)

# A touchpoint that waits for nobody to buy, and an order that another one followed.
STAYED_AWAY = (
    "INSERT INTO survey (id, public_id, key, name, kind, created_at) VALUES (1, 's', 'nps', 'NPS', 'nps', {now})",
    "INSERT INTO survey_version (id, survey_id, number, definition, published_at) VALUES (1, 1, 1, '{{}}', {now})",
    "INSERT INTO touchpoint (id, public_id, brand_id, survey_id, name, is_on, trigger, delay, shipped_margin,"
    " placed_margin, opens, closes, rest, latest, created_at, changed_at) VALUES (1, 't', 1, 1, 'Away', {yes}, 'lapsed',"
    " {zero}, {zero}, {zero}, 9, 20, {zero}, {zero}, {now}, {now})",
    "INSERT INTO invitation (id, public_id, purpose, touchpoint_id, purchase_id, customer_id, version_id, locale, state,"
    " reason, skip_window, planned_at, attempts) VALUES (1, 'i', 'survey', 1, 1, 1, 1, 'en', 'refused', 'bought_again',"
    " {no}, {now}, 0)",
)

# A programme that asked a customer without an order, who was reminded and answered.
ASKED_WITHOUT_ORDER = (
    *STAYED_AWAY[:2],
    STAYED_AWAY[2].replace("'lapsed'", "'rolling'"),
    "INSERT INTO asking_round (id, touchpoint_id, number, starts_at, ends_at, passed_id, created_at)"
    " VALUES (1, 1, 1, '2026-03-09 11:00:00+00:00', {now}, 1, {now})",
    "INSERT INTO listed_customer (id, touchpoint_id, customer_id, listed_at) VALUES (1, 1, 1, {now})",
    "INSERT INTO invitation (id, public_id, purpose, touchpoint_id, round_id, customer_id, version_id, locale, state,"
    " skip_window, planned_at, sent_at, expires_at, attempts)"
    " VALUES (1, 'i', 'survey', 1, 1, 1, 1, 'en', 'sent', {no}, {now}, {now}, {now}, 0)",
    "INSERT INTO reminder (id, invitation_id, number, state, first_due_at, attempts)"
    " VALUES (1, 1, 1, 'sent', {now}, 0)",
    "INSERT INTO response (id, public_id, brand_id, survey_id, version_id, invitation_id, customer_id, channel, locale,"
    " is_partial, score, \"group\", saved_at, submitted_at, answers, follow_up_stage) VALUES (1, 'r', 1, 1, 1, 1, 1,"
    " 'email', 'en', {no}, 9, 'promoter', {now}, {now}, '{{}}', 0)",
)


# A file with a row that was refused, for a reason that was written as a sentence.
A_REFUSED_ROW = (
    "INSERT INTO import_run (id, public_id, kind, file_name, encoding, state, columns, mapping, settings, rows, created,"
    " updated, refused, removed, kept, uploaded_at) VALUES (1, 'r', 'purchases', 'a.csv', 'utf-8', 'done', '[\"A\"]',"
    " '[null]', '{{}}', 1, 0, 0, 1, 0, '{{}}', {now})",
    "INSERT INTO import_row_error (id, run_id, line, reason, cells) VALUES (1, 1, 2, 'total.amount: five is none', '[]')",
)


# Somebody who paused questions, whom a question and its reminder did not reach, and one who erased themselves.
PAUSED = (
    *STAYED_AWAY[:2],
    STAYED_AWAY[2].replace("'lapsed'", "'placed'"),
    STAYED_AWAY[3].replace("bought_again", "paused"),
    "INSERT INTO reminder (id, invitation_id, number, state, reason, first_due_at, attempts)"
    " VALUES (1, 1, 1, 'refused', 'paused', {now}, 0)",
    "INSERT INTO permission_event (id, customer_id, at, kind, source, evidence)"
    " VALUES (1, 1, {now}, 'paused', 'page', '{{}}')",
    "INSERT INTO erasure (id, public_id, at, way, subject_hash, counts) VALUES (1, 'e', {now}, 'own', 'h', '{{}}')",
    "INSERT INTO own_data_link (id, public_id, customer_id, kind, email, locale, state, requested_at, attempts)"
    " VALUES (1, 'l', 1, 'erasure', 'dora@example.test', 'en', 'sent', {now}, 0)",
    "UPDATE customer SET paused_until = {now}",
)


# Somebody answered by an open link, and the shop had signed for the order.
ANSWERED_BY_LINK = (
    *STAYED_AWAY[:2],
    "INSERT INTO link (id, key, brand_id, survey_id, name, channel, created_at)"
    " VALUES (1, 'abcdefghjk', 1, 1, 'On the parcel', 'qr', {now})",
    "INSERT INTO response (id, public_id, brand_id, survey_id, version_id, link_id, purchase_id, channel, locale,"
    ' is_partial, score, "group", saved_at, submitted_at, answers, attributes, attributes_verified,'
    " follow_up_stage) VALUES (1, 'r', 1, 1, 1, 1, 1, 'qr', 'en', {no}, 9, 'promoter', {now}, {now}, '{{}}',"
    ' \'{{"ref": "A-1"}}\', {yes}, 0)',
)


def insert(rows: tuple[str, ...]) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    values = {"now": "'2026-03-10 11:00:00+00:00'", "no": "0" if sqlite else "false"}
    values["yes"] = "1" if sqlite else "true"
    values["zero"] = "'1970-01-01 00:00:00.000000'" if sqlite else "interval '0'"
    with db.engine.begin() as connection:
        for row in rows:
            connection.exec_driver_sql(row.format(**values))


@pytest.mark.thorough
@standing_at("0002")
def test_the_last_step_back_and_forth_keeps_rows(history):
    insert(ROWS)
    upgrade()
    downgrade(revision="-1")
    upgrade()

    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT seconds FROM clock_offset")).scalar()
        order = connection.execute(
            text(
                "SELECT c.email, p.reference, h.secret FROM purchase p JOIN customer c ON c.id = p.customer_id"
                " JOIN hook_secret h ON h.brand_id = c.brand_id"
            )
        ).one()
        assert missing_from(connection) == []
    assert kept == 3600
    assert tuple(order) == ("dora@example.test", "A-1", "s")
    assert differences() == []


@pytest.mark.thorough
@standing_at("0005")
def test_a_step_back_asks_nobody_why_they_stayed_away(history):
    insert(ROWS + STAYED_AWAY)
    downgrade(revision="0004")
    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT trigger, is_on FROM touchpoint")).one()
        reason = connection.execute(text("SELECT reason FROM invitation")).scalar()
    upgrade(revision="0005")

    assert (kept.trigger, bool(kept.is_on)) == ("placed", False)
    assert reason == "touchpoint_off"


@pytest.mark.thorough
@standing_at("0010")
def test_why_rows_were_refused_is_kept_there_and_back(history):
    insert(A_REFUSED_ROW)
    upgrade(revision="0011")
    old = {"field": None, "phrase": "total.amount: five is none", "values": {}}
    new = [old, {"field": "reference", "phrase": "This is more than %(limit)s.", "values": {"limit": 9}}]
    with db.engine.begin() as connection:
        faults = connection.execute(text("SELECT faults FROM import_row_error")).scalar()
        connection.execute(text("UPDATE import_row_error SET faults = :new"), {"new": json.dumps(new)})
    downgrade(revision="0010")
    with db.engine.connect() as connection:
        reason = connection.execute(text("SELECT reason FROM import_row_error")).scalar()
    upgrade(revision="0011")

    assert (json.loads(faults) if isinstance(faults, str) else faults) == [old]
    assert reason == "total.amount: five is none; reference: This is more than 9."


@pytest.mark.thorough
@standing_at("0009")
def test_a_step_back_keeps_the_answers_that_programmes_were_given(history):
    insert(ROWS + ASKED_WITHOUT_ORDER)
    downgrade(revision="0008")
    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT trigger, is_on FROM touchpoint")).one()
        answer = connection.execute(text("SELECT score, invitation_id FROM response")).one()
        asked = connection.execute(text("SELECT count(*) FROM invitation")).scalar()
    upgrade(revision="0009")

    assert (kept.trigger, bool(kept.is_on)) == ("placed", False)
    assert tuple(answer) == (9, None)
    assert asked == 0


@pytest.mark.thorough
@standing_at("0009")
def test_answers_on_new_scales_are_not_given_up_by_a_step_back(history):
    insert(ROWS + ASKED_WITHOUT_ORDER)
    upgrade(revision="0014")
    downgrade(revision="0013")
    upgrade(revision="0014")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE survey SET kind = 'pmf'")
        connection.exec_driver_sql("UPDATE response SET score = 2, \"group\" = 'mildly_disappointed'")
    with pytest.raises(SystemExit):
        downgrade(revision="0013")
    with db.engine.connect() as connection:
        answer = connection.execute(text('SELECT score, "group" FROM response')).one()

    assert tuple(answer) == (2, "mildly_disappointed")


@pytest.mark.thorough
@standing_at("0012")
def test_a_step_back_forgets_that_a_test_mail_has_left(history):
    insert(
        (
            "INSERT INTO ticked_step (key, ticked_at) VALUES ('mail_left', {now})",
            "INSERT INTO ticked_step (key, ticked_at) VALUES ('dns', {now})",
        )
    )
    downgrade(revision="0011")
    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT key FROM ticked_step")).scalars().all()
    upgrade(revision="0012")

    assert kept == ["dns"]


@pytest.mark.thorough
@standing_at("0015")
def test_a_step_back_knows_no_pauses_and_no_erasures_by_the_customers_themselves(history):
    insert(ROWS + PAUSED)
    downgrade(revision="0014")
    with db.engine.connect() as connection:
        reasons = connection.execute(
            text("SELECT i.reason, r.reason FROM invitation i JOIN reminder r ON r.invitation_id = i.id")
        ).one()
        way = connection.execute(text("SELECT way FROM erasure")).scalar()
        events = connection.execute(text("SELECT count(*) FROM permission_event")).scalar()
    upgrade(revision="0015")

    assert tuple(reasons) == ("rest_period", "rest_period")
    assert (way, events) == ("page", 0)


@pytest.mark.thorough
@standing_at("0017")
def test_a_step_back_lets_every_answer_count_and_writes_in_english_what_has_not_left(history):
    asked = [row.replace("'en'", "'fr'") for row in ASKED_WITHOUT_ORDER]
    asked[5] = asked[5].replace("'sent', {no}, {now}, {now}, {now}", "'planned', {no}, {now}, NULL, NULL")
    insert((*ROWS, *asked))
    insert(("UPDATE response SET excluded_at = {now}, excluded_reason = 'bot'",))
    downgrade(revision="0015")
    with db.engine.connect() as connection:
        language = connection.execute(text("SELECT locale FROM invitation")).scalar()
        score = connection.execute(text("SELECT score FROM response")).scalar()
    upgrade(revision="0017")

    assert (language, score) == ("en", 9)


@pytest.mark.thorough
@standing_at("0018")
def test_a_step_back_does_not_ask_for_a_survey_that_has_ended(history):
    insert((*ROWS, *STAYED_AWAY[:3], "UPDATE survey SET closes_at = {now}"))
    downgrade(revision="0017")
    with db.engine.connect() as connection:
        is_on = connection.execute(text("SELECT is_on FROM touchpoint")).scalar()
    upgrade(revision="0018")

    assert not is_on


@pytest.mark.thorough
@standing_at("0019")
def test_a_step_back_keeps_the_answers_that_came_by_links(history):
    insert(ROWS + ANSWERED_BY_LINK)
    downgrade(revision="-1")
    with db.engine.connect() as connection:
        answer = connection.execute(text("SELECT score, purchase_id, channel FROM response")).one()
    upgrade(revision="0019")

    assert tuple(answer) == (9, 1, "api")


@pytest.mark.thorough
@standing_at("0021")
def test_a_step_back_asks_no_survey_whose_promise_it_cannot_keep(history):
    insert(
        (
            *ROWS,
            *STAYED_AWAY[:2],
            "UPDATE survey SET is_anonymous = {yes}",
            "INSERT INTO response (id, public_id, brand_id, survey_id, is_anonymous, version_id, channel, locale,"
            ' is_partial, score, "group", saved_at, submitted_at, answers, follow_up_stage)'
            " VALUES (1, 'r', 1, 1, {yes}, 1, 'email', 'en', {no}, 9, 'promoter', {now}, {now}, '{{}}', 0)",
        )
    )
    downgrade(revision="0020")
    with db.engine.connect() as connection:
        archived = connection.execute(text("SELECT archived_at FROM survey")).scalar()
        score = connection.execute(text("SELECT score FROM response")).scalar()
    upgrade(revision="0021")

    assert archived is not None and score == 9


@pytest.mark.thorough
@standing_at("0009")
def test_a_step_back_knows_no_letters_and_no_mails_that_were_taken_back(history):
    insert(ROWS)
    upgrade(revision="0033")
    insert(
        (
            "INSERT INTO incoming_mail (public_id, body_hash, message_key, received_at, told_by, kind, sender, subject)"
            " VALUES ('m1', 'h1', 'k1', {now}, 'imap', 'letter', 'pat@example.test', 'Re')",
            "INSERT INTO incoming_mail (public_id, body_hash, why, received_at, told_by, kind, sender, subject)"
            " VALUES ('m2', 'h2', 'unknown', {now}, 'imap', 'unmatched', 'x@y.test', 'Re')",
        )
    )
    downgrade(revision="0032")
    with db.engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM incoming_mail ORDER BY public_id")).scalars().all()
    upgrade(revision="0033")

    assert kinds == ["reply", "unmatched"]


@pytest.mark.thorough
@standing_at("0009")
def test_a_step_back_gives_the_readers_own_word_again(history):
    insert(ROWS + ASKED_WITHOUT_ORDER)
    upgrade(revision="0026")
    insert(
        (
            "INSERT INTO analysis (id, response_id, language, label, read_as, polarity, analyzer, analysed_at)"
            " VALUES (1, 1, 'en', 'no_opinion', 'positive', 0.5, 'test 1', {now})",
            "INSERT INTO mention (id, analysis_id, kind, code, start, \"end\") VALUES (1, 1, 'theme', 'PRICE', 0, 0)",
            "INSERT INTO mention (id, analysis_id, kind, code, start, \"end\") VALUES (2, 1, 'theme', 'SETUP', 0, 4)",
        )
    )
    downgrade(revision="0025")
    with db.engine.connect() as connection:
        label = connection.execute(text("SELECT label FROM analysis")).scalar()
        themes = connection.execute(text("SELECT code FROM mention")).scalars().all()
    upgrade(revision="0026")

    assert (label, themes) == ("positive", ["SETUP"])


# A task that was told to be late, and was taken up again after it had been closed.
A_LATE_TASK = (
    *ASKED_WITHOUT_ORDER,
    "INSERT INTO task (id, public_id, response_id, customer_id, state, priority, rule, permission_unanswered, due_at,"
    " contact_due_at, resolution_due_at, escalation_level, reopened, opened_at, changed_at, version) VALUES (1, 't', 1,"
    " 1, 'in_progress', 'P2', 'low_score', {no}, {now}, {now}, {now}, 1, 1, '2026-03-01 11:00:00+00:00', {now}, 1)",
    "INSERT INTO task_event (id, task_id, at, kind, before, after)"
    " VALUES (1, 1, '2026-03-05 11:00:00+00:00', 'moved', 'closed', 'in_progress')",
    "INSERT INTO task_event (id, task_id, at, kind, before, after, text)"
    " VALUES (2, 1, {now}, 'escalated', '0', '1', 'admin')",
)
# What a shop kept at an early step and went through all later ones with.
PASTS = {"late_": (*ROWS, *A_LATE_TASK)}
ROWS_COME_AT = "0009"


@pytest.mark.thorough
@standing_at("0029", "late_")
def test_the_clocks_of_a_task_go_on_there_and_back(history):
    with db.engine.begin() as connection:
        told = connection.execute(text("SELECT contact_told, resolution_told, update_told FROM task")).one()
        wanted = "SELECT count(*) FROM task t JOIN task_event e ON e.task_id = t.id AND e.kind = 'moved'"
        same = " WHERE t.clocks_since = e.at AND t.touched_at = e.at AND t.next_rung_at = t.opened_at"
        started = connection.execute(text(wanted + same)).scalar()
        connection.execute(text("INSERT INTO task_event (id, task_id, at, kind, after, clock)"
                                " SELECT 3, id, opened_at, 'reminded', '50', 'contact' FROM task"))  # fmt: skip
        connection.execute(text("UPDATE task SET due_at = NULL, promise_due_at = NULL"))
    downgrade(revision="0028")
    with db.engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM task_event ORDER BY id")).scalars().all()
        runs = connection.execute(text("SELECT count(*) FROM task WHERE due_at = contact_due_at")).scalar()
    upgrade(revision="0029")

    assert (tuple(told), started) == ((3, 0, 0), 1)
    assert (kinds, runs) == (["moved", "escalated"], 1)


@pytest.mark.thorough
@standing_at("0009")
def test_open_tasks_get_their_place_in_the_queue_and_a_step_back_knows_their_rules(history):
    insert(ROWS + ASKED_WITHOUT_ORDER)
    upgrade(revision="0027")
    task = (
        "INSERT INTO task (id, public_id, response_id, customer_id, state, priority, rule, permission_unanswered,"
        " due_at, escalation_level, reopened, opened_at, changed_at, version)"
        " VALUES (1, 't', 1, 1, 'new', 'P1', 'low_score', {no}, {now}, 0, 0, {now}, {now}, 1)"
    )
    insert((task,))
    upgrade(revision="0028")
    with db.engine.connect() as connection:
        place = connection.execute(
            text("SELECT standing, calm, queue_at = due_at, ages_at IS NULL FROM task")
        ).one()
    insert(("UPDATE task SET rule = 'intent', priority = 'P0'",))
    downgrade(revision="0027")
    with db.engine.connect() as connection:
        rule = connection.execute(text("SELECT rule FROM task")).scalar()
    upgrade(revision="0028")

    assert (place[0], place[1], bool(place[2]), bool(place[3])) == (1, 10_000, True, False)
    assert rule == "low_score"


@pytest.mark.thorough
@standing_at("0009")
def test_a_step_back_forgets_the_themes_that_were_learnt(history):
    insert(ROWS + ASKED_WITHOUT_ORDER)
    upgrade(revision="0032")
    head = (
        "INSERT INTO shop_head (id, kind, fitted_at, rows, before, after, numbers, is_active)"
        " VALUES ({id}, '{kind}', {now}, 60, 0.6, 0.7, NULL, false)"
    )
    insert(
        (
            "INSERT INTO analysis (id, response_id, language, label, polarity, analyzer, analysed_at)"
            " VALUES (1, 1, 'en', 'positive', 0.5, 'test 1', {now})",
            'INSERT INTO mention (id, analysis_id, kind, code, start, "end", is_learnt)'
            " VALUES (1, 1, 'theme', 'PRICE', 0, 0, true)",
            "INSERT INTO mention (id, analysis_id, kind, code, start, \"end\") VALUES (2, 1, 'theme', 'SETUP', 0, 4)",
            head.replace("{id}", "1").replace("{kind}", "label"),
            head.replace("{id}", "2").replace("{kind}", "theme"),
        )
    )
    downgrade(revision="0031")
    with db.engine.connect() as connection:
        themes = connection.execute(text("SELECT code FROM mention")).scalars().all()
        heads = connection.execute(text("SELECT id FROM shop_head")).scalars().all()
    upgrade(revision="0032")

    assert (themes, heads) == (["SETUP"], [1])


@pytest.mark.thorough
@standing_at("0034", "late_")
def test_who_owns_a_task_and_why_survives_a_step_back(history):
    insert(("UPDATE task SET assigned_because = 'no_speaker:pl'",))
    downgrade(revision="0033")
    with db.engine.connect() as connection:
        why = connection.execute(text("SELECT assigned_because FROM task")).scalar()
    upgrade(revision="0034")

    assert why == "nobody"


@pytest.mark.thorough
@standing_at("0035", "late_")
def test_a_step_back_knows_no_deeds_on_many_tasks_and_no_incidents(history):
    insert(("UPDATE response SET comment = NULL, score = 2, \"group\" = 'detractor'",))
    upgrade(revision="0046")
    with db.engine.connect() as connection:
        told = connection.execute(
            text(
                "SELECT t.brand_id = c.brand_id, t.is_silent FROM task t JOIN customer c ON c.id = t.customer_id"
            )
        ).one()
    event = (
        "INSERT INTO task_event (id, task_id, at, kind, after) VALUES ({id}, 1, {now}, '{kind}', 'x')".replace
    )
    insert(
        (
            "INSERT INTO incident (id, public_id, brand_id, sign, named, title, usual, began_at, last_at)"
            " VALUES (1, 'i', 1, 'carrier', 'DHL', 'DHL', 0, {now}, {now})",
            "UPDATE task SET incident_id = 1",
            event("{id}", "901").replace("{kind}", "gathered"),
            event("{id}", "902").replace("{kind}", "merged"),
        )
    )
    downgrade(revision="0035")
    with db.engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM task_event WHERE id > 900")).scalars().all()

    assert (bool(told[0]), bool(told[1])) == (True, True)
    assert kinds == []


@pytest.mark.thorough
@standing_at("0043")
def test_a_book_of_rules_from_before_gets_one_for_own_data_and_one_that_knows_them_stays(history):
    def book(*intents):
        return json.dumps([{"key": "intent", "kind": "intent", "is_on": True, "intents": list(intents)}])

    def newest():
        return db.session.execute(
            text("SELECT version, rules FROM rule_book ORDER BY version DESC LIMIT 1")
        ).one()

    def save(version, rules):
        said = {"version": version, "rules": rules}
        statement = (
            "INSERT INTO rule_book (version, rules, changed_at) VALUES (:version, :rules, '2026-11-01')"
        )
        db.session.execute(text(statement), said)
        db.session.commit()

    save(2, book("legal", "data_request"))
    save(3, book("legal"))

    upgrade(revision="0044")

    version, rules = newest()
    rules = json.loads(rules) if isinstance(rules, str) else rules
    assert version == 4
    assert [(rule["is_on"], rule["intents"]) for rule in rules] == [
        (True, ["legal"]),
        (True, ["data_request"]),
    ]
    assert from_data(rules)[-1] == checked(from_data(rules)[-1])

    db.session.rollback()
    downgrade(revision="0043")
    upgrade(revision="0044")
    save(9, book("data_request"))
    downgrade(revision="0043")
    upgrade(revision="0044")

    assert newest().version == 9


@pytest.mark.thorough
@standing_at("0054", "late_")
def test_a_task_that_a_no_has_lifted_is_told_from_one_that_is_dangerous_by_itself(history):
    def place():
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT is_lifted, standing FROM task")).one()
        return bool(found[0]), found[1]

    def told(*rows):
        insert(rows)
        upgrade(revision="0055")
        found = place()
        downgrade(revision="0054")
        return found

    event = "INSERT INTO task_event (id, task_id, at, kind, before, after) VALUES (901, 1, {now}, 'raised', 'P1', 'P0')"
    words = "UPDATE task_event SET text = {text} WHERE id = 901"
    by_a_no = told("UPDATE task SET priority = 'P0', standing = 0", event)
    by_words = told(words.replace("{text}", "'safety'"))
    by_a_no_again = told(words.replace("{text}", "NULL"))
    by_an_answer = told(
        "INSERT INTO signal (task_id, response_id, at, rule, rule_version, further, priority, why, points, parts, finds)"
        " VALUES (1, 1, {now}, 'safety', 1, '[]', 'P0', 'safety', 10, '{{}}', '[]')"
    )
    with db.engine.connect() as connection:
        back = connection.execute(text("SELECT standing FROM task")).scalar()

    assert by_a_no == by_a_no_again == (True, 0)
    assert by_words == by_an_answer == (False, -1)
    assert back == 0


@pytest.mark.thorough
@standing_at("head", "late_")
def test_a_step_back_forgets_letters_to_many_and_themes_that_many_speak_of(history):
    insert(
        (
            "INSERT INTO staff_member (id, public_id, email, name, role, locale, is_active, is_away, made_by_demo,"
            " created_at) VALUES (1, 's', 'ben@example.test', 'Ben', 'agent', 'en', {yes}, {no}, {no}, {now})",
            "INSERT INTO incident (id, public_id, brand_id, sign, named, title, usual, began_at, last_at)"
            " VALUES (1, 'i', 1, 'theme', 'DELIVERY', 'DELIVERY', 0, {now}, {now})",
            "UPDATE task SET incident_id = 1",
            "INSERT INTO task_event (id, task_id, at, kind, after) VALUES (901, 1, {now}, 'gathered', 'i')",
            "INSERT INTO bulk_deed (id, public_id, staff_id, kind, details, incident_id, made_at, done_at)"
            " VALUES (1, 'd', 1, 'write', '{{}}', 1, {now}, {now})",
            "INSERT INTO bulk_deed (id, public_id, staff_id, kind, details, undoes_id, made_at, done_at)"
            " VALUES (2, 'u', 1, 'undo', '{{}}', 1, {now}, {now})",
            "INSERT INTO bulk_deed (id, public_id, staff_id, kind, details, made_at, done_at)"
            " VALUES (3, 't', 1, 'take', '{{}}', {now}, {now})",
            "INSERT INTO bulk_item (deed_id, task_id, state) VALUES (1, 1, 'done'), (2, 1, 'done'), (3, 1, 'done')",
        )
    )
    downgrade(revision="0050")
    with db.engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM bulk_deed")).scalars().all()
        items = connection.execute(text("SELECT deed_id FROM bulk_item")).scalars().all()
        cause = connection.execute(text("SELECT incident_id FROM task")).scalar()
        rows = connection.execute(text("SELECT count(*) FROM task_event WHERE id = 901")).scalar()
    upgrade()

    assert (kinds, items, cause, rows) == (["take"], [3], None, 0)
    assert differences() == []


@pytest.mark.thorough
@standing_at("0035", "late_")
def test_a_step_back_forgets_what_was_meant_and_keeps_the_answer(history):
    upgrade(revision="0063")
    insert(
        (
            "UPDATE response SET corrected_score = 10",
            "INSERT INTO task_event (id, task_id, at, kind, before, after) VALUES (901, 1, {now}, 'meant', '0', '10')",
        )
    )
    downgrade(revision="0058")
    with db.engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM task_event ORDER BY id")).scalars().all()
        answers = connection.execute(text("SELECT count(*) FROM response")).scalar()

    assert (kinds, answers) == (["moved", "escalated"], 1)


@pytest.mark.thorough
@standing_at("head")
def test_a_step_back_forgets_views_of_lists_with_all_that_hangs_on_them(history):
    views = ((1, "responses"), (2, "themes"), (3, "explore"), (4, "insights"))
    insert(
        (
            "INSERT INTO staff_member (id, public_id, email, name, role, locale, is_active, is_away, made_by_demo,"
            " created_at) VALUES (1, 's', 'ada@example.test', 'Ada', 'owner', 'en', {yes}, {no}, {no}, {now})",
            *(
                "INSERT INTO saved_view (id, public_id, owner_id, name, page, query, is_shared, made_at, changed_at)"
                f" VALUES ({number}, 'v{number}', 1, '{page}', '{page}', '{{{{}}}}', {{no}}, {{now}}, {{now}})"
                for number, page in views
            ),
            *(
                "INSERT INTO report_link (id, public_id, token_hash, view_id, made_at, expires_at)"
                f" VALUES ({number}, 'l{number}', 'h{number}', {number}, {{now}}, '2026-04-01 11:00:00+00:00')"
                for number, _ in views
            ),
            *(
                "INSERT INTO report_reader (id, public_id, staff_id, view_id, rhythm, since, is_paused)"
                f" VALUES ({number}, 'r{number}', 1, {number}, 'daily', {{now}}, {{no}})"
                for number, _ in views
            ),
            *(
                "INSERT INTO report_mail (public_id, reader_id, first_day, last_day, is_pause, state, made_at, attempts)"
                f" VALUES ('m{number}', {number}, '2026-03-01', '2026-03-01', {{no}}, 'sent', {{now}}, 1)"
                for number, _ in views
            ),
        )
    )
    found = []
    for step in ("0052", "0048"):
        downgrade(revision=step)
        with db.engine.connect() as connection:
            tables = ("saved_view", "report_link", "report_reader", "report_mail")
            found.append(
                [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables]
            )
    upgrade()

    assert found == [[2] * 4, [1] * 4]
    assert differences() == []


class PowerCut(Exception):
    """What ends an upgrade in the middle."""


@contextmanager
def cut_off_before(number: int) -> Iterator[None]:
    """Let nothing reach the database from its `number`th statement on, as when the process is killed there."""
    count = 0

    def cut(*_given: object) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise PowerCut()

    event.listen(db.engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", cut)


@pytest.mark.thorough
@standing_at("0043", "late_")
def test_an_upgrade_that_is_cut_off_again_and_again_goes_on_where_it_was(history):
    insert(("INSERT INTO rule_book (version, rules, changed_at) VALUES (2, '[]', {now})",))
    stood, cuts = set(), 0
    number = 3
    while number < 1_000:
        with cut_off_before(number), suppress(PowerCut):
            upgrade()
            break
        cuts, number = cuts + 1, number + 7
        with db.engine.connect() as connection:
            stood.add(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())

    with db.engine.connect() as connection:
        task = connection.execute(
            text("SELECT state, t.brand_id FROM task t JOIN response r ON r.id = response_id")
        ).one()
        books = connection.execute(text("SELECT version FROM rule_book ORDER BY version")).scalars().all()
        assert missing_from(connection) == words.lay(connection) == names.lay(connection) == []
    assert (tuple(task), books) == (("in_progress", 1), [2, 3])
    assert len(stood) > 2 and cuts > 5 and differences() == []
