import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { currencyOf } from '../base/currency.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import { powerOfTen } from '../base/rounding.ts'
import type { Conversion, Meter } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from '../rating/accumulate.ts'
import { chargedAmount } from '../rating/charged-amount.ts'
import { compilePrice } from '../rating/compile-price.ts'
import type { Aggregate } from '../rating/models/price-model.ts'
import { NOTHING_YET } from '../rating/modifiers/session-rules.ts'
import { billedCut, billedQuantity, isRatedUse } from '../rating/record-use.ts'
import { addLot, type Balances, newBalances, type Pool, type SessionPart } from './balances.ts'
import { BalancePoster, type Payer, type UseContext } from './deductions.ts'
import { planGrant } from './grant.ts'
import { applyMovement, applyToMember, type MovementSink, totalOf } from './movements.ts'
import { type OperationContext, openLot } from './operations.ts'
import { applyGrant, type CounterEffect, reportUse } from './reservation.ts'
import type { PricedCounter } from './use.ts'

const RATING = currencyOf('EUR').ratingScale
const METER: Meter = {
  code: 'seconds',
  name: 'Seconds',
  eventType: 'call',
  aggregator: 'sum',
  property: 'seconds',
  unit: 's',
  scale: 0,
}

/** One account with one price: what the engine does, without an engine. */
class World {
  readonly balances: Balances = newBalances('acme')
  readonly sink: MovementSink = {
    open: (_account, lot) => addLot(this.balances, lot),
    move: (movement) => {
      applyMovement(this.balances, movement)
      applyToMember(this.balances, movement)
    },
  }
  readonly payers: Payer[]
  readonly price
  aggregate: Aggregate
  amount = 0n
  pool: Pool | undefined

  constructor(rate: RateTerms, money: bigint, units: bigint, convert?: Conversion) {
    const price = { kind: 'usage' as const, code: 'calls', name: 'Calls', meter: 'seconds', rate, convert }
    this.price = compilePrice(price, 'EUR', METER)
    this.aggregate = emptyAggregate(this.element)
    this.payers = [{ balances: this.balances, creditLimit: 0n, caps: null }]
    const operation: OperationContext = {
      balances: this.balances,
      creditLimit: 0n,
      nowMs: 0,
      period: 0,
      sink: this.sink,
    }
    const lot = { priority: 1, fromMs: 0, untilMs: null, scope: null, isShared: false, origin: 'test' }
    if (units > 0n)
      openLot(operation, { ...lot, unit: 's', source: 'plan', amount: units * powerOfTen(UNIT_SCALE) }, 'plan')
    openLot(operation, { ...lot, unit: null, source: 'paid', amount: money }, 'top_up')
  }

  get element(): World['price']['elements'][number] {
    return this.price.elements[0] as World['price']['elements'][number]
  }

  get counter(): PricedCounter {
    const { price, element, aggregate, amount, pool } = this
    return { price, element, aggregate, amount, pool }
  }

  get context(): UseContext {
    const names = { meter: 'seconds', price: 'calls', cell: '', subscription: 's' }
    return { ...names, nowMs: 1, usedMs: 1, member: this.balances, period: 0 }
  }

  get poster(): BalancePoster {
    return new BalancePoster(this.sink, this.context)
  }

  private take({ planned, pool }: CounterEffect): void {
    this.aggregate = planned.after
    this.amount = planned.amountAfter
    this.pool = pool
  }

  grant(part: SessionPart, asked: bigint): bigint {
    const grant = planGrant(this.counter, part, this.payers, this.context, asked)
    this.take(applyGrant(part, this.counter, this.payers, this.context, this.poster, grant))
    return grant.granted
  }

  report(part: SessionPart, used: bigint): void {
    this.take(reportUse(part, this.counter, this.payers, this.context, this.poster, used))
  }

  get money(): { remaining: bigint; held: bigint } {
    const lots = this.balances.lots.filter(({ unit }) => unit === null)
    return {
      remaining: lots.reduce((sum, lot) => sum + lot.remaining, 0n),
      held: lots.reduce((sum, lot) => sum + lot.held, 0n),
    }
  }
}

