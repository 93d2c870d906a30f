import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { periodAt, startOfDayMs } from '../base/period.ts'
import type { Plan, Price, UsagePrice } from '../catalog/plan.ts'
import { exactAmount } from '../rating/charged-amount.ts'
import { compilePrice } from '../rating/compile-price.ts'
import { inLocalDays } from '../subscriptions/local-days.ts'
import type { AccountFacts, UsageCounter } from './account-facts.ts'
import { addBilled, asBilled, NOTHING_BILLED } from './billed-lines.ts'
import { momentsOf } from './moments.ts'
import { type PlannedDocument, planBills, planInterim, planNote, printDocument } from './plan-document.ts'

const MONTH = { unit: 'month', count: 1 } as const
const START = '2026-01-01'
const METER = { code: 'minutes', name: 'Minutes', eventType: 'call', aggregator: 'sum', unit: 'min', scale: 0 } as const
const CALLS: UsagePrice = {
  ...{
    kind: 'usage',
    code: 'calls',
    name: 'Calls',
    meter: 'minutes',
    rate: { model: 'per_unit', unitAmount: '0.101' },
  },
}
const FEE: Price = {
  ...{ kind: 'recurring', code: 'fee', name: 'Fee', amount: '10', every: MONTH, timing: 'advance', proration: 'day' },
}
const COMMIT: Price = {
  kind: 'commit',
  code: 'year',
  name: 'A year',
  amount: '100',
  term: MONTH,
  renews: false,
  priority: 1,
}
const calls = compilePrice(CALLS, 'EUR', METER)

/** Minutes of January, February and so on, as they stand. */
function countersOf(minutes: readonly number[]): UsageCounter[] {
  const [cell] = calls.elements
  return minutes.flatMap((used, month) => {
    const measures = [BigInt(used)]
    if (cell === undefined) return []
    const { numerator, denominator, scale } = exactAmount(calls, cell, measures)
    const amount = (numerator * 10n ** BigInt(calls.ratingScale - scale)) / denominator
    const name = { subscriptionId: 's', planVersionId: 'v', priceCode: 'calls', cell: '' }
    return [
      {
        ...name,
        periodStart: periodAt(START, MONTH, month).start,
        measures,
        amount,
        records: used === 0 ? 0 : 1,
        asOfSeq: 1,
      },
    ]
  })
}

/** An account with one subscription since 1 January. */
function factsOf(minutes: readonly number[], prices: readonly Price[] = [FEE, CALLS]): AccountFacts {
  const plan: Plan = { code: 'basic', name: 'Basic', currency: 'EUR', prices }
  const interval = { fromMs: startOfDayMs(START, 'UTC'), untilMs: Number.POSITIVE_INFINITY, phase: null, quantity: 1 }
  const intervals = inLocalDays([{ ...interval, planVersionId: 'v', isPaused: false }], 'UTC')
  return {
    account: {
      ...{ id: 'a', key: 'anna', currency: 'EUR', zone: 'UTC', termsDays: 14, billedUntil: null },
      ...{ cycleAnchor: START, cycleUnit: 'month', cycleCount: 1 },
    },
    subscriptions: new Map([['s', { key: 'anna-1' }]]),
    timelines: [{ subscriptionId: 's', anchor: START, intervals }],
    counters: countersOf(minutes),
    plans: new Map([['v', plan]]),
    compiled: new Map([['v', { prices: [calls] }]]),
    ...{
      byDay: new Map(),
      dailyFees: [],
      boughtTerms: [],
      units: null,
      sponsored: [],
      discounts: [],
      billed: NOTHING_BILLED,
    },
    customer: { name: 'Anna', address: null, taxId: null, language: 'en' },
    issuer: { name: 'Operator', address: 'Kyiv', taxId: null, bankDetails: null },
  }
}

/** The facts once documents are issued. */
function issued(facts: AccountFacts, documents: readonly PlannedDocument[]): AccountFacts {
  const lines = documents.flatMap(({ day, lines }, nth) =>
    lines.map((line, at) => ({
      ...asBilled(line, day),
      ...{ id: `${day}-${at}`, document: `INV-${facts.billed.documents.size + nth + 1}` },
    })),
  )
  return { ...facts, billed: addBilled(facts.billed, lines) }
}

function billedUntil(
  facts: AccountFacts,
  until: string,
): { facts: AccountFacts; documents: readonly PlannedDocument[] } {
  const documents = plan(facts, until)
  const last = momentsOf(facts, until).at(-1)?.day ?? facts.account.billedUntil
  return { facts: { ...issued(facts, documents), account: { ...facts.account, billedUntil: last } }, documents }
}

const plan = (facts: AccountFacts, until: string): PlannedDocument[] => planBills(facts, momentsOf(facts, until))
const told = (documents: readonly PlannedDocument[]): string[] =>
  documents.map(
    ({ day, purpose, lines }) =>
      `${day} ${purpose}: ${lines.map(({ priceCode, isLate, amountMinor }) => `${priceCode}${isLate ? ' late' : ''} ${amountMinor}`).join(', ')}`,
  )

