"""The client against the server of KVIT_URL, in which the account `python` is; `./kvit test test/sdk.test.ts` starts one."""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kvit import AnswerError, Kvit, KvitError, NoAnswerError, ProblemError  # noqa: E402
from kvit.client import send_once  # noqa: E402

URL = os.environ["KVIT_URL"]
OPTIONS = {"key": os.environ["KVIT_KEY"], "tenant": os.environ["KVIT_TENANT"]}
PAYMENT = {"account": "python", "amount": "5.00", "currency": "EUR", "method": "cash", "receivedOn": "2026-02-10"}


class Losing:
    """Loses the first answer to each request, after the server has done what it was asked."""

    def __init__(self) -> None:
        self.lost: set[tuple[str, str]] = set()

    def __call__(self, method, address, headers, body, timeout):  # type: ignore[no-untyped-def]
        answer = send_once(method, address, headers, body, timeout)
        request = (address, headers.get("idempotency-key", ""))
        if request in self.lost:
            return answer
        self.lost.add(request)
        raise NoAnswerError("unreachable", "the connection was lost")


def losing() -> Kvit:
    return Kvit(URL, **OPTIONS, transport=Losing(), sleep=lambda _: None)


def answering(*answers: tuple[int, dict[str, str], bytes]) -> tuple[Kvit, list[float]]:
    left, waits = list(answers), []
    return Kvit(URL, transport=lambda *_: left.pop(0), sleep=waits.append), waits


class AgainstServer(unittest.TestCase):
    kvit = Kvit(URL, **OPTIONS)

    def test_a_lost_answer_has_one_effect(self) -> None:
        made = losing().post_payments({"key": "python-cut", **PAYMENT})
        self.assertEqual([payment["id"] for payment in self.kvit.list_payments(account="python")], [made["id"]])
        with self.assertRaises(NoAnswerError):
            losing().post_keys({"name": "python", "scopes": ["usage:write"]})

    def test_a_list_that_grows_has_each_item_once(self) -> None:
        for at in range(5):
            self.kvit.post_customers({"key": f"python-row-{at}", "name": "A row of Python"})
        seen = []
        for customer in losing().list_customers(text="A row of Python", limit=2):
            seen.append(customer["key"])
            if len(seen) == 1:
                self.kvit.post_customers({"key": "python-row-5", "name": "A row of Python"})
        self.assertEqual(seen, [f"python-row-{at}" for at in range(6)])

    def test_a_refusal_has_its_code_and_fields(self) -> None:
        with self.assertRaises(ProblemError) as caught:
            self.kvit.post_customers({"key": "x", "name": ""})
        error = caught.exception
        self.assertEqual((error.code, error.status, [field["path"] for field in error.fields]), ("invalid_request", 400, ["/name"]))
        with self.assertRaises(ProblemError) as unknown:
            self.kvit.get_invoices_by_reference("no/such")
        self.assertEqual(unknown.exception.code, "not_found")
        with self.assertRaises(ValueError):
            self.kvit.get_invoices_by_reference("..")

    def test_usage_is_charged_once_and_events_tell(self) -> None:
        before = [event["id"] for event in self.kvit.get_events(order="newest", limit=1)["items"]]
        records = (
            {
                "id": f"python-{at}", "source": "python", "service": "python", "type": "call",
                "time": "2026-02-09T12:00:00Z", "data": {"minutes": "1.5"},
            }
            for at in range(250)
        )
        totals = losing().send_usage(records, batch=100)
        self.assertEqual((totals["received"], totals["duplicates"], totals["suspended"]), (250, 250, 0))
        day = {"from_": "2026-02-09T00:00:00Z", "until": "2026-02-10T00:00:00Z"}
        lines = self.kvit.get_usage_records_csv(account="python", **day).decode().strip().split("\n")
        self.assertEqual(len(lines), 251)
        statement = self.kvit.download_accounts_by_reference_statement("python", format="csv")
        self.assertIn(b",", statement.split(b"\n")[0])
        self.kvit.post_customers({"key": "python-told", "name": "Told"})
        for event in self.kvit.events(after=before[0], poll=0.01, type="customer.created"):
            if event["data"]["key"] == "python-told":
                break

    def test_what_may_pass_is_sent_again_after_a_pause_and_what_is_not_kvit_is_told(self) -> None:
        busy = b'{"code":"too_many_requests","status":429,"detail":"wait"}'
        kvit, waits = answering((429, {"retry-after": "3"}, busy), (502, {}, b"<html>"), (200, {}, b"{}"))
        self.assertEqual((kvit.get_me(), len(waits)), ({}, 2))
        self.assertGreaterEqual(waits[0], 3)
        for status, text in ((404, b"<html>"), (200, b"<html>")):
            with self.assertRaises(AnswerError) as caught:
                answering((status, {}, text))[0].get_me()
            self.assertEqual((caught.exception.status, caught.exception.text), (status, "<html>"))
        with self.assertRaises(KvitError):
            answering((429, {"retry-after": "90"}, busy))[0].get_me()


if __name__ == "__main__":
    unittest.main()
