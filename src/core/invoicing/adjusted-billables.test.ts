import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exact, roundExact } from '../base/exact.ts'
import { periodAt, startOfDayMs } from '../base/period.ts'
import type { Plan, SpendBound } from '../catalog/plan.ts'
import { inLocalDays } from '../subscriptions/local-days.ts'
import { type Adjusting, adjustedBillables } from './adjusted-billables.ts'
import type { DiscountInForce } from './discount-terms.ts'
import {
  type Billable,
  type BilledBefore,
  billableKey,
  type InvoiceLine,
  targetKey,
  toInvoiceLines,
} from './invoice-lines.ts'
import { planSpansOf } from './plan-spans.ts'

const MONTH = { unit: 'month', count: 1 } as const
const ANCHOR = '2026-01-01'

const bound = (kind: SpendBound['kind'], amount: string, more: Partial<SpendBound> = {}): SpendBound => ({
  ...{ kind, code: kind, name: kind, amount, every: MONTH, proration: 'day' as const },
  ...more,
})

function factsOf(bounds: readonly SpendBound[], discounts: readonly DiscountInForce[], startDay = ANCHOR): Adjusting {
  const fromMs = startOfDayMs(startDay, 'UTC')
  const open = { untilMs: Number.POSITIVE_INFINITY, phase: null, isPaused: false, quantity: 1 }
  const life = { fromMs, planVersionId: 'v1', ...open }
  const fee = { kind: 'recurring', code: 'fee', name: 'Fee', amount: '10', every: MONTH } as const
  const plan: Plan = {
    ...{ code: 'basic', name: 'Basic', currency: 'EUR' },
    prices: [{ ...fee, timing: 'advance', proration: 'day' }, ...bounds],
  }
  return {
    currency: 'EUR',
    zone: 'UTC',
    billedUntil: null,
    issued: new Map(),
    billDays: { anchor: ANCHOR, cycle: MONTH },
    plans: new Map([['v1', plan]]),
    spans: planSpansOf({ subscriptionId: 's', anchor: ANCHOR, intervals: inLocalDays([life], 'UTC') }, 'UTC'),
    discounts,
  }
}

/** Something of a month by its number from 0. */
function charge(
  kind: 'recurring' | 'usage',
  month: number,
  thousandths: number,
  priceCode = kind === 'usage' ? 'calls' : 'fee',
): Billable {
  const period = periodAt(ANCHOR, MONTH, month)
  return {
    ...{ kind, subscriptionId: 's', planVersionId: 'v1', priceCode, cell: '', period, shown: period, isLate: false },
    ...{ description: priceCode, amount: exact(BigInt(thousandths), 3) },
    usage: kind === 'usage' ? { measures: [BigInt(thousandths)], records: 1, throughSeq: 1 } : null,
  }
}

const minorOf = (billables: readonly Billable[], kind: Billable['kind']): bigint[] =>
  billables.filter((one) => one.kind === kind).map(({ amount }) => roundExact(amount, 2))

/** Bills stage after stage as a bill run does: what is not there any more is worth nothing. */
function billInTurn(stages: readonly (readonly Billable[])[]): InvoiceLine[][] {
  const documents: InvoiceLine[][] = []
  for (const stage of stages) {
    const billed = new Map<string, BilledBefore>()
    const last = new Map<string, InvoiceLine>()
    for (const line of documents.flat()) {
      const key = billableKey(line)
      const amountMinor = (billed.get(key)?.amountMinor ?? 0n) + line.amountMinor
      billed.set(key, { amountMinor, measures: line.usage?.measures ?? [], records: line.usage?.records ?? 0 })
      last.set(key, line)
    }
    const keys = new Set(stage.map(billableKey))
    const withdrawn = [...last].filter(([key]) => !keys.has(key)).map(([, line]) => ({ ...line, amount: exact(0n) }))
    documents.push(toInvoiceLines([...stage, ...withdrawn], billed, 'EUR'))
  }
  return documents
}

const totalOf = (lines: readonly InvoiceLine[]): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

