import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addExact, type Exact, exact, formatExact, roundExact } from '../base/exact.ts'
import { dayOf, daysIn, periodAt, periodIndexOf, startOfDayMs } from '../base/period.ts'
import type { Plan, RecurringPrice } from '../catalog/plan.ts'
import { inLocalDays } from '../subscriptions/local-days.ts'
import { foldTimeline, type TimelineChange } from '../subscriptions/timeline.ts'
import { type Billable, type BilledBefore, billableKey, toInvoiceLines } from './invoice-lines.ts'
import { isCharged, opensPeriods, recurringDue } from './recurring.ts'

const MONTH = { unit: 'month', count: 1 } as const
type Proration = RecurringPrice['proration']

/** Plans a, b and c, each with one monthly fee. */
function plansOf(proration: Proration, timing: RecurringPrice['timing'] = 'advance'): Map<string, Plan> {
  const amounts = { a: '31.07', b: '62.99', c: '10' }
  return new Map(
    Object.entries(amounts).map(([code, amount]) => {
      const fee: RecurringPrice = {
        kind: 'recurring',
        code: 'fee',
        name: 'Fee',
        amount,
        every: MONTH,
        timing,
        proration,
      }
      return [code, { code, name: code, currency: 'EUR', prices: [fee] }]
    }),
  )
}

interface World {
  readonly zone: string
  readonly anchor: string
  readonly startMs: number
  readonly plans: ReadonlyMap<string, Plan>
}

/** What is due on a day, whole, by everything that is known of the subscription. */
function due({ zone, anchor, startMs, plans }: World, changes: readonly TimelineChange[], onDay: string): Billable[] {
  const origin = { startMs, endMs: null, planVersionId: 'a', quantity: 1, zone, trialDays: null, term: null }
  const intervals = inLocalDays(
    foldTimeline(origin, changes, () => undefined),
    zone,
  )
  return [...plans].flatMap(([planVersionId, plan]) => {
    const price = plan.prices[0] as RecurringPrice
    const timeline = {
      anchor,
      zone,
      intervals,
      applies: (interval: (typeof intervals)[number]) =>
        interval.planVersionId === planVersionId && isCharged(price, interval),
      opens: (interval: (typeof intervals)[number]) =>
        opensPeriods(plans.get(interval.planVersionId), price.every, interval),
    }
    return recurringDue(price, timeline, onDay).map(({ period, active, amount }) => ({
      ...{ kind: 'recurring' as const, subscriptionId: 's', planVersionId, priceCode: 'fee', cell: '' },
      ...{ period, shown: active, isLate: false, description: 'Fee', amount, usage: null },
    }))
  })
}

/** Bills again and again, each time with what is known then: what earlier documents billed is taken from the whole. */
class Biller {
  readonly billed = new Map<string, BilledBefore>()
  private readonly known = new Map<string, Billable>()

  bill(billables: readonly Billable[]): bigint {
    const keys = new Set(billables.map(billableKey))
    const withdrawn = [...this.known].filter(([key]) => !keys.has(key))
    const all = [...billables, ...withdrawn.map(([, billable]) => ({ ...billable, amount: exact(0n) }))]
    let total = 0n
    for (const line of toInvoiceLines(all, this.billed, 'EUR')) {
      const key = billableKey(line)
      const before = this.billed.get(key)?.amountMinor ?? 0n
      this.billed.set(key, { amountMinor: before + line.amountMinor, measures: [], records: 0 })
      this.known.set(key, line)
      total += line.amountMinor
    }
    return total
  }

  get total(): bigint {
    return [...this.billed.values()].reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  }
}

