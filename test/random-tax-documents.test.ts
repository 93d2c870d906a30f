/**
 * Sum rules of tax on random documents: lines, allowances, tax by rate, totals, prices with tax in them, and credit notes in any chopping.
 * Their number is KVIT_TAX_DOCUMENTS, or 5,000.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spreadAllowance } from '../src/core/tax/arithmetic/allowances.ts'
import { creditDocument, spreadTaking } from '../src/core/tax/arithmetic/credit-document.ts'
import { creditLine, grossOf, type LineAmounts } from '../src/core/tax/arithmetic/credit-notes.ts'
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
  return Array.from({ length: 1 + chance(8) }, () => {
    const netMinor = BigInt(chance(10 ** (1 + chance(7)))) * (chance(12) === 0 ? -1n : 1n)
    const quantity = { coefficient: BigInt(chance(40)), scale: 0 }
    return { netMinor, taxes: TAXES[chance(TAXES.length)] as readonly Tax[], quantity }
  })
}

const lowered = (lines: readonly TaxableLine[], by: readonly bigint[]): TaxableLine[] =>
  lines.map((line, at) => ({ ...line, netMinor: line.netMinor - (by[at] as bigint) }))

test(`${DOCUMENTS} random documents: lines, allowances, taxes and totals add up, and each tax is its rate of its base`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const lines = randomLines(chance)
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
      const { totals, byLine } = documentTaxes(left, { minorDigits: 2, per })
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
      {
        minorDigits: 2,
        per: 'document',
      },
    )
    const { totals } = documentTaxes(left, { minorDigits: 2, per: 'document' })
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

test(`${DOCUMENTS} random documents: credit notes in any chopping come to exactly the document, and the last one takes the remainder`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const lines = randomLines(chance)
    const { byLine } = documentTaxes(lines, { minorDigits: 2, per: 'document' })
    const issued: LineAmounts[] = lines.map(({ netMinor }, at) => ({
      netMinor,
      taxMinor: byLine[at] as readonly bigint[],
    }))
    const credited = issued.map(({ taxMinor }) => ({ netMinor: 0n, taxMinor: taxMinor.map(() => 0n) }) as LineAmounts)
    const add = (at: number, note: LineAmounts): void => {
      const before = credited[at] as LineAmounts
      credited[at] = {
        netMinor: before.netMinor + note.netMinor,
        taxMinor: before.taxMinor.map((one, slot) => one + (note.taxMinor[slot] as bigint)),
      }
    }
    for (let notes = chance(6); notes > 0; notes--) {
      const at = chance(lines.length)
      const [line, before] = [issued[at] as LineAmounts, credited[at] as LineAmounts]
      const part = (whole: bigint): bigint => (whole * BigInt(chance(101))) / 100n
      if (chance(2) === 0) add(at, creditLine(line, before, { netMinor: part(line.netMinor - before.netMinor) }))
      else add(at, creditLine(line, before, { grossMinor: part(grossOf(line) - grossOf(before)) }))
    }
    const left = sumOf(issued.map(grossOf)) - sumOf(credited.map(grossOf))
    const asked = (left * BigInt(chance(101))) / 100n
    if (asked > 0n) {
      const all = lines.map(({ taxes }, at) => ({
        taxes,
        billed: issued[at] as LineAmounts,
        credited: credited[at] as LineAmounts,
      }))
      const each = all.map((one) => grossOf(one.billed) - grossOf(one.credited))
      const note = creditDocument(all, spreadTaking(asked, each), 'gross', 2)
      assert.equal(sumOf(note.map(grossOf)), asked, `seed ${seed}`)
      for (const [at, one] of note.entries()) add(at, one)
    }
    const last = issued.map((line, at) => creditLine(line, credited[at] as LineAmounts, 'rest'))
    for (const [at, note] of last.entries()) add(at, note)
    assert.deepEqual(credited, issued, `seed ${seed}`)
  }
})

test(`${DOCUMENTS} random documents: prices with tax in them agree with prices without`, () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const chance = chances(seed)
    const lines = randomLines(chance)
    const given = lines.map(({ netMinor, taxes, quantity }) => ({ grossMinor: netMinor, taxes, quantity }))
    const { netMinor, byLine, totals } = taxesWithin(given, {
      minorDigits: 2,
      per: chance(4) === 0 ? 'line' : 'document',
    })
    for (const [at, { grossMinor }] of given.entries())
      assert.equal((netMinor[at] as bigint) + sumOf(byLine[at] ?? []), grossMinor, `seed ${seed}`)
    assert.equal(
      sumOf(totals.map(({ taxMinor }) => taxMinor)) + sumOf(netMinor),
      sumOf(given.map((one) => one.grossMinor)),
    )
    // With one percentage, the net that is found again is the net that the price was made from.
    const rate = [tax('25.5')]
    const plain = lines.map((line) => ({ ...line, taxes: rate }))
    const without = documentTaxes(plain, { minorDigits: 2, per: 'document' })
    const with_ = plain.map((line, at) => ({
      taxes: rate,
      grossMinor: line.netMinor + sumOf(without.byLine[at] ?? []),
    }))
    const again = taxesWithin(with_, { minorDigits: 2, per: 'document' })
    assert.equal(sumOf(again.netMinor), sumOf(plain.map((line) => line.netMinor)), `seed ${seed}`)
    assert.equal(again.totals[0]?.taxMinor, without.totals[0]?.taxMinor, `seed ${seed}`)
  }
})
