import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PlanPhase } from '../catalog/plan.ts'
import { inLocalDays } from './local-days.ts'
import {
  type ChangeContent,
  foldTimeline,
  type Interval,
  intervalAt,
  type Origin,
  stateAt,
  type TimelineChange,
  termEndAfter,
  withinParent,
} from './timeline.ts'

const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text)
const ORIGIN: Origin = {
  startMs: at('2026-01-31'),
  endMs: null,
  planVersionId: 'a',
  quantity: 1,
  zone: 'UTC',
  trialDays: null,
  term: null,
}
const NO_PHASES = (): undefined => undefined

function fold(changes: readonly (readonly [string, ChangeContent])[], origin: Partial<Origin> = {}): string[] {
  const list = changes.map(([time, content], position) => ({ effectiveMs: at(time), position, content }))
  return foldTimeline({ ...ORIGIN, ...origin }, list, NO_PHASES).map(toText)
}

/** `2026-01-31 2026-02-10 a ×1`; an open end is –. */
function toText({ fromMs, untilMs, planVersionId, phase, quantity, isPaused }: Interval): string {
  const day = (ms: number): string => (ms === Number.POSITIVE_INFINITY ? '–' : new Date(ms).toISOString().slice(0, 10))
  const words = [day(fromMs), day(untilMs), planVersionId, phase, `×${quantity}`, isPaused ? 'paused' : null]
  return words.filter((word) => word !== null).join(' ')
}

const toPlan = (planVersionId: string): ChangeContent => ({ kind: 'plan', planVersionId })
const seats = (quantity: number): ChangeContent => ({ kind: 'quantity', quantity })
const [PAUSE, RESUME, CANCEL] = [{ kind: 'pause' }, { kind: 'resume' }, { kind: 'cancel' }] as const

const FOLDED: readonly (readonly [string, readonly (readonly [string, ChangeContent])[], readonly string[]])[] = [
  ['nothing changes', [], ['2026-01-31 – a ×1']],
  ['another plan', [['2026-02-10', toPlan('b')]], ['2026-01-31 2026-02-10 a ×1', '2026-02-10 – b ×1']],
  [
    'there and back',
    [
      ['2026-02-10', toPlan('b')],
      ['2026-02-20', toPlan('a')],
    ],
    ['2026-01-31 2026-02-10 a ×1', '2026-02-10 2026-02-20 b ×1', '2026-02-20 – a ×1'],
  ],
  [
    'at one instant the last one wins',
    [
      ['2026-02-10', toPlan('b')],
      ['2026-02-10', seats(3)],
      ['2026-02-10', toPlan('c')],
    ],
    ['2026-01-31 2026-02-10 a ×1', '2026-02-10 – c ×3'],
  ],
  [
    'changing back at one instant leaves no trace',
    [
      ['2026-02-10', toPlan('b')],
      ['2026-02-10', toPlan('a')],
    ],
    ['2026-01-31 – a ×1'],
  ],
  [
    'what was recorded later for an earlier time comes first',
    [
      ['2026-02-20', seats(5)],
      ['2026-02-10', seats(2)],
    ],
    ['2026-01-31 2026-02-10 a ×1', '2026-02-10 2026-02-20 a ×2', '2026-02-20 – a ×5'],
  ],
  [
    'a pause, with another number of seats in it',
    [
      ['2026-02-10', PAUSE],
      ['2026-02-15', seats(4)],
      ['2026-02-20', RESUME],
    ],
    [
      '2026-01-31 2026-02-10 a ×1',
      '2026-02-10 2026-02-15 a ×1 paused',
      '2026-02-15 2026-02-20 a ×4 paused',
      '2026-02-20 – a ×4',
    ],
  ],
  [
    'cancelled, and taken up again',
    [
      ['2026-02-10', CANCEL],
      ['2026-02-20', RESUME],
    ],
    ['2026-01-31 2026-02-10 a ×1', '2026-02-20 – a ×1'],
  ],
  ['cancelled at its beginning', [['2026-01-31', CANCEL]], []],
]

for (const [title, changes, expected] of FOLDED) {
  test(`timeline: ${title}`, () => assert.deepEqual(fold(changes), expected))
}

test('a fixed end, and terms that do not renew, end it; a renewal is counted from the beginning', () => {
  assert.deepEqual(fold([], { endMs: at('2026-03-01') }), ['2026-01-31 2026-03-01 a ×1'])
  const term = { length: { unit: 'month', count: 1 } as const, renews: false }
  assert.deepEqual(fold([], { term }), ['2026-01-31 2026-02-28 a ×1'])
  assert.deepEqual(fold([['2026-02-28', { kind: 'renew', terms: 1 }]], { term }), ['2026-01-31 2026-03-31 a ×1'])
  assert.deepEqual(fold([], { term: { ...term, renews: true } }), ['2026-01-31 – a ×1'])
  const origin = { ...ORIGIN, term }
  assert.deepEqual(
    ['2026-01-31', '2026-02-28', '2026-03-01'].map((day) => termEndAfter(origin, at(day))),
    [at('2026-02-28'), at('2026-03-31'), at('2026-03-31')],
  )
  assert.equal(termEndAfter(ORIGIN, 0), null)
})

const PHASES: readonly PlanPhase[] = [
  { code: 'trial', lasts: { unit: 'day', count: 14 } },
  { code: 'intro', lasts: { unit: 'month', count: 1 } },
  { code: 'full', lasts: null },
]

