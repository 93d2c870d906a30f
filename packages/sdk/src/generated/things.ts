// Written by tools/sdk out of what the server says of its API: change the routes, then `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts`.

export interface Account {
  readonly id: string
  readonly key: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly issuerId: string
  /** With `expand` */
  readonly issuer?: Issuer
  readonly currency: string
  readonly zone: string
  /** Where it has moved */
  readonly zones?: ReadonlyArray<{
    readonly zone: string
    readonly fromDay: string | null
  }>
  readonly cycleUnit: 'day' | 'week' | 'month' | 'year'
  readonly cycleCount: number
  readonly cycleAnchor: string
  readonly termsDays: number
  readonly billedUntil: string | null
  /** Null lets it owe whatever it uses */
  readonly creditLimit: string | null
  readonly sponsorAccountId: string | null
  readonly sponsor?: {
    readonly id: string
    readonly key: string
    readonly [name: string]: unknown
  } | null
  readonly sponsorCaps: { readonly [name: string]: string }
  readonly thresholds: ReadonlyArray<{ readonly [name: string]: unknown }>
  readonly progressiveBilling: {
    /** A decimal of the currency */
    readonly threshold: string
    readonly repeats: boolean
  } | null
  readonly pricesIncludeTax: boolean
  readonly gracePeriod: string | null
  readonly brand: string | null
  readonly splitBy: string | null
  /** The account that is billed for the periods that begin now */
  readonly billedTo: string | null
  /** Who is billed from which day on, where it was, or will be, another account */
  readonly payers?: ReadonlyArray<{
    readonly accountId: string | null
    readonly fromDay: string
  }>
}

export interface AccountDunning {
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly today: string
  /** That holds for it; null where it fits none */
  readonly policy: string | null
  readonly version: number | null
  readonly currency: string
  /** All that is overdue */
  readonly overdue: string
  /** What of that is asked for: not what is disputed, nor what is in a promise or in instalments */
  readonly asked: string
  /** The due day from which days overdue are counted */
  readonly since: string | null
  readonly daysOverdue: number
  /** Why less than all is asked for, or nothing is done */
  readonly stops: ReadonlyArray<'dispute' | 'plan' | 'hold' | 'not_told'>
  /** What becomes of its run when steps are done the next time */
  readonly becomes: 'none' | 'begins' | 'continues' | 'reopens' | 'ends'
  /** Steps that are done then */
  readonly due: ReadonlyArray<{
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
  }>
  /** What comes next, if nobody pays and nothing else falls due */
  readonly next: {
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly on: string
  } | null
  readonly hold: {
    readonly id: string
    readonly reason: string
    /** The last day; null until it is released */
    readonly until: string | null
    readonly madeBy: string
    readonly madeAt: string
  } | null
  /** The last one */
  readonly run: DunningRun | null
}

export interface AccountingPeriod {
  /** Null before it was ever closed */
  readonly id: string | null
  readonly from: string
  /** Not part of it */
  readonly until: string
  readonly state: 'open' | 'closing' | 'closed'
  /** How often closing it was asked for */
  readonly closings: number
  readonly lines: number | null
  /** SHA-256 over its lines and the digest of the period before */
  readonly digest: string | null
  /** What could not be computed */
  readonly notes: string | null
  /** What closing it failed for */
  readonly error: string | null
  readonly changes: ReadonlyArray<{
    readonly kind: 'closed' | 'reopened'
    readonly reason: string | null
    readonly createdAt: string
  }>
}

export interface Adjustment {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly content: {
    readonly direction: 'credit' | 'debit'
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    readonly unit: string | null
    readonly source: 'paid' | 'bonus'
    readonly priority?: number
    readonly expiresAt?: string | null
    readonly scope?: { readonly [name: string]: unknown } | null
    readonly shared?: boolean
  }
  readonly reason: string
  readonly status: 'pending' | 'applied' | 'rejected'
  /** The key that asked */
  readonly requestedBy: string
  /** Whose key that is; null in what was asked before people were told apart */
  readonly requestedByPerson: string | null
  readonly decidedBy: string | null
  readonly createdAt: string
  readonly decidedAt: string | null
}

export interface ApiKey {
  readonly id: string
  readonly tenant: string | null
  readonly name: string
  readonly scopes: ReadonlyArray<'tenants:write' | 'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'>
  /** The key that it was made with */
  readonly madeBy: string | null
  /** The key that it took the place of */
  readonly replaces: string | null
  /** The user whose key it is */
  readonly ownerUser: string | null
  /** A limit of its own; null is that of the installation */
  readonly requestsPerSecond: number | null
  readonly createdAt: string
  readonly expiresAt: string | null
  /** As of ten minutes ago at the latest */
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface ApprovalRequest {
  readonly id: string
  /** A reversal of a payment or top-up, a note or write-off, or what accepts a dispute */
  readonly kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
  /** The payment, top-up, document or dispute */
  readonly subject: {
    readonly id: string
    readonly key: string
  }
  readonly accountId: string
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  readonly reason: string
  /** What was asked for; null of a reversal */
  readonly content: { readonly [name: string]: unknown } | null
  readonly status: 'pending' | 'applied' | 'rejected' | 'expired'
  /** Whose decision it waits for, in words */
  readonly waitsFor: string | null
  /** The key that asked */
  readonly requestedBy: string
  /** Whose key that is */
  readonly requestedByPerson: string
  readonly decidedBy: string | null
  readonly createdAt: string
  /** Until then it waits */
  readonly expiresAt: string
  readonly decidedAt: string | null
}

export interface Attachment {
  readonly id: string
  readonly subject: {
    readonly kind: 'document' | 'customer' | 'dispute'
    readonly id: string
  }
  readonly name: string
  /** As its bytes say */
  readonly type: 'application/pdf' | 'image/png' | 'image/jpeg' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' | 'application/vnd.oasis.opendocument.spreadsheet' | 'application/xml' | 'text/csv' | 'text/plain'
  readonly bytes: number
  /** Of its bytes, in hexadecimal */
  readonly sha256: string
  /** Whether it goes out with its document: in its e-invoice, and by e-mail */
  readonly enclosed: boolean
  readonly addedBy: string
  readonly addedAt: string
  readonly deleted: {
    readonly by: string
    readonly at: string
    readonly reason: string
  } | null
}

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly requestId: string
  /** `begun` is of requests that commit by themselves: `done` or `refused` follows, unless they were cut off */
  readonly outcome: 'done' | 'begun' | 'refused'
  readonly actor: {
    /** `signature` is a provider that has signed the request: `person` says which */
    readonly kind: 'key' | 'user' | 'link' | 'signature' | 'nobody'
    readonly id: string | null
    /** Of the key, or the address of the user, as it is now */
    readonly name: string | null
    /** Who that is where two people have to agree */
    readonly person: string
  }
  readonly route: string
  /** What it was about: a key or an id out of the address or the answer */
  readonly object: string | null
  /** Names of what the body had */
  readonly fields: readonly string[]
  /** Of a refusal: its code */
  readonly problem: string | null
  readonly ip: string
  readonly userAgent: string
}

export interface AuditReport {
  readonly holds: boolean
  readonly totals: { readonly [name: string]: number }
  readonly segments: number
  readonly journalBytes: number
  readonly results: ReadonlyArray<{
    readonly invariant: string
    readonly holds: boolean
    readonly detail: string
  }>
}

export interface Balances {
  readonly account: string
  readonly currency: string
  /** Money that a use could take now, credit included; null: nothing limits it */
  readonly available: string | null
  readonly credit: {
    readonly limit: string | null
    /** A decimal of the currency, or of the unit */
    readonly owed: string
    /** A decimal of the currency, or of the unit */
    readonly held: string
  }
  /** What of its open documents is disputed: nobody is asked for it until that is decided */
  readonly disputed: string
  /** A decimal of the currency, or of the unit */
  readonly spentThisPeriod: string
  readonly balances: ReadonlyArray<{
    readonly unit: string
    /** A decimal of the currency, or of the unit */
    readonly remaining: string
    /** A decimal of the currency, or of the unit */
    readonly held: string
    readonly lots: ReadonlyArray<{
      readonly number: number
      readonly source: 'paid' | 'bonus' | 'plan' | 'promise'
      readonly priority: number
      readonly validFrom: string
      readonly expiresAt: string | null
      /** Behind expiresAt it still pays for usage and fees of before */
      readonly graceHours?: number
      /** Of units that were sold: what each cost */
      readonly unitPrice?: string
      /** Its tax was paid when it was sold: what it pays for has none */
      readonly taxed?: true
      /** What it may be used for; null for all */
      readonly scope: { readonly [name: string]: unknown } | null
      readonly shared: boolean
      /** What opened it: a top-up, a voucher, an allowance and its period */
      readonly origin: string
      /** A decimal of the currency, or of the unit */
      readonly amount: string
      /** A decimal of the currency, or of the unit */
      readonly remaining: string
      /** The part of what remains that running sessions have set aside */
      readonly held: string
    }>
  }>
  readonly promise: {
    readonly dueAt: string
    /** A decimal of the currency, or of the unit */
    readonly fee: string
  } | null
  readonly thresholdsCrossed: readonly string[]
  /** How many sessions run; `sessions` names the latest hundred */
  readonly runningSessions: number
  readonly sessions: ReadonlyArray<{
    readonly source: string
    readonly session: string
    readonly service: string
    readonly startedAt: string
    readonly expiresAt: string
  }>
}

export interface BankAccount {
  readonly id: string
  readonly key: string
  readonly issuerId: string
  readonly name: string
  readonly iban: string | null
  readonly number: string | null
  readonly bic: string | null
  readonly currency: string
  readonly csvMapping: BankCsvMapping | null
  /** What the ledger has: before the first statement, and all lines since */
  readonly balance: string
  /** The last balance that the bank has told */
  readonly closing: {
    /** A decimal of the currency; money out is below zero */
    readonly amount: string
    readonly on: string
  } | null
  /** Lines of reports and notifications that no statement has yet */
  readonly announced: string
  /** How far the ledger, without what is announced, is from the closing balance */
  readonly missing: string | null
  /** Statements that do not follow each other */
  readonly gaps: ReadonlyArray<{
    readonly after: string
    readonly before: string
    /** A decimal of the currency; money out is below zero */
    readonly missing: string
  }>
  /** What of its money has no purpose yet */
  readonly suspense: string
  readonly createdAt: string
}

export interface BankCsvMapping {
  /** Between cells */
  readonly delimiter: ';' | ',' | '	' | '|'
  /** Lines before the one with the headings */
  readonly skipLines: number
  /** Before the last digits: 1.234,56 has a comma */
  readonly decimalSign: ',' | '.'
  /** 31.12.2026 is dmy */
  readonly dayOrder: 'dmy' | 'ymd' | 'mdy'
  readonly columns: {
    readonly bookedOn: string
    readonly valueOn?: string
    /** With its sign; or credit and debit, each without one */
    readonly amount?: string
    readonly credit?: string
    readonly debit?: string
    readonly currency?: string
    /** What is on the account after the entry: each row is checked by it */
    readonly balance?: string
    readonly name?: string
    readonly iban?: string
    readonly bic?: string
    /** What was written to the payee */
    readonly text?: readonly string[]
    readonly bankReference?: string
    readonly endToEndId?: string
    readonly mandateId?: string
    readonly code?: string
  }
}

export interface BankCsvMappingInput {
  /** Between cells */
  readonly delimiter?: ';' | ',' | '	' | '|' | undefined
  /** Lines before the one with the headings */
  readonly skipLines?: number | undefined
  /** Before the last digits: 1.234,56 has a comma */
  readonly decimalSign?: ',' | '.' | undefined
  /** 31.12.2026 is dmy */
  readonly dayOrder?: 'dmy' | 'ymd' | 'mdy' | undefined
  readonly columns: {
    readonly bookedOn: string
    readonly valueOn?: string | undefined
    /** With its sign; or credit and debit, each without one */
    readonly amount?: string | undefined
    readonly credit?: string | undefined
    readonly debit?: string | undefined
    readonly currency?: string | undefined
    /** What is on the account after the entry: each row is checked by it */
    readonly balance?: string | undefined
    readonly name?: string | undefined
    readonly iban?: string | undefined
    readonly bic?: string | undefined
    /** What was written to the payee */
    readonly text?: readonly string[] | undefined
    readonly bankReference?: string | undefined
    readonly endToEndId?: string | undefined
    readonly mandateId?: string | undefined
    readonly code?: string | undefined
  }
}

export interface BankFile {
  readonly id: string
  readonly name: string
  /** The same file was imported before; this is what became of it then */
  readonly repeated: boolean
  readonly statements: readonly BankStatement[]
}

export interface BankLine {
  readonly id: string
  readonly bankAccount: string
  readonly state: 'new' | 'waiting' | 'set_aside' | 'to_return' | 'done'
  readonly bookedOn: string
  readonly valueOn: string | null
  readonly currency: string
  /** A decimal of the currency; money out is below zero */
  readonly amount: string
  /** What has no purpose yet */
  readonly open: string
  /** A decimal of the currency; money out is below zero */
  readonly charges: string
  readonly isReversal: boolean
  readonly returnReason: string | null
  readonly code: string | null
  readonly counterparty: {
    readonly name: string | null
    readonly iban: string | null
    readonly account: string | null
    readonly bic: string | null
  }
  readonly remittance: string
  readonly creditorReference: string | null
  readonly endToEndId: string | null
  readonly mandateId: string | null
  readonly bankReference: string | null
  /** A final statement has it */
  readonly isFinal: boolean
  /** Whose money it is, once it is known */
  readonly account: string | null
  readonly note: string | null
  readonly matches: ReadonlyArray<{
    readonly id: string
    readonly kind: 'payment' | 'recorded' | 'payout' | 'cash' | 'return' | 'refund' | 'fee' | 'outside' | 'offset'
    /** A decimal of the currency; money out is below zero */
    readonly amount: string
    readonly paymentId: string | null
    readonly refundId: string | null
    readonly payoutId: string | null
    readonly cashMovementId: string | null
    readonly otherLineId: string | null
    /** In thousandths; null where somebody decided */
    readonly score: number | null
    readonly reasons: readonly string[]
    /** `rule`, or who decided */
    readonly madeBy: string
    readonly createdAt: string
  }>
  readonly proposals: ReadonlyArray<{
    readonly account: string
    readonly score: number
    readonly reasons: readonly string[]
    readonly invoices: ReadonlyArray<{
      readonly id: string
      readonly number: string
      /** A decimal of the currency; money out is below zero */
      readonly amount: string
    }>
  }>
  readonly createdAt: string
}

export interface BankStatement {
  readonly id: string
  readonly bankAccount: string
  readonly file: string
  readonly format: string
  readonly kind: 'statement' | 'report' | 'notification'
  readonly reference: string
  readonly number: string | null
  readonly currency: string
  readonly opening: string | null
  readonly closing: string | null
  readonly from: string | null
  readonly to: string | null
  readonly entries: number
  /** Entries that no other statement had said before */
  readonly newEntries: number
  readonly createdAt: string
}

export interface BillRun {
  readonly id: string
  readonly untilDay: string
  readonly status: 'running' | 'complete' | 'failed'
  readonly accountsTotal: number
  readonly accountsDone: number
  /** All that it issued, however often it was asked for */
  readonly documents: number
  /** Of these, since it was last asked for; 0 where nothing was new */
  readonly issued: number
  /** Accounts whose next document waits for somebody, since it was last asked for */
  readonly held: number
  /** Accounts whose next document waits for the end of its grace period alone */
  readonly inGrace: number
  readonly error: string | null
  readonly createdAt: string
  readonly finishedAt: string | null
}

export interface BonusRule {
  readonly code: string
  readonly currency: string
  readonly kind: 'percent' | 'fixed'
  /** A decimal of the currency, or of the unit */
  readonly value: string
  readonly firstOnly: boolean
  readonly fromAmount: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly validDays: number | null
  readonly priority: number
}

