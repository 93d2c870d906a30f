import { toRatingScale } from '../base/money.ts'
import { toDayNumber } from '../base/period.ts'
import { divideRounded } from '../base/rounding.ts'
import { readTaxedUseKey } from '../charging/balances.ts'
import { billableKey, type InvoiceLine, targetKey } from '../invoicing/invoice-lines.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import { decideTax, type TaxDecision } from '../tax/decide-tax.ts'
import type { AccountFacts, UsageCounter } from './account-facts.ts'
import { type KeptTax, leftOf } from './line-taxes.ts'
import type { TaxFacts } from './tax-facts.ts'

const RULE = 'used_voucher'
/** In place of a subscription: money that is for none. */
const OF_ALL = ''

/** How what is paid with money is taxed whose tax was paid when it was sold: not again. */
export function decideUsedVoucher({ terms, rates }: TaxFacts, suppliedOn: string): TaxDecision | undefined {
  if (terms === null) return undefined
  const { seller, buyer, currency, language } = terms
  const answer = decideTax({ seller, buyer, currency, taxClass: RULE, suppliedOn }, rates, language)
  return 'undecided' in answer ? undefined : answer
}

/** Of what was billed of something: what money paid for that was taxed when it was sold, and the rest. */
export function keptByUse(kept: readonly KeptTax[]): { readonly used: KeptTax[]; readonly others: KeptTax[] } {
  return {
    used: kept.filter(({ decision }) => decision.rule === RULE),
    others: kept.filter(({ decision }) => decision.rule !== RULE),
  }
}

/** What of a line was paid with money whose tax was paid when it was sold. */
export interface TaxedUse {
  /** In minor units; below zero where it comes back. */
  readonly usedMinor: bigint
  /** Of less usage: how other usage of the subscription was taxed that such money pays for now instead. */
  readonly instead?: TaxDecision | undefined
}

/**
 * What of each line was paid with money whose tax was paid when it was sold. Of lines that are not in the map nothing was. It is what lots of
 * the line's subscription have paid for, less what documents billed as that already; what they pay for in periods that are not billed yet
 * waits for those. Which line of a subscription it is of does not matter to its sum. Money of top-ups is for all that the account uses: where
 * there is any, all of its subscriptions are looked at together.
 *
 * Example: a commit of 100.00 was sold with its tax of 19.00. January's calls are 120.00: 100.00 of them are without tax, 20.00 have 3.80.
 * Then 30.00 of the calls are retracted: what was owed comes back first, so that 20.00 with their 3.80 are credited, and 10.00 without tax.
 */
export function taxedUseOf(facts: AccountFacts, lines: readonly InvoiceLine[]): ReadonlyMap<InvoiceLine, TaxedUse> {
  const found = new Map<InvoiceLine, TaxedUse>()
  const taxedUse = facts.units?.taxedUse
  if (taxedUse === undefined) return found
  const own = lines.filter(
    (line) => line.accountId === undefined && (line.usage !== null || line.taken !== undefined || isAdjusting(line)),
  )
  const subscriptions = new Set([...taxedUse.keys()].map((key) => readTaxedUseKey(key).subscription))
  const whose = ({ subscriptionId }: InvoiceLine): string => (subscriptions.has(OF_ALL) ? OF_ALL : subscriptionId)
  for (const [subscription, all] of Map.groupBy(own, whose)) {
    if (!subscriptions.has(subscription)) continue
    const charged = new Set(all.filter((line) => !isAdjusting(line)).map(targetKey))
    const mine = all.filter((line) => charged.has(targetKey(line)))
    const kept = keptByUse(keptOfUsage(facts, subscription))
    let left = unbilledUse(facts, taxedUse, subscription, mine) - sumOf(kept.used.map((one) => leftOf(one, 'net')))
    let taxed = sumOf(kept.others.map((one) => leftOf(one, 'net')))
    const instead = kept.others.findLast((one) => leftOf(one, 'net') > 0n)?.decision
    for (const line of mine.filter(({ amountMinor, kind }) => amountMinor < 0n && kind === 'usage')) {
      const back = backOf(facts, line, left, taxed)
      left += back
      taxed += line.amountMinor + back
      found.set(line, { usedMinor: -back, instead })
    }
    for (const group of Map.groupBy(mine, targetKey).values()) left -= coverGroup(facts, group, left, found)
  }
  return found
}

