"""Give a customer a contact of their own among the staff."""

from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may


class NoTasksForThem(Refusal):
    """The person cannot work tasks, so no customer's tasks can go to them."""

    phrase = N_("%(name)s does not work on tasks, or not any more. Choose somebody who does.")


def entrust(customer: Customer, contact: StaffMember | None) -> None:
    """Let new tasks of `customer` go to `contact` first; None gives them to whoever has least to do.

    Raises NoTasksForThem.
    """
    if contact is not None and not (contact.is_active and may(contact.role, "tasks")):
        raise NoTasksForThem(name=contact.name, field="contact")
    customer.owner = contact
    db.session.flush()