export interface BookLine {
  readonly entryId: string
  readonly day: string
  readonly template: string
  readonly code: string | null
  readonly ledgerAccount: string
  /** The day that it is about, where its period was closed already */
  readonly belongsOn: string | null
  readonly accountId: string | null
  readonly documentId: string | null
  readonly postingId: string | null
  /** What it recognises: the line of a document (`line:` and its id), usage, or a pack of units */
  readonly subject: string | null
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  /** A decimal of the currency */
  readonly booksAmount: string
  readonly rate: string | null
}

export interface Books {
  /** Its key */
  readonly issuer: string
  readonly issuerId: string
  readonly currency: string
  readonly zone: string
  readonly opensOn: string
  /** The first day that is open */
  readonly openFrom: string
  readonly policies: BooksPolicies
  readonly createdAt: string
}

export interface BooksPolicies {
  /** How long its periods are */
  readonly period: 'month' | 'quarter' | 'year'
  /** Percent of sold units that are expected never to be used: earned with those that are used */
  readonly unusedUnits: string
  /** Percent of what is open that is expected not to be paid, by how long it is due */
  readonly badDebts: { readonly [name: string]: string }
}

export interface BooksPoliciesInput {
  /** How long its periods are */
  readonly period?: 'month' | 'quarter' | 'year' | undefined
  /** Percent of sold units that are expected never to be used: earned with those that are used */
  readonly unusedUnits?: string | undefined
  /** Percent of what is open that is expected not to be paid, by how long it is due */
  readonly badDebts?: { readonly [name: string]: string } | undefined
}

export interface Brand {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly content: BrandContent
  /** SHA-256 of the content; documents keep it */
  readonly digest: string
  readonly createdAt: string
}

export interface BrandContent {
  readonly paper: 'a4' | 'us-letter'
  readonly font: 'sans' | 'condensed' | 'serif'
  /** Of titles, rules and bars */
  readonly accent: string | null
  readonly logo: {
    readonly image: string
    readonly widthMm: number
  } | null
  /** The amount and the day it is due on, large */
  readonly headline: boolean
  /** Lines beside the logo */
  readonly contact: readonly string[]
  /** At the foot of each page, in place of the seller's name */
  readonly footer: {
    readonly en?: string
    readonly uk?: string
    readonly ru?: string
    readonly de?: string
    readonly fr?: string
    readonly es?: string
    readonly it?: string
    readonly pl?: string
    readonly pt?: string
    readonly nl?: string
    readonly tr?: string
    readonly ro?: string
  } | null
  /** Below all else */
  readonly legal: ReadonlyArray<{
    readonly en?: string
    readonly uk?: string
    readonly ru?: string
    readonly de?: string
    readonly fr?: string
    readonly es?: string
    readonly it?: string
    readonly pl?: string
    readonly pt?: string
    readonly nl?: string
    readonly tr?: string
    readonly ro?: string
  }>
  /** Of the table of lines, from left to right */
  readonly columns: ReadonlyArray<'number' | 'description' | 'period' | 'quantity' | 'unitPrice' | 'tax' | 'amount'>
  /** What lines are put together by, with a subtotal each; `metadata.costCentre` is an entry of the subscription or else of its service */
  readonly groupBy: 'subscription' | 'service' | 'price' | (string & Record<never, never>) | null
  /** What was used, and was in the periods before, as bars */
  readonly usageChart: boolean
  /** `https://pay.example/{number}?amount={amount}&currency={currency}&account={account}` */
  readonly paymentLink: string | null
  readonly messages: ReadonlyArray<{
    /** For whom: everything that is said of it holds of the account */
    readonly when: {
      readonly currency?: unknown
      readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
      readonly customerKind?: string
      readonly metadata?: { readonly [name: string]: string }
    }
    /** By language; one that is missing is taken in English, or else in the first that there is */
    readonly text: {
      readonly en?: string
      readonly uk?: string
      readonly ru?: string
      readonly de?: string
      readonly fr?: string
      readonly es?: string
      readonly it?: string
      readonly pl?: string
      readonly pt?: string
      readonly nl?: string
      readonly tr?: string
      readonly ro?: string
    }
  }>
}

export interface BrandContentInput {
  readonly paper?: 'a4' | 'us-letter' | undefined
  readonly font?: 'sans' | 'condensed' | 'serif' | undefined
  /** Of titles, rules and bars */
  readonly accent?: string | null | undefined
  readonly logo?: {
    readonly image: string
    readonly widthMm?: number | undefined
  } | null | undefined
  /** The amount and the day it is due on, large */
  readonly headline?: boolean | undefined
  /** Lines beside the logo */
  readonly contact?: readonly string[] | undefined
  /** At the foot of each page, in place of the seller's name */
  readonly footer?: {
    readonly en?: string | undefined
    readonly uk?: string | undefined
    readonly ru?: string | undefined
    readonly de?: string | undefined
    readonly fr?: string | undefined
    readonly es?: string | undefined
    readonly it?: string | undefined
    readonly pl?: string | undefined
    readonly pt?: string | undefined
    readonly nl?: string | undefined
    readonly tr?: string | undefined
    readonly ro?: string | undefined
  } | null | undefined
  /** Below all else */
  readonly legal?: ReadonlyArray<{
    readonly en?: string | undefined
    readonly uk?: string | undefined
    readonly ru?: string | undefined
    readonly de?: string | undefined
    readonly fr?: string | undefined
    readonly es?: string | undefined
    readonly it?: string | undefined
    readonly pl?: string | undefined
    readonly pt?: string | undefined
    readonly nl?: string | undefined
    readonly tr?: string | undefined
    readonly ro?: string | undefined
  }> | undefined
  /** Of the table of lines, from left to right */
  readonly columns?: ReadonlyArray<'number' | 'description' | 'period' | 'quantity' | 'unitPrice' | 'tax' | 'amount'> | undefined
  /** What lines are put together by, with a subtotal each; `metadata.costCentre` is an entry of the subscription or else of its service */
  readonly groupBy?: 'subscription' | 'service' | 'price' | (string & Record<never, never>) | null | undefined
  /** What was used, and was in the periods before, as bars */
  readonly usageChart?: boolean | undefined
  /** `https://pay.example/{number}?amount={amount}&currency={currency}&account={account}` */
  readonly paymentLink?: string | null | undefined
  readonly messages?: ReadonlyArray<{
    /** For whom: everything that is said of it holds of the account */
    readonly when?: {
      readonly currency?: string | undefined
      readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
      readonly customerKind?: string | undefined
      readonly metadata?: { readonly [name: string]: string } | undefined
    } | undefined
    /** By language; one that is missing is taken in English, or else in the first that there is */
    readonly text: {
      readonly en?: string | undefined
      readonly uk?: string | undefined
      readonly ru?: string | undefined
      readonly de?: string | undefined
      readonly fr?: string | undefined
      readonly es?: string | undefined
      readonly it?: string | undefined
      readonly pl?: string | undefined
      readonly pt?: string | undefined
      readonly nl?: string | undefined
      readonly tr?: string | undefined
      readonly ro?: string | undefined
    }
  }> | undefined
}

export interface BrandImage {
  readonly digest: string
  readonly format: 'png' | 'svg'
  /** How many it has */
  readonly bytes: number
}

export interface CallTask {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly runId: string
  readonly step: string
  /** What whoever calls says */
  readonly script: string
  readonly currency: string
  /** What was to be asked for */
  readonly amount: string
  /** `cancelled`: the debt was gone before anybody called */
  readonly state: 'open' | 'done' | 'cancelled'
  readonly outcome: 'promised' | 'refused' | 'disputes' | 'not_reached' | 'wrong_number' | 'other' | null
  readonly note: string | null
  readonly createdAt: string
  readonly endedBy: string | null
  readonly endedAt: string | null
}

export interface CashDesk {
  readonly key: string
  readonly name: string
  readonly issuer: string
  readonly currency: string
  readonly zone: string
  /** What cash is rounded to */
  readonly cashStep: string
  readonly isOpen: boolean
  /** What is to be in the drawer now */
  readonly drawer: string
  /** What is to be in the safe of the desk now */
  readonly safe: string
  /** The number of the shift that is open */
  readonly shift: number | null
  readonly ledgerAccount: string
  readonly createdAt: string
}

export interface CashMovement {
  readonly id: string
  readonly key: string
  readonly desk: string
  readonly shiftId: string | null
  readonly kind: 'float' | 'in' | 'out' | 'spent' | 'added' | 'over' | 'short' | 'emptied' | 'safe_in' | 'safe_out' | 'to_bank' | 'from_bank'
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  readonly reason: string
  readonly createdAt: string
}

export interface CashReceipt {
  readonly id: string
  /** As it is printed */
  readonly number: string
  readonly desk: string
  readonly shiftId: string
  readonly key: string
  readonly kind: 'payment' | 'cancel'
  /** The number of the receipt that it cancels */
  readonly cancels: string | null
  /** The number of the receipt that cancels it */
  readonly cancelledBy: string | null
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly recordedAs: 'payment' | 'top_up'
  readonly paymentId: string | null
  readonly state: 'pending' | 'done' | 'failed'
  readonly currency: string
  /** What the account got */
  readonly amount: string
  /** What was paid in cash: the amount, rounded */
  readonly cash: string
  readonly tendered: string | null
  /** What the payer got back */
  readonly change: string | null
  readonly note: string | null
  readonly createdAt: string
}

export interface CashReport {
  readonly kind: 'X' | 'Z'
  readonly desk: string
  readonly deskName: string
  readonly shift: number
  /** The person whose shift it is */
  readonly cashier: string
  readonly currency: string
  readonly openedAt: string
  readonly closedAt: string | null
  /** A decimal of the currency */
  readonly float: string
  readonly payments: {
    readonly count: number
    /** A decimal of the currency */
    readonly amount: string
  }
  readonly cancels: {
    readonly count: number
    /** A decimal of the currency */
    readonly amount: string
  }
  /** What was paid more than accounts got; below zero less */
  readonly rounding: string
  readonly movements: ReadonlyArray<{
    readonly kind: string
    readonly count: number
    /** A decimal of the currency */
    readonly amount: string
  }>
  readonly firstReceipt: string | null
  readonly lastReceipt: string | null
  /** What is to be in the drawer: float + in − out */
  readonly expected: string
  readonly counted: string | null
  /** Below zero something is missing */
  readonly difference: string | null
  readonly denominations: ReadonlyArray<{
    readonly value: string
    readonly count: number
  }> | null
}

export interface CashShift {
  readonly id: string
  readonly desk: string
  readonly number: number
  readonly cashier: string
  readonly currency: string
  readonly openedAt: string
  /** A decimal of the currency */
  readonly float: string
  readonly closedAt: string | null
  readonly expected: string | null
  readonly counted: string | null
  readonly difference: string | null
}

export interface ChannelTest {
  readonly channel: 'mail' | 'smpp' | 'sms-http' | 'web-push' | 'telegram' | 'fcm' | 'voice'
  /** `unknown`: it may have been sent */
  readonly outcome: 'accepted' | 'failed' | 'unknown'
  /** What the channel calls the message; null unless it was accepted */
  readonly id: string | null
  /** Messages that are charged for; null unless it was accepted */
  readonly parts: number | null
  readonly reason: 'no_such_address' | 'blocked' | 'too_long' | 'not_supported' | 'too_many' | 'unavailable' | 'deferred' | null
  /** Whether the same message may be taken later; null unless it failed */
  readonly mayRetry: boolean | null
  /** In the words of the channel */
  readonly said: string | null
}

export interface ChargingAnswer {
  readonly result: 'charged' | 'granted' | 'ended' | 'refunded' | 'refused' | 'invalid'
  /** A stable code */
  readonly reason?: string
  readonly detail?: string
  readonly session?: string
  readonly sequence?: number
  /** A decimal of the currency, exact */
  readonly amount?: string
  readonly currency?: string
  readonly groups?: ReadonlyArray<{
    readonly type: string
    readonly result: 'granted' | 'refused'
    /** By the property that the meter reads */
    readonly granted: { readonly [name: string]: string }
    readonly validitySeconds: number
    /** A stable code */
    readonly reason?: string
    readonly detail?: string
    /** Nothing more can be granted behind these units (3GPP: Final-Unit-Indication) */
    readonly final?: {
      readonly action: 'terminate' | 'redirect' | 'restrict'
      readonly redirectTo?: string
      readonly kbps?: number
    }
    readonly throttleKbps?: number
  }>
  /** What the account is slowed down to, where nothing is granted */
  readonly throttleKbps?: number
  /** Reports among `used` that went to suspense */
  readonly suspended?: ReadonlyArray<{
    readonly type: string
    /** A stable code */
    readonly reason: string
    readonly detail: string
  }>
  /** The answer to a request that was answered before */
  readonly duplicate?: true
}

export type ChargingRequestInput = {
  readonly op: 'event'
  /** Who reports: a switch, a gateway, an app */
  readonly source: string
  /** What usage points at: a number, a login, an API key */
  readonly service: string
  readonly time: string
  /** (source, id) makes a repetition harmless */
  readonly id: string
  readonly type: string
  readonly end?: string | undefined
  /** Quantities by the property that a meter reads, and what prices choose by; write decimals as texts */
  readonly data: { readonly [name: string]: string | number | boolean }
} | {
  readonly op: 'refund'
  /** Who reports: a switch, a gateway, an app */
  readonly source: string
  /** What usage points at: a number, a login, an API key */
  readonly service: string
  readonly time: string
  /** (source, id) makes a repetition harmless */
  readonly id: string
  readonly type: string
  readonly end?: string | undefined
  /** Quantities by the property that a meter reads, and what prices choose by; write decimals as texts */
  readonly data: { readonly [name: string]: string | number | boolean }
} | {
  readonly op: 'start'
  /** Who reports: a switch, a gateway, an app */
  readonly source: string
  /** What usage points at: a number, a login, an API key */
  readonly service: string
  readonly time: string
  /** Names the session, together with the source */
  readonly session: string
  readonly requested?: ReadonlyArray<{
    readonly type: string
    /** Quantities by the property that a meter reads, and what prices choose by; write decimals as texts */
    readonly data: { readonly [name: string]: string | number | boolean }
  }> | undefined
  /** How long grants hold at most */
  readonly validitySeconds?: number | undefined
  /** Grows with each request of the session */
  readonly sequence?: number | undefined
} | {
  readonly op: 'update' | 'end'
  /** Who reports: a switch, a gateway, an app */
  readonly source: string
  /** What usage points at: a number, a login, an API key */
  readonly service: string
  readonly time: string
  /** Names the session, together with the source */
  readonly session: string
  readonly requested?: ReadonlyArray<{
    readonly type: string
    /** Quantities by the property that a meter reads, and what prices choose by; write decimals as texts */
    readonly data: { readonly [name: string]: string | number | boolean }
  }> | undefined
  /** How long grants hold at most */
  readonly validitySeconds?: number | undefined
  /** Grows with each request of the session */
  readonly sequence: number
  readonly used?: ReadonlyArray<{
    readonly type: string
    /** Quantities by the property that a meter reads, and what prices choose by; write decimals as texts */
    readonly data: { readonly [name: string]: string | number | boolean }
  }> | undefined
}

export interface Clock {
  /** What time it is for the tenant */
  readonly now: string
  /** By a test clock, which stands until it is moved */
  readonly isTest: boolean
}