test('phases are counted from the beginning, whatever plan it is on; trialDays overrides the trial', () => {
  const phasesOf = (plan: string): readonly PlanPhase[] | undefined => (plan === 'b' ? PHASES : undefined)
  const change = { effectiveMs: at('2026-02-10'), position: 1, content: toPlan('b') }
  assert.deepEqual(foldTimeline(ORIGIN, [change], phasesOf).map(toText), [
    '2026-01-31 2026-02-10 a ×1',
    '2026-02-10 2026-02-14 b trial ×1',
    '2026-02-14 2026-03-14 b intro ×1',
    '2026-03-14 – b full ×1',
  ])
  const untried = foldTimeline({ ...ORIGIN, planVersionId: 'b', trialDays: 0 }, [], phasesOf)
  assert.deepEqual(untried.map(toText), ['2026-01-31 2026-02-28 b intro ×1', '2026-02-28 – b full ×1'])
})

test('a phase ends at the wall-clock time at which it began, across a change of clocks', () => {
  const origin = { ...ORIGIN, startMs: at('2026-03-20T22:30:00Z'), planVersionId: 'b', zone: 'Europe/Kyiv' }
  const [trial] = foldTimeline(origin, [], () => PHASES)
  // 21 March 00:30 at +02:00 to 4 April 00:30 at +03:00.
  assert.equal(trial?.untilMs, at('2026-04-03T21:30:00Z'))
})

test('an add-on lives within its parent, and rests while it rests', () => {
  const parent = foldTimeline(
    ORIGIN,
    [
      { effectiveMs: at('2026-02-10'), position: 0, content: PAUSE },
      { effectiveMs: at('2026-02-20'), position: 1, content: RESUME },
      { effectiveMs: at('2026-03-01'), position: 2, content: CANCEL },
    ],
    NO_PHASES,
  )
  const own = foldTimeline({ ...ORIGIN, startMs: at('2026-02-05'), planVersionId: 'x' }, [], NO_PHASES)
  assert.deepEqual(withinParent(own, parent).map(toText), [
    '2026-02-05 2026-02-10 x ×1',
    '2026-02-10 2026-02-20 x ×1 paused',
    '2026-02-20 2026-03-01 x ×1',
  ])
})

test('the state follows from the timeline', () => {
  const changes: TimelineChange[] = [
    { effectiveMs: at('2026-02-20'), position: 0, content: PAUSE },
    { effectiveMs: at('2026-02-25'), position: 1, content: RESUME },
    { effectiveMs: at('2026-03-20'), position: 2, content: CANCEL },
    { effectiveMs: at('2026-04-01'), position: 3, content: RESUME },
    { effectiveMs: at('2026-04-10'), position: 4, content: CANCEL },
  ]
  const intervals = foldTimeline(ORIGIN, changes, () => PHASES)
  const days = [
    '2026-01-30',
    '2026-01-31',
    '2026-02-14',
    '2026-02-20',
    '2026-02-25',
    '2026-03-25',
    '2026-04-02',
    '2026-04-10',
  ]
  assert.deepEqual(
    days.map((day) => stateAt(intervals, at(day))),
    ['pending', 'trial', 'active', 'paused', 'active', 'pending', 'active', 'ended'],
  )
})

const contents = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map(toPlan),
  fc.integer({ min: 1, max: 3 }).map(seats),
  fc.constantFrom(PAUSE, RESUME, CANCEL),
)
const HOUR_MS = 3_600_000
const timelines = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), contents), { maxLength: 8 }).map((list) =>
  list.map(([hours, content], position) => ({
    effectiveMs: ORIGIN.startMs + hours * 7 * HOUR_MS,
    position,
    content,
  })),
)

test('a slow reading of the list says the same about every hour, and intervals never overlap', () => {
  fc.assert(
    fc.property(timelines, (changes) => {
      const intervals = foldTimeline(ORIGIN, changes, NO_PHASES)
      for (let hour = 0; hour < 300; hour++) {
        const nowMs = ORIGIN.startMs + hour * HOUR_MS
        let [plan, quantity, isPaused, isEnded] = ['a', 1, false, false]
        for (const { content } of changes
          .toSorted((x, y) => x.effectiveMs - y.effectiveMs || x.position - y.position)
          .filter(({ effectiveMs }) => effectiveMs <= nowMs)) {
          if (content.kind === 'plan') plan = content.planVersionId
          if (content.kind === 'quantity') quantity = content.quantity
          if (content.kind === 'pause') isPaused = true
          if (content.kind === 'cancel') isEnded = true
          if (content.kind === 'resume') [isPaused, isEnded] = [false, false]
        }
        const found = intervalAt(intervals, nowMs)
        assert.equal(found === undefined, isEnded)
        if (found !== undefined)
          assert.deepEqual([found.planVersionId, found.quantity, found.isPaused], [plan, quantity, isPaused])
      }
      for (const [index, { fromMs, untilMs }] of intervals.entries()) {
        assert.ok(fromMs < untilMs)
        assert.ok(fromMs >= (intervals[index - 1]?.untilMs ?? 0))
      }
    }),
  )
})

test('every day is owned once, by the last interval that touches it', () => {
  fc.assert(
    fc.property(timelines, fc.constantFrom('UTC', 'Europe/Kyiv', 'Australia/Lord_Howe'), (changes, zone) => {
      const local = inLocalDays(foldTimeline(ORIGIN, changes, NO_PHASES), zone)
      for (let day = Temporal.PlainDate.from('2026-01-29'); day.toString() < '2026-02-16'; day = day.add({ days: 1 })) {
        const text = day.toString()
        const has = ({ start, end }: { start: string; end: string | null }): boolean =>
          start <= text && (end === null || text < end)
        const owners = local.filter(({ owned }) => owned !== null && has(owned))
        assert.deepEqual(owners, local.filter(({ touched }) => has(touched)).slice(-1), text)
      }
    }),
  )
})