const STANDARD = { targets: {}, requires: [], minimum: null, priority: 50, exclusive: false, bestOf: null } as const
const TENTH: DiscountInForce = {
  ...{
    id: 'r1',
    code: 'TENTH',
    name: 'A tenth',
    fromDay: ANCHOR,
    dueFrom: null,
    issuedAfter: null,
    untilDay: null,
    subscriptionId: null,
  },
  terms: { value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' }, ...STANDARD },
}
const FIFTY: DiscountInForce = {
  ...{ ...TENTH, id: 'r2', code: 'FIFTY', name: 'Fifty once' },
  terms: { value: { kind: 'fixed', amount: '50', carryOver: true }, duration: { kind: 'once' }, ...STANDARD },
}

test('a true-up is the minimum less what the counted prices came to, and is due when the period has ended', () => {
  const facts = factsOf([bound('commitment', '100', { counts: ['calls'] })], [])
  const charges = [charge('recurring', 0, 10_000), charge('usage', 0, 30_000)]
  assert.deepEqual(minorOf(adjustedBillables(charges, facts, '2026-01-31'), 'commitment'), [])
  assert.deepEqual(minorOf(adjustedBillables(charges, facts, '2026-02-01'), 'commitment'), [7000n])
  const more = [...charges, charge('usage', 0, 70_000, 'data')]
  assert.deepEqual(minorOf(adjustedBillables(more, facts, '2026-02-01'), 'commitment'), [7000n])
})

test('a minimum of a period that began late is its share of the days', () => {
  const facts = factsOf([bound('commitment', '10', { counts: ['calls'] })], [], '2026-02-04')
  assert.deepEqual(minorOf(adjustedBillables([charge('usage', 1, 8000)], facts, '2026-03-01'), 'commitment'), [93n])
})

test('a maximum over several prices leaves what fell due first, and shares the rest by amounts', () => {
  const facts = factsOf([bound('cap', '100')], [])
  const charges = [charge('recurring', 0, 10_000), charge('usage', 0, 90_000), charge('usage', 0, 30_000, 'data')]
  assert.deepEqual(minorOf(adjustedBillables(charges, facts, '2026-02-01'), 'cap'), [-2250n, -750n])
})

test('a charge below zero makes room under a maximum: 81.00 and −46.00 under 24.00 are lowered by 11.00', () => {
  const charges = [charge('recurring', 0, 81_000), charge('usage', 0, -46_000)]
  assert.deepEqual(minorOf(adjustedBillables(charges, factsOf([bound('cap', '24')], []), '2026-02-01'), 'cap'), [
    -11_00n,
  ])
})

test('a minimum without proration is asked for in a period that begins in a pause', () => {
  const facts = factsOf([bound('commitment', '29', { proration: 'none' })], [])
  const [began, resumed] = [ANCHOR, '2026-01-28'].map((day) => startOfDayMs(day, 'UTC'))
  const interval = { planVersionId: 'v1', phase: null, quantity: 1 }
  const intervals = [
    { ...interval, fromMs: began as number, untilMs: resumed as number, isPaused: true },
    { ...interval, fromMs: resumed as number, untilMs: Number.POSITIVE_INFINITY, isPaused: false },
  ]
  const spans = planSpansOf({ subscriptionId: 's', anchor: ANCHOR, intervals: inLocalDays(intervals, 'UTC') }, 'UTC')
  assert.deepEqual(minorOf(adjustedBillables([], { ...facts, spans }, '2026-02-01'), 'commitment'), [29_00n])
})

test('a minimum counts what is left under the maximum, and discounts come after both', () => {
  const bounds = [bound('cap', '40', { counts: ['calls'] }), bound('commitment', '100')]
  const charges = [charge('recurring', 0, 10_000), charge('usage', 0, 90_000)]
  const all = adjustedBillables(charges, factsOf(bounds, [TENTH]), '2026-02-01')
  assert.deepEqual([minorOf(all, 'cap'), minorOf(all, 'commitment')], [[-5000n], [5000n]])
  assert.deepEqual(minorOf(all, 'discount'), [-100n, -400n, -500n])
})

test('late usage under a true-up lowers it, and costs nothing until the minimum is passed', () => {
  const facts = factsOf([bound('commitment', '100')], [])
  const at = (usage: number): Billable[] =>
    adjustedBillables([charge('recurring', 0, 10_000), charge('usage', 0, usage)], facts, '2026-02-01')
  const documents = billInTurn([at(20_000), at(60_000), at(120_000)])
  assert.deepEqual(documents.map(totalOf), [10_000n, 0n, 3000n])
})

const months = fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 60_000 })), {
  minLength: 1,
  maxLength: 4,
})
const bounds = fc.subarray([
  bound('cap', '45.50'),
  bound('commitment', '30', { code: 'least' }),
  bound('cap', '20', { code: 'calls-most', counts: ['calls'] }),
])
const discountSets = fc.subarray([TENTH, FIFTY])
const chargesOf = (list: readonly (readonly [number, number])[]): Billable[] =>
  list.flatMap(([fee, usage], month) => [charge('recurring', month, fee), charge('usage', month, usage)])

