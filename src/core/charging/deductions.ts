import {
  type Balances,
  type Deduction,
  type Lot,
  type LotScope,
  type LotSource,
  type SponsoredMoney,
  UNLIMITED,
} from './balances.ts'
import { type Movement, type MovementKind, type MovementSink, sponsoredAs, takeFrom } from './movements.ts'

/** Whose balances pay for a use, in this order: a sponsor's first, then the account's own. */
export interface Payer {
  readonly balances: Balances
  /** At the rating scale; null lets it owe whatever it uses. */
  readonly creditLimit: bigint | null
  /** Set where the payer is a sponsor: only shared lots, and per unit at most so much a period; money under ''. */
  readonly caps: ReadonlyMap<string, bigint> | null
}

/** What is used, as scopes and validities see it. */
export interface UseContext {
  readonly nowMs: number
  /** Units are valid at the time of use, money at the time of charging. */
  readonly usedMs: number
  readonly meter: string
  readonly price: string
  readonly cell: string
  readonly subscription: string
  /** Codes of the allowances of the plan in force; absent where nothing is used under a plan. */
  readonly gives?: readonly string[] | undefined
  /** The account that uses. */
  readonly member: Balances
  /** Its billing period now, by the number of its first day. */
  readonly period: number
}

function covers(scope: LotScope | null, context: UseContext): boolean {
  if (scope === null) return true
  const fits = (allowed: readonly string[] | undefined, name: string): boolean => allowed?.includes(name) ?? true
  return (
    fits(scope.meters, context.meter) &&
    fits(scope.prices, context.price) &&
    fits(scope.cells, context.cell) &&
    fits(scope.subscriptions, context.subscription) &&
    (scope.allowance === undefined || fits(context.gives, scope.allowance))
  )
}

function isUsable(lot: Lot, unit: string | null, payer: Payer, context: UseContext): boolean {
  if (lot.unit !== unit || lot.remaining <= lot.held) return false
  if (payer.caps !== null && !lot.isShared) return false
  const atMs = unit === null ? context.nowMs : context.usedMs
  return atMs >= lot.fromMs && isBeforeEnd(lot, atMs, context) && covers(lot.scope, context)
}

/** Money pays after its end, within its grace, for what was used before: usage arrives late, and fees in arrears do. */
function isBeforeEnd({ unit, untilMs, graceMs = 0 }: Lot, atMs: number, { nowMs, usedMs }: UseContext): boolean {
  if (untilMs === null || atMs < untilMs) return true
  return unit === null && graceMs > 0 && usedMs < untilMs && nowMs < untilMs + graceMs
}

/** What a member may still use of its sponsor in this period. */
function capLeft({ caps }: Payer, unit: string | null, { member, period }: UseContext): bigint {
  const cap = caps?.get(unit ?? '')
  if (cap === undefined) return UNLIMITED
  const used = member.sponsored.period >= period ? (member.sponsored.amounts.get(unit ?? '') ?? 0n) : 0n
  return cap > used ? cap - used : 0n
}

function creditLeft({ balances, creditLimit }: Payer): bigint {
  if (creditLimit === null) return UNLIMITED
  const left = creditLimit - balances.owed - balances.creditHeld
  return left > 0n ? left : 0n
}

/**
 * What `amount` would be taken from, in the order of consumption; the credit limit comes last.
 * @param unit null for money at the rating scale, otherwise the unit, at UNIT_SCALE.
 * @returns the deductions, and the rest that nothing covers.
 */
export function planDeductions(
  payers: readonly Payer[],
  unit: string | null,
  amount: bigint,
  context: UseContext,
): { takes: Deduction[]; short: bigint } {
  const takes: Deduction[] = []
  let rest = amount
  for (const payer of payers) {
    if (rest <= 0n) break
    const { balances } = payer
    let cap = payer.caps === null ? UNLIMITED : capLeft(payer, unit, context)
    const take = (lot: number, source: LotSource | null, left: bigint): void => {
      const part = least(left, least(cap, rest))
      if (part <= 0n) return
      takes.push({ account: balances.account, lot, unit, source, amount: part })
      rest -= part
      cap -= part
    }
    for (const lot of balances.lots) {
      if (rest <= 0n) break
      if (isUsable(lot, unit, payer, context)) take(lot.number, lot.source, lot.remaining - lot.held)
    }
    if (unit === null && rest > 0n) take(0, null, creditLeft(payer))
  }
  return { takes, short: rest > 0n ? rest : 0n }
}

/** The most that `planDeductions` would cover. */
export function availableTo(payers: readonly Payer[], unit: string | null, context: UseContext): bigint {
  return UNLIMITED - planDeductions(payers, unit, UNLIMITED, context).short
}

/** Notes movements of takes, on behalf of the member of the context. */
export class BalancePoster {
  private readonly sink: MovementSink
  private readonly context: UseContext

