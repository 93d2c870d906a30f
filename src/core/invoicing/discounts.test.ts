import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DiscountInForce, DiscountTerms } from './discount-terms.ts'
import { type DiscountTarget, type Given, giveDiscounts } from './discounts.ts'

const DAYS = ['2026-02-01', '2026-03-01', '2026-04-01'] as const
/** The first day of a month is on the bill of that month. */
const billOf = (day: string): number => Number(day.slice(5, 7)) - (day.endsWith('-01') ? 1 : 0)

function target(minor: number, more: Partial<DiscountTarget> = {}): DiscountTarget {
  const { dueDay = DAYS[0] } = more
  return {
    ...{ kind: 'usage', subscriptionId: 's', planCode: 'basic', priceCode: 'calls', months: 0 },
    ...{ plansHeld: new Set(['basic']), minor: BigInt(minor), bill: billOf(dueDay), issued: [], ...more, dueDay },
  }
}

function discount(value: DiscountTerms['value'], more: Partial<DiscountTerms & DiscountInForce> = {}): DiscountInForce {
  const {
    id = 'd',
    fromDay = '2026-01-15',
    untilDay = null,
    subscriptionId = null,
    issuedAfter = null,
    ...terms
  } = more
  const standard = { targets: {}, requires: [], minimum: null, priority: 50, exclusive: false, bestOf: null }
  const duration = { kind: 'forever' } as const
  return {
    id,
    code: id,
    name: id,
    fromDay,
    dueFrom: fromDay,
    issuedAfter,
    untilDay,
    subscriptionId,
    terms: { value, duration, ...standard, ...terms },
  }
}

const percent = (text: string): DiscountTerms['value'] => ({ kind: 'percent', percent: text })
const fixed = (amount: string, carryOver = false): DiscountTerms['value'] => ({ kind: 'fixed', amount, carryOver })

function given(targets: readonly DiscountTarget[], discounts: readonly DiscountInForce[]): Given<DiscountTarget>[] {
  return giveDiscounts(targets, discounts, 'EUR', ({ issuedAfter }) => (issuedAfter === null ? 0 : 2))
}

const takenFrom = (list: readonly Given<DiscountTarget>[], one: DiscountTarget): number =>
  Number(list.reduce((sum, part) => (part.target === one ? sum + part.minor : sum), 0n))

