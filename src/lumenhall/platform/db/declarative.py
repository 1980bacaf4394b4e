"""The declarative base: names of constraints, keys and times that every table shares."""

import uuid
from datetime import datetime

from sqlalchemy import MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from lumenhall.platform.db.types import UTCDateTime, utc_now
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime()}  # noqa: RUF012 SQLAlchemy reads it from the class.


class WithId:
    """A UUIDv7 key named `id`."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)


class WithTimestamps:
    """`created_at` and `updated_at`.

    A trigger keeps `updated_at` for statements that do not set it, so plain SQL is covered.
    """

    created_at: Mapped[datetime] = mapped_column(
        UTCDateTime(), default=clock.now, server_default=utc_now(), sort_order=900
    )
    updated_at: Mapped[datetime] = mapped_column(
        UTCDateTime(),
        default=clock.now,
        onupdate=clock.now,
        server_default=utc_now(),
        sort_order=901,
    )
