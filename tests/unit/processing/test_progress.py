from lumenhall.domains.processing.encoder.progress import Progress, ProgressReader


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def feed(reader: ProgressReader, text: str) -> Progress | None:
    return [reader.feed(line) for line in text.splitlines()][-1]


def test_a_block_of_lines_becomes_percent_and_time_left() -> None:
    clock = Clock()
    reader = ProgressReader(100.0, clock)
    clock.now = 10.0

    assert feed(reader, "frame=1\nout_time_us=25000000\nprogress=continue\n") == Progress(
        25.0, 25.0, 30
    )


def test_percent_never_goes_backwards_nor_beyond_a_hundred() -> None:
    reader = ProgressReader(10.0, Clock())
    seen = [
        feed(reader, f"out_time_us={value}\nprogress=continue")
        for value in ("5000000", "4000000", "N/A", "-100", "99000000")
    ]

    assert [progress and progress.percent for progress in seen] == [50, 50, 50, 50, 100]


def test_the_misnamed_milliseconds_are_ignored() -> None:
    reader = ProgressReader(10.0, Clock())

    assert feed(reader, "out_time_ms=9000000\nprogress=continue") == Progress(0, 0, None)


def test_without_a_duration_only_the_seconds_are_known() -> None:
    reader = ProgressReader(None, Clock())

    assert feed(reader, "out_time_us=3000000\nprogress=end") == Progress(0, 3.0, None)


def test_no_time_is_promised_in_the_first_second() -> None:
    clock = Clock()
    reader = ProgressReader(100.0, clock)
    clock.now = 0.5

    progress = feed(reader, "out_time_us=50000000\nprogress=continue")

    assert progress is not None
    assert progress.eta_seconds is None
