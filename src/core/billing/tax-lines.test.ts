/** Taxes of documents that follow one another: sums, and what is left of a billable when nothing is left of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DayPeriod } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import { billableKey, type InvoiceLine } from '../invoicing/invoice-lines.ts'
import { type LineTax, netOf, taxOf, taxTotals } from '../invoicing/line-tax.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import { rateTable } from '../tax/rates/rate-table.ts'
import type { TaxRate } from '../tax/rates/tax-rate.ts'
import type { AccountFacts } from './account-facts.ts'
import { addBilled, asBilled, NOTHING_BILLED } from './billed-lines.ts'
import { type CustomerTax, type IssuerTax, taxFactsOf } from './tax-facts.ts'
import { taxLines } from './tax-lines.ts'

const SINCE = '2020-01-01'
const rate = (more: Partial<TaxRate>): TaxRate => ({
  country: 'XA',
  tax: 'vat',
  class: 'standard',
  from: SINCE,
  ...more,
})
/** 20 %, from 16 January 2026 on 21 %; reduced 5.5 %; a charge on top of the VAT of mobile service. */
const RATES = rateTable([
  rate({ percent: '20' }),
  rate({ percent: '21', from: '2026-01-16' }),
  rate({ class: 'reduced', percent: '5.5' }),
  rate({ class: 'zero', percent: '0' }),
  rate({ tax: 'pension_charge', class: 'mobile', percent: '7.5', base: 'net_and_earlier' }),
])
const ISSUER: IssuerTax = {
  ...{ key: 'op', postalAddress: { country: 'XA' }, standing: 'registered', oneStopShop: null, belowThreshold: null },
  registrations: [{ country: 'XA', kind: 'vat', number: '1', from: SINCE }],
  ...{ taxRounding: 'document', withholding: null },
}
const CUSTOMER: CustomerTax = {
  ...{ key: 'c', kind: 'consumer', postalAddress: { country: 'XA' }, taxId: null, language: 'en' },
  ...{ taxIds: [], certificates: [], evidence: [] },
}
const CLASSES = ['general', 'reduced_service', 'zero_service', 'mobile'] as const
const PLAN: Plan = {
  ...{ code: 'p', name: 'P', currency: 'EUR' },
  prices: CLASSES.map((taxClass) => ({ kind: 'one_off', code: taxClass, name: taxClass, amount: '1', taxClass })),
}
const JANUARY = { start: '2026-01-01', end: '2026-02-01' }

function factsOf(issuer: IssuerTax, pricesIncludeTax = false): AccountFacts {
  return {
    account: { id: 'a', currency: 'EUR' },
    plans: new Map([['v', PLAN]]),
    compiled: new Map(),
    billed: NOTHING_BILLED,
    tax: taxFactsOf(issuer, CUSTOMER, { currency: 'EUR', pricesIncludeTax }, RATES),
  } as unknown as AccountFacts
}

function lineOf(priceCode: string, cell: string, amountMinor: bigint, period: DayPeriod = JANUARY): InvoiceLine {
  return {
    ...{ kind: 'one_off', subscriptionId: 's', planVersionId: 'v', priceCode, cell, isLate: false, usage: null },
    ...{ period, shown: period, description: priceCode, amount: { numerator: 0n, denominator: 1n, scale: 0 } },
    ...{ exactAmount: '', amountMinor, billedBefore: { amountMinor: 0n, measures: [], records: 0 } },
  } as InvoiceLine
}

function taxed(facts: AccountFacts, lines: readonly InvoiceLine[]): readonly InvoiceLine[] {
  const answer = taxLines(facts, lines)
  assert.ok('lines' in answer, 'it is decided')
  return answer.lines
}

function after(facts: AccountFacts, lines: readonly InvoiceLine[], day: string): AccountFacts {
  const billed = addBilled(
    facts.billed,
    lines.map((line) => asBilled(line, day)),
  )
  return { ...facts, billed }
}

/** What a document has of each tax, by its name. */
const told = (lines: readonly InvoiceLine[]): string[] =>
  taxTotals(lines).map(({ tax, baseMinor, taxMinor }) => `${tax.name} ${tax.percent} of ${baseMinor}: ${taxMinor}`)
const partsOf = ({ tax = [] }: InvoiceLine): string[] =>
  tax.map(({ netMinor, taxMinor, days, isCredit }: LineTax) =>
    [netMinor, taxMinor.join('+'), days === null ? '' : `${days.from}/${days.until}`, isCredit ? 'credit' : '']
      .filter((part) => part !== '')
      .join(' '),
  )

test('a line is split where the rate changes within it; what comes back of it comes of both parts', () => {
  const facts = factsOf(ISSUER)
  const first = taxed(facts, [lineOf('general', '', 3100n)])
  assert.deepEqual(first.flatMap(partsOf), ['1500 300 2026-01-01/2026-01-15', '1600 336 2026-01-16/2026-01-31'])
  const note = taxed(after(facts, first, '2026-02-01'), [lineOf('general', '', -1033n)])
  assert.deepEqual(note.flatMap(partsOf), ['-500 -100 credit', '-533 -112 credit'])
})

