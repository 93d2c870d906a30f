import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromDayNumber, toDayNumber } from '../base/period.ts'
import {
  type Decision,
  type DunningFacts,
  decideDunning,
  type OpenItem,
  type RunFacts,
  type StepFact,
} from './decide.ts'
import { type DunningPolicy, type DunningStep, fits, policyFaults } from './policy.ts'
import { MOST_HOLIDAYS } from './working-days.ts'

const ANY = { atLeast: null, atMost: null }
const step = (
  id: string,
  action: DunningStep['action'],
  afterDays: number,
  more: Partial<DunningStep> = {},
): DunningStep => ({
  ...{ id, action, afterDays, days: 'calendar', onlyWorkingDays: false, gapDays: null, minAmount: {} },
  ...{ oldestDays: ANY, earlierRuns: ANY, script: null, reminder: 'first' },
  ...more,
})
const EVERYBODY = { customerKinds: [], issuers: [], currencies: [], metadata: {} }
const ISP: DunningPolicy = {
  ...{ order: 1, segment: EVERYBODY, calendar: { weekend: [6, 7], holidays: ['2026-03-09'] }, grace: { EUR: '1.00' } },
  ...{ gapDays: 1, reopenDays: 60, blockDuringPlans: false },
  steps: [
    step('remind', 'remind', 3),
    step('soft', 'soft_block', 10),
    step('hard', 'hard_block', 20),
    step('end', 'terminate', 60),
    step('agency', 'hand_over', 75),
  ],
}
const owes = (dueOn: string, openMinor: bigint, more: Partial<OpenItem> = {}): OpenItem => ({
  ...{ id: `${dueOn} ${openMinor}`, dueOn, openMinor, disputedMinor: 0n, isPlanned: false },
  ...more,
})
const facts = (items: readonly OpenItem[], more: Partial<DunningFacts> = {}): DunningFacts => ({
  ...{ items, run: null, earlierRuns: 0, isHeld: false },
  ...more,
})
const done = (id: string, on: string): StepFact => ({ stepId: id, on, state: 'done' })
const run = (endedOn: string | null, ...steps: StepFact[]): RunFacts => ({
  startedOn: steps[0]?.on ?? '',
  endedOn,
  steps,
})
const said = ({ run: what, due, skipped, block, next }: Decision): string =>
  [
    what,
    due.length > 0 ? `do ${due.map(({ id }) => id).join('+')}` : '',
    skipped.length > 0 ? `not ${skipped.map(({ id }) => id).join('+')}` : '',
    block && `block ${block}`,
    next && `then ${next.step.id} ${next.on}`,
  ]
    .filter(Boolean)
    .join(' | ')
const decide = (today: string, of: DunningFacts, policy = ISP): string => said(decideDunning(policy, 'EUR', of, today))

test('steps of a policy, by the day on which nothing has changed', () => {
  const items = [owes('2026-01-31', 1000n)]
  const table: [string, StepFact[], string][] = [
    ['2026-01-31', [], 'none'],
    ['2026-02-02', [], 'none | then remind 2026-02-03'],
    ['2026-02-03', [], 'begins | do remind | then soft 2026-02-10'],
    ['2026-02-03', [done('remind', '2026-02-03')], 'continues | then soft 2026-02-10'],
    ['2026-02-10', [done('remind', '2026-02-03')], 'continues | do soft | then hard 2026-02-20'],
    // Nothing ran for a month: one after another, with a day between them, so that nobody is blocked without having been told.
    ['2026-03-10', [], 'begins | do remind | then soft 2026-03-11'],
    ['2026-03-11', [done('remind', '2026-03-10')], 'continues | do soft | then hard 2026-03-12'],
    // The clock went back.
    [
      '2026-02-01',
      [done('remind', '2026-02-03'), done('soft', '2026-02-10')],
      'continues | block soft | then hard 2026-02-20',
    ],
  ]
  for (const [today, steps, expected] of table) {
    const of = facts(items, { run: steps.length === 0 ? null : run(null, ...steps) })
    assert.equal(decide(today, of), expected, today)
  }
})

