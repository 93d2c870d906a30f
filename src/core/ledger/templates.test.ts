import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHART, type LedgerAccountKind, type Posting, posting } from './chart.ts'
import { invoiceIssued, paymentAllocated, paymentReceived, sponsoredAllocated } from './templates.ts'

function written({ ledgerAccount, accountId, amountMinor }: Posting): string {
  return `${ledgerAccount}${accountId === null ? '' : `@${accountId}`} ${amountMinor}`
}

const TABLE: readonly (readonly [string, readonly Posting[], readonly string[]])[] = [
  [
    'an invoice: the customer owes it, products earned it',
    invoiceIssued('acme', 'EUR', 120n, {
      revenue: [
        { product: 'voice', amountMinor: 100n },
        { product: 'data', amountMinor: 20n },
      ],
    }),
    ['receivable@acme 120', 'revenue:voice -100', 'revenue:data -20'],
  ],
  [
    'a credit note: the same with signs turned',
    invoiceIssued('acme', 'EUR', -30n, { revenue: [{ product: 'voice', amountMinor: -30n }] }),
    ['receivable@acme -30', 'revenue:voice 30'],
  ],
  [
    'sides of nothing are left out',
    invoiceIssued('acme', 'EUR', 5n, {
      revenue: [
        { product: 'voice', amountMinor: 5n },
        { product: 'data', amountMinor: 0n },
      ],
    }),
    ['receivable@acme 5', 'revenue:voice -5'],
  ],
  [
    'a payment: money came in and is the customer’s',
    paymentReceived('acme', 'EUR', 'bank', 50n),
    ['cash:bank 50', 'customer_prepaid@acme -50'],
  ],
  [
    'an allocation: the customer’s money settles a debt',
    paymentAllocated('acme', 'EUR', 50n),
    ['customer_prepaid@acme 50', 'receivable@acme -50'],
  ],
  [
    'an allocation of a sponsor: its money settles the debt of its member',
    paymentAllocated('kid', 'EUR', 50n, 'boss'),
    ['customer_prepaid@boss 50', 'receivable@kid -50'],
  ],
  [
    'a sponsor’s credit settles the debt of its member, and is cleared by the sponsor’s document',
    [...sponsoredAllocated('boss', 'kid', 'EUR', 50n), ...invoiceIssued('boss', 'EUR', 50n, { sponsoredMinor: 50n })],
    ['sponsored@boss 50', 'receivable@kid -50', 'receivable@boss 50', 'sponsored@boss -50'],
  ],
]

for (const [title, postings, expected] of TABLE) {
  test(title, () => {
    assert.deepEqual(postings.map(written), expected)
  })
}

test('an invoice whose lines do not make its total is a fault', () => {
  assert.throws(
    () => invoiceIssued('acme', 'EUR', 100n, { revenue: [{ product: 'voice', amountMinor: 99n }] }),
    /sums to zero/,
  )
  assert.throws(() => invoiceIssued('acme', 'EUR', 1n, {}), /sums to zero/)
})

test('every entry sums to zero, and invoice, payment and allocation together leave cash against revenue', () => {
  const amounts = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(amounts, (list) => {
      const total = list.reduce((a, b) => a + b, 0n)
      const revenue = list.map((amountMinor, index) => ({ product: `p${index}`, amountMinor }))
      const entries = [
        invoiceIssued('acme', 'EUR', total, { revenue }),
        paymentReceived('acme', 'EUR', 'bank', total),
        paymentAllocated('acme', 'EUR', total),
      ]
      const balances = new Map<string, bigint>()
      for (const postings of entries) {
        assert.equal(
          postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
          0n,
        )
        for (const { ledgerAccount, amountMinor } of postings) {
          balances.set(ledgerAccount, (balances.get(ledgerAccount) ?? 0n) + amountMinor)
        }
      }
      assert.equal(balances.get('receivable') ?? 0n, 0n)
      assert.equal(balances.get('customer_prepaid') ?? 0n, 0n)
      assert.equal(balances.get('cash:bank') ?? 0n, total)
    }),
  )
})

test('accounts kept for each customer name the customer, the others do not', () => {
  for (const kind of Object.keys(CHART) as LedgerAccountKind[]) {
    const { accountId } = posting(kind, null, 'acme', 'EUR', 1n)
    const ofBooks = ['deferred_revenue', 'unbilled_revenue']
    const isPerAccount = [
      'receivable',
      'customer_prepaid',
      'refunds',
      'deposits',
      'advances',
      'unbilled',
      'sponsored',
      ...ofBooks,
    ].includes(kind)
    assert.equal(accountId, isPerAccount ? 'acme' : null, kind)
  }
})