export interface Contact {
  readonly id: string
  readonly customer: string
  readonly key: string
  readonly name: string
  /** Null is told nothing by e-mail */
  readonly email: string | null
  /** For SMS and voice */
  readonly phone: string | null
  /** Of channels that have neither: the token of push, an id of a messenger */
  readonly addresses: {
    readonly push?: string
    readonly messenger?: string
  }
  /** Null is that of the customer */
  readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | null
  /** Null is that of the account that something is about */
  readonly zone: string | null
  /** What the contact is told of: what is to be paid, what works and what does not, the contract */
  readonly roles: ReadonlyArray<'payer' | 'technical' | 'owner'>
  /** With quietUntil: own quiet hours; null are those of the settings */
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  /** Addresses that do not work: nothing is sent there until the address is set anew */
  readonly failing: ReadonlyArray<{
    readonly channel: string
    readonly address: string
    readonly reason: string
    readonly notedAt: string
  }>
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Coupon {
  readonly id: string
  readonly code: string
  /** Shown on documents */
  readonly name: string
  readonly currency: string | null
  readonly value: {
    readonly kind: 'percent'
    readonly percent: string
  } | {
    readonly kind: 'fixed'
    readonly amount: string
    readonly carryOver: boolean
  } | {
    readonly kind: 'spend'
    readonly steps: ReadonlyArray<{
      readonly from: string
      readonly percent: string
    }>
  } | {
    readonly kind: 'loyalty'
    readonly steps: ReadonlyArray<{
      readonly months: number
      readonly percent: string
    }>
  }
  readonly duration: {
    readonly kind: 'once'
  } | {
    readonly kind: 'forever'
  } | {
    readonly kind: 'bills'
    readonly count: number
  }
  readonly targets: {
    readonly plans?: readonly string[]
    readonly prices?: readonly string[]
    readonly kinds?: ReadonlyArray<'recurring' | 'one_off' | 'usage' | 'commitment'>
  }
  /** A bundle: plans that it needs all of */
  readonly requires: readonly string[]
  /** What its targets on a bill come to, at least */
  readonly minimum: string | null
  /** The lowest comes first */
  readonly priority: number
  /** Alone on the bills on which it gives something */
  readonly exclusive: boolean
  /** Of a group only the one that gives most */
  readonly bestOf: string | null
  /** In force for every account, without redemption */
  readonly automatic: boolean
  /** Redeemed with the codes of its batches alone, not with its own */
  readonly byBatch: boolean
  readonly maxRedemptions: number | null
  readonly maxPerCustomer: number | null
  readonly validFrom: string | null
  /** The first day on which it is not */
  readonly validUntil: string | null
  /** How often it was redeemed; in lists */
  readonly redemptions?: number
  readonly archivedAt: string | null
  readonly createdAt: string
}

export interface Customer {
  readonly id: string
  readonly key: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly name: string
  readonly email: string | null
  readonly address: string | null
  readonly taxId: string | null
  readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
  /** Which taxes there are depends on it: needed where the issuer is registered for tax */
  readonly kind: 'business' | 'consumer' | 'public_body' | null
  /** An address in its parts: its country, and in some countries its region, says which tax is due */
  readonly postalAddress: {
    /** ISO 3166-1: DE */
    readonly country: string
    /** What follows the hyphen in ISO 3166-2: TX of US-TX */
    readonly region?: string
    readonly county?: string
    readonly city?: string
    readonly postcode?: string
    /** Street, house and so on */
    readonly lines?: readonly string[]
  } | null
  /** Form and check digits are looked at: FR40303265045 */
  readonly taxIds: readonly string[]
  /** That say it is exempt in a country, with their days */
  readonly certificates: ReadonlyArray<{
    /** ISO 3166-1: DE */
    readonly country: string
    /** What follows the hyphen in ISO 3166-2: TX of US-TX */
    readonly region?: string
    readonly number: string
    readonly reason: string
    readonly from: string
    /** The first day on which it does not hold any more */
    readonly until?: string
  }>
  /** Where a consumer is, beside the address: two pieces that agree are needed abroad */
  readonly evidence: ReadonlyArray<{
    readonly kind: 'ip' | 'card' | 'sim' | 'landline' | 'other'
    /** ISO 3166-1: DE */
    readonly country: string
  }>
  /** The reference that the customer wants on its documents */
  readonly purchaseOrder: string | null
  /** Where e-invoices go: the code of the list (EAS) and the address in it */
  readonly electronicAddress: {
    readonly scheme: string
    readonly id: string
  } | null
  /** Its documents are issued only once they are e-invoices by this; null where it asks for none */
  readonly einvoice: {
    readonly specification: 'en16931' | 'xrechnung' | 'peppol'
    /** Of a public buyer in Germany: 992-90009-96 */
    readonly leitwegId?: string
    /** What else it wants as its reference on e-invoices (BT-10) */
    readonly buyerReference?: string
  } | null
  /** When what was known of it was erased */
  readonly erasedAt: string | null
}

export interface Delivery {
  readonly id: string
  readonly document: {
    readonly kind: 'invoice' | 'pro_forma'
    readonly id: string
    readonly number: string
  }
  /** A document is sent once for each; the transport where nobody chose another */
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly transport: 'email' | 'folder' | 'peppol'
  readonly formats: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'>
  readonly origin: 'request' | 'issue'
  /** Where it went last */
  readonly to: {
    readonly scheme: string
    readonly id: string | null
  } | null
  /** `sent`: taken by who delivers it; `unknown`: it may have been, and nobody says so */
  readonly state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown'
  /** Why it failed, or is not known: a word, such as `cannot_be_written` */
  readonly reason: string | null
  /** The same as a sentence, with the rule that is broken; or what the peer said */
  readonly said: string | null
  /** What the peer calls it */
  readonly providerId: string | null
  readonly createdAt: string
  readonly sentAt: string | null
  readonly endedAt: string | null
}

export interface DeliveryPreference {
  readonly customer: string
  /** By what, the first that is possible; empty by none; null as the settings say */
  readonly transports: ReadonlyArray<'email' | 'folder' | 'peppol'> | null
  /** Null as the settings say */
  readonly formats: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'> | null
  /** Where documents go by e-mail; null is `email` of the customer */
  readonly email: string | null
}

export interface DeliveryWithAttempts {
  readonly id: string
  readonly document: {
    readonly kind: 'invoice' | 'pro_forma'
    readonly id: string
    readonly number: string
  }
  /** A document is sent once for each; the transport where nobody chose another */
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly transport: 'email' | 'folder' | 'peppol'
  readonly formats: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'>
  readonly origin: 'request' | 'issue'
  /** Where it went last */
  readonly to: {
    readonly scheme: string
    readonly id: string | null
  } | null
  /** `sent`: taken by who delivers it; `unknown`: it may have been, and nobody says so */
  readonly state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown'
  /** Why it failed, or is not known: a word, such as `cannot_be_written` */
  readonly reason: string | null
  /** The same as a sentence, with the rule that is broken; or what the peer said */
  readonly said: string | null
  /** What the peer calls it */
  readonly providerId: string | null
  readonly createdAt: string
  readonly sentAt: string | null
  readonly endedAt: string | null
  /** The last 100 */
  readonly attempts: ReadonlyArray<{
    readonly number: number
    readonly kind: 'send' | 'ask'
    /** By the real clock */
    readonly beganAt: string
    readonly endedAt: string | null
    /** Null while it is under way */
    readonly outcome: 'sent' | 'delivered' | 'declined' | 'unknown' | 'absent' | null
    /** In the words of the peer */
    readonly said: string | null
  }>
}

export interface DepositEntry {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly kind: 'taken' | 'applied' | 'released'
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  readonly method: 'bank' | 'cash' | null
  readonly reason: string
  /** Of what was applied: the payment that settles the document */
  readonly paymentId: string | null
  readonly createdAt: string
}

export interface Dispute {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly invoice: {
    readonly id: string
    readonly number: string
  }
  readonly currency: string
  /** Disputed, with tax */
  readonly amount: string
  readonly reason: string
  readonly text: string | null
  readonly status: 'open' | 'accepted' | 'rejected' | 'withdrawn'
  readonly lines: ReadonlyArray<{
    readonly line: number
    /** As the document has it */
    readonly amount: string
    readonly quantity: string | null
  }>
  readonly openedAt: string
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly creditNote: {
    readonly id: string
    readonly number: string
    /** A decimal of the currency */
    readonly total: string
  } | null
  /** Where it was to be accepted and waits for another person */
  readonly approvalRequest?: ApprovalRequest
}

export interface DraftInvoice {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** The bill of a day, an interim invoice, a note on documents before, or lines that somebody wrote */
  readonly kind: 'bill' | 'interim' | 'note' | 'one_off'
  /** Which of the drafts of a kind: of a note, its cause */
  readonly purpose: string
  readonly billingDay: string
  /** Of a bill: what is due up to here waits behind it */
  readonly untilDay: string | null
  readonly currency: string
  /** With tax, where it can be decided */
  readonly total: string
  /** Why it is not issued; empty where it is about to be */
  readonly reasons: ReadonlyArray<{
    readonly code: 'grace_period' | 'by_hand' | 'on_hold' | 'review' | 'tax_missing' | 'tax_id' | 'einvoice_rule' | 'failed'
    readonly text: string
    readonly until?: string
  }>
  /** What is odd about it; in lists only what the settings ask to be approved of */
  readonly warnings: ReadonlyArray<{
    readonly code: 'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'
    readonly text: string
  }>
  /** When it is issued by itself; null where it waits for somebody */
  readonly dueAt: string | null
  readonly madeAt: string
}

export interface DraftInvoiceWithDocuments {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** The bill of a day, an interim invoice, a note on documents before, or lines that somebody wrote */
  readonly kind: 'bill' | 'interim' | 'note' | 'one_off'
  /** Which of the drafts of a kind: of a note, its cause */
  readonly purpose: string
  readonly billingDay: string
  /** Of a bill: what is due up to here waits behind it */
  readonly untilDay: string | null
  readonly currency: string
  /** With tax, where it can be decided */
  readonly total: string
  /** Why it is not issued; empty where it is about to be */
  readonly reasons: ReadonlyArray<{
    readonly code: 'grace_period' | 'by_hand' | 'on_hold' | 'review' | 'tax_missing' | 'tax_id' | 'einvoice_rule' | 'failed'
    readonly text: string
    readonly until?: string
  }>
  /** What is odd about it; in lists only what the settings ask to be approved of */
  readonly warnings: ReadonlyArray<{
    readonly code: 'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'
    readonly text: string
  }>
  /** When it is issued by itself; null where it waits for somebody */
  readonly dueAt: string | null
  readonly madeAt: string
  /** As they would be issued now; none where nothing of it is due any more */
  readonly documents: ReadonlyArray<{
    readonly billingDay: string
    /** What it bills, of the several documents that a day may have */
    readonly purpose: string
    readonly kind: 'invoice' | 'credit_note' | 'debit_note'
    readonly corrects?: readonly string[]
    readonly reason?: string
    /** It is no document yet, or none that is owed */
    readonly mark?: 'draft' | 'pro_forma'
    readonly number: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly termsDays: number
    readonly currency: string
    readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
    readonly account: string
    /** It asks for money for supplies to come */
    readonly isAdvance?: true
    /** Numbers of advance invoices that come off it */
    readonly deducts?: readonly string[]
    /** Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of */
    readonly part?: {
      readonly by: string
      readonly value: string
    }
    /** What it bills for other accounts: their lines bear the key of the account */
    readonly annexes?: ReadonlyArray<{
      readonly account: string
      readonly name: string
      /** A decimal of the currency */
      readonly net: string
      /** A decimal of the currency */
      readonly tax: string
      /** A decimal of the currency */
      readonly total: string
    }>
    readonly seller: {
      readonly name: string
      readonly address: string | null
      readonly taxId: string | null
      readonly postalAddress?: {
        readonly country: string
        readonly [name: string]: unknown
      }
      readonly electronicAddress?: {
        readonly scheme: string
        readonly id: string
      }
      readonly bankDetails: string | null
      readonly legalForm?: string
      readonly registrations?: ReadonlyArray<{
        readonly country: string
        readonly kind: string
        readonly number: string
        readonly [name: string]: unknown
      }>
      readonly contact?: {
        readonly name: string
        readonly telephone: string
        readonly email: string
      }
    }
    readonly buyer: {
      readonly name: string
      readonly address: string | null
      readonly taxId: string | null
      readonly postalAddress?: {
        readonly country: string
        readonly [name: string]: unknown
      }
      readonly electronicAddress?: {
        readonly scheme: string
        readonly id: string
      }
      readonly kind?: string
      readonly taxIds?: readonly string[]
      readonly purchaseOrder?: string
      /** By which specification it wants its e-invoices */
      readonly einvoice?: {
        readonly specification: 'en16931' | 'xrechnung' | 'peppol'
        readonly [name: string]: unknown
      }
    }
    /** Accounts of the issuer in the currency of the document, and codes that banking applications read */
    readonly payTo?: {
      readonly accounts: ReadonlyArray<{ readonly [name: string]: unknown }>
      readonly codes: ReadonlyArray<{
        readonly scheme: 'swiss_qr_bill' | 'epc' | 'nbu' | 'upi'
        /** What stands in the code */
        readonly text: string
        /** How many errors of reading it corrects */
        readonly correction: 'L' | 'M'
        readonly mark?: 'swiss_cross'
      }>
      /** The Swiss code stands on a payment slip at the foot of the last page */
      readonly slip?: true
    }
    /** What its page looks like: a version of a brand, which never changes */
    readonly brand?: {
      readonly key: string
      readonly version: number
      readonly digest: string
    }
    /** Of its brand, for this account */
    readonly messages?: readonly string[]
    readonly paymentLink?: string
    /** Of the documents before, the newest first, where its brand shows them */
    readonly earlierUsage?: ReadonlyArray<{
      readonly from: string
      readonly usage: ReadonlyArray<{
        readonly meter: string
        readonly unit: string
        readonly quantity: string
      }>
    }>
    readonly period: {
      readonly from: string
      readonly until: string
    }
    readonly lines: ReadonlyArray<{
      readonly id: string
      /** By its parts; absent where the issuer says nothing of tax */
      readonly tax?: ReadonlyArray<{
        readonly rule: string
        /** Of EN 16931 (UNCL 5305) */
        readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
        readonly place: string
        readonly why: string
        /** A decimal of the currency */
        readonly net: string
        /** A decimal of the currency */
        readonly tax: string
        readonly taxes: ReadonlyArray<{
          readonly kind: string
          readonly name: string
          readonly percent: string | null
          readonly perUnit: string | null
          /** A decimal of the currency */
          readonly amount: string
        }>
        /** Both are part of it */
        readonly days?: {
          readonly from: string
          readonly until: string
        }
        /** It takes back what a document before billed, with the tax of that */
        readonly isCredit?: boolean
      }>
      readonly position: number
      /** Of a correction, where its issuer wants it: what was billed, and what it should be */
      readonly corrected?: {
        readonly was: {
          /** A decimal of the currency */
          readonly net: string
          /** A decimal of the currency */
          readonly tax: string
          /** A decimal of the currency */
          readonly total: string
        }
        readonly shouldBe: {
          /** A decimal of the currency */
          readonly net: string
          /** A decimal of the currency */
          readonly tax: string
          /** A decimal of the currency */
          readonly total: string
        }
      }
      readonly kind: string
      /** Of a cap or discount: the position of the line that it lowers */
      readonly lowers?: number | null
      readonly discount?: string
      readonly description: string
      readonly subscription: string
      /** The key of the account whose line it is, where that is not the one that is billed */
      readonly account?: string
      /** What it stands together with on the page */
      readonly group?: string
      readonly from: string
      readonly until: string
      readonly isLate: boolean
      /** Of this line: of late usage, what came since the line before */
      readonly quantity: string
      readonly unit: string
      /** Null where more than one price makes the line: then its parts add up */
      readonly unitAmount: string | null
      readonly per: string | null
      /** Of a period: 17/31 */
      readonly share?: string
      /** What the price takes off; of a discount, its share of the base */
      readonly discountPercent?: string
      /** Of a discount: what it is a share of */
      readonly base?: string
      /** What documents before billed of the same, which this line leaves out */
      readonly billedBefore?: string
      /** This line before it is rounded. A decimal, or a fraction such as 910/3 */
      readonly exactAmount: string
      /** The exact amount, rounded half-up */
      readonly amount: string
      /** Add up to the exact amount; null where quantity × unitAmount ÷ per × share, less the discount, is that */
      readonly parts?: ReadonlyArray<{
        readonly label: string
        /** Of a rate that shares the line with others: the id that explains it */
        readonly line?: string
        readonly quantity: string | null
        readonly unitAmount: string | null
        readonly per: string | null
        /** Besides the units, once */
        readonly flatAmount?: string
        /** Of a period: 17/31 */
        readonly share?: string
        readonly discountPercent?: string
        /** A decimal, or a fraction such as 910/3 where no decimal is exact */
        readonly amount: string
        /** Of such a rate: the price of all that was used, where some was billed before */
        readonly whole?: string
      }> | null
    }>
    readonly usage: ReadonlyArray<{
      readonly meter: string
      readonly unit: string
      readonly quantity: string
      readonly records: number
    }>
    /** What units, meters and the like are called on its page, where plans have translations */
    readonly names?: { readonly [name: string]: string }
    /** Units that cover usage, which no line charges then: of allowances what was used of what was given */
    readonly included?: ReadonlyArray<{
      readonly kind: 'allowance' | 'prepaid' | 'bonus'
      /** Of an allowance */
      readonly name: string | null
      readonly subscription: string | null
      readonly unit: string
      /** Null where units are of no period */
      readonly period: {
        readonly from: string
        readonly until: string
      } | null
      /** Of an allowance; null of others */
      readonly given: string | null
      readonly used: string | null
      /** Of units that were sold or given as a bonus, when the document was made */
      readonly left: string | null
    }>
    /** Amounts of lines have the tax in them */
    readonly pricesIncludeTax?: boolean
    /** By tax and rate; absent where the issuer says nothing of tax */
    readonly taxes?: ReadonlyArray<{
      readonly kind: string
      readonly name: string
      readonly percent: string | null
      readonly perUnit: string | null
      /** A decimal of the currency */
      readonly amount: string
      /** Of EN 16931 (UNCL 5305) */
      readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
      readonly place: string
      /** What it is on */
      readonly base: string
      /** What the document must say of it */
      readonly notice: string | null
      /** Its code in the list VATEX */
      readonly vatex: string | null
    }>
    /** What the document must say of its tax */
    readonly notices?: readonly string[]
    readonly totals: {
      /** A decimal of the currency */
      readonly discounts?: string
      /** A decimal of the currency */
      readonly net: string
      /** A decimal of the currency */
      readonly tax: string
      /** A decimal of the currency */
      readonly total: string
      /** What the buyer keeps back of the total for its tax office */
      readonly withheld?: string
      /** A decimal of the currency */
      readonly toPay?: string
    }
  }>
  readonly approvals: ReadonlyArray<{
    readonly id: string
    /** A decimal of the currency */
    readonly total: string
    readonly warnings: ReadonlyArray<{
      readonly code: 'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'
      readonly text: string
    }>
    readonly note: string | null
    readonly approvedBy: string
    readonly approvedAt: string
  }>
  readonly holds: ReadonlyArray<{
    readonly id: string
    readonly accountId: string
    /** Null for all documents of the account */
    readonly draftId: string | null
    /** Null until it is released */
    readonly until: string | null
    readonly reason: string
    /** The key or user */
    readonly placedBy: string
    readonly placedAt: string
    readonly releasedBy: string | null
    readonly releasedAt: string | null
  }>
}

export interface DunningHandOver {
  readonly id: string
  readonly key: string
  readonly recipient: string | null
  readonly madeBy: string
  readonly madeAt: string
  readonly accounts: ReadonlyArray<{
    readonly accountId: string
    /** Its key; the whole with `expand` */
    readonly account: string | Account
    readonly customerId: string
    /** Its key; the whole with `expand` */
    readonly customer: string | Customer
    readonly customerName: string
    readonly email: string | null
    readonly address: string | null
    readonly taxId: string | null
    readonly currency: string
    /** What was open when the file was made */
    readonly amount: string
    /** Its debt is gone since: it is not to be collected any more */
    readonly isRecalled: boolean
    readonly documents: ReadonlyArray<{
      readonly id: string
      readonly number: string
      readonly dueOn: string
      /** A decimal of the currency */
      readonly open: string
    }>
  }>
}

export interface DunningOutcome {
  /** Accounts */
  readonly looked: number
  /** Runs */
  readonly began: number
  readonly ended: number
  readonly reopened: number
  readonly steps: ReadonlyArray<{
    readonly currency: string
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly state: string
    readonly accounts: number
    /** What was to be asked for of them */
    readonly amount: string
  }>
  /** Accounts that could not be worked on now */
  readonly failed: ReadonlyArray<{
    readonly accountId: string
    readonly reason: string
  }>
  /** `after` of the next page; null where there is none */
  readonly next: string | null
}

export interface DunningPolicy {
  readonly id: string
  readonly key: string
  readonly version: number
  /** The last version of a key holds, drafts aside; `withdrawn`: no run begins by it any more */
  readonly state: 'in_force' | 'draft' | 'withdrawn'
  readonly policy: {
    /** The first policy that an account fits holds, the least number first */
    readonly order: number
    /** Whom it is for; all that is said must hold, and what is not said is not asked about */
    readonly segment: {
      /** `unknown` is a customer of whom nobody said what they are */
      readonly customerKinds: ReadonlyArray<'consumer' | 'business' | 'public_body' | 'unknown'>
      /** Keys of issuers */
      readonly issuers: readonly string[]
      readonly currencies: readonly unknown[]
      /** Entries of the account, or else of its customer: {"tier": ["gold", "vip"]} */
      readonly metadata: { readonly [name: string]: readonly string[] }
    }
    readonly calendar: {
      /** Free days of the week, Monday is 1 */
      readonly weekend: readonly number[]
      readonly holidays: readonly string[]
    }
    /** Nobody is asked for so much or less: {"EUR": "1.00"} */
    readonly grace: { readonly [name: string]: string }
    /** Days between two steps, at least */
    readonly gapDays: number
    /** A run whose debt comes back within so many days continues where it stood */
    readonly reopenDays: number
    /** Whether blocks stay during a promise or instalments */
    readonly blockDuringPlans: boolean
    /** False: nobody is blocked or ended whom no reminder could be sent to, and nobody was asked to call */
    readonly blockUntold: boolean
    readonly steps: ReadonlyArray<{
      /** What was done under this name is not done again in a run */
      readonly id: string
      readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
      /** Days overdue from which on it is done */
      readonly afterDays: number
      /** How those days are counted */
      readonly days: 'calendar' | 'working'
      /** Whether it waits for a working day */
      readonly onlyWorkingDays: boolean
      /** Days behind the step before, at least; null for those of the policy, 0 for the same day */
      readonly gapDays: number | null
      /** It is passed over as long as less is to be asked for: {"EUR": "20.00"} */
      readonly minAmount: { readonly [name: string]: string }
      /** Only where the oldest document is overdue for so long */
      readonly oldestDays: {
        readonly atLeast: number | null
        readonly atMost: number | null
      }
      /** Only where there were so many runs before: {"atLeast": 1} for those who were late before */
      readonly earlierRuns: {
        readonly atLeast: number | null
        readonly atMost: number | null
      }
      /** What a person who calls says */
      readonly script: string | null
      /** Which one is sent: its template */
      readonly reminder: 'first' | 'second' | 'final'
    }>
  }
  readonly madeBy: string
  readonly madeAt: string
}

export interface DunningPreview {
  /** Accounts of the page of which something is overdue */
  readonly items: ReadonlyArray<{
    readonly accountId: string
    /** Its key; the whole with `expand` */
    readonly account: string | Account
    readonly customerId: string
    /** Its key; the whole with `expand` */
    readonly customer: string | Customer
    readonly customerName: string
    readonly today: string
    /** That holds for it; null where it fits none */
    readonly policy: string | null
    readonly version: number | null
    readonly currency: string
    /** All that is overdue */
    readonly overdue: string
    /** What of that is asked for: not what is disputed, nor what is in a promise or in instalments */
    readonly asked: string
    /** The due day from which days overdue are counted */
    readonly since: string | null
    readonly daysOverdue: number
    /** Why less than all is asked for, or nothing is done */
    readonly stops: ReadonlyArray<'dispute' | 'plan' | 'hold' | 'not_told'>
    /** What becomes of its run when steps are done the next time */
    readonly becomes: 'none' | 'begins' | 'continues' | 'reopens' | 'ends'
    /** Steps that are done then */
    readonly due: ReadonlyArray<{
      readonly step: string
      readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    }>
    /** What comes next, if nobody pays and nothing else falls due */
    readonly next: {
      readonly step: string
      readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
      readonly on: string
    } | null
  }>
  /** What would be done on the accounts of the page */
  readonly totals: ReadonlyArray<{
    readonly currency: string
    readonly step: string
    readonly action: string
    readonly accounts: number
    /** What is to be asked for of them */
    readonly amount: string
  }>
  /** `after` of the next page; null where there is none */
  readonly next: string | null
}

export interface DunningRun {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly policy: string
  readonly version: number
  readonly state: 'running' | 'ended'
  readonly currency: string
  /** That it has placed and that stands */
  readonly block: 'soft' | 'hard' | null
  readonly startedOn: string
  readonly endedOn: string | null
  /** How often its debt came back after it had ended */
  readonly reopened: number
  readonly steps: ReadonlyArray<{
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly state: 'asked' | 'done' | 'not_available' | 'failed' | 'skipped'
    /** What was to be asked for */
    readonly amount: string
    readonly daysOverdue: number
    /** The account’s day */
    readonly on: string
    readonly at: string
    /** What was done, or why nothing was */
    readonly detail: string | null
  }>
}

export interface Enforcement {
  readonly id: string
  readonly target: string
  readonly serviceId: string
  readonly service: string
  readonly accountId: string
  /** `failed`: given up; it is told again on request, or by the next change */
  readonly state: 'waiting' | 'told' | 'failed'
  readonly wishedVersion: number
  /** The last version that it has taken */
  readonly toldVersion: number | null
  readonly attempts: number
  /** What came of the last attempt */
  readonly words: string | null
  /** When it is told next, where it waits; by the real clock */
  readonly dueAt: string
  readonly attemptedAt: string | null
  readonly toldAt: string | null
}

export interface EnforcementTarget {
  readonly id: string
  readonly key: string
  readonly kind: 'webhook' | 'radius'
  readonly url: string | null
  readonly radius: {
    readonly host: string
    readonly port: number
    readonly identify: ReadonlyArray<{ readonly [name: string]: string | number }>
    readonly states: { readonly [name: string]: unknown }
  } | null
  readonly isOn: boolean
  readonly repeatHours: number | null
  /** How often in a row it did not answer */
  readonly failures: number
  /** Nothing is sent before, since it did not answer; by the real clock */
  readonly restUntil: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface ErasureReport {
  readonly customer: string
  readonly isDone: boolean
  /** What has to be done first */
  readonly open: readonly string[]
  readonly rows: ReadonlyArray<{
    readonly kind: string
    readonly rows: number
    /** The columns that are erased */
    readonly erased: readonly string[]
    /** Why they, or what is left of them, stay */
    readonly kept: string
  }>
  readonly elsewhere: ReadonlyArray<{
    readonly where: string
    readonly kept: string
  }>
}

export interface Event {
  readonly id: string
  /** Its place in the order of the tenant’s events, from 1 on, without gaps */
  readonly seq: number
  readonly type: string
  /** By the clock of the tenant */
  readonly createdAt: string
  readonly objectKind: string
  /** The id or code of what it is about */
  readonly objectId: string
  readonly accountId: string | null
  readonly customerId: string | null
  /** The request that led to it, as its header `request-id` says; null for what Kvit does by itself */
  readonly requestId: string | null
  /** The id of the API key or user that asked, or the name of who signed a callback; null for what Kvit does by itself */
  readonly actor: string | null
  /** What the type tells: docs/events.md, and `webhooks` of this description */
  readonly data: { readonly [name: string]: unknown }
  /** What the type was called before; in two types alone @deprecated */
  readonly kind?: string
  /** The same as `data`; in two types alone @deprecated */
  readonly payload?: { readonly [name: string]: unknown }
}

export interface ExplainedLine {
  readonly line: string
  readonly invoice: string
  readonly description: string
  readonly isLate: boolean
  readonly period: {
    readonly from: string
    readonly until: string
  }
  readonly plan: {
    readonly code: string
    readonly version: number
    readonly versionId: string
    /** As its plan file says it */
    readonly price?: {
      readonly code: string
      readonly [name: string]: unknown
    }
  } | null
  readonly rounding: {
    readonly exactAmount: string
    readonly roundedTo: string
    /** A decimal of the currency */
    readonly billedBefore: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
  }
  /** Where several rates are printed on one line of the invoice: that line, and all of its rates */
  readonly invoiceLine?: {
    readonly position: number
    readonly description: string
    readonly quantity: string
    readonly unit: string
    /** A decimal, or a fraction such as 910/3 where no decimal is exact */
    readonly exactAmount: string
    /** A decimal of the currency */
    readonly billedBefore: string
    /** A decimal of the currency */
    readonly amount: string
    readonly rates: ReadonlyArray<{
      readonly line: string
      readonly label: string
      readonly quantity: string | null
      /** A decimal, or a fraction such as 910/3 where no decimal is exact */
      readonly amount: string
    }>
  }
  /** What a cap, a discount or a commitment was computed from */
  readonly basis?: {
    readonly rule: string
    readonly [name: string]: unknown
  }
  readonly loweredBy?: ReadonlyArray<{
    readonly line: string
    readonly kind: string
    readonly description: string
    /** A decimal of the currency */
    readonly amount: string
    readonly basis: {
      readonly rule: string
      readonly [name: string]: unknown
    } | null
  }>
  readonly meter?: {
    readonly code: string
    readonly unit: string
    readonly aggregator: string
  }
  /** The rate of the price: a time band, a destination, a group */
  readonly cell?: string | null
  readonly model?: string
  readonly aggregate?: {
    readonly quantity: string
    readonly unit: string
  }
  readonly parts?: ReadonlyArray<{
    readonly label: string
    readonly units: string
    readonly unitAmount: string | null
    readonly flatAmount: string | null
    readonly per: string
    readonly amount: string
  }>
  /** Of the document: units that cover the same usage */
  readonly included?: ReadonlyArray<{
    readonly kind: 'allowance' | 'prepaid' | 'bonus'
    /** Of an allowance */
    readonly name: string | null
    readonly subscription: string | null
    readonly unit: string
    /** Null where units are of no period */
    readonly period: {
      readonly from: string
      readonly until: string
    } | null
    /** Of an allowance; null of others */
    readonly given: string | null
    readonly used: string | null
    /** Of units that were sold or given as a bonus, when the document was made */
    readonly left: string | null
  }>
  readonly thisLine?: {
    readonly records: number
    readonly quantity: string
  }
  readonly records?: ReadonlyArray<{
    readonly source: string
    readonly id: string
    readonly service: string
    readonly type: string
    readonly time: string
    /** Numbers are texts, with every digit that was delivered */
    readonly data: { readonly [name: string]: unknown }
    /** Of the journal */
    readonly segment: number
    readonly quantity: string
    readonly charge: string
    readonly correction?: { readonly [name: string]: unknown }
  }>
  readonly recordsShown?: number
  /** The same as sentences */
  readonly text: string
}

export type ExplainedRecord = {
  readonly state: 'retracted'
  readonly source: string
  readonly id: string
  readonly corrections: ReadonlyArray<{
    readonly action: string
    readonly reason: string
    readonly at: string
  }>
  /** The same as sentences */
  readonly text: string
} | {
  readonly state: 'suspended'
  readonly source: string
  readonly id: string
  readonly suspense: {
    readonly id: string
    readonly reason: string
    readonly detail: string
  }
  readonly corrections: ReadonlyArray<{
    readonly action: string
    readonly reason: string
    readonly at: string
  }>
  /** The same as sentences */
  readonly text: string
} | {
  readonly state: 'charged'
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  readonly time: string
  /** Numbers are texts, with every digit that was delivered */
  readonly data: { readonly [name: string]: unknown }
  /** Of the journal */
  readonly segment: number
  readonly account: string
  readonly subscription: string
  readonly charges: ReadonlyArray<{
    readonly plan: {
      readonly code: string
      readonly version: number
    }
    readonly price: string
    readonly cell: string | null
    readonly period: string
    readonly quantity: string
    readonly unit: string
    readonly amount: string
    readonly currency: string
    /** Null until it is billed */
    readonly line: {
      readonly line: string
      readonly number: string
    } | null
  }>
  readonly corrections: ReadonlyArray<{
    readonly action: string
    readonly reason: string
    readonly at: string
  }>
  /** The same as sentences */
  readonly text: string
}

export interface GlAccount {
  readonly code: string
  readonly name: string
  readonly kind: 'asset' | 'liability' | 'equity' | 'revenue' | 'expense'
}

export interface GlAccountInput {
  readonly code: string
  readonly name: string
  readonly kind: 'asset' | 'liability' | 'equity' | 'revenue' | 'expense'
}

export interface GlRule {
  /** An account of Kvit: revenue, tax, cash, … */
  readonly ledger: 'receivable' | 'unbilled' | 'cash' | 'sponsored' | 'customer_prepaid' | 'refunds' | 'deposits' | 'advances' | 'suspense_cash' | 'outside' | 'tax' | 'revenue' | 'fees' | 'breakage' | 'discounts' | 'adjustments' | 'gateway_fees' | 'bank_fees' | 'cash_differences' | 'write_off' | 'deferred_revenue' | 'unbilled_revenue' | 'bad_debt' | 'bad_debt_reserve' | 'exchange_gain' | 'exchange_loss' | 'rounding' | 'retained_earnings'
  /** What it is kept by: the code of a plan or coupon, `units:MB`, a tax such as `vat:DE:19`, a method of payment */
  readonly detail: string | null
  readonly country: string | null
  /** The entry `segment` among the metadata of the account, or of its customer */
  readonly segment: string | null
  readonly code: string
}

export interface GlRuleInput {
  /** An account of Kvit: revenue, tax, cash, … */
  readonly ledger: 'receivable' | 'unbilled' | 'cash' | 'sponsored' | 'customer_prepaid' | 'refunds' | 'deposits' | 'advances' | 'suspense_cash' | 'outside' | 'tax' | 'revenue' | 'fees' | 'breakage' | 'discounts' | 'adjustments' | 'gateway_fees' | 'bank_fees' | 'cash_differences' | 'write_off' | 'deferred_revenue' | 'unbilled_revenue' | 'bad_debt' | 'bad_debt_reserve' | 'exchange_gain' | 'exchange_loss' | 'rounding' | 'retained_earnings'
  /** What it is kept by: the code of a plan or coupon, `units:MB`, a tax such as `vat:DE:19`, a method of payment */
  readonly detail?: string | null | undefined
  readonly country?: string | null | undefined
  /** The entry `segment` among the metadata of the account, or of its customer */
  readonly segment?: string | null | undefined
  readonly code: string
}

export interface InboxEntry {
  readonly id: string
  readonly notice: string
  readonly kind: string
  /** The contact, or the customer itself */
  readonly person: string
  readonly subject: string | null
  readonly text: string | null
  readonly createdAt: string
  readonly readAt: string | null
}

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly roles: readonly string[]
  /** The key or user */
  readonly madeBy: string
  readonly createdAt: string
  readonly expiresAt: string
}

export interface Invoice {
  readonly id: string
  readonly number: string
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly billingDay: string
  /** What it bills, of the several documents that a day may have */
  readonly purpose: string
  /** Of a bill that is split: what the document is of, such as a cost centre */
  readonly part: string | null
  /** Half-open */
  readonly period: {
    readonly from: string
    readonly until: string
  }
  readonly currency: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly state: 'issued' | 'partially_paid' | 'paid' | 'written_off' | 'void'
  /** Some of it may be asked for, and its day is over */
  readonly isOverdue: boolean
  /** A decimal of the currency */
  readonly total: string
  /** What settled it: payments, balances and credit notes */
  readonly paid: string
  /** What of it was given up: paid + written off + open = total */
  readonly writtenOff: string
  /** What is still to be paid */
  readonly open: string
  /** What of that the customer disputes, until somebody decides */
  readonly disputed: string
  /** What may be asked for now: open less disputed */
  readonly askable: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
}

/** Everything as it was when the document was issued */
export interface InvoiceDocument {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly corrects?: readonly string[]
  readonly reason?: string
  /** It is no document yet, or none that is owed */
  readonly mark?: 'draft' | 'pro_forma'
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly termsDays: number
  readonly currency: string
  readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
  readonly account: string
  /** It asks for money for supplies to come */
  readonly isAdvance?: true
  /** Numbers of advance invoices that come off it */
  readonly deducts?: readonly string[]
  /** Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of */
  readonly part?: {
    readonly by: string
    readonly value: string
  }
  /** What it bills for other accounts: their lines bear the key of the account */
  readonly annexes?: ReadonlyArray<{
    readonly account: string
    readonly name: string
    /** A decimal of the currency */
    readonly net: string
    /** A decimal of the currency */
    readonly tax: string
    /** A decimal of the currency */
    readonly total: string
  }>
  readonly seller: {
    readonly name: string
    readonly address: string | null
    readonly taxId: string | null
    readonly postalAddress?: {
      readonly country: string
      readonly [name: string]: unknown
    }
    readonly electronicAddress?: {
      readonly scheme: string
      readonly id: string
    }
    readonly bankDetails: string | null
    readonly legalForm?: string
    readonly registrations?: ReadonlyArray<{
      readonly country: string
      readonly kind: string
      readonly number: string
      readonly [name: string]: unknown
    }>
    readonly contact?: {
      readonly name: string
      readonly telephone: string
      readonly email: string
    }
  }
  readonly buyer: {
    readonly name: string
    readonly address: string | null
    readonly taxId: string | null
    readonly postalAddress?: {
      readonly country: string
      readonly [name: string]: unknown
    }
    readonly electronicAddress?: {
      readonly scheme: string
      readonly id: string
    }
    readonly kind?: string
    readonly taxIds?: readonly string[]
    readonly purchaseOrder?: string
    /** By which specification it wants its e-invoices */
    readonly einvoice?: {
      readonly specification: 'en16931' | 'xrechnung' | 'peppol'
      readonly [name: string]: unknown
    }
  }
  /** Accounts of the issuer in the currency of the document, and codes that banking applications read */
  readonly payTo?: {
    readonly accounts: ReadonlyArray<{ readonly [name: string]: unknown }>
    readonly codes: ReadonlyArray<{
      readonly scheme: 'swiss_qr_bill' | 'epc' | 'nbu' | 'upi'
      /** What stands in the code */
      readonly text: string
      /** How many errors of reading it corrects */
      readonly correction: 'L' | 'M'
      readonly mark?: 'swiss_cross'
    }>
    /** The Swiss code stands on a payment slip at the foot of the last page */
    readonly slip?: true
  }
  /** What its page looks like: a version of a brand, which never changes */
  readonly brand?: {
    readonly key: string
    readonly version: number
    readonly digest: string
  }
  /** Of its brand, for this account */
  readonly messages?: readonly string[]
  readonly paymentLink?: string
  /** Of the documents before, the newest first, where its brand shows them */
  readonly earlierUsage?: ReadonlyArray<{
    readonly from: string
    readonly usage: ReadonlyArray<{
      readonly meter: string
      readonly unit: string
      readonly quantity: string
    }>
  }>
  readonly period: {
    readonly from: string
    readonly until: string
  }
  readonly lines: ReadonlyArray<{
    readonly id: string
    /** By its parts; absent where the issuer says nothing of tax */
    readonly tax?: ReadonlyArray<{
      readonly rule: string
      /** Of EN 16931 (UNCL 5305) */
      readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
      readonly place: string
      readonly why: string
      /** A decimal of the currency */
      readonly net: string
      /** A decimal of the currency */
      readonly tax: string
      readonly taxes: ReadonlyArray<{
        readonly kind: string
        readonly name: string
        readonly percent: string | null
        readonly perUnit: string | null
        /** A decimal of the currency */
        readonly amount: string
      }>
      /** Both are part of it */
      readonly days?: {
        readonly from: string
        readonly until: string
      }
      /** It takes back what a document before billed, with the tax of that */
      readonly isCredit?: boolean
    }>
    readonly position: number
    /** Of a correction, where its issuer wants it: what was billed, and what it should be */
    readonly corrected?: {
      readonly was: {
        /** A decimal of the currency */
        readonly net: string
        /** A decimal of the currency */
        readonly tax: string
        /** A decimal of the currency */
        readonly total: string
      }
      readonly shouldBe: {
        /** A decimal of the currency */
        readonly net: string
        /** A decimal of the currency */
        readonly tax: string
        /** A decimal of the currency */
        readonly total: string
      }
    }
    readonly kind: string
    /** Of a cap or discount: the position of the line that it lowers */
    readonly lowers?: number | null
    readonly discount?: string
    readonly description: string
    readonly subscription: string
    /** The key of the account whose line it is, where that is not the one that is billed */
    readonly account?: string
    /** What it stands together with on the page */
    readonly group?: string
    readonly from: string
    readonly until: string
    readonly isLate: boolean
    /** Of this line: of late usage, what came since the line before */
    readonly quantity: string
    readonly unit: string
    /** Null where more than one price makes the line: then its parts add up */
    readonly unitAmount: string | null
    readonly per: string | null
    /** Of a period: 17/31 */
    readonly share?: string
    /** What the price takes off; of a discount, its share of the base */
    readonly discountPercent?: string
    /** Of a discount: what it is a share of */
    readonly base?: string
    /** What documents before billed of the same, which this line leaves out */
    readonly billedBefore?: string
    /** This line before it is rounded. A decimal, or a fraction such as 910/3 */
    readonly exactAmount: string
    /** The exact amount, rounded half-up */
    readonly amount: string
    /** Add up to the exact amount; null where quantity × unitAmount ÷ per × share, less the discount, is that */
    readonly parts?: ReadonlyArray<{
      readonly label: string
      /** Of a rate that shares the line with others: the id that explains it */
      readonly line?: string
      readonly quantity: string | null
      readonly unitAmount: string | null
      readonly per: string | null
      /** Besides the units, once */
      readonly flatAmount?: string
      /** Of a period: 17/31 */
      readonly share?: string
      readonly discountPercent?: string
      /** A decimal, or a fraction such as 910/3 where no decimal is exact */
      readonly amount: string
      /** Of such a rate: the price of all that was used, where some was billed before */
      readonly whole?: string
    }> | null
  }>
  readonly usage: ReadonlyArray<{
    readonly meter: string
    readonly unit: string
    readonly quantity: string
    readonly records: number
  }>
  /** What units, meters and the like are called on its page, where plans have translations */
  readonly names?: { readonly [name: string]: string }
  /** Units that cover usage, which no line charges then: of allowances what was used of what was given */
  readonly included?: ReadonlyArray<{
    readonly kind: 'allowance' | 'prepaid' | 'bonus'
    /** Of an allowance */
    readonly name: string | null
    readonly subscription: string | null
    readonly unit: string
    /** Null where units are of no period */
    readonly period: {
      readonly from: string
      readonly until: string
    } | null
    /** Of an allowance; null of others */
    readonly given: string | null
    readonly used: string | null
    /** Of units that were sold or given as a bonus, when the document was made */
    readonly left: string | null
  }>
  /** Amounts of lines have the tax in them */
  readonly pricesIncludeTax?: boolean
  /** By tax and rate; absent where the issuer says nothing of tax */
  readonly taxes?: ReadonlyArray<{
    readonly kind: string
    readonly name: string
    readonly percent: string | null
    readonly perUnit: string | null
    /** A decimal of the currency */
    readonly amount: string
    /** Of EN 16931 (UNCL 5305) */
    readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
    readonly place: string
    /** What it is on */
    readonly base: string
    /** What the document must say of it */
    readonly notice: string | null
    /** Its code in the list VATEX */
    readonly vatex: string | null
  }>
  /** What the document must say of its tax */
  readonly notices?: readonly string[]
  readonly totals: {
    /** A decimal of the currency */
    readonly discounts?: string
    /** A decimal of the currency */
    readonly net: string
    /** A decimal of the currency */
    readonly tax: string
    /** A decimal of the currency */
    readonly total: string
    /** What the buyer keeps back of the total for its tax office */
    readonly withheld?: string
    /** A decimal of the currency */
    readonly toPay?: string
  }
}

export interface InvoiceHold {
  readonly id: string
  readonly accountId: string
  /** Null for all documents of the account */
  readonly draftId: string | null
  /** Null until it is released */
  readonly until: string | null
  readonly reason: string
  /** The key or user */
  readonly placedBy: string
  readonly placedAt: string
  readonly releasedBy: string | null
  readonly releasedAt: string | null
}

export interface InvoiceWithDocument {
  readonly id: string
  readonly number: string
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly billingDay: string
  /** What it bills, of the several documents that a day may have */
  readonly purpose: string
  /** Of a bill that is split: what the document is of, such as a cost centre */
  readonly part: string | null
  /** Half-open */
  readonly period: {
    readonly from: string
    readonly until: string
  }
  readonly currency: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly state: 'issued' | 'partially_paid' | 'paid' | 'written_off' | 'void'
  /** Some of it may be asked for, and its day is over */
  readonly isOverdue: boolean
  /** A decimal of the currency */
  readonly total: string
  /** What settled it: payments, balances and credit notes */
  readonly paid: string
  /** What of it was given up: paid + written off + open = total */
  readonly writtenOff: string
  /** What is still to be paid */
  readonly open: string
  /** What of that the customer disputes, until somebody decides */
  readonly disputed: string
  /** What may be asked for now: open less disputed */
  readonly askable: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly document: InvoiceDocument
}

export interface Issuer {
  readonly id: string
  readonly key: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly name: string
  readonly address: string
  readonly taxId: string | null
  readonly bankDetails: string | null
  readonly correctiveForm: boolean
  readonly bankAccounts: ReadonlyArray<{
    readonly currency: string
    readonly [name: string]: unknown
  }>
  readonly invoiceSeries: string
  readonly creditNoteSeries: string
  readonly brand: string | null
  /** As documents have it: GmbH, Ltd */
  readonly legalForm: string | null
  /** An address in its parts: its country, and in some countries its region, says which tax is due */
  readonly postalAddress: {
    /** ISO 3166-1: DE */
    readonly country: string
    /** What follows the hyphen in ISO 3166-2: TX of US-TX */
    readonly region?: string
    readonly county?: string
    readonly city?: string
    readonly postcode?: string
    /** Street, house and so on */
    readonly lines?: readonly string[]
  } | null
  /** Small businesses are exempt by their turnover; who is not registered is outside the tax */
  readonly standing: 'registered' | 'small_business' | 'not_registered'
  /** For tax, with their days. While there are none, documents have no tax */
  readonly registrations: ReadonlyArray<{
    /** ISO 3166-1: DE */
    readonly country: string
    /** What follows the hyphen in ISO 3166-2: TX of US-TX */
    readonly region?: string
    readonly kind: 'vat' | 'gst' | 'pst' | 'sales_tax'
    readonly number: string
    /** It has a fixed establishment there, beside the one at home */
    readonly isEstablished?: boolean
    readonly from: string
    /** The first day on which it does not hold any more */
    readonly until?: string
  }>
  /** VAT of all members of the Union through one of them, for consumers */
  readonly oneStopShop: {
    readonly scheme: 'union' | 'non_union'
    readonly from: string
    /** The first day on which it does not hold any more */
    readonly until?: string
  } | null
  /** Days on which sales to consumers in other member states are below 10,000 EUR a year */
  readonly belowThreshold: {
    readonly from: string
    /** The first day on which it does not hold any more */
    readonly until?: string
  } | null
  /** Once for each tax and rate of a document (EN 16931), or on each line */
  readonly taxRounding: 'document' | 'line'
  /** What buyers of its country that are no consumers keep back, and pay to the tax office */
  readonly withholding: {
    readonly percent: string
    readonly base: 'net' | 'tax' | 'gross'
  } | null
  /** Whom to ask about documents, as e-invoices name it */
  readonly contact: {
    readonly name: string
    readonly telephone: string
    readonly email: string
  } | null
  /** Where its e-invoices come from: the code of the list (EAS) and the address in it */
  readonly electronicAddress: {
    readonly scheme: string
    readonly id: string
  } | null
}

export interface Job {
  readonly id: string
  /** Such as `bill_run` */
  readonly kind: string
  /** Which one of its kind: one job for each */
  readonly key: string
  readonly state: 'waiting' | 'running' | 'complete' | 'failed' | 'cancelled'
  /** When it may begin, by the clock of the tenant */
  readonly dueAt: string
  /** Whether it was asked for later: such jobs run in the order of time */
  readonly scheduled: boolean
  /** How often it has failed since it was asked for */
  readonly attempts: number
  /** When it is tried again, by the real clock */
  readonly retryAt: string | null
  /** It ends as soon as nothing is left half done */
  readonly cancelAsked: boolean
  readonly progress: {
    readonly done: number
    readonly total: number | null
    readonly words: string | null
  }
  /** What its last attempt failed for */
  readonly error: string | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

export interface LateCharge {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** The document that was late */
  readonly invoiceId: string
  readonly number: string
  readonly kind: 'interest' | 'fee'
  readonly from: string
  /** The day after the last one */
  readonly until: string
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  readonly text: string
  /** Days on which the same amount was open at the same rate; none of a fee */
  readonly segments: ReadonlyArray<{
    readonly from: string
    readonly until: string
    /** A decimal of the currency */
    readonly amount: string
    readonly percent: string
  }>
  /** What of it was not given back */
  readonly left: string
  /** The document that bills it; null as long as that is a draft */
  readonly billId: string | null
  readonly returns: ReadonlyArray<{
    readonly because: 'waived' | 'credited'
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
    readonly creditNoteId: string | null
    readonly madeBy: string
    readonly madeAt: string
  }>
  readonly chargedAt: string
}

export interface LateChargePreview {
  readonly items: ReadonlyArray<{
    readonly accountId: string
    /** Its key; the whole with `expand` */
    readonly account: string | Account
    readonly customerId: string
    /** Its key; the whole with `expand` */
    readonly customer: string | Customer
    readonly customerName: string
    readonly asOf: string
    readonly currency: string
    /** A decimal of the currency */
    readonly total: string
    readonly charges: ReadonlyArray<{
      /** The document that was late */
      readonly invoiceId: string
      readonly number: string
      readonly kind: 'interest' | 'fee'
      readonly from: string
      /** The day after the last one */
      readonly until: string
      readonly currency: string
      /** A decimal of the currency */
      readonly amount: string
      readonly text: string
      /** Days on which the same amount was open at the same rate; none of a fee */
      readonly segments: ReadonlyArray<{
        readonly from: string
        readonly until: string
        /** A decimal of the currency */
        readonly amount: string
        readonly percent: string
      }>
    }>
  }>
  /** `after` of the next page; null where there is none */
  readonly next: string | null
}

export interface LateChargeRun {
  /** Accounts */
  readonly looked: number
  /** Lines of interest and fees */
  readonly charged: number
  /** Charges of before that were given back, because their documents were credited */
  readonly lowered: number
  /** What was charged, by currency */
  readonly amounts: { readonly [name: string]: string }
  readonly failed: ReadonlyArray<{
    readonly accountId: string
    readonly reason: string
  }>
  /** `after` of the next page; null where there is none */
  readonly next: string | null
}

export interface Mandate {
  readonly id: string
  readonly reference: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly holder: string
  readonly iban: string
  readonly bic: string | null
  readonly scheme: 'CORE' | 'B2B'
  readonly isOneOff: boolean
  readonly signedOn: string
  readonly lastUsedOn: string | null
  /** Why nothing is collected by it; null where it can be used */
  readonly unusable: string | null
  readonly endedOn: string | null
  readonly endReason: string | null
  readonly createdAt: string
}

export interface MemberShares {
  readonly invoice: string
  readonly currency: string
  readonly members: ReadonlyArray<{
    readonly account: string
    readonly customerName: string
    /** Of the line that bills it */
    readonly amount: string
    readonly documents: ReadonlyArray<{
      readonly number: string
      readonly issuedOn: string
      /** A decimal of the currency */
      readonly total: string
      /** How much of it the sponsor pays by this document */
      readonly sponsored: string
      readonly lines: ReadonlyArray<{
        readonly position: number
        readonly description: string
        readonly from: string
        readonly until: string
        readonly quantity: string
        readonly unit: string
        /** A decimal of the currency */
        readonly amount: string
      }>
    }>
    /** What no document of the member says, such as what came back */
    readonly other: string
  }>
}

export interface Meter {
  readonly code: string
  readonly name: string
  /** The type of the records that it reads */
  readonly eventType: string
  readonly aggregator: string
  readonly unit: string
  /** Fraction digits kept */
  readonly scale: number
  readonly [name: string]: unknown
}

export interface Notice {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly customer: string
  readonly account: string | null
  readonly about: string | null
  readonly origin: 'event' | 'request' | 'trial' | 'module'
  /** `new` until it is planned; `suppressed` has a reason */
  readonly state: 'new' | 'planned' | 'suppressed'
  /** Such as `duplicate` or `notices_off` */
  readonly reason: string | null
  readonly data: { readonly [name: string]: unknown }
  readonly createdAt: string
}

export interface NoticeKind {
  readonly name: string
  readonly meaning: string
  /** What causes it; none is asked for by parts of Kvit, or by request */
  readonly events: readonly string[]
  /** Contacts with one of these are told */
  readonly roles: ReadonlyArray<'payer' | 'technical' | 'owner'>
  /** `urgent` goes first, and in quiet hours, too */
  readonly priority: 'urgent' | 'normal' | 'low'
  /** Nobody can unsubscribe from it */
  readonly isMandatory: boolean
  /** Only whoever has asked for it is told */
  readonly needsConsent: boolean
  /** The same about the same thing within so many hours is not sent */
  readonly dedupeHours: number
  /** What is as old as this is not sent any more */
  readonly expiresHours: number
  /** By what it goes, unless the settings say otherwise */
  readonly chain: ReadonlyArray<{
    readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
    readonly when: 'failed' | 'not_delivered' | 'not_read'
    readonly afterMinutes: number
  }>
  /** What its texts can say, with samples */
  readonly fields: { readonly [name: string]: string }
  /** What was sent is not kept */
  readonly isSecret: boolean
  /** In English, as Kvit ships them */
  readonly words: {
    readonly subject: string
    readonly text: string
  }
}

export interface NoticeMessage {
  readonly id: string
  /** Its key; null is the customer itself */
  readonly contact: string | null
  readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
  /** Its place in the chain, from 0 on; an entry in the inbox stands behind it */
  readonly step: number
  /** `stand_by` waits for the way before it; `unknown` may have come, and is not sent again by itself */
  readonly state: 'stand_by' | 'waiting' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'suppressed'
  /** Why it waits, failed or was not sent: `quiet_hours`, `unsubscribed` */
  readonly reason: string | null
  readonly said: string | null
  readonly dueAt: string
  readonly address: string | null
  readonly language: string | null
  /** Null are the words that Kvit ships */
  readonly template: string | null
  readonly subject: string | null
  /** As it was sent; null where it is a secret */
  readonly text: string | null
  readonly cost: {
    readonly amount: string
    readonly currency: string
  } | null
  readonly sentAt: string | null
  readonly endedAt: string | null
  readonly readAt: string | null
  readonly attempts: ReadonlyArray<{
    readonly number: number
    /** By the real clock */
    readonly beganAt: string
    readonly endedAt: string | null
    readonly outcome: 'accepted' | 'failed' | 'unknown' | null
    readonly reason: string | null
    /** In the words of the channel */
    readonly said: string | null
  }>
}

export interface NoticePreferences {
  readonly customer: string
  /** Its key; null is the customer itself */
  readonly contact: string | null
  /** What holds */
  readonly said: ReadonlyArray<{
    /** `*` is all */
    readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news' | '*'
    /** `*` is all */
    readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | '*'
    readonly isWanted: boolean
  }>
  /** What is so not sent by any channel, or by one */
  readonly unwanted: ReadonlyArray<{
    readonly kind: string
    readonly channel: string
  }>
  /** All that was said, the newest first; at most 100 */
  readonly history: ReadonlyArray<{
    /** `*` is all */
    readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news' | '*'
    /** `*` is all */
    readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | '*'
    /** Null takes back what was said */
    readonly isWanted: boolean | null
    readonly origin: 'request' | 'link' | 'one_click' | 'complaint'
    readonly createdAt: string
  }>
}

export interface NoticePreview {
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
}

export interface NoticeTemplate {
  readonly id: string
  readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news'
  /** `*` is any */
  readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | '*'
  readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
  /** Null is for all brands */
  readonly brand: string | null
  /** Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
  readonly subject: string | null
  /** LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
  readonly text: string
  /** Of e-mail, besides the text; what is put in is escaped */
  readonly html: string | null
  readonly version: number
  /** The last version that was approved is used */
  readonly state: 'draft' | 'approved' | 'rejected'
  /** The key that asked */
  readonly requestedBy: string
  /** Whose key that is; null in what was asked before people were told apart */
  readonly requestedByPerson: string | null
  readonly createdAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
}

export interface NoticeWithMessages {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly customer: string
  readonly account: string | null
  readonly about: string | null
  readonly origin: 'event' | 'request' | 'trial' | 'module'
  /** `new` until it is planned; `suppressed` has a reason */
  readonly state: 'new' | 'planned' | 'suppressed'
  /** Such as `duplicate` or `notices_off` */
  readonly reason: string | null
  readonly data: { readonly [name: string]: unknown }
  readonly createdAt: string
  readonly messages: readonly NoticeMessage[]
}

export interface OneOffInvoice {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** Null as long as it is not issued */
  readonly invoiceId: string | null
  /** Of the draft that it waits as */
  readonly draftId: string | null
}

export interface Overview {
  readonly asOf: string
  /** What waits for a person, and is of the caller’s scopes; what has nothing is told, too */
  readonly attention: ReadonlyArray<{
    /** Such as `suspense`: a name that stays */
    readonly code: string
    readonly meaning: string
    /** 1001 is more than 1000 */
    readonly count: number
  }>
  /** Days of the last 31 on which anything was billed or collected, oldest first */
  readonly money: ReadonlyArray<{
    /** In UTC */
    readonly day: string
    readonly currency: string
    /** Of documents issued, with tax, less credit notes; null without invoices:read */
    readonly billed: string | null
    /** Payments less reversals; null without payments:read */
    readonly collected: string | null
  }>
}

export interface OwnAccount {
  readonly user: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly hasPassword: boolean
    readonly secondFactor: boolean
  }
  readonly tenants: ReadonlyArray<{
    readonly name: string
    readonly roles: readonly string[]
    readonly scopes: ReadonlyArray<'tenants:write' | 'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'>
  }>
  readonly sessionId: string
}

export interface Payment {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly method: string
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  readonly receivedOn: string
  readonly reference: string | null
  /** Reversed once nothing is left of it */
  readonly state: 'received' | 'reversed'
  /** What was taken back of it: by a reversal, chargebacks, refunds of what it did not need */
  readonly takenBack: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  /** The last one, once all of it was taken back */
  readonly reversal: {
    readonly id: string
    readonly reason: string
    readonly createdAt: string
  } | null
  /** Where its reversal was asked for and waits for another person */
  readonly approvalRequest?: ApprovalRequest
}

export interface PaymentAttempt {
  readonly id: string
  readonly key: string
  readonly kind: 'charge' | 'refund' | 'setup'
  readonly gateway: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly methodId: string | null
  readonly invoiceId: string | null
  readonly refundId: string | null
  readonly currency: string
  /** What was asked for */
  readonly amount: string
  /** What the gateway has taken, as far as it is known */
  readonly captured: string
  /** `pending`: the payer or a bank has yet to do something; `unknown`: the gateway did not answer, and is asked again */
  readonly state: 'created' | 'pending' | 'succeeded' | 'failed' | 'unknown'
  /** Why it failed */
  readonly reason: string | null
  /** Of one that failed: whether another attempt may go through later */
  readonly mayRetry: boolean | null
  /** Where the payer continues */
  readonly payerUrl: string | null
  /** The payment that came of it */
  readonly paymentId: string | null
  /** The gateway’s own id of it */
  readonly providerId: string | null
  readonly createdAt: string
  readonly endedAt: string | null
}

export interface PaymentDispute {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly attemptId: string
  /** The gateway’s own id of it */
  readonly providerId: string
  readonly state: 'open' | 'won' | 'lost'
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  /** What the gateway keeps for it */
  readonly fee: string
  /** Of one that was won: the payment that the money is again */
  readonly paymentId: string | null
  readonly openedAt: string
  readonly closedAt: string | null
}

export interface PaymentGateway {
  readonly name: string
  readonly adapter: string
  readonly currencies: readonly string[] | null
  readonly priority: number
  readonly countries: readonly string[] | null
  readonly amounts: ReadonlyArray<{
    readonly currency: string
    readonly least: string | null
    readonly most: string | null
  }>
  readonly unansweredMost: number | null
  readonly isOpen: boolean
  readonly secrets: { readonly [name: string]: {
    readonly isSet: boolean
    readonly setAt: string | null
  } }
  /** Where the provider sends its callbacks: tell it */
  readonly callbackUrl: string
  /** What it holds and has not paid out yet */
  readonly ledgerAccount: string
  readonly createdAt: string
}

export interface PaymentLink {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** What it asks for; a `top_up` is of any amount */
  readonly purpose: 'document' | 'open_items' | 'top_up'
  readonly invoiceId: string | null
  /** Of the document */
  readonly number: string | null
  /** `issued`: it stands on the document */
  readonly origin: 'request' | 'issued'
  readonly state: 'open' | 'expired' | 'revoked'
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly revokeReason: string | null
}

export interface PaymentMethod {
  readonly id: string
  readonly key: string
  readonly gateway: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly state: 'pending' | 'active' | 'failed' | 'removed'
  /** `card`, `sepa_debit`, … */
  readonly kind: string | null
  readonly brand: string | null
  readonly last4: string | null
  /** The month in which it can be used for the last time: 2027-03 */
  readonly expires: string | null
  /** It is what the account is charged by */
  readonly isDefault: boolean
  /** Where the payer continues */
  readonly payerUrl: string | null
  readonly createdAt: string
  readonly removedAt: string | null
}

export interface PaymentPlan {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly kind: 'promise' | 'instalments'
  /** `broken`: the day of a part was over before it was paid; all that is open is due */
  readonly state: 'open' | 'kept' | 'broken' | 'cancelled'
  readonly currency: string
  /** Of all parts */
  readonly amount: string
  /** Of the parts, the first ones first */
  readonly paid: string
  readonly documents: ReadonlyArray<{
    readonly id: string
    readonly number: string
    /** When it was made */
    readonly open: string
  }>
  readonly parts: ReadonlyArray<{
    readonly dueOn: string
    /** A decimal of the currency */
    readonly amount: string
    /** A decimal of the currency */
    readonly paid: string
  }>
  readonly promisedBy: string | null
  readonly note: string | null
  readonly createdAt: string
  readonly endedAt: string | null
  readonly endReason: string | null
}

export interface Payout {
  readonly id: string
  readonly gateway: string
  /** The gateway’s own id of it */
  readonly providerId: string
  readonly currency: string
  /** What has left the clearing account */
  readonly gross: string
  /** A decimal of the currency */
  readonly fee: string
  /** What came to the bank */
  readonly net: string
  readonly arrivedOn: string
  /** What does not agree with what Kvit knows */
  readonly differences: readonly string[]
  readonly bookedAt: string
}

export interface PlanVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly currency: string
  /** As its plan file says it */
  readonly content: {
    readonly code: string
    readonly name: string
    readonly [name: string]: unknown
  }
  /** SHA-256 of the content */
  readonly digest: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly publishedAt: string
  /** When new subscriptions begin to get it; null: from its publication on */
  readonly availableFrom: string | null
  readonly baseVersionId: string | null
  /** Of prices that were negotiated for one subscription */
  readonly subscriptionId: string | null
}

