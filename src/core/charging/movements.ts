import { assert } from '../base/assert.ts'
import {
  type Balances,
  type Deduction,
  findLot,
  type Lot,
  type LotSource,
  noteGiven,
  noteTaxedUse,
  type SponsoredMoney,
} from './balances.ts'

/** Why a balance moved. Charges and what settles debts are consumption; the rest only changes what is there. */
export const MOVEMENT_KINDS = [
  'charge',
  'overrun',
  'return',
  'hold',
  'release',
  'top_up',
  'bonus',
  'plan',
  'promise',
  'promise_end',
  'settle',
  'fee',
  'expire',
  'roll_over',
  'transfer_out',
  'transfer_in',
  'adjust',
  'document',
  'document_overrun',
  'payment',
  'opening',
  'opening_spent',
  'reversal',
  'daily_fee',
] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/** Kinds by which a lot's money pays for what documents bill. */
const CONSUMING: ReadonlySet<MovementKind> = new Set(['charge', 'return', 'settle', 'document', 'daily_fee'])
/** Kinds by which more may be owed than the credit limit allows: nobody could be asked any more. */
const OVERRUNNING: ReadonlySet<MovementKind> = new Set([
  'overrun',
  'document_overrun',
  'promise_end',
  'opening',
  'opening_spent',
  'reversal',
])
/** Kinds that count towards what was spent in a period. */
const SPENDING: ReadonlySet<MovementKind> = new Set(['charge', 'overrun', 'return', 'opening_spent', 'daily_fee'])

/**
 * A fact: what one lot, or the credit limit (`lot` 0), gained or lost. Balances are the sums of their movements, and
 * recovery applies them as they are.
 */
export interface Movement {
  readonly account: string
  /** The sponsored account on whose behalf it is; the account itself otherwise. */
  readonly member: string
  /** Billing period of the member in which it happened, by its first day's number. */
  readonly period: number
  readonly lot: number
  /** Of the lot; null for money. */
  readonly unit: string | null
  /** Of the lot; null for the credit limit. */
  readonly source: LotSource | null
  readonly kind: MovementKind
  /** Change of what remains. Of the credit limit: less is owed where positive, more where negative. */
  readonly remaining: bigint
  readonly held: bigint
}

/** Where a decision puts its effects: applied to the balances at once, and kept as facts. */
export interface MovementSink {
  /** Adds a lot with nothing in it; a movement fills it. */
  open(account: string, lot: Lot): void
  move(movement: Movement): void
}

/** Applies a fact to the account whose lot or credit it moves, live and at recovery alike. */
export function applyMovement(balances: Balances, movement: Movement): void {
  const { lot: number, kind, unit, source, remaining, held } = movement
  if (number === 0) {
    // What does not change is not made anew: balances of accounts outlive what a decision makes.
    if (remaining !== 0n) balances.owed -= remaining
    if (held !== 0n) balances.creditHeld += held
    if (OVERRUNNING.has(kind)) balances.overrun -= remaining
    // What is owed below zero is spent on holds, too: it is the sum of both that an overrun raises above the limit.
    const used = balances.owed + balances.creditHeld
    if (balances.overrun > used) balances.overrun = used
    if (balances.overrun < 0n) balances.overrun = 0n
    return
  }
  const lot = findLot(balances, number)
  assert(lot !== undefined, `lot ${number} of account ${balances.account} is open`)
  if (remaining !== 0n) lot.remaining += remaining
  if (held !== 0n) lot.held += held
  if (kind === 'plan') noteGiven(balances, lot, remaining)
  const isOwn = movement.member === movement.account
  if (!isOwn || unit !== null || (source !== 'paid' && source !== 'bonus') || !CONSUMING.has(kind)) return
  balances.consumed[source] -= remaining
  if (lot.isTaxed === true && remaining !== 0n) noteTaxedUse(balances, lot, movement.period, -remaining)
}

/** Applies a fact to the account on whose behalf it is: what it spent, and what it used of its sponsor's. */
export function applyToMember(member: Balances, movement: Movement): void {
  const { account, period, unit, kind, remaining, held } = movement
  if (unit === null && SPENDING.has(kind)) {
    if (period > member.spent.period) member.spent = { period, amount: 0n }
    member.spent.amount -= remaining
  }
  if (account === member.account) return
  if (unit === null && CONSUMING.has(kind)) member.sponsoredBy = withSponsored(member.sponsoredBy, movement)
  const isNew = period > member.sponsored.period
  const { amounts, paid } = member.sponsored
  const name = unit ?? ''
  const added = (map: ReadonlyMap<string, bigint>, change: bigint): ReadonlyMap<string, bigint> => {
    const kept = isNew ? new Map<string, bigint>() : new Map(map)
    return kept.set(name, max((kept.get(name) ?? 0n) + change, 0n))
  }
  member.sponsored = {
    period: max(period, member.sponsored.period),
    amounts: added(amounts, held - remaining),
    paid: added(paid, -remaining),
  }
}

const NOTHING: SponsoredMoney = { paid: 0n, bonus: 0n, credit: 0n }

/** As what a sponsor's money counts: what is used of a promise is owed when the promise ends. */
export function sponsoredAs(source: LotSource | null): keyof SponsoredMoney {
  return source === 'paid' || source === 'bonus' ? source : 'credit'
}

function withSponsored(
  before: ReadonlyMap<string, SponsoredMoney>,
  { account, source, remaining }: Movement,
): ReadonlyMap<string, SponsoredMoney> {
  const money = before.get(account) ?? NOTHING
  const name = sponsoredAs(source)
  return new Map(before).set(account, { ...money, [name]: money[name] - remaining })
}

function max<T extends bigint | number>(a: T, b: T): T {
  return a > b ? a : b
}

/**
 * Takes up to `amount` off one end of a list of takes: what was set aside first is used first, what was set aside last is
 * released first. @returns what was taken; the list keeps the rest.
 */
export function takeFrom(takes: Deduction[], amount: bigint, end: 'front' | 'back'): Deduction[] {
  const taken: Deduction[] = []
  let rest = amount
  while (rest > 0n) {
    const next = takes.at(end === 'front' ? 0 : -1)
    if (next === undefined) break
    const part = next.amount < rest ? next.amount : rest
    taken.push({ ...next, amount: part })
    next.amount -= part
    rest -= part
    if (next.amount > 0n) break
    if (end === 'front') takes.shift()
    else takes.pop()
  }
  return taken
}

export function totalOf(takes: readonly Deduction[]): bigint {
  let total = 0n
  for (const { amount } of takes) total += amount
  return total
}
