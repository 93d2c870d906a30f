/** More than any balance holds: the rest where nothing limits it. */
export const UNLIMITED = 1n << 200n

/** Where the content of a lot came from. Only paid money is the customer's own. */
export const LOT_SOURCES = ['paid', 'bonus', 'plan', 'promise'] as const
export type LotSource = (typeof LOT_SOURCES)[number]

/** What a lot may be used for; an absent list allows all. */
export interface LotScope {
  readonly meters?: readonly string[] | undefined
  readonly prices?: readonly string[] | undefined
  /** Destinations and time bands: the names of a price's cells. */
  readonly cells?: readonly string[] | undefined
  readonly subscriptions?: readonly string[] | undefined
  /** The allowance that gave it: for use under a plan that gives this one, too. */
  readonly allowance?: string | undefined
}

/** Part of a balance, with terms of its own. Money at the currency's rating scale, units at `UNIT_SCALE`. */
export interface Lot {
  readonly number: number
  /** The unit of meters that it is counted in; null for money. */
  readonly unit: string | null
  readonly source: LotSource
  /** The lowest goes first. */
  readonly priority: number
  readonly fromMs: number
  /** Null never expires. */
  readonly untilMs: number | null
  /** Of money: how long after its end it still pays for usage and fees of its own time; not at all when absent. */
  readonly graceMs?: number | undefined
  readonly scope: LotScope | null
  /** Of units that were sold: what each cost, a decimal of the currency. */
  readonly unitPrice?: string | undefined
  /** Of money: its tax was paid when it was sold, and what it pays for has none. Absent where that is taxed when it is used. */
  readonly isTaxed?: true | undefined
  /** Accounts that this account sponsors may use it. */
  readonly isShared: boolean
  /** What opened it: a top-up, a voucher, a plan's allowance and its period. */
  readonly origin: string
  /** What was put into it, less what was withdrawn. */
  amount: bigint
  remaining: bigint
  /** The part of what remains that running sessions have set aside. */
  held: bigint
}

/** A part taken or set aside: from a lot, or, where `lot` is 0, from the credit limit. */
export interface Deduction {
  readonly account: string
  readonly lot: number
  readonly unit: string | null
  /** Of the lot; null for the credit limit. */
  readonly source: LotSource | null
  amount: bigint
}

/** Money of a sponsor that paid for charges of one member, all in all. */
export interface SponsoredMoney {
  readonly paid: bigint
  readonly bonus: bigint
  /** Came off the credit limit: the sponsor owes it. */
  readonly credit: bigint
}

/**
 * Quantity that sessions have set aside on one counter, and the money for it. One hold for all sessions of a counter,
 * because the price of each depends on the others: it is what the counter can cost at most before they have ended.
 */
export interface Pool {
  quantity: bigint
  /** Sessions among them whose connection fee is still to come. */
  sessions: bigint
  /** What maximum costs take off their last units; absent where nothing. */
  cut?: bigint | undefined
  takes: Deduction[]
}

/** A promise of money: a loan that the next top-up pays back with its fee. */
export interface PromisedCredit {
  /** 0 when its time is over and only the fee is left to pay. */
  readonly lot: number
  readonly dueMs: number
  /** Still to be paid, at the rating scale. */
  readonly fee: bigint
}

