"""The words of messages, with an index of each engine's own kind kept by the database."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_41"
down_revision = "20261121_40"
branch_labels = None
depends_on = None

# Each word stands behind a letter that says what it is: these are one to four letters of it.
SQLITE = (
    (
        "CREATE VIRTUAL TABLE message_index USING fts5(words, content='message_words', "
        "content_rowid='number', detail='none', prefix='2 3 4 5', "
        "tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER message_words_added AFTER INSERT ON message_words BEGIN "
        "INSERT INTO message_index (rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
    (
        "CREATE TRIGGER message_words_removed AFTER DELETE ON message_words BEGIN "
        "INSERT INTO message_index (message_index, rowid, words) "
        "VALUES ('delete', OLD.number, OLD.words); END"
    ),
    (
        "CREATE TRIGGER message_words_changed AFTER UPDATE OF words ON message_words BEGIN "
        "INSERT INTO message_index (message_index, rowid, words) "
        "VALUES ('delete', OLD.number, OLD.words); "
        "INSERT INTO message_index (rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
)


def upgrade() -> None:
    """Create the table; a job fills in what is there already."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "message_words",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column(
            "message_id",
            sa.Uuid(),
            sa.ForeignKey("messages.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index(
        "ix_message_words_conversation_id_number", "message_words", ["conversation_id", "number"]
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_message_words_words ON message_words USING gin "
            "(array_to_tsvector(string_to_array(words, ' ')))"
        )
    else:
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    """Drop the table with its index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE message_index")
    op.drop_table("message_words")
