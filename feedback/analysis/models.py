"""What the reader understood of one response's comment, and what the comment talks about."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.analysis.mismatch import mismatch
from surveys.database import Base
from surveys.responses.models import Response

UNREAD = "COALESCE(read_as, label) IN ('no_opinion', 'unreadable')"
THEME, INTENT = "theme", "intent"
LABEL = "label"


class Analysis(Base):
    """One reading of one comment; polarity is None when there was nothing to read.

    `baseline` is TextBlob's own polarity, `marks` are the words that decided as [start, end, weight],
    `clauses` are [start, end, polarity]: places count characters of the comment as it was written.
    `phrase_book` is the version of the phrases its themes were found with, None before that.
    Where a person has corrected it, `label` is theirs, `read_as` the reader's, and the numbers stay the reader's.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        CheckConstraint(
            "label IN ('negative', 'neutral', 'positive', 'mixed', 'uncertain', 'no_opinion', 'unreadable')",
            name="label_known",
        ),
        CheckConstraint(f"({UNREAD}) = (polarity IS NULL)", name="never_a_false_zero"),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),
        CheckConstraint("subjectivity BETWEEN 0 AND 1", name="subjectivity_range"),
        CheckConstraint("baseline BETWEEN -1 AND 1", name="baseline_range"),
        CheckConstraint(
            "(p_negative IS NULL) = (p_positive IS NULL) AND (p_negative IS NULL) = (p_neutral IS NULL)"
            f" AND (p_negative IS NULL OR NOT {UNREAD})",
            name="probabilities_whole",
        ),
        CheckConstraint(
            "p_negative + p_neutral + p_positive BETWEEN 0.99 AND 1.01", name="probabilities_sum"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    response: Mapped[Response] = relationship()
    language: Mapped[str | None] = mapped_column(String(5))
    label: Mapped[str] = mapped_column(String(12))
    read_as: Mapped[str | None] = mapped_column(String(12))
    polarity: Mapped[float | None]
    subjectivity: Mapped[float | None]
    p_negative: Mapped[float | None]
    p_neutral: Mapped[float | None]
    p_positive: Mapped[float | None]
    baseline: Mapped[float | None]
    marks: Mapped[list[list[float]]] = mapped_column(JSON, default=list, server_default="[]")
    clauses: Mapped[list[list[float]]] = mapped_column(JSON, default=list, server_default="[]")
    analyzer: Mapped[str] = mapped_column(String(60), index=True)
    analysed_at: Mapped[datetime]
    phrase_book: Mapped[str | None] = mapped_column(String(20), index=True)
    mentions: Mapped[list["Mention"]] = relationship(
        back_populates="analysis", order_by="Mention.start", passive_deletes="all"
    )

    @property
    def confidence(self) -> float | None:
        """How sure the reader is of the likeliest label, 0 … 1; None where it gave no probabilities."""
        if self.p_negative is None or self.p_neutral is None or self.p_positive is None:
            return None
        return max(self.p_negative, self.p_neutral, self.p_positive)

    @property
    def flag(self) -> str | None:
        """Which way words and score disagree, a key of `MISMATCHES`; None where they agree."""
        response = self.response
        return mismatch(response.survey.kind, response.score, self.label, self.polarity, self.confidence)

    @property
    def themes(self) -> list["Mention"]:
        """What the comment talks about, in the order of its words."""
        return [mention for mention in self.mentions if mention.kind == THEME]


def is_current(reading: type[Analysis] = Analysis) -> ColumnElement[bool]:
    """Return the condition that a reading is of the comment which a response has now.

    It is the one way by which readings are found: whoever rewrites a comment empties `Response.analysed_at`, and
    what was read before counts for nothing until the comment is read anew.
    """
    return and_(reading.response_id == Response.id, Response.analysed_at.is_not(None))


class Mention(Base):
    """One place of a comment that says something: a theme of the code book, or what the customer wants.

    `start` and `end` count characters of the comment as it is stored; `polarity` is that of the clause, None
    when nobody could tell. A theme that a person has added has no place: both are 0; so has one that was learnt from
    corrections of other comments.
    """

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("analysis_id", "kind", "code", "start"),
        CheckConstraint("kind IN ('theme', 'intent')", name="kind_known"),
        CheckConstraint('0 <= start AND (start < "end" OR (start = 0 AND "end" = 0))', name="place_in_order"),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),
        CheckConstraint(
            "NOT is_learnt OR (kind = 'theme' AND \"end\" = 0)", name="only_themes_without_words_learnt"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    analysis: Mapped[Analysis] = relationship(back_populates="mentions")
    kind: Mapped[str] = mapped_column(String(6))
    code: Mapped[str] = mapped_column(String(40), index=True)
    start: Mapped[int]
    end: Mapped[int]
    polarity: Mapped[float | None]
    is_learnt: Mapped[bool] = mapped_column(default=False, server_default=false())


class Vector(Base):
    """The encoder's vector of one comment: 384 half-precision numbers, kept so that nothing is encoded twice.

    In a table of its own, because pages that list a thousand readings need none of them.
    """

    __tablename__ = "vector"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


class PhraseBook(Base):
    """One row: how often the shop has changed its phrases; what was found before a change is looked for again."""

    __tablename__ = "phrase_book"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


class ReaderAtWork(Base):
    """One row, written by the loop: the name of the reader that reads comments, and since when."""

    __tablename__ = "reader_at_work"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    analyzer: Mapped[str] = mapped_column(String(60))
    since: Mapped[datetime]


class ShopPhrase(Base):
    """A phrase that the shop has added to a theme, or a shipped one that it has taken away."""

    __tablename__ = "shop_phrase"
    __table_args__ = (
        UniqueConstraint("code", "language", "phrase"),
        CheckConstraint("language IN ('en', 'de')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    phrase: Mapped[str] = mapped_column(Text)
    is_removed: Mapped[bool]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class Correction(Base):
    """What a person said of one comment after reading it: which label is right, or whether a theme belongs to it.

    `code` is the theme, "" for the label; `value` is the right label, or for a theme `yes` or `no`. `read_as`,
    `sureness` and `analyzer` are what the reader had said: what it learns later must not flatter what it said then.
    """

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("response_id", "kind", "code"),
        CheckConstraint(
            "(kind = 'label' AND code = '' AND value IN"
            " ('negative', 'neutral', 'positive', 'mixed', 'no_opinion'))"
            " OR (kind = 'theme' AND code <> '' AND value IN ('yes', 'no'))",
            name="value_of_its_kind",
        ),
        CheckConstraint("sureness BETWEEN 0 AND 1", name="sureness_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(5))
    code: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(12))
    read_as: Mapped[str] = mapped_column(String(12))
    sureness: Mapped[float | None]
    analyzer: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class ShopHead(Base):
    """What was learnt from the corrections of one night, of labels or of themes, and how much better it is than without.

    `before` and `after` are cross-validated F1 (0 to 1; of labels macro, of themes micro) on `rows` corrections.
    `numbers` is an .npz without code or, of themes, JSON; None where it was not good enough to be kept. At most one row
    of a kind is active: it is used.
    """

    __tablename__ = "shop_head"
    __table_args__ = (
        CheckConstraint("NOT is_active OR numbers IS NOT NULL", name="only_kept_ones_active"),
        CheckConstraint("kind IN ('label', 'theme')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(5), default=LABEL, server_default=LABEL)
    fitted_at: Mapped[datetime]
    rows: Mapped[int]
    before: Mapped[float]
    after: Mapped[float]
    numbers: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_active: Mapped[bool]
