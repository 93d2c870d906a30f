// Written by tools/sdk out of what the server says of its API: change the routes, then `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts`.

interface Envelope {
  readonly id: string
  /** Its place in the order of the tenant’s events, from 1 on, without gaps */
  readonly seq: number
  /** By the clock of the tenant */
  readonly createdAt: string
  /** The id or code of what it is about */
  readonly objectId: string
  readonly accountId: string | null
  readonly customerId: string | null
  /** The request that led to it, as its header `request-id` says; null for what Kvit does by itself */
  readonly requestId: string | null
  /** The id of the API key or user that asked, or the name of who signed a callback; null for what Kvit does by itself */
  readonly actor: string | null
}

/** What each type of event is about, and what it says. */
export interface EventTypes {
  /** An account was made. */
  'account.created': { objectKind: 'account'; data: {
    readonly key: string
    readonly issuerId: string
    readonly currency: string
    readonly zone: string
    readonly cycleUnit: 'day' | 'week' | 'month' | 'year'
    readonly cycleCount: number
    readonly cycleAnchor: string
    readonly termsDays: number
    /** Null lets it owe whatever it uses */
    readonly creditLimit: string | null
    readonly sponsorAccountId: string | null
  } }
  /** An account was changed. */
  'account.updated': { objectKind: 'account'; data: {
    readonly key: string
    readonly issuerId: string
    readonly currency: string
    readonly zone: string
    readonly cycleUnit: 'day' | 'week' | 'month' | 'year'
    readonly cycleCount: number
    readonly cycleAnchor: string
    readonly termsDays: number
    /** Null lets it owe whatever it uses */
    readonly creditLimit: string | null
    readonly sponsorAccountId: string | null
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** An adjustment was rejected. */
  'adjustment.rejected': { objectKind: 'adjustment'; data: {
    readonly key: string
    readonly direction: 'credit' | 'debit'
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** Null for money */
    readonly unit: string | null
    readonly currency: string
    readonly reason: string
  } }
  /** An adjustment waits for a second person. */
  'adjustment.requested': { objectKind: 'adjustment'; data: {
    readonly key: string
    readonly direction: 'credit' | 'debit'
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** Null for money */
    readonly unit: string | null
    readonly currency: string
    readonly reason: string
  } }
  /** An API key was made. */
  'api_key.created': { objectKind: 'api_key'; data: {
    readonly scopes: readonly string[]
    /** The key that it was made with */
    readonly madeBy: string | null
  } }
  /** An API key opens nothing any more. */
  'api_key.revoked': { objectKind: 'api_key'; data: {
    /** The key that was asked to be revoked: this one, or one that it descends from. Null: its user may no longer do what it may */
    readonly revokedWith: string | null
  } }
  /** Another API key takes the place of this one. */
  'api_key.rotated': { objectKind: 'api_key'; data: {
    /** The key that takes its place */
    readonly replacedBy: string
    /** Until then this one goes on */
    readonly oldExpiresAt: string
  } }
  /** What waited is done: a second person agreed, or the limit allows it by now. */
  'approval.approved': { objectKind: 'approval_request'; data: {
    /** `payment` and `top_up` are reversals of these */
    readonly kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
    /** The payment, top-up, document or dispute */
    readonly subjectId: string
    readonly subjectKey: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
    readonly reason: string
  } }
  /** Nobody decided in time on what waited; told when it is asked for again. */
  'approval.expired': { objectKind: 'approval_request'; data: {
    /** `payment` and `top_up` are reversals of these */
    readonly kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
    /** The payment, top-up, document or dispute */
    readonly subjectId: string
    readonly subjectKey: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
    readonly reason: string
  } }
  /** What waited was rejected. */
  'approval.rejected': { objectKind: 'approval_request'; data: {
    /** `payment` and `top_up` are reversals of these */
    readonly kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
    /** The payment, top-up, document or dispute */
    readonly subjectId: string
    readonly subjectKey: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
    readonly reason: string
  } }
  /** Something above a limit waits for a second person: a reversal, a note on request, a write-off. */
  'approval.requested': { objectKind: 'approval_request'; data: {
    /** `payment` and `top_up` are reversals of these */
    readonly kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
    /** The payment, top-up, document or dispute */
    readonly subjectId: string
    readonly subjectKey: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
    readonly reason: string
  } }
  /** A file is kept with something. */
  'attachment.added': { objectKind: 'attachment'; data: {
    /** What it is kept with */
    readonly subject: 'document' | 'customer' | 'dispute'
    readonly subjectId: string
    readonly type: string
    readonly bytes: number
    readonly sha256: string
  } }
  /** A file was deleted. */
  'attachment.deleted': { objectKind: 'attachment'; data: {
    /** What it is kept with */
    readonly subject: 'document' | 'customer' | 'dispute'
    readonly subjectId: string
    readonly type: string
    readonly bytes: number
    readonly sha256: string
    readonly reason: string
  } }
  /** It was set when documents of an account are charged. */
  'auto_charge.set': { objectKind: 'account'; data: {
    readonly on: 'issue' | 'due' | 'never'
  } }
  /** A document is not charged again by itself: somebody has to see to it. */
  'auto_charge.stopped': { objectKind: 'invoice'; data: {
    readonly reason: string
  } }
  /** A balance was corrected by hand. */
  'balance.adjusted': { objectKind: 'adjustment'; data: {
    readonly key: string
    readonly direction: 'credit' | 'debit'
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** Null for money */
    readonly unit: string | null
    readonly currency: string
    readonly reason: string
  } }
  /** The term of a contract commit has begun: its money can be used. */
  'balance.commit_opened': { objectKind: 'account'; data: {
    readonly subscriptionId: string
    readonly code: string
    readonly termStart: string
    readonly termEnd: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
  } }
  /** Money was lent until the next top-up. */
  'balance.credit_promised': { objectKind: 'promised_credit'; data: {
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** A decimal of the currency, or of the unit */
    readonly fee: string
    readonly currency: string
    readonly dueAt: string
  } }
  /** The balance of an account did not reach for the fee of a day; its usage is blocked where the plan says so. */
  'balance.daily_fee_unpaid': { objectKind: 'account'; data: {
    readonly subscriptionId: string
    readonly price: string
    readonly day: string
    /** A decimal of the currency */
    readonly amount: string
    readonly currency: string
  } }
  /** The time of a lot is over, and what was left of it is lost to the customer. */
  'balance.lot_expired': { objectKind: 'account'; data: {
    /** Its number, as the balances of the account show it */
    readonly lot: number
    /** Null for money */
    readonly unit: string | null
    readonly source: 'paid' | 'bonus' | 'plan' | 'promise'
    /** What opened it, such as `top_up:` and its key */
    readonly origin: string
    /** What was left */
    readonly amount: string
    readonly currency: string
    readonly expiresAt: string | null
  } }
  /** An account has a further lot of money or units. What plans give each period opens lots silently. */
  'balance.lot_opened': { objectKind: 'account'; data: {
    /** Its number, as the balances of the account show it */
    readonly lot: number
    /** Null for money */
    readonly unit: string | null
    readonly source: 'paid' | 'bonus' | 'plan' | 'promise'
    /** What opened it, such as `top_up:` and its key */
    readonly origin: string
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    readonly currency: string
    readonly expiresAt: string | null
  } }
  /** A promised credit is over: money came in, or its time has passed. What was used of it is owed. */
  'balance.promised_credit_ended': { objectKind: 'account'; data: {
    /** What is still to be paid of its fee */
    readonly feeLeft: string
    readonly currency: string
  } }
  /** A threshold of an account was crossed: its balance is low or high, or much was spent or used. Once, until it is crossed back. */
  'balance.threshold_crossed': { objectKind: 'account'; data: {
    /** Its code */
    readonly threshold: string
    readonly watches: 'low_balance' | 'high_balance' | 'spend' | 'allowance_used'
    /** What follows from it */
    readonly action: 'notify' | 'block' | 'throttle' | 'top_up' | 'grant'
  } }
  /** A top-up, or a sale of units, was taken back. */
  'balance.top_up_reversed': { objectKind: 'top_up'; data: {
    readonly key: string
    readonly method: string
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    readonly currency: string
    readonly reason: string
  } }
  /** Money came in to be used. */
  'balance.topped_up': { objectKind: 'top_up'; data: {
    readonly key: string
    readonly method: string
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    readonly currency: string
  } }
  /** Money was moved from one account to another one. */
  'balance.transferred': { objectKind: 'balance_transfer'; data: {
    readonly fromAccountId: string
    readonly toAccountId: string
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    readonly currency: string
  } }
  /** Units were sold. */
  'balance.units_sold': { objectKind: 'top_up'; data: {
    readonly key: string
    readonly method: string
    /** The price of all */
    readonly amount: string
    readonly currency: string
    readonly unit: string
    readonly units: string
  } }
  /** Which column of the CSV files of a bank is what was changed. */
  'bank_account.changed': { objectKind: 'bank_account'; data: {
    readonly key: string
  } }
  /** An account at a bank was named. */
  'bank_account.created': { objectKind: 'bank_account'; data: {
    readonly key: string
  } }
  /** Money on a bank account, or a part of it, has found what it is for. */
  'bank_line.matched': { objectKind: 'bank_line'; data: {
    readonly bankAccount: string
    readonly kind: 'payment' | 'recorded' | 'payout' | 'cash' | 'return' | 'refund' | 'fee' | 'outside' | 'offset'
    readonly currency: string
    /** A decimal of the currency; money out is below zero */
    readonly amount: string
    /** In thousandths, where it was booked by rule; null where somebody decided */
    readonly score: number | null
  } }
  /** What money on a bank account was for holds no longer. */
  'bank_line.reopened': { objectKind: 'bank_line'; data: {
    readonly bankAccount: string
    readonly currency: string
    /** A decimal of the currency; money out is below zero */
    readonly amount: string
  } }
  /** Money on a bank account was set aside, is to be returned, or waits again. */
  'bank_line.state_changed': { objectKind: 'bank_line'; data: {
    readonly bankAccount: string
    readonly state: 'set_aside' | 'to_return' | 'waiting'
  } }
  /** A statement of a bank was imported. */
  'bank_statement.imported': { objectKind: 'bank_statement'; data: {
    readonly bankAccount: string
    readonly format: string
    readonly number: string | null
    readonly entries: number
    /** Entries that no other statement had said before */
    readonly newEntries: number
  } }
  /** A bill run was stopped by a fault. */
  'bill_run.failed': { objectKind: 'bill_run'; data: {
    readonly untilDay: string
  } }
  /** A bill run has billed all accounts; those in `failed` could not be billed. */
  'bill_run.finished': { objectKind: 'bill_run'; data: {
    readonly untilDay: string
    readonly accounts: number
    /** That it issued */
    readonly documents: number
    /** Accounts that could not be billed */
    readonly failed: number
    /** Accounts whose next document waits for somebody */
    readonly held: number
    /** Accounts whose next document waits for the end of its grace period alone */
    readonly inGrace: number
  } }
  /** A bill run has begun, or was asked for once more. */
  'bill_run.started': { objectKind: 'bill_run'; data: {
    readonly untilDay: string
  } }
  /** A rule of bonuses was removed. */
  'bonus_rule.removed': { objectKind: 'bonus_rule'; data: {
    readonly code: string
  } }
  /** A rule of bonuses was set. */
  'bonus_rule.set': { objectKind: 'bonus_rule'; data: {
    readonly code: string
  } }
  /** Accounts or rules of a chart were set. */
  'books.chart_changed': { objectKind: 'issuer'; data: {
    readonly accounts: number
    readonly rules: number
  } }
  /** An issuer began to keep books. */
  'books.opened': { objectKind: 'issuer'; data: {
    readonly currency: string
    readonly opensOn: string
  } }
  /** How an issuer keeps its books was set. */
  'books.policies_changed': { objectKind: 'issuer'; data: {
    /** Percent of sold units that are expected never to be used */
    readonly unusedUnits: string
    /** Percent that is expected not to be paid, by age */
    readonly badDebts: { readonly [name: string]: string }
  } }
  /** A version of a brand was published. */
  'brand.published': { objectKind: 'brand'; data: {
    readonly key: string
    readonly version: number
    readonly digest: string
  } }
  /** Nobody has to call any more: the debt is gone. */
  'call_task.cancelled': { objectKind: 'call_task'; data: {
    readonly runId: string
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
  } }
  /** A customer who has not paid was called. */
  'call_task.done': { objectKind: 'call_task'; data: {
    readonly runId: string
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
    readonly outcome: string
  } }
  /** Somebody is to call a customer who has not paid. */
  'call_task.opened': { objectKind: 'call_task'; data: {
    readonly runId: string
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
  } }
  /** A cash desk was set up. */
  'cash_desk.created': { objectKind: 'cash_desk'; data: {
    readonly key: string
    readonly currency: string
    readonly isOpen: boolean
  } }
  /** A cash desk was changed. */
  'cash_desk.updated': { objectKind: 'cash_desk'; data: {
    readonly key: string
    readonly currency: string
    readonly isOpen: boolean
  } }
  /** Cash was put into a drawer or a safe, or taken out. */
  'cash_movement.recorded': { objectKind: 'cash_movement'; data: {
    /** The key of the cash desk */
    readonly desk: string
    readonly kind: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
  } }
  /** A receipt of a cash desk was cancelled by another one, and its cash was given back. */
  'cash_receipt.cancelled': { objectKind: 'cash_receipt'; data: {
    /** The key of the cash desk */
    readonly desk: string
    /** As it is printed */
    readonly number: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** A decimal of the currency */
    readonly cash: string
    /** The number of the receipt */
    readonly cancels: string
    readonly reason: string
  } }
  /** Somebody has paid at a cash desk. */
  'cash_receipt.issued': { objectKind: 'cash_receipt'; data: {
    /** The key of the cash desk */
    readonly desk: string
    /** As it is printed */
    readonly number: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** A decimal of the currency */
    readonly cash: string
  } }
  /** A shift at a cash desk is over: its drawer was counted. */
  'cash_shift.closed': { objectKind: 'cash_shift'; data: {
    /** The key of the cash desk */
    readonly desk: string
    readonly number: number
    readonly currency: string
    /** A decimal of the currency */
    readonly expected: string
    /** A decimal of the currency */
    readonly counted: string
    /** Below zero something is missing */
    readonly difference: string
  } }
  /** A shift at a cash desk has begun. */
  'cash_shift.opened': { objectKind: 'cash_shift'; data: {
    /** The key of the cash desk */
    readonly desk: string
    readonly number: number
    readonly currency: string
    /** A decimal of the currency */
    readonly float: string
  } }
  /** Limits of approvals or promises were set. */
  'charging_settings.changed': { objectKind: 'charging_settings'; data: { readonly [name: string]: never } }
  /** Somebody at a customer was named. */
  'contact.created': { objectKind: 'contact'; data: {
    readonly key: string
    readonly roles: readonly string[]
  } }
  /** Somebody at a customer is told nothing any more. */
  'contact.removed': { objectKind: 'contact'; data: {
    readonly key: string
    readonly roles: readonly string[]
  } }
  /** Somebody at a customer was changed. */
  'contact.updated': { objectKind: 'contact'; data: {
    readonly key: string
    readonly roles: readonly string[]
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** A coupon is redeemed no more; an automatic discount ends. */
  'coupon.archived': { objectKind: 'coupon'; data: {
    readonly code: string
    readonly currency: string | null
    /** A discount that needs no code */
    readonly isAutomatic: boolean
    readonly validFrom: string | null
    readonly validUntil: string | null
  } }
  /** Codes of a coupon were made. */
  'coupon.codes_created': { objectKind: 'coupon'; data: {
    /** Of the coupon */
    readonly code: string
    /** How many */
    readonly codes: number
  } }
  /** A coupon, or an automatic discount, was made. */
  'coupon.created': { objectKind: 'coupon'; data: {
    readonly code: string
    readonly currency: string | null
    /** A discount that needs no code */
    readonly isAutomatic: boolean
    readonly validFrom: string | null
    readonly validUntil: string | null
  } }
  /** A coupon was applied to a customer, an account or a subscription. */
  'coupon.redeemed': { objectKind: 'coupon_redemption'; data: {
    readonly couponId: string
    readonly subscriptionId: string | null
    readonly fromDay: string
    /** The same as fromDay: never */
    readonly untilDay: string | null
  } }
  /** A discount was taken away, from a day on or entirely. */
  'coupon.redemption_removed': { objectKind: 'coupon_redemption'; data: {
    readonly couponId: string
    readonly subscriptionId: string | null
    readonly fromDay: string
    /** The same as fromDay: never */
    readonly untilDay: string | null
  } }
  /** A credit note was issued: a document with a total below zero. */
  'credit_note.issued': { objectKind: 'credit_note'; data: {
    /** As it is printed */
    readonly number: string
    readonly currency: string
    /** A decimal of the currency */
    readonly total: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly billingDay: string
    /** Of a note on other documents: their numbers */
    readonly corrects: readonly string[]
  } }
  /** A customer was made. */
  'customer.created': { objectKind: 'customer'; data: {
    readonly key: string
    readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
  } }
  /** What Kvit may let go of a customer was erased. */
  'customer.erased': { objectKind: 'customer'; data: {
    /** Rows that were changed */
    readonly rows: number
  } }
  /** A register was asked whether a tax id of a customer was given to anybody. */
  'customer.tax_id_checked': { objectKind: 'customer'; data: {
    readonly verdict: 'valid' | 'invalid' | 'no_answer'
    readonly consultation: string | null
  } }
  /** A customer was changed. */
  'customer.updated': { objectKind: 'customer'; data: {
    readonly key: string
    readonly language: 'en' | 'uk' | 'ru' | 'de' | 'fr' | 'es' | 'it' | 'pl' | 'pt' | 'nl' | 'tr' | 'ro'
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** A debit note was issued: usage that was billed already costs more, or more is charged on request. */
  'debit_note.issued': { objectKind: 'debit_note'; data: {
    /** As it is printed */
    readonly number: string
    readonly currency: string
    /** A decimal of the currency */
    readonly total: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly billingDay: string
    /** Of a note on other documents: their numbers */
    readonly corrects: readonly string[]
  } }
  /** How a customer wants its documents was set. */
  'delivery_preference.set': { objectKind: 'customer'; data: {
    readonly transports: ReadonlyArray<'email' | 'folder' | 'peppol'> | null
    readonly formats: readonly string[] | null
  } }
  /** Security of a customer settles a document. */
  'deposit.applied': { objectKind: 'deposit'; data: {
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
  } }
  /** Security was paid back to its customer. */
  'deposit.released': { objectKind: 'deposit'; data: {
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
  } }
  /** A customer has left money as security. */
  'deposit.taken': { objectKind: 'deposit'; data: {
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
  } }
  /** A direct debit was refused, or came back: what it was for is open. */
  'direct_debit.failed': { objectKind: 'direct_debit'; data: {
    readonly state: 'rejected' | 'returned'
    readonly reason: string | null
    readonly meaning: string
    readonly next: 'retry' | 'correct' | 'ask' | 'stop'
    readonly endToEndId: string
    readonly invoiceId: string
  } }
  /** A disputed payment is the payer’s for good. */
  'dispute.lost': { objectKind: 'dispute'; data: {
    readonly attemptId: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** What the gateway keeps for it */
    readonly fee: string
  } }
  /** A payer disputes a payment: its money is gone while that is open. */
  'dispute.opened': { objectKind: 'dispute'; data: {
    readonly attemptId: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** What the gateway keeps for it */
    readonly fee: string
  } }
  /** A disputed payment is the operator’s again. */
  'dispute.won': { objectKind: 'dispute'; data: {
    readonly attemptId: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** What the gateway keeps for it */
    readonly fee: string
  } }
  /** A document has arrived. */
  'document.delivered': { objectKind: 'delivery'; data: {
    /** Its number */
    readonly document: string
    readonly documentId: string
    readonly documentKind: 'invoice' | 'pro_forma'
    readonly transport: 'email' | 'folder' | 'peppol'
  } }
  /** A document was not delivered, and is not tried again by itself. */
  'document.failed': { objectKind: 'delivery'; data: {
    /** Its number */
    readonly document: string
    readonly documentId: string
    readonly documentKind: 'invoice' | 'pro_forma'
    readonly transport: 'email' | 'folder' | 'peppol'
    /** A word, such as `no_address` or `einvoice_rule` */
    readonly reason: string
  } }
  /** A document was taken by who delivers it. */
  'document.sent': { objectKind: 'delivery'; data: {
    /** Its number */
    readonly document: string
    readonly documentId: string
    readonly documentKind: 'invoice' | 'pro_forma'
    readonly transport: 'email' | 'folder' | 'peppol'
  } }
  /** A document may have been sent: nobody says so, and it is not sent again by itself. */
  'document.unknown': { objectKind: 'delivery'; data: {
    /** Its number */
    readonly document: string
    readonly documentId: string
    readonly documentKind: 'invoice' | 'pro_forma'
    readonly transport: 'email' | 'folder' | 'peppol'
    /** A word, such as `no_address` or `einvoice_rule` */
    readonly reason: string
  } }
  /** Accounts were handed over to somebody who collects. */
  'dunning_hand_over.made': { objectKind: 'dunning_hand_over'; data: {
    readonly key: string
    readonly accounts: number
  } }
  /** The debt of an account that was handed over is gone: whoever collects it has to be told. */
  'dunning_hand_over.recalled': { objectKind: 'dunning_hand_over'; data: {
    readonly runId: string
  } }
  /** Somebody said that nothing is done on an account. */
  'dunning_hold.placed': { objectKind: 'dunning_hold'; data: {
    /** The last day; null until it is released */
    readonly until: string | null
  } }
  /** Dunning of an account continues. */
  'dunning_hold.released': { objectKind: 'dunning_hold'; data: {
    readonly until: string | null
  } }
  /** A version of a dunning policy was made: runs that begin from now on follow it, unless it is a draft. */
  'dunning_policy.applied': { objectKind: 'dunning_policy'; data: {
    readonly key: string
    readonly version: number
    readonly state: string
  } }
  /** A dunning policy was withdrawn: no run begins by it any more. */
  'dunning_policy.withdrawn': { objectKind: 'dunning_policy'; data: {
    readonly key: string
    readonly version: number
    readonly state: string
  } }
  /** An account is overdue: the first step of its policy is done. */
  'dunning_run.began': { objectKind: 'dunning_run'; data: {
    readonly policy: string
    readonly version: number
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
  } }
  /** No more than the grace amount is overdue: its blocks are lifted, and nothing more is done. */
  'dunning_run.ended': { objectKind: 'dunning_run'; data: {
    readonly policy: string
    readonly version: number
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
  } }
  /** The debt of a run that had ended is there again, such as by a reversal: it continues where it stood. */
  'dunning_run.reopened': { objectKind: 'dunning_run'; data: {
    readonly policy: string
    readonly version: number
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
  } }
  /** A step of dunning was done. */
  'dunning_step.done': { objectKind: 'dunning_step'; data: {
    readonly runId: string
    /** Its name in the policy */
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
    readonly daysOverdue: number
    /** What was done, or why nothing was */
    readonly detail: string | null
  } }
  /** A step of dunning was refused: somebody has to see to it. */
  'dunning_step.failed': { objectKind: 'dunning_step'; data: {
    readonly runId: string
    /** Its name in the policy */
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
    readonly daysOverdue: number
    /** What was done, or why nothing was */
    readonly detail: string | null
  } }
  /** A step of dunning was due, and there is nothing by which it could be done: somebody has to see to it. */
  'dunning_step.not_available': { objectKind: 'dunning_step'; data: {
    readonly runId: string
    /** Its name in the policy */
    readonly step: string
    readonly action: 'remind' | 'charge_again' | 'late_fee' | 'call' | 'soft_block' | 'hard_block' | 'terminate' | 'hand_over'
    readonly currency: string
    /** What was to be asked for; a decimal of the currency */
    readonly amount: string
    readonly daysOverdue: number
    /** What was done, or why nothing was */
    readonly detail: string | null
  } }
  /** A part of the network was named that is told of the states of services. */
  'enforcement_target.created': { objectKind: 'enforcement_target'; data: {
    readonly key: string
    readonly kind: 'webhook' | 'radius'
    readonly isOn: boolean
  } }
  /** An enforcement target was removed. */
  'enforcement_target.deleted': { objectKind: 'enforcement_target'; data: {
    readonly key: string
    readonly kind: 'webhook' | 'radius'
    readonly isOn: boolean
  } }
  /** An enforcement target is told once more of services. */
  'enforcement_target.resent': { objectKind: 'enforcement_target'; data: {
    readonly key: string
    /** How many */
    readonly services: number
  } }
  /** An enforcement target was turned on or off, or is told again otherwise than before. */
  'enforcement_target.updated': { objectKind: 'enforcement_target'; data: {
    readonly key: string
    readonly kind: 'webhook' | 'radius'
    readonly isOn: boolean
  } }
  /** Somebody has looked at a draft and approves of it, for the amount that it has. */
  'invoice.approved': { objectKind: 'account'; data: {
    readonly draftId: string
    readonly kind: 'bill' | 'interim' | 'note' | 'one_off'
    readonly billingDay: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** What was odd about it */
    readonly warnings: readonly string[]
  } }
  /** A document of an account is due and not issued, or waits for other reasons than before: it is a draft. */
  'invoice.held': { objectKind: 'account'; data: {
    readonly draftId: string
    readonly kind: 'bill' | 'interim' | 'note' | 'one_off'
    readonly billingDay: string
    readonly reasons: readonly string[]
    /** Of the reasons: grace_period, by_hand, on_hold, review, tax_missing, tax_id, einvoice_rule, failed */
    readonly codes: readonly string[]
    /** When it is issued by itself; null where it waits for somebody */
    readonly dueAt: string | null
  } }
  /** An invoice was issued. */
  'invoice.issued': { objectKind: 'invoice'; data: {
    /** As it is printed */
    readonly number: string
    readonly currency: string
    /** A decimal of the currency */
    readonly total: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly billingDay: string
    /** Of a note on other documents: their numbers */
    readonly corrects: readonly string[]
  } }
  /** What callers keep beside a document was changed. */
  'invoice.metadata_changed': { objectKind: 'invoice'; data: {
    readonly number: string
  } }
  /** Nothing of an invoice is left to be paid. */
  'invoice.paid': { objectKind: 'invoice'; data: {
    readonly currency: string
    /** What was settled just now */
    readonly amount: string
    /** What is left to be paid */
    readonly open: string
  } }
  /** A part of an invoice was settled. */
  'invoice.partially_paid': { objectKind: 'invoice'; data: {
    readonly currency: string
    /** What was settled just now */
    readonly amount: string
    /** What is left to be paid */
    readonly open: string
  } }
  /** A draft of an account is issued, or nothing of it is due any more. */
  'invoice.released': { objectKind: 'account'; data: {
    readonly draftId: string
    readonly kind: 'bill' | 'interim' | 'note' | 'one_off'
    readonly billingDay: string
  } }
  /** What had settled an invoice is gone: it is to be paid again. */
  'invoice.reopened': { objectKind: 'invoice'; data: {
    readonly currency: string
    /** What is to be paid again */
    readonly amount: string
  } }
  /** An invoice is void: a credit note takes all of it back. */
  'invoice.voided': { objectKind: 'invoice'; data: {
    readonly number: string
    readonly creditNoteId: string
    /** What it billed is billed anew */
    readonly rebill: boolean
  } }
  /** What is open of an invoice, or a part of it, was given up. */
  'invoice.written_off': { objectKind: 'invoice'; data: {
    /** By which it is taken back: it is kept as a payment of the method `write_off` */
    readonly key: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly reason: string
  } }
  /** Somebody said that a draft, or no document of an account, is to be issued. */
  'invoice_hold.placed': { objectKind: 'account'; data: {
    readonly holdId: string
    /** Null for all documents of the account */
    readonly draftId: string | null
    readonly reason: string
    readonly until: string | null
  } }
  /** What somebody had put on hold may be issued. */
  'invoice_hold.released': { objectKind: 'account'; data: {
    readonly holdId: string
    /** Null for all documents of the account */
    readonly draftId: string | null
    readonly reason: string
  } }
  /** An issuer of documents was made. */
  'issuer.created': { objectKind: 'issuer'; data: {
    readonly key: string
    readonly invoiceSeries: string
    readonly creditNoteSeries: string
  } }
  /** An issuer was changed. */
  'issuer.updated': { objectKind: 'issuer'; data: {
    readonly key: string
    readonly invoiceSeries: string
    readonly creditNoteSeries: string
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** A job has ended because somebody cancelled it. */
  'job.cancelled': { objectKind: 'job'; data: {
    /** Such as `bill_run` */
    readonly kind: string
    /** Which one of its kind */
    readonly key: string
  } }
  /** A job was given up after its last attempt; it is kept, and can be run again. */
  'job.failed': { objectKind: 'job'; data: {
    /** Such as `bill_run` */
    readonly kind: string
    /** Which one of its kind */
    readonly key: string
    readonly attempts: number
  } }
  /** Somebody has a job run again that was given up or was to be tried later. */
  'job.retried': { objectKind: 'job'; data: {
    /** Such as `bill_run` */
    readonly kind: string
    /** Which one of its kind */
    readonly key: string
  } }
  /** Interest for days, or a fee, was charged because a document was paid late; an invoice of lines bills it. */
  'late_charge.charged': { objectKind: 'late_charge'; data: {
    /** The document that was late */
    readonly invoiceId: string
    readonly kind: 'interest' | 'fee'
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** The first day that it is for */
    readonly from: string
    /** The day after the last one */
    readonly until: string
    /** As the line says it */
    readonly text: string
  } }
  /** A late charge, or a part of it, was given back: somebody waived it, or the document that was late was credited. */
  'late_charge.returned': { objectKind: 'late_charge'; data: {
    /** The document that was late */
    readonly invoiceId: string
    readonly kind: 'interest' | 'fee'
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** The first day that it is for */
    readonly from: string
    /** The day after the last one */
    readonly until: string
    /** What was given back now */
    readonly returned: string
    readonly because: 'waived' | 'credited'
    readonly reason: string
    /** Null where its line had been credited before */
    readonly creditNoteId: string | null
  } }
  /** A dispute was accepted: a credit note takes back so much. */
  'line_dispute.accepted': { objectKind: 'line_dispute'; data: {
    readonly key: string
    readonly invoiceId: string
    /** Of the document */
    readonly number: string
    readonly currency: string
    /** Disputed, with tax; a decimal of the currency */
    readonly amount: string
    /** Its code */
    readonly reason: string
    /** By the credit note, with tax; less than the amount where it was accepted in part */
    readonly credited: string
    readonly creditNoteId: string
  } }
  /** A customer disputes lines of a document: what is disputed may not be asked for. */
  'line_dispute.opened': { objectKind: 'line_dispute'; data: {
    readonly key: string
    readonly invoiceId: string
    /** Of the document */
    readonly number: string
    readonly currency: string
    /** Disputed, with tax; a decimal of the currency */
    readonly amount: string
    /** Its code */
    readonly reason: string
  } }
  /** A dispute was rejected: its amount is owed. */
  'line_dispute.rejected': { objectKind: 'line_dispute'; data: {
    readonly key: string
    readonly invoiceId: string
    /** Of the document */
    readonly number: string
    readonly currency: string
    /** Disputed, with tax; a decimal of the currency */
    readonly amount: string
    /** Its code */
    readonly reason: string
    readonly decision: string
  } }
  /** A customer disputes no longer: its amount is owed. */
  'line_dispute.withdrawn': { objectKind: 'line_dispute'; data: {
    readonly key: string
    readonly invoiceId: string
    /** Of the document */
    readonly number: string
    readonly currency: string
    /** Disputed, with tax; a decimal of the currency */
    readonly amount: string
    /** Its code */
    readonly reason: string
  } }
  /** A mandate is used no more. */
  'mandate.ended': { objectKind: 'mandate'; data: {
    readonly reference: string
    readonly reason: string
  } }
  /** A customer allows direct debits. */
  'mandate.given': { objectKind: 'mandate'; data: {
    readonly reference: string
    readonly scheme: 'CORE' | 'B2B'
  } }
  /** A meter can be used by plans. */
  'meter.published': { objectKind: 'meter'; data: {
    readonly code: string
    readonly publishedAt: string
  } }
  /** A message did not come by its channel, and is not tried again by itself; another way may follow. */
  'notice.failed': { objectKind: 'notice_message'; data: {
    readonly kind: string
    readonly channel: string
    readonly noticeId: string
    readonly reason: string
  } }
  /** Somebody has asked for a customer to be told. */
  'notice.requested': { objectKind: 'notice'; data: {
    readonly kind: string
    readonly origin: string
  } }
  /** Somebody has said what to be told of, or somebody has noted it; `objectId` is the contact, or the customer itself. */
  'notice_preference.set': { objectKind: 'person'; data: {
    /** A kind, or `*` */
    readonly kind: string
    /** A channel, or `*` */
    readonly channel: string
    /** Null takes back what was said */
    readonly isWanted: boolean | null
    readonly origin: 'request' | 'link' | 'one_click' | 'complaint'
  } }
  /** A version of what a kind of notices says is used from now on. */
  'notice_template.approved': { objectKind: 'notice_template'; data: {
    readonly kind: string
    readonly channel: string
    readonly language: string
    readonly version: number
  } }
  /** A version of what a kind of notices says was drafted. */
  'notice_template.drafted': { objectKind: 'notice_template'; data: {
    readonly kind: string
    readonly channel: string
    readonly language: string
    readonly version: number
  } }
  /** A version of what a kind of notices says was rejected. */
  'notice_template.rejected': { objectKind: 'notice_template'; data: {
    readonly kind: string
    readonly channel: string
    readonly language: string
    readonly version: number
  } }
  /** What callers keep beside a payment was changed. */
  'payment.metadata_changed': { objectKind: 'payment'; data: {
    readonly key: string
  } }
  /** Money was received, or, of the method `deposit`, was taken out of a deposit to settle a document. */
  'payment.recorded': { objectKind: 'payment'; data: {
    readonly key: string
    readonly method: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly receivedOn: string
  } }
  /** A payment was taken back, such as one that bounced; of the method `write_off`, what was given up is owed again. */
  'payment.reversed': { objectKind: 'payment'; data: {
    readonly key: string
    readonly method: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    readonly receivedOn: string
    readonly reason: string
  } }
  /** A gateway is going to be asked to charge, to refund, or to keep a means of payment. */
  'payment_attempt.created': { objectKind: 'payment_attempt'; data: {
    readonly key: string
    readonly kind: 'charge' | 'refund' | 'setup'
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What was asked for */
    readonly amount: string
    readonly invoiceId: string | null
  } }
  /** A gateway has refused. */
  'payment_attempt.failed': { objectKind: 'payment_attempt'; data: {
    readonly key: string
    readonly kind: 'charge' | 'refund' | 'setup'
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What was asked for */
    readonly amount: string
    readonly invoiceId: string | null
    readonly reason: string
    /** Another attempt may go through later */
    readonly mayRetry: boolean
  } }
  /** The payer or a bank has yet to do something. */
  'payment_attempt.pending': { objectKind: 'payment_attempt'; data: {
    readonly key: string
    readonly kind: 'charge' | 'refund' | 'setup'
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What was asked for */
    readonly amount: string
    readonly invoiceId: string | null
  } }
  /** A gateway has done what it was asked for. */
  'payment_attempt.succeeded': { objectKind: 'payment_attempt'; data: {
    readonly key: string
    readonly kind: 'charge' | 'refund' | 'setup'
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What was asked for */
    readonly amount: string
    readonly invoiceId: string | null
  } }
  /** A gateway did not answer: it is asked again until it is known what came of it. */
  'payment_attempt.unknown': { objectKind: 'payment_attempt'; data: {
    readonly key: string
    readonly kind: 'charge' | 'refund' | 'setup'
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What was asked for */
    readonly amount: string
    readonly invoiceId: string | null
  } }
  /** A payment gateway was set up. */
  'payment_gateway.created': { objectKind: 'payment_gateway'; data: {
    /** The name of the payment gateway */
    readonly gateway: string
    readonly adapter: string
    readonly isOpen: boolean
    /** The names of credentials that were set or removed */
    readonly secrets: readonly string[]
  } }
  /** A payment gateway was changed. */
  'payment_gateway.updated': { objectKind: 'payment_gateway'; data: {
    /** The name of the payment gateway */
    readonly gateway: string
    readonly adapter: string
    readonly isOpen: boolean
    /** The names of credentials that were set or removed */
    readonly secrets: readonly string[]
  } }
  /** Somebody asked for a link by which a payer can pay in a browser. Those that stand on documents are told of by no event of their own. */
  'payment_link.created': { objectKind: 'payment_link'; data: {
    readonly purpose: 'document' | 'open_items' | 'top_up'
    /** The document that it asks for */
    readonly invoiceId: string | null
    readonly expiresAt: string
  } }
  /** A link to pay by opens no longer. */
  'payment_link.revoked': { objectKind: 'payment_link'; data: {
    readonly purpose: 'document' | 'open_items' | 'top_up'
    /** The document that it asks for */
    readonly invoiceId: string | null
    readonly expiresAt: string
    readonly reason: string | null
  } }
  /** A gateway keeps a means of payment. */
  'payment_method.added': { objectKind: 'payment_method'; data: {
    readonly key: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly kind: string | null
    readonly last4: string | null
  } }
  /** A means of payment is what its account is charged by from now on. */
  'payment_method.default_changed': { objectKind: 'payment_method'; data: {
    readonly key: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly kind: string | null
    readonly last4: string | null
  } }
  /** A means of payment is charged no longer. */
  'payment_method.removed': { objectKind: 'payment_method'; data: {
    readonly key: string
    /** The name of the payment gateway */
    readonly gateway: string
    readonly kind: string | null
    readonly last4: string | null
  } }
  /** The day of a part is over, and it is not paid: all that is open is due. */
  'payment_plan.broken': { objectKind: 'payment_plan'; data: {
    readonly key: string
    readonly kind: 'promise' | 'instalments'
    readonly currency: string
    /** Of all parts; a decimal of the currency */
    readonly amount: string
    readonly parts: number
    readonly lastDueOn: string
    /** What of the parts that were due is not paid */
    readonly missing: string
    readonly dueOn: string
  } }
  /** A promise or instalments were given up by somebody. */
  'payment_plan.cancelled': { objectKind: 'payment_plan'; data: {
    readonly key: string
    readonly kind: 'promise' | 'instalments'
    readonly currency: string
    /** Of all parts; a decimal of the currency */
    readonly amount: string
    readonly parts: number
    readonly lastDueOn: string
    readonly reason: string | null
  } }
  /** All parts of a promise or of instalments were paid in time. */
  'payment_plan.kept': { objectKind: 'payment_plan'; data: {
    readonly key: string
    readonly kind: 'promise' | 'instalments'
    readonly currency: string
    /** Of all parts; a decimal of the currency */
    readonly amount: string
    readonly parts: number
    readonly lastDueOn: string
  } }
  /** A customer has promised to pay, or instalments were agreed on: as long as that is kept, nobody has to be reminded. */
  'payment_plan.made': { objectKind: 'payment_plan'; data: {
    readonly key: string
    readonly kind: 'promise' | 'instalments'
    readonly currency: string
    /** Of all parts; a decimal of the currency */
    readonly amount: string
    readonly parts: number
    readonly lastDueOn: string
  } }
  /** A gateway has transferred money to the bank. */
  'payout.booked': { objectKind: 'payout'; data: {
    /** The name of the payment gateway */
    readonly gateway: string
    readonly currency: string
    /** What has left the clearing account */
    readonly gross: string
    /** A decimal of the currency */
    readonly fee: string
    /** What came to the bank */
    readonly net: string
    readonly arrivedOn: string
    /** How much does not agree with what Kvit knows */
    readonly differences: number
  } }
  /** A period of the books was closed. */
  'period.closed': { objectKind: 'accounting_period'; data: {
    readonly issuerId: string
    readonly from: string
    /** Not part of it */
    readonly until: string
    readonly lines: number
    /** SHA-256 over its lines and the digest of the period before */
    readonly digest: string
  } }
  /** A closed period was opened again. */
  'period.reopened': { objectKind: 'accounting_period'; data: {
    readonly issuerId: string
    readonly from: string
    /** Not part of it */
    readonly until: string
    readonly reason: string
  } }
  /** What callers keep beside a plan was changed. */
  'plan.metadata_changed': { objectKind: 'plan'; data: {
    readonly code: string
  } }
  /** A version of a plan was published, in one currency. With a subscription, its prices were negotiated for that one alone. */
  'plan.published': { objectKind: 'plan_version'; data: {
    readonly code: string
    readonly version: number
    readonly currency: string
    /** When new subscriptions begin to get it; null: at once */
    readonly availableFrom: string | null
    readonly subscriptionId: string | null
    readonly publishedAt: string
  } }
  /** A version of a rate deck was imported. */
  'rate_deck.published': { objectKind: 'rate_deck_version'; data: {
    readonly code: string
    readonly version: number
    readonly effectiveFrom: string
    /** Prefixes in it */
    readonly rows: number
  } }
  /** A re-rating is applied. */
  're_rating.approved': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** A re-rating was given up; what it had done stays. */
  're_rating.cancelled': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** What a re-rating would change is known; it waits for its approval. */
  're_rating.drafted': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** A re-rating was stopped by a fault. */
  're_rating.failed': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** A re-rating was applied to all of its accounts, and its documents are issued. */
  're_rating.finished': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** A re-rating was asked for; what it would change is computed. */
  're_rating.started': { objectKind: 're_rating'; data: {
    readonly key: string
    readonly from: string
    readonly until: string
    readonly reason: string
  } }
  /** A customer brought another one; both have their bonus. */
  'referral.recorded': { objectKind: 'referral'; data: {
    readonly key: string
    readonly program: string
    readonly referrerAccountId: string
    readonly referredAccountId: string
  } }
  /** What customers get who bring customers was set. */
  'referral_program.set': { objectKind: 'referral_program'; data: {
    readonly code: string
  } }
  /** Money of a credit note, or of a payment that settles nothing, is to be paid back. */
  'refund.due': { objectKind: 'refund'; data: {
    readonly creditNoteId: string | null
    readonly paymentId: string | null
    readonly currency: string
    /** What is to be paid back */
    readonly amount: string
  } }
  /** What a payment did not need and was to be paid back stays the customer’s after all. */
  'refund.kept': { objectKind: 'refund'; data: {
    readonly currency: string
    /** What is to be paid back */
    readonly amount: string
    readonly reason: string
  } }
  /** What was to be paid back was sent. */
  'refund.sent': { objectKind: 'refund'; data: {
    readonly currency: string
    /** What is to be paid back */
    readonly amount: string
    readonly method: string
    readonly reference: string | null
    readonly sentOn: string
  } }
  /** A role of the tenant was changed. */
  'role.changed': { objectKind: 'role'; data: {
    readonly scopes: readonly string[]
  } }
  /** A role of the tenant was made. */
  'role.created': { objectKind: 'role'; data: {
    readonly scopes: readonly string[]
  } }
  /** A role of the tenant was removed. */
  'role.removed': { objectKind: 'role'; data: { readonly [name: string]: never } }
  /** A schedule can be used by plans. */
  'schedule.published': { objectKind: 'schedule'; data: {
    readonly code: string
    readonly publishedAt: string
  } }
  /** Secrets are encrypted with another key from now on. */
  'secret_key.changed': { objectKind: 'secret_key'; data: { readonly [name: string]: never } }
  /** A file of direct debits, or of refunds, was made for a bank. */
  'sepa_file.made': { objectKind: 'sepa_file'; data: {
    readonly kind: 'debits' | 'refunds'
    readonly bankAccount: string
    readonly orders: number
    readonly currency: string
    /** A decimal of the currency; money out is below zero */
    readonly amount: string
  } }
  /** A service is restricted, or otherwise than before: what is barred, or how fast it still is. */
  'service.blocked': { objectKind: 'service'; data: {
    /** Of the service */
    readonly key: string
    /** Grows with every change of the service’s state */
    readonly version: number
    readonly state: 'open' | 'throttled' | 'restricted' | 'blocked'
    readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
    readonly kbps: number | null
    readonly reasons: ReadonlyArray<'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'>
  } }
  /** A service was made. */
  'service.created': { objectKind: 'service'; data: {
    readonly validFrom: string
    readonly validUntil: string | null
  } }
  /** A part of the network could not be told of a service, and is told no more until somebody asks for it or the service changes. */
  'service.enforcement_failed': { objectKind: 'service'; data: {
    /** The key of the enforcement target */
    readonly target: string
    readonly service: string
    readonly version: number
    readonly state: 'open' | 'throttled' | 'restricted' | 'blocked'
    /** What came of the last attempt */
    readonly words: string
  } }
  /** Nothing restricts a service any longer. */
  'service.opened': { objectKind: 'service'; data: {
    /** Of the service */
    readonly key: string
    /** Grows with every change of the service’s state */
    readonly version: number
    readonly state: 'open' | 'throttled' | 'restricted' | 'blocked'
    readonly barred: ReadonlyArray<'outgoing' | 'incoming' | 'data'>
    readonly kbps: number | null
    readonly reasons: ReadonlyArray<'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'>
  } }
  /** A service was changed, such as its end. */
  'service.updated': { objectKind: 'service'; data: {
    readonly validFrom: string
    readonly validUntil: string | null
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** A block was lifted before its end. */
  'service_block.lifted': { objectKind: 'service_block'; data: {
    readonly key: string
    /** Null is every service of the account */
    readonly serviceId: string | null
    readonly reason: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'
    readonly scope: 'outgoing' | 'incoming' | 'data' | 'all'
    /** It slows down to so many kilobits per second; null bars */
    readonly kbps: number | null
    readonly from: string
    readonly until: string | null
  } }
  /** A block was placed; it may begin later. */
  'service_block.placed': { objectKind: 'service_block'; data: {
    readonly key: string
    /** Null is every service of the account */
    readonly serviceId: string | null
    readonly reason: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'
    readonly scope: 'outgoing' | 'incoming' | 'data' | 'all'
    /** It slows down to so many kilobits per second; null bars */
    readonly kbps: number | null
    readonly from: string
    readonly until: string | null
  } }
  /** A session was ended because its gateway has not reported in time; what it had set aside is free again. */
  'session.expired': { objectKind: 'session'; data: {
    /** The gateway */
    readonly source: string
    /** As the gateway named it */
    readonly session: string
    readonly startedAt: string
    /** Until when usage was reported */
    readonly reportedAt: string
  } }
  /** Settings of the tenant were set. */
  'settings.changed': { objectKind: 'settings'; data: {
    /** Names of the secrets that were set anew */
    readonly secretsSet: readonly string[]
    readonly secretsRemoved: readonly string[]
  } }
  /** Settings of the tenant were removed. */
  'settings.removed': { objectKind: 'settings'; data: { readonly [name: string]: never } }
  /** A change of a subscription was withdrawn, as if it had never been made. */
  'subscription.change_withdrawn': { objectKind: 'subscription'; data: {
    readonly changeId: string
    readonly kind: 'plan' | 'quantity' | 'pause' | 'resume' | 'cancel' | 'renew'
    readonly effectiveAt: string
  } }
  /** A dated change of a subscription was recorded: of plan or quantity, a pause, a resumption, a cancellation, a renewal. */
  'subscription.changed': { objectKind: 'subscription'; data: {
    readonly changeId: string
    readonly kind: 'plan' | 'quantity' | 'pause' | 'resume' | 'cancel' | 'renew'
    readonly effectiveAt: string
    readonly planVersionId: string | null
    readonly quantity: number | null
  } }
  /** A subscription was made. */
  'subscription.created': { objectKind: 'subscription'; data: {
    readonly key: string
    readonly serviceId: string | null
    /** What it begins with */
    readonly planVersionId: string
    readonly quantity: number
    readonly startsAt: string
    readonly endsAt: string | null
    readonly parentId: string | null
  } }
  /** A subscription was changed, such as its end. */
  'subscription.updated': { objectKind: 'subscription'; data: {
    readonly key: string
    readonly serviceId: string | null
    /** What it begins with */
    readonly planVersionId: string
    readonly quantity: number
    readonly startsAt: string
    readonly endsAt: string | null
    readonly parentId: string | null
    /** The fields that were changed */
    readonly changed: readonly string[]
  } }
  /** Rates of tax were added; `objectId` is the first of them. */
  'tax_rates.added': { objectKind: 'tax_rate'; data: {
    readonly rates: number
    readonly countries: readonly string[]
    readonly source: string
    readonly asOf: string
  } }
  /** The tenant was made. */
  'tenant.created': { objectKind: 'tenant'; data: {
    readonly acceptanceWindowDays: number
    /** Null: the real time */
    readonly clock: string | null
  } }
  /** Settings of the tenant were changed, or its test clock moved. */
  'tenant.updated': { objectKind: 'tenant'; data: {
    readonly acceptanceWindowDays: number
    /** Null: the real time */
    readonly clock: string | null
  } }
  /** A network of terminals was set up. */
  'terminal_network.created': { objectKind: 'terminal_network'; data: {
    /** The name of the network */
    readonly network: string
    readonly isOpen: boolean
    /** Names of secrets that were set or removed */
    readonly secrets: readonly string[]
  } }
  /** A network of terminals was changed. */
  'terminal_network.updated': { objectKind: 'terminal_network'; data: {
    /** The name of the network */
    readonly network: string
    readonly isOpen: boolean
    /** Names of secrets that were set or removed */
    readonly secrets: readonly string[]
  } }
  /** What a terminal had taken was taken back. */
  'terminal_payment.cancelled': { objectKind: 'terminal_payment'; data: {
    /** The name of the network */
    readonly network: string
    /** The network’s own id */
    readonly txnId: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** As what it was recorded */
    readonly kind: 'payment' | 'top_up'
    readonly reason: string
  } }
  /** A terminal, or an app of a bank, has taken money for an account. */
  'terminal_payment.received': { objectKind: 'terminal_payment'; data: {
    /** The name of the network */
    readonly network: string
    /** The network’s own id */
    readonly txnId: string
    readonly currency: string
    /** A decimal of the currency */
    readonly amount: string
    /** As what it was recorded */
    readonly kind: 'payment' | 'top_up'
  } }
  /** A network was refused a payment or a cancellation, for the first time with this reason: its payer may have to be told. */
  'terminal_payment.refused': { objectKind: 'terminal_refusal'; data: {
    /** The name of the network */
    readonly network: string
    readonly command: string
    readonly txnId: string
    readonly reason: string
  } }
  /** What a network says that it has taken was compared with what Kvit has. */
  'terminal_registry.compared': { objectKind: 'terminal_registry'; data: {
    /** The name of the network */
    readonly network: string
    readonly key: string
    readonly rows: number
    readonly agreed: number
    /** What is missing here or there, has another sum, or was cancelled */
    readonly differences: number
  } }
  /** A record was retracted, or amended and charged anew. */
  'usage.corrected': { objectKind: 'usage_correction'; data: {
    readonly action: 'retract' | 'amend'
    readonly source: string
    readonly recordId: string
    readonly currency: string
    /** By how much the charge changed, a decimal of the currency */
    readonly difference: string
  } }
  /** Records came out of suspense and were charged. */
  'usage.recycled': { objectKind: 'usage'; data: {
    readonly records: number
    /** Those that were tried, too, and wait on */
    readonly stillSuspended: number
  } }
  /** Records could not be charged and wait in suspense. One event tells of all that came in together. */
  'usage.suspended': { objectKind: 'usage'; data: {
    readonly records: number
    /** How many of each reason */
    readonly reasons: { readonly [name: string]: number }
    readonly importId: string | null
  } }
  /** A suspended record was corrected; it still waits. */
  'usage.suspense_corrected': { objectKind: 'suspense'; data: {
    readonly reason: string
  } }
  /** Suspended records were given up. */
  'usage.written_off': { objectKind: 'usage'; data: {
    readonly records: number
    readonly note: string
  } }
  /** A file of usage was read to its end. */
  'usage_import.finished': { objectKind: 'usage_import'; data: {
    readonly name: string
    /** 1 for the first time that this file came */
    readonly delivery: number
    readonly rows: number
    readonly charged: number
    readonly suspended: number
    readonly duplicates: number
  } }
  /** A file of usage was closed before its end. */
  'usage_import.refused': { objectKind: 'usage_import'; data: {
    readonly name: string
    /** 1 for the first time that this file came */
    readonly delivery: number
    readonly rows: number
    readonly charged: number
    readonly suspended: number
    readonly duplicates: number
    readonly reason: string
  } }
  /** The delivery of a file of usage has begun. */
  'usage_import.started': { objectKind: 'usage_import'; data: {
    readonly name: string
    /** 1 for the first time that this file came */
    readonly delivery: number
    readonly sizeBytes: number
  } }
  /** A file could not be taken back whole; asking again goes on with it. */
  'usage_retraction.failed': { objectKind: 'usage_retraction'; data: {
    readonly importId: string
  } }
  /** A file of usage was taken back. */
  'usage_retraction.finished': { objectKind: 'usage_retraction'; data: {
    readonly importId: string
    readonly recordsRetracted: number
    /** Those that were taken back before */
    readonly recordsGone: number
    readonly suspenseWrittenOff: number
  } }
  /** All of a file of usage is taken back. */
  'usage_retraction.started': { objectKind: 'usage_retraction'; data: {
    readonly importId: string
  } }
  /** A user is kept out of the tenant for a while. */
  'user.disabled': { objectKind: 'user'; data: { readonly [name: string]: never } }
  /** A user who was kept out may work in the tenant again. */
  'user.enabled': { objectKind: 'user'; data: { readonly [name: string]: never } }
  /** An invitation was taken back: it opens nothing any more. */
  'user.invitation_withdrawn': { objectKind: 'invitation'; data: { readonly [name: string]: never } }
  /** Somebody was invited to the tenant. */
  'user.invited': { objectKind: 'invitation'; data: {
    readonly roles: readonly string[]
  } }
  /** An invitation was accepted: the user works in the tenant. */
  'user.joined': { objectKind: 'user'; data: {
    readonly roles: readonly string[]
    readonly invitationId: string
  } }
  /** A link was made by which a user sets a new password. */
  'user.password_reset_linked': { objectKind: 'user'; data: { readonly [name: string]: never } }
  /** A user was taken out of the tenant. */
  'user.removed': { objectKind: 'user'; data: { readonly [name: string]: never } }
  /** A user has other roles in the tenant. */
  'user.roles_changed': { objectKind: 'user'; data: {
    readonly roles: readonly string[]
  } }
  /** Who manages users removed the second factor of a user. */
  'user.second_factor_removed': { objectKind: 'user'; data: { readonly [name: string]: never } }
  /** A voucher of a batch was redeemed for an account. */
  'voucher.redeemed': { objectKind: 'voucher_batch'; data: {
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** Null for money */
    readonly unit: string | null
    readonly currency: string
  } }
  /** Vouchers were made. */
  'voucher_batch.created': { objectKind: 'voucher_batch'; data: {
    readonly key: string
    readonly vouchers: number
    readonly currency: string | null
    /** A decimal of the currency, or of the unit */
    readonly amount: string
    /** Null for money */
    readonly unit: string | null
  } }
  /** The vouchers of a batch that were not redeemed are worth nothing. */
  'voucher_batch.revoked': { objectKind: 'voucher_batch'; data: {
    readonly key: string
  } }
  /** An address was named that is told what happens. */
  'webhook_endpoint.created': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
    readonly types: readonly string[]
  } }
  /** An endpoint was deleted, with its deliveries. */
  'webhook_endpoint.deleted': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
  } }
  /** An endpoint was given up: nothing is sent there until somebody turns it on. */
  'webhook_endpoint.disabled': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
    /** It said that it is gone (410), or nothing came through for 3 days */
    readonly reason: 'gone' | 'failing'
  } }
  /** An endpoint is told once more of what had happened. */
  'webhook_endpoint.replayed': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
    /** How many */
    readonly events: number
  } }
  /** An endpoint has a further secret. */
  'webhook_endpoint.secret_made': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
    /** From then on, requests are signed with the new one alone */
    readonly earlierEndAt: string
  } }
  /** Somebody has asked for a trial: this event goes to the endpoint, whatever it is to be told of. */
  'webhook_endpoint.tested': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
  } }
  /** Where, of what, or whether an endpoint is told was changed. */
  'webhook_endpoint.updated': { objectKind: 'webhook_endpoint'; data: {
    /** The key of the endpoint */
    readonly key: string
    readonly types: readonly string[]
    readonly state: string
  } }
}

export type EventType = keyof EventTypes

/** An event: `type` says which, and so what `data` has. Types may come that this client does not know yet. */
export type KvitEvent<T extends EventType = EventType> = {
  [K in T]: Envelope & {
    readonly type: K
    readonly objectKind: EventTypes[K]['objectKind']
    readonly data: EventTypes[K]['data']
  }
}[T]
