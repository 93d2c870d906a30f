/**
 * Sum rules of tax on random documents of 1 to 40 lines, in currencies of 0, 2 and 3 digits: lines, allowances, tax by rate, totals, prices
 * with tax in them, splits, and credit notes in any chopping. Their number is KVIT_TAX_DOCUMENTS, or 5,000.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allocate } from '../src/core/base/allocate.ts'
import { spreadAllowance } from '../src/core/tax/arithmetic/allowances.ts'
import {
  creditDocument,
  leftOfLine,
  sizeOf,
  spreadTaking,
  type Taking,
} from '../src/core/tax/arithmetic/credit-document.ts'
import { creditLine, type LineAmounts } from '../src/core/tax/arithmetic/credit-notes.ts'
import { documentTaxes, sumOf, type TaxableLine, taxKey } from '../src/core/tax/arithmetic/document-taxes.ts'
import { taxesWithin } from '../src/core/tax/arithmetic/inclusive-prices.ts'
import type { Tax } from '../src/core/tax/tax.ts'

const DOCUMENTS = Number(process.env['KVIT_TAX_DOCUMENTS'] ?? 5000)

/** A sequence of chances that is the same in every run (mulberry32). */
function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const tax = (percent: string | null, more: Partial<Tax> = {}): Tax => ({
  ...{ kind: 'vat', name: 'VAT', category: 'S', place: 'DE', order: 100, base: 'net', percent, perUnit: null },
  ...more,
})
const LEVY = tax(null, { kind: 'levy', order: 10, perUnit: '0.125' })
/** What may be on a line. */
const TAXES: readonly (readonly Tax[])[] = [
  [tax('19')],
  [tax('7')],
  [tax('25.5')],
  [tax('0', { category: 'Z' })],
  [tax('0', { category: 'AE' })],
  [tax('20', { place: 'UA' }), tax('7.5', { kind: 'pension_charge', order: 140 })],
  [
    tax('6.25', { kind: 'state_tax' }),
    tax('0.5', { kind: 'county_tax', order: 110 }),
    tax('1.125', { kind: 'city_tax', order: 120 }),
  ],
  [tax('5', { kind: 'gst' }), tax('9.5', { kind: 'pst', order: 110, base: 'net_and_earlier' })],
  [LEVY, tax('19', { base: 'net_and_earlier' })],
]

function randomLines(chance: (below: number) => number): TaxableLine[] {
  return Array.from({ length: 1 + chance(chance(4) === 0 ? 40 : 8) }, () => {
    const netMinor = BigInt(chance(10 ** (1 + chance(7)))) * (chance(12) === 0 ? -1n : 1n)
    const quantity = { coefficient: BigInt(chance(40)), scale: 0 }
    return { netMinor, taxes: TAXES[chance(TAXES.length)] as readonly Tax[], quantity }
  })
}
/** Of yen, euros and Kuwaiti dinars. */
const randomDigits = (chance: (below: number) => number): number => [2, 2, 0, 3][chance(4)] as number

const lowered = (lines: readonly TaxableLine[], by: readonly bigint[]): TaxableLine[] =>
  lines.map((line, at) => ({ ...line, netMinor: line.netMinor - (by[at] as bigint) }))

