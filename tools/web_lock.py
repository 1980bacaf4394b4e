"""Takes the addresses out of the lock file of the pages: npm notes there who wants to be paid."""

import json

from tools.checks import ROOT

LOCK = ROOT / "web" / "package-lock.json"


def main() -> None:
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
