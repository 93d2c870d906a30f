import { currencyOf } from '../../core/base/currency.ts'
import { decimal, multiply, toScale } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import { type OperationContext, openLot } from '../../core/charging/operations.ts'
import { unitsSold } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { postingRows } from '../ledger/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { unitsSold as unitsSoldEvent } from './events.ts'
import { type LotTerms, lotDraft, unitsOf } from './lot-drafts.ts'
import { assertRoom } from './service.ts'
import * as store from './store.ts'

export interface UnitSaleDraft extends LotTerms {
  readonly key: string
  readonly account: string
  readonly unit: string
  readonly units: string
  readonly unitPrice: string
  readonly currency: string
  readonly method: string
  readonly reference: string | null
}

/**
 * Sells units, such as a pack of credits: the money that came in is their price, rounded half-up once, and is revenue; the
 * lot of units keeps what each cost. Example: 35.94 credits at 0.5 are charged 17.97.
 */
export async function sellUnits(engine: Engine, context: StreamContext, draft: UnitSaleDraft): Promise<store.TopUp> {
  const { db } = context
  const account = await getRow(db, 'account', draft.account)
  if (draft.currency !== account.currency)
    throw new Refusal(
      'unprocessable',
      `currency: the account is in ${account.currency}, the sale in ${draft.currency}; write ${account.currency}, or name an account in ${draft.currency}`,
    )
  const amount = unitsOf(draft.units)
  if (amount <= 0n) throw new Refusal('unprocessable', 'units: write a positive decimal')
  const { minorDigits } = currencyOf(account.currency)
  const minor = toScale(multiply(decimal(draft.units), decimal(draft.unitPrice)), minorDigits)
  if (minor <= 0n) throw new Refusal('unprocessable', 'units at this price come to nothing: give them by an adjustment')
  const isSame = (stored: store.TopUp): boolean =>
    stored.accountId === account.id &&
    stored.unit === draft.unit &&
    unitsOf(stored.units ?? '0') === amount &&
    stored.amountMinor === String(minor)
  return once(
    engine,
    context,
    `unit sale ${draft.key}`,
    async () => (await store.findTopUps(db, new Set([draft.key]))).get(draft.key),
    isSame,
    () => open(engine, context, account, draft, { amount, minor }),
  )
}

async function open(
  engine: Engine,
  { tenant, nowMs, logged }: StreamContext,
  { id: accountId, currency }: Account,
  draft: UnitSaleDraft,
  { amount, minor }: { readonly amount: bigint; readonly minor: bigint },
): Promise<store.TopUp> {
  const { key, unit, units, unitPrice, method, reference } = draft
  const lot = { ...lotDraft('paid', { currency, unit, amount }, draft, `units:${key}`, nowMs), unitPrice }
  const named = { id: newId(), key, accountId, currency, method, reference, unit, units, unitPrice }
  const row = { ...named, amountMinor: String(minor), bonuses: [], createdAt: new Date(nowMs) }
  await engine.onAccounts(tenant.name, {
    accountIds: [accountId],
    nowMs,
    decide: ([operation]) => {
      assertRoom(operation as OperationContext)
      openLot(operation as OperationContext, lot, 'top_up')
    },
    rows: ({ events }) => {
      const note = `${units} ${unit} for ${formatMinor(minor, currency)} ${currency}`
      const postings = unitsSold(accountId, currency, { method, unit }, minor)
      const data = { ...row, amount: formatMinor(minor, currency) }
      return [
        store.topUpRows([row]),
        store.entryRows([{ accountId, kind: 'unit_sale', unit, amount: units, key, note }], nowMs),
        postingRows([{ template: 'units_sold', documentId: row.id, postings }], nowMs),
        eventRows([eventOf(unitsSoldEvent, { objectId: row.id, accountId }, data), ...events], nowMs),
        ...logged(row),
      ]
    },
  })
  return row
}

/** Takes a sale back while all of its units are there: money that was paid for units which are used stays. */
export function takeBackUnits(operation: OperationContext, key: string): void {
  const lot = operation.balances.lots.find(({ origin }) => origin === `units:${key}`)
  if (lot === undefined || lot.remaining < lot.amount || lot.held > 0n)
    throw new Refusal('conflict', 'some of the units are used already')
  const { account } = operation.balances
  const { number, unit, source, remaining } = lot
  const of = { account, member: account, period: operation.period, lot: number, unit, source, held: 0n }
  operation.sink.move({ ...of, kind: 'reversal', remaining: -remaining })
}
