"""Make open links and change them."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Refusal, together
from surveys.links.attributes import attributes_in
from surveys.links.models import MOST_PER_MINUTE, Link
from surveys.links.origins import origins_in
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.questionnaires.models import Survey
from surveys.scales import SCALES
from surveys.staff.models import StaffMember

CHANNELS: dict[str, str] = {
    "link": N_("A link, for a page, a chat or a signature"),
    "qr": N_("A printed code, for parcels and counters"),
    "embed": N_("Inside a page of the shop"),
}
# What can be read from paper and typed without doubt: no 0 and o, no 1, i and l.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 10  # 31^10 > 2^49: nobody finds one by trying, and it can be typed from paper


@dataclass(frozen=True)
class LinkValues:
    """What was chosen for a link, as it was typed; an empty `locale` is the brand's."""

    name: str
    channel: str
    locale: str
    attributes: str
    origins: str
    per_minute: int


class FromTheAddress(Refusal):
    """An attribute without a value comes with the address, which somebody may have been sent."""

    phrase = N_(
        "The survey is anonymous, so nothing is noted that comes with the address."
        " Give each name a value, or take it out."
    )


def new_key() -> str:
    """Return a fresh key."""
    return "".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH))


def add_link(brand: Brand, survey: Survey, values: LinkValues, by: StaffMember | None, now: datetime) -> Link:
    """Make a link to a survey; it is on at once. Raises Refusal as `change_link` does."""
    if survey.kind not in SCALES:
        raise Refusal(N_("This survey is answered by its own mails only; choose another."), field="survey")
    link = Link(key=new_key(), brand=brand, survey=survey, created_at=now, created_by=by)
    put(link, values)
    db.session.add(link)
    db.session.flush()
    return link


def change_link(link: Link, values: LinkValues) -> None:
    """Give the link other values; refuses those that do not fit, each by its field."""
    put(link, values)
    db.session.flush()


def switch(link: Link, is_on: bool) -> None:
    """Let the link be answered, or close it."""
    link.is_on = is_on
    db.session.flush()


def put(link: Link, values: LinkValues) -> None:
    """Check all values, then put them into the link."""
    refusals: list[Refusal] = []
    name = values.name.strip()
    if not 1 <= len(name) <= 100:
        refusals.append(Refusal(N_("Give it a name of at most 100 characters."), field="name"))
    if values.channel not in CHANNELS:
        refusals.append(Refusal(N_("Choose one of those in the list."), field="channel"))
    if values.locale and values.locale not in CUSTOMER_LANGUAGES:
        refusals.append(Refusal(N_("Choose one of those in the list."), field="locale"))
    if not 1 <= values.per_minute <= MOST_PER_MINUTE:
        words = N_("Choose a whole number from %(low)s to %(high)s.")
        refusals.append(Refusal(words, field="per_minute", low=1, high=MOST_PER_MINUTE))
    attributes: dict[str, str] = {}
    origins: list[str] = []
    try:
        attributes = attributes_in(values.attributes)
        if link.survey.is_anonymous and not all(attributes.values()):
            raise FromTheAddress(field="attributes")
    except Refusal as refusal:
        refusals.append(refusal)
    try:
        origins = origins_in(values.origins)
    except Refusal as refusal:
        refusals.append(refusal)
    if refusals:
        raise together(refusals)
    link.name, link.channel, link.locale = name, values.channel, values.locale or None
    link.attributes, link.origins, link.per_minute = attributes, origins, values.per_minute
