"""`lumenhall seed`: a believable community to look at, from a fixed random seed.

People, categories and videos are made through the same services as by everybody else, and the
videos go through the real pipeline: nine become ready, five can't, six are still under way
when the command ends and are finished by whatever serves afterwards. Doing it again changes
nothing; doing it after an interruption does the rest.
"""

from lumenhall.main.seed.run import run_seed

__all__ = ["run_seed"]
