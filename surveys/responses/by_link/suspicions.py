"""Whether a form was filled in by a program: told by what people cannot see and by how long they need.

No puzzle and no third party; such an answer is stored all the same, so that nobody is lost by mistake.
"""

from datetime import datetime, timedelta

BOT = "bot"
# Reading the question and pressing two buttons takes people longer.
QUICKEST = timedelta(seconds=2)


def suspicion_of(trap: str, made_at: datetime | None, now: datetime) -> str | None:
    """Return why an answer should not count, or None; `trap` is what stood in the field that people do not see.

    `made_at` is when its page was made, None when the form did not come from a page of ours.
    """
    is_odd = bool(trap) or made_at is None or now - made_at < QUICKEST
    return BOT if is_odd else None
