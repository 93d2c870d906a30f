import { fromDayNumber, toDayNumber } from '../base/period.ts'
import { type DunningPolicy, type DunningStep, HARSH, isBetween, minorOf, TELLING } from './policy.ts'
import { workingDayAfter, workingDayFrom } from './working-days.ts'

/** A document of an account that is not paid whole. Amounts are minor units of the account's currency. */
export interface OpenItem {
  readonly id: string
  /** The last day on which it may be paid; it is overdue from the next one on. */
  readonly dueOn: string
  readonly openMinor: bigint
  /** Of what is open: nobody is asked for that. */
  readonly disputedMinor: bigint
  /** Whether a promise or instalments are kept for it: nobody is asked for it. */
  readonly isPlanned: boolean
}

/** - `not_available`: nobody could do it, and the reason was noted. - `skipped`: a later step of its kind was due, too. */
export const STEP_STATES = ['asked', 'done', 'not_available', 'failed', 'skipped'] as const

export interface StepFact {
  readonly stepId: string
  /** The account's day on which it was done. */
  readonly on: string
  readonly state: (typeof STEP_STATES)[number]
}

/** What was done on an account from the first step until its debt was gone. */
export interface RunFacts {
  readonly startedOn: string
  /** Null while it goes on. */
  readonly endedOn: string | null
  readonly steps: readonly StepFact[]
}

export interface DunningFacts {
  readonly items: readonly OpenItem[]
  /** The last run of the account. */
  readonly run: RunFacts | null
  /** How many runs it had before that one. */
  readonly earlierRuns: number
  /** Whether a person has said that nothing is done. */
  readonly isHeld: boolean
}

export type BlockLevel = 'soft' | 'hard'

/** Why nothing is done although something is overdue. `not_told`: a block is due, and no step before it could tell anybody. */
type Stop = 'dispute' | 'plan' | 'hold' | 'not_told'

export interface Decision {
  /**
   * What becomes of the run.
   * - `none`: there is none, and none begins
   * - `begins`: with its first step, today
   * - `continues`
   * - `reopens`: its debt came back, such as by a reversal, and it continues where it stood
   * - `ends`: no more is overdue than the grace amount
   */
  readonly run: 'none' | 'begins' | 'continues' | 'reopens' | 'ends'
  /** Overdue and to be asked for. */
  readonly askedMinor: bigint
  /** Overdue, also what is disputed and what is in plans. */
  readonly overdueMinor: bigint
  /** The due day from which days overdue are counted; null where no more than the grace amount is to be asked for. */
  readonly since: string | null
  readonly daysOverdue: number
  readonly stops: readonly Stop[]
  /** Steps to be done today, in this order. */
  readonly due: readonly DunningStep[]
  /** Steps that are not done any more, because a later one of their kind is due. */
  readonly skipped: readonly DunningStep[]
  /** The reminder that could not be sent and is tried once more, since a block waits for it. */
  readonly again: DunningStep | null
  /** The block that is to stand by the steps that were done before. */
  readonly block: BlockLevel | null
  /** What comes next if nothing changes: nobody pays, and nothing else falls due. */
  readonly next: { readonly step: DunningStep; readonly on: string } | null
}

/** How far ahead the next step is looked for. */
const AHEAD_DAYS = 1_200

/**
 * The due day since which more is overdue than the grace amount: that of the document with which the sum, the oldest first, passes it. Of 0.40 left of
 * January and 10.00 due in March, with a grace amount of 1.00, that is the day in March: what is left over of January makes nobody a year late.
 */
function overdueSince(
  items: readonly { readonly dueOn: string; readonly minor: bigint }[],
  graceMinor: bigint,
): string | null {
  let sum = 0n
  for (const { dueOn, minor } of items.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))) {
    sum += minor
    if (sum > graceMinor) return dueOn
  }
  return null
}

function askable({ openMinor, disputedMinor, isPlanned }: OpenItem): bigint {
  if (isPlanned || openMinor <= disputedMinor) return 0n
  return openMinor - (disputedMinor > 0n ? disputedMinor : 0n)
}

interface Situation {
  readonly policy: DunningPolicy
  readonly oldest: number
  readonly askedMinor: bigint
  readonly earlierRuns: number
  /** Whether a step of the run has told somebody of the debt. */
  readonly isTold: boolean
  /** The first day on which each step is reached, in the order of the policy. */
  readonly reached: readonly number[]
  /** Minor units that each step asks for at least, in the same order. */
  readonly least: readonly bigint[]
}

/** What was done, as far as the order of steps goes: the place of the last one, and the day on which something was done. */
interface Done {
  readonly position: number
  readonly on: number | null
}

