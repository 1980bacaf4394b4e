"""What the program holds in memory from the start: nothing that few communities need."""

import subprocess
import sys

LARGE = ("cloudflare", "fontTools", "fpdf")


def test_large_libraries_that_few_need_are_loaded_when_they_are_needed() -> None:
    program = "import sys, lumenhall.main.asgi; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()).isdisjoint(LARGE)
