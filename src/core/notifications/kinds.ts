import { type ChainStep, type ContactRole, stepBy } from './channels.ts'

/** An event that has somebody told: its type, and values that its data must have, or must not have. */
interface NoticeCause {
  readonly event: string
  readonly where?: Readonly<Record<string, string>>
  readonly unless?: Readonly<Record<string, readonly string[]>>
}

/** What somebody is told of. */
export interface NoticeKind {
  readonly name: string
  readonly meaning: string
  readonly causes: readonly NoticeCause[]
  /** Contacts with one of these roles get it; the customer itself where there is none. */
  readonly roles: readonly ContactRole[]
  /** `urgent` goes first and in quiet hours, too. */
  readonly priority: 'urgent' | 'normal' | 'low'
  /** The contract or the law wants it: nobody can unsubscribe from it, and no limit holds it up. */
  readonly isMandatory: boolean
  /** Only whoever has asked for it gets it. */
  readonly needsConsent: boolean
  /** The same about the same thing within so many hours is a duplicate; 0 is never one. */
  readonly dedupeHours: number
  /** What is as old as this is not sent any more. */
  readonly expiresHours: number
  /** By what it goes unless the settings say otherwise; an entry in the inbox is made besides. */
  readonly chain: readonly ChainStep[]
  /** What its templates can say, each with a sample. */
  readonly fields: Readonly<Record<string, string>>
  /** It has a secret: what was sent is not kept. */
  readonly isSecret: boolean
}

const EMAIL = [stepBy('email')]
const money = { amount: '12.50', currency: 'EUR' }
const DAY = 24
const WEEK = 7 * DAY

type Given = Pick<NoticeKind, 'name' | 'meaning' | 'fields'> & Partial<NoticeKind>

function kind(given: Given): NoticeKind {
  return {
    ...{ causes: [], roles: ['payer'], priority: 'normal', isMandatory: false, needsConsent: false, dedupeHours: 0 },
    ...{ expiresHours: 3 * DAY, chain: EMAIL, isSecret: false },
    ...given,
  }
}

const on = (event: string, where: NoticeCause['where'] = {}, unless: NoticeCause['unless'] = {}): NoticeCause[] => [
  { event, where, unless },
]

/** Documents go by e-mail with their files through `deliveries`: a notice of one stands in the inbox, or goes by what the settings name. */
const documents = [
  kind({
    ...{ name: 'invoice_issued', meaning: 'An invoice was issued', causes: on('invoice.issued'), isMandatory: true },
    ...{ chain: [], expiresHours: WEEK },
    fields: { number: 'INV-000123', total: '12.50', currency: 'EUR', issuedOn: '2026-02-01', dueOn: '2026-02-15' },
  }),
  kind({
    ...{ name: 'credit_note_issued', meaning: 'A credit note was issued', causes: on('credit_note.issued') },
    ...{ isMandatory: true, chain: [], expiresHours: WEEK },
    fields: { number: 'CN-000007', total: '-12.50', currency: 'EUR', issuedOn: '2026-02-01' },
  }),
]

const reminder = { number: 'INV-000123', ...money, dueOn: '2026-02-15', payUrl: 'https://pay.example/pay/a' }
const reminders = [
  kind({ name: 'payment_due_soon', meaning: 'An invoice is due in some days', fields: reminder, dedupeHours: DAY }),
  ...[
    ['payment_reminder', 'An invoice is overdue: the first reminder'],
    ['payment_reminder_second', 'An invoice is still overdue: the second reminder'],
  ].map(([name = '', meaning = '']) =>
    kind({ name, meaning, fields: reminder, isMandatory: true, dedupeHours: DAY, expiresHours: WEEK }),
  ),
  kind({
    ...{ name: 'payment_reminder_final', meaning: 'The last reminder: what follows on which day' },
    ...{ fields: { ...reminder, blockOn: '2026-03-15' }, isMandatory: true, dedupeHours: DAY, expiresHours: WEEK },
  }),
]

