"""What can be done with the times of a task: put it off, bring it back, promise something, say what became of it."""

from datetime import datetime

from feedback.follow_up.clocks import promising, snoozing
from feedback.follow_up.clocks.queries import promise_or_missing
from feedback.follow_up.clocks.timing import at_minute
from feedback.follow_up.forms import KeptForm, PromiseForm, SnoozeForm, TakeForm, WithdrawForm
from feedback.follow_up.models import Task
from feedback.follow_up.views import deed, door
from surveys.errors import N_
from surveys.staff.door import current_staff

__all__ = ("door",)  # the door of tasks, with these deeds hung on it


@deed("snooze", SnoozeForm, N_("Put off. It comes back by itself."), moves_on=True)
def snooze(it: Task, form: SnoozeForm, now: datetime) -> None:
    """Put it out of sight until the morning of a day, or until the customer does something."""
    day, brand = form.snoozed_until.data, it.customer.brand
    until = at_minute(day, brand.opens, brand) if day else None
    snoozing.snooze(it, until, form.reason.data or "", now, actor=current_staff())


@deed("wake", TakeForm, N_("It is back."))
def wake(it: Task, _form: TakeForm, now: datetime) -> None:
    """Bring it back into sight."""
    snoozing.wake(it, now, actor=current_staff())


@deed("promise", PromiseForm, N_("Noted. It is told in time."))
def promise(it: Task, form: PromiseForm, now: datetime) -> None:
    """Note what was promised by the end of a day."""
    brand = it.customer.brand
    until = at_minute(form.until.data, brand.closes, brand)
    promising.promise(it, form.what.data or "", until, now, actor=current_staff())


@deed("promise-kept", KeptForm, N_("Well kept."))
def keep_promise(it: Task, form: KeptForm, now: datetime) -> None:
    """Say that a promise was kept."""
    promising.keep(promise_or_missing(it, form.promise.data or ""), now, actor=current_staff())


@deed("promise-withdrawn", WithdrawForm, N_("Taken back."))
def withdraw_promise(it: Task, form: WithdrawForm, now: datetime) -> None:
    """Take a promise back."""
    made = promise_or_missing(it, form.promise.data or "")
    promising.withdraw(made, form.reason.data or "", now, actor=current_staff())