/** Targets, discounts, and what is taken from each target, in minor units. */
const TABLE: readonly (readonly [string, readonly DiscountTarget[], readonly DiscountInForce[], readonly number[]])[] =
  [
    ['a percentage is of each line', [target(1000), target(505)], [discount(percent('10'))], [100, 51]],
    [
      'TX-4: two coupons of 10% one after another take 19, not 20',
      [target(10_000)],
      [discount(percent('10'), { id: 'a' }), discount(percent('10'), { id: 'b' })],
      [1900],
    ],
    [
      'TX-1: a coupon of 10.00 splits over 100, 50, 30 and 20',
      [target(10_000), target(5000), target(3000), target(2000)],
      [discount(fixed('10'))],
      [500, 250, 150, 100],
    ],
    ['thirds of a fixed amount add up', [target(1), target(1), target(1)], [discount(fixed('0.02'))], [1, 1, 0]],
    ['a fixed amount takes no more than there is', [target(300)], [discount(fixed('10'))], [300]],
    [
      'what falls due first is discounted first',
      [target(700, { dueDay: '2026-01-20', bill: 1 }), target(2000)],
      [discount(fixed('10'))],
      [700, 300],
    ],
    [
      'without carrying over, the rest of a bill is lost',
      DAYS.map((dueDay) => target(700, { dueDay })),
      [discount(fixed('10'), { duration: { kind: 'once' } })],
      [700, 0, 0],
    ],
    [
      'an amount that is there once carries over until it is used up',
      DAYS.map((dueDay) => target(400, { dueDay })),
      [discount(fixed('10', true), { duration: { kind: 'once' } })],
      [400, 400, 200],
    ],
    [
      'once is the first bill with something to take from',
      [target(0), target(500, { dueDay: DAYS[1] }), target(500, { dueDay: DAYS[2] })],
      [discount(percent('50'), { duration: { kind: 'once' } })],
      [0, 250, 0],
    ],
    [
      'two bills are two bills',
      DAYS.map((dueDay) => target(1000, { dueDay })),
      [discount(percent('10'), { duration: { kind: 'bills', count: 2 } })],
      [100, 100, 0],
    ],
    [
      'M5: bills with nothing to take from are not counted, as where all is in arrears of a month',
      [target(0), target(1000, { dueDay: DAYS[1] }), target(1000, { dueDay: DAYS[2] })],
      [discount(percent('50'), { duration: { kind: 'bills', count: 1 } })],
      [0, 500, 0],
    ],
    [
      'M6: what was billed before it was redeemed is none of its business, and what came to it since is on the first bill after',
      [
        target(1500, { issued: [{ id: '1', minor: 1000n }] }),
        target(700, { issued: [{ id: '1', minor: 700n }] }),
        target(1000, { dueDay: DAYS[1] }),
      ],
      [discount(percent('50'), { duration: { kind: 'once' }, issuedAfter: '2' })],
      [250, 0, 500],
    ],
    [
      'M6: the discount before it took its share of what was billed before',
      [target(1500, { issued: [{ id: '1', minor: 1000n }] })],
      [discount(percent('10'), { id: 'a' }), discount(percent('10'), { id: 'b', issuedAfter: '2' })],
      [195],
    ],
    [
      'days bound it: from the first until the day before the last',
      DAYS.map((dueDay) => target(1000, { dueDay })),
      [discount(percent('10'), { fromDay: DAYS[1], untilDay: DAYS[2] })],
      [0, 100, 0],
    ],
    [
      'targets by plan, price, kind and subscription',
      [target(100), target(100, { priceCode: 'fee', kind: 'recurring' }), target(100, { planCode: 'pro' })],
      [
        discount(percent('10'), {
          targets: { plans: ['basic'], prices: ['calls'], kinds: ['usage'] },
          subscriptionId: 's',
        }),
      ],
      [10, 0, 0],
    ],
    ['a minimum that is not reached', [target(4999)], [discount(percent('10'), { minimum: '50' })], [0]],
    ['a minimum that is reached', [target(4999), target(1)], [discount(percent('10'), { minimum: '50' })], [500, 0]],
    [
      'spend: the step reached holds for all of the bill',
      [target(60_000), target(40_000)],
      [
        discount({
          kind: 'spend',
          steps: [
            { from: '500', percent: '3' },
            { from: '1000', percent: '5' },
          ],
        }),
      ],
      [3000, 2000],
    ],
    [
      'loyalty by the months of each subscription',
      [target(1000, { months: 5 }), target(1000, { months: 12 }), target(1000, { months: 40 })],
      [
        discount({
          kind: 'loyalty',
          steps: [
            { months: 12, percent: '5' },
            { months: 24, percent: '10' },
          ],
        }),
      ],
      [0, 50, 100],
    ],
    [
      'a bundle needs all of its plans',
      [target(1000, { plansHeld: new Set(['basic', 'tv']) }), target(1000)],
      [discount(percent('20'), { requires: ['basic', 'tv'] })],
      [200, 0],
    ],
    [
      'the lowest priority comes first',
      [target(10_000)],
      [discount(percent('50'), { id: 'a' }), discount(fixed('20'), { id: 'b', priority: 10 })],
      [6000],
    ],
    [
      'an exclusive one is alone, where it gives something',
      [target(10_000)],
      [discount(percent('50'), { id: 'a' }), discount(fixed('20'), { id: 'b', exclusive: true })],
      [2000],
    ],
    [
      'an exclusive one that gives nothing does not bar the others',
      [target(10_000)],
      [discount(percent('50'), { id: 'a' }), discount(fixed('20'), { id: 'b', exclusive: true, minimum: '200' })],
      [5000],
    ],
    [
      'of a group only the best',
      [target(10_000)],
      [
        discount(percent('10'), { id: 'a', bestOf: 'g' }),
        discount(fixed('20'), { id: 'b', bestOf: 'g' }),
        discount(percent('10'), { id: 'c' }),
      ],
      [2800],
    ],
  ]