const HALF_HOUR_MS = 1_800_000
const contents = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map((planVersionId) => ({ kind: 'plan' as const, planVersionId })),
  fc.integer({ min: 1, max: 4 }).map((quantity) => ({ kind: 'quantity' as const, quantity })),
  fc.constantFrom({ kind: 'pause' as const }, { kind: 'resume' as const }),
)
/** Times in half-hours from the start on, in any order: what is recorded later may be for earlier. */
const chains = fc.array(fc.tuple(fc.integer({ min: 0, max: 48 * 45 }), contents), { maxLength: 10 })
const zones = fc.constantFrom('UTC', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca')
const starts = fc.integer({ min: 0, max: 330 }).map((days) => Date.UTC(2026, 0, 1 + days, 9, 30))

const worldOf = (zone: string, startMs: number, proration: Proration, timing?: 'arrears'): World => {
  return { zone, anchor: '2026-01-31', startMs, plans: plansOf(proration, timing) }
}

function timed(chain: readonly (readonly [number, TimelineChange['content']])[], startMs: number): TimelineChange[] {
  return chain.map(([step, content], position) => ({ effectiveMs: startMs + step * HALF_HOUR_MS, position, content }))
}

/** State by state, in the slowest way: what holds at an instant, by reading the list from its beginning. */
function stateOf(changes: readonly TimelineChange[], atMs: number): { plan: string; seats: number; isPaused: boolean } {
  const state = { plan: 'a', seats: 1, isPaused: false }
  const known = changes.filter(({ effectiveMs }) => effectiveMs <= atMs)
  for (const { content } of known.toSorted((x, y) => x.effectiveMs - y.effectiveMs || x.position - y.position)) {
    if (content.kind === 'plan') state.plan = content.planVersionId
    if (content.kind === 'quantity') state.seats = content.quantity
    if (content.kind === 'pause') state.isPaused = true
    if (content.kind === 'resume') state.isPaused = false
  }
  return state
}

/** Adds up a fee day by day, or half-hour by half-hour, and rounds each plan's fee of each period once. */
function slowTotal(world: World, changes: readonly TimelineChange[], untilDay: string, bySecond: boolean): bigint {
  const sums = new Map<string, Exact>()
  const endMs = startOfDayMs(untilDay, world.zone)
  const add = (day: string, atMs: number, lengthMs: number): void => {
    const { plan, seats, isPaused } = stateOf(changes, atMs)
    if (isPaused) return
    const period = periodAt(world.anchor, MONTH, periodIndexOf(world.anchor, MONTH, day))
    const periodMs = startOfDayMs(period.end, world.zone) - startOfDayMs(period.start, world.zone)
    const whole = bySecond ? BigInt(periodMs) : BigInt(daysIn(period))
    const cents = { a: 3107n, b: 6299n, c: 1000n }[plan] as bigint
    const key = `${plan} ${period.start}`
    const part = exact(cents * BigInt(seats) * (bySecond ? BigInt(lengthMs) : 1n), 2, whole)
    sums.set(key, addExact(sums.get(key) ?? exact(0n), part))
  }
  if (bySecond) {
    for (let atMs = world.startMs; atMs < endMs; atMs += HALF_HOUR_MS) add(dayOf(atMs, world.zone), atMs, HALF_HOUR_MS)
  } else {
    for (let day = dayOf(world.startMs, world.zone); day < untilDay; ) {
      const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
      add(day, startOfDayMs(next, world.zone) - 1, 0)
      day = next
    }
  }
  return [...sums.values()].reduce((sum, amount) => sum + roundExact(amount, 2), 0n)
}

/** Everything is due, and a period has just ended: an open subscription's next fee is not due yet. */
const lastDay = (world: World): string => {
  const index = periodIndexOf(world.anchor, MONTH, dayOf(world.startMs, world.zone))
  return periodAt(world.anchor, MONTH, index + 2).end
}

for (const bySecond of [false, true]) {
  const proration = bySecond ? 'second' : 'day'
  test(`by ${proration}: chains of changes, billed after each, bill what a slow count says, and never less than nothing`, () => {
    fc.assert(
      fc.property(zones, starts, chains, (zone, startMs, chain) => {
        const world = worldOf(zone, startMs, proration, 'arrears')
        const changes = timed(chain, startMs)
        const biller = new Biller()
        for (const [index, { effectiveMs }] of changes.entries()) {
          biller.bill(due(world, changes.slice(0, index + 1), dayOf(effectiveMs, zone)))
          assert.ok(biller.total >= 0n)
          for (const { amountMinor } of biller.billed.values()) assert.ok(amountMinor >= 0n)
        }
        const until = lastDay(world)
        biller.bill(due(world, changes, until))
        assert.equal(biller.total, slowTotal(world, changes, until, bySecond))
      }),
      { numRuns: bySecond ? 40 : 100 },
    )
  })
}

test('in advance, too, no chain mints credit, and the order of billing does not matter', () => {
  fc.assert(
    fc.property(
      zones,
      starts,
      chains,
      fc.constantFrom<Proration>('day', 'second', 'fixed30', 'none'),
      (zone, startMs, chain, proration) => {
        const world = worldOf(zone, startMs, proration)
        const changes = timed(chain, startMs)
        const until = dayOf(startMs + 46 * 48 * HALF_HOUR_MS, zone)
        const [often, once] = [new Biller(), new Biller()]
        for (const [index, { effectiveMs }] of changes.entries()) {
          often.bill(due(world, changes.slice(0, index + 1), dayOf(effectiveMs, zone)))
          assert.ok(often.total >= 0n)
        }
        often.bill(due(world, changes, until))
        once.bill(due(world, changes, until))
        assert.equal(often.total, once.total)
      },
    ),
  )
})

test('returning to the start at one instant costs nothing, whatever lies between', () => {
  fc.assert(
    fc.property(zones, starts, chains, fc.integer({ min: 0, max: 48 * 45 }), (zone, startMs, chain, step) => {
      const world = worldOf(zone, startMs, 'second')
      const detour = chain.map(([, content]) => [step, content] as const)
      const home = [
        { kind: 'plan', planVersionId: 'a' },
        { kind: 'quantity', quantity: 1 },
        { kind: 'resume' },
      ] as const
      const changes = timed([...detour, ...home.map((content) => [step, content] as const)], startMs)
      const until = lastDay(world)
      assert.deepEqual(due(world, changes, until), due(world, [], until))
    }),
  )
})

test('the shares of a period add up to the whole, however it is cut, for every proration', () => {
  fc.assert(
    fc.property(
      zones,
      starts,
      fc.array(fc.integer({ min: 0, max: 48 * 40 }), { maxLength: 8 }),
      fc.constantFrom<Proration>('day', 'second', 'fixed30', 'none'),
      (zone, startMs, cuts, proration) => {
        const index = periodIndexOf('2026-01-31', MONTH, dayOf(startMs, zone)) + 1
        const period = periodAt('2026-01-31', MONTH, index)
        const world = worldOf(zone, startOfDayMs(period.start, zone), proration)
        const price = { ...(world.plans.get('a')?.prices[0] as RecurringPrice), amount: '1' }
        const changes = cuts.map((step, position) => ({
          effectiveMs: world.startMs + step * HALF_HOUR_MS,
          position,
          content: { kind: 'plan' as const, planVersionId: position % 2 === 0 ? 'b' : 'a' },
        }))
        const plans = new Map(['a', 'b'].map((code) => [code, { code, name: code, currency: 'EUR', prices: [price] }]))
        const shares = due({ ...world, plans }, changes, period.start < '2027' ? period.end : period.start)
          .filter((billable) => billable.period.start === period.start)
          .reduce((sum, { amount }) => addExact(sum, amount), exact(0n))
        assert.equal(formatExact(shares), '1')
      },
    ),
  )
})

/** Every change of clocks in 2026 that the runtime knows: the local day, and its length in hours. */
function clockChanges(zone: string): (readonly [string, string, number])[] {
  const found: [string, string, number][] = []
  let at = Temporal.Instant.from('2026-01-01T12:00:00Z').toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.year > 2026) return found
    found.push([zone, next.toPlainDate().toString(), next.hoursInDay])
    at = next
  }
}

