import type { Change, History, Plan } from '../history.ts'
import { addDays, beginOf, type Cycle, dayOf } from './calendar.ts'

/** A stretch of a subscription's life in which nothing changes. Times are instants. */
export interface Stretch {
  readonly from: string
  /** Null: it goes on. */
  readonly until: string | null
  readonly plan: Plan
  readonly phase: string | null
  readonly quantity: number
  readonly isPaused: boolean
  /** Usage counts anew from here on. */
  readonly restarts: boolean
}

interface State {
  plan: Plan
  restarts: boolean
  quantity: number
  isPaused: boolean
  isEnded: boolean
}

/** The life that a subscription has by the changes that are recorded, in the order in which they were. */
export function lifeOf(history: History, changes: readonly Change[]): Stretch[] {
  const { plans, startsAt, quantity } = history
  const [plan] = plans
  if (plan === undefined) throw new Error('no plan')
  const times = new Set([startsAt, ...changes.map(({ effective }) => effective)].map(written))
  // Phases follow one another from the start of the subscription, whatever plan it has when one ends.
  for (const one of plans) for (const { begins } of phasesOf(history, one)) times.add(written(begins))
  const cuts = [...times].sort((one, other) => Date.parse(one) - Date.parse(other))
  const state: State = { plan, quantity, isPaused: false, isEnded: false, restarts: false }
  const stretches: Stretch[] = []
  cuts.forEach((from, at) => {
    state.restarts = false
    for (const change of changes) if (Date.parse(change.effective) === Date.parse(from)) apply(state, change, plans)
    const phase = phaseAt(history, state.plan, from)
    const { isEnded, ...holds } = state
    if (!isEnded) stretches.push({ from, until: cuts[at + 1] ?? null, phase, ...holds })
  })
  return joined(stretches)
}

/** A cut at which nothing differs is none. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = []
  for (const stretch of stretches) {
    const last = kept.at(-1)
    const isSame =
      last?.until === stretch.from &&
      !stretch.restarts &&
      last.plan === stretch.plan &&
      last.phase === stretch.phase &&
      last.quantity === stretch.quantity &&
      last.isPaused === stretch.isPaused
    if (isSame) kept[kept.length - 1] = { ...last, until: stretch.until }
    else kept.push(stretch)
  }
  return kept
}

/** One instant is written in one way. */
function written(time: string): string {
  return Temporal.Instant.from(time).toString()
}

function apply(state: State, change: Change, plans: readonly Plan[]): void {
  switch (change.kind) {
    case 'plan':
      state.plan = planOf(plans, change.plan, change.planVersion)
      state.restarts = change.usage === 'restart'
      break
    case 'quantity':
      state.quantity = change.quantity
      break
    case 'pause':
      state.isPaused = true
      break
    case 'resume':
      state.isPaused = false
      state.isEnded = false
      break
    case 'cancel':
      state.isEnded = true
  }
}

export function planOf(plans: readonly Plan[], code: string, version: number): Plan {
  const plan = plans.find((one) => one.code === code && one.version === version)
  if (plan === undefined) throw new Error(`no plan ${code}@${version}`)
  return plan
}

/** The phase that a plan has at an instant. */
export function phaseAt(history: History, plan: Plan, time: string): string | null {
  return phasesOf(history, plan).findLast(({ begins }) => Date.parse(begins) <= Date.parse(time))?.code ?? null
}

/** Where each phase of a plan begins: at the wall-clock time at which the subscription began. */
function phasesOf({ startsAt, zone }: History, { phases = [] }: Plan): { code: string; begins: string }[] {
  let local = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone).toPlainDateTime()
  return phases.map(({ code, lasts }) => {
    const begins = local.toZonedDateTime(zone).toInstant().toString()
    if (lasts !== null) local = local.add(asDuration(lasts))
    return { code, begins }
  })
}

function asDuration({ unit, count = 1 }: Cycle): Temporal.DurationLike {
  return { [`${unit}s`]: count }
}

/** What holds at an instant, if the subscription lives then. */
export function stretchAt(life: readonly Stretch[], time: string): Stretch | undefined {
  const at = Date.parse(time)
  return life.find(({ from, until }) => Date.parse(from) <= at && (until === null || at < Date.parse(until)))
}

/** The local days of a stretch: that of a change belongs to what follows, and the last day of all counts whole. */
export function daysOf(
  life: readonly Stretch[],
  stretch: Stretch,
  zone: string,
): { from: string; until: string | null } {
  const from = dayOf(stretch.from, zone)
  if (stretch.until === null) return { from, until: null }
  const until = dayOf(stretch.until, zone)
  const isFollowed = life.some((other) => other.from === stretch.until)
  const isMidnight = written(beginOf(until, zone)) === stretch.until
  return { from, until: isFollowed || isMidnight ? until : addDays(until, 1) }
}

/** Days on which the subscription, a plan or a phase begins: the account is billed then. */
export function beginDays(life: readonly Stretch[], zone: string): string[] {
  return life.flatMap((stretch, at) => {
    const before = life[at - 1]
    const goesOn = before !== undefined && before.until === stretch.from
    if (goesOn && before.plan === stretch.plan && before.phase === stretch.phase) return []
    return [dayOf(stretch.from, zone)]
  })
}

/** A plan's turn in a period: from when it is in force, and the plan itself. */
interface Turn {
  readonly plan: Plan
  readonly from: string
}

/** When changes of plan let usage count anew. */
export function restartsOf(life: readonly Stretch[]): number[] {
  return life.filter(({ restarts }) => restarts).map(({ from }) => Date.parse(from))
}

/** The plans of a period, one after another; a pause between two turns of one plan makes no difference. */
export function turnsIn(life: readonly Stretch[], from: string, until: string): Turn[] {
  const turns: Turn[] = []
  let isRestarted = false
  for (const stretch of life) {
    isRestarted ||= stretch.restarts
    if (stretch.isPaused) continue
    const isBehind = stretch.until !== null && Date.parse(stretch.until) <= Date.parse(from)
    if (!isBehind && Date.parse(stretch.from) < Date.parse(until))
      if (turns.at(-1)?.plan !== stretch.plan || isRestarted) turns.push({ plan: stretch.plan, from: stretch.from })
    isRestarted = false
  }
  return turns
}

/** Which turn of a plan a record is of, where it is not the plan's first one in its period. */
export function visitAt(turns: readonly Turn[], plan: Plan, time: string): string {
  const turn = turns.findLast(({ from }) => Date.parse(from) <= Date.parse(time)) ?? turns[0]
  const first = turns.find((one) => one.plan === plan) ?? turns[0]
  return turn === undefined || turn === first ? '' : turn.from
}
