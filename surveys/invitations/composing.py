"""Write the letter of an invitation: who asks and why, the scale to click, a name, and how to stop."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

from babel.dates import format_date
from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from surveys.brand.corners import RADIUS
from surveys.brand.models import Brand
from surveys.channels.message import Message
from surveys.customers.models import Purchase
from surveys.invitations.cadence import zone_of
from surveys.invitations.letters import TOPIC_OF, WORK, Letter, letter_in
from surveys.invitations.models import Invitation
from surveys.invitations.own_words.models import LetterWords
from surveys.invitations.post import Post
from surveys.questionnaires.definition import Wording, wording
from surveys.questionnaires.placeholders import person, put_in, values_for
from surveys.questionnaires.starters import SOLVED
from surveys.scales import SCALES

LONGEST_PRODUCT = 80
TEMPLATES = Path(__file__).parent.parent / "templates" / "email"
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def wrapped(text: str) -> str:
    """Return a paragraph of plain text in lines of at most 72 characters."""
    return textwrap.fill(text, 72, break_long_words=False, break_on_hyphens=False)


def page_maker() -> Environment:
    """Return the maker of letters; parts that are HTML escape every value."""
    maker = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    maker.filters["wrapped"] = wrapped
    return maker


MAKER = page_maker()
HTML = MAKER.get_template("invitation.html")
TEXT = MAKER.get_template("invitation.txt")


@dataclass(frozen=True)
class Point:
    """One answer that can be clicked in the letter; stars stand before their words."""

    label: str
    link: str
    stars: str = ""


@dataclass(frozen=True)
class Page:
    """A letter's contents, in one language and already in the order of reading."""

    language: str
    subject: str
    shop: str
    corner: str
    greeting: str
    reason: str
    question: str
    points: tuple[Point, ...]
    in_rows: bool  # whole labels under one another, else cells in one row with both ends labelled
    low: str
    high: str
    scale_in_words: tuple[str, ...]
    how: str
    anonymous: str  # empty when the survey is not
    answer: str
    answer_url: str
    thanks: str
    signed: str
    why: str
    stop: str
    stop_link: str
    stop_url: str
    own_page: str
    own_page_url: str
    privacy: str
    privacy_url: str | None
    postal_address: tuple[str, ...]


def compose(
    invitation: Invitation, post: Post, now: datetime, own: LetterWords | None, reminder: int = 0
) -> Message:
    """Return the mail that asks the invitation's customer, who must have an address.

    `own` are the touchpoint's words in the invitation's language, see `words_of`. `reminder` is its
    number, 0 for the first mail; each mail has an id of its own that begins alike.
    Subject, sender and names are not cleaned here: the message refuses control characters itself.
    """
    customer, brand = invitation.customer, invitation.customer.brand
    page = page_of(invitation, post, own, reminder > 0)
    mail = f"{invitation.public_id}.r{reminder}" if reminder else invitation.public_id
    follows = {"In-Reply-To": post.message_id(invitation.public_id)} if reminder else {}
    return Message(
        to_name=customer.name or "",
        to_email=customer.email or "",
        from_name=brand.sender_name or brand.name,
        from_email=brand.sender_email or post.sender,
        reply_to=brand.reply_to,
        subject=page.subject,
        text=TEXT.render(page=page),
        html=INLINER.inline(HTML.render(page=page)),
        message_id=post.message_id(mail),
        headers=list_headers(brand, page.stop_url, post) | {"Date": format_datetime(now)} | follows,
    )


def list_headers(brand: Brand, stop_url: str, post: Post) -> dict[str, str]:
    """Return the headers by which mail programs offer to stop our questions (RFC 2369, 2919, 8058)."""
    ways = [f"<{stop_url}>"]
    if brand.reply_to:
        ways.append(f"<mailto:{quote(brand.reply_to, safe='@')}?subject=unsubscribe>")
    return {
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{brand.key}.surveys.{post.host}>",
    }


def person_of(invitation: Invitation) -> dict[str, str | None]:
    """Return what is known of whom the letter is to, for the places in its texts."""
    purchase = invitation.purchase
    return person(
        invitation.customer.name,
        purchase.items[0].name if purchase is not None and purchase.items else None,
        purchase.reference if purchase is not None else None,
    )


