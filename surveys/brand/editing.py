"""Change a brand: its face, its sender, its business hours, and the secrets of its order hook."""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete

from surveys.brand.corners import RADIUS
from surveys.brand.models import BASES, Brand, BrandLogo, HookSecret
from surveys.channels.addresses import checked_email
from surveys.channels.message import clean
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal, together
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.staff.models import StaffMember

COLOUR = re.compile(r"#[0-9a-f]{6}")
LARGEST_LOGO = 64 * 1024
PICTURES = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
LIVING_SECRETS = 2
LONGEST_CHECK_BACK = timedelta(days=30)
MOST_STAGE_DAYS = 3650
MOST_THANKS = 50


@dataclass(frozen=True)
class BrandValues:
    """What the brand page lets one change; texts as typed, times in minutes after midnight."""

    name: str
    colour: str
    corners: str
    sender_name: str
    sender_email: str
    reply_to: str
    postal_address: str
    privacy_url: str
    imprint_url: str
    locale: str
    time_zone: str
    opens: int
    closes: int
    business_days: str
    holidays: str
    default_basis: str
    check_back_after: timedelta
    check_back_after_replacement: timedelta
    thanks_per_day: int
    active_days: int
    lapsed_days: int


def change_brand(brand: Brand, values: BrandValues, by: StaffMember, now: datetime) -> None:
    """Store the values; note who changed them and when. Raises what `checked` raises."""
    for name, value in checked(values).items():
        setattr(brand, name, value)
    brand.changed_at, brand.changed_by_id = now, by.id
    db.session.flush()


def checked(values: BrandValues) -> dict[str, Any]:
    """Return the values as a brand keeps them; raise Refusal naming the field, or SeveralRefusals."""
    found, faults = {}, []
    for name, check in CHECKS.items():
        try:
            found[name] = check(values)
        except Refusal as fault:
            faults.append(fault)
    if faults:
        raise together(faults)
    return found


def checked_name(text: str) -> str:
    """Return the name of the shop; refuse one that is empty, too long or of more than one line."""
    if not 0 < len(text.strip()) <= 100:
        raise Refusal(N_("Give the shop a name of 1 to 100 characters; customers read it."), field="name")
    return clean("sender", text.strip(), "name")


def checked_closing(opens: int, closes: int) -> int:
    """Return when the shop closes; refuse hours that never open."""
    if not 0 <= opens < closes <= 24 * 60:
        raise Refusal(N_("The shop must open before it closes, within one day."), field="closes")
    return closes


def checked_days(numbers: str) -> str:
    """Return the numbers of the business days in their order; refuse a week without one."""
    days = "".join(sorted(set(numbers)))
    if not days or not set(days) <= set("0123456"):
        raise Refusal(N_("Choose at least one business day."), field="business_days")
    return days


def checked_check_back(after: timedelta, field: str) -> timedelta:
    """Return after how long a customer is asked whether it is solved; refuse what is no good time."""
    if not timedelta(0) <= after <= LONGEST_CHECK_BACK:
        raise Refusal(N_("Check back after 0 to 30 days."), field=field)
    return after


def checked_thanks(number: int) -> int:
    """Return how many customers a day are proposed for a thank-you; 0 proposes nobody."""
    if not 0 <= number <= MOST_THANKS:
        words = N_("Choose a whole number from %(low)s to %(high)s.")
        raise Refusal(words, field="thanks_per_day", low=0, high=MOST_THANKS)
    return number


def checked_active(days: int) -> int:
    """Return after how many days without an order a customer is at risk."""
    if not 1 <= days < MOST_STAGE_DAYS:
        words = N_("Choose a whole number from %(low)s to %(high)s.")
        raise Refusal(words, field="active_days", low=1, high=MOST_STAGE_DAYS - 1)
    return days


def checked_lapsed(active: int, days: int) -> int:
    """Return after how many days without an order a customer has lapsed; refuse fewer than those at risk."""
    if not active < days <= MOST_STAGE_DAYS:
        words = N_(
            "A customer must be at risk before they have lapsed: choose a number from %(low)s to %(high)s."
        )
        raise Refusal(words, field="lapsed_days", low=active + 1, high=MOST_STAGE_DAYS)
    return days


def checked_holidays(text: str) -> list[date]:
    """Return the dates of the lines of `text`; refuse a line that is no date, or more than 200."""
    days = set()
    for line in text.split():
        try:
            days.add(date.fromisoformat(line))
        except ValueError:
            phrase = N_("%(line)s is not a date; write one per line as 2026-12-25.")
            raise Refusal(phrase, field="holidays", line=repr(line[:20])) from None
    if len(days) > 200:
        raise Refusal(N_("At most 200 holidays; remove those that have passed."), field="holidays")
    return sorted(days)


def checked_colour(text: str) -> str:
    """Return the colour as #rrggbb in lower case; refuse everything else."""
    colour = text.strip().lower()
    if not COLOUR.fullmatch(colour):
        raise Refusal(N_("Write the colour as # and six digits, such as #0f4c5c."), field="colour")
    return colour


