"""Takes the addresses out of the lock files of npm: npm notes there who wants to be paid."""

import json

from tools.checks import ROOT

LOCKS = [ROOT / folder / "package-lock.json" for folder in ("web", "tests/contract/node")]


def main() -> None:
    for path in LOCKS:
        lock = json.loads(path.read_text())
        for package in lock["packages"].values():
            package.pop("funding", None)
        path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
