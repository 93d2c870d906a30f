import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocateOldestFirst, type Credit, type OpenInvoice } from './allocate-payments.ts'

function creditsOf(amounts: readonly bigint[]): Credit[] {
  return amounts.map((remainingMinor, index) => ({
    kind: index % 2 === 0 ? 'payment' : 'credit_note',
    id: `c${index}`,
    remainingMinor,
  }))
}

function invoicesOf(amounts: readonly bigint[]): OpenInvoice[] {
  return amounts.map((remainingMinor, index) => ({ id: `i${index}`, remainingMinor }))
}

const TABLE: readonly (readonly [string, readonly bigint[], readonly bigint[], readonly string[]])[] = [
  ['a payment settles the oldest invoice first', [100n], [60n, 60n], ['c0 i0 60', 'c0 i1 40']],
  ['two payments settle one invoice', [30n, 30n], [50n], ['c0 i0 30', 'c1 i0 20']],
  ['what is left of a credit stays the customer’s', [100n], [10n], ['c0 i0 10']],
  ['settled invoices and used credits are passed over', [0n, 5n], [0n, 5n], ['c1 i1 5']],
  ['a credit note settles like a payment', [40n, 20n], [50n, 10n], ['c0 i0 40', 'c1 i0 10', 'c1 i1 10']],
  ['without invoices nothing is settled', [5n], [], []],
]

for (const [title, credits, invoices, expected] of TABLE) {
  test(title, () => {
    const allocations = allocateOldestFirst(creditsOf(credits), invoicesOf(invoices))
    assert.deepEqual(
      allocations.map(({ credit, invoiceId, amountMinor }) => `${credit.id} ${invoiceId} ${amountMinor}`),
      expected,
    )
  })
}

const amounts = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { maxLength: 8 })
const sum = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n)

test('as much is settled as there is money and debt, no credit or invoice beyond its own', () => {
  fc.assert(
    fc.property(amounts, amounts, (credits, invoices) => {
      const allocations = allocateOldestFirst(creditsOf(credits), invoicesOf(invoices))
      const settled = sum(allocations.map(({ amountMinor }) => amountMinor))
      assert.equal(settled, sum(credits) < sum(invoices) ? sum(credits) : sum(invoices))
      assert.ok(allocations.every(({ amountMinor }) => amountMinor > 0n))
      for (const { id, remainingMinor } of creditsOf(credits)) {
        assert.ok(
          sum(allocations.filter(({ credit }) => credit.id === id).map((one) => one.amountMinor)) <= remainingMinor,
        )
      }
    }),
  )
})

test('an invoice is settled only after all older ones are', () => {
  fc.assert(
    fc.property(amounts, amounts, (credits, invoices) => {
      const allocations = allocateOldestFirst(creditsOf(credits), invoicesOf(invoices))
      let left = sum(credits)
      for (const { id, remainingMinor } of invoicesOf(invoices)) {
        const expected = left < remainingMinor ? left : remainingMinor
        assert.equal(
          sum(allocations.filter(({ invoiceId }) => invoiceId === id).map((one) => one.amountMinor)),
          expected,
        )
        left -= expected
      }
    }),
  )
})

test('what is handed in is not changed', () => {
  const invoices = invoicesOf([50n])
  allocateOldestFirst(creditsOf([20n]), invoices)
  assert.deepEqual(invoices, invoicesOf([50n]))
})
