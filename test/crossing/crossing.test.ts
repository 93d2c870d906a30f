/** Small random histories through HTTP, each held against a reference that computes with pencil and paper. `kvit crossing` runs many. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Coverage, featuresOf, SEEDS_OF_BLOCK } from './coverage.ts'
import { generate, HISTORIES } from './generate.ts'
import { play } from './play.ts'
import { addDays } from './reference/calendar.ts'
import { shrink } from './shrink.ts'
import { tell } from './tell.ts'
import { startTenants } from './tenants.ts'

/** A seed, and how many of its histories: processor time is short where all tests run. The first ones of a block have most pairs. */
const FIXED = [0, 8] as const
/** One that nobody has seen before. What it finds is told with its number, and mended before anything else, in the product or in the book. */
const ANY = [SEEDS_OF_BLOCK * (1 + Math.floor(Math.random() * 10_000)), 4] as const

/** The least that a document can be wrong by, in yen. */
const A_CENT = {
  kind: 'recurring',
  code: 'cent',
  name: 'cent',
  amount: '1',
  every: { unit: 'month' },
  timing: 'advance',
  proration: 'none',
} as const

const tenants = await startTenants()
after(() => tenants.close())

// A tenant waits for the server's background work most of the time.
describe('documents, balances, receivables and explanations are what paper says', { concurrency: 2 }, () => {
  for (const [seed, wanted] of [FIXED, ANY])
    test(`seed ${seed}`, async () => {
      const { calendar, histories } = generate(seed, wanted)
      const all = histories.map(({ history }) => history)
      const [first, ...others] = await play(tenants.create, calendar, all)
      if (first === undefined) return
      const shrunk = await shrink(tenants.create, calendar, first)
      const again = `kvit crossing --seeds 1 --from ${seed}`
      assert.fail(
        `${others.length + 1} histories of seed ${seed} differ (${again}):\n${tell(shrunk.finding, shrunk.calendar)}`,
      )
    })
})

test('a book with another fee, or another first day of periods, differs from what the server does', async () => {
  const { calendar, histories } = generate(2, 4)
  const { history } = histories.find((one) => one.history.steps.length > 5) ?? assert.fail()
  const forgeries = [
    { ...history, plans: history.plans.map((plan) => ({ ...plan, prices: [...plan.prices, A_CENT] })) },
    { ...history, anchor: addDays(history.anchor, -1) },
  ]
  for (const forged of forgeries) {
    const findings = await play(tenants.create, calendar, [history], () => forged)
    assert.equal(findings[0]?.differences[0]?.what, 'documents')
  }
})

test('every pair of features is met twenty times in a block of seeds, and what a seed has is its own', () => {
  const coverage = new Coverage()
  for (let seed = 0; seed < SEEDS_OF_BLOCK; seed++)
    for (let at = 0; at < HISTORIES; at++) coverage.add(featuresOf(seed, at, HISTORIES))
  const { least, rarest } = coverage.summary()
  assert.ok(least >= 20, `${rarest}: ${least}`)
  assert.deepEqual(generate(7, 3), generate(7, 3))
})
