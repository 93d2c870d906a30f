import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { type ShiftTotals, totalsOf } from '../../core/cash/drawer.ts'
import type { Database } from '../../platform/db.ts'
import * as store from './store.ts'

const amount = z.string().describe('A decimal of the currency')
const counted = z.strictObject({ count: z.int(), amount })

/** The report of a shift: X while it is open, Z once it is closed. */
export const reportAnswer = z
  .strictObject({
    kind: z.enum(['X', 'Z']),
    desk: z.string(),
    deskName: z.string(),
    shift: z.int(),
    cashier: z.string().describe('The person whose shift it is'),
    currency: z.string(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    float: amount,
    payments: counted,
    cancels: counted,
    rounding: amount.describe('What was paid more than accounts got; below zero less'),
    movements: z.array(z.strictObject({ kind: z.string(), count: z.int(), amount })),
    firstReceipt: z.string().nullable(),
    lastReceipt: z.string().nullable(),
    expected: amount.describe('What is to be in the drawer: float + in − out'),
    counted: amount.nullable(),
    difference: amount.nullable().describe('Below zero something is missing'),
    denominations: z.array(z.strictObject({ value: z.string(), count: z.int() })).nullable(),
  })
  .meta({ id: 'CashReport' })

export type Report = z.output<typeof reportAnswer>

/** Movements that end a shift are no part of what it comes to. */
const ENDS: ReadonlySet<string> = new Set(['over', 'short', 'emptied'])

/** What a shift comes to by its receipts and movements, up to the count at its end. */
export async function totalsOfShift(db: Database, shiftId: string): Promise<ShiftTotals> {
  const receipts = (await store.receiptsOf(db, shiftId)).filter(({ state }) => state === 'done')
  const movements = (await store.movementsOf(db, shiftId)).filter(({ kind }) => !ENDS.has(kind))
  return totalsOf(
    receipts.map(({ number, kind, amountMinor, cashMinor }) => ({
      ...{ number, kind, amountMinor: BigInt(amountMinor), cashMinor: BigInt(cashMinor) },
    })),
    movements.map(({ kind, amountMinor }) => ({ kind, amountMinor: BigInt(amountMinor) })),
  )
}

export async function reportOf(db: Database, desk: store.Desk, shift: store.Shift): Promise<Report> {
  const { currency, key, name } = desk
  const { payments, cancels, roundedMinor, moved, first, last, expectedMinor } = await totalsOfShift(db, shift.id)
  const text = (minor: bigint): string => formatMinor(minor, currency)
  const of = ({
    count,
    minor,
  }: {
    readonly count: number
    readonly minor: bigint
  }): { count: number; amount: string } => ({ count, amount: text(minor) })
  const printed = (number: bigint | null): string | null => (number === null ? null : store.printedNumber(desk, number))
  const countedMinor = shift.countedMinor === null ? null : BigInt(shift.countedMinor)
  return {
    ...{
      kind: shift.closedAt === null ? 'X' : 'Z',
      desk: key,
      deskName: name,
      shift: shift.number,
      cashier: shift.person,
      currency,
    },
    ...{
      openedAt: shift.openedAt.toISOString(),
      closedAt: shift.closedAt?.toISOString() ?? null,
      float: text(BigInt(shift.floatMinor)),
    },
    ...{ payments: of(payments), cancels: of(cancels), rounding: text(roundedMinor) },
    movements: [...moved].filter(([kind]) => kind !== 'float').map(([kind, one]) => ({ kind, ...of(one) })),
    ...{ firstReceipt: printed(first), lastReceipt: printed(last), expected: text(expectedMinor) },
    counted: countedMinor === null ? null : text(countedMinor),
    difference: countedMinor === null ? null : text(countedMinor - expectedMinor),
    denominations: shift.denominations === null ? null : [...shift.denominations],
  }
}
