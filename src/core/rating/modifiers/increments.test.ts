import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Meter } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from '../accumulate.ts'
import { chargedAmount, exactAmount } from '../charged-amount.ts'
import { compilePrice } from '../compile-price.ts'
import type { CompiledPrice, RateElement } from '../compiled-price.ts'
import type { Aggregate } from '../models/price-model.ts'
import { billedQuantity } from '../record-use.ts'
import type { SessionRules } from './session-rules.ts'

/** Order of records and chopping do not matter where calls are rounded up to increments and cost a fee each. */

const METER: Meter = {
  code: 'seconds',
  name: 'Seconds',
  eventType: 'call',
  aggregator: 'sum',
  property: 'seconds',
  unit: 's',
  scale: 1,
}

const cents = fc.integer({ min: 0, max: 99_999 }).map((value) => `0.${String(value).padStart(5, '0')}`)
const modifiers = {
  freeUnits: fc.option(fc.integer({ min: 0, max: 300 }).map(String), { nil: undefined }),
  increments: fc.record({
    first: fc.constantFrom('0.1', '1', '30', '60'),
    next: fc.constantFrom('0.3', '1', '6', '60'),
  }),
  connectionFee: cents,
}
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
  fc.record({ model: fc.constant('per_unit' as const), unitAmount: cents, ...modifiers }),
  fc.record({ model: fc.constantFrom('graduated' as const, 'volume' as const), tiers, ...modifiers }),
  fc.record({
    model: fc.constant('package' as const),
    amount: cents,
    size: fc.constantFrom('1', '7', '100'),
    ...modifiers,
  }),
)
const prices = fc
  .tuple(rates, fc.constantFrom('EUR', 'JPY', 'BTC'))
  .map(([rate, currency]) =>
    compilePrice({ kind: 'usage', code: 'calls', name: 'Calls', meter: 'seconds', rate }, currency, METER),
  )
/** Lengths of calls, in tenths of a second; a call of no length is none. */
const calls = fc.array(fc.bigInt({ min: 0n, max: 2_000n }), { maxLength: 20 })
const cuts = fc.array(fc.bigInt({ min: 0n, max: 100n }), { minLength: 1, maxLength: 6 })

function elementOf({ elements }: CompiledPrice): RateElement {
  return elements[0] as RateElement
}

/** One report of a call that had used so much before: what the engine adds to the counter. */
function report(element: RateElement, aggregate: Aggregate, before: bigint, used: bigint, isRated: boolean): Aggregate {
  const quantity = billedQuantity(element, before + used) - billedQuantity(element, before)
  const sessions = quantity > 0n && !isRated ? 1n : 0n
  return quantity === 0n ? aggregate : accumulate(element, aggregate, { quantity, sessions })
}

interface Charged {
  readonly aggregate: Aggregate
  readonly charged: bigint
}

/** Charges reports one after another, each by the increase that it makes. `parts` are the reports of each call. */
function chargeAll(price: CompiledPrice, parts: readonly (readonly bigint[])[], from?: Charged): Charged {
  const element = elementOf(price)
  let aggregate = from?.aggregate ?? emptyAggregate(element)
  let charged = from?.charged ?? 0n
  for (const call of parts) {
    let [before, isRated] = [0n, false]
    for (const used of call) {
      const after = report(element, aggregate, before, used, isRated)
      charged += chargedAmount(price, element, after) - chargedAmount(price, element, aggregate)
      isRated ||= after !== aggregate
      before += used
      aggregate = after
    }
  }
  return { aggregate, charged }
}

const whole = (list: readonly bigint[]): bigint[][] => list.map((length) => [length])

test('with increments and a connection fee the order of calls does not matter', () => {
  const shuffled = calls.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  )
  fc.assert(
    fc.property(prices, shuffled, (price, [inOrder, mixed]) => {
      assert.deepEqual(chargeAll(price, whole(mixed)), chargeAll(price, whole(inOrder)))
    }),
  )
})

test('a call costs the same however it is chopped into reports: increments are counted from its beginning', () => {
  fc.assert(
    fc.property(prices, calls, cuts, (price, list, shares) => {
      const chopped = list.map((length) => {
        let rest = length
        const reports = shares.map((share) => {
          const part = (length * share) / 600n
          rest -= part
          return part
        })
        return [...reports, rest]
      })
      assert.deepEqual(chargeAll(price, chopped), chargeAll(price, whole(list)))
    }),
  )
})

test('a period in parts, each charged on what the ones before have left, costs what the whole costs', () => {
  fc.assert(
    fc.property(prices, calls, fc.nat(20), (price, list, at) => {
      const [first, second] = [list.slice(0, at), list.slice(at)]
      const parts = chargeAll(price, whole(second), chargeAll(price, whole(first)))
      assert.deepEqual(parts, chargeAll(price, whole(list)))
      // And the parts' own counters add up to that of the whole.
      const [a, b] = [chargeAll(price, whole(first)).aggregate, chargeAll(price, whole(second)).aggregate]
      const sum = a.map((measure, index) => measure + (b[index] as bigint))
      assert.deepEqual(exactAmount(price, elementOf(price), sum), exactAmount(price, elementOf(price), parts.aggregate))
    }),
  )
})

test('each call of some length pays one fee, and is rounded up on its own', () => {
  fc.assert(
    fc.property(prices, calls, (price, list) => {
      const element = elementOf(price)
      const { aggregate } = chargeAll(price, whole(list))
      const { first, next } = (element.sessionRules as SessionRules).increments as { first: bigint; next: bigint }
      const billed = list.map((length) => {
        if (length === 0n) return 0n
        let steps = first
        while (steps < length) steps += next
        return steps
      })
      assert.equal(
        aggregate[0],
        billed.reduce((sum, quantity) => sum + quantity, 0n),
      )
      if (element.sessionsAt >= 0) assert.equal(aggregate.at(-1), BigInt(list.filter((length) => length > 0n).length))
    }),
  )
})