function newPart(): SessionPart {
  return { pool: '', ...NOTHING_YET, units: [], reserved: 0n, reservedSession: 0n }
}

const cents = fc.integer({ min: 0, max: 500 }).map((value) => `0.${String(value).padStart(3, '0')}`)
const modifiers = {
  freeUnits: fc.option(fc.integer({ min: 0, max: 80 }).map(String), { nil: undefined }),
  increments: fc.option(fc.record({ first: fc.constantFrom('1', '30', '60'), next: fc.constantFrom('1', '6', '60') }), {
    nil: undefined,
  }),
  connectionFee: fc.option(fc.oneof(cents, fc.constant('0.5')), { nil: undefined }),
  freePerSession: fc.option(fc.constantFrom('20', '60'), { nil: undefined }),
}
const maximumCost = fc.option(
  fc.record({ amount: fc.constantFrom('0.5', '0.777', '9', '31.03'), afterwards: fc.constant('free' as const) }),
  { nil: undefined },
)
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 4 }),
    fc.array(fc.tuple(cents, cents), { minLength: 5, maxLength: 5 }),
  )
  .map(([limits, prices]) =>
    [...limits.toSorted((a, b) => a - b), null].map((limit, index) => ({
      upTo: limit === null ? null : String(limit),
      unitAmount: prices[index]?.[0],
      flatAmount: prices[index]?.[1],
    })),
  )
const rates: fc.Arbitrary<RateTerms> = fc.oneof(
  fc.record({ model: fc.constant('per_unit' as const), unitAmount: cents, maximumCost, ...modifiers }),
  fc.record({ model: fc.constantFrom('graduated' as const, 'volume' as const), tiers, ...modifiers }),
  fc.record({
    model: fc.constant('package' as const),
    amount: cents,
    size: fc.constantFrom('1', '7', '100'),
    ...modifiers,
  }),
)
const money = fc.bigInt({ min: 0n, max: 60n * powerOfTen(RATING) })
const units = fc.bigInt({ min: 0n, max: 200n })
const steps = fc.array(
  fc.record({
    session: fc.nat(2),
    usedShare: fc.nat(100),
    asked: fc.bigInt({ min: 0n, max: 300n }),
  }),
  { maxLength: 30 },
)

test('sessions that stay within their grants never cost more than was held, and nothing is owed', () => {
  fc.assert(
    fc.property(rates, money, units, steps, (rate, funds, free, list) => {
      const world = new World(rate, funds, free)
      const parts = [newPart(), newPart(), newPart()]
      const granted = [0n, 0n, 0n]
      for (const { session, usedShare, asked } of list) {
        const part = parts[session] as SessionPart
        world.report(part, ((granted[session] as bigint) * BigInt(usedShare)) / 100n)
        granted[session] = world.grant(part, asked)
        const { remaining, held } = world.money
        assert.ok(remaining >= held && held >= 0n, 'held is there')
        assert.equal(held, totalOf(world.pool?.takes ?? []))
        assert.equal(world.balances.owed, 0n)
        assert.equal(funds - remaining, world.amount, 'what was paid is what was charged')
        assert.equal(world.amount, chargedAmount(world.price, world.element, world.aggregate))
      }
      for (const [session, part] of parts.entries()) world.report(part, granted[session] as bigint)
      assert.equal(world.money.held, 0n)
      assert.equal(world.balances.owed, 0n)
      assert.ok(world.balances.lots.every(({ held }) => held === 0n))
      assert.deepEqual([world.pool?.quantity, world.pool?.sessions], [0n, 0n])
    }),
    { numRuns: 300 },
  )
})