const CLOCK_CHANGES = ['Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'].flatMap(
  clockChanges,
)

test('the changes of clocks that were announced for 2026 are among them', () => {
  const announced = [
    'Europe/Kyiv 2026-03-29 23',
    'Europe/Kyiv 2026-10-25 25',
    'America/New_York 2026-03-08 23',
    'America/New_York 2026-11-01 25',
    'Australia/Lord_Howe 2026-04-05 24.5',
    'Australia/Lord_Howe 2026-10-04 23.5',
    'Africa/Casablanca 2026-02-15 25',
    'Africa/Casablanca 2026-03-22 23',
  ]
  const found = CLOCK_CHANGES.map((row) => row.join(' '))
  assert.deepEqual(
    announced.filter((row) => !found.includes(row)),
    [],
  )
})

for (const [zone, day, hours] of CLOCK_CHANGES) {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
  const onPlanB = (proration: Proration): string => {
    const [fromMs, untilMs] = [startOfDayMs(day, zone), startOfDayMs(next, zone)]
    const startMs = startOfDayMs(`${day.slice(0, 8)}01`, zone)
    const plans = new Map(
      [...plansOf(proration)].map(([code, plan]) => {
        return [code, { ...plan, prices: plan.prices.map((price) => ({ ...price, amount: '1' })) as RecurringPrice[] }]
      }),
    )
    const toPlan = (planVersionId: string): TimelineChange['content'] => ({ kind: 'plan', planVersionId })
    const changes = [
      { effectiveMs: fromMs, position: 0, content: toPlan('b') },
      { effectiveMs: untilMs, position: 1, content: toPlan('a') },
    ]
    const world = { zone, anchor: '2026-01-01', startMs, plans }
    const [fee] = due(world, changes, next).filter(({ planVersionId }) => planVersionId === 'b')
    return formatExact((fee as Billable).amount)
  }
  test(`${zone}, ${day}: a day of ${hours} hours is one day of its month, and ${hours} hours by the second`, () => {
    const month = periodAt('2026-01-01', MONTH, periodIndexOf('2026-01-01', MONTH, day))
    const halfHours = (startOfDayMs(month.end, zone) - startOfDayMs(month.start, zone)) / HALF_HOUR_MS
    assert.equal(onPlanB('day'), formatExact(exact(1n, 0, BigInt(daysIn(month)))))
    assert.equal(onPlanB('second'), formatExact(exact(BigInt(hours * 2), 0, BigInt(halfHours))))
  })
}