export interface Posting {
  readonly id: string
  /** The postings of an entry add up to zero */
  readonly entryId: string
  readonly template: string
  readonly ledgerAccount: string
  readonly accountId: string | null
  readonly currency: string
  /** A debit where positive */
  readonly amount: string
  readonly documentId: string
  readonly postedAt: string
}

export interface ProFormaInvoice {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly number: string
  readonly of: 'items' | 'next_bill'
  readonly currency: string
  /** A decimal of the currency */
  readonly total: string
  readonly issuedOn: string
}

export interface ProFormaWithDocument {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly number: string
  readonly of: 'items' | 'next_bill'
  readonly currency: string
  /** A decimal of the currency */
  readonly total: string
  readonly issuedOn: string
  readonly document: {
    readonly kind: 'invoice' | 'credit_note' | 'debit_note'
    readonly corrects?: readonly string[]
    readonly reason?: string
    /** It is no document yet, or none that is owed */
    readonly mark?: 'draft' | 'pro_forma'
    readonly number: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly termsDays: number
    readonly currency: string
    readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
    readonly account: string
    /** It asks for money for supplies to come */
    readonly isAdvance?: true
    /** Numbers of advance invoices that come off it */
    readonly deducts?: readonly string[]
    /** Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of */
    readonly part?: {
      readonly by: string
      readonly value: string
    }
    /** What it bills for other accounts: their lines bear the key of the account */
    readonly annexes?: ReadonlyArray<{
      readonly account: string
      readonly name: string
      /** A decimal of the currency */
      readonly net: string
      /** A decimal of the currency */
      readonly tax: string
      /** A decimal of the currency */
      readonly total: string
    }>
    readonly seller: {
      readonly name: string
      readonly address: string | null
      readonly taxId: string | null
      readonly postalAddress?: {
        readonly country: string
        readonly [name: string]: unknown
      }
      readonly electronicAddress?: {
        readonly scheme: string
        readonly id: string
      }
      readonly bankDetails: string | null
      readonly legalForm?: string
      readonly registrations?: ReadonlyArray<{
        readonly country: string
        readonly kind: string
        readonly number: string
        readonly [name: string]: unknown
      }>
      readonly contact?: {
        readonly name: string
        readonly telephone: string
        readonly email: string
      }
    }
    readonly buyer: {
      readonly name: string
      readonly address: string | null
      readonly taxId: string | null
      readonly postalAddress?: {
        readonly country: string
        readonly [name: string]: unknown
      }
      readonly electronicAddress?: {
        readonly scheme: string
        readonly id: string
      }
      readonly kind?: string
      readonly taxIds?: readonly string[]
      readonly purchaseOrder?: string
      /** By which specification it wants its e-invoices */
      readonly einvoice?: {
        readonly specification: 'en16931' | 'xrechnung' | 'peppol'
        readonly [name: string]: unknown
      }
    }
    /** Accounts of the issuer in the currency of the document, and codes that banking applications read */
    readonly payTo?: {
      readonly accounts: ReadonlyArray<{ readonly [name: string]: unknown }>
      readonly codes: ReadonlyArray<{
        readonly scheme: 'swiss_qr_bill' | 'epc' | 'nbu' | 'upi'
        /** What stands in the code */
        readonly text: string
        /** How many errors of reading it corrects */
        readonly correction: 'L' | 'M'
        readonly mark?: 'swiss_cross'
      }>
      /** The Swiss code stands on a payment slip at the foot of the last page */
      readonly slip?: true
    }
    /** What its page looks like: a version of a brand, which never changes */
    readonly brand?: {
      readonly key: string
      readonly version: number
      readonly digest: string
    }
    /** Of its brand, for this account */
    readonly messages?: readonly string[]
    readonly paymentLink?: string
    /** Of the documents before, the newest first, where its brand shows them */
    readonly earlierUsage?: ReadonlyArray<{
      readonly from: string
      readonly usage: ReadonlyArray<{
        readonly meter: string
        readonly unit: string
        readonly quantity: string
      }>
    }>
    readonly period: {
      readonly from: string
      readonly until: string
    }
    readonly lines: ReadonlyArray<{
      readonly id: string
      /** By its parts; absent where the issuer says nothing of tax */
      readonly tax?: ReadonlyArray<{
        readonly rule: string
        /** Of EN 16931 (UNCL 5305) */
        readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
        readonly place: string
        readonly why: string
        /** A decimal of the currency */
        readonly net: string
        /** A decimal of the currency */
        readonly tax: string
        readonly taxes: ReadonlyArray<{
          readonly kind: string
          readonly name: string
          readonly percent: string | null
          readonly perUnit: string | null
          /** A decimal of the currency */
          readonly amount: string
        }>
        /** Both are part of it */
        readonly days?: {
          readonly from: string
          readonly until: string
        }
        /** It takes back what a document before billed, with the tax of that */
        readonly isCredit?: boolean
      }>
      readonly position: number
      /** Of a correction, where its issuer wants it: what was billed, and what it should be */
      readonly corrected?: {
        readonly was: {
          /** A decimal of the currency */
          readonly net: string
          /** A decimal of the currency */
          readonly tax: string
          /** A decimal of the currency */
          readonly total: string
        }
        readonly shouldBe: {
          /** A decimal of the currency */
          readonly net: string
          /** A decimal of the currency */
          readonly tax: string
          /** A decimal of the currency */
          readonly total: string
        }
      }
      readonly kind: string
      /** Of a cap or discount: the position of the line that it lowers */
      readonly lowers?: number | null
      readonly discount?: string
      readonly description: string
      readonly subscription: string
      /** The key of the account whose line it is, where that is not the one that is billed */
      readonly account?: string
      /** What it stands together with on the page */
      readonly group?: string
      readonly from: string
      readonly until: string
      readonly isLate: boolean
      /** Of this line: of late usage, what came since the line before */
      readonly quantity: string
      readonly unit: string
      /** Null where more than one price makes the line: then its parts add up */
      readonly unitAmount: string | null
      readonly per: string | null
      /** Of a period: 17/31 */
      readonly share?: string
      /** What the price takes off; of a discount, its share of the base */
      readonly discountPercent?: string
      /** Of a discount: what it is a share of */
      readonly base?: string
      /** What documents before billed of the same, which this line leaves out */
      readonly billedBefore?: string
      /** This line before it is rounded. A decimal, or a fraction such as 910/3 */
      readonly exactAmount: string
      /** The exact amount, rounded half-up */
      readonly amount: string
      /** Add up to the exact amount; null where quantity × unitAmount ÷ per × share, less the discount, is that */
      readonly parts?: ReadonlyArray<{
        readonly label: string
        /** Of a rate that shares the line with others: the id that explains it */
        readonly line?: string
        readonly quantity: string | null
        readonly unitAmount: string | null
        readonly per: string | null
        /** Besides the units, once */
        readonly flatAmount?: string
        /** Of a period: 17/31 */
        readonly share?: string
        readonly discountPercent?: string
        /** A decimal, or a fraction such as 910/3 where no decimal is exact */
        readonly amount: string
        /** Of such a rate: the price of all that was used, where some was billed before */
        readonly whole?: string
      }> | null
    }>
    readonly usage: ReadonlyArray<{
      readonly meter: string
      readonly unit: string
      readonly quantity: string
      readonly records: number
    }>
    /** What units, meters and the like are called on its page, where plans have translations */
    readonly names?: { readonly [name: string]: string }
    /** Units that cover usage, which no line charges then: of allowances what was used of what was given */
    readonly included?: ReadonlyArray<{
      readonly kind: 'allowance' | 'prepaid' | 'bonus'
      /** Of an allowance */
      readonly name: string | null
      readonly subscription: string | null
      readonly unit: string
      /** Null where units are of no period */
      readonly period: {
        readonly from: string
        readonly until: string
      } | null
      /** Of an allowance; null of others */
      readonly given: string | null
      readonly used: string | null
      /** Of units that were sold or given as a bonus, when the document was made */
      readonly left: string | null
    }>
    /** Amounts of lines have the tax in them */
    readonly pricesIncludeTax?: boolean
    /** By tax and rate; absent where the issuer says nothing of tax */
    readonly taxes?: ReadonlyArray<{
      readonly kind: string
      readonly name: string
      readonly percent: string | null
      readonly perUnit: string | null
      /** A decimal of the currency */
      readonly amount: string
      /** Of EN 16931 (UNCL 5305) */
      readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'
      readonly place: string
      /** What it is on */
      readonly base: string
      /** What the document must say of it */
      readonly notice: string | null
      /** Its code in the list VATEX */
      readonly vatex: string | null
    }>
    /** What the document must say of its tax */
    readonly notices?: readonly string[]
    readonly totals: {
      /** A decimal of the currency */
      readonly discounts?: string
      /** A decimal of the currency */
      readonly net: string
      /** A decimal of the currency */
      readonly tax: string
      /** A decimal of the currency */
      readonly total: string
      /** What the buyer keeps back of the total for its tax office */
      readonly withheld?: string
      /** A decimal of the currency */
      readonly toPay?: string
    }
  }
}

