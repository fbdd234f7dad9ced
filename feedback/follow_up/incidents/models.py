"""Many tasks that came from one cause in a short time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.database import Base, public_id


class Incident(Base):
    """Many tasks of a shop that have one thing in common; it runs as long as further ones keep coming.

    `sign` is what they share: the article (`named` is its SKU, `title` its name), the carrier (both its name), the
    theme that they are about (both its code), or the shop alone ("" and its name). `usual` is how many such tasks a day
    the four weeks before have had.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("sign IN ('article', 'carrier', 'theme', 'shop')", name="sign_known"),
        CheckConstraint("usual >= 0", name="usual_range"),
        Index("ix_incident_brand_id_last_at", "brand_id", "last_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"))
    brand: Mapped[Brand] = relationship()
    sign: Mapped[str] = mapped_column(String(10))
    named: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(200))
    usual: Mapped[float]
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
