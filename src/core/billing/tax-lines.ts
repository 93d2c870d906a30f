import { currencyOf } from '../base/currency.ts'
import { type Decimal, decimal, multiply, toScale } from '../base/decimal.ts'
import { dayBefore } from '../base/period.ts'
import { divideRounded } from '../base/rounding.ts'
import type { Price } from '../catalog/plan.ts'
import { newQuantity } from '../invoicing/document-line.ts'
import { billableKey, type DayAmount, type InvoiceLine, targetKey } from '../invoicing/invoice-lines.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import { type CompiledPlans, compiledPriceOf } from '../rating/compiled-plans.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import { isTaxedWhenSold, type TaxDecision } from '../tax/decide-tax.ts'
import type { TaxQuestion } from '../tax/outside-engine.ts'
import { type DocumentTerms, type SuppliedLine, taxDocument } from '../tax/tax-document.ts'
import type { AccountFacts } from './account-facts.ts'
import { inOne } from './in-one.ts'
import {
  asUntaxed,
  creditOf,
  type KeptTax,
  keptKey,
  type LevyLeft,
  leftOf,
  type Measure,
  splitAmount,
} from './line-taxes.ts'
import type { TaxFacts } from './tax-facts.ts'
import { decideUsedVoucher, keptByUse, type TaxedUse, taxedUseOf } from './taxed-use.ts'

/** Lines with their taxes; those that nobody asked about have none. Or what must be known first. */
export type TaxedLines =
  | { readonly lines: readonly InvoiceLine[] }
  | { readonly held: readonly string[]; readonly asks: readonly TaxQuestion[] }

/** What of a line takes back kept amounts, and what is supplied: with the tax of before, or to be decided. */
interface Movement {
  readonly credits: readonly LineTax[]
  readonly supplies: readonly {
    readonly amountMinor: bigint
    readonly decided?: TaxDecision | undefined
    /** Units that a levy is on: those of the line, unless others stand here. */
    readonly quantity?: Decimal
  }[]
}

/**
 * Taxes the lines of a document. An amount against what was billed of the same before takes the tax that it was billed with; more of what
 * was billed with one tax has that tax; all else is decided by the day of supply, and computed and rounded on the document together.
 */
export function taxLines(known: AccountFacts, lines: readonly InvoiceLine[]): TaxedLines {
  const facts = inOne(known)
  const { tax, billed, account } = facts
  const keptOf = (line: InvoiceLine): readonly KeptTax[] => billed.taxed.get(billableKey(line)) ?? []
  const terms = tax?.terms ?? null
  if (terms === null && !lines.some((line) => keptOf(line).some(({ decision }) => decision.rule !== 'not_asked')))
    return { lines }
  const taxedUse = taxedUseOf(facts, lines)
  const movements = lines.map((line) => movementBesideUse(facts, line, keptOf(line), taxedUse.get(line)))
  if (terms === null || tax === undefined) return { lines: lines.map((line, at) => withKept(line, movements[at])) }
  const supplied = lines.flatMap((line, index) =>
    (movements[index] as Movement).supplies.map((supply) => ({ line, index, ...supply })),
  )
  if (tax.missing.length > 0 && supplied.length > 0) return { held: tax.missing, asks: [] }
  const answer = taxDocument(
    supplied.map(({ line, amountMinor, decided, quantity }) => {
      const own = suppliedLine(facts, line)
      return { ...own, amountMinor, decided, quantity: quantity ?? own.quantity }
    }),
    { ...terms, allowanceMinor: 0n, rounding: roundingOf(tax, account) },
    tax.rates,
  )
  if ('undecided' in answer) {
    const said = answer.undecided.map(({ line, sentence }) => `${supplied[line]?.line.description}: ${sentence}`)
    return { held: [...new Set(said)], asks: answer.undecided.flatMap(({ asks }) => asks ?? []) }
  }
  const parts = Map.groupBy(answer.parts, ({ line }) => (supplied[line] as { index: number }).index)
  return {
    lines: lines.map((line, index) => ({
      ...line,
      tax: [
        ...(movements[index]?.credits ?? []),
        ...(parts.get(index) ?? []).map(({ days, netMinor, taxMinor, decision }) => {
          return { days, netMinor, taxMinor, decision, isCredit: false }
        }),
      ],
    })),
  }
}

