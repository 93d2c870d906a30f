// Written by tools/sdk out of what the server says of its API: change the routes, then `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts`.

import type {
  Account,
  AccountDunning,
  AccountingPeriod,
  Adjustment,
  ApiKey,
  ApprovalRequest,
  Attachment,
  AuditEntry,
  AuditReport,
  Balances,
  BankAccount,
  BankCsvMappingInput,
  BankFile,
  BankLine,
  BankStatement,
  BillRun,
  BonusRule,
  BookLine,
  Books,
  BooksPoliciesInput,
  Brand,
  BrandContentInput,
  BrandImage,
  CallTask,
  CashDesk,
  CashMovement,
  CashReceipt,
  CashReport,
  CashShift,
  ChannelTest,
  ChargingAnswer,
  ChargingRequestInput,
  Clock,
  Contact,
  Coupon,
  Customer,
  Delivery,
  DeliveryPreference,
  DeliveryWithAttempts,
  DepositEntry,
  Dispute,
  DraftInvoice,
  DraftInvoiceWithDocuments,
  DunningHandOver,
  DunningOutcome,
  DunningPolicy,
  DunningPreview,
  DunningRun,
  Enforcement,
  EnforcementTarget,
  ErasureReport,
  Event,
  ExplainedLine,
  ExplainedRecord,
  GlAccount,
  GlAccountInput,
  GlRule,
  GlRuleInput,
  InboxEntry,
  Invitation,
  Invoice,
  InvoiceHold,
  InvoiceWithDocument,
  Issuer,
  Job,
  LateCharge,
  LateChargePreview,
  LateChargeRun,
  Mandate,
  MemberShares,
  Meter,
  Notice,
  NoticeKind,
  NoticePreferences,
  NoticePreview,
  NoticeTemplate,
  NoticeWithMessages,
  OneOffInvoice,
  Overview,
  OwnAccount,
  Payment,
  PaymentAttempt,
  PaymentDispute,
  PaymentGateway,
  PaymentLink,
  PaymentMethod,
  PaymentPlan,
  Payout,
  PlanVersion,
  Posting,
  ProFormaInvoice,
  ProFormaWithDocument,
  Proof,
  RateDeckVersion,
  ReRating,
  Redemption,
  ReferralProgram,
  Refund,
  RequestedNote,
  Role,
  SepaFile,
  Service,
  ServiceBlock,
  ServiceState,
  ServiceStateWithBlocks,
  Session,
  SettingsName,
  Standing,
  Statement,
  Subscription,
  SubscriptionChange,
  SubscriptionTimeline,
  SuspendedRecord,
  TaxAnswer,
  TaxIdCheck,
  TaxRateInput,
  Tenant,
  TerminalNetwork,
  TerminalPayment,
  TerminalRefusal,
  TerminalRegistry,
  TerminalRegistryMappingInput,
  UsageCorrection,
  UsageImport,
  UsageMinutes,
  UsageRetraction,
  User,
  UserLink,
  WebhookDelivery,
  WebhookEndpoint,
  WholePayout,
  WholeTerminalRegistry,
  WholeWebhookDelivery,
} from './things.ts'

/** What can be sent where no JSON is asked for. */
export type RawBody = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | ReadableStream<Uint8Array>

/** The version of the API that these types describe. */
export type ApiVersion = '2026-11-29'

