import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Exact, exact, roundExact } from '../base/exact.ts'
import { type Billable, type BilledBefore, billableKey, type InvoiceLine, toInvoiceLines } from './invoice-lines.ts'

const JANUARY = { start: '2024-01-01', end: '2024-02-01' }

function usageOf(amount: Exact, records: number, more: Partial<Billable> = {}): Billable {
  return {
    ...{ kind: 'usage', subscriptionId: 's', planVersionId: 'p', priceCode: 'usage', cell: '' },
    ...{ period: JANUARY, shown: JANUARY, isLate: false, description: 'Usage', amount },
    usage: { measures: [BigInt(records)], records, throughSeq: records },
    ...more,
  }
}

function feeOf(amount: Exact, more: Partial<Billable> = {}): Billable {
  return usageOf(amount, 0, { kind: 'recurring', priceCode: 'fee', usage: null, ...more })
}

/** What a database keeps of the lines issued so far. */
function billedBy(documents: readonly (readonly InvoiceLine[])[]): Map<string, BilledBefore> {
  const billed = new Map<string, BilledBefore>()
  for (const line of documents.flat()) {
    const key = billableKey(line)
    const amountMinor = (billed.get(key)?.amountMinor ?? 0n) + line.amountMinor
    billed.set(key, { amountMinor, measures: line.usage?.measures ?? [], records: line.usage?.records ?? 0 })
  }
  return billed
}

/** Bills the same billable as it grows; each document sees what those before have billed. */
function billInTurn(stages: readonly Billable[], currency: string): bigint[] {
  const documents: InvoiceLine[][] = []
  for (const stage of stages) documents.push(toInvoiceLines([stage], billedBy(documents), currency))
  return documents.map((lines) => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n))
}

test('a line is the exact amount rounded half-up once, and says both', () => {
  const [line, ...more] = toInvoiceLines([usageOf(exact(10_275n, 3), 4)], new Map(), 'USD')
  assert.equal(line?.amountMinor, 1028n)
  assert.equal(line?.exactAmount, '10.275')
  assert.deepEqual(line?.billedBefore, { amountMinor: 0n, measures: [], records: 0 })
  assert.equal(more.length, 0)
})

const STAGES: readonly (readonly [string, readonly Exact[], string, readonly bigint[]])[] = [
  ['thirds of a cent do not get lost', [exact(1n, 2, 3n), exact(2n, 2, 3n), exact(3n, 2, 3n)], 'EUR', [0n, 1n, 0n]],
  ['halves of a cent are not rounded up twice', [exact(5n, 3), exact(10n, 3)], 'EUR', [1n, 0n]],
  ['OM-2: 160 billed before, 182 now', [exact(160n), exact(182n)], 'USD', [16_000n, 2200n]],
  ['OM-3: 150 billed before, 150 now', [exact(150n), exact(150n)], 'USD', [15_000n, 0n]],
  ['a volume price that falls gives the difference back', [exact(200n), exact(101n)], 'USD', [20_000n, -9900n]],
  ['a currency without minor units', [exact(4n, 1), exact(15n, 1)], 'JPY', [0n, 2n]],
]

for (const [title, amounts, currency, expected] of STAGES) {
  test(`${title}: documents bill ${expected.join(', ')} minor units`, () => {
    const stages = amounts.map((amount, index) => usageOf(amount, index + 1))
    assert.deepEqual(billInTurn(stages, currency), expected)
  })
}

test('however often it is billed, a billable costs its price rounded once', () => {
  const amounts = fc.array(
    fc.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.nat(6), fc.bigInt({ min: 1n, max: 400n })),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(
      amounts,
      fc.constantFrom('EUR' as const, 'JPY' as const, 'KWD' as const, 'BTC' as const),
      (list, currency) => {
        const stages = list.map(([numerator, scale, denominator], index) =>
          usageOf(exact(numerator, scale, denominator), index + 1),
        )
        const total = billInTurn(stages, currency).reduce((a, b) => a + b, 0n)
        const digits = { EUR: 2, JPY: 0, KWD: 3, BTC: 8 }[currency]
        assert.equal(total, roundExact((stages.at(-1) as Billable).amount, digits))
      },
    ),
  )
})

test('a fee that did not change makes no line', () => {
  const fee = feeOf(exact(75n))
  const issued = toInvoiceLines([fee], new Map(), 'EUR')
  assert.equal(issued.length, 1)
  assert.deepEqual(toInvoiceLines([fee], billedBy([issued]), 'EUR'), [])
})

test('a fee of nothing makes no line', () => {
  assert.deepEqual(toInvoiceLines([feeOf(exact(0n)), feeOf(exact(4n, 3))], new Map(), 'EUR'), [])
})

test('PR-4: an advance fee of which half stays unused comes back as a negative line', () => {
  const issued = toInvoiceLines([feeOf(exact(2100n, 0, 28n))], new Map(), 'EUR')
  const [line] = toInvoiceLines([feeOf(exact(1400n, 0, 28n))], billedBy([issued]), 'EUR')
  assert.equal(line?.amountMinor, -2500n)
  assert.equal(line?.billedBefore.amountMinor, 7500n)
})

test('new usage shows on a document even when it costs nothing more, and old usage does not', () => {
  const issued = toInvoiceLines([usageOf(exact(0n), 3)], new Map(), 'EUR')
  assert.deepEqual(
    issued.map(({ amountMinor }) => amountMinor),
    [0n],
  )
  assert.equal(toInvoiceLines([usageOf(exact(0n), 4)], billedBy([issued]), 'EUR').length, 1)
  assert.equal(toInvoiceLines([usageOf(exact(0n), 3)], billedBy([issued]), 'EUR').length, 0)
})

for (const [part, more] of [
  ['subscription', { subscriptionId: 't' }],
  ['plan version', { planVersionId: 'q' }],
  ['price', { priceCode: 'other' }],
  ['cell', { cell: 'peak' }],
  ['period', { period: { start: '2024-02-01', end: '2024-03-01' } }],
] as const) {
  test(`what was billed of one ${part} is not taken from another`, () => {
    const issued = toInvoiceLines([usageOf(exact(5n), 1)], new Map(), 'EUR')
    const [line] = toInvoiceLines([usageOf(exact(5n), 1, more)], billedBy([issued]), 'EUR')
    assert.equal(line?.amountMinor, 500n)
  })
}

test('a narrowed view of a period does not change which billable it is', () => {
  const shown = { start: '2024-01-10', end: '2024-02-01' }
  assert.equal(billableKey(feeOf(exact(1n), { shown })), billableKey(feeOf(exact(2n))))
})
