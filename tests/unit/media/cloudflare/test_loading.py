import subprocess
import sys

LOOK = """
import sys
import lumenhall.main.asgi, lumenhall.main.cli
from lumenhall.main.wiring import register_everything
register_everything()
print(*sorted({"cloudflare", "httpx"} & sys.modules.keys()))
"""


def test_a_process_without_the_provider_loads_nothing_of_the_sdk() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == ""