function roundingOf({ roundingPer: per }: TaxFacts, { currency }: AccountFacts['account']): DocumentTerms['rounding'] {
  return { minorDigits: currencyOf(currency).minorDigits, per }
}

/** What is credited keeps its tax, although the issuer says nothing of tax any more; all else of the document has none. */
function withKept(line: InvoiceLine, movement: Movement | undefined): InvoiceLine {
  const { credits = [], supplies = [] } = movement ?? {}
  const supplied = supplies.map(({ amountMinor }) => asUntaxed(amountMinor))
  return { ...line, tax: [...credits, ...supplied] }
}

/**
 * What of a line was paid with money that was taxed when it was sold is not taxed again; the rest is taxed as if there were no more of it.
 */
function movementBesideUse(
  facts: AccountFacts,
  line: InvoiceLine,
  kept: readonly KeptTax[],
  { usedMinor, instead }: TaxedUse = { usedMinor: 0n },
): Movement {
  const { used, others } = keptByUse(kept)
  if (used.length === 0 && usedMinor === 0n) return movementOf(facts, line, kept)
  const credits: LineTax[] = []
  let supplied = usedMinor
  for (const one of line.amountMinor < 0n ? used : []) {
    const left = leftOf(one, 'net')
    const most = -supplied
    // What was billed of it goes first; what comes back beyond that is taken off what other lines had.
    const taken = left > 0n ? (most < left ? most : left) : most > left ? most : left
    if (taken === 0n || taken > 0n !== most > 0n) continue
    credits.push(...creditOf(one, taken, 'net'))
    supplied += taken
  }
  const decided =
    used[0]?.decision ?? (facts.tax === undefined ? undefined : decideUsedVoucher(facts.tax, lastDayOf(line)))
  const isOnlyUse = usedMinor === line.amountMinor
  const isSupplied = supplied !== 0n || (isOnlyUse && credits.length === 0)
  const supplies = isSupplied ? [{ amountMinor: supplied, decided, quantity: NONE }] : []
  if (isOnlyUse) return { credits, supplies }
  const rest = movementOf(facts, { ...line, amountMinor: line.amountMinor - usedMinor }, others)
  const beside = rest.supplies.map((one) => (one.amountMinor < 0n ? { ...one, decided: one.decided ?? instead } : one))
  return { credits: [...credits, ...rest.credits], supplies: [...supplies, ...beside] }
}

function movementOf(facts: AccountFacts, line: InvoiceLine, kept: readonly KeptTax[]): Movement {
  const of = facts.tax?.pricesIncludeTax === true ? 'gross' : 'net'
  const byDays = movementByDays(facts, line, kept, of)
  if (byDays !== null) return byDays
  // The days of a fee that are not owed any more say which of its parts come back.
  const days = line.kind === 'recurring' ? line.shown : null
  const units = unitsOf(facts.compiled, line)
  const isLess = units !== null && units.now.coefficient < units.before.coefficient
  const levyLeft = isLess ? leviesLeft(units, kept, currencyOf(facts.account.currency).minorDigits) : null
  const { credits, suppliedMinor } = splitAmount(line.amountMinor, kept, of, { credited: days, levyLeft })
  const [only, ...others] = kept.filter(({ decision }) => decision.rule !== 'not_asked')
  const supply = { amountMinor: suppliedMinor, decided: others.length === 0 ? only?.decision : undefined }
  const hasMore = units !== null && units.now.coefficient > units.before.coefficient
  if (credits.length === 0) return { credits, supplies: [supply] }
  // What came back has taken the levies of its units with it; a price that fell with more units has those of the new ones.
  return {
    credits,
    supplies: suppliedMinor !== 0n || hasMore ? [hasMore ? supply : { ...supply, quantity: NONE }] : [],
  }
}

