from __future__ import annotations

import json
from typing import Any

# As much of an answer that is not Kvit's as an error keeps.
KEPT_TEXT = 500


class KvitError(Exception):
    """The request could not be answered, or was refused. `reason` is stable; the message is for people."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ProblemError(KvitError):
    """Kvit turned the request down (RFC 9457). `code` is what a program decides by, `fields` are those at fault."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem["code"]), str(problem.get("detail", "")))
        self.problem = problem
        self.status = int(problem["status"])
        self.code = str(problem["code"])
        self.request_id = str(problem.get("requestId", ""))
        errors = problem.get("errors")
        self.fields: list[dict[str, str]] = [
            error
            for error in (errors if isinstance(errors, list) else [])
            if isinstance(error, dict) and isinstance(error.get("path"), str) and isinstance(error.get("message"), str)
        ]


class AnswerError(KvitError):
    """What was answered is not Kvit's: a proxy's page, for example. `reason` is `not_kvit`."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__("not_kvit", f"the answer {status} is not one of Kvit: see the address")
        self.status = status
        self.text = text[:KEPT_TEXT]


class NoAnswerError(KvitError):
    """No answer came. `reason` is `unreachable` or `timed_out`; what the request did is unknown."""


def error_of(status: int, content: bytes) -> ProblemError | AnswerError:
    """What an answer without success says."""
    text = content.decode("utf-8", "replace")
    try:
        problem = json.loads(text)
    except ValueError:
        return AnswerError(status, text)
    is_problem = isinstance(problem, dict) and isinstance(problem.get("code"), str) and isinstance(problem.get("status"), int)
    return ProblemError(problem) if is_problem else AnswerError(status, text)