test('more of what has one tax has that tax, whatever the rates and the parties are by now', () => {
  const before = factsOf(ISSUER)
  const line = lineOf('general', '', 1000n, { start: '2026-01-01', end: '2026-01-11' })
  const issued = after(before, taxed(before, [line]), '2026-01-11')
  const abroad = { ...ISSUER, registrations: [], standing: 'small_business' as const }
  const moved = { ...issued, tax: factsOf(abroad).tax }
  const more = taxed(moved as AccountFacts, [{ ...line, amountMinor: 500n }])
  assert.deepEqual(more.flatMap(partsOf), ['500 100'])
  const less = taxed({ ...issued, tax: undefined } as AccountFacts, [{ ...line, amountMinor: -1000n }])
  assert.deepEqual(less.flatMap(partsOf), ['-1000 -200 credit'])
})

test('several documents with nothing said of tax, then with it: what had none gets none back', () => {
  const silent = factsOf({ ...ISSUER, registrations: [] })
  const line = lineOf('general', '', 1000n)
  const untaxed = taxed(silent, [line])
  assert.equal(untaxed[0]?.tax, undefined)
  const asked = { ...after(silent, untaxed, '2026-02-01'), tax: factsOf(ISSUER).tax } as AccountFacts
  assert.deepEqual(taxed(asked, [{ ...line, amountMinor: -400n }]).flatMap(partsOf), ['-400 0 credit'])
})

test('what was supplied before the first registration has no tax', () => {
  const late = factsOf({ ...ISSUER, registrations: [{ country: 'XA', kind: 'vat', number: '1', from: '2026-01-16' }] })
  const [line] = taxed(late, [lineOf('general', '', 3100n)])
  assert.deepEqual(partsOf(line as InvoiceLine), ['1500 0 2026-01-01/2026-01-15', '1600 336 2026-01-16/2026-01-31'])
})

test('a tax on top of another one is of the net and of that, and both are told', () => {
  const lines = taxed(factsOf(ISSUER), [lineOf('mobile', '', 10_000n, { start: '2026-02-01', end: '2026-03-01' })])
  assert.deepEqual(told(lines), ['VAT 21 of 10000: 2100', 'pension fund charge 7.5 of 12100: 908'])
})

test('an issuer without a country, and a customer without kind and country: three sentences', () => {
  const customer = { ...CUSTOMER, kind: null, postalAddress: null }
  const tax = taxFactsOf(
    { ...ISSUER, postalAddress: null },
    customer,
    { currency: 'EUR', pricesIncludeTax: false },
    RATES,
  )
  const answer = taxLines({ ...factsOf(ISSUER), tax } as AccountFacts, [lineOf('general', '', 1n)])
  assert.equal('held' in answer && answer.held.length, 3)
})

/** Documents one after another: of some billables, each by how much. */
const documents = fc.array(
  fc.array(
    fc.record({
      taxClass: fc.constantFrom(...CLASSES),
      cell: fc.constantFrom('', 'x', 'y'),
      amountMinor: fc.bigInt({ min: -9_999n, max: 99_999n }),
      isLong: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 6 },
)
const issuers = fc.constantFrom<IssuerTax['taxRounding']>('document', 'line')
const RUNS = 1_000

test(`${RUNS} random lives: every document adds up, and nothing is left of the tax of what is taken back whole`, () => {
  fc.assert(
    fc.property(documents, issuers, fc.boolean(), (life, taxRounding, pricesIncludeTax) => {
      let facts = factsOf({ ...ISSUER, taxRounding }, pricesIncludeTax)
      const standing = new Map<string, { line: InvoiceLine; amountMinor: bigint; tax: bigint; net: bigint }>()
      const issue = (drafts: readonly InvoiceLine[]): void => {
        const lines = taxed(facts, drafts)
        for (const line of lines) {
          const gross = netOf(line) + taxOf(line)
          assert.equal(line.amountMinor, pricesIncludeTax ? gross : netOf(line), 'a price is what its line has')
          const known = standing.get(billableKey(line)) ?? { line, amountMinor: 0n, tax: 0n, net: 0n }
          standing.set(billableKey(line), {
            ...{ line, amountMinor: known.amountMinor + line.amountMinor },
            ...{ tax: known.tax + taxOf(line), net: known.net + netOf(line) },
          })
        }
        assert.equal(sumOf(taxTotals(lines).map(({ taxMinor }) => taxMinor)), sumOf(lines.map(taxOf)))
        facts = after(facts, lines, '2026-02-01')
      }
      for (const document of life) {
        const drafts = new Map(
          document.map(({ taxClass, cell, amountMinor, isLong }) => {
            const period = isLong ? JANUARY : { start: '2026-01-20', end: '2026-02-01' }
            const line = lineOf(taxClass, cell, amountMinor, period)
            return [billableKey(line), line]
          }),
        )
        issue([...drafts.values()])
      }
      issue([...standing.values()].map(({ line, amountMinor }) => ({ ...line, amountMinor: -amountMinor })))
      for (const [key, { amountMinor, tax, net }] of standing)
        assert.deepEqual([amountMinor, tax, net], [0n, 0n, 0n], key)
    }),
    { numRuns: RUNS, seed: 15 },
  )
})