const payments = [
  kind({
    ...{ name: 'payment_received', meaning: 'Money was received' },
    causes: on('payment.recorded', {}, { method: ['deposit', 'write_off'] }),
    fields: { ...money, receivedOn: '2026-02-10' },
  }),
  kind({
    ...{ name: 'payment_failed', meaning: 'A charge did not go through' },
    ...{ causes: on('payment_attempt.failed', { kind: 'charge' }), isMandatory: true, dedupeHours: 1, fields: money },
  }),
  kind({
    ...{ name: 'payment_reversed', meaning: 'A payment was taken back' },
    causes: on('payment.reversed', {}, { method: ['deposit', 'write_off'] }),
    ...{ isMandatory: true, fields: { ...money, receivedOn: '2026-02-10' } },
  }),
  kind({
    ...{ name: 'direct_debit_failed', meaning: 'A direct debit came back', causes: on('direct_debit.failed') },
    ...{ isMandatory: true, fields: { meaning: 'insufficient funds' } },
  }),
  kind({
    ...{ name: 'receipt', meaning: 'Money was taken at a cash desk', causes: on('cash_receipt.issued') },
    fields: { number: 'R-000017', ...money },
  }),
  kind({
    ...{ name: 'refund_sent', meaning: 'Money was paid back', causes: on('refund.sent') },
    fields: { ...money, sentOn: '2026-02-10' },
  }),
  kind({
    ...{ name: 'payment_plan_made', meaning: 'A promise to pay, or instalments, were agreed on' },
    causes: on('payment_plan.made'),
    fields: { ...money, parts: '3', lastDueOn: '2026-05-01' },
  }),
  kind({
    ...{ name: 'payment_plan_broken', meaning: 'A part of a plan was not paid', causes: on('payment_plan.broken') },
    ...{ isMandatory: true, fields: { missing: '12.50', currency: 'EUR', dueOn: '2026-03-01' } },
  }),
  kind({
    ...{ name: 'card_expires', meaning: 'A card by which an account is charged expires soon', dedupeHours: WEEK },
    ...{ expiresHours: WEEK, fields: { last4: '4242', expiresOn: '2026-03-31' } },
  }),
]

const threshold = (watches: string, more: Readonly<Record<string, string>> = {}): NoticeCause[] =>
  on('balance.threshold_crossed', { watches, ...more })
const balances = [
  kind({
    ...{ name: 'low_balance', meaning: 'A balance is low', causes: threshold('low_balance'), priority: 'urgent' },
    ...{ expiresHours: DAY, dedupeHours: 1, fields: money },
  }),
  kind({
    ...{ name: 'bill_shock', meaning: 'More was spent than the limit that was set', causes: threshold('spend') },
    ...{ priority: 'urgent', isMandatory: true, expiresHours: DAY, dedupeHours: 1, fields: money },
  }),
  kind({
    ...{ name: 'allowance_warning', meaning: 'Most of an allowance is used, such as 80 %' },
    causes: threshold('allowance_used', { isUsedUp: 'no' }),
    ...{ expiresHours: DAY, dedupeHours: 1, fields: { percent: '80', unit: 'GB' } },
  }),
  kind({
    ...{ name: 'allowance_used_up', meaning: 'All of an allowance is used' },
    causes: threshold('allowance_used', { isUsedUp: 'yes' }),
    ...{ priority: 'urgent', expiresHours: DAY, dedupeHours: 1, fields: { percent: '100', unit: 'GB' } },
  }),
  kind({ name: 'top_up', meaning: 'Money came in to be used', causes: on('balance.topped_up'), fields: money }),
  kind({
    ...{ name: 'top_up_reversed', meaning: 'A top-up was taken back', causes: on('balance.top_up_reversed') },
    ...{ isMandatory: true, fields: money },
  }),
  kind({
    ...{ name: 'credit_promised', meaning: 'Money was lent until the next top-up' },
    ...{ causes: on('balance.credit_promised'), isMandatory: true, expiresHours: DAY },
    fields: { ...money, fee: '0.50', dueAt: '2026-02-12T10:00:00Z' },
  }),
  kind({
    ...{ name: 'daily_fee_unpaid', meaning: 'The balance did not reach for the fee of a day' },
    ...{ causes: on('balance.daily_fee_unpaid'), dedupeHours: DAY, fields: { ...money, day: '2026-02-10' } },
  }),
  kind({
    ...{ name: 'balance_expired', meaning: 'Money or units have expired', causes: on('balance.lot_expired') },
    ...{ priority: 'low', fields: { ...money, unit: 'MB' } },
  }),
]