/** Anchor and cycle: the first days of the first periods. */
const BILL_DAYS: readonly (readonly [string, RecurringPrice['every'], string])[] = [
  ['2024-01-29', MONTH, '2024-01-29 2024-02-29 2024-03-29 2024-04-29'],
  ['2026-01-29', MONTH, '2026-01-29 2026-02-28 2026-03-29 2026-04-29'],
  ['2024-01-30', MONTH, '2024-01-30 2024-02-29 2024-03-30 2024-04-30'],
  ['2026-01-31', MONTH, '2026-01-31 2026-02-28 2026-03-31 2026-04-30'],
  ['2024-01-31', { unit: 'month', count: 3 }, '2024-01-31 2024-04-30 2024-07-31 2024-10-31'],
  ['2024-02-29', { unit: 'year', count: 1 }, '2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29'],
  ['2024-02-29', { unit: 'week', count: 2 }, '2024-02-29 2024-03-14 2024-03-28'],
]

for (const [anchor, every, days] of BILL_DAYS) {
  test(`from ${anchor}, every ${every.count} ${every.unit}: whole periods begin on ${days}`, () => {
    const world = worldOf('UTC', startOfDayMs(anchor, 'UTC'), 'day')
    const price = { ...(world.plans.get('a')?.prices[0] as RecurringPrice), every, amount: '1' }
    const plans = new Map([['a', { code: 'a', name: 'a', currency: 'EUR', prices: [price] }]])
    const found = due({ ...world, anchor, plans }, [], days.split(' ').at(-1) as string)
    assert.deepEqual(
      found.map(({ period, amount }) => [period.start, formatExact(amount)]),
      days.split(' ').map((start) => [start, '1']),
    )
  })
}
