import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { MOVEMENTS } from '../../core/cash/drawer.ts'
import type { Database } from '../../platform/db.ts'
import { accountNames, getRow, ofAccount } from '../parties/index.ts'
import * as store from './store.ts'

const amount = z.string().describe('A decimal of the currency')
const kinds = Object.keys(MOVEMENTS) as [string, ...string[]]

export const deskAnswer = z
  .strictObject({
    key: z.string(),
    name: z.string(),
    issuer: z.string(),
    currency: z.string(),
    zone: z.string(),
    cashStep: amount.describe('What cash is rounded to'),
    isOpen: z.boolean(),
    drawer: amount.describe('What is to be in the drawer now'),
    safe: amount.describe('What is to be in the safe of the desk now'),
    shift: z.int().nullable().describe('The number of the shift that is open'),
    ledgerAccount: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CashDesk' })

export async function deskViews(db: Database, desks: readonly store.Desk[]): Promise<object[]> {
  const views: object[] = []
  for (const desk of desks) {
    const { key, name, issuerId, currency, zone, stepMinor, isOpen, drawerMinor, safeMinor, createdAt } = desk
    const [cashStep, drawer, safe] = [stepMinor, drawerMinor, safeMinor].map((minor) =>
      formatMinor(BigInt(minor), currency),
    )
    const shift = (await store.openShift(db, desk.id))?.number ?? null
    const { key: issuer } = (await getRow(db, 'issuer', issuerId)) as unknown as { key: string }
    views.push({
      key,
      name,
      issuer,
      currency,
      zone,
      cashStep,
      isOpen,
      drawer,
      safe,
      shift,
      ledgerAccount: `cash:desk:${key}`,
      createdAt,
    })
  }
  return views
}

export const shiftAnswer = z
  .strictObject({
    id: z.uuid(),
    desk: z.string(),
    number: z.int(),
    cashier: z.string(),
    currency: z.string(),
    openedAt: z.iso.datetime(),
    float: amount,
    closedAt: z.iso.datetime().nullable(),
    expected: amount.nullable(),
    counted: amount.nullable(),
    difference: amount.nullable(),
  })
  .meta({ id: 'CashShift' })

export function shiftView(shift: store.Shift, { key: desk, currency }: store.Desk): object {
  const { id, number, person: cashier, openedAt, floatMinor, closedAt, expectedMinor, countedMinor } = shift
  const text = (minor: string | bigint | null): string | null =>
    minor === null ? null : formatMinor(BigInt(minor), currency)
  const difference =
    expectedMinor === null || countedMinor === null ? null : BigInt(countedMinor) - BigInt(expectedMinor)
  return {
    ...{ id, desk, number, cashier, currency, openedAt, float: text(floatMinor), closedAt },
    ...{ expected: text(expectedMinor), counted: text(countedMinor), difference: text(difference) },
  }
}

export const receiptAnswer = z
  .strictObject({
    id: z.uuid(),
    number: z.string().describe('As it is printed'),
    desk: z.string(),
    shiftId: z.uuid(),
    key: z.string(),
    kind: z.enum(['payment', 'cancel']),
    cancels: z.string().nullable().describe('The number of the receipt that it cancels'),
    cancelledBy: z.string().nullable().describe('The number of the receipt that cancels it'),
    ...ofAccount,
    recordedAs: z.enum(['payment', 'top_up']),
    paymentId: z.uuid().nullable(),
    state: z.enum(['pending', 'done', 'failed']),
    currency: z.string(),
    amount: amount.describe('What the account got'),
    cash: amount.describe('What was paid in cash: the amount, rounded'),
    tendered: amount.nullable(),
    change: amount.nullable().describe('What the payer got back'),
    note: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CashReceipt' })

export async function receiptViews(db: Database, receipts: readonly store.Receipt[]): Promise<object[]> {
  const desks = await store.desksOf(db, [...new Set(receipts.map(({ deskId }) => deskId))])
  const names = await accountNames(
    db,
    receipts.map(({ accountId }) => accountId),
  )
  const views: object[] = []
  for (const receipt of receipts) {
    const {
      id,
      deskId,
      shiftId,
      key,
      kind,
      cancelsId,
      accountId,
      recordedAs,
      paymentId,
      state,
      currency,
      note,
      createdAt,
    } = receipt
    const desk = desks.get(deskId) as store.Desk
    const printed = (one: store.Receipt | undefined): string | null =>
      one === undefined ? null : store.printedNumber(desk, one.number)
    const [amountText, cash] = [receipt.amountMinor, receipt.cashMinor].map((minor) =>
      formatMinor(BigInt(minor), currency),
    )
    const tendered = receipt.tenderedMinor === null ? null : BigInt(receipt.tenderedMinor)
    views.push({
      ...{ id, number: printed(receipt), desk: desk.key, shiftId, key, kind },
      cancels: cancelsId === null ? null : printed(await store.findReceipt(db, 'id', cancelsId)),
      cancelledBy: kind === 'cancel' ? null : printed(await store.findReceipt(db, 'cancelsId', id)),
      ...{ accountId, ...names.get(accountId), recordedAs, paymentId, state, currency, amount: amountText, cash },
      tendered: tendered === null ? null : formatMinor(tendered, currency),
      change: tendered === null ? null : formatMinor(tendered - BigInt(receipt.cashMinor), currency),
      ...{ note, createdAt },
    })
  }
  return views
}

export const movementAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    desk: z.string(),
    shiftId: z.uuid().nullable(),
    kind: z.enum(kinds),
    currency: z.string(),
    amount,
    reason: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CashMovement' })

export function movementView(
  { id, key, shiftId, kind, amountMinor, reason, createdAt }: store.Movement,
  desk: store.Desk,
): object {
  const { key: of, currency } = desk
  return {
    id,
    key,
    desk: of,
    shiftId,
    kind,
    currency,
    amount: formatMinor(BigInt(amountMinor), currency),
    reason,
    createdAt,
  }
}
