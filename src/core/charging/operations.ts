import { type Balances, findLot, type Lot, type LotScope, type LotSource, UNLIMITED } from './balances.ts'
import { BalancePoster, type Payer, planDeductions, type UseContext } from './deductions.ts'
import type { MovementKind, MovementSink } from './movements.ts'

/** What an operation on an account works with. */
export interface OperationContext {
  readonly balances: Balances
  readonly creditLimit: bigint | null
  readonly nowMs: number
  /** The account's billing period now, by the number of its first day. */
  readonly period: number
  readonly sink: MovementSink
}

/** A lot to be opened. Money at the rating scale, units at UNIT_SCALE. */
export interface LotDraft {
  readonly unit: string | null
  readonly source: LotSource
  readonly amount: bigint
  readonly priority: number
  readonly fromMs: number
  readonly untilMs: number | null
  readonly graceMs?: number | undefined
  readonly unitPrice?: string | undefined
  readonly isTaxed?: true | undefined
  readonly scope: LotScope | null
  readonly isShared: boolean
  readonly origin: string
}

const NO_USE = { meter: '', price: '', cell: '', subscription: '' }

function contextOf(operation: OperationContext): UseContext {
  const { balances, nowMs, period } = operation
  return { ...NO_USE, nowMs, usedMs: nowMs, member: balances, period }
}

function own(operation: OperationContext): Payer[] {
  return [{ balances: operation.balances, creditLimit: operation.creditLimit, caps: null }]
}

/** Moves what a lot has, or, where `lot` is 0, what is owed, of the account itself. */
export function move(
  operation: OperationContext,
  lot: number,
  kind: MovementKind,
  remaining: bigint,
  unit: string | null = null,
): void {
  const { balances, period, sink } = operation
  const { account } = balances
  const source = findLot(balances, lot)?.source ?? null
  sink.move({ account, member: account, period, lot, unit, source, kind, remaining, held: 0n })
}

/** Takes back what an allowance gave and nobody has used or set aside. */
export function withdrawUnits(operation: OperationContext, { number, unit }: Lot, amount: bigint): void {
  move(operation, number, 'plan', -amount, unit)
}

export function openLot(operation: OperationContext, draft: LotDraft, kind: MovementKind): Lot {
  const { balances, sink } = operation
  const lot: Lot = { ...draft, number: balances.lastLot + 1, remaining: 0n, held: 0n }
  sink.open(balances.account, lot)
  move(operation, lot.number, kind, draft.amount, draft.unit)
  return lot
}

/** What a top-up did besides opening its lots. */
export interface TopUpOutcome {
  /** Fee of a promised credit that it paid back. */
  readonly fee: bigint
  /** What it settled of what was owed. */
  readonly settled: bigint
}

/** Money comes in: it pays back a promised credit with its fee, then what is owed; the rest can be used. */
export function topUp(operation: OperationContext, paid: LotDraft, bonuses: readonly LotDraft[]): TopUpOutcome {
  const lot = openLot(operation, paid, 'top_up')
  for (const bonus of bonuses) openLot(operation, bonus, 'bonus')
  let fee = 0n
  const { promise } = operation.balances
  if (promise !== null) {
    fee = promise.fee < lot.remaining ? promise.fee : lot.remaining
    if (fee > 0n) move(operation, lot.number, 'fee', -fee)
    endPromise(operation)
    operation.balances.promise = fee < promise.fee ? { ...promise, lot: 0, fee: promise.fee - fee } : null
  }
  return { fee, settled: settleOwed(operation, lot) }
}

function settleOwed(operation: OperationContext, lot: Lot): bigint {
  const { owed } = operation.balances
  const settled = owed < lot.remaining ? owed : lot.remaining
  if (settled <= 0n) return 0n
  move(operation, lot.number, 'settle', -settled)
  move(operation, 0, 'settle', settled)
  return settled
}

/** The promised lot ends: what was used or is held of it is owed from now on. Its fee stays until money comes in. */
function endPromise(operation: OperationContext): void {
  const { promise, lots } = operation.balances
  const lot = lots.find(({ number }) => number === promise?.lot)
  if (lot === undefined) return
  const free = lot.remaining - lot.held
  const used = lot.amount - free
  if (free > 0n) move(operation, lot.number, 'promise_end', -free)
  if (used > 0n) move(operation, 0, 'promise_end', -used)
  if (promise !== null) operation.balances.promise = promise.fee > 0n ? { ...promise, lot: 0 } : null
}

