"""Every rule of our own refuses its failing example and accepts its passing one."""

from pathlib import PurePosixPath

import pytest

from tools.lint import rules
from tools.lint.source import Source

SERVICE = "src/lumenhall/domains/library/service.py"
ROUTES = "src/lumenhall/domains/library/routes.py"
JOBS = "src/lumenhall/domains/library/jobs.py"
MIGRATION = "src/lumenhall/platform/db/migrations/versions/2026_11_21_01_platform.py"
HANDLER = (
    '@router.get("/videos")\nasync def list_videos(session: Reads) -> Videos:\n    """Say."""\n'
)

FAILING = [
    (rules.files_stay_short, SERVICE, "x = 1\n" * 401),
    (rules.files_stay_short, "tests/unit/test_it.py", "x = 1\n" * 601),
    (rules.files_stay_short, "web/src/features/Watch.tsx", "//\n" * 401),
    (rules.names_say_something, "src/lumenhall/domains/library/utils.py", ""),
    (rules.names_say_something, "src/lumenhall/platform/common/__init__.py", ""),
    (rules.selects_live_in_queries, SERVICE, "rows = select(Video)"),
    (rules.selects_live_in_queries, SERVICE, "rows = sa.select(Video)"),
    (rules.selects_live_in_queries, "src/lumenhall/surfaces/admin/members.py", "select(User)"),
    (rules.commits_happen_at_the_edge, SERVICE, "await session.commit()"),
    (rules.time_comes_from_the_clock, SERVICE, "now = datetime.now(UTC)"),
    (rules.time_comes_from_the_clock, SERVICE, "now = datetime.datetime.utcnow()"),
    (rules.migrations_stand_alone, MIGRATION, "from lumenhall.platform.db import Base"),
    (rules.migrations_stand_alone, MIGRATION, "import lumenhall.domains.library.models"),
    (rules.jobs_take_ids, JOBS, '@job("x")\nasync def x(run: JobRun, video: Video) -> None: ...'),
    (rules.jobs_take_ids, JOBS, '@job("x")\nasync def x(run: JobRun, *, ids: list[str]): ...'),
    (rules.handlers_stay_thin, ROUTES, HANDLER + "    x = 1\n" * 16),
]
PASSING = [
    (rules.files_stay_short, SERVICE, "x = 1\n" * 400),
    (rules.files_stay_short, "tests/unit/test_it.py", "x = 1\n" * 600),
    (rules.names_say_something, "src/lumenhall/platform/kit/ids.py", ""),
    (rules.selects_live_in_queries, "src/lumenhall/domains/library/queries.py", "select(Video)"),
    (rules.selects_live_in_queries, "src/lumenhall/domains/media/queries/assets.py", "select(A)"),
    (rules.selects_live_in_queries, "src/lumenhall/platform/outbox/rows.py", "select(Row)"),
    (rules.selects_live_in_queries, SERVICE, "video = await queries.get_video(session, id)"),
    (rules.commits_happen_at_the_edge, SERVICE, "await session.flush()"),
    (rules.commits_happen_at_the_edge, "src/lumenhall/platform/db/database.py", "s.commit()"),
    (rules.time_comes_from_the_clock, SERVICE, "now = clock.now()"),
    (rules.time_comes_from_the_clock, "src/lumenhall/platform/kit/clock.py", "datetime.now(UTC)"),
    (rules.migrations_stand_alone, MIGRATION, "from lumenhall.platform.db.ddl import enum_type"),
    (rules.jobs_take_ids, JOBS, '@job("x")\nasync def x(run: JobRun, id: str, n: int | None): ...'),
    (rules.jobs_take_ids, JOBS, "async def announce(session: AsyncSession, video: Video): ..."),
    (rules.handlers_stay_thin, ROUTES, HANDLER + "    x = 1\n" * 15),
    (rules.handlers_stay_thin, ROUTES, "def long():\n" + "    x = 1\n" * 16),
]


def _findings(rule: rules.Rule, path: str, text: str) -> list[str]:
    return [finding.text for finding in rule(Source(PurePosixPath(path), text))]


@pytest.mark.parametrize(("rule", "path", "text"), FAILING)
def test_a_rule_refuses(rule: rules.Rule, path: str, text: str) -> None:
    assert _findings(rule, path, text)


@pytest.mark.parametrize(("rule", "path", "text"), PASSING)
def test_a_rule_accepts(rule: rules.Rule, path: str, text: str) -> None:
    assert not _findings(rule, path, text)


def test_every_rule_has_both_examples() -> None:
    for examples in (FAILING, PASSING):
        assert {rule for rule, _, _ in examples} == set(rules.RULES)