const contracts = [
  kind({
    ...{ name: 'subscription_started', meaning: 'Something was subscribed to', causes: on('subscription.created') },
    ...{ roles: ['owner'], fields: { startsAt: '2026-02-01T00:00:00Z' } },
  }),
  kind({
    ...{ name: 'plan_changed', meaning: 'A subscription gets another plan', roles: ['owner'] },
    ...{ causes: on('subscription.changed', { kind: 'plan' }), fields: { effectiveAt: '2026-03-01T00:00:00Z' } },
  }),
  kind({
    ...{ name: 'subscription_ends', meaning: 'A subscription was cancelled', roles: ['owner'], isMandatory: true },
    ...{ causes: on('subscription.changed', { kind: 'cancel' }), fields: { effectiveAt: '2026-03-01T00:00:00Z' } },
  }),
  kind({
    ...{ name: 'trial_ends', meaning: 'A trial is over soon', roles: ['owner'], isMandatory: true },
    ...{ dedupeHours: DAY, fields: { endsOn: '2026-02-14', ...money } },
  }),
  kind({
    ...{ name: 'service_blocked', meaning: 'A service is restricted', roles: ['owner', 'technical'] },
    ...{ causes: on('service.blocked'), dedupeHours: 1 },
    ...{ priority: 'urgent', isMandatory: true, expiresHours: DAY, fields: { service: '+380501234567', ...money } },
  }),
  kind({
    ...{ name: 'service_restored', meaning: 'A service works again', roles: ['owner', 'technical'] },
    ...{ causes: on('service.opened'), dedupeHours: 1 },
    ...{ priority: 'urgent', isMandatory: true, expiresHours: DAY, fields: { service: '+380501234567' } },
  }),
  kind({
    ...{ name: 'dispute_accepted', meaning: 'A dispute was accepted', causes: on('line_dispute.accepted') },
    ...{ isMandatory: true, fields: { number: 'INV-000123', credited: '2.50', currency: 'EUR' } },
  }),
  kind({
    ...{ name: 'dispute_rejected', meaning: 'A dispute was rejected', causes: on('line_dispute.rejected') },
    ...{ isMandatory: true, fields: { number: 'INV-000123', ...money, decision: 'The calls were made.' } },
  }),
]

const others = [
  kind({
    ...{ name: 'password_reset', meaning: 'Somebody has asked to set a new password', roles: ['owner'] },
    ...{ priority: 'urgent', isMandatory: true, isSecret: true, expiresHours: 1 },
    fields: { url: 'https://shop.example/reset/a', minutes: '30' },
  }),
  kind({
    ...{ name: 'security_code', meaning: 'A code that shows who somebody is', roles: ['owner'], priority: 'urgent' },
    ...{ isMandatory: true, isSecret: true, expiresHours: 1, fields: { code: '123456', minutes: '10' } },
  }),
  kind({
    ...{ name: 'news', meaning: 'Offers and news, for whoever has asked for them', roles: ['owner'], priority: 'low' },
    ...{ needsConsent: true, dedupeHours: DAY, fields: { headline: 'A new plan', body: 'Twice the data.' } },
  }),
]

/** All kinds, in the order in which they are listed. A further one is a line here and its words in the files of `data/`. */
export const NOTICE_KINDS: readonly NoticeKind[] = [
  ...documents,
  ...reminders,
  ...payments,
  ...balances,
  ...contracts,
  ...others,
]

const BY_NAME = new Map(NOTICE_KINDS.map((one) => [one.name, one]))

export function findKind(name: string): NoticeKind | undefined {
  return BY_NAME.get(name)
}

/** Types of events that somebody is told of. */
export const CAUSING_EVENTS: readonly string[] = [
  ...new Set(NOTICE_KINDS.flatMap(({ causes }) => causes.map(({ event }) => event))),
]

/** Which kinds an event causes. */
export function kindsCausedBy(type: string, data: Readonly<Record<string, unknown>>): NoticeKind[] {
  return NOTICE_KINDS.filter(({ causes }) =>
    causes.some(
      ({ event, where = {}, unless = {} }) =>
        event === type &&
        Object.entries(where).every(([name, value]) => data[name] === value) &&
        Object.entries(unless).every(([name, values]) => !values.includes(String(data[name]))),
    ),
  )
}

/** A value that a template can say. */
export type NoticeValue = string | number | boolean | null

/** Of some data what a kind can say; what is not there is null, for templates that ask whether it is. */
export function valuesOf(
  { fields }: Pick<NoticeKind, 'fields'>,
  data: Readonly<Record<string, unknown>>,
): Record<string, NoticeValue> {
  const plain = (value: unknown): NoticeValue =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  return Object.fromEntries(Object.keys(fields).map((name) => [name, plain(data[name])]))
}