export interface Proof {
  readonly format: 'kvit-proof-1'
  readonly invoice: string
  readonly document: string
  readonly documentDigest: string
  readonly periods: ReadonlyArray<{
    readonly account: string
    readonly period: string
    readonly root: string
    readonly lines: ReadonlyArray<{
      readonly leaf: string
      readonly charges: ReadonlyArray<{
        readonly leaf: string
        readonly check: string
      }>
    }>
  }>
  readonly chargesRoot: string
  readonly anchor: string
  readonly batch: {
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
    readonly root: string
  }
  readonly chain: {
    readonly partition: number
    readonly codec: number
    readonly previous: string
    readonly links: ReadonlyArray<{
      readonly seq: number
      readonly payload: string
      readonly digest: string
    }>
  }
  readonly head: {
    readonly seq: number
    readonly digest: string
  }
}

export interface RateDeckVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly name: string
  readonly effectiveFrom: string
  readonly zone: string
  /** How dialled numbers become those that the deck lists */
  readonly numbers: { readonly [name: string]: unknown }
  /** Names of the rates */
  readonly columns: readonly string[]
  readonly rowCount: number
  readonly digest: string
  readonly fileName: string
  readonly importedAt: string
}

export interface ReRating {
  readonly id: string
  readonly key: string
  readonly status: 'computing' | 'draft' | 'applying' | 'cancelling' | 'cancelled' | 'complete' | 'failed'
  readonly plans: ReadonlyArray<{
    readonly from: string
    readonly to: string
  }>
  /** Null: all */
  readonly accounts: readonly string[] | null
  readonly fromDay: string
  readonly untilDay: string
  readonly reason: string
  /** The key that asked */
  readonly requestedBy: string
  /** Whose key that is; null in what was asked before people were told apart */
  readonly requestedByPerson: string | null
  readonly decidedBy: string | null
  readonly documents: number
  readonly error: string | null
  readonly createdAt: string
  readonly decidedAt: string | null
  readonly finishedAt: string | null
  readonly totals: ReadonlyArray<{
    readonly currency: string
    readonly accounts: number
    readonly accountsApplied: number
    readonly records: number
    readonly leftOut: number
    /** A decimal of the currency, exact */
    readonly before: string
    /** A decimal of the currency, exact */
    readonly after: string
    /** A decimal of the currency, exact */
    readonly difference: string
    /** Differences of accounts without their signs */
    readonly moved: string
    readonly appliedRecords: number
    /** A decimal of the currency, exact */
    readonly appliedDifference: string
  }>
}

