"""The tables, for SQLite and PostgreSQL alike. Times are microseconds since 1970 (UTC), JSON is text.

A change here is a new step in ``migrations.py``.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

METADATA = MetaData()
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
# SQLite counts up by itself only in a column of exactly this type.
_Number = BigInteger().with_variant(Integer, "sqlite")


class Time(TypeDecorator[dt.datetime]):
    """A moment as a whole number: both databases compare it alike, and no offset gets lost."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Microseconds. Raises TypeError for a time without an offset."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The moment, in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


META = Table(
    "meta",
    METADATA,
    Column("name", Text, primary_key=True),  # schema_version, secret, key_check, hash_secret
    Column("value", Text, nullable=False),
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("posted", Text, nullable=False),  # without the address
    Column("state", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("created", Time, nullable=False),
    Column("updated", Time, nullable=False),
    Column("status_hash", Text, nullable=False, unique=True),
    Column("confirm_hash", Text, nullable=False, unique=True),
    Column("email", Text, nullable=False),  # sealed; empty where none was given, or it was erased
    Column("email_hash", Text, nullable=False),
    Column("email_state", Text, nullable=False),
    Column("email_known", Boolean),
    Column("must_confirm", Boolean, nullable=False),
    Column("entry_id", Text, nullable=False),
    Column("paths", Text, nullable=False),
    Column("commit", Text, nullable=False),
    Column("number", BigInteger),
    Column("url", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Time),  # null: nobody has anything to do
    Column("seen", Text, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Time),
    Index("submissions_due", "next_try"),
    Index("submissions_state", "state", "created"),
    Index("submissions_email", "email_hash"),
    Index("submissions_entry", "entry_id"),
    Index("submissions_number", "number"),
)

PICTURES = Table(
    "pictures",
    METADATA,
    Column("submission", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("submission", "name"),
)

MOMENTS = Table(
    "moments",
    METADATA,
    Column("position", _Number, primary_key=True, autoincrement=True),
    Column("submission", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("moments_submission", "submission", "position"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("submission", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("posted", Text),
    Column("by", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("done", Boolean, nullable=False),
    Index("decisions_submission", "submission", "done", "number"),
)

MAILS = Table(
    "mails",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("submission", Text, nullable=False),  # empty for the editors' digest
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("created", Time, nullable=False),
    Column("next_try", Time),  # null: sent, or given up
    Column("attempts", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("sent", Time),
    Column("lease_owner", Text),
    Column("lease_until", Time),
    UniqueConstraint("submission", "kind", "ref"),
    Index("mails_due", "next_try"),
)

CAPTCHAS = Table(
    "captchas",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("expires", Time, nullable=False),
    Index("captchas_expires", "expires"),
)

HITS = Table(
    "hits",
    METADATA,
    Column("bucket", Text, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("bucket", "starts"),
    Index("hits_ends", "ends"),
)

MEMBER_EMAILS = Table(
    "member_emails",
    METADATA,
    Column("member", Text, nullable=False),
    Column("email_hash", Text, nullable=False),
    PrimaryKeyConstraint("member", "email_hash"),
    Index("member_emails_hash", "email_hash"),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("name", Text, primary_key=True),  # the id of an entry or member that a submission under way will make
    Column("submission", Text, nullable=False),
    Index("claims_submission", "submission"),
)

# The requests of the local forge, which has no other place for them; what they hold is in git.
REQUESTS = Table(
    "requests",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("branch", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),  # open, merged, closed
    Column("merge_commit", Text, nullable=False),
    Column("updated", Time, nullable=False),
)

NOTICES = Table(
    "notices",
    METADATA,
    Column("name", Text, primary_key=True),  # what is wrong with the service itself
    Column("text", Text, nullable=False),  # French, for administrators
    Column("since", Time, nullable=False),
)
