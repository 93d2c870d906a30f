import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Decision, type DunningFacts, decideDunning, type OpenItem, type StepFact } from './decide.ts'
import type { DunningPolicy, DunningStep } from './policy.ts'

const ANY = { atLeast: null, atMost: null }
const EVERYBODY = { customerKinds: [], issuers: [], currencies: [], metadata: {} }
const step = (
  id: string,
  action: DunningStep['action'],
  afterDays: number,
  more: Partial<DunningStep>,
): DunningStep => ({
  ...{ id, action, afterDays, days: 'calendar', onlyWorkingDays: false, gapDays: null, minAmount: {} },
  ...{ oldestDays: ANY, earlierRuns: ANY, script: null, reminder: 'first' },
  ...more,
})
const owes = (id: string, dueOn: string, openMinor: bigint): OpenItem => ({
  id,
  dueOn,
  openMinor,
  disputedMinor: 0n,
  isPlanned: false,
})
const done = (stepId: string, on: string): StepFact => ({ stepId, on, state: 'done' })

/** What an account looks like on a day of a history, and what was done until then. */
interface World {
  readonly items: OpenItem[]
  isHeld: boolean
  run: { startedOn: string; endedOn: string | null; steps: StepFact[] } | null
  earlierRuns: number
}

const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** The same, day by day and step by step, as somebody would work it out on paper. */
function slowly(
  policy: DunningPolicy,
  { items, run: last, earlierRuns, isHeld }: World,
  today: string,
): Pick<Decision, 'run' | 'block'> & { due: string[]; skipped: string[] } {
  const grace = BigInt(Math.round(Number(policy.grace['EUR'] ?? '0') * 100))
  const works = (day: string): boolean =>
    !policy.calendar.weekend.includes(Temporal.PlainDate.from(day).dayOfWeek) && !policy.calendar.holidays.includes(day)
  const firstDay = '2025-12-01'
  const lateSince = (amountOf: (item: OpenItem) => bigint): string | null => {
    for (let day = firstDay; day < today; day = plus(day, 1)) {
      let owed = 0n
      for (const item of items) if (item.dueOn <= day) owed += amountOf(item)
      if (owed > grace) return day
    }
    return null
  }
  const asks = (item: OpenItem): bigint => {
    if (item.isPlanned) return 0n
    return item.openMinor > item.disputedMinor ? item.openMinor - item.disputedMinor : 0n
  }
  const debt = lateSince((item) => item.openMinor)
  const since = lateSince(asks)
  let current = last
  if (last !== null && last.endedOn !== null) {
    const returns = debt !== null && debt < last.endedOn && today <= plus(last.endedOn, policy.reopenDays)
    if (!returns) current = null
  }
  if (debt === null) return { run: current === null ? 'none' : 'ends', block: null, due: [], skipped: [] }
  const what = current === null ? 'none' : current.endedOn === null ? 'continues' : 'reopens'
  const made = (current?.steps ?? []).filter(({ state }) => state === 'done').map(({ stepId }) => stepId)
  const hardest = (ids: string[]): Decision['block'] => {
    let block: Decision['block'] = null
    for (const { id, action } of policy.steps) {
      if (!ids.includes(id)) continue
      if (action === 'soft_block' && block === null) block = 'soft'
      if (action === 'hard_block') block = 'hard'
    }
    return block
  }
  if (since === null) {
    let planned = 0n
    for (const item of items) if (item.dueOn < today && item.isPlanned) planned += item.openMinor
    return { run: what, block: policy.blockDuringPlans && planned > grace ? hardest(made) : null, due: [], skipped: [] }
  }
  if (isHeld) return { run: what, block: hardest(made), due: [], skipped: [] }
  let asked = 0n
  let oldest = today
  for (const item of items) {
    if (item.dueOn >= today || asks(item) === 0n) continue
    asked += asks(item)
    if (item.dueOn < oldest) oldest = item.dueOn
  }
  const runs = earlierRuns + (last !== null && current === null ? 1 : 0)
  const days = { calendar: 0, working: 0 }
  for (let day = plus(since, 1); day <= today; day = plus(day, 1)) {
    days.calendar++
    if (works(day)) days.working++
  }
  const age = Temporal.PlainDate.from(oldest).until(today, { largestUnit: 'day' }).days
  const [due, skipped]: [string[], string[]] = [[], []]
  const log = (current?.steps ?? []).map((one) => ({ ...one }))
  for (;;) {
    let behind = -1
    let lastOn: string | null = null
    for (const one of log) {
      behind = Math.max(
        behind,
        policy.steps.findIndex(({ id }) => id === one.stepId),
      )
      if (one.state !== 'skipped' && (lastOn === null || one.on > lastOn)) lastOn = one.on
    }
    const ready: DunningStep[] = []
    for (const one of policy.steps.slice(behind + 1)) {
      const min = BigInt(Math.round(Number(one.minAmount['EUR'] ?? '0') * 100))
      if (asked < min) continue
      if (one.earlierRuns.atLeast !== null && runs < one.earlierRuns.atLeast) continue
      if (one.oldestDays.atLeast !== null && age < one.oldestDays.atLeast) continue
      if (days[one.days] < one.afterDays) break
      ready.push(one)
    }
    while (ready.length > 1 && ready[0]?.action === ready[1]?.action) {
      const over = ready.shift() as DunningStep
      log.push({ stepId: over.id, on: today, state: 'skipped' })
      skipped.push(over.id)
    }
    const [one] = ready
    const isSoon = one !== undefined && lastOn !== null && today < plus(lastOn, one.gapDays ?? policy.gapDays)
    if (one === undefined || isSoon || (one.onlyWorkingDays && !works(today))) {
      // What is passed over is noted with what is done in its place.
      const kept =
        due.length === 0
          ? []
          : skipped.filter(
              (id) => policy.steps.findIndex((s) => s.id === id) < policy.steps.findIndex((s) => s.id === due.at(-1)),
            )
      return {
        run: what === 'none' && due.length > 0 ? 'begins' : what,
        block: hardest(made),
        due,
        skipped: kept,
      }
    }
    log.push({ stepId: one.id, on: today, state: 'done' })
    due.push(one.id)
  }
}

