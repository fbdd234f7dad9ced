"""The doctor's looks at settings, secrets, database, schema, clock, disk and what holds the mail."""

import shutil
import stat
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from surveys.database import db
from surveys.upkeep import queries
from surveys.upkeep.checks import Finding, Surroundings, first_line
from surveys.upkeep.holds import links_that_lead_nowhere
from surveys.upkeep.measuring import free_bytes

LEAST_ROOM, LITTLE_ROOM = 512, 2048  # MiB: with less than the first, storing is no longer promised
OLDEST_POSTGRES = 13
LARGEST_OFFSET = timedelta(seconds=2)
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def look_at_settings(at: Surroundings) -> list[Finding]:
    """Look whether the address fits the way people reach the house."""
    settings = at.settings
    found = []
    if settings.is_loopback:
        found.append(Finding("ok", f"only this machine reaches the house, at {settings.base_url}"))
    elif links_that_lead_nowhere(settings.base_url):
        advice = "Put a proxy with a certificate in front and set BASE_URL to its https:// address."
        found.append(Finding("FAIL", f"BASE_URL is {settings.base_url}: no safe way in for people", advice))
    else:
        found.append(Finding("ok", f"people reach the house at {settings.base_url}"))
    if settings.is_https and not settings.proxy_hops:
        advice = "Set PROXY_HOPS=1 when one proxy stands in front, as it must for https."
        found.append(Finding("warn", "PROXY_HOPS is 0, so every visitor seems to be the proxy", advice))
    if settings.log_level == "DEBUG":
        found.append(Finding("warn", "LOG_LEVEL is DEBUG", "Set LOG_LEVEL=INFO for daily work."))
    return found


def look_at_secret(at: Surroundings) -> list[Finding]:
    """Look whether others on this machine can read the key; how good it is was checked at start."""
    file = at.settings.instance / "secret_key"
    if not file.is_file():
        return [Finding("ok", "SECRET_KEY comes from the environment and is long enough")]
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return [Finding("FAIL", f"others on this machine can read {file}", f"Run: chmod 600 {file}")]
    return [Finding("ok", "the key is long enough and readable by its owner only")]


def look_at_database(at: Surroundings) -> list[Finding]:
    """Look whether the database answers and keeps what it has confirmed, also when the power fails."""
    try:
        version, settings = queries.database_settings()
    except SQLAlchemyError as error:
        db.session.rollback()
        advice = "Check DATABASE_URL, that the server runs, and that this machine may reach it."
        return [Finding("FAIL", f"the database does not answer: {first_line(error)}", advice)]
    if version.startswith("SQLite"):
        if settings == {"journal_mode": "wal", "synchronous": "2"}:
            return [Finding("ok", f"{version}, commits are durable; one machine only")]
        advice = "Leave journal_mode and synchronous as the house sets them, on a local disk."
        return [Finding("FAIL", f"{version} runs with {settings}", advice)]
    weak = [f"{name} = {settings[name]}" for name, wanted in DURABLE.items() if settings[name] != wanted]
    if weak:
        advice = "Set them to on in postgresql.conf and reload: what is confirmed must be on the disk."
        return [Finding("FAIL", f"{version} may lose what it has confirmed: {', '.join(weak)}", advice)]
    found = [Finding("ok", f"{version}, commits are durable")]
    if int(settings["server_version_num"]) < OLDEST_POSTGRES * 10_000:
        found.append(
            Finding("warn", f"{version} is out of care", f"Use PostgreSQL {OLDEST_POSTGRES} or newer.")
        )
    if shutil.which("pg_dump") is None:
        advice = "Install PostgreSQL's client tools of the server's version, or back up by other means."
        found.append(Finding("warn", "pg_dump is missing, so `flask backup` cannot work", advice))
    return found


def look_at_schema(at: Surroundings) -> list[Finding]:
    """Look whether the schema is the one this version of the house was written for."""
    is_at, wanted = queries.schema_or_none(), queries.head(at.migrations)
    if is_at == wanted:
        return [Finding("ok", f"the schema is at {wanted}, the newest step")]
    advice = "Run: flask db upgrade"
    if queries.is_newer(is_at, at.migrations):
        advice = "Install the version of Nachklang that made it, or a newer one."
    return [Finding("FAIL", f"the schema is at {is_at}, wants {wanted}", advice)]


def look_at_clock(at: Surroundings) -> list[Finding]:
    """Look whether this machine and the database agree what time it is."""
    theirs = queries.database_time()
    offset = abs(theirs - at.now) if isinstance(theirs, datetime) else timedelta(0)
    if offset > LARGEST_OFFSET:
        said = f"the database's clock differs from this machine's by {offset.total_seconds():.0f} s"
        return [Finding("FAIL", said, "Let both machines keep time by NTP.")]
    ahead = at.business - at.now
    if ahead > LARGEST_OFFSET:
        return [Finding("warn", f"the demo's clock runs {ahead} ahead", "Ends with: flask demo clear")]
    return [Finding("ok", f"{at.now:%Y-%m-%d %H:%M:%S} UTC")]


def look_at_disk(at: Surroundings) -> list[Finding]:
    """Look whether there is room to store anything."""
    folder = at.settings.instance
    room = free_bytes(folder) // (1024 * 1024)
    said = f"{room} MiB free at {folder}"
    advice = "Make room: old files in the outbox, old backups, logs."
    if room < LEAST_ROOM:
        return [Finding("FAIL", said, advice)]
    return [Finding("warn", said, advice)] if room < LITTLE_ROOM else [Finding("ok", said)]


def look_at_hold(at: Surroundings) -> list[Finding]:
    """Look whether mail to customers is held, and why."""
    held = queries.reasons_to_hold(at.channels, at.settings.base_url)
    if not held:
        return [Finding("ok", "mail to customers is not held")]
    return [Finding("warn", f"mail to customers is held. {reason.said}", reason.advice) for reason in held]


def look_at_senders(at: Surroundings) -> list[Finding]:
    """Look whether every shop has an address to write from."""
    if at.settings.mail_url is None:
        return []
    without = queries.brands_without_sender()
    if at.settings.mail_from or not without:
        return [Finding("ok", "every shop has a sender")]
    advice = "Set MAIL_FROM, or a sender on the shop's settings page, to an address your mail server may use."
    return [Finding("FAIL", f"no sender for {', '.join(without)}", advice)]