/**
 * What takes something off a charge that was paid whole takes it off that; of one that was paid in part off the rest.
 * @param left what may be covered
 * @returns what was
 */
function coverGroup(
  facts: AccountFacts,
  group: readonly InvoiceLine[],
  left: bigint,
  found: Map<InvoiceLine, TaxedUse>,
): bigint {
  const total = sumOf(group.map(({ amountMinor }) => amountMinor))
  if (total <= 0n || left <= 0n) return 0n
  const isWhole = total <= left
  let covered = 0n
  for (const line of group) {
    if (found.has(line) || (isWhole && isAgainst(facts, line))) continue
    const part = isWhole ? line.amountMinor : least(line.amountMinor, left - covered)
    if (part === 0n || (!isWhole && part < 0n)) continue
    found.set(line, { usedMinor: part })
    covered += part
  }
  return covered
}

/** What documents billed of the usage of a subscription, or of all, and of what took something off it; and with which taxes. */
function keptOfUsage({ billed, plans }: AccountFacts, subscription: string): KeptTax[] {
  return [...billed.taxed].flatMap(([key, kept]) => {
    const [of, planVersionId = '', priceCode] = key.split('\n')
    const price =
      subscription === OF_ALL || of === subscription
        ? plans.get(planVersionId)?.prices.find(({ code }) => code === priceCode)
        : undefined
    const isCharged = price?.kind === 'usage' || (price?.kind === 'recurring' && price.daily !== undefined)
    return isCharged ? kept : []
  })
}

function isAdjusting({ kind }: InvoiceLine): boolean {
  return kind === 'discount' || kind === 'cap'
}

/** What lots of a subscription, or of all, have paid for, without what is of later periods than documents and these lines bill; in minor units. */
function unbilledUse(
  { billed, counters, account: { currency } }: AccountFacts,
  taxedUse: ReadonlyMap<string, bigint>,
  subscription: string,
  lines: readonly InvoiceLine[],
): bigint {
  const starts = [...billed.documents.values()].flatMap((own) => [...own])
  const last = [...starts, ...lines.map(({ period }) => period.start)].reduce((a, b) => (a > b ? a : b), '')
  const uses = [...taxedUse].map(([key, amount]) => ({ ...readTaxedUseKey(key), amount }))
  const mine = subscription === OF_ALL ? uses : uses.filter((use) => use.subscription === subscription)
  const later = sumOf(mine.filter(({ period }) => period > toDayNumber(last)).map(({ amount }) => amount))
  const isOf = ({ subscriptionId }: UsageCounter): boolean => subscription === OF_ALL || subscriptionId === subscription
  const charges = counters.filter((one) => isOf(one) && one.periodStart > last)
  // What arrived late was taken in a later period, and is none of its charges.
  const waits = least(later > 0n ? later : 0n, sumOf(charges.map(({ amount }) => amount)))
  const due = sumOf(mine.map(({ amount }) => amount)) - waits
  return divideRounded(due, toRatingScale(1n, currency), 'half_up')
}

/**
 * What of less usage comes off what such money has paid for: all that it has back by now, whatever line had billed it, and what no other
 * usage of the subscription is left for. Below zero where a credit of before had taken more than the line had.
 * @param left what such money has paid for beyond what was billed of it, below zero where it has something back
 * @param taxed what is left of the other usage of the subscription
 */
function backOf({ billed }: AccountFacts, line: InvoiceLine, left: bigint, taxed: bigint): bigint {
  const { used } = keptByUse(billed.taxed.get(billableKey(line)) ?? [])
  const wanted = -line.amountMinor
  const ofUse = sumOf(used.map((kept) => leftOf(kept, 'net')))
  const beyond = wanted - (taxed > 0n ? taxed : 0n)
  const below = ofUse < 0n ? ofUse : 0n
  const lowest = beyond > below ? beyond : below
  return least(-left > lowest ? -left : lowest, wanted)
}

/** Whether a line takes back what a document before billed. */
function isAgainst({ billed }: AccountFacts, line: InvoiceLine): boolean {
  const total = sumOf((billed.taxed.get(billableKey(line)) ?? []).map((kept) => leftOf(kept, 'net')))
  return line.amountMinor < 0n ? total > 0n : line.amountMinor > 0n && total < 0n
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
