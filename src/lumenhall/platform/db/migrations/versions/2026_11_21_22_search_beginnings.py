"""On SQLite, the index of words also knows their beginnings, so typing is as quick as asking."""

from alembic import op

revision = "20261121_22"
down_revision = "20261121_21"
branch_labels = None
depends_on = None

INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_documents', "
    "content_rowid='number', detail='none', {}tokenize='unicode61 remove_diacritics 0')"
)
# Each word stands behind the digit of its place: these are one to four letters.
BEGINNINGS = "prefix='2 3 4 5', "


def upgrade() -> None:
    """Make the index again, with beginnings; the triggers that keep it stay as they are."""
    _make_index(BEGINNINGS)


def downgrade() -> None:
    """Make it again without."""
    _make_index("")


def _make_index(options: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE search_index")
    op.execute(INDEX.format(options))
    op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