/** Whether a step waits until somebody is told. */
function waitsForWord({ policy, isTold }: Situation, at: number): boolean {
  return policy.blockUntold === false && !isTold && HARSH.includes((policy.steps[at] as DunningStep).action)
}

/** Whether a step is to be done at all as things are; days aside. */
function holds({ policy, least, askedMinor, earlierRuns, oldest }: Situation, at: number, day: number): boolean {
  const { oldestDays, earlierRuns: runs } = policy.steps[at] as DunningStep
  return askedMinor >= (least[at] as bigint) && isBetween(runs, earlierRuns) && isBetween(oldestDays, day - oldest)
}

/**
 * The step that is done on a day behind those that are done, if any. The first one that holds, in the order of the policy; of several of one kind in a
 * row that are due, the last one alone: after a week in which nothing ran, one reminder is sent and not two.
 */
function stepOn(
  situation: Situation,
  done: Done,
  day: number,
): { readonly at: number; readonly skipped: number[] } | null {
  const { policy, reached } = situation
  const due: number[] = []
  for (let at = done.position + 1; at < policy.steps.length; at++) {
    if (!holds(situation, at, day)) continue
    if ((reached[at] as number) > day || waitsForWord(situation, at)) break
    due.push(at)
  }
  const first = due[0]
  if (first === undefined) return null
  const kindOf = (at: number): string => (policy.steps[at] as DunningStep).action
  const others = due.findIndex((at) => kindOf(at) !== kindOf(first))
  const sameKind = others < 0 ? due : due.slice(0, others)
  const at = sameKind.at(-1) as number
  const { gapDays, onlyWorkingDays } = policy.steps[at] as DunningStep
  if (done.on !== null && day < done.on + (gapDays ?? policy.gapDays)) return null
  if (onlyWorkingDays && workingDayFrom(policy.calendar, day) !== day) return null
  return { at, skipped: sameKind.slice(0, -1) }
}

/** All that is done on a day: several steps where they may follow each other on one day. */
function stepsOn(situation: Situation, before: Done, day: number): { due: number[]; skipped: number[]; done: Done } {
  const [due, skipped]: [number[], number[]] = [[], []]
  let done = before
  for (;;) {
    const found = stepOn(situation, done, day)
    if (found === null) return { due, skipped, done }
    due.push(found.at)
    skipped.push(...found.skipped)
    done = { position: found.at, on: day }
  }
}

function doneOf({ steps }: DunningPolicy, facts: readonly StepFact[]): Done {
  const places = facts.map(({ stepId }) => steps.findIndex(({ id }) => id === stepId))
  const days = facts.filter(({ state }) => state !== 'skipped').map(({ on }) => toDayNumber(on))
  return { position: Math.max(-1, ...places), on: days.length === 0 ? null : Math.max(...days) }
}

function nextAfter(situation: Situation, done: Done, today: number): Decision['next'] {
  const { steps } = situation.policy
  if (done.position >= steps.length - 1) return null
  for (let day = today + 1; day <= today + AHEAD_DAYS; day++) {
    const found = stepOn(situation, done, day)
    if (found !== null) return { step: steps[found.at] as DunningStep, on: fromDayNumber(day) }
  }
  return null
}

/** The hardest block of steps that were done; one that could not be placed blocks nobody. */
function blockOf(policy: DunningPolicy, done: readonly string[]): BlockLevel | null {
  const actions = policy.steps.filter(({ id }) => done.includes(id)).map(({ action }) => action)
  if (actions.includes('hard_block')) return 'hard'
  return actions.includes('soft_block') ? 'soft' : null
}

/**
 * What is to be done on an account today, what comes next, and what stops it. A step is done once in a run, in the order of the policy: a clock that goes
 * back finds it done, and one that leaps ahead finds all of them due, which are done one after another with the days between them that the policy says.
 * @param policy of the run that goes on, or of the segment that the account fits
 * @param today a day of the account's zone
 */