test(`${DOCUMENTS} random documents: lines, allowances, taxes and totals add up, and each tax is its rate of its base`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const [lines, minorDigits] = [randomLines(chance), randomDigits(chance)]
    const most = sumOf(lines.map(({ netMinor }) => (netMinor > 0n ? netMinor : 0n)))
    const allowance = (most * BigInt(chance(101))) / 100n
    const spread = spreadAllowance(
      allowance,
      lines.map(({ netMinor }) => netMinor),
    )
    if (most > 0n) assert.equal(sumOf(spread), allowance, `seed ${seed}`)
    const left = lowered(lines, spread)
    assert.ok(
      left.every(({ netMinor }, at) => netMinor >= 0n || netMinor === lines[at]?.netMinor),
      `seed ${seed}`,
    )
    for (const per of ['document', 'line'] as const) {
      const { totals, byLine } = documentTaxes(left, { minorDigits, per })
      assert.equal(sumOf(totals.map(({ taxMinor }) => taxMinor)), sumOf(byLine.flat()), `seed ${seed}`)
      for (const { tax, baseMinor, taxMinor } of totals) {
        const ofTax = left.flatMap(({ taxes }, at) =>
          taxes.map((one, slot) => ({ one, amount: byLine[at]?.[slot] ?? 0n })),
        )
        const own = ofTax.filter(({ one }) => taxKey(one) === taxKey(tax))
        assert.equal(sumOf(own.map(({ amount }) => amount)), taxMinor, `seed ${seed}`)
        if (per === 'line' || tax.percent === null) continue
        // Not further than half a minor unit from the product, in thousandths of a per cent.
        const exact = baseMinor * BigInt(Math.round(Number(tax.percent) * 1000))
        const away = taxMinor * 100_000n - exact
        assert.ok(away <= 50_000n && away >= -50_000n, `seed ${seed}`)
      }
    }
    const mirrored = documentTaxes(
      left.map((line) => ({ ...line, netMinor: -line.netMinor, quantity: negative(line) })),
      { minorDigits, per: 'document' },
    )
    const { totals } = documentTaxes(left, { minorDigits, per: 'document' })
    assert.deepEqual(
      mirrored.totals.map(({ taxMinor }) => -taxMinor),
      totals.map(({ taxMinor }) => taxMinor),
      `seed ${seed}`,
    )
  }
})

const negative = ({ quantity }: TaxableLine): { coefficient: bigint; scale: number } => ({
  coefficient: -(quantity?.coefficient ?? 1n),
  scale: 0,
})

test(`${DOCUMENTS} random splits give all away, each part next to its share, and what is over to the largest remainders`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const weights = Array.from({ length: 1 + chance(40) }, () => BigInt(chance(10 ** (1 + chance(6)))))
    const all = sumOf(weights)
    if (all === 0n) continue
    const whole = BigInt(chance(10 ** (1 + chance(8))))
    const parts = allocate(whole, weights)
    assert.equal(sumOf(parts), whole, `seed ${seed}`)
    const over = parts.map((part, at) => part - (whole * (weights[at] as bigint)) / all)
    assert.ok(
      over.every((one) => one === 0n || one === 1n),
      `seed ${seed}`,
    )
    const remainders = weights.map((weight) => (whole * weight) % all)
    const given = remainders.filter((_, at) => over[at] === 1n)
    const least = given.reduce((low, one) => (one < low ? one : low), all)
    assert.ok(
      remainders.every((remainder, at) => over[at] === 1n || remainder <= least),
      `seed ${seed}`,
    )
  }
})

const isLevied = ({ taxes }: TaxableLine): boolean => taxes.some(({ perUnit }) => perUnit !== null)

/** A document that was issued, and its notes so far. */
class Chopped {
  readonly lines: readonly TaxableLine[]
  readonly issued: readonly LineAmounts[]
  readonly credited: LineAmounts[]
  private readonly minorDigits: number

  constructor(lines: readonly TaxableLine[], minorDigits: number) {
    const { byLine } = documentTaxes(lines, { minorDigits, per: 'document' })
    this.lines = lines
    this.minorDigits = minorDigits
    this.issued = lines.map(({ netMinor }, at) => ({ netMinor, taxMinor: byLine[at] as readonly bigint[] }))
    this.credited = this.issued.map(({ taxMinor }) => ({ netMinor: 0n, taxMinor: taxMinor.map(() => 0n) }))
  }

  left(at: number): LineAmounts {
    const [billed, credited] = [this.issued[at] as LineAmounts, this.credited[at] as LineAmounts]
    return leftOfLine({ taxes: [], billed, credited })
  }

  add(at: number, note: LineAmounts): void {
    const before = this.credited[at] as LineAmounts
    this.credited[at] = {
      netMinor: before.netMinor + note.netMinor,
      taxMinor: before.taxMinor.map((one, slot) => one + (note.taxMinor[slot] as bigint)),
    }
  }

  /** One note on the document. @returns what it says of each line */
  credit(takings: readonly Taking[], of: 'net' | 'gross'): LineAmounts[] {
    const creditable = this.lines.map(({ taxes }, at) => ({
      taxes,
      billed: this.issued[at] as LineAmounts,
      credited: this.credited[at] as LineAmounts,
    }))
    const note = creditDocument(creditable, takings, of, this.minorDigits)
    for (const [at, one] of note.entries()) this.add(at, one)
    return note
  }
}