test('a session costs what one charge of its total costs, however it is chopped', () => {
  const chops = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 90n }), fc.bigInt({ min: 0n, max: 120n })), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(rates, units, chops, (rate, free, list) => {
      const chopped = new World(rate, powerOfTen(RATING + 6), free)
      const part = newPart()
      for (const [used, asked] of list) {
        chopped.report(part, used)
        chopped.grant(part, asked)
      }
      chopped.report(part, 0n)
      const whole = new World(rate, powerOfTen(RATING + 6), free)
      const total = list.reduce((sum, [used]) => sum + used, 0n)
      whole.report(newPart(), total)
      assert.equal(chopped.amount, whole.amount)
      assert.deepEqual(chopped.aggregate, whole.aggregate)
      assert.equal(chopped.money.remaining, whole.money.remaining)
    }),
    { numRuns: 300 },
  )
})

test('a grant is the largest that the balance affords: one unit more would not be covered', () => {
  fc.assert(
    fc.property(rates, fc.bigInt({ min: 0n, max: 3n * powerOfTen(RATING) }), units, (rate, funds, free) => {
      const world = new World(rate, funds, free)
      const asked = 400n
      const granted = world.grant(newPart(), asked)
      const costOf = (quantity: bigint): bigint => {
        const billed = billedQuantity(world.element, quantity)
        const rated = billed > free ? billed - free : 0n
        let peak = 0n
        for (let step = 0n; step <= rated; step++) {
          const sessions = isRatedUse(world.element, quantity, step) ? 1n : 0n
          const cut =
            step === rated && rated > 0n && world.element.freeUnits === 0n ? billedCut(world.element, billed) : 0n
          const after = accumulate(world.element, emptyAggregate(world.element), { quantity: step, sessions, cut })
          const amount = chargedAmount(world.price, world.element, after)
          if (amount > peak) peak = amount
        }
        return peak
      }
      assert.ok(costOf(granted) <= funds)
      if (granted < asked) assert.ok(costOf(granted + 1n) > funds)
    }),
    { numRuns: 150 },
  )
})

const MINUTES: Conversion = { divideBy: '60', round: 'up', scale: 0 }
const CALL = { model: 'per_unit' as const, unitAmount: '0.10', connectionFee: '0.30' }
const atMost = (amount: string): RateTerms => ({ ...CALL, maximumCost: { amount, afterwards: 'free' } })

/** What a call costs in reports, with units of an allowance that cover some of it; seconds at 0.10, or minutes. */
const MOSTS: readonly (readonly [
  title: string,
  RateTerms,
  Conversion | undefined,
  bigint,
  reports: bigint[],
  string,
])[] = [
  ['the fee alone is the maximum cost', atMost('0.30'), undefined, 0n, [40n], '0.30'],
  ['it is in several reports, too', atMost('0.30'), undefined, 0n, [40n, 20n, 1n], '0.30'],
  ['nothing of it is left to be covered', atMost('0.30'), undefined, 100n, [40n, 20n], '0.30'],
  ['nothing is used', atMost('0.30'), undefined, 0n, [0n], '0.00'],
  ['the maximum cost pays for no whole minute', atMost('0.39'), MINUTES, 0n, [40n], '0.30'],
  ['the fee alone, in minutes', atMost('0.30'), MINUTES, 0n, [40n, 90n], '0.30'],
  ['one minute and no more', atMost('0.49'), MINUTES, 0n, [150n], '0.40'],
  ['a maximum cost above the fee', atMost('0.35'), undefined, 0n, [40n], '0.35'],
  ['units cover all that the maximum cost pays for', atMost('0.50'), undefined, 100n, [40n, 20n], '0.00'],
  ['units cover a part of that', atMost('0.50'), undefined, 1n, [40n], '0.40'],
  ['units cover a call without a maximum cost', CALL, undefined, 100n, [40n, 20n], '0.00'],
]

for (const [title, rate, convert, free, reports, amount] of MOSTS) {
  test(`a maximum cost and the connection fee: ${title}`, () => {
    const world = new World(rate, 100n * powerOfTen(RATING), free, convert)
    const part = newPart()
    for (const used of reports) world.report(part, used)
    assert.equal(Number(world.amount) / 10 ** RATING, Number(amount))
    const granted = new World(rate, world.amount, free, convert)
    assert.equal(granted.grant(newPart(), reports[0] as bigint), reports[0], 'so much money affords it')
  })
}
