/** Small random histories through HTTP, each held against a reference that computes with pencil and paper. `kvit crossing` runs many. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Coverage, featuresOf, SEEDS_OF_BLOCK } from './coverage.ts'
import { generate, HISTORIES } from './generate.ts'
import type { History } from './history.ts'
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

test('a book with another fee, first day of periods, tax, day of a rate, or grace period differs from what the server does', async () => {
  const { calendar, histories } = generate(2, 24)
  const { history: drawn } =
    histories.find(
      (one) => one.features.rest === 'no rest' && one.features.change === 'no change' && hasFee(one.history),
    ) ?? assert.fail()
  const history: History = { ...drawn, tax: 'untaxed', graceDays: 0 }
  const named = (name: string): History => JSON.parse(JSON.stringify(history).replaceAll(`"${drawn.name}`, `"${name}`))
  const ofTax = /^tax of the document/
  const forgeries: [lived: History, forge: (lived: History) => History, what: RegExp][] = [
    [
      named('fee'),
      (one) => ({ ...one, plans: one.plans.map((plan) => ({ ...plan, prices: [...plan.prices, A_CENT] })) }),
      /^documents$/,
    ],
    [named('day'), (one) => ({ ...one, anchor: addDays(one.anchor, -1) }), /^documents$/],
    [{ ...named('tax'), tax: 'one rate' }, (one) => ({ ...one, tax: 'exempt' }), ofTax],
    [{ ...named('rate'), tax: 'rate changes' }, (one) => ({ ...one, rateChangesOn: '2020-01-02' }), ofTax],
    [{ ...named('grace'), graceDays: 34 }, (one) => ({ ...one, graceDays: 0 }), /^documents$/],
  ]
  const lived = forgeries.map(([one]) => one)
  const findings = await play(tenants.create, calendar, lived, (one) => {
    const [, forge] = forgeries.find(([{ name }]) => name === one.name) ?? assert.fail()
    return forge(one)
  })
  for (const [{ name }, , what] of forgeries) {
    const found = findings.find(({ history: { name: own } }) => own === name)
    assert.match(found?.differences[0]?.what ?? `nothing of ${name}`, what)
  }
})

const hasFee = ({ plans: [plan] }: History): boolean => plan?.prices.some(({ kind }) => kind === 'recurring') === true

test('every pair of features is met twenty times in a block of seeds, and what a seed has is its own', () => {
  const coverage = new Coverage()
  for (let seed = 0; seed < SEEDS_OF_BLOCK; seed++)
    for (let at = 0; at < HISTORIES; at++) coverage.add(featuresOf(seed, at, HISTORIES))
  const { least, rarest } = coverage.summary()
  assert.ok(least >= 20, `${rarest}: ${least}`)
  assert.deepEqual(generate(7, 3), generate(7, 3))
})