function factsOf({ items, run: last, earlierRuns, isHeld }: World): DunningFacts {
  return { items, run: last, earlierRuns, isHeld }
}

/** Notes what was decided, as the module does. */
function carryOut(world: World, decision: Decision, today: string): void {
  const rows = [
    ...decision.skipped.map(({ id }) => ({ stepId: id, on: today, state: 'skipped' as const })),
    ...decision.due.map(({ id }) => done(id, today)),
  ]
  if (decision.run === 'begins') {
    if (world.run !== null) world.earlierRuns++
    world.run = { startedOn: today, endedOn: null, steps: [] }
  }
  if (world.run === null) return
  if (decision.run === 'reopens') world.run.endedOn = null
  if (decision.run === 'ends') world.run.endedOn = today
  const known = new Set(world.run.steps.map(({ stepId }) => stepId))
  for (const row of rows) assert.ok(!known.has(row.stepId), `${row.stepId} twice in a run`)
  world.run.steps.push(...rows)
}

const between = (most: number): fc.Arbitrary<DunningStep['earlierRuns']> =>
  fc.record({ atLeast: fc.option(fc.integer({ min: 0, max: most })), atMost: fc.constant(null) })
const ACTIONS = ['remind', 'late_fee', 'call', 'soft_block', 'hard_block', 'terminate'] as const
const anyPolicy: fc.Arbitrary<DunningPolicy> = fc
  .record({
    steps: fc.array(
      fc.record({
        action: fc.constantFrom(...ACTIONS),
        afterDays: fc.integer({ min: 1, max: 9 }),
        days: fc.constantFrom('calendar' as const, 'working' as const),
        onlyWorkingDays: fc.boolean(),
        gapDays: fc.constantFrom(null, 0, 2),
        minAmount: fc.constantFrom({}, {}, { EUR: '4.00' }),
        oldestDays: fc.oneof(fc.constant(ANY), between(20)),
        earlierRuns: fc.oneof(fc.constant(ANY), between(1)),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    grace: fc.constantFrom({}, { EUR: '1.50' }),
    gapDays: fc.integer({ min: 0, max: 3 }),
    reopenDays: fc.integer({ min: 0, max: 20 }),
    blockDuringPlans: fc.boolean(),
  })
  .map(({ steps, ...rest }) => ({
    ...{ order: 1, segment: EVERYBODY, calendar: { weekend: [6, 7], holidays: ['2026-01-01', '2026-01-06'] }, ...rest },
    steps: steps
      .toSorted((a, b) => a.afterDays - b.afterDays)
      .map(({ action, afterDays, ...more }, at) => step(`s${at}`, action, afterDays, more)),
  }))

const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('day' as const), days: fc.constantFrom(1, 1, 2, 3, 4, 7, -1, -3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('owe' as const),
      inDays: fc.integer({ min: 0, max: 5 }),
      minor: fc.bigInt(1n, 900n),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pay' as const), at: fc.nat(5), minor: fc.bigInt(1n, 900n) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reverse' as const), at: fc.nat(2), minor: fc.bigInt(1n, 900n) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dispute' as const), at: fc.nat(5), minor: fc.bigInt(0n, 900n) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('plan' as const), at: fc.nat(5), isPlanned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), isHeld: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pay all' as const, 'bounce' as const) }) },
)