test('moments that were not billed are billed one after another, each without what those before it bill', () => {
  const facts = factsOf([10, 0, 20])
  assert.deepEqual(told(plan(facts, '2026-04-10')), [
    '2026-01-01 cycle: fee 1000',
    '2026-02-01 cycle: calls 101, fee 1000',
    '2026-03-01 cycle: fee 1000',
    '2026-04-01 cycle: calls 202, fee 1000',
  ])
  const done = billedUntil(facts, '2026-04-10').facts
  assert.equal(done.account.billedUntil, '2026-04-01')
  assert.deepEqual(momentsOf(done, '2026-04-20'), [])
})

test('usage of before that comes late is on the next document, and what is taken back lowers it', () => {
  const { facts } = billedUntil(factsOf([10]), '2026-02-01')
  const late = { ...facts, counters: countersOf([25]) }
  assert.deepEqual(told(plan(late, '2026-03-01')), ['2026-03-01 cycle: fee 1000, calls late 152'])
  const less = { ...facts, counters: countersOf([4]) }
  assert.deepEqual(told(plan(less, '2026-03-01')), ['2026-03-01 cycle: fee 1000, calls late -61'])
})

test('however often it is billed between, all documents together say the same, and every entry sums to zero', () => {
  const month = fc.integer({ min: 0, max: 5 })
  const stage = fc.record({ month, used: fc.array(fc.nat(10_000), { minLength: 6, maxLength: 6 }) })
  fc.assert(
    fc.property(
      fc.array(stage, { maxLength: 5 }),
      fc.array(fc.nat(10_000), { minLength: 6, maxLength: 6 }),
      (stages, used) => {
        let facts = factsOf([])
        const documents: PlannedDocument[] = []
        const until = (index: number): string => periodAt(START, MONTH, index + 1).start
        for (const now of [...stages.toSorted((a, b) => a.month - b.month), { month: 6, used }]) {
          const billed = billedUntil(
            { ...facts, counters: countersOf(now.used.slice(0, now.month + 1)) },
            until(now.month),
          )
          facts = billed.facts
          documents.push(...billed.documents)
        }
        const sumOf = (list: readonly PlannedDocument[]): bigint => list.reduce((sum, one) => sum + one.totalMinor, 0n)
        assert.equal(sumOf(documents), sumOf(plan(factsOf(used), until(6))))
        for (const { postings, totalMinor, kind } of documents) {
          assert.equal(
            postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
            0n,
          )
          assert.equal(kind, totalMinor < 0n ? 'credit_note' : 'invoice')
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('money that is bought to be drawn down has a document of its own, which balances do not settle', () => {
  const documents = plan(factsOf([], [FEE, COMMIT]), '2026-01-01')
  assert.deepEqual(told(documents), ['2026-01-01 commit: year 10000', '2026-01-01 cycle: fee 1000'])
  assert.deepEqual(
    documents.map(({ sellsBalance, beyondCharges }) => [sellsBalance, beyondCharges]),
    [
      [true, 10_000_000_000n],
      [false, 1_000_000_000n],
    ],
  )
})

test('an interim invoice bills usage from its threshold on, and the period bills the rest', () => {
  const known = billedUntil(factsOf([]), '2026-01-01').facts
  const facts = { ...known, counters: countersOf([99]) }
  const moment = { day: '2026-01-20', purpose: 'threshold' }
  assert.deepEqual(planInterim(facts, moment, 1001n), [])
  const [interim] = planInterim(facts, moment, 1000n) as [PlannedDocument]
  assert.deepEqual(told([interim]), ['2026-01-20 threshold: calls 1000'])
  // 0.001 more was charged than the document says.
  assert.equal(interim.beyondCharges, 100_000n)
  const after = { ...issued(facts, [interim]), counters: countersOf([150]) }
  assert.deepEqual(told(plan(after, '2026-02-01')), ['2026-02-01 cycle: calls 515, fee 1000'])
})

test('a note bills what has changed of periods that are billed, and names the documents that billed it', () => {
  const { facts } = billedUntil(factsOf([10, 20]), '2026-03-01')
  const planVersionIds = new Set(['v'])
  const cause = {
    purpose: 're-rating 1',
    reason: 'a wrong price',
    planVersionIds,
    from: '2026-02-01',
    until: '2026-03-01',
  }
  assert.equal(planNote(facts, cause), null)
  const less = { ...facts, counters: countersOf([10, 5]) }
  const note = planNote(less, cause) as PlannedDocument
  assert.deepEqual([note.kind, note.day, note.totalMinor], ['credit_note', '2026-03-01', -151n])
  assert.deepEqual(note.correction, { reason: 'a wrong price', corrects: ['INV-3'] })
  assert.equal(planNote({ ...less, counters: countersOf([99, 20]) }, cause), null, 'another period is not its business')
  assert.equal(planNote({ ...less, account: { ...facts.account, billedUntil: null } }, cause), null)
})

test('a planned document is printed with the number, day and ids that it is issued with', () => {
  const facts = factsOf([10])
  const planned = plan(facts, '2026-02-01')[1] as PlannedDocument
  const printed = printDocument(facts, planned, { number: 'INV-000007', issuedOn: '2026-02-03', ids: ['x', 'y'] })
  assert.deepEqual([printed.number, printed.dueOn, printed.totals.total], ['INV-000007', '2026-02-17', '11.01'])
  assert.deepEqual(
    printed.lines.map(({ id, subscription, amount }) => [id, subscription, amount]),
    [
      ['x', 'anna-1', '1.01'],
      ['y', 'anna-1', '10.00'],
    ],
  )
})