test('however documents are cut, all of them together bill the same', () => {
  fc.assert(
    fc.property(
      months,
      bounds,
      discountSets,
      fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }),
      (list, someBounds, some, cuts) => {
        const facts = factsOf(someBounds, some)
        const end = periodAt(ANCHOR, MONTH, list.length - 1).end
        // What is billed in between is less usage than there is in the end, and fees up to some month.
        const stages = cuts
          .toSorted((a, b) => a - b)
          .map((percent) =>
            adjustedBillables(
              chargesOf(
                list
                  .slice(0, Math.ceil((percent * list.length) / 100))
                  .map(([fee, usage]) => [fee, Math.floor((usage * percent) / 100)]),
              ),
              facts,
              periodAt(ANCHOR, MONTH, Math.floor((percent * list.length) / 100)).start,
            ),
          )
        const whole = adjustedBillables(chargesOf(list), facts, end)
        const atOnce = billInTurn([whole])
        const inParts = billInTurn([...stages, whole])
        assert.equal(totalOf(inParts.flat()), totalOf(atOnce.flat()))
        const byTarget = Map.groupBy(inParts.flat(), targetKey)
        for (const lines of byTarget.values()) assert.ok(totalOf(lines) >= 0n, 'no target is billed below nothing')
      },
    ),
    { numRuns: 300 },
  )
})

test('taking a discount away after it was billed bills exactly what it gave', () => {
  fc.assert(
    fc.property(months, bounds, (list, someBounds) => {
      const end = periodAt(ANCHOR, MONTH, list.length - 1).end
      const at = (discounts: readonly DiscountInForce[]): Billable[] =>
        adjustedBillables(chargesOf(list), factsOf(someBounds, discounts), end)
      const [first = [], second = []] = billInTurn([at([TENTH]), at([])])
      const gave = totalOf(first.filter(({ kind }) => kind === 'discount'))
      assert.equal(totalOf(second), -gave)
      assert.ok(second.every(({ adjustment }) => adjustment === TENTH.id))
    }),
  )
})

test('a minimum is reached and a maximum is kept to the minor unit', () => {
  fc.assert(
    fc.property(months, (list) => {
      const end = periodAt(ANCHOR, MONTH, list.length - 1).end
      const totalWith = (one: SpendBound): bigint =>
        totalOf(billInTurn([adjustedBillables(chargesOf(list), factsOf([one], []), end)]).flat())
      const sums = list.map((pair) =>
        pair.reduce((sum, thousandths) => sum + roundExact(exact(BigInt(thousandths), 3), 2), 0n),
      )
      const bounded = (pick: (sum: bigint) => bigint): bigint => sums.reduce((sum, one) => sum + pick(one), 0n)
      assert.equal(
        totalWith(bound('commitment', '30')),
        bounded((sum) => (sum < 3000n ? 3000n : sum)),
      )
      assert.equal(
        totalWith(bound('cap', '30')),
        bounded((sum) => (sum > 3000n ? 3000n : sum)),
      )
    }),
  )
})