test('generated histories come to what somebody works out day by day; no step is done twice, and what is said of the next one comes true', () => {
  let [steps, reopened, ended] = [0, 0, 0]
  fc.assert(
    fc.property(anyPolicy, fc.array(change, { minLength: 20, maxLength: 60 }), (policy, changes) => {
      const world: World = { items: [], isHeld: false, run: null, earlierRuns: 0 }
      let [today, paid] = ['2025-12-30', [] as OpenItem[]]
      for (const [at, one] of changes.entries()) {
        const item = 'at' in one ? world.items[one.at] : undefined
        const set = (more: Partial<OpenItem>): void => {
          const place = world.items.indexOf(item as OpenItem)
          if (place >= 0) world.items[place] = { ...(item as OpenItem), ...more }
        }
        if (one.kind === 'owe') world.items.push(owes(String(at), plus(today, one.inDays), one.minor))
        if (one.kind === 'hold') world.isHeld = one.isHeld
        if (item !== undefined && one.kind === 'pay')
          set({ openMinor: item.openMinor > one.minor ? item.openMinor - one.minor : 0n })
        if (item !== undefined && one.kind === 'reverse') set({ openMinor: item.openMinor + one.minor })
        if (one.kind === 'pay all') {
          paid = world.items.map((other) => ({ ...other }))
          for (const [place, other] of world.items.entries()) world.items[place] = { ...other, openMinor: 0n }
        }
        if (one.kind === 'bounce') {
          for (const other of paid) {
            const place = world.items.findIndex(({ id }) => id === other.id)
            world.items[place] = { ...(world.items[place] as OpenItem), openMinor: other.openMinor }
          }
        }
        if (one.kind === 'dispute') set({ disputedMinor: one.minor })
        if (one.kind === 'plan') set({ isPlanned: one.isPlanned })
        if (one.kind === 'day') today = plus(today, one.days)
        const decision = decideDunning(policy, 'EUR', factsOf(world), today)
        const slow = slowly(policy, world, today)
        const seen = {
          run: decision.run,
          block: decision.block,
          due: decision.due.map(({ id }) => id),
          skipped: decision.skipped.map(({ id }) => id),
        }
        assert.deepEqual(seen, slow, `${today} ${at}`)
        carryOut(world, decision, today)
        steps += decision.due.length
        if (decision.run === 'reopens') reopened++
        if (decision.run === 'ends') ended++
        const again = decideDunning(policy, 'EUR', factsOf(world), today)
        assert.deepEqual([again.due, again.run === 'ends'], [[], false], 'a second look finds nothing to do')
        if (decision.run === 'ends') assert.equal(again.run, 'none')
      }
      comesTrue(policy, world, today)
    }),
    { numRuns: 120 },
  )
  assert.ok(steps > 60 && reopened > 2 && ended > 12, `${steps} steps, ${reopened} reopened, ${ended} ended`)
})

/** If nothing changes, the next step is done on its day, and nothing before. Amounts that fall due later are changes. */
function comesTrue(policy: DunningPolicy, world: World, today: string): void {
  if (world.items.some(({ dueOn, openMinor }) => dueOn >= today && openMinor > 0n)) return
  const { next } = decideDunning(policy, 'EUR', factsOf(world), today)
  if (next !== null) assert.ok(next.on > today)
  for (let day = plus(today, 1); day <= plus(next?.on ?? today, next === null ? 40 : 0); day = plus(day, 1)) {
    const [first] = decideDunning(policy, 'EUR', factsOf(world), day).due
    // An ended run that is too old to be continued is no longer one: another one begins from its first step.
    if (world.run?.endedOn != null) return
    assert.equal(first?.id, day === next?.on ? next.step.id : undefined, day)
  }
}
