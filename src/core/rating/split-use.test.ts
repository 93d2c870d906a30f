import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createZoneClock } from '../base/zone-clock.ts'
import type { Meter, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { compilePrice } from './compile-price.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import { NOTHING_YET, type SessionSoFar, sessionAfter } from './modifiers/session-rules.ts'
import { billedCut, billedQuantity, isRatedUse } from './record-use.ts'
import { rateHoldsUntil } from './selectors/rate-selector.ts'
import { splitUse, type UsedPart } from './split-use.ts'

const SECONDS: Meter = {
  code: 'seconds',
  name: 'Seconds',
  eventType: 'call',
  aggregator: 'sum',
  property: 'seconds',
  unit: 's',
  scale: 0,
}
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const KYIV = createZoneClock('Europe/Kyiv')

function callPrice(day: Partial<RateTerms>, night: Partial<RateTerms>, more: Partial<UsagePrice> = {}): UsagePrice {
  const rate = (terms: Partial<RateTerms>): RateTerms =>
    ({ model: 'per_unit', unitAmount: '0.01', ...terms }) as RateTerms
  return {
    kind: 'usage',
    code: 'calls',
    name: 'Calls',
    meter: 'seconds',
    bands: [{ name: 'day', days: DAYS, from: '08:00', to: '20:00', rate: rate(day) }],
    otherwise: { name: 'night', rate: rate(night) },
    ...more,
  }
}

function split(price: UsagePrice, start: string, quantity: bigint, end?: string, meter = SECONDS): string[] | null {
  const compiled = compilePrice(price, 'EUR', meter)
  const use = { startMs: Date.parse(start), endMs: end === undefined ? Number.NaN : Date.parse(end), quantity }
  const parts = splitUse(compiled, use, KYIV, [])
  return (
    parts?.map(({ elementAt, quantity: used, billed }) => `${compiled.elements[elementAt]?.name} ${used} ${billed}`) ??
    null
  )
}

test('a call that begins by day and ends by night is charged in two parts', () => {
  const price = callPrice({}, {})
  assert.deepEqual(split(price, '2026-06-01T16:59:00Z', 180n), ['day 60 60', 'night 120 120'])
  assert.equal(split(price, '2026-06-01T16:59:00Z', 60n), null, 'the band ends where the call does')
  assert.equal(split(callPrice({}, {}, { crossing: 'start' }), '2026-06-01T16:59:00Z', 180n), null)
})

test('a call over the whole night has one part by day, of what is before and after', () => {
  assert.deepEqual(split(callPrice({}, {}), '2026-06-01T16:00:00Z', 50_400n), ['day 7200 7200', 'night 43200 43200'])
})

test('a night of the change of clocks is an hour longer or shorter', () => {
  const price = callPrice({}, {})
  const parts = (day: string, hours: bigint): string[] | null => split(price, `${day}T18:00:00Z`, hours * 3600n)
  assert.deepEqual(parts('2026-10-24', 14n), ['night 43200 43200', 'day 7200 7200'])
  assert.deepEqual(parts('2026-03-28', 14n), ['night 39600 39600', 'day 10800 10800'])
})

test('an increment is billed where it begins, and free seconds are the first ones', () => {
  const minutes = callPrice({ increments: { first: '60', next: '60' } }, { increments: { first: '60', next: '60' } })
  assert.deepEqual(split(minutes, '2026-06-01T16:59:30Z', 70n), ['day 30 60', 'night 40 60'])
  assert.deepEqual(split(minutes, '2026-06-01T16:59:30Z', 60n), ['day 30 60', 'night 30 0'])
  const free = callPrice({ freePerSession: '100' }, { freePerSession: '100' })
  assert.deepEqual(split(free, '2026-06-01T16:59:00Z', 180n), ['day 60 0', 'night 120 80'])
})

test('what the first band has billed beyond its end is not billed again by the next, nor left out', () => {
  const [minute, second] = [
    { first: '60', next: '60' },
    { first: '1', next: '1' },
  ]
  const calls = (day: typeof minute, night: typeof minute): UsagePrice =>
    callPrice({ increments: day }, { increments: night })
  assert.deepEqual(split(calls(minute, second), '2026-06-01T16:59:50Z', 30n), ['day 10 60', 'night 20 0'])
  assert.deepEqual(split(calls(minute, second), '2026-06-01T16:59:50Z', 70n), ['day 10 60', 'night 60 10'])
  assert.deepEqual(split(calls(second, minute), '2026-06-01T16:59:59Z', 60n), ['day 1 1', 'night 59 60'])
  const plain = callPrice({ increments: minute }, {})
  assert.deepEqual(split(plain, '2026-06-01T16:59:50Z', 70n), ['day 10 60', 'night 60 10'])
})

test('a fee of one band alone is part of the maximum cost', () => {
  const maximumCost = { amount: '5.00', afterwards: 'free' as const }
  const paid = { unitAmount: '1', maximumCost, connectionFee: '1' }
  const free = { unitAmount: '1', maximumCost }
  assert.deepEqual(split(callPrice(paid, free), '2026-06-01T16:59:58Z', 60n), ['day 2 2', 'night 58 2'])
  assert.deepEqual(split(callPrice(free, paid), '2026-06-01T16:59:58Z', 60n), ['day 2 2', 'night 58 3'])
})

test('the maximum cost is one for the call, whatever its bands cost', () => {
  const maximumCost = { amount: '1.00', afterwards: 'free' as const }
  const price = callPrice({ unitAmount: '0.02', maximumCost }, { maximumCost })
  assert.deepEqual(split(price, '2026-06-01T16:59:20Z', 300n), ['day 40 40', 'night 260 20'])
  assert.deepEqual(split(price, '2026-06-01T16:58:20Z', 300n), ['day 100 50', 'night 200 0'])
})

test('what is not time is shared by the time of the record; without an end it is where it begins', () => {
  const meter = { ...SECONDS, code: 'mb', property: 'mb', unit: 'MB', scale: 3 }
  const price = callPrice({}, {}, { meter: 'mb' })
  const at = '2026-06-01T16:50:00Z'
  assert.deepEqual(split(price, at, 1000n, '2026-06-01T17:20:00Z', meter), ['day 333 333', 'night 667 667'])
  assert.equal(split(price, at, 1000n, undefined, meter), null)
  assert.deepEqual(split(price, at, 1n, '2026-06-01T17:20:00Z', meter), ['night 1 1'])
})

test('a call of ten minutes in an hour ends after ten minutes; time of ten at once ends with the record', () => {
  const price = callPrice({}, {})
  assert.equal(split(price, '2026-06-01T16:45:00Z', 600n, '2026-06-01T17:45:00Z'), null)
  const parts = ['day 9000 9000', 'night 27000 27000']
  assert.deepEqual(split(price, '2026-06-01T16:45:00Z', 36_000n, '2026-06-01T17:45:00Z'), parts)
})

test('a price with an amount of its own for each record, and a count, are not split', () => {
  assert.equal(split(callPrice({ perRecord: { minimum: '0.10' } }, {}), '2026-06-01T16:59:00Z', 180n), null)
  const count = { ...SECONDS, aggregator: 'count' as const }
  assert.equal(split(callPrice({}, {}), '2026-06-01T16:59:00Z', 180n, '2026-06-01T17:59:00Z', count), null)
})

test('a part of the time without a rate leaves the record without a price', () => {
  const schedule = { code: 's', stepMinutes: 60, starts: [Date.parse('2026-06-01T16:00:00Z')], values: ['high'] }
  const { bands: _bands, otherwise: _otherwise, ...price } = callPrice({}, {})
  const rates = { high: { model: 'per_unit', unitAmount: '1' } as const }
  const compiled = compilePrice({ ...price, schedule: { code: 's', rates } }, 'EUR', SECONDS, { schedule })
  const use = { startMs: Date.parse('2026-06-01T16:30:00Z'), endMs: Number.NaN, quantity: 3600n }
  assert.deepEqual(splitUse(compiled, use, KYIV, []), [{ elementAt: -1, quantity: 3600n, billed: 3600n, cut: 0n }])
})

/** Reports of a session that are cut at the ends of bands and anywhere else, as gateways send them. */
function chopped(price: CompiledPrice, startMs: number, quantity: bigint, cuts: readonly bigint[]): UsedPart[] {
  const sums = new Map<number, { quantity: bigint; billed: bigint; cut: bigint }>()
  let before: SessionSoFar = NOTHING_YET
  const ends = [...new Set([...cuts.filter((cut) => cut > 0n && cut < quantity), quantity])].toSorted((a, b) =>
    Number(a - b),
  )
  for (const end of ends) {
    while (before.used < end) {
      const fromMs = startMs + Number(before.used) * 1000
      const elementAt = price.selector.elementAt(fromMs, KYIV)
      const untilMs = rateHoldsUntil(price.selector, fromMs, KYIV, startMs + Number(end) * 1000)
      const used = BigInt((untilMs - fromMs) / 1000)
      const element = price.elements[elementAt] as RateElement
      const billed = billedQuantity(element, used, before)
      const sum = sums.get(elementAt) ?? { quantity: 0n, billed: 0n, cut: 0n }
      const less = sum.cut + billedCut(element, billed, before)
      sums.set(elementAt, { quantity: sum.quantity + used, billed: sum.billed + billed, cut: less })
      const isRated = before.isRated || isRatedUse(element, used, billed)
      before = sessionAfter(element.sessionRules, before, used, billed, isRated)
    }
  }
  return [...sums].map(([elementAt, sum]) => ({ elementAt, ...sum }))
}

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const terms = fc.record({
  unitAmount: fc.integer({ min: 1, max: 90 }).map((cents) => (cents / 100).toFixed(2)),
  increments: optional(fc.record({ first: fc.constantFrom('6', '60'), next: fc.constantFrom('1', '6', '60') })),
  freePerSession: optional(fc.constantFrom('3', '90')),
  maximumCost: optional(
    fc.record({ amount: fc.constantFrom('0.5', '9', '77.7'), afterwards: fc.constant('free' as const) }),
  ),
})

test('a record in one piece is billed what its session is billed in any pieces, and its parts add up to it', () => {
  const starts = fc.integer({ min: 0, max: 10_000 }).map((minutes) => Date.UTC(2026, 2, 27) + minutes * 60_000)
  const lengths = fc.bigInt({ min: 1n, max: 200_000n })
  const pieces = fc.array(fc.bigInt({ min: 1n, max: 200_000n }), { maxLength: 6 })
  fc.assert(
    fc.property(terms, terms, starts, lengths, pieces, (day, night, startMs, quantity, cuts) => {
      const price = compilePrice(callPrice(day, night), 'EUR', SECONDS)
      const whole = chopped(price, startMs, quantity, [])
      const parts = splitUse(price, { startMs, endMs: Number.NaN, quantity }, KYIV, []) ?? whole
      assert.equal(
        parts.reduce((sum, part) => sum + part.quantity, 0n),
        quantity,
      )
      assert.deepEqual(parts, chopped(price, startMs, quantity, cuts))
    }),
  )
})
