import { currencyOf } from '../base/currency.ts'
import { exact, formatExact } from '../base/exact.ts'
import { formatMinor } from '../base/money.ts'
import type { DayPeriod } from '../base/period.ts'
import { billableKey, type CreditedLine, type InvoiceLine, targetKey } from '../invoicing/invoice-lines.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import type { CompiledPlans } from '../rating/compiled-plans.ts'
import {
  type CreditableLine,
  creditDocument,
  leftOfLine,
  sizeOf,
  spreadTaking,
  type TakenIn,
  type Taking,
} from '../tax/arithmetic/credit-document.ts'
import type { LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import type { BilledLine } from './billed-lines.ts'
import { chargedOf } from './document-amounts.ts'
import { leviesOfUnits, levyLeftOf } from './levies-of-units.ts'
import { type PartLeft, partsLeft } from './lines-left.ts'

/** What is asked of a line of a document: an amount of it as the document has amounts, units of it, or all that is left of it. */
export interface LineCredit {
  /** As the document has it. */
  readonly position: number
  /** The stored lines that are printed as this one. */
  readonly lineIds: readonly string[]
  readonly amountMinor: bigint | null
  /** Units that come back: levies on them come back with them. Printed where they, at one price for each, are what comes back. */
  readonly units: { readonly quantity: string; readonly printed: NonNullable<CreditedLine['units']> | null } | null
}

/** What of a document is to be credited: all that is left, an amount with tax that is spread over its lines, or some of its lines. */
export type CreditScope =
  | { readonly kind: 'rest' }
  | { readonly kind: 'amount'; readonly amountMinor: bigint }
  | { readonly kind: 'lines'; readonly lines: readonly LineCredit[] }

/** A document that is to be credited. */
export interface CreditedDocument {
  readonly number: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** All lines of its account, and of those that it bills for, in the order in which they were issued, and which of them are its own. */
  readonly lines: readonly BilledLine[]
  readonly isOwn: (line: BilledLine) => boolean
  /** Of a line of a commit: what of its money nobody has used, in minor units; null of others. Absent where nobody asks. */
  readonly unusedOf?: (line: BilledLine) => bigint | null
  /** The days that each of its lines shows. */
  readonly shownOf: (line: BilledLine) => DayPeriod
}

/** The lines of a credit note; or why there is none, with what is left. */
export type PlannedCredit = { readonly lines: readonly InvoiceLine[] } | { readonly refused: string }

/** What is left of a document, with tax, in minor units; and whether nothing was credited of any of its lines. */
export function leftOfDocument(document: CreditedDocument): { readonly minor: bigint; readonly isWhole: boolean } {
  const parts = partsLeft(document.lines, document.isOwn)
  const isTouched = ({ credited }: PartLeft): boolean =>
    credited.netMinor !== 0n || credited.taxMinor.some((tax) => tax !== 0n)
  return {
    minor: sumOf(parts.map((part) => sizeOf(leftOfLine(creditable(part)), 'gross'))),
    isWhole: !parts.some(isTouched),
  }
}

/**
 * The lines of a credit note on request. Never more than what is left of a line with what lowers it, whatever credited it before: documents
 * by themselves, or requests.
 * @param voids where all of it is voided: with the plans of what is billed anew, by which that had been charged
 */
export function planCredit(
  document: CreditedDocument,
  scope: CreditScope,
  voids: { readonly unbilled: CompiledPlans | null } | null = null,
): PlannedCredit {
  const unbilled = voids?.unbilled ?? null
  const parts = partsLeft(document.lines, document.isOwn)
  // A void is of all of it, also of money that was used.
  const takings = takingsOf(voids === null ? document : { ...document, unusedOf: () => null }, parts, scope)
  if ('refused' in takings) return takings
  const { minorDigits } = currencyOf(document.currency)
  const notes = creditDocument(parts.map(creditable), takings.each, takings.of, minorDigits)
  const taken = parts
    .map((part, at) => ({ part, note: notes[at] as LineAmounts }))
    .filter(({ note }) => !isNothing(note))
  const minor = sumOf(taken.map(({ note }) => sizeOf(note, 'gross')))
  // A bill that an advance has paid whole comes to nothing, and can be void all the same.
  if (voids === null ? minor <= 0n : taken.length === 0 || (minor < 0n && unbilled === null))
    return { refused: `nothing is left of ${document.number} to be credited` }
  const lines = [...Map.groupBy(taken, ({ part }) => part.line)].map(([line, own]) => {
    const units = takings.units.get(line.id)
    const charged = unbilled === null ? 0n : chargedIn(unbilled, document.lines, line)
    return toCreditLine(document, line, own, {
      ...{ lineId: line.id, kind: line.kind, isUnbilled: unbilled !== null, charged },
      ...(units === undefined ? {} : { units }),
    })
  })
  return { lines }
}

function creditable({ part, credited }: PartLeft): CreditableLine {
  return { taxes: part.decision.taxes, billed: part, credited }
}

function isNothing({ netMinor, taxMinor }: LineAmounts): boolean {
  return netMinor === 0n && taxMinor.every((tax) => tax === 0n)
}

interface Takings {
  readonly each: readonly Taking[]
  readonly of: TakenIn
  /** By the id of a line: units that are all that comes back of it. */
  readonly units: ReadonlyMap<string, NonNullable<CreditedLine['units']>>
}
type Refused = { readonly refused: string }

function takingsOf(document: CreditedDocument, parts: readonly PartLeft[], scope: CreditScope): Takings | Refused {
  const rest = { each: parts.map((): Taking => 'rest'), of: 'gross', units: new Map() } as const
  if (scope.kind === 'rest') return restOf(document, parts) ?? rest
  if (scope.kind === 'lines') return ofLines(document, parts, scope.lines)
  const { number, currency } = document
  const money = (amount: bigint): string => `${formatMinor(amount, currency)} ${currency}`
  const left = parts.map((part) => sizeOf(leftOfLine(creditable(part)), 'gross'))
  const levies = parts.map((part) => sumOf(levyLeftOf(part)))
  const [total, ofUnits] = [sumOf(left), sumOf(levies)]
  if (scope.amountMinor === total) return rest
  if (scope.amountMinor > total) return { refused: `of ${number} ${money(total)} is left to be credited` }
  if (scope.amountMinor > total - ofUnits)
    return {
      refused: `of ${number} ${money(total)} is left to be credited, ${money(ofUnits)} of it levies on units: name lines with a quantity, or credit all of it`,
    }
  const sizes = left.map((one, at) => one - (levies[at] as bigint))
  const each = spreadTaking(scope.amountMinor, sizes)
  return {
    each: each.map((one, at) => (one === 'rest' ? { amountMinor: sizes[at] as bigint } : one)),
    of: 'gross',
    units: new Map(),
  }
}

/** All that is left, of commits without what was used of them; null where nothing was. */
function restOf(document: CreditedDocument, parts: readonly PartLeft[]): Takings | Refused | null {
  const of = document.pricesIncludeTax ? 'gross' : 'net'
  const unused = parts.map((part) => unusedOf(document, part, of))
  if (unused.every((minor) => minor === null)) return null
  if (unused.every((minor) => minor === 0n)) return { refused: usedUp(document.number) }
  const each = unused.map((minor): Taking => (minor === null ? 'rest' : minor === 0n ? null : { amountMinor: minor }))
  return { each, of, units: new Map() }
}

/** Of a commit what is left of its money, where that is less than what is left of its line. */
function unusedOf(document: CreditedDocument, part: PartLeft, of: TakenIn): bigint | null {
  const minor = document.unusedOf?.(part.line) ?? null
  return minor === null || minor >= sizeOf(leftOfLine(creditable(part)), of) ? null : minor
}

function usedUp(named: string): string {
  return `${named}: the money that it sold is used; name an amount to give what was used`
}

function ofLines(
  document: CreditedDocument,
  parts: readonly PartLeft[],
  asked: readonly LineCredit[],
): Takings | Refused {
  const of = document.pricesIncludeTax ? 'gross' : 'net'
  const each: Taking[] = parts.map(() => null)
  const units: Map<string, NonNullable<CreditedLine['units']>> = new Map()
  for (const one of asked) {
    const ids = new Set(one.lineIds)
    const heads = parts.flatMap(({ line }, at) => (ids.has(line.id) ? [at] : []))
    const at = [...heads, ...loweringOf(parts, heads)]
    const found = ofLine(
      document,
      at.map((index) => parts[index] as PartLeft),
      one,
      of,
    )
    if ('refused' in found) return found
    for (const [index, taking] of found.takings.entries()) each[at[index] as number] = taking
    const [head] = heads
    const printed = one.units?.printed ?? null
    if (printed !== null && at.length === 1 && head !== undefined) units.set((parts[head] as PartLeft).line.id, printed)
  }
  return { each, of, units }
}

/** What lowers a line comes back with it: discounts and maximums on the same document. */
function loweringOf(parts: readonly PartLeft[], heads: readonly number[]): number[] {
  const keys = new Set(heads.map((at) => targetKey((parts[at] as PartLeft).line)))
  return parts.flatMap(({ line }, at) => (line.adjustment !== '' && keys.has(targetKey(line)) ? [at] : []))
}

function ofLine(
  document: CreditedDocument,
  own: readonly PartLeft[],
  { position, amountMinor, units }: LineCredit,
  of: TakenIn,
): { readonly takings: readonly Taking[] } | Refused {
  const { currency } = document
  const [head] = own
  if (head === undefined || head.line.adjustment !== '')
    return { refused: `line ${position} lowers another line: credit that one, and this one comes back with it` }
  const named = `line ${position} (${head.line.description})`
  const left = own.map((part) => sizeOf(leftOfLine(creditable(part)), of))
  const [total, levies] = [sumOf(left), sumOf(own.flatMap(levyLeftOf))]
  const isAll = amountMinor === null && units === null
  if (total < 0n || (total === 0n && levies === 0n)) return { refused: `nothing is left of ${named}` }
  if (isAll) {
    const unused = unusedOf(document, head, of)
    if (unused === 0n) return { refused: usedUp(named) }
    return { takings: own.map(() => (unused === null ? 'rest' : { amountMinor: unused })) }
  }
  const amount = amountMinor ?? 0n
  if (amount > total)
    return { refused: `of ${named} ${formatMinor(total, currency)} ${currency} is left to be credited` }
  const taken = units === null ? own.map(() => undefined) : leviesOfUnits(own, units.quantity, currency)
  if (taken === null) return { refused: `${named}: more units than are left of its levy` }
  const leviesTaken = sumOf(taken.flatMap((one) => (one ?? []).map((levy) => levy ?? 0n)))
  if (amount === total && leviesTaken === levies) return { takings: own.map(() => 'rest') }
  const spread = amount === total ? left.map((one): Taking => ({ amountMinor: one })) : spreadTaking(amount, left)
  const takings = spread.map((one, at): Taking => {
    const leviesMinor = taken[at]
    if (leviesMinor === undefined || leviesMinor.every((levy) => (levy ?? 0n) === 0n)) return one
    return { amountMinor: one === null || one === 'rest' ? 0n : one.amountMinor, leviesMinor }
  })
  return { takings }
}

/** What had been charged for the usage that a line bills, without what the lines before it bill. */
function chargedIn(plans: CompiledPlans, lines: readonly BilledLine[], line: BilledLine): bigint {
  const before = lines.findLast(
    (one) =>
      one.id < line.id && one.kind !== 'credit' && one.isUnbilled !== true && billableKey(one) === billableKey(line),
  )
  const chargedBy = (one: BilledLine | undefined): bigint => {
    if (one === undefined || (one.records === null && one.charged === null)) return 0n
    return chargedOf(plans, one, {
      measures: one.measures,
      records: one.records ?? 0,
      charged: one.charged ?? undefined,
    })
  }
  return chargedBy(line) - chargedBy(before)
}

function toCreditLine(
  { currency, pricesIncludeTax, shownOf }: CreditedDocument,
  line: BilledLine,
  own: readonly { readonly part: PartLeft; readonly note: LineAmounts }[],
  credits: CreditedLine,
): InvoiceLine {
  const { minorDigits } = currencyOf(currency)
  const amountMinor = -sumOf(own.map(({ note }) => sizeOf(note, pricesIncludeTax ? 'gross' : 'net')))
  const amount = exact(amountMinor, minorDigits)
  const { subscriptionId, planVersionId, priceCode, cell, adjustment, period, description, accountId } = line
  const tax = own.map(({ part: { part, ofPart }, note }): LineTax => {
    const taken = { netMinor: -note.netMinor, taxMinor: note.taxMinor.map((one) => -one) }
    return { ...taken, decision: part.decision, days: part.days, isCredit: true, ofPart }
  })
  return {
    ...{ kind: 'credit', subscriptionId, planVersionId, priceCode, cell, adjustment, period, description },
    ...{
      shown: shownOf(line),
      isLate: false,
      amount,
      exactAmount: formatExact(amount),
      amountMinor,
      usage: null,
      credits,
    },
    billedBefore: { amountMinor: 0n, measures: [], records: 0 },
    ...(line.tax == null ? {} : { tax }),
    accountId,
  }
}
