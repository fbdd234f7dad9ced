"""The marker that says: this installation shows the demo shop."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base


class DemoMarker(Base):
    """At most one row; the demo bar and the demo's clock exist only while it does."""

    __tablename__ = "demo_marker"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    filled_at: Mapped[datetime]
    seed: Mapped[int]