def page_of(invitation: Invitation, post: Post, own: LetterWords | None, is_reminder: bool) -> Page:
    """Return what the letter of the invitation says."""
    brand, letter = invitation.customer.brand, letter_in(invitation.locale)
    names = values_for(brand.name, person_of(invitation))
    words = wording(invitation.version.definition, invitation.locale).filled(lambda text: put_in(text, names))
    link = post.answer_link(invitation.public_id)
    kind, is_anonymous = invitation.version.survey.kind, invitation.version.survey.is_anonymous
    subject = own_subject(own, invitation.variant, names)
    subject = subject or subjects(letter, invitation)[TOPIC_OF[kind]].format(shop=brand.name)
    said = reason(letter, invitation, put_in(own.introduction, names) if own and own.introduction else None)
    return Page(
        language=invitation.locale,
        subject=letter.reminder.format(subject=subject) if is_reminder else subject,
        shop=brand.name,
        corner=RADIUS[brand.corners],
        greeting=greeting(letter, invitation.customer.name),
        reason=f"{said} {letter.reminds}" if is_reminder else said,
        question=words.question,
        points=one_way(letter, link) if is_anonymous else points(kind, words, link),
        in_rows=is_anonymous or bool(words.points),
        low=words.low,
        high=words.high,
        scale_in_words=scale_in_words(kind, words),
        how=letter.anonymous if is_anonymous else letter.how,  # There a click chooses nothing.
        anonymous=letter.anonymous if is_anonymous else "",
        answer=letter.answer,
        answer_url=link,
        thanks=letter.thanks,
        signed=brand.sender_name or brand.name,
        why=why_we_write(letter, invitation),
        stop=letter.stop,
        stop_link=letter.stop_link.format(shop=brand.name),
        stop_url=post.unsubscribe_link(invitation.public_id),
        own_page=letter.own_page,
        own_page_url=post.own_page_link(invitation.public_id),
        privacy=letter.privacy,
        privacy_url=brand.privacy_url,
        postal_address=tuple((brand.postal_address or "").splitlines()),
    )


def why_we_write(letter: Letter, invitation: Invitation) -> str:
    """Return why this customer gets mail from us, and that a reply reaches a person where it does."""
    brand = invitation.customer.brand
    kind = invitation.version.survey.kind
    because = letter.why if invitation.purchase is not None else letter.why_customer
    if TOPIC_OF[kind] == WORK:
        because = letter.why_work
    return f"{because.format(shop=brand.name)} {letter.reply if brand.reply_to else ''}".strip()


def greeting(letter: Letter, name: str | None) -> str:
    """Return the line of greeting, with the name when there is one."""
    return letter.greeting.format(name=on_one_line(name)) if name else letter.greeting_unnamed


def subjects(letter: Letter, invitation: Invitation) -> Mapping[str, str]:
    """Return the lines over a letter by topic; a programme asks about the shop, not about an order."""
    return letter.subject if invitation.round_id is None else letter.subject_overall


def own_subject(own: LetterWords | None, variant: str | None, names: Mapping[str, str | None]) -> str:
    """Return the touchpoint's own line over a letter, empty when it has none; names are put on one line."""
    text = own and (own.second_subject if variant == "b" else own.subject)
    return on_one_line(put_in(text, names)) if text else ""


def reason(letter: Letter, invitation: Invitation, own: str | None = None) -> str:
    """Return the sentences that say why this customer is asked; `own` words stand instead of the request."""
    purchase, topic = invitation.purchase, TOPIC_OF[invitation.version.survey.kind]
    if invitation.purpose == "verification":
        if purchase is None:
            return letter.solved
        return letter.solved_order.format(reference=on_one_line(purchase.reference))
    if purchase is None or topic == WORK:
        return own or letter.please_overall[topic].format(shop=invitation.customer.brand.name)
    return f"{ordered(letter, purchase, invitation.locale)} {own or letter.please[topic]}"


def ordered(letter: Letter, purchase: Purchase, language: str) -> str:
    """Return the sentence that names the order: its date in the customer's zone, first product, reference."""
    zone = zone_of(purchase.customer.time_zone, purchase.brand.time_zone)
    facts = {
        "date": format_date(purchase.placed_at.astimezone(zone).date(), letter.date, locale=language),
        "shop": purchase.brand.name,
        "reference": on_one_line(purchase.reference),
    }
    if not purchase.items:
        return letter.ordered_unnamed.format(**facts)
    return letter.ordered.format(product=shortened(purchase.items[0].name), **facts)


def shortened(product: str) -> str:
    """Return the product's name on one line of at most 80 characters, cut between words where it can be."""
    cut = textwrap.shorten(product, LONGEST_PRODUCT, placeholder="…")
    return cut if cut != "…" else f"{product.strip()[: LONGEST_PRODUCT - 1]}…"


def points(kind: str, words: Wording, link: str) -> tuple[Point, ...]:
    """Return the answers to click, each with its link."""
    if kind == "check_back":
        labelled = zip(words.points, SOLVED, strict=True)
        return tuple(Point(label, f"{link}?solved={code}") for label, code in labelled)
    scale = SCALES[kind]
    labels = words.points or tuple(str(score) for score in scale.scores)
    return tuple(
        Point(
            label,
            f"{link}?score={score}",
            "★" * score + "☆" * (scale.high - score) if scale.mark == "star" else "",
        )
        for label, score in zip(labels, scale.scores, strict=True)
    )


def one_way(letter: Letter, link: str) -> tuple[Point, ...]:
    """Return the one link of an anonymous survey: whose link it is and the score must not stand in one address."""
    return (Point(letter.answer.rstrip(": \N{NO-BREAK SPACE}"), link),)


def scale_in_words(kind: str, words: Wording) -> tuple[str, ...]:
    """Return the lines of the text part that say which answers there are."""
    if words.points:
        return tuple(f"- {label}" for label in words.points)
    scores = SCALES[kind].scores
    return (f"({scores[0]} = {words.low}, {scores[-1]} = {words.high})",)


def on_one_line(text: str | None) -> str:
    """Return `text` with every run of white space as one space."""
    return " ".join((text or "").split())