for (const [title, targets, discounts, expected] of TABLE) {
  test(`${title}: ${expected.join(', ')}`, () => {
    const list = given(targets, discounts)
    assert.deepEqual(
      targets.map((one) => takenFrom(list, one)),
      expected,
    )
  })
}

const days = fc.constantFrom('2026-01-20', ...DAYS)
const targets = fc.array(
  fc.record({ minor: fc.integer({ min: 0, max: 50_000 }), dueDay: days, months: fc.integer({ min: 0, max: 30 }) }),
  { maxLength: 12 },
)
const values: fc.Arbitrary<DiscountTerms['value']> = fc.oneof(
  fc
    .integer({ min: 0, max: 10_000 })
    .map((hundredths) => percent(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`)),
  fc.tuple(fc.integer({ min: 1, max: 900 }), fc.boolean()).map(([amount, carry]) => fixed(String(amount), carry)),
  fc.constant<DiscountTerms['value']>({
    kind: 'loyalty',
    steps: [
      { months: 3, percent: '33.3' },
      { months: 9, percent: '100' },
    ],
  }),
  fc.constant<DiscountTerms['value']>({
    kind: 'spend',
    steps: [
      { from: '10', percent: '7' },
      { from: '100', percent: '66' },
    ],
  }),
)
const discounts = fc.array(
  fc.record({
    value: values,
    priority: fc.integer({ min: 0, max: 3 }),
    exclusive: fc.boolean(),
    bestOf: fc.constantFrom(null, 'g'),
    duration: fc.constantFrom(
      { kind: 'once' } as const,
      { kind: 'forever' } as const,
      { kind: 'bills', count: 2 } as const,
    ),
  }),
  { maxLength: 5 },
)
const toTargets = (list: readonly { minor: number; dueDay: string; months: number }[]): DiscountTarget[] =>
  list.map(({ minor, ...more }) => target(minor, more))
const toDiscounts = (
  list: readonly (Partial<DiscountTerms> & { value: DiscountTerms['value'] })[],
): DiscountInForce[] => list.map(({ value, ...more }, index) => discount(value, { id: `d${index}`, ...more }))

test('no discount makes what it targets negative, and none takes less than nothing', () => {
  fc.assert(
    fc.property(targets, discounts, (someTargets, someDiscounts) => {
      const all = toTargets(someTargets)
      const list = given(all, toDiscounts(someDiscounts))
      assert.ok(list.every(({ minor }) => minor > 0n))
      for (const one of all) assert.ok(takenFrom(list, one) <= Number(one.minor))
    }),
    { numRuns: 500 },
  )
})

test('a fixed amount that carries over gives all of itself, or all that there is', () => {
  fc.assert(
    fc.property(targets, fc.integer({ min: 1, max: 2000 }), (someTargets, amount) => {
      const all = toTargets(someTargets)
      const list = given(all, [discount(fixed(String(amount), true), { duration: { kind: 'once' } })])
      const taken = list.reduce((sum, { minor }) => sum + minor, 0n)
      const there = all.reduce((sum, { minor }) => sum + minor, 0n)
      assert.equal(taken, there < BigInt(amount) * 100n ? there : BigInt(amount) * 100n)
    }),
  )
})

test('a percentage of lines that fall due together is that of their sum, rounded once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 100 }),
      (amounts, share) => {
        const list = given(
          amounts.map((minor) => target(minor)),
          [discount(percent(String(share)))],
        )
        const sum = amounts.reduce((a, b) => a + b, 0)
        assert.equal(
          list.reduce((total, { minor }) => total + minor, 0n),
          (BigInt(sum * share) + 50n) / 100n,
        )
      },
    ),
  )
})

test('charges and discounts may come in any order', () => {
  fc.assert(
    fc.property(targets, discounts, fc.nat(), (someTargets, someDiscounts, turn) => {
      const all = toTargets(someTargets)
      const list = toDiscounts(someDiscounts)
      const turned = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))]
      const sum = (parts: readonly Given<DiscountTarget>[]): bigint =>
        parts.reduce((total, { minor }) => total + minor, 0n)
      assert.equal(sum(given(all, list)), sum(given(all.toReversed(), turned)))
    }),
  )
})