/**
 * What a document bills beyond the charges of usage: fees, and the rounding of its lines. It must be paid whatever there
 * is; the rest is owed. Negative amounts are given back.
 * @param minorUnit at the rating scale; null where the document sells money or units of balances: those do not pay for
 * themselves, so it is owed until money comes in.
 * @param arrears what of the amount is for a time that has ended.
 */
export function debitDocument(
  operation: OperationContext,
  amount: bigint,
  minorUnit: bigint | null,
  arrears: InArrears = { amount: 0n, untilMs: operation.nowMs },
): void {
  const past = amount < arrears.amount ? amount : arrears.amount
  if (past > 0n)
    takeForDocument(operation, past, { ...contextOf(operation), usedMs: arrears.untilMs - 1 }, minorUnit === null)
  const rest = past > 0n ? amount - past : amount
  // A sale that is credited was not paid by lots: less is owed.
  if (rest < 0n && minorUnit === null) move(operation, 0, 'document', -rest)
  else if (rest < 0n)
    new BalancePoster(operation.sink, contextOf(operation)).giveBack(own(operation), -rest, 'document')
  else takeForDocument(operation, rest, contextOf(operation), minorUnit === null)
  if (minorUnit !== null) settleFractions(operation, minorUnit)
}

/** Fees of a time that has ended: money with a grace pays for them if it was there then. At the rating scale. */
export interface InArrears {
  readonly amount: bigint
  readonly untilMs: number
}

function takeForDocument(operation: OperationContext, amount: bigint, context: UseContext, isSale: boolean): void {
  // What documents bill beyond charges is taxed there, or is tax: money whose tax was paid when it was sold does not pay for it.
  const payers = own(operation).map(({ balances, ...payer }) => ({
    ...payer,
    balances: { ...balances, lots: isSale ? [] : balances.lots.filter(({ isTaxed }) => isTaxed !== true) },
  }))
  const { takes, short } = planDeductions(payers, null, amount, context)
  new BalancePoster(operation.sink, context).pay(takes, 'document')
  if (short > 0n) move(operation, 0, 'document_overrun', -short)
}

/**
 * Documents are in whole minor units. Where lots have paid for a part of a minor unit and the other part is owed, the lots
 * pay that one, too, or get theirs back, whichever is less. Example: a commit paid 9.98901 for usage; billed are 9.99, and
 * 0.00099 would be owed that the commit can pay.
 */
function settleFractions(operation: OperationContext, minorUnit: bigint): void {
  const { balances } = operation
  const shifts = (['paid', 'bonus'] as const).flatMap((source) => {
    const fraction = balances.consumed[source] % minorUnit
    const more = fraction * 2n > minorUnit ? minorUnit - fraction : -fraction
    if (more === 0n) return []
    const lot = balances.lots.findLast(
      (one) =>
        one.unit === null &&
        one.source === source &&
        (expiryMsOf(one) ?? UNLIMITED) > operation.nowMs &&
        (more > 0n
          ? one.remaining < one.amount && one.remaining - one.held >= more
          : one.amount - one.remaining >= -more),
    )
    return [{ lot, more }]
  })
  const together = shifts.reduce((sum, { more }) => sum + more, 0n)
  if ((balances.owed - together) % minorUnit !== 0n) return
  for (const { lot, more } of shifts) {
    if (lot === undefined) continue
    move(operation, lot.number, 'settle', -more)
    // Nobody could be asked about what is owed instead.
    move(operation, 0, more > 0n ? 'settle' : 'document_overrun', more)
  }
}

/** Money of a payment settles what is owed. */
export function payOwed(operation: OperationContext, amount: bigint): void {
  move(operation, 0, 'payment', amount)
}

/** A payment was reversed: what it settled is owed again, beyond any limit. */
export function reversePayment(operation: OperationContext, amount: bigint): void {
  move(operation, 0, 'reversal', -amount)
}

/** What is owed again because of a reversed top-up. */
export interface TopUpReversed {
  /** What it had paid for, which is owed again. */
  readonly owedAgain: bigint
  /** What was taken back of bonuses that came along; what is used of them is the customer’s. */
  readonly bonus: bigint
}

