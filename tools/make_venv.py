"""Make the virtual environment, also where Debian left the parts for it out.

Usage: python3 tools/make_venv.py FOLDER. Runs before anything is installed, so it needs only
the standard library.
"""

import importlib.util
import os
import shutil
import subprocess
import sys


def main(folder: str) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        bring_venv()
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)


def bring_venv() -> None:
    """Install Debian's package for virtual environments, or say that it is missing."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Python lacks its part for virtual environments: sudo apt-get install {package}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main(sys.argv[1])