/** All routes by method and address: what they ask (parameters by their names, and `body`), and what they answer. */
export interface Routes {
  get: {
    /** The page of a link: what is to be paid, and how. With the secret of a link, which is the end of the address. */
    '/pay/{token}': {
      asks: {
        readonly token: string
        readonly body?: undefined
      }
    }
    /** The document of the link as PDF, and no other. With the secret of a link, which is the end of the address. */
    '/pay/{token}/document.pdf': {
      asks: {
        readonly token: string
        readonly body?: undefined
      }
    }
    /** What became of a payment that was begun on the page: the provider is asked where it is not known. With the secret of a link, which is the end of the address. */
    '/pay/{token}/payments/{id}': {
      asks: {
        readonly token: string
        readonly id: string
        readonly begun?: '1' | undefined
        readonly body?: undefined
      }
    }
    /** The receipt of a payment that was made by the link, as PDF. With the secret of a link, which is the end of the address. */
    '/pay/{token}/payments/{id}/receipt.pdf': {
      asks: {
        readonly token: string
        readonly id: string
        readonly body?: undefined
      }
    }
    /** The page of a link in a message: it asks whether such messages are to stop. With the secret of a link, which is the end of the address. */
    '/unsubscribe/{token}': {
      asks: {
        readonly token: string
        readonly body?: undefined
      }
    }
    /** List: account. Scope: `customers:read`. */
    '/v1/accounts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Of this issuer: its id or key */
        readonly issuer?: string | undefined
        /** Its code in capitals, such as EUR */
        readonly currency?: string | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'customer' | 'issuer' | 'sponsor' | 'sponsor.customer' | 'sponsor.issuer' | 'sponsor.sponsor'> | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Account[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read by id or key: account. Scope: `customers:read`. */
    '/v1/accounts/{reference}': {
      asks: {
        readonly reference: string
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'customer' | 'issuer' | 'sponsor' | 'sponsor.customer' | 'sponsor.issuer' | 'sponsor.sponsor'> | undefined
        readonly body?: undefined
      }
      answer: Account
    }
    /** When documents of an account are charged by themselves. Scope: `payments:read`. */
    '/v1/accounts/{reference}/auto-charge': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly account: string
        readonly on: 'issue' | 'due' | 'never'
      }
    }
    /** Everything that moved balances but usage. Scope: `balances:read`. */
    '/v1/accounts/{reference}/balance-entries': {
      asks: {
        readonly reference: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly accountId: string
          readonly kind: string
          /** Null for money of the account’s currency */
          readonly unit: string | null
          /** A decimal of the currency, or of the unit */
          readonly amount: string
          readonly key: string | null
          readonly note: string | null
          readonly createdAt: string
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Balances of an account as they stand: lots, credit, holds and running sessions. Scope: `balances:read`. */
    '/v1/accounts/{reference}/balances': {
      asks: {
        readonly reference: string
        readonly body?: undefined
      }
      answer: Balances
    }
    /** Commits of an account, term by term, with what can still be drawn down. Scope: `invoices:read`. */
    '/v1/accounts/{reference}/contract-commits': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly subscriptionId: string
          readonly code: string
          readonly termStart: string
          readonly termEnd: string
          readonly currency: string
          /** A decimal of the currency */
          readonly amount: string
          /** A decimal of the currency, exact */
          readonly left: string
          readonly [name: string]: unknown
        }>
      }
    }
    /** What is held of an account. Scope: `payments:read`. */
    '/v1/accounts/{reference}/deposit': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly account: string
        readonly currency: string
        /** A decimal of the currency */
        readonly held: string
      }
    }
    /** How an account stands: what is overdue, what was done, what comes next and when, and what stops it. Scope: `dunning:read`. */
    '/v1/accounts/{reference}/dunning': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: AccountDunning
    }
    /** What the next documents would be with the usage of today: at the end of the period, or at a day. Scope: `invoices:read`. */
    '/v1/accounts/{reference}/next-invoice': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        /** As if billed on this day */
        readonly at?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly account: string
        readonly until: string
        readonly usageAsOf: string
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
          /** What is to be filled in before its tax can be decided */
          readonly held?: readonly string[]
        }>
      }
    }
    /** The references that a customer can write on every transfer: money with them is for this account. Scope: `payments:read`. */
    '/v1/accounts/{reference}/payment-reference': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly account: string
        /** Of ISO 11649, RF… */
        readonly creditorReference: string | null
        /** Of Swiss QR bills */
        readonly qrReference: string | null
      }
    }
    /** The states of an account’s services that have not ended. Scope: `blocks:read`. */
    '/v1/accounts/{reference}/service-states': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ServiceState[]
        /** `cursor` of the next page; null where there is none */
        readonly nextCursor: string | null
      }
    }
    /** What the account had, what came and went, and what it has; days of its zone, half-open. Scope: `balances:read`. */
    '/v1/accounts/{reference}/statement': {
      asks: {
        readonly reference: string
        /** First day; from the beginning when absent */
        readonly from?: string | undefined
        /** The day behind the last; up to now when absent */
        readonly until?: string | undefined
        readonly format?: 'json' | 'csv' | 'pdf' | undefined
        readonly body?: undefined
      }
      answer: Statement
    }
    /** List adjustments. Scope: `balances:read`. */
    '/v1/adjustments': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly status?: 'pending' | 'applied' | 'rejected' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Adjustment[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** List what two people have to agree to: reversals, notes on request, write-offs, accepted disputes. Scope: `balances:read`. */
    '/v1/approval-requests': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly status?: 'pending' | 'applied' | 'rejected' | 'expired' | undefined
        readonly kind?: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ApprovalRequest[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A file that is kept, as it came: a download, which browsers do not open. Scope: `invoices:read`. */
    '/v1/attachments/{id}/content': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
    }
    /** Who did what, when and from where. Scope: `audit:read`. */
    '/v1/audit-log': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** A key or a user */
        readonly actor?: string | undefined
        /** All keys and users that are one person */
        readonly person?: string | undefined
        /** Such as `POST /v1/payments` */
        readonly route?: string | undefined
        /** A key or an id, as it stands in addresses and answers */
        readonly object?: string | undefined
        readonly outcome?: 'done' | 'begun' | 'refused' | undefined
        readonly ip?: string | undefined
        readonly request?: string | undefined
        /** At this time or later */
        readonly from?: string | undefined
        /** Before this time */
        readonly until?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly AuditEntry[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Accounts at banks: what the ledger has of each, what the bank says, and what is missing. Scope: `payments:read`. */
    '/v1/bank-accounts': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly BankAccount[]
      }
    }
    /** An account at a bank. Scope: `payments:read`. */
    '/v1/bank-accounts/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: BankAccount
    }
    /** Money on bank accounts, line by line; those that wait for a decision have proposals. Scope: `payments:read`. */
    '/v1/bank-lines': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** An id or a key */
        readonly bankAccount?: string | undefined
        /** Whose money it is */
        readonly account?: string | undefined
        readonly state?: 'new' | 'waiting' | 'set_aside' | 'to_return' | 'done' | undefined
        /** Booked on this day or later */
        readonly from?: string | undefined
        /** Booked before this day */
        readonly until?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly BankLine[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A line: what it was for, or what it may be for and why. Scope: `payments:read`. */
    '/v1/bank-lines/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: BankLine
    }
    /** Statements that were imported, with their balances. Scope: `payments:read`. */
    '/v1/bank-statements': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** An id or a key */
        readonly bankAccount?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly BankStatement[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Progress of a bill run. Scope: `invoices:read`. */
    '/v1/bill-runs/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: BillRun
    }
    /** Blocks: those that stand, come, have ended or were lifted. Scope: `blocks:read`. */
    '/v1/blocks': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** About this service alone: its id or key */
        readonly service?: string | undefined
        readonly reason?: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin' | undefined
        readonly state?: 'standing' | 'coming' | 'ended' | 'lifted' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ServiceBlock[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A block. Scope: `blocks:read`. */
    '/v1/blocks/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ServiceBlock
    }
    /** List rules of bonuses. Scope: `balances:read`. */
    '/v1/bonus-rules': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly BonusRule[]
      }
    }
    /** Issuers that keep books. Scope: `ledger:read`. */
    '/v1/books': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Books[]
      }
    }
    /** The books of an issuer. Scope: `ledger:read`. */
    '/v1/books/{issuer}': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly body?: undefined
      }
      answer: Books
    }
    /** What accounts owe as of a day by how long it is due, in each currency. Scope: `ledger:read`. */
    '/v1/books/{issuer}/ageing': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly asOf: string
        readonly items: ReadonlyArray<{
          readonly account: string
          readonly customerName: string
          readonly currency: string
          /** A decimal of the currency */
          readonly not_due: string
          /** A decimal of the currency */
          readonly '0-30': string
          /** A decimal of the currency */
          readonly '31-60': string
          /** A decimal of the currency */
          readonly '61-90': string
          /** A decimal of the currency */
          readonly '90+': string
          /** A decimal of the currency */
          readonly total: string
          /** What of the total customers disputed on the day */
          readonly disputed: string
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly not_due: string
          /** A decimal of the currency */
          readonly '0-30': string
          /** A decimal of the currency */
          readonly '31-60': string
          /** A decimal of the currency */
          readonly '61-90': string
          /** A decimal of the currency */
          readonly '90+': string
          /** A decimal of the currency */
          readonly total: string
          /** What of the total customers disputed on the day */
          readonly disputed: string
        }>
      }
    }
    /** A letter as PDF that asks the customer of an account to confirm its balance as of a day. Scope: `ledger:read`. */
    '/v1/books/{issuer}/balance-confirmation': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** An id or a key */
        readonly account: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        /** To whom it is returned, such as an auditor with its address; the issuer unless set */
        readonly returnTo?: string | undefined
        readonly body?: undefined
      }
    }
    /** The chart of accounts of an issuer, and which account takes what. Scope: `ledger:read`. */
    '/v1/books/{issuer}/chart': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly body?: undefined
      }
      answer: {
        readonly accounts: readonly GlAccount[]
        readonly rules: readonly GlRule[]
        /** Accounts of Kvit for which no rule holds whatever they are kept by */
        readonly unmapped: readonly string[]
      }
    }
    /** Revenue by the month in which it was billed and those in which it is recognised, as of a day: a waterfall. Scope: `ledger:read`. */
    '/v1/books/{issuer}/deferred-revenue': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly asOf: string
        readonly items: ReadonlyArray<{
          readonly currency: string
          /** Null for usage that no document bills yet */
          readonly billedIn: string | null
          /** A decimal of the currency */
          readonly billed: string
          readonly recognised: { readonly [name: string]: string }
          /** A decimal of the currency */
          readonly deferred: string
          /** A decimal of the currency */
          readonly unbilled: string
          /** When what is deferred will be recognised; `when_used` where it follows from use */
          readonly future: { readonly [name: string]: string }
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly deferred: string
          /** A decimal of the currency */
          readonly unbilled: string
        }>
      }
    }
    /** All entries of the books of some days, as JSON, CSV, DATEV Buchungsstapel (EXTF), SAF-T or XML for BAS. Scope: `ledger:read`. */
    '/v1/books/{issuer}/journal': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly from: string
        /** The last day */
        readonly until: string
        /** `bas` is XML for programs of the 1C and BAS family */
        readonly format?: 'json' | 'csv' | 'datev' | 'saft' | 'bas' | undefined
        /** Of DATEV: Beraternummer */
        readonly consultant?: number | undefined
        /** Of DATEV: Mandantennummer */
        readonly client?: number | undefined
        /** Of DATEV: digits of its accounts */
        readonly accountLength?: number | undefined
        /** Of DATEV: first day of the financial year; 1 January when absent */
        readonly yearStart?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly from: string
        readonly until: string
        readonly currency: string
        /** A decimal of the currency */
        readonly debit: string
        /** A decimal of the currency */
        readonly credit: string
        readonly items: ReadonlyArray<{
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
          readonly reference: string
          readonly account: string
          readonly customer: string
        }>
      }
    }
    /** Lines of the books, oldest first, of an account of the general ledger, a customer or a document: an account sheet. Scope: `ledger:read`. */
    '/v1/books/{issuer}/lines': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        /** Of this day or later; what was before is the opening balance */
        readonly from?: string | undefined
        readonly code?: string | undefined
        /** Of the chart of Kvit: `revenue:basic` */
        readonly ledgerAccount?: string | undefined
        /** Of this billing account, where the ledger account is kept for each */
        readonly account?: string | undefined
        readonly document?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly asOf: string
        readonly currency: string
        /** A decimal of the currency */
        readonly opening: string
        /** A decimal of the currency */
        readonly closing: string
        readonly items: readonly BookLine[]
        /** There are more than 10000 lines: ask for fewer days */
        readonly isCut: boolean
      }
    }
    /** Documents that are not settled as of a day, of one account or of all; the sum for one account is a confirmation of its balance. Scope: `ledger:read`. */
    '/v1/books/{issuer}/open-items': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        /** An id or a key */
        readonly account?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly asOf: string
        readonly items: ReadonlyArray<{
          readonly account: string
          readonly customerName: string
          readonly documentId: string
          readonly number: string
          readonly kind: string
          readonly currency: string
          readonly issuedOn: string
          readonly dueOn: string
          /** A decimal of the currency */
          readonly total: string
          /** Below zero for a credit */
          readonly open: string
          /** What of that the customer disputed on the day */
          readonly disputed: string
          readonly age: 'not_due' | '0-30' | '31-60' | '61-90' | '90+'
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly open: string
        }>
        /** Money that is there and has settled nothing yet */
        readonly prepaid: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly amount: string
        }>
      }
    }
    /** What is declared in the one-stop shop for a quarter: by member state of consumption and rate, in euro. Scope: `ledger:read`. */
    '/v1/books/{issuer}/oss': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly quarter: string
        readonly format?: 'json' | 'csv' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly quarter: string
          readonly memberState: string
          readonly rate: string
          /** A decimal of the currency */
          readonly base: string
          /** A decimal of the currency */
          readonly tax: string
        }>
      }
    }
    /** Periods of an issuer until today, with what was done to them. Scope: `ledger:read`. */
    '/v1/books/{issuer}/periods': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly AccountingPeriod[]
      }
    }
    /** What a closed period has recognised of each line, usage and pack of units: behind the sums of deferred and unbilled revenue. Scope: `ledger:read`. */
    '/v1/books/{issuer}/periods/{from}/recognised': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly from: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** An id or a key */
        readonly account?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          /** `line:` and the id of a line, `usage:` and a counter, or `pack:` and the id of a sale */
          readonly subject: string
          readonly documentId: string | null
          readonly accountId: string
          readonly ledgerAccount: string
          readonly currency: string
          readonly billedOn: string | null
          /** A decimal of the currency */
          readonly net: string
          /** A decimal of the currency */
          readonly recognised: string
          /** Of that, what belongs to days of periods that were closed before */
          readonly late: string
          /** In all, at the end */
          readonly earned: string
          /** A decimal of the currency */
          readonly deferred: string
          /** A decimal of the currency */
          readonly unbilled: string
        }>
        readonly nextCursor: string | null
      }
    }
    /** Taxes of the documents of some days by place and rate, with what they are on; the ledger has the same. Scope: `ledger:read`. */
    '/v1/books/{issuer}/taxes': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly from: string
        /** The last day */
        readonly until: string
        readonly body?: undefined
      }
      answer: {
        readonly from: string
        readonly until: string
        readonly items: ReadonlyArray<{
          readonly kind: string
          readonly place: string
          /** Of EN 16931 */
          readonly category: string
          readonly rule: string
          readonly percent: string | null
          readonly perUnit: string | null
          readonly currency: string
          readonly documents: number
          /** A decimal of the currency */
          readonly base: string
          /** A decimal of the currency */
          readonly tax: string
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly tax: string
          /** A decimal of the currency */
          readonly ledger: string
          /** A decimal of the currency */
          readonly difference: string
        }>
      }
    }
    /** Debits, credits and balance of each account of the general ledger as of a day; the difference is zero. Scope: `ledger:read`. */
    '/v1/books/{issuer}/trial-balance': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** The last day that counts, of the zone of the books; today when absent */
        readonly asOf?: string | undefined
        /** Of this day or later: turnover instead of balances */
        readonly from?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly issuer: string
        readonly asOf: string
        readonly currency: string
        readonly items: ReadonlyArray<{
          /** Null where no rule says one */
          readonly code: string | null
          readonly name: string | null
          /** A decimal of the currency */
          readonly debit: string
          /** A decimal of the currency */
          readonly credit: string
          /** A debit where positive */
          readonly balance: string
          readonly ledgerAccounts: ReadonlyArray<{
            readonly ledgerAccount: string
            readonly currency: string
            /** A decimal of the currency */
            readonly debit: string
            /** A decimal of the currency */
            readonly credit: string
            /** A debit where positive */
            readonly balance: string
          }>
        }>
        readonly totals: {
          /** A decimal of the currency */
          readonly debit: string
          /** A decimal of the currency */
          readonly credit: string
          /** A decimal of the currency */
          readonly difference: string
        }
        readonly unmapped: readonly string[]
        /** What could not be computed */
        readonly notes: readonly string[]
      }
    }
    /** A logo as it was kept. Scope: `settings:read`. */
    '/v1/brand-images/{digest}': {
      asks: {
        readonly digest: string
        readonly body?: undefined
      }
    }
    /** What pages of issuers and their brands look like: the last version of each. Scope: `settings:read`. */
    '/v1/brands': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Brand[]
      }
    }
    /** A brand: its last version, or the one of a number. Scope: `settings:read`. */
    '/v1/brands/{key}': {
      asks: {
        /** The caller's own identifier */
        readonly key: string
        readonly version?: number | undefined
        readonly body?: undefined
      }
      answer: Brand
    }
    /** Calls that somebody is to make, with what to say, and those that were made. Scope: `dunning:read`. */
    '/v1/call-tasks': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'open' | 'done' | 'cancelled' | undefined
        readonly outcome?: 'promised' | 'refused' | 'disputes' | 'not_reached' | 'wrong_number' | 'other' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly CallTask[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A call that somebody is to make, or has made. Scope: `dunning:read`. */
    '/v1/call-tasks/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: CallTask
    }
    /** What a payment terminal asks in its address: command=check, pay, status or cancel; answered in XML or JSON. Signed with the secret of the tenant’s settings: `authorization`. */
    '/v1/callbacks/{tenant}/terminals/{network}': {
      asks: {
        readonly tenant: string
        readonly network: string
        readonly body?: undefined
      }
    }
    /** The cash desks, with what is to be in their drawers and safes. Scope: `payments:read`. */
    '/v1/cash-desks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly CashDesk[]
      }
    }
    /** A cash desk. Scope: `payments:read`. */
    '/v1/cash-desks/{key}': {
      asks: {
        readonly key: string
        readonly body?: undefined
      }
      answer: CashDesk
    }
    /** The X report of the shift that is open at a desk. Scope: `payments:read`. */
    '/v1/cash-desks/{key}/report': {
      asks: {
        readonly key: string
        readonly body?: undefined
      }
      answer: CashReport
    }
    /** Cash that was moved and paid nothing. Scope: `payments:read`. */
    '/v1/cash-movements': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this desk */
        readonly desk?: string | undefined
        readonly kind?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly CashMovement[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Receipts of cash desks. Scope: `payments:read`. */
    '/v1/cash-receipts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Of this desk */
        readonly desk?: string | undefined
        /** Of this shift */
        readonly shift?: string | undefined
        readonly kind?: 'payment' | 'cancel' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly CashReceipt[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A receipt of a cash desk. Scope: `payments:read`. */
    '/v1/cash-receipts/{reference}': {
      asks: {
        /** An id, a key, or its number: front-000017 */
        readonly reference: string
        readonly body?: undefined
      }
      answer: CashReceipt
    }
    /** A receipt of a cash desk as PDF, on a sheet or on a roll of 80 mm. Scope: `payments:read`. */
    '/v1/cash-receipts/{reference}/pdf': {
      asks: {
        readonly reference: string
        readonly paper?: 'sheet' | 'roll' | undefined
        readonly body?: undefined
      }
    }
    /** Shifts of cash desks. Scope: `payments:read`. */
    '/v1/cash-shifts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this desk */
        readonly desk?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly CashShift[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** The report of a shift, as JSON, as text of 42 letters a line, or as PDF: X while it is open, Z as it was when it was closed. Scope: `payments:read`. */
    '/v1/cash-shifts/{id}/report': {
      asks: {
        readonly id: string
        readonly format?: 'json' | 'text' | 'pdf' | undefined
        readonly body?: undefined
      }
      answer: CashReport
    }
    /** Limits of approvals and promises. Scope: `balances:read`. */
    '/v1/charging/settings': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        /** Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too */
        readonly approvalLimits: { readonly [name: string]: string }
        /** The same for adjustments of units, by unit; without an entry all of them need it */
        readonly unitApprovalLimits: { readonly [name: string]: string }
        /** Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
        readonly reversalLimits?: { readonly [name: string]: string }
        /** Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
        readonly documentLimits?: {
          /** Credit notes on request, and disputes that are accepted */
          readonly credit_note?: { readonly [name: string]: string }
          /** Voids of whole documents; those of credit notes where it is absent */
          readonly void?: { readonly [name: string]: string }
          /** What of a credit note is to be paid back */
          readonly refund?: { readonly [name: string]: string }
          /** Debit notes on request */
          readonly debit_note?: { readonly [name: string]: string }
          readonly write_off?: { readonly [name: string]: string }
        }
        readonly promise?: {
          /** Most that is lent */
          readonly limits: { readonly [name: string]: string }
          readonly fees: { readonly [name: string]: string }
          readonly days: number
        }
      }
    }
    /** Recompute all invariants from the stored facts. Scope: `ledger:read`. */
    '/v1/check': {
      asks: {
        readonly body?: undefined
      }
      answer: AuditReport
    }
    /** How far the check is that runs in this tenant on this server. Scope: `ledger:read`. */
    '/v1/check/progress': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly isRunning: boolean
        /** `done` of `total` of what the words name; null while it waits for its turn */
        readonly progress: {
          readonly words: string
          readonly done: number
          readonly total: number
        } | null
      }
    }
    /** What time it is for the tenant, and whether by a test clock. Scope: `usage:read`. */
    '/v1/clock': {
      asks: {
        readonly body?: undefined
      }
      answer: Clock
    }
    /** List redemptions with what each gave and what is left. Scope: `discounts:read`. */
    '/v1/coupon-redemptions': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly account?: string | undefined
        readonly coupon?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly key: string
          readonly couponId: string
          readonly customerId: string
          readonly accountId: string | null
          readonly subscriptionId: string | null
          readonly createdAt: string
          readonly code: string
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
          readonly from: string
          readonly until: string | null
          readonly billsLeft: number | null
          readonly given: ReadonlyArray<{
            readonly currency: string
            /** A decimal of the currency */
            readonly amount: string
          }>
          /** Of one amount that is given once; null otherwise */
          readonly left: string | null
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** List coupons with how often each was redeemed. Scope: `discounts:read`. */
    '/v1/coupons': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Coupon[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read a coupon. Scope: `discounts:read`. */
    '/v1/coupons/{code}': {
      asks: {
        readonly code: string
        readonly body?: undefined
      }
      answer: Coupon
    }
    /** List: customer. Scope: `customers:read`. */
    '/v1/customers': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Customer[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read by id or key: customer. Scope: `customers:read`. */
    '/v1/customers/{reference}': {
      asks: {
        readonly reference: string
        readonly body?: undefined
      }
      answer: Customer
    }
    /** Files that are kept with a customer, and that were. Scope: `customers:read`. */
    '/v1/customers/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Attachment[]
      }
    }
    /** Whom something is said to at a customer; the customer itself where nobody is named. Scope: `customers:read`. */
    '/v1/customers/{reference}/contacts': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Contact[]
      }
    }
    /** How a customer wants its documents. Scope: `customers:read`. */
    '/v1/customers/{reference}/delivery-preference': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: DeliveryPreference
    }
    /** What was said to a customer and its contacts, as a portal or an app shows it. Scope: `customers:read`. */
    '/v1/customers/{reference}/inbox': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        readonly text?: string | undefined
        /** The id of a contact */
        readonly contact?: string | undefined
        /** Only what nobody has read */
        readonly unread?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly InboxEntry[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What somebody wants to be told of, and by what, with its history. Scope: `customers:read`. */
    '/v1/customers/{reference}/notice-preferences': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** The id of a contact; the customer itself where it is absent */
        readonly contact?: string | undefined
        readonly body?: undefined
      }
      answer: NoticePreferences
    }
    /** Everything that is stored of a customer, but its usage: that is /v1/usage-records.csv. Scope: `customers:erase`. */
    '/v1/customers/{reference}/personal-data': {
      asks: {
        /** The id or the key of a customer */
        readonly reference: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** nextCursor of the page before */
        readonly cursor?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          /** What it is, such as `payment` */
          readonly kind: string
          /** As it is stored; amounts ending in _minor are in minor units */
          readonly row: { readonly [name: string]: unknown }
        }>
        readonly nextCursor: string | null
      }
    }
    /** Documents on their way; `state=failed` has those that somebody has to see to. Scope: `invoices:read`. */
    '/v1/deliveries': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a number or key */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | undefined
        readonly transport?: 'email' | 'folder' | 'peppol' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Delivery[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A delivery with its attempts, and what the peer said in each. Scope: `invoices:read`. */
    '/v1/deliveries/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: DeliveryWithAttempts
    }
    /** What was taken, applied and released of deposits. Scope: `payments:read`. */
    '/v1/deposit-entries': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly DepositEntry[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Why lines may be disputed: codes that Kvit knows, and those of the settings. Scope: `invoices:read`. */
    '/v1/dispute-reasons': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly code: string
          readonly meaning: string
        }>
      }
    }
    /** Disputes of lines of documents. Scope: `invoices:read`. */
    '/v1/disputes': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly status?: 'open' | 'accepted' | 'rejected' | 'withdrawn' | undefined
        readonly reason?: string | undefined
        /** The id or number of a document */
        readonly invoice?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Dispute[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A dispute with its lines. Scope: `invoices:read`. */
    '/v1/disputes/{reference}': {
      asks: {
        /** The id or key of a dispute */
        readonly reference: string
        readonly body?: undefined
      }
      answer: Dispute
    }
    /** Files that are kept with a dispute, and that were. Scope: `invoices:read`. */
    '/v1/disputes/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Attachment[]
      }
    }
    /** Documents that are due and not issued, and why; amounts are those of the last look of a run. Scope: `invoices:read`. */
    '/v1/drafts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly kind?: 'bill' | 'interim' | 'note' | 'one_off' | undefined
        /** Waits for this, whatever else it waits for */
        readonly why?: 'grace_period' | 'by_hand' | 'on_hold' | 'review' | 'tax_missing' | 'tax_id' | 'einvoice_rule' | 'failed' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly DraftInvoice[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A draft with its documents as they would be issued now, what is odd about them, and what was said of it. Scope: `invoices:read`. */
    '/v1/drafts/{reference}': {
      asks: {
        /** An id, the key of an account that has one draft, or the key of a one-off invoice */
        readonly reference: string
        readonly body?: undefined
      }
      answer: DraftInvoiceWithDocuments
    }
    /** A document of a draft as PDF, marked as a draft on each page. Scope: `invoices:read`. */
    '/v1/drafts/{reference}/pdf': {
      asks: {
        /** An id, the key of an account that has one draft, or the key of a one-off invoice */
        readonly reference: string
        /** Which one, from 1 on */
        readonly document?: number | undefined
        readonly body?: undefined
      }
    }
    /** Files of accounts that were handed over. Scope: `dunning:read`. */
    '/v1/dunning-hand-overs': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly DunningHandOver[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A file of accounts that were handed over, as JSON, or as CSV with a row for each document. Scope: `dunning:read`. */
    '/v1/dunning-hand-overs/{id}': {
      asks: {
        readonly id: string
        readonly format?: 'json' | 'csv' | undefined
        readonly body?: undefined
      }
      answer: DunningHandOver
    }
    /** Dunning policies in all of their versions. Scope: `dunning:read`. */
    '/v1/dunning-policies': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly key?: string | undefined
        readonly state?: 'in_force' | 'draft' | 'withdrawn' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly DunningPolicy[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A version of a dunning policy, the last one unless another is named. Scope: `dunning:read`. */
    '/v1/dunning-policies/{key}': {
      asks: {
        /** Of a policy */
        readonly key: string
        readonly version?: number | undefined
        readonly body?: undefined
      }
      answer: DunningPolicy
    }
    /** What dunning would do today, by account and step with amounts; nothing is done. Scope: `dunning:read`. */
    '/v1/dunning-preview': {
      asks: {
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** As if the last version of this policy, also a draft, were in force in place of the one of its key */
        readonly policy?: string | undefined
        /** `next` of the page before */
        readonly after?: string | undefined
        readonly body?: undefined
      }
      answer: DunningPreview
    }
    /** Dunning runs: those that go on, and those that have ended. Scope: `dunning:read`. */
    '/v1/dunning-runs': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'running' | 'ended' | undefined
        readonly block?: 'soft' | 'hard' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly DunningRun[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A dunning run with its steps. Scope: `dunning:read`. */
    '/v1/dunning-runs/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: DunningRun
    }
    /** Parts of the network that are told of the states of services. Scope: `settings:read`. */
    '/v1/enforcement-targets': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly EnforcementTarget[]
      }
    }
    /** An enforcement target, without its secret. Scope: `settings:read`. */
    '/v1/enforcement-targets/{target}': {
      asks: {
        /** The id or key of a target */
        readonly target: string
        readonly body?: undefined
      }
      answer: EnforcementTarget
    }
    /** What targets are to be told of services, and what came of it. Scope: `blocks:read`. */
    '/v1/enforcements': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** By this target */
        readonly target?: string | undefined
        /** Of this service */
        readonly service?: string | undefined
        readonly state?: 'waiting' | 'told' | 'failed' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Enforcement[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What happens, as it happens: server-sent events, for a minute; then ask again, with the number of the last one in `after`. Scope: `events:read`. */
    '/v1/event-stream': {
      asks: {
        /** The number of the last event that was seen; the newest thousand are kept */
        readonly after?: string | undefined
        readonly body?: undefined
      }
    }
    /** What happened, in an order that can be followed: whoever asks behind the last event misses none. Scope: `events:read`. */
    '/v1/events': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a type, or of what it is about */
        readonly text?: string | undefined
        /** Such as `invoice.issued`, or `invoice.*,payment.recorded` */
        readonly type?: string | undefined
        /** The id or code of what it is about */
        readonly object?: string | undefined
        /** Its id or key */
        readonly account?: string | undefined
        /** Its id or key */
        readonly customer?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Event[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read an event. Scope: `events:read`. */
    '/v1/events/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Event
    }
    /** Exchange rates of a currency pair, the latest first. Scope: `ledger:read`. */
    '/v1/exchange-rates': {
      asks: {
        readonly base?: string | undefined
        readonly currency: string
        /** Of this day or earlier */
        readonly until?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly day: string
          readonly base: string
          readonly currency: string
          readonly rate: string
          readonly source: string
        }>
      }
    }
    /** Accounts whose next document is not issued until something is filled in, for its tax or its e-invoice, and what. Scope: `invoices:read`. */
    '/v1/held-invoices': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly accountId: string
          /** Its key; the whole with `expand` */
          readonly account: string | Account
          readonly customerId: string
          /** Its key; the whole with `expand` */
          readonly customer: string | Customer
          readonly customerName: string
          /** From this one on it is not billed */
          readonly billingDay: string
          /** What is to be filled in before its tax can be decided, or before it is the e-invoice that its customer asks for */
          readonly reasons: readonly string[]
          readonly heldAt: string
        }>
        readonly nextCursor: string | null
      }
    }
    /** What an invitation invites to. With the secret of a link: `Authorization: Link …`. */
    '/v1/invitation': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly email: string
        readonly tenant: string
        readonly roles: readonly string[]
        /** Then its password accepts the invitation */
        readonly hasAccount: boolean
      }
    }
    /** List open invitations. Scope: `users:read`. */
    '/v1/invitations': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Invitation[]
      }
    }
    /** What people have put on hold. Scope: `invoices:read`. */
    '/v1/invoice-holds': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'open' | 'released' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly InvoiceHold[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** From a line to price version, parts, records and rounding. Scope: `invoices:read`. */
    '/v1/invoice-lines/{id}/explain': {
      asks: {
        readonly id: string
        readonly records?: number | undefined
        /** The customer's when absent */
        readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
        readonly body?: undefined
      }
      answer: ExplainedLine
    }
    /** List invoices and credit notes. Scope: `invoices:read`. */
    '/v1/invoices': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** `open` is issued or partially paid, and `overdue` is open after the day on which it was due */
        readonly state?: 'issued' | 'partially_paid' | 'paid' | 'written_off' | 'void' | 'open' | 'overdue' | undefined
        readonly kind?: 'invoice' | 'credit_note' | 'debit_note' | undefined
        /** Its code in capitals, such as EUR */
        readonly currency?: string | undefined
        /** As it is printed: INV-000001 */
        readonly number?: string | undefined
        /** Issued on this day or later */
        readonly from?: string | undefined
        /** Issued before this day */
        readonly until?: string | undefined
        /** This much or more; needs `currency` */
        readonly minTotal?: string | undefined
        /** This much or less; needs `currency` */
        readonly maxTotal?: string | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Invoice[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** An invoice with its document. Scope: `invoices:read`. */
    '/v1/invoices/{reference}': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: InvoiceWithDocument
    }
    /** Files that are kept with a document, and that were. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Attachment[]
      }
    }
    /** How a document went to its customer: the first hundred deliveries of it. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/deliveries': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Delivery[]
      }
    }
    /** The document as an e-invoice in UBL 2.1 or CII, by EN 16931 or what its customer asks for, after the rules were looked at. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/einvoice': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly syntax?: 'ubl' | 'cii' | undefined
        /** What its customer asked for when absent */
        readonly specification?: 'en16931' | 'xrechnung' | 'peppol' | undefined
        readonly body?: undefined
      }
    }
    /** The records behind the invoice as CSV. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/itemised.csv': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** The records behind the invoice on paper, in the language of its customer; 100,000 at most. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/itemised.pdf': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** The records behind the invoice as a workbook of one sheet. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/itemised.xlsx': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** What a sponsor's document bills for each of its members: their documents with lines, as JSON or PDF. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/members': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly format?: 'json' | 'pdf' | undefined
        readonly body?: undefined
      }
      answer: MemberShares
    }
    /** The invoice as PDF, or with the e-invoice in it as Factur-X. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/pdf': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly format?: 'pdf' | 'factur-x' | undefined
        readonly body?: undefined
      }
    }
    /** Document, charges and the chain from them to a head of the journal, to be verified offline. Scope: `invoices:read`. */
    '/v1/invoices/{reference}/proof': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        /** A segment whose digest was published; else the last */
        readonly head?: number | undefined
        readonly body?: undefined
      }
      answer: Proof
    }
    /** List: issuer. Scope: `customers:read`. */
    '/v1/issuers': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Issuer[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read by id or key: issuer. Scope: `customers:read`. */
    '/v1/issuers/{reference}': {
      asks: {
        readonly reference: string
        readonly body?: undefined
      }
      answer: Issuer
    }
    /** Work that is done later, or goes on until it is done; `state=failed` has what was given up. Scope: `jobs:read`. */
    '/v1/jobs': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a kind or key */
        readonly text?: string | undefined
        readonly state?: 'waiting' | 'running' | 'complete' | 'failed' | 'cancelled' | undefined
        readonly kind?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Job[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A job: how far it is, or what it failed for. Scope: `jobs:read`. */
    '/v1/jobs/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Job
    }
    /** Number and digest of the last journal segment. Scope: `ledger:read`. */
    '/v1/journal/head': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly seq: number
        readonly digest: string
      }
    }
    /** Number and digest of a segment of the journal, to be compared with a head that was kept outside. Scope: `ledger:read`. */
    '/v1/journal/segments/{seq}': {
      asks: {
        readonly seq: number
        readonly body?: undefined
      }
      answer: {
        readonly seq: number
        readonly digest: string
      }
    }
    /** List API keys. Scope: `keys:write`. */
    '/v1/keys': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ApiKey[]
      }
    }
    /** What would be charged on documents that are paid late, by account and document; nothing is charged. Scope: `invoices:read`. */
    '/v1/late-charge-preview': {
      asks: {
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** For the days before this one; today of each account unless set */
        readonly asOf?: string | undefined
        /** `next` of the page before */
        readonly after?: string | undefined
        readonly body?: undefined
      }
      answer: LateChargePreview
    }
    /** Interest and fees that were charged on documents that were paid late. Scope: `invoices:read`. */
    '/v1/late-charges': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly kind?: 'interest' | 'fee' | undefined
        /** The id or number of the document that was late */
        readonly invoice?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly LateCharge[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Interest, or a fee, that was charged on a document that was paid late. Scope: `invoices:read`. */
    '/v1/late-charges/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: LateCharge
    }
    /** List postings. Scope: `ledger:read`. */
    '/v1/ledger/postings': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this invoice, payment or other document: its id */
        readonly document?: string | undefined
        readonly ledgerAccount?: string | undefined
        /** Its code in capitals, such as EUR */
        readonly currency?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Posting[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Debits and credits per ledger account and currency. Scope: `ledger:read`. */
    '/v1/ledger/trial-balance': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly ledgerAccount: string
          readonly currency: string
          /** A decimal of the currency */
          readonly debit: string
          /** A decimal of the currency */
          readonly credit: string
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          /** A decimal of the currency */
          readonly debit: string
          /** A decimal of the currency */
          readonly credit: string
          /** A decimal of the currency */
          readonly difference: string
        }>
      }
    }
    /** Mandates of customers. Scope: `payments:read`. */
    '/v1/mandates': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Mandate[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Who is signed in, and what this user may do in which tenant. For a user who is signed in. */
    '/v1/me': {
      asks: {
        readonly body?: undefined
      }
      answer: OwnAccount
    }
    /** List the own sessions. For a user who is signed in. */
    '/v1/me/sessions': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Session[]
      }
    }
    /** List meters. Scope: `catalog:read`. */
    '/v1/meters': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Meter[]
      }
    }
    /** What customers can be told of: what causes it, what its texts can say, and the words that Kvit ships. Scope: `customers:read`. */
    '/v1/notice-kinds': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly NoticeKind[]
      }
    }
    /** What the tenant says in place of the words that Kvit ships, in all versions. Scope: `settings:read`. */
    '/v1/notice-templates': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        readonly text?: string | undefined
        readonly kind?: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news' | undefined
        readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
        readonly state?: 'draft' | 'approved' | 'rejected' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly NoticeTemplate[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What customers were told of, or not, with the reason. Scope: `customers:read`. */
    '/v1/notices': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly kind?: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news' | undefined
        readonly state?: 'new' | 'planned' | 'suppressed' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Notice[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A notice with its messages: who was told by what and when, each attempt, and what the channel said. Scope: `customers:read`. */
    '/v1/notices/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: NoticeWithMessages
    }
    /** Where the identity provider sends browsers back to. Open to all. */
    '/v1/oidc/callback': {
      asks: {
        readonly code?: string | undefined
        readonly state?: string | undefined
        readonly iss?: string | undefined
        readonly session_state?: string | undefined
        readonly scope?: string | undefined
        readonly error?: string | undefined
        readonly error_description?: string | undefined
        readonly error_uri?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly location: string
      }
    }
    /** Go to the identity provider to sign in there. Open to all. */
    '/v1/oidc/sign-in': {
      asks: {
        /** Where the browser goes afterwards */
        readonly returnTo?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly location: string
      }
    }
    /** What was billed and collected day by day, and what waits for a person. Scope: `usage:read`. */
    '/v1/overview': {
      asks: {
        readonly body?: undefined
      }
      answer: Overview
    }
    /** What gateways were asked for. Scope: `payments:read`. */
    '/v1/payment-attempts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'created' | 'pending' | 'succeeded' | 'failed' | 'unknown' | undefined
        readonly kind?: 'charge' | 'refund' | 'setup' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentAttempt[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What a gateway was asked for, and what came of it. Scope: `payments:read`. */
    '/v1/payment-attempts/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentAttempt
    }
    /** Payments that payers dispute, and what became of that. Scope: `payments:read`. */
    '/v1/payment-disputes': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'open' | 'won' | 'lost' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentDispute[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** The payment gateways of the tenant, in the order in which they are asked. Scope: `settings:read`. */
    '/v1/payment-gateways': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentGateway[]
      }
    }
    /** A payment gateway; of its credentials whether and since when they are set. Scope: `settings:read`. */
    '/v1/payment-gateways/{name}': {
      asks: {
        readonly name: string
        readonly body?: undefined
      }
      answer: PaymentGateway
    }
    /** Links to pay by, without their addresses. Scope: `payments:read`. */
    '/v1/payment-links': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** The id or number of a document */
        readonly invoice?: string | undefined
        readonly purpose?: 'document' | 'open_items' | 'top_up' | undefined
        readonly state?: 'open' | 'expired' | 'revoked' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentLink[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A link to pay by, without its address. Scope: `payments:read`. */
    '/v1/payment-links/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: PaymentLink
    }
    /** Kept means of payment. Scope: `payments:read`. */
    '/v1/payment-methods': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'pending' | 'active' | 'failed' | 'removed' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentMethod[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A kept means of payment; what the gateway knows it by is never shown. Scope: `payments:read`. */
    '/v1/payment-methods/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentMethod
    }
    /** Promises to pay, and instalments. Scope: `payments:read`. */
    '/v1/payment-plans': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly kind?: 'promise' | 'instalments' | undefined
        readonly state?: 'open' | 'kept' | 'broken' | 'cancelled' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PaymentPlan[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A promise, or instalments, with what is paid of each part. Scope: `payments:read`. */
    '/v1/payment-plans/{reference}': {
      asks: {
        /** The id or key of a payment plan */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentPlan
    }
    /** List payments. Scope: `payments:read`. */
    '/v1/payments': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'received' | 'reversed' | undefined
        /** `cash`, `bank`, `write_off`, `deposit`, `refund_kept`, that of a payment provider or a network of terminals, `gateway:stripe`, or of a cash desk, `desk:front` */
        readonly method?: string | undefined
        /** Its code in capitals, such as EUR */
        readonly currency?: string | undefined
        /** Received on this day or later */
        readonly from?: string | undefined
        /** Received before this day */
        readonly until?: string | undefined
        /** This much or more; needs `currency` */
        readonly minAmount?: string | undefined
        /** This much or less; needs `currency` */
        readonly maxAmount?: string | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Payment[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read a payment by id or key. Scope: `payments:read`. */
    '/v1/payments/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: Payment
    }
    /** The receipt of a payment as PDF, with the documents that it has settled. Scope: `payments:read`. */
    '/v1/payments/{reference}/receipt': {
      asks: {
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** What gateways have transferred to the bank. Scope: `payments:read`. */
    '/v1/payouts': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Payout[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A transfer of a gateway to the bank, with what it is made of. Scope: `payments:read`. */
    '/v1/payouts/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: WholePayout
    }
    /** List plan versions. Scope: `catalog:read`. */
    '/v1/plans': {
      asks: {
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly PlanVersion[]
      }
    }
    /** A plan, newest version unless one is named. Scope: `catalog:read`. */
    '/v1/plans/{code}': {
      asks: {
        readonly code: string
        readonly version?: number | undefined
        /** The one that the plan's file names first, when absent */
        readonly currency?: string | undefined
        readonly body?: undefined
      }
      answer: PlanVersion
    }
    /** Pro forma invoices. Scope: `invoices:read`. */
    '/v1/pro-forma-invoices': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
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
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A pro forma invoice with its document. Scope: `invoices:read`. */
    '/v1/pro-forma-invoices/{reference}': {
      asks: {
        /** An id, a number such as PF-000001, or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: ProFormaWithDocument
    }
    /** A pro forma invoice as PDF. Scope: `invoices:read`. */
    '/v1/pro-forma-invoices/{reference}/pdf': {
      asks: {
        /** An id, a number such as PF-000001, or a key */
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** List the versions of all decks. Scope: `catalog:read`. */
    '/v1/rate-decks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly RateDeckVersion[]
      }
    }
    /** A version of a deck, the newest unless one is named. Scope: `catalog:read`. */
    '/v1/rate-decks/{code}': {
      asks: {
        readonly code: string
        readonly version?: number | undefined
        readonly body?: undefined
      }
      answer: RateDeckVersion
    }
    /** What differs between two versions, or two decks. Scope: `catalog:read`. */
    '/v1/rate-decks/{code}/diff': {
      asks: {
        readonly code: string
        /** The newest when absent */
        readonly version?: number | undefined
        /** The deck to compare with; this one when absent */
        readonly base?: string | undefined
        /** The version before, or the newest of another deck, when absent */
        readonly baseVersion?: number | undefined
        /** Differences of each kind */
        readonly limit?: number | undefined
        readonly body?: undefined
      }
      answer: {
        readonly from: {
          readonly code: string
          readonly version: number
          readonly effectiveFrom: string
        }
        readonly to: {
          readonly code: string
          readonly version: number
          readonly effectiveFrom: string
        }
        /** Prefixes by how they changed */
        readonly counts: { readonly [name: string]: number }
        /** At most `limit` of each kind */
        readonly differences: ReadonlyArray<{
          readonly change: 'added' | 'removed' | 'raised' | 'lowered' | 'changed'
          readonly prefix: string
          readonly name: string
          readonly before: string | null
          readonly after: string | null
        }>
      }
    }
    /** What a number costs. Scope: `catalog:read`. */
    '/v1/rate-decks/{code}/lookup': {
      asks: {
        readonly code: string
        /** As it was dialled */
        readonly number: string
        /** Now when absent */
        readonly at?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly prefix: string
        readonly destination: string
        readonly rates: { readonly [name: string]: string }
        readonly connectionFee: string | null
        readonly increments: {
          readonly first: string
          readonly next: string
        } | null
        /** Of each column, beside its rate */
        readonly terms: { readonly [name: string]: {
          readonly connectionFee?: string
          readonly increments?: {
            readonly first: string
            readonly next: string
          }
          readonly freePerSession?: string
          readonly maximumCost?: {
            readonly amount: string
            readonly afterwards: 'free' | 'disconnect'
          }
          readonly steps?: ReadonlyArray<{
            readonly after: string
            readonly unitAmount: string
          }>
        } }
        readonly version: number
        readonly effectiveFrom: string
        readonly effectiveUntil: string | null
      }
    }
    /** List re-ratings. Scope: `invoices:read`. */
    '/v1/re-ratings': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly status?: 'computing' | 'draft' | 'applying' | 'cancelling' | 'cancelled' | 'complete' | 'failed' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ReRating[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A re-rating: how far it is, and its totals before and after. Scope: `invoices:read`. */
    '/v1/re-ratings/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ReRating
    }
    /** Accounts before and after, and what was done to them. Scope: `invoices:read`. */
    '/v1/re-ratings/{id}/accounts': {
      asks: {
        readonly id: string
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly status: 'draft' | 'partial' | 'applied'
          readonly currency: string
          readonly records: string
          readonly leftOut: string
          /** Why the first of those was left out */
          readonly fault: string | null
          /** A decimal of the currency, exact */
          readonly before: string
          /** A decimal of the currency, exact */
          readonly after: string
          /** A decimal of the currency, exact */
          readonly difference: string
          readonly appliedRecords: string
          /** A decimal of the currency, exact */
          readonly appliedDifference: string
          readonly documentId: string | null
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Records of an account before and after. Scope: `invoices:read`. */
    '/v1/re-ratings/{id}/records': {
      asks: {
        readonly id: string
        readonly account: string
        /** Items on the page */
        readonly limit?: number | undefined
        readonly offset?: number | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly source: string
          readonly id: string
          readonly service: string
          readonly type: string
          readonly time: string
          /** A decimal of the currency, exact */
          readonly before: string
          /** A decimal of the currency, exact */
          readonly after: string
          /** A decimal of the currency, exact */
          readonly difference: string
          readonly fault: string | null
        }>
      }
    }
    /** List what customers get who bring customers. Scope: `balances:read`. */
    '/v1/referral-programs': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly ReferralProgram[]
      }
    }
    /** List refunds: money that is to be paid back of credit notes and payments, and what was sent. Scope: `payments:read`. */
    '/v1/refunds': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly status?: 'due' | 'sent' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Refund[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** List roles: those of every tenant, then those of this one. Scope: `users:read`. */
    '/v1/roles': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Role[]
      }
    }
    /** Files that were made for banks, with their orders and what came of them. Scope: `payments:read`. */
    '/v1/sepa-files': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly SepaFile[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A file that was made for a bank, with its orders and what came of them. Scope: `payments:read`. */
    '/v1/sepa-files/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: SepaFile
    }
    /** The file itself, to be given to the bank. Scope: `payments:read`. */
    '/v1/sepa-files/{reference}/xml': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
    }
    /** List: service. Scope: `customers:read`. */
    '/v1/services': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Now */
        readonly state?: 'pending' | 'active' | 'ended' | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Service[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read by id or key: service. Scope: `customers:read`. */
    '/v1/services/{reference}': {
      asks: {
        readonly reference: string
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer'> | undefined
        readonly body?: undefined
      }
      answer: Service
    }
    /** Whether a service is open or what restricts it, by all of its blocks and those of its account. Scope: `blocks:read`. */
    '/v1/services/{reference}/state': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** At this time instead of now: blocks that are lifted later may stand by then */
        readonly at?: string | undefined
        readonly body?: undefined
      }
      answer: ServiceStateWithBlocks
    }
    /** Which settings there are, and which are set. Scope: `settings:read`. */
    '/v1/settings': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly SettingsName[]
      }
    }
    /** How much is kept of files with documents, customers and disputes. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/attachments': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'attachments'
        /** Null where nothing is set */
        readonly values: {
          /** Of all files together; 1 MB is 10^6 bytes */
          readonly totalMegabytes: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** From which score on money on bank accounts is booked by rule. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/banks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'banks'
        /** Null where nothing is set */
        readonly values: {
          /** A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule */
          readonly bookFrom: number
          /** So many minor units more or less are still taken for what is open: 5 is 0.05 EUR */
          readonly toleranceMinor: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** When bills are run by themselves. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/billing': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'billing'
        /** Null where nothing is set */
        readonly values: {
          /** Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month */
          readonly schedule: 'off' | 'daily' | 'monthly'
          /** Of the month, where it is monthly */
          readonly day: number
          /** At which it begins, by the clock of the tenant */
          readonly hour: number
          /** The time zone of the hour, and of the day up to which is billed */
          readonly zone: string
          /** How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H */
          readonly gracePeriod: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** How documents go to customers when they are issued. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/deliveries': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'deliveries'
        /** Null where nothing is set */
        readonly values: {
          /** By what; empty sends nothing by itself. A customer may want another way */
          readonly onIssue: ReadonlyArray<'email' | 'folder' | 'peppol'>
          /** `first` takes the first way for which the customer has an address, `all` takes every one of those */
          readonly by: 'first' | 'all'
          /** Of what goes by e-mail and into folders; through Peppol it is always UBL */
          readonly formats: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'>
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Who collects direct debits, and how long before customers are told. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/direct-debits': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'direct-debits'
        /** Null where nothing is set */
        readonly values: {
          /** The creditor identifier that your bank has given you */
          readonly creditorId: string
          /** Days from the document, which announces it, to the collection; 14 unless something else was agreed */
          readonly notifiedDays: number
          /** Settlement days that your bank needs before the collection */
          readonly leadDays: number
          /** The hour, in Brussels, from which on your bank takes a file as one of the next day */
          readonly cutOffHour: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Why lines of documents are disputed, besides the reasons that Kvit knows. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/disputes': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'disputes'
        /** Null where nothing is set */
        readonly values: {
          /** Codes, each with its meaning: {"late_install": "The technician came late"} */
          readonly reasons: { readonly [name: string]: string }
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** When steps of dunning are done. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/dunning': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'dunning'
        /** Null where nothing is set */
        readonly values: {
          /** Off: steps are done when somebody asks for it */
          readonly schedule: 'off' | 'daily'
          /** At which steps are done */
          readonly hour: number
          /** The time zone of the hour; days overdue are counted in that of each account */
          readonly zone: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** How long events are kept. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/events': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'events'
        /** Null where nothing is set */
        readonly values: {
          /** Since they happened; null for ever */
          readonly keepDays: number | null
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Messages to apps on telephones, by Firebase Cloud Messaging. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/fcm': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'fcm'
        /** Null where nothing is set */
        readonly values: {
          readonly apiUrl: string
        } | null
        readonly secrets: {
          readonly serviceAccount: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** What is odd about a document, and which of it somebody has to approve of before it is issued. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/invoice-review': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'invoice-review'
        /** Null where nothing is set */
        readonly values: {
          /** An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it */
          readonly factor: number
          /** How many of the last bills an amount is compared with */
          readonly last: number
          /** Amounts by currency from which on a document is told of: {"EUR": "10000.00"} */
          readonly over: { readonly [name: string]: string }
          /** Warnings with which a document is not issued before somebody has approved of it; none unless set */
          readonly needsApproval: ReadonlyArray<'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'>
          /** By how much of the approved amount a document may change before it is asked again */
          readonly tolerancePercent: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** How long jobs are kept that are over. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/jobs': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'jobs'
        /** Null where nothing is set */
        readonly values: {
          /** Since they ended; those that were given up are kept */
          readonly keepDays: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Interest and fees on documents that are paid late. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/late-charges': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'late-charges'
        /** Null where nothing is set */
        readonly values: {
          /** The first day that is charged: nothing is charged without it */
          readonly from: string | null
          /** For businesses and public bodies; none unless set */
          readonly business: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null
          /** For consumers, and customers of whom nobody said what they are */
          readonly consumer: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null
          /** Rules of an issuer in their place, by its key */
          readonly issuers: { readonly [name: string]: {
            /** For businesses and public bodies; none unless set */
            readonly business: {
              /** Interest in percent a year */
              readonly percent: string | null
              /** The same by the days from which it holds */
              readonly rates: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }>
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase: string | null
              /** Days after the due day that are never charged */
              readonly graceDays: number
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees: { readonly [name: string]: string }
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays: number
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum: { readonly [name: string]: string }
              /** All charges on a document are no more than this part of it */
              readonly capPercent: string | null
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
            } | null
            /** For consumers, and customers of whom nobody said what they are */
            readonly consumer: {
              /** Interest in percent a year */
              readonly percent: string | null
              /** The same by the days from which it holds */
              readonly rates: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }>
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase: string | null
              /** Days after the due day that are never charged */
              readonly graceDays: number
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees: { readonly [name: string]: string }
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays: number
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum: { readonly [name: string]: string }
              /** All charges on a document are no more than this part of it */
              readonly capPercent: string | null
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
            } | null
          } }
          /** A rule of an account in their place, by its key; null where nothing is charged */
          readonly accounts: { readonly [name: string]: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null }
          /** Base rates by the days from which they hold */
          readonly baseRates: ReadonlyArray<{
            readonly from: string
            readonly percent: string
          }>
          /** What days are divided by */
          readonly yearDays: 365 | 360
          /** How lines begin */
          readonly interestText: string
          readonly feeText: string
          /** Off: charged when somebody asks for it */
          readonly schedule: 'off' | 'daily' | 'monthly'
          /** Of the month, where it is monthly */
          readonly day: number
          /** At which it begins */
          readonly hour: number
          /** The time zone of the hour */
          readonly zone: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** The server that e-mail is sent through. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/mail': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'mail'
        /** Null where nothing is set */
        readonly values: {
          readonly host: string
          readonly port: number
          /** `none` sends passwords and documents in the clear: only to a server on this machine */
          readonly security: 'starttls' | 'tls' | 'none'
          /** Its password is a secret */
          readonly user: string | null
          readonly fromName: string
          readonly fromAddress: string
          /** Who signs for the server, where it is no authority that is known to all */
          readonly caCertificate: string | null
          readonly dkimDomain: string | null
          /** The public key is the TXT record kvit._domainkey.example.com */
          readonly dkimSelector: string | null
        } | null
        readonly secrets: {
          readonly password: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly dkimPrivateKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** What customers are told of, by which way and when. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/notices': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'notices'
        /** Null where nothing is set */
        readonly values: {
          /** Nothing is sent before it is true */
          readonly on: boolean
          /** Nobody is disturbed from then on, by the own local time */
          readonly quietFrom: string | null
          readonly quietUntil: string | null
          /** Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same */
          readonly mostPerDay: number | null
          /** Whether what is said stands in the inbox as well */
          readonly inbox: boolean
          /** What differs for a kind */
          readonly kinds: { readonly [name: string]: {
            /** False: nobody is told of it */
            readonly on?: boolean
            /** By what it goes: the first way, and what follows on it */
            readonly chain?: ReadonlyArray<{
              readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
              /** When it is taken after the one before; of the first one it says nothing */
              readonly when: 'failed' | 'not_delivered' | 'not_read'
              /** After the one before was accepted */
              readonly afterMinutes: number
            }>
            /** Whether an entry in the inbox is made besides */
            readonly inbox?: boolean
          } }
          /** What a message by a channel costs, or each part of a long SMS: kept with each that is accepted */
          readonly costs: { readonly [name: string]: {
            readonly amount: string
            readonly currency: unknown
          } }
          /** A template is used when another person has approved of it */
          readonly approveTemplates: boolean
          /** Where people find this server, for links in messages; null is KVIT_PUBLIC_URL */
          readonly linkAddress: string | null
        } | null
        readonly secrets: {
          readonly bounceSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Links by which payers pay in a browser: how long they open, and what may be paid by them. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/payment-links': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'payment-links'
        /** Null where nothing is set */
        readonly values: {
          /** A link opens for so many days, unless its maker says otherwise */
          readonly openDays: number
          /** Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one */
          readonly documentsAddress: string | null
          /** Payers may pay a part of what is open */
          readonly partPayments: boolean
          /** The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is */
          readonly leastPartMinor: number
          /** The least that an account is topped up by, in minor units */
          readonly leastTopUpMinor: number
          /** The most that an account is topped up by, in minor units */
          readonly mostTopUpMinor: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Payments that a bank, a till or another system tells of by signed messages. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/payment-notices': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'payment-notices'
        /** Null where nothing is set */
        readonly values: {
          /** As what they are recorded */
          readonly method: 'bank' | 'cash'
        } | null
        readonly secrets: {
          readonly signingSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly earlierSigningSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** How the access point of Peppol knows the tenant. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/peppol': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'peppol'
        /** Null where nothing is set */
        readonly values: {
          /** By which the access point knows who sends, where it has several */
          readonly sender: string | null
        } | null
        readonly secrets: {
          readonly apiKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly callbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly earlierCallbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** When prepaid money is taxed: when it is used, or when it is sold. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/prepaid-tax': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'prepaid-tax'
        /** Null where nothing is set */
        readonly values: {
          /** When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in */
          readonly taxed: 'at_use' | 'at_top_up'
          /** As what it is sold: the class of all usage that it may pay for */
          readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic'
          /** As documents that sell it say it */
          readonly description: string
          /** Keys of the issuers of whose accounts it is so; of all when absent */
          readonly issuers?: readonly string[]
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Which types of usage blocks take for incoming use and for data; every other type is outgoing use. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/service-blocks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'service-blocks'
        /** Null where nothing is set */
        readonly values: {
          /** Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through */
          readonly incomingTypes: readonly string[]
          /** Types of usage of data, such as `data` */
          readonly dataTypes: readonly string[]
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** The centre that short messages are sent through, by SMPP 3.4. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/smpp': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'smpp'
        /** Null where nothing is set */
        readonly values: {
          readonly host: string
          /** With TLS most centres have 3550 */
          readonly port: number
          /** `none` sends the password and messages in the clear */
          readonly security: 'tls' | 'none'
          /** Who signs for the centre, where it is no authority that is known to all */
          readonly caCertificate: string | null
          /** Its password is a secret */
          readonly systemId: string
          readonly systemType: string
          /** Whom messages are from: up to 11 letters and digits, or a number */
          readonly from: string
          /** How a long text is cut; `payload` hands it over whole, for centres that cut themselves */
          readonly longTexts: 'udh8' | 'udh16' | 'payload'
          /** `ucs2` where texts in Latin letters arrive with wrong characters */
          readonly alphabet: 'gsm7' | 'ucs2'
          /** `hex_in_answers` where the centre answers with an id as 1A2B and reports of 6699 */
          readonly ids: 'same' | 'hex_in_answers'
          /** Codes of receipts that say that nobody has a number: nothing is sent there until it is set anew */
          readonly noSuchAddressErrors: readonly string[]
          /** Messages without an answer at one time */
          readonly maxInFlight: number
          /** Messages, as parts of long ones are counted */
          readonly perSecond: number
        } | null
        readonly secrets: {
          readonly password: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** A gateway that short messages are sent through by HTTP. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/sms-http': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'sms-http'
        /** Null where nothing is set */
        readonly values: {
          /** The shape of the gateway; the fields of `shape` change it */
          readonly preset: 'twilio' | 'generic'
          readonly from: string
          /** At Twilio the Account SID */
          readonly user: string | null
          /** Where the gateway sends receipts; null wants none */
          readonly callbackUrl: string | null
          /** What differs from the preset */
          readonly shape: {
            readonly url?: string
            readonly headers?: { readonly [name: string]: string }
            readonly bodyType?: 'json' | 'form' | 'none'
            readonly body?: { readonly [name: string]: unknown } | null
            readonly idField?: string | null
            readonly stateField?: string | null
            readonly acceptedStates?: readonly string[]
            readonly errorField?: string | null
            readonly errors?: { readonly [name: string]: 'no_such_address' | 'blocked' | 'too_long' | 'not_supported' | 'too_many' | 'unavailable' | 'deferred' }
            readonly receipts?: {
              readonly idField: string
              readonly stateField: string
              readonly errorField: string | null
              readonly deliveredStates: readonly string[]
              readonly failedStates: readonly string[]
              readonly signature: 'twilio' | 'hmac_sha256'
              readonly header: string
            } | null
          }
        } | null
        readonly secrets: {
          readonly secret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly callbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** An engine of tax outside, which is asked how supplies are taxed. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/tax-engine': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'tax-engine'
        /** Null where nothing is set */
        readonly values: {
          readonly engine: 'avalara' | 'stripe_tax'
          /** The number or name of your account at it; Stripe knows it by the key */
          readonly account: string
          /** The code of the company within the account */
          readonly company: string
          /** Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules */
          readonly countries: readonly string[]
          /** The codes that it knows tax classes by: {"telecom": "SC160001"} */
          readonly taxCodes: { readonly [name: string]: string }
          /** What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said */
          readonly onFailure: 'hold' | 'own_rules'
          /** How long it is asked before own rules are taken, by the clock of the tenant */
          readonly patienceMinutes: number
        } | null
        readonly secrets: {
          readonly licenseKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** What becomes of documents without tax because of a tax id that no register has confirmed. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/tax-ids': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'tax-ids'
        /** Null where nothing is set */
        readonly values: {
          /** warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed */
          readonly policy: 'off' | 'warn' | 'hold'
          /** How long a confirmation counts */
          readonly days: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** A bot of Telegram that writes to people who have written to it. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/telegram': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'telegram'
        /** Null where nothing is set */
        readonly values: {
          /** Another one where the tenant has a Bot API server of its own */
          readonly apiUrl: string
          /** Messages make no sound */
          readonly silent: boolean
        } | null
        readonly secrets: {
          readonly token: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Calls in which a voice reads a text, by the API of Twilio. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/voice': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'voice'
        /** Null where nothing is set */
        readonly values: {
          readonly apiUrl: string
          /** The Account SID */
          readonly user: string
          readonly from: string
          /** What the voice reads in */
          readonly language: string
          /** How many keys are waited for */
          readonly digits: number
          /** Where receipts, and keys, are sent; null wants none */
          readonly callbackUrl: string | null
        } | null
        readonly secrets: {
          readonly secret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Messages to browsers that have subscribed, by Web Push. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/web-push': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'web-push'
        /** Null where nothing is set */
        readonly values: {
          /** Where push services find who sends */
          readonly contact: string
          /** How long a message waits for a browser that is away */
          readonly ttlSeconds: number
          /** Low ones wait for power */
          readonly urgency: 'very-low' | 'low' | 'normal' | 'high'
        } | null
        readonly secrets: {
          readonly privateKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** How long deliveries to webhook endpoints are kept. Of secrets it is told whether and when they were set. Scope: `settings:read`. */
    '/v1/settings/webhooks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'webhooks'
        /** Null where nothing is set */
        readonly values: {
          /** Since they came through or were given up */
          readonly keepDays: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** In which ways one can sign in. Open to all. */
    '/v1/sign-in': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly password: true
        /** The identity provider, if there is one */
        readonly oidc: string | null
      }
    }
    /** What is open, overdue and held of all customers, by currency; as of a minute ago at most. Scope: `invoices:read`. */
    '/v1/standing': {
      asks: {
        readonly body?: undefined
      }
      answer: Standing
    }
    /** List: subscription. Scope: `customers:read`. */
    '/v1/subscriptions': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Of this service: its id or key */
        readonly service?: string | undefined
        /** Now */
        readonly state?: 'pending' | 'trial' | 'active' | 'paused' | 'ended' | undefined
        /** With all of these entries: `metadata[region]=eu` */
        readonly metadata?: { readonly [name: string]: string } | undefined
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer' | 'service' | 'service.account' | 'service.customer' | 'parent' | 'parent.account' | 'parent.customer' | 'parent.service' | 'parent.parent'> | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Subscription[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Read by id or key: subscription. Scope: `customers:read`. */
    '/v1/subscriptions/{reference}': {
      asks: {
        readonly reference: string
        /** What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too */
        readonly expand?: ReadonlyArray<'account' | 'account.customer' | 'account.issuer' | 'account.sponsor' | 'customer' | 'service' | 'service.account' | 'service.customer' | 'parent' | 'parent.account' | 'parent.customer' | 'parent.service' | 'parent.parent'> | undefined
        readonly body?: undefined
      }
      answer: Subscription
    }
    /** What a subscription was, is and will be, with its changes. Scope: `customers:read`. */
    '/v1/subscriptions/{reference}/timeline': {
      asks: {
        readonly reference: string
        readonly body?: undefined
      }
      answer: SubscriptionTimeline
    }
    /** List suspended records. Scope: `usage:read`. */
    '/v1/suspense': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly reason?: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups' | undefined
        readonly status?: 'open' | 'recycled' | 'written_off' | undefined
        readonly import?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly SuspendedRecord[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Suspended records by reason. Scope: `usage:read`. */
    '/v1/suspense-reasons': {
      asks: {
        /** Only those of this delivery of a file */
        readonly import?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
          readonly status: string
          readonly records: string
          readonly oldest: string
          readonly meaning: string
        }>
      }
    }
    /** What an engine of tax outside was asked and has said: how supplies of a class are taxed on a day. Scope: `catalog:read`. */
    '/v1/tax-answers': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        readonly state?: 'asked' | 'answered' | 'own_rules' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TaxAnswer[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What registers of tax ids said, and when. Scope: `customers:read`. */
    '/v1/tax-id-checks': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this customer: its id or key */
        readonly customer?: string | undefined
        readonly verdict?: 'valid' | 'invalid' | 'no_answer' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TaxIdCheck[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Rates of tax with where they are from: own rows, and those that come with Kvit. Scope: `catalog:read`. */
    '/v1/tax-rates': {
      asks: {
        readonly country?: string | undefined
        /** Those that hold on a day; else all that ever held */
        readonly on?: string | undefined
        /** Own rows alone */
        readonly own?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly country: string
          readonly region?: string
          readonly county?: string
          readonly city?: string
          /** A kind of tax: vat, gst, state_tax, levy, … */
          readonly tax: string
          /** standard, reduced, …, general, goods, telecom, mobile, electronic or sim_card */
          readonly class: string
          readonly from: string
          readonly until?: string
          readonly percent?: string
          readonly perUnit?: string
          readonly currency?: string
          readonly base?: string
          readonly name?: string
          readonly isOwn: boolean
          readonly source: string
          /** Of its source */
          readonly asOf: string
        }>
        /** Of the rates that come with Kvit */
        readonly sources: ReadonlyArray<{
          readonly name: string
          readonly url: string
          readonly licence: string
          readonly asOf: string
        }>
      }
    }
    /** List tenants. Scope: `tenants:write`. */
    '/v1/tenants': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly Tenant[]
      }
    }
    /** The networks of payment terminals of the tenant. Scope: `settings:read`. */
    '/v1/terminal-networks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TerminalNetwork[]
      }
    }
    /** A network of payment terminals; of its secrets whether and since when they are set. Scope: `settings:read`. */
    '/v1/terminal-networks/{name}': {
      asks: {
        readonly name: string
        readonly body?: undefined
      }
      answer: TerminalNetwork
    }
    /** What networks of terminals have told of. Scope: `payments:read`. */
    '/v1/terminal-payments': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Of this network */
        readonly network?: string | undefined
        readonly state?: 'pending' | 'paid' | 'refused' | 'cancelling' | 'cancelled' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TerminalPayment[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A payment at a terminal. Scope: `payments:read`. */
    '/v1/terminal-payments/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: TerminalPayment
    }
    /** Payments and cancellations that networks of terminals were refused, each once with how often it came. Scope: `payments:read`. */
    '/v1/terminal-refusals': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this network */
        readonly network?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TerminalRefusal[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Registries of networks of terminals, and how many of their payments differ. Scope: `payments:read`. */
    '/v1/terminal-registries': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this network */
        readonly network?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly TerminalRegistry[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A registry of a network of terminals, with what differs. Scope: `payments:read`. */
    '/v1/terminal-registries/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: WholeTerminalRegistry
    }
    /** Corrections, all or those of one record: its trace. Scope: `usage:read`. */
    '/v1/usage-corrections': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly source?: string | undefined
        readonly id?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly UsageCorrection[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** Missing readings of a regular series: a meter that should report every so many minutes. Scope: `usage:read`. */
    '/v1/usage-gaps': {
      asks: {
        readonly service: string
        /** Readings of this event type alone */
        readonly type?: string | undefined
        readonly from: string
        readonly until: string
        /** How often a meter should report */
        readonly stepMinutes: number
        readonly body?: undefined
      }
      answer: {
        /** Its key */
        readonly service: string
        /** Readings that there should be while the service was there */
        readonly expected: number
        readonly missing: number
        readonly gaps: ReadonlyArray<{
          readonly from: string
          readonly until: string
          readonly missing: number
        }>
      }
    }
    /** Missing readings of all services, of those of an account, or of a customer. Scope: `usage:read`. */
    '/v1/usage-gaps/services': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Readings of this event type alone */
        readonly type?: string | undefined
        readonly from: string
        readonly until: string
        /** How often a meter should report */
        readonly stepMinutes: number
        /** Only services of which readings are missing */
        readonly incomplete?: 'true' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly account: string
          readonly customer: string
          readonly customerName: string
          /** Its key */
          readonly service: string
          /** Readings that there should be while the service was there */
          readonly expected: number
          readonly missing: number
          /** The first hundred */
          readonly gaps: ReadonlyArray<{
            readonly from: string
            readonly until: string
            readonly missing: number
          }>
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** List deliveries of files. Scope: `usage:read`. */
    '/v1/usage-imports': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        /** Only those of this file */
        readonly fingerprint?: string | undefined
        readonly status?: 'open' | 'complete' | 'refused' | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly UsageImport[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A delivery, with its report. Scope: `usage:read`. */
    '/v1/usage-imports/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: UsageImport
    }
    /** What came of usage in the last hour, minute by minute. Scope: `usage:read`. */
    '/v1/usage-minutes': {
      asks: {
        readonly body?: undefined
      }
      answer: UsageMinutes
    }
    /** Usage of all services, of an account or of a customer as CSV: records as they stand, with their charges. Scope: `usage:read`. */
    '/v1/usage-records.csv': {
      asks: {
        /** Of this account: its id or key */
        readonly account?: string | undefined
        /** Of the accounts of this customer: its id or key */
        readonly customer?: string | undefined
        /** Of this service: its id or key */
        readonly service?: string | undefined
        /** Of this event type */
        readonly type?: string | undefined
        /** Records that begin at this time or later */
        readonly from: string
        /** Records that begin before this time, 31 days behind `from` at most */
        readonly until: string
        readonly body?: undefined
      }
    }
    /** Where a record went: its charges and the documents that bill them, its corrections, or why it is in suspense. Scope: `invoices:read`. */
    '/v1/usage-records/explain': {
      asks: {
        readonly source: string
        readonly id: string
        /** Where one name stands for several records */
        readonly time?: string | undefined
        /** The customer's when absent */
        readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
        readonly body?: undefined
      }
      answer: ExplainedRecord
    }
    /** How far the retraction of a file is. Scope: `usage:read`. */
    '/v1/usage-retractions/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: UsageRetraction
    }
    /** List the users of the tenant. Scope: `users:read`. */
    '/v1/users': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of an e-mail address or name */
        readonly text?: string | undefined
        readonly status?: 'active' | 'disabled' | undefined
        /** Only those who have it */
        readonly role?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly User[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A user of the tenant. Scope: `users:read`. */
    '/v1/users/{reference}': {
      asks: {
        /** Id or e-mail address */
        readonly reference: string
        readonly body?: undefined
      }
      answer: User
    }
    /** List batches of vouchers. Scope: `balances:read`. */
    '/v1/voucher-batches': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of a key or name, in any case */
        readonly text?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: ReadonlyArray<{
          readonly id: string
          readonly key: string
          readonly currency: string | null
          readonly content: {
            /** A decimal of the currency, or of the unit */
            readonly amount: string
            readonly unit: string | null
            readonly source: 'paid' | 'bonus'
            readonly validDays: number | null
            readonly priority?: number
          }
          readonly vouchers: number
          readonly expiresAt: string | null
          readonly revokedAt: string | null
          readonly createdAt: string
          readonly redeemed: number
        }>
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** What webhook endpoints were told of, or are to be told of. Scope: `events:read`. */
    '/v1/webhook-deliveries': {
      asks: {
        /** Items on the page */
        readonly limit?: number | undefined
        /** `nextCursor` of the page before */
        readonly cursor?: string | undefined
        /** `previousCursor` of a page: the page before that one */
        readonly before?: string | undefined
        /** What comes first */
        readonly order?: 'oldest' | 'newest' | undefined
        /** Made at this time or later */
        readonly createdFrom?: string | undefined
        /** Made before this time */
        readonly createdUntil?: string | undefined
        /** A part of the type of the event */
        readonly text?: string | undefined
        /** To this endpoint */
        readonly endpoint?: string | undefined
        readonly state?: 'waiting' | 'delivered' | 'failed' | undefined
        /** Of this event */
        readonly event?: string | undefined
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly WebhookDelivery[]
        readonly nextCursor: string | null
        readonly previousCursor: string | null
      }
    }
    /** A delivery to a webhook endpoint, with each request and what was answered. Scope: `events:read`. */
    '/v1/webhook-deliveries/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: WholeWebhookDelivery
    }
    /** Where the tenant is told what happens. Scope: `settings:read`. */
    '/v1/webhook-endpoints': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly items: readonly WebhookEndpoint[]
      }
    }
    /** A webhook endpoint; of its secrets when they were made and when they end. Scope: `settings:read`. */
    '/v1/webhook-endpoints/{endpoint}': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body?: undefined
      }
      answer: WebhookEndpoint
    }
  }
  post: {
    /** Begin to pay: the form of the page. What is to be paid is claimed, and the payer is led to the provider. With the secret of a link, which is the end of the address. */
    '/pay/{token}': {
      asks: {
        readonly token: string
        readonly body: RawBody
      }
    }
    /** Stop such messages: the form of the page, or one click in a program that shows mail (RFC 8058). With the secret of a link, which is the end of the address. */
    '/unsubscribe/{token}': {
      asks: {
        readonly token: string
        readonly body?: undefined
      }
    }
    /** Create: account. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** An id or a key */
          readonly customer: string
          /** An id or a key */
          readonly issuer: string
          readonly currency: string
          readonly zone: string
          readonly cycleUnit?: 'day' | 'week' | 'month' | 'year' | undefined
          readonly cycleCount?: number | undefined
          /** First day of a billing period; the others are counted from it */
          readonly cycleAnchor: string
          readonly termsDays?: number | undefined
          /** Most that it may owe; null lets it owe whatever it uses, as on invoice */
          readonly creditLimit?: string | null | undefined
          /** The account whose shared balances and credit pay first */
          readonly sponsor?: string | null | undefined
          /** Most that may be used of the sponsor in a billing period, by unit; money under "" */
          readonly sponsorCaps?: { readonly [name: string]: string } | undefined
          readonly thresholds?: ReadonlyArray<{
            readonly code: string
            readonly kind: 'low_balance' | 'high_balance' | 'spend' | 'allowance_used'
            /** Money below which a balance is low, or from which it is high or a spend counts; with a unit, units */
            readonly amount?: string | undefined
            readonly unit?: string | undefined
            readonly percent?: number | undefined
            readonly action?: 'notify' | 'block' | 'throttle' | 'top_up' | 'grant' | undefined
            readonly kbps?: number | undefined
            /** Units that crossing it gives */
            readonly grant?: {
              readonly unit: string
              readonly amount: string
              readonly validDays?: number | undefined
            } | undefined
          }> | undefined
          /** Bills usage before its period ends, once it comes to the threshold; with repeats each time in a period */
          readonly progressiveBilling?: {
            readonly threshold: string
            readonly repeats?: boolean | undefined
          } | null | undefined
          /** Whether the tax is in the prices of plans already */
          readonly pricesIncludeTax?: boolean | undefined
          /** How long its bills stay drafts, which late usage joins: P3D, PT36H; null for what the settings of billing say */
          readonly gracePeriod?: string | null | undefined
          readonly brand?: string | null | undefined
          /** subscription, service or metadata.costCentre: each has a document of its own, by an entry of the subscription or else of its service; null bills all on one */
          readonly splitBy?: string | null | undefined
          /** The account whose invoices have its fees and usage, on a page of its own; null bills the account itself */
          readonly billedTo?: string | null | undefined
          /** The first day of a billing period: what begins from then on is billed there; absent is the first one that can be */
          readonly billedToFrom?: string | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Account
    }
    /** Hold the dunning of an account: no step is done until a day, or until it is released; what is blocked stays so. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}/dunning/hold': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          readonly reason: string
          /** The last day; until it is released when absent */
          readonly until?: string | null | undefined
        }
      }
      answer: AccountDunning
    }
    /** Release an account whose dunning is held. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}/dunning/release': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          readonly reason?: string | null | undefined
        }
      }
      answer: AccountDunning
    }
    /** Agree that what is open is paid in equal parts, each due on a day of its own. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}/instalments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** Documents by id or number; all that is open of the account when absent */
          readonly invoices?: readonly string[] | undefined
          /** Who said so */
          readonly promisedBy?: string | null | undefined
          readonly note?: string | null | undefined
          readonly parts: number
          /** When the first part is due */
          readonly firstOn: string
          readonly every?: 'week' | 'month' | undefined
        }
      }
      answer: PaymentPlan
    }
    /** The same for all open items of an account, or to top it up by an amount that the payer chooses. Scope: `payments:write`. */
    '/v1/accounts/{reference}/payment-links': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly for: 'open_items' | 'top_up'
          /** How long it opens; as the settings say when absent */
          readonly openDays?: number | undefined
        }
      }
      answer: {
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
        /** Where the payer pays: it is shown this once */
        readonly url: string
      }
    }
    /** Note that a customer has promised to pay until a day what is open, or a part of it. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}/promises': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** Documents by id or number; all that is open of the account when absent */
          readonly invoices?: readonly string[] | undefined
          /** Who said so */
          readonly promisedBy?: string | null | undefined
          readonly note?: string | null | undefined
          /** The last day on which it is kept */
          readonly until: string
          /** All that is open when absent */
          readonly amount?: string | undefined
        }
      }
      answer: PaymentPlan
    }
    /** Correct a balance by hand, with a reason; above the limit of the settings it waits for approval. Scope: `balances:write`. */
    '/v1/adjustments': {
      asks: {
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly direction: 'credit' | 'debit'
          readonly amount: string
          readonly unit?: string | null | undefined
          readonly source?: 'paid' | 'bonus' | undefined
          readonly reason: string
          /** The lowest goes first */
          readonly priority?: number | undefined
          readonly expiresAt?: string | null | undefined
          /** Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time */
          readonly graceHours?: number | undefined
          /** What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id */
          readonly scope?: {
            readonly meters?: readonly string[] | undefined
            readonly prices?: readonly string[] | undefined
            readonly cells?: readonly string[] | undefined
            readonly subscriptions?: readonly string[] | undefined
          } | null | undefined
          /** Accounts that this account sponsors may use it */
          readonly shared?: boolean | undefined
        }
      }
      answer: Adjustment
    }
    /** Approve an adjustment that waits; another person than the one who asked. Scope: `balances:approve`. */
    '/v1/adjustments/{id}/approve': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Adjustment
    }
    /** Reject an adjustment that waits; another person than the one who asked. Scope: `balances:approve`. */
    '/v1/adjustments/{id}/reject': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Adjustment
    }
    /** Approve what waits; another person than the one who asked. Scope: `balances:approve`. */
    '/v1/approval-requests/{id}/approve': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ApprovalRequest
    }
    /** Reject what waits; another person than the one who asked. Scope: `balances:approve`. */
    '/v1/approval-requests/{id}/reject': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ApprovalRequest
    }
    /** Delete a file that is kept, with a reason: its bytes are gone, and what it was stays known. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/attachments/{id}/deletion': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: Attachment
    }
    /** Move paid money from one account to another. Scope: `balances:write`. */
    '/v1/balance-transfers': {
      asks: {
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly from: string
          /** An id or a key */
          readonly to: string
          readonly amount: string
        }
      }
      answer: {
        readonly key: string
        readonly from: string
        readonly to: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        readonly currency: string
        readonly createdAt: string
      }
    }
    /** An account of an issuer at a bank, whose statements are to be imported. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-accounts': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** An id or a key */
          readonly issuer: string
          /** The key unless set */
          readonly name?: string | undefined
          readonly iban?: string | undefined
          /** Where the bank writes another number than the IBAN: as its files have it */
          readonly number?: string | undefined
          readonly bic?: string | undefined
          readonly currency: string
          readonly csvMapping?: BankCsvMappingInput | undefined
        }
      }
      answer: BankAccount
    }
    /** Look again at all lines that wait, such as after invoices were issued. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-accounts/{reference}/matching': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: BankAccount
    }
    /** Import a file of a bank: camt.052/053/054, MT940, MT942 or CSV. What was imported before, in this file or another one, is not booked again. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-files': {
      asks: {
        /** Of the file, for people */
        readonly name?: string | undefined
        /** Whose statements these are; a CSV file needs it */
        readonly bankAccount?: string | undefined
        readonly body: RawBody
      }
      answer: BankFile
    }
    /** Accept a proposal of a line: the first, or the one of an account. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-lines/{id}/acceptance': {
      asks: {
        readonly id: string
        readonly body: {
          /** An id or a key */
          readonly account?: string | undefined
        }
      }
      answer: BankLine
    }
    /** Say what a line is for: a payment, a fee, a refund, a return, a payment recorded by hand, a payout of a provider, cash of a desk, another line, or nothing of ours. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-lines/{id}/matches': {
      asks: {
        readonly id: string
        readonly body: {
          readonly kind: 'payment'
          /** An id or a key */
          readonly account: string
          /** Ids or numbers, in the order in which they are settled; the oldest first when empty */
          readonly invoices?: readonly string[] | undefined
          /** All that is open of the line unless set: the rest may be for others */
          readonly amount?: string | undefined
        } | {
          readonly kind: 'fee'
        } | {
          readonly kind: 'outside'
          readonly reason: string
        } | {
          readonly kind: 'refund'
          readonly refund: string
        } | {
          readonly kind: 'return'
          /** An id or a key */
          readonly payment: string
        } | {
          readonly kind: 'recorded'
          /** An id or a key */
          readonly payment: string
        } | {
          readonly kind: 'payout'
          readonly payout: string
        } | {
          readonly kind: 'cash'
          /** Cash of a desk that went to the bank */
          readonly movement: string
        } | {
          readonly kind: 'offset'
          readonly line: string
        }
      }
      answer: BankLine
    }
    /** Set a line aside, note that it is to be returned to its sender, or let it wait for a decision again. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-lines/{id}/state': {
      asks: {
        readonly id: string
        readonly body: {
          readonly state: 'set_aside' | 'to_return' | 'waiting'
          readonly note?: string | null | undefined
        }
      }
      answer: BankLine
    }
    /** Take back what a line was for: its money is in suspense again, and payments of it are reversed. Above the limit of the settings it waits for another person: the answer has the request. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-lines/{id}/undo': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: {
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
        readonly approvalRequest?: ApprovalRequest
      }
    }
    /** Bill all accounts until a day; the day is the natural key, and running twice bills nothing twice. Scope: `invoices:write`. */
    '/v1/bill-runs': {
      asks: {
        readonly body: {
          readonly until: string
        }
      }
      answer: BillRun
    }
    /** Block a service, or all services of an account, now or at a later time; several blocks stand side by side. Scope: `blocks:write`. Takes an `Idempotency-Key` header. */
    '/v1/blocks': {
      asks: {
        readonly body: {
          /** The caller’s own identifier: the same key never places a second block */
          readonly key: string
          /** One service, by its id or key; either it or `account` */
          readonly service?: string | undefined
          /** Every service of an account, also those that it gets later */
          readonly account?: string | undefined
          /** Payment lifts the two of dunning; `fraud` and `admin` need the scope `blocks:admin` */
          readonly reason: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'
          /** What is barred: `outgoing` of `dunning_soft`, `all` of the others unless set */
          readonly scope?: 'outgoing' | 'incoming' | 'data' | 'all' | undefined
          /** Slows down to so many kilobits per second, and bars nothing; null bars */
          readonly kbps?: number | null | undefined
          /** For people */
          readonly note?: string | null | undefined
          /** Now unless set */
          readonly from?: string | undefined
          /** Until it is lifted unless set */
          readonly until?: string | null | undefined
        }
      }
      answer: ServiceBlock
    }
    /** Lift a block before its end; what other blocks bar stays barred. Scope: `blocks:write`. Takes an `Idempotency-Key` header. */
    '/v1/blocks/{id}/lift': {
      asks: {
        readonly id: string
        readonly body: {
          /** Why, for people */
          readonly note?: string | null | undefined
        }
      }
      answer: ServiceBlock
    }
    /** Begin the books of an issuer: with its first period, and with what was posted before as the opening entry. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/books': {
      asks: {
        readonly body: {
          /** An id or a key */
          readonly issuer: string
          /** Of the books; documents may be in others */
          readonly currency: string
          /** Of the days of its periods */
          readonly zone?: string | undefined
          /** The first day of the first period */
          readonly opensOn: string
          readonly policies?: BooksPoliciesInput | undefined
          /** `plain`: a chart of four digits with a rule for every account */
          readonly chart?: 'plain' | 'none' | undefined
        }
      }
      answer: Books
    }
    /** Add accounts and rules, or change those that are there; of rules that hold the most specific wins. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/books/{issuer}/chart': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly body: {
          readonly accounts?: readonly GlAccountInput[] | undefined
          readonly rules?: readonly GlRuleInput[] | undefined
        }
      }
      answer: {
        readonly accounts: readonly GlAccount[]
        readonly rules: readonly GlRule[]
        /** Accounts of Kvit for which no rule holds whatever they are kept by */
        readonly unmapped: readonly string[]
      }
    }
    /** Close a period that has ended: a job computes what is deferred and unbilled, writes its lines and locks it. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/books/{issuer}/periods/{from}/close': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** Its first day */
        readonly from: string
        readonly body: { readonly [name: string]: never }
      }
      answer: {
        readonly items: readonly AccountingPeriod[]
      }
    }
    /** Open the last closed period again, with a reason; what it was closed with stays as an earlier generation. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/books/{issuer}/periods/{from}/reopen': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        /** Its first day */
        readonly from: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: {
        readonly items: readonly AccountingPeriod[]
      }
    }
    /** Keep a logo, a PNG or an SVG of shapes; brands name it by the hash that is answered. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/brand-images': {
      asks: {
        readonly body: RawBody
      }
      answer: BrandImage
    }
    /** A sample document as a brand would make it look; nothing is kept. Scope: `settings:read`. */
    '/v1/brand-previews': {
      asks: {
        readonly body: {
          readonly content: BrandContentInput
          readonly kind?: 'invoice' | 'credit_note' | 'debit_note' | undefined
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
        }
      }
    }
    /** Say what came of a call. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/call-tasks/{id}/outcome': {
      asks: {
        readonly id: string
        readonly body: {
          readonly outcome: 'promised' | 'refused' | 'disputes' | 'not_reached' | 'wrong_number' | 'other'
          readonly note?: string | null | undefined
        }
      }
      answer: CallTask
    }
    /** Mail that came back or was complained about: its address is not written to again, or gets only what is mandatory. Signed with the secret of the tenant’s settings: `webhook-signature`. */
    '/v1/callbacks/{tenant}/mail-bounces': {
      asks: {
        readonly tenant: string
        readonly body: {
          /** Mail came back, or whoever got it calls it unwanted */
          readonly type: 'bounce' | 'complaint'
          /** The `Message-ID` of the mail, with or without its brackets */
          readonly messageId: string
          /** Of a bounce: false where it may come later */
          readonly isPermanent?: boolean | undefined
          /** What the other server said */
          readonly said?: string | undefined
        }
      }
      answer: {
        /** How many messages this was about: none that is not known */
        readonly messages: number
      }
    }
    /** A receipt of a channel, signed as its provider signs: its message was delivered, or failed and the next way begins. Signed with the secret of the tenant’s settings: `x-twilio-signature`. */
    '/v1/callbacks/{tenant}/notification-channels/{channel}': {
      asks: {
        readonly tenant: string
        /** Those that send receipts by HTTP: `sms-http` and `voice` */
        readonly channel: 'mail' | 'smpp' | 'sms-http' | 'web-push' | 'telegram' | 'fcm' | 'voice'
        readonly body: RawBody
      }
      answer: {
        /** How many messages this was about: none that is not known, or still on the way */
        readonly messages: number
      }
    }
    /** A callback of a payment provider, signed as the provider signs: the gateway is asked what has become of what it is about. Signed with the secret of the tenant’s settings: `stripe-signature`. */
    '/v1/callbacks/{tenant}/payment-gateways/{gateway}': {
      asks: {
        readonly tenant: string
        readonly gateway: string
        /** Of providers that sign nothing: what it is about */
        readonly key?: string | undefined
        /** Of the key, as it was given to the provider */
        readonly signature?: string | undefined
        readonly body: unknown
      }
      answer: {
        /** How many payments the gateway is asked about */
        readonly asked: number
      } | { readonly [name: string]: string | number }
    }
    /** A payment that a bank, a till or another system tells of, as POST /v1/payments records it. Signed with the secret of the tenant’s settings: `webhook-signature`. */
    '/v1/callbacks/{tenant}/payment-notices': {
      asks: {
        readonly tenant: string
        readonly body: {
          readonly type: 'payment.received'
          /** When it was sent */
          readonly timestamp?: string | undefined
          readonly data: {
            /** The sender’s own id of the payment: it is recorded once */
            readonly key: string
            readonly account: string
            readonly currency: string
            readonly amount: string
            /** The day of the message when absent */
            readonly receivedOn?: string | undefined
            /** What the payer wrote */
            readonly reference?: string | null | undefined
          }
        }
      }
      answer: {
        /** Of the payment */
        readonly id: string
        readonly key: string
      }
    }
    /** A callback of the access point of Peppol: it is asked what has become of the document that it is about. Signed with the secret of the tenant’s settings: `webhook-signature`. */
    '/v1/callbacks/{tenant}/peppol': {
      asks: {
        readonly tenant: string
        readonly body: unknown
      }
      answer: {
        /** How many documents the access point is asked about */
        readonly asked: number
      }
    }
    /** What a payment terminal asks in a form or in JSON: command=check, pay, status or cancel; answered in XML or JSON. Signed with the secret of the tenant’s settings: `authorization`. */
    '/v1/callbacks/{tenant}/terminals/{network}': {
      asks: {
        readonly tenant: string
        readonly network: string
        readonly body: RawBody
      }
    }
    /** Put cash into a drawer or a safe, take it out, or take it to the bank; nothing is paid by it. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/cash-desks/{key}/movements': {
      asks: {
        readonly key: string
        readonly body: {
          readonly key: string
          /** `in` and `out` are between drawer and safe, `added` and `spent` of the drawer, `safe_in` and `safe_out` of the safe, from and to other books */
          readonly kind: 'in' | 'out' | 'added' | 'spent' | 'safe_in' | 'safe_out' | 'to_bank' | 'from_bank'
          readonly amount: string
          readonly reason: string
        }
      }
      answer: CashMovement
    }
    /** Take cash of somebody at a desk: a payment, or a top-up for accounts with balances, with the next number of the desk; a key has one effect. Scope: `payments:write`. */
    '/v1/cash-desks/{key}/receipts': {
      asks: {
        readonly key: string
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly account: string
          /** What is open of the document unless set */
          readonly amount?: string | undefined
          /** The document that it is for first, by id or number; otherwise what is due first */
          readonly invoice?: string | undefined
          /** What the payer gives: the answer has the change */
          readonly tendered?: string | undefined
          readonly note?: string | undefined
        }
      }
      answer: CashReceipt
    }
    /** Begin a shift with a float, which goes from the safe into the drawer; one at a desk and one of a person at a time. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/cash-desks/{key}/shift': {
      asks: {
        readonly key: string
        readonly body: {
          readonly float?: string | undefined
        }
      }
      answer: CashShift
    }
    /** End the shift of a desk: what was counted, over or short is booked, and goes into the safe; the answer is the Z report. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/cash-desks/{key}/shift/close': {
      asks: {
        readonly key: string
        readonly body: {
          readonly counted: string
          /** Coins and notes as they were counted; they come to what was counted */
          readonly denominations?: ReadonlyArray<{
            readonly value: string
            readonly count: number
          }> | null | undefined
        }
      }
      answer: CashReport
    }
    /** Cancel a receipt of the shift that is open by another one, and give the cash back. Above the limit of reversals it waits for another person: the answer has the request. Scope: `payments:write`. */
    '/v1/cash-receipts/{reference}/cancel': {
      asks: {
        /** An id, a key, or its number: front-000017 */
        readonly reference: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: {
        readonly receipt: CashReceipt | null
        readonly approvalRequest: ApprovalRequest | null
      }
    }
    /** Validate and publish plan files. Scope: `catalog:write`. Takes an `Idempotency-Key` header. */
    '/v1/catalog': {
      asks: {
        readonly body: {
          readonly files: ReadonlyArray<{
            readonly name: string
            readonly text: string
          }>
          readonly dryRun?: boolean | undefined
          /** When new subscriptions begin to get these versions; until then they get the ones before */
          readonly availableFrom?: string | undefined
        }
      }
      answer: {
        readonly changes: ReadonlyArray<{
          readonly kind: 'meter' | 'schedule' | 'plan'
          readonly code: string
          /** `metadata`: that of the version that is there */
          readonly change: 'new' | 'new_version' | 'metadata' | 'unchanged'
          readonly version?: number
          /** From the version before, a line each */
          readonly differences: readonly string[]
        }>
        /** False for a dry run */
        readonly published: boolean
      }
    }
    /** One request of a gateway: event, refund, start, update or end; what is refused is answered, not an error. Scope: `charging:write`. */
    '/v1/charging': {
      asks: {
        readonly body: ChargingRequestInput
      }
      answer: ChargingAnswer
    }
    /** Advice of charge: what this event would cost, and how much of it the account could use; nothing is charged. Scope: `charging:write`. */
    '/v1/charging/advice': {
      asks: {
        readonly body: {
          readonly op?: 'event' | undefined
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
        }
      }
      answer: {
        readonly result: 'advice' | 'refused'
        /** A stable code */
        readonly reason?: string
        readonly detail?: string
        /** A decimal of the currency, exact */
        readonly cost?: string
        readonly currency?: string
        readonly isCovered?: boolean
        /** By property: the most that could be used at the rate of that time; null where nothing limits it */
        readonly most?: { readonly [name: string]: string | null }
        readonly rateHoldsUntil?: string
      }
    }
    /** Requests as NDJSON lines, decided in order; an answer for each, in the same order. Scope: `charging:write`. */
    '/v1/charging/batch': {
      asks: {
        readonly body: RawBody
      }
      answer: {
        readonly answers: readonly ChargingAnswer[]
      }
    }
    /** Charge usage that comes as CloudEvents 1.0: binary (`ce-` headers, the body is the data), structured or batched. The same event again is harmless.. Scope: `usage:write`. */
    '/v1/cloudevents': {
      asks: {
        readonly body: RawBody
      }
      answer: {
        readonly received: number
        readonly charged: number
        readonly suspended: number
        readonly duplicates: number
        readonly firstSuspended: ReadonlyArray<{
          readonly index: number
          readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
          readonly detail: string
        }>
        /** Of the duplicates, those that are not charged: they wait in suspense, under this id and for this reason */
        readonly firstWaiting: ReadonlyArray<{
          readonly index: number
          readonly id: string
          readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
          readonly detail: string
        }>
      }
    }
    /** Apply a coupon to a customer, an account or a subscription. Scope: `discounts:write`. Takes an `Idempotency-Key` header. */
    '/v1/coupon-redemptions': {
      asks: {
        readonly body: {
          readonly key: string
          /** The coupon's code, or one of its batches */
          readonly code: string
          /** An id or a key */
          readonly customer?: string | undefined
          /** An id or a key */
          readonly account?: string | undefined
          /** An id or a key */
          readonly subscription?: string | undefined
          /** Only what falls due from this day on; of what is billed from now on everything unless set */
          readonly from?: string | undefined
        }
      }
      answer: Redemption
    }
    /** Take a discount away from a day on, or as if it had never been. Scope: `discounts:write`. Takes an `Idempotency-Key` header. */
    '/v1/coupon-redemptions/{reference}/removal': {
      asks: {
        readonly reference: string
        readonly body: {
          /** What falls due from this day on is not discounted any more; tomorrow unless set */
          readonly from?: string | undefined
          /** As if it had never been: what it gave is billed again */
          readonly entirely?: boolean | undefined
        }
      }
      answer: Redemption
    }
    /** Make a coupon, or a discount that needs none; what it says never changes. Scope: `discounts:write`. Takes an `Idempotency-Key` header. */
    '/v1/coupons': {
      asks: {
        readonly body: {
          readonly code: string
          /** Shown on documents */
          readonly name: string
          /** Of its amounts; a coupon without amounts needs none */
          readonly currency?: string | null | undefined
          readonly value: {
            readonly kind: 'percent'
            readonly percent: string
          } | {
            readonly kind: 'fixed'
            readonly amount: string
            readonly carryOver?: boolean | undefined
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
          readonly duration?: {
            readonly kind: 'once'
          } | {
            readonly kind: 'forever'
          } | {
            readonly kind: 'bills'
            readonly count: number
          } | undefined
          readonly targets?: {
            readonly plans?: readonly string[] | undefined
            readonly prices?: readonly string[] | undefined
            readonly kinds?: ReadonlyArray<'recurring' | 'one_off' | 'usage' | 'commitment'> | undefined
          } | undefined
          /** A bundle: plans that it needs all of */
          readonly requires?: readonly string[] | undefined
          /** What its targets on a bill come to, at least */
          readonly minimum?: string | null | undefined
          /** The lowest comes first */
          readonly priority?: number | undefined
          /** Alone on the bills on which it gives something */
          readonly exclusive?: boolean | undefined
          /** Of a group only the one that gives most */
          readonly bestOf?: string | null | undefined
          /** In force for every account, without redemption */
          readonly automatic?: boolean | undefined
          /** Redeemed with the codes of its batches alone, not with its own */
          readonly byBatch?: boolean | undefined
          readonly maxRedemptions?: number | null | undefined
          readonly maxPerCustomer?: number | null | undefined
          readonly validFrom?: string | null | undefined
          /** The first day on which it is not */
          readonly validUntil?: string | null | undefined
        }
      }
      answer: Coupon
    }
    /** No further redemptions; those that are there go on. An automatic discount ends. Scope: `discounts:write`. Takes an `Idempotency-Key` header. */
    '/v1/coupons/{code}/archive': {
      asks: {
        readonly code: string
        readonly body?: undefined
      }
      answer: Coupon
    }
    /** Make codes of a coupon, each for one redemption; they are shown this once. Scope: `discounts:write`. Takes an `Idempotency-Key` header. */
    '/v1/coupons/{code}/codes': {
      asks: {
        readonly code: string
        readonly body: {
          readonly count: number
        }
      }
      answer: {
        /** They stand here and nowhere else */
        readonly codes: readonly string[]
      }
    }
    /** Create many from CSV. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customer-imports': {
      asks: {
        readonly body: {
          readonly csv: string
        }
      }
      answer: {
        readonly rows: number
        readonly created: { readonly [name: string]: number }
        /** Things whose key existed; they stay as they are */
        readonly existing: number
        readonly errors: ReadonlyArray<{
          readonly row: number
          readonly message: string
        }>
      }
    }
    /** Create: customer. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          readonly name: string
          readonly email?: string | null | undefined
          readonly address?: string | null | undefined
          readonly taxId?: string | null | undefined
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
          /** Which taxes there are depends on it: needed where the issuer is registered for tax */
          readonly kind?: 'business' | 'consumer' | 'public_body' | null | undefined
          /** An address in its parts: its country, and in some countries its region, says which tax is due */
          readonly postalAddress?: {
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly county?: string | undefined
            readonly city?: string | undefined
            readonly postcode?: string | undefined
            /** Street, house and so on */
            readonly lines?: readonly string[] | undefined
          } | null | undefined
          /** Form and check digits are looked at: FR40303265045 */
          readonly taxIds?: readonly string[] | undefined
          /** That say it is exempt in a country, with their days */
          readonly certificates?: ReadonlyArray<{
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly number: string
            readonly reason: string
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          }> | undefined
          /** Where a consumer is, beside the address: two pieces that agree are needed abroad */
          readonly evidence?: ReadonlyArray<{
            readonly kind: 'ip' | 'card' | 'sim' | 'landline' | 'other'
            /** ISO 3166-1: DE */
            readonly country: string
          }> | undefined
          /** The reference that the customer wants on its documents */
          readonly purchaseOrder?: string | null | undefined
          /** Where e-invoices go: the code of the list (EAS) and the address in it */
          readonly electronicAddress?: {
            readonly scheme: string
            readonly id: string
          } | null | undefined
          /** Its documents are issued only once they are e-invoices by this; null where it asks for none */
          readonly einvoice?: {
            readonly specification: 'en16931' | 'xrechnung' | 'peppol'
            /** Of a public buyer in Germany: 992-90009-96 */
            readonly leitwegId?: string | undefined
            /** What else it wants as its reference on e-invoices (BT-10) */
            readonly buyerReference?: string | undefined
          } | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Customer
    }
    /** Keep a file with a customer: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly name: string
        readonly body: RawBody
      }
      answer: Attachment
    }
    /** Name somebody at a customer, with what they are there. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/contacts': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          readonly name: string
          /** Null is told nothing by e-mail */
          readonly email?: string | null | undefined
          /** For SMS and voice */
          readonly phone?: string | null | undefined
          /** Of channels that have neither: the token of push, an id of a messenger */
          readonly addresses?: {
            readonly push?: string | undefined
            readonly messenger?: string | undefined
          } | undefined
          /** Null is that of the customer */
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | null | undefined
          /** Null is that of the account that something is about */
          readonly zone?: string | null | undefined
          /** What the contact is told of: what is to be paid, what works and what does not, the contract */
          readonly roles: ReadonlyArray<'payer' | 'technical' | 'owner'>
          /** With quietUntil: own quiet hours; null are those of the settings */
          readonly quietFrom?: string | null | undefined
          readonly quietUntil?: string | null | undefined
        }
      }
      answer: Contact
    }
    /** Erase what need not be known of a customer any longer; documents stay. Says what went, what stays and why. Scope: `customers:erase`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/erasure': {
      asks: {
        /** The id or the key of a customer */
        readonly reference: string
        readonly body: {
          /** Say what would be erased, and change nothing */
          readonly dryRun?: boolean | undefined
        }
      }
      answer: ErasureReport
    }
    /** Note what somebody wants to be told of, or does not; mandatory kinds are sent all the same. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/notice-preferences': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** The id of a contact; the customer itself where it is absent */
        readonly contact?: string | undefined
        readonly body: {
          /** `*` is all */
          readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news' | '*'
          /** `*` is all */
          readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | '*'
          /** Null takes back what was said */
          readonly isWanted: boolean | null
        }
      }
      answer: NoticePreferences
    }
    /** Ask VIES whether the tax ids of a customer were given to anybody, and keep its answers as proof. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/tax-id-checks': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** One of them; all when absent */
          readonly taxId?: string | undefined
          /** Who asks: VIES gives a number, as proof, to who says that */
          readonly issuer?: string | undefined
        }
      }
      answer: {
        readonly items: readonly TaxIdCheck[]
      }
    }
    /** Try a delivery once more that has failed, or of which nobody knows whether it was sent. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/deliveries/{id}/retry': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Delivery
    }
    /** Take security of a customer, apply it to a document, or release it; it has no tax and is no revenue. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/deposit-entries': {
      asks: {
        readonly body: {
          readonly kind: 'taken'
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly reason: string
          readonly amount: string
          readonly method: 'bank' | 'cash'
        } | {
          readonly kind: 'released'
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly reason: string
          readonly amount: string
          readonly method: 'bank' | 'cash'
        } | {
          readonly kind: 'applied'
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly reason: string
          /** An id or a number */
          readonly invoice: string
          /** All that is held unless set, at most what is open */
          readonly amount?: string | undefined
        }
      }
      answer: DepositEntry
    }
    /** Accept a dispute, or a part of it, by a credit note; the rest is owed. Above the limit of credit notes it waits for another person. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/disputes/{reference}/accept': {
      asks: {
        /** The id or key of a dispute */
        readonly reference: string
        readonly body: {
          /** Of what is disputed; all of it when absent. The rest is owed */
          readonly lines?: ReadonlyArray<{
            /** Its position on the document */
            readonly line: number
            /** As the document has it; all that is left when absent */
            readonly amount?: string | undefined
            /** Units of it */
            readonly quantity?: string | undefined
          }> | undefined
          /** What becomes of what is not open of the document, as with credit notes */
          readonly money?: 'open_invoices' | 'balance' | 'refund' | undefined
          /** Printed as the reason */
          readonly text?: string | undefined
        }
      }
      answer: Dispute
    }
    /** Keep a file with a dispute: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/disputes/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly name: string
        readonly body: RawBody
      }
      answer: Attachment
    }
    /** Reject a dispute, with a reason: what was disputed is owed. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/disputes/{reference}/reject': {
      asks: {
        /** The id or key of a dispute */
        readonly reference: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: Dispute
    }
    /** Note that a customer disputes no longer: what was disputed is owed. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/disputes/{reference}/withdraw': {
      asks: {
        /** The id or key of a dispute */
        readonly reference: string
        readonly body: {
          readonly reason?: string | undefined
        }
      }
      answer: Dispute
    }
    /** Approve of a draft for the amount that it has; what nothing else keeps is issued at once. Scope: `invoices:approve`. Takes an `Idempotency-Key` header. */
    '/v1/drafts/{reference}/approval': {
      asks: {
        /** An id, the key of an account that has one draft, or the key of a one-off invoice */
        readonly reference: string
        readonly body: {
          /** The amount that was seen: a draft that comes to another one now is not approved */
          readonly total: string
          readonly note?: string | null | undefined
        }
      }
      answer: DraftInvoice
    }
    /** Issue a draft now, although its grace period has not ended, or since it was asked for as a draft. Scope: `invoices:write`. */
    '/v1/drafts/{reference}/issue': {
      asks: {
        /** An id, the key of an account that has one draft, or the key of a one-off invoice */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        /** Ids of the invoices */
        readonly documents: readonly string[]
      }
    }
    /** Hand over to somebody who collects the accounts whose policy says so: a file with what is open of them now. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/dunning-hand-overs': {
      asks: {
        readonly body: {
          /** The caller’s own identifier: the same key again is the same file */
          readonly key?: string | undefined
          /** Whom they are handed to */
          readonly recipient?: string | null | undefined
        }
      }
      answer: DunningHandOver
    }
    /** Put a dunning policy in force, or keep it as a draft: a version of its key; one that says the same is the last one. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/dunning-policies': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** Kept to be previewed: no run begins by it */
          readonly draft?: boolean | undefined
          readonly policy: {
            /** The first policy that an account fits holds, the least number first */
            readonly order?: number | undefined
            /** Whom it is for; all that is said must hold, and what is not said is not asked about */
            readonly segment?: {
              /** `unknown` is a customer of whom nobody said what they are */
              readonly customerKinds?: ReadonlyArray<'consumer' | 'business' | 'public_body' | 'unknown'> | undefined
              /** Keys of issuers */
              readonly issuers?: readonly string[] | undefined
              readonly currencies?: readonly string[] | undefined
              /** Entries of the account, or else of its customer: {"tier": ["gold", "vip"]} */
              readonly metadata?: { readonly [name: string]: readonly string[] } | undefined
            } | undefined
            readonly calendar?: {
              /** Free days of the week, Monday is 1 */
              readonly weekend?: readonly number[] | undefined
              readonly holidays?: readonly string[] | undefined
            } | undefined
            /** Nobody is asked for so much or less: {"EUR": "1.00"} */
            readonly grace?: { readonly [name: string]: string } | undefined
            /** Days between two steps, at least */
            readonly gapDays?: number | undefined
            /** A run whose debt comes back within so many days continues where it stood */
            readonly reopenDays?: number | undefined
            /** Whether blocks stay during a promise or instalments */
            readonly blockDuringPlans?: boolean | undefined
            /** False: nobody is blocked or ended whom no reminder could be sent to, and nobody was asked to call */
            readonly blockUntold?: boolean | undefined
            readonly steps: ReadonlyArray<{
              /** What was done under this name is not done again in a run */
              readonly id: string
              readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
              /** Days overdue from which on it is done */
              readonly afterDays: number
              /** How those days are counted */
              readonly days?: 'calendar' | 'working' | undefined
              /** Whether it waits for a working day */
              readonly onlyWorkingDays?: boolean | undefined
              /** Days behind the step before, at least; null for those of the policy, 0 for the same day */
              readonly gapDays?: number | null | undefined
              /** It is passed over as long as less is to be asked for: {"EUR": "20.00"} */
              readonly minAmount?: { readonly [name: string]: string } | undefined
              /** Only where the oldest document is overdue for so long */
              readonly oldestDays?: {
                readonly atLeast?: number | null | undefined
                readonly atMost?: number | null | undefined
              } | undefined
              /** Only where there were so many runs before: {"atLeast": 1} for those who were late before */
              readonly earlierRuns?: {
                readonly atLeast?: number | null | undefined
                readonly atMost?: number | null | undefined
              } | undefined
              /** What a person who calls says */
              readonly script?: string | null | undefined
              /** Which one is sent: its template */
              readonly reminder?: 'first' | 'second' | 'final' | undefined
            }>
          }
        }
      }
      answer: DunningPolicy
    }
    /** Withdraw a dunning policy: no run begins by it any more, and those that go on do. Scope: `dunning:write`. Takes an `Idempotency-Key` header. */
    '/v1/dunning-policies/{key}/withdraw': {
      asks: {
        /** Of a policy */
        readonly key: string
        readonly body: { readonly [name: string]: never }
      }
      answer: DunningPolicy
    }
    /** Do now the steps that are due, account by account; a step is never done twice in a run. Scope: `dunning:write`. */
    '/v1/dunning-runs': {
      asks: {
        readonly body: {
          /** All accounts, by pages, when absent */
          readonly account?: string | undefined
          /** `next` of the page before */
          readonly after?: string | undefined
        }
      }
      answer: DunningOutcome
    }
    /** Name a part of the network that is told of the states of services: by signed webhooks, or by RADIUS. Scope: `settings:write`. */
    '/v1/enforcement-targets': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** Of a webhook; either it or `radius` */
          readonly url?: string | undefined
          /** A network access server that takes CoA-Request and Disconnect-Request (RFC 5176) */
          readonly radius?: {
            /** Its name or address */
            readonly host: string
            readonly port?: number | undefined
            /** By what it finds the sessions of a service */
            readonly identify?: ReadonlyArray<{
              /** Its name, such as `Filter-Id` */
              readonly attribute: string
              /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
              readonly value: string
            } | {
              /** The enterprise number, such as 14988 */
              readonly vendor: number
              readonly type: number
              readonly format?: 'text' | 'integer' | undefined
              /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
              readonly value: string
            }> | undefined
            /** What is sent for a state: a CoA-Request, a Disconnect-Request, or nothing */
            readonly states?: {
              readonly open?: {
                readonly request: 'coa' | 'disconnect'
                readonly attributes?: ReadonlyArray<{
                  /** Its name, such as `Filter-Id` */
                  readonly attribute: string
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                } | {
                  /** The enterprise number, such as 14988 */
                  readonly vendor: number
                  readonly type: number
                  readonly format?: 'text' | 'integer' | undefined
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                }> | undefined
              } | null | undefined
              readonly throttled?: {
                readonly request: 'coa' | 'disconnect'
                readonly attributes?: ReadonlyArray<{
                  /** Its name, such as `Filter-Id` */
                  readonly attribute: string
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                } | {
                  /** The enterprise number, such as 14988 */
                  readonly vendor: number
                  readonly type: number
                  readonly format?: 'text' | 'integer' | undefined
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                }> | undefined
              } | null | undefined
              readonly restricted?: {
                readonly request: 'coa' | 'disconnect'
                readonly attributes?: ReadonlyArray<{
                  /** Its name, such as `Filter-Id` */
                  readonly attribute: string
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                } | {
                  /** The enterprise number, such as 14988 */
                  readonly vendor: number
                  readonly type: number
                  readonly format?: 'text' | 'integer' | undefined
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                }> | undefined
              } | null | undefined
              readonly blocked?: {
                readonly request: 'coa' | 'disconnect'
                readonly attributes?: ReadonlyArray<{
                  /** Its name, such as `Filter-Id` */
                  readonly attribute: string
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                } | {
                  /** The enterprise number, such as 14988 */
                  readonly vendor: number
                  readonly type: number
                  readonly format?: 'text' | 'integer' | undefined
                  /** `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in */
                  readonly value: string
                }> | undefined
              } | null | undefined
            } | undefined
          } | undefined
          /** What it shares with Kvit. Of a webhook `whsec_` and base64, made by Kvit unless set */
          readonly secret?: string | undefined
          readonly isOn?: boolean | undefined
          /** What restricts a service is told again after so many hours; null once */
          readonly repeatHours?: number | null | undefined
        }
      }
      answer: {
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
        /** Of a webhook whose secret Kvit has made: it is shown this once */
        readonly secret: string | null
      }
    }
    /** Compare what the network really does with what it is to do; it is told once more of what differs. Scope: `blocks:write`. Takes an `Idempotency-Key` header. */
    '/v1/enforcement-targets/{target}/observed-states': {
      asks: {
        /** The id or key of a target */
        readonly target: string
        readonly body: {
          readonly states: ReadonlyArray<{
            /** An id or a key */
            readonly service: string
            /** Kinds of use that are barred there */
            readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
            readonly kbps?: number | null | undefined
          }>
        }
      }
      answer: {
        readonly compared: number
        /** Services that there are not */
        readonly unknown: readonly string[]
        /** The target is told of these once more */
        readonly differences: ReadonlyArray<{
          readonly service: string
          readonly wished: {
            readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
            readonly kbps: number | null
          }
          readonly observed: {
            readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
            readonly kbps: number | null
          }
        }>
      }
    }
    /** Tell a target once more of all services that are not open, or of one, also what was given up. Scope: `blocks:write`. Takes an `Idempotency-Key` header. */
    '/v1/enforcement-targets/{target}/resend': {
      asks: {
        /** The id or key of a target */
        readonly target: string
        readonly body: {
          /** This service alone */
          readonly service?: string | undefined
        }
      }
      answer: {
        /** How many services the target is told of once more */
        readonly services: number
      }
    }
    /** Add exchange rates: so much of a currency for one of another on a day. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/exchange-rates': {
      asks: {
        readonly body: {
          /** Where they are from */
          readonly source: string
          readonly rates: ReadonlyArray<{
            readonly day: string
            readonly base: string
            readonly currency: string
            readonly rate: string
          }>
        }
      }
      answer: {
        readonly added: number
        /** Rates that were there as they are */
        readonly known: number
      }
    }
    /** Add the reference rates of a file of the European Central Bank (eurofxref-hist.csv). Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/exchange-rates/ecb': {
      asks: {
        /** Of this day or later */
        readonly from?: string | undefined
        readonly body: RawBody
      }
      answer: {
        readonly added: number
        /** Rates that were there as they are */
        readonly known: number
      }
    }
    /** Accept an invitation: with a new password, or with that of the account that there is. With the secret of a link: `Authorization: Link …`. */
    '/v1/invitation/accept': {
      asks: {
        readonly body: {
          readonly password: string
          /** Of the authenticator, where the account has one */
          readonly code?: string | undefined
          /** In place of a code; each opens once */
          readonly recoveryCode?: string | undefined
          /** Of a new account */
          readonly name?: string | undefined
        }
      }
      answer: {
        readonly email: string
        readonly tenant: string
        readonly roles: readonly string[]
      }
    }
    /** Put a draft on hold, or all documents of an account, until a time or until it is released. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoice-holds': {
      asks: {
        readonly body: {
          /** An id or a key */
          readonly account?: string | undefined
          /** An id or a key */
          readonly draft?: string | undefined
          readonly reason: string
          readonly until?: string | null | undefined
        }
      }
      answer: InvoiceHold
    }
    /** Release a hold; what nothing else keeps is issued at once. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoice-holds/{id}/release': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: InvoiceHold
    }
    /** Keep a file with a document: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/attachments': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly name: string
        /** Whether it goes out with the document, inside its e-invoice: PDF, PNG, JPEG, CSV, XLSX or ODS */
        readonly enclosed?: boolean | undefined
        readonly body: RawBody
      }
      answer: Attachment
    }
    /** Credit an issued document: all that is left of it, lines, or an amount; never more than is left of a line. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/credit-notes': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          readonly reason: 'goodwill' | 'billing_error' | 'returned' | 'duplicate' | 'disputed' | 'other'
          /** Printed as the reason; the words of the reason, in the language of the customer, when absent */
          readonly text?: string | undefined
          /** With tax; spread over the lines in proportion to what is left of them */
          readonly amount?: string | undefined
          readonly lines?: ReadonlyArray<{
            /** Its position on the document. What lowers it comes back with it */
            readonly line: number
            /** As the document has it: with tax where its prices include it. All that is left when absent */
            readonly amount?: string | undefined
            /** Units that come back, with the levies on them */
            readonly quantity?: string | undefined
          }> | undefined
          /** What is open of the document is lowered first. The rest settles what else is open, the oldest first; stays the credit of the customer; or is to be paid back */
          readonly money?: 'open_invoices' | 'balance' | 'refund' | undefined
          /** Only tell what would be issued */
          readonly dryRun?: boolean | undefined
        }
      }
      answer: RequestedNote
    }
    /** Charge more by a debit note that names an issued document; it is taxed as bills are. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/debit-notes': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          readonly reason: 'goodwill' | 'billing_error' | 'returned' | 'duplicate' | 'disputed' | 'other'
          /** Printed as the reason; the words of the reason, in the language of the customer, when absent */
          readonly text?: string | undefined
          readonly lines: ReadonlyArray<{
            readonly description: string
            readonly quantity?: string | undefined
            /** Such as h or piece */
            readonly unit?: string | undefined
            /** With tax where the account has prices that include it */
            readonly unitPrice: string
            readonly discountPercent?: string | null | undefined
            readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            /** What its revenue is kept by */
            readonly product?: string | undefined
            /** First day of the supply; the day of the request unless set */
            readonly from?: string | undefined
            /** The day after the last one; one day unless set */
            readonly until?: string | undefined
          }>
          /** Only tell what would be issued */
          readonly dryRun?: boolean | undefined
        }
      }
      answer: RequestedNote
    }
    /** Send a document to its customer, by e-mail, into a folder or through Peppol; once by each, unless another key is given. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/deliveries': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          readonly transport: 'email' | 'folder' | 'peppol'
          /** As the customer wants it when absent; through Peppol it is always `ubl` */
          readonly formats?: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'> | undefined
          /** Another address of e-mail than that of the customer */
          readonly to?: string | undefined
          /** To send it once more by the same transport; the transport when absent */
          readonly key?: string | undefined
        }
      }
      answer: Delivery
    }
    /** Note that a customer disputes lines of a document: what is disputed may not be asked for until it is decided. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/disputes': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** wrong_amount, wrong_usage, not_delivered, quality, not_ordered, duplicate, tax, other, or one of the settings `disputes` */
          readonly reason: string
          /** In the words of the customer */
          readonly text?: string | undefined
          /** All that is left of the document when absent */
          readonly lines?: ReadonlyArray<{
            /** Its position on the document */
            readonly line: number
            /** As the document has it; all that is left when absent */
            readonly amount?: string | undefined
            /** Units of it */
            readonly quantity?: string | undefined
          }> | undefined
        }
      }
      answer: Dispute
    }
    /** Make a link by which whoever has it can pay a document in a browser. Its address is answered this once, and kept nowhere. Scope: `payments:write`. */
    '/v1/invoices/{reference}/payment-links': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** How long it opens; as the settings say when absent */
          readonly openDays?: number | undefined
        }
      }
      answer: {
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
        /** Where the payer pays: it is shown this once */
        readonly url: string
      }
    }
    /** Void an issued document by a credit note of all of it; what it billed is given up, or billed anew. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/void': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          readonly reason: 'goodwill' | 'billing_error' | 'returned' | 'duplicate' | 'disputed' | 'other'
          /** Printed as the reason; the words of the reason, in the language of the customer, when absent */
          readonly text?: string | undefined
          /** Whether what it billed is billed anew, with the prices of then; by the next bill run */
          readonly rebill: boolean
          /** Billed anew at once */
          readonly atOnce?: boolean | undefined
          /** Only tell what would be issued */
          readonly dryRun?: boolean | undefined
        }
      }
      answer: RequestedNote
    }
    /** Give up what is open of a document, or a part of it, with a reason; whoever pays later takes it back first. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}/write-off': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** All that is open of it when absent */
          readonly amount?: string | undefined
          /** Such as "insolvent" */
          readonly reason: string
        }
      }
      answer: {
        /** `POST /v1/payments/{reference}/reversal` with it takes it back: then it is owed again */
        readonly key: string
        readonly invoiceId: string
        readonly number: string
        readonly currency: string
        /** A decimal of the currency */
        readonly amount: string
        readonly reason: string
        readonly createdAt: string
        readonly approvalRequest?: ApprovalRequest
      }
    }
    /** Create: issuer. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/issuers': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          readonly name: string
          readonly address: string
          readonly taxId?: string | null | undefined
          readonly bankDetails?: string | null | undefined
          /** Where documents are paid, by their currency: shown on them, with codes that banking applications read */
          readonly bankAccounts?: ReadonlyArray<{
            readonly currency: string
            readonly iban?: string | undefined
            readonly bic?: string | undefined
            /** Whose it is, where it is not the name of the issuer */
            readonly holder?: string | undefined
            /** Of the holder: EDRPOU or RNOKPP, which the codes of Ukrainian banks need */
            readonly taxCode?: string | undefined
            /** Of the Indian UPI: shop@bank */
            readonly virtualAddress?: string | undefined
          }> | undefined
          /** `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month */
          readonly invoiceSeries?: string | undefined
          /** `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month */
          readonly creditNoteSeries?: string | undefined
          readonly brand?: string | null | undefined
          /** Whether corrections say of each line what was billed, what it should be, and the difference */
          readonly correctiveForm?: boolean | undefined
          /** As documents have it: GmbH, Ltd */
          readonly legalForm?: string | null | undefined
          /** An address in its parts: its country, and in some countries its region, says which tax is due */
          readonly postalAddress?: {
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly county?: string | undefined
            readonly city?: string | undefined
            readonly postcode?: string | undefined
            /** Street, house and so on */
            readonly lines?: readonly string[] | undefined
          } | null | undefined
          /** Small businesses are exempt by their turnover; who is not registered is outside the tax */
          readonly standing?: 'registered' | 'small_business' | 'not_registered' | undefined
          /** For tax, with their days. While there are none, documents have no tax */
          readonly registrations?: ReadonlyArray<{
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly kind?: 'vat' | 'gst' | 'pst' | 'sales_tax' | undefined
            readonly number: string
            /** It has a fixed establishment there, beside the one at home */
            readonly isEstablished?: boolean | undefined
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          }> | undefined
          /** VAT of all members of the Union through one of them, for consumers */
          readonly oneStopShop?: {
            readonly scheme: 'union' | 'non_union'
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          } | null | undefined
          /** Days on which sales to consumers in other member states are below 10,000 EUR a year */
          readonly belowThreshold?: {
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          } | null | undefined
          /** Once for each tax and rate of a document (EN 16931), or on each line */
          readonly taxRounding?: 'document' | 'line' | undefined
          /** What buyers of its country that are no consumers keep back, and pay to the tax office */
          readonly withholding?: {
            readonly percent: string
            readonly base?: 'net' | 'tax' | 'gross' | undefined
          } | null | undefined
          /** Whom to ask about documents, as e-invoices name it */
          readonly contact?: {
            readonly name: string
            readonly telephone: string
            readonly email: string
          } | null | undefined
          /** Where its e-invoices come from: the code of the list (EAS) and the address in it */
          readonly electronicAddress?: {
            readonly scheme: string
            readonly id: string
          } | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Issuer
    }
    /** End a job; what it has done stays, and what must not be left half done is finished first. Scope: `jobs:write`. Takes an `Idempotency-Key` header. */
    '/v1/jobs/{id}/cancel': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Job
    }
    /** Run a job again that was given up, or at once one that waits for its next attempt. Scope: `jobs:write`. Takes an `Idempotency-Key` header. */
    '/v1/jobs/{id}/retry': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: Job
    }
    /** Move the facts of closed segments from Postgres to the archive. Scope: `journal:write`. */
    '/v1/journal/archive': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly segments: number
        readonly records: number
        readonly files: number
        readonly bytes: number
      }
    }
    /** Create an API key; its text is shown once. Scope: `keys:write`. */
    '/v1/keys': {
      asks: {
        readonly body: {
          readonly name: string
          readonly scopes: ReadonlyArray<'tenants:write' | 'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'>
          /** From then on it opens nothing; never unless set */
          readonly expiresAt?: string | undefined
          /** Below what each key may ask by the settings */
          readonly requestsPerSecond?: number | undefined
        }
      }
      answer: {
        readonly id: string
        readonly key: string
      }
    }
    /** Make a key that takes the place of another; its text is shown once. Scope: `keys:write`. */
    '/v1/keys/{id}/rotate': {
      asks: {
        readonly id: string
        readonly body: {
          /** How long the one before goes on */
          readonly overlapHours?: number | undefined
          /** Of the new one; never unless set */
          readonly expiresAt?: string | undefined
        }
      }
      answer: {
        readonly id: string
        readonly key: string
        readonly oldExpiresAt: string
      }
    }
    /** Charge now what is to be charged on documents that are paid late, for the days before today: an invoice of lines for each account; a day is never charged twice. Scope: `invoices:write`. */
    '/v1/late-charges': {
      asks: {
        readonly body: {
          /** All accounts, by pages, when absent */
          readonly account?: string | undefined
          /** `next` of the page before */
          readonly after?: string | undefined
        }
      }
      answer: LateChargeRun
    }
    /** Waive what is left of a late charge, with a reason: a credit note, and its days are not charged again. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/late-charges/{id}/waive': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: LateCharge
    }
    /** Record a mandate that a customer has signed: what is due of its account can be collected from now on. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/mandates': {
      asks: {
        readonly body: {
          /** An id or a key */
          readonly account: string
          /** The unique reference that the customer has signed */
          readonly reference: string
          readonly holder: string
          readonly iban: string
          readonly bic?: string | null | undefined
          /** B2B is for companies, which cannot ask the money back */
          readonly scheme?: 'CORE' | 'B2B' | undefined
          /** It is for one collection alone */
          readonly isOneOff?: boolean | undefined
          readonly signedOn: string
        }
      }
      answer: Mandate
    }
    /** End a mandate: the customer has revoked it, or it is replaced. What is on its way is collected all the same. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/mandates/{reference}/end': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: Mandate
    }
    /** Change the own e-mail address; all other sessions end. For a user who is signed in. */
    '/v1/me/email': {
      asks: {
        readonly body: {
          readonly password: string
          /** Of the authenticator, where the account has one */
          readonly code?: string | undefined
          /** In place of a code; each opens once */
          readonly recoveryCode?: string | undefined
          /** An e-mail address, in any case */
          readonly email: string
        }
      }
      answer: {
        readonly email: string
        /** How many other sessions ended */
        readonly endedSessions: number
      }
    }
    /** Change the own password; all other sessions end. For a user who is signed in. */
    '/v1/me/password': {
      asks: {
        readonly body: {
          readonly password: string
          /** Of the authenticator, where the account has one */
          readonly code?: string | undefined
          /** In place of a code; each opens once */
          readonly recoveryCode?: string | undefined
          /** 12 characters or more, and none of those that are guessed first */
          readonly newPassword: string
        }
      }
      answer: {
        /** How many other sessions ended */
        readonly endedSessions: number
      }
    }
    /** Begin a second factor; it is asked for once a code of it was confirmed. For a user who is signed in. */
    '/v1/me/second-factor': {
      asks: {
        readonly body: {
          readonly password: string
        }
      }
      answer: {
        /** Base32, to be typed into an authenticator */
        readonly secret: string
        /** `otpauth://…`, to be shown as a picture */
        readonly uri: string
      }
    }
    /** Confirm a second factor by its first code; the recovery codes are shown once. For a user who is signed in. */
    '/v1/me/second-factor/confirm': {
      asks: {
        readonly body: {
          readonly code: string
        }
      }
      answer: {
        readonly recoveryCodes: readonly string[]
      }
    }
    /** Remove the second factor. For a user who is signed in. */
    '/v1/me/second-factor/remove': {
      asks: {
        readonly body: {
          readonly password: string
          /** Of the authenticator, where the account has one */
          readonly code?: string | undefined
          /** In place of a code; each opens once */
          readonly recoveryCode?: string | undefined
        }
      }
      answer: {
        readonly secondFactor: false
      }
    }
    /** Note that somebody has read a message: a way that was to follow if not is not taken. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/notice-messages/{id}/read': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: InboxEntry
    }
    /** What a message would say to a customer, by the template that is used or by one that is sent; nothing is kept. Scope: `customers:read`. */
    '/v1/notice-previews': {
      asks: {
        readonly body: {
          readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news'
          /** Whose names, language and brand it has */
          readonly account: string
          readonly channel?: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | undefined
          /** That of the customer unless set */
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
          /** In place of the samples */
          readonly data?: { readonly [name: string]: string | number | boolean | null } | undefined
          /** One that is not kept yet */
          readonly template?: {
            /** Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
            readonly subject?: string | null | undefined
            /** LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
            readonly text: string
            /** Of e-mail, besides the text; what is put in is escaped */
            readonly html?: string | null | undefined
          } | undefined
        }
      }
      answer: NoticePreview
    }
    /** Draft a version of what is said of a kind; it is tried out with samples, and used when it is approved. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/notice-templates': {
      asks: {
        readonly body: {
          readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news'
          /** `*` is any */
          readonly channel?: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox' | '*' | undefined
          readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
          /** Null is for all brands */
          readonly brand?: string | null | undefined
          /** Of channels that have one. LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
          readonly subject?: string | null | undefined
          /** LiquidJS: `{{ amount | money: currency }}`, `{{ dueOn | day }}` */
          readonly text: string
          /** Of e-mail, besides the text; what is put in is escaped */
          readonly html?: string | null | undefined
        }
      }
      answer: NoticeTemplate
    }
    /** Approve of a template: messages are written by it from now on; by another person where the settings say so. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/notice-templates/{id}/approve': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: NoticeTemplate
    }
    /** Reject a template that was drafted. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/notice-templates/{id}/reject': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: NoticeTemplate
    }
    /** Send one message to an address of yours, with samples for what is not given: whatever the settings say, at once. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/notice-trials': {
      asks: {
        readonly body: {
          readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news'
          /** Whose names, language and brand it has */
          readonly account: string
          readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
          /** An address of the channel */
          readonly to: string
          readonly data?: { readonly [name: string]: string | number | boolean | null } | undefined
        }
      }
      answer: NoticeWithMessages
    }
    /** Have the people of a customer told; once for each key of a kind. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/notices': {
      asks: {
        readonly body: {
          readonly kind: 'invoice_issued' | 'credit_note_issued' | 'payment_due_soon' | 'payment_reminder' | 'payment_reminder_second' | 'payment_reminder_final' | 'payment_received' | 'payment_failed' | 'payment_reversed' | 'direct_debit_failed' | 'receipt' | 'refund_sent' | 'payment_plan_made' | 'payment_plan_broken' | 'card_expires' | 'low_balance' | 'bill_shock' | 'allowance_warning' | 'allowance_used_up' | 'top_up' | 'top_up_reversed' | 'credit_promised' | 'daily_fee_unpaid' | 'balance_expired' | 'subscription_started' | 'plan_changed' | 'subscription_ends' | 'trial_ends' | 'service_blocked' | 'service_restored' | 'dispute_accepted' | 'dispute_rejected' | 'password_reset' | 'security_code' | 'news'
          /** The account that it is about */
          readonly account: string
          /** The same again is the notice that there is */
          readonly key: string
          /** What it is about: the same soon again is a duplicate */
          readonly about?: string | null | undefined
          /** What its texts say: the fields of the kind */
          readonly data?: { readonly [name: string]: string | number | boolean | null } | undefined
        }
      }
      answer: NoticeWithMessages
    }
    /** Send those messages of a notice once more that have failed, or of which nobody knows whether they came. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/notices/{id}/resend': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: NoticeWithMessages
    }
    /** Sends one message by a channel, and says what came of it: each request is a message of its own. Scope: `settings:write`. */
    '/v1/notification-channels/{channel}/test': {
      asks: {
        readonly channel: 'mail' | 'smpp' | 'sms-http' | 'web-push' | 'telegram' | 'fcm' | 'voice'
        readonly body: {
          /** An address of e-mail, a number as +380441234567, or what else the channel sends to */
          readonly to: string
          readonly text: string
        }
      }
      answer: ChannelTest
    }
    /** An invoice of lines that somebody writes, taxed and numbered as others; the key is never billed twice. Scope: `invoices:write`. */
    '/v1/one-off-invoices': {
      asks: {
        readonly body: {
          /** Your own identifier: the same key is never billed twice */
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly lines: ReadonlyArray<{
            readonly description: string
            readonly quantity?: string | undefined
            /** Such as h or piece */
            readonly unit?: string | undefined
            /** With tax where the account has prices that include it */
            readonly unitPrice: string
            readonly discountPercent?: string | null | undefined
            readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            /** What its revenue is kept by */
            readonly product?: string | undefined
            /** First day of the supply; the day of the request unless set */
            readonly from?: string | undefined
            /** The day after the last one; one day unless set */
            readonly until?: string | undefined
          }>
          /** Whether it asks for money for supplies to come: paid, it comes off the documents of these */
          readonly advance?: boolean | undefined
          /** Whether it waits until somebody issues it */
          readonly draft?: boolean | undefined
        }
      }
      answer: OneOffInvoice
    }
    /** Ask for a new password. The answer is the same whoever asks; who manages users sees it and sends a link. Open to all. */
    '/v1/password-reset': {
      asks: {
        readonly body: {
          /** An e-mail address, in any case */
          readonly email: string
        }
      }
      answer: {
        readonly requested: true
      }
    }
    /** Set a new password by a link; all sessions end. With the secret of a link: `Authorization: Link …`. */
    '/v1/password-reset/complete': {
      asks: {
        readonly body: {
          /** 12 characters or more, and none of those that are guessed first */
          readonly newPassword: string
        }
      }
      answer: {
        readonly endedSessions: number
      }
    }
    /** Charge a kept means of payment, or begin a page on which the payer pays. What it pays is claimed before the gateway is asked. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-attempts': {
      asks: {
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** An id or a key */
          readonly account: string
          /** The document that it is for, by id or number */
          readonly invoice?: string | undefined
          /** What is open of the document, and nobody else is about to pay, when absent */
          readonly amount?: string | undefined
          /** A kept means of payment; `default` is that of the account; the payer chooses when null */
          readonly method?: string | null | undefined
          /** Where the payer chooses; the routing decides when absent */
          readonly gateway?: string | undefined
          /** Where the payer comes back to. Without one, nobody is there: what needs the payer is declined */
          readonly returnUrl?: string | null | undefined
        }
      }
      answer: PaymentAttempt
    }
    /** Ask the gateway at once what has become of an attempt. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-attempts/{reference}/ask': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentAttempt
    }
    /** Ask a gateway what it has transferred to the bank, and book what is new; it is asked once a day by itself. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-gateways/{name}/payouts': {
      asks: {
        readonly name: string
        readonly body?: undefined
      }
      answer: {
        readonly found: number
        readonly booked: number
      }
    }
    /** Have a link open no longer. What was begun by it goes on. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-links/{id}/revoke': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason?: string | null | undefined
        }
      }
      answer: PaymentLink
    }
    /** Have a gateway keep a means of payment of an account; the first one is what it is charged by. Scope: `payments:write`. */
    '/v1/payment-methods': {
      asks: {
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** An id or a key */
          readonly account: string
          /** The routing decides when absent */
          readonly gateway?: string | undefined
          /** What the provider knows it by, where it was entered on a page of yours: `pm_…` of Stripe. The payer enters it on a page of the provider when null */
          readonly token?: string | null | undefined
          /** Where the payer comes back to */
          readonly returnUrl?: string | null | undefined
        }
      }
      answer: PaymentMethod
    }
    /** Have an account charged by this means of payment from now on. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-methods/{reference}/default': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentMethod
    }
    /** Give up a promise or instalments: what is open is due as its documents say. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-plans/{reference}/cancel': {
      asks: {
        /** The id or key of a payment plan */
        readonly reference: string
        readonly body: {
          readonly reason?: string | null | undefined
        }
      }
      answer: PaymentPlan
    }
    /** Record a payment; it settles the oldest invoices first. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payments': {
      asks: {
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          readonly method: 'cash' | 'bank'
          readonly account: string
          readonly currency: string
          readonly amount: string
          readonly receivedOn?: string | undefined
          readonly reference?: string | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Payment
    }
    /** Pay back what a payment did not need: nothing is settled with it from now on, and it is due until it is sent. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payments/{reference}/refunds': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** All that settles nothing when absent */
          readonly amount?: string | undefined
          readonly reason: string
        }
      }
      answer: Refund
    }
    /** Take a payment back, with a reason: what it settled is open again; once, and nothing is edited. Above the limit of the settings it waits for another person: the answer has the request. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payments/{reference}/reversal': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** Why it is taken back, such as "bounced" */
          readonly reason: string
        }
      }
      answer: Payment
    }
    /** Move subscriptions from one plan version to another, a page at a time; a dry run tells what it would cost. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/plan-migrations': {
      asks: {
        readonly body: {
          readonly from: {
            readonly plan: string
            readonly planVersion: number
          }
          readonly to: {
            readonly plan: string
            readonly planVersion?: number | undefined
          }
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          /** Tells what it would cost and changes nothing */
          readonly dryRun?: boolean | undefined
          /** `nextCursor` of the page before */
          readonly cursor?: string | undefined
          readonly limit?: number | undefined
        }
      }
      answer: {
        readonly dryRun: boolean
        readonly items: ReadonlyArray<{
          readonly subscription: string
          readonly account: string
          readonly currency: string
          readonly effectiveAt: string
          readonly billedOn: string
          /** A decimal of the currency */
          readonly difference: string
        }>
        readonly refused: ReadonlyArray<{
          readonly subscription: string
          readonly reason: string
        }>
        readonly totals: ReadonlyArray<{
          readonly currency: string
          readonly subscriptions: number
          /** A decimal of the currency */
          readonly difference: string
        }>
        readonly nextCursor: string | null
      }
    }
    /** What usage would cost on a plan, published or in `files`: `records` as they would be delivered, or the recorded `usage` of an account. Scope: `usage:read`. */
    '/v1/plans/{code}/simulate': {
      asks: {
        readonly code: string
        readonly body: {
          readonly version?: number | undefined
          readonly files?: ReadonlyArray<{
            readonly name: string
            readonly text: string
          }> | undefined
          readonly records?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined
          readonly usage?: {
            readonly account: string
            readonly from: string
            readonly until: string
          } | undefined
          /** Of `records`: the day on which their subscription began, by which phases are chosen; long ago when absent */
          readonly startsOn?: string | undefined
          readonly zone?: string | undefined
        }
      }
      answer: {
        readonly plan: string
        /** Null for a plan out of the files */
        readonly version: number | null
        readonly currency: string
        readonly records: number
        readonly leftOut: number
        readonly firstLeftOut: ReadonlyArray<{
          readonly index: number
          readonly reason: string
          readonly detail: string
        }>
        readonly items: ReadonlyArray<{
          readonly period: string
          readonly price: string
          /** The rate of the price: a time band, a destination, a group */
          readonly cell: string | null
          readonly records: number
          readonly quantity: string
          readonly unit: string
          /** As it would be charged: with six digits more than the currency, rounded half-up */
          readonly amount: string
          /** The price itself: a decimal, or a fraction such as 910/3 where no decimal is exact */
          readonly exactAmount: string
        }>
        /** As it would be charged: with six digits more than the currency, rounded half-up */
        readonly total: string
        /** The price itself: a decimal, or a fraction such as 910/3 where no decimal is exact */
        readonly exactTotal: string
      }
    }
    /** A document of what would be billed, of lines or of the next bill: no invoice, in no ledger, owed by nobody. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/pro-forma-invoices': {
      asks: {
        readonly body: {
          /** Your own identifier: the same key is never billed twice */
          readonly key: string
          /** An id or a key */
          readonly account: string
          /** The next bill where they are absent */
          readonly lines?: ReadonlyArray<{
            readonly description: string
            readonly quantity?: string | undefined
            /** Such as h or piece */
            readonly unit?: string | undefined
            /** With tax where the account has prices that include it */
            readonly unitPrice: string
            readonly discountPercent?: string | null | undefined
            readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            /** What its revenue is kept by */
            readonly product?: string | undefined
            /** First day of the supply; the day of the request unless set */
            readonly from?: string | undefined
            /** The day after the last one; one day unless set */
            readonly until?: string | undefined
          }> | undefined
        }
      }
      answer: ProFormaInvoice
    }
    /** Send a pro forma invoice by e-mail, as PDF. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/pro-forma-invoices/{reference}/deliveries': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          readonly transport: 'email' | 'folder' | 'peppol'
          /** As the customer wants it when absent; through Peppol it is always `ubl` */
          readonly formats?: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'> | undefined
          /** Another address of e-mail than that of the customer */
          readonly to?: string | undefined
          /** To send it once more by the same transport; the transport when absent */
          readonly key?: string | undefined
        }
      }
      answer: Delivery
    }
    /** The invoice of a pro forma of lines, once; asked again, the same one. Scope: `invoices:write`. */
    '/v1/pro-forma-invoices/{reference}/invoice': {
      asks: {
        /** An id, a number such as PF-000001, or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: OneOffInvoice
    }
    /** Lend an account money until its next top-up. Scope: `balances:write`. */
    '/v1/promised-credits': {
      asks: {
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly amount: string
        }
      }
      answer: {
        readonly key: string
        readonly account: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        /** A decimal of the currency, or of the unit */
        readonly fee: string
        readonly currency: string
        readonly dueAt: string
      }
    }
    /** Import a carrier's file as the next version of a deck. Scope: `catalog:write`. Takes an `Idempotency-Key` header. */
    '/v1/rate-decks': {
      asks: {
        readonly body: {
          readonly mapping: {
            readonly code: string
            readonly name: string
            readonly zone?: string | undefined
            readonly numbers?: {
              readonly international?: readonly string[] | undefined
              readonly trunk?: string | undefined
              readonly country?: string | undefined
            } | undefined
            readonly delimiter?: string | undefined
            readonly decimal?: 'point' | 'comma' | 'either' | undefined
            readonly grouping?: '.' | ',' | ' ' | '\'' | undefined
            readonly skipRows?: number | undefined
            readonly header?: boolean | undefined
            readonly skip?: ReadonlyArray<{
              readonly column: string
              readonly values: readonly string[]
            }> | undefined
            readonly dates?: 'YYYY-MM-DD' | 'DD.MM.YYYY' | 'DD/MM/YYYY' | 'MM/DD/YYYY' | undefined
            readonly prefix: {
              readonly column: string
              readonly before?: string | undefined
              readonly country?: string | undefined
            }
            readonly destination: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            }
            readonly rates: { readonly [name: string]: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } }
            readonly from?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly until?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly connectionFee?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly increments?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly freePerSession?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly maximumCost?: {
              readonly column: string
              readonly factor?: string | undefined
              readonly none?: readonly string[] | undefined
            } | {
              readonly value: string
            } | undefined
            readonly steps?: ReadonlyArray<{
              readonly after: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              }
              readonly rates: { readonly [name: string]: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              } }
            }> | undefined
            readonly columns?: { readonly [name: string]: {
              readonly connectionFee?: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              } | undefined
              readonly increments?: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              } | undefined
              readonly freePerSession?: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              } | undefined
              readonly maximumCost?: {
                readonly column: string
                readonly factor?: string | undefined
                readonly none?: readonly string[] | undefined
              } | {
                readonly value: string
              } | undefined
            } } | undefined
            readonly methods?: {
              readonly column: string
              readonly rules: { readonly [name: string]: {
                readonly rates?: { readonly [name: string]: {
                  readonly column: string
                  readonly factor?: string | undefined
                  readonly none?: readonly string[] | undefined
                } | {
                  readonly value: string
                } } | undefined
                readonly connectionFee?: {
                  readonly column: string
                  readonly factor?: string | undefined
                  readonly none?: readonly string[] | undefined
                } | {
                  readonly value: string
                } | undefined
                readonly increments?: {
                  readonly column: string
                  readonly factor?: string | undefined
                  readonly none?: readonly string[] | undefined
                } | {
                  readonly value: string
                } | undefined
                readonly freePerSession?: {
                  readonly column: string
                  readonly factor?: string | undefined
                  readonly none?: readonly string[] | undefined
                } | {
                  readonly value: string
                } | undefined
                readonly maximumCost?: {
                  readonly column: string
                  readonly factor?: string | undefined
                  readonly none?: readonly string[] | undefined
                } | {
                  readonly value: string
                } | undefined
                readonly steps?: ReadonlyArray<{
                  readonly after: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  }
                  readonly rates: { readonly [name: string]: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  } }
                }> | undefined
                readonly columns?: { readonly [name: string]: {
                  readonly connectionFee?: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  } | undefined
                  readonly increments?: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  } | undefined
                  readonly freePerSession?: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  } | undefined
                  readonly maximumCost?: {
                    readonly column: string
                    readonly factor?: string | undefined
                    readonly none?: readonly string[] | undefined
                  } | {
                    readonly value: string
                  } | undefined
                } } | undefined
              } }
            } | undefined
          }
          /** From this day on the version is in force */
          readonly effectiveFrom: string
          /** add: the version in force on that day, with these prefixes added or replaced */
          readonly mode?: 'replace' | 'add' | undefined
          readonly file: {
            readonly name: string
            readonly text: string
          }
          readonly dryRun?: boolean | undefined
        }
      }
      answer: {
        readonly code: string
        readonly version: number
        readonly effectiveFrom: string
        readonly rows: number
        readonly repeated: number
        readonly skipped: number
        /** False for a dry run */
        readonly imported: boolean
        /** Prefixes by how they changed */
        readonly counts: { readonly [name: string]: number }
        /** At most `limit` of each kind */
        readonly differences: ReadonlyArray<{
          readonly change: 'added' | 'removed' | 'raised' | 'lowered' | 'changed'
          readonly prefix: string
          readonly name: string
          readonly before: string | null
          readonly after: string | null
        }>
      }
    }
    /** Charge usage of a time by other plan versions: begins with a dry run; nothing changes before it is approved. Scope: `re-ratings:write`. */
    '/v1/re-ratings': {
      asks: {
        readonly body: {
          readonly key: string
          readonly reason: string
          readonly plans: ReadonlyArray<{
            readonly from: {
              readonly code: string
              readonly version: number
            }
            readonly to: {
              readonly code: string
              readonly version: number
            }
          }>
          readonly accounts?: readonly string[] | null | undefined
          /** First local day of the accounts */
          readonly from: string
          /** The day behind the last one */
          readonly until: string
        }
      }
      answer: ReRating
    }
    /** Apply a re-rating whose dry run is done. Scope: `re-ratings:approve`. */
    '/v1/re-ratings/{id}/approve': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ReRating
    }
    /** Give a re-rating up; accounts that are done stay so, the others stay as they were. Scope: `re-ratings:write`. */
    '/v1/re-ratings/{id}/cancel': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: ReRating
    }
    /** A customer brought another one: both get their bonus; a key has one effect. Scope: `balances:write`. */
    '/v1/referrals': {
      asks: {
        readonly body: {
          readonly key: string
          readonly program: string
          /** The account that brought the other */
          readonly referrer: string
          /** An id or a key */
          readonly referred: string
        }
      }
      answer: {
        readonly id: string
        readonly key: string
        readonly program: string
        readonly referrerAccountId: string
        readonly referredAccountId: string
        readonly content: { readonly [name: string]: unknown }
        readonly createdAt: string
      }
    }
    /** What a payment did not need is not paid back but stays the customer’s, and settles what is open. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/refunds/{id}/keep': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: Refund
    }
    /** Send a refund that is due through the gateway which has taken the money. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/refunds/{id}/send': {
      asks: {
        readonly id: string
        readonly body: {
          /** Natural key; the Idempotency-Key when absent */
          readonly key?: string | undefined
          /** The attempt whose money it is; one that has enough left when absent */
          readonly charge?: string | undefined
        }
      }
      answer: PaymentAttempt
    }
    /** Record that a refund was sent: by which way, and under which number of the bank. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/refunds/{id}/sent': {
      asks: {
        readonly id: string
        readonly body: {
          readonly method: 'bank' | 'cash' | 'card' | 'other'
          /** Such as the number of the transfer */
          readonly reference?: string | null | undefined
          /** Today, by the zone of the account, when absent */
          readonly sentOn?: string | undefined
        }
      }
      answer: Refund
    }
    /** Make a role of the tenant’s own. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/roles': {
      asks: {
        readonly body: {
          readonly name: string
          readonly description?: string | undefined
          readonly scopes: ReadonlyArray<'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'>
        }
      }
      answer: Role
    }
    /** Make a new key for secrets, and encrypt all of them with it; the one before is kept beside it until the next. Scope: `tenants:write`. */
    '/v1/secret-keys': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        /** Of the new key; the key itself is in the file alone */
        readonly id: string
        /** Secrets that were encrypted anew */
        readonly encrypted: number
        /** All tenants: each has the event */
        readonly tenants: readonly string[]
      }
    }
    /** Make a file for a bank: direct debits of what is due by a day (pain.008), or refunds that are due (pain.001). The same key is the same file. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/sepa-files': {
      asks: {
        readonly body: {
          readonly kind: 'debits'
          readonly key: string
          /** An id or a key */
          readonly bankAccount: string
          /** Today unless set */
          readonly until?: string | undefined
        } | {
          readonly kind: 'refunds'
          readonly key: string
          /** An id or a key */
          readonly bankAccount: string
        }
      }
      answer: SepaFile
    }
    /** Say that an order of a file is not on its way any more, such as one that was settled by hand: what it was for may be asked for again. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/sepa-files/{reference}/orders/{order}/end': {
      asks: {
        /** An id or a key */
        readonly reference: string
        /** An end-to-end id, or an id */
        readonly order: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: SepaFile
    }
    /** Apply what a bank answers to a file (pain.002): what it has refused is open again. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/sepa-status-reports': {
      asks: {
        readonly body: RawBody
      }
      answer: {
        /** Orders that were refused now */
        readonly rejected: number
      }
    }
    /** Create: service. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/services': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly validFrom: string
          readonly validUntil?: string | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Service
    }
    /** Sign in; the session is in a cookie. Open to all. */
    '/v1/sessions': {
      asks: {
        readonly body: {
          /** An e-mail address, in any case */
          readonly email: string
          readonly password: string
          /** Of the authenticator, where the account has one */
          readonly code?: string | undefined
          /** In place of a code; each opens once */
          readonly recoveryCode?: string | undefined
        }
      }
      answer: OwnAccount
    }
    /** Create: subscription. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/subscriptions': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** An id or a key */
          readonly account: string
          /** The service covered; null covers all of the account */
          readonly service?: string | null | undefined
          readonly plan: string
          /** The newest when absent */
          readonly planVersion?: number | undefined
          readonly quantity?: number | undefined
          readonly startsAt: string
          readonly endsAt?: string | null | undefined
          /** Recurring periods are counted from the account's anchor, or from the first day of the subscription */
          readonly alignment?: 'calendar' | 'anniversary' | undefined
          /** Overrides the plan's trial */
          readonly trialDays?: number | null | undefined
          readonly termUnit?: 'day' | 'week' | 'month' | 'year' | null | undefined
          /** Length of the agreed term */
          readonly termCount?: number | null | undefined
          /** Whether another term follows by itself; otherwise it ends */
          readonly renews?: boolean | undefined
          /** The subscription that an add-on belongs to */
          readonly parent?: string | null | undefined
          /** Negotiated prices by the codes of prices, such as {"fee": {"amount": "8.00"}} */
          readonly overrides?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500 */
          readonly metadata?: { readonly [name: string]: string } | undefined
        }
      }
      answer: Subscription
    }
    /** Change plan or quantity, pause, resume, cancel or renew: now, at an end, or at any time from the start on. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/subscriptions/{reference}/changes': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly kind: 'plan'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
          readonly plan: string
          /** The newest when absent */
          readonly planVersion?: number | undefined
          /** Negotiated prices by the codes of prices */
          readonly overrides?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined
          /** Whether what was used before in the period keeps its place in tiers and free units of prices that both plans have */
          readonly usage?: 'carry_over' | 'restart' | undefined
        } | {
          readonly kind: 'quantity'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
          readonly quantity: number
        } | {
          readonly kind: 'pause' | 'resume' | 'cancel'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
        } | {
          readonly kind: 'renew'
          readonly note?: string | null | undefined
          /** How many terms more */
          readonly terms?: number | undefined
        }
      }
      answer: SubscriptionChange
    }
    /** What a change would cost: the first bill that it shows on, with it and without; nothing is kept. Scope: `invoices:read`. Takes an `Idempotency-Key` header. */
    '/v1/subscriptions/{reference}/changes/preview': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly kind: 'plan'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
          readonly plan: string
          /** The newest when absent */
          readonly planVersion?: number | undefined
          /** Negotiated prices by the codes of prices */
          readonly overrides?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined
          /** Whether what was used before in the period keeps its place in tiers and free units of prices that both plans have */
          readonly usage?: 'carry_over' | 'restart' | undefined
        } | {
          readonly kind: 'quantity'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
          readonly quantity: number
        } | {
          readonly kind: 'pause' | 'resume' | 'cancel'
          /** When it takes effect; a time may lie in the past or in the future */
          readonly at?: 'now' | 'period_end' | 'term_end' | (string & Record<never, never>) | undefined
          readonly note?: string | null | undefined
        } | {
          readonly kind: 'renew'
          readonly note?: string | null | undefined
          /** How many terms more */
          readonly terms?: number | undefined
        }
      }
      answer: {
        readonly effectiveAt: string
        /** The first bill that it shows on */
        readonly billedOn: string
        readonly currency: string
        readonly without: {
          readonly lines: ReadonlyArray<{
            readonly kind: string
            readonly description: string
            readonly subscriptionId: string
            readonly from: string
            readonly until: string
            readonly isLate: boolean
            /** A decimal of the currency */
            readonly amount: string
          }>
          /** A decimal of the currency */
          readonly tax: string
          /** With tax */
          readonly total: string
        }
        readonly with: {
          readonly lines: ReadonlyArray<{
            readonly kind: string
            readonly description: string
            readonly subscriptionId: string
            readonly from: string
            readonly until: string
            readonly isLate: boolean
            /** A decimal of the currency */
            readonly amount: string
          }>
          /** A decimal of the currency */
          readonly tax: string
          /** With tax */
          readonly total: string
        }
        /** A decimal of the currency */
        readonly difference: string
      }
    }
    /** Charge suspended records again. Scope: `usage:write`. */
    '/v1/suspense/recycle': {
      asks: {
        readonly body: {
          readonly ids?: readonly string[] | undefined
          readonly reason?: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups' | undefined
          readonly importId?: string | undefined
        }
      }
      answer: {
        readonly recycled: number
        readonly stillSuspended: number
      }
    }
    /** Give suspended records up. Scope: `usage:write`. */
    '/v1/suspense/write-off': {
      asks: {
        readonly body: {
          readonly ids?: readonly string[] | undefined
          readonly reason?: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups' | undefined
          readonly importId?: string | undefined
          readonly note: string
        }
      }
      answer: {
        readonly writtenOff: number
      }
    }
    /** Add rates of your own: they take the place of shipped ones of the same place, tax and class. Scope: `catalog:write`. Takes an `Idempotency-Key` header. */
    '/v1/tax-rates': {
      asks: {
        readonly body: {
          /** Where they are from */
          readonly source: string
          /** The day as of which they are so there */
          readonly asOf: string
          readonly rates: readonly TaxRateInput[]
        }
      }
      answer: {
        readonly added: number
        /** Rows that were there as they are */
        readonly known: number
      }
    }
    /** Create a tenant. Scope: `tenants:write`. */
    '/v1/tenants': {
      asks: {
        readonly body: {
          readonly name: string
          /** Test clock; null follows the real one */
          readonly clock?: string | null | undefined
          readonly acceptanceWindowDays?: number | undefined
        }
      }
      answer: Tenant
    }
    /** Compare what a network of terminals says that it took with what Kvit has; with a payout, book what it has transferred. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/terminal-networks/{name}/registries': {
      asks: {
        readonly name: string
        readonly body: {
          /** The network’s own number of the registry: it is compared once */
          readonly key: string
          /** The first of its days */
          readonly from: string
          /** The day after the last of its days */
          readonly until: string
          /** The file, as CSV */
          readonly text: string
          /** Which column is what; as the settings of the network say when null */
          readonly mapping?: TerminalRegistryMappingInput | null | undefined
          /** Where its money was transferred: it is booked, less what the network has kept */
          readonly payout?: {
            /** What comes to the bank */
            readonly net: string
            readonly arrivesOn: string
          } | null | undefined
        }
      }
      answer: WholeTerminalRegistry
    }
    /** Take a payment at a terminal back, as its network has asked: before its money was paid out, and while all of it is there. Scope: `payments:write`. */
    '/v1/terminal-payments/{id}/cancel': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: TerminalPayment
    }
    /** Money comes in to be used, with the bonuses that are due; a key has one effect. Scope: `balances:write`. */
    '/v1/top-ups': {
      asks: {
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly account: string
          readonly amount: string
          readonly currency: string
          readonly method: 'cash' | 'bank' | 'card' | 'other'
          readonly reference?: string | null | undefined
          /** The lowest goes first */
          readonly priority?: number | undefined
          readonly expiresAt?: string | null | undefined
          /** Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time */
          readonly graceHours?: number | undefined
          /** What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id */
          readonly scope?: {
            readonly meters?: readonly string[] | undefined
            readonly prices?: readonly string[] | undefined
            readonly cells?: readonly string[] | undefined
            readonly subscriptions?: readonly string[] | undefined
          } | null | undefined
          /** Accounts that this account sponsors may use it */
          readonly shared?: boolean | undefined
        }
      }
      answer: {
        readonly id: string
        readonly key: string
        readonly accountId: string
        readonly currency: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        readonly method: string
        readonly reference: string | null
        readonly bonuses: ReadonlyArray<{
          readonly rule: string
          /** A decimal of the currency, or of the unit */
          readonly amount: string
        }>
        /** What of it was sold with its tax: its document follows. Absent where it is taxed when it is used */
        readonly sold?: {
          /** A decimal of the currency, or of the unit */
          readonly gross: string
          /** What can be drawn down */
          readonly net: string
          /** A decimal of the currency, or of the unit */
          readonly tax: string
        }
        readonly createdAt: string
        /** Of units that were sold */
        readonly unit: string | null
        /** How many */
        readonly units: string | null
        /** The price of each */
        readonly unitPrice: string | null
      }
    }
    /** Take a top-up back, with a reason: what is left of it goes, what it paid for is owed again; once. Above the limit of the settings it waits for another person: the answer has the request. Scope: `balances:write`. */
    '/v1/top-ups/{reference}/reversal': {
      asks: {
        readonly reference: string
        readonly body: {
          /** Why it is taken back */
          readonly reason: string
        }
      }
      answer: {
        readonly id: string
        /** Its key */
        readonly topUp: string
        readonly accountId: string
        readonly currency: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        readonly reason: string
        readonly createdAt: string
        readonly approvalRequest?: ApprovalRequest
      }
    }
    /** Sell units, such as a pack of credits, for money that came in; a key has one effect. Scope: `balances:write`. */
    '/v1/unit-sales': {
      asks: {
        readonly body: {
          readonly key: string
          /** An id or a key */
          readonly account: string
          /** The unit of meters that it covers */
          readonly unit: string
          readonly units: string
          /** What each costs; the sum is rounded half-up once */
          readonly unitPrice: string
          readonly currency: string
          readonly method: 'cash' | 'bank' | 'card' | 'other'
          readonly reference?: string | null | undefined
          /** The lowest goes first */
          readonly priority?: number | undefined
          readonly expiresAt?: string | null | undefined
          /** Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time */
          readonly graceHours?: number | undefined
          /** What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id */
          readonly scope?: {
            readonly meters?: readonly string[] | undefined
            readonly prices?: readonly string[] | undefined
            readonly cells?: readonly string[] | undefined
            readonly subscriptions?: readonly string[] | undefined
          } | null | undefined
          /** Accounts that this account sponsors may use it */
          readonly shared?: boolean | undefined
        }
      }
      answer: {
        readonly id: string
        readonly key: string
        readonly accountId: string
        readonly currency: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        readonly method: string
        readonly reference: string | null
        readonly bonuses: ReadonlyArray<{
          readonly rule: string
          /** A decimal of the currency, or of the unit */
          readonly amount: string
        }>
        /** What of it was sold with its tax: its document follows. Absent where it is taxed when it is used */
        readonly sold?: {
          /** A decimal of the currency, or of the unit */
          readonly gross: string
          /** What can be drawn down */
          readonly net: string
          /** A decimal of the currency, or of the unit */
          readonly tax: string
        }
        readonly createdAt: string
        /** Of units that were sold */
        readonly unit: string | null
        /** How many */
        readonly units: string | null
        /** The price of each */
        readonly unitPrice: string | null
      }
    }
    /** Charge usage: NDJSON, a JSON array or CloudEvents 1.0, gzip or not, up to 20000 records. A record's (source, id) makes a repetition harmless.. Scope: `usage:write`. */
    '/v1/usage': {
      asks: {
        readonly body: RawBody
      }
      answer: {
        readonly received: number
        readonly charged: number
        readonly suspended: number
        readonly duplicates: number
        readonly firstSuspended: ReadonlyArray<{
          readonly index: number
          readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
          readonly detail: string
        }>
        /** Of the duplicates, those that are not charged: they wait in suspense, under this id and for this reason */
        readonly firstWaiting: ReadonlyArray<{
          readonly index: number
          readonly id: string
          readonly reason: 'bad_json' | 'missing_field' | 'too_long' | 'bad_name' | 'bad_text' | 'bad_time' | 'unknown_meter' | 'bad_quantity' | 'negative' | 'precision_exceeded' | 'out_of_range' | 'identity_conflict' | 'future' | 'too_old' | 'unknown_service' | 'no_subscription' | 'paused' | 'no_price' | 'bad_attribute' | 'too_many_groups'
          readonly detail: string
        }>
      }
    }
    /** Retract a charged record, or amend it by the fields of `record`: `{"key", "source", "id", "time"?, "action", "record"?, "reason"}`. Scope: `usage:correct`. */
    '/v1/usage-corrections': {
      asks: {
        readonly body: {
          readonly key: string
          readonly id: string
          readonly source: string
          readonly action: 'retract' | 'amend'
          readonly reason: string
          /** When the record happened: it is found faster */
          readonly time?: string | undefined
          /** Of an amendment: the fields that change */
          readonly record?: { readonly [name: string]: unknown } | undefined
        }
      }
      answer: UsageCorrection
    }
    /** Begin or resume the delivery of a file. Scope: `usage:write`. */
    '/v1/usage-imports': {
      asks: {
        readonly body: {
          /** The name of the file */
          readonly name: string
          readonly fingerprint: string
          readonly sizeBytes: number
          readonly mapping: {
            readonly name: string
            readonly format?: 'csv' | 'ndjson' | undefined
            readonly delimiter?: string | undefined
            readonly none?: readonly string[] | undefined
            readonly source: string
            readonly type: string
            readonly id: string
            readonly service: string
            readonly time: {
              readonly column: string
              readonly none?: readonly string[] | undefined
              readonly format?: 'iso' | 'local' | 'epoch_s' | 'epoch_ms' | undefined
              readonly zone?: string | undefined
            }
            readonly end?: {
              readonly column: string
              readonly none?: readonly string[] | undefined
              readonly format?: 'iso' | 'local' | 'epoch_s' | 'epoch_ms' | undefined
              readonly zone?: string | undefined
            } | undefined
            readonly data: { readonly [name: string]: {
              readonly column?: string | undefined
              readonly expression?: string | undefined
              readonly times?: ReadonlyArray<{
                readonly column: string
                readonly none?: readonly string[] | undefined
                readonly format?: 'iso' | 'local' | 'epoch_s' | 'epoch_ms' | undefined
                readonly zone?: string | undefined
              }> | undefined
              readonly kind?: 'number' | 'text' | undefined
              readonly none?: readonly string[] | undefined
              readonly factor?: string | undefined
              readonly round?: 'half_up' | 'half_even' | 'up' | 'down' | undefined
              readonly decimalComma?: boolean | undefined
              readonly grouping?: '.' | ',' | ' ' | '\'' | undefined
            } }
          }
        }
      }
      answer: UsageImport
    }
    /** Whole rows of a file from an offset on. Scope: `usage:write`. */
    '/v1/usage-imports/{id}/chunks': {
      asks: {
        readonly id: string
        readonly offset: number
        readonly last?: boolean | undefined
        readonly body: RawBody
      }
      answer: UsageImport
    }
    /** Close an open delivery: the rest of the file will not come; what was charged stays charged. Scope: `usage:write`. */
    '/v1/usage-imports/{id}/refusal': {
      asks: {
        readonly id: string
        readonly body: {
          readonly reason: string
        }
      }
      answer: UsageImport
    }
    /** Retract a file: every record that it had charged, and its records in suspense are given up. Scope: `usage:correct`. */
    '/v1/usage-imports/{id}/retract': {
      asks: {
        readonly id: string
        readonly body: {
          readonly key: string
          readonly reason: string
        }
      }
      answer: UsageRetraction
    }
    /** Invite somebody to the tenant; the link is shown once, and is to be handed on. Scope: `users:write`. */
    '/v1/users': {
      asks: {
        readonly body: {
          /** An e-mail address, in any case */
          readonly email: string
          readonly roles: readonly string[]
        }
      }
      answer: UserLink
    }
    /** A link by which a user sets a new password; shown once, and to be handed on. Scope: `users:write`. */
    '/v1/users/{reference}/password-reset': {
      asks: {
        /** Id or e-mail address */
        readonly reference: string
        readonly body?: undefined
      }
      answer: UserLink
    }
    /** Make vouchers; the answer is the only place where their codes ever stand. Scope: `vouchers:write`. */
    '/v1/voucher-batches': {
      asks: {
        readonly body: {
          readonly key: string
          readonly count: number
          readonly currency?: string | null | undefined
          readonly amount: string
          readonly unit?: string | null | undefined
          readonly source?: 'paid' | 'bonus' | undefined
          readonly validDays?: number | null | undefined
          readonly priority?: number | undefined
          /** Last moment of redemption */
          readonly expiresAt?: string | null | undefined
        }
      }
      answer: {
        readonly batch: {
          readonly id: string
          readonly key: string
          readonly currency: string | null
          readonly content: {
            /** A decimal of the currency, or of the unit */
            readonly amount: string
            readonly unit: string | null
            readonly source: 'paid' | 'bonus'
            readonly validDays: number | null
            readonly priority?: number
          }
          readonly vouchers: number
          readonly expiresAt: string | null
          readonly revokedAt: string | null
          readonly createdAt: string
        }
        /** They stand here and nowhere else */
        readonly codes: readonly string[]
      }
    }
    /** Make the unredeemed vouchers of a batch worthless. Scope: `vouchers:write`. Takes an `Idempotency-Key` header. */
    '/v1/voucher-batches/{key}/revoke': {
      asks: {
        readonly key: string
        readonly body?: undefined
      }
      answer: {
        readonly key: string
        readonly revokedAt: string
      }
    }
    /** Redeem a code for an account, once. Scope: `balances:write`. */
    '/v1/vouchers/redeem': {
      asks: {
        readonly body: {
          /** An id or a key */
          readonly account: string
          readonly code: string
        }
      }
      answer: {
        readonly account: string
        /** A decimal of the currency, or of the unit */
        readonly amount: string
        readonly unit: string | null
        readonly currency: string | null
        readonly batch: string
      }
    }
    /** Send a delivery now, whatever became of it before. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/webhook-deliveries/{id}/retry': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: WholeWebhookDelivery
    }
    /** Be told of what happens from now on, at an address. Scope: `settings:write`. */
    '/v1/webhook-endpoints': {
      asks: {
        readonly body: {
          /** The caller's own identifier */
          readonly key: string
          /** Where events are sent: an address with https://, of the public internet */
          readonly url: string
          readonly description?: string | null | undefined
          /** Which events: types such as `invoice.issued`, groups such as `invoice.*`, or `*` for all */
          readonly types?: readonly string[] | undefined
          /** What is told of one object keeps its order: an event waits for those of its object before it */
          readonly ordered?: boolean | undefined
          /** `whsec_` and 24 to 64 bytes in base64; made by Kvit unless set */
          readonly secret?: string | undefined
        }
      }
      answer: {
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
        /** What requests are signed with; it is shown once */
        readonly secret: string
      }
    }
    /** Tell a webhook endpoint once more of an event, or of those of a time, at most 100000. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/webhook-endpoints/{endpoint}/replays': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body: {
          /** This event alone */
          readonly event?: string | undefined
          /** Events from this time on, by the clock of the tenant */
          readonly from?: string | undefined
          /** Events before this time */
          readonly until?: string | undefined
          /** Only these; those of the endpoint unless set */
          readonly types?: readonly string[] | undefined
        }
      }
      answer: {
        /** How many it is told of */
        readonly events: number
      }
    }
    /** Give a webhook endpoint a new secret; for a while requests are signed with the earlier ones, too. Scope: `settings:write`. */
    '/v1/webhook-endpoints/{endpoint}/secrets': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body: {
          /** `whsec_` and 24 to 64 bytes in base64; made by Kvit unless set */
          readonly secret?: string | undefined
          /** For how many hours requests are signed with the earlier secrets, too */
          readonly earlierHours?: number | undefined
        }
      }
      answer: {
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
        /** What requests are signed with; it is shown once */
        readonly secret: string
      }
    }
    /** Send an event `webhook_endpoint.tested` to a webhook endpoint that is on. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/webhook-endpoints/{endpoint}/trials': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body?: undefined
      }
      answer: WebhookEndpoint
    }
  }
  put: {
    /** Have documents that are issued from now on charged by the default means of payment: when issued, when due, or never. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}/auto-charge': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          readonly on: 'issue' | 'due' | 'never'
        }
      }
      answer: {
        readonly account: string
        readonly on: 'issue' | 'due' | 'never'
      }
    }
    /** Say which column of the CSV files of a bank is what. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/bank-accounts/{reference}/csv-mapping': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: BankCsvMappingInput
      }
      answer: BankAccount
    }
    /** Set a rule: what comes along with top-ups. Scope: `balances:approve`. Takes an `Idempotency-Key` header. */
    '/v1/bonus-rules/{code}': {
      asks: {
        readonly code: string
        readonly body: {
          readonly currency: string
          readonly kind: 'percent' | 'fixed'
          readonly value: string
          readonly firstOnly?: boolean | undefined
          readonly fromAmount?: string | null | undefined
          readonly validFrom?: string | null | undefined
          readonly validUntil?: string | null | undefined
          readonly validDays?: number | null | undefined
          readonly priority?: number | undefined
        }
      }
      answer: BonusRule
    }
    /** Set how books are kept; the length of periods stays, and what is closed stays as it is. Scope: `books:write`. Takes an `Idempotency-Key` header. */
    '/v1/books/{issuer}/policies': {
      asks: {
        /** An id or a key */
        readonly issuer: string
        readonly body: BooksPoliciesInput
      }
      answer: Books
    }
    /** Publish a version of a brand: documents from now on have it, those of before keep theirs. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/brands/{key}': {
      asks: {
        /** The caller's own identifier */
        readonly key: string
        readonly body: BrandContentInput
      }
      answer: Brand
    }
    /** Set up a cash desk, or change it; its currency stays. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/cash-desks/{key}': {
      asks: {
        readonly key: string
        readonly body: {
          readonly name: string
          /** An id or a key */
          readonly issuer: string
          readonly currency: string
          readonly zone: string
          /** What cash is rounded to, such as 0.05; as its currency has coins unless set */
          readonly cashStep?: string | undefined
          /** No shift begins at a closed one */
          readonly isOpen?: boolean | undefined
        }
      }
      answer: CashDesk
    }
    /** Set the limits of approvals and promises. Scope: `balances:approve`. Takes an `Idempotency-Key` header. */
    '/v1/charging/settings': {
      asks: {
        readonly body: {
          /** Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too */
          readonly approvalLimits?: { readonly [name: string]: string } | undefined
          /** The same for adjustments of units, by unit; without an entry all of them need it */
          readonly unitApprovalLimits?: { readonly [name: string]: string } | undefined
          /** Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
          readonly reversalLimits?: { readonly [name: string]: string } | undefined
          /** Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
          readonly documentLimits?: {
            /** Credit notes on request, and disputes that are accepted */
            readonly credit_note?: { readonly [name: string]: string } | undefined
            /** Voids of whole documents; those of credit notes where it is absent */
            readonly void?: { readonly [name: string]: string } | undefined
            /** What of a credit note is to be paid back */
            readonly refund?: { readonly [name: string]: string } | undefined
            /** Debit notes on request */
            readonly debit_note?: { readonly [name: string]: string } | undefined
            readonly write_off?: { readonly [name: string]: string } | undefined
          } | undefined
          readonly promise?: {
            /** Most that is lent */
            readonly limits: { readonly [name: string]: string }
            readonly fees?: { readonly [name: string]: string } | undefined
            readonly days: number
          } | undefined
        }
      }
      answer: {
        /** Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too */
        readonly approvalLimits: { readonly [name: string]: string }
        /** The same for adjustments of units, by unit; without an entry all of them need it */
        readonly unitApprovalLimits: { readonly [name: string]: string }
        /** Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
        readonly reversalLimits?: { readonly [name: string]: string }
        /** Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too */
        readonly documentLimits?: {
          /** Credit notes on request, and disputes that are accepted */
          readonly credit_note?: { readonly [name: string]: string }
          /** Voids of whole documents; those of credit notes where it is absent */
          readonly void?: { readonly [name: string]: string }
          /** What of a credit note is to be paid back */
          readonly refund?: { readonly [name: string]: string }
          /** Debit notes on request */
          readonly debit_note?: { readonly [name: string]: string }
          readonly write_off?: { readonly [name: string]: string }
        }
        readonly promise?: {
          /** Most that is lent */
          readonly limits: { readonly [name: string]: string }
          readonly fees: { readonly [name: string]: string }
          readonly days: number
        }
      }
    }
    /** Move the test clock of the tenant forward: what becomes due on the way is done, in its order. Scope: `settings:write`. */
    '/v1/clock': {
      asks: {
        readonly body: {
          /** Not before what it is */
          readonly now: string
        }
      }
      answer: Clock
    }
    /** Set how a customer wants its documents, where it is not as the settings say. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}/delivery-preference': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** By what, the first that is possible; empty by none; null as the settings say */
          readonly transports?: ReadonlyArray<'email' | 'folder' | 'peppol'> | null | undefined
          /** Null as the settings say */
          readonly formats?: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'> | null | undefined
          /** Where documents go by e-mail; null is `email` of the customer */
          readonly email?: string | null | undefined
        }
      }
      answer: DeliveryPreference
    }
    /** Set up a payment gateway, or change it. Scope: `settings:write`. */
    '/v1/payment-gateways/{name}': {
      asks: {
        readonly name: string
        readonly body: {
          /** The provider, such as `stripe` */
          readonly adapter: string
          /** All that the adapter takes when null */
          readonly currencies?: readonly string[] | null | undefined
          /** The lowest is asked first */
          readonly priority?: number | undefined
          /** Customers of these countries alone; all when null */
          readonly countries?: readonly string[] | null | undefined
          /** Payments of a currency from `least` to `most`, both included */
          readonly amounts?: ReadonlyArray<{
            readonly currency: string
            readonly least?: string | null | undefined
            readonly most?: string | null | undefined
          }> | undefined
          /** After so many attempts in a row that it did not answer, it is asked last; never when null */
          readonly unansweredMost?: number | null | undefined
          /** Nothing new begins with a closed one; what is under way goes on */
          readonly isOpen?: boolean | undefined
          /** Credentials, by the names that the adapter has for them. Others stay as they are; null removes one */
          readonly secrets?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: PaymentGateway
    }
    /** Set what both sides get; referrals that were made keep what they gave. Scope: `balances:approve`. Takes an `Idempotency-Key` header. */
    '/v1/referral-programs/{code}': {
      asks: {
        readonly code: string
        readonly body: {
          readonly currency: string
          readonly referrerAmount: string
          readonly referredAmount: string
          readonly validDays?: number | null | undefined
          readonly priority?: number | undefined
          readonly maxPerReferrer?: number | null | undefined
        }
      }
      answer: ReferralProgram
    }
    /** Set: How much is kept of files with documents, customers and disputes.. Scope: `settings:write`. */
    '/v1/settings/attachments': {
      asks: {
        readonly body: {
          readonly values: {
            /** Of all files together; 1 MB is 10^6 bytes */
            readonly totalMegabytes?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'attachments'
        /** Null where nothing is set */
        readonly values: {
          /** Of all files together; 1 MB is 10^6 bytes */
          readonly totalMegabytes: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: From which score on money on bank accounts is booked by rule. Needs payments:write, too. Scope: `settings:write`. */
    '/v1/settings/banks': {
      asks: {
        readonly body: {
          readonly values: {
            /** A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule */
            readonly bookFrom: number
            /** So many minor units more or less are still taken for what is open: 5 is 0.05 EUR */
            readonly toleranceMinor: number
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'banks'
        /** Null where nothing is set */
        readonly values: {
          /** A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule */
          readonly bookFrom: number
          /** So many minor units more or less are still taken for what is open: 5 is 0.05 EUR */
          readonly toleranceMinor: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: When bills are run by themselves. Needs invoices:write, too. Scope: `settings:write`. */
    '/v1/settings/billing': {
      asks: {
        readonly body: {
          readonly values: {
            /** Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month */
            readonly schedule?: 'off' | 'daily' | 'monthly' | undefined
            /** Of the month, where it is monthly */
            readonly day?: number | undefined
            /** At which it begins, by the clock of the tenant */
            readonly hour?: number | undefined
            /** The time zone of the hour, and of the day up to which is billed */
            readonly zone?: string | undefined
            /** How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H */
            readonly gracePeriod?: string | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'billing'
        /** Null where nothing is set */
        readonly values: {
          /** Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month */
          readonly schedule: 'off' | 'daily' | 'monthly'
          /** Of the month, where it is monthly */
          readonly day: number
          /** At which it begins, by the clock of the tenant */
          readonly hour: number
          /** The time zone of the hour, and of the day up to which is billed */
          readonly zone: string
          /** How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H */
          readonly gracePeriod: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: How documents go to customers when they are issued. Needs invoices:write, too. Scope: `settings:write`. */
    '/v1/settings/deliveries': {
      asks: {
        readonly body: {
          readonly values: {
            /** By what; empty sends nothing by itself. A customer may want another way */
            readonly onIssue?: ReadonlyArray<'email' | 'folder' | 'peppol'> | undefined
            /** `first` takes the first way for which the customer has an address, `all` takes every one of those */
            readonly by?: 'first' | 'all' | undefined
            /** Of what goes by e-mail and into folders; through Peppol it is always UBL */
            readonly formats?: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'> | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'deliveries'
        /** Null where nothing is set */
        readonly values: {
          /** By what; empty sends nothing by itself. A customer may want another way */
          readonly onIssue: ReadonlyArray<'email' | 'folder' | 'peppol'>
          /** `first` takes the first way for which the customer has an address, `all` takes every one of those */
          readonly by: 'first' | 'all'
          /** Of what goes by e-mail and into folders; through Peppol it is always UBL */
          readonly formats: ReadonlyArray<'pdf' | 'factur_x' | 'ubl' | 'cii'>
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Who collects direct debits, and how long before customers are told. Needs payments:write, too. Scope: `settings:write`. */
    '/v1/settings/direct-debits': {
      asks: {
        readonly body: {
          readonly values: {
            /** The creditor identifier that your bank has given you */
            readonly creditorId: string
            /** Days from the document, which announces it, to the collection; 14 unless something else was agreed */
            readonly notifiedDays?: number | undefined
            /** Settlement days that your bank needs before the collection */
            readonly leadDays?: number | undefined
            /** The hour, in Brussels, from which on your bank takes a file as one of the next day */
            readonly cutOffHour?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'direct-debits'
        /** Null where nothing is set */
        readonly values: {
          /** The creditor identifier that your bank has given you */
          readonly creditorId: string
          /** Days from the document, which announces it, to the collection; 14 unless something else was agreed */
          readonly notifiedDays: number
          /** Settlement days that your bank needs before the collection */
          readonly leadDays: number
          /** The hour, in Brussels, from which on your bank takes a file as one of the next day */
          readonly cutOffHour: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Why lines of documents are disputed, besides the reasons that Kvit knows.. Scope: `settings:write`. */
    '/v1/settings/disputes': {
      asks: {
        readonly body: {
          readonly values: {
            /** Codes, each with its meaning: {"late_install": "The technician came late"} */
            readonly reasons?: { readonly [name: string]: string } | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'disputes'
        /** Null where nothing is set */
        readonly values: {
          /** Codes, each with its meaning: {"late_install": "The technician came late"} */
          readonly reasons: { readonly [name: string]: string }
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: When steps of dunning are done. Needs dunning:write, too. Scope: `settings:write`. */
    '/v1/settings/dunning': {
      asks: {
        readonly body: {
          readonly values: {
            /** Off: steps are done when somebody asks for it */
            readonly schedule?: 'off' | 'daily' | undefined
            /** At which steps are done */
            readonly hour?: number | undefined
            /** The time zone of the hour; days overdue are counted in that of each account */
            readonly zone?: string | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'dunning'
        /** Null where nothing is set */
        readonly values: {
          /** Off: steps are done when somebody asks for it */
          readonly schedule: 'off' | 'daily'
          /** At which steps are done */
          readonly hour: number
          /** The time zone of the hour; days overdue are counted in that of each account */
          readonly zone: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: How long events are kept. Needs events:read, too. Scope: `settings:write`. */
    '/v1/settings/events': {
      asks: {
        readonly body: {
          readonly values: {
            /** Since they happened; null for ever */
            readonly keepDays?: number | null | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'events'
        /** Null where nothing is set */
        readonly values: {
          /** Since they happened; null for ever */
          readonly keepDays: number | null
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Messages to apps on telephones, by Firebase Cloud Messaging.. Scope: `settings:write`. */
    '/v1/settings/fcm': {
      asks: {
        readonly body: {
          readonly values: {
            readonly apiUrl?: string | undefined
          }
          readonly secrets?: {
            /** The key of a service account that may send messages: the JSON file as the console of Firebase gives it, of at most 8,000 characters. Stays as it is unless sent; null removes it */
            readonly serviceAccount?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'fcm'
        /** Null where nothing is set */
        readonly values: {
          readonly apiUrl: string
        } | null
        readonly secrets: {
          readonly serviceAccount: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: What is odd about a document, and which of it somebody has to approve of before it is issued. Needs invoices:approve, too. Scope: `settings:write`. */
    '/v1/settings/invoice-review': {
      asks: {
        readonly body: {
          readonly values: {
            /** An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it */
            readonly factor?: number | undefined
            /** How many of the last bills an amount is compared with */
            readonly last?: number | undefined
            /** Amounts by currency from which on a document is told of: {"EUR": "10000.00"} */
            readonly over?: { readonly [name: string]: string } | undefined
            /** Warnings with which a document is not issued before somebody has approved of it; none unless set */
            readonly needsApproval?: ReadonlyArray<'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'> | undefined
            /** By how much of the approved amount a document may change before it is asked again */
            readonly tolerancePercent?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'invoice-review'
        /** Null where nothing is set */
        readonly values: {
          /** An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it */
          readonly factor: number
          /** How many of the last bills an amount is compared with */
          readonly last: number
          /** Amounts by currency from which on a document is told of: {"EUR": "10000.00"} */
          readonly over: { readonly [name: string]: string }
          /** Warnings with which a document is not issued before somebody has approved of it; none unless set */
          readonly needsApproval: ReadonlyArray<'unusual_amount' | 'zero' | 'negative' | 'tax_missing' | 'tax_id' | 'advance_left' | 'first_bill' | 'over_threshold'>
          /** By how much of the approved amount a document may change before it is asked again */
          readonly tolerancePercent: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: How long jobs are kept that are over. Needs jobs:write, too. Scope: `settings:write`. */
    '/v1/settings/jobs': {
      asks: {
        readonly body: {
          readonly values: {
            /** Since they ended; those that were given up are kept */
            readonly keepDays?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'jobs'
        /** Null where nothing is set */
        readonly values: {
          /** Since they ended; those that were given up are kept */
          readonly keepDays: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Interest and fees on documents that are paid late. Needs invoices:write, too. Scope: `settings:write`. */
    '/v1/settings/late-charges': {
      asks: {
        readonly body: {
          readonly values: {
            /** The first day that is charged: nothing is charged without it */
            readonly from?: string | null | undefined
            /** For businesses and public bodies; none unless set */
            readonly business?: {
              /** Interest in percent a year */
              readonly percent?: string | null | undefined
              /** The same by the days from which it holds */
              readonly rates?: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }> | undefined
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase?: string | null | undefined
              /** Days after the due day that are never charged */
              readonly graceDays?: number | undefined
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees?: { readonly [name: string]: string } | undefined
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays?: number | undefined
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum?: { readonly [name: string]: string } | undefined
              /** All charges on a document are no more than this part of it */
              readonly capPercent?: string | null | undefined
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            } | null | undefined
            /** For consumers, and customers of whom nobody said what they are */
            readonly consumer?: {
              /** Interest in percent a year */
              readonly percent?: string | null | undefined
              /** The same by the days from which it holds */
              readonly rates?: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }> | undefined
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase?: string | null | undefined
              /** Days after the due day that are never charged */
              readonly graceDays?: number | undefined
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees?: { readonly [name: string]: string } | undefined
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays?: number | undefined
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum?: { readonly [name: string]: string } | undefined
              /** All charges on a document are no more than this part of it */
              readonly capPercent?: string | null | undefined
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            } | null | undefined
            /** Rules of an issuer in their place, by its key */
            readonly issuers?: { readonly [name: string]: {
              /** For businesses and public bodies; none unless set */
              readonly business?: {
                /** Interest in percent a year */
                readonly percent?: string | null | undefined
                /** The same by the days from which it holds */
                readonly rates?: ReadonlyArray<{
                  readonly from: string
                  readonly percent: string
                }> | undefined
                /** Or so many points above `baseRates` */
                readonly pointsAboveBase?: string | null | undefined
                /** Days after the due day that are never charged */
                readonly graceDays?: number | undefined
                /** Once for each document: {"EUR": "40.00"} */
                readonly fees?: { readonly [name: string]: string } | undefined
                /** The fee is charged after so many days overdue */
                readonly feeAfterDays?: number | undefined
                /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
                readonly minimum?: { readonly [name: string]: string } | undefined
                /** All charges on a document are no more than this part of it */
                readonly capPercent?: string | null | undefined
                /** Damages are no supply, so that no tax is on them unless another class is set */
                readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
              } | null | undefined
              /** For consumers, and customers of whom nobody said what they are */
              readonly consumer?: {
                /** Interest in percent a year */
                readonly percent?: string | null | undefined
                /** The same by the days from which it holds */
                readonly rates?: ReadonlyArray<{
                  readonly from: string
                  readonly percent: string
                }> | undefined
                /** Or so many points above `baseRates` */
                readonly pointsAboveBase?: string | null | undefined
                /** Days after the due day that are never charged */
                readonly graceDays?: number | undefined
                /** Once for each document: {"EUR": "40.00"} */
                readonly fees?: { readonly [name: string]: string } | undefined
                /** The fee is charged after so many days overdue */
                readonly feeAfterDays?: number | undefined
                /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
                readonly minimum?: { readonly [name: string]: string } | undefined
                /** All charges on a document are no more than this part of it */
                readonly capPercent?: string | null | undefined
                /** Damages are no supply, so that no tax is on them unless another class is set */
                readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
              } | null | undefined
            } } | undefined
            /** A rule of an account in their place, by its key; null where nothing is charged */
            readonly accounts?: { readonly [name: string]: {
              /** Interest in percent a year */
              readonly percent?: string | null | undefined
              /** The same by the days from which it holds */
              readonly rates?: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }> | undefined
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase?: string | null | undefined
              /** Days after the due day that are never charged */
              readonly graceDays?: number | undefined
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees?: { readonly [name: string]: string } | undefined
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays?: number | undefined
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum?: { readonly [name: string]: string } | undefined
              /** All charges on a document are no more than this part of it */
              readonly capPercent?: string | null | undefined
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher' | undefined
            } | null } | undefined
            /** Base rates by the days from which they hold */
            readonly baseRates?: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }> | undefined
            /** What days are divided by */
            readonly yearDays?: 365 | 360 | undefined
            /** How lines begin */
            readonly interestText?: string | undefined
            readonly feeText?: string | undefined
            /** Off: charged when somebody asks for it */
            readonly schedule?: 'off' | 'daily' | 'monthly' | undefined
            /** Of the month, where it is monthly */
            readonly day?: number | undefined
            /** At which it begins */
            readonly hour?: number | undefined
            /** The time zone of the hour */
            readonly zone?: string | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'late-charges'
        /** Null where nothing is set */
        readonly values: {
          /** The first day that is charged: nothing is charged without it */
          readonly from: string | null
          /** For businesses and public bodies; none unless set */
          readonly business: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null
          /** For consumers, and customers of whom nobody said what they are */
          readonly consumer: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null
          /** Rules of an issuer in their place, by its key */
          readonly issuers: { readonly [name: string]: {
            /** For businesses and public bodies; none unless set */
            readonly business: {
              /** Interest in percent a year */
              readonly percent: string | null
              /** The same by the days from which it holds */
              readonly rates: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }>
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase: string | null
              /** Days after the due day that are never charged */
              readonly graceDays: number
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees: { readonly [name: string]: string }
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays: number
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum: { readonly [name: string]: string }
              /** All charges on a document are no more than this part of it */
              readonly capPercent: string | null
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
            } | null
            /** For consumers, and customers of whom nobody said what they are */
            readonly consumer: {
              /** Interest in percent a year */
              readonly percent: string | null
              /** The same by the days from which it holds */
              readonly rates: ReadonlyArray<{
                readonly from: string
                readonly percent: string
              }>
              /** Or so many points above `baseRates` */
              readonly pointsAboveBase: string | null
              /** Days after the due day that are never charged */
              readonly graceDays: number
              /** Once for each document: {"EUR": "40.00"} */
              readonly fees: { readonly [name: string]: string }
              /** The fee is charged after so many days overdue */
              readonly feeAfterDays: number
              /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
              readonly minimum: { readonly [name: string]: string }
              /** All charges on a document are no more than this part of it */
              readonly capPercent: string | null
              /** Damages are no supply, so that no tax is on them unless another class is set */
              readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
            } | null
          } }
          /** A rule of an account in their place, by its key; null where nothing is charged */
          readonly accounts: { readonly [name: string]: {
            /** Interest in percent a year */
            readonly percent: string | null
            /** The same by the days from which it holds */
            readonly rates: ReadonlyArray<{
              readonly from: string
              readonly percent: string
            }>
            /** Or so many points above `baseRates` */
            readonly pointsAboveBase: string | null
            /** Days after the due day that are never charged */
            readonly graceDays: number
            /** Once for each document: {"EUR": "40.00"} */
            readonly fees: { readonly [name: string]: string }
            /** The fee is charged after so many days overdue */
            readonly feeAfterDays: number
            /** Interest of less waits until it comes to this: {"EUR": "1.00"} */
            readonly minimum: { readonly [name: string]: string }
            /** All charges on a document are no more than this part of it */
            readonly capPercent: string | null
            /** Damages are no supply, so that no tax is on them unless another class is set */
            readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | 'exempt' | 'out_of_scope' | 'multi_purpose_voucher' | 'used_voucher'
          } | null }
          /** Base rates by the days from which they hold */
          readonly baseRates: ReadonlyArray<{
            readonly from: string
            readonly percent: string
          }>
          /** What days are divided by */
          readonly yearDays: 365 | 360
          /** How lines begin */
          readonly interestText: string
          readonly feeText: string
          /** Off: charged when somebody asks for it */
          readonly schedule: 'off' | 'daily' | 'monthly'
          /** Of the month, where it is monthly */
          readonly day: number
          /** At which it begins */
          readonly hour: number
          /** The time zone of the hour */
          readonly zone: string
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: The server that e-mail is sent through.. Scope: `settings:write`. */
    '/v1/settings/mail': {
      asks: {
        readonly body: {
          readonly values: {
            readonly host: string
            readonly port?: number | undefined
            /** `none` sends passwords and documents in the clear: only to a server on this machine */
            readonly security?: 'starttls' | 'tls' | 'none' | undefined
            /** Its password is a secret */
            readonly user?: string | null | undefined
            readonly fromName: string
            readonly fromAddress: string
            /** Who signs for the server, where it is no authority that is known to all */
            readonly caCertificate?: string | null | undefined
            readonly dkimDomain?: string | null | undefined
            /** The public key is the TXT record kvit._domainkey.example.com */
            readonly dkimSelector?: string | null | undefined
          }
          readonly secrets?: {
            /** What the server knows the user by: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it */
            readonly password?: string | null | undefined
            /** What messages are signed with: a private key of RSA as PEM. Stays as it is unless sent; null removes it */
            readonly dkimPrivateKey?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'mail'
        /** Null where nothing is set */
        readonly values: {
          readonly host: string
          readonly port: number
          /** `none` sends passwords and documents in the clear: only to a server on this machine */
          readonly security: 'starttls' | 'tls' | 'none'
          /** Its password is a secret */
          readonly user: string | null
          readonly fromName: string
          readonly fromAddress: string
          /** Who signs for the server, where it is no authority that is known to all */
          readonly caCertificate: string | null
          readonly dkimDomain: string | null
          /** The public key is the TXT record kvit._domainkey.example.com */
          readonly dkimSelector: string | null
        } | null
        readonly secrets: {
          readonly password: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly dkimPrivateKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: What customers are told of, by which way and when. Needs customers:write, too. Scope: `settings:write`. */
    '/v1/settings/notices': {
      asks: {
        readonly body: {
          readonly values: {
            /** Nothing is sent before it is true */
            readonly on?: boolean | undefined
            /** Nobody is disturbed from then on, by the own local time */
            readonly quietFrom?: string | null | undefined
            readonly quietUntil?: string | null | undefined
            /** Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same */
            readonly mostPerDay?: number | null | undefined
            /** Whether what is said stands in the inbox as well */
            readonly inbox?: boolean | undefined
            /** What differs for a kind */
            readonly kinds?: { readonly [name: string]: {
              /** False: nobody is told of it */
              readonly on?: boolean | undefined
              /** By what it goes: the first way, and what follows on it */
              readonly chain?: ReadonlyArray<{
                readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
                /** When it is taken after the one before; of the first one it says nothing */
                readonly when?: 'failed' | 'not_delivered' | 'not_read' | undefined
                /** After the one before was accepted */
                readonly afterMinutes?: number | undefined
              }> | undefined
              /** Whether an entry in the inbox is made besides */
              readonly inbox?: boolean | undefined
            } } | undefined
            /** What a message by a channel costs, or each part of a long SMS: kept with each that is accepted */
            readonly costs?: { readonly [name: string]: {
              readonly amount: string
              readonly currency: string
            } } | undefined
            /** A template is used when another person has approved of it */
            readonly approveTemplates?: boolean | undefined
            /** Where people find this server, for links in messages; null is KVIT_PUBLIC_URL */
            readonly linkAddress?: string | null | undefined
          }
          readonly secrets?: {
            /** What whoever tells of e-mail that came back, or of complaints, signs with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it */
            readonly bounceSecret?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'notices'
        /** Null where nothing is set */
        readonly values: {
          /** Nothing is sent before it is true */
          readonly on: boolean
          /** Nobody is disturbed from then on, by the own local time */
          readonly quietFrom: string | null
          readonly quietUntil: string | null
          /** Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same */
          readonly mostPerDay: number | null
          /** Whether what is said stands in the inbox as well */
          readonly inbox: boolean
          /** What differs for a kind */
          readonly kinds: { readonly [name: string]: {
            /** False: nobody is told of it */
            readonly on?: boolean
            /** By what it goes: the first way, and what follows on it */
            readonly chain?: ReadonlyArray<{
              readonly channel: 'email' | 'sms' | 'push' | 'voice' | 'messenger' | 'inbox'
              /** When it is taken after the one before; of the first one it says nothing */
              readonly when: 'failed' | 'not_delivered' | 'not_read'
              /** After the one before was accepted */
              readonly afterMinutes: number
            }>
            /** Whether an entry in the inbox is made besides */
            readonly inbox?: boolean
          } }
          /** What a message by a channel costs, or each part of a long SMS: kept with each that is accepted */
          readonly costs: { readonly [name: string]: {
            readonly amount: string
            readonly currency: unknown
          } }
          /** A template is used when another person has approved of it */
          readonly approveTemplates: boolean
          /** Where people find this server, for links in messages; null is KVIT_PUBLIC_URL */
          readonly linkAddress: string | null
        } | null
        readonly secrets: {
          readonly bounceSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Links by which payers pay in a browser: how long they open, and what may be paid by them. Needs payments:write, too. Scope: `settings:write`. */
    '/v1/settings/payment-links': {
      asks: {
        readonly body: {
          readonly values: {
            /** A link opens for so many days, unless its maker says otherwise */
            readonly openDays?: number | undefined
            /** Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one */
            readonly documentsAddress?: string | null | undefined
            /** Payers may pay a part of what is open */
            readonly partPayments?: boolean | undefined
            /** The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is */
            readonly leastPartMinor?: number | undefined
            /** The least that an account is topped up by, in minor units */
            readonly leastTopUpMinor?: number | undefined
            /** The most that an account is topped up by, in minor units */
            readonly mostTopUpMinor?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'payment-links'
        /** Null where nothing is set */
        readonly values: {
          /** A link opens for so many days, unless its maker says otherwise */
          readonly openDays: number
          /** Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one */
          readonly documentsAddress: string | null
          /** Payers may pay a part of what is open */
          readonly partPayments: boolean
          /** The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is */
          readonly leastPartMinor: number
          /** The least that an account is topped up by, in minor units */
          readonly leastTopUpMinor: number
          /** The most that an account is topped up by, in minor units */
          readonly mostTopUpMinor: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Payments that a bank, a till or another system tells of by signed messages. Needs payments:write, too. Scope: `settings:write`. */
    '/v1/settings/payment-notices': {
      asks: {
        readonly body: {
          readonly values: {
            /** As what they are recorded */
            readonly method: 'bank' | 'cash'
          }
          readonly secrets?: {
            /** What messages are signed with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it */
            readonly signingSecret?: string | null | undefined
            /** The one before, which is taken as well while the sender changes over: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it */
            readonly earlierSigningSecret?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'payment-notices'
        /** Null where nothing is set */
        readonly values: {
          /** As what they are recorded */
          readonly method: 'bank' | 'cash'
        } | null
        readonly secrets: {
          readonly signingSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly earlierSigningSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: How the access point of Peppol knows the tenant. Needs invoices:write, too. Scope: `settings:write`. */
    '/v1/settings/peppol': {
      asks: {
        readonly body: {
          readonly values: {
            /** By which the access point knows who sends, where it has several */
            readonly sender?: string | null | undefined
          }
          readonly secrets?: {
            /** What the access point knows the tenant by: 1 to 500 visible ASCII characters. Stays as it is unless sent; null removes it */
            readonly apiKey?: string | null | undefined
            /** What the access point signs its callbacks with: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it */
            readonly callbackSecret?: string | null | undefined
            /** The one before, which is taken as well while the access point changes over: `whsec_` and 24 to 64 bytes in base64. Stays as it is unless sent; null removes it */
            readonly earlierCallbackSecret?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'peppol'
        /** Null where nothing is set */
        readonly values: {
          /** By which the access point knows who sends, where it has several */
          readonly sender: string | null
        } | null
        readonly secrets: {
          readonly apiKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly callbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly earlierCallbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: When prepaid money is taxed: when it is used, or when it is sold. Needs invoices:write, too. Scope: `settings:write`. */
    '/v1/settings/prepaid-tax': {
      asks: {
        readonly body: {
          readonly values: {
            /** When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in */
            readonly taxed?: 'at_use' | 'at_top_up' | undefined
            /** As what it is sold: the class of all usage that it may pay for */
            readonly taxClass?: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic' | undefined
            /** As documents that sell it say it */
            readonly description?: string | undefined
            /** Keys of the issuers of whose accounts it is so; of all when absent */
            readonly issuers?: readonly string[] | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'prepaid-tax'
        /** Null where nothing is set */
        readonly values: {
          /** When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in */
          readonly taxed: 'at_use' | 'at_top_up'
          /** As what it is sold: the class of all usage that it may pay for */
          readonly taxClass: 'general' | 'goods' | 'telecom' | 'mobile' | 'telecom_wholesale' | 'electronic' | 'sim_card' | 'reduced_goods' | 'reduced_service' | 'reduced_electronic' | 'reduced_2_goods' | 'reduced_2_service' | 'reduced_2_electronic' | 'reduced_3_goods' | 'reduced_3_service' | 'reduced_3_electronic' | 'super_reduced_goods' | 'super_reduced_service' | 'super_reduced_electronic' | 'parking_goods' | 'parking_service' | 'parking_electronic' | 'zero_goods' | 'zero_service' | 'zero_electronic'
          /** As documents that sell it say it */
          readonly description: string
          /** Keys of the issuers of whose accounts it is so; of all when absent */
          readonly issuers?: readonly string[]
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Which types of usage blocks take for incoming use and for data; every other type is outgoing use. Needs blocks:write, too. Scope: `settings:write`. */
    '/v1/settings/service-blocks': {
      asks: {
        readonly body: {
          readonly values: {
            /** Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through */
            readonly incomingTypes?: readonly string[] | undefined
            /** Types of usage of data, such as `data` */
            readonly dataTypes?: readonly string[] | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'service-blocks'
        /** Null where nothing is set */
        readonly values: {
          /** Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through */
          readonly incomingTypes: readonly string[]
          /** Types of usage of data, such as `data` */
          readonly dataTypes: readonly string[]
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: The centre that short messages are sent through, by SMPP 3.4.. Scope: `settings:write`. */
    '/v1/settings/smpp': {
      asks: {
        readonly body: {
          readonly values: {
            readonly host: string
            /** With TLS most centres have 3550 */
            readonly port?: number | undefined
            /** `none` sends the password and messages in the clear */
            readonly security?: 'tls' | 'none' | undefined
            /** Who signs for the centre, where it is no authority that is known to all */
            readonly caCertificate?: string | null | undefined
            /** Its password is a secret */
            readonly systemId: string
            readonly systemType?: string | undefined
            /** Whom messages are from: up to 11 letters and digits, or a number */
            readonly from: string
            /** How a long text is cut; `payload` hands it over whole, for centres that cut themselves */
            readonly longTexts?: 'udh8' | 'udh16' | 'payload' | undefined
            /** `ucs2` where texts in Latin letters arrive with wrong characters */
            readonly alphabet?: 'gsm7' | 'ucs2' | undefined
            /** `hex_in_answers` where the centre answers with an id as 1A2B and reports of 6699 */
            readonly ids?: 'same' | 'hex_in_answers' | undefined
            /** Codes of receipts that say that nobody has a number: nothing is sent there until it is set anew */
            readonly noSuchAddressErrors?: readonly string[] | undefined
            /** Messages without an answer at one time */
            readonly maxInFlight?: number | undefined
            /** Messages, as parts of long ones are counted */
            readonly perSecond?: number | undefined
          }
          readonly secrets?: {
            /** What the centre knows the system id by: 1 to 64 characters without ends of lines. Stays as it is unless sent; null removes it */
            readonly password?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'smpp'
        /** Null where nothing is set */
        readonly values: {
          readonly host: string
          /** With TLS most centres have 3550 */
          readonly port: number
          /** `none` sends the password and messages in the clear */
          readonly security: 'tls' | 'none'
          /** Who signs for the centre, where it is no authority that is known to all */
          readonly caCertificate: string | null
          /** Its password is a secret */
          readonly systemId: string
          readonly systemType: string
          /** Whom messages are from: up to 11 letters and digits, or a number */
          readonly from: string
          /** How a long text is cut; `payload` hands it over whole, for centres that cut themselves */
          readonly longTexts: 'udh8' | 'udh16' | 'payload'
          /** `ucs2` where texts in Latin letters arrive with wrong characters */
          readonly alphabet: 'gsm7' | 'ucs2'
          /** `hex_in_answers` where the centre answers with an id as 1A2B and reports of 6699 */
          readonly ids: 'same' | 'hex_in_answers'
          /** Codes of receipts that say that nobody has a number: nothing is sent there until it is set anew */
          readonly noSuchAddressErrors: readonly string[]
          /** Messages without an answer at one time */
          readonly maxInFlight: number
          /** Messages, as parts of long ones are counted */
          readonly perSecond: number
        } | null
        readonly secrets: {
          readonly password: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: A gateway that short messages are sent through by HTTP.. Scope: `settings:write`. */
    '/v1/settings/sms-http': {
      asks: {
        readonly body: {
          readonly values: {
            /** The shape of the gateway; the fields of `shape` change it */
            readonly preset: 'twilio' | 'generic'
            readonly from: string
            /** At Twilio the Account SID */
            readonly user?: string | null | undefined
            /** Where the gateway sends receipts; null wants none */
            readonly callbackUrl?: string | null | undefined
            /** What differs from the preset */
            readonly shape?: {
              readonly url?: string | undefined
              readonly headers?: { readonly [name: string]: string } | undefined
              readonly bodyType?: 'json' | 'form' | 'none' | undefined
              readonly body?: { readonly [name: string]: unknown } | null | undefined
              readonly idField?: string | null | undefined
              readonly stateField?: string | null | undefined
              readonly acceptedStates?: readonly string[] | undefined
              readonly errorField?: string | null | undefined
              readonly errors?: { readonly [name: string]: 'no_such_address' | 'blocked' | 'too_long' | 'not_supported' | 'too_many' | 'unavailable' | 'deferred' } | undefined
              readonly receipts?: {
                readonly idField: string
                readonly stateField: string
                readonly errorField: string | null
                readonly deliveredStates: readonly string[]
                readonly failedStates: readonly string[]
                readonly signature: 'twilio' | 'hmac_sha256'
                readonly header: string
              } | null | undefined
            } | undefined
          }
          readonly secrets?: {
            /** What the gateway knows the user by: at Twilio the Auth Token: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it */
            readonly secret?: string | null | undefined
            /** What receipts are signed with, where that is another one: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it */
            readonly callbackSecret?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'sms-http'
        /** Null where nothing is set */
        readonly values: {
          /** The shape of the gateway; the fields of `shape` change it */
          readonly preset: 'twilio' | 'generic'
          readonly from: string
          /** At Twilio the Account SID */
          readonly user: string | null
          /** Where the gateway sends receipts; null wants none */
          readonly callbackUrl: string | null
          /** What differs from the preset */
          readonly shape: {
            readonly url?: string
            readonly headers?: { readonly [name: string]: string }
            readonly bodyType?: 'json' | 'form' | 'none'
            readonly body?: { readonly [name: string]: unknown } | null
            readonly idField?: string | null
            readonly stateField?: string | null
            readonly acceptedStates?: readonly string[]
            readonly errorField?: string | null
            readonly errors?: { readonly [name: string]: 'no_such_address' | 'blocked' | 'too_long' | 'not_supported' | 'too_many' | 'unavailable' | 'deferred' }
            readonly receipts?: {
              readonly idField: string
              readonly stateField: string
              readonly errorField: string | null
              readonly deliveredStates: readonly string[]
              readonly failedStates: readonly string[]
              readonly signature: 'twilio' | 'hmac_sha256'
              readonly header: string
            } | null
          }
        } | null
        readonly secrets: {
          readonly secret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
          readonly callbackSecret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: An engine of tax outside, which is asked how supplies are taxed. Needs catalog:write, too. Scope: `settings:write`. */
    '/v1/settings/tax-engine': {
      asks: {
        readonly body: {
          readonly values: {
            readonly engine: 'avalara' | 'stripe_tax'
            /** The number or name of your account at it; Stripe knows it by the key */
            readonly account: string
            /** The code of the company within the account */
            readonly company?: string | undefined
            /** Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules */
            readonly countries?: readonly string[] | undefined
            /** The codes that it knows tax classes by: {"telecom": "SC160001"} */
            readonly taxCodes?: { readonly [name: string]: string } | undefined
            /** What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said */
            readonly onFailure?: 'hold' | 'own_rules' | undefined
            /** How long it is asked before own rules are taken, by the clock of the tenant */
            readonly patienceMinutes?: number | undefined
          }
          readonly secrets?: {
            /** What you are known by at it: 8 to 200 printable characters. Stays as it is unless sent; null removes it */
            readonly licenseKey?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'tax-engine'
        /** Null where nothing is set */
        readonly values: {
          readonly engine: 'avalara' | 'stripe_tax'
          /** The number or name of your account at it; Stripe knows it by the key */
          readonly account: string
          /** The code of the company within the account */
          readonly company: string
          /** Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules */
          readonly countries: readonly string[]
          /** The codes that it knows tax classes by: {"telecom": "SC160001"} */
          readonly taxCodes: { readonly [name: string]: string }
          /** What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said */
          readonly onFailure: 'hold' | 'own_rules'
          /** How long it is asked before own rules are taken, by the clock of the tenant */
          readonly patienceMinutes: number
        } | null
        readonly secrets: {
          readonly licenseKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: What becomes of documents without tax because of a tax id that no register has confirmed. Needs invoices:approve, too. Scope: `settings:write`. */
    '/v1/settings/tax-ids': {
      asks: {
        readonly body: {
          readonly values: {
            /** warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed */
            readonly policy?: 'off' | 'warn' | 'hold' | undefined
            /** How long a confirmation counts */
            readonly days?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'tax-ids'
        /** Null where nothing is set */
        readonly values: {
          /** warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed */
          readonly policy: 'off' | 'warn' | 'hold'
          /** How long a confirmation counts */
          readonly days: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: A bot of Telegram that writes to people who have written to it.. Scope: `settings:write`. */
    '/v1/settings/telegram': {
      asks: {
        readonly body: {
          readonly values: {
            /** Another one where the tenant has a Bot API server of its own */
            readonly apiUrl?: string | undefined
            /** Messages make no sound */
            readonly silent?: boolean | undefined
          }
          readonly secrets?: {
            /** What the bot is known by: a token as BotFather gives it, 110201543:AAH…. Stays as it is unless sent; null removes it */
            readonly token?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'telegram'
        /** Null where nothing is set */
        readonly values: {
          /** Another one where the tenant has a Bot API server of its own */
          readonly apiUrl: string
          /** Messages make no sound */
          readonly silent: boolean
        } | null
        readonly secrets: {
          readonly token: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Calls in which a voice reads a text, by the API of Twilio.. Scope: `settings:write`. */
    '/v1/settings/voice': {
      asks: {
        readonly body: {
          readonly values: {
            readonly apiUrl?: string | undefined
            /** The Account SID */
            readonly user: string
            readonly from: string
            /** What the voice reads in */
            readonly language?: string | undefined
            /** How many keys are waited for */
            readonly digits?: number | undefined
            /** Where receipts, and keys, are sent; null wants none */
            readonly callbackUrl?: string | null | undefined
          }
          readonly secrets?: {
            /** The Auth Token: 1 to 500 characters without ends of lines. Stays as it is unless sent; null removes it */
            readonly secret?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'voice'
        /** Null where nothing is set */
        readonly values: {
          readonly apiUrl: string
          /** The Account SID */
          readonly user: string
          readonly from: string
          /** What the voice reads in */
          readonly language: string
          /** How many keys are waited for */
          readonly digits: number
          /** Where receipts, and keys, are sent; null wants none */
          readonly callbackUrl: string | null
        } | null
        readonly secrets: {
          readonly secret: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: Messages to browsers that have subscribed, by Web Push.. Scope: `settings:write`. */
    '/v1/settings/web-push': {
      asks: {
        readonly body: {
          readonly values: {
            /** Where push services find who sends */
            readonly contact: string
            /** How long a message waits for a browser that is away */
            readonly ttlSeconds?: number | undefined
            /** Low ones wait for power */
            readonly urgency?: 'very-low' | 'low' | 'normal' | 'high' | undefined
          }
          readonly secrets?: {
            /** What messages are signed with; browsers subscribe with its public key: 32 bytes in base64url, as kvit channel vapid-key makes them. Stays as it is unless sent; null removes it */
            readonly privateKey?: string | null | undefined
          } | undefined
        }
      }
      answer: {
        readonly name: 'web-push'
        /** Null where nothing is set */
        readonly values: {
          /** Where push services find who sends */
          readonly contact: string
          /** How long a message waits for a browser that is away */
          readonly ttlSeconds: number
          /** Low ones wait for power */
          readonly urgency: 'very-low' | 'low' | 'normal' | 'high'
        } | null
        readonly secrets: {
          readonly privateKey: {
            readonly isSet: boolean
            readonly setAt: string | null
          }
        }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set: How long deliveries to webhook endpoints are kept.. Scope: `settings:write`. */
    '/v1/settings/webhooks': {
      asks: {
        readonly body: {
          readonly values: {
            /** Since they came through or were given up */
            readonly keepDays?: number | undefined
          }
          readonly secrets?: { readonly [name: string]: never } | undefined
        }
      }
      answer: {
        readonly name: 'webhooks'
        /** Null where nothing is set */
        readonly values: {
          /** Since they came through or were given up */
          readonly keepDays: number
        } | null
        readonly secrets: { readonly [name: string]: never }
        readonly changedAt: string | null
        /** The key or user */
        readonly changedBy: string | null
      }
    }
    /** Set up a network of payment terminals, or change it. Scope: `settings:write`. */
    '/v1/terminal-networks/{name}': {
      asks: {
        readonly name: string
        readonly body: {
          readonly currency: string
          /** Of its local times, and of the day on which it may cancel */
          readonly zone: string
          readonly minSum: string
          readonly maxSum: string
          /** What payers write, in the order in which it is looked for */
          readonly accountBy?: readonly string[] | undefined
          /** What a terminal may show of an account */
          readonly shows?: ReadonlyArray<'name' | 'balance' | 'due'> | undefined
          /** Where it sends from; null is anywhere */
          readonly addresses?: readonly string[] | null | undefined
          /** How it is answered where it does not say */
          readonly format?: 'xml' | 'json' | undefined
          /** As what money is recorded; `by_account` is a top-up for accounts with balances, a payment for others */
          readonly credits?: 'by_account' | 'payment' | 'top_up' | undefined
          readonly registry?: TerminalRegistryMappingInput | null | undefined
          /** A closed one takes no new payments */
          readonly isOpen?: boolean | undefined
          /** Others stay as they are; null removes one. A secret or a list of addresses is needed */
          readonly secrets?: {
            readonly signingKey?: string | null | undefined
            readonly earlierSigningKey?: string | null | undefined
            readonly password?: string | null | undefined
          } | undefined
        }
      }
      answer: TerminalNetwork
    }
  }
  patch: {
    /** Change: account. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/accounts/{reference}': {
      asks: {
        readonly reference: string
        readonly body: {
          /** From the next billing period on, or from the one that zoneFrom names */
          readonly zone?: string | undefined
          /** First day of a billing period that has not begun */
          readonly zoneFrom?: string | undefined
          readonly termsDays?: number | undefined
          /** Most that it may owe; null lets it owe whatever it uses, as on invoice */
          readonly creditLimit?: string | null | undefined
          /** The account whose shared balances and credit pay first */
          readonly sponsor?: string | null | undefined
          /** Most that may be used of the sponsor in a billing period, by unit; money under "" */
          readonly sponsorCaps?: { readonly [name: string]: string } | undefined
          readonly thresholds?: ReadonlyArray<{
            readonly code: string
            readonly kind: 'low_balance' | 'high_balance' | 'spend' | 'allowance_used'
            /** Money below which a balance is low, or from which it is high or a spend counts; with a unit, units */
            readonly amount?: string | undefined
            readonly unit?: string | undefined
            readonly percent?: number | undefined
            readonly action?: 'notify' | 'block' | 'throttle' | 'top_up' | 'grant' | undefined
            readonly kbps?: number | undefined
            /** Units that crossing it gives */
            readonly grant?: {
              readonly unit: string
              readonly amount: string
              readonly validDays?: number | undefined
            } | undefined
          }> | undefined
          /** Bills usage before its period ends, once it comes to the threshold; with repeats each time in a period */
          readonly progressiveBilling?: {
            readonly threshold: string
            readonly repeats?: boolean | undefined
          } | null | undefined
          /** How long its bills stay drafts, which late usage joins: P3D, PT36H; null for what the settings of billing say */
          readonly gracePeriod?: string | null | undefined
          readonly brand?: string | null | undefined
          /** subscription, service or metadata.costCentre: each has a document of its own, by an entry of the subscription or else of its service; null bills all on one */
          readonly splitBy?: string | null | undefined
          /** The account whose invoices have its fees and usage, on a page of its own; null bills the account itself */
          readonly billedTo?: string | null | undefined
          /** The first day of a billing period: what begins from then on is billed there; absent is the first one that can be */
          readonly billedToFrom?: string | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: Account
    }
    /** Change somebody at a customer; an address that is set anew is tried again where it had failed. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/contacts/{id}': {
      asks: {
        readonly id: string
        readonly body: {
          readonly name?: string | undefined
          /** Null is told nothing by e-mail */
          readonly email?: string | null | undefined
          /** For SMS and voice */
          readonly phone?: string | null | undefined
          /** Of channels that have neither: the token of push, an id of a messenger */
          readonly addresses?: {
            readonly push?: string | undefined
            readonly messenger?: string | undefined
          } | undefined
          /** Null is that of the customer */
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | null | undefined
          /** Null is that of the account that something is about */
          readonly zone?: string | null | undefined
          /** What the contact is told of: what is to be paid, what works and what does not, the contract */
          readonly roles?: ReadonlyArray<'payer' | 'technical' | 'owner'> | undefined
          /** With quietUntil: own quiet hours; null are those of the settings */
          readonly quietFrom?: string | null | undefined
          readonly quietUntil?: string | null | undefined
        }
      }
      answer: Contact
    }
    /** Change: customer. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/customers/{reference}': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly name?: string | undefined
          readonly email?: string | null | undefined
          readonly address?: string | null | undefined
          readonly taxId?: string | null | undefined
          readonly language?: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro' | undefined
          readonly kind?: 'business' | 'consumer' | 'public_body' | undefined
          /** An address in its parts: its country, and in some countries its region, says which tax is due */
          readonly postalAddress?: {
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly county?: string | undefined
            readonly city?: string | undefined
            readonly postcode?: string | undefined
            /** Street, house and so on */
            readonly lines?: readonly string[] | undefined
          } | null | undefined
          /** Form and check digits are looked at: FR40303265045 */
          readonly taxIds?: readonly string[] | undefined
          /** That say it is exempt in a country, with their days */
          readonly certificates?: ReadonlyArray<{
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly number: string
            readonly reason: string
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          }> | undefined
          /** Where a consumer is, beside the address: two pieces that agree are needed abroad */
          readonly evidence?: ReadonlyArray<{
            readonly kind: 'ip' | 'card' | 'sim' | 'landline' | 'other'
            /** ISO 3166-1: DE */
            readonly country: string
          }> | undefined
          /** The reference that the customer wants on its documents */
          readonly purchaseOrder?: string | null | undefined
          /** Where e-invoices go: the code of the list (EAS) and the address in it */
          readonly electronicAddress?: {
            readonly scheme: string
            readonly id: string
          } | null | undefined
          /** Its documents are issued only once they are e-invoices by this; null where it asks for none */
          readonly einvoice?: {
            readonly specification: 'en16931' | 'xrechnung' | 'peppol'
            /** Of a public buyer in Germany: 992-90009-96 */
            readonly leitwegId?: string | undefined
            /** What else it wants as its reference on e-invoices (BT-10) */
            readonly buyerReference?: string | undefined
          } | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: Customer
    }
    /** Turn an enforcement target on or off, or have it told again regularly. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/enforcement-targets/{target}': {
      asks: {
        /** The id or key of a target */
        readonly target: string
        readonly body: {
          /** One that is turned on is told of all services that are not open */
          readonly isOn?: boolean | undefined
          /** What restricts a service is told again after so many hours; null once */
          readonly repeatHours?: number | null | undefined
        }
      }
      answer: EnforcementTarget
    }
    /** Change the metadata of an invoice: it is no part of the document, which never changes. Scope: `invoices:write`. Takes an `Idempotency-Key` header. */
    '/v1/invoices/{reference}': {
      asks: {
        /** An id or a number such as INV-000001 */
        readonly reference: string
        readonly body: {
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata: { readonly [name: string]: string | null }
        }
      }
      answer: InvoiceWithDocument
    }
    /** Change: issuer. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/issuers/{reference}': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly name?: string | undefined
          readonly address?: string | undefined
          readonly taxId?: string | null | undefined
          readonly bankDetails?: string | null | undefined
          /** Where documents are paid, by their currency: shown on them, with codes that banking applications read */
          readonly bankAccounts?: ReadonlyArray<{
            readonly currency: string
            readonly iban?: string | undefined
            readonly bic?: string | undefined
            /** Whose it is, where it is not the name of the issuer */
            readonly holder?: string | undefined
            /** Of the holder: EDRPOU or RNOKPP, which the codes of Ukrainian banks need */
            readonly taxCode?: string | undefined
            /** Of the Indian UPI: shop@bank */
            readonly virtualAddress?: string | undefined
          }> | undefined
          /** Whether corrections say of each line what was billed, what it should be, and the difference */
          readonly correctiveForm?: boolean | undefined
          /** `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month */
          readonly invoiceSeries?: string | undefined
          /** `INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month */
          readonly creditNoteSeries?: string | undefined
          readonly brand?: string | null | undefined
          /** As documents have it: GmbH, Ltd */
          readonly legalForm?: string | null | undefined
          /** An address in its parts: its country, and in some countries its region, says which tax is due */
          readonly postalAddress?: {
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly county?: string | undefined
            readonly city?: string | undefined
            readonly postcode?: string | undefined
            /** Street, house and so on */
            readonly lines?: readonly string[] | undefined
          } | null | undefined
          /** Small businesses are exempt by their turnover; who is not registered is outside the tax */
          readonly standing?: 'registered' | 'small_business' | 'not_registered' | undefined
          /** For tax, with their days. While there are none, documents have no tax */
          readonly registrations?: ReadonlyArray<{
            /** ISO 3166-1: DE */
            readonly country: string
            /** What follows the hyphen in ISO 3166-2: TX of US-TX */
            readonly region?: string | undefined
            readonly kind?: 'vat' | 'gst' | 'pst' | 'sales_tax' | undefined
            readonly number: string
            /** It has a fixed establishment there, beside the one at home */
            readonly isEstablished?: boolean | undefined
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          }> | undefined
          /** VAT of all members of the Union through one of them, for consumers */
          readonly oneStopShop?: {
            readonly scheme: 'union' | 'non_union'
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          } | null | undefined
          /** Days on which sales to consumers in other member states are below 10,000 EUR a year */
          readonly belowThreshold?: {
            readonly from: string
            /** The first day on which it does not hold any more */
            readonly until?: string | undefined
          } | null | undefined
          /** Once for each tax and rate of a document (EN 16931), or on each line */
          readonly taxRounding?: 'document' | 'line' | undefined
          /** What buyers of its country that are no consumers keep back, and pay to the tax office */
          readonly withholding?: {
            readonly percent: string
            readonly base?: 'net' | 'tax' | 'gross' | undefined
          } | null | undefined
          /** Whom to ask about documents, as e-invoices name it */
          readonly contact?: {
            readonly name: string
            readonly telephone: string
            readonly email: string
          } | null | undefined
          /** Where its e-invoices come from: the code of the list (EAS) and the address in it */
          readonly electronicAddress?: {
            readonly scheme: string
            readonly id: string
          } | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: Issuer
    }
    /** Change the own name. For a user who is signed in. */
    '/v1/me': {
      asks: {
        readonly body: {
          readonly name: string
        }
      }
      answer: {
        readonly name: string
      }
    }
    /** Change the metadata of a payment; the rest of it never changes. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payments/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body: {
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata: { readonly [name: string]: string | null }
        }
      }
      answer: Payment
    }
    /** Change the metadata of a plan version, the newest unless one is named; the rest of it never changes. Scope: `catalog:write`. Takes an `Idempotency-Key` header. */
    '/v1/plans/{code}': {
      asks: {
        readonly code: string
        readonly version?: number | undefined
        readonly body: {
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata: { readonly [name: string]: string | null }
        }
      }
      answer: PlanVersion
    }
    /** Change a role of the tenant’s own, for everybody who has it. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/roles/{name}': {
      asks: {
        readonly name: string
        readonly body: {
          readonly description?: string | undefined
          readonly scopes?: ReadonlyArray<'keys:write' | 'catalog:read' | 'catalog:write' | 'customers:read' | 'customers:write' | 'customers:erase' | 'usage:read' | 'usage:write' | 'usage:correct' | 'usage:correct-any' | 'invoices:read' | 'invoices:write' | 'invoices:approve' | 're-ratings:write' | 're-ratings:approve' | 'payments:read' | 'payments:write' | 'ledger:read' | 'books:write' | 'journal:write' | 'charging:write' | 'balances:read' | 'balances:write' | 'balances:approve' | 'blocks:read' | 'blocks:write' | 'blocks:admin' | 'vouchers:write' | 'discounts:read' | 'discounts:write' | 'dunning:read' | 'dunning:write' | 'events:read' | 'users:read' | 'users:write' | 'audit:read' | 'jobs:read' | 'jobs:write' | 'settings:read' | 'settings:write'> | undefined
        }
      }
      answer: Role
    }
    /** Change: service. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/services/{reference}': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly validUntil?: string | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: Service
    }
    /** Change: subscription. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/subscriptions/{reference}': {
      asks: {
        readonly reference: string
        readonly body: {
          readonly endsAt?: string | null | undefined
          /** Notes of your own, at most 50: keys of at most 40 characters with texts of at most 500. Entries that are named are set, null takes one away, and the others stay */
          readonly metadata?: { readonly [name: string]: string | null } | undefined
        }
      }
      answer: Subscription
    }
    /** Correct an open record: `{"record": {…}, "note": "…"}`; numbers keep the digits they are written with. Scope: `usage:write`. */
    '/v1/suspense/{id}': {
      asks: {
        readonly id: string
        readonly body: {
          /** The record as it should have been, whole */
          readonly record: { readonly [name: string]: unknown }
          /** Why: its first 1,000 characters are kept */
          readonly note?: string | undefined
        }
      }
      answer: SuspendedRecord
    }
    /** Set the test clock or the acceptance window. Scope: `tenants:write`. */
    '/v1/tenants/{name}': {
      asks: {
        readonly name: string
        readonly body: {
          /** Test clock; null follows the real one */
          readonly clock?: string | null | undefined
          /** `true` lets the clock go back; usage of later than the clock waits in suspense then */
          readonly back?: boolean | undefined
          readonly acceptanceWindowDays?: number | undefined
        }
      }
      answer: Tenant
    }
    /** Change the roles of a user in the tenant, or keep the user out of it for a while. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/users/{reference}': {
      asks: {
        /** Id or e-mail address */
        readonly reference: string
        readonly body: {
          readonly roles?: readonly string[] | undefined
          readonly disabled?: boolean | undefined
          /** Keys of the user go on, whatever they may do */
          readonly keepKeys?: boolean | undefined
        }
      }
      answer: {
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
        /** Keys of the user that ended */
        readonly endedKeys: readonly string[]
      }
    }
    /** Change a webhook endpoint, or turn it on or off. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/webhook-endpoints/{endpoint}': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body: {
          /** Where events are sent: an address with https://, of the public internet */
          readonly url?: string | undefined
          readonly description?: string | null | undefined
          /** Which events: types such as `invoice.issued`, groups such as `invoice.*`, or `*` for all */
          readonly types?: readonly string[] | undefined
          /** What is told of one object keeps its order: an event waits for those of its object before it */
          readonly ordered?: boolean | undefined
          /** `on` also takes up one that was disabled */
          readonly state?: 'on' | 'off' | undefined
        }
      }
      answer: WebhookEndpoint
    }
  }
  delete: {
    /** Remove a rule. Scope: `balances:approve`. Takes an `Idempotency-Key` header. */
    '/v1/bonus-rules/{code}': {
      asks: {
        readonly code: string
        readonly body?: undefined
      }
      answer: {
        readonly code: string
      }
    }
    /** Tell somebody nothing any more; what was said is kept. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/contacts/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: {
        readonly id: string
      }
    }
    /** Remove an enforcement target, with what it was to be told. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/enforcement-targets/{target}': {
      asks: {
        /** The id or key of a target */
        readonly target: string
        readonly body?: undefined
      }
      answer: {
        readonly id: string
      }
    }
    /** Take an invitation back. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/invitations/{id}': {
      asks: {
        readonly id: string
        readonly body?: undefined
      }
      answer: {
        readonly id: string
        readonly email: string
      }
    }
    /** Revoke an API key, and all that were made with it. Scope: `keys:write`. */
    '/v1/keys/{id}': {
      asks: {
        readonly id: string
        /** `true`: the keys that it made go on */
        readonly keepMade?: boolean | undefined
        readonly body?: undefined
      }
      answer: {
        readonly id: string
        readonly status: 'revoked'
        /** This key and those that ended with it */
        readonly revoked: readonly string[]
      }
    }
    /** End one of the own sessions: `current` signs out, `others` ends all others. For a user who is signed in. */
    '/v1/me/sessions/{id}': {
      asks: {
        readonly id: (string & Record<never, never>) | 'current' | 'others'
        readonly body?: undefined
      }
      answer: {
        readonly ended: number
      }
    }
    /** Charge a means of payment no longer: what the gateway knows it by is forgotten. Scope: `payments:write`. Takes an `Idempotency-Key` header. */
    '/v1/payment-methods/{reference}': {
      asks: {
        /** An id or a key */
        readonly reference: string
        readonly body?: undefined
      }
      answer: PaymentMethod
    }
    /** Remove a role of the tenant’s own that nobody has. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/roles/{name}': {
      asks: {
        readonly name: string
        readonly body?: undefined
      }
      answer: {
        readonly name: string
      }
    }
    /** Remove, with their secrets: How much is kept of files with documents, customers and disputes.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/attachments': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'attachments'
      }
    }
    /** Remove, with their secrets: From which score on money on bank accounts is booked by rule.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/banks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'banks'
      }
    }
    /** Remove, with their secrets: When bills are run by themselves.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/billing': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'billing'
      }
    }
    /** Remove, with their secrets: How documents go to customers when they are issued.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/deliveries': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'deliveries'
      }
    }
    /** Remove, with their secrets: Who collects direct debits, and how long before customers are told.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/direct-debits': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'direct-debits'
      }
    }
    /** Remove, with their secrets: Why lines of documents are disputed, besides the reasons that Kvit knows.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/disputes': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'disputes'
      }
    }
    /** Remove, with their secrets: When steps of dunning are done.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/dunning': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'dunning'
      }
    }
    /** Remove, with their secrets: How long events are kept.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/events': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'events'
      }
    }
    /** Remove, with their secrets: Messages to apps on telephones, by Firebase Cloud Messaging.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/fcm': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'fcm'
      }
    }
    /** Remove, with their secrets: What is odd about a document, and which of it somebody has to approve of before it is issued.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/invoice-review': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'invoice-review'
      }
    }
    /** Remove, with their secrets: How long jobs are kept that are over.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/jobs': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'jobs'
      }
    }
    /** Remove, with their secrets: Interest and fees on documents that are paid late.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/late-charges': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'late-charges'
      }
    }
    /** Remove, with their secrets: The server that e-mail is sent through.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/mail': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'mail'
      }
    }
    /** Remove, with their secrets: What customers are told of, by which way and when.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/notices': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'notices'
      }
    }
    /** Remove, with their secrets: Links by which payers pay in a browser: how long they open, and what may be paid by them.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/payment-links': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'payment-links'
      }
    }
    /** Remove, with their secrets: Payments that a bank, a till or another system tells of by signed messages.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/payment-notices': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'payment-notices'
      }
    }
    /** Remove, with their secrets: How the access point of Peppol knows the tenant.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/peppol': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'peppol'
      }
    }
    /** Remove, with their secrets: When prepaid money is taxed: when it is used, or when it is sold.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/prepaid-tax': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'prepaid-tax'
      }
    }
    /** Remove, with their secrets: Which types of usage blocks take for incoming use and for data; every other type is outgoing use.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/service-blocks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'service-blocks'
      }
    }
    /** Remove, with their secrets: The centre that short messages are sent through, by SMPP 3.4.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/smpp': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'smpp'
      }
    }
    /** Remove, with their secrets: A gateway that short messages are sent through by HTTP.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/sms-http': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'sms-http'
      }
    }
    /** Remove, with their secrets: An engine of tax outside, which is asked how supplies are taxed.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/tax-engine': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'tax-engine'
      }
    }
    /** Remove, with their secrets: What becomes of documents without tax because of a tax id that no register has confirmed.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/tax-ids': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'tax-ids'
      }
    }
    /** Remove, with their secrets: A bot of Telegram that writes to people who have written to it.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/telegram': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'telegram'
      }
    }
    /** Remove, with their secrets: Calls in which a voice reads a text, by the API of Twilio.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/voice': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'voice'
      }
    }
    /** Remove, with their secrets: Messages to browsers that have subscribed, by Web Push.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/web-push': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'web-push'
      }
    }
    /** Remove, with their secrets: How long deliveries to webhook endpoints are kept.. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/settings/webhooks': {
      asks: {
        readonly body?: undefined
      }
      answer: {
        readonly name: 'webhooks'
      }
    }
    /** Withdraw a change: as if it had never been made. Scope: `customers:write`. Takes an `Idempotency-Key` header. */
    '/v1/subscriptions/{reference}/changes/{id}': {
      asks: {
        readonly reference: string
        readonly id: string
        readonly body?: undefined
      }
      answer: SubscriptionTimeline
    }
    /** Take a user out of the tenant. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/users/{reference}': {
      asks: {
        /** Id or e-mail address */
        readonly reference: string
        readonly keepKeys?: boolean | undefined
        readonly body?: undefined
      }
      answer: {
        readonly id: string
        /** Keys of the user that ended */
        readonly endedKeys: readonly string[]
      }
    }
    /** Remove the second factor of a user who has lost it, and the recovery codes. Scope: `users:write`. Takes an `Idempotency-Key` header. */
    '/v1/users/{reference}/second-factor': {
      asks: {
        /** Id or e-mail address */
        readonly reference: string
        readonly body?: undefined
      }
      answer: {
        readonly id: string
        readonly secondFactor: false
      }
    }
    /** Delete a webhook endpoint, with what waits for it and the log of its deliveries. Scope: `settings:write`. Takes an `Idempotency-Key` header. */
    '/v1/webhook-endpoints/{endpoint}': {
      asks: {
        /** An id or a key */
        readonly endpoint: string
        readonly body?: undefined
      }
      answer: {
        readonly id: string
      }
    }
  }
}

/** Addresses that are read page by page. */
export type ListPath =
  | '/v1/accounts'
  | '/v1/accounts/{reference}/balance-entries'
  | '/v1/accounts/{reference}/service-states'
  | '/v1/adjustments'
  | '/v1/approval-requests'
  | '/v1/audit-log'
  | '/v1/bank-lines'
  | '/v1/bank-statements'
  | '/v1/blocks'
  | '/v1/books/{issuer}/periods/{from}/recognised'
  | '/v1/call-tasks'
  | '/v1/cash-movements'
  | '/v1/cash-receipts'
  | '/v1/cash-shifts'
  | '/v1/coupon-redemptions'
  | '/v1/coupons'
  | '/v1/customers'
  | '/v1/customers/{reference}/inbox'
  | '/v1/customers/{reference}/personal-data'
  | '/v1/deliveries'
  | '/v1/deposit-entries'
  | '/v1/disputes'
  | '/v1/drafts'
  | '/v1/dunning-hand-overs'
  | '/v1/dunning-policies'
  | '/v1/dunning-runs'
  | '/v1/enforcements'
  | '/v1/events'
  | '/v1/held-invoices'
  | '/v1/invoice-holds'
  | '/v1/invoices'
  | '/v1/issuers'
  | '/v1/jobs'
  | '/v1/late-charges'
  | '/v1/ledger/postings'
  | '/v1/mandates'
  | '/v1/notice-templates'
  | '/v1/notices'
  | '/v1/payment-attempts'
  | '/v1/payment-disputes'
  | '/v1/payment-links'
  | '/v1/payment-methods'
  | '/v1/payment-plans'
  | '/v1/payments'
  | '/v1/payouts'
  | '/v1/pro-forma-invoices'
  | '/v1/re-ratings'
  | '/v1/re-ratings/{id}/accounts'
  | '/v1/refunds'
  | '/v1/sepa-files'
  | '/v1/services'
  | '/v1/subscriptions'
  | '/v1/suspense'
  | '/v1/tax-answers'
  | '/v1/tax-id-checks'
  | '/v1/terminal-payments'
  | '/v1/terminal-refusals'
  | '/v1/terminal-registries'
  | '/v1/usage-corrections'
  | '/v1/usage-gaps/services'
  | '/v1/usage-imports'
  | '/v1/users'
  | '/v1/voucher-batches'
  | '/v1/webhook-deliveries'

/** Addresses that answer with a file or a page, always or where `format` asks for one. */
export type FilePath =
  | '/pay/{token}'
  | '/pay/{token}/document.pdf'
  | '/pay/{token}/payments/{id}'
  | '/pay/{token}/payments/{id}/receipt.pdf'
  | '/unsubscribe/{token}'
  | '/v1/accounts/{reference}/statement'
  | '/v1/attachments/{id}/content'
  | '/v1/books/{issuer}/balance-confirmation'
  | '/v1/books/{issuer}/journal'
  | '/v1/books/{issuer}/oss'
  | '/v1/brand-images/{digest}'
  | '/v1/callbacks/{tenant}/terminals/{network}'
  | '/v1/cash-receipts/{reference}/pdf'
  | '/v1/cash-shifts/{id}/report'
  | '/v1/drafts/{reference}/pdf'
  | '/v1/dunning-hand-overs/{id}'
  | '/v1/event-stream'
  | '/v1/invoices/{reference}/einvoice'
  | '/v1/invoices/{reference}/itemised.csv'
  | '/v1/invoices/{reference}/itemised.pdf'
  | '/v1/invoices/{reference}/itemised.xlsx'
  | '/v1/invoices/{reference}/members'
  | '/v1/invoices/{reference}/pdf'
  | '/v1/payments/{reference}/receipt'
  | '/v1/pro-forma-invoices/{reference}/pdf'
  | '/v1/sepa-files/{reference}/xml'
  | '/v1/usage-records.csv'