/** What of usage is counted now, and what the line before had counted; null of what no record makes. */
function unitsOf(
  compiled: CompiledPlans,
  line: InvoiceLine,
): { readonly now: Decimal; readonly before: Decimal } | null {
  const price = line.usage === null || line.kind !== 'usage' ? undefined : compiledPriceOf(compiled, line)
  if (price === undefined) return null
  const { scale } = price.meter
  const now = newQuantity({ ...line, billedBefore: { ...line.billedBefore, measures: [] } }, price)
  return { now: { coefficient: now, scale }, before: { coefficient: now - newQuantity(line, price), scale } }
}

/** Of what was billed with one tax the levy of the units that are left; of what was billed with several their share of the units. */
function leviesLeft(
  { now, before }: { readonly now: Decimal; readonly before: Decimal },
  kept: readonly KeptTax[],
  minorDigits: number,
): LevyLeft {
  return {
    minorDigits,
    leftOf: ({ tax: { perUnit }, slot, kept: { conceded }, leftMinor }) => {
      if (kept.length > 1) return divideRounded(leftMinor * now.coefficient, before.coefficient, 'half_up')
      return toScale(multiply(now, decimal(perUnit ?? '0')), minorDigits) - (conceded?.[slot] ?? 0n)
    },
  }
}

/**
 * Of usage in whose period something of the tax changes: what its days say now, by tax, less what was billed with each; so that a record
 * which is taken back comes off the tax of its day. Null where that cannot be said: then it goes by what was billed.
 */
function movementByDays(
  facts: AccountFacts,
  line: InvoiceLine,
  kept: readonly KeptTax[],
  of: Measure,
): Movement | null {
  const { tax, account } = facts
  const supply = suppliedLine(facts, line)
  if (tax?.terms == null || kept.length === 0 || supply.usage === undefined) return null
  if (facts.taxByDay?.has(targetKey(line)) !== true) return null
  // What was given up on request is of no day.
  if (kept.some(({ conceded }) => conceded !== undefined)) return null
  const whole = line.billedBefore.amountMinor + line.amountMinor
  const terms = { ...tax.terms, allowanceMinor: 0n, rounding: roundingOf(tax, account) }
  const units = unitsOf(facts.compiled, line)
  const quantity = units === null ? supply.quantity : units.now
  const answer = taxDocument([{ ...supply, quantity, amountMinor: whole }], terms, tax.rates)
  if ('undecided' in answer) return null
  const targets = new Map<string, bigint>()
  const levies = new Map<string, readonly bigint[]>()
  for (const { netMinor, taxMinor, decision } of answer.parts) {
    const amount = of === 'net' ? netMinor : netMinor + sumOf(taxMinor)
    const key = keptKey(decision, amount < 0n)
    if (amount !== 0n) targets.set(key, (targets.get(key) ?? 0n) + amount)
    levies.set(key, taxMinor)
  }
  // By other taxes than it was billed with, it is not what it was.
  if ([...targets.keys()].some((key) => !kept.some((one) => one.key === key))) return null
  const isFewer = units !== null && units.now.coefficient < units.before.coefficient
  const { minorDigits } = currencyOf(account.currency)
  const levyLeft: LevyLeft | null = isFewer
    ? { minorDigits, leftOf: ({ slot, kept: { key } }) => levies.get(key)?.[slot] ?? 0n }
    : null
  const moved = kept.map((one) => ({ one, left: leftOf(one, of), target: targets.get(one.key) ?? 0n }))
  const isLess = ({ left, target }: { left: bigint; target: bigint }): boolean =>
    left > 0n ? target < left : left < 0n && target > left
  const credits = moved
    .filter((change) => isLess(change) || (isFewer && change.target === change.left))
    .flatMap(({ one, left, target }) => creditOf(one, left - target, of, levyLeft))
  const rises = moved.filter((change) => !isLess(change) && change.target !== change.left)
  // A levy is on the units of the last day.
  const last = isFewer || rises.length > 0 || units === null ? null : kept.at(-1)
  const supplies = [
    ...rises.map(({ one, left, target }, at) => ({
      ...{ amountMinor: target - left, decided: one.decision },
      ...(isFewer || (units !== null && at < rises.length - 1) ? { quantity: NONE } : {}),
    })),
    ...(last == null || units?.now.coefficient === units?.before.coefficient
      ? []
      : [{ amountMinor: 0n, decided: last.decision }]),
  ]
  if (credits.length > 0 || supplies.length > 0) return { credits, supplies }
  return { credits, supplies: [{ amountMinor: 0n, decided: kept[0]?.decision }] }
}