/** Everything that charging knows of one account besides its counters. Times are epoch milliseconds. */
export interface Balances {
  readonly account: string
  /** When they were opened, with what the account had been charged in its period before; null until then. */
  openedMs: number | null
  /** Open lots and the latest used-up ones, in the order of consumption. */
  lots: readonly Lot[]
  lastLot: number
  /** Charged beyond all lots: what the next documents or top-ups will settle. */
  owed: bigint
  /** Part of the credit limit that running sessions have set aside. */
  creditHeld: bigint
  /** Part of `owed` that usage took which had happened already and nobody was asked about. */
  overrun: bigint
  /** Money of lots that paid for charges and debts of the account's own, all in all. */
  consumed: { paid: bigint; bonus: bigint }
  /** By sponsor: what of its money paid for this account's charges. */
  sponsoredBy: ReadonlyMap<string, SponsoredMoney>
  /** Charges of the current billing period, named by its first day. */
  spent: { period: number; amount: bigint }
  /**
   * What this account used and holds of its sponsor's in the current period, by unit; money under ''. And what of it is
   * paid for: a refund gives no more units back than that.
   */
  sponsored: {
    readonly period: number
    readonly amounts: ReadonlyMap<string, bigint>
    readonly paid: ReadonlyMap<string, bigint>
  }
  pools: ReadonlyMap<string, Pool>
  promise: PromisedCredit | null
  /** Codes of thresholds that are crossed. */
  crossed: readonly string[]
  /** Periods, by number, whose allowance was opened, by subscription and code of the allowance. */
  allowances: ReadonlyMap<string, readonly number[]>
  /** What allowances that follow seats or days have given, less what was withdrawn, by allowance and period; absent where none is. */
  given?: ReadonlyMap<string, bigint>
  /**
   * What of `consumed.paid` came of lots whose tax was paid when they were sold, by the subscription that they are for ('' where it is not one)
   * and the account's billing period in which it was taken (`taxedUseKey`); absent where none did. At the rating scale.
   */
  taxedUse?: ReadonlyMap<string, bigint>
}

/** One price of a running session's service. */
export interface SessionPart {
  /** Names the counter that what is set aside belongs to. */
  pool: string
  /** Used so far in the whole session, at the meter's scale. */
  used: bigint
  /** See `SessionSoFar`. */
  begun: bigint
  spent: bigint
  /** Something of the session was rated, so its connection fee is charged. */
  isRated: boolean
  /** Set aside in lots of units. */
  units: Deduction[]
  /** Set aside in the pool of the counter. */
  reserved: bigint
  reservedSession: bigint
  /** What a maximum cost takes off the last unit set aside; absent where nothing. */
  reservedCut?: bigint | undefined
}

/** A map with one entry changed, or, where it is null, without it. What all share is left as it is. */
export function withEntry<T>(map: ReadonlyMap<string, T>, name: string, value: T | null): ReadonlyMap<string, T> {
  const own = map === EMPTY ? new Map<string, T>() : (map as Map<string, T>)
  if (value === null) own.delete(name)
  else own.set(name, value)
  return own
}

/** Shared by all that have none: most accounts have no session and no sponsor, and there are many accounts. */
const EMPTY: ReadonlyMap<string, never> = new Map<string, never>()
const NOTHING_SPONSORED = { period: 0, amounts: EMPTY, paid: EMPTY }
const NOT_CROSSED: readonly string[] = []
const NO_LOTS: readonly Lot[] = []

/** Balances as they were stored, sharing what is empty. */
export function restoredBalances(stored: Balances): Balances {
  const shared = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> => (map.size === 0 ? EMPTY : map)
  return {
    ...stored,
    pools: shared(stored.pools),
    allowances: shared(stored.allowances),
    sponsoredBy: shared(stored.sponsoredBy),
    sponsored: {
      ...stored.sponsored,
      amounts: shared(stored.sponsored.amounts),
      paid: shared(stored.sponsored.paid),
    },
    crossed: stored.crossed.length === 0 ? NOT_CROSSED : stored.crossed,
    lots: stored.lots.length === 0 ? NO_LOTS : stored.lots,
  }
}

export function newBalances(account: string): Balances {
  return {
    account,
    openedMs: null,
    lots: NO_LOTS,
    lastLot: 0,
    owed: 0n,
    creditHeld: 0n,
    overrun: 0n,
    consumed: { paid: 0n, bonus: 0n },
    sponsoredBy: EMPTY,
    spent: { period: 0, amount: 0n },
    sponsored: NOTHING_SPONSORED,
    pools: EMPTY,
    promise: null,
    crossed: NOT_CROSSED,
    allowances: EMPTY,
  }
}

/** The order of consumption: by priority, then the one that expires first, then the oldest. */
function compareLots(a: Lot, b: Lot): number {
  return (
    a.priority - b.priority ||
    (a.untilMs ?? Number.POSITIVE_INFINITY) - (b.untilMs ?? Number.POSITIVE_INFINITY) ||
    a.number - b.number
  )
}

