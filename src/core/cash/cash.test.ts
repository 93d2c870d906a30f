import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cashMoved, cashRounded } from '../ledger/cash-templates.ts'
import { cashStepOf, inCash } from './cash-rounding.ts'
import { changeIn, MOVEMENTS, type MovementKind, totalsOf } from './drawer.ts'

test('cash is rounded to the nearest coin, from the middle on upwards; where every amount has coins, it is as it is', () => {
  assert.deepEqual(
    [1000n, 1002n, 1003n, 1005n, 1007n, 1008n].map((minor) => inCash(minor, cashStepOf('CHF'))),
    [1000n, 1000n, 1005n, 1005n, 1005n, 1010n],
  )
  assert.deepEqual(
    [250n, 249n, 750n].map((minor) => inCash(minor, cashStepOf('HUF'))),
    [500n, 0n, 1000n],
  )
  assert.equal(inCash(1003n, cashStepOf('EUR')), 1003n)
})

test('what a shift comes to: float, payments less cancellations, movements, and rounding apart', () => {
  const totals = totalsOf(
    [
      { number: 7n, kind: 'payment', amountMinor: 1002n, cashMinor: 1000n },
      { number: 8n, kind: 'payment', amountMinor: 503n, cashMinor: 505n },
      { number: 9n, kind: 'cancel', amountMinor: 503n, cashMinor: 505n },
    ],
    [
      { kind: 'float', amountMinor: 5000n },
      { kind: 'spent', amountMinor: 300n },
      { kind: 'spent', amountMinor: 200n },
    ],
  )
  assert.deepEqual([totals.expectedMinor, totals.roundedMinor, totals.first, totals.last], [5500n, -2n, 7n, 9n])
  assert.deepEqual(totals.moved.get('spent'), { count: 2, minor: 500n })
})

test('each movement goes from one place to another, in the ledger as in the drawer and the safe', () => {
  for (const kind of Object.keys(MOVEMENTS) as MovementKind[]) {
    const postings = cashMoved('front', 'EUR', kind, 700n)
    const posted = (account: string): bigint =>
      postings.filter((one) => one.ledgerAccount === account).reduce((sum, one) => sum + one.amountMinor, 0n)
    assert.equal(
      postings.reduce((sum, one) => sum + one.amountMinor, 0n),
      0n,
    )
    assert.equal(posted('cash:desk:front'), changeIn('drawer', kind, 700n), kind)
    assert.equal(posted('cash:safe:front'), changeIn('safe', kind, 700n), kind)
  }
  assert.deepEqual(
    cashRounded('front', 'EUR', 2n).map((one) => [one.ledgerAccount, one.amountMinor]),
    [
      ['cash:desk:front', 2n],
      ['rounding', -2n],
    ],
  )
})
