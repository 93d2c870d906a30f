from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping

from .errors import AnswerError, KvitError, NoAnswerError, ProblemError, error_of
from .generated.facts import API_VERSION, SENT_ONCE
from .generated.routes import Routes

if TYPE_CHECKING:
    from .generated import types

# How often a request is sent again, and how long is waited between: a quarter of a second, twice as long each time.
RETRIES = 5
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 8.0
# Who is told to wait for longer than this hears of it, and decides.
LONGEST_ASKED = 60.0
# How long one attempt may take.
TIMEOUT = 60.0
# Items on a page of a list, and records of a delivery of usage.
PAGE = 200
BATCH = 1_000
# Statuses by which those in between say that the server is away; what it did is unknown.
AWAY = (502, 503, 504)

# Sends a request once: method, address, headers, body, seconds; answers with status, headers (their names in small letters) and body.
Transport = Callable[[str, str, Mapping[str, str], "bytes | None", float], "tuple[int, Mapping[str, str], bytes]"]


class Kvit(Routes):
    """The API of Kvit. What fails and may pass is sent again, with the same idempotency key.

    >>> kvit = Kvit("http://127.0.0.1:8080", key="kvit_…", tenant="main")
    >>> for invoice in kvit.list_invoices(state="open"):
    ...     print(invoice["number"], invoice["total"])
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        tenant: str | None = None,
        *,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        headers: Mapping[str, str] | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.retries = retries
        self._transport = transport or send_once
        self._sleep = sleep
        self._headers = {
            "accept": "application/json, */*",
            "kvit-version": API_VERSION,
            **({} if key is None else {"authorization": f"Bearer {key}"}),
            **({} if tenant is None else {"kvit-tenant": tenant}),
            **(headers or {}),
        }

    def send_usage(
        self, records: Iterable[types.UsageRecordInput], *, batch: int = BATCH, timeout: float | None = None
    ) -> dict[str, int]:
        """Sends all records there are, delivery by delivery: no more of them are read than the server has answered for.

        A delivery that is sent again charges nothing twice: a record is known by its source and id.
        """
        totals = {"received": 0, "charged": 0, "suspended": 0, "duplicates": 0}
        for lines in batches(records, batch):
            report = self.post_usage(lines, content_type="application/x-ndjson", timeout=timeout)
            totals = {name: count + report[name] for name, count in totals.items()}  # type: ignore[literal-required]
        return totals

    def events(self, *, after: str | None = None, poll: float = 1.0, **filters: Any) -> Iterator[types.Event]:
        """Events as they happen, each once and in their order, for ever: keep the `id` of the last one that was worked on.

        Filters are those of `get_events`: type="invoice.*,payment.recorded", account, customer, object.
        """
        last = after
        while True:
            page = self.get_events(limit=PAGE, cursor=last, **filters)
            for event in page["items"]:
                last = event["id"]
                yield event
            # A page that has been looked through without a hit is followed by others, which begin where it ended.
            if page["nextCursor"] is None:
                self._sleep(poll)
            else:
                last = page["nextCursor"]

    def _list(self, path: str, asks: dict[str, Any], **how: Any) -> Iterator[Any]:
        asks = {**asks, "limit": asks.get("limit") or PAGE}
        cursor = None
        seen: set[str] = set()
        while True:
            page = self._json("GET", path, {**asks, "cursor": cursor}, **how)
            yield from page["items"]
            following = page["nextCursor"]
            if following is None:
                return
            # One that leads back, to itself or to a page of before, would lead there for ever.
            if following in seen:
                raise KvitError("not_kvit", f"the pages come back to {following}")
            seen.add(following)
            cursor = following

    def _json(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> Any:
        status, content = self._attempts(method, path, asks, body, **how)
        try:
            return json.loads(content)
        except ValueError:
            raise AnswerError(status, content.decode("utf-8", "replace")) from None

    def _bytes(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> bytes:
        return self._attempts(method, path, asks, body, **how)[1]

    def _attempts(
        self,
        method: str,
        path: str,
        asks: dict[str, Any],
        body: Any = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        content_type: str | None = None,
    ) -> tuple[int, bytes]:
        """Sends a request until it is answered, or it is no use."""
        address = self.url + address_of(path, asks)
        headers = dict(self._headers)
        if method != "GET":
            headers["idempotency-key"] = idempotency_key or uuid.uuid4().hex
        content = content_of(body)
        if content is not None:
            headers["content-type"] = content_type or "application/json"
        can_repeat = f"{method} {path}" not in SENT_ONCE
        attempt = 0
        while True:
            attempt += 1
            asked: float | None = None
            try:
                status, answered, text = self._transport(method, address, headers, content, timeout or self.timeout)
                if 200 <= status < 300:
                    return status, text
                asked = asked_pause(answered)
                raise error_of(status, text)
            except KvitError as error:
                kind = kind_of(error)
                pause = pause_of(attempt, asked)
                if attempt > self.retries or kind == "final" or pause is None or (kind == "unknown" and not can_repeat):
                    raise
            self._sleep(pause)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What was sent to one address is not sent to another, and a write does not become a read."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def send_once(
    method: str, address: str, headers: Mapping[str, str], body: bytes | None, timeout: float
) -> tuple[int, Mapping[str, str], bytes]:
    request = urllib.request.Request(address, data=body, headers=dict(headers), method=method)
    try:
        try:
            with _opener.open(request, timeout=timeout) as response:
                return response.status, small(response.headers), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, small(error.headers), error.read()
    except (OSError, http.client.HTTPException) as error:
        cause = getattr(error, "reason", error)
        # Not the whole address, which may have a secret in it.
        server = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address))
        if isinstance(cause, TimeoutError):
            raise NoAnswerError("timed_out", f"{server} gave no answer in {timeout} s") from error
        raise NoAnswerError("unreachable", f"{server} cannot be reached, or the connection was lost: {cause}") from error


def small(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def address_of(path: str, asks: Mapping[str, Any]) -> str:
    """Parameters in their places, the others as a query: lists as `a,b`, entries as `metadata[region]=eu`."""
    query: list[tuple[str, str]] = []
    for name, value in asks.items():
        if "{" + name + "}" in path:
            text = str(value) if value is not None else ""
            # Those in between take these for the folder itself and the one above, written out or not.
            if text in ("", ".", ".."):
                raise ValueError(f"{path}: {name} cannot be {text!r}")
            path = path.replace("{" + name + "}", urllib.parse.quote(text, safe=""))
        elif isinstance(value, dict):
            query += [(f"{name}[{key}]", str(text)) for key, text in value.items()]
        elif isinstance(value, (list, tuple)):
            query += [(name, ",".join(value))] if value else []
        elif isinstance(value, bool):
            query.append((name, "true" if value else "false"))
        elif value is not None:
            query.append((name, str(value)))
    return path + ("?" + urllib.parse.urlencode(query) if query else "")


def content_of(body: Any) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def kind_of(error: KvitError) -> str:
    """Whether nothing was done, the outcome is unknown, or the refusal stays."""
    if isinstance(error, NoAnswerError):
        return "unknown"
    if isinstance(error, AnswerError):
        return "unknown" if error.status in AWAY else "final"
    if not isinstance(error, ProblemError):
        return "final"
    if error.code in ("too_many_requests", "overloaded"):
        return "nothing_done"
    return "unknown" if error.status == 503 and error.code != "secrets_unavailable" else "final"


def pause_of(attempt: int, asked: float | None) -> float | None:
    """How long to wait before the request is sent again; None where it should not be."""
    if asked is not None and asked > LONGEST_ASKED:
        return None
    grown: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))
    spread = grown * random.random() / 2
    return grown / 2 + spread if asked is None else asked + spread


def asked_pause(headers: Mapping[str, str]) -> float | None:
    """What `Retry-After` asks for: seconds, or a time, which is held against the answer's own `Date`."""
    text = headers.get("retry-after") or ""
    if text.strip().isdigit():
        return float(text)
    try:
        until, now = parsedate_to_datetime(text), parsedate_to_datetime(headers.get("date") or "")
        seconds: float = (until - now).total_seconds()
    except (TypeError, ValueError):
        return None
    return seconds if seconds > 0 else 0.0


def batches(records: Iterable[Any], size: int) -> Iterator[str]:
    lines: list[str] = []
    for record in records:
        lines.append(json.dumps(record))
        if len(lines) >= size:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)
