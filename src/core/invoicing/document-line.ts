import { present } from '../base/assert.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal, formatDecimal } from '../base/decimal.ts'
import { addExact, type Exact, exact, formatExact, isSameExact, parseExact } from '../base/exact.ts'
import { formatMinor } from '../base/money.ts'
import { formatQuantity } from '../base/quantity.ts'
import type { Plan } from '../catalog/plan.ts'
import { ownPart } from '../rating/carried-usage.ts'
import { type CompiledPrice, elementOfKey } from '../rating/compiled-price.ts'
import { explainAmount } from '../rating/explain-amount.ts'
import type { CorrectedLine } from './corrected-line.ts'
import type { PrintedLineTax } from './document-tax.ts'
import type { InvoiceLine, Item, LineKind } from './invoice-lines.ts'
import { negated, type PrintedPart, productOf } from './line-arithmetic.ts'
import type { SeatPart } from './recurring.ts'

/** A line as it is printed and kept. Amounts are texts in major units. */
export interface DocumentLine {
  readonly id: string
  readonly position: number
  readonly kind: LineKind
  /** Of a cap or discount: the position of the line that it lowers, or null where that one is on another document. */
  readonly lowers?: number | null
  /** Of a discount: the code of its coupon. */
  readonly discount?: string
  readonly description: string
  readonly subscription: string
  /** The key of the account whose line it is, where that is not the one that is billed. */
  readonly account?: string
  /** What it stands together with, where its brand puts lines together; empty with the rest. */
  readonly group?: string
  readonly from: string
  readonly until: string
  readonly isLate: boolean
  /** What this line bills: of late usage, what came since the line before. */
  readonly quantity: string
  readonly unit: string
  /** Null where more than one price makes the line: tiers, packages. */
  readonly unitAmount: string | null
  readonly per: string | null
  /** Of the unit amount, the share of a period that is charged: `17/31`. */
  readonly share?: string
  /** What the price itself takes off; of a discount, its share of `base`. */
  readonly discountPercent?: string
  readonly base?: string
  /** What documents before billed of the same; absent where there are none. */
  readonly billedBefore?: string
  /** What this line comes to before it is rounded: the exact price of all there is, less what was billed before. */
  readonly exactAmount: string
  readonly amount: string
  /** What adds up to the exact amount; null where quantity and unit amount say all, absent on documents from before. */
  readonly parts?: readonly PrintedPart[] | null
  /** Of a correction, where its issuer wants it: what was billed, and what it should be. */
  readonly corrected?: CorrectedLine
  /** How it is taxed and why, by its parts; absent where nobody was asked. */
  readonly tax?: readonly PrintedLineTax[]
}

/** What a line is printed with: its multiplication, or the parts that add up. */
type Arithmetic = Pick<
  DocumentLine,
  'quantity' | 'unit' | 'unitAmount' | 'per' | 'share' | 'discountPercent' | 'base' | 'parts'
>

export interface LineFacts {
  readonly currency: string
  readonly plans: ReadonlyMap<string, Plan>
  readonly prices: (line: InvoiceLine) => CompiledPrice | undefined
}

/** The amounts of a line, and how they come about. */
export function arithmeticOf(
  facts: LineFacts,
  line: InvoiceLine,
): Arithmetic & Pick<DocumentLine, 'exactAmount' | 'billedBefore'> {
  const { minorDigits } = currencyOf(facts.currency)
  const billed = line.billedBefore.amountMinor
  const own = addExact(line.amount, exact(-billed, minorDigits))
  const before = billed === 0n ? {} : { billedBefore: formatMinor(billed, facts.currency) }
  const single = { quantity: '1', unit: '', unitAmount: null, per: null }
  return { exactAmount: formatExact(own), ...before, ...arithmetic() }

  function arithmetic(): Arithmetic {
    if (line.item !== undefined) return asWritten(line.item)
    if (line.credits !== undefined || line.kind === 'advance') return ofRequest(line, facts.currency)
    if (line.kind === 'cap') return { ...single, parts: null }
    if (line.kind === 'discount') return { ...single, ...sharePrinted(line), parts: null }
    const price = facts.prices(line)
    if (line.usage !== null && price !== undefined) return ofUsage(facts, line, price, own)
    const counted = line.seats === undefined ? [] : line.seats.parts.filter(({ seats }) => seats !== 0)
    const [first, ...more] = counted
    const amount = ownPrice(facts, line)
    const quantity = String(more.length === 0 ? (first?.seats ?? 1) : 1)
    if (amount !== null && billed === 0n && more.length === 0) {
      const share = first === undefined ? {} : shareOf(first)
      const printed = { ...single, quantity, unitAmount: amount, ...share }
      if (isSameExact(productOf(printed), own)) return { ...printed, parts: null }
    }
    return { ...single, quantity, parts: withRest(partsOf(line, amount), line, facts.currency) }
  }
}

function asWritten({ quantity, unit, unitPrice: unitAmount, discountPercent }: Item): Arithmetic {
  return {
    quantity,
    unit,
    unitAmount,
    per: null,
    ...(discountPercent === null ? {} : { discountPercent }),
    parts: null,
  }
}

/** What was asked for is one amount, or units at one price for each. */
function ofRequest({ credits, amountMinor }: InvoiceLine, currency: string): Arithmetic {
  if (credits?.units !== undefined) return { ...credits.units, parts: null }
  return { quantity: '1', unit: '', unitAmount: formatMinor(amountMinor, currency), per: null, parts: null }
}

