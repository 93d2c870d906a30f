import { currencyOf } from '../base/currency.ts'
import { addExact, type Exact, exact, formatExact, isSameExact, roundExact } from '../base/exact.ts'
import { formatMinor, parseMinor } from '../base/money.ts'
import { formatQuantity } from '../base/quantity.ts'
import { GROUP_SIGN } from '../rating/attributes.ts'
import { exactAmount } from '../rating/charged-amount.ts'
import { type CompiledPrice, elementOfKey } from '../rating/compiled-price.ts'
import { arithmeticOf, type DocumentLine, type LineFacts, newQuantity, singleUnitAmount } from './document-line.ts'
import type { InvoiceLine, LineGroup } from './invoice-lines.ts'
import { negated, type PrintedPart, productOf } from './line-arithmetic.ts'

type Grouped = InvoiceLine & { readonly id: string; readonly group: LineGroup }
type Arithmetic = ReturnType<typeof arithmeticOf>

/** Charges that are printed as one line, and what lowers them likewise; each of the others is by itself. */
export function printedTogether<L extends InvoiceLine>(lines: readonly L[]): L[][] {
  const named = lines.map((line, index) => {
    const { group, adjustment = '' } = line
    return { line, key: group === undefined ? String(index) : `${group.key}\n${adjustment}` }
  })
  return [...Map.groupBy(named, ({ key }) => key).values()].map((own) => own.map(({ line }) => line))
}

/** The amounts of a line that several charges share, with what each comes to; rounded once. */
export function arithmeticOfGroup(facts: LineFacts, lines: readonly Grouped[]): Arithmetic {
  const [first] = lines as [Grouped, ...Grouped[]]
  const price = facts.prices(first)
  if (first.usage === null || price === undefined) return ofAdjustments(facts, lines)
  const { minorDigits } = currencyOf(facts.currency)
  const billed = roundExact(first.group.exact, minorDigits) - totalOf(lines)
  const own = addExact(first.group.exact, exact(-billed, minorDigits))
  const rates = lines.map((line) => rateOf(price, line))
  const told = rates.reduce((sum, { exact: part }) => addExact(sum, part), exact(0n))
  const rest = addExact(own, negated(told))
  const quantity = lines.reduce((sum, line) => sum + newQuantity(line, price), 0n)
  return {
    ...{ quantity: formatQuantity(quantity, price.meter.scale), unit: price.meter.unit, unitAmount: null, per: null },
    exactAmount: formatExact(own),
    ...(billed === 0n ? {} : { billedBefore: formatMinor(billed, facts.currency) }),
    parts: [...rates.map(({ part }) => part), ...restOf(rest)],
  }
}

function restOf(rest: Exact): PrintedPart[] {
  if (rest.numerator === 0n) return []
  const alone = { quantity: null, unitAmount: null, per: null }
  return [{ label: 'rounding of what was billed before', ...alone, amount: formatExact(rest) }]
}

/** One rate of a line: what came since the line before, and its price. */
function rateOf(price: CompiledPrice, line: Grouped): { part: PrintedPart; exact: Exact } {
  const { usage, billedBefore, cell: name } = line
  const cell = elementOfKey(price, name)
  const isNew = billedBefore.measures.length === 0 || cell === undefined || usage === null
  const before = isNew ? exact(0n) : exactAmount(price, cell, billedBefore.measures)
  const since = addExact(line.amount, negated(before))
  const quantity = formatQuantity(newQuantity(line, price), price.meter.scale)
  const single = singleUnitAmount(price, name)
  const isProduct = single !== null && isSameExact(productOf({ quantity, ...single }), since)
  const part = {
    label: name === '' ? price.price.name : name.replace(GROUP_SIGN, ', '),
    ...{ line: line.id, quantity, ...(isProduct ? single : { unitAmount: null, per: null }) },
    amount: formatExact(since),
    ...(isNew ? {} : { whole: formatExact(line.amount) }),
  }
  return { part, exact: since }
}

/** What one cap or discount takes of the charges of a line. */
function ofAdjustments(facts: LineFacts, lines: readonly Grouped[]): Arithmetic {
  const { currency } = facts
  const each = lines.map((line) => arithmeticOf(facts, line))
  const [{ discountPercent } = {}] = each
  const isOneShare = discountPercent !== undefined && each.every((one) => one.discountPercent === discountPercent)
  const base = each.reduce((sum, one) => sum + (parseMinor(one.base ?? '0', currency) ?? 0n), 0n)
  return {
    ...{ quantity: '1', unit: '', unitAmount: null, per: null, parts: null },
    exactAmount: formatMinor(totalOf(lines), currency),
    ...(isOneShare ? { discountPercent, base: formatMinor(base, currency) } : {}),
  }
}

function totalOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

/** Where charges are printed in a document, by their ids. */
export function printedPositions(lines: readonly DocumentLine[]): Map<string, DocumentLine> {
  const shown = new Map(lines.map((line) => [line.id, line]))
  for (const line of lines) for (const { line: id } of line.parts ?? []) if (id !== undefined) shown.set(id, line)
  return shown
}
