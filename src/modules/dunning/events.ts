import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { DUNNING_ACTIONS } from '../../core/dunning/policy.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { HoldRow, PolicyRow, RunRow, StepRow } from './store.ts'
import type { CallTask } from './task-store.ts'

const amount = z.string().describe('What was to be asked for; a decimal of the currency')
const run = { policy: z.string(), version: z.int(), currency: z.string(), amount }
const runs = {
  began: eventType(
    'dunning_run.began',
    'dunning_run',
    'An account is overdue: the first step of its policy is done.',
    run,
  ),
  reopened: eventType(
    'dunning_run.reopened',
    'dunning_run',
    'The debt of a run that had ended is there again, such as by a reversal: it continues where it stood.',
    run,
  ),
  ended: eventType(
    'dunning_run.ended',
    'dunning_run',
    'No more than the grace amount is overdue: its blocks are lifted, and nothing more is done.',
    run,
  ),
}
const step = {
  runId: z.uuid(),
  step: z.string().describe('Its name in the policy'),
  action: z.enum(DUNNING_ACTIONS),
  currency: z.string(),
  amount,
  daysOverdue: z.int(),
  detail: z.string().nullable().describe('What was done, or why nothing was'),
}
const steps = {
  done: eventType('dunning_step.done', 'dunning_step', 'A step of dunning was done.', step),
  not_available: eventType(
    'dunning_step.not_available',
    'dunning_step',
    'A step of dunning was due, and there is nothing by which it could be done: somebody has to see to it.',
    step,
  ),
  failed: eventType(
    'dunning_step.failed',
    'dunning_step',
    'A step of dunning was refused: somebody has to see to it.',
    step,
  ),
}
const policyData = { key: z.string(), version: z.int(), state: z.string() }
const policyApplied = eventType(
  'dunning_policy.applied',
  'dunning_policy',
  'A version of a dunning policy was made: runs that begin from now on follow it, unless it is a draft.',
  policyData,
)
const policyWithdrawn = eventType(
  'dunning_policy.withdrawn',
  'dunning_policy',
  'A dunning policy was withdrawn: no run begins by it any more.',
  policyData,
)
const held = eventType('dunning_hold.placed', 'dunning_hold', 'Somebody said that nothing is done on an account.', {
  until: z.iso.date().nullable().describe('The last day; null until it is released'),
})
const released = eventType('dunning_hold.released', 'dunning_hold', 'Dunning of an account continues.', {
  until: z.iso.date().nullable(),
})
const task = { runId: z.uuid(), currency: z.string(), amount }
const tasks = {
  open: eventType('call_task.opened', 'call_task', 'Somebody is to call a customer who has not paid.', task),
  done: eventType('call_task.done', 'call_task', 'A customer who has not paid was called.', {
    ...task,
    outcome: z.string(),
  }),
  cancelled: eventType('call_task.cancelled', 'call_task', 'Nobody has to call any more: the debt is gone.', task),
}
const handedOver = eventType(
  'dunning_hand_over.made',
  'dunning_hand_over',
  'Accounts were handed over to somebody who collects.',
  { key: z.string(), accounts: z.int() },
)
const recalled = eventType(
  'dunning_hand_over.recalled',
  'dunning_hand_over',
  'The debt of an account that was handed over is gone: whoever collects it has to be told.',
  { runId: z.uuid() },
)

export const dunningEvents = [
  ...[...Object.values(runs), ...Object.values(steps), policyApplied, policyWithdrawn, held, released],
  ...[...Object.values(tasks), handedOver, recalled],
]

export function runEvent(
  what: keyof typeof runs,
  { id, accountId, currency }: Pick<RunRow, 'id' | 'accountId' | 'currency'>,
  { key: policy, version }: Pick<PolicyRow, 'key' | 'version'>,
  minor: bigint,
): NewEvent {
  const data = { policy, version, currency, amount: formatMinor(minor, currency) }
  return eventOf(runs[what], { objectId: id, accountId }, data as never)
}

/** None of a step that is asked for or skipped: nothing has happened yet, or nothing at all. */
export function stepEvents(rows: readonly StepRow[]): NewEvent[] {
  return rows.flatMap(({ id, runId, accountId, stepId, action, state, currency, amountMinor, daysOverdue, detail }) => {
    if (state === 'asked' || state === 'skipped') return []
    const amountText = formatMinor(BigInt(amountMinor), currency)
    const data = { runId, step: stepId, action, currency, amount: amountText, daysOverdue, detail }
    return [eventOf(steps[state], { objectId: id, accountId }, data as never)]
  })
}

export function policyEvent(row: PolicyRow): NewEvent {
  return eventOf(row.state === 'withdrawn' ? policyWithdrawn : policyApplied, { objectId: row.id }, row)
}

export function holdEvent(what: 'placed' | 'released', { id, accountId, untilOn }: HoldRow): NewEvent {
  return eventOf(what === 'placed' ? held : released, { objectId: id, accountId }, { until: untilOn })
}

export function taskEvent({ id, accountId, runId, currency, amountMinor, state, outcome }: CallTask): NewEvent {
  const data = { runId, currency, amount: formatMinor(BigInt(amountMinor), currency), outcome }
  return eventOf(tasks[state], { objectId: id, accountId }, data as never)
}

export function handOverEvent({ id, key }: { readonly id: string; readonly key: string }, accounts: number): NewEvent {
  return eventOf(handedOver, { objectId: id }, { key, accounts })
}

export function recallEvent(handOverId: string, { id, accountId }: Pick<RunRow, 'id' | 'accountId'>): NewEvent {
  return eventOf(recalled, { objectId: handOverId, accountId }, { runId: id })
}
