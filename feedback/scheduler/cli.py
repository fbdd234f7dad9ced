"""`flask loop run|once|status`, and `flask up`: pages and loop together."""

import logging
import os
import secrets
import socket
import subprocess
import sys
from datetime import timedelta

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from feedback.analysis.readers import LateReader
from feedback.demo.cli import DEFAULT_CUSTOMERS, DEFAULT_SEED, fill_and_tell, link_told
from feedback.demo.queries import marker, purchase_count
from feedback.privacy.forgetting import Periods
from feedback.scheduler import queries
from feedback.scheduler.beat import Beat
from feedback.scheduler.leading import LEASE
from feedback.scheduler.shapes import House, Tick
from feedback.scheduler.supervisor import Child, Supervisor, WebServer, answers, check_port
from feedback.scheduler.ticks import TICKS, run_tick
from surveys.channels.mailbox import Mailbox
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.invitations.founding import found_shop
from surveys.invitations.post import Post
from surveys.staff.queries import an_owner_signs_in
from surveys.staff.signing_in import issue_link
from surveys.upkeep.reaching import check_database, check_not_ahead

loop = AppGroup("loop", help="What the house does by itself.")


@loop.command("run")
@click.option(
    "--lease",
    type=click.IntRange(1, 300),
    default=int(LEASE.total_seconds()),
    help="Seconds after which another process takes over when this one falls silent.",
)
def run(lease: int) -> None:
    """Beat until SIGTERM or Ctrl-C; running work is finished first.

    Several processes may run on one database: one leads, the others wait.
    """
    speak_up()
    beat(timedelta(seconds=lease))


@loop.command("once")
def once() -> None:
    """Run every tick until its hands are empty, for cron and for tests; exits with 1 when one failed."""
    speak_up()
    begin_writing()
    found_shop(real_now())
    db.session.commit()
    everything = house()
    for tick in TICKS:
        done = work_off(tick, everything)
        click.echo(f"{tick.name}\t{'failed' if done is None else done}")
    if any(noted.is_failing for noted in queries.runs().values()):
        raise click.ClickException("A tick failed; `flask loop status` shows the error.")


def work_off(tick: Tick, everything: House) -> int | None:
    """Run a tick until it finds less than its limit; return how much it did, None when it failed."""
    in_all = 0
    while (done := run_tick(tick, everything)) is not None:
        in_all += done
        if done < tick.limit:
            return in_all
    return None


@loop.command("status")
def status() -> None:
    """Show who leads and how each tick is doing; exits with 1 when nobody leads or a tick fails."""
    now, business = real_now(), business_now()
    leads = queries.leader(now)
    click.echo(f"The loop is run by {leads.holder}." if leads else "The loop is not running.")
    runs = queries.runs()
    failing = False
    for tick in TICKS:
        noted = runs.get(tick.name)
        waits = f"{tick.backlog(business)} waiting"
        if noted is None:
            click.echo(f"{tick.name:20} never ran  {waits}")
            continue
        failing |= noted.is_failing
        seconds = int((now - noted.started_at).total_seconds())
        state = "FAILING" if noted.is_failing else "ok"
        click.echo(f"{tick.name:20} {state:8} {seconds} s ago  {noted.done_in_all} done in all  {waits}")
        if noted.is_failing and noted.error:
            click.echo(f"    {noted.error.strip().splitlines()[-1]}")
    if failing or leads is None:
        sys.exit(1)


@click.command("up")
@click.option(
    "--demo/--no-demo", envvar="DEMO", default=True, help="Fill an empty database with the demo shop."
)
@with_appcontext
def up(demo: bool) -> None:
    """Bring the database up to date, then serve pages and run the loop until Ctrl-C."""
    speak_up()
    settings = current_app.config["SETTINGS"]
    try:
        check_port(settings.host, settings.port)
        check_database()
        check_not_ahead(current_app.config["MIGRATIONS"])
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    db.session.remove()  # What was looked at is from before the upgrade.
    flask_migrate.upgrade()
    if demo and purchase_count() == 0:
        fill_and_tell(DEFAULT_CUSTOMERS, DEFAULT_SEED)
    begin_writing()
    found_shop(real_now())
    db.session.commit()
    said = how_to_sign_in()
    db.session.remove()
    db.engine.dispose()  # The children open connections of their own.

    def tell() -> None:
        click.echo(f"\nNachklang is ready: {settings.base_url}\n{said}\nCtrl-C stops everything.\n")

    supervisor = Supervisor(children(), lambda: answers(settings.host, settings.port), tell)
    sys.exit(supervisor.run())


def children() -> tuple[Child, Child]:
    """Return the two programs: the web server, and the loop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return Child("The web server", lambda: WebServer(app).run()), Child("The loop", lambda: beat(LEASE))


def beat(lease: timedelta) -> None:
    """Run the loop until it is told to end."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    holder = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"
    Beat(app, house(), holder, lease).run()


def how_to_sign_in() -> str:
    """Return what to do next: the demo bar, the link for the first owner, or nothing special."""
    if marker() is not None and current_app.config["SETTINGS"].is_loopback:
        return "Sign in with one click in the demo bar at the top of the page."
    if an_owner_signs_in():
        return "Sign in with your e-mail address and password."
    begin_writing()
    secret = issue_link(None, real_now())
    db.session.commit()
    return link_told(secret)


def house() -> House:
    """Return what the verbs need from outside, from the settings."""
    settings = current_app.config["SETTINGS"]
    post = Post(settings.base_url, settings.mail_from, current_app.config["LINK_SECRETS"][0])
    kept_for = Periods(settings.retention_months, settings.audit_months)
    mailbox = Mailbox.from_url(settings.imap_url) if settings.imap_url else None
    return House(current_app.extensions["channels"], post, LateReader(), kept_for, mailbox, start_refit)


def start_refit() -> None:
    """Start `flask sentiment refit` beside this process, with one thread for its sums, and do not wait for it."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "sentiment", "refit"]
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    subprocess.Popen(command, cwd=current_app.root_path, env=environ, start_new_session=True)  # noqa: S603


def speak_up() -> None:
    """Let the log of this process go to standard error."""
    level = current_app.config["SETTINGS"].log_level
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