export function findLot(balances: Balances, number: number): Lot | undefined {
  return balances.lots.find((lot) => lot.number === number)
}

/** Used-up lots that are kept, so that money can be given back to where it came from. */
const KEPT_LOTS = 8
/** Periods of an allowance are remembered as opened for so many days: longer than usage may be late. */
const KEPT_DAYS = 460

/** Names an allowance of a subscription; with a period, the lot that it opened. */
export function allowanceKey(subscription: string, code: string): string {
  return `${subscription}/${code}`
}

/** Adds a lot in its place. Lots that have nothing left are forgotten, except the latest of them. */
export function addLot(balances: Balances, lot: Lot): void {
  balances.lastLot = lot.number
  const [, allowance, period] = /^plan:(.+)@(-?\d+)$/.exec(lot.origin) ?? []
  if (allowance !== undefined) {
    const periods = [...(balances.allowances.get(allowance) ?? []), Number(period)]
    balances.allowances = withEntry(
      balances.allowances,
      allowance,
      periods.filter((kept) => kept > Number(period) - KEPT_DAYS),
    )
  }
  // A promise that is used up is still to be paid back.
  const spent = balances.lots.filter((kept) => isUsedUp(kept) && kept.number !== balances.promise?.lot)
  const forgotten = new Set(
    spent.toSorted((a, b) => a.number - b.number).slice(0, Math.max(0, spent.length - KEPT_LOTS)),
  )
  balances.lots = [...balances.lots.filter((kept) => !forgotten.has(kept)), lot].sort(compareLots)
}

/** The allowance and period of a lot that is a share of it: lots of one allowance differ by the text after the `+`. */
const SHARE = /^plan:(.+@(-?\d+))\+\d+$/

/** Names what an allowance has given in a period; the lots of it have this after `plan:` and before a `+`. */
export function givenKey(subscription: string, code: string, period: number): string {
  return `${allowanceKey(subscription, code)}@${period}`
}

/** Notes that an allowance gave a share, or withdrew what was not used of one. */
export function noteGiven(balances: Balances, lot: Lot, change: bigint): void {
  const [, key, period] = SHARE.exec(lot.origin) ?? []
  if (key === undefined) return
  if (change < 0n) lot.amount += change
  const kept = [...(balances.given ?? EMPTY)].filter(([name]) => {
    return name === key || Number(name.slice(name.lastIndexOf('@') + 1)) > Number(period) - KEPT_DAYS
  })
  const given = new Map(kept)
  balances.given = given.set(key, (given.get(key) ?? 0n) + change)
}

/** Names what lots of a subscription whose tax was paid at once have paid for in a period, by the number of its first day. */
function taxedUseKey(subscription: string, period: number): string {
  return `${subscription}@${period}`
}

/** @returns the subscription, and the number of the period; 0 stands for all that are long past. */
export function readTaxedUseKey(key: string): { readonly subscription: string; readonly period: number } {
  const at = key.lastIndexOf('@')
  return { subscription: key.slice(0, at), period: Number(key.slice(at + 1)) }
}

/** Notes that a lot whose tax was paid when it was sold paid for something; below zero that it has that back. */
export function noteTaxedUse(balances: Balances, lot: Lot, period: number, amount: bigint): void {
  const { subscriptions = [] } = lot.scope ?? {}
  // A commit is for one; other money for what the account uses.
  const subscription = subscriptions.length === 1 ? (subscriptions[0] as string) : ''
  const sums = new Map<string, bigint>()
  const add = (key: string, more: bigint): void => {
    sums.set(key, (sums.get(key) ?? 0n) + more)
  }
  for (const [key, before] of balances.taxedUse ?? EMPTY) {
    const known = readTaxedUseKey(key)
    const isOld = known.subscription === subscription && known.period < period - KEPT_DAYS
    add(isOld ? taxedUseKey(subscription, 0) : key, before)
  }
  add(taxedUseKey(subscription, period), amount)
  balances.taxedUse = sums
}

function isUsedUp({ remaining, held }: Lot): boolean {
  return remaining === 0n && held === 0n
}