export interface Redemption {
  readonly id: string
  readonly key: string
  readonly couponId: string
  readonly customerId: string
  readonly accountId: string | null
  readonly subscriptionId: string | null
  readonly createdAt: string
  /** What falls due from this day on */
  readonly fromDay: string
  /** The first day on which it is not in force any more */
  readonly untilDay: string | null
}

export interface ReferralProgram {
  readonly code: string
  readonly currency: string
  readonly referrerAmount: string
  readonly referredAmount: string
  readonly validDays: number | null
  readonly priority: number
  readonly maxPerReferrer: number | null
}

export interface Refund {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly creditNoteId: string | null
  /** Of what a payment did not need */
  readonly paymentId: string | null
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  /** `sending`: a payment provider was asked to; `kept`: it stays the customer’s after all */
  readonly status: 'due' | 'sending' | 'sent' | 'kept'
  readonly method: string | null
  readonly reference: string | null
  readonly sentOn: string | null
  readonly createdAt: string
}

export interface RequestedNote {
  /** Of the note; null of a dry run */
  readonly id: string | null
  /** The number of the document that it is about */
  readonly corrects: string
  /** What is left of that document then, to be credited */
  readonly left: string
  /** What it lowered of what was open of that document */
  readonly lowered: string
  /** What is to be paid back */
  readonly refund: {
    readonly id: string | null
    /** A decimal of the currency */
    readonly amount: string
  } | null
  /** Documents that bill anew what was voided */
  readonly rebilled: ReadonlyArray<{
    readonly id: string
    readonly number: string
    /** A decimal of the currency */
    readonly total: string
  }>
  readonly document: InvoiceDocument
  /** Nothing is issued yet: it waits for another person, and `document` is what would be issued now */
  readonly approvalRequest?: ApprovalRequest
}

