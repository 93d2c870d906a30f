import { billableKey } from '../invoicing/invoice-lines.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import type { LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { grossOf } from '../tax/arithmetic/credit-notes.ts'
import type { BilledLine } from './billed-lines.ts'
import { asUntaxed, keptKey } from './line-taxes.ts'

/** A part of an issued line with a tax of its own, and what was credited of it: by documents that followed, and on request. */
export interface PartLeft {
  readonly line: BilledLine
  /** Which part of the line. */
  readonly ofPart: number
  readonly part: LineTax
  readonly credited: LineAmounts
}

interface Place {
  readonly line: BilledLine
  readonly ofPart: number
  readonly part: LineTax
}

/**
 * What is left of the lines of a document. Credits on request name the line that they credit; what documents credited by themselves is of
 * a billable, and comes off its latest line first. Example: 100.00 and 50.00 of late usage were billed and −70.00 credited: nothing is left
 * of the late usage, and 80.00 of the other line.
 * @param lines all of the account, in the order in which they were issued
 * @param isOfDocument whether a line is asked for
 */
export function partsLeft(lines: readonly BilledLine[], isOfDocument: (line: BilledLine) => boolean): PartLeft[] {
  const wanted = new Set(lines.filter(isOfDocument).map(billableKey))
  const asked = new Map<string, LineAmounts>()
  const own: BilledLine[] = []
  for (const line of lines) {
    if (line.isUnbilled === true || !wanted.has(billableKey(line))) continue
    if (line.kind !== 'credit') own.push(line)
    else
      for (const part of partsOf(line)) {
        const place = `${line.creditsLineId} ${part.ofPart ?? 0}`
        asked.set(place, plus(asked.get(place) ?? NOTHING, part, -1n))
      }
  }
  const places = own.flatMap((line) => partsOf(line).map((part, ofPart): Place => ({ line, ofPart, part })))
  const byTax = Map.groupBy(places, ({ line, part }) => `${billableKey(line)}\n${keyOf(part)}`)
  return [...byTax.values()].flatMap((group) => withCredits(group, asked)).filter(({ line }) => isOfDocument(line))
}

const NOTHING: LineAmounts = { netMinor: 0n, taxMinor: [] }

function withCredits(group: readonly Place[], asked: ReadonlyMap<string, LineAmounts>): PartLeft[] {
  const askedOf = ({ line, ofPart }: Place): LineAmounts => asked.get(`${line.id} ${ofPart}`) ?? NOTHING
  let rest = NOTHING
  for (const place of group) if (place.part.isCredit) rest = plus(plus(rest, place.part, -1n), askedOf(place), 1n)
  const left = new Map<Place, LineAmounts>()
  const supplies = group.filter(({ part }) => !part.isCredit)
  for (const place of supplies.toReversed()) {
    const credited = askedOf(place)
    const taken = place === supplies[0] ? rest : least(rest, plus(place.part, credited, -1n))
    rest = plus(rest, taken, -1n)
    left.set(place, plus(credited, taken, 1n))
  }
  return group.map((place) => ({ ...place, credited: asLong(left.get(place) ?? askedOf(place), place.part) }))
}

/** Of each amount so much as there is of both. */
function least(a: LineAmounts, b: LineAmounts): LineAmounts {
  const one = (wanted: bigint, there: bigint): bigint => {
    if (there < 0n) return wanted < there ? there : wanted > 0n ? 0n : wanted
    return wanted > there ? there : wanted < 0n ? 0n : wanted
  }
  return {
    netMinor: one(a.netMinor, b.netMinor),
    taxMinor: b.taxMinor.map((there, slot) => one(a.taxMinor[slot] ?? 0n, there)),
  }
}

function plus(a: LineAmounts, b: LineAmounts, sign: 1n | -1n): LineAmounts {
  const slots = Math.max(a.taxMinor.length, b.taxMinor.length)
  return {
    netMinor: a.netMinor + sign * b.netMinor,
    taxMinor: Array.from({ length: slots }, (_, slot) => (a.taxMinor[slot] ?? 0n) + sign * (b.taxMinor[slot] ?? 0n)),
  }
}

function asLong({ netMinor, taxMinor }: LineAmounts, { taxMinor: like }: LineAmounts): LineAmounts {
  return { netMinor, taxMinor: like.map((_, slot) => taxMinor[slot] ?? 0n) }
}

function keyOf(part: LineTax): string {
  return keptKey(part.decision, grossOf(part) < 0n !== part.isCredit)
}

/** Of a line that nobody asked about, what takes back is told by its sign. */
function partsOf(line: BilledLine): readonly LineTax[] {
  if (line.tax != null) return line.tax
  const isCredit = line.kind === 'credit' || (line.adjustment === '' ? line.amountMinor < 0n : line.amountMinor > 0n)
  return [{ ...asUntaxed(line.amountMinor), isCredit }]
}
