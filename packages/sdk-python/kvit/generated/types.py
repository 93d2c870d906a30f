# Written by tools/sdk out of what the server says of its API.
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, Union

class Account(TypedDict):
    id: str
    key: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    updatedAt: str
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    issuerId: str
    # With `expand`
    issuer: NotRequired[Issuer]
    currency: str
    zone: str
    # Where it has moved
    zones: NotRequired[list[AccountZonesItem]]
    cycleUnit: Literal["day", "week", "month", "year"]
    cycleCount: int
    cycleAnchor: str
    termsDays: int
    billedUntil: str | None
    # Null lets it owe whatever it uses
    creditLimit: str | None
    sponsorAccountId: str | None
    sponsor: NotRequired[AccountSponsor | None]
    sponsorCaps: dict[str, str]
    thresholds: list[dict[str, Any]]
    progressiveBilling: AccountProgressiveBilling | None
    pricesIncludeTax: bool
    gracePeriod: str | None
    brand: str | None
    splitBy: str | None
    # The account that is billed for the periods that begin now
    billedTo: str | None
    # Who is billed from which day on, where it was, or will be, another account
    payers: NotRequired[list[AccountPayersItem]]


class AccountZonesItem(TypedDict):
    zone: str
    fromDay: str | None


class AccountSponsor(TypedDict):
    """Another one, whole, with `expand`"""

    id: str
    key: str


class AccountProgressiveBilling(TypedDict):
    # A decimal of the currency
    threshold: str
    repeats: bool


class AccountPayersItem(TypedDict):
    accountId: str | None
    fromDay: str


class AccountDunning(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    today: str
    # That holds for it; null where it fits none
    policy: str | None
    version: int | None
    currency: str
    # All that is overdue
    overdue: str
    # What of that is asked for: not what is disputed, nor what is in a promise or in instalments
    asked: str
    # The due day from which days overdue are counted
    since: str | None
    daysOverdue: int
    # Why less than all is asked for, or nothing is done
    stops: list[Literal["dispute", "plan", "hold", "not_told"]]
    # What becomes of its run when steps are done the next time
    becomes: Literal["none", "begins", "continues", "reopens", "ends"]
    # Steps that are done then
    due: list[AccountDunningDueItem]
    # What comes next, if nobody pays and nothing else falls due
    next: AccountDunningNext | None
    hold: AccountDunningHold | None
    # The last one
    run: DunningRun | None


class AccountDunningDueItem(TypedDict):
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]


class AccountDunningNext(TypedDict):
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    on: str


class AccountDunningHold(TypedDict):
    id: str
    reason: str
    # The last day; null until it is released
    until: str | None
    madeBy: str
    madeAt: str


AccountingPeriod = TypedDict("AccountingPeriod", {
    "id": "str | None",
    "from": "str",
    "until": "str",
    "state": "Literal[\"open\", \"closing\", \"closed\"]",
    "closings": "int",
    "lines": "int | None",
    "digest": "str | None",
    "notes": "str | None",
    "error": "str | None",
    "changes": "list[AccountingPeriodChangesItem]",
})


class AccountingPeriodChangesItem(TypedDict):
    kind: Literal["closed", "reopened"]
    reason: str | None
    createdAt: str


class Adjustment(TypedDict):
    id: str
    key: str
    accountId: str
    content: AdjustmentContent
    reason: str
    status: Literal["pending", "applied", "rejected"]
    # The key that asked
    requestedBy: str
    # Whose key that is; null in what was asked before people were told apart
    requestedByPerson: str | None
    decidedBy: str | None
    createdAt: str
    decidedAt: str | None


class AdjustmentContent(TypedDict):
    direction: Literal["credit", "debit"]
    # A decimal of the currency, or of the unit
    amount: str
    unit: str | None
    source: Literal["paid", "bonus"]
    priority: NotRequired[int]
    expiresAt: NotRequired[str | None]
    scope: NotRequired[dict[str, Any] | None]
    shared: NotRequired[bool]


class ApiKey(TypedDict):
    id: str
    tenant: str | None
    name: str
    scopes: list[Literal["tenants:write", "keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]
    # The key that it was made with
    madeBy: str | None
    # The key that it took the place of
    replaces: str | None
    # The user whose key it is
    ownerUser: str | None
    # A limit of its own; null is that of the installation
    requestsPerSecond: int | None
    createdAt: str
    expiresAt: str | None
    # As of ten minutes ago at the latest
    lastUsedAt: str | None
    revokedAt: str | None


class ApprovalRequest(TypedDict):
    id: str
    # A reversal of a payment or top-up, a note or write-off, or what accepts a dispute
    kind: Literal["payment", "top_up", "credit_note", "void", "debit_note", "write_off", "dispute"]
    # The payment, top-up, document or dispute
    subject: ApprovalRequestSubject
    accountId: str
    currency: str
    # A decimal of the currency
    amount: str
    reason: str
    # What was asked for; null of a reversal
    content: dict[str, Any] | None
    status: Literal["pending", "applied", "rejected", "expired"]
    # Whose decision it waits for, in words
    waitsFor: str | None
    # The key that asked
    requestedBy: str
    # Whose key that is
    requestedByPerson: str
    decidedBy: str | None
    createdAt: str
    # Until then it waits
    expiresAt: str
    decidedAt: str | None


class ApprovalRequestSubject(TypedDict):
    """The payment, top-up, document or dispute"""

    id: str
    key: str


class Attachment(TypedDict):
    id: str
    subject: AttachmentSubject
    name: str
    # As its bytes say
    type: Literal["application/pdf", "image/png", "image/jpeg", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.spreadsheet", "application/xml", "text/csv", "text/plain"]
    bytes: int
    # Of its bytes, in hexadecimal
    sha256: str
    # Whether it goes out with its document: in its e-invoice, and by e-mail
    enclosed: bool
    addedBy: str
    addedAt: str
    deleted: AttachmentDeleted | None


class AttachmentSubject(TypedDict):
    kind: Literal["document", "customer", "dispute"]
    id: str


class AttachmentDeleted(TypedDict):
    by: str
    at: str
    reason: str


class AuditEntry(TypedDict):
    id: str
    at: str
    requestId: str
    # `begun` is of requests that commit by themselves: `done` or `refused` follows, unless they were cut off
    outcome: Literal["done", "begun", "refused"]
    actor: AuditEntryActor
    route: str
    # What it was about: a key or an id out of the address or the answer
    object: str | None
    # Names of what the body had
    fields: list[str]
    # Of a refusal: its code
    problem: str | None
    ip: str
    userAgent: str


class AuditEntryActor(TypedDict):
    # `signature` is a provider that has signed the request: `person` says which
    kind: Literal["key", "user", "link", "signature", "nobody"]
    id: str | None
    # Of the key, or the address of the user, as it is now
    name: str | None
    # Who that is where two people have to agree
    person: str


class AuditReport(TypedDict):
    holds: bool
    totals: dict[str, int]
    segments: int
    journalBytes: int
    results: list[AuditReportResultsItem]


class AuditReportResultsItem(TypedDict):
    invariant: str
    holds: bool
    detail: str


class Balances(TypedDict):
    account: str
    currency: str
    # Money that a use could take now, credit included; null: nothing limits it
    available: str | None
    credit: BalancesCredit
    # What of its open documents is disputed: nobody is asked for it until that is decided
    disputed: str
    # A decimal of the currency, or of the unit
    spentThisPeriod: str
    balances: list[BalancesBalancesItem]
    promise: BalancesPromise | None
    thresholdsCrossed: list[str]
    # How many sessions run; `sessions` names the latest hundred
    runningSessions: int
    sessions: list[BalancesSessionsItem]


class BalancesCredit(TypedDict):
    limit: str | None
    # A decimal of the currency, or of the unit
    owed: str
    # A decimal of the currency, or of the unit
    held: str


class BalancesBalancesItem(TypedDict):
    unit: str
    # A decimal of the currency, or of the unit
    remaining: str
    # A decimal of the currency, or of the unit
    held: str
    lots: list[BalancesBalancesItemLotsItem]


class BalancesBalancesItemLotsItem(TypedDict):
    number: int
    source: Literal["paid", "bonus", "plan", "promise"]
    priority: int
    validFrom: str
    expiresAt: str | None
    # Behind expiresAt it still pays for usage and fees of before
    graceHours: NotRequired[float]
    # Of units that were sold: what each cost
    unitPrice: NotRequired[str]
    # Its tax was paid when it was sold: what it pays for has none
    taxed: NotRequired[bool]
    # What it may be used for; null for all
    scope: dict[str, Any] | None
    shared: bool
    # What opened it: a top-up, a voucher, an allowance and its period
    origin: str
    # A decimal of the currency, or of the unit
    amount: str
    # A decimal of the currency, or of the unit
    remaining: str
    # The part of what remains that running sessions have set aside
    held: str


class BalancesPromise(TypedDict):
    dueAt: str
    # A decimal of the currency, or of the unit
    fee: str


class BalancesSessionsItem(TypedDict):
    source: str
    session: str
    service: str
    startedAt: str
    expiresAt: str


class BankAccount(TypedDict):
    id: str
    key: str
    issuerId: str
    name: str
    iban: str | None
    number: str | None
    bic: str | None
    currency: str
    csvMapping: BankCsvMapping | None
    # What the ledger has: before the first statement, and all lines since
    balance: str
    # The last balance that the bank has told
    closing: BankAccountClosing | None
    # Lines of reports and notifications that no statement has yet
    announced: str
    # How far the ledger, without what is announced, is from the closing balance
    missing: str | None
    # Statements that do not follow each other
    gaps: list[BankAccountGapsItem]
    # What of its money has no purpose yet
    suspense: str
    createdAt: str


class BankAccountClosing(TypedDict):
    # A decimal of the currency; money out is below zero
    amount: str
    on: str


class BankAccountGapsItem(TypedDict):
    after: str
    before: str
    # A decimal of the currency; money out is below zero
    missing: str


class BankCsvMapping(TypedDict):
    # Between cells
    delimiter: Literal[";", ",", "\t", "|"]
    # Lines before the one with the headings
    skipLines: int
    # Before the last digits: 1.234,56 has a comma
    decimalSign: Literal[",", "."]
    # 31.12.2026 is dmy
    dayOrder: Literal["dmy", "ymd", "mdy"]
    columns: BankCsvMappingColumns


class BankCsvMappingColumns(TypedDict):
    bookedOn: str
    valueOn: NotRequired[str]
    # With its sign; or credit and debit, each without one
    amount: NotRequired[str]
    credit: NotRequired[str]
    debit: NotRequired[str]
    currency: NotRequired[str]
    # What is on the account after the entry: each row is checked by it
    balance: NotRequired[str]
    name: NotRequired[str]
    iban: NotRequired[str]
    bic: NotRequired[str]
    # What was written to the payee
    text: NotRequired[list[str]]
    bankReference: NotRequired[str]
    endToEndId: NotRequired[str]
    mandateId: NotRequired[str]
    code: NotRequired[str]


class BankCsvMappingInput(TypedDict):
    # Between cells
    delimiter: NotRequired[Literal[";", ",", "\t", "|"]]
    # Lines before the one with the headings
    skipLines: NotRequired[int]
    # Before the last digits: 1.234,56 has a comma
    decimalSign: NotRequired[Literal[",", "."]]
    # 31.12.2026 is dmy
    dayOrder: NotRequired[Literal["dmy", "ymd", "mdy"]]
    columns: BankCsvMappingInputColumns


class BankCsvMappingInputColumns(TypedDict):
    bookedOn: str
    valueOn: NotRequired[str]
    # With its sign; or credit and debit, each without one
    amount: NotRequired[str]
    credit: NotRequired[str]
    debit: NotRequired[str]
    currency: NotRequired[str]
    # What is on the account after the entry: each row is checked by it
    balance: NotRequired[str]
    name: NotRequired[str]
    iban: NotRequired[str]
    bic: NotRequired[str]
    # What was written to the payee
    text: NotRequired[list[str]]
    bankReference: NotRequired[str]
    endToEndId: NotRequired[str]
    mandateId: NotRequired[str]
    code: NotRequired[str]


class BankFile(TypedDict):
    id: str
    name: str
    # The same file was imported before; this is what became of it then
    repeated: bool
    statements: list[BankStatement]


class BankLine(TypedDict):
    id: str
    bankAccount: str
    state: Literal["new", "waiting", "set_aside", "to_return", "done"]
    bookedOn: str
    valueOn: str | None
    currency: str
    # A decimal of the currency; money out is below zero
    amount: str
    # What has no purpose yet
    open: str
    # A decimal of the currency; money out is below zero
    charges: str
    isReversal: bool
    returnReason: str | None
    code: str | None
    counterparty: BankLineCounterparty
    remittance: str
    creditorReference: str | None
    endToEndId: str | None
    mandateId: str | None
    bankReference: str | None
    # A final statement has it
    isFinal: bool
    # Whose money it is, once it is known
    account: str | None
    note: str | None
    matches: list[BankLineMatchesItem]
    proposals: list[BankLineProposalsItem]
    createdAt: str


class BankLineCounterparty(TypedDict):
    name: str | None
    iban: str | None
    account: str | None
    bic: str | None


class BankLineMatchesItem(TypedDict):
    id: str
    kind: Literal["payment", "recorded", "payout", "cash", "return", "refund", "fee", "outside", "offset"]
    # A decimal of the currency; money out is below zero
    amount: str
    paymentId: str | None
    refundId: str | None
    payoutId: str | None
    cashMovementId: str | None
    otherLineId: str | None
    # In thousandths; null where somebody decided
    score: int | None
    reasons: list[str]
    # `rule`, or who decided
    madeBy: str
    createdAt: str


class BankLineProposalsItem(TypedDict):
    account: str
    score: int
    reasons: list[str]
    invoices: list[BankLineProposalsItemInvoicesItem]


class BankLineProposalsItemInvoicesItem(TypedDict):
    id: str
    number: str
    # A decimal of the currency; money out is below zero
    amount: str


BankStatement = TypedDict("BankStatement", {
    "id": "str",
    "bankAccount": "str",
    "file": "str",
    "format": "str",
    "kind": "Literal[\"statement\", \"report\", \"notification\"]",
    "reference": "str",
    "number": "str | None",
    "currency": "str",
    "opening": "str | None",
    "closing": "str | None",
    "from": "str | None",
    "to": "str | None",
    "entries": "int",
    "newEntries": "int",
    "createdAt": "str",
})


class BillRun(TypedDict):
    id: str
    untilDay: str
    status: Literal["running", "complete", "failed"]
    accountsTotal: int
    accountsDone: int
    # All that it issued, however often it was asked for
    documents: int
    # Of these, since it was last asked for; 0 where nothing was new
    issued: int
    # Accounts whose next document waits for somebody, since it was last asked for
    held: int
    # Accounts whose next document waits for the end of its grace period alone
    inGrace: int
    error: str | None
    createdAt: str
    finishedAt: str | None


class BonusRule(TypedDict):
    code: str
    currency: str
    kind: Literal["percent", "fixed"]
    # A decimal of the currency, or of the unit
    value: str
    firstOnly: bool
    fromAmount: str | None
    validFrom: str | None
    validUntil: str | None
    validDays: int | None
    priority: int


class BookLine(TypedDict):
    entryId: str
    day: str
    template: str
    code: str | None
    ledgerAccount: str
    # The day that it is about, where its period was closed already
    belongsOn: str | None
    accountId: str | None
    documentId: str | None
    postingId: str | None
    # What it recognises: the line of a document (`line:` and its id), usage, or a pack of units
    subject: str | None
    currency: str
    # A decimal of the currency
    amount: str
    # A decimal of the currency
    booksAmount: str
    rate: str | None


class Books(TypedDict):
    # Its key
    issuer: str
    issuerId: str
    currency: str
    zone: str
    opensOn: str
    # The first day that is open
    openFrom: str
    policies: BooksPolicies
    createdAt: str


class BooksPolicies(TypedDict):
    # How long its periods are
    period: Literal["month", "quarter", "year"]
    # Percent of sold units that are expected never to be used: earned with those that are used
    unusedUnits: str
    # Percent of what is open that is expected not to be paid, by how long it is due
    badDebts: dict[str, str]


class BooksPoliciesInput(TypedDict):
    # How long its periods are
    period: NotRequired[Literal["month", "quarter", "year"]]
    # Percent of sold units that are expected never to be used: earned with those that are used
    unusedUnits: NotRequired[str]
    # Percent of what is open that is expected not to be paid, by how long it is due
    badDebts: NotRequired[dict[str, str]]


class Brand(TypedDict):
    id: str
    key: str
    version: int
    content: BrandContent
    # SHA-256 of the content; documents keep it
    digest: str
    createdAt: str


class BrandContent(TypedDict):
    paper: Literal["a4", "us-letter"]
    font: Literal["sans", "condensed", "serif"]
    # Of titles, rules and bars
    accent: str | None
    logo: BrandContentLogo | None
    # The amount and the day it is due on, large
    headline: bool
    # Lines beside the logo
    contact: list[str]
    # At the foot of each page, in place of the seller's name
    footer: BrandContentFooter | None
    # Below all else
    legal: list[BrandContentLegalItem]
    # Of the table of lines, from left to right
    columns: list[Literal["number", "description", "period", "quantity", "unitPrice", "tax", "amount"]]
    # What lines are put together by, with a subtotal each; `metadata.costCentre` is an entry of the subscription or else of its service
    groupBy: str | None
    # What was used, and was in the periods before, as bars
    usageChart: bool
    # `https://pay.example/{number}?amount={amount}&currency={currency}&account={account}`
    paymentLink: str | None
    messages: list[BrandContentMessagesItem]


class BrandContentLogo(TypedDict):
    image: str
    widthMm: int


class BrandContentFooter(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandContentLegalItem(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandContentMessagesItem(TypedDict):
    # For whom: everything that is said of it holds of the account
    when: BrandContentMessagesItemWhen
    # By language; one that is missing is taken in English, or else in the first that there is
    text: BrandContentMessagesItemText


class BrandContentMessagesItemWhen(TypedDict):
    """For whom: everything that is said of it holds of the account"""

    currency: NotRequired[Any]
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]
    customerKind: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class BrandContentMessagesItemText(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandContentInput(TypedDict):
    paper: NotRequired[Literal["a4", "us-letter"]]
    font: NotRequired[Literal["sans", "condensed", "serif"]]
    # Of titles, rules and bars
    accent: NotRequired[str | None]
    logo: NotRequired[BrandContentInputLogo | None]
    # The amount and the day it is due on, large
    headline: NotRequired[bool]
    # Lines beside the logo
    contact: NotRequired[list[str]]
    # At the foot of each page, in place of the seller's name
    footer: NotRequired[BrandContentInputFooter | None]
    # Below all else
    legal: NotRequired[list[BrandContentInputLegalItem]]
    # Of the table of lines, from left to right
    columns: NotRequired[list[Literal["number", "description", "period", "quantity", "unitPrice", "tax", "amount"]]]
    # What lines are put together by, with a subtotal each; `metadata.costCentre` is an entry of the subscription or else of its service
    groupBy: NotRequired[str | None]
    # What was used, and was in the periods before, as bars
    usageChart: NotRequired[bool]
    # `https://pay.example/{number}?amount={amount}&currency={currency}&account={account}`
    paymentLink: NotRequired[str | None]
    messages: NotRequired[list[BrandContentInputMessagesItem]]


class BrandContentInputLogo(TypedDict):
    image: str
    widthMm: NotRequired[int]


class BrandContentInputFooter(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandContentInputLegalItem(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandContentInputMessagesItem(TypedDict):
    # For whom: everything that is said of it holds of the account
    when: NotRequired[BrandContentInputMessagesItemWhen]
    # By language; one that is missing is taken in English, or else in the first that there is
    text: BrandContentInputMessagesItemText


class BrandContentInputMessagesItemWhen(TypedDict):
    """For whom: everything that is said of it holds of the account"""

    currency: NotRequired[str]
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]
    customerKind: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class BrandContentInputMessagesItemText(TypedDict):
    """By language; one that is missing is taken in English, or else in the first that there is"""

    en: NotRequired[str]
    uk: NotRequired[str]
    ru: NotRequired[str]
    de: NotRequired[str]
    fr: NotRequired[str]
    es: NotRequired[str]
    it: NotRequired[str]
    pl: NotRequired[str]
    pt: NotRequired[str]
    nl: NotRequired[str]
    tr: NotRequired[str]
    ro: NotRequired[str]


class BrandImage(TypedDict):
    digest: str
    format: Literal["png", "svg"]
    # How many it has
    bytes: int


class CallTask(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    runId: str
    step: str
    # What whoever calls says
    script: str
    currency: str
    # What was to be asked for
    amount: str
    # `cancelled`: the debt was gone before anybody called
    state: Literal["open", "done", "cancelled"]
    outcome: Literal["promised", "refused", "disputes", "not_reached", "wrong_number", "other"] | None
    note: str | None
    createdAt: str
    endedBy: str | None
    endedAt: str | None


class CashDesk(TypedDict):
    key: str
    name: str
    issuer: str
    currency: str
    zone: str
    # What cash is rounded to
    cashStep: str
    isOpen: bool
    # What is to be in the drawer now
    drawer: str
    # What is to be in the safe of the desk now
    safe: str
    # The number of the shift that is open
    shift: int | None
    ledgerAccount: str
    createdAt: str


class CashMovement(TypedDict):
    id: str
    key: str
    desk: str
    shiftId: str | None
    kind: Literal["float", "in", "out", "spent", "added", "over", "short", "emptied", "safe_in", "safe_out", "to_bank", "from_bank"]
    currency: str
    # A decimal of the currency
    amount: str
    reason: str
    createdAt: str


class CashReceipt(TypedDict):
    id: str
    # As it is printed
    number: str
    desk: str
    shiftId: str
    key: str
    kind: Literal["payment", "cancel"]
    # The number of the receipt that it cancels
    cancels: str | None
    # The number of the receipt that cancels it
    cancelledBy: str | None
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    recordedAs: Literal["payment", "top_up"]
    paymentId: str | None
    state: Literal["pending", "done", "failed"]
    currency: str
    # What the account got
    amount: str
    # What was paid in cash: the amount, rounded
    cash: str
    tendered: str | None
    # What the payer got back
    change: str | None
    note: str | None
    createdAt: str


class CashReport(TypedDict):
    kind: Literal["X", "Z"]
    desk: str
    deskName: str
    shift: int
    # The person whose shift it is
    cashier: str
    currency: str
    openedAt: str
    closedAt: str | None
    # A decimal of the currency
    float: str
    payments: CashReportPayments
    cancels: CashReportCancels
    # What was paid more than accounts got; below zero less
    rounding: str
    movements: list[CashReportMovementsItem]
    firstReceipt: str | None
    lastReceipt: str | None
    # What is to be in the drawer: float + in − out
    expected: str
    counted: str | None
    # Below zero something is missing
    difference: str | None
    denominations: list[CashReportDenominationsItem] | None


class CashReportPayments(TypedDict):
    count: int
    # A decimal of the currency
    amount: str


class CashReportCancels(TypedDict):
    count: int
    # A decimal of the currency
    amount: str


class CashReportMovementsItem(TypedDict):
    kind: str
    count: int
    # A decimal of the currency
    amount: str


class CashReportDenominationsItem(TypedDict):
    value: str
    count: int


class CashShift(TypedDict):
    id: str
    desk: str
    number: int
    cashier: str
    currency: str
    openedAt: str
    # A decimal of the currency
    float: str
    closedAt: str | None
    expected: str | None
    counted: str | None
    difference: str | None


class ChannelTest(TypedDict):
    channel: Literal["mail", "smpp", "sms-http", "web-push", "telegram", "fcm", "voice"]
    # `unknown`: it may have been sent
    outcome: Literal["accepted", "failed", "unknown"]
    # What the channel calls the message; null unless it was accepted
    id: str | None
    # Messages that are charged for; null unless it was accepted
    parts: int | None
    reason: Literal["no_such_address", "blocked", "too_long", "not_supported", "too_many", "unavailable", "deferred"] | None
    # Whether the same message may be taken later; null unless it failed
    mayRetry: bool | None
    # In the words of the channel
    said: str | None


class ChargingAnswer(TypedDict):
    result: Literal["charged", "granted", "ended", "refunded", "refused", "invalid"]
    # A stable code
    reason: NotRequired[str]
    detail: NotRequired[str]
    session: NotRequired[str]
    sequence: NotRequired[int]
    # A decimal of the currency, exact
    amount: NotRequired[str]
    currency: NotRequired[str]
    groups: NotRequired[list[ChargingAnswerGroupsItem]]
    # What the account is slowed down to, where nothing is granted
    throttleKbps: NotRequired[int]
    # Reports among `used` that went to suspense
    suspended: NotRequired[list[ChargingAnswerSuspendedItem]]
    # The answer to a request that was answered before
    duplicate: NotRequired[bool]


class ChargingAnswerGroupsItem(TypedDict):
    type: str
    result: Literal["granted", "refused"]
    # By the property that the meter reads
    granted: dict[str, str]
    validitySeconds: int
    # A stable code
    reason: NotRequired[str]
    detail: NotRequired[str]
    # Nothing more can be granted behind these units (3GPP: Final-Unit-Indication)
    final: NotRequired[ChargingAnswerGroupsItemFinal]
    throttleKbps: NotRequired[int]


class ChargingAnswerGroupsItemFinal(TypedDict):
    """Nothing more can be granted behind these units (3GPP: Final-Unit-Indication)"""

    action: Literal["terminate", "redirect", "restrict"]
    redirectTo: NotRequired[str]
    kbps: NotRequired[int]


class ChargingAnswerSuspendedItem(TypedDict):
    type: str
    # A stable code
    reason: str
    detail: str


class ChargingRequestInputOne1(TypedDict):
    """Charges at once (3GPP: IEC)"""

    op: Literal["event"]
    # Who reports: a switch, a gateway, an app
    source: str
    # What usage points at: a number, a login, an API key
    service: str
    time: str
    # (source, id) makes a repetition harmless
    id: str
    type: str
    end: NotRequired[str]
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


class ChargingRequestInputOne2(TypedDict):
    """Gives a charged event back"""

    op: Literal["refund"]
    # Who reports: a switch, a gateway, an app
    source: str
    # What usage points at: a number, a login, an API key
    service: str
    time: str
    # (source, id) makes a repetition harmless
    id: str
    type: str
    end: NotRequired[str]
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


class ChargingRequestInputOne3(TypedDict):
    op: Literal["start"]
    # Who reports: a switch, a gateway, an app
    source: str
    # What usage points at: a number, a login, an API key
    service: str
    time: str
    # Names the session, together with the source
    session: str
    requested: NotRequired[list[ChargingRequestInputOne3RequestedItem]]
    # How long grants hold at most
    validitySeconds: NotRequired[int]
    # Grows with each request of the session
    sequence: NotRequired[int]


class ChargingRequestInputOne3RequestedItem(TypedDict):
    type: str
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


class ChargingRequestInputOne4(TypedDict):
    op: Literal["update", "end"]
    # Who reports: a switch, a gateway, an app
    source: str
    # What usage points at: a number, a login, an API key
    service: str
    time: str
    # Names the session, together with the source
    session: str
    requested: NotRequired[list[ChargingRequestInputOne4RequestedItem]]
    # How long grants hold at most
    validitySeconds: NotRequired[int]
    # Grows with each request of the session
    sequence: int
    used: NotRequired[list[ChargingRequestInputOne4UsedItem]]


class ChargingRequestInputOne4RequestedItem(TypedDict):
    type: str
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


class ChargingRequestInputOne4UsedItem(TypedDict):
    type: str
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


ChargingRequestInput: TypeAlias = "Union[ChargingRequestInputOne1, ChargingRequestInputOne2, ChargingRequestInputOne3, ChargingRequestInputOne4]"

class Clock(TypedDict):
    # What time it is for the tenant
    now: str
    # By a test clock, which stands until it is moved
    isTest: bool


class Contact(TypedDict):
    id: str
    customer: str
    key: str
    name: str
    # Null is told nothing by e-mail
    email: str | None
    # For SMS and voice
    phone: str | None
    # Of channels that have neither: the token of push, an id of a messenger
    addresses: ContactAddresses
    # Null is that of the customer
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None
    # Null is that of the account that something is about
    zone: str | None
    # What the contact is told of: what is to be paid, what works and what does not, the contract
    roles: list[Literal["payer", "technical", "owner"]]
    # With quietUntil: own quiet hours; null are those of the settings
    quietFrom: str | None
    quietUntil: str | None
    # Addresses that do not work: nothing is sent there until the address is set anew
    failing: list[ContactFailingItem]
    createdAt: str
    updatedAt: str


class ContactAddresses(TypedDict):
    """Of channels that have neither: the token of push, an id of a messenger"""

    push: NotRequired[str]
    messenger: NotRequired[str]


class ContactFailingItem(TypedDict):
    channel: str
    address: str
    reason: str
    notedAt: str


class Coupon(TypedDict):
    id: str
    code: str
    # Shown on documents
    name: str
    currency: str | None
    value: Union[CouponValue1, CouponValue2, CouponValue3, CouponValue4]
    duration: Union[CouponDuration1, CouponDuration2, CouponDuration3]
    targets: CouponTargets
    # A bundle: plans that it needs all of
    requires: list[str]
    # What its targets on a bill come to, at least
    minimum: str | None
    # The lowest comes first
    priority: int
    # Alone on the bills on which it gives something
    exclusive: bool
    # Of a group only the one that gives most
    bestOf: str | None
    # In force for every account, without redemption
    automatic: bool
    # Redeemed with the codes of its batches alone, not with its own
    byBatch: bool
    maxRedemptions: int | None
    maxPerCustomer: int | None
    validFrom: str | None
    # The first day on which it is not
    validUntil: str | None
    # How often it was redeemed; in lists
    redemptions: NotRequired[int]
    archivedAt: str | None
    createdAt: str


class CouponValue1(TypedDict):
    kind: Literal["percent"]
    percent: str


class CouponValue2(TypedDict):
    kind: Literal["fixed"]
    amount: str
    carryOver: bool


class CouponValue3(TypedDict):
    kind: Literal["spend"]
    steps: list[CouponValue3StepsItem]


CouponValue3StepsItem = TypedDict("CouponValue3StepsItem", {
    "from": "str",
    "percent": "str",
})


class CouponValue4(TypedDict):
    kind: Literal["loyalty"]
    steps: list[CouponValue4StepsItem]


class CouponValue4StepsItem(TypedDict):
    months: int
    percent: str


class CouponDuration1(TypedDict):
    kind: Literal["once"]


class CouponDuration2(TypedDict):
    kind: Literal["forever"]


class CouponDuration3(TypedDict):
    kind: Literal["bills"]
    count: int


class CouponTargets(TypedDict):
    plans: NotRequired[list[str]]
    prices: NotRequired[list[str]]
    kinds: NotRequired[list[Literal["recurring", "one_off", "usage", "commitment"]]]


class Customer(TypedDict):
    id: str
    key: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    updatedAt: str
    name: str
    email: str | None
    address: str | None
    taxId: str | None
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    # Which taxes there are depends on it: needed where the issuer is registered for tax
    kind: Literal["business", "consumer", "public_body"] | None
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: CustomerPostalAddress | None
    # Form and check digits are looked at: FR40303265045
    taxIds: list[str]
    # That say it is exempt in a country, with their days
    certificates: list[CustomerCertificatesItem]
    # Where a consumer is, beside the address: two pieces that agree are needed abroad
    evidence: list[CustomerEvidenceItem]
    # The reference that the customer wants on its documents
    purchaseOrder: str | None
    # Where e-invoices go: the code of the list (EAS) and the address in it
    electronicAddress: CustomerElectronicAddress | None
    # Its documents are issued only once they are e-invoices by this; null where it asks for none
    einvoice: CustomerEinvoice | None
    # When what was known of it was erased
    erasedAt: str | None


class CustomerPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


CustomerCertificatesItem = TypedDict("CustomerCertificatesItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "number": "str",
    "reason": "str",
    "from": "str",
    "until": "NotRequired[str]",
})


class CustomerEvidenceItem(TypedDict):
    kind: Literal["ip", "card", "sim", "landline", "other"]
    # ISO 3166-1: DE
    country: str


class CustomerElectronicAddress(TypedDict):
    scheme: str
    id: str


class CustomerEinvoice(TypedDict):
    specification: Literal["en16931", "xrechnung", "peppol"]
    # Of a public buyer in Germany: 992-90009-96
    leitwegId: NotRequired[str]
    # What else it wants as its reference on e-invoices (BT-10)
    buyerReference: NotRequired[str]


class Delivery(TypedDict):
    id: str
    document: DeliveryDocument
    # A document is sent once for each; the transport where nobody chose another
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    transport: Literal["email", "folder", "peppol"]
    formats: list[Literal["pdf", "factur_x", "ubl", "cii"]]
    origin: Literal["request", "issue"]
    # Where it went last
    to: DeliveryTo | None
    # `sent`: taken by who delivers it; `unknown`: it may have been, and nobody says so
    state: Literal["queued", "sending", "sent", "delivered", "failed", "unknown"]
    # Why it failed, or is not known: a word, such as `cannot_be_written`
    reason: str | None
    # The same as a sentence, with the rule that is broken; or what the peer said
    said: str | None
    # What the peer calls it
    providerId: str | None
    createdAt: str
    sentAt: str | None
    endedAt: str | None


class DeliveryDocument(TypedDict):
    kind: Literal["invoice", "pro_forma"]
    id: str
    number: str


class DeliveryTo(TypedDict):
    scheme: str
    id: str | None


class DeliveryPreference(TypedDict):
    customer: str
    # By what, the first that is possible; empty by none; null as the settings say
    transports: list[Literal["email", "folder", "peppol"]] | None
    # Null as the settings say
    formats: list[Literal["pdf", "factur_x", "ubl", "cii"]] | None
    # Where documents go by e-mail; null is `email` of the customer
    email: str | None


class DeliveryWithAttempts(TypedDict):
    id: str
    document: DeliveryWithAttemptsDocument
    # A document is sent once for each; the transport where nobody chose another
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    transport: Literal["email", "folder", "peppol"]
    formats: list[Literal["pdf", "factur_x", "ubl", "cii"]]
    origin: Literal["request", "issue"]
    # Where it went last
    to: DeliveryWithAttemptsTo | None
    # `sent`: taken by who delivers it; `unknown`: it may have been, and nobody says so
    state: Literal["queued", "sending", "sent", "delivered", "failed", "unknown"]
    # Why it failed, or is not known: a word, such as `cannot_be_written`
    reason: str | None
    # The same as a sentence, with the rule that is broken; or what the peer said
    said: str | None
    # What the peer calls it
    providerId: str | None
    createdAt: str
    sentAt: str | None
    endedAt: str | None
    # The last 100
    attempts: list[DeliveryWithAttemptsAttemptsItem]


class DeliveryWithAttemptsDocument(TypedDict):
    kind: Literal["invoice", "pro_forma"]
    id: str
    number: str


class DeliveryWithAttemptsTo(TypedDict):
    scheme: str
    id: str | None


class DeliveryWithAttemptsAttemptsItem(TypedDict):
    number: int
    kind: Literal["send", "ask"]
    # By the real clock
    beganAt: str
    endedAt: str | None
    # Null while it is under way
    outcome: Literal["sent", "delivered", "declined", "unknown", "absent"] | None
    # In the words of the peer
    said: str | None


class DepositEntry(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    kind: Literal["taken", "applied", "released"]
    currency: str
    # A decimal of the currency
    amount: str
    method: Literal["bank", "cash"] | None
    reason: str
    # Of what was applied: the payment that settles the document
    paymentId: str | None
    createdAt: str


class Dispute(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    invoice: DisputeInvoice
    currency: str
    # Disputed, with tax
    amount: str
    reason: str
    text: str | None
    status: Literal["open", "accepted", "rejected", "withdrawn"]
    lines: list[DisputeLinesItem]
    openedAt: str
    decidedAt: str | None
    decision: str | None
    creditNote: DisputeCreditNote | None
    # Where it was to be accepted and waits for another person
    approvalRequest: NotRequired[ApprovalRequest]


class DisputeInvoice(TypedDict):
    id: str
    number: str


class DisputeLinesItem(TypedDict):
    line: int
    # As the document has it
    amount: str
    quantity: str | None


class DisputeCreditNote(TypedDict):
    id: str
    number: str
    # A decimal of the currency
    total: str


class DraftInvoice(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # The bill of a day, an interim invoice, a note on documents before, or lines that somebody wrote
    kind: Literal["bill", "interim", "note", "one_off"]
    # Which of the drafts of a kind: of a note, its cause
    purpose: str
    billingDay: str
    # Of a bill: what is due up to here waits behind it
    untilDay: str | None
    currency: str
    # With tax, where it can be decided
    total: str
    # Why it is not issued; empty where it is about to be
    reasons: list[DraftInvoiceReasonsItem]
    # What is odd about it; in lists only what the settings ask to be approved of
    warnings: list[DraftInvoiceWarningsItem]
    # When it is issued by itself; null where it waits for somebody
    dueAt: str | None
    madeAt: str


class DraftInvoiceReasonsItem(TypedDict):
    code: Literal["grace_period", "by_hand", "on_hold", "review", "tax_missing", "tax_id", "einvoice_rule", "failed"]
    text: str
    until: NotRequired[str]


class DraftInvoiceWarningsItem(TypedDict):
    code: Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]
    text: str


class DraftInvoiceWithDocuments(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # The bill of a day, an interim invoice, a note on documents before, or lines that somebody wrote
    kind: Literal["bill", "interim", "note", "one_off"]
    # Which of the drafts of a kind: of a note, its cause
    purpose: str
    billingDay: str
    # Of a bill: what is due up to here waits behind it
    untilDay: str | None
    currency: str
    # With tax, where it can be decided
    total: str
    # Why it is not issued; empty where it is about to be
    reasons: list[DraftInvoiceWithDocumentsReasonsItem]
    # What is odd about it; in lists only what the settings ask to be approved of
    warnings: list[DraftInvoiceWithDocumentsWarningsItem]
    # When it is issued by itself; null where it waits for somebody
    dueAt: str | None
    madeAt: str
    # As they would be issued now; none where nothing of it is due any more
    documents: list[DraftInvoiceWithDocumentsDocumentsItem]
    approvals: list[DraftInvoiceWithDocumentsApprovalsItem]
    holds: list[DraftInvoiceWithDocumentsHoldsItem]


class DraftInvoiceWithDocumentsReasonsItem(TypedDict):
    code: Literal["grace_period", "by_hand", "on_hold", "review", "tax_missing", "tax_id", "einvoice_rule", "failed"]
    text: str
    until: NotRequired[str]


class DraftInvoiceWithDocumentsWarningsItem(TypedDict):
    code: Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]
    text: str


class DraftInvoiceWithDocumentsDocumentsItem(TypedDict):
    billingDay: str
    # What it bills, of the several documents that a day may have
    purpose: str
    kind: Literal["invoice", "credit_note", "debit_note"]
    corrects: NotRequired[list[str]]
    reason: NotRequired[str]
    # It is no document yet, or none that is owed
    mark: NotRequired[Literal["draft", "pro_forma"]]
    number: str
    issuedOn: str
    dueOn: str
    termsDays: int
    currency: str
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    account: str
    # It asks for money for supplies to come
    isAdvance: NotRequired[bool]
    # Numbers of advance invoices that come off it
    deducts: NotRequired[list[str]]
    # Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of
    part: NotRequired[DraftInvoiceWithDocumentsDocumentsItemPart]
    # What it bills for other accounts: their lines bear the key of the account
    annexes: NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemAnnexesItem]]
    seller: DraftInvoiceWithDocumentsDocumentsItemSeller
    buyer: DraftInvoiceWithDocumentsDocumentsItemBuyer
    # Accounts of the issuer in the currency of the document, and codes that banking applications read
    payTo: NotRequired[DraftInvoiceWithDocumentsDocumentsItemPayTo]
    # What its page looks like: a version of a brand, which never changes
    brand: NotRequired[DraftInvoiceWithDocumentsDocumentsItemBrand]
    # Of its brand, for this account
    messages: NotRequired[list[str]]
    paymentLink: NotRequired[str]
    # Of the documents before, the newest first, where its brand shows them
    earlierUsage: NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemEarlierUsageItem]]
    period: DraftInvoiceWithDocumentsDocumentsItemPeriod
    lines: list[DraftInvoiceWithDocumentsDocumentsItemLinesItem]
    usage: list[DraftInvoiceWithDocumentsDocumentsItemUsageItem]
    # What units, meters and the like are called on its page, where plans have translations
    names: NotRequired[dict[str, str]]
    # Units that cover usage, which no line charges then: of allowances what was used of what was given
    included: NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemIncludedItem]]
    # Amounts of lines have the tax in them
    pricesIncludeTax: NotRequired[bool]
    # By tax and rate; absent where the issuer says nothing of tax
    taxes: NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemTaxesItem]]
    # What the document must say of its tax
    notices: NotRequired[list[str]]
    totals: DraftInvoiceWithDocumentsDocumentsItemTotals


class DraftInvoiceWithDocumentsDocumentsItemPart(TypedDict):
    """Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of"""

    by: str
    value: str


class DraftInvoiceWithDocumentsDocumentsItemAnnexesItem(TypedDict):
    account: str
    name: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class DraftInvoiceWithDocumentsDocumentsItemSeller(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[DraftInvoiceWithDocumentsDocumentsItemSellerPostalAddress]
    electronicAddress: NotRequired[DraftInvoiceWithDocumentsDocumentsItemSellerElectronicAddress]
    bankDetails: str | None
    legalForm: NotRequired[str]
    registrations: NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemSellerRegistrationsItem]]
    contact: NotRequired[DraftInvoiceWithDocumentsDocumentsItemSellerContact]


class DraftInvoiceWithDocumentsDocumentsItemSellerPostalAddress(TypedDict):
    country: str


class DraftInvoiceWithDocumentsDocumentsItemSellerElectronicAddress(TypedDict):
    scheme: str
    id: str


class DraftInvoiceWithDocumentsDocumentsItemSellerRegistrationsItem(TypedDict):
    country: str
    kind: str
    number: str


class DraftInvoiceWithDocumentsDocumentsItemSellerContact(TypedDict):
    name: str
    telephone: str
    email: str


class DraftInvoiceWithDocumentsDocumentsItemBuyer(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[DraftInvoiceWithDocumentsDocumentsItemBuyerPostalAddress]
    electronicAddress: NotRequired[DraftInvoiceWithDocumentsDocumentsItemBuyerElectronicAddress]
    kind: NotRequired[str]
    taxIds: NotRequired[list[str]]
    purchaseOrder: NotRequired[str]
    # By which specification it wants its e-invoices
    einvoice: NotRequired[DraftInvoiceWithDocumentsDocumentsItemBuyerEinvoice]


class DraftInvoiceWithDocumentsDocumentsItemBuyerPostalAddress(TypedDict):
    country: str


class DraftInvoiceWithDocumentsDocumentsItemBuyerElectronicAddress(TypedDict):
    scheme: str
    id: str


class DraftInvoiceWithDocumentsDocumentsItemBuyerEinvoice(TypedDict):
    """By which specification it wants its e-invoices"""

    specification: Literal["en16931", "xrechnung", "peppol"]


class DraftInvoiceWithDocumentsDocumentsItemPayTo(TypedDict):
    """Accounts of the issuer in the currency of the document, and codes that banking applications read"""

    accounts: list[dict[str, Any]]
    codes: list[DraftInvoiceWithDocumentsDocumentsItemPayToCodesItem]
    # The Swiss code stands on a payment slip at the foot of the last page
    slip: NotRequired[bool]


class DraftInvoiceWithDocumentsDocumentsItemPayToCodesItem(TypedDict):
    scheme: Literal["swiss_qr_bill", "epc", "nbu", "upi"]
    # What stands in the code
    text: str
    # How many errors of reading it corrects
    correction: Literal["L", "M"]
    mark: NotRequired[Literal["swiss_cross"]]


class DraftInvoiceWithDocumentsDocumentsItemBrand(TypedDict):
    """What its page looks like: a version of a brand, which never changes"""

    key: str
    version: int
    digest: str


DraftInvoiceWithDocumentsDocumentsItemEarlierUsageItem = TypedDict("DraftInvoiceWithDocumentsDocumentsItemEarlierUsageItem", {
    "from": "str",
    "usage": "list[DraftInvoiceWithDocumentsDocumentsItemEarlierUsageItemUsageItem]",
})


class DraftInvoiceWithDocumentsDocumentsItemEarlierUsageItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str


DraftInvoiceWithDocumentsDocumentsItemPeriod = TypedDict("DraftInvoiceWithDocumentsDocumentsItemPeriod", {
    "from": "str",
    "until": "str",
})


DraftInvoiceWithDocumentsDocumentsItemLinesItem = TypedDict("DraftInvoiceWithDocumentsDocumentsItemLinesItem", {
    "id": "str",
    "tax": "NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItem]]",
    "position": "int",
    "corrected": "NotRequired[DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrected]",
    "kind": "str",
    "lowers": "NotRequired[int | None]",
    "discount": "NotRequired[str]",
    "description": "str",
    "subscription": "str",
    "account": "NotRequired[str]",
    "group": "NotRequired[str]",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "quantity": "str",
    "unit": "str",
    "unitAmount": "str | None",
    "per": "str | None",
    "share": "NotRequired[str]",
    "discountPercent": "NotRequired[str]",
    "base": "NotRequired[str]",
    "billedBefore": "NotRequired[str]",
    "exactAmount": "str",
    "amount": "str",
    "parts": "NotRequired[list[DraftInvoiceWithDocumentsDocumentsItemLinesItemPartsItem] | None]",
})


class DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItem(TypedDict):
    rule: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    why: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    taxes: list[DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItemTaxesItem]
    # Both are part of it
    days: NotRequired[DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItemDays]
    # It takes back what a document before billed, with the tax of that
    isCredit: NotRequired[bool]


class DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str


DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItemDays = TypedDict("DraftInvoiceWithDocumentsDocumentsItemLinesItemTaxItemDays", {
    "from": "str",
    "until": "str",
})


class DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrected(TypedDict):
    """Of a correction, where its issuer wants it: what was billed, and what it should be"""

    was: DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrectedWas
    shouldBe: DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrectedShouldBe


class DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrectedWas(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class DraftInvoiceWithDocumentsDocumentsItemLinesItemCorrectedShouldBe(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class DraftInvoiceWithDocumentsDocumentsItemLinesItemPartsItem(TypedDict):
    label: str
    # Of a rate that shares the line with others: the id that explains it
    line: NotRequired[str]
    quantity: str | None
    unitAmount: str | None
    per: str | None
    # Besides the units, once
    flatAmount: NotRequired[str]
    # Of a period: 17/31
    share: NotRequired[str]
    discountPercent: NotRequired[str]
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    amount: str
    # Of such a rate: the price of all that was used, where some was billed before
    whole: NotRequired[str]


class DraftInvoiceWithDocumentsDocumentsItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str
    records: int


class DraftInvoiceWithDocumentsDocumentsItemIncludedItem(TypedDict):
    kind: Literal["allowance", "prepaid", "bonus"]
    # Of an allowance
    name: str | None
    subscription: str | None
    unit: str
    # Null where units are of no period
    period: DraftInvoiceWithDocumentsDocumentsItemIncludedItemPeriod | None
    # Of an allowance; null of others
    given: str | None
    used: str | None
    # Of units that were sold or given as a bonus, when the document was made
    left: str | None


DraftInvoiceWithDocumentsDocumentsItemIncludedItemPeriod = TypedDict("DraftInvoiceWithDocumentsDocumentsItemIncludedItemPeriod", {
    "from": "str",
    "until": "str",
})


class DraftInvoiceWithDocumentsDocumentsItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    # What it is on
    base: str
    # What the document must say of it
    notice: str | None
    # Its code in the list VATEX
    vatex: str | None


class DraftInvoiceWithDocumentsDocumentsItemTotals(TypedDict):
    # A decimal of the currency
    discounts: NotRequired[str]
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str
    # What the buyer keeps back of the total for its tax office
    withheld: NotRequired[str]
    # A decimal of the currency
    toPay: NotRequired[str]


class DraftInvoiceWithDocumentsApprovalsItem(TypedDict):
    id: str
    # A decimal of the currency
    total: str
    warnings: list[DraftInvoiceWithDocumentsApprovalsItemWarningsItem]
    note: str | None
    approvedBy: str
    approvedAt: str


class DraftInvoiceWithDocumentsApprovalsItemWarningsItem(TypedDict):
    code: Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]
    text: str


class DraftInvoiceWithDocumentsHoldsItem(TypedDict):
    id: str
    accountId: str
    # Null for all documents of the account
    draftId: str | None
    # Null until it is released
    until: str | None
    reason: str
    # The key or user
    placedBy: str
    placedAt: str
    releasedBy: str | None
    releasedAt: str | None


class DunningHandOver(TypedDict):
    id: str
    key: str
    recipient: str | None
    madeBy: str
    madeAt: str
    accounts: list[DunningHandOverAccountsItem]


class DunningHandOverAccountsItem(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    email: str | None
    address: str | None
    taxId: str | None
    currency: str
    # What was open when the file was made
    amount: str
    # Its debt is gone since: it is not to be collected any more
    isRecalled: bool
    documents: list[DunningHandOverAccountsItemDocumentsItem]


class DunningHandOverAccountsItemDocumentsItem(TypedDict):
    id: str
    number: str
    dueOn: str
    # A decimal of the currency
    open: str


class DunningOutcome(TypedDict):
    # Accounts
    looked: int
    # Runs
    began: int
    ended: int
    reopened: int
    steps: list[DunningOutcomeStepsItem]
    # Accounts that could not be worked on now
    failed: list[DunningOutcomeFailedItem]
    # `after` of the next page; null where there is none
    next: str | None


class DunningOutcomeStepsItem(TypedDict):
    currency: str
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    state: str
    accounts: int
    # What was to be asked for of them
    amount: str


class DunningOutcomeFailedItem(TypedDict):
    accountId: str
    reason: str


class DunningPolicy(TypedDict):
    id: str
    key: str
    version: int
    # The last version of a key holds, drafts aside; `withdrawn`: no run begins by it any more
    state: Literal["in_force", "draft", "withdrawn"]
    policy: DunningPolicyPolicy
    madeBy: str
    madeAt: str


class DunningPolicyPolicy(TypedDict):
    # The first policy that an account fits holds, the least number first
    order: int
    # Whom it is for; all that is said must hold, and what is not said is not asked about
    segment: DunningPolicyPolicySegment
    calendar: DunningPolicyPolicyCalendar
    # Nobody is asked for so much or less: {"EUR": "1.00"}
    grace: dict[str, str]
    # Days between two steps, at least
    gapDays: int
    # A run whose debt comes back within so many days continues where it stood
    reopenDays: int
    # Whether blocks stay during a promise or instalments
    blockDuringPlans: bool
    # False: nobody is blocked or ended whom no reminder could be sent to, and nobody was asked to call
    blockUntold: bool
    steps: list[DunningPolicyPolicyStepsItem]


class DunningPolicyPolicySegment(TypedDict):
    """Whom it is for; all that is said must hold, and what is not said is not asked about"""

    # `unknown` is a customer of whom nobody said what they are
    customerKinds: list[Literal["consumer", "business", "public_body", "unknown"]]
    # Keys of issuers
    issuers: list[str]
    currencies: list[Any]
    # Entries of the account, or else of its customer: {"tier": ["gold", "vip"]}
    metadata: dict[str, list[str]]


class DunningPolicyPolicyCalendar(TypedDict):
    # Free days of the week, Monday is 1
    weekend: list[int]
    holidays: list[str]


class DunningPolicyPolicyStepsItem(TypedDict):
    # What was done under this name is not done again in a run
    id: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    # Days overdue from which on it is done
    afterDays: int
    # How those days are counted
    days: Literal["calendar", "working"]
    # Whether it waits for a working day
    onlyWorkingDays: bool
    # Days behind the step before, at least; null for those of the policy, 0 for the same day
    gapDays: int | None
    # It is passed over as long as less is to be asked for: {"EUR": "20.00"}
    minAmount: dict[str, str]
    # Only where the oldest document is overdue for so long
    oldestDays: DunningPolicyPolicyStepsItemOldestDays
    # Only where there were so many runs before: {"atLeast": 1} for those who were late before
    earlierRuns: DunningPolicyPolicyStepsItemEarlierRuns
    # What a person who calls says
    script: str | None
    # Which one is sent: its template
    reminder: Literal["first", "second", "final"]


class DunningPolicyPolicyStepsItemOldestDays(TypedDict):
    """Only where the oldest document is overdue for so long"""

    atLeast: int | None
    atMost: int | None


class DunningPolicyPolicyStepsItemEarlierRuns(TypedDict):
    """Only where there were so many runs before: {"atLeast": 1} for those who were late before"""

    atLeast: int | None
    atMost: int | None


class DunningPreview(TypedDict):
    # Accounts of the page of which something is overdue
    items: list[DunningPreviewItemsItem]
    # What would be done on the accounts of the page
    totals: list[DunningPreviewTotalsItem]
    # `after` of the next page; null where there is none
    next: str | None


class DunningPreviewItemsItem(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    today: str
    # That holds for it; null where it fits none
    policy: str | None
    version: int | None
    currency: str
    # All that is overdue
    overdue: str
    # What of that is asked for: not what is disputed, nor what is in a promise or in instalments
    asked: str
    # The due day from which days overdue are counted
    since: str | None
    daysOverdue: int
    # Why less than all is asked for, or nothing is done
    stops: list[Literal["dispute", "plan", "hold", "not_told"]]
    # What becomes of its run when steps are done the next time
    becomes: Literal["none", "begins", "continues", "reopens", "ends"]
    # Steps that are done then
    due: list[DunningPreviewItemsItemDueItem]
    # What comes next, if nobody pays and nothing else falls due
    next: DunningPreviewItemsItemNext | None


class DunningPreviewItemsItemDueItem(TypedDict):
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]


class DunningPreviewItemsItemNext(TypedDict):
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    on: str


class DunningPreviewTotalsItem(TypedDict):
    currency: str
    step: str
    action: str
    accounts: int
    # What is to be asked for of them
    amount: str


class DunningRun(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    policy: str
    version: int
    state: Literal["running", "ended"]
    currency: str
    # That it has placed and that stands
    block: Literal["soft", "hard"] | None
    startedOn: str
    endedOn: str | None
    # How often its debt came back after it had ended
    reopened: int
    steps: list[DunningRunStepsItem]


class DunningRunStepsItem(TypedDict):
    step: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    state: Literal["asked", "done", "not_available", "failed", "skipped"]
    # What was to be asked for
    amount: str
    daysOverdue: int
    # The account’s day
    on: str
    at: str
    # What was done, or why nothing was
    detail: str | None


class Enforcement(TypedDict):
    id: str
    target: str
    serviceId: str
    service: str
    accountId: str
    # `failed`: given up; it is told again on request, or by the next change
    state: Literal["waiting", "told", "failed"]
    wishedVersion: int
    # The last version that it has taken
    toldVersion: int | None
    attempts: int
    # What came of the last attempt
    words: str | None
    # When it is told next, where it waits; by the real clock
    dueAt: str
    attemptedAt: str | None
    toldAt: str | None


class EnforcementTarget(TypedDict):
    id: str
    key: str
    kind: Literal["webhook", "radius"]
    url: str | None
    radius: EnforcementTargetRadius | None
    isOn: bool
    repeatHours: int | None
    # How often in a row it did not answer
    failures: int
    # Nothing is sent before, since it did not answer; by the real clock
    restUntil: str | None
    createdAt: str
    updatedAt: str


class EnforcementTargetRadius(TypedDict):
    host: str
    port: int
    identify: list[dict[str, Union[str, float]]]
    states: dict[str, Any]


class ErasureReport(TypedDict):
    customer: str
    isDone: bool
    # What has to be done first
    open: list[str]
    rows: list[ErasureReportRowsItem]
    elsewhere: list[ErasureReportElsewhereItem]


class ErasureReportRowsItem(TypedDict):
    kind: str
    rows: int
    # The columns that are erased
    erased: list[str]
    # Why they, or what is left of them, stay
    kept: str


class ErasureReportElsewhereItem(TypedDict):
    where: str
    kept: str


class Event(TypedDict):
    id: str
    # Its place in the order of the tenant’s events, from 1 on, without gaps
    seq: int
    type: str
    # By the clock of the tenant
    createdAt: str
    objectKind: str
    # The id or code of what it is about
    objectId: str
    accountId: str | None
    customerId: str | None
    # The request that led to it, as its header `request-id` says; null for what Kvit does by itself
    requestId: str | None
    # The id of the API key or user that asked, or the name of who signed a callback; null for what Kvit does by itself
    actor: str | None
    # What the type tells: docs/events.md, and `webhooks` of this description
    data: dict[str, Any]
    # What the type was called before; in two types alone
    kind: NotRequired[str]
    # The same as `data`; in two types alone
    payload: NotRequired[dict[str, Any]]


class ExplainedLine(TypedDict):
    line: str
    invoice: str
    description: str
    isLate: bool
    period: ExplainedLinePeriod
    plan: ExplainedLinePlan | None
    rounding: ExplainedLineRounding
    # Where several rates are printed on one line of the invoice: that line, and all of its rates
    invoiceLine: NotRequired[ExplainedLineInvoiceLine]
    # What a cap, a discount or a commitment was computed from
    basis: NotRequired[ExplainedLineBasis]
    loweredBy: NotRequired[list[ExplainedLineLoweredByItem]]
    meter: NotRequired[ExplainedLineMeter]
    # The rate of the price: a time band, a destination, a group
    cell: NotRequired[str | None]
    model: NotRequired[str]
    aggregate: NotRequired[ExplainedLineAggregate]
    parts: NotRequired[list[ExplainedLinePartsItem]]
    # Of the document: units that cover the same usage
    included: NotRequired[list[ExplainedLineIncludedItem]]
    thisLine: NotRequired[ExplainedLineThisLine]
    records: NotRequired[list[ExplainedLineRecordsItem]]
    recordsShown: NotRequired[int]
    # The same as sentences
    text: str


ExplainedLinePeriod = TypedDict("ExplainedLinePeriod", {
    "from": "str",
    "until": "str",
})


class ExplainedLinePlan(TypedDict):
    code: str
    version: int
    versionId: str
    # As its plan file says it
    price: NotRequired[ExplainedLinePlanPrice]


class ExplainedLinePlanPrice(TypedDict):
    """As its plan file says it"""

    code: str


class ExplainedLineRounding(TypedDict):
    exactAmount: str
    roundedTo: str
    # A decimal of the currency
    billedBefore: str
    # A decimal of the currency
    amount: str
    currency: str


class ExplainedLineInvoiceLine(TypedDict):
    """Where several rates are printed on one line of the invoice: that line, and all of its rates"""

    position: int
    description: str
    quantity: str
    unit: str
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    exactAmount: str
    # A decimal of the currency
    billedBefore: str
    # A decimal of the currency
    amount: str
    rates: list[ExplainedLineInvoiceLineRatesItem]


class ExplainedLineInvoiceLineRatesItem(TypedDict):
    line: str
    label: str
    quantity: str | None
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    amount: str


class ExplainedLineBasis(TypedDict):
    """What a cap, a discount or a commitment was computed from"""

    rule: str


class ExplainedLineLoweredByItem(TypedDict):
    line: str
    kind: str
    description: str
    # A decimal of the currency
    amount: str
    basis: ExplainedLineLoweredByItemBasis | None


class ExplainedLineLoweredByItemBasis(TypedDict):
    rule: str


class ExplainedLineMeter(TypedDict):
    code: str
    unit: str
    aggregator: str


class ExplainedLineAggregate(TypedDict):
    quantity: str
    unit: str


class ExplainedLinePartsItem(TypedDict):
    label: str
    units: str
    unitAmount: str | None
    flatAmount: str | None
    per: str
    amount: str


class ExplainedLineIncludedItem(TypedDict):
    kind: Literal["allowance", "prepaid", "bonus"]
    # Of an allowance
    name: str | None
    subscription: str | None
    unit: str
    # Null where units are of no period
    period: ExplainedLineIncludedItemPeriod | None
    # Of an allowance; null of others
    given: str | None
    used: str | None
    # Of units that were sold or given as a bonus, when the document was made
    left: str | None


ExplainedLineIncludedItemPeriod = TypedDict("ExplainedLineIncludedItemPeriod", {
    "from": "str",
    "until": "str",
})


class ExplainedLineThisLine(TypedDict):
    records: int
    quantity: str


class ExplainedLineRecordsItem(TypedDict):
    source: str
    id: str
    service: str
    type: str
    time: str
    # Numbers are texts, with every digit that was delivered
    data: dict[str, Any]
    # Of the journal
    segment: int
    quantity: str
    charge: str
    correction: NotRequired[dict[str, Any]]


class ExplainedRecordOne1(TypedDict):
    state: Literal["retracted"]
    source: str
    id: str
    corrections: list[ExplainedRecordOne1CorrectionsItem]
    # The same as sentences
    text: str


class ExplainedRecordOne1CorrectionsItem(TypedDict):
    action: str
    reason: str
    at: str


class ExplainedRecordOne2(TypedDict):
    state: Literal["suspended"]
    source: str
    id: str
    suspense: ExplainedRecordOne2Suspense
    corrections: list[ExplainedRecordOne2CorrectionsItem]
    # The same as sentences
    text: str


class ExplainedRecordOne2Suspense(TypedDict):
    id: str
    reason: str
    detail: str


class ExplainedRecordOne2CorrectionsItem(TypedDict):
    action: str
    reason: str
    at: str


class ExplainedRecordOne3(TypedDict):
    state: Literal["charged"]
    source: str
    id: str
    service: str
    type: str
    time: str
    # Numbers are texts, with every digit that was delivered
    data: dict[str, Any]
    # Of the journal
    segment: int
    account: str
    subscription: str
    charges: list[ExplainedRecordOne3ChargesItem]
    corrections: list[ExplainedRecordOne3CorrectionsItem]
    # The same as sentences
    text: str


class ExplainedRecordOne3ChargesItem(TypedDict):
    plan: ExplainedRecordOne3ChargesItemPlan
    price: str
    cell: str | None
    period: str
    quantity: str
    unit: str
    amount: str
    currency: str
    # Null until it is billed
    line: ExplainedRecordOne3ChargesItemLine | None


class ExplainedRecordOne3ChargesItemPlan(TypedDict):
    code: str
    version: int


class ExplainedRecordOne3ChargesItemLine(TypedDict):
    line: str
    number: str


class ExplainedRecordOne3CorrectionsItem(TypedDict):
    action: str
    reason: str
    at: str


ExplainedRecord: TypeAlias = "Union[ExplainedRecordOne1, ExplainedRecordOne2, ExplainedRecordOne3]"

class GlAccount(TypedDict):
    code: str
    name: str
    kind: Literal["asset", "liability", "equity", "revenue", "expense"]


class GlAccountInput(TypedDict):
    code: str
    name: str
    kind: Literal["asset", "liability", "equity", "revenue", "expense"]


class GlRule(TypedDict):
    # An account of Kvit: revenue, tax, cash, …
    ledger: Literal["receivable", "unbilled", "cash", "sponsored", "customer_prepaid", "refunds", "deposits", "advances", "suspense_cash", "outside", "tax", "revenue", "fees", "breakage", "discounts", "adjustments", "gateway_fees", "bank_fees", "cash_differences", "write_off", "deferred_revenue", "unbilled_revenue", "bad_debt", "bad_debt_reserve", "exchange_gain", "exchange_loss", "rounding", "retained_earnings"]
    # What it is kept by: the code of a plan or coupon, `units:MB`, a tax such as `vat:DE:19`, a method of payment
    detail: str | None
    country: str | None
    # The entry `segment` among the metadata of the account, or of its customer
    segment: str | None
    code: str


class GlRuleInput(TypedDict):
    # An account of Kvit: revenue, tax, cash, …
    ledger: Literal["receivable", "unbilled", "cash", "sponsored", "customer_prepaid", "refunds", "deposits", "advances", "suspense_cash", "outside", "tax", "revenue", "fees", "breakage", "discounts", "adjustments", "gateway_fees", "bank_fees", "cash_differences", "write_off", "deferred_revenue", "unbilled_revenue", "bad_debt", "bad_debt_reserve", "exchange_gain", "exchange_loss", "rounding", "retained_earnings"]
    # What it is kept by: the code of a plan or coupon, `units:MB`, a tax such as `vat:DE:19`, a method of payment
    detail: NotRequired[str | None]
    country: NotRequired[str | None]
    # The entry `segment` among the metadata of the account, or of its customer
    segment: NotRequired[str | None]
    code: str


class InboxEntry(TypedDict):
    id: str
    notice: str
    kind: str
    # The contact, or the customer itself
    person: str
    subject: str | None
    text: str | None
    createdAt: str
    readAt: str | None


class Invitation(TypedDict):
    id: str
    email: str
    roles: list[str]
    # The key or user
    madeBy: str
    createdAt: str
    expiresAt: str


class Invoice(TypedDict):
    id: str
    number: str
    kind: Literal["invoice", "credit_note", "debit_note"]
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    billingDay: str
    # What it bills, of the several documents that a day may have
    purpose: str
    # Of a bill that is split: what the document is of, such as a cost centre
    part: str | None
    # Half-open
    period: InvoicePeriod
    currency: str
    issuedOn: str
    dueOn: str
    state: Literal["issued", "partially_paid", "paid", "written_off", "void"]
    # Some of it may be asked for, and its day is over
    isOverdue: bool
    # A decimal of the currency
    total: str
    # What settled it: payments, balances and credit notes
    paid: str
    # What of it was given up: paid + written off + open = total
    writtenOff: str
    # What is still to be paid
    open: str
    # What of that the customer disputes, until somebody decides
    disputed: str
    # What may be asked for now: open less disputed
    askable: str
    # Notes of the caller
    metadata: dict[str, str]


InvoicePeriod = TypedDict("InvoicePeriod", {
    "from": "str",
    "until": "str",
})


class InvoiceDocument(TypedDict):
    """Everything as it was when the document was issued"""

    kind: Literal["invoice", "credit_note", "debit_note"]
    corrects: NotRequired[list[str]]
    reason: NotRequired[str]
    # It is no document yet, or none that is owed
    mark: NotRequired[Literal["draft", "pro_forma"]]
    number: str
    issuedOn: str
    dueOn: str
    termsDays: int
    currency: str
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    account: str
    # It asks for money for supplies to come
    isAdvance: NotRequired[bool]
    # Numbers of advance invoices that come off it
    deducts: NotRequired[list[str]]
    # Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of
    part: NotRequired[InvoiceDocumentPart]
    # What it bills for other accounts: their lines bear the key of the account
    annexes: NotRequired[list[InvoiceDocumentAnnexesItem]]
    seller: InvoiceDocumentSeller
    buyer: InvoiceDocumentBuyer
    # Accounts of the issuer in the currency of the document, and codes that banking applications read
    payTo: NotRequired[InvoiceDocumentPayTo]
    # What its page looks like: a version of a brand, which never changes
    brand: NotRequired[InvoiceDocumentBrand]
    # Of its brand, for this account
    messages: NotRequired[list[str]]
    paymentLink: NotRequired[str]
    # Of the documents before, the newest first, where its brand shows them
    earlierUsage: NotRequired[list[InvoiceDocumentEarlierUsageItem]]
    period: InvoiceDocumentPeriod
    lines: list[InvoiceDocumentLinesItem]
    usage: list[InvoiceDocumentUsageItem]
    # What units, meters and the like are called on its page, where plans have translations
    names: NotRequired[dict[str, str]]
    # Units that cover usage, which no line charges then: of allowances what was used of what was given
    included: NotRequired[list[InvoiceDocumentIncludedItem]]
    # Amounts of lines have the tax in them
    pricesIncludeTax: NotRequired[bool]
    # By tax and rate; absent where the issuer says nothing of tax
    taxes: NotRequired[list[InvoiceDocumentTaxesItem]]
    # What the document must say of its tax
    notices: NotRequired[list[str]]
    totals: InvoiceDocumentTotals


class InvoiceDocumentPart(TypedDict):
    """Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of"""

    by: str
    value: str


class InvoiceDocumentAnnexesItem(TypedDict):
    account: str
    name: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class InvoiceDocumentSeller(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[InvoiceDocumentSellerPostalAddress]
    electronicAddress: NotRequired[InvoiceDocumentSellerElectronicAddress]
    bankDetails: str | None
    legalForm: NotRequired[str]
    registrations: NotRequired[list[InvoiceDocumentSellerRegistrationsItem]]
    contact: NotRequired[InvoiceDocumentSellerContact]


class InvoiceDocumentSellerPostalAddress(TypedDict):
    country: str


class InvoiceDocumentSellerElectronicAddress(TypedDict):
    scheme: str
    id: str


class InvoiceDocumentSellerRegistrationsItem(TypedDict):
    country: str
    kind: str
    number: str


class InvoiceDocumentSellerContact(TypedDict):
    name: str
    telephone: str
    email: str


class InvoiceDocumentBuyer(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[InvoiceDocumentBuyerPostalAddress]
    electronicAddress: NotRequired[InvoiceDocumentBuyerElectronicAddress]
    kind: NotRequired[str]
    taxIds: NotRequired[list[str]]
    purchaseOrder: NotRequired[str]
    # By which specification it wants its e-invoices
    einvoice: NotRequired[InvoiceDocumentBuyerEinvoice]


class InvoiceDocumentBuyerPostalAddress(TypedDict):
    country: str


class InvoiceDocumentBuyerElectronicAddress(TypedDict):
    scheme: str
    id: str


class InvoiceDocumentBuyerEinvoice(TypedDict):
    """By which specification it wants its e-invoices"""

    specification: Literal["en16931", "xrechnung", "peppol"]


class InvoiceDocumentPayTo(TypedDict):
    """Accounts of the issuer in the currency of the document, and codes that banking applications read"""

    accounts: list[dict[str, Any]]
    codes: list[InvoiceDocumentPayToCodesItem]
    # The Swiss code stands on a payment slip at the foot of the last page
    slip: NotRequired[bool]


class InvoiceDocumentPayToCodesItem(TypedDict):
    scheme: Literal["swiss_qr_bill", "epc", "nbu", "upi"]
    # What stands in the code
    text: str
    # How many errors of reading it corrects
    correction: Literal["L", "M"]
    mark: NotRequired[Literal["swiss_cross"]]


class InvoiceDocumentBrand(TypedDict):
    """What its page looks like: a version of a brand, which never changes"""

    key: str
    version: int
    digest: str


InvoiceDocumentEarlierUsageItem = TypedDict("InvoiceDocumentEarlierUsageItem", {
    "from": "str",
    "usage": "list[InvoiceDocumentEarlierUsageItemUsageItem]",
})


class InvoiceDocumentEarlierUsageItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str


InvoiceDocumentPeriod = TypedDict("InvoiceDocumentPeriod", {
    "from": "str",
    "until": "str",
})


InvoiceDocumentLinesItem = TypedDict("InvoiceDocumentLinesItem", {
    "id": "str",
    "tax": "NotRequired[list[InvoiceDocumentLinesItemTaxItem]]",
    "position": "int",
    "corrected": "NotRequired[InvoiceDocumentLinesItemCorrected]",
    "kind": "str",
    "lowers": "NotRequired[int | None]",
    "discount": "NotRequired[str]",
    "description": "str",
    "subscription": "str",
    "account": "NotRequired[str]",
    "group": "NotRequired[str]",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "quantity": "str",
    "unit": "str",
    "unitAmount": "str | None",
    "per": "str | None",
    "share": "NotRequired[str]",
    "discountPercent": "NotRequired[str]",
    "base": "NotRequired[str]",
    "billedBefore": "NotRequired[str]",
    "exactAmount": "str",
    "amount": "str",
    "parts": "NotRequired[list[InvoiceDocumentLinesItemPartsItem] | None]",
})


class InvoiceDocumentLinesItemTaxItem(TypedDict):
    rule: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    why: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    taxes: list[InvoiceDocumentLinesItemTaxItemTaxesItem]
    # Both are part of it
    days: NotRequired[InvoiceDocumentLinesItemTaxItemDays]
    # It takes back what a document before billed, with the tax of that
    isCredit: NotRequired[bool]


class InvoiceDocumentLinesItemTaxItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str


InvoiceDocumentLinesItemTaxItemDays = TypedDict("InvoiceDocumentLinesItemTaxItemDays", {
    "from": "str",
    "until": "str",
})


class InvoiceDocumentLinesItemCorrected(TypedDict):
    """Of a correction, where its issuer wants it: what was billed, and what it should be"""

    was: InvoiceDocumentLinesItemCorrectedWas
    shouldBe: InvoiceDocumentLinesItemCorrectedShouldBe


class InvoiceDocumentLinesItemCorrectedWas(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class InvoiceDocumentLinesItemCorrectedShouldBe(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class InvoiceDocumentLinesItemPartsItem(TypedDict):
    label: str
    # Of a rate that shares the line with others: the id that explains it
    line: NotRequired[str]
    quantity: str | None
    unitAmount: str | None
    per: str | None
    # Besides the units, once
    flatAmount: NotRequired[str]
    # Of a period: 17/31
    share: NotRequired[str]
    discountPercent: NotRequired[str]
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    amount: str
    # Of such a rate: the price of all that was used, where some was billed before
    whole: NotRequired[str]


class InvoiceDocumentUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str
    records: int


class InvoiceDocumentIncludedItem(TypedDict):
    kind: Literal["allowance", "prepaid", "bonus"]
    # Of an allowance
    name: str | None
    subscription: str | None
    unit: str
    # Null where units are of no period
    period: InvoiceDocumentIncludedItemPeriod | None
    # Of an allowance; null of others
    given: str | None
    used: str | None
    # Of units that were sold or given as a bonus, when the document was made
    left: str | None


InvoiceDocumentIncludedItemPeriod = TypedDict("InvoiceDocumentIncludedItemPeriod", {
    "from": "str",
    "until": "str",
})


class InvoiceDocumentTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    # What it is on
    base: str
    # What the document must say of it
    notice: str | None
    # Its code in the list VATEX
    vatex: str | None


class InvoiceDocumentTotals(TypedDict):
    # A decimal of the currency
    discounts: NotRequired[str]
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str
    # What the buyer keeps back of the total for its tax office
    withheld: NotRequired[str]
    # A decimal of the currency
    toPay: NotRequired[str]


class InvoiceHold(TypedDict):
    id: str
    accountId: str
    # Null for all documents of the account
    draftId: str | None
    # Null until it is released
    until: str | None
    reason: str
    # The key or user
    placedBy: str
    placedAt: str
    releasedBy: str | None
    releasedAt: str | None


class InvoiceWithDocument(TypedDict):
    id: str
    number: str
    kind: Literal["invoice", "credit_note", "debit_note"]
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    billingDay: str
    # What it bills, of the several documents that a day may have
    purpose: str
    # Of a bill that is split: what the document is of, such as a cost centre
    part: str | None
    # Half-open
    period: InvoiceWithDocumentPeriod
    currency: str
    issuedOn: str
    dueOn: str
    state: Literal["issued", "partially_paid", "paid", "written_off", "void"]
    # Some of it may be asked for, and its day is over
    isOverdue: bool
    # A decimal of the currency
    total: str
    # What settled it: payments, balances and credit notes
    paid: str
    # What of it was given up: paid + written off + open = total
    writtenOff: str
    # What is still to be paid
    open: str
    # What of that the customer disputes, until somebody decides
    disputed: str
    # What may be asked for now: open less disputed
    askable: str
    # Notes of the caller
    metadata: dict[str, str]
    document: InvoiceDocument


InvoiceWithDocumentPeriod = TypedDict("InvoiceWithDocumentPeriod", {
    "from": "str",
    "until": "str",
})


class Issuer(TypedDict):
    id: str
    key: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    updatedAt: str
    name: str
    address: str
    taxId: str | None
    bankDetails: str | None
    correctiveForm: bool
    bankAccounts: list[IssuerBankAccountsItem]
    invoiceSeries: str
    creditNoteSeries: str
    brand: str | None
    # As documents have it: GmbH, Ltd
    legalForm: str | None
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: IssuerPostalAddress | None
    # Small businesses are exempt by their turnover; who is not registered is outside the tax
    standing: Literal["registered", "small_business", "not_registered"]
    # For tax, with their days. While there are none, documents have no tax
    registrations: list[IssuerRegistrationsItem]
    # VAT of all members of the Union through one of them, for consumers
    oneStopShop: IssuerOneStopShop | None
    # Days on which sales to consumers in other member states are below 10,000 EUR a year
    belowThreshold: IssuerBelowThreshold | None
    # Once for each tax and rate of a document (EN 16931), or on each line
    taxRounding: Literal["document", "line"]
    # What buyers of its country that are no consumers keep back, and pay to the tax office
    withholding: IssuerWithholding | None
    # Whom to ask about documents, as e-invoices name it
    contact: IssuerContact | None
    # Where its e-invoices come from: the code of the list (EAS) and the address in it
    electronicAddress: IssuerElectronicAddress | None


class IssuerBankAccountsItem(TypedDict):
    currency: str


class IssuerPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


IssuerRegistrationsItem = TypedDict("IssuerRegistrationsItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "kind": "Literal[\"vat\", \"gst\", \"pst\", \"sales_tax\"]",
    "number": "str",
    "isEstablished": "NotRequired[bool]",
    "from": "str",
    "until": "NotRequired[str]",
})


IssuerOneStopShop = TypedDict("IssuerOneStopShop", {
    "scheme": "Literal[\"union\", \"non_union\"]",
    "from": "str",
    "until": "NotRequired[str]",
})


IssuerBelowThreshold = TypedDict("IssuerBelowThreshold", {
    "from": "str",
    "until": "NotRequired[str]",
})


class IssuerWithholding(TypedDict):
    percent: str
    base: Literal["net", "tax", "gross"]


class IssuerContact(TypedDict):
    name: str
    telephone: str
    email: str


class IssuerElectronicAddress(TypedDict):
    scheme: str
    id: str


class Job(TypedDict):
    id: str
    # Such as `bill_run`
    kind: str
    # Which one of its kind: one job for each
    key: str
    state: Literal["waiting", "running", "complete", "failed", "cancelled"]
    # When it may begin, by the clock of the tenant
    dueAt: str
    # Whether it was asked for later: such jobs run in the order of time
    scheduled: bool
    # How often it has failed since it was asked for
    attempts: int
    # When it is tried again, by the real clock
    retryAt: str | None
    # It ends as soon as nothing is left half done
    cancelAsked: bool
    progress: JobProgress
    # What its last attempt failed for
    error: str | None
    createdAt: str
    startedAt: str | None
    finishedAt: str | None


class JobProgress(TypedDict):
    done: int
    total: int | None
    words: str | None


LateCharge = TypedDict("LateCharge", {
    "id": "str",
    "accountId": "str",
    "account": "Union[str, Account]",
    "customerId": "str",
    "customer": "Union[str, Customer]",
    "customerName": "str",
    "invoiceId": "str",
    "number": "str",
    "kind": "Literal[\"interest\", \"fee\"]",
    "from": "str",
    "until": "str",
    "currency": "str",
    "amount": "str",
    "text": "str",
    "segments": "list[LateChargeSegmentsItem]",
    "left": "str",
    "billId": "str | None",
    "returns": "list[LateChargeReturnsItem]",
    "chargedAt": "str",
})


LateChargeSegmentsItem = TypedDict("LateChargeSegmentsItem", {
    "from": "str",
    "until": "str",
    "amount": "str",
    "percent": "str",
})


class LateChargeReturnsItem(TypedDict):
    because: Literal["waived", "credited"]
    # A decimal of the currency
    amount: str
    reason: str
    creditNoteId: str | None
    madeBy: str
    madeAt: str


class LateChargePreview(TypedDict):
    items: list[LateChargePreviewItemsItem]
    # `after` of the next page; null where there is none
    next: str | None


class LateChargePreviewItemsItem(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    asOf: str
    currency: str
    # A decimal of the currency
    total: str
    charges: list[LateChargePreviewItemsItemChargesItem]


LateChargePreviewItemsItemChargesItem = TypedDict("LateChargePreviewItemsItemChargesItem", {
    "invoiceId": "str",
    "number": "str",
    "kind": "Literal[\"interest\", \"fee\"]",
    "from": "str",
    "until": "str",
    "currency": "str",
    "amount": "str",
    "text": "str",
    "segments": "list[LateChargePreviewItemsItemChargesItemSegmentsItem]",
})


LateChargePreviewItemsItemChargesItemSegmentsItem = TypedDict("LateChargePreviewItemsItemChargesItemSegmentsItem", {
    "from": "str",
    "until": "str",
    "amount": "str",
    "percent": "str",
})


class LateChargeRun(TypedDict):
    # Accounts
    looked: int
    # Lines of interest and fees
    charged: int
    # Charges of before that were given back, because their documents were credited
    lowered: int
    # What was charged, by currency
    amounts: dict[str, str]
    failed: list[LateChargeRunFailedItem]
    # `after` of the next page; null where there is none
    next: str | None


class LateChargeRunFailedItem(TypedDict):
    accountId: str
    reason: str


class Mandate(TypedDict):
    id: str
    reference: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    holder: str
    iban: str
    bic: str | None
    scheme: Literal["CORE", "B2B"]
    isOneOff: bool
    signedOn: str
    lastUsedOn: str | None
    # Why nothing is collected by it; null where it can be used
    unusable: str | None
    endedOn: str | None
    endReason: str | None
    createdAt: str


class MemberShares(TypedDict):
    invoice: str
    currency: str
    members: list[MemberSharesMembersItem]


class MemberSharesMembersItem(TypedDict):
    account: str
    customerName: str
    # Of the line that bills it
    amount: str
    documents: list[MemberSharesMembersItemDocumentsItem]
    # What no document of the member says, such as what came back
    other: str


class MemberSharesMembersItemDocumentsItem(TypedDict):
    number: str
    issuedOn: str
    # A decimal of the currency
    total: str
    # How much of it the sponsor pays by this document
    sponsored: str
    lines: list[MemberSharesMembersItemDocumentsItemLinesItem]


MemberSharesMembersItemDocumentsItemLinesItem = TypedDict("MemberSharesMembersItemDocumentsItemLinesItem", {
    "position": "int",
    "description": "str",
    "from": "str",
    "until": "str",
    "quantity": "str",
    "unit": "str",
    "amount": "str",
})


class Meter(TypedDict):
    code: str
    name: str
    # The type of the records that it reads
    eventType: str
    aggregator: str
    unit: str
    # Fraction digits kept
    scale: int


class Notice(TypedDict):
    id: str
    kind: str
    key: str
    customer: str
    account: str | None
    about: str | None
    origin: Literal["event", "request", "trial", "module"]
    # `new` until it is planned; `suppressed` has a reason
    state: Literal["new", "planned", "suppressed"]
    # Such as `duplicate` or `notices_off`
    reason: str | None
    data: dict[str, Any]
    createdAt: str


class NoticeKind(TypedDict):
    name: str
    meaning: str
    # What causes it; none is asked for by parts of Kvit, or by request
    events: list[str]
    # Contacts with one of these are told
    roles: list[Literal["payer", "technical", "owner"]]
    # `urgent` goes first, and in quiet hours, too
    priority: Literal["urgent", "normal", "low"]
    # Nobody can unsubscribe from it
    isMandatory: bool
    # Only whoever has asked for it is told
    needsConsent: bool
    # The same about the same thing within so many hours is not sent
    dedupeHours: int
    # What is as old as this is not sent any more
    expiresHours: int
    # By what it goes, unless the settings say otherwise
    chain: list[NoticeKindChainItem]
    # What its texts can say, with samples
    fields: dict[str, str]
    # What was sent is not kept
    isSecret: bool
    # In English, as Kvit ships them
    words: NoticeKindWords


class NoticeKindChainItem(TypedDict):
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    when: Literal["failed", "not_delivered", "not_read"]
    afterMinutes: int


class NoticeKindWords(TypedDict):
    """In English, as Kvit ships them"""

    subject: str
    text: str


class NoticeMessage(TypedDict):
    id: str
    # Its key; null is the customer itself
    contact: str | None
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    # Its place in the chain, from 0 on; an entry in the inbox stands behind it
    step: int
    # `stand_by` waits for the way before it; `unknown` may have come, and is not sent again by itself
    state: Literal["stand_by", "waiting", "sending", "sent", "delivered", "failed", "unknown", "suppressed"]
    # Why it waits, failed or was not sent: `quiet_hours`, `unsubscribed`
    reason: str | None
    said: str | None
    dueAt: str
    address: str | None
    language: str | None
    # Null are the words that Kvit ships
    template: str | None
    subject: str | None
    # As it was sent; null where it is a secret
    text: str | None
    cost: NoticeMessageCost | None
    sentAt: str | None
    endedAt: str | None
    readAt: str | None
    attempts: list[NoticeMessageAttemptsItem]


class NoticeMessageCost(TypedDict):
    amount: str
    currency: str


class NoticeMessageAttemptsItem(TypedDict):
    number: int
    # By the real clock
    beganAt: str
    endedAt: str | None
    outcome: Literal["accepted", "failed", "unknown"] | None
    reason: str | None
    # In the words of the channel
    said: str | None


class NoticePreferences(TypedDict):
    customer: str
    # Its key; null is the customer itself
    contact: str | None
    # What holds
    said: list[NoticePreferencesSaidItem]
    # What is so not sent by any channel, or by one
    unwanted: list[NoticePreferencesUnwantedItem]
    # All that was said, the newest first; at most 100
    history: list[NoticePreferencesHistoryItem]


class NoticePreferencesSaidItem(TypedDict):
    # `*` is all
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news", "*"]
    # `*` is all
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox", "*"]
    isWanted: bool


class NoticePreferencesUnwantedItem(TypedDict):
    kind: str
    channel: str


class NoticePreferencesHistoryItem(TypedDict):
    # `*` is all
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news", "*"]
    # `*` is all
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox", "*"]
    # Null takes back what was said
    isWanted: bool | None
    origin: Literal["request", "link", "one_click", "complaint"]
    createdAt: str


class NoticePreview(TypedDict):
    subject: str | None
    text: str
    html: str | None


class NoticeTemplate(TypedDict):
    id: str
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"]
    # `*` is any
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox", "*"]
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    # Null is for all brands
    brand: str | None
    # Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    subject: str | None
    # LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    text: str
    # Of e-mail, besides the text; what is put in is escaped
    html: str | None
    version: int
    # The last version that was approved is used
    state: Literal["draft", "approved", "rejected"]
    # The key that asked
    requestedBy: str
    # Whose key that is; null in what was asked before people were told apart
    requestedByPerson: str | None
    createdAt: str
    decidedBy: str | None
    decidedAt: str | None


class NoticeWithMessages(TypedDict):
    id: str
    kind: str
    key: str
    customer: str
    account: str | None
    about: str | None
    origin: Literal["event", "request", "trial", "module"]
    # `new` until it is planned; `suppressed` has a reason
    state: Literal["new", "planned", "suppressed"]
    # Such as `duplicate` or `notices_off`
    reason: str | None
    data: dict[str, Any]
    createdAt: str
    messages: list[NoticeMessage]


class OneOffInvoice(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # Null as long as it is not issued
    invoiceId: str | None
    # Of the draft that it waits as
    draftId: str | None


class Overview(TypedDict):
    asOf: str
    # What waits for a person, and is of the caller’s scopes; what has nothing is told, too
    attention: list[OverviewAttentionItem]
    # Days of the last 31 on which anything was billed or collected, oldest first
    money: list[OverviewMoneyItem]


class OverviewAttentionItem(TypedDict):
    # Such as `suspense`: a name that stays
    code: str
    meaning: str
    # 1001 is more than 1000
    count: int


class OverviewMoneyItem(TypedDict):
    # In UTC
    day: str
    currency: str
    # Of documents issued, with tax, less credit notes; null without invoices:read
    billed: str | None
    # Payments less reversals; null without payments:read
    collected: str | None


class OwnAccount(TypedDict):
    user: OwnAccountUser
    tenants: list[OwnAccountTenantsItem]
    sessionId: str


class OwnAccountUser(TypedDict):
    id: str
    email: str
    name: str
    hasPassword: bool
    secondFactor: bool


class OwnAccountTenantsItem(TypedDict):
    name: str
    roles: list[str]
    scopes: list[Literal["tenants:write", "keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]


class Payment(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    method: str
    currency: str
    # A decimal of the currency
    amount: str
    receivedOn: str
    reference: str | None
    # Reversed once nothing is left of it
    state: Literal["received", "reversed"]
    # What was taken back of it: by a reversal, chargebacks, refunds of what it did not need
    takenBack: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    # The last one, once all of it was taken back
    reversal: PaymentReversal | None
    # Where its reversal was asked for and waits for another person
    approvalRequest: NotRequired[ApprovalRequest]


class PaymentReversal(TypedDict):
    id: str
    reason: str
    createdAt: str


class PaymentAttempt(TypedDict):
    id: str
    key: str
    kind: Literal["charge", "refund", "setup"]
    gateway: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    methodId: str | None
    invoiceId: str | None
    refundId: str | None
    currency: str
    # What was asked for
    amount: str
    # What the gateway has taken, as far as it is known
    captured: str
    # `pending`: the payer or a bank has yet to do something; `unknown`: the gateway did not answer, and is asked again
    state: Literal["created", "pending", "succeeded", "failed", "unknown"]
    # Why it failed
    reason: str | None
    # Of one that failed: whether another attempt may go through later
    mayRetry: bool | None
    # Where the payer continues
    payerUrl: str | None
    # The payment that came of it
    paymentId: str | None
    # The gateway’s own id of it
    providerId: str | None
    createdAt: str
    endedAt: str | None


class PaymentDispute(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    attemptId: str
    # The gateway’s own id of it
    providerId: str
    state: Literal["open", "won", "lost"]
    currency: str
    # A decimal of the currency
    amount: str
    # What the gateway keeps for it
    fee: str
    # Of one that was won: the payment that the money is again
    paymentId: str | None
    openedAt: str
    closedAt: str | None


class PaymentGateway(TypedDict):
    name: str
    adapter: str
    currencies: list[str] | None
    priority: int
    countries: list[str] | None
    amounts: list[PaymentGatewayAmountsItem]
    unansweredMost: int | None
    isOpen: bool
    secrets: dict[str, PaymentGatewaySecretsValue]
    # Where the provider sends its callbacks: tell it
    callbackUrl: str
    # What it holds and has not paid out yet
    ledgerAccount: str
    createdAt: str


class PaymentGatewayAmountsItem(TypedDict):
    currency: str
    least: str | None
    most: str | None


class PaymentGatewaySecretsValue(TypedDict):
    isSet: bool
    setAt: str | None


class PaymentLink(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # What it asks for; a `top_up` is of any amount
    purpose: Literal["document", "open_items", "top_up"]
    invoiceId: str | None
    # Of the document
    number: str | None
    # `issued`: it stands on the document
    origin: Literal["request", "issued"]
    state: Literal["open", "expired", "revoked"]
    createdAt: str
    expiresAt: str
    revokedAt: str | None
    revokeReason: str | None


class PaymentMethod(TypedDict):
    id: str
    key: str
    gateway: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    state: Literal["pending", "active", "failed", "removed"]
    # `card`, `sepa_debit`, …
    kind: str | None
    brand: str | None
    last4: str | None
    # The month in which it can be used for the last time: 2027-03
    expires: str | None
    # It is what the account is charged by
    isDefault: bool
    # Where the payer continues
    payerUrl: str | None
    createdAt: str
    removedAt: str | None


class PaymentPlan(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    kind: Literal["promise", "instalments"]
    # `broken`: the day of a part was over before it was paid; all that is open is due
    state: Literal["open", "kept", "broken", "cancelled"]
    currency: str
    # Of all parts
    amount: str
    # Of the parts, the first ones first
    paid: str
    documents: list[PaymentPlanDocumentsItem]
    parts: list[PaymentPlanPartsItem]
    promisedBy: str | None
    note: str | None
    createdAt: str
    endedAt: str | None
    endReason: str | None


class PaymentPlanDocumentsItem(TypedDict):
    id: str
    number: str
    # When it was made
    open: str


class PaymentPlanPartsItem(TypedDict):
    dueOn: str
    # A decimal of the currency
    amount: str
    # A decimal of the currency
    paid: str


class Payout(TypedDict):
    id: str
    gateway: str
    # The gateway’s own id of it
    providerId: str
    currency: str
    # What has left the clearing account
    gross: str
    # A decimal of the currency
    fee: str
    # What came to the bank
    net: str
    arrivedOn: str
    # What does not agree with what Kvit knows
    differences: list[str]
    bookedAt: str


class PlanVersion(TypedDict):
    id: str
    code: str
    version: int
    currency: str
    # As its plan file says it
    content: PlanVersionContent
    # SHA-256 of the content
    digest: str
    # Notes of the caller
    metadata: dict[str, str]
    publishedAt: str
    # When new subscriptions begin to get it; null: from its publication on
    availableFrom: str | None
    baseVersionId: str | None
    # Of prices that were negotiated for one subscription
    subscriptionId: str | None


class PlanVersionContent(TypedDict):
    """As its plan file says it"""

    code: str
    name: str


class Posting(TypedDict):
    id: str
    # The postings of an entry add up to zero
    entryId: str
    template: str
    ledgerAccount: str
    accountId: str | None
    currency: str
    # A debit where positive
    amount: str
    documentId: str
    postedAt: str


class ProFormaInvoice(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    number: str
    of: Literal["items", "next_bill"]
    currency: str
    # A decimal of the currency
    total: str
    issuedOn: str


class ProFormaWithDocument(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    number: str
    of: Literal["items", "next_bill"]
    currency: str
    # A decimal of the currency
    total: str
    issuedOn: str
    document: ProFormaWithDocumentDocument


class ProFormaWithDocumentDocument(TypedDict):
    kind: Literal["invoice", "credit_note", "debit_note"]
    corrects: NotRequired[list[str]]
    reason: NotRequired[str]
    # It is no document yet, or none that is owed
    mark: NotRequired[Literal["draft", "pro_forma"]]
    number: str
    issuedOn: str
    dueOn: str
    termsDays: int
    currency: str
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    account: str
    # It asks for money for supplies to come
    isAdvance: NotRequired[bool]
    # Numbers of advance invoices that come off it
    deducts: NotRequired[list[str]]
    # Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of
    part: NotRequired[ProFormaWithDocumentDocumentPart]
    # What it bills for other accounts: their lines bear the key of the account
    annexes: NotRequired[list[ProFormaWithDocumentDocumentAnnexesItem]]
    seller: ProFormaWithDocumentDocumentSeller
    buyer: ProFormaWithDocumentDocumentBuyer
    # Accounts of the issuer in the currency of the document, and codes that banking applications read
    payTo: NotRequired[ProFormaWithDocumentDocumentPayTo]
    # What its page looks like: a version of a brand, which never changes
    brand: NotRequired[ProFormaWithDocumentDocumentBrand]
    # Of its brand, for this account
    messages: NotRequired[list[str]]
    paymentLink: NotRequired[str]
    # Of the documents before, the newest first, where its brand shows them
    earlierUsage: NotRequired[list[ProFormaWithDocumentDocumentEarlierUsageItem]]
    period: ProFormaWithDocumentDocumentPeriod
    lines: list[ProFormaWithDocumentDocumentLinesItem]
    usage: list[ProFormaWithDocumentDocumentUsageItem]
    # What units, meters and the like are called on its page, where plans have translations
    names: NotRequired[dict[str, str]]
    # Units that cover usage, which no line charges then: of allowances what was used of what was given
    included: NotRequired[list[ProFormaWithDocumentDocumentIncludedItem]]
    # Amounts of lines have the tax in them
    pricesIncludeTax: NotRequired[bool]
    # By tax and rate; absent where the issuer says nothing of tax
    taxes: NotRequired[list[ProFormaWithDocumentDocumentTaxesItem]]
    # What the document must say of its tax
    notices: NotRequired[list[str]]
    totals: ProFormaWithDocumentDocumentTotals


class ProFormaWithDocumentDocumentPart(TypedDict):
    """Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of"""

    by: str
    value: str


class ProFormaWithDocumentDocumentAnnexesItem(TypedDict):
    account: str
    name: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class ProFormaWithDocumentDocumentSeller(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[ProFormaWithDocumentDocumentSellerPostalAddress]
    electronicAddress: NotRequired[ProFormaWithDocumentDocumentSellerElectronicAddress]
    bankDetails: str | None
    legalForm: NotRequired[str]
    registrations: NotRequired[list[ProFormaWithDocumentDocumentSellerRegistrationsItem]]
    contact: NotRequired[ProFormaWithDocumentDocumentSellerContact]


class ProFormaWithDocumentDocumentSellerPostalAddress(TypedDict):
    country: str


class ProFormaWithDocumentDocumentSellerElectronicAddress(TypedDict):
    scheme: str
    id: str


class ProFormaWithDocumentDocumentSellerRegistrationsItem(TypedDict):
    country: str
    kind: str
    number: str


class ProFormaWithDocumentDocumentSellerContact(TypedDict):
    name: str
    telephone: str
    email: str


class ProFormaWithDocumentDocumentBuyer(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[ProFormaWithDocumentDocumentBuyerPostalAddress]
    electronicAddress: NotRequired[ProFormaWithDocumentDocumentBuyerElectronicAddress]
    kind: NotRequired[str]
    taxIds: NotRequired[list[str]]
    purchaseOrder: NotRequired[str]
    # By which specification it wants its e-invoices
    einvoice: NotRequired[ProFormaWithDocumentDocumentBuyerEinvoice]


class ProFormaWithDocumentDocumentBuyerPostalAddress(TypedDict):
    country: str


class ProFormaWithDocumentDocumentBuyerElectronicAddress(TypedDict):
    scheme: str
    id: str


class ProFormaWithDocumentDocumentBuyerEinvoice(TypedDict):
    """By which specification it wants its e-invoices"""

    specification: Literal["en16931", "xrechnung", "peppol"]


class ProFormaWithDocumentDocumentPayTo(TypedDict):
    """Accounts of the issuer in the currency of the document, and codes that banking applications read"""

    accounts: list[dict[str, Any]]
    codes: list[ProFormaWithDocumentDocumentPayToCodesItem]
    # The Swiss code stands on a payment slip at the foot of the last page
    slip: NotRequired[bool]


class ProFormaWithDocumentDocumentPayToCodesItem(TypedDict):
    scheme: Literal["swiss_qr_bill", "epc", "nbu", "upi"]
    # What stands in the code
    text: str
    # How many errors of reading it corrects
    correction: Literal["L", "M"]
    mark: NotRequired[Literal["swiss_cross"]]


class ProFormaWithDocumentDocumentBrand(TypedDict):
    """What its page looks like: a version of a brand, which never changes"""

    key: str
    version: int
    digest: str


ProFormaWithDocumentDocumentEarlierUsageItem = TypedDict("ProFormaWithDocumentDocumentEarlierUsageItem", {
    "from": "str",
    "usage": "list[ProFormaWithDocumentDocumentEarlierUsageItemUsageItem]",
})


class ProFormaWithDocumentDocumentEarlierUsageItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str


ProFormaWithDocumentDocumentPeriod = TypedDict("ProFormaWithDocumentDocumentPeriod", {
    "from": "str",
    "until": "str",
})


ProFormaWithDocumentDocumentLinesItem = TypedDict("ProFormaWithDocumentDocumentLinesItem", {
    "id": "str",
    "tax": "NotRequired[list[ProFormaWithDocumentDocumentLinesItemTaxItem]]",
    "position": "int",
    "corrected": "NotRequired[ProFormaWithDocumentDocumentLinesItemCorrected]",
    "kind": "str",
    "lowers": "NotRequired[int | None]",
    "discount": "NotRequired[str]",
    "description": "str",
    "subscription": "str",
    "account": "NotRequired[str]",
    "group": "NotRequired[str]",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "quantity": "str",
    "unit": "str",
    "unitAmount": "str | None",
    "per": "str | None",
    "share": "NotRequired[str]",
    "discountPercent": "NotRequired[str]",
    "base": "NotRequired[str]",
    "billedBefore": "NotRequired[str]",
    "exactAmount": "str",
    "amount": "str",
    "parts": "NotRequired[list[ProFormaWithDocumentDocumentLinesItemPartsItem] | None]",
})


class ProFormaWithDocumentDocumentLinesItemTaxItem(TypedDict):
    rule: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    why: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    taxes: list[ProFormaWithDocumentDocumentLinesItemTaxItemTaxesItem]
    # Both are part of it
    days: NotRequired[ProFormaWithDocumentDocumentLinesItemTaxItemDays]
    # It takes back what a document before billed, with the tax of that
    isCredit: NotRequired[bool]


class ProFormaWithDocumentDocumentLinesItemTaxItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str


ProFormaWithDocumentDocumentLinesItemTaxItemDays = TypedDict("ProFormaWithDocumentDocumentLinesItemTaxItemDays", {
    "from": "str",
    "until": "str",
})


class ProFormaWithDocumentDocumentLinesItemCorrected(TypedDict):
    """Of a correction, where its issuer wants it: what was billed, and what it should be"""

    was: ProFormaWithDocumentDocumentLinesItemCorrectedWas
    shouldBe: ProFormaWithDocumentDocumentLinesItemCorrectedShouldBe


class ProFormaWithDocumentDocumentLinesItemCorrectedWas(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class ProFormaWithDocumentDocumentLinesItemCorrectedShouldBe(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class ProFormaWithDocumentDocumentLinesItemPartsItem(TypedDict):
    label: str
    # Of a rate that shares the line with others: the id that explains it
    line: NotRequired[str]
    quantity: str | None
    unitAmount: str | None
    per: str | None
    # Besides the units, once
    flatAmount: NotRequired[str]
    # Of a period: 17/31
    share: NotRequired[str]
    discountPercent: NotRequired[str]
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    amount: str
    # Of such a rate: the price of all that was used, where some was billed before
    whole: NotRequired[str]


class ProFormaWithDocumentDocumentUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str
    records: int


class ProFormaWithDocumentDocumentIncludedItem(TypedDict):
    kind: Literal["allowance", "prepaid", "bonus"]
    # Of an allowance
    name: str | None
    subscription: str | None
    unit: str
    # Null where units are of no period
    period: ProFormaWithDocumentDocumentIncludedItemPeriod | None
    # Of an allowance; null of others
    given: str | None
    used: str | None
    # Of units that were sold or given as a bonus, when the document was made
    left: str | None


ProFormaWithDocumentDocumentIncludedItemPeriod = TypedDict("ProFormaWithDocumentDocumentIncludedItemPeriod", {
    "from": "str",
    "until": "str",
})


class ProFormaWithDocumentDocumentTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    # What it is on
    base: str
    # What the document must say of it
    notice: str | None
    # Its code in the list VATEX
    vatex: str | None


class ProFormaWithDocumentDocumentTotals(TypedDict):
    # A decimal of the currency
    discounts: NotRequired[str]
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str
    # What the buyer keeps back of the total for its tax office
    withheld: NotRequired[str]
    # A decimal of the currency
    toPay: NotRequired[str]


class Proof(TypedDict):
    format: Literal["kvit-proof-1"]
    invoice: str
    document: str
    documentDigest: str
    periods: list[ProofPeriodsItem]
    chargesRoot: str
    anchor: str
    batch: ProofBatch
    chain: ProofChain
    head: ProofHead


class ProofPeriodsItem(TypedDict):
    account: str
    period: str
    root: str
    lines: list[ProofPeriodsItemLinesItem]


class ProofPeriodsItemLinesItem(TypedDict):
    leaf: str
    charges: list[ProofPeriodsItemLinesItemChargesItem]


class ProofPeriodsItemLinesItemChargesItem(TypedDict):
    leaf: str
    check: str


class ProofBatch(TypedDict):
    index: int
    size: int
    path: list[str]
    root: str


class ProofChain(TypedDict):
    partition: int
    codec: int
    previous: str
    links: list[ProofChainLinksItem]


class ProofChainLinksItem(TypedDict):
    seq: int
    payload: str
    digest: str


class ProofHead(TypedDict):
    seq: int
    digest: str


class RateDeckVersion(TypedDict):
    id: str
    code: str
    version: int
    name: str
    effectiveFrom: str
    zone: str
    # How dialled numbers become those that the deck lists
    numbers: dict[str, Any]
    # Names of the rates
    columns: list[str]
    rowCount: int
    digest: str
    fileName: str
    importedAt: str


class ReRating(TypedDict):
    id: str
    key: str
    status: Literal["computing", "draft", "applying", "cancelling", "cancelled", "complete", "failed"]
    plans: list[ReRatingPlansItem]
    # Null: all
    accounts: list[str] | None
    fromDay: str
    untilDay: str
    reason: str
    # The key that asked
    requestedBy: str
    # Whose key that is; null in what was asked before people were told apart
    requestedByPerson: str | None
    decidedBy: str | None
    documents: int
    error: str | None
    createdAt: str
    decidedAt: str | None
    finishedAt: str | None
    totals: list[ReRatingTotalsItem]


ReRatingPlansItem = TypedDict("ReRatingPlansItem", {
    "from": "str",
    "to": "str",
})


class ReRatingTotalsItem(TypedDict):
    currency: str
    accounts: int
    accountsApplied: int
    records: int
    leftOut: int
    # A decimal of the currency, exact
    before: str
    # A decimal of the currency, exact
    after: str
    # A decimal of the currency, exact
    difference: str
    # Differences of accounts without their signs
    moved: str
    appliedRecords: int
    # A decimal of the currency, exact
    appliedDifference: str


class Redemption(TypedDict):
    id: str
    key: str
    couponId: str
    customerId: str
    accountId: str | None
    subscriptionId: str | None
    createdAt: str
    # What falls due from this day on
    fromDay: str
    # The first day on which it is not in force any more
    untilDay: str | None


class ReferralProgram(TypedDict):
    code: str
    currency: str
    referrerAmount: str
    referredAmount: str
    validDays: int | None
    priority: int
    maxPerReferrer: int | None


class Refund(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    creditNoteId: str | None
    # Of what a payment did not need
    paymentId: str | None
    currency: str
    # A decimal of the currency
    amount: str
    # `sending`: a payment provider was asked to; `kept`: it stays the customer’s after all
    status: Literal["due", "sending", "sent", "kept"]
    method: str | None
    reference: str | None
    sentOn: str | None
    createdAt: str


class RequestedNote(TypedDict):
    # Of the note; null of a dry run
    id: str | None
    # The number of the document that it is about
    corrects: str
    # What is left of that document then, to be credited
    left: str
    # What it lowered of what was open of that document
    lowered: str
    # What is to be paid back
    refund: RequestedNoteRefund | None
    # Documents that bill anew what was voided
    rebilled: list[RequestedNoteRebilledItem]
    document: InvoiceDocument
    # Nothing is issued yet: it waits for another person, and `document` is what would be issued now
    approvalRequest: NotRequired[ApprovalRequest]


class RequestedNoteRefund(TypedDict):
    id: str | None
    # A decimal of the currency
    amount: str


class RequestedNoteRebilledItem(TypedDict):
    id: str
    number: str
    # A decimal of the currency
    total: str


class Role(TypedDict):
    name: str
    description: str
    scopes: list[Literal["tenants:write", "keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]
    # Every tenant has it, and nobody changes it
    isBuiltIn: bool


class SepaFile(TypedDict):
    id: str
    key: str
    kind: Literal["debits", "refunds"]
    messageId: str
    bankAccount: str
    orders: list[SepaFileOrdersItem]
    createdAt: str


class SepaFileOrdersItem(TypedDict):
    id: str
    endToEndId: str
    account: str
    amount: str
    sequence: str | None
    invoiceId: str | None
    refundId: str | None
    dueOn: str
    state: Literal["sent", "settled", "rejected", "returned"]
    reason: str | None
    # What the reason means
    meaning: str | None
    # What may be done after it
    next: Literal["retry", "correct", "ask", "stop"] | None
    paymentId: str | None


class Service(TypedDict):
    id: str
    key: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    updatedAt: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    validFrom: str
    validUntil: str | None


ServiceBlock = TypedDict("ServiceBlock", {
    "id": "str",
    "key": "str",
    "accountId": "str",
    "account": "Union[str, Account]",
    "customerId": "str",
    "customer": "Union[str, Customer]",
    "customerName": "str",
    "serviceId": "str | None",
    "service": "str | None",
    "reason": "Literal[\"dunning_soft\", \"dunning_hard\", \"customer\", \"fraud\", \"admin\"]",
    "scope": "Literal[\"outgoing\", \"incoming\", \"data\", \"all\"]",
    "kbps": "int | None",
    "note": "str | None",
    "state": "Literal[\"standing\", \"coming\", \"ended\", \"lifted\"]",
    "from": "str",
    "until": "str | None",
    "placedBy": "str",
    "placedAt": "str",
    "liftedBy": "str | None",
    "liftedAt": "str | None",
    "liftNote": "str | None",
})


class ServiceState(TypedDict):
    serviceId: str
    # Its key
    service: str
    accountId: str
    # `restricted`: some kinds of use are barred; `blocked`: all of them; `throttled`: none, but it is slow
    state: Literal["open", "throttled", "restricted", "blocked"]
    # Kinds of use that are barred
    barred: list[Literal["outgoing", "incoming", "data"]]
    # The most kilobits per second that it may use; null where nothing slows it down
    kbps: int | None
    reasons: list[Literal["dunning_soft", "dunning_hard", "customer", "fraud", "admin"]]
    # The time that it is the state of
    at: str


class ServiceStateWithBlocks(TypedDict):
    serviceId: str
    # Its key
    service: str
    accountId: str
    # `restricted`: some kinds of use are barred; `blocked`: all of them; `throttled`: none, but it is slow
    state: Literal["open", "throttled", "restricted", "blocked"]
    # Kinds of use that are barred
    barred: list[Literal["outgoing", "incoming", "data"]]
    # The most kilobits per second that it may use; null where nothing slows it down
    kbps: int | None
    reasons: list[Literal["dunning_soft", "dunning_hard", "customer", "fraud", "admin"]]
    # The time that it is the state of
    at: str
    # Those that stand at that time
    blocks: list[ServiceBlock]


class Session(TypedDict):
    id: str
    # How it began
    way: Literal["password", "oidc"]
    # Whether the request came by it
    isThis: bool
    ip: str
    userAgent: str
    createdAt: str
    # As of a minute ago at the latest
    seenAt: str
    # If nothing is asked by it before; a day after its beginning at the latest
    endsAt: str


class SettingsName(TypedDict):
    name: str
    meaning: str
    # Null where nothing is set
    changedAt: str | None
    # The key or user
    changedBy: str | None


class Standing(TypedDict):
    # At most a minute ago
    asOf: str
    items: list[StandingItemsItem]


class StandingItemsItem(TypedDict):
    currency: str
    # Of issued documents, what is not settled
    open: str
    # Of these, what was due before today
    overdue: str
    openDocuments: int
    overdueDocuments: int
    # Money of customers that is held: prepaid, and payments that have nothing to settle
    prepaid: str


Statement = TypedDict("Statement", {
    "account": "str",
    "currency": "str",
    "from": "str | None",
    "until": "str | None",
    "opening": "str",
    "entries": "list[StatementEntriesItem]",
    "closing": "str",
    "disputed": "str",
})


class StatementEntriesItem(TypedDict):
    date: str
    kind: Literal["usage", "document", "payment", "balance"]
    reference: str | None
    description: str
    # Negative where the account has less by it
    amount: str
    # A decimal of the currency, exact
    balance: str
    # Of a document, as it is printed
    total: str | None


class Subscription(TypedDict):
    id: str
    key: str
    # Notes of the caller
    metadata: dict[str, str]
    createdAt: str
    updatedAt: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # Null covers every service of the account
    serviceId: str | None
    service: Union[str, Service] | None
    plan: str
    planVersion: int
    planVersionId: str
    quantity: int
    # Now
    state: Literal["pending", "trial", "active", "paused", "ended"]
    startsAt: str
    endsAt: str | None
    alignment: Literal["calendar", "anniversary"]
    trialDays: int | None
    termUnit: Literal["day", "week", "month", "year"] | None
    termCount: int | None
    renews: bool
    parentId: str | None
    parent: NotRequired[SubscriptionParent | None]


class SubscriptionParent(TypedDict):
    """Another one, whole, with `expand`"""

    id: str
    key: str


class SubscriptionChange(TypedDict):
    id: str
    kind: str
    effectiveAt: str
    plan: NotRequired[str]
    planVersion: NotRequired[int]
    planVersionId: NotRequired[str]
    isNegotiated: NotRequired[bool]
    note: str | None
    recordedAt: str
    withdrawnAt: str | None


class SubscriptionTimeline(TypedDict):
    subscription: str
    # Now
    state: Literal["pending", "trial", "active", "paused", "ended"]
    # Of the account, in which days begin
    zone: str
    termEndsAt: str | None
    intervals: list[SubscriptionTimelineIntervalsItem]
    changes: list[SubscriptionChange]


SubscriptionTimelineIntervalsItem = TypedDict("SubscriptionTimelineIntervalsItem", {
    "from": "str",
    "until": "str | None",
    "plan": "str",
    "planVersion": "int",
    "planVersionId": "str",
    "isNegotiated": "bool",
    "phase": "str | None",
    "quantity": "int",
    "isPaused": "bool",
})


class SuspendedRecord(TypedDict):
    id: str
    status: Literal["open", "recycled", "written_off"]
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    detail: str
    # The record as it came, or as it was corrected
    record: str
    source: str
    recordId: str
    service: str
    type: str
    importId: str | None
    # Of its file, from 1 on, the header not counted
    importRow: str | None
    # The name of the file that it came with
    file: str | None
    note: str | None
    receivedAt: str


class TaxAnswer(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    engine: str
    taxClass: str
    suppliedOn: str
    # `own_rules`: the engine did not answer in time, and the own rules of Kvit did
    state: Literal["asked", "answered", "own_rules"]
    # Null as long as there is no answer
    taxes: list[TaxAnswerTaxesItem] | None
    why: str | None
    # The name that the engine gave its answer
    reference: str | None
    # Why it did not answer, the last time that it was asked
    reason: str | None
    askedAt: str
    answeredAt: str | None


class TaxAnswerTaxesItem(TypedDict):
    name: str
    place: str
    percent: str | None


class TaxIdCheck(TypedDict):
    id: str
    customerId: str
    customer: str
    taxId: str
    register: str
    verdict: Literal["valid", "invalid", "no_answer"]
    # The number that the register gave the question: proof that it was asked
    consultation: str | None
    # Whose it is, where the register says so
    name: str | None
    address: str | None
    # Why there is no answer
    reason: str | None
    # The tax id of the issuer that asked
    askedFor: str | None
    # The id of the key or user that asked
    askedBy: str
    askedAt: str


TaxRateInput = TypedDict("TaxRateInput", {
    "country": "str",
    "region": "NotRequired[str]",
    "county": "NotRequired[str]",
    "city": "NotRequired[str]",
    "tax": "str",
    "class": "str",
    "from": "str",
    "until": "NotRequired[str]",
    "percent": "NotRequired[str]",
    "perUnit": "NotRequired[str]",
    "currency": "NotRequired[str]",
    "base": "NotRequired[str]",
    "name": "NotRequired[str]",
})


class Tenant(TypedDict):
    name: str
    acceptanceWindowDays: int
    clock: str | None


class TerminalNetwork(TypedDict):
    name: str
    currency: Any
    # Of its local times, and of the day on which it may cancel
    zone: str
    minSum: str
    maxSum: str
    # What payers write, in the order in which it is looked for
    accountBy: list[str]
    # What a terminal may show of an account
    shows: list[Literal["name", "balance", "due"]]
    # Where it sends from; null is anywhere
    addresses: list[str] | None
    # How it is answered where it does not say
    format: Literal["xml", "json"]
    # As what money is recorded; `by_account` is a top-up for accounts with balances, a payment for others
    credits: Literal["by_account", "payment", "top_up"]
    registry: TerminalRegistryMapping | None
    # A closed one takes no new payments
    isOpen: bool
    secrets: TerminalNetworkSecrets
    # What the network asks: tell it
    url: str
    # What it has taken and not paid out yet
    ledgerAccount: str
    createdAt: str
    updatedAt: str


class TerminalNetworkSecrets(TypedDict):
    signingKey: TerminalNetworkSecretsSigningKey
    earlierSigningKey: TerminalNetworkSecretsEarlierSigningKey
    password: TerminalNetworkSecretsPassword


class TerminalNetworkSecretsSigningKey(TypedDict):
    isSet: bool
    setAt: str | None


class TerminalNetworkSecretsEarlierSigningKey(TypedDict):
    isSet: bool
    setAt: str | None


class TerminalNetworkSecretsPassword(TypedDict):
    isSet: bool
    setAt: str | None


class TerminalPayment(TypedDict):
    id: str
    network: str
    txnId: str
    # Null of one that was cancelled before it came
    accountId: str | None
    account: Union[str, Account] | None
    customerId: str | None
    customer: Union[str, Customer] | None
    customerName: str | None
    # As the payer wrote it
    accountText: str
    currency: str
    # A decimal of the currency
    amount: str
    # As the network says
    paidAt: str | None
    terminal: str | None
    state: Literal["pending", "paid", "refused", "cancelling", "cancelled"]
    kind: Literal["payment", "top_up"] | None
    # Of the payment, or of the top-up
    key: str
    createdAt: str
    cancelledAt: str | None
    cancelReason: str | None


class TerminalRefusal(TypedDict):
    id: str
    network: str
    command: str
    txnId: str
    accountText: str
    sum: str
    reason: str
    # What the network was answered
    result: int
    times: int
    createdAt: str
    lastAt: str


TerminalRegistry = TypedDict("TerminalRegistry", {
    "id": "str",
    "network": "str",
    "key": "str",
    "from": "str",
    "until": "str",
    "currency": "str",
    "rows": "int",
    "agreed": "int",
    "total": "str",
    "fee": "str",
    "differences": "int",
    "payoutId": "str | None",
    "createdAt": "str",
})


class TerminalRegistryMapping(TypedDict):
    # Between cells
    delimiter: Literal[";", ",", "\t", "|"]
    # Before the last digits: 10,45 has a comma
    decimalSign: Literal[",", "."]
    # Lines before the one with the headings
    skipLines: int
    columns: TerminalRegistryMappingColumns


class TerminalRegistryMappingColumns(TypedDict):
    txnId: str
    sum: str
    # What the network keeps of each payment
    fee: NotRequired[str]


class TerminalRegistryMappingInput(TypedDict):
    # Between cells
    delimiter: NotRequired[Literal[";", ",", "\t", "|"]]
    # Before the last digits: 10,45 has a comma
    decimalSign: NotRequired[Literal[",", "."]]
    # Lines before the one with the headings
    skipLines: NotRequired[int]
    columns: TerminalRegistryMappingInputColumns


class TerminalRegistryMappingInputColumns(TypedDict):
    txnId: str
    sum: str
    # What the network keeps of each payment
    fee: NotRequired[str]


class UsageCorrection(TypedDict):
    id: str
    key: str
    recordId: str
    source: str
    action: Literal["retract", "amend"]
    reason: str
    requestedBy: str
    accountId: str
    before: dict[str, Any]
    after: dict[str, Any] | None
    # A decimal of the currency, exact
    difference: str
    currency: str
    # Of the journal
    segment: int
    createdAt: str


class UsageImport(TypedDict):
    id: str
    name: str
    fingerprint: str
    # 1 for the first time that this file came, 2 for the second
    delivery: int
    mapping: dict[str, Any]
    header: list[str] | None
    status: Literal["open", "complete", "refused"]
    # Why it was closed before its end, of a refused one
    refusal: str | None
    sizeBytes: str
    # Where the next chunk begins
    nextOffset: str
    rows: str
    received: str
    charged: str
    suspended: str
    duplicates: str
    createdAt: str
    updatedAt: str


class UsageMinutes(TypedDict):
    # Minutes of the last hour, by the real clock, in which usage came
    items: list[UsageMinutesItemsItem]


class UsageMinutesItemsItem(TypedDict):
    minute: str
    received: int
    charged: int
    suspended: int
    duplicates: int


class UsageRecordInput(TypedDict):
    # (source, id) makes a repetition harmless
    id: str
    source: str
    # What usage points at: a meter, a number, an API key
    service: str
    type: str
    time: str
    end: NotRequired[str]
    data: NotRequired[dict[str, Union[str, float, bool]]]


class UsageRetraction(TypedDict):
    id: str
    key: str
    importId: str
    reason: str
    requestedBy: str
    status: Literal["running", "complete", "failed"]
    recordsTotal: str
    recordsRetracted: str
    # Retracted already, or amended since
    recordsGone: str
    suspenseWrittenOff: str
    doneSeq: str
    error: str | None
    createdAt: str
    finishedAt: str | None


class User(TypedDict):
    id: str
    email: str
    name: str
    roles: list[str]
    status: Literal["active", "disabled"]
    secondFactor: bool
    # Who that is where two people have to agree: other users may be the same person
    person: str
    # The key or user
    invitedBy: str
    joinedAt: str
    disabledAt: str | None
    # Has asked for a new password, and got none yet
    resetRequestedAt: str | None


class UserLink(TypedDict):
    id: str
    email: str
    # To be handed to the one who is meant; whoever has it may use it. Shown once
    link: str
    # What the link ends with: `Authorization: Link <token>`
    token: str
    expiresAt: str


class WebhookDelivery(TypedDict):
    id: str
    endpoint: str
    eventId: str
    type: str
    objectId: str
    isReplay: bool
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    # When it is sent next, by the real clock
    dueAt: str | None
    createdAt: str
    endedAt: str | None


class WebhookEndpoint(TypedDict):
    id: str
    key: str
    url: str
    description: str | None
    types: list[str]
    ordered: bool
    # `disabled`: Kvit has given it up, and sends nothing until somebody turns it on
    state: Literal["on", "off", "disabled"]
    # Why it was disabled: it said that it is gone (410), or nothing came through
    reason: Literal["gone", "failing"] | None
    # Since when nothing has come through; by the real clock
    failingSince: str | None
    # Deliveries that have not come through yet, at most 1,000
    waiting: int
    secrets: list[WebhookEndpointSecretsItem]
    createdAt: str
    updatedAt: str


class WebhookEndpointSecretsItem(TypedDict):
    id: str
    createdAt: str
    endsAt: str | None


class WholePayout(TypedDict):
    id: str
    gateway: str
    # The gateway’s own id of it
    providerId: str
    currency: str
    # What has left the clearing account
    gross: str
    # A decimal of the currency
    fee: str
    # What came to the bank
    net: str
    arrivedOn: str
    # What does not agree with what Kvit knows
    differences: list[str]
    bookedAt: str
    lines: list[WholePayoutLinesItem]


class WholePayoutLinesItem(TypedDict):
    providerId: str
    kind: Literal["payment", "refund", "dispute", "dispute_won", "fee", "other"]
    attemptId: str | None
    # A decimal of the currency
    gross: str
    # A decimal of the currency
    fee: str


WholeTerminalRegistry = TypedDict("WholeTerminalRegistry", {
    "id": "str",
    "network": "str",
    "key": "str",
    "from": "str",
    "until": "str",
    "currency": "str",
    "rows": "int",
    "agreed": "int",
    "total": "str",
    "fee": "str",
    "differences": "int",
    "payoutId": "str | None",
    "createdAt": "str",
    "list": "list[WholeTerminalRegistryListItem]",
})


class WholeTerminalRegistryListItem(TypedDict):
    kind: Literal["missing_here", "missing_there", "other_sum", "cancelled_here", "twice_there"]
    txnId: str
    there: str | None
    here: str | None


class WholeWebhookDelivery(TypedDict):
    id: str
    endpoint: str
    eventId: str
    type: str
    objectId: str
    isReplay: bool
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    # When it is sent next, by the real clock
    dueAt: str | None
    createdAt: str
    endedAt: str | None
    log: list[WholeWebhookDeliveryLogItem]


class WholeWebhookDeliveryLogItem(TypedDict):
    number: int
    at: str
    milliseconds: int
    # Null where there was no answer
    status: int | None
    # Why there was none
    error: str | None
    # The first 1,000 characters of it
    answer: str | None


class GetAccountsAnswer(TypedDict):
    items: list[Account]
    nextCursor: str | None
    previousCursor: str | None


class PostAccountsBody(TypedDict):
    # The caller's own identifier
    key: str
    # An id or a key
    customer: str
    # An id or a key
    issuer: str
    currency: str
    zone: str
    cycleUnit: NotRequired[Literal["day", "week", "month", "year"]]
    cycleCount: NotRequired[int]
    # First day of a billing period; the others are counted from it
    cycleAnchor: str
    termsDays: NotRequired[int]
    # Most that it may owe; null lets it owe whatever it uses, as on invoice
    creditLimit: NotRequired[str | None]
    # The account whose shared balances and credit pay first
    sponsor: NotRequired[str | None]
    # Most that may be used of the sponsor in a billing period, by unit; money under "\"
    sponsorCaps: NotRequired[dict[str, str]]
    thresholds: NotRequired[list[PostAccountsBodyThresholdsItem]]
    # Bills usage before its period ends, once it comes to the threshold; with repeats each time in a period
    progressiveBilling: NotRequired[PostAccountsBodyProgressiveBilling | None]
    # Whether the tax is in the prices of plans already
    pricesIncludeTax: NotRequired[bool]
    # How long its bills stay drafts, which late usage joins: P3D, PT36H; null for what the settings of billing say
    gracePeriod: NotRequired[str | None]
    brand: NotRequired[str | None]
    # subscription, service or metadata.costCentre: each has a document of its own, by an entry of the subscription or else of its service; null bills all on one
    splitBy: NotRequired[str | None]
    # The account whose invoices have its fees and usage, on a page of its own; null bills the account itself
    billedTo: NotRequired[str | None]
    # The first day of a billing period: what begins from then on is billed there; absent is the first one that can be
    billedToFrom: NotRequired[str]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PostAccountsBodyThresholdsItem(TypedDict):
    code: str
    kind: Literal["low_balance", "high_balance", "spend", "allowance_used"]
    # Money below which a balance is low, or from which it is high or a spend counts; with a unit, units
    amount: NotRequired[str]
    unit: NotRequired[str]
    percent: NotRequired[int]
    action: NotRequired[Literal["notify", "block", "throttle", "top_up", "grant"]]
    kbps: NotRequired[int]
    # Units that crossing it gives
    grant: NotRequired[PostAccountsBodyThresholdsItemGrant]


class PostAccountsBodyThresholdsItemGrant(TypedDict):
    """Units that crossing it gives"""

    unit: str
    amount: str
    validDays: NotRequired[int]


class PostAccountsBodyProgressiveBilling(TypedDict):
    threshold: str
    repeats: NotRequired[bool]


class PatchAccountsByReferenceBody(TypedDict):
    # From the next billing period on, or from the one that zoneFrom names
    zone: NotRequired[str]
    # First day of a billing period that has not begun
    zoneFrom: NotRequired[str]
    termsDays: NotRequired[int]
    # Most that it may owe; null lets it owe whatever it uses, as on invoice
    creditLimit: NotRequired[str | None]
    # The account whose shared balances and credit pay first
    sponsor: NotRequired[str | None]
    # Most that may be used of the sponsor in a billing period, by unit; money under "\"
    sponsorCaps: NotRequired[dict[str, str]]
    thresholds: NotRequired[list[PatchAccountsByReferenceBodyThresholdsItem]]
    # Bills usage before its period ends, once it comes to the threshold; with repeats each time in a period
    progressiveBilling: NotRequired[PatchAccountsByReferenceBodyProgressiveBilling | None]
    # How long its bills stay drafts, which late usage joins: P3D, PT36H; null for what the settings of billing say
    gracePeriod: NotRequired[str | None]
    brand: NotRequired[str | None]
    # subscription, service or metadata.costCentre: each has a document of its own, by an entry of the subscription or else of its service; null bills all on one
    splitBy: NotRequired[str | None]
    # The account whose invoices have its fees and usage, on a page of its own; null bills the account itself
    billedTo: NotRequired[str | None]
    # The first day of a billing period: what begins from then on is billed there; absent is the first one that can be
    billedToFrom: NotRequired[str]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: NotRequired[dict[str, str | None]]


class PatchAccountsByReferenceBodyThresholdsItem(TypedDict):
    code: str
    kind: Literal["low_balance", "high_balance", "spend", "allowance_used"]
    # Money below which a balance is low, or from which it is high or a spend counts; with a unit, units
    amount: NotRequired[str]
    unit: NotRequired[str]
    percent: NotRequired[int]
    action: NotRequired[Literal["notify", "block", "throttle", "top_up", "grant"]]
    kbps: NotRequired[int]
    # Units that crossing it gives
    grant: NotRequired[PatchAccountsByReferenceBodyThresholdsItemGrant]


class PatchAccountsByReferenceBodyThresholdsItemGrant(TypedDict):
    """Units that crossing it gives"""

    unit: str
    amount: str
    validDays: NotRequired[int]


class PatchAccountsByReferenceBodyProgressiveBilling(TypedDict):
    threshold: str
    repeats: NotRequired[bool]


class GetAccountsByReferenceAutoChargeAnswer(TypedDict):
    account: str
    on: Literal["issue", "due", "never"]


class PutAccountsByReferenceAutoChargeAnswer(TypedDict):
    account: str
    on: Literal["issue", "due", "never"]


class PutAccountsByReferenceAutoChargeBody(TypedDict):
    on: Literal["issue", "due", "never"]


class GetAccountsByReferenceBalanceEntriesAnswer(TypedDict):
    items: list[GetAccountsByReferenceBalanceEntriesAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


class GetAccountsByReferenceBalanceEntriesAnswerItemsItem(TypedDict):
    id: str
    accountId: str
    kind: str
    # Null for money of the account’s currency
    unit: str | None
    # A decimal of the currency, or of the unit
    amount: str
    key: str | None
    note: str | None
    createdAt: str


class GetAccountsByReferenceBalanceEntriesAnswerItem(TypedDict):
    id: str
    accountId: str
    kind: str
    # Null for money of the account’s currency
    unit: str | None
    # A decimal of the currency, or of the unit
    amount: str
    key: str | None
    note: str | None
    createdAt: str


class GetAccountsByReferenceContractCommitsAnswer(TypedDict):
    items: list[GetAccountsByReferenceContractCommitsAnswerItemsItem]


class GetAccountsByReferenceContractCommitsAnswerItemsItem(TypedDict):
    id: str
    subscriptionId: str
    code: str
    termStart: str
    termEnd: str
    currency: str
    # A decimal of the currency
    amount: str
    # A decimal of the currency, exact
    left: str


class GetAccountsByReferenceDepositAnswer(TypedDict):
    account: str
    currency: str
    # A decimal of the currency
    held: str


class PostAccountsByReferenceDunningHoldBody(TypedDict):
    reason: str
    # The last day; until it is released when absent
    until: NotRequired[str | None]


class PostAccountsByReferenceDunningReleaseBody(TypedDict):
    reason: NotRequired[str | None]


class PostAccountsByReferenceInstalmentsBody(TypedDict):
    # The caller's own identifier
    key: str
    # Documents by id or number; all that is open of the account when absent
    invoices: NotRequired[list[str]]
    # Who said so
    promisedBy: NotRequired[str | None]
    note: NotRequired[str | None]
    parts: int
    # When the first part is due
    firstOn: str
    every: NotRequired[Literal["week", "month"]]


class GetAccountsByReferenceNextInvoiceAnswer(TypedDict):
    account: str
    until: str
    usageAsOf: str
    documents: list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItem]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItem(TypedDict):
    billingDay: str
    # What it bills, of the several documents that a day may have
    purpose: str
    kind: Literal["invoice", "credit_note", "debit_note"]
    corrects: NotRequired[list[str]]
    reason: NotRequired[str]
    # It is no document yet, or none that is owed
    mark: NotRequired[Literal["draft", "pro_forma"]]
    number: str
    issuedOn: str
    dueOn: str
    termsDays: int
    currency: str
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    account: str
    # It asks for money for supplies to come
    isAdvance: NotRequired[bool]
    # Numbers of advance invoices that come off it
    deducts: NotRequired[list[str]]
    # Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of
    part: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPart]
    # What it bills for other accounts: their lines bear the key of the account
    annexes: NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemAnnexesItem]]
    seller: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSeller
    buyer: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyer
    # Accounts of the issuer in the currency of the document, and codes that banking applications read
    payTo: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPayTo]
    # What its page looks like: a version of a brand, which never changes
    brand: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBrand]
    # Of its brand, for this account
    messages: NotRequired[list[str]]
    paymentLink: NotRequired[str]
    # Of the documents before, the newest first, where its brand shows them
    earlierUsage: NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemEarlierUsageItem]]
    period: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPeriod
    lines: list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItem]
    usage: list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemUsageItem]
    # What units, meters and the like are called on its page, where plans have translations
    names: NotRequired[dict[str, str]]
    # Units that cover usage, which no line charges then: of allowances what was used of what was given
    included: NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemIncludedItem]]
    # Amounts of lines have the tax in them
    pricesIncludeTax: NotRequired[bool]
    # By tax and rate; absent where the issuer says nothing of tax
    taxes: NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemTaxesItem]]
    # What the document must say of its tax
    notices: NotRequired[list[str]]
    totals: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemTotals
    # What is to be filled in before its tax can be decided
    held: NotRequired[list[str]]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPart(TypedDict):
    """Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of"""

    by: str
    value: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemAnnexesItem(TypedDict):
    account: str
    name: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSeller(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerPostalAddress]
    electronicAddress: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerElectronicAddress]
    bankDetails: str | None
    legalForm: NotRequired[str]
    registrations: NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerRegistrationsItem]]
    contact: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerContact]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerPostalAddress(TypedDict):
    country: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerElectronicAddress(TypedDict):
    scheme: str
    id: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerRegistrationsItem(TypedDict):
    country: str
    kind: str
    number: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemSellerContact(TypedDict):
    name: str
    telephone: str
    email: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyer(TypedDict):
    name: str
    address: str | None
    taxId: str | None
    postalAddress: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerPostalAddress]
    electronicAddress: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerElectronicAddress]
    kind: NotRequired[str]
    taxIds: NotRequired[list[str]]
    purchaseOrder: NotRequired[str]
    # By which specification it wants its e-invoices
    einvoice: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerEinvoice]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerPostalAddress(TypedDict):
    country: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerElectronicAddress(TypedDict):
    scheme: str
    id: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBuyerEinvoice(TypedDict):
    """By which specification it wants its e-invoices"""

    specification: Literal["en16931", "xrechnung", "peppol"]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPayTo(TypedDict):
    """Accounts of the issuer in the currency of the document, and codes that banking applications read"""

    accounts: list[dict[str, Any]]
    codes: list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPayToCodesItem]
    # The Swiss code stands on a payment slip at the foot of the last page
    slip: NotRequired[bool]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPayToCodesItem(TypedDict):
    scheme: Literal["swiss_qr_bill", "epc", "nbu", "upi"]
    # What stands in the code
    text: str
    # How many errors of reading it corrects
    correction: Literal["L", "M"]
    mark: NotRequired[Literal["swiss_cross"]]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemBrand(TypedDict):
    """What its page looks like: a version of a brand, which never changes"""

    key: str
    version: int
    digest: str


GetAccountsByReferenceNextInvoiceAnswerDocumentsItemEarlierUsageItem = TypedDict("GetAccountsByReferenceNextInvoiceAnswerDocumentsItemEarlierUsageItem", {
    "from": "str",
    "usage": "list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemEarlierUsageItemUsageItem]",
})


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemEarlierUsageItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str


GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPeriod = TypedDict("GetAccountsByReferenceNextInvoiceAnswerDocumentsItemPeriod", {
    "from": "str",
    "until": "str",
})


GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItem = TypedDict("GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItem", {
    "id": "str",
    "tax": "NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItem]]",
    "position": "int",
    "corrected": "NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrected]",
    "kind": "str",
    "lowers": "NotRequired[int | None]",
    "discount": "NotRequired[str]",
    "description": "str",
    "subscription": "str",
    "account": "NotRequired[str]",
    "group": "NotRequired[str]",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "quantity": "str",
    "unit": "str",
    "unitAmount": "str | None",
    "per": "str | None",
    "share": "NotRequired[str]",
    "discountPercent": "NotRequired[str]",
    "base": "NotRequired[str]",
    "billedBefore": "NotRequired[str]",
    "exactAmount": "str",
    "amount": "str",
    "parts": "NotRequired[list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemPartsItem] | None]",
})


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItem(TypedDict):
    rule: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    why: str
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    taxes: list[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItemTaxesItem]
    # Both are part of it
    days: NotRequired[GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItemDays]
    # It takes back what a document before billed, with the tax of that
    isCredit: NotRequired[bool]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str


GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItemDays = TypedDict("GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemTaxItemDays", {
    "from": "str",
    "until": "str",
})


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrected(TypedDict):
    """Of a correction, where its issuer wants it: what was billed, and what it should be"""

    was: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrectedWas
    shouldBe: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrectedShouldBe


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrectedWas(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemCorrectedShouldBe(TypedDict):
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemLinesItemPartsItem(TypedDict):
    label: str
    # Of a rate that shares the line with others: the id that explains it
    line: NotRequired[str]
    quantity: str | None
    unitAmount: str | None
    per: str | None
    # Besides the units, once
    flatAmount: NotRequired[str]
    # Of a period: 17/31
    share: NotRequired[str]
    discountPercent: NotRequired[str]
    # A decimal, or a fraction such as 910/3 where no decimal is exact
    amount: str
    # Of such a rate: the price of all that was used, where some was billed before
    whole: NotRequired[str]


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemUsageItem(TypedDict):
    meter: str
    unit: str
    quantity: str
    records: int


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemIncludedItem(TypedDict):
    kind: Literal["allowance", "prepaid", "bonus"]
    # Of an allowance
    name: str | None
    subscription: str | None
    unit: str
    # Null where units are of no period
    period: GetAccountsByReferenceNextInvoiceAnswerDocumentsItemIncludedItemPeriod | None
    # Of an allowance; null of others
    given: str | None
    used: str | None
    # Of units that were sold or given as a bonus, when the document was made
    left: str | None


GetAccountsByReferenceNextInvoiceAnswerDocumentsItemIncludedItemPeriod = TypedDict("GetAccountsByReferenceNextInvoiceAnswerDocumentsItemIncludedItemPeriod", {
    "from": "str",
    "until": "str",
})


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemTaxesItem(TypedDict):
    kind: str
    name: str
    percent: str | None
    perUnit: str | None
    # A decimal of the currency
    amount: str
    # Of EN 16931 (UNCL 5305)
    category: Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]
    place: str
    # What it is on
    base: str
    # What the document must say of it
    notice: str | None
    # Its code in the list VATEX
    vatex: str | None


class GetAccountsByReferenceNextInvoiceAnswerDocumentsItemTotals(TypedDict):
    # A decimal of the currency
    discounts: NotRequired[str]
    # A decimal of the currency
    net: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    total: str
    # What the buyer keeps back of the total for its tax office
    withheld: NotRequired[str]
    # A decimal of the currency
    toPay: NotRequired[str]


class PostAccountsByReferencePaymentLinksAnswer(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # What it asks for; a `top_up` is of any amount
    purpose: Literal["document", "open_items", "top_up"]
    invoiceId: str | None
    # Of the document
    number: str | None
    # `issued`: it stands on the document
    origin: Literal["request", "issued"]
    state: Literal["open", "expired", "revoked"]
    createdAt: str
    expiresAt: str
    revokedAt: str | None
    revokeReason: str | None
    # Where the payer pays: it is shown this once
    url: str


PostAccountsByReferencePaymentLinksBody = TypedDict("PostAccountsByReferencePaymentLinksBody", {
    "for": "Literal[\"open_items\", \"top_up\"]",
    "openDays": "NotRequired[int]",
})


class GetAccountsByReferencePaymentReferenceAnswer(TypedDict):
    account: str
    # Of ISO 11649, RF…
    creditorReference: str | None
    # Of Swiss QR bills
    qrReference: str | None


class PostAccountsByReferencePromisesBody(TypedDict):
    # The caller's own identifier
    key: str
    # Documents by id or number; all that is open of the account when absent
    invoices: NotRequired[list[str]]
    # Who said so
    promisedBy: NotRequired[str | None]
    note: NotRequired[str | None]
    # The last day on which it is kept
    until: str
    # All that is open when absent
    amount: NotRequired[str]


class GetAccountsByReferenceServiceStatesAnswer(TypedDict):
    items: list[ServiceState]
    # `cursor` of the next page; null where there is none
    nextCursor: str | None


class GetAdjustmentsAnswer(TypedDict):
    items: list[Adjustment]
    nextCursor: str | None
    previousCursor: str | None


class PostAdjustmentsBody(TypedDict):
    key: str
    # An id or a key
    account: str
    direction: Literal["credit", "debit"]
    amount: str
    unit: NotRequired[str | None]
    source: NotRequired[Literal["paid", "bonus"]]
    reason: str
    # The lowest goes first
    priority: NotRequired[int]
    expiresAt: NotRequired[str | None]
    # Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time
    graceHours: NotRequired[int]
    # What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id
    scope: NotRequired[PostAdjustmentsBodyScope | None]
    # Accounts that this account sponsors may use it
    shared: NotRequired[bool]


class PostAdjustmentsBodyScope(TypedDict):
    meters: NotRequired[list[str]]
    prices: NotRequired[list[str]]
    cells: NotRequired[list[str]]
    subscriptions: NotRequired[list[str]]


class GetApprovalRequestsAnswer(TypedDict):
    items: list[ApprovalRequest]
    nextCursor: str | None
    previousCursor: str | None


class PostAttachmentsByIdDeletionBody(TypedDict):
    reason: str


class GetAuditLogAnswer(TypedDict):
    items: list[AuditEntry]
    nextCursor: str | None
    previousCursor: str | None


PostBalanceTransfersAnswer = TypedDict("PostBalanceTransfersAnswer", {
    "key": "str",
    "from": "str",
    "to": "str",
    "amount": "str",
    "currency": "str",
    "createdAt": "str",
})


PostBalanceTransfersBody = TypedDict("PostBalanceTransfersBody", {
    "key": "str",
    "from": "str",
    "to": "str",
    "amount": "str",
})


class GetBankAccountsAnswer(TypedDict):
    items: list[BankAccount]


class PostBankAccountsBody(TypedDict):
    # The caller's own identifier
    key: str
    # An id or a key
    issuer: str
    # The key unless set
    name: NotRequired[str]
    iban: NotRequired[str]
    # Where the bank writes another number than the IBAN: as its files have it
    number: NotRequired[str]
    bic: NotRequired[str]
    currency: str
    csvMapping: NotRequired[BankCsvMappingInput]


class GetBankLinesAnswer(TypedDict):
    items: list[BankLine]
    nextCursor: str | None
    previousCursor: str | None


class PostBankLinesByIdAcceptanceBody(TypedDict):
    # An id or a key
    account: NotRequired[str]


class PostBankLinesByIdMatchesBody1(TypedDict):
    kind: Literal["payment"]
    # An id or a key
    account: str
    # Ids or numbers, in the order in which they are settled; the oldest first when empty
    invoices: NotRequired[list[str]]
    # All that is open of the line unless set: the rest may be for others
    amount: NotRequired[str]


class PostBankLinesByIdMatchesBody2(TypedDict):
    kind: Literal["fee"]


class PostBankLinesByIdMatchesBody3(TypedDict):
    kind: Literal["outside"]
    reason: str


class PostBankLinesByIdMatchesBody4(TypedDict):
    kind: Literal["refund"]
    refund: str


class PostBankLinesByIdMatchesBody5(TypedDict):
    kind: Literal["return"]
    # An id or a key
    payment: str


class PostBankLinesByIdMatchesBody6(TypedDict):
    kind: Literal["recorded"]
    # An id or a key
    payment: str


class PostBankLinesByIdMatchesBody7(TypedDict):
    kind: Literal["payout"]
    payout: str


class PostBankLinesByIdMatchesBody8(TypedDict):
    kind: Literal["cash"]
    # Cash of a desk that went to the bank
    movement: str


class PostBankLinesByIdMatchesBody9(TypedDict):
    kind: Literal["offset"]
    line: str


class PostBankLinesByIdStateBody(TypedDict):
    state: Literal["set_aside", "to_return", "waiting"]
    note: NotRequired[str | None]


class PostBankLinesByIdUndoAnswer(TypedDict):
    id: str
    bankAccount: str
    state: Literal["new", "waiting", "set_aside", "to_return", "done"]
    bookedOn: str
    valueOn: str | None
    currency: str
    # A decimal of the currency; money out is below zero
    amount: str
    # What has no purpose yet
    open: str
    # A decimal of the currency; money out is below zero
    charges: str
    isReversal: bool
    returnReason: str | None
    code: str | None
    counterparty: PostBankLinesByIdUndoAnswerCounterparty
    remittance: str
    creditorReference: str | None
    endToEndId: str | None
    mandateId: str | None
    bankReference: str | None
    # A final statement has it
    isFinal: bool
    # Whose money it is, once it is known
    account: str | None
    note: str | None
    matches: list[PostBankLinesByIdUndoAnswerMatchesItem]
    proposals: list[PostBankLinesByIdUndoAnswerProposalsItem]
    createdAt: str
    approvalRequest: NotRequired[ApprovalRequest]


class PostBankLinesByIdUndoAnswerCounterparty(TypedDict):
    name: str | None
    iban: str | None
    account: str | None
    bic: str | None


class PostBankLinesByIdUndoAnswerMatchesItem(TypedDict):
    id: str
    kind: Literal["payment", "recorded", "payout", "cash", "return", "refund", "fee", "outside", "offset"]
    # A decimal of the currency; money out is below zero
    amount: str
    paymentId: str | None
    refundId: str | None
    payoutId: str | None
    cashMovementId: str | None
    otherLineId: str | None
    # In thousandths; null where somebody decided
    score: int | None
    reasons: list[str]
    # `rule`, or who decided
    madeBy: str
    createdAt: str


class PostBankLinesByIdUndoAnswerProposalsItem(TypedDict):
    account: str
    score: int
    reasons: list[str]
    invoices: list[PostBankLinesByIdUndoAnswerProposalsItemInvoicesItem]


class PostBankLinesByIdUndoAnswerProposalsItemInvoicesItem(TypedDict):
    id: str
    number: str
    # A decimal of the currency; money out is below zero
    amount: str


class PostBankLinesByIdUndoBody(TypedDict):
    reason: str


class GetBankStatementsAnswer(TypedDict):
    items: list[BankStatement]
    nextCursor: str | None
    previousCursor: str | None


class PostBillRunsBody(TypedDict):
    until: str


class GetBlocksAnswer(TypedDict):
    items: list[ServiceBlock]
    nextCursor: str | None
    previousCursor: str | None


PostBlocksBody = TypedDict("PostBlocksBody", {
    "key": "str",
    "service": "NotRequired[str]",
    "account": "NotRequired[str]",
    "reason": "Literal[\"dunning_soft\", \"dunning_hard\", \"customer\", \"fraud\", \"admin\"]",
    "scope": "NotRequired[Literal[\"outgoing\", \"incoming\", \"data\", \"all\"]]",
    "kbps": "NotRequired[int | None]",
    "note": "NotRequired[str | None]",
    "from": "NotRequired[str]",
    "until": "NotRequired[str | None]",
})


class PostBlocksByIdLiftBody(TypedDict):
    # Why, for people
    note: NotRequired[str | None]


class GetBonusRulesAnswer(TypedDict):
    items: list[BonusRule]


class DeleteBonusRulesByCodeAnswer(TypedDict):
    code: str


class PutBonusRulesByCodeBody(TypedDict):
    currency: str
    kind: Literal["percent", "fixed"]
    value: str
    firstOnly: NotRequired[bool]
    fromAmount: NotRequired[str | None]
    validFrom: NotRequired[str | None]
    validUntil: NotRequired[str | None]
    validDays: NotRequired[int | None]
    priority: NotRequired[int]


class GetBooksAnswer(TypedDict):
    items: list[Books]


class PostBooksBody(TypedDict):
    # An id or a key
    issuer: str
    # Of the books; documents may be in others
    currency: str
    # Of the days of its periods
    zone: NotRequired[str]
    # The first day of the first period
    opensOn: str
    policies: NotRequired[BooksPoliciesInput]
    # `plain`: a chart of four digits with a rule for every account
    chart: NotRequired[Literal["plain", "none"]]


class GetBooksByIssuerAgeingAnswer(TypedDict):
    asOf: str
    items: list[GetBooksByIssuerAgeingAnswerItemsItem]
    totals: list[GetBooksByIssuerAgeingAnswerTotalsItem]


GetBooksByIssuerAgeingAnswerItemsItem = TypedDict("GetBooksByIssuerAgeingAnswerItemsItem", {
    "account": "str",
    "customerName": "str",
    "currency": "str",
    "not_due": "str",
    "0-30": "str",
    "31-60": "str",
    "61-90": "str",
    "90+": "str",
    "total": "str",
    "disputed": "str",
})


GetBooksByIssuerAgeingAnswerTotalsItem = TypedDict("GetBooksByIssuerAgeingAnswerTotalsItem", {
    "currency": "str",
    "not_due": "str",
    "0-30": "str",
    "31-60": "str",
    "61-90": "str",
    "90+": "str",
    "total": "str",
    "disputed": "str",
})


class GetBooksByIssuerChartAnswer(TypedDict):
    accounts: list[GlAccount]
    rules: list[GlRule]
    # Accounts of Kvit for which no rule holds whatever they are kept by
    unmapped: list[str]


class PostBooksByIssuerChartAnswer(TypedDict):
    accounts: list[GlAccount]
    rules: list[GlRule]
    # Accounts of Kvit for which no rule holds whatever they are kept by
    unmapped: list[str]


class PostBooksByIssuerChartBody(TypedDict):
    accounts: NotRequired[list[GlAccountInput]]
    rules: NotRequired[list[GlRuleInput]]


class GetBooksByIssuerDeferredRevenueAnswer(TypedDict):
    asOf: str
    items: list[GetBooksByIssuerDeferredRevenueAnswerItemsItem]
    totals: list[GetBooksByIssuerDeferredRevenueAnswerTotalsItem]


class GetBooksByIssuerDeferredRevenueAnswerItemsItem(TypedDict):
    currency: str
    # Null for usage that no document bills yet
    billedIn: str | None
    # A decimal of the currency
    billed: str
    recognised: dict[str, str]
    # A decimal of the currency
    deferred: str
    # A decimal of the currency
    unbilled: str
    # When what is deferred will be recognised; `when_used` where it follows from use
    future: dict[str, str]


class GetBooksByIssuerDeferredRevenueAnswerTotalsItem(TypedDict):
    currency: str
    # A decimal of the currency
    deferred: str
    # A decimal of the currency
    unbilled: str


GetBooksByIssuerJournalAnswer = TypedDict("GetBooksByIssuerJournalAnswer", {
    "from": "str",
    "until": "str",
    "currency": "str",
    "debit": "str",
    "credit": "str",
    "items": "list[GetBooksByIssuerJournalAnswerItemsItem]",
})


class GetBooksByIssuerJournalAnswerItemsItem(TypedDict):
    entryId: str
    day: str
    template: str
    code: str | None
    ledgerAccount: str
    # The day that it is about, where its period was closed already
    belongsOn: str | None
    accountId: str | None
    documentId: str | None
    postingId: str | None
    # What it recognises: the line of a document (`line:` and its id), usage, or a pack of units
    subject: str | None
    currency: str
    # A decimal of the currency
    amount: str
    # A decimal of the currency
    booksAmount: str
    rate: str | None
    reference: str
    account: str
    customer: str


class GetBooksByIssuerLinesAnswer(TypedDict):
    asOf: str
    currency: str
    # A decimal of the currency
    opening: str
    # A decimal of the currency
    closing: str
    items: list[BookLine]
    # There are more than 10000 lines: ask for fewer days
    isCut: bool


class GetBooksByIssuerOpenItemsAnswer(TypedDict):
    asOf: str
    items: list[GetBooksByIssuerOpenItemsAnswerItemsItem]
    totals: list[GetBooksByIssuerOpenItemsAnswerTotalsItem]
    # Money that is there and has settled nothing yet
    prepaid: list[GetBooksByIssuerOpenItemsAnswerPrepaidItem]


class GetBooksByIssuerOpenItemsAnswerItemsItem(TypedDict):
    account: str
    customerName: str
    documentId: str
    number: str
    kind: str
    currency: str
    issuedOn: str
    dueOn: str
    # A decimal of the currency
    total: str
    # Below zero for a credit
    open: str
    # What of that the customer disputed on the day
    disputed: str
    age: Literal["not_due", "0-30", "31-60", "61-90", "90+"]


class GetBooksByIssuerOpenItemsAnswerTotalsItem(TypedDict):
    currency: str
    # A decimal of the currency
    open: str


class GetBooksByIssuerOpenItemsAnswerPrepaidItem(TypedDict):
    currency: str
    # A decimal of the currency
    amount: str


class GetBooksByIssuerOssAnswer(TypedDict):
    items: list[GetBooksByIssuerOssAnswerItemsItem]


class GetBooksByIssuerOssAnswerItemsItem(TypedDict):
    quarter: str
    memberState: str
    rate: str
    # A decimal of the currency
    base: str
    # A decimal of the currency
    tax: str


class GetBooksByIssuerPeriodsAnswer(TypedDict):
    items: list[AccountingPeriod]


class PostBooksByIssuerPeriodsByFromCloseAnswer(TypedDict):
    items: list[AccountingPeriod]


class GetBooksByIssuerPeriodsByFromRecognisedAnswer(TypedDict):
    items: list[GetBooksByIssuerPeriodsByFromRecognisedAnswerItemsItem]
    nextCursor: str | None


class GetBooksByIssuerPeriodsByFromRecognisedAnswerItemsItem(TypedDict):
    id: str
    # `line:` and the id of a line, `usage:` and a counter, or `pack:` and the id of a sale
    subject: str
    documentId: str | None
    accountId: str
    ledgerAccount: str
    currency: str
    billedOn: str | None
    # A decimal of the currency
    net: str
    # A decimal of the currency
    recognised: str
    # Of that, what belongs to days of periods that were closed before
    late: str
    # In all, at the end
    earned: str
    # A decimal of the currency
    deferred: str
    # A decimal of the currency
    unbilled: str


class GetBooksByIssuerPeriodsByFromRecognisedAnswerItem(TypedDict):
    id: str
    # `line:` and the id of a line, `usage:` and a counter, or `pack:` and the id of a sale
    subject: str
    documentId: str | None
    accountId: str
    ledgerAccount: str
    currency: str
    billedOn: str | None
    # A decimal of the currency
    net: str
    # A decimal of the currency
    recognised: str
    # Of that, what belongs to days of periods that were closed before
    late: str
    # In all, at the end
    earned: str
    # A decimal of the currency
    deferred: str
    # A decimal of the currency
    unbilled: str


class PostBooksByIssuerPeriodsByFromReopenAnswer(TypedDict):
    items: list[AccountingPeriod]


class PostBooksByIssuerPeriodsByFromReopenBody(TypedDict):
    reason: str


GetBooksByIssuerTaxesAnswer = TypedDict("GetBooksByIssuerTaxesAnswer", {
    "from": "str",
    "until": "str",
    "items": "list[GetBooksByIssuerTaxesAnswerItemsItem]",
    "totals": "list[GetBooksByIssuerTaxesAnswerTotalsItem]",
})


class GetBooksByIssuerTaxesAnswerItemsItem(TypedDict):
    kind: str
    place: str
    # Of EN 16931
    category: str
    rule: str
    percent: str | None
    perUnit: str | None
    currency: str
    documents: int
    # A decimal of the currency
    base: str
    # A decimal of the currency
    tax: str


class GetBooksByIssuerTaxesAnswerTotalsItem(TypedDict):
    currency: str
    # A decimal of the currency
    tax: str
    # A decimal of the currency
    ledger: str
    # A decimal of the currency
    difference: str


class GetBooksByIssuerTrialBalanceAnswer(TypedDict):
    issuer: str
    asOf: str
    currency: str
    items: list[GetBooksByIssuerTrialBalanceAnswerItemsItem]
    totals: GetBooksByIssuerTrialBalanceAnswerTotals
    unmapped: list[str]
    # What could not be computed
    notes: list[str]


class GetBooksByIssuerTrialBalanceAnswerItemsItem(TypedDict):
    # Null where no rule says one
    code: str | None
    name: str | None
    # A decimal of the currency
    debit: str
    # A decimal of the currency
    credit: str
    # A debit where positive
    balance: str
    ledgerAccounts: list[GetBooksByIssuerTrialBalanceAnswerItemsItemLedgerAccountsItem]


class GetBooksByIssuerTrialBalanceAnswerItemsItemLedgerAccountsItem(TypedDict):
    ledgerAccount: str
    currency: str
    # A decimal of the currency
    debit: str
    # A decimal of the currency
    credit: str
    # A debit where positive
    balance: str


class GetBooksByIssuerTrialBalanceAnswerTotals(TypedDict):
    # A decimal of the currency
    debit: str
    # A decimal of the currency
    credit: str
    # A decimal of the currency
    difference: str


class PostBrandPreviewsBody(TypedDict):
    content: BrandContentInput
    kind: NotRequired[Literal["invoice", "credit_note", "debit_note"]]
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]


class GetBrandsAnswer(TypedDict):
    items: list[Brand]


class GetCallTasksAnswer(TypedDict):
    items: list[CallTask]
    nextCursor: str | None
    previousCursor: str | None


class PostCallTasksByIdOutcomeBody(TypedDict):
    outcome: Literal["promised", "refused", "disputes", "not_reached", "wrong_number", "other"]
    note: NotRequired[str | None]


class PostCallbacksByTenantMailBouncesAnswer(TypedDict):
    # How many messages this was about: none that is not known
    messages: int


class PostCallbacksByTenantMailBouncesBody(TypedDict):
    # Mail came back, or whoever got it calls it unwanted
    type: Literal["bounce", "complaint"]
    # The `Message-ID` of the mail, with or without its brackets
    messageId: str
    # Of a bounce: false where it may come later
    isPermanent: NotRequired[bool]
    # What the other server said
    said: NotRequired[str]


class PostCallbacksByTenantNotificationChannelsByChannelAnswer(TypedDict):
    # How many messages this was about: none that is not known, or still on the way
    messages: int


class PostCallbacksByTenantPaymentGatewaysByGatewayAnswer(TypedDict):
    # How many payments the gateway is asked about
    asked: int


class PostCallbacksByTenantPaymentNoticesAnswer(TypedDict):
    # Of the payment
    id: str
    key: str


class PostCallbacksByTenantPaymentNoticesBody(TypedDict):
    type: Literal["payment.received"]
    # When it was sent
    timestamp: NotRequired[str]
    data: PostCallbacksByTenantPaymentNoticesBodyData


class PostCallbacksByTenantPaymentNoticesBodyData(TypedDict):
    # The sender’s own id of the payment: it is recorded once
    key: str
    account: str
    currency: str
    amount: str
    # The day of the message when absent
    receivedOn: NotRequired[str]
    # What the payer wrote
    reference: NotRequired[str | None]


class PostCallbacksByTenantPeppolAnswer(TypedDict):
    # How many documents the access point is asked about
    asked: int


class GetCashDesksAnswer(TypedDict):
    items: list[CashDesk]


class PutCashDesksByKeyBody(TypedDict):
    name: str
    # An id or a key
    issuer: str
    currency: str
    zone: str
    # What cash is rounded to, such as 0.05; as its currency has coins unless set
    cashStep: NotRequired[str]
    # No shift begins at a closed one
    isOpen: NotRequired[bool]


class PostCashDesksByKeyMovementsBody(TypedDict):
    key: str
    # `in` and `out` are between drawer and safe, `added` and `spent` of the drawer, `safe_in` and `safe_out` of the safe, from and to other books
    kind: Literal["in", "out", "added", "spent", "safe_in", "safe_out", "to_bank", "from_bank"]
    amount: str
    reason: str


class PostCashDesksByKeyReceiptsBody(TypedDict):
    key: str
    # An id or a key
    account: str
    # What is open of the document unless set
    amount: NotRequired[str]
    # The document that it is for first, by id or number; otherwise what is due first
    invoice: NotRequired[str]
    # What the payer gives: the answer has the change
    tendered: NotRequired[str]
    note: NotRequired[str]


class PostCashDesksByKeyShiftBody(TypedDict):
    float: NotRequired[str]


class PostCashDesksByKeyShiftCloseBody(TypedDict):
    counted: str
    # Coins and notes as they were counted; they come to what was counted
    denominations: NotRequired[list[PostCashDesksByKeyShiftCloseBodyDenominationsItem] | None]


class PostCashDesksByKeyShiftCloseBodyDenominationsItem(TypedDict):
    value: str
    count: int


class GetCashMovementsAnswer(TypedDict):
    items: list[CashMovement]
    nextCursor: str | None
    previousCursor: str | None


class GetCashReceiptsAnswer(TypedDict):
    items: list[CashReceipt]
    nextCursor: str | None
    previousCursor: str | None


class PostCashReceiptsByReferenceCancelAnswer(TypedDict):
    receipt: CashReceipt | None
    approvalRequest: ApprovalRequest | None


class PostCashReceiptsByReferenceCancelBody(TypedDict):
    reason: str


class GetCashShiftsAnswer(TypedDict):
    items: list[CashShift]
    nextCursor: str | None
    previousCursor: str | None


class PostCatalogAnswer(TypedDict):
    changes: list[PostCatalogAnswerChangesItem]
    # False for a dry run
    published: bool


class PostCatalogAnswerChangesItem(TypedDict):
    kind: Literal["meter", "schedule", "plan"]
    code: str
    # `metadata`: that of the version that is there
    change: Literal["new", "new_version", "metadata", "unchanged"]
    version: NotRequired[int]
    # From the version before, a line each
    differences: list[str]


class PostCatalogBody(TypedDict):
    files: list[PostCatalogBodyFilesItem]
    dryRun: NotRequired[bool]
    # When new subscriptions begin to get these versions; until then they get the ones before
    availableFrom: NotRequired[str]


class PostCatalogBodyFilesItem(TypedDict):
    name: str
    text: str


class PostChargingAdviceAnswer(TypedDict):
    result: Literal["advice", "refused"]
    # A stable code
    reason: NotRequired[str]
    detail: NotRequired[str]
    # A decimal of the currency, exact
    cost: NotRequired[str]
    currency: NotRequired[str]
    isCovered: NotRequired[bool]
    # By property: the most that could be used at the rate of that time; null where nothing limits it
    most: NotRequired[dict[str, str | None]]
    rateHoldsUntil: NotRequired[str]


class PostChargingAdviceBody(TypedDict):
    op: NotRequired[Literal["event"]]
    # Who reports: a switch, a gateway, an app
    source: str
    # What usage points at: a number, a login, an API key
    service: str
    time: str
    # (source, id) makes a repetition harmless
    id: str
    type: str
    end: NotRequired[str]
    # Quantities by the property that a meter reads, and what prices choose by; write decimals as texts
    data: dict[str, Union[str, float, bool]]


class PostChargingBatchAnswer(TypedDict):
    answers: list[ChargingAnswer]


class GetChargingSettingsAnswer(TypedDict):
    # Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too
    approvalLimits: dict[str, str]
    # The same for adjustments of units, by unit; without an entry all of them need it
    unitApprovalLimits: dict[str, str]
    # Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    reversalLimits: NotRequired[dict[str, str]]
    # Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    documentLimits: NotRequired[GetChargingSettingsAnswerDocumentLimits]
    promise: NotRequired[GetChargingSettingsAnswerPromise]


class GetChargingSettingsAnswerDocumentLimits(TypedDict):
    """Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too"""

    # Credit notes on request, and disputes that are accepted
    credit_note: NotRequired[dict[str, str]]
    # Voids of whole documents; those of credit notes where it is absent
    void: NotRequired[dict[str, str]]
    # What of a credit note is to be paid back
    refund: NotRequired[dict[str, str]]
    # Debit notes on request
    debit_note: NotRequired[dict[str, str]]
    write_off: NotRequired[dict[str, str]]


class GetChargingSettingsAnswerPromise(TypedDict):
    # Most that is lent
    limits: dict[str, str]
    fees: dict[str, str]
    days: int


class PutChargingSettingsAnswer(TypedDict):
    # Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too
    approvalLimits: dict[str, str]
    # The same for adjustments of units, by unit; without an entry all of them need it
    unitApprovalLimits: dict[str, str]
    # Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    reversalLimits: NotRequired[dict[str, str]]
    # Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    documentLimits: NotRequired[PutChargingSettingsAnswerDocumentLimits]
    promise: NotRequired[PutChargingSettingsAnswerPromise]


class PutChargingSettingsAnswerDocumentLimits(TypedDict):
    """Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too"""

    # Credit notes on request, and disputes that are accepted
    credit_note: NotRequired[dict[str, str]]
    # Voids of whole documents; those of credit notes where it is absent
    void: NotRequired[dict[str, str]]
    # What of a credit note is to be paid back
    refund: NotRequired[dict[str, str]]
    # Debit notes on request
    debit_note: NotRequired[dict[str, str]]
    write_off: NotRequired[dict[str, str]]


class PutChargingSettingsAnswerPromise(TypedDict):
    # Most that is lent
    limits: dict[str, str]
    fees: dict[str, str]
    days: int


class PutChargingSettingsBody(TypedDict):
    # Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too
    approvalLimits: NotRequired[dict[str, str]]
    # The same for adjustments of units, by unit; without an entry all of them need it
    unitApprovalLimits: NotRequired[dict[str, str]]
    # Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    reversalLimits: NotRequired[dict[str, str]]
    # Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too
    documentLimits: NotRequired[PutChargingSettingsBodyDocumentLimits]
    promise: NotRequired[PutChargingSettingsBodyPromise]


class PutChargingSettingsBodyDocumentLimits(TypedDict):
    """Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too"""

    # Credit notes on request, and disputes that are accepted
    credit_note: NotRequired[dict[str, str]]
    # Voids of whole documents; those of credit notes where it is absent
    void: NotRequired[dict[str, str]]
    # What of a credit note is to be paid back
    refund: NotRequired[dict[str, str]]
    # Debit notes on request
    debit_note: NotRequired[dict[str, str]]
    write_off: NotRequired[dict[str, str]]


class PutChargingSettingsBodyPromise(TypedDict):
    # Most that is lent
    limits: dict[str, str]
    fees: NotRequired[dict[str, str]]
    days: int


class GetCheckProgressAnswer(TypedDict):
    isRunning: bool
    # `done` of `total` of what the words name; null while it waits for its turn
    progress: GetCheckProgressAnswerProgress | None


class GetCheckProgressAnswerProgress(TypedDict):
    words: str
    done: int
    total: int


class PutClockBody(TypedDict):
    # Not before what it is
    now: str


class PostCloudeventsAnswer(TypedDict):
    received: int
    charged: int
    suspended: int
    duplicates: int
    firstSuspended: list[PostCloudeventsAnswerFirstSuspendedItem]
    # Of the duplicates, those that are not charged: they wait in suspense, under this id and for this reason
    firstWaiting: list[PostCloudeventsAnswerFirstWaitingItem]


class PostCloudeventsAnswerFirstSuspendedItem(TypedDict):
    index: int
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    detail: str


class PostCloudeventsAnswerFirstWaitingItem(TypedDict):
    index: int
    id: str
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    detail: str


class DeleteContactsByIdAnswer(TypedDict):
    id: str


class PatchContactsByIdBody(TypedDict):
    name: NotRequired[str]
    # Null is told nothing by e-mail
    email: NotRequired[str | None]
    # For SMS and voice
    phone: NotRequired[str | None]
    # Of channels that have neither: the token of push, an id of a messenger
    addresses: NotRequired[PatchContactsByIdBodyAddresses]
    # Null is that of the customer
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None]
    # Null is that of the account that something is about
    zone: NotRequired[str | None]
    # What the contact is told of: what is to be paid, what works and what does not, the contract
    roles: NotRequired[list[Literal["payer", "technical", "owner"]]]
    # With quietUntil: own quiet hours; null are those of the settings
    quietFrom: NotRequired[str | None]
    quietUntil: NotRequired[str | None]


class PatchContactsByIdBodyAddresses(TypedDict):
    """Of channels that have neither: the token of push, an id of a messenger"""

    push: NotRequired[str]
    messenger: NotRequired[str]


class GetCouponRedemptionsAnswer(TypedDict):
    items: list[GetCouponRedemptionsAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


GetCouponRedemptionsAnswerItemsItem = TypedDict("GetCouponRedemptionsAnswerItemsItem", {
    "id": "str",
    "key": "str",
    "couponId": "str",
    "customerId": "str",
    "accountId": "str | None",
    "subscriptionId": "str | None",
    "createdAt": "str",
    "code": "str",
    "name": "str",
    "currency": "str | None",
    "value": "Union[GetCouponRedemptionsAnswerItemsItemValue1, GetCouponRedemptionsAnswerItemsItemValue2, GetCouponRedemptionsAnswerItemsItemValue3, GetCouponRedemptionsAnswerItemsItemValue4]",
    "duration": "Union[GetCouponRedemptionsAnswerItemsItemDuration1, GetCouponRedemptionsAnswerItemsItemDuration2, GetCouponRedemptionsAnswerItemsItemDuration3]",
    "from": "str",
    "until": "str | None",
    "billsLeft": "int | None",
    "given": "list[GetCouponRedemptionsAnswerItemsItemGivenItem]",
    "left": "str | None",
})


class GetCouponRedemptionsAnswerItemsItemValue1(TypedDict):
    kind: Literal["percent"]
    percent: str


class GetCouponRedemptionsAnswerItemsItemValue2(TypedDict):
    kind: Literal["fixed"]
    amount: str
    carryOver: bool


class GetCouponRedemptionsAnswerItemsItemValue3(TypedDict):
    kind: Literal["spend"]
    steps: list[GetCouponRedemptionsAnswerItemsItemValue3StepsItem]


GetCouponRedemptionsAnswerItemsItemValue3StepsItem = TypedDict("GetCouponRedemptionsAnswerItemsItemValue3StepsItem", {
    "from": "str",
    "percent": "str",
})


class GetCouponRedemptionsAnswerItemsItemValue4(TypedDict):
    kind: Literal["loyalty"]
    steps: list[GetCouponRedemptionsAnswerItemsItemValue4StepsItem]


class GetCouponRedemptionsAnswerItemsItemValue4StepsItem(TypedDict):
    months: int
    percent: str


class GetCouponRedemptionsAnswerItemsItemDuration1(TypedDict):
    kind: Literal["once"]


class GetCouponRedemptionsAnswerItemsItemDuration2(TypedDict):
    kind: Literal["forever"]


class GetCouponRedemptionsAnswerItemsItemDuration3(TypedDict):
    kind: Literal["bills"]
    count: int


class GetCouponRedemptionsAnswerItemsItemGivenItem(TypedDict):
    currency: str
    # A decimal of the currency
    amount: str


GetCouponRedemptionsAnswerItem = TypedDict("GetCouponRedemptionsAnswerItem", {
    "id": "str",
    "key": "str",
    "couponId": "str",
    "customerId": "str",
    "accountId": "str | None",
    "subscriptionId": "str | None",
    "createdAt": "str",
    "code": "str",
    "name": "str",
    "currency": "str | None",
    "value": "Union[GetCouponRedemptionsAnswerItemValue1, GetCouponRedemptionsAnswerItemValue2, GetCouponRedemptionsAnswerItemValue3, GetCouponRedemptionsAnswerItemValue4]",
    "duration": "Union[GetCouponRedemptionsAnswerItemDuration1, GetCouponRedemptionsAnswerItemDuration2, GetCouponRedemptionsAnswerItemDuration3]",
    "from": "str",
    "until": "str | None",
    "billsLeft": "int | None",
    "given": "list[GetCouponRedemptionsAnswerItemGivenItem]",
    "left": "str | None",
})


class GetCouponRedemptionsAnswerItemValue1(TypedDict):
    kind: Literal["percent"]
    percent: str


class GetCouponRedemptionsAnswerItemValue2(TypedDict):
    kind: Literal["fixed"]
    amount: str
    carryOver: bool


class GetCouponRedemptionsAnswerItemValue3(TypedDict):
    kind: Literal["spend"]
    steps: list[GetCouponRedemptionsAnswerItemValue3StepsItem]


GetCouponRedemptionsAnswerItemValue3StepsItem = TypedDict("GetCouponRedemptionsAnswerItemValue3StepsItem", {
    "from": "str",
    "percent": "str",
})


class GetCouponRedemptionsAnswerItemValue4(TypedDict):
    kind: Literal["loyalty"]
    steps: list[GetCouponRedemptionsAnswerItemValue4StepsItem]


class GetCouponRedemptionsAnswerItemValue4StepsItem(TypedDict):
    months: int
    percent: str


class GetCouponRedemptionsAnswerItemDuration1(TypedDict):
    kind: Literal["once"]


class GetCouponRedemptionsAnswerItemDuration2(TypedDict):
    kind: Literal["forever"]


class GetCouponRedemptionsAnswerItemDuration3(TypedDict):
    kind: Literal["bills"]
    count: int


class GetCouponRedemptionsAnswerItemGivenItem(TypedDict):
    currency: str
    # A decimal of the currency
    amount: str


PostCouponRedemptionsBody = TypedDict("PostCouponRedemptionsBody", {
    "key": "str",
    "code": "str",
    "customer": "NotRequired[str]",
    "account": "NotRequired[str]",
    "subscription": "NotRequired[str]",
    "from": "NotRequired[str]",
})


PostCouponRedemptionsByReferenceRemovalBody = TypedDict("PostCouponRedemptionsByReferenceRemovalBody", {
    "from": "NotRequired[str]",
    "entirely": "NotRequired[bool]",
})


class GetCouponsAnswer(TypedDict):
    items: list[Coupon]
    nextCursor: str | None
    previousCursor: str | None


class PostCouponsBody(TypedDict):
    code: str
    # Shown on documents
    name: str
    # Of its amounts; a coupon without amounts needs none
    currency: NotRequired[str | None]
    value: Union[PostCouponsBodyValue1, PostCouponsBodyValue2, PostCouponsBodyValue3, PostCouponsBodyValue4]
    duration: NotRequired[Union[PostCouponsBodyDuration1, PostCouponsBodyDuration2, PostCouponsBodyDuration3]]
    targets: NotRequired[PostCouponsBodyTargets]
    # A bundle: plans that it needs all of
    requires: NotRequired[list[str]]
    # What its targets on a bill come to, at least
    minimum: NotRequired[str | None]
    # The lowest comes first
    priority: NotRequired[int]
    # Alone on the bills on which it gives something
    exclusive: NotRequired[bool]
    # Of a group only the one that gives most
    bestOf: NotRequired[str | None]
    # In force for every account, without redemption
    automatic: NotRequired[bool]
    # Redeemed with the codes of its batches alone, not with its own
    byBatch: NotRequired[bool]
    maxRedemptions: NotRequired[int | None]
    maxPerCustomer: NotRequired[int | None]
    validFrom: NotRequired[str | None]
    # The first day on which it is not
    validUntil: NotRequired[str | None]


class PostCouponsBodyValue1(TypedDict):
    kind: Literal["percent"]
    percent: str


class PostCouponsBodyValue2(TypedDict):
    kind: Literal["fixed"]
    amount: str
    carryOver: NotRequired[bool]


class PostCouponsBodyValue3(TypedDict):
    kind: Literal["spend"]
    steps: list[PostCouponsBodyValue3StepsItem]


PostCouponsBodyValue3StepsItem = TypedDict("PostCouponsBodyValue3StepsItem", {
    "from": "str",
    "percent": "str",
})


class PostCouponsBodyValue4(TypedDict):
    kind: Literal["loyalty"]
    steps: list[PostCouponsBodyValue4StepsItem]


class PostCouponsBodyValue4StepsItem(TypedDict):
    months: int
    percent: str


class PostCouponsBodyDuration1(TypedDict):
    kind: Literal["once"]


class PostCouponsBodyDuration2(TypedDict):
    kind: Literal["forever"]


class PostCouponsBodyDuration3(TypedDict):
    kind: Literal["bills"]
    count: int


class PostCouponsBodyTargets(TypedDict):
    plans: NotRequired[list[str]]
    prices: NotRequired[list[str]]
    kinds: NotRequired[list[Literal["recurring", "one_off", "usage", "commitment"]]]


class PostCouponsByCodeCodesAnswer(TypedDict):
    # They stand here and nowhere else
    codes: list[str]


class PostCouponsByCodeCodesBody(TypedDict):
    count: int


class PostCustomerImportsAnswer(TypedDict):
    rows: int
    created: dict[str, int]
    # Things whose key existed; they stay as they are
    existing: int
    errors: list[PostCustomerImportsAnswerErrorsItem]


class PostCustomerImportsAnswerErrorsItem(TypedDict):
    row: int
    message: str


class PostCustomerImportsBody(TypedDict):
    csv: str


class GetCustomersAnswer(TypedDict):
    items: list[Customer]
    nextCursor: str | None
    previousCursor: str | None


class PostCustomersBody(TypedDict):
    # The caller's own identifier
    key: str
    name: str
    email: NotRequired[str | None]
    address: NotRequired[str | None]
    taxId: NotRequired[str | None]
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]
    # Which taxes there are depends on it: needed where the issuer is registered for tax
    kind: NotRequired[Literal["business", "consumer", "public_body"] | None]
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: NotRequired[PostCustomersBodyPostalAddress | None]
    # Form and check digits are looked at: FR40303265045
    taxIds: NotRequired[list[str]]
    # That say it is exempt in a country, with their days
    certificates: NotRequired[list[PostCustomersBodyCertificatesItem]]
    # Where a consumer is, beside the address: two pieces that agree are needed abroad
    evidence: NotRequired[list[PostCustomersBodyEvidenceItem]]
    # The reference that the customer wants on its documents
    purchaseOrder: NotRequired[str | None]
    # Where e-invoices go: the code of the list (EAS) and the address in it
    electronicAddress: NotRequired[PostCustomersBodyElectronicAddress | None]
    # Its documents are issued only once they are e-invoices by this; null where it asks for none
    einvoice: NotRequired[PostCustomersBodyEinvoice | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PostCustomersBodyPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


PostCustomersBodyCertificatesItem = TypedDict("PostCustomersBodyCertificatesItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "number": "str",
    "reason": "str",
    "from": "str",
    "until": "NotRequired[str]",
})


class PostCustomersBodyEvidenceItem(TypedDict):
    kind: Literal["ip", "card", "sim", "landline", "other"]
    # ISO 3166-1: DE
    country: str


class PostCustomersBodyElectronicAddress(TypedDict):
    scheme: str
    id: str


class PostCustomersBodyEinvoice(TypedDict):
    specification: Literal["en16931", "xrechnung", "peppol"]
    # Of a public buyer in Germany: 992-90009-96
    leitwegId: NotRequired[str]
    # What else it wants as its reference on e-invoices (BT-10)
    buyerReference: NotRequired[str]


class PatchCustomersByReferenceBody(TypedDict):
    name: NotRequired[str]
    email: NotRequired[str | None]
    address: NotRequired[str | None]
    taxId: NotRequired[str | None]
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]
    kind: NotRequired[Literal["business", "consumer", "public_body"]]
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: NotRequired[PatchCustomersByReferenceBodyPostalAddress | None]
    # Form and check digits are looked at: FR40303265045
    taxIds: NotRequired[list[str]]
    # That say it is exempt in a country, with their days
    certificates: NotRequired[list[PatchCustomersByReferenceBodyCertificatesItem]]
    # Where a consumer is, beside the address: two pieces that agree are needed abroad
    evidence: NotRequired[list[PatchCustomersByReferenceBodyEvidenceItem]]
    # The reference that the customer wants on its documents
    purchaseOrder: NotRequired[str | None]
    # Where e-invoices go: the code of the list (EAS) and the address in it
    electronicAddress: NotRequired[PatchCustomersByReferenceBodyElectronicAddress | None]
    # Its documents are issued only once they are e-invoices by this; null where it asks for none
    einvoice: NotRequired[PatchCustomersByReferenceBodyEinvoice | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: NotRequired[dict[str, str | None]]


class PatchCustomersByReferenceBodyPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


PatchCustomersByReferenceBodyCertificatesItem = TypedDict("PatchCustomersByReferenceBodyCertificatesItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "number": "str",
    "reason": "str",
    "from": "str",
    "until": "NotRequired[str]",
})


class PatchCustomersByReferenceBodyEvidenceItem(TypedDict):
    kind: Literal["ip", "card", "sim", "landline", "other"]
    # ISO 3166-1: DE
    country: str


class PatchCustomersByReferenceBodyElectronicAddress(TypedDict):
    scheme: str
    id: str


class PatchCustomersByReferenceBodyEinvoice(TypedDict):
    specification: Literal["en16931", "xrechnung", "peppol"]
    # Of a public buyer in Germany: 992-90009-96
    leitwegId: NotRequired[str]
    # What else it wants as its reference on e-invoices (BT-10)
    buyerReference: NotRequired[str]


class GetCustomersByReferenceAttachmentsAnswer(TypedDict):
    items: list[Attachment]


class GetCustomersByReferenceContactsAnswer(TypedDict):
    items: list[Contact]


class PostCustomersByReferenceContactsBody(TypedDict):
    # The caller's own identifier
    key: str
    name: str
    # Null is told nothing by e-mail
    email: NotRequired[str | None]
    # For SMS and voice
    phone: NotRequired[str | None]
    # Of channels that have neither: the token of push, an id of a messenger
    addresses: NotRequired[PostCustomersByReferenceContactsBodyAddresses]
    # Null is that of the customer
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"] | None]
    # Null is that of the account that something is about
    zone: NotRequired[str | None]
    # What the contact is told of: what is to be paid, what works and what does not, the contract
    roles: list[Literal["payer", "technical", "owner"]]
    # With quietUntil: own quiet hours; null are those of the settings
    quietFrom: NotRequired[str | None]
    quietUntil: NotRequired[str | None]


class PostCustomersByReferenceContactsBodyAddresses(TypedDict):
    """Of channels that have neither: the token of push, an id of a messenger"""

    push: NotRequired[str]
    messenger: NotRequired[str]


class PutCustomersByReferenceDeliveryPreferenceBody(TypedDict):
    # By what, the first that is possible; empty by none; null as the settings say
    transports: NotRequired[list[Literal["email", "folder", "peppol"]] | None]
    # Null as the settings say
    formats: NotRequired[list[Literal["pdf", "factur_x", "ubl", "cii"]] | None]
    # Where documents go by e-mail; null is `email` of the customer
    email: NotRequired[str | None]


class PostCustomersByReferenceErasureBody(TypedDict):
    # Say what would be erased, and change nothing
    dryRun: NotRequired[bool]


class GetCustomersByReferenceInboxAnswer(TypedDict):
    items: list[InboxEntry]
    nextCursor: str | None
    previousCursor: str | None


class PostCustomersByReferenceNoticePreferencesBody(TypedDict):
    # `*` is all
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news", "*"]
    # `*` is all
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox", "*"]
    # Null takes back what was said
    isWanted: bool | None


class GetCustomersByReferencePersonalDataAnswer(TypedDict):
    items: list[GetCustomersByReferencePersonalDataAnswerItemsItem]
    nextCursor: str | None


class GetCustomersByReferencePersonalDataAnswerItemsItem(TypedDict):
    # What it is, such as `payment`
    kind: str
    # As it is stored; amounts ending in _minor are in minor units
    row: dict[str, Any]


class GetCustomersByReferencePersonalDataAnswerItem(TypedDict):
    # What it is, such as `payment`
    kind: str
    # As it is stored; amounts ending in _minor are in minor units
    row: dict[str, Any]


class PostCustomersByReferenceTaxIdChecksAnswer(TypedDict):
    items: list[TaxIdCheck]


class PostCustomersByReferenceTaxIdChecksBody(TypedDict):
    # One of them; all when absent
    taxId: NotRequired[str]
    # Who asks: VIES gives a number, as proof, to who says that
    issuer: NotRequired[str]


class GetDeliveriesAnswer(TypedDict):
    items: list[Delivery]
    nextCursor: str | None
    previousCursor: str | None


class GetDepositEntriesAnswer(TypedDict):
    items: list[DepositEntry]
    nextCursor: str | None
    previousCursor: str | None


class PostDepositEntriesBody1(TypedDict):
    kind: Literal["taken"]
    key: str
    # An id or a key
    account: str
    reason: str
    amount: str
    method: Literal["bank", "cash"]


class PostDepositEntriesBody2(TypedDict):
    kind: Literal["released"]
    key: str
    # An id or a key
    account: str
    reason: str
    amount: str
    method: Literal["bank", "cash"]


class PostDepositEntriesBody3(TypedDict):
    kind: Literal["applied"]
    key: str
    # An id or a key
    account: str
    reason: str
    # An id or a number
    invoice: str
    # All that is held unless set, at most what is open
    amount: NotRequired[str]


class GetDisputeReasonsAnswer(TypedDict):
    items: list[GetDisputeReasonsAnswerItemsItem]


class GetDisputeReasonsAnswerItemsItem(TypedDict):
    code: str
    meaning: str


class GetDisputesAnswer(TypedDict):
    items: list[Dispute]
    nextCursor: str | None
    previousCursor: str | None


class PostDisputesByReferenceAcceptBody(TypedDict):
    # Of what is disputed; all of it when absent. The rest is owed
    lines: NotRequired[list[PostDisputesByReferenceAcceptBodyLinesItem]]
    # What becomes of what is not open of the document, as with credit notes
    money: NotRequired[Literal["open_invoices", "balance", "refund"]]
    # Printed as the reason
    text: NotRequired[str]


class PostDisputesByReferenceAcceptBodyLinesItem(TypedDict):
    # Its position on the document
    line: int
    # As the document has it; all that is left when absent
    amount: NotRequired[str]
    # Units of it
    quantity: NotRequired[str]


class GetDisputesByReferenceAttachmentsAnswer(TypedDict):
    items: list[Attachment]


class PostDisputesByReferenceRejectBody(TypedDict):
    reason: str


class PostDisputesByReferenceWithdrawBody(TypedDict):
    reason: NotRequired[str]


class GetDraftsAnswer(TypedDict):
    items: list[DraftInvoice]
    nextCursor: str | None
    previousCursor: str | None


class PostDraftsByReferenceApprovalBody(TypedDict):
    # The amount that was seen: a draft that comes to another one now is not approved
    total: str
    note: NotRequired[str | None]


class PostDraftsByReferenceIssueAnswer(TypedDict):
    # Ids of the invoices
    documents: list[str]


class GetDunningHandOversAnswer(TypedDict):
    items: list[DunningHandOver]
    nextCursor: str | None
    previousCursor: str | None


class PostDunningHandOversBody(TypedDict):
    # The caller’s own identifier: the same key again is the same file
    key: NotRequired[str]
    # Whom they are handed to
    recipient: NotRequired[str | None]


class GetDunningPoliciesAnswer(TypedDict):
    items: list[DunningPolicy]
    nextCursor: str | None
    previousCursor: str | None


class PostDunningPoliciesBody(TypedDict):
    # The caller's own identifier
    key: str
    # Kept to be previewed: no run begins by it
    draft: NotRequired[bool]
    policy: PostDunningPoliciesBodyPolicy


class PostDunningPoliciesBodyPolicy(TypedDict):
    # The first policy that an account fits holds, the least number first
    order: NotRequired[int]
    # Whom it is for; all that is said must hold, and what is not said is not asked about
    segment: NotRequired[PostDunningPoliciesBodyPolicySegment]
    calendar: NotRequired[PostDunningPoliciesBodyPolicyCalendar]
    # Nobody is asked for so much or less: {"EUR": "1.00"}
    grace: NotRequired[dict[str, str]]
    # Days between two steps, at least
    gapDays: NotRequired[int]
    # A run whose debt comes back within so many days continues where it stood
    reopenDays: NotRequired[int]
    # Whether blocks stay during a promise or instalments
    blockDuringPlans: NotRequired[bool]
    # False: nobody is blocked or ended whom no reminder could be sent to, and nobody was asked to call
    blockUntold: NotRequired[bool]
    steps: list[PostDunningPoliciesBodyPolicyStepsItem]


class PostDunningPoliciesBodyPolicySegment(TypedDict):
    """Whom it is for; all that is said must hold, and what is not said is not asked about"""

    # `unknown` is a customer of whom nobody said what they are
    customerKinds: NotRequired[list[Literal["consumer", "business", "public_body", "unknown"]]]
    # Keys of issuers
    issuers: NotRequired[list[str]]
    currencies: NotRequired[list[str]]
    # Entries of the account, or else of its customer: {"tier": ["gold", "vip"]}
    metadata: NotRequired[dict[str, list[str]]]


class PostDunningPoliciesBodyPolicyCalendar(TypedDict):
    # Free days of the week, Monday is 1
    weekend: NotRequired[list[int]]
    holidays: NotRequired[list[str]]


class PostDunningPoliciesBodyPolicyStepsItem(TypedDict):
    # What was done under this name is not done again in a run
    id: str
    action: Literal["remind", "charge_again", "late_fee", "call", "soft_block", "hard_block", "terminate", "hand_over"]
    # Days overdue from which on it is done
    afterDays: int
    # How those days are counted
    days: NotRequired[Literal["calendar", "working"]]
    # Whether it waits for a working day
    onlyWorkingDays: NotRequired[bool]
    # Days behind the step before, at least; null for those of the policy, 0 for the same day
    gapDays: NotRequired[int | None]
    # It is passed over as long as less is to be asked for: {"EUR": "20.00"}
    minAmount: NotRequired[dict[str, str]]
    # Only where the oldest document is overdue for so long
    oldestDays: NotRequired[PostDunningPoliciesBodyPolicyStepsItemOldestDays]
    # Only where there were so many runs before: {"atLeast": 1} for those who were late before
    earlierRuns: NotRequired[PostDunningPoliciesBodyPolicyStepsItemEarlierRuns]
    # What a person who calls says
    script: NotRequired[str | None]
    # Which one is sent: its template
    reminder: NotRequired[Literal["first", "second", "final"]]


class PostDunningPoliciesBodyPolicyStepsItemOldestDays(TypedDict):
    """Only where the oldest document is overdue for so long"""

    atLeast: NotRequired[int | None]
    atMost: NotRequired[int | None]


class PostDunningPoliciesBodyPolicyStepsItemEarlierRuns(TypedDict):
    """Only where there were so many runs before: {"atLeast": 1} for those who were late before"""

    atLeast: NotRequired[int | None]
    atMost: NotRequired[int | None]


class GetDunningRunsAnswer(TypedDict):
    items: list[DunningRun]
    nextCursor: str | None
    previousCursor: str | None


class PostDunningRunsBody(TypedDict):
    # All accounts, by pages, when absent
    account: NotRequired[str]
    # `next` of the page before
    after: NotRequired[str]


class GetEnforcementTargetsAnswer(TypedDict):
    items: list[EnforcementTarget]


class PostEnforcementTargetsAnswer(TypedDict):
    id: str
    key: str
    kind: Literal["webhook", "radius"]
    url: str | None
    radius: PostEnforcementTargetsAnswerRadius | None
    isOn: bool
    repeatHours: int | None
    # How often in a row it did not answer
    failures: int
    # Nothing is sent before, since it did not answer; by the real clock
    restUntil: str | None
    createdAt: str
    updatedAt: str
    # Of a webhook whose secret Kvit has made: it is shown this once
    secret: str | None


class PostEnforcementTargetsAnswerRadius(TypedDict):
    host: str
    port: int
    identify: list[dict[str, Union[str, float]]]
    states: dict[str, Any]


class PostEnforcementTargetsBody(TypedDict):
    # The caller's own identifier
    key: str
    # Of a webhook; either it or `radius`
    url: NotRequired[str]
    # A network access server that takes CoA-Request and Disconnect-Request (RFC 5176)
    radius: NotRequired[PostEnforcementTargetsBodyRadius]
    # What it shares with Kvit. Of a webhook `whsec_` and base64, made by Kvit unless set
    secret: NotRequired[str]
    isOn: NotRequired[bool]
    # What restricts a service is told again after so many hours; null once
    repeatHours: NotRequired[int | None]


class PostEnforcementTargetsBodyRadius(TypedDict):
    """A network access server that takes CoA-Request and Disconnect-Request (RFC 5176)"""

    # Its name or address
    host: str
    port: NotRequired[int]
    # By what it finds the sessions of a service
    identify: NotRequired[list[Union[PostEnforcementTargetsBodyRadiusIdentifyItem1, PostEnforcementTargetsBodyRadiusIdentifyItem2]]]
    # What is sent for a state: a CoA-Request, a Disconnect-Request, or nothing
    states: NotRequired[PostEnforcementTargetsBodyRadiusStates]


class PostEnforcementTargetsBodyRadiusIdentifyItem1(TypedDict):
    # Its name, such as `Filter-Id`
    attribute: str
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusIdentifyItem2(TypedDict):
    # The enterprise number, such as 14988
    vendor: int
    type: int
    format: NotRequired[Literal["text", "integer"]]
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStates(TypedDict):
    """What is sent for a state: a CoA-Request, a Disconnect-Request, or nothing"""

    open: NotRequired[PostEnforcementTargetsBodyRadiusStatesOpen | None]
    throttled: NotRequired[PostEnforcementTargetsBodyRadiusStatesThrottled | None]
    restricted: NotRequired[PostEnforcementTargetsBodyRadiusStatesRestricted | None]
    blocked: NotRequired[PostEnforcementTargetsBodyRadiusStatesBlocked | None]


class PostEnforcementTargetsBodyRadiusStatesOpen(TypedDict):
    request: Literal["coa", "disconnect"]
    attributes: NotRequired[list[Union[PostEnforcementTargetsBodyRadiusStatesOpenAttributesItem1, PostEnforcementTargetsBodyRadiusStatesOpenAttributesItem2]]]


class PostEnforcementTargetsBodyRadiusStatesOpenAttributesItem1(TypedDict):
    # Its name, such as `Filter-Id`
    attribute: str
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesOpenAttributesItem2(TypedDict):
    # The enterprise number, such as 14988
    vendor: int
    type: int
    format: NotRequired[Literal["text", "integer"]]
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesThrottled(TypedDict):
    request: Literal["coa", "disconnect"]
    attributes: NotRequired[list[Union[PostEnforcementTargetsBodyRadiusStatesThrottledAttributesItem1, PostEnforcementTargetsBodyRadiusStatesThrottledAttributesItem2]]]


class PostEnforcementTargetsBodyRadiusStatesThrottledAttributesItem1(TypedDict):
    # Its name, such as `Filter-Id`
    attribute: str
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesThrottledAttributesItem2(TypedDict):
    # The enterprise number, such as 14988
    vendor: int
    type: int
    format: NotRequired[Literal["text", "integer"]]
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesRestricted(TypedDict):
    request: Literal["coa", "disconnect"]
    attributes: NotRequired[list[Union[PostEnforcementTargetsBodyRadiusStatesRestrictedAttributesItem1, PostEnforcementTargetsBodyRadiusStatesRestrictedAttributesItem2]]]


class PostEnforcementTargetsBodyRadiusStatesRestrictedAttributesItem1(TypedDict):
    # Its name, such as `Filter-Id`
    attribute: str
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesRestrictedAttributesItem2(TypedDict):
    # The enterprise number, such as 14988
    vendor: int
    type: int
    format: NotRequired[Literal["text", "integer"]]
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesBlocked(TypedDict):
    request: Literal["coa", "disconnect"]
    attributes: NotRequired[list[Union[PostEnforcementTargetsBodyRadiusStatesBlockedAttributesItem1, PostEnforcementTargetsBodyRadiusStatesBlockedAttributesItem2]]]


class PostEnforcementTargetsBodyRadiusStatesBlockedAttributesItem1(TypedDict):
    # Its name, such as `Filter-Id`
    attribute: str
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class PostEnforcementTargetsBodyRadiusStatesBlockedAttributesItem2(TypedDict):
    # The enterprise number, such as 14988
    vendor: int
    type: int
    format: NotRequired[Literal["text", "integer"]]
    # `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in
    value: str


class DeleteEnforcementTargetsByTargetAnswer(TypedDict):
    id: str


class PatchEnforcementTargetsByTargetBody(TypedDict):
    # One that is turned on is told of all services that are not open
    isOn: NotRequired[bool]
    # What restricts a service is told again after so many hours; null once
    repeatHours: NotRequired[int | None]


class PostEnforcementTargetsByTargetObservedStatesAnswer(TypedDict):
    compared: int
    # Services that there are not
    unknown: list[str]
    # The target is told of these once more
    differences: list[PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItem]


class PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItem(TypedDict):
    service: str
    wished: PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItemWished
    observed: PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItemObserved


class PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItemWished(TypedDict):
    barred: list[Literal["outgoing", "incoming", "data"]]
    kbps: int | None


class PostEnforcementTargetsByTargetObservedStatesAnswerDifferencesItemObserved(TypedDict):
    barred: list[Literal["outgoing", "incoming", "data"]]
    kbps: int | None


class PostEnforcementTargetsByTargetObservedStatesBody(TypedDict):
    states: list[PostEnforcementTargetsByTargetObservedStatesBodyStatesItem]


class PostEnforcementTargetsByTargetObservedStatesBodyStatesItem(TypedDict):
    # An id or a key
    service: str
    # Kinds of use that are barred there
    barred: list[Literal["outgoing", "incoming", "data"]]
    kbps: NotRequired[int | None]


class PostEnforcementTargetsByTargetResendAnswer(TypedDict):
    # How many services the target is told of once more
    services: int


class PostEnforcementTargetsByTargetResendBody(TypedDict):
    # This service alone
    service: NotRequired[str]


class GetEnforcementsAnswer(TypedDict):
    items: list[Enforcement]
    nextCursor: str | None
    previousCursor: str | None


class GetEventsAnswer(TypedDict):
    items: list[Event]
    nextCursor: str | None
    previousCursor: str | None


class GetExchangeRatesAnswer(TypedDict):
    items: list[GetExchangeRatesAnswerItemsItem]


class GetExchangeRatesAnswerItemsItem(TypedDict):
    day: str
    base: str
    currency: str
    rate: str
    source: str


class PostExchangeRatesAnswer(TypedDict):
    added: int
    # Rates that were there as they are
    known: int


class PostExchangeRatesBody(TypedDict):
    # Where they are from
    source: str
    rates: list[PostExchangeRatesBodyRatesItem]


class PostExchangeRatesBodyRatesItem(TypedDict):
    day: str
    base: str
    currency: str
    rate: str


class PostExchangeRatesEcbAnswer(TypedDict):
    added: int
    # Rates that were there as they are
    known: int


class GetHeldInvoicesAnswer(TypedDict):
    items: list[GetHeldInvoicesAnswerItemsItem]
    nextCursor: str | None


class GetHeldInvoicesAnswerItemsItem(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # From this one on it is not billed
    billingDay: str
    # What is to be filled in before its tax can be decided, or before it is the e-invoice that its customer asks for
    reasons: list[str]
    heldAt: str


class GetHeldInvoicesAnswerItem(TypedDict):
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # From this one on it is not billed
    billingDay: str
    # What is to be filled in before its tax can be decided, or before it is the e-invoice that its customer asks for
    reasons: list[str]
    heldAt: str


class GetInvitationAnswer(TypedDict):
    email: str
    tenant: str
    roles: list[str]
    # Then its password accepts the invitation
    hasAccount: bool


class PostInvitationAcceptAnswer(TypedDict):
    email: str
    tenant: str
    roles: list[str]


class PostInvitationAcceptBody(TypedDict):
    password: str
    # Of the authenticator, where the account has one
    code: NotRequired[str]
    # In place of a code; each opens once
    recoveryCode: NotRequired[str]
    # Of a new account
    name: NotRequired[str]


class GetInvitationsAnswer(TypedDict):
    items: list[Invitation]


class DeleteInvitationsByIdAnswer(TypedDict):
    id: str
    email: str


class GetInvoiceHoldsAnswer(TypedDict):
    items: list[InvoiceHold]
    nextCursor: str | None
    previousCursor: str | None


class PostInvoiceHoldsBody(TypedDict):
    # An id or a key
    account: NotRequired[str]
    # An id or a key
    draft: NotRequired[str]
    reason: str
    until: NotRequired[str | None]


class GetInvoicesAnswer(TypedDict):
    items: list[Invoice]
    nextCursor: str | None
    previousCursor: str | None


class PatchInvoicesByReferenceBody(TypedDict):
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: dict[str, str | None]


class GetInvoicesByReferenceAttachmentsAnswer(TypedDict):
    items: list[Attachment]


class PostInvoicesByReferenceCreditNotesBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    reason: Literal["goodwill", "billing_error", "returned", "duplicate", "disputed", "other"]
    # Printed as the reason; the words of the reason, in the language of the customer, when absent
    text: NotRequired[str]
    # With tax; spread over the lines in proportion to what is left of them
    amount: NotRequired[str]
    lines: NotRequired[list[PostInvoicesByReferenceCreditNotesBodyLinesItem]]
    # What is open of the document is lowered first. The rest settles what else is open, the oldest first; stays the credit of the customer; or is to be paid back
    money: NotRequired[Literal["open_invoices", "balance", "refund"]]
    # Only tell what would be issued
    dryRun: NotRequired[bool]


class PostInvoicesByReferenceCreditNotesBodyLinesItem(TypedDict):
    # Its position on the document. What lowers it comes back with it
    line: int
    # As the document has it: with tax where its prices include it. All that is left when absent
    amount: NotRequired[str]
    # Units that come back, with the levies on them
    quantity: NotRequired[str]


class PostInvoicesByReferenceDebitNotesBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    reason: Literal["goodwill", "billing_error", "returned", "duplicate", "disputed", "other"]
    # Printed as the reason; the words of the reason, in the language of the customer, when absent
    text: NotRequired[str]
    lines: list[PostInvoicesByReferenceDebitNotesBodyLinesItem]
    # Only tell what would be issued
    dryRun: NotRequired[bool]


PostInvoicesByReferenceDebitNotesBodyLinesItem = TypedDict("PostInvoicesByReferenceDebitNotesBodyLinesItem", {
    "description": "str",
    "quantity": "NotRequired[str]",
    "unit": "NotRequired[str]",
    "unitPrice": "str",
    "discountPercent": "NotRequired[str | None]",
    "taxClass": "NotRequired[Literal[\"general\", \"goods\", \"telecom\", \"mobile\", \"telecom_wholesale\", \"electronic\", \"sim_card\", \"reduced_goods\", \"reduced_service\", \"reduced_electronic\", \"reduced_2_goods\", \"reduced_2_service\", \"reduced_2_electronic\", \"reduced_3_goods\", \"reduced_3_service\", \"reduced_3_electronic\", \"super_reduced_goods\", \"super_reduced_service\", \"super_reduced_electronic\", \"parking_goods\", \"parking_service\", \"parking_electronic\", \"zero_goods\", \"zero_service\", \"zero_electronic\", \"exempt\", \"out_of_scope\", \"multi_purpose_voucher\", \"used_voucher\"]]",
    "product": "NotRequired[str]",
    "from": "NotRequired[str]",
    "until": "NotRequired[str]",
})


class GetInvoicesByReferenceDeliveriesAnswer(TypedDict):
    items: list[Delivery]


class PostInvoicesByReferenceDeliveriesBody(TypedDict):
    transport: Literal["email", "folder", "peppol"]
    # As the customer wants it when absent; through Peppol it is always `ubl`
    formats: NotRequired[list[Literal["pdf", "factur_x", "ubl", "cii"]]]
    # Another address of e-mail than that of the customer
    to: NotRequired[str]
    # To send it once more by the same transport; the transport when absent
    key: NotRequired[str]


class PostInvoicesByReferenceDisputesBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # wrong_amount, wrong_usage, not_delivered, quality, not_ordered, duplicate, tax, other, or one of the settings `disputes`
    reason: str
    # In the words of the customer
    text: NotRequired[str]
    # All that is left of the document when absent
    lines: NotRequired[list[PostInvoicesByReferenceDisputesBodyLinesItem]]


class PostInvoicesByReferenceDisputesBodyLinesItem(TypedDict):
    # Its position on the document
    line: int
    # As the document has it; all that is left when absent
    amount: NotRequired[str]
    # Units of it
    quantity: NotRequired[str]


class PostInvoicesByReferencePaymentLinksAnswer(TypedDict):
    id: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    # What it asks for; a `top_up` is of any amount
    purpose: Literal["document", "open_items", "top_up"]
    invoiceId: str | None
    # Of the document
    number: str | None
    # `issued`: it stands on the document
    origin: Literal["request", "issued"]
    state: Literal["open", "expired", "revoked"]
    createdAt: str
    expiresAt: str
    revokedAt: str | None
    revokeReason: str | None
    # Where the payer pays: it is shown this once
    url: str


class PostInvoicesByReferencePaymentLinksBody(TypedDict):
    # How long it opens; as the settings say when absent
    openDays: NotRequired[int]


class PostInvoicesByReferenceVoidBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    reason: Literal["goodwill", "billing_error", "returned", "duplicate", "disputed", "other"]
    # Printed as the reason; the words of the reason, in the language of the customer, when absent
    text: NotRequired[str]
    # Whether what it billed is billed anew, with the prices of then; by the next bill run
    rebill: bool
    # Billed anew at once
    atOnce: NotRequired[bool]
    # Only tell what would be issued
    dryRun: NotRequired[bool]


class PostInvoicesByReferenceWriteOffAnswer(TypedDict):
    # `POST /v1/payments/{reference}/reversal` with it takes it back: then it is owed again
    key: str
    invoiceId: str
    number: str
    currency: str
    # A decimal of the currency
    amount: str
    reason: str
    createdAt: str
    approvalRequest: NotRequired[ApprovalRequest]


class PostInvoicesByReferenceWriteOffBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # All that is open of it when absent
    amount: NotRequired[str]
    # Such as "insolvent\"
    reason: str


class GetIssuersAnswer(TypedDict):
    items: list[Issuer]
    nextCursor: str | None
    previousCursor: str | None


class PostIssuersBody(TypedDict):
    # The caller's own identifier
    key: str
    name: str
    address: str
    taxId: NotRequired[str | None]
    bankDetails: NotRequired[str | None]
    # Where documents are paid, by their currency: shown on them, with codes that banking applications read
    bankAccounts: NotRequired[list[PostIssuersBodyBankAccountsItem]]
    # `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month
    invoiceSeries: NotRequired[str]
    # `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month
    creditNoteSeries: NotRequired[str]
    brand: NotRequired[str | None]
    # Whether corrections say of each line what was billed, what it should be, and the difference
    correctiveForm: NotRequired[bool]
    # As documents have it: GmbH, Ltd
    legalForm: NotRequired[str | None]
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: NotRequired[PostIssuersBodyPostalAddress | None]
    # Small businesses are exempt by their turnover; who is not registered is outside the tax
    standing: NotRequired[Literal["registered", "small_business", "not_registered"]]
    # For tax, with their days. While there are none, documents have no tax
    registrations: NotRequired[list[PostIssuersBodyRegistrationsItem]]
    # VAT of all members of the Union through one of them, for consumers
    oneStopShop: NotRequired[PostIssuersBodyOneStopShop | None]
    # Days on which sales to consumers in other member states are below 10,000 EUR a year
    belowThreshold: NotRequired[PostIssuersBodyBelowThreshold | None]
    # Once for each tax and rate of a document (EN 16931), or on each line
    taxRounding: NotRequired[Literal["document", "line"]]
    # What buyers of its country that are no consumers keep back, and pay to the tax office
    withholding: NotRequired[PostIssuersBodyWithholding | None]
    # Whom to ask about documents, as e-invoices name it
    contact: NotRequired[PostIssuersBodyContact | None]
    # Where its e-invoices come from: the code of the list (EAS) and the address in it
    electronicAddress: NotRequired[PostIssuersBodyElectronicAddress | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PostIssuersBodyBankAccountsItem(TypedDict):
    currency: str
    iban: NotRequired[str]
    bic: NotRequired[str]
    # Whose it is, where it is not the name of the issuer
    holder: NotRequired[str]
    # Of the holder: EDRPOU or RNOKPP, which the codes of Ukrainian banks need
    taxCode: NotRequired[str]
    # Of the Indian UPI: shop@bank
    virtualAddress: NotRequired[str]


class PostIssuersBodyPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


PostIssuersBodyRegistrationsItem = TypedDict("PostIssuersBodyRegistrationsItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "kind": "NotRequired[Literal[\"vat\", \"gst\", \"pst\", \"sales_tax\"]]",
    "number": "str",
    "isEstablished": "NotRequired[bool]",
    "from": "str",
    "until": "NotRequired[str]",
})


PostIssuersBodyOneStopShop = TypedDict("PostIssuersBodyOneStopShop", {
    "scheme": "Literal[\"union\", \"non_union\"]",
    "from": "str",
    "until": "NotRequired[str]",
})


PostIssuersBodyBelowThreshold = TypedDict("PostIssuersBodyBelowThreshold", {
    "from": "str",
    "until": "NotRequired[str]",
})


class PostIssuersBodyWithholding(TypedDict):
    percent: str
    base: NotRequired[Literal["net", "tax", "gross"]]


class PostIssuersBodyContact(TypedDict):
    name: str
    telephone: str
    email: str


class PostIssuersBodyElectronicAddress(TypedDict):
    scheme: str
    id: str


class PatchIssuersByReferenceBody(TypedDict):
    name: NotRequired[str]
    address: NotRequired[str]
    taxId: NotRequired[str | None]
    bankDetails: NotRequired[str | None]
    # Where documents are paid, by their currency: shown on them, with codes that banking applications read
    bankAccounts: NotRequired[list[PatchIssuersByReferenceBodyBankAccountsItem]]
    # Whether corrections say of each line what was billed, what it should be, and the difference
    correctiveForm: NotRequired[bool]
    # `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month
    invoiceSeries: NotRequired[str]
    # `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month
    creditNoteSeries: NotRequired[str]
    brand: NotRequired[str | None]
    # As documents have it: GmbH, Ltd
    legalForm: NotRequired[str | None]
    # An address in its parts: its country, and in some countries its region, says which tax is due
    postalAddress: NotRequired[PatchIssuersByReferenceBodyPostalAddress | None]
    # Small businesses are exempt by their turnover; who is not registered is outside the tax
    standing: NotRequired[Literal["registered", "small_business", "not_registered"]]
    # For tax, with their days. While there are none, documents have no tax
    registrations: NotRequired[list[PatchIssuersByReferenceBodyRegistrationsItem]]
    # VAT of all members of the Union through one of them, for consumers
    oneStopShop: NotRequired[PatchIssuersByReferenceBodyOneStopShop | None]
    # Days on which sales to consumers in other member states are below 10,000 EUR a year
    belowThreshold: NotRequired[PatchIssuersByReferenceBodyBelowThreshold | None]
    # Once for each tax and rate of a document (EN 16931), or on each line
    taxRounding: NotRequired[Literal["document", "line"]]
    # What buyers of its country that are no consumers keep back, and pay to the tax office
    withholding: NotRequired[PatchIssuersByReferenceBodyWithholding | None]
    # Whom to ask about documents, as e-invoices name it
    contact: NotRequired[PatchIssuersByReferenceBodyContact | None]
    # Where its e-invoices come from: the code of the list (EAS) and the address in it
    electronicAddress: NotRequired[PatchIssuersByReferenceBodyElectronicAddress | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: NotRequired[dict[str, str | None]]


class PatchIssuersByReferenceBodyBankAccountsItem(TypedDict):
    currency: str
    iban: NotRequired[str]
    bic: NotRequired[str]
    # Whose it is, where it is not the name of the issuer
    holder: NotRequired[str]
    # Of the holder: EDRPOU or RNOKPP, which the codes of Ukrainian banks need
    taxCode: NotRequired[str]
    # Of the Indian UPI: shop@bank
    virtualAddress: NotRequired[str]


class PatchIssuersByReferenceBodyPostalAddress(TypedDict):
    # ISO 3166-1: DE
    country: str
    # What follows the hyphen in ISO 3166-2: TX of US-TX
    region: NotRequired[str]
    county: NotRequired[str]
    city: NotRequired[str]
    postcode: NotRequired[str]
    # Street, house and so on
    lines: NotRequired[list[str]]


PatchIssuersByReferenceBodyRegistrationsItem = TypedDict("PatchIssuersByReferenceBodyRegistrationsItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "kind": "NotRequired[Literal[\"vat\", \"gst\", \"pst\", \"sales_tax\"]]",
    "number": "str",
    "isEstablished": "NotRequired[bool]",
    "from": "str",
    "until": "NotRequired[str]",
})


PatchIssuersByReferenceBodyOneStopShop = TypedDict("PatchIssuersByReferenceBodyOneStopShop", {
    "scheme": "Literal[\"union\", \"non_union\"]",
    "from": "str",
    "until": "NotRequired[str]",
})


PatchIssuersByReferenceBodyBelowThreshold = TypedDict("PatchIssuersByReferenceBodyBelowThreshold", {
    "from": "str",
    "until": "NotRequired[str]",
})


class PatchIssuersByReferenceBodyWithholding(TypedDict):
    percent: str
    base: NotRequired[Literal["net", "tax", "gross"]]


class PatchIssuersByReferenceBodyContact(TypedDict):
    name: str
    telephone: str
    email: str


class PatchIssuersByReferenceBodyElectronicAddress(TypedDict):
    scheme: str
    id: str


class GetJobsAnswer(TypedDict):
    items: list[Job]
    nextCursor: str | None
    previousCursor: str | None


class PostJournalArchiveAnswer(TypedDict):
    segments: int
    records: int
    files: int
    bytes: int


class GetJournalHeadAnswer(TypedDict):
    seq: int
    digest: str


class GetJournalSegmentsBySeqAnswer(TypedDict):
    seq: int
    digest: str


class GetKeysAnswer(TypedDict):
    items: list[ApiKey]


class PostKeysAnswer(TypedDict):
    id: str
    key: str


class PostKeysBody(TypedDict):
    name: str
    scopes: list[Literal["tenants:write", "keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]
    # From then on it opens nothing; never unless set
    expiresAt: NotRequired[str]
    # Below what each key may ask by the settings
    requestsPerSecond: NotRequired[int]


class DeleteKeysByIdAnswer(TypedDict):
    id: str
    status: Literal["revoked"]
    # This key and those that ended with it
    revoked: list[str]


class PostKeysByIdRotateAnswer(TypedDict):
    id: str
    key: str
    oldExpiresAt: str


class PostKeysByIdRotateBody(TypedDict):
    # How long the one before goes on
    overlapHours: NotRequired[float]
    # Of the new one; never unless set
    expiresAt: NotRequired[str]


class GetLateChargesAnswer(TypedDict):
    items: list[LateCharge]
    nextCursor: str | None
    previousCursor: str | None


class PostLateChargesBody(TypedDict):
    # All accounts, by pages, when absent
    account: NotRequired[str]
    # `next` of the page before
    after: NotRequired[str]


class PostLateChargesByIdWaiveBody(TypedDict):
    reason: str


class GetLedgerPostingsAnswer(TypedDict):
    items: list[Posting]
    nextCursor: str | None
    previousCursor: str | None


class GetLedgerTrialBalanceAnswer(TypedDict):
    items: list[GetLedgerTrialBalanceAnswerItemsItem]
    totals: list[GetLedgerTrialBalanceAnswerTotalsItem]


class GetLedgerTrialBalanceAnswerItemsItem(TypedDict):
    ledgerAccount: str
    currency: str
    # A decimal of the currency
    debit: str
    # A decimal of the currency
    credit: str


class GetLedgerTrialBalanceAnswerTotalsItem(TypedDict):
    currency: str
    # A decimal of the currency
    debit: str
    # A decimal of the currency
    credit: str
    # A decimal of the currency
    difference: str


class GetMandatesAnswer(TypedDict):
    items: list[Mandate]
    nextCursor: str | None
    previousCursor: str | None


class PostMandatesBody(TypedDict):
    # An id or a key
    account: str
    # The unique reference that the customer has signed
    reference: str
    holder: str
    iban: str
    bic: NotRequired[str | None]
    # B2B is for companies, which cannot ask the money back
    scheme: NotRequired[Literal["CORE", "B2B"]]
    # It is for one collection alone
    isOneOff: NotRequired[bool]
    signedOn: str


class PostMandatesByReferenceEndBody(TypedDict):
    reason: str


class PatchMeAnswer(TypedDict):
    name: str


class PatchMeBody(TypedDict):
    name: str


class PostMeEmailAnswer(TypedDict):
    email: str
    # How many other sessions ended
    endedSessions: int


class PostMeEmailBody(TypedDict):
    password: str
    # Of the authenticator, where the account has one
    code: NotRequired[str]
    # In place of a code; each opens once
    recoveryCode: NotRequired[str]
    # An e-mail address, in any case
    email: str


class PostMePasswordAnswer(TypedDict):
    # How many other sessions ended
    endedSessions: int


class PostMePasswordBody(TypedDict):
    password: str
    # Of the authenticator, where the account has one
    code: NotRequired[str]
    # In place of a code; each opens once
    recoveryCode: NotRequired[str]
    # 12 characters or more, and none of those that are guessed first
    newPassword: str


class PostMeSecondFactorAnswer(TypedDict):
    # Base32, to be typed into an authenticator
    secret: str
    # `otpauth://…`, to be shown as a picture
    uri: str


class PostMeSecondFactorBody(TypedDict):
    password: str


class PostMeSecondFactorConfirmAnswer(TypedDict):
    recoveryCodes: list[str]


class PostMeSecondFactorConfirmBody(TypedDict):
    code: str


class PostMeSecondFactorRemoveAnswer(TypedDict):
    secondFactor: bool


class PostMeSecondFactorRemoveBody(TypedDict):
    password: str
    # Of the authenticator, where the account has one
    code: NotRequired[str]
    # In place of a code; each opens once
    recoveryCode: NotRequired[str]


class GetMeSessionsAnswer(TypedDict):
    items: list[Session]


class DeleteMeSessionsByIdAnswer(TypedDict):
    ended: int


class GetMetersAnswer(TypedDict):
    items: list[Meter]


class GetNoticeKindsAnswer(TypedDict):
    items: list[NoticeKind]


class PostNoticePreviewsBody(TypedDict):
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"]
    # Whose names, language and brand it has
    account: str
    channel: NotRequired[Literal["email", "sms", "push", "voice", "messenger", "inbox"]]
    # That of the customer unless set
    language: NotRequired[Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]]
    # In place of the samples
    data: NotRequired[dict[str, Union[str, float, bool] | None]]
    # One that is not kept yet
    template: NotRequired[PostNoticePreviewsBodyTemplate]


class PostNoticePreviewsBodyTemplate(TypedDict):
    """One that is not kept yet"""

    # Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    subject: NotRequired[str | None]
    # LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    text: str
    # Of e-mail, besides the text; what is put in is escaped
    html: NotRequired[str | None]


class GetNoticeTemplatesAnswer(TypedDict):
    items: list[NoticeTemplate]
    nextCursor: str | None
    previousCursor: str | None


class PostNoticeTemplatesBody(TypedDict):
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"]
    # `*` is any
    channel: NotRequired[Literal["email", "sms", "push", "voice", "messenger", "inbox", "*"]]
    language: Literal["en", "uk", "ru", "de", "fr", "es", "it", "pl", "pt", "nl", "tr", "ro"]
    # Null is for all brands
    brand: NotRequired[str | None]
    # Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    subject: NotRequired[str | None]
    # LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}`
    text: str
    # Of e-mail, besides the text; what is put in is escaped
    html: NotRequired[str | None]


class PostNoticeTrialsBody(TypedDict):
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"]
    # Whose names, language and brand it has
    account: str
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    # An address of the channel
    to: str
    data: NotRequired[dict[str, Union[str, float, bool] | None]]


class GetNoticesAnswer(TypedDict):
    items: list[Notice]
    nextCursor: str | None
    previousCursor: str | None


class PostNoticesBody(TypedDict):
    kind: Literal["invoice_issued", "credit_note_issued", "payment_due_soon", "payment_reminder", "payment_reminder_second", "payment_reminder_final", "payment_received", "payment_failed", "payment_reversed", "direct_debit_failed", "receipt", "refund_sent", "payment_plan_made", "payment_plan_broken", "card_expires", "low_balance", "bill_shock", "allowance_warning", "allowance_used_up", "top_up", "top_up_reversed", "credit_promised", "daily_fee_unpaid", "balance_expired", "subscription_started", "plan_changed", "subscription_ends", "trial_ends", "service_blocked", "service_restored", "dispute_accepted", "dispute_rejected", "password_reset", "security_code", "news"]
    # The account that it is about
    account: str
    # The same again is the notice that there is
    key: str
    # What it is about: the same soon again is a duplicate
    about: NotRequired[str | None]
    # What its texts say: the fields of the kind
    data: NotRequired[dict[str, Union[str, float, bool] | None]]


class PostNotificationChannelsByChannelTestBody(TypedDict):
    # An address of e-mail, a number as +380441234567, or what else the channel sends to
    to: str
    text: str


class GetOidcCallbackAnswer(TypedDict):
    location: str


class GetOidcSignInAnswer(TypedDict):
    location: str


class PostOneOffInvoicesBody(TypedDict):
    # Your own identifier: the same key is never billed twice
    key: str
    # An id or a key
    account: str
    lines: list[PostOneOffInvoicesBodyLinesItem]
    # Whether it asks for money for supplies to come: paid, it comes off the documents of these
    advance: NotRequired[bool]
    # Whether it waits until somebody issues it
    draft: NotRequired[bool]


PostOneOffInvoicesBodyLinesItem = TypedDict("PostOneOffInvoicesBodyLinesItem", {
    "description": "str",
    "quantity": "NotRequired[str]",
    "unit": "NotRequired[str]",
    "unitPrice": "str",
    "discountPercent": "NotRequired[str | None]",
    "taxClass": "NotRequired[Literal[\"general\", \"goods\", \"telecom\", \"mobile\", \"telecom_wholesale\", \"electronic\", \"sim_card\", \"reduced_goods\", \"reduced_service\", \"reduced_electronic\", \"reduced_2_goods\", \"reduced_2_service\", \"reduced_2_electronic\", \"reduced_3_goods\", \"reduced_3_service\", \"reduced_3_electronic\", \"super_reduced_goods\", \"super_reduced_service\", \"super_reduced_electronic\", \"parking_goods\", \"parking_service\", \"parking_electronic\", \"zero_goods\", \"zero_service\", \"zero_electronic\", \"exempt\", \"out_of_scope\", \"multi_purpose_voucher\", \"used_voucher\"]]",
    "product": "NotRequired[str]",
    "from": "NotRequired[str]",
    "until": "NotRequired[str]",
})


class PostPasswordResetAnswer(TypedDict):
    requested: bool


class PostPasswordResetBody(TypedDict):
    # An e-mail address, in any case
    email: str


class PostPasswordResetCompleteAnswer(TypedDict):
    endedSessions: int


class PostPasswordResetCompleteBody(TypedDict):
    # 12 characters or more, and none of those that are guessed first
    newPassword: str


class GetPaymentAttemptsAnswer(TypedDict):
    items: list[PaymentAttempt]
    nextCursor: str | None
    previousCursor: str | None


class PostPaymentAttemptsBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # An id or a key
    account: str
    # The document that it is for, by id or number
    invoice: NotRequired[str]
    # What is open of the document, and nobody else is about to pay, when absent
    amount: NotRequired[str]
    # A kept means of payment; `default` is that of the account; the payer chooses when null
    method: NotRequired[str | None]
    # Where the payer chooses; the routing decides when absent
    gateway: NotRequired[str]
    # Where the payer comes back to. Without one, nobody is there: what needs the payer is declined
    returnUrl: NotRequired[str | None]


class GetPaymentDisputesAnswer(TypedDict):
    items: list[PaymentDispute]
    nextCursor: str | None
    previousCursor: str | None


class GetPaymentGatewaysAnswer(TypedDict):
    items: list[PaymentGateway]


class PutPaymentGatewaysByNameBody(TypedDict):
    # The provider, such as `stripe`
    adapter: str
    # All that the adapter takes when null
    currencies: NotRequired[list[str] | None]
    # The lowest is asked first
    priority: NotRequired[int]
    # Customers of these countries alone; all when null
    countries: NotRequired[list[str] | None]
    # Payments of a currency from `least` to `most`, both included
    amounts: NotRequired[list[PutPaymentGatewaysByNameBodyAmountsItem]]
    # After so many attempts in a row that it did not answer, it is asked last; never when null
    unansweredMost: NotRequired[int | None]
    # Nothing new begins with a closed one; what is under way goes on
    isOpen: NotRequired[bool]
    # Credentials, by the names that the adapter has for them. Others stay as they are; null removes one
    secrets: NotRequired[dict[str, str | None]]


class PutPaymentGatewaysByNameBodyAmountsItem(TypedDict):
    currency: str
    least: NotRequired[str | None]
    most: NotRequired[str | None]


class PostPaymentGatewaysByNamePayoutsAnswer(TypedDict):
    found: int
    booked: int


class GetPaymentLinksAnswer(TypedDict):
    items: list[PaymentLink]
    nextCursor: str | None
    previousCursor: str | None


class PostPaymentLinksByIdRevokeBody(TypedDict):
    reason: NotRequired[str | None]


class GetPaymentMethodsAnswer(TypedDict):
    items: list[PaymentMethod]
    nextCursor: str | None
    previousCursor: str | None


class PostPaymentMethodsBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # An id or a key
    account: str
    # The routing decides when absent
    gateway: NotRequired[str]
    # What the provider knows it by, where it was entered on a page of yours: `pm_…` of Stripe. The payer enters it on a page of the provider when null
    token: NotRequired[str | None]
    # Where the payer comes back to
    returnUrl: NotRequired[str | None]


class GetPaymentPlansAnswer(TypedDict):
    items: list[PaymentPlan]
    nextCursor: str | None
    previousCursor: str | None


class PostPaymentPlansByReferenceCancelBody(TypedDict):
    reason: NotRequired[str | None]


class GetPaymentsAnswer(TypedDict):
    items: list[Payment]
    nextCursor: str | None
    previousCursor: str | None


class PostPaymentsBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    method: Literal["cash", "bank"]
    account: str
    currency: str
    amount: str
    receivedOn: NotRequired[str]
    reference: NotRequired[str | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PatchPaymentsByReferenceBody(TypedDict):
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: dict[str, str | None]


class PostPaymentsByReferenceRefundsBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # All that settles nothing when absent
    amount: NotRequired[str]
    reason: str


class PostPaymentsByReferenceReversalBody(TypedDict):
    # Why it is taken back, such as "bounced\"
    reason: str


class GetPayoutsAnswer(TypedDict):
    items: list[Payout]
    nextCursor: str | None
    previousCursor: str | None


class PostPlanMigrationsAnswer(TypedDict):
    dryRun: bool
    items: list[PostPlanMigrationsAnswerItemsItem]
    refused: list[PostPlanMigrationsAnswerRefusedItem]
    totals: list[PostPlanMigrationsAnswerTotalsItem]
    nextCursor: str | None


class PostPlanMigrationsAnswerItemsItem(TypedDict):
    subscription: str
    account: str
    currency: str
    effectiveAt: str
    billedOn: str
    # A decimal of the currency
    difference: str


class PostPlanMigrationsAnswerRefusedItem(TypedDict):
    subscription: str
    reason: str


class PostPlanMigrationsAnswerTotalsItem(TypedDict):
    currency: str
    subscriptions: int
    # A decimal of the currency
    difference: str


PostPlanMigrationsBody = TypedDict("PostPlanMigrationsBody", {
    "from": "PostPlanMigrationsBodyFrom",
    "to": "PostPlanMigrationsBodyTo",
    "at": "NotRequired[str]",
    "dryRun": "NotRequired[bool]",
    "cursor": "NotRequired[str]",
    "limit": "NotRequired[int]",
})


class PostPlanMigrationsBodyFrom(TypedDict):
    plan: str
    planVersion: int


class PostPlanMigrationsBodyTo(TypedDict):
    plan: str
    planVersion: NotRequired[int]


class GetPlansAnswer(TypedDict):
    items: list[PlanVersion]


class PatchPlansByCodeBody(TypedDict):
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: dict[str, str | None]


class PostPlansByCodeSimulateAnswer(TypedDict):
    plan: str
    # Null for a plan out of the files
    version: int | None
    currency: str
    records: int
    leftOut: int
    firstLeftOut: list[PostPlansByCodeSimulateAnswerFirstLeftOutItem]
    items: list[PostPlansByCodeSimulateAnswerItemsItem]
    # As it would be charged: with six digits more than the currency, rounded half-up
    total: str
    # The price itself: a decimal, or a fraction such as 910/3 where no decimal is exact
    exactTotal: str


class PostPlansByCodeSimulateAnswerFirstLeftOutItem(TypedDict):
    index: int
    reason: str
    detail: str


class PostPlansByCodeSimulateAnswerItemsItem(TypedDict):
    period: str
    price: str
    # The rate of the price: a time band, a destination, a group
    cell: str | None
    records: int
    quantity: str
    unit: str
    # As it would be charged: with six digits more than the currency, rounded half-up
    amount: str
    # The price itself: a decimal, or a fraction such as 910/3 where no decimal is exact
    exactAmount: str


class PostPlansByCodeSimulateBody(TypedDict):
    version: NotRequired[int]
    files: NotRequired[list[PostPlansByCodeSimulateBodyFilesItem]]
    records: NotRequired[list[dict[str, Any]]]
    usage: NotRequired[PostPlansByCodeSimulateBodyUsage]
    # Of `records`: the day on which their subscription began, by which phases are chosen; long ago when absent
    startsOn: NotRequired[str]
    zone: NotRequired[str]


class PostPlansByCodeSimulateBodyFilesItem(TypedDict):
    name: str
    text: str


PostPlansByCodeSimulateBodyUsage = TypedDict("PostPlansByCodeSimulateBodyUsage", {
    "account": "str",
    "from": "str",
    "until": "str",
})


class GetProFormaInvoicesAnswer(TypedDict):
    items: list[GetProFormaInvoicesAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


class GetProFormaInvoicesAnswerItemsItem(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    number: str
    of: Literal["items", "next_bill"]
    currency: str
    # A decimal of the currency
    total: str
    issuedOn: str


class GetProFormaInvoicesAnswerItem(TypedDict):
    id: str
    key: str
    accountId: str
    # Its key; the whole with `expand`
    account: Union[str, Account]
    customerId: str
    # Its key; the whole with `expand`
    customer: Union[str, Customer]
    customerName: str
    number: str
    of: Literal["items", "next_bill"]
    currency: str
    # A decimal of the currency
    total: str
    issuedOn: str


class PostProFormaInvoicesBody(TypedDict):
    # Your own identifier: the same key is never billed twice
    key: str
    # An id or a key
    account: str
    # The next bill where they are absent
    lines: NotRequired[list[PostProFormaInvoicesBodyLinesItem]]


PostProFormaInvoicesBodyLinesItem = TypedDict("PostProFormaInvoicesBodyLinesItem", {
    "description": "str",
    "quantity": "NotRequired[str]",
    "unit": "NotRequired[str]",
    "unitPrice": "str",
    "discountPercent": "NotRequired[str | None]",
    "taxClass": "NotRequired[Literal[\"general\", \"goods\", \"telecom\", \"mobile\", \"telecom_wholesale\", \"electronic\", \"sim_card\", \"reduced_goods\", \"reduced_service\", \"reduced_electronic\", \"reduced_2_goods\", \"reduced_2_service\", \"reduced_2_electronic\", \"reduced_3_goods\", \"reduced_3_service\", \"reduced_3_electronic\", \"super_reduced_goods\", \"super_reduced_service\", \"super_reduced_electronic\", \"parking_goods\", \"parking_service\", \"parking_electronic\", \"zero_goods\", \"zero_service\", \"zero_electronic\", \"exempt\", \"out_of_scope\", \"multi_purpose_voucher\", \"used_voucher\"]]",
    "product": "NotRequired[str]",
    "from": "NotRequired[str]",
    "until": "NotRequired[str]",
})


class PostProFormaInvoicesByReferenceDeliveriesBody(TypedDict):
    transport: Literal["email", "folder", "peppol"]
    # As the customer wants it when absent; through Peppol it is always `ubl`
    formats: NotRequired[list[Literal["pdf", "factur_x", "ubl", "cii"]]]
    # Another address of e-mail than that of the customer
    to: NotRequired[str]
    # To send it once more by the same transport; the transport when absent
    key: NotRequired[str]


class PostPromisedCreditsAnswer(TypedDict):
    key: str
    account: str
    # A decimal of the currency, or of the unit
    amount: str
    # A decimal of the currency, or of the unit
    fee: str
    currency: str
    dueAt: str


class PostPromisedCreditsBody(TypedDict):
    key: str
    # An id or a key
    account: str
    amount: str


class GetRateDecksAnswer(TypedDict):
    items: list[RateDeckVersion]


class PostRateDecksAnswer(TypedDict):
    code: str
    version: int
    effectiveFrom: str
    rows: int
    repeated: int
    skipped: int
    # False for a dry run
    imported: bool
    # Prefixes by how they changed
    counts: dict[str, int]
    # At most `limit` of each kind
    differences: list[PostRateDecksAnswerDifferencesItem]


class PostRateDecksAnswerDifferencesItem(TypedDict):
    change: Literal["added", "removed", "raised", "lowered", "changed"]
    prefix: str
    name: str
    before: str | None
    after: str | None


class PostRateDecksBody(TypedDict):
    mapping: PostRateDecksBodyMapping
    # From this day on the version is in force
    effectiveFrom: str
    # add: the version in force on that day, with these prefixes added or replaced
    mode: NotRequired[Literal["replace", "add"]]
    file: PostRateDecksBodyFile
    dryRun: NotRequired[bool]


PostRateDecksBodyMapping = TypedDict("PostRateDecksBodyMapping", {
    "code": "str",
    "name": "str",
    "zone": "NotRequired[str]",
    "numbers": "NotRequired[PostRateDecksBodyMappingNumbers]",
    "delimiter": "NotRequired[str]",
    "decimal": "NotRequired[Literal[\"point\", \"comma\", \"either\"]]",
    "grouping": "NotRequired[Literal[\".\", \",\", \" \", \"'\"]]",
    "skipRows": "NotRequired[int]",
    "header": "NotRequired[bool]",
    "skip": "NotRequired[list[PostRateDecksBodyMappingSkipItem]]",
    "dates": "NotRequired[Literal[\"YYYY-MM-DD\", \"DD.MM.YYYY\", \"DD/MM/YYYY\", \"MM/DD/YYYY\"]]",
    "prefix": "PostRateDecksBodyMappingPrefix",
    "destination": "Union[PostRateDecksBodyMappingDestination1, PostRateDecksBodyMappingDestination2]",
    "rates": "dict[str, Union[PostRateDecksBodyMappingRatesValue1, PostRateDecksBodyMappingRatesValue2]]",
    "from": "NotRequired[Union[PostRateDecksBodyMappingFrom1, PostRateDecksBodyMappingFrom2]]",
    "until": "NotRequired[Union[PostRateDecksBodyMappingUntil1, PostRateDecksBodyMappingUntil2]]",
    "connectionFee": "NotRequired[Union[PostRateDecksBodyMappingConnectionFee1, PostRateDecksBodyMappingConnectionFee2]]",
    "increments": "NotRequired[Union[PostRateDecksBodyMappingIncrements1, PostRateDecksBodyMappingIncrements2]]",
    "freePerSession": "NotRequired[Union[PostRateDecksBodyMappingFreePerSession1, PostRateDecksBodyMappingFreePerSession2]]",
    "maximumCost": "NotRequired[Union[PostRateDecksBodyMappingMaximumCost1, PostRateDecksBodyMappingMaximumCost2]]",
    "steps": "NotRequired[list[PostRateDecksBodyMappingStepsItem]]",
    "columns": "NotRequired[dict[str, PostRateDecksBodyMappingColumnsValue]]",
    "methods": "NotRequired[PostRateDecksBodyMappingMethods]",
})


class PostRateDecksBodyMappingNumbers(TypedDict):
    international: NotRequired[list[str]]
    trunk: NotRequired[str]
    country: NotRequired[str]


class PostRateDecksBodyMappingSkipItem(TypedDict):
    column: str
    values: list[str]


class PostRateDecksBodyMappingPrefix(TypedDict):
    column: str
    before: NotRequired[str]
    country: NotRequired[str]


class PostRateDecksBodyMappingDestination1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingDestination2(TypedDict):
    value: str


class PostRateDecksBodyMappingRatesValue1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingRatesValue2(TypedDict):
    value: str


class PostRateDecksBodyMappingFrom1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingFrom2(TypedDict):
    value: str


class PostRateDecksBodyMappingUntil1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingUntil2(TypedDict):
    value: str


class PostRateDecksBodyMappingConnectionFee1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingConnectionFee2(TypedDict):
    value: str


class PostRateDecksBodyMappingIncrements1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingIncrements2(TypedDict):
    value: str


class PostRateDecksBodyMappingFreePerSession1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingFreePerSession2(TypedDict):
    value: str


class PostRateDecksBodyMappingMaximumCost1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMaximumCost2(TypedDict):
    value: str


class PostRateDecksBodyMappingStepsItem(TypedDict):
    after: Union[PostRateDecksBodyMappingStepsItemAfter1, PostRateDecksBodyMappingStepsItemAfter2]
    rates: dict[str, Union[PostRateDecksBodyMappingStepsItemRatesValue1, PostRateDecksBodyMappingStepsItemRatesValue2]]


class PostRateDecksBodyMappingStepsItemAfter1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingStepsItemAfter2(TypedDict):
    value: str


class PostRateDecksBodyMappingStepsItemRatesValue1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingStepsItemRatesValue2(TypedDict):
    value: str


class PostRateDecksBodyMappingColumnsValue(TypedDict):
    connectionFee: NotRequired[Union[PostRateDecksBodyMappingColumnsValueConnectionFee1, PostRateDecksBodyMappingColumnsValueConnectionFee2]]
    increments: NotRequired[Union[PostRateDecksBodyMappingColumnsValueIncrements1, PostRateDecksBodyMappingColumnsValueIncrements2]]
    freePerSession: NotRequired[Union[PostRateDecksBodyMappingColumnsValueFreePerSession1, PostRateDecksBodyMappingColumnsValueFreePerSession2]]
    maximumCost: NotRequired[Union[PostRateDecksBodyMappingColumnsValueMaximumCost1, PostRateDecksBodyMappingColumnsValueMaximumCost2]]


class PostRateDecksBodyMappingColumnsValueConnectionFee1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingColumnsValueConnectionFee2(TypedDict):
    value: str


class PostRateDecksBodyMappingColumnsValueIncrements1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingColumnsValueIncrements2(TypedDict):
    value: str


class PostRateDecksBodyMappingColumnsValueFreePerSession1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingColumnsValueFreePerSession2(TypedDict):
    value: str


class PostRateDecksBodyMappingColumnsValueMaximumCost1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingColumnsValueMaximumCost2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethods(TypedDict):
    column: str
    rules: dict[str, PostRateDecksBodyMappingMethodsRulesValue]


class PostRateDecksBodyMappingMethodsRulesValue(TypedDict):
    rates: NotRequired[dict[str, Union[PostRateDecksBodyMappingMethodsRulesValueRatesValue1, PostRateDecksBodyMappingMethodsRulesValueRatesValue2]]]
    connectionFee: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueConnectionFee1, PostRateDecksBodyMappingMethodsRulesValueConnectionFee2]]
    increments: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueIncrements1, PostRateDecksBodyMappingMethodsRulesValueIncrements2]]
    freePerSession: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueFreePerSession1, PostRateDecksBodyMappingMethodsRulesValueFreePerSession2]]
    maximumCost: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueMaximumCost1, PostRateDecksBodyMappingMethodsRulesValueMaximumCost2]]
    steps: NotRequired[list[PostRateDecksBodyMappingMethodsRulesValueStepsItem]]
    columns: NotRequired[dict[str, PostRateDecksBodyMappingMethodsRulesValueColumnsValue]]


class PostRateDecksBodyMappingMethodsRulesValueRatesValue1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueRatesValue2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueConnectionFee1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueConnectionFee2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueIncrements1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueIncrements2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueFreePerSession1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueFreePerSession2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueMaximumCost1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueMaximumCost2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueStepsItem(TypedDict):
    after: Union[PostRateDecksBodyMappingMethodsRulesValueStepsItemAfter1, PostRateDecksBodyMappingMethodsRulesValueStepsItemAfter2]
    rates: dict[str, Union[PostRateDecksBodyMappingMethodsRulesValueStepsItemRatesValue1, PostRateDecksBodyMappingMethodsRulesValueStepsItemRatesValue2]]


class PostRateDecksBodyMappingMethodsRulesValueStepsItemAfter1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueStepsItemAfter2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueStepsItemRatesValue1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueStepsItemRatesValue2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueColumnsValue(TypedDict):
    connectionFee: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueColumnsValueConnectionFee1, PostRateDecksBodyMappingMethodsRulesValueColumnsValueConnectionFee2]]
    increments: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueColumnsValueIncrements1, PostRateDecksBodyMappingMethodsRulesValueColumnsValueIncrements2]]
    freePerSession: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueColumnsValueFreePerSession1, PostRateDecksBodyMappingMethodsRulesValueColumnsValueFreePerSession2]]
    maximumCost: NotRequired[Union[PostRateDecksBodyMappingMethodsRulesValueColumnsValueMaximumCost1, PostRateDecksBodyMappingMethodsRulesValueColumnsValueMaximumCost2]]


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueConnectionFee1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueConnectionFee2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueIncrements1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueIncrements2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueFreePerSession1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueFreePerSession2(TypedDict):
    value: str


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueMaximumCost1(TypedDict):
    column: str
    factor: NotRequired[str]
    none: NotRequired[list[str]]


class PostRateDecksBodyMappingMethodsRulesValueColumnsValueMaximumCost2(TypedDict):
    value: str


class PostRateDecksBodyFile(TypedDict):
    name: str
    text: str


GetRateDecksByCodeDiffAnswer = TypedDict("GetRateDecksByCodeDiffAnswer", {
    "from": "GetRateDecksByCodeDiffAnswerFrom",
    "to": "GetRateDecksByCodeDiffAnswerTo",
    "counts": "dict[str, int]",
    "differences": "list[GetRateDecksByCodeDiffAnswerDifferencesItem]",
})


class GetRateDecksByCodeDiffAnswerFrom(TypedDict):
    code: str
    version: int
    effectiveFrom: str


class GetRateDecksByCodeDiffAnswerTo(TypedDict):
    code: str
    version: int
    effectiveFrom: str


class GetRateDecksByCodeDiffAnswerDifferencesItem(TypedDict):
    change: Literal["added", "removed", "raised", "lowered", "changed"]
    prefix: str
    name: str
    before: str | None
    after: str | None


class GetRateDecksByCodeLookupAnswer(TypedDict):
    prefix: str
    destination: str
    rates: dict[str, str]
    connectionFee: str | None
    increments: GetRateDecksByCodeLookupAnswerIncrements | None
    # Of each column, beside its rate
    terms: dict[str, GetRateDecksByCodeLookupAnswerTermsValue]
    version: int
    effectiveFrom: str
    effectiveUntil: str | None


class GetRateDecksByCodeLookupAnswerIncrements(TypedDict):
    first: str
    next: str


class GetRateDecksByCodeLookupAnswerTermsValue(TypedDict):
    connectionFee: NotRequired[str]
    increments: NotRequired[GetRateDecksByCodeLookupAnswerTermsValueIncrements]
    freePerSession: NotRequired[str]
    maximumCost: NotRequired[GetRateDecksByCodeLookupAnswerTermsValueMaximumCost]
    steps: NotRequired[list[GetRateDecksByCodeLookupAnswerTermsValueStepsItem]]


class GetRateDecksByCodeLookupAnswerTermsValueIncrements(TypedDict):
    first: str
    next: str


class GetRateDecksByCodeLookupAnswerTermsValueMaximumCost(TypedDict):
    amount: str
    afterwards: Literal["free", "disconnect"]


class GetRateDecksByCodeLookupAnswerTermsValueStepsItem(TypedDict):
    after: str
    unitAmount: str


class GetReRatingsAnswer(TypedDict):
    items: list[ReRating]
    nextCursor: str | None
    previousCursor: str | None


PostReRatingsBody = TypedDict("PostReRatingsBody", {
    "key": "str",
    "reason": "str",
    "plans": "list[PostReRatingsBodyPlansItem]",
    "accounts": "NotRequired[list[str] | None]",
    "from": "str",
    "until": "str",
})


PostReRatingsBodyPlansItem = TypedDict("PostReRatingsBodyPlansItem", {
    "from": "PostReRatingsBodyPlansItemFrom",
    "to": "PostReRatingsBodyPlansItemTo",
})


class PostReRatingsBodyPlansItemFrom(TypedDict):
    code: str
    version: int


class PostReRatingsBodyPlansItemTo(TypedDict):
    code: str
    version: int


class GetReRatingsByIdAccountsAnswer(TypedDict):
    items: list[GetReRatingsByIdAccountsAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


class GetReRatingsByIdAccountsAnswerItemsItem(TypedDict):
    id: str
    status: Literal["draft", "partial", "applied"]
    currency: str
    records: str
    leftOut: str
    # Why the first of those was left out
    fault: str | None
    # A decimal of the currency, exact
    before: str
    # A decimal of the currency, exact
    after: str
    # A decimal of the currency, exact
    difference: str
    appliedRecords: str
    # A decimal of the currency, exact
    appliedDifference: str
    documentId: str | None


class GetReRatingsByIdAccountsAnswerItem(TypedDict):
    id: str
    status: Literal["draft", "partial", "applied"]
    currency: str
    records: str
    leftOut: str
    # Why the first of those was left out
    fault: str | None
    # A decimal of the currency, exact
    before: str
    # A decimal of the currency, exact
    after: str
    # A decimal of the currency, exact
    difference: str
    appliedRecords: str
    # A decimal of the currency, exact
    appliedDifference: str
    documentId: str | None


class GetReRatingsByIdRecordsAnswer(TypedDict):
    items: list[GetReRatingsByIdRecordsAnswerItemsItem]


class GetReRatingsByIdRecordsAnswerItemsItem(TypedDict):
    source: str
    id: str
    service: str
    type: str
    time: str
    # A decimal of the currency, exact
    before: str
    # A decimal of the currency, exact
    after: str
    # A decimal of the currency, exact
    difference: str
    fault: str | None


class GetReferralProgramsAnswer(TypedDict):
    items: list[ReferralProgram]


class PutReferralProgramsByCodeBody(TypedDict):
    currency: str
    referrerAmount: str
    referredAmount: str
    validDays: NotRequired[int | None]
    priority: NotRequired[int]
    maxPerReferrer: NotRequired[int | None]


class PostReferralsAnswer(TypedDict):
    id: str
    key: str
    program: str
    referrerAccountId: str
    referredAccountId: str
    content: dict[str, Any]
    createdAt: str


class PostReferralsBody(TypedDict):
    key: str
    program: str
    # The account that brought the other
    referrer: str
    # An id or a key
    referred: str


class GetRefundsAnswer(TypedDict):
    items: list[Refund]
    nextCursor: str | None
    previousCursor: str | None


class PostRefundsByIdKeepBody(TypedDict):
    reason: str


class PostRefundsByIdSendBody(TypedDict):
    # Natural key; the Idempotency-Key when absent
    key: NotRequired[str]
    # The attempt whose money it is; one that has enough left when absent
    charge: NotRequired[str]


class PostRefundsByIdSentBody(TypedDict):
    method: Literal["bank", "cash", "card", "other"]
    # Such as the number of the transfer
    reference: NotRequired[str | None]
    # Today, by the zone of the account, when absent
    sentOn: NotRequired[str]


class GetRolesAnswer(TypedDict):
    items: list[Role]


class PostRolesBody(TypedDict):
    name: str
    description: NotRequired[str]
    scopes: list[Literal["keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]


class DeleteRolesByNameAnswer(TypedDict):
    name: str


class PatchRolesByNameBody(TypedDict):
    description: NotRequired[str]
    scopes: NotRequired[list[Literal["keys:write", "catalog:read", "catalog:write", "customers:read", "customers:write", "customers:erase", "usage:read", "usage:write", "usage:correct", "usage:correct-any", "invoices:read", "invoices:write", "invoices:approve", "re-ratings:write", "re-ratings:approve", "payments:read", "payments:write", "ledger:read", "books:write", "journal:write", "charging:write", "balances:read", "balances:write", "balances:approve", "blocks:read", "blocks:write", "blocks:admin", "vouchers:write", "discounts:read", "discounts:write", "dunning:read", "dunning:write", "events:read", "users:read", "users:write", "audit:read", "jobs:read", "jobs:write", "settings:read", "settings:write"]]]


class PostSecretKeysAnswer(TypedDict):
    # Of the new key; the key itself is in the file alone
    id: str
    # Secrets that were encrypted anew
    encrypted: int
    # All tenants: each has the event
    tenants: list[str]


class GetSepaFilesAnswer(TypedDict):
    items: list[SepaFile]
    nextCursor: str | None
    previousCursor: str | None


class PostSepaFilesBody1(TypedDict):
    kind: Literal["debits"]
    key: str
    # An id or a key
    bankAccount: str
    # Today unless set
    until: NotRequired[str]


class PostSepaFilesBody2(TypedDict):
    kind: Literal["refunds"]
    key: str
    # An id or a key
    bankAccount: str


class PostSepaFilesByReferenceOrdersByOrderEndBody(TypedDict):
    reason: str


class PostSepaStatusReportsAnswer(TypedDict):
    # Orders that were refused now
    rejected: int


class GetServicesAnswer(TypedDict):
    items: list[Service]
    nextCursor: str | None
    previousCursor: str | None


class PostServicesBody(TypedDict):
    # The caller's own identifier
    key: str
    # An id or a key
    account: str
    validFrom: str
    validUntil: NotRequired[str | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PatchServicesByReferenceBody(TypedDict):
    validUntil: NotRequired[str | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: NotRequired[dict[str, str | None]]


class PostSessionsBody(TypedDict):
    # An e-mail address, in any case
    email: str
    password: str
    # Of the authenticator, where the account has one
    code: NotRequired[str]
    # In place of a code; each opens once
    recoveryCode: NotRequired[str]


class GetSettingsAnswer(TypedDict):
    items: list[SettingsName]


class DeleteSettingsAttachmentsAnswer(TypedDict):
    name: Literal["attachments"]


class GetSettingsAttachmentsAnswer(TypedDict):
    name: Literal["attachments"]
    # Null where nothing is set
    values: GetSettingsAttachmentsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsAttachmentsAnswerValues(TypedDict):
    # Of all files together; 1 MB is 10^6 bytes
    totalMegabytes: int


class PutSettingsAttachmentsAnswer(TypedDict):
    name: Literal["attachments"]
    # Null where nothing is set
    values: PutSettingsAttachmentsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsAttachmentsAnswerValues(TypedDict):
    # Of all files together; 1 MB is 10^6 bytes
    totalMegabytes: int


class PutSettingsAttachmentsBody(TypedDict):
    values: PutSettingsAttachmentsBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsAttachmentsBodyValues(TypedDict):
    # Of all files together; 1 MB is 10^6 bytes
    totalMegabytes: NotRequired[int]


class DeleteSettingsBanksAnswer(TypedDict):
    name: Literal["banks"]


class GetSettingsBanksAnswer(TypedDict):
    name: Literal["banks"]
    # Null where nothing is set
    values: GetSettingsBanksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsBanksAnswerValues(TypedDict):
    # A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule
    bookFrom: int
    # So many minor units more or less are still taken for what is open: 5 is 0.05 EUR
    toleranceMinor: int


class PutSettingsBanksAnswer(TypedDict):
    name: Literal["banks"]
    # Null where nothing is set
    values: PutSettingsBanksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsBanksAnswerValues(TypedDict):
    # A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule
    bookFrom: int
    # So many minor units more or less are still taken for what is open: 5 is 0.05 EUR
    toleranceMinor: int


class PutSettingsBanksBody(TypedDict):
    values: PutSettingsBanksBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsBanksBodyValues(TypedDict):
    # A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule
    bookFrom: int
    # So many minor units more or less are still taken for what is open: 5 is 0.05 EUR
    toleranceMinor: int


class DeleteSettingsBillingAnswer(TypedDict):
    name: Literal["billing"]


class GetSettingsBillingAnswer(TypedDict):
    name: Literal["billing"]
    # Null where nothing is set
    values: GetSettingsBillingAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsBillingAnswerValues(TypedDict):
    # Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month
    schedule: Literal["off", "daily", "monthly"]
    # Of the month, where it is monthly
    day: int
    # At which it begins, by the clock of the tenant
    hour: int
    # The time zone of the hour, and of the day up to which is billed
    zone: str
    # How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H
    gracePeriod: str


class PutSettingsBillingAnswer(TypedDict):
    name: Literal["billing"]
    # Null where nothing is set
    values: PutSettingsBillingAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsBillingAnswerValues(TypedDict):
    # Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month
    schedule: Literal["off", "daily", "monthly"]
    # Of the month, where it is monthly
    day: int
    # At which it begins, by the clock of the tenant
    hour: int
    # The time zone of the hour, and of the day up to which is billed
    zone: str
    # How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H
    gracePeriod: str


class PutSettingsBillingBody(TypedDict):
    values: PutSettingsBillingBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsBillingBodyValues(TypedDict):
    # Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month
    schedule: NotRequired[Literal["off", "daily", "monthly"]]
    # Of the month, where it is monthly
    day: NotRequired[int]
    # At which it begins, by the clock of the tenant
    hour: NotRequired[int]
    # The time zone of the hour, and of the day up to which is billed
    zone: NotRequired[str]
    # How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H
    gracePeriod: NotRequired[str]


class DeleteSettingsDeliveriesAnswer(TypedDict):
    name: Literal["deliveries"]


class GetSettingsDeliveriesAnswer(TypedDict):
    name: Literal["deliveries"]
    # Null where nothing is set
    values: GetSettingsDeliveriesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsDeliveriesAnswerValues(TypedDict):
    # By what; empty sends nothing by itself. A customer may want another way
    onIssue: list[Literal["email", "folder", "peppol"]]
    # `first` takes the first way for which the customer has an address, `all` takes every one of those
    by: Literal["first", "all"]
    # Of what goes by e-mail and into folders; through Peppol it is always UBL
    formats: list[Literal["pdf", "factur_x", "ubl", "cii"]]


class PutSettingsDeliveriesAnswer(TypedDict):
    name: Literal["deliveries"]
    # Null where nothing is set
    values: PutSettingsDeliveriesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsDeliveriesAnswerValues(TypedDict):
    # By what; empty sends nothing by itself. A customer may want another way
    onIssue: list[Literal["email", "folder", "peppol"]]
    # `first` takes the first way for which the customer has an address, `all` takes every one of those
    by: Literal["first", "all"]
    # Of what goes by e-mail and into folders; through Peppol it is always UBL
    formats: list[Literal["pdf", "factur_x", "ubl", "cii"]]


class PutSettingsDeliveriesBody(TypedDict):
    values: PutSettingsDeliveriesBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsDeliveriesBodyValues(TypedDict):
    # By what; empty sends nothing by itself. A customer may want another way
    onIssue: NotRequired[list[Literal["email", "folder", "peppol"]]]
    # `first` takes the first way for which the customer has an address, `all` takes every one of those
    by: NotRequired[Literal["first", "all"]]
    # Of what goes by e-mail and into folders; through Peppol it is always UBL
    formats: NotRequired[list[Literal["pdf", "factur_x", "ubl", "cii"]]]


class DeleteSettingsDirectDebitsAnswer(TypedDict):
    name: Literal["direct-debits"]


class GetSettingsDirectDebitsAnswer(TypedDict):
    name: Literal["direct-debits"]
    # Null where nothing is set
    values: GetSettingsDirectDebitsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsDirectDebitsAnswerValues(TypedDict):
    # The creditor identifier that your bank has given you
    creditorId: str
    # Days from the document, which announces it, to the collection; 14 unless something else was agreed
    notifiedDays: int
    # Settlement days that your bank needs before the collection
    leadDays: int
    # The hour, in Brussels, from which on your bank takes a file as one of the next day
    cutOffHour: int


class PutSettingsDirectDebitsAnswer(TypedDict):
    name: Literal["direct-debits"]
    # Null where nothing is set
    values: PutSettingsDirectDebitsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsDirectDebitsAnswerValues(TypedDict):
    # The creditor identifier that your bank has given you
    creditorId: str
    # Days from the document, which announces it, to the collection; 14 unless something else was agreed
    notifiedDays: int
    # Settlement days that your bank needs before the collection
    leadDays: int
    # The hour, in Brussels, from which on your bank takes a file as one of the next day
    cutOffHour: int


class PutSettingsDirectDebitsBody(TypedDict):
    values: PutSettingsDirectDebitsBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsDirectDebitsBodyValues(TypedDict):
    # The creditor identifier that your bank has given you
    creditorId: str
    # Days from the document, which announces it, to the collection; 14 unless something else was agreed
    notifiedDays: NotRequired[int]
    # Settlement days that your bank needs before the collection
    leadDays: NotRequired[int]
    # The hour, in Brussels, from which on your bank takes a file as one of the next day
    cutOffHour: NotRequired[int]


class DeleteSettingsDisputesAnswer(TypedDict):
    name: Literal["disputes"]


class GetSettingsDisputesAnswer(TypedDict):
    name: Literal["disputes"]
    # Null where nothing is set
    values: GetSettingsDisputesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsDisputesAnswerValues(TypedDict):
    # Codes, each with its meaning: {"late_install": "The technician came late"}
    reasons: dict[str, str]


class PutSettingsDisputesAnswer(TypedDict):
    name: Literal["disputes"]
    # Null where nothing is set
    values: PutSettingsDisputesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsDisputesAnswerValues(TypedDict):
    # Codes, each with its meaning: {"late_install": "The technician came late"}
    reasons: dict[str, str]


class PutSettingsDisputesBody(TypedDict):
    values: PutSettingsDisputesBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsDisputesBodyValues(TypedDict):
    # Codes, each with its meaning: {"late_install": "The technician came late"}
    reasons: NotRequired[dict[str, str]]


class DeleteSettingsDunningAnswer(TypedDict):
    name: Literal["dunning"]


class GetSettingsDunningAnswer(TypedDict):
    name: Literal["dunning"]
    # Null where nothing is set
    values: GetSettingsDunningAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsDunningAnswerValues(TypedDict):
    # Off: steps are done when somebody asks for it
    schedule: Literal["off", "daily"]
    # At which steps are done
    hour: int
    # The time zone of the hour; days overdue are counted in that of each account
    zone: str


class PutSettingsDunningAnswer(TypedDict):
    name: Literal["dunning"]
    # Null where nothing is set
    values: PutSettingsDunningAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsDunningAnswerValues(TypedDict):
    # Off: steps are done when somebody asks for it
    schedule: Literal["off", "daily"]
    # At which steps are done
    hour: int
    # The time zone of the hour; days overdue are counted in that of each account
    zone: str


class PutSettingsDunningBody(TypedDict):
    values: PutSettingsDunningBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsDunningBodyValues(TypedDict):
    # Off: steps are done when somebody asks for it
    schedule: NotRequired[Literal["off", "daily"]]
    # At which steps are done
    hour: NotRequired[int]
    # The time zone of the hour; days overdue are counted in that of each account
    zone: NotRequired[str]


class DeleteSettingsEventsAnswer(TypedDict):
    name: Literal["events"]


class GetSettingsEventsAnswer(TypedDict):
    name: Literal["events"]
    # Null where nothing is set
    values: GetSettingsEventsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsEventsAnswerValues(TypedDict):
    # Since they happened; null for ever
    keepDays: int | None


class PutSettingsEventsAnswer(TypedDict):
    name: Literal["events"]
    # Null where nothing is set
    values: PutSettingsEventsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsEventsAnswerValues(TypedDict):
    # Since they happened; null for ever
    keepDays: int | None


class PutSettingsEventsBody(TypedDict):
    values: PutSettingsEventsBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsEventsBodyValues(TypedDict):
    # Since they happened; null for ever
    keepDays: NotRequired[int | None]


class DeleteSettingsFcmAnswer(TypedDict):
    name: Literal["fcm"]


class GetSettingsFcmAnswer(TypedDict):
    name: Literal["fcm"]
    # Null where nothing is set
    values: GetSettingsFcmAnswerValues | None
    secrets: GetSettingsFcmAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsFcmAnswerValues(TypedDict):
    apiUrl: str


class GetSettingsFcmAnswerSecrets(TypedDict):
    serviceAccount: GetSettingsFcmAnswerSecretsServiceAccount


class GetSettingsFcmAnswerSecretsServiceAccount(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsFcmAnswer(TypedDict):
    name: Literal["fcm"]
    # Null where nothing is set
    values: PutSettingsFcmAnswerValues | None
    secrets: PutSettingsFcmAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsFcmAnswerValues(TypedDict):
    apiUrl: str


class PutSettingsFcmAnswerSecrets(TypedDict):
    serviceAccount: PutSettingsFcmAnswerSecretsServiceAccount


class PutSettingsFcmAnswerSecretsServiceAccount(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsFcmBody(TypedDict):
    values: PutSettingsFcmBodyValues
    secrets: NotRequired[PutSettingsFcmBodySecrets]


class PutSettingsFcmBodyValues(TypedDict):
    apiUrl: NotRequired[str]


class PutSettingsFcmBodySecrets(TypedDict):
    # The key of a service account that may send messages: the JSON file as the console of Firebase gives it, of at most 8,000 characters. Stays as it is unless sent; null removes it
    serviceAccount: NotRequired[str | None]


class DeleteSettingsInvoiceReviewAnswer(TypedDict):
    name: Literal["invoice-review"]


class GetSettingsInvoiceReviewAnswer(TypedDict):
    name: Literal["invoice-review"]
    # Null where nothing is set
    values: GetSettingsInvoiceReviewAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsInvoiceReviewAnswerValues(TypedDict):
    # An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it
    factor: int
    # How many of the last bills an amount is compared with
    last: int
    # Amounts by currency from which on a document is told of: {"EUR": "10000.00"}
    over: dict[str, str]
    # Warnings with which a document is not issued before somebody has approved of it; none unless set
    needsApproval: list[Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]]
    # By how much of the approved amount a document may change before it is asked again
    tolerancePercent: int


class PutSettingsInvoiceReviewAnswer(TypedDict):
    name: Literal["invoice-review"]
    # Null where nothing is set
    values: PutSettingsInvoiceReviewAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsInvoiceReviewAnswerValues(TypedDict):
    # An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it
    factor: int
    # How many of the last bills an amount is compared with
    last: int
    # Amounts by currency from which on a document is told of: {"EUR": "10000.00"}
    over: dict[str, str]
    # Warnings with which a document is not issued before somebody has approved of it; none unless set
    needsApproval: list[Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]]
    # By how much of the approved amount a document may change before it is asked again
    tolerancePercent: int


class PutSettingsInvoiceReviewBody(TypedDict):
    values: PutSettingsInvoiceReviewBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsInvoiceReviewBodyValues(TypedDict):
    # An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it
    factor: NotRequired[int]
    # How many of the last bills an amount is compared with
    last: NotRequired[int]
    # Amounts by currency from which on a document is told of: {"EUR": "10000.00"}
    over: NotRequired[dict[str, str]]
    # Warnings with which a document is not issued before somebody has approved of it; none unless set
    needsApproval: NotRequired[list[Literal["unusual_amount", "zero", "negative", "tax_missing", "tax_id", "advance_left", "first_bill", "over_threshold"]]]
    # By how much of the approved amount a document may change before it is asked again
    tolerancePercent: NotRequired[int]


class DeleteSettingsJobsAnswer(TypedDict):
    name: Literal["jobs"]


class GetSettingsJobsAnswer(TypedDict):
    name: Literal["jobs"]
    # Null where nothing is set
    values: GetSettingsJobsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsJobsAnswerValues(TypedDict):
    # Since they ended; those that were given up are kept
    keepDays: int


class PutSettingsJobsAnswer(TypedDict):
    name: Literal["jobs"]
    # Null where nothing is set
    values: PutSettingsJobsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsJobsAnswerValues(TypedDict):
    # Since they ended; those that were given up are kept
    keepDays: int


class PutSettingsJobsBody(TypedDict):
    values: PutSettingsJobsBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsJobsBodyValues(TypedDict):
    # Since they ended; those that were given up are kept
    keepDays: NotRequired[int]


class DeleteSettingsLateChargesAnswer(TypedDict):
    name: Literal["late-charges"]


class GetSettingsLateChargesAnswer(TypedDict):
    name: Literal["late-charges"]
    # Null where nothing is set
    values: GetSettingsLateChargesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


GetSettingsLateChargesAnswerValues = TypedDict("GetSettingsLateChargesAnswerValues", {
    "from": "str | None",
    "business": "GetSettingsLateChargesAnswerValuesBusiness | None",
    "consumer": "GetSettingsLateChargesAnswerValuesConsumer | None",
    "issuers": "dict[str, GetSettingsLateChargesAnswerValuesIssuersValue]",
    "accounts": "dict[str, GetSettingsLateChargesAnswerValuesAccountsValue | None]",
    "baseRates": "list[GetSettingsLateChargesAnswerValuesBaseRatesItem]",
    "yearDays": "int",
    "interestText": "str",
    "feeText": "str",
    "schedule": "Literal[\"off\", \"daily\", \"monthly\"]",
    "day": "int",
    "hour": "int",
    "zone": "str",
})


class GetSettingsLateChargesAnswerValuesBusiness(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[GetSettingsLateChargesAnswerValuesBusinessRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


GetSettingsLateChargesAnswerValuesBusinessRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class GetSettingsLateChargesAnswerValuesConsumer(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[GetSettingsLateChargesAnswerValuesConsumerRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


GetSettingsLateChargesAnswerValuesConsumerRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class GetSettingsLateChargesAnswerValuesIssuersValue(TypedDict):
    # For businesses and public bodies; none unless set
    business: GetSettingsLateChargesAnswerValuesIssuersValueBusiness | None
    # For consumers, and customers of whom nobody said what they are
    consumer: GetSettingsLateChargesAnswerValuesIssuersValueConsumer | None


class GetSettingsLateChargesAnswerValuesIssuersValueBusiness(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[GetSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


GetSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class GetSettingsLateChargesAnswerValuesIssuersValueConsumer(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[GetSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


GetSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class GetSettingsLateChargesAnswerValuesAccountsValue(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[GetSettingsLateChargesAnswerValuesAccountsValueRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


GetSettingsLateChargesAnswerValuesAccountsValueRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesAccountsValueRatesItem", {
    "from": "str",
    "percent": "str",
})


GetSettingsLateChargesAnswerValuesBaseRatesItem = TypedDict("GetSettingsLateChargesAnswerValuesBaseRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesAnswer(TypedDict):
    name: Literal["late-charges"]
    # Null where nothing is set
    values: PutSettingsLateChargesAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


PutSettingsLateChargesAnswerValues = TypedDict("PutSettingsLateChargesAnswerValues", {
    "from": "str | None",
    "business": "PutSettingsLateChargesAnswerValuesBusiness | None",
    "consumer": "PutSettingsLateChargesAnswerValuesConsumer | None",
    "issuers": "dict[str, PutSettingsLateChargesAnswerValuesIssuersValue]",
    "accounts": "dict[str, PutSettingsLateChargesAnswerValuesAccountsValue | None]",
    "baseRates": "list[PutSettingsLateChargesAnswerValuesBaseRatesItem]",
    "yearDays": "int",
    "interestText": "str",
    "feeText": "str",
    "schedule": "Literal[\"off\", \"daily\", \"monthly\"]",
    "day": "int",
    "hour": "int",
    "zone": "str",
})


class PutSettingsLateChargesAnswerValuesBusiness(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[PutSettingsLateChargesAnswerValuesBusinessRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


PutSettingsLateChargesAnswerValuesBusinessRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesAnswerValuesConsumer(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[PutSettingsLateChargesAnswerValuesConsumerRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


PutSettingsLateChargesAnswerValuesConsumerRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesAnswerValuesIssuersValue(TypedDict):
    # For businesses and public bodies; none unless set
    business: PutSettingsLateChargesAnswerValuesIssuersValueBusiness | None
    # For consumers, and customers of whom nobody said what they are
    consumer: PutSettingsLateChargesAnswerValuesIssuersValueConsumer | None


class PutSettingsLateChargesAnswerValuesIssuersValueBusiness(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[PutSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


PutSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesIssuersValueBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesAnswerValuesIssuersValueConsumer(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[PutSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


PutSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesIssuersValueConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesAnswerValuesAccountsValue(TypedDict):
    # Interest in percent a year
    percent: str | None
    # The same by the days from which it holds
    rates: list[PutSettingsLateChargesAnswerValuesAccountsValueRatesItem]
    # Or so many points above `baseRates`
    pointsAboveBase: str | None
    # Days after the due day that are never charged
    graceDays: int
    # Once for each document: {"EUR": "40.00"}
    fees: dict[str, str]
    # The fee is charged after so many days overdue
    feeAfterDays: int
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: dict[str, str]
    # All charges on a document are no more than this part of it
    capPercent: str | None
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]


PutSettingsLateChargesAnswerValuesAccountsValueRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesAccountsValueRatesItem", {
    "from": "str",
    "percent": "str",
})


PutSettingsLateChargesAnswerValuesBaseRatesItem = TypedDict("PutSettingsLateChargesAnswerValuesBaseRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesBody(TypedDict):
    values: PutSettingsLateChargesBodyValues
    secrets: NotRequired[dict[str, Any]]


PutSettingsLateChargesBodyValues = TypedDict("PutSettingsLateChargesBodyValues", {
    "from": "NotRequired[str | None]",
    "business": "NotRequired[PutSettingsLateChargesBodyValuesBusiness | None]",
    "consumer": "NotRequired[PutSettingsLateChargesBodyValuesConsumer | None]",
    "issuers": "NotRequired[dict[str, PutSettingsLateChargesBodyValuesIssuersValue]]",
    "accounts": "NotRequired[dict[str, PutSettingsLateChargesBodyValuesAccountsValue | None]]",
    "baseRates": "NotRequired[list[PutSettingsLateChargesBodyValuesBaseRatesItem]]",
    "yearDays": "NotRequired[int]",
    "interestText": "NotRequired[str]",
    "feeText": "NotRequired[str]",
    "schedule": "NotRequired[Literal[\"off\", \"daily\", \"monthly\"]]",
    "day": "NotRequired[int]",
    "hour": "NotRequired[int]",
    "zone": "NotRequired[str]",
})


class PutSettingsLateChargesBodyValuesBusiness(TypedDict):
    # Interest in percent a year
    percent: NotRequired[str | None]
    # The same by the days from which it holds
    rates: NotRequired[list[PutSettingsLateChargesBodyValuesBusinessRatesItem]]
    # Or so many points above `baseRates`
    pointsAboveBase: NotRequired[str | None]
    # Days after the due day that are never charged
    graceDays: NotRequired[int]
    # Once for each document: {"EUR": "40.00"}
    fees: NotRequired[dict[str, str]]
    # The fee is charged after so many days overdue
    feeAfterDays: NotRequired[int]
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: NotRequired[dict[str, str]]
    # All charges on a document are no more than this part of it
    capPercent: NotRequired[str | None]
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]]


PutSettingsLateChargesBodyValuesBusinessRatesItem = TypedDict("PutSettingsLateChargesBodyValuesBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesBodyValuesConsumer(TypedDict):
    # Interest in percent a year
    percent: NotRequired[str | None]
    # The same by the days from which it holds
    rates: NotRequired[list[PutSettingsLateChargesBodyValuesConsumerRatesItem]]
    # Or so many points above `baseRates`
    pointsAboveBase: NotRequired[str | None]
    # Days after the due day that are never charged
    graceDays: NotRequired[int]
    # Once for each document: {"EUR": "40.00"}
    fees: NotRequired[dict[str, str]]
    # The fee is charged after so many days overdue
    feeAfterDays: NotRequired[int]
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: NotRequired[dict[str, str]]
    # All charges on a document are no more than this part of it
    capPercent: NotRequired[str | None]
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]]


PutSettingsLateChargesBodyValuesConsumerRatesItem = TypedDict("PutSettingsLateChargesBodyValuesConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesBodyValuesIssuersValue(TypedDict):
    # For businesses and public bodies; none unless set
    business: NotRequired[PutSettingsLateChargesBodyValuesIssuersValueBusiness | None]
    # For consumers, and customers of whom nobody said what they are
    consumer: NotRequired[PutSettingsLateChargesBodyValuesIssuersValueConsumer | None]


class PutSettingsLateChargesBodyValuesIssuersValueBusiness(TypedDict):
    # Interest in percent a year
    percent: NotRequired[str | None]
    # The same by the days from which it holds
    rates: NotRequired[list[PutSettingsLateChargesBodyValuesIssuersValueBusinessRatesItem]]
    # Or so many points above `baseRates`
    pointsAboveBase: NotRequired[str | None]
    # Days after the due day that are never charged
    graceDays: NotRequired[int]
    # Once for each document: {"EUR": "40.00"}
    fees: NotRequired[dict[str, str]]
    # The fee is charged after so many days overdue
    feeAfterDays: NotRequired[int]
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: NotRequired[dict[str, str]]
    # All charges on a document are no more than this part of it
    capPercent: NotRequired[str | None]
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]]


PutSettingsLateChargesBodyValuesIssuersValueBusinessRatesItem = TypedDict("PutSettingsLateChargesBodyValuesIssuersValueBusinessRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesBodyValuesIssuersValueConsumer(TypedDict):
    # Interest in percent a year
    percent: NotRequired[str | None]
    # The same by the days from which it holds
    rates: NotRequired[list[PutSettingsLateChargesBodyValuesIssuersValueConsumerRatesItem]]
    # Or so many points above `baseRates`
    pointsAboveBase: NotRequired[str | None]
    # Days after the due day that are never charged
    graceDays: NotRequired[int]
    # Once for each document: {"EUR": "40.00"}
    fees: NotRequired[dict[str, str]]
    # The fee is charged after so many days overdue
    feeAfterDays: NotRequired[int]
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: NotRequired[dict[str, str]]
    # All charges on a document are no more than this part of it
    capPercent: NotRequired[str | None]
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]]


PutSettingsLateChargesBodyValuesIssuersValueConsumerRatesItem = TypedDict("PutSettingsLateChargesBodyValuesIssuersValueConsumerRatesItem", {
    "from": "str",
    "percent": "str",
})


class PutSettingsLateChargesBodyValuesAccountsValue(TypedDict):
    # Interest in percent a year
    percent: NotRequired[str | None]
    # The same by the days from which it holds
    rates: NotRequired[list[PutSettingsLateChargesBodyValuesAccountsValueRatesItem]]
    # Or so many points above `baseRates`
    pointsAboveBase: NotRequired[str | None]
    # Days after the due day that are never charged
    graceDays: NotRequired[int]
    # Once for each document: {"EUR": "40.00"}
    fees: NotRequired[dict[str, str]]
    # The fee is charged after so many days overdue
    feeAfterDays: NotRequired[int]
    # Interest of less waits until it comes to this: {"EUR": "1.00"}
    minimum: NotRequired[dict[str, str]]
    # All charges on a document are no more than this part of it
    capPercent: NotRequired[str | None]
    # Damages are no supply, so that no tax is on them unless another class is set
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic", "exempt", "out_of_scope", "multi_purpose_voucher", "used_voucher"]]


PutSettingsLateChargesBodyValuesAccountsValueRatesItem = TypedDict("PutSettingsLateChargesBodyValuesAccountsValueRatesItem", {
    "from": "str",
    "percent": "str",
})


PutSettingsLateChargesBodyValuesBaseRatesItem = TypedDict("PutSettingsLateChargesBodyValuesBaseRatesItem", {
    "from": "str",
    "percent": "str",
})


class DeleteSettingsMailAnswer(TypedDict):
    name: Literal["mail"]


class GetSettingsMailAnswer(TypedDict):
    name: Literal["mail"]
    # Null where nothing is set
    values: GetSettingsMailAnswerValues | None
    secrets: GetSettingsMailAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsMailAnswerValues(TypedDict):
    host: str
    port: int
    # `none` sends passwords and documents in the clear: only to a server on this machine
    security: Literal["starttls", "tls", "none"]
    # Its password is a secret
    user: str | None
    fromName: str
    fromAddress: str
    # Who signs for the server, where it is no authority that is known to all
    caCertificate: str | None
    dkimDomain: str | None
    # The public key is the TXT record kvit._domainkey.example.com
    dkimSelector: str | None


class GetSettingsMailAnswerSecrets(TypedDict):
    password: GetSettingsMailAnswerSecretsPassword
    dkimPrivateKey: GetSettingsMailAnswerSecretsDkimPrivateKey


class GetSettingsMailAnswerSecretsPassword(TypedDict):
    isSet: bool
    setAt: str | None


class GetSettingsMailAnswerSecretsDkimPrivateKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsMailAnswer(TypedDict):
    name: Literal["mail"]
    # Null where nothing is set
    values: PutSettingsMailAnswerValues | None
    secrets: PutSettingsMailAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsMailAnswerValues(TypedDict):
    host: str
    port: int
    # `none` sends passwords and documents in the clear: only to a server on this machine
    security: Literal["starttls", "tls", "none"]
    # Its password is a secret
    user: str | None
    fromName: str
    fromAddress: str
    # Who signs for the server, where it is no authority that is known to all
    caCertificate: str | None
    dkimDomain: str | None
    # The public key is the TXT record kvit._domainkey.example.com
    dkimSelector: str | None


class PutSettingsMailAnswerSecrets(TypedDict):
    password: PutSettingsMailAnswerSecretsPassword
    dkimPrivateKey: PutSettingsMailAnswerSecretsDkimPrivateKey


class PutSettingsMailAnswerSecretsPassword(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsMailAnswerSecretsDkimPrivateKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsMailBody(TypedDict):
    values: PutSettingsMailBodyValues
    secrets: NotRequired[PutSettingsMailBodySecrets]


class PutSettingsMailBodyValues(TypedDict):
    host: str
    port: NotRequired[int]
    # `none` sends passwords and documents in the clear: only to a server on this machine
    security: NotRequired[Literal["starttls", "tls", "none"]]
    # Its password is a secret
    user: NotRequired[str | None]
    fromName: str
    fromAddress: str
    # Who signs for the server, where it is no authority that is known to all
    caCertificate: NotRequired[str | None]
    dkimDomain: NotRequired[str | None]
    # The public key is the TXT record kvit._domainkey.example.com
    dkimSelector: NotRequired[str | None]


class PutSettingsMailBodySecrets(TypedDict):
    # What the server knows the user by: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it
    password: NotRequired[str | None]
    # What messages are signed with: a private key of RSA as PEM. Stays as it is unless sent; null removes it
    dkimPrivateKey: NotRequired[str | None]


class DeleteSettingsNoticesAnswer(TypedDict):
    name: Literal["notices"]


class GetSettingsNoticesAnswer(TypedDict):
    name: Literal["notices"]
    # Null where nothing is set
    values: GetSettingsNoticesAnswerValues | None
    secrets: GetSettingsNoticesAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsNoticesAnswerValues(TypedDict):
    # Nothing is sent before it is true
    on: bool
    # Nobody is disturbed from then on, by the own local time
    quietFrom: str | None
    quietUntil: str | None
    # Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same
    mostPerDay: int | None
    # Whether what is said stands in the inbox as well
    inbox: bool
    # What differs for a kind
    kinds: dict[str, GetSettingsNoticesAnswerValuesKindsValue]
    # What a message by a channel costs, or each part of a long SMS: kept with each that is accepted
    costs: dict[str, GetSettingsNoticesAnswerValuesCostsValue]
    # A template is used when another person has approved of it
    approveTemplates: bool
    # Where people find this server, for links in messages; null is KVIT_PUBLIC_URL
    linkAddress: str | None


class GetSettingsNoticesAnswerValuesKindsValue(TypedDict):
    # False: nobody is told of it
    on: NotRequired[bool]
    # By what it goes: the first way, and what follows on it
    chain: NotRequired[list[GetSettingsNoticesAnswerValuesKindsValueChainItem]]
    # Whether an entry in the inbox is made besides
    inbox: NotRequired[bool]


class GetSettingsNoticesAnswerValuesKindsValueChainItem(TypedDict):
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    # When it is taken after the one before; of the first one it says nothing
    when: Literal["failed", "not_delivered", "not_read"]
    # After the one before was accepted
    afterMinutes: int


class GetSettingsNoticesAnswerValuesCostsValue(TypedDict):
    amount: str
    currency: Any


class GetSettingsNoticesAnswerSecrets(TypedDict):
    bounceSecret: GetSettingsNoticesAnswerSecretsBounceSecret


class GetSettingsNoticesAnswerSecretsBounceSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsNoticesAnswer(TypedDict):
    name: Literal["notices"]
    # Null where nothing is set
    values: PutSettingsNoticesAnswerValues | None
    secrets: PutSettingsNoticesAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsNoticesAnswerValues(TypedDict):
    # Nothing is sent before it is true
    on: bool
    # Nobody is disturbed from then on, by the own local time
    quietFrom: str | None
    quietUntil: str | None
    # Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same
    mostPerDay: int | None
    # Whether what is said stands in the inbox as well
    inbox: bool
    # What differs for a kind
    kinds: dict[str, PutSettingsNoticesAnswerValuesKindsValue]
    # What a message by a channel costs, or each part of a long SMS: kept with each that is accepted
    costs: dict[str, PutSettingsNoticesAnswerValuesCostsValue]
    # A template is used when another person has approved of it
    approveTemplates: bool
    # Where people find this server, for links in messages; null is KVIT_PUBLIC_URL
    linkAddress: str | None


class PutSettingsNoticesAnswerValuesKindsValue(TypedDict):
    # False: nobody is told of it
    on: NotRequired[bool]
    # By what it goes: the first way, and what follows on it
    chain: NotRequired[list[PutSettingsNoticesAnswerValuesKindsValueChainItem]]
    # Whether an entry in the inbox is made besides
    inbox: NotRequired[bool]


class PutSettingsNoticesAnswerValuesKindsValueChainItem(TypedDict):
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    # When it is taken after the one before; of the first one it says nothing
    when: Literal["failed", "not_delivered", "not_read"]
    # After the one before was accepted
    afterMinutes: int


class PutSettingsNoticesAnswerValuesCostsValue(TypedDict):
    amount: str
    currency: Any


class PutSettingsNoticesAnswerSecrets(TypedDict):
    bounceSecret: PutSettingsNoticesAnswerSecretsBounceSecret


class PutSettingsNoticesAnswerSecretsBounceSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsNoticesBody(TypedDict):
    values: PutSettingsNoticesBodyValues
    secrets: NotRequired[PutSettingsNoticesBodySecrets]


class PutSettingsNoticesBodyValues(TypedDict):
    # Nothing is sent before it is true
    on: NotRequired[bool]
    # Nobody is disturbed from then on, by the own local time
    quietFrom: NotRequired[str | None]
    quietUntil: NotRequired[str | None]
    # Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same
    mostPerDay: NotRequired[int | None]
    # Whether what is said stands in the inbox as well
    inbox: NotRequired[bool]
    # What differs for a kind
    kinds: NotRequired[dict[str, PutSettingsNoticesBodyValuesKindsValue]]
    # What a message by a channel costs, or each part of a long SMS: kept with each that is accepted
    costs: NotRequired[dict[str, PutSettingsNoticesBodyValuesCostsValue]]
    # A template is used when another person has approved of it
    approveTemplates: NotRequired[bool]
    # Where people find this server, for links in messages; null is KVIT_PUBLIC_URL
    linkAddress: NotRequired[str | None]


class PutSettingsNoticesBodyValuesKindsValue(TypedDict):
    # False: nobody is told of it
    on: NotRequired[bool]
    # By what it goes: the first way, and what follows on it
    chain: NotRequired[list[PutSettingsNoticesBodyValuesKindsValueChainItem]]
    # Whether an entry in the inbox is made besides
    inbox: NotRequired[bool]


class PutSettingsNoticesBodyValuesKindsValueChainItem(TypedDict):
    channel: Literal["email", "sms", "push", "voice", "messenger", "inbox"]
    # When it is taken after the one before; of the first one it says nothing
    when: NotRequired[Literal["failed", "not_delivered", "not_read"]]
    # After the one before was accepted
    afterMinutes: NotRequired[int]


class PutSettingsNoticesBodyValuesCostsValue(TypedDict):
    amount: str
    currency: str


class PutSettingsNoticesBodySecrets(TypedDict):
    # What whoever tells of e-mail that came back, or of complaints, signs with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it
    bounceSecret: NotRequired[str | None]


class DeleteSettingsPaymentLinksAnswer(TypedDict):
    name: Literal["payment-links"]


class GetSettingsPaymentLinksAnswer(TypedDict):
    name: Literal["payment-links"]
    # Null where nothing is set
    values: GetSettingsPaymentLinksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsPaymentLinksAnswerValues(TypedDict):
    # A link opens for so many days, unless its maker says otherwise
    openDays: int
    # Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one
    documentsAddress: str | None
    # Payers may pay a part of what is open
    partPayments: bool
    # The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is
    leastPartMinor: int
    # The least that an account is topped up by, in minor units
    leastTopUpMinor: int
    # The most that an account is topped up by, in minor units
    mostTopUpMinor: int


class PutSettingsPaymentLinksAnswer(TypedDict):
    name: Literal["payment-links"]
    # Null where nothing is set
    values: PutSettingsPaymentLinksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsPaymentLinksAnswerValues(TypedDict):
    # A link opens for so many days, unless its maker says otherwise
    openDays: int
    # Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one
    documentsAddress: str | None
    # Payers may pay a part of what is open
    partPayments: bool
    # The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is
    leastPartMinor: int
    # The least that an account is topped up by, in minor units
    leastTopUpMinor: int
    # The most that an account is topped up by, in minor units
    mostTopUpMinor: int


class PutSettingsPaymentLinksBody(TypedDict):
    values: PutSettingsPaymentLinksBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsPaymentLinksBodyValues(TypedDict):
    # A link opens for so many days, unless its maker says otherwise
    openDays: NotRequired[int]
    # Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one
    documentsAddress: NotRequired[str | None]
    # Payers may pay a part of what is open
    partPayments: NotRequired[bool]
    # The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is
    leastPartMinor: NotRequired[int]
    # The least that an account is topped up by, in minor units
    leastTopUpMinor: NotRequired[int]
    # The most that an account is topped up by, in minor units
    mostTopUpMinor: NotRequired[int]


class DeleteSettingsPaymentNoticesAnswer(TypedDict):
    name: Literal["payment-notices"]


class GetSettingsPaymentNoticesAnswer(TypedDict):
    name: Literal["payment-notices"]
    # Null where nothing is set
    values: GetSettingsPaymentNoticesAnswerValues | None
    secrets: GetSettingsPaymentNoticesAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsPaymentNoticesAnswerValues(TypedDict):
    # As what they are recorded
    method: Literal["bank", "cash"]


class GetSettingsPaymentNoticesAnswerSecrets(TypedDict):
    signingSecret: GetSettingsPaymentNoticesAnswerSecretsSigningSecret
    earlierSigningSecret: GetSettingsPaymentNoticesAnswerSecretsEarlierSigningSecret


class GetSettingsPaymentNoticesAnswerSecretsSigningSecret(TypedDict):
    isSet: bool
    setAt: str | None


class GetSettingsPaymentNoticesAnswerSecretsEarlierSigningSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPaymentNoticesAnswer(TypedDict):
    name: Literal["payment-notices"]
    # Null where nothing is set
    values: PutSettingsPaymentNoticesAnswerValues | None
    secrets: PutSettingsPaymentNoticesAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsPaymentNoticesAnswerValues(TypedDict):
    # As what they are recorded
    method: Literal["bank", "cash"]


class PutSettingsPaymentNoticesAnswerSecrets(TypedDict):
    signingSecret: PutSettingsPaymentNoticesAnswerSecretsSigningSecret
    earlierSigningSecret: PutSettingsPaymentNoticesAnswerSecretsEarlierSigningSecret


class PutSettingsPaymentNoticesAnswerSecretsSigningSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPaymentNoticesAnswerSecretsEarlierSigningSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPaymentNoticesBody(TypedDict):
    values: PutSettingsPaymentNoticesBodyValues
    secrets: NotRequired[PutSettingsPaymentNoticesBodySecrets]


class PutSettingsPaymentNoticesBodyValues(TypedDict):
    # As what they are recorded
    method: Literal["bank", "cash"]


class PutSettingsPaymentNoticesBodySecrets(TypedDict):
    # What messages are signed with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it
    signingSecret: NotRequired[str | None]
    # The one before, which is taken as well while the sender changes over: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it
    earlierSigningSecret: NotRequired[str | None]


class DeleteSettingsPeppolAnswer(TypedDict):
    name: Literal["peppol"]


class GetSettingsPeppolAnswer(TypedDict):
    name: Literal["peppol"]
    # Null where nothing is set
    values: GetSettingsPeppolAnswerValues | None
    secrets: GetSettingsPeppolAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsPeppolAnswerValues(TypedDict):
    # By which the access point knows who sends, where it has several
    sender: str | None


class GetSettingsPeppolAnswerSecrets(TypedDict):
    apiKey: GetSettingsPeppolAnswerSecretsApiKey
    callbackSecret: GetSettingsPeppolAnswerSecretsCallbackSecret
    earlierCallbackSecret: GetSettingsPeppolAnswerSecretsEarlierCallbackSecret


class GetSettingsPeppolAnswerSecretsApiKey(TypedDict):
    isSet: bool
    setAt: str | None


class GetSettingsPeppolAnswerSecretsCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class GetSettingsPeppolAnswerSecretsEarlierCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPeppolAnswer(TypedDict):
    name: Literal["peppol"]
    # Null where nothing is set
    values: PutSettingsPeppolAnswerValues | None
    secrets: PutSettingsPeppolAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsPeppolAnswerValues(TypedDict):
    # By which the access point knows who sends, where it has several
    sender: str | None


class PutSettingsPeppolAnswerSecrets(TypedDict):
    apiKey: PutSettingsPeppolAnswerSecretsApiKey
    callbackSecret: PutSettingsPeppolAnswerSecretsCallbackSecret
    earlierCallbackSecret: PutSettingsPeppolAnswerSecretsEarlierCallbackSecret


class PutSettingsPeppolAnswerSecretsApiKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPeppolAnswerSecretsCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPeppolAnswerSecretsEarlierCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsPeppolBody(TypedDict):
    values: PutSettingsPeppolBodyValues
    secrets: NotRequired[PutSettingsPeppolBodySecrets]


class PutSettingsPeppolBodyValues(TypedDict):
    # By which the access point knows who sends, where it has several
    sender: NotRequired[str | None]


class PutSettingsPeppolBodySecrets(TypedDict):
    # What the access point knows the tenant by: 1 to 500 visible ASCII characters. Stays as it is unless sent; null removes it
    apiKey: NotRequired[str | None]
    # What the access point signs its callbacks with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it
    callbackSecret: NotRequired[str | None]
    # The one before, which is taken as well while the access point changes over: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it
    earlierCallbackSecret: NotRequired[str | None]


class DeleteSettingsPrepaidTaxAnswer(TypedDict):
    name: Literal["prepaid-tax"]


class GetSettingsPrepaidTaxAnswer(TypedDict):
    name: Literal["prepaid-tax"]
    # Null where nothing is set
    values: GetSettingsPrepaidTaxAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsPrepaidTaxAnswerValues(TypedDict):
    # When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in
    taxed: Literal["at_use", "at_top_up"]
    # As what it is sold: the class of all usage that it may pay for
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic"]
    # As documents that sell it say it
    description: str
    # Keys of the issuers of whose accounts it is so; of all when absent
    issuers: NotRequired[list[str]]


class PutSettingsPrepaidTaxAnswer(TypedDict):
    name: Literal["prepaid-tax"]
    # Null where nothing is set
    values: PutSettingsPrepaidTaxAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsPrepaidTaxAnswerValues(TypedDict):
    # When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in
    taxed: Literal["at_use", "at_top_up"]
    # As what it is sold: the class of all usage that it may pay for
    taxClass: Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic"]
    # As documents that sell it say it
    description: str
    # Keys of the issuers of whose accounts it is so; of all when absent
    issuers: NotRequired[list[str]]


class PutSettingsPrepaidTaxBody(TypedDict):
    values: PutSettingsPrepaidTaxBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsPrepaidTaxBodyValues(TypedDict):
    # When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in
    taxed: NotRequired[Literal["at_use", "at_top_up"]]
    # As what it is sold: the class of all usage that it may pay for
    taxClass: NotRequired[Literal["general", "goods", "telecom", "mobile", "telecom_wholesale", "electronic", "sim_card", "reduced_goods", "reduced_service", "reduced_electronic", "reduced_2_goods", "reduced_2_service", "reduced_2_electronic", "reduced_3_goods", "reduced_3_service", "reduced_3_electronic", "super_reduced_goods", "super_reduced_service", "super_reduced_electronic", "parking_goods", "parking_service", "parking_electronic", "zero_goods", "zero_service", "zero_electronic"]]
    # As documents that sell it say it
    description: NotRequired[str]
    # Keys of the issuers of whose accounts it is so; of all when absent
    issuers: NotRequired[list[str]]


class DeleteSettingsServiceBlocksAnswer(TypedDict):
    name: Literal["service-blocks"]


class GetSettingsServiceBlocksAnswer(TypedDict):
    name: Literal["service-blocks"]
    # Null where nothing is set
    values: GetSettingsServiceBlocksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsServiceBlocksAnswerValues(TypedDict):
    # Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through
    incomingTypes: list[str]
    # Types of usage of data, such as `data`
    dataTypes: list[str]


class PutSettingsServiceBlocksAnswer(TypedDict):
    name: Literal["service-blocks"]
    # Null where nothing is set
    values: PutSettingsServiceBlocksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsServiceBlocksAnswerValues(TypedDict):
    # Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through
    incomingTypes: list[str]
    # Types of usage of data, such as `data`
    dataTypes: list[str]


class PutSettingsServiceBlocksBody(TypedDict):
    values: PutSettingsServiceBlocksBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsServiceBlocksBodyValues(TypedDict):
    # Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through
    incomingTypes: NotRequired[list[str]]
    # Types of usage of data, such as `data`
    dataTypes: NotRequired[list[str]]


class DeleteSettingsSmppAnswer(TypedDict):
    name: Literal["smpp"]


class GetSettingsSmppAnswer(TypedDict):
    name: Literal["smpp"]
    # Null where nothing is set
    values: GetSettingsSmppAnswerValues | None
    secrets: GetSettingsSmppAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


GetSettingsSmppAnswerValues = TypedDict("GetSettingsSmppAnswerValues", {
    "host": "str",
    "port": "int",
    "security": "Literal[\"tls\", \"none\"]",
    "caCertificate": "str | None",
    "systemId": "str",
    "systemType": "str",
    "from": "str",
    "longTexts": "Literal[\"udh8\", \"udh16\", \"payload\"]",
    "alphabet": "Literal[\"gsm7\", \"ucs2\"]",
    "ids": "Literal[\"same\", \"hex_in_answers\"]",
    "noSuchAddressErrors": "list[str]",
    "maxInFlight": "int",
    "perSecond": "int",
})


class GetSettingsSmppAnswerSecrets(TypedDict):
    password: GetSettingsSmppAnswerSecretsPassword


class GetSettingsSmppAnswerSecretsPassword(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsSmppAnswer(TypedDict):
    name: Literal["smpp"]
    # Null where nothing is set
    values: PutSettingsSmppAnswerValues | None
    secrets: PutSettingsSmppAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


PutSettingsSmppAnswerValues = TypedDict("PutSettingsSmppAnswerValues", {
    "host": "str",
    "port": "int",
    "security": "Literal[\"tls\", \"none\"]",
    "caCertificate": "str | None",
    "systemId": "str",
    "systemType": "str",
    "from": "str",
    "longTexts": "Literal[\"udh8\", \"udh16\", \"payload\"]",
    "alphabet": "Literal[\"gsm7\", \"ucs2\"]",
    "ids": "Literal[\"same\", \"hex_in_answers\"]",
    "noSuchAddressErrors": "list[str]",
    "maxInFlight": "int",
    "perSecond": "int",
})


class PutSettingsSmppAnswerSecrets(TypedDict):
    password: PutSettingsSmppAnswerSecretsPassword


class PutSettingsSmppAnswerSecretsPassword(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsSmppBody(TypedDict):
    values: PutSettingsSmppBodyValues
    secrets: NotRequired[PutSettingsSmppBodySecrets]


PutSettingsSmppBodyValues = TypedDict("PutSettingsSmppBodyValues", {
    "host": "str",
    "port": "NotRequired[int]",
    "security": "NotRequired[Literal[\"tls\", \"none\"]]",
    "caCertificate": "NotRequired[str | None]",
    "systemId": "str",
    "systemType": "NotRequired[str]",
    "from": "str",
    "longTexts": "NotRequired[Literal[\"udh8\", \"udh16\", \"payload\"]]",
    "alphabet": "NotRequired[Literal[\"gsm7\", \"ucs2\"]]",
    "ids": "NotRequired[Literal[\"same\", \"hex_in_answers\"]]",
    "noSuchAddressErrors": "NotRequired[list[str]]",
    "maxInFlight": "NotRequired[int]",
    "perSecond": "NotRequired[int]",
})


class PutSettingsSmppBodySecrets(TypedDict):
    # What the centre knows the system id by: 1 to 64 characters without ends of lines. Stays as it is unless sent; null removes it
    password: NotRequired[str | None]


class DeleteSettingsSmsHttpAnswer(TypedDict):
    name: Literal["sms-http"]


class GetSettingsSmsHttpAnswer(TypedDict):
    name: Literal["sms-http"]
    # Null where nothing is set
    values: GetSettingsSmsHttpAnswerValues | None
    secrets: GetSettingsSmsHttpAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


GetSettingsSmsHttpAnswerValues = TypedDict("GetSettingsSmsHttpAnswerValues", {
    "preset": "Literal[\"twilio\", \"generic\"]",
    "from": "str",
    "user": "str | None",
    "callbackUrl": "str | None",
    "shape": "GetSettingsSmsHttpAnswerValuesShape",
})


class GetSettingsSmsHttpAnswerValuesShape(TypedDict):
    """What differs from the preset"""

    url: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    bodyType: NotRequired[Literal["json", "form", "none"]]
    body: NotRequired[dict[str, Any] | None]
    idField: NotRequired[str | None]
    stateField: NotRequired[str | None]
    acceptedStates: NotRequired[list[str]]
    errorField: NotRequired[str | None]
    errors: NotRequired[dict[str, Literal["no_such_address", "blocked", "too_long", "not_supported", "too_many", "unavailable", "deferred"]]]
    receipts: NotRequired[GetSettingsSmsHttpAnswerValuesShapeReceipts | None]


class GetSettingsSmsHttpAnswerValuesShapeReceipts(TypedDict):
    idField: str
    stateField: str
    errorField: str | None
    deliveredStates: list[str]
    failedStates: list[str]
    signature: Literal["twilio", "hmac_sha256"]
    header: str


class GetSettingsSmsHttpAnswerSecrets(TypedDict):
    secret: GetSettingsSmsHttpAnswerSecretsSecret
    callbackSecret: GetSettingsSmsHttpAnswerSecretsCallbackSecret


class GetSettingsSmsHttpAnswerSecretsSecret(TypedDict):
    isSet: bool
    setAt: str | None


class GetSettingsSmsHttpAnswerSecretsCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsSmsHttpAnswer(TypedDict):
    name: Literal["sms-http"]
    # Null where nothing is set
    values: PutSettingsSmsHttpAnswerValues | None
    secrets: PutSettingsSmsHttpAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


PutSettingsSmsHttpAnswerValues = TypedDict("PutSettingsSmsHttpAnswerValues", {
    "preset": "Literal[\"twilio\", \"generic\"]",
    "from": "str",
    "user": "str | None",
    "callbackUrl": "str | None",
    "shape": "PutSettingsSmsHttpAnswerValuesShape",
})


class PutSettingsSmsHttpAnswerValuesShape(TypedDict):
    """What differs from the preset"""

    url: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    bodyType: NotRequired[Literal["json", "form", "none"]]
    body: NotRequired[dict[str, Any] | None]
    idField: NotRequired[str | None]
    stateField: NotRequired[str | None]
    acceptedStates: NotRequired[list[str]]
    errorField: NotRequired[str | None]
    errors: NotRequired[dict[str, Literal["no_such_address", "blocked", "too_long", "not_supported", "too_many", "unavailable", "deferred"]]]
    receipts: NotRequired[PutSettingsSmsHttpAnswerValuesShapeReceipts | None]


class PutSettingsSmsHttpAnswerValuesShapeReceipts(TypedDict):
    idField: str
    stateField: str
    errorField: str | None
    deliveredStates: list[str]
    failedStates: list[str]
    signature: Literal["twilio", "hmac_sha256"]
    header: str


class PutSettingsSmsHttpAnswerSecrets(TypedDict):
    secret: PutSettingsSmsHttpAnswerSecretsSecret
    callbackSecret: PutSettingsSmsHttpAnswerSecretsCallbackSecret


class PutSettingsSmsHttpAnswerSecretsSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsSmsHttpAnswerSecretsCallbackSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsSmsHttpBody(TypedDict):
    values: PutSettingsSmsHttpBodyValues
    secrets: NotRequired[PutSettingsSmsHttpBodySecrets]


PutSettingsSmsHttpBodyValues = TypedDict("PutSettingsSmsHttpBodyValues", {
    "preset": "Literal[\"twilio\", \"generic\"]",
    "from": "str",
    "user": "NotRequired[str | None]",
    "callbackUrl": "NotRequired[str | None]",
    "shape": "NotRequired[PutSettingsSmsHttpBodyValuesShape]",
})


class PutSettingsSmsHttpBodyValuesShape(TypedDict):
    """What differs from the preset"""

    url: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    bodyType: NotRequired[Literal["json", "form", "none"]]
    body: NotRequired[dict[str, Any] | None]
    idField: NotRequired[str | None]
    stateField: NotRequired[str | None]
    acceptedStates: NotRequired[list[str]]
    errorField: NotRequired[str | None]
    errors: NotRequired[dict[str, Literal["no_such_address", "blocked", "too_long", "not_supported", "too_many", "unavailable", "deferred"]]]
    receipts: NotRequired[PutSettingsSmsHttpBodyValuesShapeReceipts | None]


class PutSettingsSmsHttpBodyValuesShapeReceipts(TypedDict):
    idField: str
    stateField: str
    errorField: str | None
    deliveredStates: list[str]
    failedStates: list[str]
    signature: Literal["twilio", "hmac_sha256"]
    header: str


class PutSettingsSmsHttpBodySecrets(TypedDict):
    # What the gateway knows the user by: at Twilio the Auth Token: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it
    secret: NotRequired[str | None]
    # What receipts are signed with, where that is another one: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it
    callbackSecret: NotRequired[str | None]


class DeleteSettingsTaxEngineAnswer(TypedDict):
    name: Literal["tax-engine"]


class GetSettingsTaxEngineAnswer(TypedDict):
    name: Literal["tax-engine"]
    # Null where nothing is set
    values: GetSettingsTaxEngineAnswerValues | None
    secrets: GetSettingsTaxEngineAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsTaxEngineAnswerValues(TypedDict):
    engine: Literal["avalara", "stripe_tax"]
    # The number or name of your account at it; Stripe knows it by the key
    account: str
    # The code of the company within the account
    company: str
    # Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules
    countries: list[str]
    # The codes that it knows tax classes by: {"telecom": "SC160001"}
    taxCodes: dict[str, str]
    # What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said
    onFailure: Literal["hold", "own_rules"]
    # How long it is asked before own rules are taken, by the clock of the tenant
    patienceMinutes: int


class GetSettingsTaxEngineAnswerSecrets(TypedDict):
    licenseKey: GetSettingsTaxEngineAnswerSecretsLicenseKey


class GetSettingsTaxEngineAnswerSecretsLicenseKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsTaxEngineAnswer(TypedDict):
    name: Literal["tax-engine"]
    # Null where nothing is set
    values: PutSettingsTaxEngineAnswerValues | None
    secrets: PutSettingsTaxEngineAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsTaxEngineAnswerValues(TypedDict):
    engine: Literal["avalara", "stripe_tax"]
    # The number or name of your account at it; Stripe knows it by the key
    account: str
    # The code of the company within the account
    company: str
    # Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules
    countries: list[str]
    # The codes that it knows tax classes by: {"telecom": "SC160001"}
    taxCodes: dict[str, str]
    # What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said
    onFailure: Literal["hold", "own_rules"]
    # How long it is asked before own rules are taken, by the clock of the tenant
    patienceMinutes: int


class PutSettingsTaxEngineAnswerSecrets(TypedDict):
    licenseKey: PutSettingsTaxEngineAnswerSecretsLicenseKey


class PutSettingsTaxEngineAnswerSecretsLicenseKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsTaxEngineBody(TypedDict):
    values: PutSettingsTaxEngineBodyValues
    secrets: NotRequired[PutSettingsTaxEngineBodySecrets]


class PutSettingsTaxEngineBodyValues(TypedDict):
    engine: Literal["avalara", "stripe_tax"]
    # The number or name of your account at it; Stripe knows it by the key
    account: str
    # The code of the company within the account
    company: NotRequired[str]
    # Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules
    countries: NotRequired[list[str]]
    # The codes that it knows tax classes by: {"telecom": "SC160001"}
    taxCodes: NotRequired[dict[str, str]]
    # What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said
    onFailure: NotRequired[Literal["hold", "own_rules"]]
    # How long it is asked before own rules are taken, by the clock of the tenant
    patienceMinutes: NotRequired[int]


class PutSettingsTaxEngineBodySecrets(TypedDict):
    # What you are known by at it: 8 to 200 printable characters. Stays as it is unless sent; null removes it
    licenseKey: NotRequired[str | None]


class DeleteSettingsTaxIdsAnswer(TypedDict):
    name: Literal["tax-ids"]


class GetSettingsTaxIdsAnswer(TypedDict):
    name: Literal["tax-ids"]
    # Null where nothing is set
    values: GetSettingsTaxIdsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsTaxIdsAnswerValues(TypedDict):
    # warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed
    policy: Literal["off", "warn", "hold"]
    # How long a confirmation counts
    days: int


class PutSettingsTaxIdsAnswer(TypedDict):
    name: Literal["tax-ids"]
    # Null where nothing is set
    values: PutSettingsTaxIdsAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsTaxIdsAnswerValues(TypedDict):
    # warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed
    policy: Literal["off", "warn", "hold"]
    # How long a confirmation counts
    days: int


class PutSettingsTaxIdsBody(TypedDict):
    values: PutSettingsTaxIdsBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsTaxIdsBodyValues(TypedDict):
    # warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed
    policy: NotRequired[Literal["off", "warn", "hold"]]
    # How long a confirmation counts
    days: NotRequired[int]


class DeleteSettingsTelegramAnswer(TypedDict):
    name: Literal["telegram"]


class GetSettingsTelegramAnswer(TypedDict):
    name: Literal["telegram"]
    # Null where nothing is set
    values: GetSettingsTelegramAnswerValues | None
    secrets: GetSettingsTelegramAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsTelegramAnswerValues(TypedDict):
    # Another one where the tenant has a Bot API server of its own
    apiUrl: str
    # Messages make no sound
    silent: bool


class GetSettingsTelegramAnswerSecrets(TypedDict):
    token: GetSettingsTelegramAnswerSecretsToken


class GetSettingsTelegramAnswerSecretsToken(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsTelegramAnswer(TypedDict):
    name: Literal["telegram"]
    # Null where nothing is set
    values: PutSettingsTelegramAnswerValues | None
    secrets: PutSettingsTelegramAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsTelegramAnswerValues(TypedDict):
    # Another one where the tenant has a Bot API server of its own
    apiUrl: str
    # Messages make no sound
    silent: bool


class PutSettingsTelegramAnswerSecrets(TypedDict):
    token: PutSettingsTelegramAnswerSecretsToken


class PutSettingsTelegramAnswerSecretsToken(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsTelegramBody(TypedDict):
    values: PutSettingsTelegramBodyValues
    secrets: NotRequired[PutSettingsTelegramBodySecrets]


class PutSettingsTelegramBodyValues(TypedDict):
    # Another one where the tenant has a Bot API server of its own
    apiUrl: NotRequired[str]
    # Messages make no sound
    silent: NotRequired[bool]


class PutSettingsTelegramBodySecrets(TypedDict):
    # What the bot is known by: a token as BotFather gives it, 110201543:AAH…. Stays as it is unless sent; null removes it
    token: NotRequired[str | None]


class DeleteSettingsVoiceAnswer(TypedDict):
    name: Literal["voice"]


class GetSettingsVoiceAnswer(TypedDict):
    name: Literal["voice"]
    # Null where nothing is set
    values: GetSettingsVoiceAnswerValues | None
    secrets: GetSettingsVoiceAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


GetSettingsVoiceAnswerValues = TypedDict("GetSettingsVoiceAnswerValues", {
    "apiUrl": "str",
    "user": "str",
    "from": "str",
    "language": "str",
    "digits": "int",
    "callbackUrl": "str | None",
})


class GetSettingsVoiceAnswerSecrets(TypedDict):
    secret: GetSettingsVoiceAnswerSecretsSecret


class GetSettingsVoiceAnswerSecretsSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsVoiceAnswer(TypedDict):
    name: Literal["voice"]
    # Null where nothing is set
    values: PutSettingsVoiceAnswerValues | None
    secrets: PutSettingsVoiceAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


PutSettingsVoiceAnswerValues = TypedDict("PutSettingsVoiceAnswerValues", {
    "apiUrl": "str",
    "user": "str",
    "from": "str",
    "language": "str",
    "digits": "int",
    "callbackUrl": "str | None",
})


class PutSettingsVoiceAnswerSecrets(TypedDict):
    secret: PutSettingsVoiceAnswerSecretsSecret


class PutSettingsVoiceAnswerSecretsSecret(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsVoiceBody(TypedDict):
    values: PutSettingsVoiceBodyValues
    secrets: NotRequired[PutSettingsVoiceBodySecrets]


PutSettingsVoiceBodyValues = TypedDict("PutSettingsVoiceBodyValues", {
    "apiUrl": "NotRequired[str]",
    "user": "str",
    "from": "str",
    "language": "NotRequired[str]",
    "digits": "NotRequired[int]",
    "callbackUrl": "NotRequired[str | None]",
})


class PutSettingsVoiceBodySecrets(TypedDict):
    # The Auth Token: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it
    secret: NotRequired[str | None]


class DeleteSettingsWebPushAnswer(TypedDict):
    name: Literal["web-push"]


class GetSettingsWebPushAnswer(TypedDict):
    name: Literal["web-push"]
    # Null where nothing is set
    values: GetSettingsWebPushAnswerValues | None
    secrets: GetSettingsWebPushAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsWebPushAnswerValues(TypedDict):
    # Where push services find who sends
    contact: str
    # How long a message waits for a browser that is away
    ttlSeconds: int
    # Low ones wait for power
    urgency: Literal["very-low", "low", "normal", "high"]


class GetSettingsWebPushAnswerSecrets(TypedDict):
    privateKey: GetSettingsWebPushAnswerSecretsPrivateKey


class GetSettingsWebPushAnswerSecretsPrivateKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsWebPushAnswer(TypedDict):
    name: Literal["web-push"]
    # Null where nothing is set
    values: PutSettingsWebPushAnswerValues | None
    secrets: PutSettingsWebPushAnswerSecrets
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsWebPushAnswerValues(TypedDict):
    # Where push services find who sends
    contact: str
    # How long a message waits for a browser that is away
    ttlSeconds: int
    # Low ones wait for power
    urgency: Literal["very-low", "low", "normal", "high"]


class PutSettingsWebPushAnswerSecrets(TypedDict):
    privateKey: PutSettingsWebPushAnswerSecretsPrivateKey


class PutSettingsWebPushAnswerSecretsPrivateKey(TypedDict):
    isSet: bool
    setAt: str | None


class PutSettingsWebPushBody(TypedDict):
    values: PutSettingsWebPushBodyValues
    secrets: NotRequired[PutSettingsWebPushBodySecrets]


class PutSettingsWebPushBodyValues(TypedDict):
    # Where push services find who sends
    contact: str
    # How long a message waits for a browser that is away
    ttlSeconds: NotRequired[int]
    # Low ones wait for power
    urgency: NotRequired[Literal["very-low", "low", "normal", "high"]]


class PutSettingsWebPushBodySecrets(TypedDict):
    # What messages are signed with; browsers subscribe with its public key: 32 bytes in base64url, as kvit channel vapid-key makes them. Stays as it is unless sent; null removes it
    privateKey: NotRequired[str | None]


class DeleteSettingsWebhooksAnswer(TypedDict):
    name: Literal["webhooks"]


class GetSettingsWebhooksAnswer(TypedDict):
    name: Literal["webhooks"]
    # Null where nothing is set
    values: GetSettingsWebhooksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class GetSettingsWebhooksAnswerValues(TypedDict):
    # Since they came through or were given up
    keepDays: int


class PutSettingsWebhooksAnswer(TypedDict):
    name: Literal["webhooks"]
    # Null where nothing is set
    values: PutSettingsWebhooksAnswerValues | None
    secrets: dict[str, Any]
    changedAt: str | None
    # The key or user
    changedBy: str | None


class PutSettingsWebhooksAnswerValues(TypedDict):
    # Since they came through or were given up
    keepDays: int


class PutSettingsWebhooksBody(TypedDict):
    values: PutSettingsWebhooksBodyValues
    secrets: NotRequired[dict[str, Any]]


class PutSettingsWebhooksBodyValues(TypedDict):
    # Since they came through or were given up
    keepDays: NotRequired[int]


class GetSignInAnswer(TypedDict):
    password: bool
    # The identity provider, if there is one
    oidc: str | None


class GetSubscriptionsAnswer(TypedDict):
    items: list[Subscription]
    nextCursor: str | None
    previousCursor: str | None


class PostSubscriptionsBody(TypedDict):
    # The caller's own identifier
    key: str
    # An id or a key
    account: str
    # The service covered; null covers all of the account
    service: NotRequired[str | None]
    plan: str
    # The newest when absent
    planVersion: NotRequired[int]
    quantity: NotRequired[int]
    startsAt: str
    endsAt: NotRequired[str | None]
    # Recurring periods are counted from the account's anchor, or from the first day of the subscription
    alignment: NotRequired[Literal["calendar", "anniversary"]]
    # Overrides the plan's trial
    trialDays: NotRequired[int | None]
    termUnit: NotRequired[Literal["day", "week", "month", "year"] | None]
    # Length of the agreed term
    termCount: NotRequired[int | None]
    # Whether another term follows by itself; otherwise it ends
    renews: NotRequired[bool]
    # The subscription that an add-on belongs to
    parent: NotRequired[str | None]
    # Negotiated prices by the codes of prices, such as {"fee": {"amount": "8.00"}}
    overrides: NotRequired[dict[str, dict[str, Any]]]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500
    metadata: NotRequired[dict[str, str]]


class PatchSubscriptionsByReferenceBody(TypedDict):
    endsAt: NotRequired[str | None]
    # Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay
    metadata: NotRequired[dict[str, str | None]]


class PostSubscriptionsByReferenceChangesBody1(TypedDict):
    kind: Literal["plan"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]
    plan: str
    # The newest when absent
    planVersion: NotRequired[int]
    # Negotiated prices by the codes of prices
    overrides: NotRequired[dict[str, dict[str, Any]]]
    # Whether what was used before in the period keeps its place in tiers and free units of prices that both plans have
    usage: NotRequired[Literal["carry_over", "restart"]]


class PostSubscriptionsByReferenceChangesBody2(TypedDict):
    kind: Literal["quantity"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]
    quantity: int


class PostSubscriptionsByReferenceChangesBody3(TypedDict):
    kind: Literal["pause", "resume", "cancel"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]


class PostSubscriptionsByReferenceChangesBody4(TypedDict):
    kind: Literal["renew"]
    note: NotRequired[str | None]
    # How many terms more
    terms: NotRequired[int]


PostSubscriptionsByReferenceChangesPreviewAnswer = TypedDict("PostSubscriptionsByReferenceChangesPreviewAnswer", {
    "effectiveAt": "str",
    "billedOn": "str",
    "currency": "str",
    "without": "PostSubscriptionsByReferenceChangesPreviewAnswerWithout",
    "with": "PostSubscriptionsByReferenceChangesPreviewAnswerWith",
    "difference": "str",
})


class PostSubscriptionsByReferenceChangesPreviewAnswerWithout(TypedDict):
    lines: list[PostSubscriptionsByReferenceChangesPreviewAnswerWithoutLinesItem]
    # A decimal of the currency
    tax: str
    # With tax
    total: str


PostSubscriptionsByReferenceChangesPreviewAnswerWithoutLinesItem = TypedDict("PostSubscriptionsByReferenceChangesPreviewAnswerWithoutLinesItem", {
    "kind": "str",
    "description": "str",
    "subscriptionId": "str",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "amount": "str",
})


class PostSubscriptionsByReferenceChangesPreviewAnswerWith(TypedDict):
    lines: list[PostSubscriptionsByReferenceChangesPreviewAnswerWithLinesItem]
    # A decimal of the currency
    tax: str
    # With tax
    total: str


PostSubscriptionsByReferenceChangesPreviewAnswerWithLinesItem = TypedDict("PostSubscriptionsByReferenceChangesPreviewAnswerWithLinesItem", {
    "kind": "str",
    "description": "str",
    "subscriptionId": "str",
    "from": "str",
    "until": "str",
    "isLate": "bool",
    "amount": "str",
})


class PostSubscriptionsByReferenceChangesPreviewBody1(TypedDict):
    kind: Literal["plan"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]
    plan: str
    # The newest when absent
    planVersion: NotRequired[int]
    # Negotiated prices by the codes of prices
    overrides: NotRequired[dict[str, dict[str, Any]]]
    # Whether what was used before in the period keeps its place in tiers and free units of prices that both plans have
    usage: NotRequired[Literal["carry_over", "restart"]]


class PostSubscriptionsByReferenceChangesPreviewBody2(TypedDict):
    kind: Literal["quantity"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]
    quantity: int


class PostSubscriptionsByReferenceChangesPreviewBody3(TypedDict):
    kind: Literal["pause", "resume", "cancel"]
    # When it takes effect; a time may lie in the past or in the future
    at: NotRequired[str]
    note: NotRequired[str | None]


class PostSubscriptionsByReferenceChangesPreviewBody4(TypedDict):
    kind: Literal["renew"]
    note: NotRequired[str | None]
    # How many terms more
    terms: NotRequired[int]


class GetSuspenseAnswer(TypedDict):
    items: list[SuspendedRecord]
    nextCursor: str | None
    previousCursor: str | None


class GetSuspenseReasonsAnswer(TypedDict):
    items: list[GetSuspenseReasonsAnswerItemsItem]


class GetSuspenseReasonsAnswerItemsItem(TypedDict):
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    status: str
    records: str
    oldest: str
    meaning: str


class PostSuspenseRecycleAnswer(TypedDict):
    recycled: int
    stillSuspended: int


class PostSuspenseRecycleBody(TypedDict):
    ids: NotRequired[list[str]]
    reason: NotRequired[Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]]
    importId: NotRequired[str]


class PostSuspenseWriteOffAnswer(TypedDict):
    writtenOff: int


class PostSuspenseWriteOffBody(TypedDict):
    ids: NotRequired[list[str]]
    reason: NotRequired[Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]]
    importId: NotRequired[str]
    note: str


class PatchSuspenseByIdBody(TypedDict):
    # The record as it should have been, whole
    record: dict[str, Any]
    # Why: its first 1,000 characters are kept
    note: NotRequired[str]


class GetTaxAnswersAnswer(TypedDict):
    items: list[TaxAnswer]
    nextCursor: str | None
    previousCursor: str | None


class GetTaxIdChecksAnswer(TypedDict):
    items: list[TaxIdCheck]
    nextCursor: str | None
    previousCursor: str | None


class GetTaxRatesAnswer(TypedDict):
    items: list[GetTaxRatesAnswerItemsItem]
    # Of the rates that come with Kvit
    sources: list[GetTaxRatesAnswerSourcesItem]


GetTaxRatesAnswerItemsItem = TypedDict("GetTaxRatesAnswerItemsItem", {
    "country": "str",
    "region": "NotRequired[str]",
    "county": "NotRequired[str]",
    "city": "NotRequired[str]",
    "tax": "str",
    "class": "str",
    "from": "str",
    "until": "NotRequired[str]",
    "percent": "NotRequired[str]",
    "perUnit": "NotRequired[str]",
    "currency": "NotRequired[str]",
    "base": "NotRequired[str]",
    "name": "NotRequired[str]",
    "isOwn": "bool",
    "source": "str",
    "asOf": "str",
})


class GetTaxRatesAnswerSourcesItem(TypedDict):
    name: str
    url: str
    licence: str
    asOf: str


class PostTaxRatesAnswer(TypedDict):
    added: int
    # Rows that were there as they are
    known: int


class PostTaxRatesBody(TypedDict):
    # Where they are from
    source: str
    # The day as of which they are so there
    asOf: str
    rates: list[TaxRateInput]


class GetTenantsAnswer(TypedDict):
    items: list[Tenant]


class PostTenantsBody(TypedDict):
    name: str
    # Test clock; null follows the real one
    clock: NotRequired[str | None]
    acceptanceWindowDays: NotRequired[int]


class PatchTenantsByNameBody(TypedDict):
    # Test clock; null follows the real one
    clock: NotRequired[str | None]
    # `true` lets the clock go back; usage of later than the clock waits in suspense then
    back: NotRequired[bool]
    acceptanceWindowDays: NotRequired[int]


class GetTerminalNetworksAnswer(TypedDict):
    items: list[TerminalNetwork]


class PutTerminalNetworksByNameBody(TypedDict):
    currency: str
    # Of its local times, and of the day on which it may cancel
    zone: str
    minSum: str
    maxSum: str
    # What payers write, in the order in which it is looked for
    accountBy: NotRequired[list[str]]
    # What a terminal may show of an account
    shows: NotRequired[list[Literal["name", "balance", "due"]]]
    # Where it sends from; null is anywhere
    addresses: NotRequired[list[str] | None]
    # How it is answered where it does not say
    format: NotRequired[Literal["xml", "json"]]
    # As what money is recorded; `by_account` is a top-up for accounts with balances, a payment for others
    credits: NotRequired[Literal["by_account", "payment", "top_up"]]
    registry: NotRequired[TerminalRegistryMappingInput | None]
    # A closed one takes no new payments
    isOpen: NotRequired[bool]
    # Others stay as they are; null removes one. A secret or a list of addresses is needed
    secrets: NotRequired[PutTerminalNetworksByNameBodySecrets]


class PutTerminalNetworksByNameBodySecrets(TypedDict):
    """Others stay as they are; null removes one. A secret or a list of addresses is needed"""

    signingKey: NotRequired[str | None]
    earlierSigningKey: NotRequired[str | None]
    password: NotRequired[str | None]


PostTerminalNetworksByNameRegistriesBody = TypedDict("PostTerminalNetworksByNameRegistriesBody", {
    "key": "str",
    "from": "str",
    "until": "str",
    "text": "str",
    "mapping": "NotRequired[TerminalRegistryMappingInput | None]",
    "payout": "NotRequired[PostTerminalNetworksByNameRegistriesBodyPayout | None]",
})


class PostTerminalNetworksByNameRegistriesBodyPayout(TypedDict):
    # What comes to the bank
    net: str
    arrivesOn: str


class GetTerminalPaymentsAnswer(TypedDict):
    items: list[TerminalPayment]
    nextCursor: str | None
    previousCursor: str | None


class PostTerminalPaymentsByIdCancelBody(TypedDict):
    reason: str


class GetTerminalRefusalsAnswer(TypedDict):
    items: list[TerminalRefusal]
    nextCursor: str | None
    previousCursor: str | None


class GetTerminalRegistriesAnswer(TypedDict):
    items: list[TerminalRegistry]
    nextCursor: str | None
    previousCursor: str | None


class PostTopUpsAnswer(TypedDict):
    id: str
    key: str
    accountId: str
    currency: str
    # A decimal of the currency, or of the unit
    amount: str
    method: str
    reference: str | None
    bonuses: list[PostTopUpsAnswerBonusesItem]
    # What of it was sold with its tax: its document follows. Absent where it is taxed when it is used
    sold: NotRequired[PostTopUpsAnswerSold]
    createdAt: str
    # Of units that were sold
    unit: str | None
    # How many
    units: str | None
    # The price of each
    unitPrice: str | None


class PostTopUpsAnswerBonusesItem(TypedDict):
    rule: str
    # A decimal of the currency, or of the unit
    amount: str


class PostTopUpsAnswerSold(TypedDict):
    """What of it was sold with its tax: its document follows. Absent where it is taxed when it is used"""

    # A decimal of the currency, or of the unit
    gross: str
    # What can be drawn down
    net: str
    # A decimal of the currency, or of the unit
    tax: str


class PostTopUpsBody(TypedDict):
    key: str
    # An id or a key
    account: str
    amount: str
    currency: str
    method: Literal["cash", "bank", "card", "other"]
    reference: NotRequired[str | None]
    # The lowest goes first
    priority: NotRequired[int]
    expiresAt: NotRequired[str | None]
    # Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time
    graceHours: NotRequired[int]
    # What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id
    scope: NotRequired[PostTopUpsBodyScope | None]
    # Accounts that this account sponsors may use it
    shared: NotRequired[bool]


class PostTopUpsBodyScope(TypedDict):
    meters: NotRequired[list[str]]
    prices: NotRequired[list[str]]
    cells: NotRequired[list[str]]
    subscriptions: NotRequired[list[str]]


class PostTopUpsByReferenceReversalAnswer(TypedDict):
    id: str
    # Its key
    topUp: str
    accountId: str
    currency: str
    # A decimal of the currency, or of the unit
    amount: str
    reason: str
    createdAt: str
    approvalRequest: NotRequired[ApprovalRequest]


class PostTopUpsByReferenceReversalBody(TypedDict):
    # Why it is taken back
    reason: str


class PostUnitSalesAnswer(TypedDict):
    id: str
    key: str
    accountId: str
    currency: str
    # A decimal of the currency, or of the unit
    amount: str
    method: str
    reference: str | None
    bonuses: list[PostUnitSalesAnswerBonusesItem]
    # What of it was sold with its tax: its document follows. Absent where it is taxed when it is used
    sold: NotRequired[PostUnitSalesAnswerSold]
    createdAt: str
    # Of units that were sold
    unit: str | None
    # How many
    units: str | None
    # The price of each
    unitPrice: str | None


class PostUnitSalesAnswerBonusesItem(TypedDict):
    rule: str
    # A decimal of the currency, or of the unit
    amount: str


class PostUnitSalesAnswerSold(TypedDict):
    """What of it was sold with its tax: its document follows. Absent where it is taxed when it is used"""

    # A decimal of the currency, or of the unit
    gross: str
    # What can be drawn down
    net: str
    # A decimal of the currency, or of the unit
    tax: str


class PostUnitSalesBody(TypedDict):
    key: str
    # An id or a key
    account: str
    # The unit of meters that it covers
    unit: str
    units: str
    # What each costs; the sum is rounded half-up once
    unitPrice: str
    currency: str
    method: Literal["cash", "bank", "card", "other"]
    reference: NotRequired[str | None]
    # The lowest goes first
    priority: NotRequired[int]
    expiresAt: NotRequired[str | None]
    # Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time
    graceHours: NotRequired[int]
    # What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id
    scope: NotRequired[PostUnitSalesBodyScope | None]
    # Accounts that this account sponsors may use it
    shared: NotRequired[bool]


class PostUnitSalesBodyScope(TypedDict):
    meters: NotRequired[list[str]]
    prices: NotRequired[list[str]]
    cells: NotRequired[list[str]]
    subscriptions: NotRequired[list[str]]


class PostUsageAnswer(TypedDict):
    received: int
    charged: int
    suspended: int
    duplicates: int
    firstSuspended: list[PostUsageAnswerFirstSuspendedItem]
    # Of the duplicates, those that are not charged: they wait in suspense, under this id and for this reason
    firstWaiting: list[PostUsageAnswerFirstWaitingItem]


class PostUsageAnswerFirstSuspendedItem(TypedDict):
    index: int
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    detail: str


class PostUsageAnswerFirstWaitingItem(TypedDict):
    index: int
    id: str
    reason: Literal["bad_json", "missing_field", "too_long", "bad_name", "bad_text", "bad_time", "unknown_meter", "bad_quantity", "negative", "precision_exceeded", "out_of_range", "identity_conflict", "future", "too_old", "unknown_service", "no_subscription", "paused", "no_price", "bad_attribute", "too_many_groups"]
    detail: str


class GetUsageCorrectionsAnswer(TypedDict):
    items: list[UsageCorrection]
    nextCursor: str | None
    previousCursor: str | None


class PostUsageCorrectionsBody(TypedDict):
    key: str
    id: str
    source: str
    action: Literal["retract", "amend"]
    reason: str
    # When the record happened: it is found faster
    time: NotRequired[str]
    # Of an amendment: the fields that change
    record: NotRequired[dict[str, Any]]


class GetUsageGapsAnswer(TypedDict):
    # Its key
    service: str
    # Readings that there should be while the service was there
    expected: int
    missing: int
    gaps: list[GetUsageGapsAnswerGapsItem]


GetUsageGapsAnswerGapsItem = TypedDict("GetUsageGapsAnswerGapsItem", {
    "from": "str",
    "until": "str",
    "missing": "int",
})


class GetUsageGapsServicesAnswer(TypedDict):
    items: list[GetUsageGapsServicesAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


class GetUsageGapsServicesAnswerItemsItem(TypedDict):
    id: str
    account: str
    customer: str
    customerName: str
    # Its key
    service: str
    # Readings that there should be while the service was there
    expected: int
    missing: int
    # The first hundred
    gaps: list[GetUsageGapsServicesAnswerItemsItemGapsItem]


GetUsageGapsServicesAnswerItemsItemGapsItem = TypedDict("GetUsageGapsServicesAnswerItemsItemGapsItem", {
    "from": "str",
    "until": "str",
    "missing": "int",
})


class GetUsageGapsServicesAnswerItem(TypedDict):
    id: str
    account: str
    customer: str
    customerName: str
    # Its key
    service: str
    # Readings that there should be while the service was there
    expected: int
    missing: int
    # The first hundred
    gaps: list[GetUsageGapsServicesAnswerItemGapsItem]


GetUsageGapsServicesAnswerItemGapsItem = TypedDict("GetUsageGapsServicesAnswerItemGapsItem", {
    "from": "str",
    "until": "str",
    "missing": "int",
})


class GetUsageImportsAnswer(TypedDict):
    items: list[UsageImport]
    nextCursor: str | None
    previousCursor: str | None


class PostUsageImportsBody(TypedDict):
    # The name of the file
    name: str
    fingerprint: str
    sizeBytes: int
    mapping: PostUsageImportsBodyMapping


class PostUsageImportsBodyMapping(TypedDict):
    name: str
    format: NotRequired[Literal["csv", "ndjson"]]
    delimiter: NotRequired[str]
    none: NotRequired[list[str]]
    source: str
    type: str
    id: str
    service: str
    time: PostUsageImportsBodyMappingTime
    end: NotRequired[PostUsageImportsBodyMappingEnd]
    data: dict[str, PostUsageImportsBodyMappingDataValue]


class PostUsageImportsBodyMappingTime(TypedDict):
    column: str
    none: NotRequired[list[str]]
    format: NotRequired[Literal["iso", "local", "epoch_s", "epoch_ms"]]
    zone: NotRequired[str]


class PostUsageImportsBodyMappingEnd(TypedDict):
    column: str
    none: NotRequired[list[str]]
    format: NotRequired[Literal["iso", "local", "epoch_s", "epoch_ms"]]
    zone: NotRequired[str]


class PostUsageImportsBodyMappingDataValue(TypedDict):
    column: NotRequired[str]
    expression: NotRequired[str]
    times: NotRequired[list[PostUsageImportsBodyMappingDataValueTimesItem]]
    kind: NotRequired[Literal["number", "text"]]
    none: NotRequired[list[str]]
    factor: NotRequired[str]
    round: NotRequired[Literal["half_up", "half_even", "up", "down"]]
    decimalComma: NotRequired[bool]
    grouping: NotRequired[Literal[".", ",", " ", "'"]]


class PostUsageImportsBodyMappingDataValueTimesItem(TypedDict):
    column: str
    none: NotRequired[list[str]]
    format: NotRequired[Literal["iso", "local", "epoch_s", "epoch_ms"]]
    zone: NotRequired[str]


class PostUsageImportsByIdRefusalBody(TypedDict):
    reason: str


class PostUsageImportsByIdRetractBody(TypedDict):
    key: str
    reason: str


class GetUsersAnswer(TypedDict):
    items: list[User]
    nextCursor: str | None
    previousCursor: str | None


class PostUsersBody(TypedDict):
    # An e-mail address, in any case
    email: str
    roles: list[str]


class DeleteUsersByReferenceAnswer(TypedDict):
    id: str
    # Keys of the user that ended
    endedKeys: list[str]


class PatchUsersByReferenceAnswer(TypedDict):
    id: str
    email: str
    name: str
    roles: list[str]
    status: Literal["active", "disabled"]
    secondFactor: bool
    # Who that is where two people have to agree: other users may be the same person
    person: str
    # The key or user
    invitedBy: str
    joinedAt: str
    disabledAt: str | None
    # Has asked for a new password, and got none yet
    resetRequestedAt: str | None
    # Keys of the user that ended
    endedKeys: list[str]


class PatchUsersByReferenceBody(TypedDict):
    roles: NotRequired[list[str]]
    disabled: NotRequired[bool]
    # Keys of the user go on, whatever they may do
    keepKeys: NotRequired[bool]


class DeleteUsersByReferenceSecondFactorAnswer(TypedDict):
    id: str
    secondFactor: bool


class GetVoucherBatchesAnswer(TypedDict):
    items: list[GetVoucherBatchesAnswerItemsItem]
    nextCursor: str | None
    previousCursor: str | None


class GetVoucherBatchesAnswerItemsItem(TypedDict):
    id: str
    key: str
    currency: str | None
    content: GetVoucherBatchesAnswerItemsItemContent
    vouchers: int
    expiresAt: str | None
    revokedAt: str | None
    createdAt: str
    redeemed: int


class GetVoucherBatchesAnswerItemsItemContent(TypedDict):
    # A decimal of the currency, or of the unit
    amount: str
    unit: str | None
    source: Literal["paid", "bonus"]
    validDays: int | None
    priority: NotRequired[int]


class GetVoucherBatchesAnswerItem(TypedDict):
    id: str
    key: str
    currency: str | None
    content: GetVoucherBatchesAnswerItemContent
    vouchers: int
    expiresAt: str | None
    revokedAt: str | None
    createdAt: str
    redeemed: int


class GetVoucherBatchesAnswerItemContent(TypedDict):
    # A decimal of the currency, or of the unit
    amount: str
    unit: str | None
    source: Literal["paid", "bonus"]
    validDays: int | None
    priority: NotRequired[int]


class PostVoucherBatchesAnswer(TypedDict):
    batch: PostVoucherBatchesAnswerBatch
    # They stand here and nowhere else
    codes: list[str]


class PostVoucherBatchesAnswerBatch(TypedDict):
    id: str
    key: str
    currency: str | None
    content: PostVoucherBatchesAnswerBatchContent
    vouchers: int
    expiresAt: str | None
    revokedAt: str | None
    createdAt: str


class PostVoucherBatchesAnswerBatchContent(TypedDict):
    # A decimal of the currency, or of the unit
    amount: str
    unit: str | None
    source: Literal["paid", "bonus"]
    validDays: int | None
    priority: NotRequired[int]


class PostVoucherBatchesBody(TypedDict):
    key: str
    count: int
    currency: NotRequired[str | None]
    amount: str
    unit: NotRequired[str | None]
    source: NotRequired[Literal["paid", "bonus"]]
    validDays: NotRequired[int | None]
    priority: NotRequired[int]
    # Last moment of redemption
    expiresAt: NotRequired[str | None]


class PostVoucherBatchesByKeyRevokeAnswer(TypedDict):
    key: str
    revokedAt: str


class PostVouchersRedeemAnswer(TypedDict):
    account: str
    # A decimal of the currency, or of the unit
    amount: str
    unit: str | None
    currency: str | None
    batch: str


class PostVouchersRedeemBody(TypedDict):
    # An id or a key
    account: str
    code: str


class GetWebhookDeliveriesAnswer(TypedDict):
    items: list[WebhookDelivery]
    nextCursor: str | None
    previousCursor: str | None


class GetWebhookEndpointsAnswer(TypedDict):
    items: list[WebhookEndpoint]


class PostWebhookEndpointsAnswer(TypedDict):
    id: str
    key: str
    url: str
    description: str | None
    types: list[str]
    ordered: bool
    # `disabled`: Kvit has given it up, and sends nothing until somebody turns it on
    state: Literal["on", "off", "disabled"]
    # Why it was disabled: it said that it is gone (410), or nothing came through
    reason: Literal["gone", "failing"] | None
    # Since when nothing has come through; by the real clock
    failingSince: str | None
    # Deliveries that have not come through yet, at most 1,000
    waiting: int
    secrets: list[PostWebhookEndpointsAnswerSecretsItem]
    createdAt: str
    updatedAt: str
    # What requests are signed with; it is shown once
    secret: str


class PostWebhookEndpointsAnswerSecretsItem(TypedDict):
    id: str
    createdAt: str
    endsAt: str | None


class PostWebhookEndpointsBody(TypedDict):
    # The caller's own identifier
    key: str
    # Where events are sent: an address with https://, of the public internet
    url: str
    description: NotRequired[str | None]
    # Which events: types such as `invoice.issued`, groups such as `invoice.*`, or `*` for all
    types: NotRequired[list[str]]
    # What is told of one object keeps its order: an event waits for those of its object before it
    ordered: NotRequired[bool]
    # `whsec_` and 24 to 64 bytes in base64; made by Kvit unless set
    secret: NotRequired[str]


class DeleteWebhookEndpointsByEndpointAnswer(TypedDict):
    id: str


class PatchWebhookEndpointsByEndpointBody(TypedDict):
    # Where events are sent: an address with https://, of the public internet
    url: NotRequired[str]
    description: NotRequired[str | None]
    # Which events: types such as `invoice.issued`, groups such as `invoice.*`, or `*` for all
    types: NotRequired[list[str]]
    # What is told of one object keeps its order: an event waits for those of its object before it
    ordered: NotRequired[bool]
    # `on` also takes up one that was disabled
    state: NotRequired[Literal["on", "off"]]


class PostWebhookEndpointsByEndpointReplaysAnswer(TypedDict):
    # How many it is told of
    events: int


PostWebhookEndpointsByEndpointReplaysBody = TypedDict("PostWebhookEndpointsByEndpointReplaysBody", {
    "event": "NotRequired[str]",
    "from": "NotRequired[str]",
    "until": "NotRequired[str]",
    "types": "NotRequired[list[str]]",
})


class PostWebhookEndpointsByEndpointSecretsAnswer(TypedDict):
    id: str
    key: str
    url: str
    description: str | None
    types: list[str]
    ordered: bool
    # `disabled`: Kvit has given it up, and sends nothing until somebody turns it on
    state: Literal["on", "off", "disabled"]
    # Why it was disabled: it said that it is gone (410), or nothing came through
    reason: Literal["gone", "failing"] | None
    # Since when nothing has come through; by the real clock
    failingSince: str | None
    # Deliveries that have not come through yet, at most 1,000
    waiting: int
    secrets: list[PostWebhookEndpointsByEndpointSecretsAnswerSecretsItem]
    createdAt: str
    updatedAt: str
    # What requests are signed with; it is shown once
    secret: str


class PostWebhookEndpointsByEndpointSecretsAnswerSecretsItem(TypedDict):
    id: str
    createdAt: str
    endsAt: str | None


class PostWebhookEndpointsByEndpointSecretsBody(TypedDict):
    # `whsec_` and 24 to 64 bytes in base64; made by Kvit unless set
    secret: NotRequired[str]
    # For how many hours requests are signed with the earlier secrets, too
    earlierHours: NotRequired[int]


EventType: TypeAlias = Literal[
    "account.created",
    "account.updated",
    "adjustment.rejected",
    "adjustment.requested",
    "api_key.created",
    "api_key.revoked",
    "api_key.rotated",
    "approval.approved",
    "approval.expired",
    "approval.rejected",
    "approval.requested",
    "attachment.added",
    "attachment.deleted",
    "auto_charge.set",
    "auto_charge.stopped",
    "balance.adjusted",
    "balance.commit_opened",
    "balance.credit_promised",
    "balance.daily_fee_unpaid",
    "balance.lot_expired",
    "balance.lot_opened",
    "balance.promised_credit_ended",
    "balance.threshold_crossed",
    "balance.top_up_reversed",
    "balance.topped_up",
    "balance.transferred",
    "balance.units_sold",
    "bank_account.changed",
    "bank_account.created",
    "bank_line.matched",
    "bank_line.reopened",
    "bank_line.state_changed",
    "bank_statement.imported",
    "bill_run.failed",
    "bill_run.finished",
    "bill_run.started",
    "bonus_rule.removed",
    "bonus_rule.set",
    "books.chart_changed",
    "books.opened",
    "books.policies_changed",
    "brand.published",
    "call_task.cancelled",
    "call_task.done",
    "call_task.opened",
    "cash_desk.created",
    "cash_desk.updated",
    "cash_movement.recorded",
    "cash_receipt.cancelled",
    "cash_receipt.issued",
    "cash_shift.closed",
    "cash_shift.opened",
    "charging_settings.changed",
    "contact.created",
    "contact.removed",
    "contact.updated",
    "coupon.archived",
    "coupon.codes_created",
    "coupon.created",
    "coupon.redeemed",
    "coupon.redemption_removed",
    "credit_note.issued",
    "customer.created",
    "customer.erased",
    "customer.tax_id_checked",
    "customer.updated",
    "debit_note.issued",
    "delivery_preference.set",
    "deposit.applied",
    "deposit.released",
    "deposit.taken",
    "direct_debit.failed",
    "dispute.lost",
    "dispute.opened",
    "dispute.won",
    "document.delivered",
    "document.failed",
    "document.sent",
    "document.unknown",
    "dunning_hand_over.made",
    "dunning_hand_over.recalled",
    "dunning_hold.placed",
    "dunning_hold.released",
    "dunning_policy.applied",
    "dunning_policy.withdrawn",
    "dunning_run.began",
    "dunning_run.ended",
    "dunning_run.reopened",
    "dunning_step.done",
    "dunning_step.failed",
    "dunning_step.not_available",
    "enforcement_target.created",
    "enforcement_target.deleted",
    "enforcement_target.resent",
    "enforcement_target.updated",
    "invoice.approved",
    "invoice.held",
    "invoice.issued",
    "invoice.metadata_changed",
    "invoice.paid",
    "invoice.partially_paid",
    "invoice.released",
    "invoice.reopened",
    "invoice.voided",
    "invoice.written_off",
    "invoice_hold.placed",
    "invoice_hold.released",
    "issuer.created",
    "issuer.updated",
    "job.cancelled",
    "job.failed",
    "job.retried",
    "late_charge.charged",
    "late_charge.returned",
    "line_dispute.accepted",
    "line_dispute.opened",
    "line_dispute.rejected",
    "line_dispute.withdrawn",
    "mandate.ended",
    "mandate.given",
    "meter.published",
    "notice.failed",
    "notice.requested",
    "notice_preference.set",
    "notice_template.approved",
    "notice_template.drafted",
    "notice_template.rejected",
    "payment.metadata_changed",
    "payment.recorded",
    "payment.reversed",
    "payment_attempt.created",
    "payment_attempt.failed",
    "payment_attempt.pending",
    "payment_attempt.succeeded",
    "payment_attempt.unknown",
    "payment_gateway.created",
    "payment_gateway.updated",
    "payment_link.created",
    "payment_link.revoked",
    "payment_method.added",
    "payment_method.default_changed",
    "payment_method.removed",
    "payment_plan.broken",
    "payment_plan.cancelled",
    "payment_plan.kept",
    "payment_plan.made",
    "payout.booked",
    "period.closed",
    "period.reopened",
    "plan.metadata_changed",
    "plan.published",
    "rate_deck.published",
    "re_rating.approved",
    "re_rating.cancelled",
    "re_rating.drafted",
    "re_rating.failed",
    "re_rating.finished",
    "re_rating.started",
    "referral.recorded",
    "referral_program.set",
    "refund.due",
    "refund.kept",
    "refund.sent",
    "role.changed",
    "role.created",
    "role.removed",
    "schedule.published",
    "secret_key.changed",
    "sepa_file.made",
    "service.blocked",
    "service.created",
    "service.enforcement_failed",
    "service.opened",
    "service.updated",
    "service_block.lifted",
    "service_block.placed",
    "session.expired",
    "settings.changed",
    "settings.removed",
    "subscription.change_withdrawn",
    "subscription.changed",
    "subscription.created",
    "subscription.updated",
    "tax_rates.added",
    "tenant.created",
    "tenant.updated",
    "terminal_network.created",
    "terminal_network.updated",
    "terminal_payment.cancelled",
    "terminal_payment.received",
    "terminal_payment.refused",
    "terminal_registry.compared",
    "usage.corrected",
    "usage.recycled",
    "usage.suspended",
    "usage.suspense_corrected",
    "usage.written_off",
    "usage_import.finished",
    "usage_import.refused",
    "usage_import.started",
    "usage_retraction.failed",
    "usage_retraction.finished",
    "usage_retraction.started",
    "user.disabled",
    "user.enabled",
    "user.invitation_withdrawn",
    "user.invited",
    "user.joined",
    "user.password_reset_linked",
    "user.removed",
    "user.roles_changed",
    "user.second_factor_removed",
    "voucher.redeemed",
    "voucher_batch.created",
    "voucher_batch.revoked",
    "webhook_endpoint.created",
    "webhook_endpoint.deleted",
    "webhook_endpoint.disabled",
    "webhook_endpoint.replayed",
    "webhook_endpoint.secret_made",
    "webhook_endpoint.tested",
    "webhook_endpoint.updated",
]