export interface Role {
  readonly name: string
  readonly description: string
  readonly scopes: ReadonlyArray<'tenants:write' | 'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'>
  /** Every tenant has it, and nobody changes it */
  readonly isBuiltIn: boolean
}

export interface SepaFile {
  readonly id: string
  readonly key: string
  readonly kind: 'debits' | 'refunds'
  readonly messageId: string
  readonly bankAccount: string
  readonly orders: ReadonlyArray<{
    readonly id: string
    readonly endToEndId: string
    readonly account: string
    readonly amount: string
    readonly sequence: string | null
    readonly invoiceId: string | null
    readonly refundId: string | null
    readonly dueOn: string
    readonly state: 'sent' | 'settled' | 'rejected' | 'returned'
    readonly reason: string | null
    /** What the reason means */
    readonly meaning: string | null
    /** What may be done after it */
    readonly next: 'retry' | 'correct' | 'ask' | 'stop' | null
    readonly paymentId: string | null
  }>
  readonly createdAt: string
}

export interface Service {
  readonly id: string
  readonly key: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly validFrom: string
  readonly validUntil: string | null
}

export interface ServiceBlock {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** Null is every service of the account */
  readonly serviceId: string | null
  /** Its key */
  readonly service: string | null
  readonly reason: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'
  readonly scope: 'outgoing' | 'incoming' | 'data' | 'all'
  readonly kbps: number | null
  readonly note: string | null
  /** `coming`: it begins later */
  readonly state: 'standing' | 'coming' | 'ended' | 'lifted'
  readonly from: string
  readonly until: string | null
  /** The key or user; `dunning` for dunning itself */
  readonly placedBy: string
  readonly placedAt: string
  readonly liftedBy: string | null
  readonly liftedAt: string | null
  readonly liftNote: string | null
}

export interface ServiceState {
  readonly serviceId: string
  /** Its key */
  readonly service: string
  readonly accountId: string
  /** `restricted`: some kinds of use are barred; `blocked`: all of them; `throttled`: none, but it is slow */
  readonly state: 'open' | 'throttled' | 'restricted' | 'blocked'
  /** Kinds of use that are barred */
  readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
  /** The most kilobits per second that it may use; null where nothing slows it down */
  readonly kbps: number | null
  readonly reasons: ReadonlyArray<'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'>
  /** The time that it is the state of */
  readonly at: string
}

export interface ServiceStateWithBlocks {
  readonly serviceId: string
  /** Its key */
  readonly service: string
  readonly accountId: string
  /** `restricted`: some kinds of use are barred; `blocked`: all of them; `throttled`: none, but it is slow */
  readonly state: 'open' | 'throttled' | 'restricted' | 'blocked'
  /** Kinds of use that are barred */
  readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
  /** The most kilobits per second that it may use; null where nothing slows it down */
  readonly kbps: number | null
  readonly reasons: ReadonlyArray<'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'>
  /** The time that it is the state of */
  readonly at: string
  /** Those that stand at that time */
  readonly blocks: readonly ServiceBlock[]
}