export function decideDunning(policy: DunningPolicy, currency: string, facts: DunningFacts, today: string): Decision {
  const graceMinor = minorOf(policy.grace, currency)
  const overdue = facts.items.filter(({ dueOn, openMinor }) => dueOn < today && openMinor > 0n)
  const asked = overdue.map((item) => ({ dueOn: item.dueOn, minor: askable(item) })).filter(({ minor }) => minor > 0n)
  const sum = (minors: readonly bigint[]): bigint => minors.reduce((all, minor) => all + minor, 0n)
  const askedMinor = sum(asked.map(({ minor }) => minor))
  const overdueMinor = sum(overdue.map(({ openMinor }) => openMinor))
  const since = overdueSince(asked, graceMinor)
  const debtSince = overdueSince(
    overdue.map(({ dueOn, openMinor }) => ({ dueOn, minor: openMinor })),
    graceMinor,
  )
  const open = runOf(policy, facts.run, debtSince, today)
  const daysOverdue = since === null ? 0 : toDayNumber(today) - toDayNumber(since)
  const stops = debtSince === null ? [] : stopsOf(overdue, facts.isHeld)
  const figures = { askedMinor, overdueMinor, since, daysOverdue, stops }
  const nothing = { ...figures, due: [], skipped: [], again: null, block: null, next: null } as const
  if (debtSince === null) return { ...nothing, run: open === null ? 'none' : 'ends' }
  const run = open === null ? 'none' : open.endedOn === null ? 'continues' : 'reopens'
  const blocked = blockOf(
    policy,
    (open?.steps ?? []).filter(({ state }) => state === 'done').map(({ stepId }) => stepId),
  )
  if (since === null) {
    const planned = sum(overdue.filter(({ isPlanned }) => isPlanned).map(({ openMinor }) => openMinor))
    return { ...nothing, run, block: policy.blockDuringPlans && planned > graceMinor ? blocked : null }
  }
  if (facts.isHeld) return { ...nothing, run, block: blocked }
  const earlierRuns = facts.earlierRuns + (facts.run !== null && open === null ? 1 : 0)
  const isTold = (open?.steps ?? []).some((one) => one.state === 'done' && isOf(policy, one, TELLING))
  const situation = situationOf(policy, currency, { since, askedMinor, asked, earlierRuns, isTold })
  const day = toDayNumber(today)
  const before = doneOf(policy, open?.steps ?? [])
  const { due, skipped, done } = stepsOn(situation, before, day)
  const isWaiting = isUntold(situation, done, day)
  const unsent = (open?.steps ?? []).findLast(
    (one) => (one.state === 'not_available' || one.state === 'failed') && isOf(policy, one, ['remind']),
  )
  const named = (places: readonly number[]): DunningStep[] => places.map((at) => policy.steps[at] as DunningStep)
  return {
    ...figures,
    stops: isWaiting ? [...stops, 'not_told'] : stops,
    again: (isWaiting && policy.steps.find(({ id }) => id === unsent?.stepId)) || null,
    run: run === 'none' && due.length > 0 ? 'begins' : run,
    due: named(due),
    skipped: named(skipped),
    block: blocked,
    next: nextAfter(situation, done, day),
  }
}

function isOf({ steps }: DunningPolicy, { stepId }: StepFact, actions: readonly DunningStep['action'][]): boolean {
  return steps.some(({ id, action }) => id === stepId && actions.includes(action))
}

/** Whether a step would be done if somebody had been told. */
function isUntold(situation: Situation, done: Done, day: number): boolean {
  const found = stepOn({ ...situation, isTold: true }, done, day)
  return found !== null && waitsForWord(situation, found.at)
}

/** The run that goes on, or that goes on again; null where there is none. */
function runOf(
  { reopenDays }: DunningPolicy,
  run: RunFacts | null,
  debtSince: string | null,
  today: string,
): RunFacts | null {
  if (run === null || run.endedOn === null) return run
  const isOld = toDayNumber(today) - toDayNumber(run.endedOn) > reopenDays
  return debtSince !== null && debtSince < run.endedOn && !isOld ? run : null
}

function stopsOf(overdue: readonly OpenItem[], isHeld: boolean): Stop[] {
  const isDisputed = overdue.some(({ disputedMinor }) => disputedMinor > 0n)
  const isPlanned = overdue.some((item) => item.isPlanned)
  return [
    ...(isDisputed ? ['dispute' as const] : []),
    ...(isPlanned ? ['plan' as const] : []),
    ...(isHeld ? ['hold' as const] : []),
  ]
}

function situationOf(
  policy: DunningPolicy,
  currency: string,
  {
    since,
    askedMinor,
    asked,
    earlierRuns,
    isTold,
  }: {
    readonly since: string
    readonly askedMinor: bigint
    readonly asked: readonly { readonly dueOn: string }[]
    readonly earlierRuns: number
    readonly isTold: boolean
  },
): Situation {
  const from = toDayNumber(since)
  const oldest = Math.min(...asked.map(({ dueOn }) => toDayNumber(dueOn)))
  const reached = policy.steps.map(({ afterDays, days }) =>
    days === 'calendar' ? from + afterDays : workingDayAfter(policy.calendar, from, afterDays),
  )
  const least = policy.steps.map(({ minAmount }) => minorOf(minAmount, currency))
  return { policy, oldest, askedMinor, earlierRuns, isTold, reached, least }
}
