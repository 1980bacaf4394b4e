"""The words of videos, with an index of each engine's own kind kept by the database."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_11"
down_revision = "20261121_10"
branch_labels = None
depends_on = None

SQLITE = (
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_documents', "
        "content_rowid='number', detail='none', tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN "
        "INSERT INTO search_index (rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
    (
        "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN "
        "INSERT INTO search_index (search_index, rowid, words) "
        "VALUES ('delete', OLD.number, OLD.words); END"
    ),
    (
        "CREATE TRIGGER search_documents_changed AFTER UPDATE OF words ON search_documents BEGIN "
        "INSERT INTO search_index (search_index, rowid, words) "
        "VALUES ('delete', OLD.number, OLD.words); "
        "INSERT INTO search_index (rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
)


def upgrade() -> None:
    """Create the table; a job fills in what is there already."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "search_documents",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column(
            "video_id", sa.Uuid(), sa.ForeignKey("videos.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("video_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_search_documents_words ON search_documents USING gin "
            "(array_to_tsvector(string_to_array(words, ' ')))"
        )
    else:
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    """Drop the table with its index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_documents")
