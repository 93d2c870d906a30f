import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Aggregator, Meter } from '../catalog/plan.ts'
import { registerMark } from './interval.ts'
import type { Observation, Window } from './observation.ts'
import { newSeries } from './series.ts'

const HOUR = 3_600_000
const WINDOW: Window = { fromMs: 0, untilMs: 30 * 24 * HOUR }

function meterOf(aggregator: Aggregator, more: Partial<Meter> = {}): Meter {
  return { code: 'm', name: 'M', eventType: 'e', aggregator, property: 'value', unit: 'u', scale: 0, ...more }
}

const at = (hours: number, value: number, mark = 0): Observation => {
  return { value: BigInt(value), timeMs: hours * HOUR, mark }
}

function quantityOf(meter: Meter, observations: readonly Observation[], window = WINDOW): bigint {
  const series = newSeries(meter, window)
  for (const observation of observations) {
    const expected = series.quantityWith(observation)
    series.add(observation)
    assert.equal(series.quantity, expected, 'what it would be is what it is')
  }
  return series.quantity
}

const ESTIMATE = registerMark(0, true)
const NEW_REGISTER = registerMark(7, false)
const MARCH_2023 = { fromMs: Date.UTC(2023, 2, 1), untilMs: Date.UTC(2023, 3, 1) }

const TABLE: readonly (readonly [string, Meter, readonly Observation[], bigint, Window?])[] = [
  ['LA-1, the largest of 10 and 20', meterOf('max'), [at(1, 10), at(2, 20)], 20n],
  ['LA-1, one user twice is one', meterOf('unique_count'), [at(1, 77), at(2, 77)], 1n],
  ['LA-2, the latest of 5, 7 and 6', meterOf('latest'), [at(1, 5), at(2, 7), at(3, 6)], 6n],
  ['the latest, out of order', meterOf('latest'), [at(3, 6), at(1, 5), at(2, 7)], 6n],
  [
    'LA-3: 2,500 from 5 March is 2,177.42 on average',
    meterOf('time_weighted', { scale: 2, timeUnit: 'period' }),
    [{ value: 250_000n, timeMs: Date.UTC(2023, 2, 5), mark: 0 }],
    217_742n,
    MARCH_2023,
  ],
  ['10 GB from 12 hours before the end', meterOf('time_weighted'), [at(30 * 24 - 12, 10)], 120n],
  ['a level of before the period counts from its start', meterOf('time_weighted'), [at(-5, 10), at(3, 0)], 30n],
  ['a late level of before the period', meterOf('time_weighted'), [at(-5, 10), at(3, 0), at(-2, 4)], 12n],
  ['an older level of before says nothing', meterOf('time_weighted'), [at(-2, 4), at(3, 0), at(-5, 10)], 12n],
  [
    'E6, LA-4: a level of 500, and 300 more for the last ninth of a period, by changes',
    meterOf('time_weighted', { scale: 2, timeUnit: 'period', changes: true }),
    [at(0, 50_000), at(640, 30_000)],
    53_333n,
  ],
  [
    'E6, LA-4: the same by levels',
    meterOf('time_weighted', { scale: 2, timeUnit: 'period' }),
    [at(0, 50_000), at(640, 80_000)],
    53_333n,
  ],
  [
    'E6: +2,000 and −2,000 of before the period, and two changes of one time',
    meterOf('time_weighted', { changes: true }),
    [at(-9, 2000), at(-5, -2000), at(0, 7), at(700, 1), at(700, 2)],
    5100n,
  ],
  ['the 95th of 1 to 100', meterOf('percentile'), Array.from({ length: 100 }, (_, i) => at(i, i + 1)), 95n],
  [
    'the 95th of 20 values leaves one out',
    meterOf('percentile'),
    [...Array(19)].map(() => at(1, 3)).concat(at(2, 99)),
    3n,
  ],
  ['the 100th is the largest', meterOf('percentile', { percentile: '100' }), [at(1, 3), at(2, 9)], 9n],
  [
    'E8: the 95th of the sums of two ports, 90 and 5 in every window',
    meterOf('percentile', { sumMinutes: 60 }),
    Array.from({ length: 40 }, (_, i) => at(Math.floor(i / 2) + (i % 2) / 2, i % 2 === 0 ? 90 : 5)),
    95n,
  ],
  [
    'E8: a window is a value whatever it is the sum of, so one of 20 is left out',
    meterOf('percentile', { sumMinutes: 60 }),
    [...Array(38).keys()].map((i) => at(Math.floor(i / 2), 2)).concat(at(19, 70), at(19.5, 29)),
    4n,
  ],
  [
    'E9: a register that begins again from zero: 0, 10, 0, 7 are 17',
    meterOf('interval', { resets: { within: '10' } }),
    [at(1, 0), at(2, 10), at(3, 0), at(4, 7)],
    17n,
  ],
  [
    'E9: a register that begins again and is read at 7 at once',
    meterOf('interval', { resets: { within: '10' } }),
    [at(1, 0), at(2, 10), at(4, 7)],
    17n,
  ],
  [
    'E9: a reading that comes late, before the register began again',
    meterOf('interval', { resets: { within: '10' } }),
    [at(1, 0), at(2, 10), at(4, 7), at(3, 12)],
    19n,
  ],
  [
    'E9: an estimate that was too high is put right, and no beginning',
    meterOf('interval', { resets: { within: '10' } }),
    [at(1, 0), at(2, 10, ESTIMATE), at(3, 7)],
    7n,
  ],
  ['readings: the steps between them', meterOf('interval'), [at(-1, 100), at(1, 130), at(2, 170)], 70n],
  ['a first reading is where it starts', meterOf('interval'), [at(1, 130)], 0n],
  ['a late reading between two', meterOf('interval'), [at(-1, 100), at(2, 170), at(1, 130)], 70n],
  ['a register that goes round', meterOf('interval', { rollOver: '1000' }), [at(-1, 990), at(1, 15)], 25n],
  [
    'another register has its own start',
    meterOf('interval'),
    [at(-1, 100), at(1, 130), at(1, 5, NEW_REGISTER), at(2, 9, NEW_REGISTER)],
    34n,
  ],
  [
    'an estimate that was too high',
    meterOf('interval', { rollOver: '1000' }),
    [at(-1, 100), at(1, 160, ESTIMATE), at(2, 150)],
    50n,
  ],
  [
    'a true reading takes the place of an estimate',
    meterOf('interval'),
    [at(-1, 100), at(1, 160, ESTIMATE), at(1, 150)],
    50n,
  ],
]