export interface Session {
  readonly id: string
  /** How it began */
  readonly way: 'password' | 'oidc'
  /** Whether the request came by it */
  readonly isThis: boolean
  readonly ip: string
  readonly userAgent: string
  readonly createdAt: string
  /** As of a minute ago at the latest */
  readonly seenAt: string
  /** If nothing is asked by it before; a day after its beginning at the latest */
  readonly endsAt: string
}

export interface SettingsName {
  readonly name: string
  readonly meaning: string
  /** Null where nothing is set */
  readonly changedAt: string | null
  /** The key or user */
  readonly changedBy: string | null
}

export interface Standing {
  /** At most a minute ago */
  readonly asOf: string
  readonly items: ReadonlyArray<{
    readonly currency: string
    /** Of issued documents, what is not settled */
    readonly open: string
    /** Of these, what was due before today */
    readonly overdue: string
    readonly openDocuments: number
    readonly overdueDocuments: number
    /** Money of customers that is held: prepaid, and payments that have nothing to settle */
    readonly prepaid: string
  }>
}

export interface Statement {
  readonly account: string
  readonly currency: string
  readonly from: string | null
  readonly until: string | null
  /** A decimal of the currency, exact */
  readonly opening: string
  readonly entries: ReadonlyArray<{
    readonly date: string
    readonly kind: 'usage' | 'document' | 'payment' | 'balance'
    readonly reference: string | null
    readonly description: string
    /** Negative where the account has less by it */
    readonly amount: string
    /** A decimal of the currency, exact */
    readonly balance: string
    /** Of a document, as it is printed */
    readonly total: string | null
  }>
  /** A decimal of the currency, exact */
  readonly closing: string
  /** What of the open documents is disputed now */
  readonly disputed: string
}

export interface Subscription {
  readonly id: string
  readonly key: string
  /** Notes of the caller */
  readonly metadata: { readonly [name: string]: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  /** Null covers every service of the account */
  readonly serviceId: string | null
  readonly service: string | Service | null
  readonly plan: string
  readonly planVersion: number
  readonly planVersionId: string
  readonly quantity: number
  /** Now */
  readonly state: 'pending' | 'trial' | 'active' | 'paused' | 'ended'
  readonly startsAt: string
  readonly endsAt: string | null
  readonly alignment: 'calendar' | 'anniversary'
  readonly trialDays: number | null
  readonly termUnit: 'day' | 'week' | 'month' | 'year' | null
  readonly termCount: number | null
  readonly renews: boolean
  readonly parentId: string | null
  readonly parent?: {
    readonly id: string
    readonly key: string
    readonly [name: string]: unknown
  } | null
}

export interface SubscriptionChange {
  readonly id: string
  readonly kind: string
  readonly effectiveAt: string
  readonly plan?: string
  readonly planVersion?: number
  readonly planVersionId?: string
  readonly isNegotiated?: boolean
  readonly note: string | null
  readonly recordedAt: string
  readonly withdrawnAt: string | null
  readonly [name: string]: unknown
}

export interface SubscriptionTimeline {
  readonly subscription: string
  /** Now */
  readonly state: 'pending' | 'trial' | 'active' | 'paused' | 'ended'
  /** Of the account, in which days begin */
  readonly zone: string
  readonly termEndsAt: string | null
  readonly intervals: ReadonlyArray<{
    readonly from: string
    readonly until: string | null
    readonly plan: string
    readonly planVersion: number
    readonly planVersionId: string
    readonly isNegotiated: boolean
    readonly phase: string | null
    readonly quantity: number
    readonly isPaused: boolean
  }>
  readonly changes: readonly SubscriptionChange[]
}

export interface SuspendedRecord {
  readonly id: string
  readonly status: 'open' | 'recycled' | 'written_off'
  readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
  readonly detail: string
  /** The record as it came, or as it was corrected */
  readonly record: string
  readonly source: string
  readonly recordId: string
  readonly service: string
  readonly type: string
  readonly importId: string | null
  /** Of its file, from 1 on, the header not counted */
  readonly importRow: string | null
  /** The name of the file that it came with */
  readonly file: string | null
  readonly note: string | null
  readonly receivedAt: string
}

export interface TaxAnswer {
  readonly id: string
  readonly accountId: string
  /** Its key; the whole with `expand` */
  readonly account: string | Account
  readonly customerId: string
  /** Its key; the whole with `expand` */
  readonly customer: string | Customer
  readonly customerName: string
  readonly engine: string
  readonly taxClass: string
  readonly suppliedOn: string
  /** `own_rules`: the engine did not answer in time, and the own rules of Kvit did */
  readonly state: 'asked' | 'answered' | 'own_rules'
  /** Null as long as there is no answer */
  readonly taxes: ReadonlyArray<{
    readonly name: string
    readonly place: string
    readonly percent: string | null
  }> | null
  readonly why: string | null
  /** The name that the engine gave its answer */
  readonly reference: string | null
  /** Why it did not answer, the last time that it was asked */
  readonly reason: string | null
  readonly askedAt: string
  readonly answeredAt: string | null
}

export interface TaxIdCheck {
  readonly id: string
  readonly customerId: string
  readonly customer: string
  readonly taxId: string
  readonly register: string
  readonly verdict: 'valid' | 'invalid' | 'no_answer'
  /** The number that the register gave the question: proof that it was asked */
  readonly consultation: string | null
  /** Whose it is, where the register says so */
  readonly name: string | null
  readonly address: string | null
  /** Why there is no answer */
  readonly reason: string | null
  /** The tax id of the issuer that asked */
  readonly askedFor: string | null
  /** The id of the key or user that asked */
  readonly askedBy: string
  readonly askedAt: string
}

export interface TaxRateInput {
  readonly country: string
  readonly region?: string | undefined
  readonly county?: string | undefined
  readonly city?: string | undefined
  /** A kind of tax: vat, gst, state_tax, levy, … */
  readonly tax: string
  /** standard, reduced, …, general, goods, telecom, mobile, electronic or sim_card */
  readonly class: string
  readonly from: string
  readonly until?: string | undefined
  readonly percent?: string | undefined
  readonly perUnit?: string | undefined
  readonly currency?: string | undefined
  readonly base?: string | undefined
  readonly name?: string | undefined
}

export interface Tenant {
  readonly name: string
  readonly acceptanceWindowDays: number
  readonly clock: string | null
}

export interface TerminalNetwork {
  readonly name: string
  readonly currency: unknown
  /** Of its local times, and of the day on which it may cancel */
  readonly zone: string
  readonly minSum: string
  readonly maxSum: string
  /** What payers write, in the order in which it is looked for */
  readonly accountBy: readonly string[]
  /** What a terminal may show of an account */
  readonly shows: ReadonlyArray<'name' | 'balance' | 'due'>
  /** Where it sends from; null is anywhere */
  readonly addresses: readonly string[] | null
  /** How it is answered where it does not say */
  readonly format: 'xml' | 'json'
  /** As what money is recorded; `by_account` is a top-up for accounts with balances, a payment for others */
  readonly credits: 'by_account' | 'payment' | 'top_up'
  readonly registry: TerminalRegistryMapping | null
  /** A closed one takes no new payments */
  readonly isOpen: boolean
  readonly secrets: {
    readonly signingKey: {
      readonly isSet: boolean
      readonly setAt: string | null
    }
    readonly earlierSigningKey: {
      readonly isSet: boolean
      readonly setAt: string | null
    }
    readonly password: {
      readonly isSet: boolean
      readonly setAt: string | null
    }
  }
  /** What the network asks: tell it */
  readonly url: string
  /** What it has taken and not paid out yet */
  readonly ledgerAccount: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface TerminalPayment {
  readonly id: string
  readonly network: string
  readonly txnId: string
  /** Null of one that was cancelled before it came */
  readonly accountId: string | null
  readonly account: string | Account | null
  readonly customerId: string | null
  readonly customer: string | Customer | null
  readonly customerName: string | null
  /** As the payer wrote it */
  readonly accountText: string
  readonly currency: string
  /** A decimal of the currency */
  readonly amount: string
  /** As the network says */
  readonly paidAt: string | null
  readonly terminal: string | null
  readonly state: 'pending' | 'paid' | 'refused' | 'cancelling' | 'cancelled'
  readonly kind: 'payment' | 'top_up' | null
  /** Of the payment, or of the top-up */
  readonly key: string
  readonly createdAt: string
  readonly cancelledAt: string | null
  readonly cancelReason: string | null
}

export interface TerminalRefusal {
  readonly id: string
  readonly network: string
  readonly command: string
  readonly txnId: string
  readonly accountText: string
  readonly sum: string
  readonly reason: string
  /** What the network was answered */
  readonly result: number
  readonly times: number
  readonly createdAt: string
  readonly lastAt: string
}

export interface TerminalRegistry {
  readonly id: string
  readonly network: string
  readonly key: string
  readonly from: string
  readonly until: string
  readonly currency: string
  readonly rows: number
  readonly agreed: number
  /** A decimal of the currency */
  readonly total: string
  /** A decimal of the currency */
  readonly fee: string
  readonly differences: number
  readonly payoutId: string | null
  readonly createdAt: string
}

export interface TerminalRegistryMapping {
  /** Between cells */
  readonly delimiter: ';' | ',' | '	' | '|'
  /** Before the last digits: 10,45 has a comma */
  readonly decimalSign: ',' | '.'
  /** Lines before the one with the headings */
  readonly skipLines: number
  readonly columns: {
    readonly txnId: string
    readonly sum: string
    /** What the network keeps of each payment */
    readonly fee?: string
  }
}

export interface TerminalRegistryMappingInput {
  /** Between cells */
  readonly delimiter?: ';' | ',' | '	' | '|' | undefined
  /** Before the last digits: 10,45 has a comma */
  readonly decimalSign?: ',' | '.' | undefined
  /** Lines before the one with the headings */
  readonly skipLines?: number | undefined
  readonly columns: {
    readonly txnId: string
    readonly sum: string
    /** What the network keeps of each payment */
    readonly fee?: string | undefined
  }
}

export interface UsageCorrection {
  readonly id: string
  readonly key: string
  readonly recordId: string
  readonly source: string
  readonly action: 'retract' | 'amend'
  readonly reason: string
  readonly requestedBy: string
  readonly accountId: string
  readonly before: { readonly [name: string]: unknown }
  readonly after: { readonly [name: string]: unknown } | null
  /** A decimal of the currency, exact */
  readonly difference: string
  readonly currency: string
  /** Of the journal */
  readonly segment: number
  readonly createdAt: string
}

export interface UsageImport {
  readonly id: string
  readonly name: string
  readonly fingerprint: string
  /** 1 for the first time that this file came, 2 for the second */
  readonly delivery: number
  readonly mapping: { readonly [name: string]: unknown }
  readonly header: readonly string[] | null
  readonly status: 'open' | 'complete' | 'refused'
  /** Why it was closed before its end, of a refused one */
  readonly refusal: string | null
  readonly sizeBytes: string
  /** Where the next chunk begins */
  readonly nextOffset: string
  readonly rows: string
  readonly received: string
  readonly charged: string
  readonly suspended: string
  readonly duplicates: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface UsageMinutes {
  /** Minutes of the last hour, by the real clock, in which usage came */
  readonly items: ReadonlyArray<{
    readonly minute: string
    readonly received: number
    readonly charged: number
    readonly suspended: number
    readonly duplicates: number
  }>
}

export interface UsageRecordInput {
  /** (source, id) makes a repetition harmless */
  readonly id: string
  readonly source: string
  /** What usage points at: a meter, a number, an API key */
  readonly service: string
  readonly type: string
  readonly time: string
  readonly end?: string | undefined
  readonly data?: { readonly [name: string]: string | number | boolean } | undefined
}

export interface UsageRetraction {
  readonly id: string
  readonly key: string
  readonly importId: string
  readonly reason: string
  readonly requestedBy: string
  readonly status: 'running' | 'complete' | 'failed'
  readonly recordsTotal: string
  readonly recordsRetracted: string
  /** Retracted already, or amended since */
  readonly recordsGone: string
  readonly suspenseWrittenOff: string
  readonly doneSeq: string
  readonly error: string | null
  readonly createdAt: string
  readonly finishedAt: string | null
}

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly status: 'active' | 'disabled'
  readonly secondFactor: boolean
  /** Who that is where two people have to agree: other users may be the same person */
  readonly person: string
  /** The key or user */
  readonly invitedBy: string
  readonly joinedAt: string
  readonly disabledAt: string | null
  /** Has asked for a new password, and got none yet */
  readonly resetRequestedAt: string | null
}

export interface UserLink {
  readonly id: string
  readonly email: string
  /** To be handed to the one who is meant; whoever has it may use it. Shown once */
  readonly link: string
  /** What the link ends with: `Authorization: Link <token>` */
  readonly token: string
  readonly expiresAt: string
}

export interface WebhookDelivery {
  readonly id: string
  readonly endpoint: string
  readonly eventId: string
  readonly type: string
  readonly objectId: string
  readonly isReplay: boolean
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  /** When it is sent next, by the real clock */
  readonly dueAt: string | null
  readonly createdAt: string
  readonly endedAt: string | null
}

export interface WebhookEndpoint {
  readonly id: string
  readonly key: string
  readonly url: string
  readonly description: string | null
  readonly types: readonly string[]
  readonly ordered: boolean
  /** `disabled`: Kvit has given it up, and sends nothing until somebody turns it on */
  readonly state: 'on' | 'off' | 'disabled'
  /** Why it was disabled: it said that it is gone (410), or nothing came through */
  readonly reason: 'gone' | 'failing' | null
  /** Since when nothing has come through; by the real clock */
  readonly failingSince: string | null
  /** Deliveries that have not come through yet, at most 1,000 */
  readonly waiting: number
  readonly secrets: ReadonlyArray<{
    readonly id: string
    readonly createdAt: string
    readonly endsAt: string | null
  }>
  readonly createdAt: string
  readonly updatedAt: string
}

export interface WholePayout {
  readonly id: string
  readonly gateway: string
  /** The gateway’s own id of it */
  readonly providerId: string
  readonly currency: string
  /** What has left the clearing account */
  readonly gross: string
  /** A decimal of the currency */
  readonly fee: string
  /** What came to the bank */
  readonly net: string
  readonly arrivedOn: string
  /** What does not agree with what Kvit knows */
  readonly differences: readonly string[]
  readonly bookedAt: string
  readonly lines: ReadonlyArray<{
    readonly providerId: string
    readonly kind: 'payment' | 'refund' | 'dispute' | 'dispute_won' | 'fee' | 'other'
    readonly attemptId: string | null
    /** A decimal of the currency */
    readonly gross: string
    /** A decimal of the currency */
    readonly fee: string
  }>
}

export interface WholeTerminalRegistry {
  readonly id: string
  readonly network: string
  readonly key: string
  readonly from: string
  readonly until: string
  readonly currency: string
  readonly rows: number
  readonly agreed: number
  /** A decimal of the currency */
  readonly total: string
  /** A decimal of the currency */
  readonly fee: string
  readonly differences: number
  readonly payoutId: string | null
  readonly createdAt: string
  /** The first thousand of the differences */
  readonly list: ReadonlyArray<{
    readonly kind: 'missing_here' | 'missing_there' | 'other_sum' | 'cancelled_here' | 'twice_there'
    readonly txnId: string
    readonly there: string | null
    readonly here: string | null
  }>
}

export interface WholeWebhookDelivery {
  readonly id: string
  readonly endpoint: string
  readonly eventId: string
  readonly type: string
  readonly objectId: string
  readonly isReplay: boolean
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  /** When it is sent next, by the real clock */
  readonly dueAt: string | null
  readonly createdAt: string
  readonly endedAt: string | null
  readonly log: ReadonlyArray<{
    readonly number: number
    readonly at: string
    readonly milliseconds: number
    /** Null where there was no answer */
    readonly status: number | null
    /** Why there was none */
    readonly error: string | null
    /** The first 1,000 characters of it */
    readonly answer: string | null
  }>
}
