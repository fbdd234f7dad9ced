"""The way from the demo to the first real customer, as a list that says what is done and what is not.

Each step is judged from facts; what no program can see (a mail that arrived, records in the DNS)
is ticked by a person. The order is the order of working.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback.going_live.facts import Facts
from surveys.errors import N_

STANDARD_NAME = "Shop"  # what the first brand of an empty installation is called


@dataclass(frozen=True)
class Link:
    """A way from a step to the page where it is done; `words` are the values of its label."""

    label: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """One thing that is still missing, with the values of its sentence."""

    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step: what it is for, what is missing (nothing: it is done), and where to go.

    `deed` is what can be done on the checklist itself: clear_demo, test_mail, or a tick of TICKED.
    """

    key: str
    title: str
    said: str
    missing: tuple[Missing, ...]
    links: tuple[Link, ...] = ()
    deeds: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


SETTINGS_OF = N_("Settings of %(shop)s")
CLEAR_FIRST = Link(N_("Clear the demo first"), "going_live.going_live", {"_anchor": "demo"})
NO_SHOP = Missing(N_("There is no shop yet; it is made when Nachklang starts the next time."))
AFTER_THE_DEMO = Missing(N_("Your own shop stands here as soon as the demo is cleared."))


def per_shop(facts: Facts, label: str, endpoint: str) -> tuple[Link, ...]:
    """Return a way to a page of each shop; while only the demo is there, to the step that makes room for one."""
    if facts.has_demo and not facts.brands:
        return (CLEAR_FIRST,)
    return tuple(Link(label, endpoint, {"key": brand.key}, {"shop": brand.name}) for brand in facts.brands)


def no_shop(facts: Facts) -> Missing:
    """Return why no step can speak of a shop yet."""
    return AFTER_THE_DEMO if facts.has_demo else NO_SHOP


def checklist(facts: Facts) -> list[Step]:
    """Return the steps of going live, in the order of working."""
    return [
        demo(facts),
        address(facts),
        shops(facts),
        mail(facts),
        dns(facts),
        connected(facts),
        permission(facts),
        team(facts),
        dry_run(facts),
        switched_on(facts),
    ]


def demo(facts: Facts) -> Step:
    """The demo's customers are invented, and would stand in the numbers."""
    missing = (
        (Missing(N_("The demo shops and their customers are in the database.")),) if facts.has_demo else ()
    )
    return Step(
        "demo",
        N_("Clear the demo"),
        N_(
            "The demo's customers are invented. They go, with everything that came of them; your own shops stay."
        ),
        missing,
        deeds=("clear_demo",) if facts.has_demo else (),
    )


def address(facts: Facts) -> Step:
    """Links in mails must lead to us, encrypted."""
    phrase = N_(
        "BASE_URL is %(address)s. Customers need an address that begins with https:// and leads here."
    )
    missing = () if facts.is_reachable else (Missing(phrase, {"address": facts.base_url}),)
    return Step(
        "address",
        N_("Be reachable"),
        N_(
            "Links in mails lead to the address in BASE_URL. docs/operating.md shows how to put a certificate in front."
        ),
        missing,
    )


def shops(facts: Facts) -> Step:
    """Customers must see who asks."""
    missing = [] if facts.brands else [no_shop(facts)]
    for brand in facts.brands:
        for is_there, phrase in (
            (brand.name != STANDARD_NAME, N_("%(shop)s: give the shop the name customers know.")),
            (brand.postal_address, N_("%(shop)s: add the postal address; it stands below every mail.")),
            (brand.privacy_url, N_("%(shop)s: add the address of the privacy notice.")),
        ):
            if not is_there:
                missing.append(Missing(phrase, {"shop": brand.name}))
    return Step(
        "shops",
        N_("Say who asks"),
        N_(
            "Name, colour, logo, postal address, privacy notice, time zone, business hours and holidays of each shop."
        ),
        tuple(missing),
        per_shop(facts, SETTINGS_OF, "settings.brand"),
    )


