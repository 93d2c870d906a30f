import { formatMinor } from '../../core/base/money.ts'
import { capOf, keptOf } from '../../core/ledger/late-charges.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { purposeOf } from '../billing/index.ts'
import type { CreditDoor } from '../disputes/index.ts'
import { findByPurpose, getInvoices } from '../invoices/index.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { returnedEvent } from './events.ts'
import { historiesOf } from './history.ts'
import { returnedBy, todayOf } from './plan.ts'
import * as store from './store.ts'

interface GivenBack {
  readonly charge: store.LateChargeRow
  readonly minor: bigint
  readonly because: store.LateReturn['kind']
  readonly reason: string
}

/** The document that bills a charge; undefined as long as it is a draft. */
async function billOf(db: Database, { accountId, oneOffId }: store.LateChargeRow): Promise<string | undefined> {
  return findByPurpose(db, accountId, purposeOf({ id: oneOffId }))
}

/** What is left of the line of a charge as it was billed, without its tax; in minor units. */
async function leftOfLine(door: CreditDoor, context: WriteContext, billId: string, position: number): Promise<bigint> {
  try {
    const { lines } = await door.plan(context, billId, [{ line: position }])
    return lines[0]?.amountMinor ?? 0n
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unprocessable') return 0n
    throw error
  }
}

/** Gives back a part of a charge by a credit note on its line. The account's row is locked. */
async function giveBack(
  door: CreditDoor,
  context: WriteContext,
  { charge, minor, because, reason }: GivenBack,
  billId: string,
  madeBy: string,
): Promise<void> {
  const { db, nowMs } = context
  const { id: chargeId, accountId, currency, position } = charge
  const id = newId()
  const left = await leftOfLine(door, context, billId, position)
  const part = left < minor ? left : minor
  const asked = {
    ...({ key: `late-charge:${id}`, text: reason, money: 'open_invoices', requestedBy: madeBy } as const),
    lines: [{ line: position, amount: formatMinor(part, currency) }],
    reason: because === 'waived' ? ('goodwill' as const) : ('billing_error' as const),
  }
  const note = part > 0n ? await door.credit(context, billId, asked) : null
  const creditNoteId = note?.id ?? null
  const row = { id, chargeId, accountId, kind: because, amountMinor: String(minor), reason, creditNoteId, madeBy }
  await store.insertReturn(db, { ...row, madeAt: new Date(nowMs) })
  await publish(db, [returnedEvent(charge, { minor, because, reason, creditNoteId })], nowMs)
}

/** Waives what is left of a charge: it is credited, and its days are not charged again. */
export async function waive(
  door: CreditDoor,
  context: WriteContext,
  id: string,
  reason: string,
  caller: Person,
): Promise<store.LateChargeRow> {
  const { db } = context
  const { accountId } = await store.getCharge(db, id)
  await lockAccount(db, accountId)
  const charge = await store.getCharge(db, id)
  const left = BigInt(charge.amountMinor) - ((await returnedBy(db, [charge])).get(id) ?? 0n)
  if (left <= 0n) throw new Refusal('conflict', 'nothing is left of the late charge: it was given back')
  const billId = await billOf(db, charge)
  if (billId === undefined) throw new Refusal('conflict', 'the invoice that bills it is a draft yet: issue it first')
  if (!(await door.isAllowed(context, charge.currency, left, caller)))
    throw new Refusal('conflict', 'a credit note of so much needs a second person: ask for it with kvit invoice credit')
  context.afterCommit({ kind: 'apply to balances', accountId })
  await giveBack(door, context, { charge, minor: left, because: 'waived', reason }, billId, caller.id)
  return charge
}

/**
 * Gives back what was charged on what has been credited of documents since: it was never owed. Charges that wait as drafts are looked at
 * once they are issued. The account's row is locked. @returns how many charges were lowered
 */
export async function giveBackCredited(
  door: CreditDoor,
  context: WriteContext,
  account: Account,
  madeBy: string,
): Promise<number> {
  const { db, nowMs } = context
  const charges = await store.chargesOf(db, account.id)
  if (charges.length === 0) return 0
  const histories = await historiesOf(db, account, todayOf(account, nowMs))
  const returned = await returnedBy(db, charges)
  const byDocument = Map.groupBy(charges, ({ invoiceId }) => invoiceId)
  const lowered: GivenBack[] = []
  for (const history of histories) {
    const own = byDocument.get(history.id) ?? []
    let room = capOf(history.owedMinor, own.at(-1)?.capPercent ?? null)
    for (const charge of own) {
      const kept = keptOf(store.toCharge(charge), history, charge.yearDays)
      const most = room === null || kept < room ? kept : room
      if (room !== null) room -= most
      const minor = BigInt(charge.amountMinor) - most - (returned.get(charge.id) ?? 0n)
      if (minor > 0n) lowered.push({ charge, minor, because: 'credited', reason: '' })
    }
  }
  const ids = lowered.map(({ charge }) => charge.invoiceId)
  const numbers = new Map((await getInvoices(db, ids)).map(({ id, document }) => [id, document.number]))
  let count = 0
  for (const one of lowered) {
    const billId = await billOf(db, one.charge)
    if (billId === undefined) continue
    const reason = `${numbers.get(one.charge.invoiceId) ?? ''} was credited`
    await giveBack(door, context, { ...one, reason }, billId, madeBy)
    count++
  }
  return count
}
