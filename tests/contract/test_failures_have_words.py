"""Whatever a video can fail with, pages say it in every language."""

import json
from itertools import chain

import pytest

from lumenhall.domains.media.cloudflare import states
from lumenhall.domains.media.service import remote
from lumenhall.domains.processing.encoder.failures import REASONS
from lumenhall.domains.stream.service import removal
from lumenhall.domains.uploads.service import ending
from tools.checks import ROOT


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_failure_has_words(language: str) -> None:
    messages = ROOT / "web" / "src" / "i18n" / language / "processing.json"
    words = json.loads(messages.read_text())["failures"]
    told = chain(
        states._ERRORS.values(),
        ending._FAILURES.values(),
        [remote._EXPIRED, remote._GONE, removal._EXPIRED, removal._CANCELLED],
    )
    codes = {code for code, _ in told} | {states._SILENT_ERROR[0], states._QUOTED_ERROR, *REASONS}
    assert codes <= set(words)
    assert "{said}" in words[states._QUOTED_ERROR]
