"""What can go wrong with jobs."""


class PermanentJobError(Exception):
    """Raised by a job for which another attempt is pointless; it fails at once.

    An error of another family says the same with an attribute `permanent = True`.
    """

    permanent = True


class JobCrashed(PermanentJobError):
    """The worker died again and again within the same step."""


class JobNameTaken(RuntimeError):
    """Two handlers claim one job name."""


class UnknownJob(LookupError):
    """No handler has this job name."""


class StepRepeated(RuntimeError):
    """A job used one step name twice, so a recorded result would be taken for the other's."""
