import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Item } from '../../core/invoicing/invoice-lines.ts'
import {
  dayAfter,
  interestText,
  type LateCharge,
  type LateState,
  type LateTerms,
  lateChargesOf,
} from '../../core/ledger/late-charges.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { getInvoices } from '../invoices/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { type DocumentHistory, historiesOf } from './history.ts'
import { type LateRule, type LateSettings, lateSettings, ruleFor, termsOf } from './settings.ts'
import * as store from './store.ts'

const MOST_TEXT = 480
/** Lines of one invoice; what is more is charged the next time. */
const MOST_LINES = 400

/** A charge that is to be made, with the document that it is on and its words. */
interface PlannedCharge extends LateCharge {
  readonly id: string
  readonly invoiceId: string
  readonly number: string
  readonly text: string
}

/** What is to be charged on the documents of an account. */
export interface AccountPlan {
  readonly charges: readonly PlannedCharge[]
  readonly rule: LateRule | null
  readonly yearDays: number
  /** Documents of which nothing is open, and nothing is to be charged: their days until today never will be. */
  readonly done: readonly string[]
}

const NOTHING = { charges: [], rule: null, yearDays: 365, done: [] } as const

export async function settingsOf(db: Database): Promise<LateSettings> {
  return settingValues(db, lateSettings)
}

/** What is to be charged on the documents of an account for the days before one. Nothing is stored. */
export async function planFor(
  db: Database,
  account: Pick<Account, 'id' | 'key' | 'currency' | 'zone' | 'issuerId' | 'customerId'>,
  settings: LateSettings,
  today: string,
): Promise<AccountPlan> {
  const [issuer, customer] = [
    await getRow(db, 'issuer', account.issuerId),
    await getRow(db, 'customer', account.customerId),
  ]
  const party = { account: account.key, issuer: issuer.key, customerKind: customer.kind }
  const rule = ruleFor(settings, party)
  const terms = termsOf(settings, rule, account.currency)
  if (terms === null) return NOTHING
  const histories = (await historiesOf(db, account, today)).filter(({ isOfCharges }) => !isOfCharges)
  if (histories.length === 0) return NOTHING
  const stateOf = await statesOf(db, account.id)
  const found = histories.map((history) => ({
    history,
    charges: lateChargesOf(terms, history, stateOf(history.id), today),
  }))
  const late = found.filter(({ charges }) => charges.length > 0).slice(0, MOST_LINES / 2)
  const numbers = new Map(
    (
      await getInvoices(
        db,
        late.map(({ history }) => history.id),
      )
    ).map(({ id, document }) => [id, document.number]),
  )
  const charges = late.flatMap(({ history, charges: own }) =>
    own.map((charge): PlannedCharge => {
      const number = numbers.get(history.id) ?? ''
      const text = textOf(settings, terms, charge, number, account.currency)
      return { ...charge, id: newId(), invoiceId: history.id, number, text }
    }),
  )
  const done = found.flatMap(({ history, charges: own }) =>
    own.length === 0 && isDone(history, today) ? [history.id] : [],
  )
  return { charges, rule, yearDays: settings.yearDays, done }
}

/** Whether nothing was open as the last day ended, and nothing is waited for. */
function isDone({ owedMinor, settled, waitsFrom }: DocumentHistory, today: string): boolean {
  const yesterday = dayAfter(today, -1)
  const paid = settled.reduce((sum, { day, minor }) => (day <= yesterday ? sum + minor : sum), 0n)
  return waitsFrom === null && paid >= owedMinor
}

async function statesOf(db: Database, accountId: string): Promise<(invoiceId: string) => LateState> {
  const standings = await store.standingsOf(db, accountId)
  const rows = await store.chargesOf(db, accountId)
  const returned = await returnedBy(db, rows)
  return (invoiceId) => {
    const own = rows.filter((row) => row.invoiceId === invoiceId)
    return {
      chargedUntil: standings.get(invoiceId) ?? null,
      hasFee: own.some(({ kind }) => kind === 'fee'),
      chargedMinor: own.reduce((sum, { id, amountMinor }) => sum + BigInt(amountMinor) - (returned.get(id) ?? 0n), 0n),
    }
  }
}

/** What of charges was given back, by their ids. */
export async function returnedBy(
  db: Database,
  rows: readonly Pick<store.LateChargeRow, 'id'>[],
): Promise<Map<string, bigint>> {
  const returned = new Map<string, bigint>()
  const ids = rows.map(({ id }) => id)
  for (const { chargeId, amountMinor } of await store.returnsOf(db, ids))
    returned.set(chargeId, (returned.get(chargeId) ?? 0n) + BigInt(amountMinor))
  return returned
}

/** `Interest on INV-000001: 100.00 × 9.12 % × 12/365 = 0.30`. */
function textOf(
  { interestText: begin, feeText, yearDays }: LateSettings,
  { capPercent }: LateTerms,
  { kind, segments, minor, from, until, isCapped }: LateCharge,
  number: string,
  currency: string,
): string {
  const capped = isCapped ? `, no more than ${capPercent} % in all` : ''
  if (kind === 'fee') return `${feeText.replaceAll('{number}', number)}${capped}`
  const end = `${capped} = ${formatMinor(minor, currency)}`
  const name = begin.replaceAll('{number}', number)
  const whole = `${name}: ${interestText(segments, yearDays, currency)}${end}`
  if (whole.length <= MOST_TEXT) return whole
  return `${name}: ${segments.length} amounts from ${from} to ${dayAfter(until, -1)}${end}`
}

/** The lines that bill charges. */
export function itemsFor({ charges, rule }: AccountPlan, currency: string): Item[] {
  return charges.map(({ kind, text, minor, from, until }) => ({
    ...{ description: text, quantity: '1', unit: '', unitPrice: formatMinor(minor, currency), discountPercent: null },
    ...{ taxClass: rule?.taxClass ?? 'out_of_scope', product: kind === 'fee' ? 'late-fee' : 'late-interest' },
    ...{ from, until },
  }))
}

/** The rows of charges that an invoice of lines bills, in the order of its lines. */
export function rowsOf(
  { charges, yearDays, rule }: AccountPlan,
  { id: accountId, currency }: Pick<Account, 'id' | 'currency'>,
  oneOffId: string,
  nowMs: number,
): store.LateChargeRow[] {
  return charges.map(({ id, invoiceId, kind, from, until, minor, segments, text }, at) => ({
    ...{ id, accountId, invoiceId, kind, currency, fromOn: from, untilOn: until, amountMinor: String(minor) },
    ...{ yearDays, capPercent: rule?.capPercent ?? null, text, oneOffId, position: at + 1, chargedAt: new Date(nowMs) },
    segments: segments.map((segment) => ({ ...segment, minor: String(segment.minor) })),
  }))
}

export function todayOf({ zone }: Pick<Account, 'zone'>, nowMs: number): string {
  return dayOf(nowMs, zone)
}