test('payment ends a run, what is left within the grace amount does not count, and what comes back continues it', () => {
  const steps = [done('remind', '2026-02-03'), done('soft', '2026-02-10')]
  assert.equal(decide('2026-02-12', facts([owes('2026-01-31', 100n)], { run: run(null, ...steps) })), 'ends')
  assert.equal(decide('2026-02-12', facts([], { run: run(null, ...steps) })), 'ends')
  const ended = run('2026-02-12', ...steps)
  // A document of March is another debt, whatever cents of January are left.
  const march = [owes('2026-01-31', 40n), owes('2026-03-31', 1000n)]
  assert.equal(decide('2026-04-02', facts(march, { run: ended })), 'none | then remind 2026-04-03')
  assert.equal(decide('2026-04-03', facts(march, { run: ended })), 'begins | do remind | then soft 2026-04-10')
  // A reversal: it continues where it stood, with its block.
  const back = [owes('2026-01-31', 1000n)]
  assert.equal(decide('2026-02-15', facts(back, { run: ended })), 'reopens | block soft | then hard 2026-02-20')
  // Months later it begins anew, and tells before it blocks.
  assert.equal(decide('2026-04-20', facts(back, { run: ended })), 'begins | do remind | then soft 2026-04-21')
})

test('nobody is asked for what is disputed, planned, or held by a person', () => {
  const steps = [done('remind', '2026-02-03'), done('soft', '2026-02-10')]
  const at = (item: Partial<OpenItem>, more: Partial<DunningFacts> = {}, policy = ISP): string =>
    decide('2026-02-21', facts([owes('2026-01-31', 1000n, item)], { run: run(null, ...steps), ...more }), policy)
  assert.equal(at({ disputedMinor: 1000n }), 'continues')
  assert.equal(at({ disputedMinor: 950n }), 'continues')
  assert.equal(at({ disputedMinor: 500n }), 'continues | do hard | block soft | then end 2026-04-01')
  assert.equal(at({ isPlanned: true }), 'continues')
  assert.equal(at({ isPlanned: true }, {}, { ...ISP, blockDuringPlans: true }), 'continues | block soft')
  assert.equal(at({}, { isHeld: true }), 'continues | block soft')
  assert.deepEqual(
    decideDunning(
      ISP,
      'EUR',
      facts([owes('2026-01-31', 1000n, { disputedMinor: 10n })], { isHeld: true }),
      '2026-02-21',
    ).stops,
    ['dispute', 'hold'],
  )
})

test('where a policy says so, blocks wait until somebody was told, and the reminder is tried again', () => {
  const careful = { ...ISP, blockUntold: false }
  const unsent: StepFact = { stepId: 'remind', on: '2026-02-03', state: 'not_available' }
  const at = (day: string, steps: readonly StepFact[], policy: DunningPolicy = careful): Decision =>
    decideDunning(policy, 'EUR', facts([owes('2026-01-31', 1000n)], { run: run(null, ...steps) }), day)
  const shown = (decision: Decision): string =>
    `${said(decision)}; ${decision.stops.join()} ${decision.again?.id ?? ''}`
  // Before its day the block waits for nothing.
  assert.equal(shown(at('2026-02-09', [unsent])), 'continues;  ')
  assert.equal(shown(at('2026-02-10', [unsent])), 'continues; not_told remind')
  assert.equal(shown(at('2026-04-30', [unsent])), 'continues; not_told remind')
  assert.equal(shown(at('2026-02-10', [unsent], ISP)), 'continues | do soft | then hard 2026-02-20;  ')
  const sent = done('remind', '2026-02-10')
  assert.equal(shown(at('2026-02-10', [sent])), 'continues | then soft 2026-02-11;  ')
  assert.equal(shown(at('2026-02-11', [sent])), 'continues | do soft | then hard 2026-02-20;  ')
})

