import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { type Decision, STEP_STATES } from '../../core/dunning/decide.ts'
import { DUNNING_ACTIONS, type DunningStep } from '../../core/dunning/policy.ts'
import type { Database } from '../../platform/db.ts'
import { accountNames, ofAccount } from '../parties/index.ts'
import type { Look } from './look.ts'
import { policyContent } from './schemas.ts'
import * as store from './store.ts'
import { CALL_OUTCOMES, type CallTask } from './task-store.ts'

export const amount = z.string().describe('A decimal of the currency')
const action = z.enum(DUNNING_ACTIONS)
const block = z.enum(['soft', 'hard']).nullable()

export const policyAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    version: z.int(),
    state: z
      .enum(store.POLICY_STATES)
      .describe('The last version of a key holds, drafts aside; `withdrawn`: no run begins by it any more'),
    policy: policyContent,
    madeBy: z.string(),
    madeAt: z.iso.datetime(),
  })
  .meta({ id: 'DunningPolicy' })

export function viewPolicy({ id, key, version, state, content, madeBy, madeAt }: store.PolicyRow): object {
  return { id, key, version, state, policy: content, madeBy, madeAt }
}

const stepAnswer = z.strictObject({
  step: z.string(),
  action,
  state: z.enum(STEP_STATES),
  amount: amount.describe('What was to be asked for'),
  daysOverdue: z.int(),
  on: z.iso.date().describe('The account’s day'),
  at: z.iso.datetime(),
  detail: z.string().nullable().describe('What was done, or why nothing was'),
})
export const runAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    policy: z.string(),
    version: z.int(),
    state: z.enum(['running', 'ended']),
    currency: z.string(),
    block: block.describe('That it has placed and that stands'),
    startedOn: z.iso.date(),
    endedOn: z.iso.date().nullable(),
    reopened: z.int().describe('How often its debt came back after it had ended'),
    steps: z.array(stepAnswer),
  })
  .meta({ id: 'DunningRun' })

export async function viewRuns(db: Database, runs: readonly store.RunRow[]): Promise<object[]> {
  const names = await accountNames(
    db,
    runs.map(({ accountId }) => accountId),
  )
  const policies = await store.policiesById(
    db,
    runs.map(({ policyId }) => policyId),
  )
  const steps = Map.groupBy(
    await store.stepsOf(
      db,
      runs.map(({ id }) => id),
    ),
    ({ runId }) => runId,
  )
  return runs.map((run) => {
    const { id, accountId, policyId, state, currency, startedOn, endedOn, reopened } = run
    const { key: policy, version } = policies.get(policyId) as store.PolicyRow
    return {
      ...{ id, accountId, ...names.get(accountId), policy, version, state, currency, block: run.block },
      ...{ startedOn, endedOn, reopened, steps: (steps.get(id) ?? []).map(viewStep) },
    }
  })
}

function viewStep(row: store.StepRow): object {
  const { stepId, state, currency, amountMinor, daysOverdue, doneOn, doneAt, detail } = row
  const money = formatMinor(BigInt(amountMinor), currency)
  return { step: stepId, action: row.action, state, amount: money, daysOverdue, on: doneOn, at: doneAt, detail }
}

const planned = z.strictObject({ step: z.string(), action })
const standing = {
  policy: z.string().nullable().describe('That holds for it; null where it fits none'),
  version: z.int().nullable(),
  currency: z.string(),
  overdue: amount.describe('All that is overdue'),
  asked: amount.describe('What of that is asked for: not what is disputed, nor what is in a promise or in instalments'),
  since: z.iso.date().nullable().describe('The due day from which days overdue are counted'),
  daysOverdue: z.int(),
  stops: z
    .array(z.enum(['dispute', 'plan', 'hold', 'not_told']))
    .describe('Why less than all is asked for, or nothing is done'),
  becomes: z
    .enum(['none', 'begins', 'continues', 'reopens', 'ends'])
    .describe('What becomes of its run when steps are done the next time'),
  due: z.array(planned).describe('Steps that are done then'),
  next: planned
    .extend({ on: z.iso.date() })
    .nullable()
    .describe('What comes next, if nobody pays and nothing else falls due'),
}
export const previewItem = z.strictObject({ ...ofAccount, today: z.iso.date(), ...standing })
const holdAnswer = z.strictObject({
  id: z.uuid(),
  reason: z.string(),
  until: z.iso.date().nullable().describe('The last day; null until it is released'),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
})
export const accountAnswer = z
  .strictObject({
    ...ofAccount,
    today: z.iso.date(),
    ...standing,
    hold: holdAnswer.nullable(),
    run: runAnswer.nullable().describe('The last one'),
  })
  .meta({ id: 'AccountDunning' })

export function viewHold({ id, reason, untilOn, madeBy, madeAt }: store.HoldRow): object {
  return { id, reason, until: untilOn, madeBy, madeAt }
}

const NOTHING: Pick<Decision, 'run' | 'askedMinor' | 'since' | 'daysOverdue' | 'stops' | 'due' | 'next'> = {
  ...{ run: 'none', askedMinor: 0n, since: null, daysOverdue: 0, stops: [], due: [], next: null },
}

/** How an account stands, without its names. */
export function viewLook({ account, today, items, policy, decision, hold }: Look): object {
  const { currency } = account
  const named = ({ id: step, action: does }: DunningStep): object => ({ step, action: does })
  const { run, askedMinor, since, daysOverdue, stops, due, next } = decision ?? NOTHING
  const overdueMinor = items.reduce((sum, { openMinor }) => sum + openMinor, 0n)
  const held = store.isHeldOn(hold, today) ? ['hold'] : []
  return {
    ...{ accountId: account.id, today, policy: policy?.key ?? null, version: policy?.version ?? null, currency },
    ...{ overdue: formatMinor(overdueMinor, currency), asked: formatMinor(askedMinor, currency), since, daysOverdue },
    ...{ stops: decision === null ? held : stops, becomes: run, due: due.map(named) },
    next: next && { ...named(next.step), on: next.on },
  }
}

export const taskAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    runId: z.uuid(),
    step: z.string(),
    script: z.string().describe('What whoever calls says'),
    currency: z.string(),
    amount: amount.describe('What was to be asked for'),
    state: z.enum(['open', 'done', 'cancelled']).describe('`cancelled`: the debt was gone before anybody called'),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    note: z.string().nullable(),
    createdAt: z.iso.datetime(),
    endedBy: z.string().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CallTask' })

export async function viewTasks(db: Database, tasks: readonly CallTask[]): Promise<object[]> {
  const names = await accountNames(
    db,
    tasks.map(({ accountId }) => accountId),
  )
  return tasks.map(({ stepId, amountMinor, ...task }) => {
    const { id, accountId, runId, script, currency, state, outcome, note, createdAt, endedBy, endedAt } = task
    return {
      ...{ id, accountId, ...names.get(accountId), runId, step: stepId, script, currency },
      ...{ amount: formatMinor(BigInt(amountMinor), currency), state, outcome, note, createdAt, endedBy, endedAt },
    }
  })
}