function sharePrinted({ basis, usage }: InvoiceLine): Pick<DocumentLine, 'discountPercent' | 'base'> {
  const { percent, base, withdrawn } = basis ?? {}
  if (typeof percent !== 'string' || typeof base !== 'string' || withdrawn === true || usage !== null) return {}
  return { discountPercent: percent, base }
}

/** One amount for each, where the plan says one. */
function ownPrice({ plans, currency }: LineFacts, line: InvoiceLine): string | null {
  const price = plans.get(line.planVersionId)?.prices.find(({ code }) => code === line.priceCode)
  if (price?.kind === 'recurring' || price?.kind === 'one_off') return price.amount ?? null
  const isOfItself = line.kind === 'commit' || line.kind === 'sponsored'
  return isOfItself && line.billedBefore.amountMinor === 0n ? formatMinor(line.amountMinor, currency) : null
}

function ofUsage({ currency }: LineFacts, line: InvoiceLine, price: CompiledPrice, own: Exact): Arithmetic {
  const quantity = formatQuantity(newQuantity(line, price), price.meter.scale)
  const { unit } = price.meter
  const single = singleUnitAmount(price, line.cell)
  if (single !== null && isSameExact(productOf({ quantity, ...single }), own))
    return { quantity, unit, ...single, parts: null }
  return { quantity, unit, unitAmount: null, per: null, parts: withRest(usageParts(line, price), line, currency) }
}

/** What was counted under the line's own plan; what carried over from the plan before is on the line of that one. */
export function newQuantity({ cell, usage, billedBefore }: InvoiceLine, price: CompiledPrice): bigint {
  const { measures } = present(elementOfKey(price, cell), 'a rate')
  const own = (all: readonly bigint[]): bigint => ownPart(measures, all)[0] ?? 0n
  return own(usage?.measures ?? []) - own(billedBefore.measures)
}

export function singleUnitAmount(
  { price, ...compiled }: CompiledPrice,
  rateKey: string,
): { unitAmount: string; per: string | null; discountPercent?: string } | null {
  const terms = elementOfKey({ price, ...compiled }, rateKey)?.terms
  const discount = terms?.discountPercent === undefined ? {} : { discountPercent: terms.discountPercent }
  if (terms?.model === 'package') return { unitAmount: plain(terms.amount), per: plain(terms.size), ...discount }
  if (terms?.model !== 'per_unit') return null
  return { unitAmount: plain(terms.unitAmount), per: price.per ?? null, ...discount }
}

function plain(text: string): string {
  return formatDecimal(decimal(text))
}

/** The steps from all that was used to its price. */
function usageParts(line: InvoiceLine, price: CompiledPrice): PrintedPart[] {
  const cell = elementOfKey(price, line.cell)
  const { usage } = line
  if (cell === undefined || usage === null || usage.measures.length === 0) return []
  return explainAmount(price, cell, usage.measures).map(
    ({ label, units, isCounted, unitAmount, flatAmount, exactAmount }) => ({
      label,
      quantity: unitAmount === null ? null : formatQuantity(units, price.scales.quantityScale),
      unitAmount,
      per: unitAmount === null || isCounted === true ? null : (price.price.per ?? null),
      ...(flatAmount === null || decimal(flatAmount).coefficient === 0n ? {} : { flatAmount }),
      amount: formatExact(exactAmount),
    }),
  )
}

/** What a fee, a minimum or a purchase is made of. */
function partsOf(line: InvoiceLine, amount: string | null): PrintedPart[] {
  const alone = { quantity: null, unitAmount: null, per: null }
  if (line.seats !== undefined) {
    const { parts, flat } = line.seats
    return [
      ...parts.map((part) => ({
        ...{ label: 'seats', quantity: String(part.seats), unitAmount: amount, per: null, ...shareOf(part) },
        amount: formatExact(part.amount),
      })),
      ...(flat.numerator === 0n ? [] : [{ label: 'flat amount', ...alone, amount: formatExact(flat) }]),
    ]
  }
  const { minimum, together } = line.basis ?? {}
  if (line.kind === 'commitment' && typeof minimum === 'string' && typeof together === 'string') {
    const counted = formatExact(negated(parseExact(together)))
    return [
      { label: 'minimum', ...alone, amount: minimum },
      { label: 'charges counted', ...alone, amount: counted },
    ]
  }
  return line.amount.numerator === 0n ? [] : [{ label: 'price', ...alone, amount: formatExact(line.amount) }]
}

function shareOf({ share }: SeatPart): { share?: string } {
  return share.numerator === share.denominator ? {} : { share: `${share.numerator}/${share.denominator}` }
}

/** Less what was billed before; and the rest of the whole that its parts do not say. */
function withRest(parts: readonly PrintedPart[], line: InvoiceLine, currency: string): PrintedPart[] {
  const alone = { quantity: null, unitAmount: null, per: null }
  const told = parts.reduce((sum, { amount }) => addExact(sum, parseExact(amount)), exact(0n))
  const rest = addExact(line.amount, negated(told))
  const billed = line.billedBefore.amountMinor
  return [
    ...parts,
    ...(rest.numerator === 0n ? [] : [{ label: 'other', ...alone, amount: formatExact(rest) }]),
    ...(billed === 0n ? [] : [{ label: 'billed before', ...alone, amount: formatMinor(-billed, currency) }]),
  ]
}