test('conditions pass a step over, working days move it, and of several reminders one is sent', () => {
  const policy: DunningPolicy = {
    ...ISP,
    steps: [
      step('first', 'remind', 2, { days: 'working' }),
      step('second', 'remind', 4, { days: 'working' }),
      step('ring', 'call', 9, { earlierRuns: { atLeast: 1, atMost: null }, script: 'Ask when', gapDays: 0 }),
      step('fee', 'late_fee', 9, { minAmount: { EUR: '50.00' }, gapDays: 0 }),
      step('soft', 'soft_block', 10, { onlyWorkingDays: true, gapDays: 5 }),
    ],
  }
  // Due on Thursday the 5th of March; the 9th is a holiday: Friday is the first working day, Tuesday the second.
  const small = [owes('2026-03-05', 1000n)]
  assert.equal(decide('2026-03-09', facts(small), policy), 'none | then first 2026-03-10')
  assert.equal(decide('2026-03-10', facts(small), policy), 'begins | do first | then second 2026-03-12')
  assert.equal(decide('2026-03-13', facts(small), policy), 'begins | do second | not first | then soft 2026-03-18')
  const told = { run: run(null, done('second', '2026-03-12')) }
  assert.equal(decide('2026-03-14', facts(small, told), policy), 'continues | then soft 2026-03-17')
  const large = [owes('2026-03-05', 9000n)]
  assert.equal(
    decide('2026-03-14', facts(large, { ...told, earlierRuns: 1 }), policy),
    'continues | do ring+fee | then soft 2026-03-19',
  )
  assert.equal(decide('2026-03-14', facts(large, told), policy), 'continues | do fee | then soft 2026-03-19')
  assert.equal(
    decide('2026-03-15', facts([owes('2026-03-05', 9000n)], { run: run(null, done('second', '2026-03-09')) }), policy),
    'continues | do fee | then soft 2026-03-20',
  )
})

test('a calendar may have all the holidays that there can be, one behind the other: steps wait for the day after them', () => {
  const holidays = Array.from({ length: MOST_HOLIDAYS }, (_, n) => fromDayNumber(toDayNumber('2026-01-05') + 7 * n))
  // Mondays alone are no free days, and 500 of them are holidays: 2026-01-05 and those behind it.
  const calendar = { weekend: [2, 3, 4, 5, 6, 7], holidays }
  const policy = { ...ISP, calendar, steps: [step('a', 'remind', 1, { days: 'working' })] }
  assert.equal(decide('2026-01-20', facts([owes('2026-01-10', 9000n)]), policy), 'none')
  assert.equal(decide('2035-08-06', facts([owes('2026-01-10', 9000n)]), policy), 'begins | do a')
})

test('what is wrong with a policy is said, and segments fit whom they name', () => {
  const faults = policyFaults({
    steps: [step('a', 'soft_block', 5), step('a', 'hard_block', 3), step('c', 'soft_block', 9), step('d', 'call', 10)],
  })
  const twice = [step('a', 'hand_over', 5), step('b', 'hand_over', 9)]
  assert.deepEqual(policyFaults({ steps: twice }), ['steps: "b" hands over what a step before it has handed over'])
  assert.deepEqual(faults, [
    'steps: "a" blocks somebody whom no step before it has told: begin with remind or call',
    'steps: "a" is there twice',
    'steps: "a" is after 3 days, behind "a" after 5',
    'steps: "a" blocks somebody whom no step before it has told: begin with remind or call',
    'steps: "c" would block less than a step before it',
    'steps: "c" blocks somebody whom no step before it has told: begin with remind or call',
    'steps: "d" needs a script for the person who calls',
  ])
  assert.deepEqual(policyFaults(ISP), [])
  const who = {
    customerKind: null,
    issuer: 'op',
    currency: 'EUR',
    metadata: { tier: 'gold' },
    customerMetadata: { tier: 'iron', city: 'Lviv' },
  }
  const segments: [Partial<DunningPolicy['segment']>, boolean][] = [
    [{}, true],
    [{ customerKinds: ['unknown'] }, true],
    [{ customerKinds: ['business'] }, false],
    [{ issuers: ['op'], currencies: ['EUR', 'UAH'] }, true],
    [{ currencies: ['UAH'] }, false],
    [{ metadata: { tier: ['gold'], city: ['Lviv', 'Kyiv'] } }, true],
    [{ metadata: { tier: ['iron'] } }, false],
    [{ metadata: { none: ['x'] } }, false],
  ]
  for (const [segment, expected] of segments) assert.equal(fits({ ...EVERYBODY, ...segment }, who), expected)
})