def checked_url(text: str, field: str) -> str | None:
    """Return an http(s) address of at most 500 characters, or None when left empty."""
    url = text.strip()
    if not url:
        return None
    if not _is_whole(url) or len(url) > 500 or not url.isprintable() or " " in url:
        raise Refusal(N_("Write the whole address, beginning with https://."), field=field)
    return url


def _is_whole(url: str) -> bool:
    """Return whether an address has a scheme of ours and a host; half a bracket of an IPv6 one is none."""
    try:
        found = urlsplit(url)
        return found.scheme in ("https", "http") and bool(found.hostname)
    except ValueError:
        return False


def checked_zone(text: str) -> str:
    """Return the name of a time zone; refuse unknown ones."""
    try:
        return ZoneInfo(text.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        phrase = N_("There is no time zone of this name; write it as Europe/Berlin.")
        raise Refusal(phrase, field="time_zone") from None


def address_or_none(text: str, field: str) -> str | None:
    """Return an e-mail address in one spelling, or None when left empty; refuse what is none."""
    return checked_email(text, field) if text.strip() else None


def one_of(value: str, allowed: tuple[str, ...], field: str) -> str:
    """Return `value` when it is among `allowed`; refuse others."""
    if value not in allowed:
        raise Refusal(N_("Choose one of those in the list."), field=field)
    return value


# What each column of a brand becomes, in the order of the page; each check blames its own field.
CHECKS: Mapping[str, Callable[[BrandValues], Any]] = {
    "name": lambda values: checked_name(values.name),
    "colour": lambda values: checked_colour(values.colour),
    "corners": lambda values: one_of(values.corners, tuple(RADIUS), "corners"),
    "locale": lambda values: one_of(values.locale, CUSTOMER_LANGUAGES, "locale"),
    "sender_name": lambda values: clean("sender", values.sender_name.strip(), "sender_name") or None,
    "sender_email": lambda values: address_or_none(values.sender_email, "sender_email"),
    "reply_to": lambda values: address_or_none(values.reply_to, "reply_to"),
    "postal_address": lambda values: values.postal_address.strip() or None,
    "privacy_url": lambda values: checked_url(values.privacy_url, "privacy_url"),
    "imprint_url": lambda values: checked_url(values.imprint_url, "imprint_url"),
    "default_basis": lambda values: one_of(values.default_basis, BASES, "default_basis"),
    "time_zone": lambda values: checked_zone(values.time_zone),
    "opens": lambda values: values.opens,
    "closes": lambda values: checked_closing(values.opens, values.closes),
    "business_days": lambda values: checked_days(values.business_days),
    "holidays": lambda values: [day.isoformat() for day in checked_holidays(values.holidays)],
    "check_back_after": lambda values: checked_check_back(values.check_back_after, "check_back_after"),
    "check_back_after_replacement": lambda values: checked_check_back(
        values.check_back_after_replacement, "check_back_after_replacement"
    ),
    "thanks_per_day": lambda values: checked_thanks(values.thanks_per_day),
    "active_days": lambda values: checked_active(values.active_days),
    "lapsed_days": lambda values: checked_lapsed(values.active_days, values.lapsed_days),
}


def set_logo(brand: Brand, picture: bytes, by: StaffMember, now: datetime) -> None:
    """Store the picture above the questions, at most 64 KiB of PNG, JPEG or WebP; an empty one removes it.

    Raises Refusal for anything else. SVG is refused, because it may hold script.
    """
    kind = next((kind for kind, begins in PICTURES.items() if begins.match(picture)), None)
    if picture and len(picture) > LARGEST_LOGO:
        raise Refusal(
            N_("The logo is larger than 64 KiB. Save it smaller: 320 × 80 points are enough."), field="logo"
        )
    if picture and kind is None:
        raise Refusal(
            N_("The logo must be a PNG, JPEG or WebP picture. Export it as PNG and choose that file."),
            field="logo",
        )
    db.session.execute(delete(BrandLogo).where(BrandLogo.brand_id == brand.id))
    if kind is not None:
        db.session.add(BrandLogo(brand_id=brand.id, media_type=kind, picture=picture))
    brand.logo_mark = hashlib.sha256(picture).hexdigest()[:10] if kind else None
    brand.changed_at, brand.changed_by_id = now, by.id
    db.session.flush()


def new_hook_secret(brand: Brand, now: datetime) -> HookSecret:
    """Give the brand a further secret for its order hook; two may live while a shop changes over.

    Raises Conflict when two live already.
    """
    living = [secret for secret in brand.hook_secrets if secret.retired_at is None]
    if len(living) >= LIVING_SECRETS:
        raise Conflict(N_("Two secrets are in use already. Retire the older one first."))
    secret = HookSecret(brand=brand, secret=secrets.token_hex(32), created_at=now)
    db.session.add(secret)
    db.session.flush()
    return secret


def retire_hook_secret(secret: HookSecret, now: datetime) -> None:
    """Refuse order events signed with this secret from now on."""
    secret.retired_at = secret.retired_at or now
    db.session.flush()