function suppliedLine(
  { plans, compiled, tax, taxByDay }: AccountFacts,
  line: InvoiceLine,
): Omit<SuppliedLine, 'amountMinor'> {
  const price = plans.get(line.planVersionId)?.prices.find(({ code }) => code === line.priceCode)
  const suppliedOn = lastDayOf(line)
  return {
    taxClass: taxClassOf(line, price, tax?.pricesIncludeTax === true),
    suppliedOn,
    quantity: quantityOf(compiled, line),
    // What lowers a line is split as the line is.
    usage: usageOf(line, taxByDay?.get(targetKey(line)), suppliedOn, tax?.changeDays ?? []),
  }
}

/** Money that is drawn down is supplied on the day on which it, or an instalment of it, is sold. */
function lastDayOf({ kind, shown: { start, end } }: InvoiceLine): string {
  return kind === 'commit' || end <= start ? start : dayBefore(end)
}

/** What members used is taxed on their documents; money that is drawn down is taxed as `commitTaxClass` says. */
function taxClassOf({ kind, item }: InvoiceLine, price: Price | undefined, pricesIncludeTax: boolean): string {
  if (item !== undefined) return item.taxClass
  if (kind === 'sponsored') return 'out_of_scope'
  const own = price === undefined || price.kind === 'allowance' ? undefined : price.taxClass
  return kind === 'commit' ? commitTaxClass(own, pricesIncludeTax) : (own ?? 'general')
}

/**
 * The class that money is sold with which is drawn down: by its price, and of a voucher for several purposes when that says none, which
 * is taxed when it pays for something. Where prices include tax it always is: the money pays for prices with their tax.
 */
export function commitTaxClass(own: string | undefined, pricesIncludeTax: boolean): string {
  if (own === undefined || (pricesIncludeTax && isTaxedWhenSold(own))) return 'multi_purpose_voucher'
  return own
}

const NONE: Decimal = { coefficient: 0n, scale: 0 }

/** Units that a levy is on; what lowers a line takes none of them away. */
function quantityOf(compiled: CompiledPlans, line: InvoiceLine): Decimal {
  const { kind, seats, item } = line
  if (item !== undefined) return decimal(item.quantity)
  if (kind === 'cap' || kind === 'discount' || kind === 'commitment') return NONE
  if (line.usage !== null) {
    const price = compiledPriceOf(compiled, line)
    return price === undefined ? NONE : { coefficient: newQuantity(line, price), scale: price.meter.scale }
  }
  return { coefficient: BigInt(seats?.parts.find((part) => part.seats !== 0)?.seats ?? 1), scale: 0 }
}

/** The days of a line, where something of its tax changes within them: what was used on each, or all of them alike. */
function usageOf(
  { shown: { start, end } }: InvoiceLine,
  byDay: readonly DayAmount[] | undefined,
  last: string,
  changeDays: readonly string[],
): SuppliedLine['usage'] {
  if (!changeDays.some((day) => day > start && day <= last)) return undefined
  const used = new Map(byDay?.map(({ day, amount }) => [day, amount]))
  const days: { day: string; quantity: bigint }[] = []
  for (let day = Temporal.PlainDate.from(start); day.toString() < end; day = day.add({ days: 1 })) {
    const name = day.toString()
    days.push({ day: name, quantity: byDay === undefined ? 1n : (used.get(name) ?? 0n) })
  }
  return { scale: 0, days }
}
