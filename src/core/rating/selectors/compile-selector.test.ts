import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createZoneClock } from '../../base/zone-clock.ts'
import { BAND_DAYS, type Band, type BandDay, type UsagePrice, WEEKDAYS } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { compileSelector } from './compile-selector.ts'
import { NO_RATE } from './no-rate.ts'
import { rateHoldsUntil } from './rate-selector.ts'
import { lastAtOrBefore } from './schedule-rates.ts'
import { checkBands } from './week-bands.ts'

const UTC = createZoneClock('UTC')
const MONDAY = Date.parse('2024-01-01T00:00:00Z')
const MINUTE_MS = 60_000
const HALF_HOURS = 7 * 48
const WORKDAYS: readonly BandDay[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const rate: RateTerms = { model: 'per_unit', unitAmount: '1' }

function band(name: string, days: readonly BandDay[], from: string, to: string): Band {
  return { name, days, from, to, rate }
}

function priceOf(bands: readonly Band[], more: Partial<UsagePrice> = {}): UsagePrice {
  return { kind: 'usage', code: 'calls', name: 'Calls', meter: 'seconds', bands, ...more }
}

/** Whether a band holds at a local weekday and minute: today's stretch, or the rest of yesterday's. */
function holdsAt({ days, from, to }: Band, day: number, minute: number): boolean {
  const [start = 0, end = 0] = [from, to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  const isToday = days.some((name) => name === WEEKDAYS[day])
  const isYesterday = days.some((name) => name === WEEKDAYS[(day + 6) % 7])
  if (end > start) return isToday && minute >= start && minute < end
  return (isToday && minute >= start) || (isYesterday && minute < end)
}

test('every minute of a week has the band that the tariff says, past midnight too', () => {
  const bands = [band('peak', WORKDAYS, '08:00', '19:00'), band('night', [...WEEKDAYS], '22:00', '06:30')]
  const selector = compileSelector(priceOf(bands, { otherwise: { name: 'off', rate } }))
  for (let minute = 0; minute < 10_080; minute++) {
    const holding = bands.findIndex((one) => holdsAt(one, Math.floor(minute / 1440), minute % 1440))
    const element = selector.elementAt(MONDAY + minute * MINUTE_MS, UTC)
    assert.equal(element, holding < 0 ? 2 : holding, `minute ${minute}`)
  }
})

const EDGES: readonly (readonly [string, number])[] = [
  ['2024-01-01T07:59:59.999Z', 1],
  ['2024-01-01T08:00:00Z', 0],
  ['2024-01-01T18:59:59.999Z', 0],
  ['2024-01-01T19:00:00Z', 1],
  ['2024-01-06T12:00:00Z', 1],
]

for (const [instant, element] of EDGES) {
  test(`bands are half-open: ${instant} is in cell ${element}`, () => {
    const selector = compileSelector(
      priceOf([band('peak', WORKDAYS, '08:00', '19:00')], { otherwise: { name: 'off', rate } }),
    )
    assert.equal(selector.elementAt(Date.parse(instant), UTC), element)
  })
}

test('a moment that no band covers has no cell: it is never price zero', () => {
  const selector = compileSelector(priceOf([band('peak', WORKDAYS, '08:00', '19:00')]))
  assert.equal(selector.elementAt(Date.parse('2024-01-06T12:00:00Z'), UTC), NO_RATE)
})

test('a price of one rate has one cell at all times', () => {
  const selector = compileSelector({ kind: 'usage', code: 'c', name: 'C', meter: 'm', rate })
  assert.equal(selector.elementAt(0, UTC), 0)
})

const CHANGES: readonly (readonly [string, string, string, number])[] = [
  ['a common Sunday', '2024-03-03T05:00Z', '2024-03-04T05:00Z', 120],
  ['the hour that is left out', '2024-03-10T05:00Z', '2024-03-11T04:00Z', 60],
  ['the hour that comes twice', '2024-11-03T04:00Z', '2024-11-04T05:00Z', 180],
]

for (const [title, from, to, minutes] of CHANGES) {
  test(`${title}: a band from 01:00 to 03:00 in New York lasts ${minutes} minutes`, () => {
    const bands = [band('night', ['sun'], '01:00', '03:00')]
    const selector = compileSelector(priceOf(bands, { zone: 'America/New_York', otherwise: { name: 'day', rate } }))
    let count = 0
    for (let at = Date.parse(from); at < Date.parse(to); at += MINUTE_MS) if (selector.elementAt(at, UTC) === 0) count++
    assert.equal(count, minutes)
  })
}

test('the zone of a price goes before the zone of the account', () => {
  const bands = [band('morning', [...WEEKDAYS], '00:00', '12:00')]
  const noonInKyiv = Date.parse('2024-01-01T10:00:00Z')
  const inKyiv = compileSelector(priceOf(bands, { zone: 'Europe/Kyiv' }))
  assert.equal(inKyiv.elementAt(noonInKyiv, UTC), NO_RATE)
  assert.equal(compileSelector(priceOf(bands)).elementAt(noonInKyiv, UTC), 0)
  assert.equal(compileSelector(priceOf(bands)).elementAt(noonInKyiv, createZoneClock('Europe/Kyiv')), NO_RATE)
})

const halfHours = fc
  .nat(47)
  .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`)
const bandLists = fc
  .array(fc.tuple(fc.subarray([...WEEKDAYS], { minLength: 1 }), halfHours, fc.oneof(halfHours, fc.constant('24:00'))), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.map(([days, from, to], index) => band(`band ${index}`, days, from, to)))

function ownersAt(bands: readonly Band[], half: number): number {
  return bands.filter((one) => holdsAt(one, Math.floor(half / 48), (half % 48) * 30)).length
}

test('overlaps and gaps are found exactly when some half hour has two bands or none', () => {
  fc.assert(
    fc.property(bandLists, (bands) => {
      const owners = Array.from({ length: HALF_HOURS }, (_, half) => ownersAt(bands, half))
      const withRest = checkBands(bands, true)
      assert.equal(
        withRest.some(({ message }) => message.includes('overlaps')),
        owners.some((count) => count > 1),
      )
      assert.ok(!withRest.some(({ message }) => message.includes('no band covers')))
      assert.equal(
        checkBands(bands, false).some(({ message }) => message.includes('no band covers')),
        owners.some((count) => count === 0),
      )
    }),
    { numRuns: 500 },
  )
})

test('where bands do not overlap, each half hour has its only band', () => {
  fc.assert(
    fc.property(bandLists, (bands) => {
      fc.pre(checkBands(bands, true).length === 0)
      const selector = compileSelector(priceOf(bands))
      for (let half = 0; half < HALF_HOURS; half++) {
        const owner = bands.findIndex((one) => holdsAt(one, Math.floor(half / 48), (half % 48) * 30))
        assert.equal(selector.elementAt(MONDAY + half * 30 * MINUTE_MS, UTC), owner)
      }
    }),
  )
})

test('an overlap names both bands and the first minute of it', () => {
  const [issue] = checkBands(
    [band('day', [...WEEKDAYS], '06:00', '22:01'), band('night', [...WEEKDAYS], '22:00', '06:00')],
    false,
  )
  assert.deepEqual(issue?.path, ['bands', 1])
  assert.match(issue?.message ?? '', /band "night" overlaps band "day" at mon 22:00/)
})

test('a gap names its first minute', () => {
  const bands = [band('workdays', WORKDAYS, '00:00', '24:00'), band('sunday', ['sun'], '00:00', '24:00')]
  const [gap] = checkBands(bands, false)
  assert.deepEqual(gap?.path, ['bands'])
  assert.match(gap?.message ?? '', /no band covers sat 00:00/)
})

const STEP = 15
const schedules = fc.array(fc.nat(60), { minLength: 1, maxLength: 30 }).map((slots) => {
  const starts = [...new Set(slots)].sort((a, b) => a - b).map((slot) => MONDAY + slot * STEP * MINUTE_MS)
  return {
    code: 'signal',
    stepMinutes: STEP,
    starts,
    values: starts.map((_, index) => ['low', 'high', 'mid'][index % 3] ?? ''),
  }
})
const scheduled = priceOf([], {
  bands: undefined,
  schedule: { code: 'signal', rates: { high: rate, low: rate, mid: rate } },
})

test('a moment has the value of the row whose step covers it, in any order of moments; outside there is no cell', () => {
  const moments = fc.array(fc.integer({ min: -30 * MINUTE_MS, max: 65 * STEP * MINUTE_MS }), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(schedules, moments, (schedule, offsets) => {
      const selector = compileSelector(scheduled, { schedule })
      for (const startMs of offsets.map((offset) => MONDAY + offset)) {
        const row = schedule.starts.findIndex((start) => startMs >= start && startMs < start + STEP * MINUTE_MS)
        const expected = row < 0 ? NO_RATE : ['high', 'low', 'mid'].indexOf(schedule.values[row] ?? '')
        assert.equal(selector.elementAt(startMs, UTC), expected)
      }
    }),
  )
})

test('a row of a schedule is half-open', () => {
  const schedule = {
    code: 'signal',
    stepMinutes: 30,
    starts: [MONDAY, MONDAY + 30 * MINUTE_MS],
    values: ['low', 'high'],
  }
  const selector = compileSelector(scheduled, { schedule })
  const elements = [-1, 0, 30 * MINUTE_MS - 1, 30 * MINUTE_MS, 60 * MINUTE_MS - 1, 60 * MINUTE_MS]
  assert.deepEqual(
    elements.map((offset) => selector.elementAt(MONDAY + offset, UTC)),
    [NO_RATE, 1, 1, 0, 0, NO_RATE],
  )
})

test('an empty schedule covers nothing, and a value without a rate has no cell', () => {
  assert.equal(
    compileSelector(scheduled, { schedule: { code: 'signal', stepMinutes: 15, starts: [], values: [] } }).elementAt(
      MONDAY,
      UTC,
    ),
    NO_RATE,
  )
  const unknown = { code: 'signal', stepMinutes: 15, starts: [MONDAY], values: ['peak'] }
  assert.equal(compileSelector(scheduled, { schedule: unknown }).elementAt(MONDAY, UTC), NO_RATE)
})

test('the last value at or before another is found as a linear search finds it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.integer({ min: -5, max: 55 }), (values, wanted) => {
      const sorted = Float64Array.from(values).sort()
      assert.equal(
        lastAtOrBefore(sorted, wanted),
        sorted.findLastIndex((value) => value <= wanted),
      )
    }),
  )
})

test('a holiday counts as another day of the week, from local midnight to local midnight', () => {
  const bands = [band('work', WORKDAYS, '08:00', '20:00'), band('sunday', ['sun'], '10:00', '12:00')]
  const holidays = { days: ['2024-01-02'], countAs: 'sun' } as const
  const price = priceOf(bands, { zone: 'Asia/Tokyo', holidays, otherwise: { name: 'rest', rate } })
  const selector = compileSelector(price)
  const inTokyo = (text: string): number => selector.elementAt(Date.parse(`${text}:00+09:00`), UTC)
  assert.deepEqual(
    ['2024-01-01T10:00', '2024-01-02T09:59', '2024-01-02T10:00', '2024-01-02T12:00', '2024-01-03T11:00'].map(inTokyo),
    [0, 2, 1, 2, 0],
  )
})

test('rates change when going through them minute by minute finds that they do, over changes of clocks and holidays', () => {
  const times = fc.integer({ min: 0, max: 287 }).map((at) => {
    const minute = at * 5
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  })
  const zones = ['UTC', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca']
  const starts = fc.oneof(
    ...['2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-04-04', '2026-10-03', '2026-02-14'].map((day) =>
      fc.integer({ min: 0, max: 2 * 86_400_000 }).map((ms) => Date.parse(`${day}T00:00:00Z`) + ms),
    ),
  )
  const days = fc.subarray([...BAND_DAYS], { minLength: 1 })
  const holidays = fc.option(
    fc.record({
      days: fc.subarray(['2026-03-28', '2026-03-29', '03-30', '2026-10-25', '10-26', '02-15'], { minLength: 1 }),
      countAs: fc.constantFrom(...BAND_DAYS),
    }),
    { nil: undefined },
  )
  fc.assert(
    fc.property(days, times, times, fc.constantFrom(...zones), holidays, starts, (on, from, to, zone, off, startMs) => {
      const price = priceOf([band('a', on, from, to)], { otherwise: { name: 'b', rate }, holidays: off })
      const selector = compileSelector(price)
      const clock = createZoneClock(zone)
      const element = selector.elementAt(startMs, clock)
      const limitMs = startMs + 3 * 86_400_000
      let at = (Math.floor(startMs / MINUTE_MS) + 1) * MINUTE_MS
      while (at < limitMs && selector.elementAt(at, clock) === element) at += MINUTE_MS
      assert.equal(rateHoldsUntil(selector, startMs, clock, limitMs), Math.min(at, limitMs))
    }),
    { numRuns: 300 },
  )
})

test('E5: a day of every year has a rate of its own, from local midnight to midnight, with bands within it', () => {
  const bands = [
    band('christmas morning', ['hol'], '06:00', '12:00'),
    band('night', [...WEEKDAYS], '22:00', '06:00'),
    band('work', WORKDAYS, '08:00', '18:00'),
  ]
  const price = priceOf(bands, {
    zone: 'Europe/Kyiv',
    otherwise: { name: 'rest', rate },
    holidays: { days: ['12-25', '02-29', '2026-01-07'], countAs: 'hol' },
  })
  const selector = compileSelector(price)
  for (const [time, element] of [
    ['2026-12-25T08:00+02:00', 0],
    ['2031-12-25T11:59+02:00', 0],
    ['2031-12-25T12:00+02:00', 3],
    ['2031-12-25T23:59+02:00', 1],
    ['2031-12-25T00:00+02:00', 1],
    ['2026-12-24T08:00+02:00', 2],
    ['2026-12-26T08:00+02:00', 3],
    ['2028-02-29T08:00+02:00', 0],
    ['2026-03-02T08:00+02:00', 2],
    ['2026-01-07T08:00+02:00', 0],
    ['2027-01-07T08:00+02:00', 2],
  ] as const)
    assert.equal(selector.elementAt(Date.parse(time), UTC), element, time)
})

test('E5: a day that counts as "hol" is covered, and no band holds on one that there is not', () => {
  const bands = [band('work', WORKDAYS, '00:00', '24:00'), band('weekend', ['sat', 'sun'], '00:00', '24:00')]
  const holidays = { days: ['12-25'], countAs: 'hol' as const }
  assert.match(checkBands(bands, false, holidays)[0]?.message ?? '', /no band covers hol 00:00/)
  assert.deepEqual(checkBands(bands, true, holidays), [])
  assert.deepEqual(checkBands([...bands, band('hol', ['hol'], '00:00', '24:00')], false, holidays), [])
  const twice = [...bands, band('hol', ['hol'], '00:00', '24:00'), band('morning', ['hol'], '06:00', '12:00')]
  assert.match(checkBands(twice, false, holidays)[0]?.message ?? '', /overlaps band "hol" at hol 06:00/)
  assert.match(checkBands(twice, false)[0]?.message ?? '', /no day counts as "hol"/)
  assert.deepEqual(checkBands([band('all', [...WEEKDAYS], '00:00', '24:00')], false, holidays), [])
})
