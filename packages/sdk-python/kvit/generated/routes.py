# Written by tools/sdk out of what the server says of its API.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Literal, Union

if TYPE_CHECKING:
    from . import types


class Routes:
    """All routes of the API. Each is called as the description names it: `GET /v1/invoices` is `get_invoices`."""

    def _json(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> Any:
        raise NotImplementedError

    def _bytes(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> bytes:
        raise NotImplementedError

    def _list(self, path: str, asks: dict[str, Any], **how: Any) -> Iterator[Any]:
        raise NotImplementedError

    def get_pay_by_token(self, token: str, *, timeout: float | None = None) -> bytes:
        """The page of a link: what is to be paid, and how. With the secret of a link, which is the end of the address."""
        return self._bytes("GET", "/pay/{token}", {"token": token}, timeout=timeout)

    def post_pay_by_token(self, token: str, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> bytes:
        """Begin to pay: the form of the page. What is to be paid is claimed, and the payer is led to the provider. With the secret of a link, which is the end of the address."""
        return self._bytes("POST", "/pay/{token}", {"token": token}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_pay_by_token_document_pdf(self, token: str, *, timeout: float | None = None) -> bytes:
        """The document of the link as PDF, and no other. With the secret of a link, which is the end of the address."""
        return self._bytes("GET", "/pay/{token}/document.pdf", {"token": token}, timeout=timeout)

    def get_pay_by_token_payments_by_id(self, token: str, id: str, *, begun: Literal["1"] | None = None, timeout: float | None = None) -> bytes:
        """What became of a payment that was begun on the page: the provider is asked where it is not known. With the secret of a link, which is the end of the address."""
        return self._bytes("GET", "/pay/{token}/payments/{id}", {"token": token, "id": id, "begun": begun}, timeout=timeout)

    def get_pay_by_token_payments_by_id_receipt_pdf(self, token: str, id: str, *, timeout: float | None = None) -> bytes:
        """The receipt of a payment that was made by the link, as PDF. With the secret of a link, which is the end of the address."""
        return self._bytes("GET", "/pay/{token}/payments/{id}/receipt.pdf", {"token": token, "id": id}, timeout=timeout)

    def get_unsubscribe_by_token(self, token: str, *, timeout: float | None = None) -> bytes:
        """The page of a link in a message: it asks whether such messages are to stop. With the secret of a link, which is the end of the address."""
        return self._bytes("GET", "/unsubscribe/{token}", {"token": token}, timeout=timeout)

    def post_unsubscribe_by_token(self, token: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> bytes:
        """Stop such messages: the form of the page, or one click in a program that shows mail (RFC 8058). With the secret of a link, which is the end of the address."""
        return self._bytes("POST", "/unsubscribe/{token}", {"token": token}, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, customer: str | None = None, issuer: str | None = None, currency: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["customer", "issuer", "sponsor", "sponsor.customer", "sponsor.issuer", "sponsor.sponsor"]] | None = None, timeout: float | None = None) -> types.GetAccountsAnswer:
        """List: account. Scope: `customers:read`."""
        return self._json("GET", "/v1/accounts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "customer": customer, "issuer": issuer, "currency": currency, "metadata": metadata, "expand": expand}, timeout=timeout)

    def list_accounts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, customer: str | None = None, issuer: str | None = None, currency: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["customer", "issuer", "sponsor", "sponsor.customer", "sponsor.issuer", "sponsor.sponsor"]] | None = None, timeout: float | None = None) -> Iterator[types.Account]:
        """List: account. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/accounts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "customer": customer, "issuer": issuer, "currency": currency, "metadata": metadata, "expand": expand}, timeout=timeout)

    def post_accounts(self, body: types.PostAccountsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Account:
        """Create: account. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/accounts", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference(self, reference: str, *, expand: list[Literal["customer", "issuer", "sponsor", "sponsor.customer", "sponsor.issuer", "sponsor.sponsor"]] | None = None, timeout: float | None = None) -> types.Account:
        """Read by id or key: account. Scope: `customers:read`."""
        return self._json("GET", "/v1/accounts/{reference}", {"reference": reference, "expand": expand}, timeout=timeout)

    def patch_accounts_by_reference(self, reference: str, body: types.PatchAccountsByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Account:
        """Change: account. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/accounts/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference_auto_charge(self, reference: str, *, timeout: float | None = None) -> types.GetAccountsByReferenceAutoChargeAnswer:
        """When documents of an account are charged by themselves. Scope: `payments:read`."""
        return self._json("GET", "/v1/accounts/{reference}/auto-charge", {"reference": reference}, timeout=timeout)

    def put_accounts_by_reference_auto_charge(self, reference: str, body: types.PutAccountsByReferenceAutoChargeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutAccountsByReferenceAutoChargeAnswer:
        """Have documents that are issued from now on charged by the default means of payment: when issued, when due, or never. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/accounts/{reference}/auto-charge", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference_balance_entries(self, reference: str, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetAccountsByReferenceBalanceEntriesAnswer:
        """Everything that moved balances but usage. Scope: `balances:read`."""
        return self._json("GET", "/v1/accounts/{reference}/balance-entries", {"reference": reference, "limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_accounts_by_reference_balance_entries(self, reference: str, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.GetAccountsByReferenceBalanceEntriesAnswerItem]:
        """Everything that moved balances but usage. Scope: `balances:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/accounts/{reference}/balance-entries", {"reference": reference, "limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def get_accounts_by_reference_balances(self, reference: str, *, timeout: float | None = None) -> types.Balances:
        """Balances of an account as they stand: lots, credit, holds and running sessions. Scope: `balances:read`."""
        return self._json("GET", "/v1/accounts/{reference}/balances", {"reference": reference}, timeout=timeout)

    def get_accounts_by_reference_contract_commits(self, reference: str, *, timeout: float | None = None) -> types.GetAccountsByReferenceContractCommitsAnswer:
        """Commits of an account, term by term, with what can still be drawn down. Scope: `invoices:read`."""
        return self._json("GET", "/v1/accounts/{reference}/contract-commits", {"reference": reference}, timeout=timeout)

    def get_accounts_by_reference_deposit(self, reference: str, *, timeout: float | None = None) -> types.GetAccountsByReferenceDepositAnswer:
        """What is held of an account. Scope: `payments:read`."""
        return self._json("GET", "/v1/accounts/{reference}/deposit", {"reference": reference}, timeout=timeout)

    def get_accounts_by_reference_dunning(self, reference: str, *, timeout: float | None = None) -> types.AccountDunning:
        """How an account stands: what is overdue, what was done, what comes next and when, and what stops it. Scope: `dunning:read`."""
        return self._json("GET", "/v1/accounts/{reference}/dunning", {"reference": reference}, timeout=timeout)

    def post_accounts_by_reference_dunning_hold(self, reference: str, body: types.PostAccountsByReferenceDunningHoldBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.AccountDunning:
        """Hold the dunning of an account: no step is done until a day, or until it is released; what is blocked stays so. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/accounts/{reference}/dunning/hold", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_accounts_by_reference_dunning_release(self, reference: str, body: types.PostAccountsByReferenceDunningReleaseBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.AccountDunning:
        """Release an account whose dunning is held. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/accounts/{reference}/dunning/release", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_accounts_by_reference_instalments(self, reference: str, body: types.PostAccountsByReferenceInstalmentsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentPlan:
        """Agree that what is open is paid in equal parts, each due on a day of its own. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/accounts/{reference}/instalments", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference_next_invoice(self, reference: str, *, at: str | None = None, timeout: float | None = None) -> types.GetAccountsByReferenceNextInvoiceAnswer:
        """What the next documents would be with the usage of today: at the end of the period, or at a day. Scope: `invoices:read`."""
        return self._json("GET", "/v1/accounts/{reference}/next-invoice", {"reference": reference, "at": at}, timeout=timeout)

    def post_accounts_by_reference_payment_links(self, reference: str, body: types.PostAccountsByReferencePaymentLinksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostAccountsByReferencePaymentLinksAnswer:
        """The same for all open items of an account, or to top it up by an amount that the payer chooses. Scope: `payments:write`."""
        return self._json("POST", "/v1/accounts/{reference}/payment-links", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference_payment_reference(self, reference: str, *, timeout: float | None = None) -> types.GetAccountsByReferencePaymentReferenceAnswer:
        """The references that a customer can write on every transfer: money with them is for this account. Scope: `payments:read`."""
        return self._json("GET", "/v1/accounts/{reference}/payment-reference", {"reference": reference}, timeout=timeout)

    def post_accounts_by_reference_promises(self, reference: str, body: types.PostAccountsByReferencePromisesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentPlan:
        """Note that a customer has promised to pay until a day what is open, or a part of it. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/accounts/{reference}/promises", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_accounts_by_reference_service_states(self, reference: str, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None) -> types.GetAccountsByReferenceServiceStatesAnswer:
        """The states of an account’s services that have not ended. Scope: `blocks:read`."""
        return self._json("GET", "/v1/accounts/{reference}/service-states", {"reference": reference, "limit": limit, "cursor": cursor}, timeout=timeout)

    def list_accounts_by_reference_service_states(self, reference: str, *, limit: int | None = None, timeout: float | None = None) -> Iterator[types.ServiceState]:
        """The states of an account’s services that have not ended. Scope: `blocks:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/accounts/{reference}/service-states", {"reference": reference, "limit": limit}, timeout=timeout)

    def get_accounts_by_reference_statement(self, reference: str, *, from_: str | None = None, until: str | None = None, format: Literal["json", "csv", "pdf"] | None = None, timeout: float | None = None) -> types.Statement:
        """What the account had, what came and went, and what it has; days of its zone, half-open. Scope: `balances:read`."""
        return self._json("GET", "/v1/accounts/{reference}/statement", {"reference": reference, "from": from_, "until": until, "format": format}, timeout=timeout)

    def download_accounts_by_reference_statement(self, reference: str, *, from_: str | None = None, until: str | None = None, format: Literal["json", "csv", "pdf"] | None = None, timeout: float | None = None) -> bytes:
        """What the account had, what came and went, and what it has; days of its zone, half-open. Scope: `balances:read`."""
        return self._bytes("GET", "/v1/accounts/{reference}/statement", {"reference": reference, "from": from_, "until": until, "format": format}, timeout=timeout)

    def get_adjustments(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["pending", "applied", "rejected"] | None = None, timeout: float | None = None) -> types.GetAdjustmentsAnswer:
        """List adjustments. Scope: `balances:read`."""
        return self._json("GET", "/v1/adjustments", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status}, timeout=timeout)

    def list_adjustments(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["pending", "applied", "rejected"] | None = None, timeout: float | None = None) -> Iterator[types.Adjustment]:
        """List adjustments. Scope: `balances:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/adjustments", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status}, timeout=timeout)

    def post_adjustments(self, body: types.PostAdjustmentsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Adjustment:
        """Correct a balance by hand, with a reason; above the limit of the settings it waits for approval. Scope: `balances:write`."""
        return self._json("POST", "/v1/adjustments", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_adjustments_by_id_approve(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Adjustment:
        """Approve an adjustment that waits; another person than the one who asked. Scope: `balances:approve`."""
        return self._json("POST", "/v1/adjustments/{id}/approve", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_adjustments_by_id_reject(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Adjustment:
        """Reject an adjustment that waits; another person than the one who asked. Scope: `balances:approve`."""
        return self._json("POST", "/v1/adjustments/{id}/reject", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_approval_requests(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["pending", "applied", "rejected", "expired"] | None = None, kind: Literal["payment", "top_up", "credit_note", "void", "debit_note", "write_off", "dispute"] | None = None, timeout: float | None = None) -> types.GetApprovalRequestsAnswer:
        """List what two people have to agree to: reversals, notes on request, write-offs, accepted disputes. Scope: `balances:read`."""
        return self._json("GET", "/v1/approval-requests", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status, "kind": kind}, timeout=timeout)

    def list_approval_requests(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["pending", "applied", "rejected", "expired"] | None = None, kind: Literal["payment", "top_up", "credit_note", "void", "debit_note", "write_off", "dispute"] | None = None, timeout: float | None = None) -> Iterator[types.ApprovalRequest]:
        """List what two people have to agree to: reversals, notes on request, write-offs, accepted disputes. Scope: `balances:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/approval-requests", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status, "kind": kind}, timeout=timeout)

    def post_approval_requests_by_id_approve(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ApprovalRequest:
        """Approve what waits; another person than the one who asked. Scope: `balances:approve`."""
        return self._json("POST", "/v1/approval-requests/{id}/approve", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_approval_requests_by_id_reject(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ApprovalRequest:
        """Reject what waits; another person than the one who asked. Scope: `balances:approve`."""
        return self._json("POST", "/v1/approval-requests/{id}/reject", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_attachments_by_id_content(self, id: str, *, timeout: float | None = None) -> bytes:
        """A file that is kept, as it came: a download, which browsers do not open. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/attachments/{id}/content", {"id": id}, timeout=timeout)

    def post_attachments_by_id_deletion(self, id: str, body: types.PostAttachmentsByIdDeletionBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Attachment:
        """Delete a file that is kept, with a reason: its bytes are gone, and what it was stays known. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/attachments/{id}/deletion", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_audit_log(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, actor: str | None = None, person: str | None = None, route: str | None = None, object: str | None = None, outcome: Literal["done", "begun", "refused"] | None = None, ip: str | None = None, request: str | None = None, from_: str | None = None, until: str | None = None, timeout: float | None = None) -> types.GetAuditLogAnswer:
        """Who did what, when and from where. Scope: `audit:read`."""
        return self._json("GET", "/v1/audit-log", {"limit": limit, "cursor": cursor, "before": before, "order": order, "actor": actor, "person": person, "route": route, "object": object, "outcome": outcome, "ip": ip, "request": request, "from": from_, "until": until}, timeout=timeout)

    def list_audit_log(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, actor: str | None = None, person: str | None = None, route: str | None = None, object: str | None = None, outcome: Literal["done", "begun", "refused"] | None = None, ip: str | None = None, request: str | None = None, from_: str | None = None, until: str | None = None, timeout: float | None = None) -> Iterator[types.AuditEntry]:
        """Who did what, when and from where. Scope: `audit:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/audit-log", {"limit": limit, "order": order, "actor": actor, "person": person, "route": route, "object": object, "outcome": outcome, "ip": ip, "request": request, "from": from_, "until": until}, timeout=timeout)

    def post_balance_transfers(self, body: types.PostBalanceTransfersBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostBalanceTransfersAnswer:
        """Move paid money from one account to another. Scope: `balances:write`."""
        return self._json("POST", "/v1/balance-transfers", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_bank_accounts(self, *, timeout: float | None = None) -> types.GetBankAccountsAnswer:
        """Accounts at banks: what the ledger has of each, what the bank says, and what is missing. Scope: `payments:read`."""
        return self._json("GET", "/v1/bank-accounts", {}, timeout=timeout)

    def post_bank_accounts(self, body: types.PostBankAccountsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankAccount:
        """An account of an issuer at a bank, whose statements are to be imported. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-accounts", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_bank_accounts_by_reference(self, reference: str, *, timeout: float | None = None) -> types.BankAccount:
        """An account at a bank. Scope: `payments:read`."""
        return self._json("GET", "/v1/bank-accounts/{reference}", {"reference": reference}, timeout=timeout)

    def put_bank_accounts_by_reference_csv_mapping(self, reference: str, body: types.BankCsvMappingInput, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankAccount:
        """Say which column of the CSV files of a bank is what. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/bank-accounts/{reference}/csv-mapping", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_bank_accounts_by_reference_matching(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankAccount:
        """Look again at all lines that wait, such as after invoices were issued. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-accounts/{reference}/matching", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def post_bank_files(self, body: bytes | str, *, name: str | None = None, bank_account: str | None = None, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.BankFile:
        """Import a file of a bank: camt.052/053/054, MT940, MT942 or CSV. What was imported before, in this file or another one, is not booked again. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-files", {"name": name, "bankAccount": bank_account}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_bank_lines(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, bank_account: str | None = None, account: str | None = None, state: Literal["new", "waiting", "set_aside", "to_return", "done"] | None = None, from_: str | None = None, until: str | None = None, timeout: float | None = None) -> types.GetBankLinesAnswer:
        """Money on bank accounts, line by line; those that wait for a decision have proposals. Scope: `payments:read`."""
        return self._json("GET", "/v1/bank-lines", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "bankAccount": bank_account, "account": account, "state": state, "from": from_, "until": until}, timeout=timeout)

    def list_bank_lines(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, bank_account: str | None = None, account: str | None = None, state: Literal["new", "waiting", "set_aside", "to_return", "done"] | None = None, from_: str | None = None, until: str | None = None, timeout: float | None = None) -> Iterator[types.BankLine]:
        """Money on bank accounts, line by line; those that wait for a decision have proposals. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/bank-lines", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "bankAccount": bank_account, "account": account, "state": state, "from": from_, "until": until}, timeout=timeout)

    def get_bank_lines_by_id(self, id: str, *, timeout: float | None = None) -> types.BankLine:
        """A line: what it was for, or what it may be for and why. Scope: `payments:read`."""
        return self._json("GET", "/v1/bank-lines/{id}", {"id": id}, timeout=timeout)

    def post_bank_lines_by_id_acceptance(self, id: str, body: types.PostBankLinesByIdAcceptanceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankLine:
        """Accept a proposal of a line: the first, or the one of an account. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-lines/{id}/acceptance", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_bank_lines_by_id_matches(self, id: str, body: Union[types.PostBankLinesByIdMatchesBody1, types.PostBankLinesByIdMatchesBody2, types.PostBankLinesByIdMatchesBody3, types.PostBankLinesByIdMatchesBody4, types.PostBankLinesByIdMatchesBody5, types.PostBankLinesByIdMatchesBody6, types.PostBankLinesByIdMatchesBody7, types.PostBankLinesByIdMatchesBody8, types.PostBankLinesByIdMatchesBody9], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankLine:
        """Say what a line is for: a payment, a fee, a refund, a return, a payment recorded by hand, a payout of a provider, cash of a desk, another line, or nothing of ours. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-lines/{id}/matches", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_bank_lines_by_id_state(self, id: str, body: types.PostBankLinesByIdStateBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BankLine:
        """Set a line aside, note that it is to be returned to its sender, or let it wait for a decision again. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-lines/{id}/state", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_bank_lines_by_id_undo(self, id: str, body: types.PostBankLinesByIdUndoBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostBankLinesByIdUndoAnswer:
        """Take back what a line was for: its money is in suspense again, and payments of it are reversed. Above the limit of the settings it waits for another person: the answer has the request. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/bank-lines/{id}/undo", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_bank_statements(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, bank_account: str | None = None, timeout: float | None = None) -> types.GetBankStatementsAnswer:
        """Statements that were imported, with their balances. Scope: `payments:read`."""
        return self._json("GET", "/v1/bank-statements", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "bankAccount": bank_account}, timeout=timeout)

    def list_bank_statements(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, bank_account: str | None = None, timeout: float | None = None) -> Iterator[types.BankStatement]:
        """Statements that were imported, with their balances. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/bank-statements", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "bankAccount": bank_account}, timeout=timeout)

    def post_bill_runs(self, body: types.PostBillRunsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BillRun:
        """Bill all accounts until a day; the day is the natural key, and running twice bills nothing twice. Scope: `invoices:write`."""
        return self._json("POST", "/v1/bill-runs", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_bill_runs_by_id(self, id: str, *, timeout: float | None = None) -> types.BillRun:
        """Progress of a bill run. Scope: `invoices:read`."""
        return self._json("GET", "/v1/bill-runs/{id}", {"id": id}, timeout=timeout)

    def get_blocks(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, service: str | None = None, reason: Literal["dunning_soft", "dunning_hard", "customer", "fraud", "admin"] | None = None, state: Literal["standing", "coming", "ended", "lifted"] | None = None, timeout: float | None = None) -> types.GetBlocksAnswer:
        """Blocks: those that stand, come, have ended or were lifted. Scope: `blocks:read`."""
        return self._json("GET", "/v1/blocks", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "service": service, "reason": reason, "state": state}, timeout=timeout)

    def list_blocks(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, service: str | None = None, reason: Literal["dunning_soft", "dunning_hard", "customer", "fraud", "admin"] | None = None, state: Literal["standing", "coming", "ended", "lifted"] | None = None, timeout: float | None = None) -> Iterator[types.ServiceBlock]:
        """Blocks: those that stand, come, have ended or were lifted. Scope: `blocks:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/blocks", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "service": service, "reason": reason, "state": state}, timeout=timeout)

    def post_blocks(self, body: types.PostBlocksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ServiceBlock:
        """Block a service, or all services of an account, now or at a later time; several blocks stand side by side. Scope: `blocks:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/blocks", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_blocks_by_id(self, id: str, *, timeout: float | None = None) -> types.ServiceBlock:
        """A block. Scope: `blocks:read`."""
        return self._json("GET", "/v1/blocks/{id}", {"id": id}, timeout=timeout)

    def post_blocks_by_id_lift(self, id: str, body: types.PostBlocksByIdLiftBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ServiceBlock:
        """Lift a block before its end; what other blocks bar stays barred. Scope: `blocks:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/blocks/{id}/lift", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_bonus_rules(self, *, timeout: float | None = None) -> types.GetBonusRulesAnswer:
        """List rules of bonuses. Scope: `balances:read`."""
        return self._json("GET", "/v1/bonus-rules", {}, timeout=timeout)

    def delete_bonus_rules_by_code(self, code: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteBonusRulesByCodeAnswer:
        """Remove a rule. Scope: `balances:approve`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/bonus-rules/{code}", {"code": code}, idempotency_key=idempotency_key, timeout=timeout)

    def put_bonus_rules_by_code(self, code: str, body: types.PutBonusRulesByCodeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.BonusRule:
        """Set a rule: what comes along with top-ups. Scope: `balances:approve`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/bonus-rules/{code}", {"code": code}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_books(self, *, timeout: float | None = None) -> types.GetBooksAnswer:
        """Issuers that keep books. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books", {}, timeout=timeout)

    def post_books(self, body: types.PostBooksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Books:
        """Begin the books of an issuer: with its first period, and with what was posted before as the opening entry. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/books", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_books_by_issuer(self, issuer: str, *, timeout: float | None = None) -> types.Books:
        """The books of an issuer. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}", {"issuer": issuer}, timeout=timeout)

    def get_books_by_issuer_ageing(self, issuer: str, *, as_of: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerAgeingAnswer:
        """What accounts owe as of a day by how long it is due, in each currency. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/ageing", {"issuer": issuer, "asOf": as_of}, timeout=timeout)

    def get_books_by_issuer_balance_confirmation(self, issuer: str, *, account: str, as_of: str | None = None, return_to: str | None = None, timeout: float | None = None) -> bytes:
        """A letter as PDF that asks the customer of an account to confirm its balance as of a day. Scope: `ledger:read`."""
        return self._bytes("GET", "/v1/books/{issuer}/balance-confirmation", {"issuer": issuer, "account": account, "asOf": as_of, "returnTo": return_to}, timeout=timeout)

    def get_books_by_issuer_chart(self, issuer: str, *, timeout: float | None = None) -> types.GetBooksByIssuerChartAnswer:
        """The chart of accounts of an issuer, and which account takes what. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/chart", {"issuer": issuer}, timeout=timeout)

    def post_books_by_issuer_chart(self, issuer: str, body: types.PostBooksByIssuerChartBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostBooksByIssuerChartAnswer:
        """Add accounts and rules, or change those that are there; of rules that hold the most specific wins. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/books/{issuer}/chart", {"issuer": issuer}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_books_by_issuer_deferred_revenue(self, issuer: str, *, as_of: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerDeferredRevenueAnswer:
        """Revenue by the month in which it was billed and those in which it is recognised, as of a day: a waterfall. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/deferred-revenue", {"issuer": issuer, "asOf": as_of}, timeout=timeout)

    def get_books_by_issuer_journal(self, issuer: str, *, from_: str, until: str, format: Literal["json", "csv", "datev", "saft", "bas"] | None = None, consultant: int | None = None, client: int | None = None, account_length: int | None = None, year_start: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerJournalAnswer:
        """All entries of the books of some days, as JSON, CSV, DATEV Buchungsstapel (EXTF), SAF-T or XML for BAS. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/journal", {"issuer": issuer, "from": from_, "until": until, "format": format, "consultant": consultant, "client": client, "accountLength": account_length, "yearStart": year_start}, timeout=timeout)

    def download_books_by_issuer_journal(self, issuer: str, *, from_: str, until: str, format: Literal["json", "csv", "datev", "saft", "bas"] | None = None, consultant: int | None = None, client: int | None = None, account_length: int | None = None, year_start: str | None = None, timeout: float | None = None) -> bytes:
        """All entries of the books of some days, as JSON, CSV, DATEV Buchungsstapel (EXTF), SAF-T or XML for BAS. Scope: `ledger:read`."""
        return self._bytes("GET", "/v1/books/{issuer}/journal", {"issuer": issuer, "from": from_, "until": until, "format": format, "consultant": consultant, "client": client, "accountLength": account_length, "yearStart": year_start}, timeout=timeout)

    def get_books_by_issuer_lines(self, issuer: str, *, as_of: str | None = None, from_: str | None = None, code: str | None = None, ledger_account: str | None = None, account: str | None = None, document: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerLinesAnswer:
        """Lines of the books, oldest first, of an account of the general ledger, a customer or a document: an account sheet. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/lines", {"issuer": issuer, "asOf": as_of, "from": from_, "code": code, "ledgerAccount": ledger_account, "account": account, "document": document}, timeout=timeout)

    def get_books_by_issuer_open_items(self, issuer: str, *, as_of: str | None = None, account: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerOpenItemsAnswer:
        """Documents that are not settled as of a day, of one account or of all; the sum for one account is a confirmation of its balance. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/open-items", {"issuer": issuer, "asOf": as_of, "account": account}, timeout=timeout)

    def get_books_by_issuer_oss(self, issuer: str, *, quarter: str, format: Literal["json", "csv"] | None = None, timeout: float | None = None) -> types.GetBooksByIssuerOssAnswer:
        """What is declared in the one-stop shop for a quarter: by member state of consumption and rate, in euro. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/oss", {"issuer": issuer, "quarter": quarter, "format": format}, timeout=timeout)

    def download_books_by_issuer_oss(self, issuer: str, *, quarter: str, format: Literal["json", "csv"] | None = None, timeout: float | None = None) -> bytes:
        """What is declared in the one-stop shop for a quarter: by member state of consumption and rate, in euro. Scope: `ledger:read`."""
        return self._bytes("GET", "/v1/books/{issuer}/oss", {"issuer": issuer, "quarter": quarter, "format": format}, timeout=timeout)

    def get_books_by_issuer_periods(self, issuer: str, *, timeout: float | None = None) -> types.GetBooksByIssuerPeriodsAnswer:
        """Periods of an issuer until today, with what was done to them. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/periods", {"issuer": issuer}, timeout=timeout)

    def post_books_by_issuer_periods_by_from_close(self, issuer: str, from_: str, body: dict[str, Any], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostBooksByIssuerPeriodsByFromCloseAnswer:
        """Close a period that has ended: a job computes what is deferred and unbilled, writes its lines and locks it. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/books/{issuer}/periods/{from}/close", {"issuer": issuer, "from": from_}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_books_by_issuer_periods_by_from_recognised(self, issuer: str, from_: str, *, limit: int | None = None, cursor: str | None = None, account: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerPeriodsByFromRecognisedAnswer:
        """What a closed period has recognised of each line, usage and pack of units: behind the sums of deferred and unbilled revenue. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/periods/{from}/recognised", {"issuer": issuer, "from": from_, "limit": limit, "cursor": cursor, "account": account}, timeout=timeout)

    def list_books_by_issuer_periods_by_from_recognised(self, issuer: str, from_: str, *, limit: int | None = None, account: str | None = None, timeout: float | None = None) -> Iterator[types.GetBooksByIssuerPeriodsByFromRecognisedAnswerItem]:
        """What a closed period has recognised of each line, usage and pack of units: behind the sums of deferred and unbilled revenue. Scope: `ledger:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/books/{issuer}/periods/{from}/recognised", {"issuer": issuer, "from": from_, "limit": limit, "account": account}, timeout=timeout)

    def post_books_by_issuer_periods_by_from_reopen(self, issuer: str, from_: str, body: types.PostBooksByIssuerPeriodsByFromReopenBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostBooksByIssuerPeriodsByFromReopenAnswer:
        """Open the last closed period again, with a reason; what it was closed with stays as an earlier generation. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/books/{issuer}/periods/{from}/reopen", {"issuer": issuer, "from": from_}, body, idempotency_key=idempotency_key, timeout=timeout)

    def put_books_by_issuer_policies(self, issuer: str, body: types.BooksPoliciesInput, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Books:
        """Set how books are kept; the length of periods stays, and what is closed stays as it is. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/books/{issuer}/policies", {"issuer": issuer}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_books_by_issuer_taxes(self, issuer: str, *, from_: str, until: str, timeout: float | None = None) -> types.GetBooksByIssuerTaxesAnswer:
        """Taxes of the documents of some days by place and rate, with what they are on; the ledger has the same. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/taxes", {"issuer": issuer, "from": from_, "until": until}, timeout=timeout)

    def get_books_by_issuer_trial_balance(self, issuer: str, *, as_of: str | None = None, from_: str | None = None, timeout: float | None = None) -> types.GetBooksByIssuerTrialBalanceAnswer:
        """Debits, credits and balance of each account of the general ledger as of a day; the difference is zero. Scope: `ledger:read`."""
        return self._json("GET", "/v1/books/{issuer}/trial-balance", {"issuer": issuer, "asOf": as_of, "from": from_}, timeout=timeout)

    def post_brand_images(self, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.BrandImage:
        """Keep a logo, a PNG or an SVG of shapes; brands name it by the hash that is answered. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/brand-images", {}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_brand_images_by_digest(self, digest: str, *, timeout: float | None = None) -> bytes:
        """A logo as it was kept. Scope: `settings:read`."""
        return self._bytes("GET", "/v1/brand-images/{digest}", {"digest": digest}, timeout=timeout)

    def post_brand_previews(self, body: types.PostBrandPreviewsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> bytes:
        """A sample document as a brand would make it look; nothing is kept. Scope: `settings:read`."""
        return self._bytes("POST", "/v1/brand-previews", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_brands(self, *, timeout: float | None = None) -> types.GetBrandsAnswer:
        """What pages of issuers and their brands look like: the last version of each. Scope: `settings:read`."""
        return self._json("GET", "/v1/brands", {}, timeout=timeout)

    def get_brands_by_key(self, key: str, *, version: int | None = None, timeout: float | None = None) -> types.Brand:
        """A brand: its last version, or the one of a number. Scope: `settings:read`."""
        return self._json("GET", "/v1/brands/{key}", {"key": key, "version": version}, timeout=timeout)

    def put_brands_by_key(self, key: str, body: types.BrandContentInput, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Brand:
        """Publish a version of a brand: documents from now on have it, those of before keep theirs. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/brands/{key}", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_call_tasks(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "done", "cancelled"] | None = None, outcome: Literal["promised", "refused", "disputes", "not_reached", "wrong_number", "other"] | None = None, timeout: float | None = None) -> types.GetCallTasksAnswer:
        """Calls that somebody is to make, with what to say, and those that were made. Scope: `dunning:read`."""
        return self._json("GET", "/v1/call-tasks", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "outcome": outcome}, timeout=timeout)

    def list_call_tasks(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "done", "cancelled"] | None = None, outcome: Literal["promised", "refused", "disputes", "not_reached", "wrong_number", "other"] | None = None, timeout: float | None = None) -> Iterator[types.CallTask]:
        """Calls that somebody is to make, with what to say, and those that were made. Scope: `dunning:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/call-tasks", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "outcome": outcome}, timeout=timeout)

    def get_call_tasks_by_id(self, id: str, *, timeout: float | None = None) -> types.CallTask:
        """A call that somebody is to make, or has made. Scope: `dunning:read`."""
        return self._json("GET", "/v1/call-tasks/{id}", {"id": id}, timeout=timeout)

    def post_call_tasks_by_id_outcome(self, id: str, body: types.PostCallTasksByIdOutcomeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CallTask:
        """Say what came of a call. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/call-tasks/{id}/outcome", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_callbacks_by_tenant_mail_bounces(self, tenant: str, body: types.PostCallbacksByTenantMailBouncesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCallbacksByTenantMailBouncesAnswer:
        """Mail that came back or was complained about: its address is not written to again, or gets only what is mandatory. Signed with the secret of the tenant’s settings: `webhook-signature`."""
        return self._json("POST", "/v1/callbacks/{tenant}/mail-bounces", {"tenant": tenant}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_callbacks_by_tenant_notification_channels_by_channel(self, tenant: str, channel: Literal["mail", "smpp", "sms-http", "web-push", "telegram", "fcm", "voice"], body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCallbacksByTenantNotificationChannelsByChannelAnswer:
        """A receipt of a channel, signed as its provider signs: its message was delivered, or failed and the next way begins. Signed with the secret of the tenant’s settings: `x-twilio-signature`."""
        return self._json("POST", "/v1/callbacks/{tenant}/notification-channels/{channel}", {"tenant": tenant, "channel": channel}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def post_callbacks_by_tenant_payment_gateways_by_gateway(self, tenant: str, gateway: str, body: Any, *, key: str | None = None, signature: str | None = None, idempotency_key: str | None = None, timeout: float | None = None) -> Union[types.PostCallbacksByTenantPaymentGatewaysByGatewayAnswer, dict[str, Union[str, float]]]:
        """A callback of a payment provider, signed as the provider signs: the gateway is asked what has become of what it is about. Signed with the secret of the tenant’s settings: `stripe-signature`."""
        return self._json("POST", "/v1/callbacks/{tenant}/payment-gateways/{gateway}", {"tenant": tenant, "gateway": gateway, "key": key, "signature": signature}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_callbacks_by_tenant_payment_notices(self, tenant: str, body: types.PostCallbacksByTenantPaymentNoticesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCallbacksByTenantPaymentNoticesAnswer:
        """A payment that a bank, a till or another system tells of, as POST /v1/payments records it. Signed with the secret of the tenant’s settings: `webhook-signature`."""
        return self._json("POST", "/v1/callbacks/{tenant}/payment-notices", {"tenant": tenant}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_callbacks_by_tenant_peppol(self, tenant: str, body: Any, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCallbacksByTenantPeppolAnswer:
        """A callback of the access point of Peppol: it is asked what has become of the document that it is about. Signed with the secret of the tenant’s settings: `webhook-signature`."""
        return self._json("POST", "/v1/callbacks/{tenant}/peppol", {"tenant": tenant}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_callbacks_by_tenant_terminals_by_network(self, tenant: str, network: str, *, timeout: float | None = None) -> bytes:
        """What a payment terminal asks in its address: command=check, pay, status or cancel; answered in XML or JSON. Signed with the secret of the tenant’s settings: `authorization`."""
        return self._bytes("GET", "/v1/callbacks/{tenant}/terminals/{network}", {"tenant": tenant, "network": network}, timeout=timeout)

    def post_callbacks_by_tenant_terminals_by_network(self, tenant: str, network: str, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> bytes:
        """What a payment terminal asks in a form or in JSON: command=check, pay, status or cancel; answered in XML or JSON. Signed with the secret of the tenant’s settings: `authorization`."""
        return self._bytes("POST", "/v1/callbacks/{tenant}/terminals/{network}", {"tenant": tenant, "network": network}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_cash_desks(self, *, timeout: float | None = None) -> types.GetCashDesksAnswer:
        """The cash desks, with what is to be in their drawers and safes. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-desks", {}, timeout=timeout)

    def get_cash_desks_by_key(self, key: str, *, timeout: float | None = None) -> types.CashDesk:
        """A cash desk. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-desks/{key}", {"key": key}, timeout=timeout)

    def put_cash_desks_by_key(self, key: str, body: types.PutCashDesksByKeyBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CashDesk:
        """Set up a cash desk, or change it; its currency stays. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/cash-desks/{key}", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_cash_desks_by_key_movements(self, key: str, body: types.PostCashDesksByKeyMovementsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CashMovement:
        """Put cash into a drawer or a safe, take it out, or take it to the bank; nothing is paid by it. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/cash-desks/{key}/movements", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_cash_desks_by_key_receipts(self, key: str, body: types.PostCashDesksByKeyReceiptsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CashReceipt:
        """Take cash of somebody at a desk: a payment, or a top-up for accounts with balances, with the next number of the desk; a key has one effect. Scope: `payments:write`."""
        return self._json("POST", "/v1/cash-desks/{key}/receipts", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_cash_desks_by_key_report(self, key: str, *, timeout: float | None = None) -> types.CashReport:
        """The X report of the shift that is open at a desk. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-desks/{key}/report", {"key": key}, timeout=timeout)

    def post_cash_desks_by_key_shift(self, key: str, body: types.PostCashDesksByKeyShiftBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CashShift:
        """Begin a shift with a float, which goes from the safe into the drawer; one at a desk and one of a person at a time. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/cash-desks/{key}/shift", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_cash_desks_by_key_shift_close(self, key: str, body: types.PostCashDesksByKeyShiftCloseBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.CashReport:
        """End the shift of a desk: what was counted, over or short is booked, and goes into the safe; the answer is the Z report. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/cash-desks/{key}/shift/close", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_cash_movements(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, desk: str | None = None, kind: str | None = None, timeout: float | None = None) -> types.GetCashMovementsAnswer:
        """Cash that was moved and paid nothing. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-movements", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "desk": desk, "kind": kind}, timeout=timeout)

    def list_cash_movements(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, desk: str | None = None, kind: str | None = None, timeout: float | None = None) -> Iterator[types.CashMovement]:
        """Cash that was moved and paid nothing. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/cash-movements", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "desk": desk, "kind": kind}, timeout=timeout)

    def get_cash_receipts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, desk: str | None = None, shift: str | None = None, kind: Literal["payment", "cancel"] | None = None, timeout: float | None = None) -> types.GetCashReceiptsAnswer:
        """Receipts of cash desks. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-receipts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "desk": desk, "shift": shift, "kind": kind}, timeout=timeout)

    def list_cash_receipts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, desk: str | None = None, shift: str | None = None, kind: Literal["payment", "cancel"] | None = None, timeout: float | None = None) -> Iterator[types.CashReceipt]:
        """Receipts of cash desks. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/cash-receipts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "desk": desk, "shift": shift, "kind": kind}, timeout=timeout)

    def get_cash_receipts_by_reference(self, reference: str, *, timeout: float | None = None) -> types.CashReceipt:
        """A receipt of a cash desk. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-receipts/{reference}", {"reference": reference}, timeout=timeout)

    def post_cash_receipts_by_reference_cancel(self, reference: str, body: types.PostCashReceiptsByReferenceCancelBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCashReceiptsByReferenceCancelAnswer:
        """Cancel a receipt of the shift that is open by another one, and give the cash back. Above the limit of reversals it waits for another person: the answer has the request. Scope: `payments:write`."""
        return self._json("POST", "/v1/cash-receipts/{reference}/cancel", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_cash_receipts_by_reference_pdf(self, reference: str, *, paper: Literal["sheet", "roll"] | None = None, timeout: float | None = None) -> bytes:
        """A receipt of a cash desk as PDF, on a sheet or on a roll of 80 mm. Scope: `payments:read`."""
        return self._bytes("GET", "/v1/cash-receipts/{reference}/pdf", {"reference": reference, "paper": paper}, timeout=timeout)

    def get_cash_shifts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, desk: str | None = None, timeout: float | None = None) -> types.GetCashShiftsAnswer:
        """Shifts of cash desks. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-shifts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "desk": desk}, timeout=timeout)

    def list_cash_shifts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, desk: str | None = None, timeout: float | None = None) -> Iterator[types.CashShift]:
        """Shifts of cash desks. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/cash-shifts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "desk": desk}, timeout=timeout)

    def get_cash_shifts_by_id_report(self, id: str, *, format: Literal["json", "text", "pdf"] | None = None, timeout: float | None = None) -> types.CashReport:
        """The report of a shift, as JSON, as text of 42 letters a line, or as PDF: X while it is open, Z as it was when it was closed. Scope: `payments:read`."""
        return self._json("GET", "/v1/cash-shifts/{id}/report", {"id": id, "format": format}, timeout=timeout)

    def download_cash_shifts_by_id_report(self, id: str, *, format: Literal["json", "text", "pdf"] | None = None, timeout: float | None = None) -> bytes:
        """The report of a shift, as JSON, as text of 42 letters a line, or as PDF: X while it is open, Z as it was when it was closed. Scope: `payments:read`."""
        return self._bytes("GET", "/v1/cash-shifts/{id}/report", {"id": id, "format": format}, timeout=timeout)

    def post_catalog(self, body: types.PostCatalogBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCatalogAnswer:
        """Validate and publish plan files. Scope: `catalog:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/catalog", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_charging(self, body: types.ChargingRequestInput, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ChargingAnswer:
        """One request of a gateway: event, refund, start, update or end; what is refused is answered, not an error. Scope: `charging:write`."""
        return self._json("POST", "/v1/charging", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_charging_advice(self, body: types.PostChargingAdviceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostChargingAdviceAnswer:
        """Advice of charge: what this event would cost, and how much of it the account could use; nothing is charged. Scope: `charging:write`."""
        return self._json("POST", "/v1/charging/advice", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_charging_batch(self, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostChargingBatchAnswer:
        """Requests as NDJSON lines, decided in order; an answer for each, in the same order. Scope: `charging:write`."""
        return self._json("POST", "/v1/charging/batch", {}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_charging_settings(self, *, timeout: float | None = None) -> types.GetChargingSettingsAnswer:
        """Limits of approvals and promises. Scope: `balances:read`."""
        return self._json("GET", "/v1/charging/settings", {}, timeout=timeout)

    def put_charging_settings(self, body: types.PutChargingSettingsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutChargingSettingsAnswer:
        """Set the limits of approvals and promises. Scope: `balances:approve`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/charging/settings", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_check(self, *, timeout: float | None = None) -> types.AuditReport:
        """Recompute all invariants from the stored facts. Scope: `ledger:read`."""
        return self._json("GET", "/v1/check", {}, timeout=timeout)

    def get_check_progress(self, *, timeout: float | None = None) -> types.GetCheckProgressAnswer:
        """How far the check is that runs in this tenant on this server. Scope: `ledger:read`."""
        return self._json("GET", "/v1/check/progress", {}, timeout=timeout)

    def get_clock(self, *, timeout: float | None = None) -> types.Clock:
        """What time it is for the tenant, and whether by a test clock. Scope: `usage:read`."""
        return self._json("GET", "/v1/clock", {}, timeout=timeout)

    def put_clock(self, body: types.PutClockBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Clock:
        """Move the test clock of the tenant forward: what becomes due on the way is done, in its order. Scope: `settings:write`."""
        return self._json("PUT", "/v1/clock", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_cloudevents(self, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCloudeventsAnswer:
        """Charge usage that comes as CloudEvents 1.0: binary (`ce-` headers, the body is the data), structured or batched. The same event again is harmless.. Scope: `usage:write`."""
        return self._json("POST", "/v1/cloudevents", {}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def delete_contacts_by_id(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteContactsByIdAnswer:
        """Tell somebody nothing any more; what was said is kept. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/contacts/{id}", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def patch_contacts_by_id(self, id: str, body: types.PatchContactsByIdBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Contact:
        """Change somebody at a customer; an address that is set anew is tried again where it had failed. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/contacts/{id}", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_coupon_redemptions(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, coupon: str | None = None, timeout: float | None = None) -> types.GetCouponRedemptionsAnswer:
        """List redemptions with what each gave and what is left. Scope: `discounts:read`."""
        return self._json("GET", "/v1/coupon-redemptions", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "coupon": coupon}, timeout=timeout)

    def list_coupon_redemptions(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, coupon: str | None = None, timeout: float | None = None) -> Iterator[types.GetCouponRedemptionsAnswerItem]:
        """List redemptions with what each gave and what is left. Scope: `discounts:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/coupon-redemptions", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "coupon": coupon}, timeout=timeout)

    def post_coupon_redemptions(self, body: types.PostCouponRedemptionsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Redemption:
        """Apply a coupon to a customer, an account or a subscription. Scope: `discounts:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/coupon-redemptions", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_coupon_redemptions_by_reference_removal(self, reference: str, body: types.PostCouponRedemptionsByReferenceRemovalBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Redemption:
        """Take a discount away from a day on, or as if it had never been. Scope: `discounts:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/coupon-redemptions/{reference}/removal", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_coupons(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetCouponsAnswer:
        """List coupons with how often each was redeemed. Scope: `discounts:read`."""
        return self._json("GET", "/v1/coupons", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_coupons(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.Coupon]:
        """List coupons with how often each was redeemed. Scope: `discounts:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/coupons", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def post_coupons(self, body: types.PostCouponsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Coupon:
        """Make a coupon, or a discount that needs none; what it says never changes. Scope: `discounts:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/coupons", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_coupons_by_code(self, code: str, *, timeout: float | None = None) -> types.Coupon:
        """Read a coupon. Scope: `discounts:read`."""
        return self._json("GET", "/v1/coupons/{code}", {"code": code}, timeout=timeout)

    def post_coupons_by_code_archive(self, code: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Coupon:
        """No further redemptions; those that are there go on. An automatic discount ends. Scope: `discounts:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/coupons/{code}/archive", {"code": code}, idempotency_key=idempotency_key, timeout=timeout)

    def post_coupons_by_code_codes(self, code: str, body: types.PostCouponsByCodeCodesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCouponsByCodeCodesAnswer:
        """Make codes of a coupon, each for one redemption; they are shown this once. Scope: `discounts:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/coupons/{code}/codes", {"code": code}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_customer_imports(self, body: types.PostCustomerImportsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCustomerImportsAnswer:
        """Create many from CSV. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customer-imports", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, metadata: dict[str, str] | None = None, timeout: float | None = None) -> types.GetCustomersAnswer:
        """List: customer. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "metadata": metadata}, timeout=timeout)

    def list_customers(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, metadata: dict[str, str] | None = None, timeout: float | None = None) -> Iterator[types.Customer]:
        """List: customer. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/customers", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "metadata": metadata}, timeout=timeout)

    def post_customers(self, body: types.PostCustomersBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Customer:
        """Create: customer. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers_by_reference(self, reference: str, *, timeout: float | None = None) -> types.Customer:
        """Read by id or key: customer. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}", {"reference": reference}, timeout=timeout)

    def patch_customers_by_reference(self, reference: str, body: types.PatchCustomersByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Customer:
        """Change: customer. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/customers/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers_by_reference_attachments(self, reference: str, *, timeout: float | None = None) -> types.GetCustomersByReferenceAttachmentsAnswer:
        """Files that are kept with a customer, and that were. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}/attachments", {"reference": reference}, timeout=timeout)

    def post_customers_by_reference_attachments(self, reference: str, body: bytes | str, *, name: str, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.Attachment:
        """Keep a file with a customer: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers/{reference}/attachments", {"reference": reference, "name": name}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_customers_by_reference_contacts(self, reference: str, *, timeout: float | None = None) -> types.GetCustomersByReferenceContactsAnswer:
        """Whom something is said to at a customer; the customer itself where nobody is named. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}/contacts", {"reference": reference}, timeout=timeout)

    def post_customers_by_reference_contacts(self, reference: str, body: types.PostCustomersByReferenceContactsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Contact:
        """Name somebody at a customer, with what they are there. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers/{reference}/contacts", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers_by_reference_delivery_preference(self, reference: str, *, timeout: float | None = None) -> types.DeliveryPreference:
        """How a customer wants its documents. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}/delivery-preference", {"reference": reference}, timeout=timeout)

    def put_customers_by_reference_delivery_preference(self, reference: str, body: types.PutCustomersByReferenceDeliveryPreferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeliveryPreference:
        """Set how a customer wants its documents, where it is not as the settings say. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/customers/{reference}/delivery-preference", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_customers_by_reference_erasure(self, reference: str, body: types.PostCustomersByReferenceErasureBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ErasureReport:
        """Erase what need not be known of a customer any longer; documents stay. Says what went, what stays and why. Scope: `customers:erase`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers/{reference}/erasure", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers_by_reference_inbox(self, reference: str, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, contact: str | None = None, unread: str | None = None, timeout: float | None = None) -> types.GetCustomersByReferenceInboxAnswer:
        """What was said to a customer and its contacts, as a portal or an app shows it. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}/inbox", {"reference": reference, "limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "contact": contact, "unread": unread}, timeout=timeout)

    def list_customers_by_reference_inbox(self, reference: str, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, contact: str | None = None, unread: str | None = None, timeout: float | None = None) -> Iterator[types.InboxEntry]:
        """What was said to a customer and its contacts, as a portal or an app shows it. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/customers/{reference}/inbox", {"reference": reference, "limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "contact": contact, "unread": unread}, timeout=timeout)

    def get_customers_by_reference_notice_preferences(self, reference: str, *, contact: str | None = None, timeout: float | None = None) -> types.NoticePreferences:
        """What somebody wants to be told of, and by what, with its history. Scope: `customers:read`."""
        return self._json("GET", "/v1/customers/{reference}/notice-preferences", {"reference": reference, "contact": contact}, timeout=timeout)

    def post_customers_by_reference_notice_preferences(self, reference: str, body: types.PostCustomersByReferenceNoticePreferencesBody, *, contact: str | None = None, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticePreferences:
        """Note what somebody wants to be told of, or does not; mandatory kinds are sent all the same. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers/{reference}/notice-preferences", {"reference": reference, "contact": contact}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_customers_by_reference_personal_data(self, reference: str, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None) -> types.GetCustomersByReferencePersonalDataAnswer:
        """Everything that is stored of a customer, but its usage: that is /v1/usage-records.csv. Scope: `customers:erase`."""
        return self._json("GET", "/v1/customers/{reference}/personal-data", {"reference": reference, "limit": limit, "cursor": cursor}, timeout=timeout)

    def list_customers_by_reference_personal_data(self, reference: str, *, limit: int | None = None, timeout: float | None = None) -> Iterator[types.GetCustomersByReferencePersonalDataAnswerItem]:
        """Everything that is stored of a customer, but its usage: that is /v1/usage-records.csv. Scope: `customers:erase`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/customers/{reference}/personal-data", {"reference": reference, "limit": limit}, timeout=timeout)

    def post_customers_by_reference_tax_id_checks(self, reference: str, body: types.PostCustomersByReferenceTaxIdChecksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostCustomersByReferenceTaxIdChecksAnswer:
        """Ask VIES whether the tax ids of a customer were given to anybody, and keep its answers as proof. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/customers/{reference}/tax-id-checks", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_deliveries(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["queued", "sending", "sent", "delivered", "failed", "unknown"] | None = None, transport: Literal["email", "folder", "peppol"] | None = None, timeout: float | None = None) -> types.GetDeliveriesAnswer:
        """Documents on their way; `state=failed` has those that somebody has to see to. Scope: `invoices:read`."""
        return self._json("GET", "/v1/deliveries", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "transport": transport}, timeout=timeout)

    def list_deliveries(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["queued", "sending", "sent", "delivered", "failed", "unknown"] | None = None, transport: Literal["email", "folder", "peppol"] | None = None, timeout: float | None = None) -> Iterator[types.Delivery]:
        """Documents on their way; `state=failed` has those that somebody has to see to. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/deliveries", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "transport": transport}, timeout=timeout)

    def get_deliveries_by_id(self, id: str, *, timeout: float | None = None) -> types.DeliveryWithAttempts:
        """A delivery with its attempts, and what the peer said in each. Scope: `invoices:read`."""
        return self._json("GET", "/v1/deliveries/{id}", {"id": id}, timeout=timeout)

    def post_deliveries_by_id_retry(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Delivery:
        """Try a delivery once more that has failed, or of which nobody knows whether it was sent. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/deliveries/{id}/retry", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_deposit_entries(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> types.GetDepositEntriesAnswer:
        """What was taken, applied and released of deposits. Scope: `payments:read`."""
        return self._json("GET", "/v1/deposit-entries", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def list_deposit_entries(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> Iterator[types.DepositEntry]:
        """What was taken, applied and released of deposits. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/deposit-entries", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def post_deposit_entries(self, body: Union[types.PostDepositEntriesBody1, types.PostDepositEntriesBody2, types.PostDepositEntriesBody3], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DepositEntry:
        """Take security of a customer, apply it to a document, or release it; it has no tax and is no revenue. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/deposit-entries", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_dispute_reasons(self, *, timeout: float | None = None) -> types.GetDisputeReasonsAnswer:
        """Why lines may be disputed: codes that Kvit knows, and those of the settings. Scope: `invoices:read`."""
        return self._json("GET", "/v1/dispute-reasons", {}, timeout=timeout)

    def get_disputes(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["open", "accepted", "rejected", "withdrawn"] | None = None, reason: str | None = None, invoice: str | None = None, timeout: float | None = None) -> types.GetDisputesAnswer:
        """Disputes of lines of documents. Scope: `invoices:read`."""
        return self._json("GET", "/v1/disputes", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status, "reason": reason, "invoice": invoice}, timeout=timeout)

    def list_disputes(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["open", "accepted", "rejected", "withdrawn"] | None = None, reason: str | None = None, invoice: str | None = None, timeout: float | None = None) -> Iterator[types.Dispute]:
        """Disputes of lines of documents. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/disputes", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status, "reason": reason, "invoice": invoice}, timeout=timeout)

    def get_disputes_by_reference(self, reference: str, *, timeout: float | None = None) -> types.Dispute:
        """A dispute with its lines. Scope: `invoices:read`."""
        return self._json("GET", "/v1/disputes/{reference}", {"reference": reference}, timeout=timeout)

    def post_disputes_by_reference_accept(self, reference: str, body: types.PostDisputesByReferenceAcceptBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Dispute:
        """Accept a dispute, or a part of it, by a credit note; the rest is owed. Above the limit of credit notes it waits for another person. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/disputes/{reference}/accept", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_disputes_by_reference_attachments(self, reference: str, *, timeout: float | None = None) -> types.GetDisputesByReferenceAttachmentsAnswer:
        """Files that are kept with a dispute, and that were. Scope: `invoices:read`."""
        return self._json("GET", "/v1/disputes/{reference}/attachments", {"reference": reference}, timeout=timeout)

    def post_disputes_by_reference_attachments(self, reference: str, body: bytes | str, *, name: str, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.Attachment:
        """Keep a file with a dispute: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/disputes/{reference}/attachments", {"reference": reference, "name": name}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def post_disputes_by_reference_reject(self, reference: str, body: types.PostDisputesByReferenceRejectBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Dispute:
        """Reject a dispute, with a reason: what was disputed is owed. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/disputes/{reference}/reject", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_disputes_by_reference_withdraw(self, reference: str, body: types.PostDisputesByReferenceWithdrawBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Dispute:
        """Note that a customer disputes no longer: what was disputed is owed. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/disputes/{reference}/withdraw", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_drafts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["bill", "interim", "note", "one_off"] | None = None, why: Literal["grace_period", "by_hand", "on_hold", "review", "tax_missing", "tax_id", "einvoice_rule", "failed"] | None = None, timeout: float | None = None) -> types.GetDraftsAnswer:
        """Documents that are due and not issued, and why; amounts are those of the last look of a run. Scope: `invoices:read`."""
        return self._json("GET", "/v1/drafts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "why": why}, timeout=timeout)

    def list_drafts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["bill", "interim", "note", "one_off"] | None = None, why: Literal["grace_period", "by_hand", "on_hold", "review", "tax_missing", "tax_id", "einvoice_rule", "failed"] | None = None, timeout: float | None = None) -> Iterator[types.DraftInvoice]:
        """Documents that are due and not issued, and why; amounts are those of the last look of a run. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/drafts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "why": why}, timeout=timeout)

    def get_drafts_by_reference(self, reference: str, *, timeout: float | None = None) -> types.DraftInvoiceWithDocuments:
        """A draft with its documents as they would be issued now, what is odd about them, and what was said of it. Scope: `invoices:read`."""
        return self._json("GET", "/v1/drafts/{reference}", {"reference": reference}, timeout=timeout)

    def post_drafts_by_reference_approval(self, reference: str, body: types.PostDraftsByReferenceApprovalBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DraftInvoice:
        """Approve of a draft for the amount that it has; what nothing else keeps is issued at once. Scope: `invoices:approve`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/drafts/{reference}/approval", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_drafts_by_reference_issue(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostDraftsByReferenceIssueAnswer:
        """Issue a draft now, although its grace period has not ended, or since it was asked for as a draft. Scope: `invoices:write`."""
        return self._json("POST", "/v1/drafts/{reference}/issue", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_drafts_by_reference_pdf(self, reference: str, *, document: int | None = None, timeout: float | None = None) -> bytes:
        """A document of a draft as PDF, marked as a draft on each page. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/drafts/{reference}/pdf", {"reference": reference, "document": document}, timeout=timeout)

    def get_dunning_hand_overs(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetDunningHandOversAnswer:
        """Files of accounts that were handed over. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-hand-overs", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_dunning_hand_overs(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.DunningHandOver]:
        """Files of accounts that were handed over. Scope: `dunning:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/dunning-hand-overs", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def post_dunning_hand_overs(self, body: types.PostDunningHandOversBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DunningHandOver:
        """Hand over to somebody who collects the accounts whose policy says so: a file with what is open of them now. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/dunning-hand-overs", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_dunning_hand_overs_by_id(self, id: str, *, format: Literal["json", "csv"] | None = None, timeout: float | None = None) -> types.DunningHandOver:
        """A file of accounts that were handed over, as JSON, or as CSV with a row for each document. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-hand-overs/{id}", {"id": id, "format": format}, timeout=timeout)

    def download_dunning_hand_overs_by_id(self, id: str, *, format: Literal["json", "csv"] | None = None, timeout: float | None = None) -> bytes:
        """A file of accounts that were handed over, as JSON, or as CSV with a row for each document. Scope: `dunning:read`."""
        return self._bytes("GET", "/v1/dunning-hand-overs/{id}", {"id": id, "format": format}, timeout=timeout)

    def get_dunning_policies(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, key: str | None = None, state: Literal["in_force", "draft", "withdrawn"] | None = None, timeout: float | None = None) -> types.GetDunningPoliciesAnswer:
        """Dunning policies in all of their versions. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-policies", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "key": key, "state": state}, timeout=timeout)

    def list_dunning_policies(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, key: str | None = None, state: Literal["in_force", "draft", "withdrawn"] | None = None, timeout: float | None = None) -> Iterator[types.DunningPolicy]:
        """Dunning policies in all of their versions. Scope: `dunning:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/dunning-policies", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "key": key, "state": state}, timeout=timeout)

    def post_dunning_policies(self, body: types.PostDunningPoliciesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DunningPolicy:
        """Put a dunning policy in force, or keep it as a draft: a version of its key; one that says the same is the last one. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/dunning-policies", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_dunning_policies_by_key(self, key: str, *, version: int | None = None, timeout: float | None = None) -> types.DunningPolicy:
        """A version of a dunning policy, the last one unless another is named. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-policies/{key}", {"key": key, "version": version}, timeout=timeout)

    def post_dunning_policies_by_key_withdraw(self, key: str, body: dict[str, Any], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DunningPolicy:
        """Withdraw a dunning policy: no run begins by it any more, and those that go on do. Scope: `dunning:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/dunning-policies/{key}/withdraw", {"key": key}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_dunning_preview(self, *, account: str | None = None, customer: str | None = None, policy: str | None = None, after: str | None = None, timeout: float | None = None) -> types.DunningPreview:
        """What dunning would do today, by account and step with amounts; nothing is done. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-preview", {"account": account, "customer": customer, "policy": policy, "after": after}, timeout=timeout)

    def get_dunning_runs(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["running", "ended"] | None = None, block: Literal["soft", "hard"] | None = None, timeout: float | None = None) -> types.GetDunningRunsAnswer:
        """Dunning runs: those that go on, and those that have ended. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-runs", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "account": account, "customer": customer, "state": state, "block": block}, timeout=timeout)

    def list_dunning_runs(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["running", "ended"] | None = None, block: Literal["soft", "hard"] | None = None, timeout: float | None = None) -> Iterator[types.DunningRun]:
        """Dunning runs: those that go on, and those that have ended. Scope: `dunning:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/dunning-runs", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "account": account, "customer": customer, "state": state, "block": block}, timeout=timeout)

    def post_dunning_runs(self, body: types.PostDunningRunsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DunningOutcome:
        """Do now the steps that are due, account by account; a step is never done twice in a run. Scope: `dunning:write`."""
        return self._json("POST", "/v1/dunning-runs", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_dunning_runs_by_id(self, id: str, *, timeout: float | None = None) -> types.DunningRun:
        """A dunning run with its steps. Scope: `dunning:read`."""
        return self._json("GET", "/v1/dunning-runs/{id}", {"id": id}, timeout=timeout)

    def get_enforcement_targets(self, *, timeout: float | None = None) -> types.GetEnforcementTargetsAnswer:
        """Parts of the network that are told of the states of services. Scope: `settings:read`."""
        return self._json("GET", "/v1/enforcement-targets", {}, timeout=timeout)

    def post_enforcement_targets(self, body: types.PostEnforcementTargetsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostEnforcementTargetsAnswer:
        """Name a part of the network that is told of the states of services: by signed webhooks, or by RADIUS. Scope: `settings:write`."""
        return self._json("POST", "/v1/enforcement-targets", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_enforcement_targets_by_target(self, target: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteEnforcementTargetsByTargetAnswer:
        """Remove an enforcement target, with what it was to be told. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/enforcement-targets/{target}", {"target": target}, idempotency_key=idempotency_key, timeout=timeout)

    def get_enforcement_targets_by_target(self, target: str, *, timeout: float | None = None) -> types.EnforcementTarget:
        """An enforcement target, without its secret. Scope: `settings:read`."""
        return self._json("GET", "/v1/enforcement-targets/{target}", {"target": target}, timeout=timeout)

    def patch_enforcement_targets_by_target(self, target: str, body: types.PatchEnforcementTargetsByTargetBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.EnforcementTarget:
        """Turn an enforcement target on or off, or have it told again regularly. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/enforcement-targets/{target}", {"target": target}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_enforcement_targets_by_target_observed_states(self, target: str, body: types.PostEnforcementTargetsByTargetObservedStatesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostEnforcementTargetsByTargetObservedStatesAnswer:
        """Compare what the network really does with what it is to do; it is told once more of what differs. Scope: `blocks:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/enforcement-targets/{target}/observed-states", {"target": target}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_enforcement_targets_by_target_resend(self, target: str, body: types.PostEnforcementTargetsByTargetResendBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostEnforcementTargetsByTargetResendAnswer:
        """Tell a target once more of all services that are not open, or of one, also what was given up. Scope: `blocks:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/enforcement-targets/{target}/resend", {"target": target}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_enforcements(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, target: str | None = None, service: str | None = None, state: Literal["waiting", "told", "failed"] | None = None, timeout: float | None = None) -> types.GetEnforcementsAnswer:
        """What targets are to be told of services, and what came of it. Scope: `blocks:read`."""
        return self._json("GET", "/v1/enforcements", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "target": target, "service": service, "state": state}, timeout=timeout)

    def list_enforcements(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, target: str | None = None, service: str | None = None, state: Literal["waiting", "told", "failed"] | None = None, timeout: float | None = None) -> Iterator[types.Enforcement]:
        """What targets are to be told of services, and what came of it. Scope: `blocks:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/enforcements", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "target": target, "service": service, "state": state}, timeout=timeout)

    def get_event_stream(self, *, after: str | None = None, timeout: float | None = None) -> bytes:
        """What happens, as it happens: server-sent events, for a minute; then ask again, with the number of the last one in `after`. Scope: `events:read`."""
        return self._bytes("GET", "/v1/event-stream", {"after": after}, timeout=timeout)

    def get_events(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, type: str | None = None, object: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> types.GetEventsAnswer:
        """What happened, in an order that can be followed: whoever asks behind the last event misses none. Scope: `events:read`."""
        return self._json("GET", "/v1/events", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "type": type, "object": object, "account": account, "customer": customer}, timeout=timeout)

    def list_events(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, type: str | None = None, object: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> Iterator[types.Event]:
        """What happened, in an order that can be followed: whoever asks behind the last event misses none. Scope: `events:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/events", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "type": type, "object": object, "account": account, "customer": customer}, timeout=timeout)

    def get_events_by_id(self, id: str, *, timeout: float | None = None) -> types.Event:
        """Read an event. Scope: `events:read`."""
        return self._json("GET", "/v1/events/{id}", {"id": id}, timeout=timeout)

    def get_exchange_rates(self, *, base: str | None = None, currency: str, until: str | None = None, timeout: float | None = None) -> types.GetExchangeRatesAnswer:
        """Exchange rates of a currency pair, the latest first. Scope: `ledger:read`."""
        return self._json("GET", "/v1/exchange-rates", {"base": base, "currency": currency, "until": until}, timeout=timeout)

    def post_exchange_rates(self, body: types.PostExchangeRatesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostExchangeRatesAnswer:
        """Add exchange rates: so much of a currency for one of another on a day. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/exchange-rates", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_exchange_rates_ecb(self, body: bytes | str, *, from_: str | None = None, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostExchangeRatesEcbAnswer:
        """Add the reference rates of a file of the European Central Bank (eurofxref-hist.csv). Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/exchange-rates/ecb", {"from": from_}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_held_invoices(self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None) -> types.GetHeldInvoicesAnswer:
        """Accounts whose next document is not issued until something is filled in, for its tax or its e-invoice, and what. Scope: `invoices:read`."""
        return self._json("GET", "/v1/held-invoices", {"limit": limit, "cursor": cursor}, timeout=timeout)

    def list_held_invoices(self, *, limit: int | None = None, timeout: float | None = None) -> Iterator[types.GetHeldInvoicesAnswerItem]:
        """Accounts whose next document is not issued until something is filled in, for its tax or its e-invoice, and what. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/held-invoices", {"limit": limit}, timeout=timeout)

    def get_invitation(self, *, timeout: float | None = None) -> types.GetInvitationAnswer:
        """What an invitation invites to. With the secret of a link: `Authorization: Link …`."""
        return self._json("GET", "/v1/invitation", {}, timeout=timeout)

    def post_invitation_accept(self, body: types.PostInvitationAcceptBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostInvitationAcceptAnswer:
        """Accept an invitation: with a new password, or with that of the account that there is. With the secret of a link: `Authorization: Link …`."""
        return self._json("POST", "/v1/invitation/accept", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_invitations(self, *, timeout: float | None = None) -> types.GetInvitationsAnswer:
        """List open invitations. Scope: `users:read`."""
        return self._json("GET", "/v1/invitations", {}, timeout=timeout)

    def delete_invitations_by_id(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteInvitationsByIdAnswer:
        """Take an invitation back. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/invitations/{id}", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoice_holds(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "released"] | None = None, timeout: float | None = None) -> types.GetInvoiceHoldsAnswer:
        """What people have put on hold. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoice-holds", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def list_invoice_holds(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "released"] | None = None, timeout: float | None = None) -> Iterator[types.InvoiceHold]:
        """What people have put on hold. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/invoice-holds", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def post_invoice_holds(self, body: types.PostInvoiceHoldsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.InvoiceHold:
        """Put a draft on hold, or all documents of an account, until a time or until it is released. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoice-holds", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_invoice_holds_by_id_release(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.InvoiceHold:
        """Release a hold; what nothing else keeps is issued at once. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoice-holds/{id}/release", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoice_lines_by_id_explain(self, id: str, *, records: int | None = None, language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None = None, timeout: float | None = None) -> types.ExplainedLine:
        """From a line to price version, parts, records and rounding. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoice-lines/{id}/explain", {"id": id, "records": records, "language": language}, timeout=timeout)

    def get_invoices(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["issued", "partially_paid", "paid", "written_off", "void", "open", "overdue"] | None = None, kind: Literal["invoice", "credit_note", "debit_note"] | None = None, currency: str | None = None, number: str | None = None, from_: str | None = None, until: str | None = None, min_total: str | None = None, max_total: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.GetInvoicesAnswer:
        """List invoices and credit notes. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "kind": kind, "currency": currency, "number": number, "from": from_, "until": until, "minTotal": min_total, "maxTotal": max_total, "metadata": metadata, "expand": expand}, timeout=timeout)

    def list_invoices(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["issued", "partially_paid", "paid", "written_off", "void", "open", "overdue"] | None = None, kind: Literal["invoice", "credit_note", "debit_note"] | None = None, currency: str | None = None, number: str | None = None, from_: str | None = None, until: str | None = None, min_total: str | None = None, max_total: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> Iterator[types.Invoice]:
        """List invoices and credit notes. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/invoices", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "kind": kind, "currency": currency, "number": number, "from": from_, "until": until, "minTotal": min_total, "maxTotal": max_total, "metadata": metadata, "expand": expand}, timeout=timeout)

    def get_invoices_by_reference(self, reference: str, *, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.InvoiceWithDocument:
        """An invoice with its document. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices/{reference}", {"reference": reference, "expand": expand}, timeout=timeout)

    def patch_invoices_by_reference(self, reference: str, body: types.PatchInvoicesByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.InvoiceWithDocument:
        """Change the metadata of an invoice: it is no part of the document, which never changes. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/invoices/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoices_by_reference_attachments(self, reference: str, *, timeout: float | None = None) -> types.GetInvoicesByReferenceAttachmentsAnswer:
        """Files that are kept with a document, and that were. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices/{reference}/attachments", {"reference": reference}, timeout=timeout)

    def post_invoices_by_reference_attachments(self, reference: str, body: bytes | str, *, name: str, enclosed: bool | None = None, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.Attachment:
        """Keep a file with a document: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/attachments", {"reference": reference, "name": name, "enclosed": enclosed}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def post_invoices_by_reference_credit_notes(self, reference: str, body: types.PostInvoicesByReferenceCreditNotesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.RequestedNote:
        """Credit an issued document: all that is left of it, lines, or an amount; never more than is left of a line. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/credit-notes", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_invoices_by_reference_debit_notes(self, reference: str, body: types.PostInvoicesByReferenceDebitNotesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.RequestedNote:
        """Charge more by a debit note that names an issued document; it is taxed as bills are. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/debit-notes", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoices_by_reference_deliveries(self, reference: str, *, timeout: float | None = None) -> types.GetInvoicesByReferenceDeliveriesAnswer:
        """How a document went to its customer: the first hundred deliveries of it. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices/{reference}/deliveries", {"reference": reference}, timeout=timeout)

    def post_invoices_by_reference_deliveries(self, reference: str, body: types.PostInvoicesByReferenceDeliveriesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Delivery:
        """Send a document to its customer, by e-mail, into a folder or through Peppol; once by each, unless another key is given. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/deliveries", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_invoices_by_reference_disputes(self, reference: str, body: types.PostInvoicesByReferenceDisputesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Dispute:
        """Note that a customer disputes lines of a document: what is disputed may not be asked for until it is decided. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/disputes", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoices_by_reference_einvoice(self, reference: str, *, syntax: Literal["ubl", "cii"] | None = None, specification: Literal["en16931", "xrechnung", "peppol"] | None = None, timeout: float | None = None) -> bytes:
        """The document as an e-invoice in UBL 2.1 or CII, by EN 16931 or what its customer asks for, after the rules were looked at. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/einvoice", {"reference": reference, "syntax": syntax, "specification": specification}, timeout=timeout)

    def get_invoices_by_reference_itemised_csv(self, reference: str, *, timeout: float | None = None) -> bytes:
        """The records behind the invoice as CSV. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/itemised.csv", {"reference": reference}, timeout=timeout)

    def get_invoices_by_reference_itemised_pdf(self, reference: str, *, timeout: float | None = None) -> bytes:
        """The records behind the invoice on paper, in the language of its customer; 100,000 at most. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/itemised.pdf", {"reference": reference}, timeout=timeout)

    def get_invoices_by_reference_itemised_xlsx(self, reference: str, *, timeout: float | None = None) -> bytes:
        """The records behind the invoice as a workbook of one sheet. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/itemised.xlsx", {"reference": reference}, timeout=timeout)

    def get_invoices_by_reference_members(self, reference: str, *, format: Literal["json", "pdf"] | None = None, timeout: float | None = None) -> types.MemberShares:
        """What a sponsor's document bills for each of its members: their documents with lines, as JSON or PDF. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices/{reference}/members", {"reference": reference, "format": format}, timeout=timeout)

    def download_invoices_by_reference_members(self, reference: str, *, format: Literal["json", "pdf"] | None = None, timeout: float | None = None) -> bytes:
        """What a sponsor's document bills for each of its members: their documents with lines, as JSON or PDF. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/members", {"reference": reference, "format": format}, timeout=timeout)

    def post_invoices_by_reference_payment_links(self, reference: str, body: types.PostInvoicesByReferencePaymentLinksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostInvoicesByReferencePaymentLinksAnswer:
        """Make a link by which whoever has it can pay a document in a browser. Its address is answered this once, and kept nowhere. Scope: `payments:write`."""
        return self._json("POST", "/v1/invoices/{reference}/payment-links", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_invoices_by_reference_pdf(self, reference: str, *, format: Literal["pdf", "factur-x"] | None = None, timeout: float | None = None) -> bytes:
        """The invoice as PDF, or with the e-invoice in it as Factur-X. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/invoices/{reference}/pdf", {"reference": reference, "format": format}, timeout=timeout)

    def get_invoices_by_reference_proof(self, reference: str, *, head: int | None = None, timeout: float | None = None) -> types.Proof:
        """Document, charges and the chain from them to a head of the journal, to be verified offline. Scope: `invoices:read`."""
        return self._json("GET", "/v1/invoices/{reference}/proof", {"reference": reference, "head": head}, timeout=timeout)

    def post_invoices_by_reference_void(self, reference: str, body: types.PostInvoicesByReferenceVoidBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.RequestedNote:
        """Void an issued document by a credit note of all of it; what it billed is given up, or billed anew. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/void", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_invoices_by_reference_write_off(self, reference: str, body: types.PostInvoicesByReferenceWriteOffBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostInvoicesByReferenceWriteOffAnswer:
        """Give up what is open of a document, or a part of it, with a reason; whoever pays later takes it back first. Scope: `books:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/invoices/{reference}/write-off", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_issuers(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, metadata: dict[str, str] | None = None, timeout: float | None = None) -> types.GetIssuersAnswer:
        """List: issuer. Scope: `customers:read`."""
        return self._json("GET", "/v1/issuers", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "metadata": metadata}, timeout=timeout)

    def list_issuers(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, metadata: dict[str, str] | None = None, timeout: float | None = None) -> Iterator[types.Issuer]:
        """List: issuer. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/issuers", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "metadata": metadata}, timeout=timeout)

    def post_issuers(self, body: types.PostIssuersBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Issuer:
        """Create: issuer. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/issuers", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_issuers_by_reference(self, reference: str, *, timeout: float | None = None) -> types.Issuer:
        """Read by id or key: issuer. Scope: `customers:read`."""
        return self._json("GET", "/v1/issuers/{reference}", {"reference": reference}, timeout=timeout)

    def patch_issuers_by_reference(self, reference: str, body: types.PatchIssuersByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Issuer:
        """Change: issuer. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/issuers/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_jobs(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, state: Literal["waiting", "running", "complete", "failed", "cancelled"] | None = None, kind: str | None = None, timeout: float | None = None) -> types.GetJobsAnswer:
        """Work that is done later, or goes on until it is done; `state=failed` has what was given up. Scope: `jobs:read`."""
        return self._json("GET", "/v1/jobs", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "state": state, "kind": kind}, timeout=timeout)

    def list_jobs(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, state: Literal["waiting", "running", "complete", "failed", "cancelled"] | None = None, kind: str | None = None, timeout: float | None = None) -> Iterator[types.Job]:
        """Work that is done later, or goes on until it is done; `state=failed` has what was given up. Scope: `jobs:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/jobs", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "state": state, "kind": kind}, timeout=timeout)

    def get_jobs_by_id(self, id: str, *, timeout: float | None = None) -> types.Job:
        """A job: how far it is, or what it failed for. Scope: `jobs:read`."""
        return self._json("GET", "/v1/jobs/{id}", {"id": id}, timeout=timeout)

    def post_jobs_by_id_cancel(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Job:
        """End a job; what it has done stays, and what must not be left half done is finished first. Scope: `jobs:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/jobs/{id}/cancel", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_jobs_by_id_retry(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Job:
        """Run a job again that was given up, or at once one that waits for its next attempt. Scope: `jobs:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/jobs/{id}/retry", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_journal_archive(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostJournalArchiveAnswer:
        """Move the facts of closed segments from Postgres to the archive. Scope: `journal:write`."""
        return self._json("POST", "/v1/journal/archive", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_journal_head(self, *, timeout: float | None = None) -> types.GetJournalHeadAnswer:
        """Number and digest of the last journal segment. Scope: `ledger:read`."""
        return self._json("GET", "/v1/journal/head", {}, timeout=timeout)

    def get_journal_segments_by_seq(self, seq: int, *, timeout: float | None = None) -> types.GetJournalSegmentsBySeqAnswer:
        """Number and digest of a segment of the journal, to be compared with a head that was kept outside. Scope: `ledger:read`."""
        return self._json("GET", "/v1/journal/segments/{seq}", {"seq": seq}, timeout=timeout)

    def get_keys(self, *, timeout: float | None = None) -> types.GetKeysAnswer:
        """List API keys. Scope: `keys:write`."""
        return self._json("GET", "/v1/keys", {}, timeout=timeout)

    def post_keys(self, body: types.PostKeysBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostKeysAnswer:
        """Create an API key; its text is shown once. Scope: `keys:write`."""
        return self._json("POST", "/v1/keys", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_keys_by_id(self, id: str, *, keep_made: bool | None = None, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteKeysByIdAnswer:
        """Revoke an API key, and all that were made with it. Scope: `keys:write`."""
        return self._json("DELETE", "/v1/keys/{id}", {"id": id, "keepMade": keep_made}, idempotency_key=idempotency_key, timeout=timeout)

    def post_keys_by_id_rotate(self, id: str, body: types.PostKeysByIdRotateBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostKeysByIdRotateAnswer:
        """Make a key that takes the place of another; its text is shown once. Scope: `keys:write`."""
        return self._json("POST", "/v1/keys/{id}/rotate", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_late_charge_preview(self, *, account: str | None = None, customer: str | None = None, as_of: str | None = None, after: str | None = None, timeout: float | None = None) -> types.LateChargePreview:
        """What would be charged on documents that are paid late, by account and document; nothing is charged. Scope: `invoices:read`."""
        return self._json("GET", "/v1/late-charge-preview", {"account": account, "customer": customer, "asOf": as_of, "after": after}, timeout=timeout)

    def get_late_charges(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["interest", "fee"] | None = None, invoice: str | None = None, timeout: float | None = None) -> types.GetLateChargesAnswer:
        """Interest and fees that were charged on documents that were paid late. Scope: `invoices:read`."""
        return self._json("GET", "/v1/late-charges", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "invoice": invoice}, timeout=timeout)

    def list_late_charges(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["interest", "fee"] | None = None, invoice: str | None = None, timeout: float | None = None) -> Iterator[types.LateCharge]:
        """Interest and fees that were charged on documents that were paid late. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/late-charges", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "invoice": invoice}, timeout=timeout)

    def post_late_charges(self, body: types.PostLateChargesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.LateChargeRun:
        """Charge now what is to be charged on documents that are paid late, for the days before today: an invoice of lines for each account; a day is never charged twice. Scope: `invoices:write`."""
        return self._json("POST", "/v1/late-charges", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_late_charges_by_id(self, id: str, *, timeout: float | None = None) -> types.LateCharge:
        """Interest, or a fee, that was charged on a document that was paid late. Scope: `invoices:read`."""
        return self._json("GET", "/v1/late-charges/{id}", {"id": id}, timeout=timeout)

    def post_late_charges_by_id_waive(self, id: str, body: types.PostLateChargesByIdWaiveBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.LateCharge:
        """Waive what is left of a late charge, with a reason: a credit note, and its days are not charged again. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/late-charges/{id}/waive", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_ledger_postings(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, document: str | None = None, ledger_account: str | None = None, currency: str | None = None, timeout: float | None = None) -> types.GetLedgerPostingsAnswer:
        """List postings. Scope: `ledger:read`."""
        return self._json("GET", "/v1/ledger/postings", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "document": document, "ledgerAccount": ledger_account, "currency": currency}, timeout=timeout)

    def list_ledger_postings(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, document: str | None = None, ledger_account: str | None = None, currency: str | None = None, timeout: float | None = None) -> Iterator[types.Posting]:
        """List postings. Scope: `ledger:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/ledger/postings", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "document": document, "ledgerAccount": ledger_account, "currency": currency}, timeout=timeout)

    def get_ledger_trial_balance(self, *, timeout: float | None = None) -> types.GetLedgerTrialBalanceAnswer:
        """Debits and credits per ledger account and currency. Scope: `ledger:read`."""
        return self._json("GET", "/v1/ledger/trial-balance", {}, timeout=timeout)

    def get_mandates(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> types.GetMandatesAnswer:
        """Mandates of customers. Scope: `payments:read`."""
        return self._json("GET", "/v1/mandates", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def list_mandates(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> Iterator[types.Mandate]:
        """Mandates of customers. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/mandates", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def post_mandates(self, body: types.PostMandatesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Mandate:
        """Record a mandate that a customer has signed: what is due of its account can be collected from now on. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/mandates", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_mandates_by_reference_end(self, reference: str, body: types.PostMandatesByReferenceEndBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Mandate:
        """End a mandate: the customer has revoked it, or it is replaced. What is on its way is collected all the same. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/mandates/{reference}/end", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_me(self, *, timeout: float | None = None) -> types.OwnAccount:
        """Who is signed in, and what this user may do in which tenant. For a user who is signed in."""
        return self._json("GET", "/v1/me", {}, timeout=timeout)

    def patch_me(self, body: types.PatchMeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PatchMeAnswer:
        """Change the own name. For a user who is signed in."""
        return self._json("PATCH", "/v1/me", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_me_email(self, body: types.PostMeEmailBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostMeEmailAnswer:
        """Change the own e-mail address; all other sessions end. For a user who is signed in."""
        return self._json("POST", "/v1/me/email", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_me_password(self, body: types.PostMePasswordBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostMePasswordAnswer:
        """Change the own password; all other sessions end. For a user who is signed in."""
        return self._json("POST", "/v1/me/password", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_me_second_factor(self, body: types.PostMeSecondFactorBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostMeSecondFactorAnswer:
        """Begin a second factor; it is asked for once a code of it was confirmed. For a user who is signed in."""
        return self._json("POST", "/v1/me/second-factor", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_me_second_factor_confirm(self, body: types.PostMeSecondFactorConfirmBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostMeSecondFactorConfirmAnswer:
        """Confirm a second factor by its first code; the recovery codes are shown once. For a user who is signed in."""
        return self._json("POST", "/v1/me/second-factor/confirm", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_me_second_factor_remove(self, body: types.PostMeSecondFactorRemoveBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostMeSecondFactorRemoveAnswer:
        """Remove the second factor. For a user who is signed in."""
        return self._json("POST", "/v1/me/second-factor/remove", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_me_sessions(self, *, timeout: float | None = None) -> types.GetMeSessionsAnswer:
        """List the own sessions. For a user who is signed in."""
        return self._json("GET", "/v1/me/sessions", {}, timeout=timeout)

    def delete_me_sessions_by_id(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteMeSessionsByIdAnswer:
        """End one of the own sessions: `current` signs out, `others` ends all others. For a user who is signed in."""
        return self._json("DELETE", "/v1/me/sessions/{id}", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_meters(self, *, timeout: float | None = None) -> types.GetMetersAnswer:
        """List meters. Scope: `catalog:read`."""
        return self._json("GET", "/v1/meters", {}, timeout=timeout)

    def get_notice_kinds(self, *, timeout: float | None = None) -> types.GetNoticeKindsAnswer:
        """What customers can be told of: what causes it, what its texts can say, and the words that Kvit ships. Scope: `customers:read`."""
        return self._json("GET", "/v1/notice-kinds", {}, timeout=timeout)

    def post_notice_messages_by_id_read(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.InboxEntry:
        """Note that somebody has read a message: a way that was to follow if not is not taken. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notice-messages/{id}/read", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_notice_previews(self, body: types.PostNoticePreviewsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticePreview:
        """What a message would say to a customer, by the template that is used or by one that is sent; nothing is kept. Scope: `customers:read`."""
        return self._json("POST", "/v1/notice-previews", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_notice_templates(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"] | None = None, language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None = None, state: Literal["draft", "approved", "rejected"] | None = None, timeout: float | None = None) -> types.GetNoticeTemplatesAnswer:
        """What the tenant says in place of the words that Kvit ships, in all versions. Scope: `settings:read`."""
        return self._json("GET", "/v1/notice-templates", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "kind": kind, "language": language, "state": state}, timeout=timeout)

    def list_notice_templates(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"] | None = None, language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None = None, state: Literal["draft", "approved", "rejected"] | None = None, timeout: float | None = None) -> Iterator[types.NoticeTemplate]:
        """What the tenant says in place of the words that Kvit ships, in all versions. Scope: `settings:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/notice-templates", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "kind": kind, "language": language, "state": state}, timeout=timeout)

    def post_notice_templates(self, body: types.PostNoticeTemplatesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeTemplate:
        """Draft a version of what is said of a kind; it is tried out with samples, and used when it is approved. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notice-templates", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_notice_templates_by_id_approve(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeTemplate:
        """Approve of a template: messages are written by it from now on; by another person where the settings say so. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notice-templates/{id}/approve", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_notice_templates_by_id_reject(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeTemplate:
        """Reject a template that was drafted. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notice-templates/{id}/reject", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_notice_trials(self, body: types.PostNoticeTrialsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeWithMessages:
        """Send one message to an address of yours, with samples for what is not given: whatever the settings say, at once. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notice-trials", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_notices(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"] | None = None, state: Literal["new", "planned", "suppressed"] | None = None, timeout: float | None = None) -> types.GetNoticesAnswer:
        """What customers were told of, or not, with the reason. Scope: `customers:read`."""
        return self._json("GET", "/v1/notices", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "state": state}, timeout=timeout)

    def list_notices(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"] | None = None, state: Literal["new", "planned", "suppressed"] | None = None, timeout: float | None = None) -> Iterator[types.Notice]:
        """What customers were told of, or not, with the reason. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/notices", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "state": state}, timeout=timeout)

    def post_notices(self, body: types.PostNoticesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeWithMessages:
        """Have the people of a customer told; once for each key of a kind. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notices", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_notices_by_id(self, id: str, *, timeout: float | None = None) -> types.NoticeWithMessages:
        """A notice with its messages: who was told by what and when, each attempt, and what the channel said. Scope: `customers:read`."""
        return self._json("GET", "/v1/notices/{id}", {"id": id}, timeout=timeout)

    def post_notices_by_id_resend(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.NoticeWithMessages:
        """Send those messages of a notice once more that have failed, or of which nobody knows whether they came. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/notices/{id}/resend", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_notification_channels_by_channel_test(self, channel: Literal["mail", "smpp", "sms-http", "web-push", "telegram", "fcm", "voice"], body: types.PostNotificationChannelsByChannelTestBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ChannelTest:
        """Sends one message by a channel, and says what came of it: each request is a message of its own. Scope: `settings:write`."""
        return self._json("POST", "/v1/notification-channels/{channel}/test", {"channel": channel}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_oidc_callback(self, *, code: str | None = None, state: str | None = None, iss: str | None = None, session_state: str | None = None, scope: str | None = None, error: str | None = None, error_description: str | None = None, error_uri: str | None = None, timeout: float | None = None) -> types.GetOidcCallbackAnswer:
        """Where the identity provider sends browsers back to. Open to all."""
        return self._json("GET", "/v1/oidc/callback", {"code": code, "state": state, "iss": iss, "session_state": session_state, "scope": scope, "error": error, "error_description": error_description, "error_uri": error_uri}, timeout=timeout)

    def get_oidc_sign_in(self, *, return_to: str | None = None, timeout: float | None = None) -> types.GetOidcSignInAnswer:
        """Go to the identity provider to sign in there. Open to all."""
        return self._json("GET", "/v1/oidc/sign-in", {"returnTo": return_to}, timeout=timeout)

    def post_one_off_invoices(self, body: types.PostOneOffInvoicesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.OneOffInvoice:
        """An invoice of lines that somebody writes, taxed and numbered as others; the key is never billed twice. Scope: `invoices:write`."""
        return self._json("POST", "/v1/one-off-invoices", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_overview(self, *, timeout: float | None = None) -> types.Overview:
        """What was billed and collected day by day, and what waits for a person. Scope: `usage:read`."""
        return self._json("GET", "/v1/overview", {}, timeout=timeout)

    def post_password_reset(self, body: types.PostPasswordResetBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPasswordResetAnswer:
        """Ask for a new password. The answer is the same whoever asks; who manages users sees it and sends a link. Open to all."""
        return self._json("POST", "/v1/password-reset", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_password_reset_complete(self, body: types.PostPasswordResetCompleteBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPasswordResetCompleteAnswer:
        """Set a new password by a link; all sessions end. With the secret of a link: `Authorization: Link …`."""
        return self._json("POST", "/v1/password-reset/complete", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_attempts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["created", "pending", "succeeded", "failed", "unknown"] | None = None, kind: Literal["charge", "refund", "setup"] | None = None, timeout: float | None = None) -> types.GetPaymentAttemptsAnswer:
        """What gateways were asked for. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-attempts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "kind": kind}, timeout=timeout)

    def list_payment_attempts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["created", "pending", "succeeded", "failed", "unknown"] | None = None, kind: Literal["charge", "refund", "setup"] | None = None, timeout: float | None = None) -> Iterator[types.PaymentAttempt]:
        """What gateways were asked for. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payment-attempts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "kind": kind}, timeout=timeout)

    def post_payment_attempts(self, body: types.PostPaymentAttemptsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentAttempt:
        """Charge a kept means of payment, or begin a page on which the payer pays. What it pays is claimed before the gateway is asked. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-attempts", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_attempts_by_reference(self, reference: str, *, timeout: float | None = None) -> types.PaymentAttempt:
        """What a gateway was asked for, and what came of it. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-attempts/{reference}", {"reference": reference}, timeout=timeout)

    def post_payment_attempts_by_reference_ask(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentAttempt:
        """Ask the gateway at once what has become of an attempt. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-attempts/{reference}/ask", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_disputes(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "won", "lost"] | None = None, timeout: float | None = None) -> types.GetPaymentDisputesAnswer:
        """Payments that payers dispute, and what became of that. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-disputes", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def list_payment_disputes(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["open", "won", "lost"] | None = None, timeout: float | None = None) -> Iterator[types.PaymentDispute]:
        """Payments that payers dispute, and what became of that. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payment-disputes", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def get_payment_gateways(self, *, timeout: float | None = None) -> types.GetPaymentGatewaysAnswer:
        """The payment gateways of the tenant, in the order in which they are asked. Scope: `settings:read`."""
        return self._json("GET", "/v1/payment-gateways", {}, timeout=timeout)

    def get_payment_gateways_by_name(self, name: str, *, timeout: float | None = None) -> types.PaymentGateway:
        """A payment gateway; of its credentials whether and since when they are set. Scope: `settings:read`."""
        return self._json("GET", "/v1/payment-gateways/{name}", {"name": name}, timeout=timeout)

    def put_payment_gateways_by_name(self, name: str, body: types.PutPaymentGatewaysByNameBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentGateway:
        """Set up a payment gateway, or change it. Scope: `settings:write`."""
        return self._json("PUT", "/v1/payment-gateways/{name}", {"name": name}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_payment_gateways_by_name_payouts(self, name: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPaymentGatewaysByNamePayoutsAnswer:
        """Ask a gateway what it has transferred to the bank, and book what is new; it is asked once a day by itself. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-gateways/{name}/payouts", {"name": name}, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_links(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, invoice: str | None = None, purpose: Literal["document", "open_items", "top_up"] | None = None, state: Literal["open", "expired", "revoked"] | None = None, timeout: float | None = None) -> types.GetPaymentLinksAnswer:
        """Links to pay by, without their addresses. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-links", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "invoice": invoice, "purpose": purpose, "state": state}, timeout=timeout)

    def list_payment_links(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, invoice: str | None = None, purpose: Literal["document", "open_items", "top_up"] | None = None, state: Literal["open", "expired", "revoked"] | None = None, timeout: float | None = None) -> Iterator[types.PaymentLink]:
        """Links to pay by, without their addresses. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payment-links", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "invoice": invoice, "purpose": purpose, "state": state}, timeout=timeout)

    def get_payment_links_by_id(self, id: str, *, timeout: float | None = None) -> types.PaymentLink:
        """A link to pay by, without its address. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-links/{id}", {"id": id}, timeout=timeout)

    def post_payment_links_by_id_revoke(self, id: str, body: types.PostPaymentLinksByIdRevokeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentLink:
        """Have a link open no longer. What was begun by it goes on. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-links/{id}/revoke", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_methods(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["pending", "active", "failed", "removed"] | None = None, timeout: float | None = None) -> types.GetPaymentMethodsAnswer:
        """Kept means of payment. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-methods", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def list_payment_methods(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["pending", "active", "failed", "removed"] | None = None, timeout: float | None = None) -> Iterator[types.PaymentMethod]:
        """Kept means of payment. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payment-methods", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def post_payment_methods(self, body: types.PostPaymentMethodsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentMethod:
        """Have a gateway keep a means of payment of an account; the first one is what it is charged by. Scope: `payments:write`."""
        return self._json("POST", "/v1/payment-methods", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_payment_methods_by_reference(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentMethod:
        """Charge a means of payment no longer: what the gateway knows it by is forgotten. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/payment-methods/{reference}", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_methods_by_reference(self, reference: str, *, timeout: float | None = None) -> types.PaymentMethod:
        """A kept means of payment; what the gateway knows it by is never shown. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-methods/{reference}", {"reference": reference}, timeout=timeout)

    def post_payment_methods_by_reference_default(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentMethod:
        """Have an account charged by this means of payment from now on. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-methods/{reference}/default", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_payment_plans(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["promise", "instalments"] | None = None, state: Literal["open", "kept", "broken", "cancelled"] | None = None, timeout: float | None = None) -> types.GetPaymentPlansAnswer:
        """Promises to pay, and instalments. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-plans", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "state": state}, timeout=timeout)

    def list_payment_plans(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, kind: Literal["promise", "instalments"] | None = None, state: Literal["open", "kept", "broken", "cancelled"] | None = None, timeout: float | None = None) -> Iterator[types.PaymentPlan]:
        """Promises to pay, and instalments. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payment-plans", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "kind": kind, "state": state}, timeout=timeout)

    def get_payment_plans_by_reference(self, reference: str, *, timeout: float | None = None) -> types.PaymentPlan:
        """A promise, or instalments, with what is paid of each part. Scope: `payments:read`."""
        return self._json("GET", "/v1/payment-plans/{reference}", {"reference": reference}, timeout=timeout)

    def post_payment_plans_by_reference_cancel(self, reference: str, body: types.PostPaymentPlansByReferenceCancelBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentPlan:
        """Give up a promise or instalments: what is open is due as its documents say. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payment-plans/{reference}/cancel", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payments(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["received", "reversed"] | None = None, method: str | None = None, currency: str | None = None, from_: str | None = None, until: str | None = None, min_amount: str | None = None, max_amount: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.GetPaymentsAnswer:
        """List payments. Scope: `payments:read`."""
        return self._json("GET", "/v1/payments", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "method": method, "currency": currency, "from": from_, "until": until, "minAmount": min_amount, "maxAmount": max_amount, "metadata": metadata, "expand": expand}, timeout=timeout)

    def list_payments(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["received", "reversed"] | None = None, method: str | None = None, currency: str | None = None, from_: str | None = None, until: str | None = None, min_amount: str | None = None, max_amount: str | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> Iterator[types.Payment]:
        """List payments. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payments", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "method": method, "currency": currency, "from": from_, "until": until, "minAmount": min_amount, "maxAmount": max_amount, "metadata": metadata, "expand": expand}, timeout=timeout)

    def post_payments(self, body: types.PostPaymentsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Payment:
        """Record a payment; it settles the oldest invoices first. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payments", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payments_by_reference(self, reference: str, *, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.Payment:
        """Read a payment by id or key. Scope: `payments:read`."""
        return self._json("GET", "/v1/payments/{reference}", {"reference": reference, "expand": expand}, timeout=timeout)

    def patch_payments_by_reference(self, reference: str, body: types.PatchPaymentsByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Payment:
        """Change the metadata of a payment; the rest of it never changes. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/payments/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payments_by_reference_receipt(self, reference: str, *, timeout: float | None = None) -> bytes:
        """The receipt of a payment as PDF, with the documents that it has settled. Scope: `payments:read`."""
        return self._bytes("GET", "/v1/payments/{reference}/receipt", {"reference": reference}, timeout=timeout)

    def post_payments_by_reference_refunds(self, reference: str, body: types.PostPaymentsByReferenceRefundsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Refund:
        """Pay back what a payment did not need: nothing is settled with it from now on, and it is due until it is sent. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payments/{reference}/refunds", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_payments_by_reference_reversal(self, reference: str, body: types.PostPaymentsByReferenceReversalBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Payment:
        """Take a payment back, with a reason: what it settled is open again; once, and nothing is edited. Above the limit of the settings it waits for another person: the answer has the request. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/payments/{reference}/reversal", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_payouts(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetPayoutsAnswer:
        """What gateways have transferred to the bank. Scope: `payments:read`."""
        return self._json("GET", "/v1/payouts", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_payouts(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.Payout]:
        """What gateways have transferred to the bank. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/payouts", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def get_payouts_by_id(self, id: str, *, timeout: float | None = None) -> types.WholePayout:
        """A transfer of a gateway to the bank, with what it is made of. Scope: `payments:read`."""
        return self._json("GET", "/v1/payouts/{id}", {"id": id}, timeout=timeout)

    def post_plan_migrations(self, body: types.PostPlanMigrationsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPlanMigrationsAnswer:
        """Move subscriptions from one plan version to another, a page at a time; a dry run tells what it would cost. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/plan-migrations", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_plans(self, *, metadata: dict[str, str] | None = None, timeout: float | None = None) -> types.GetPlansAnswer:
        """List plan versions. Scope: `catalog:read`."""
        return self._json("GET", "/v1/plans", {"metadata": metadata}, timeout=timeout)

    def get_plans_by_code(self, code: str, *, version: int | None = None, currency: str | None = None, timeout: float | None = None) -> types.PlanVersion:
        """A plan, newest version unless one is named. Scope: `catalog:read`."""
        return self._json("GET", "/v1/plans/{code}", {"code": code, "version": version, "currency": currency}, timeout=timeout)

    def patch_plans_by_code(self, code: str, body: types.PatchPlansByCodeBody, *, version: int | None = None, idempotency_key: str | None = None, timeout: float | None = None) -> types.PlanVersion:
        """Change the metadata of a plan version, the newest unless one is named; the rest of it never changes. Scope: `catalog:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/plans/{code}", {"code": code, "version": version}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_plans_by_code_simulate(self, code: str, body: types.PostPlansByCodeSimulateBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPlansByCodeSimulateAnswer:
        """What usage would cost on a plan, published or in `files`: `records` as they would be delivered, or the recorded `usage` of an account. Scope: `usage:read`."""
        return self._json("POST", "/v1/plans/{code}/simulate", {"code": code}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_pro_forma_invoices(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> types.GetProFormaInvoicesAnswer:
        """Pro forma invoices. Scope: `invoices:read`."""
        return self._json("GET", "/v1/pro-forma-invoices", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def list_pro_forma_invoices(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, timeout: float | None = None) -> Iterator[types.GetProFormaInvoicesAnswerItem]:
        """Pro forma invoices. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/pro-forma-invoices", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer}, timeout=timeout)

    def post_pro_forma_invoices(self, body: types.PostProFormaInvoicesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ProFormaInvoice:
        """A document of what would be billed, of lines or of the next bill: no invoice, in no ledger, owed by nobody. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/pro-forma-invoices", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_pro_forma_invoices_by_reference(self, reference: str, *, timeout: float | None = None) -> types.ProFormaWithDocument:
        """A pro forma invoice with its document. Scope: `invoices:read`."""
        return self._json("GET", "/v1/pro-forma-invoices/{reference}", {"reference": reference}, timeout=timeout)

    def post_pro_forma_invoices_by_reference_deliveries(self, reference: str, body: types.PostProFormaInvoicesByReferenceDeliveriesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Delivery:
        """Send a pro forma invoice by e-mail, as PDF. Scope: `invoices:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/pro-forma-invoices/{reference}/deliveries", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_pro_forma_invoices_by_reference_invoice(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.OneOffInvoice:
        """The invoice of a pro forma of lines, once; asked again, the same one. Scope: `invoices:write`."""
        return self._json("POST", "/v1/pro-forma-invoices/{reference}/invoice", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_pro_forma_invoices_by_reference_pdf(self, reference: str, *, timeout: float | None = None) -> bytes:
        """A pro forma invoice as PDF. Scope: `invoices:read`."""
        return self._bytes("GET", "/v1/pro-forma-invoices/{reference}/pdf", {"reference": reference}, timeout=timeout)

    def post_promised_credits(self, body: types.PostPromisedCreditsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostPromisedCreditsAnswer:
        """Lend an account money until its next top-up. Scope: `balances:write`."""
        return self._json("POST", "/v1/promised-credits", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_rate_decks(self, *, timeout: float | None = None) -> types.GetRateDecksAnswer:
        """List the versions of all decks. Scope: `catalog:read`."""
        return self._json("GET", "/v1/rate-decks", {}, timeout=timeout)

    def post_rate_decks(self, body: types.PostRateDecksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostRateDecksAnswer:
        """Import a carrier's file as the next version of a deck. Scope: `catalog:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/rate-decks", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_rate_decks_by_code(self, code: str, *, version: int | None = None, timeout: float | None = None) -> types.RateDeckVersion:
        """A version of a deck, the newest unless one is named. Scope: `catalog:read`."""
        return self._json("GET", "/v1/rate-decks/{code}", {"code": code, "version": version}, timeout=timeout)

    def get_rate_decks_by_code_diff(self, code: str, *, version: int | None = None, base: str | None = None, base_version: int | None = None, limit: int | None = None, timeout: float | None = None) -> types.GetRateDecksByCodeDiffAnswer:
        """What differs between two versions, or two decks. Scope: `catalog:read`."""
        return self._json("GET", "/v1/rate-decks/{code}/diff", {"code": code, "version": version, "base": base, "baseVersion": base_version, "limit": limit}, timeout=timeout)

    def get_rate_decks_by_code_lookup(self, code: str, *, number: str, at: str | None = None, timeout: float | None = None) -> types.GetRateDecksByCodeLookupAnswer:
        """What a number costs. Scope: `catalog:read`."""
        return self._json("GET", "/v1/rate-decks/{code}/lookup", {"code": code, "number": number, "at": at}, timeout=timeout)

    def get_re_ratings(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, status: Literal["computing", "draft", "applying", "cancelling", "cancelled", "complete", "failed"] | None = None, timeout: float | None = None) -> types.GetReRatingsAnswer:
        """List re-ratings. Scope: `invoices:read`."""
        return self._json("GET", "/v1/re-ratings", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "status": status}, timeout=timeout)

    def list_re_ratings(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, status: Literal["computing", "draft", "applying", "cancelling", "cancelled", "complete", "failed"] | None = None, timeout: float | None = None) -> Iterator[types.ReRating]:
        """List re-ratings. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/re-ratings", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "status": status}, timeout=timeout)

    def post_re_ratings(self, body: types.PostReRatingsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ReRating:
        """Charge usage of a time by other plan versions: begins with a dry run; nothing changes before it is approved. Scope: `re-ratings:write`."""
        return self._json("POST", "/v1/re-ratings", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_re_ratings_by_id(self, id: str, *, timeout: float | None = None) -> types.ReRating:
        """A re-rating: how far it is, and its totals before and after. Scope: `invoices:read`."""
        return self._json("GET", "/v1/re-ratings/{id}", {"id": id}, timeout=timeout)

    def get_re_ratings_by_id_accounts(self, id: str, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, timeout: float | None = None) -> types.GetReRatingsByIdAccountsAnswer:
        """Accounts before and after, and what was done to them. Scope: `invoices:read`."""
        return self._json("GET", "/v1/re-ratings/{id}/accounts", {"id": id, "limit": limit, "cursor": cursor, "before": before, "order": order}, timeout=timeout)

    def list_re_ratings_by_id_accounts(self, id: str, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, timeout: float | None = None) -> Iterator[types.GetReRatingsByIdAccountsAnswerItem]:
        """Accounts before and after, and what was done to them. Scope: `invoices:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/re-ratings/{id}/accounts", {"id": id, "limit": limit, "order": order}, timeout=timeout)

    def post_re_ratings_by_id_approve(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ReRating:
        """Apply a re-rating whose dry run is done. Scope: `re-ratings:approve`."""
        return self._json("POST", "/v1/re-ratings/{id}/approve", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def post_re_ratings_by_id_cancel(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ReRating:
        """Give a re-rating up; accounts that are done stay so, the others stay as they were. Scope: `re-ratings:write`."""
        return self._json("POST", "/v1/re-ratings/{id}/cancel", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_re_ratings_by_id_records(self, id: str, *, account: str, limit: int | None = None, offset: int | None = None, timeout: float | None = None) -> types.GetReRatingsByIdRecordsAnswer:
        """Records of an account before and after. Scope: `invoices:read`."""
        return self._json("GET", "/v1/re-ratings/{id}/records", {"id": id, "account": account, "limit": limit, "offset": offset}, timeout=timeout)

    def get_referral_programs(self, *, timeout: float | None = None) -> types.GetReferralProgramsAnswer:
        """List what customers get who bring customers. Scope: `balances:read`."""
        return self._json("GET", "/v1/referral-programs", {}, timeout=timeout)

    def put_referral_programs_by_code(self, code: str, body: types.PutReferralProgramsByCodeBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.ReferralProgram:
        """Set what both sides get; referrals that were made keep what they gave. Scope: `balances:approve`. Takes an `Idempotency-Key` header."""
        return self._json("PUT", "/v1/referral-programs/{code}", {"code": code}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_referrals(self, body: types.PostReferralsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostReferralsAnswer:
        """A customer brought another one: both get their bonus; a key has one effect. Scope: `balances:write`."""
        return self._json("POST", "/v1/referrals", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_refunds(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["due", "sent"] | None = None, timeout: float | None = None) -> types.GetRefundsAnswer:
        """List refunds: money that is to be paid back of credit notes and payments, and what was sent. Scope: `payments:read`."""
        return self._json("GET", "/v1/refunds", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status}, timeout=timeout)

    def list_refunds(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, status: Literal["due", "sent"] | None = None, timeout: float | None = None) -> Iterator[types.Refund]:
        """List refunds: money that is to be paid back of credit notes and payments, and what was sent. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/refunds", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "status": status}, timeout=timeout)

    def post_refunds_by_id_keep(self, id: str, body: types.PostRefundsByIdKeepBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Refund:
        """What a payment did not need is not paid back but stays the customer’s, and settles what is open. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/refunds/{id}/keep", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_refunds_by_id_send(self, id: str, body: types.PostRefundsByIdSendBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PaymentAttempt:
        """Send a refund that is due through the gateway which has taken the money. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/refunds/{id}/send", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_refunds_by_id_sent(self, id: str, body: types.PostRefundsByIdSentBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Refund:
        """Record that a refund was sent: by which way, and under which number of the bank. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/refunds/{id}/sent", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_roles(self, *, timeout: float | None = None) -> types.GetRolesAnswer:
        """List roles: those of every tenant, then those of this one. Scope: `users:read`."""
        return self._json("GET", "/v1/roles", {}, timeout=timeout)

    def post_roles(self, body: types.PostRolesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Role:
        """Make a role of the tenant’s own. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/roles", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_roles_by_name(self, name: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteRolesByNameAnswer:
        """Remove a role of the tenant’s own that nobody has. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/roles/{name}", {"name": name}, idempotency_key=idempotency_key, timeout=timeout)

    def patch_roles_by_name(self, name: str, body: types.PatchRolesByNameBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Role:
        """Change a role of the tenant’s own, for everybody who has it. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/roles/{name}", {"name": name}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_secret_keys(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostSecretKeysAnswer:
        """Make a new key for secrets, and encrypt all of them with it; the one before is kept beside it until the next. Scope: `tenants:write`."""
        return self._json("POST", "/v1/secret-keys", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_sepa_files(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetSepaFilesAnswer:
        """Files that were made for banks, with their orders and what came of them. Scope: `payments:read`."""
        return self._json("GET", "/v1/sepa-files", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_sepa_files(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.SepaFile]:
        """Files that were made for banks, with their orders and what came of them. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/sepa-files", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def post_sepa_files(self, body: Union[types.PostSepaFilesBody1, types.PostSepaFilesBody2], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.SepaFile:
        """Make a file for a bank: direct debits of what is due by a day (pain.008), or refunds that are due (pain.001). The same key is the same file. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/sepa-files", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_sepa_files_by_reference(self, reference: str, *, timeout: float | None = None) -> types.SepaFile:
        """A file that was made for a bank, with its orders and what came of them. Scope: `payments:read`."""
        return self._json("GET", "/v1/sepa-files/{reference}", {"reference": reference}, timeout=timeout)

    def post_sepa_files_by_reference_orders_by_order_end(self, reference: str, order: str, body: types.PostSepaFilesByReferenceOrdersByOrderEndBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.SepaFile:
        """Say that an order of a file is not on its way any more, such as one that was settled by hand: what it was for may be asked for again. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/sepa-files/{reference}/orders/{order}/end", {"reference": reference, "order": order}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_sepa_files_by_reference_xml(self, reference: str, *, timeout: float | None = None) -> bytes:
        """The file itself, to be given to the bank. Scope: `payments:read`."""
        return self._bytes("GET", "/v1/sepa-files/{reference}/xml", {"reference": reference}, timeout=timeout)

    def post_sepa_status_reports(self, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostSepaStatusReportsAnswer:
        """Apply what a bank answers to a file (pain.002): what it has refused is open again. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/sepa-status-reports", {}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_services(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["pending", "active", "ended"] | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.GetServicesAnswer:
        """List: service. Scope: `customers:read`."""
        return self._json("GET", "/v1/services", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "metadata": metadata, "expand": expand}, timeout=timeout)

    def list_services(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["pending", "active", "ended"] | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> Iterator[types.Service]:
        """List: service. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/services", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state, "metadata": metadata, "expand": expand}, timeout=timeout)

    def post_services(self, body: types.PostServicesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Service:
        """Create: service. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/services", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_services_by_reference(self, reference: str, *, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer"]] | None = None, timeout: float | None = None) -> types.Service:
        """Read by id or key: service. Scope: `customers:read`."""
        return self._json("GET", "/v1/services/{reference}", {"reference": reference, "expand": expand}, timeout=timeout)

    def patch_services_by_reference(self, reference: str, body: types.PatchServicesByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Service:
        """Change: service. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/services/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_services_by_reference_state(self, reference: str, *, at: str | None = None, timeout: float | None = None) -> types.ServiceStateWithBlocks:
        """Whether a service is open or what restricts it, by all of its blocks and those of its account. Scope: `blocks:read`."""
        return self._json("GET", "/v1/services/{reference}/state", {"reference": reference, "at": at}, timeout=timeout)

    def post_sessions(self, body: types.PostSessionsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.OwnAccount:
        """Sign in; the session is in a cookie. Open to all."""
        return self._json("POST", "/v1/sessions", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings(self, *, timeout: float | None = None) -> types.GetSettingsAnswer:
        """Which settings there are, and which are set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings", {}, timeout=timeout)

    def delete_settings_attachments(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsAttachmentsAnswer:
        """Remove, with their secrets: How much is kept of files with documents, customers and disputes.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/attachments", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_attachments(self, *, timeout: float | None = None) -> types.GetSettingsAttachmentsAnswer:
        """How much is kept of files with documents, customers and disputes. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/attachments", {}, timeout=timeout)

    def put_settings_attachments(self, body: types.PutSettingsAttachmentsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsAttachmentsAnswer:
        """Set: How much is kept of files with documents, customers and disputes.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/attachments", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_banks(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsBanksAnswer:
        """Remove, with their secrets: From which score on money on bank accounts is booked by rule.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/banks", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_banks(self, *, timeout: float | None = None) -> types.GetSettingsBanksAnswer:
        """From which score on money on bank accounts is booked by rule. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/banks", {}, timeout=timeout)

    def put_settings_banks(self, body: types.PutSettingsBanksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsBanksAnswer:
        """Set: From which score on money on bank accounts is booked by rule. Needs payments:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/banks", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_billing(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsBillingAnswer:
        """Remove, with their secrets: When bills are run by themselves.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/billing", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_billing(self, *, timeout: float | None = None) -> types.GetSettingsBillingAnswer:
        """When bills are run by themselves. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/billing", {}, timeout=timeout)

    def put_settings_billing(self, body: types.PutSettingsBillingBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsBillingAnswer:
        """Set: When bills are run by themselves. Needs invoices:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/billing", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_deliveries(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsDeliveriesAnswer:
        """Remove, with their secrets: How documents go to customers when they are issued.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/deliveries", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_deliveries(self, *, timeout: float | None = None) -> types.GetSettingsDeliveriesAnswer:
        """How documents go to customers when they are issued. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/deliveries", {}, timeout=timeout)

    def put_settings_deliveries(self, body: types.PutSettingsDeliveriesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsDeliveriesAnswer:
        """Set: How documents go to customers when they are issued. Needs invoices:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/deliveries", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_direct_debits(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsDirectDebitsAnswer:
        """Remove, with their secrets: Who collects direct debits, and how long before customers are told.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/direct-debits", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_direct_debits(self, *, timeout: float | None = None) -> types.GetSettingsDirectDebitsAnswer:
        """Who collects direct debits, and how long before customers are told. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/direct-debits", {}, timeout=timeout)

    def put_settings_direct_debits(self, body: types.PutSettingsDirectDebitsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsDirectDebitsAnswer:
        """Set: Who collects direct debits, and how long before customers are told. Needs payments:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/direct-debits", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_disputes(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsDisputesAnswer:
        """Remove, with their secrets: Why lines of documents are disputed, besides the reasons that Kvit knows.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/disputes", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_disputes(self, *, timeout: float | None = None) -> types.GetSettingsDisputesAnswer:
        """Why lines of documents are disputed, besides the reasons that Kvit knows. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/disputes", {}, timeout=timeout)

    def put_settings_disputes(self, body: types.PutSettingsDisputesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsDisputesAnswer:
        """Set: Why lines of documents are disputed, besides the reasons that Kvit knows.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/disputes", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_dunning(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsDunningAnswer:
        """Remove, with their secrets: When steps of dunning are done.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/dunning", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_dunning(self, *, timeout: float | None = None) -> types.GetSettingsDunningAnswer:
        """When steps of dunning are done. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/dunning", {}, timeout=timeout)

    def put_settings_dunning(self, body: types.PutSettingsDunningBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsDunningAnswer:
        """Set: When steps of dunning are done. Needs dunning:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/dunning", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_events(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsEventsAnswer:
        """Remove, with their secrets: How long events are kept.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/events", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_events(self, *, timeout: float | None = None) -> types.GetSettingsEventsAnswer:
        """How long events are kept. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/events", {}, timeout=timeout)

    def put_settings_events(self, body: types.PutSettingsEventsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsEventsAnswer:
        """Set: How long events are kept. Needs events:read, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/events", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_fcm(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsFcmAnswer:
        """Remove, with their secrets: Messages to apps on telephones, by Firebase Cloud Messaging.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/fcm", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_fcm(self, *, timeout: float | None = None) -> types.GetSettingsFcmAnswer:
        """Messages to apps on telephones, by Firebase Cloud Messaging. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/fcm", {}, timeout=timeout)

    def put_settings_fcm(self, body: types.PutSettingsFcmBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsFcmAnswer:
        """Set: Messages to apps on telephones, by Firebase Cloud Messaging.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/fcm", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_invoice_review(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsInvoiceReviewAnswer:
        """Remove, with their secrets: What is odd about a document, and which of it somebody has to approve of before it is issued.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/invoice-review", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_invoice_review(self, *, timeout: float | None = None) -> types.GetSettingsInvoiceReviewAnswer:
        """What is odd about a document, and which of it somebody has to approve of before it is issued. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/invoice-review", {}, timeout=timeout)

    def put_settings_invoice_review(self, body: types.PutSettingsInvoiceReviewBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsInvoiceReviewAnswer:
        """Set: What is odd about a document, and which of it somebody has to approve of before it is issued. Needs invoices:approve, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/invoice-review", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_jobs(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsJobsAnswer:
        """Remove, with their secrets: How long jobs are kept that are over.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/jobs", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_jobs(self, *, timeout: float | None = None) -> types.GetSettingsJobsAnswer:
        """How long jobs are kept that are over. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/jobs", {}, timeout=timeout)

    def put_settings_jobs(self, body: types.PutSettingsJobsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsJobsAnswer:
        """Set: How long jobs are kept that are over. Needs jobs:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/jobs", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_late_charges(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsLateChargesAnswer:
        """Remove, with their secrets: Interest and fees on documents that are paid late.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/late-charges", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_late_charges(self, *, timeout: float | None = None) -> types.GetSettingsLateChargesAnswer:
        """Interest and fees on documents that are paid late. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/late-charges", {}, timeout=timeout)

    def put_settings_late_charges(self, body: types.PutSettingsLateChargesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsLateChargesAnswer:
        """Set: Interest and fees on documents that are paid late. Needs invoices:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/late-charges", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_mail(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsMailAnswer:
        """Remove, with their secrets: The server that e-mail is sent through.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/mail", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_mail(self, *, timeout: float | None = None) -> types.GetSettingsMailAnswer:
        """The server that e-mail is sent through. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/mail", {}, timeout=timeout)

    def put_settings_mail(self, body: types.PutSettingsMailBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsMailAnswer:
        """Set: The server that e-mail is sent through.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/mail", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_notices(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsNoticesAnswer:
        """Remove, with their secrets: What customers are told of, by which way and when.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/notices", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_notices(self, *, timeout: float | None = None) -> types.GetSettingsNoticesAnswer:
        """What customers are told of, by which way and when. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/notices", {}, timeout=timeout)

    def put_settings_notices(self, body: types.PutSettingsNoticesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsNoticesAnswer:
        """Set: What customers are told of, by which way and when. Needs customers:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/notices", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_payment_links(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsPaymentLinksAnswer:
        """Remove, with their secrets: Links by which payers pay in a browser: how long they open, and what may be paid by them.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/payment-links", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_payment_links(self, *, timeout: float | None = None) -> types.GetSettingsPaymentLinksAnswer:
        """Links by which payers pay in a browser: how long they open, and what may be paid by them. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/payment-links", {}, timeout=timeout)

    def put_settings_payment_links(self, body: types.PutSettingsPaymentLinksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsPaymentLinksAnswer:
        """Set: Links by which payers pay in a browser: how long they open, and what may be paid by them. Needs payments:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/payment-links", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_payment_notices(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsPaymentNoticesAnswer:
        """Remove, with their secrets: Payments that a bank, a till or another system tells of by signed messages.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/payment-notices", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_payment_notices(self, *, timeout: float | None = None) -> types.GetSettingsPaymentNoticesAnswer:
        """Payments that a bank, a till or another system tells of by signed messages. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/payment-notices", {}, timeout=timeout)

    def put_settings_payment_notices(self, body: types.PutSettingsPaymentNoticesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsPaymentNoticesAnswer:
        """Set: Payments that a bank, a till or another system tells of by signed messages. Needs payments:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/payment-notices", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_peppol(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsPeppolAnswer:
        """Remove, with their secrets: How the access point of Peppol knows the tenant.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/peppol", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_peppol(self, *, timeout: float | None = None) -> types.GetSettingsPeppolAnswer:
        """How the access point of Peppol knows the tenant. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/peppol", {}, timeout=timeout)

    def put_settings_peppol(self, body: types.PutSettingsPeppolBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsPeppolAnswer:
        """Set: How the access point of Peppol knows the tenant. Needs invoices:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/peppol", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_prepaid_tax(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsPrepaidTaxAnswer:
        """Remove, with their secrets: When prepaid money is taxed: when it is used, or when it is sold.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/prepaid-tax", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_prepaid_tax(self, *, timeout: float | None = None) -> types.GetSettingsPrepaidTaxAnswer:
        """When prepaid money is taxed: when it is used, or when it is sold. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/prepaid-tax", {}, timeout=timeout)

    def put_settings_prepaid_tax(self, body: types.PutSettingsPrepaidTaxBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsPrepaidTaxAnswer:
        """Set: When prepaid money is taxed: when it is used, or when it is sold. Needs invoices:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/prepaid-tax", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_service_blocks(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsServiceBlocksAnswer:
        """Remove, with their secrets: Which types of usage blocks take for incoming use and for data; every other type is outgoing use.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/service-blocks", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_service_blocks(self, *, timeout: float | None = None) -> types.GetSettingsServiceBlocksAnswer:
        """Which types of usage blocks take for incoming use and for data; every other type is outgoing use. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/service-blocks", {}, timeout=timeout)

    def put_settings_service_blocks(self, body: types.PutSettingsServiceBlocksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsServiceBlocksAnswer:
        """Set: Which types of usage blocks take for incoming use and for data; every other type is outgoing use. Needs blocks:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/service-blocks", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_smpp(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsSmppAnswer:
        """Remove, with their secrets: The centre that short messages are sent through, by SMPP 3.4.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/smpp", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_smpp(self, *, timeout: float | None = None) -> types.GetSettingsSmppAnswer:
        """The centre that short messages are sent through, by SMPP 3.4. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/smpp", {}, timeout=timeout)

    def put_settings_smpp(self, body: types.PutSettingsSmppBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsSmppAnswer:
        """Set: The centre that short messages are sent through, by SMPP 3.4.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/smpp", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_sms_http(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsSmsHttpAnswer:
        """Remove, with their secrets: A gateway that short messages are sent through by HTTP.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/sms-http", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_sms_http(self, *, timeout: float | None = None) -> types.GetSettingsSmsHttpAnswer:
        """A gateway that short messages are sent through by HTTP. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/sms-http", {}, timeout=timeout)

    def put_settings_sms_http(self, body: types.PutSettingsSmsHttpBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsSmsHttpAnswer:
        """Set: A gateway that short messages are sent through by HTTP.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/sms-http", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_tax_engine(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsTaxEngineAnswer:
        """Remove, with their secrets: An engine of tax outside, which is asked how supplies are taxed.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/tax-engine", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_tax_engine(self, *, timeout: float | None = None) -> types.GetSettingsTaxEngineAnswer:
        """An engine of tax outside, which is asked how supplies are taxed. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/tax-engine", {}, timeout=timeout)

    def put_settings_tax_engine(self, body: types.PutSettingsTaxEngineBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsTaxEngineAnswer:
        """Set: An engine of tax outside, which is asked how supplies are taxed. Needs catalog:write, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/tax-engine", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_tax_ids(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsTaxIdsAnswer:
        """Remove, with their secrets: What becomes of documents without tax because of a tax id that no register has confirmed.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/tax-ids", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_tax_ids(self, *, timeout: float | None = None) -> types.GetSettingsTaxIdsAnswer:
        """What becomes of documents without tax because of a tax id that no register has confirmed. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/tax-ids", {}, timeout=timeout)

    def put_settings_tax_ids(self, body: types.PutSettingsTaxIdsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsTaxIdsAnswer:
        """Set: What becomes of documents without tax because of a tax id that no register has confirmed. Needs invoices:approve, too. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/tax-ids", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_telegram(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsTelegramAnswer:
        """Remove, with their secrets: A bot of Telegram that writes to people who have written to it.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/telegram", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_telegram(self, *, timeout: float | None = None) -> types.GetSettingsTelegramAnswer:
        """A bot of Telegram that writes to people who have written to it. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/telegram", {}, timeout=timeout)

    def put_settings_telegram(self, body: types.PutSettingsTelegramBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsTelegramAnswer:
        """Set: A bot of Telegram that writes to people who have written to it.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/telegram", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_voice(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsVoiceAnswer:
        """Remove, with their secrets: Calls in which a voice reads a text, by the API of Twilio.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/voice", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_voice(self, *, timeout: float | None = None) -> types.GetSettingsVoiceAnswer:
        """Calls in which a voice reads a text, by the API of Twilio. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/voice", {}, timeout=timeout)

    def put_settings_voice(self, body: types.PutSettingsVoiceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsVoiceAnswer:
        """Set: Calls in which a voice reads a text, by the API of Twilio.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/voice", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_web_push(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsWebPushAnswer:
        """Remove, with their secrets: Messages to browsers that have subscribed, by Web Push.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/web-push", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_web_push(self, *, timeout: float | None = None) -> types.GetSettingsWebPushAnswer:
        """Messages to browsers that have subscribed, by Web Push. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/web-push", {}, timeout=timeout)

    def put_settings_web_push(self, body: types.PutSettingsWebPushBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsWebPushAnswer:
        """Set: Messages to browsers that have subscribed, by Web Push.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/web-push", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_settings_webhooks(self, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteSettingsWebhooksAnswer:
        """Remove, with their secrets: How long deliveries to webhook endpoints are kept.. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/settings/webhooks", {}, idempotency_key=idempotency_key, timeout=timeout)

    def get_settings_webhooks(self, *, timeout: float | None = None) -> types.GetSettingsWebhooksAnswer:
        """How long deliveries to webhook endpoints are kept. Of secrets it is told whether and when they were set. Scope: `settings:read`."""
        return self._json("GET", "/v1/settings/webhooks", {}, timeout=timeout)

    def put_settings_webhooks(self, body: types.PutSettingsWebhooksBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PutSettingsWebhooksAnswer:
        """Set: How long deliveries to webhook endpoints are kept.. Scope: `settings:write`."""
        return self._json("PUT", "/v1/settings/webhooks", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_sign_in(self, *, timeout: float | None = None) -> types.GetSignInAnswer:
        """In which ways one can sign in. Open to all."""
        return self._json("GET", "/v1/sign-in", {}, timeout=timeout)

    def get_standing(self, *, timeout: float | None = None) -> types.Standing:
        """What is open, overdue and held of all customers, by currency; as of a minute ago at most. Scope: `invoices:read`."""
        return self._json("GET", "/v1/standing", {}, timeout=timeout)

    def get_subscriptions(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, service: str | None = None, state: Literal["pending", "trial", "active", "paused", "ended"] | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer", "service", "service.account", "service.customer", "parent", "parent.account", "parent.customer", "parent.service", "parent.parent"]] | None = None, timeout: float | None = None) -> types.GetSubscriptionsAnswer:
        """List: subscription. Scope: `customers:read`."""
        return self._json("GET", "/v1/subscriptions", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "service": service, "state": state, "metadata": metadata, "expand": expand}, timeout=timeout)

    def list_subscriptions(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, service: str | None = None, state: Literal["pending", "trial", "active", "paused", "ended"] | None = None, metadata: dict[str, str] | None = None, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer", "service", "service.account", "service.customer", "parent", "parent.account", "parent.customer", "parent.service", "parent.parent"]] | None = None, timeout: float | None = None) -> Iterator[types.Subscription]:
        """List: subscription. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/subscriptions", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "service": service, "state": state, "metadata": metadata, "expand": expand}, timeout=timeout)

    def post_subscriptions(self, body: types.PostSubscriptionsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Subscription:
        """Create: subscription. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/subscriptions", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_subscriptions_by_reference(self, reference: str, *, expand: list[Literal["account", "account.customer", "account.issuer", "account.sponsor", "customer", "service", "service.account", "service.customer", "parent", "parent.account", "parent.customer", "parent.service", "parent.parent"]] | None = None, timeout: float | None = None) -> types.Subscription:
        """Read by id or key: subscription. Scope: `customers:read`."""
        return self._json("GET", "/v1/subscriptions/{reference}", {"reference": reference, "expand": expand}, timeout=timeout)

    def patch_subscriptions_by_reference(self, reference: str, body: types.PatchSubscriptionsByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Subscription:
        """Change: subscription. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/subscriptions/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_subscriptions_by_reference_changes(self, reference: str, body: Union[types.PostSubscriptionsByReferenceChangesBody1, types.PostSubscriptionsByReferenceChangesBody2, types.PostSubscriptionsByReferenceChangesBody3, types.PostSubscriptionsByReferenceChangesBody4], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.SubscriptionChange:
        """Change plan or quantity, pause, resume, cancel or renew: now, at an end, or at any time from the start on. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/subscriptions/{reference}/changes", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_subscriptions_by_reference_changes_preview(self, reference: str, body: Union[types.PostSubscriptionsByReferenceChangesPreviewBody1, types.PostSubscriptionsByReferenceChangesPreviewBody2, types.PostSubscriptionsByReferenceChangesPreviewBody3, types.PostSubscriptionsByReferenceChangesPreviewBody4], *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostSubscriptionsByReferenceChangesPreviewAnswer:
        """What a change would cost: the first bill that it shows on, with it and without; nothing is kept. Scope: `invoices:read`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/subscriptions/{reference}/changes/preview", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_subscriptions_by_reference_changes_by_id(self, reference: str, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.SubscriptionTimeline:
        """Withdraw a change: as if it had never been made. Scope: `customers:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/subscriptions/{reference}/changes/{id}", {"reference": reference, "id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_subscriptions_by_reference_timeline(self, reference: str, *, timeout: float | None = None) -> types.SubscriptionTimeline:
        """What a subscription was, is and will be, with its changes. Scope: `customers:read`."""
        return self._json("GET", "/v1/subscriptions/{reference}/timeline", {"reference": reference}, timeout=timeout)

    def get_suspense(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"] | None = None, status: Literal["open", "recycled", "written_off"] | None = None, import_: str | None = None, timeout: float | None = None) -> types.GetSuspenseAnswer:
        """List suspended records. Scope: `usage:read`."""
        return self._json("GET", "/v1/suspense", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "reason": reason, "status": status, "import": import_}, timeout=timeout)

    def list_suspense(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"] | None = None, status: Literal["open", "recycled", "written_off"] | None = None, import_: str | None = None, timeout: float | None = None) -> Iterator[types.SuspendedRecord]:
        """List suspended records. Scope: `usage:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/suspense", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "reason": reason, "status": status, "import": import_}, timeout=timeout)

    def get_suspense_reasons(self, *, import_: str | None = None, timeout: float | None = None) -> types.GetSuspenseReasonsAnswer:
        """Suspended records by reason. Scope: `usage:read`."""
        return self._json("GET", "/v1/suspense-reasons", {"import": import_}, timeout=timeout)

    def post_suspense_recycle(self, body: types.PostSuspenseRecycleBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostSuspenseRecycleAnswer:
        """Charge suspended records again. Scope: `usage:write`."""
        return self._json("POST", "/v1/suspense/recycle", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_suspense_write_off(self, body: types.PostSuspenseWriteOffBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostSuspenseWriteOffAnswer:
        """Give suspended records up. Scope: `usage:write`."""
        return self._json("POST", "/v1/suspense/write-off", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def patch_suspense_by_id(self, id: str, body: types.PatchSuspenseByIdBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.SuspendedRecord:
        """Correct an open record: `{"record": {…}, "note": "…"}`; numbers keep the digits they are written with. Scope: `usage:write`."""
        return self._json("PATCH", "/v1/suspense/{id}", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_tax_answers(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["asked", "answered", "own_rules"] | None = None, timeout: float | None = None) -> types.GetTaxAnswersAnswer:
        """What an engine of tax outside was asked and has said: how supplies of a class are taxed on a day. Scope: `catalog:read`."""
        return self._json("GET", "/v1/tax-answers", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def list_tax_answers(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, state: Literal["asked", "answered", "own_rules"] | None = None, timeout: float | None = None) -> Iterator[types.TaxAnswer]:
        """What an engine of tax outside was asked and has said: how supplies of a class are taxed on a day. Scope: `catalog:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/tax-answers", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "state": state}, timeout=timeout)

    def get_tax_id_checks(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, customer: str | None = None, verdict: Literal["valid", "invalid", "no_answer"] | None = None, timeout: float | None = None) -> types.GetTaxIdChecksAnswer:
        """What registers of tax ids said, and when. Scope: `customers:read`."""
        return self._json("GET", "/v1/tax-id-checks", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "customer": customer, "verdict": verdict}, timeout=timeout)

    def list_tax_id_checks(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, customer: str | None = None, verdict: Literal["valid", "invalid", "no_answer"] | None = None, timeout: float | None = None) -> Iterator[types.TaxIdCheck]:
        """What registers of tax ids said, and when. Scope: `customers:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/tax-id-checks", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "customer": customer, "verdict": verdict}, timeout=timeout)

    def get_tax_rates(self, *, country: str | None = None, on: str | None = None, own: str | None = None, timeout: float | None = None) -> types.GetTaxRatesAnswer:
        """Rates of tax with where they are from: own rows, and those that come with Kvit. Scope: `catalog:read`."""
        return self._json("GET", "/v1/tax-rates", {"country": country, "on": on, "own": own}, timeout=timeout)

    def post_tax_rates(self, body: types.PostTaxRatesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostTaxRatesAnswer:
        """Add rates of your own: they take the place of shipped ones of the same place, tax and class. Scope: `catalog:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/tax-rates", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_tenants(self, *, timeout: float | None = None) -> types.GetTenantsAnswer:
        """List tenants. Scope: `tenants:write`."""
        return self._json("GET", "/v1/tenants", {}, timeout=timeout)

    def post_tenants(self, body: types.PostTenantsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Tenant:
        """Create a tenant. Scope: `tenants:write`."""
        return self._json("POST", "/v1/tenants", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def patch_tenants_by_name(self, name: str, body: types.PatchTenantsByNameBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.Tenant:
        """Set the test clock or the acceptance window. Scope: `tenants:write`."""
        return self._json("PATCH", "/v1/tenants/{name}", {"name": name}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_terminal_networks(self, *, timeout: float | None = None) -> types.GetTerminalNetworksAnswer:
        """The networks of payment terminals of the tenant. Scope: `settings:read`."""
        return self._json("GET", "/v1/terminal-networks", {}, timeout=timeout)

    def get_terminal_networks_by_name(self, name: str, *, timeout: float | None = None) -> types.TerminalNetwork:
        """A network of payment terminals; of its secrets whether and since when they are set. Scope: `settings:read`."""
        return self._json("GET", "/v1/terminal-networks/{name}", {"name": name}, timeout=timeout)

    def put_terminal_networks_by_name(self, name: str, body: types.PutTerminalNetworksByNameBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.TerminalNetwork:
        """Set up a network of payment terminals, or change it. Scope: `settings:write`."""
        return self._json("PUT", "/v1/terminal-networks/{name}", {"name": name}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_terminal_networks_by_name_registries(self, name: str, body: types.PostTerminalNetworksByNameRegistriesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.WholeTerminalRegistry:
        """Compare what a network of terminals says that it took with what Kvit has; with a payout, book what it has transferred. Scope: `payments:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/terminal-networks/{name}/registries", {"name": name}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_terminal_payments(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, network: str | None = None, state: Literal["pending", "paid", "refused", "cancelling", "cancelled"] | None = None, timeout: float | None = None) -> types.GetTerminalPaymentsAnswer:
        """What networks of terminals have told of. Scope: `payments:read`."""
        return self._json("GET", "/v1/terminal-payments", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "network": network, "state": state}, timeout=timeout)

    def list_terminal_payments(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, network: str | None = None, state: Literal["pending", "paid", "refused", "cancelling", "cancelled"] | None = None, timeout: float | None = None) -> Iterator[types.TerminalPayment]:
        """What networks of terminals have told of. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/terminal-payments", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "network": network, "state": state}, timeout=timeout)

    def get_terminal_payments_by_id(self, id: str, *, timeout: float | None = None) -> types.TerminalPayment:
        """A payment at a terminal. Scope: `payments:read`."""
        return self._json("GET", "/v1/terminal-payments/{id}", {"id": id}, timeout=timeout)

    def post_terminal_payments_by_id_cancel(self, id: str, body: types.PostTerminalPaymentsByIdCancelBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.TerminalPayment:
        """Take a payment at a terminal back, as its network has asked: before its money was paid out, and while all of it is there. Scope: `payments:write`."""
        return self._json("POST", "/v1/terminal-payments/{id}/cancel", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_terminal_refusals(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, network: str | None = None, timeout: float | None = None) -> types.GetTerminalRefusalsAnswer:
        """Payments and cancellations that networks of terminals were refused, each once with how often it came. Scope: `payments:read`."""
        return self._json("GET", "/v1/terminal-refusals", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "network": network}, timeout=timeout)

    def list_terminal_refusals(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, network: str | None = None, timeout: float | None = None) -> Iterator[types.TerminalRefusal]:
        """Payments and cancellations that networks of terminals were refused, each once with how often it came. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/terminal-refusals", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "network": network}, timeout=timeout)

    def get_terminal_registries(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, network: str | None = None, timeout: float | None = None) -> types.GetTerminalRegistriesAnswer:
        """Registries of networks of terminals, and how many of their payments differ. Scope: `payments:read`."""
        return self._json("GET", "/v1/terminal-registries", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "network": network}, timeout=timeout)

    def list_terminal_registries(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, network: str | None = None, timeout: float | None = None) -> Iterator[types.TerminalRegistry]:
        """Registries of networks of terminals, and how many of their payments differ. Scope: `payments:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/terminal-registries", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "network": network}, timeout=timeout)

    def get_terminal_registries_by_id(self, id: str, *, timeout: float | None = None) -> types.WholeTerminalRegistry:
        """A registry of a network of terminals, with what differs. Scope: `payments:read`."""
        return self._json("GET", "/v1/terminal-registries/{id}", {"id": id}, timeout=timeout)

    def post_top_ups(self, body: types.PostTopUpsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostTopUpsAnswer:
        """Money comes in to be used, with the bonuses that are due; a key has one effect. Scope: `balances:write`."""
        return self._json("POST", "/v1/top-ups", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_top_ups_by_reference_reversal(self, reference: str, body: types.PostTopUpsByReferenceReversalBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostTopUpsByReferenceReversalAnswer:
        """Take a top-up back, with a reason: what is left of it goes, what it paid for is owed again; once. Above the limit of the settings it waits for another person: the answer has the request. Scope: `balances:write`."""
        return self._json("POST", "/v1/top-ups/{reference}/reversal", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_unit_sales(self, body: types.PostUnitSalesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostUnitSalesAnswer:
        """Sell units, such as a pack of credits, for money that came in; a key has one effect. Scope: `balances:write`."""
        return self._json("POST", "/v1/unit-sales", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_usage(self, body: bytes | str, *, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.PostUsageAnswer:
        """Charge usage: NDJSON, a JSON array or CloudEvents 1.0, gzip or not, up to 20000 records. A record's (source, id) makes a repetition harmless.. Scope: `usage:write`."""
        return self._json("POST", "/v1/usage", {}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def get_usage_corrections(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, source: str | None = None, id: str | None = None, timeout: float | None = None) -> types.GetUsageCorrectionsAnswer:
        """Corrections, all or those of one record: its trace. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-corrections", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "source": source, "id": id}, timeout=timeout)

    def list_usage_corrections(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, source: str | None = None, id: str | None = None, timeout: float | None = None) -> Iterator[types.UsageCorrection]:
        """Corrections, all or those of one record: its trace. Scope: `usage:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/usage-corrections", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "source": source, "id": id}, timeout=timeout)

    def post_usage_corrections(self, body: types.PostUsageCorrectionsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UsageCorrection:
        """Retract a charged record, or amend it by the fields of `record`: `{"key", "source", "id", "time"?, "action", "record"?, "reason"}`. Scope: `usage:correct`."""
        return self._json("POST", "/v1/usage-corrections", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_usage_gaps(self, *, service: str, type: str | None = None, from_: str, until: str, step_minutes: int, timeout: float | None = None) -> types.GetUsageGapsAnswer:
        """Missing readings of a regular series: a meter that should report every so many minutes. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-gaps", {"service": service, "type": type, "from": from_, "until": until, "stepMinutes": step_minutes}, timeout=timeout)

    def get_usage_gaps_services(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, type: str | None = None, from_: str, until: str, step_minutes: int, incomplete: Literal["true"] | None = None, timeout: float | None = None) -> types.GetUsageGapsServicesAnswer:
        """Missing readings of all services, of those of an account, or of a customer. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-gaps/services", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "type": type, "from": from_, "until": until, "stepMinutes": step_minutes, "incomplete": incomplete}, timeout=timeout)

    def list_usage_gaps_services(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, account: str | None = None, customer: str | None = None, type: str | None = None, from_: str, until: str, step_minutes: int, incomplete: Literal["true"] | None = None, timeout: float | None = None) -> Iterator[types.GetUsageGapsServicesAnswerItem]:
        """Missing readings of all services, of those of an account, or of a customer. Scope: `usage:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/usage-gaps/services", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "account": account, "customer": customer, "type": type, "from": from_, "until": until, "stepMinutes": step_minutes, "incomplete": incomplete}, timeout=timeout)

    def get_usage_imports(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, fingerprint: str | None = None, status: Literal["open", "complete", "refused"] | None = None, timeout: float | None = None) -> types.GetUsageImportsAnswer:
        """List deliveries of files. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-imports", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "fingerprint": fingerprint, "status": status}, timeout=timeout)

    def list_usage_imports(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, fingerprint: str | None = None, status: Literal["open", "complete", "refused"] | None = None, timeout: float | None = None) -> Iterator[types.UsageImport]:
        """List deliveries of files. Scope: `usage:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/usage-imports", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "fingerprint": fingerprint, "status": status}, timeout=timeout)

    def post_usage_imports(self, body: types.PostUsageImportsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UsageImport:
        """Begin or resume the delivery of a file. Scope: `usage:write`."""
        return self._json("POST", "/v1/usage-imports", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_usage_imports_by_id(self, id: str, *, timeout: float | None = None) -> types.UsageImport:
        """A delivery, with its report. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-imports/{id}", {"id": id}, timeout=timeout)

    def post_usage_imports_by_id_chunks(self, id: str, body: bytes | str, *, offset: int, last: bool | None = None, content_type: str = "application/octet-stream", idempotency_key: str | None = None, timeout: float | None = None) -> types.UsageImport:
        """Whole rows of a file from an offset on. Scope: `usage:write`."""
        return self._json("POST", "/v1/usage-imports/{id}/chunks", {"id": id, "offset": offset, "last": last}, body, idempotency_key=idempotency_key, timeout=timeout, content_type=content_type)

    def post_usage_imports_by_id_refusal(self, id: str, body: types.PostUsageImportsByIdRefusalBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UsageImport:
        """Close an open delivery: the rest of the file will not come; what was charged stays charged. Scope: `usage:write`."""
        return self._json("POST", "/v1/usage-imports/{id}/refusal", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_usage_imports_by_id_retract(self, id: str, body: types.PostUsageImportsByIdRetractBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UsageRetraction:
        """Retract a file: every record that it had charged, and its records in suspense are given up. Scope: `usage:correct`."""
        return self._json("POST", "/v1/usage-imports/{id}/retract", {"id": id}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_usage_minutes(self, *, timeout: float | None = None) -> types.UsageMinutes:
        """What came of usage in the last hour, minute by minute. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-minutes", {}, timeout=timeout)

    def get_usage_records_csv(self, *, account: str | None = None, customer: str | None = None, service: str | None = None, type: str | None = None, from_: str, until: str, timeout: float | None = None) -> bytes:
        """Usage of all services, of an account or of a customer as CSV: records as they stand, with their charges. Scope: `usage:read`."""
        return self._bytes("GET", "/v1/usage-records.csv", {"account": account, "customer": customer, "service": service, "type": type, "from": from_, "until": until}, timeout=timeout)

    def get_usage_records_explain(self, *, source: str, id: str, time: str | None = None, language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None = None, timeout: float | None = None) -> types.ExplainedRecord:
        """Where a record went: its charges and the documents that bill them, its corrections, or why it is in suspense. Scope: `invoices:read`."""
        return self._json("GET", "/v1/usage-records/explain", {"source": source, "id": id, "time": time, "language": language}, timeout=timeout)

    def get_usage_retractions_by_id(self, id: str, *, timeout: float | None = None) -> types.UsageRetraction:
        """How far the retraction of a file is. Scope: `usage:read`."""
        return self._json("GET", "/v1/usage-retractions/{id}", {"id": id}, timeout=timeout)

    def get_users(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, status: Literal["active", "disabled"] | None = None, role: str | None = None, timeout: float | None = None) -> types.GetUsersAnswer:
        """List the users of the tenant. Scope: `users:read`."""
        return self._json("GET", "/v1/users", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "status": status, "role": role}, timeout=timeout)

    def list_users(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, status: Literal["active", "disabled"] | None = None, role: str | None = None, timeout: float | None = None) -> Iterator[types.User]:
        """List the users of the tenant. Scope: `users:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/users", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "status": status, "role": role}, timeout=timeout)

    def post_users(self, body: types.PostUsersBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UserLink:
        """Invite somebody to the tenant; the link is shown once, and is to be handed on. Scope: `users:write`."""
        return self._json("POST", "/v1/users", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_users_by_reference(self, reference: str, *, keep_keys: bool | None = None, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteUsersByReferenceAnswer:
        """Take a user out of the tenant. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/users/{reference}", {"reference": reference, "keepKeys": keep_keys}, idempotency_key=idempotency_key, timeout=timeout)

    def get_users_by_reference(self, reference: str, *, timeout: float | None = None) -> types.User:
        """A user of the tenant. Scope: `users:read`."""
        return self._json("GET", "/v1/users/{reference}", {"reference": reference}, timeout=timeout)

    def patch_users_by_reference(self, reference: str, body: types.PatchUsersByReferenceBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PatchUsersByReferenceAnswer:
        """Change the roles of a user in the tenant, or keep the user out of it for a while. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/users/{reference}", {"reference": reference}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_users_by_reference_password_reset(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.UserLink:
        """A link by which a user sets a new password; shown once, and to be handed on. Scope: `users:write`."""
        return self._json("POST", "/v1/users/{reference}/password-reset", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def delete_users_by_reference_second_factor(self, reference: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteUsersByReferenceSecondFactorAnswer:
        """Remove the second factor of a user who has lost it, and the recovery codes. Scope: `users:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/users/{reference}/second-factor", {"reference": reference}, idempotency_key=idempotency_key, timeout=timeout)

    def get_voucher_batches(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> types.GetVoucherBatchesAnswer:
        """List batches of vouchers. Scope: `balances:read`."""
        return self._json("GET", "/v1/voucher-batches", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def list_voucher_batches(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, timeout: float | None = None) -> Iterator[types.GetVoucherBatchesAnswerItem]:
        """List batches of vouchers. Scope: `balances:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/voucher-batches", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text}, timeout=timeout)

    def post_voucher_batches(self, body: types.PostVoucherBatchesBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostVoucherBatchesAnswer:
        """Make vouchers; the answer is the only place where their codes ever stand. Scope: `vouchers:write`."""
        return self._json("POST", "/v1/voucher-batches", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_voucher_batches_by_key_revoke(self, key: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostVoucherBatchesByKeyRevokeAnswer:
        """Make the unredeemed vouchers of a batch worthless. Scope: `vouchers:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/voucher-batches/{key}/revoke", {"key": key}, idempotency_key=idempotency_key, timeout=timeout)

    def post_vouchers_redeem(self, body: types.PostVouchersRedeemBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostVouchersRedeemAnswer:
        """Redeem a code for an account, once. Scope: `balances:write`."""
        return self._json("POST", "/v1/vouchers/redeem", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def get_webhook_deliveries(self, *, limit: int | None = None, cursor: str | None = None, before: str | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, endpoint: str | None = None, state: Literal["waiting", "delivered", "failed"] | None = None, event: str | None = None, timeout: float | None = None) -> types.GetWebhookDeliveriesAnswer:
        """What webhook endpoints were told of, or are to be told of. Scope: `events:read`."""
        return self._json("GET", "/v1/webhook-deliveries", {"limit": limit, "cursor": cursor, "before": before, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "endpoint": endpoint, "state": state, "event": event}, timeout=timeout)

    def list_webhook_deliveries(self, *, limit: int | None = None, order: Literal["oldest", "newest"] | None = None, created_from: str | None = None, created_until: str | None = None, text: str | None = None, endpoint: str | None = None, state: Literal["waiting", "delivered", "failed"] | None = None, event: str | None = None, timeout: float | None = None) -> Iterator[types.WebhookDelivery]:
        """What webhook endpoints were told of, or are to be told of. Scope: `events:read`. All items, page by page; `limit` is what a page has."""
        return self._list("/v1/webhook-deliveries", {"limit": limit, "order": order, "createdFrom": created_from, "createdUntil": created_until, "text": text, "endpoint": endpoint, "state": state, "event": event}, timeout=timeout)

    def get_webhook_deliveries_by_id(self, id: str, *, timeout: float | None = None) -> types.WholeWebhookDelivery:
        """A delivery to a webhook endpoint, with each request and what was answered. Scope: `events:read`."""
        return self._json("GET", "/v1/webhook-deliveries/{id}", {"id": id}, timeout=timeout)

    def post_webhook_deliveries_by_id_retry(self, id: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.WholeWebhookDelivery:
        """Send a delivery now, whatever became of it before. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/webhook-deliveries/{id}/retry", {"id": id}, idempotency_key=idempotency_key, timeout=timeout)

    def get_webhook_endpoints(self, *, timeout: float | None = None) -> types.GetWebhookEndpointsAnswer:
        """Where the tenant is told what happens. Scope: `settings:read`."""
        return self._json("GET", "/v1/webhook-endpoints", {}, timeout=timeout)

    def post_webhook_endpoints(self, body: types.PostWebhookEndpointsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostWebhookEndpointsAnswer:
        """Be told of what happens from now on, at an address. Scope: `settings:write`."""
        return self._json("POST", "/v1/webhook-endpoints", {}, body, idempotency_key=idempotency_key, timeout=timeout)

    def delete_webhook_endpoints_by_endpoint(self, endpoint: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.DeleteWebhookEndpointsByEndpointAnswer:
        """Delete a webhook endpoint, with what waits for it and the log of its deliveries. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("DELETE", "/v1/webhook-endpoints/{endpoint}", {"endpoint": endpoint}, idempotency_key=idempotency_key, timeout=timeout)

    def get_webhook_endpoints_by_endpoint(self, endpoint: str, *, timeout: float | None = None) -> types.WebhookEndpoint:
        """A webhook endpoint; of its secrets when they were made and when they end. Scope: `settings:read`."""
        return self._json("GET", "/v1/webhook-endpoints/{endpoint}", {"endpoint": endpoint}, timeout=timeout)

    def patch_webhook_endpoints_by_endpoint(self, endpoint: str, body: types.PatchWebhookEndpointsByEndpointBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.WebhookEndpoint:
        """Change a webhook endpoint, or turn it on or off. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("PATCH", "/v1/webhook-endpoints/{endpoint}", {"endpoint": endpoint}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_webhook_endpoints_by_endpoint_replays(self, endpoint: str, body: types.PostWebhookEndpointsByEndpointReplaysBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostWebhookEndpointsByEndpointReplaysAnswer:
        """Tell a webhook endpoint once more of an event, or of those of a time, at most 100000. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/webhook-endpoints/{endpoint}/replays", {"endpoint": endpoint}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_webhook_endpoints_by_endpoint_secrets(self, endpoint: str, body: types.PostWebhookEndpointsByEndpointSecretsBody, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.PostWebhookEndpointsByEndpointSecretsAnswer:
        """Give a webhook endpoint a new secret; for a while requests are signed with the earlier ones, too. Scope: `settings:write`."""
        return self._json("POST", "/v1/webhook-endpoints/{endpoint}/secrets", {"endpoint": endpoint}, body, idempotency_key=idempotency_key, timeout=timeout)

    def post_webhook_endpoints_by_endpoint_trials(self, endpoint: str, *, idempotency_key: str | None = None, timeout: float | None = None) -> types.WebhookEndpoint:
        """Send an event `webhook_endpoint.tested` to a webhook endpoint that is on. Scope: `settings:write`. Takes an `Idempotency-Key` header."""
        return self._json("POST", "/v1/webhook-endpoints/{endpoint}/trials", {"endpoint": endpoint}, idempotency_key=idempotency_key, timeout=timeout)
