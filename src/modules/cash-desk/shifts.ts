import { add, compare, decimal, multiply, ZERO } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import type { Denomination } from '../../core/cash/drawer.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import { shiftClosed, shiftOpened } from './events.ts'
import { moveCash } from './movements.ts'
import { reportOf } from './report.ts'
import * as store from './store.ts'

/** Begins a shift: the float goes from the safe into the drawer. One at a desk, and one of a person, at a time. */
export async function beginShift(
  db: Database,
  deskKey: string,
  floatMinor: bigint,
  { id: openedBy, person }: Person,
  nowMs: number,
): Promise<store.Shift> {
  const desk = await store.lockDesk(db, (await store.getDesk(db, deskKey)).id)
  if (!desk.isOpen) throw new Refusal('conflict', `the desk ${deskKey} is closed`)
  const open = await store.openShift(db, desk.id)
  if (open !== undefined) throw new Refusal('conflict', `shift ${open.number} is open at ${deskKey}: close it first`)
  const number = desk.lastShift + 1
  const shift: store.Shift = {
    ...{
      id: newId(),
      deskId: desk.id,
      number,
      person,
      openedBy,
      openedAt: new Date(nowMs),
      floatMinor: String(floatMinor),
    },
    ...{ closedBy: null, closedAt: null, expectedMinor: null, countedMinor: null, denominations: null, report: null },
  }
  try {
    await db
      .insertInto('cashShift')
      .values(shift as never)
      .execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('conflict', 'you have a shift open at another desk: close it first')
    throw error
  }
  await db.updateTable('cashDesk').set({ lastShift: number }).where('id', '=', desk.id).execute()
  if (floatMinor > 0n) {
    const draft = {
      key: `${shift.id} float`,
      kind: 'float',
      amountMinor: floatMinor,
      reason: `float of shift ${number}`,
    } as const
    await moveCash(db, desk, shift, draft, openedBy, nowMs)
  }
  const data = { desk: deskKey, number, currency: desk.currency, float: formatMinor(floatMinor, desk.currency) }
  await publish(db, [eventOf(shiftOpened, { objectId: shift.id }, data)], nowMs)
  return shift
}

/**
 * The shift of a desk, for somebody who takes money or gives it out there: it is theirs.
 * @throws Refusal where none is open, or it is another person's
 */
export async function ownShift(
  db: Database,
  desk: store.Desk,
  { person }: Pick<Person, 'person'>,
): Promise<store.Shift> {
  const shift = await store.openShift(db, desk.id)
  if (shift === undefined)
    throw new Refusal('conflict', `no shift is open at ${desk.key}: open one (kvit cash open ${desk.key})`)
  if (shift.person !== person) throw new Refusal('forbidden', `the shift at ${desk.key} is another person’s`)
  return shift
}

/**
 * Ends a shift: the drawer was counted, what is over or short is booked, and all of it goes into the safe. The report stays as it is now. The same
 * again is the same.
 */
export async function endShift(
  db: Database,
  deskKey: string,
  {
    countedMinor,
    denominations,
  }: { readonly countedMinor: bigint; readonly denominations: readonly Denomination[] | null },
  { id: closedBy }: Person,
  nowMs: number,
): Promise<store.Shift> {
  const desk = await store.lockDesk(db, (await store.getDesk(db, deskKey)).id)
  const shift = await store.openShift(db, desk.id)
  if (shift === undefined) throw new Refusal('conflict', `no shift is open at ${deskKey}`)
  const { currency } = desk
  if (denominations !== null) assertCounted(denominations, formatMinor(countedMinor, currency))
  const receipts = await store.receiptsOf(db, shift.id)
  if (receipts.some(({ state }) => state === 'pending'))
    throw new Refusal('conflict', 'a receipt is being recorded: close the shift again in a moment')
  const expectedMinor = BigInt(desk.drawerMinor)
  const differenceMinor = countedMinor - expectedMinor
  let now = desk
  const move = async (kind: 'over' | 'short' | 'emptied', amountMinor: bigint, reason: string): Promise<void> => {
    if (amountMinor === 0n) return
    await moveCash(db, now, shift, { key: `${shift.id} ${kind}`, kind, amountMinor, reason }, closedBy, nowMs)
    now = await store.lockDesk(db, desk.id)
  }
  if (differenceMinor > 0n) await move('over', differenceMinor, `counted at the end of shift ${shift.number}`)
  else await move('short', -differenceMinor, `counted at the end of shift ${shift.number}`)
  await move('emptied', countedMinor, `end of shift ${shift.number}`)
  const closed: store.Shift = {
    ...{
      ...shift,
      closedBy,
      closedAt: new Date(nowMs),
      expectedMinor: String(expectedMinor),
      countedMinor: String(countedMinor),
    },
    denominations,
  }
  const report = await reportOf(db, desk, closed)
  await db
    .updateTable('cashShift')
    .set({
      ...{
        closedBy,
        closedAt: closed.closedAt,
        expectedMinor: closed.expectedMinor,
        countedMinor: closed.countedMinor,
      },
      ...{
        denominations: denominations === null ? null : JSON.stringify(denominations),
        report: JSON.stringify(report),
      },
    })
    .where('id', '=', shift.id)
    .execute()
  const [expected, counted, difference] = [expectedMinor, countedMinor, differenceMinor].map((minor) =>
    formatMinor(minor, currency),
  ) as [string, string, string]
  const data = { desk: deskKey, number: shift.number, currency, expected, counted, difference }
  await publish(db, [eventOf(shiftClosed, { objectId: shift.id }, data)], nowMs)
  return { ...closed, report }
}

function assertCounted(denominations: readonly Denomination[], counted: string): void {
  const sum = denominations.reduce(
    (total, { value, count }) => add(total, multiply(decimal(value), decimal(String(count)))),
    ZERO,
  )
  if (compare(sum, decimal(counted)) !== 0)
    throw new Refusal('unprocessable', `denominations: they do not come to ${counted}`)
}
