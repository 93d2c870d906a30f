import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TierTerms } from '../../catalog/rate-terms.ts'
import { checkTiers, compileTiers, explainTier, tierAmounts, tierQuantities } from './tiers.ts'

const open: TierTerms = { upTo: null, unitAmount: '1' }
const upTo = (limit: string): TierTerms => ({ upTo: limit, unitAmount: '1' })

const WRONG: readonly (readonly [string, readonly TierTerms[], readonly (string | number)[], RegExp])[] = [
  ['tiers that fall', [upTo('100'), upTo('50'), open], ['tiers', 1, 'upTo'], /upTo is 50, it should be more than 100/],
  ['two tiers of one limit', [upTo('100'), upTo('100.0'), open], ['tiers', 1, 'upTo'], /more than 100/],
  ['a first tier of nothing', [upTo('0'), open], ['tiers', 0, 'upTo'], /more than 0/],
  ['a closed last tier', [upTo('100')], ['tiers', 0, 'upTo'], /last tier must be open/],
  ['an open tier before the last', [open, open], ['tiers', 0, 'upTo'], /only the last tier is open/],
  ['a tier without a price', [upTo('5'), { upTo: null }], ['tiers', 1], /needs a unitAmount, a flatAmount, or both/],
]

for (const model of ['graduated', 'volume'] as const) {
  for (const [title, tiers, path, message] of WRONG) {
    test(`${model}: ${title} are refused, with the place`, () => {
      const issues = checkTiers({ model, tiers })
      assert.deepEqual(
        issues.map((issue) => issue.path),
        [path],
      )
      assert.match(issues[0]?.message ?? '', message)
    })
  }
}

test('all that is wrong is said at once', () => {
  const issues = checkTiers({ model: 'graduated', tiers: [{ upTo: '9' }, upTo('10'), upTo('8')] })
  assert.equal(issues.length, 3)
})

test('limits are compared as numbers, not as texts', () => {
  assert.deepEqual(checkTiers({ model: 'volume', tiers: [upTo('9'), upTo('10'), upTo('10.5'), open] }), [])
})

test('one open tier is enough', () => {
  assert.deepEqual(checkTiers({ model: 'graduated', tiers: [{ upTo: null, flatAmount: '0' }] }), [])
})

test('a tier begins behind the one before, and amounts stand at their scales', () => {
  const tiers: readonly TierTerms[] = [
    { upTo: '1.5', unitAmount: '0.2', flatAmount: '3' },
    { upTo: null, unitAmount: '0.15' },
  ]
  const compiled = compileTiers({ model: 'graduated', tiers }, { quantityScale: 1, priceScale: 2, per: 4n })
  assert.deepEqual(compiled, {
    flatOnZero: false,
    oneUnit: 40n,
    per: 4n,
    tiers: [
      { after: 0n, upTo: 15n, unitAmount: 20n, flatAmount: 300n * 10n * 4n, size: null, terms: tiers[0] },
      { after: 15n, upTo: null, unitAmount: 15n, flatAmount: 0n, size: null, terms: tiers[1] },
    ],
  })
})

test('terms name every amount, every limit and each tier', () => {
  const terms = { model: 'volume' as const, tiers: [{ upTo: '5', flatAmount: '7.25' }, open] }
  assert.deepEqual(tierAmounts(terms), ['0', '7.25', '1', '0'])
  assert.deepEqual(tierQuantities(terms), ['5'])
  const compiled = compileTiers(terms, { quantityScale: 0, priceScale: 2, per: 1n })
  assert.deepEqual(
    compiled.tiers.map((tier) => explainTier(compiled, tier, 1n).label),
    ['tier up to 5', 'last tier'],
  )
})
