"""A typed client of Kvit: every route of its API, with the standard library alone."""

from .client import Kvit
from .errors import AnswerError, KvitError, NoAnswerError, ProblemError

__all__ = ["AnswerError", "Kvit", "KvitError", "NoAnswerError", "ProblemError"]
