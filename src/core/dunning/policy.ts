import { parseMinor } from '../base/money.ts'
import type { WorkingCalendar } from './working-days.ts'

/** What a step does. */
export const DUNNING_ACTIONS = [
  'remind',
  'charge_again',
  'late_fee',
  'call',
  'soft_block',
  'hard_block',
  'terminate',
  'hand_over',
] as const
export type DunningAction = (typeof DUNNING_ACTIONS)[number]

/** Reminders, the kindest one first. */
export const REMINDERS = ['first', 'second', 'final'] as const

/** Amounts by currency, as decimals: `{"EUR": "5.00"}`. What is not named is nothing. */
export type Amounts = Readonly<Record<string, string>>

/** A number that is at least, and at most, so much; what is null is not asked about. */
export interface Between {
  readonly atLeast: number | null
  readonly atMost: number | null
}

/** What is done once in a run, when an account is overdue for so long. */
export interface DunningStep {
  /** By which it is known: what was done under this name is not done again in a run. */
  readonly id: string
  readonly action: DunningAction
  /** Days overdue from which on it is done. */
  readonly afterDays: number
  /** How those days are counted: all, or working ones. */
  readonly days: 'calendar' | 'working'
  /** Whether it waits for a working day. */
  readonly onlyWorkingDays: boolean
  /** Days that must lie between the step before and this one; null for what the policy says. 0 lets both be done on one day. */
  readonly gapDays: number | null
  /** It is passed over as long as less is to be asked for. */
  readonly minAmount: Amounts
  /** Days for which the oldest document is overdue, whatever is left of it. */
  readonly oldestDays: Between
  /** Runs of the account before this one: somebody who is late for the first time is treated in another way. */
  readonly earlierRuns: Between
  /** What a person who calls says. */
  readonly script: string | null
  /** Which reminder is sent: its template. */
  readonly reminder: (typeof REMINDERS)[number]
}

/** Whom a policy is for; all that is said must hold, and a list that is empty says nothing. */
export interface DunningSegment {
  readonly customerKinds: readonly string[]
  readonly issuers: readonly string[]
  readonly currencies: readonly string[]
  /** Entries of the account, or else of its customer: `{"segment": ["vip", "gold"]}`. */
  readonly metadata: Readonly<Record<string, readonly string[]>>
}

export interface DunningPolicy {
  /** Policies are asked in this order, and the first one that an account fits holds for it. */
  readonly order: number
  readonly segment: DunningSegment
  readonly calendar: WorkingCalendar
  /** Nobody is reminded of so much or less, and what is left after a payment ends a run. */
  readonly grace: Amounts
  /** Days between two steps of a run, at least. */
  readonly gapDays: number
  /** A run that has ended continues where it stood if its debt comes back within so many days; later on another one begins. */
  readonly reopenDays: number
  /** Whether blocks stay while what is overdue is in promises or instalments that are kept. */
  readonly blockDuringPlans: boolean
  /**
   * Whether somebody is blocked, and loses what was subscribed to, of whom no step could tell anything: no reminder could be sent, and nobody was asked to call. Those
   * that were kept before there was this field say nothing, and block.
   */
  readonly blockUntold?: boolean | undefined
  readonly steps: readonly DunningStep[]
}

/** Of an account, what segments look at. */
export interface SegmentFacts {
  readonly customerKind: string | null
  readonly issuer: string
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  readonly customerMetadata: Readonly<Record<string, string>>
}

export function fits(segment: DunningSegment, facts: SegmentFacts): boolean {
  const has = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value)
  return (
    has(segment.customerKinds, facts.customerKind ?? 'unknown') &&
    has(segment.issuers, facts.issuer) &&
    has(segment.currencies, facts.currency) &&
    Object.entries(segment.metadata).every(([name, values]) =>
      values.includes(facts.metadata[name] ?? facts.customerMetadata[name] ?? ''),
    )
  )
}

/** Minor units of what a policy says in a currency; 0 where it says nothing. */
export function minorOf(amounts: Amounts, currency: string): bigint {
  const text = amounts[currency]
  return text === undefined ? 0n : (parseMinor(text, currency) ?? 0n)
}

export function isBetween({ atLeast, atMost }: Between, value: number): boolean {
  return (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost)
}

/** What is kept back from those who were not told, where a policy says so. */
export const HARSH: readonly DunningAction[] = ['soft_block', 'hard_block', 'terminate']
/** What tells somebody of the debt. */
export const TELLING: readonly DunningAction[] = ['remind', 'call']
const BLOCKS: readonly DunningAction[] = ['soft_block', 'hard_block']

/** What is wrong with a policy, in words; none where nothing is. */
export function policyFaults({ steps }: Pick<DunningPolicy, 'steps'>): string[] {
  const faults: string[] = []
  for (const [at, { id, action, afterDays, days, script }] of steps.entries()) {
    const before = steps.slice(0, at)
    if (before.some((one) => one.id === id)) faults.push(`steps: "${id}" is there twice`)
    const later = before.findLast((one) => one.days === days && one.afterDays > afterDays)
    if (later !== undefined)
      faults.push(`steps: "${id}" is after ${afterDays} days, behind "${later.id}" after ${later.afterDays}`)
    if (action === 'soft_block' && before.some((one) => one.action === 'hard_block'))
      faults.push(`steps: "${id}" would block less than a step before it`)
    if (action === 'hand_over' && before.some((one) => one.action === 'hand_over'))
      faults.push(`steps: "${id}" hands over what a step before it has handed over`)
    if (action === 'call' && script === null) faults.push(`steps: "${id}" needs a script for the person who calls`)
    if (BLOCKS.includes(action) && !before.some((one) => TELLING.includes(one.action)))
      faults.push(`steps: "${id}" blocks somebody whom no step before it has told: begin with remind or call`)
  }
  return faults
}
