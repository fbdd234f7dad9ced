"""How the demo's agents work their tasks: what they do, how long it takes, what they write.

Work is measured in business hours after the task was opened. Tasks of the last weeks are left
where a busy team leaves them: new, in work, waiting, about a quarter of them overdue.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.demo.story import pick

# How the newest tasks end up, the newest first; the rest of the year is worked to the end.
# *Verifying*: solved, and the customer has not said a word yet. *Resolved*: a minute ago.
LEFT_OPEN: Sequence[str] = (
    "new", "new", "in_progress", "verifying", "waiting_internal", "resolved", "waiting_customer", "new",
    "new", "in_progress", "new", "waiting_customer", "in_progress", "verifying", "in_progress", "waiting_customer",
    "new", "waiting_internal", "in_progress", "waiting_customer", "verifying", "in_progress", "waiting_internal",
)  # fmt: skip
# Days: older ones were worked, whatever their place. In a small demo even the first eight are old.
OPEN_AT_MOST, FIRST_EIGHT_AT_MOST, NEW_AT_MOST = 16, 45, 4
# Business hours after which a task that is left in work has been answered.
CONTACT_AT_LATEST = 4
# A younger one cannot have been solved and asked back by now.
VERIFYING_AT_LEAST = 4
# Of the tasks left open: one in so many may be late, one in so many waits for its customer instead.
ONE_LATE_IN, ONE_WAITING_IN = 4, 3
NOT_OPEN = ("verifying", "resolved")


@dataclass(frozen=True)
class Standing:
    """A task nobody has touched, as the end of the demo's year finds it: its age and its two clocks.

    `workable` is whether business hours enough have passed since it was opened to answer it.
    """

    age_in_days: int
    workable: bool
    contact_late: bool
    solution_late: bool

    def late_as(self, state: str) -> bool:
        """Return whether a promise is broken when the task is left in that state."""
        if state in ("waiting_customer", *NOT_OPEN):
            return False
        return self.contact_late if state == "new" else self.solution_late


@dataclass(frozen=True)
class Course:
    """What happens to one task.

    `contact` and `solution` are business hours after the opening; `end` is *worked* (solved, and
    asked back), one of the closing outcomes, or the state it is left in. `pause` is what it waits for in between:
    customer, internal or None. `says` are the customer's answers to the check-backs, None for
    silence.
    """

    contact: float
    pause: str | None
    solution: float
    end: str
    resolution: str
    cause: str
    says: tuple[str | None, ...]


def left_open(tasks: Sequence[Standing]) -> list[str | None]:
    """Return the state each task is left in, in the order given: the newest first.

    None is one that the team works to the end: what is too old, and what would make more than
    about a quarter of the open ones late. What is skipped leaves its place to the next one.
    """
    places = list(LEFT_OPEN)
    left: list[str | None] = []
    for task in tasks:
        oldest = FIRST_EIGHT_AT_MOST if len(left) < 8 else OPEN_AT_MOST
        state = None
        wanted = next((place for place in places if possible(task, place)), None)
        if wanted and task.age_in_days <= oldest:
            others = [(each, other) for each, other in zip(tasks, left, strict=False) if other]
            state = fitting(task, wanted, others)
        if wanted and state is not None:
            places.remove(wanted)
        left.append(state)
    return left


def left_together(count: int) -> list[str]:
    """Return the states of that many tasks from one cause, the newest first: somebody has just begun with the oldest."""
    return ["new"] * (count - 1) + ["in_progress"] * min(count, 1)


def possible(task: Standing, place: str) -> bool:
    """Return whether a task of that age can have come so far."""
    if place == "verifying":
        return task.age_in_days >= VERIFYING_AT_LEAST
    return task.workable or place == "new"


def fitting(task: Standing, wanted: str, others: Sequence[tuple[Standing, str]]) -> str | None:
    """Return the wanted state or the next best, so that not too many of it and the `others` are late."""
    if wanted == "new" and task.age_in_days > NEW_AT_MOST:
        wanted = "in_progress"
    if wanted in NOT_OPEN:
        return wanted
    still_open = [state for _, state in others if state not in NOT_OPEN]
    late = sum(other.late_as(state) for other, state in others)
    if not task.late_as(wanted) or late < max(1, (len(still_open) + 1) // ONE_LATE_IN):
        return wanted
    if not task.late_as("in_progress"):
        return "in_progress"
    waiting = still_open.count("waiting_customer")
    return "waiting_customer" if waiting < max(2, (len(still_open) + 1) // ONE_WAITING_IN) else None


def course(chance: random.Random, left: str | None, late_parcel: bool, has_comment: bool) -> Course:
    """Return what happens to a task that is `left` in a state, or worked to the end if that is None."""
    contact = chance.uniform(0.4, 5) if chance.random() < 0.9 else chance.uniform(9, 15)
    resolution, cause = found(chance, late_parcel)
    if left is not None:
        contact = min(contact, CONTACT_AT_LATEST)
        return Course(contact, None, contact + 2, left, resolution, cause, (None,))
    end = pick(chance, [("worked", 0.88), ("unreachable", 0.05), ("no_action", 0.04), ("duplicate", 0.03)])
    if end == "worked" and not has_comment and chance.random() < 0.3:
        end = "unreachable"
    pause = pick(chance, [(None, 0.66), ("customer", 0.2), ("internal", 0.14)])
    says = pick(
        chance,
        [
            ((None,), 0.4),
            (("yes",), 0.39),
            (("partly",), 0.12),
            (("no", "yes"), 0.05),
            (("no", None), 0.02),
            (("no", "no"), 0.02),
        ],
    )
    solution = contact + chance.uniform(2, 20) + (9 if pause else 0)
    return Course(contact, pause, solution, end, resolution, cause, says)


def found(chance: random.Random, late_parcel: bool) -> tuple[str, str]:
    """Return what was done and what the cause was."""
    if late_parcel:
        return pick(chance, [("refund", 0.2), ("goodwill", 0.45), ("apology", 0.35)]), "carrier"
    return pick(
        chance,
        [
            (("replacement", "supplier"), 0.22),
            (("replacement", "warehouse"), 0.14),
            (("refund", "content"), 0.14),
            (("partial_refund", "pricing"), 0.08),
            (("explained", "customer_expectation"), 0.16),
            (("apology", "service_process"), 0.14),
            (("repair", "supplier"), 0.06),
            (("process_fix", "it"), 0.06),
        ],
    )


WRITES_BACK_ABOUT = {"en": "Re: How was your order?", "de": "AW: Wie war Ihre Bestellung?"}
WRITES_BACK = {
    "en": (
        "Thank you for writing. Yes, please send a new one; the address is still the same.",
        "The box was torn at one corner and the lid inside was cracked. Photos are with the carrier.",
        "A refund would be fine. I have sent the parcel back yesterday.",
    ),
    "de": (
        "Danke, dass Sie schreiben. Ja, bitte schicken Sie ein neues; die Adresse ist dieselbe.",
        "Der Karton war an einer Ecke aufgerissen und der Deckel innen gesprungen.",
        "Eine Erstattung wäre in Ordnung. Das Paket habe ich gestern zurückgeschickt.",
    ),
}
LETTERS = {
    "en": {
        "greeting": "Hello {name},",
        "late": "thank you for your answer about order {order}. Your parcel came later than we had promised,"
        " and you had to wait for it without a word from us. I am sorry.\n\nI have asked the carrier what happened"
        " and I am giving you the shipping costs back.",
        "comment": "thank you for your answer about order {order}. I have read what you wrote and I am sorry"
        " that we let you down.\n\nI am looking into it with my colleagues and will write to you by tomorrow evening"
        " with what we can do.",
        "silent": "thank you for your answer about order {order}. It tells us that something was not as it should be."
        "\n\nWhat happened? I would like to put it right.",
        "end": "You reach me directly by replying to this mail.\n\n{agent}\n{shop}",
        "subject": "Re: How was your order from {shop}?",
    },
    "de": {
        "greeting": "Guten Tag {name},",
        "late": "danke für Ihre Rückmeldung zu Bestellung {order}. Ihr Paket kam später als versprochen, und niemand"
        " hat Ihnen Bescheid gesagt. Das tut mir leid.\n\nIch habe beim Versanddienst nachgefragt, und die"
        " Versandkosten bekommen Sie zurück.",
        "comment": "danke für Ihre Rückmeldung zu Bestellung {order}. Ich habe gelesen, was Sie schreiben, und es tut"
        " mir leid, dass wir Sie enttäuscht haben.\n\nIch kläre das mit meinen Kolleginnen und schreibe Ihnen bis"
        " morgen Abend, was wir tun können.",
        "silent": "danke für Ihre Rückmeldung zu Bestellung {order}. Offenbar war etwas nicht so, wie es sein soll."
        "\n\nWas ist passiert? Ich möchte es gern in Ordnung bringen.",
        "end": "Antworten Sie einfach auf diese Nachricht.\n\n{agent}\n{shop}",
        "subject": "Re: Wie war Ihre Bestellung bei {shop}?",
    },
}


def letter(language: str, kind: str, *, name: str, order: str, agent: str, shop: str) -> tuple[str, str]:
    """Return subject and body of a reply; `kind` is late, comment or silent."""
    words = LETTERS.get(language, LETTERS["en"])
    body = f"{words['greeting']}\n\n{words[kind]}\n\n{words['end']}"
    return words["subject"].format(shop=shop), body.format(name=name, order=order, agent=agent, shop=shop)
