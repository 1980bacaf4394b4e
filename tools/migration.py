"""Draft a migration from the difference between the models and the newest one.

`make migration name=add_playlists` writes a dated file; read it and mend it before it counts.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command

from lumenhall.main.wiring import register_everything
from lumenhall.platform.db.migrate import alembic_config, upgrade
from lumenhall.platform.kit import clock

NAME = re.compile(r"[a-z][a-z0-9_]{2,40}")


def main(name: str) -> int:
    if not NAME.fullmatch(name):
        print("Say what it brings: make migration name=add_playlists", file=sys.stderr)
        return 2
    register_everything()
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/draft.sqlite"
        upgrade(address)
        config = alembic_config(address)
        versions = Path(config.get_main_option("script_location") or "") / "versions"
        today = clock.now().strftime("%Y_%m_%d")
        number = f"{len(list(versions.glob(f'{today}_*.py'))) + 1:02}"
        config.set_main_option("file_template", f"{today}_{number}_%%(slug)s")
        command.revision(
            config, name, autogenerate=True, rev_id=f"{today.replace('_', '')}_{number}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
