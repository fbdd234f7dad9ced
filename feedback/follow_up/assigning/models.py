"""How tasks are given, as the shop has set it."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base


class Assigning(Base):
    """The one row of settings; where it is missing, everything is as it is at first.

    `stands_in`: a task of somebody who is away goes to a free colleague when a promised time has passed.
    """

    __tablename__ = "assigning"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stands_in: Mapped[bool] = mapped_column(default=False)