for (const [title, meter, observations, expected, window] of TABLE) {
  test(title, () => {
    assert.equal(quantityOf(meter, observations, window), expected)
  })
}

test('a reading that falls is refused, unless the register goes round or an estimate is put right', () => {
  const series = newSeries(meterOf('interval'), WINDOW)
  for (const observation of [at(1, 100), at(3, 120)]) series.add(observation)
  assert.match(series.faultOf(at(4, 119)) ?? '', /below the one before/)
  assert.match(series.faultOf(at(2, 121)) ?? '', /above the one after/)
  assert.equal(series.faultOf(at(2, 110)), null)
  assert.equal(series.faultOf(at(4, 1, NEW_REGISTER)), null)
  const round = newSeries(meterOf('interval', { rollOver: '1000' }), WINDOW)
  round.add(at(1, 100))
  assert.equal(round.faultOf(at(4, 5)), null)
  assert.match(round.faultOf(at(4, 1000)) ?? '', /beyond where the register goes round/)
})

const observations = fc.array(
  fc.record({
    value: fc.bigInt({ min: 0n, max: 40n }),
    timeMs: fc.integer({ min: -10, max: 719 }).map((hours) => hours * HOUR),
    mark: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 25 },
)
const shuffled = observations.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
)
const METERS = [
  meterOf('max'),
  meterOf('latest'),
  meterOf('unique_count'),
  meterOf('percentile', { percentile: '90' }),
  meterOf('percentile', { percentile: '90', sumMinutes: 120 }),
  meterOf('time_weighted', { timeUnit: 'day', scale: 2 }),
  meterOf('time_weighted', { timeUnit: 'day', scale: 2, changes: true }),
  meterOf('interval', { rollOver: '50' }),
  meterOf('interval', { resets: { within: '12' } }),
  meterOf('interval'),
]

for (const meter of METERS) {
  test(`${meter.aggregator}: the order of records does not matter, and what is kept gives the same again`, () => {
    fc.assert(
      fc.property(shuffled, ([inOrder, mixed]) => {
        const quantity = quantityOf(meter, inOrder)
        assert.equal(quantityOf(meter, mixed), quantity)
        const series = newSeries(meter, WINDOW)
        for (const observation of inOrder) series.add(observation)
        assert.equal(quantityOf(meter, [...series.kept()]), quantity)
      }),
    )
  })
}

test('E9: a reading that falls to more than the bound is refused', () => {
  const series = newSeries(meterOf('interval', { resets: { within: '10' } }), WINDOW)
  for (const observation of [at(1, 100), at(5, 120)]) series.add(observation)
  assert.equal(series.faultOf(at(6, 10)), null)
  assert.match(series.faultOf(at(6, 11)) ?? '', /below the one before it, and beyond what a register that began again/)
  assert.match(series.faultOf(at(2, 121)) ?? '', /above the one after/)
})

test('levels and readings: what is cut into two periods adds up to one', () => {
  const half = 15 * 24 * HOUR
  const cut = [
    meterOf('time_weighted'),
    meterOf('time_weighted', { changes: true }),
    meterOf('interval', { rollOver: '50' }),
    meterOf('interval', { resets: { within: '12' } }),
  ]
  for (const meter of cut) {
    fc.assert(
      fc.property(observations, (list) => {
        const first = newSeries(meter, { fromMs: 0, untilMs: half })
        const second = newSeries(meter, { fromMs: half, untilMs: WINDOW.untilMs })
        for (const observation of list.filter(({ timeMs }) => timeMs < half)) first.add(observation)
        for (const seed of first.carried()) second.add(seed)
        for (const observation of list.filter(({ timeMs }) => timeMs >= half)) second.add(observation)
        assert.equal(first.quantity + second.quantity, quantityOf(meter, list))
      }),
    )
  }
})