def mail(facts: Facts) -> Step:
    """A mail server, a sender, a mailbox for replies, and a test mail that arrived."""
    missing = []
    if not facts.mail_leaves:
        phrase = N_(
            "No mail server is named, so mails stay in the outbox. Set MAIL_URL and restart (docs/operating.md)."
        )
        missing.append(Missing(phrase))
    for brand in facts.brands:
        for is_there, phrase in (
            (brand.sender, N_("%(shop)s: choose the address it writes from.")),
            (
                brand.reply_to,
                N_("%(shop)s: name the mailbox where a person reads what customers write back."),
            ),
        ):
            if not is_there:
                missing.append(Missing(phrase, {"shop": brand.name}))
    if "mail_arrived" not in facts.ticked:
        missing.append(
            Missing(N_("Send yourself a test mail, and tick it when it has arrived outside the spam folder."))
        )
    return Step(
        "mail",
        N_("Send mail"),
        N_("A test mail goes to your own address, by the same way and with the same sender as a survey."),
        tuple(missing),
        per_shop(facts, SETTINGS_OF, "settings.brand"),
        ("test_mail", "mail_arrived")
        if {"mail_left", "mail_arrived"} & facts.ticked.keys()
        else ("test_mail",),
    )


def dns(facts: Facts) -> Step:
    """Receivers ask the DNS whether we may write as the shop."""
    missing = () if "dns" in facts.ticked else (Missing(N_("Enter the records, then tick this step.")),)
    return Step(
        "dns",
        N_("Let receivers trust the sender"),
        N_("Mail programs ask the DNS of the sender's domain whether this server may write in its name."),
        missing,
        (Link(N_("The records to enter"), "going_live.records"),),
        ("dns",),
    )


def connected(facts: Facts) -> Step:
    """Purchases come in."""
    missing = tuple(
        Missing(N_("%(shop)s: no purchase has come in yet."), {"shop": brand.name})
        for brand in facts.brands
        if not brand.has_purchases
    )
    return Step(
        "connected",
        N_("Let purchases in"),
        N_(
            "Connect Shopify or WooCommerce, let your system call the API or the order hook, or import a file."
        ),
        missing if facts.brands else (no_shop(facts),),
        (
            Link(N_("Connect a shop"), "shops.shops"),
            Link(N_("Import a file"), "imports.imports"),
            Link(N_("API keys"), "keys.keys"),
        ),
    )


def permission(facts: Facts) -> Step:
    """Nobody is mailed without a legal basis."""
    phrase = N_("%(shop)s: say on which legal basis its customers are asked, and what they were told.")
    missing = tuple(Missing(phrase, {"shop": brand.name}) for brand in facts.brands if not brand.has_basis)
    return Step(
        "permission",
        N_("Say where the permission comes from"),
        N_(
            "In Germany and some other countries a question by mail is advertising: it needs consent, or"
            " the rule for existing customers with its notice."
        ),
        missing if facts.brands else (no_shop(facts),),
        per_shop(facts, N_("Permission of %(shop)s"), "permission.brand"),
    )


def team(facts: Facts) -> Step:
    """Somebody has to answer the unhappy ones."""
    is_done = facts.people > 1 or "alone" in facts.ticked
    phrase = (
        N_("The demo's people go with it. Then invite your own team, or tick that you work alone.")
        if facts.has_demo
        else N_("You are the only one here. Invite your team, or tick that you work alone.")
    )
    missing = () if is_done else (Missing(phrase),)
    return Step(
        "team",
        N_("Invite the team"),
        N_("Agents work the inbox of unhappy customers, analysts read the numbers without names."),
        missing,
        (Link(N_("Team"), "team.team"),),
        () if facts.people > 1 else ("alone",),
    )


def dry_run(facts: Facts) -> Step:
    """See who would be asked before anybody is."""
    phrase = N_("Look at whom the rules would have asked, then tick this step.")
    return Step(
        "dry_run",
        N_("Try it dry"),
        N_(
            "With the purchases that are here, the dry run says how many would have been asked, and why the others not."
        ),
        () if "dry_run" in facts.ticked else (Missing(phrase),),
        per_shop(facts, N_("Dry run of %(shop)s"), "asking.dry_run"),
        ("dry_run",),
    )


def switched_on(facts: Facts) -> Step:
    """The touchpoints ask, and nothing holds the mail."""
    phrase = N_("%(shop)s: no touchpoint is switched on, so nobody is asked.")
    asking_nobody = [brand.name for brand in facts.brands if brand.touchpoints_on == 0]
    missing = (
        [Missing(phrase, {"shop": name}) for name in asking_nobody] if facts.brands else [no_shop(facts)]
    )
    if facts.holds:
        missing.append(
            Missing(N_("Mail to customers is held; the page “Mail” says why and how to release it."))
        )
    return Step(
        "on",
        N_("Switch on"),
        N_(
            "From here on every purchase is considered, and asked about at the right moment or not, with the reason."
        ),
        tuple(missing),
        (Link(N_("Touchpoints"), "asking.touchpoints"), Link(N_("Mail"), "mail.mail")),
    )