/**
 * Takes a top-up back: from what is left of it, then from other money of the account’s own that is free; what it has paid
 * for is owed again. Example: 20 came, 15 were used: 5 are taken, 15 are owed.
 * @param bonuses origins of the lots of its bonuses.
 * @param minorUnit at the rating scale. Where it had paid the fraction that rounds a document, other lots pay that one.
 */
export function reverseTopUp(
  operation: OperationContext,
  amount: bigint,
  { paid, bonuses }: { readonly paid: LotDraft; readonly bonuses: readonly string[] },
  minorUnit: bigint,
): TopUpReversed {
  const { balances } = operation
  const owedBefore = balances.owed
  // What was sold with its tax is taken back by itself (`takeBackSold`), and is not taken for other money: it is without its tax.
  const untaxed = balances.lots.filter(({ isTaxed }) => isTaxed !== true)
  const mine = untaxed.filter(({ origin }) => origin === paid.origin)
  const others = untaxed.filter(
    ({ unit, source, scope, untilMs, origin }) =>
      unit === null &&
      source === 'paid' &&
      scope === null &&
      (untilMs ?? UNLIMITED) > operation.nowMs &&
      origin !== paid.origin,
  )
  let rest = amount
  const take = (lot: Lot, kind: MovementKind, most: bigint): bigint => {
    const free = lot.remaining - lot.held
    const part = free < most ? free : most
    if (part > 0n) move(operation, lot.number, kind, -part, lot.unit)
    return part > 0n ? part : 0n
  }
  for (const lot of [...mine, ...others]) rest -= take(lot, 'reversal', rest)
  if (rest > 0n) {
    // What it paid for is consumed no more: the money comes back into a lot, and leaves it.
    const { number } = mine[0] ?? openLot(operation, { ...paid, amount: 0n }, 'top_up')
    move(operation, number, 'settle', rest)
    move(operation, number, 'reversal', -rest)
    move(operation, 0, 'reversal', -rest)
  }
  let bonus = 0n
  for (const lot of balances.lots) if (bonuses.includes(lot.origin)) bonus += take(lot, 'reversal', lot.remaining)
  settleFractions(operation, minorUnit)
  const owedAgain = balances.owed - owedBefore
  return { owedAgain: owedAgain > 0n ? owedAgain : 0n, bonus }
}

/** Units are kept that long after their end, because usage of before may still arrive. */
export const LATE_USE_MS = 35 * 86_400_000

/** From when on nothing of a lot can be used any more; null where it never ends. */
export function expiryMsOf({ untilMs, unit, graceMs = 0 }: Pick<Lot, 'untilMs' | 'unit' | 'graceMs'>): number | null {
  return untilMs === null ? null : untilMs + (unit === null ? graceMs : LATE_USE_MS)
}

/** What expired of a lot: minor units that are lost to the customer, and the rest below one of them. */
export interface Expired {
  readonly lot: Lot
  readonly amount: bigint
}

/**
 * Ends lots whose time is over, as far as no session holds them. Of money whole minor units are lost, those of paid money as
 * breakage. What is left below a minor unit pays for charges, so that ledger and documents, which know minor units only, stay
 * equal to what is owed: of a bonus of 1.00 with 0.499995 spent, 0.50 are lost.
 */
export function expireLots(operation: OperationContext, minorUnit: bigint): Expired[] {
  const expired: Expired[] = []
  for (const lot of operation.balances.lots) {
    if ((expiryMsOf(lot) ?? UNLIMITED) > operation.nowMs) continue
    // However much of it is left: what was used is owed from now on.
    if (lot.number === operation.balances.promise?.lot) endPromise(operation)
    const free = lot.remaining - lot.held
    if (free <= 0n) continue
    if (lot.source === 'promise') {
      // It was held when the promise ended, and counted as used.
      move(operation, lot.number, 'promise_end', -free)
      move(operation, 0, 'promise_end', free)
      continue
    }
    const whole = lot.unit === null ? free - (free % minorUnit) : free
    if (whole > 0n) move(operation, lot.number, 'expire', -whole, lot.unit)
    if (free > whole) {
      move(operation, lot.number, 'settle', whole - free)
      move(operation, 0, 'settle', free - whole)
    }
    if (whole > 0n) expired.push({ lot, amount: whole })
  }
  return expired
}