  constructor(sink: MovementSink, context: UseContext) {
    this.sink = sink
    this.context = context
  }

  private move(take: Deduction, kind: MovementKind, remaining: bigint, held: bigint): void {
    const { member, period } = this.context
    const movement: Movement = {
      account: take.account,
      member: member.account,
      period,
      lot: take.lot,
      unit: take.unit,
      source: take.source,
      kind,
      remaining,
      held,
    }
    this.sink.move(movement)
  }

  hold(takes: readonly Deduction[]): void {
    for (const take of takes) this.move(take, 'hold', 0n, take.amount)
  }

  release(takes: readonly Deduction[]): void {
    for (const take of takes) this.move(take, 'release', 0n, -take.amount)
  }

  /** Pays with what is free. */
  pay(takes: readonly Deduction[], kind: MovementKind = 'charge'): void {
    for (const take of takes) this.move(take, kind, -take.amount, 0n)
  }

  /** Pays with what was set aside before, up to `amount`. @returns what it paid. */
  payHeld(held: Deduction[], amount: bigint): bigint {
    let paid = 0n
    for (const take of takeFrom(held, amount, 'front')) {
      this.move(take, 'charge', -take.amount, -take.amount)
      paid += take.amount
    }
    return paid
  }

  /**
   * Gives money back: to the sponsor as much as it has paid for the account and not got back, whenever that was, then to the account.
   * To each in the reverse order of its use: first what came off the credit limit (of the account itself: what it owes), then the lots
   * that money was taken from, the last used first. What no lot gave is credit for what will be owed.
   */
  giveBack(payers: readonly Payer[], amount: bigint, kind: MovementKind = 'return'): void {
    let rest = amount
    for (const { balances, caps } of payers) {
      const isSponsor = caps !== null
      const paid = (source: keyof SponsoredMoney): bigint => this.paidBy(balances.account, source)
      let budget = isSponsor ? least(paid('credit') + paid('paid') + paid('bonus'), rest) : rest
      if (budget <= 0n) continue
      rest -= budget
      const give = (lot: number, source: LotSource | null, room: bigint): void => {
        const part = least(room, budget)
        if (part <= 0n) return
        this.move({ account: balances.account, lot, unit: null, source, amount: part }, kind, part, 0n)
        budget -= part
      }
      give(0, null, isSponsor ? paid('credit') : balances.owed)
      for (const {
        number,
        unit,
        source,
        amount: full,
        remaining,
        untilMs,
        graceMs = 0,
        isTaxed = false,
      } of balances.lots.toReversed()) {
        if (unit !== null || source === 'promise') continue
        // What documents bill beyond charges, such as tax, such a lot has never paid.
        if (isTaxed && kind === 'document') continue
        if (untilMs !== null && untilMs + graceMs <= this.context.nowMs) continue
        give(number, source, isSponsor ? least(full - remaining, paid(sponsoredAs(source))) : full - remaining)
      }
      give(0, null, budget)
    }
  }

  /** What a sponsor has paid for the context's member and not got back, in whatever period. */
  private paidBy(sponsor: string, source: keyof SponsoredMoney): bigint {
    return this.context.member.sponsoredBy.get(sponsor)?.[source] ?? 0n
  }

  /**
   * Gives units back: to a sponsor what it gave in this period, then to the account. They go to lots of the time of use, those
   * first that cover such use, and of these the last used first: what an allowance of March had covered is there again for March,
   * and not for April. What has no such lot any more is not given back.
   */
  giveBackUnits(payers: readonly Payer[], unit: string, amount: bigint): void {
    let rest = amount
    for (const { balances, caps } of payers) {
      let budget = caps === null ? rest : least(this.unitsOfSponsor(unit), rest)
      rest -= budget
      for (const lot of this.lotsOfUse(balances, unit)) {
        const part = least(lot.amount - lot.remaining, budget)
        if (part <= 0n) continue
        const take = { account: balances.account, lot: lot.number, unit, source: lot.source, amount: part }
        this.move(take, 'return', part, 0n)
        budget -= part
      }
      rest += budget
    }
  }

  private lotsOfUse({ lots }: Balances, unit: string): Lot[] {
    const { usedMs } = this.context
    const valid = lots
      .filter((lot) => lot.unit === unit && usedMs >= lot.fromMs && isBeforeEnd(lot, usedMs, this.context))
      .toReversed()
    const isCovering = ({ scope }: Lot): boolean => covers(scope, this.context)
    return [...valid.filter(isCovering), ...valid.filter((lot) => !isCovering(lot))]
  }

  /** What the sponsor of the context's member has given it of a unit in this period. */
  private unitsOfSponsor(unit: string): bigint {
    const { member, period } = this.context
    const { sponsored } = member
    return sponsored.period >= period ? (sponsored.paid.get(unit) ?? 0n) : 0n
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