/** No amount of a line is credited beyond what it was billed with. */
function assertWithin({ issued, credited }: Chopped, about: string): void {
  for (const [at, line] of issued.entries())
    for (const [slot, whole] of [line.netMinor, ...line.taxMinor].entries()) {
      const one = credited[at] as LineAmounts
      const part = [one.netMinor, ...one.taxMinor][slot] as bigint
      assert.ok(whole < 0n ? part <= 0n && part >= whole : part >= 0n && part <= whole, about)
    }
}

test(`${DOCUMENTS} random documents: credit notes in any chopping come to exactly the document, and the last one takes the remainder`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const chopped = new Chopped(randomLines(chance), randomDigits(chance))
    const { lines, issued, credited } = chopped
    for (let notes = chance(6); notes > 0; notes--) {
      const about = `seed ${seed}, ${notes} notes before the last one`
      const of = chance(2) === 0 ? 'net' : 'gross'
      const part = (whole: bigint): bigint => (whole * BigInt(chance(101))) / 100n
      // What units are levied with is credited with them, or with all that is left.
      const sizes = lines.map((line, at) => (isLevied(line) ? 0n : sizeOf(chopped.left(at), of)))
      const way = chance(3)
      if (way === 0) {
        // An amount of all lines.
        const left = sumOf(sizes)
        const asked = left > 0n ? part(left) : 0n
        if (asked === 0n || asked === left) continue
        const note = chopped.credit(spreadTaking(asked, sizes), of)
        assert.equal(sumOf(note.map((one) => sizeOf(one, of))), asked, about)
      } else if (way === 1) {
        // Amounts of some lines, and all that is left of others.
        const takings = sizes.map((size): Taking => {
          const choice = chance(4)
          return choice === 0 ? 'rest' : choice === 1 && size !== 0n ? { amountMinor: part(size) } : null
        })
        chopped.credit(takings, of)
      } else {
        const at = chance(lines.length)
        const [line, before] = [issued[at] as LineAmounts, credited[at] as LineAmounts]
        const amount = part(sizeOf(chopped.left(at), of))
        chopped.add(at, creditLine(line, before, of === 'net' ? { netMinor: amount } : { grossMinor: amount }))
      }
      assertWithin(chopped, about)
    }
    const left = lines.map((_, at) => chopped.left(at))
    const last = chopped.credit(
      lines.map(() => 'rest'),
      'gross',
    )
    assert.deepEqual(last, left, `seed ${seed}`)
    assert.deepEqual(credited, issued, `seed ${seed}`)
  }
})

test(`${DOCUMENTS} random documents: prices with tax in them agree with prices without`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const [lines, minorDigits] = [randomLines(chance), randomDigits(chance)]
    const given = lines.map(({ netMinor, taxes, quantity }) => ({ grossMinor: netMinor, taxes, quantity }))
    const { netMinor, byLine, totals } = taxesWithin(given, { minorDigits, per: chance(4) === 0 ? 'line' : 'document' })
    for (const [at, { grossMinor }] of given.entries())
      assert.equal((netMinor[at] as bigint) + sumOf(byLine[at] ?? []), grossMinor, `seed ${seed}`)
    assert.equal(
      sumOf(totals.map(({ taxMinor }) => taxMinor)) + sumOf(netMinor),
      sumOf(given.map((one) => one.grossMinor)),
    )
    // The net that is found again is the net that the price was made from; of several taxes that were rounded, next to it.
    const taxes = TAXES[chance(TAXES.length)] as readonly Tax[]
    if (taxes.includes(LEVY)) continue
    const rounding = { minorDigits, per: 'document' } as const
    const plain = lines.map((line) => ({ ...line, taxes }))
    const without = documentTaxes(plain, rounding)
    const with_ = plain.map((line, at) => ({ taxes, grossMinor: line.netMinor + sumOf(without.byLine[at] ?? []) }))
    const again = taxesWithin(with_, rounding)
    const away = sumOf(again.netMinor) - sumOf(plain.map((line) => line.netMinor))
    assert.ok(taxes.length === 1 ? away === 0n : away >= -1n && away <= 1n, `seed ${seed}`)
    if (taxes.length === 1) assert.equal(again.totals[0]?.taxMinor, without.totals[0]?.taxMinor, `seed ${seed}`)
  }
})
