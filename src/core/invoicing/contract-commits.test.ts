import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { roundExact } from '../base/exact.ts'
import type { ContractCommit } from '../catalog/plan.ts'
import { commitOpened } from '../ledger/commit-credited.ts'
import { invoiceIssued } from '../ledger/templates.ts'
import { commitBillables, commitTerms } from './contract-commits.ts'

const YEAR: ContractCommit = {
  ...{ kind: 'commit', code: 'year', name: 'A year', amount: '1000', priority: 30, renews: false },
  term: { unit: 'year', count: 1 },
}
const SUBSCRIPTION = { subscriptionId: 's', planVersionId: 'v' }
const open = (startDay: string): { startDay: string; endDay: null } => ({ startDay, endDay: null })

function billed(commit: ContractCommit, active: { startDay: string; endDay: string | null }, onDay: string): string[] {
  return commitBillables(commit, SUBSCRIPTION, commitTerms(commit, active, onDay), onDay, 'EUR').map(
    ({ period, amount }) => `${period.start} ${roundExact(amount, 2)}`,
  )
}

test('a term is counted from the first day of the subscription, and one term follows another only where it renews', () => {
  const starts = (commit: ContractCommit, endDay: string | null): string[] =>
    commitTerms(commit, { startDay: '2024-02-29', endDay }, '2026-03-01').map(({ start }) => start)
  assert.deepEqual(starts(YEAR, null), ['2024-02-29'])
  assert.deepEqual(starts({ ...YEAR, renews: true }, null), ['2024-02-29', '2025-02-28', '2026-02-28'])
  assert.deepEqual(starts({ ...YEAR, renews: true }, '2026-02-28'), ['2024-02-29', '2025-02-28'])
})

test('a term that was bought and still runs is the one that others are counted from', () => {
  const renewing = { ...YEAR, renews: true }
  const bought = [{ start: '2024-01-01', end: '2025-01-01' }]
  const starts = (startDay: string): string[] =>
    commitTerms(renewing, open(startDay), '2026-06-30', bought).map(({ start }) => start)
  assert.deepEqual(starts('2024-03-10'), ['2024-01-01', '2025-01-01', '2026-01-01'])
  assert.deepEqual(starts('2025-03-10'), ['2025-03-10', '2026-03-10'], 'it has ended by then')
})

test('it is billed whole when the term begins, or in instalments as they fall due, to the end of the term', () => {
  assert.deepEqual(billed(YEAR, open('2026-03-15'), '2026-03-14'), [])
  assert.deepEqual(billed(YEAR, open('2026-03-15'), '2026-12-31'), ['2026-03-15 100000'])
  const quarters = { ...YEAR, instalments: { unit: 'month', count: 4 } } as const
  const ended = { startDay: '2026-03-31', endDay: '2026-05-01' }
  assert.deepEqual(billed(quarters, ended, '2027-01-01'), ['2026-03-31 33334', '2026-07-31 33333', '2026-11-30 33333'])
})

test('instalments add up to what can be drawn down, so that nothing stays unbilled', () => {
  const lengths = fc.record({ unit: fc.constantFrom('day', 'week', 'month'), count: fc.integer({ min: 1, max: 12 }) })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 9 }), lengths, (minor, instalments) => {
      const amount = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
      const parts = commitBillables(
        { ...YEAR, amount, instalments },
        SUBSCRIPTION,
        commitTerms(YEAR, open('2026-01-31'), '2027-06-01'),
        '2027-06-01',
        'EUR',
      )
      const postings = [
        ...commitOpened('acme', 'EUR', 'year', BigInt(minor)),
        ...parts.flatMap((part) => {
          const amountMinor = roundExact(part.amount, 2)
          return invoiceIssued('acme', 'EUR', amountMinor, { commits: [{ code: 'year', amountMinor }] })
        }),
      ]
      const unbilled = postings.filter(({ ledgerAccount }) => ledgerAccount === 'unbilled:year')
      assert.equal(
        unbilled.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        0n,
      )
    }),
  )
})
