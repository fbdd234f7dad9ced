"""What a task's page shows of the conversation: letters, mails to take back, tries, and where a reply begins."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from feedback.follow_up.conversation.models import Letter, Reply
from feedback.follow_up.conversation.queries import letters_of, talks_with_letters
from feedback.follow_up.conversation.tries import WROTE, failed_tries, is_reached, is_unreachable
from feedback.follow_up.forms import ReplyForm
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.skeletons import SITUATIONS, SKELETONS, Facts, language_of, reply_subject, reply_text
from feedback.follow_up.states import OPEN_STATES, State
from surveys.filters import masked
from surveys.scales import SCALES
from surveys.staff.models import StaffMember

GONE = ("queued", "sent")  # states of a mail of ours that counts as an answer


class Wanted(NamedTuple):
    """Which letter somebody wants to begin with; None is for the one that fits."""

    situation: str | None = None
    language: str | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        """Return what an address asks for; what nobody knows counts as not asked."""
        situation, language = asked.get("letter"), asked.get("in")
        return cls(
            situation if situation in SITUATIONS else None, language if language in SKELETONS else None
        )


class Talk(NamedTuple):
    """The conversation of a task as its page shows it.

    `leaving` are mails that can still be taken back; `tries` the channels by which nobody was reached since the customer
    was last heard of; `is_unreachable` says that enough was tried. `situation` and `language` are those of the letter
    that a reply begins with, `is_begun` when somebody chose it; `taken_back` is the mail that its reader has just taken
    back, whose text a reply begins with otherwise. `unanswered` is the customer's last mail when nobody has said
    anything to them since.
    """

    letters: Mapping[str, Letter]
    leaving: Sequence[Reply]
    tries: Sequence[str]
    is_unreachable: bool
    situation: str
    language: str
    is_begun: bool
    taken_back: Reply | None
    unanswered: Letter | None

    @property
    def situations(self) -> Mapping[str, str]:
        """Every letter there is, with its word."""
        return SITUATIONS

    @property
    def languages(self) -> Sequence[str]:
        """Every language that letters are written in."""
        return sorted(SKELETONS)

    @property
    def hides(self) -> bool:
        """Whether personal data in a letter is masked."""
        return any(masked(letter.body) != letter.body for letter in self.letters.values())


def talk_of(
    it: Task, history: Sequence[TaskEvent], replies: Collection[Reply], wanted: Wanted, reader: StaffMember
) -> Talk:
    """Return the conversation of a task for its reader; `wanted` is the letter that they chose."""
    tries = failed_tries(history)
    leaving = [each for each in replies if each.state == "queued" and each.claimed_until is None]
    last = max(replies, key=lambda each: each.id, default=None)
    is_taken_back = last is not None and last.state == "taken_back" and last.author_id == reader.id
    letters = letters_of(it)
    return Talk(
        letters,
        leaving,
        tries,
        it.state in OPEN_STATES and is_unreachable(tries),
        wanted.situation or fitting(it, tries),
        wanted.language or language_of(it.response.locale),
        wanted.situation is not None,
        last if is_taken_back and wanted.situation is None else None,
        unanswered(history, letters, replies),
    )


def unanswered(
    history: Sequence[TaskEvent], letters: Mapping[str, Letter], replies: Collection[Reply]
) -> Letter | None:
    """Return the customer's last mail when nobody has written to them or reached them since; None without one."""
    last = last_word(history, {each.public_id for each in replies if each.state in GONE})
    return letters.get(last.after or "") if last is not None and last.kind == WROTE else None


def unanswered_among(tasks: Sequence[Task]) -> set[int]:
    """Return the ids of those tasks whose customer's last mail has no answer yet."""
    found = talks_with_letters([each.id for each in tasks], GONE)
    lasts = {task_id: last_word(events, gone) for task_id, (events, gone) in found.items()}
    return {task_id for task_id, last in lasts.items() if last is not None and last.kind == WROTE}


def last_word(history: Sequence[TaskEvent], gone: Collection[str]) -> TaskEvent | None:
    """Return the last row in which one of the two sides spoke; `gone` are the mails that left or are about to."""
    for event in reversed(history):
        if event.kind == WROTE or is_reached(event) or (event.kind == "replied" and event.after in gone):
            return event
    return None


def fitting(it: Task, tries: Sequence[str]) -> str:
    """Return the situation that a task is in, a key of SITUATIONS."""
    if it.state in (State.RESOLVED, State.VERIFYING):
        return "resolved"
    if is_unreachable(tries):
        return "unreachable"
    if it.contacted_at is not None:
        return "waiting_on_us"
    if is_perhaps_reversed(it):
        return "scale_reversal"
    return "first_contact" if it.response.comment else "no_comment"


def is_perhaps_reversed(it: Task) -> bool:
    """Return whether the scale may have been read the wrong way round and the customer has not said so, or otherwise."""
    answer = it.response
    if answer.score is None or answer.corrected_score is not None:
        return False
    was_so = any(each.why == "scale_reversal" and each.response_id == answer.id for each in it.signals)
    # What a signal rests on stays when the customer corrects the score.
    return was_so and SCALES[answer.survey.kind].is_worst(answer.score)


def begin_reply(form: ReplyForm, it: Task, talk: Talk, author: StaffMember) -> None:
    """Begin a mail with the letter that fits, or with the text that its author has just taken back."""
    if talk.taken_back is not None:
        form.subject.data, form.body.data = talk.taken_back.subject, talk.taken_back.body
        return
    form.subject.data = subject_in(it, talk.language)
    form.body.data = body_in(it, talk.language, talk.situation, author)


def subject_in(it: Task, language: str) -> str:
    """Return the subject of a mail to the customer: that of the mail they answered, else one in `language`."""
    response, shop = it.response, it.customer.brand.name
    is_invited = response.invitation_id is not None
    language = response.locale if is_invited else language
    return reply_subject(language, shop=shop, kind=response.survey.kind, invited=is_invited)


def body_in(it: Task, language: str, situation: str, author: StaffMember) -> str:
    """Return the letter for a situation (a key of SITUATIONS), with brackets where its author has to write."""
    order = it.response.purchase.reference if it.response.purchase else None
    return reply_text(
        language, situation, Facts(it.customer.name, order, author.name, it.customer.brand.name)
    )
