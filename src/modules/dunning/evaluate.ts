import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import type { DunningStep } from '../../core/dunning/policy.ts'
import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import { lockAccount } from '../parties/index.ts'
import { recallEvent, runEvent, stepEvents, taskEvent } from './events.ts'
import * as handOvers from './hand-over-store.ts'
import { type Look, lookAt } from './look.ts'
import { blockKey, type Situation } from './situation.ts'
import { doStep } from './steps.ts'
import * as store from './store.ts'
import { cancelTasks } from './task-store.ts'

/** What was done on accounts. */
export interface Outcome {
  readonly began: number
  readonly ended: number
  readonly reopened: number
  readonly steps: readonly Pick<store.StepRow, 'stepId' | 'action' | 'state' | 'currency' | 'amountMinor'>[]
}

export const NOTHING: Outcome = { began: 0, ended: 0, reopened: 0, steps: [] }

/** Whether something is to be done on an account. @param withSteps whether steps are done now: at their hour alone */
export function isToDo({ decision, run, policy }: Look, withSteps: boolean): boolean {
  if (decision === null || policy === null) return false
  if (decision.run === 'ends' || decision.run === 'reopens') return true
  if (run?.state === 'running' && run.block !== decision.block) return true
  return withSteps && (decision.due.length > 0 || decision.again !== null)
}

/**
 * Looks at an account with its row locked, and does what is to be done: ends its run or takes it up again, brings its block in line, and does
 * the steps that are due. Twice at once, one waits and finds nothing to do.
 */
export async function evaluate(
  within: Situation,
  accountId: string,
  policies: readonly store.PolicyRow[],
  withSteps: boolean,
): Promise<Outcome> {
  const { db, nowMs } = within
  await lockAccount(db, accountId)
  const [look] = await lookAt(db, [accountId], policies, nowMs)
  if (look === undefined || !isToDo(look, withSteps)) return NOTHING
  const decision = present(look.decision, 'a decision')
  const counts = { began: 0, ended: 0, reopened: 0 }
  if (decision.run === 'ends') {
    await endRun(within, look)
    return { ...NOTHING, ended: 1 }
  }
  let run = decision.run === 'none' || decision.run === 'begins' ? null : look.run
  if (decision.run === 'begins') {
    run = await beginRun(within, look)
    counts.began++
  } else if (decision.run === 'reopens') {
    run = await reopenRun(within, look)
    counts.reopened++
  }
  if (run === null) return NOTHING
  run = await bringBlock(within, run, decision.block)
  const steps = withSteps ? [...(await tellAgain(within, look, run)), ...(await doSteps(within, look, run))] : []
  return { ...counts, steps }
}

async function beginRun({ db, nowMs }: Situation, { account, policy, today, decision }: Look): Promise<store.RunRow> {
  const { id: policyId, ...named } = present(policy, 'a policy')
  const run: store.RunRow = {
    ...{ id: newId(), accountId: account.id, policyId, state: 'running', currency: account.currency, block: null },
    ...{ blocks: 0, startedOn: today, startedAt: new Date(nowMs), endedOn: null, endedAt: null, reopened: 0 },
  }
  await store.insertRun(db, run)
  await publish(db, [runEvent('began', run, named, decision?.askedMinor ?? 0n)], nowMs)
  return run
}

async function reopenRun(
  { db, nowMs }: Situation,
  { account, run: ended, steps, policy, decision }: Look,
): Promise<store.RunRow> {
  const run = present(ended, 'a run')
  const set = { state: 'running', endedOn: null, endedAt: null, reopened: run.reopened + 1 } as const
  await store.changeRun(db, run, set)
  if (steps.some(({ action, state }) => action === 'hand_over' && state === 'done'))
    await handOvers.insertWaiting(db, handOvers.waitingOf(run.id, account, nowMs))
  await publish(db, [runEvent('reopened', run, present(policy, 'a policy'), decision?.askedMinor ?? 0n)], nowMs)
  return { ...run, ...set }
}

async function endRun(within: Situation, { run: running, policy, today, decision }: Look): Promise<void> {
  const { db, nowMs } = within
  const run = await bringBlock(within, present(running, 'a run'), null)
  await store.changeRun(db, run, { state: 'ended', endedOn: today, endedAt: new Date(nowMs) })
  const cancelled = await cancelTasks(db, run.id, nowMs)
  const file = await handOvers.recall(db, run.id, nowMs)
  const ended = runEvent('ended', run, present(policy, 'a policy'), decision?.askedMinor ?? 0n)
  const recalled = file === null ? [] : [recallEvent(file, run)]
  await publish(db, [ended, ...cancelled.map(taskEvent), ...recalled], nowMs)
}

/** Lifts the block of a run, or places it again: it was lifted while nobody was asked for the debt. */
async function bringBlock(
  { db, tenant, ports, nowMs }: Situation,
  run: store.RunRow,
  level: store.RunRow['block'],
): Promise<store.RunRow> {
  if (run.block === level) return run
  const of = { tenant, accountId: run.accountId, nowMs }
  if (level === null) {
    await ports.liftBlocks(db, { ...of, key: run.id, note: 'nothing more is to be asked for' })
    await store.changeRun(db, run, { block: null })
    return { ...run, block: null }
  }
  const blocks = run.blocks + 1
  const { state } = await ports.placeBlock(db, { ...of, level, key: blockKey(run.id, blocks) })
  const set = state === 'done' ? { block: level, blocks } : { blocks }
  await store.changeRun(db, run, set)
  return { ...run, ...set }
}

/** Payment lifts blocks of dunning that somebody has placed by hand, too, where no run goes on and no more than the grace amount is overdue. */
export async function liftIfClear({ db, tenant, ports, nowMs }: Situation, accountId: string): Promise<void> {
  await lockAccount(db, accountId)
  const [look] = await lookAt(db, [accountId], await store.policiesInForce(db), nowMs)
  if (look === undefined || look.run?.state === 'running') return
  const { decision, items } = look
  const isClear = decision === null ? items.length === 0 : decision.since === null && decision.stops.length === 0
  if (isClear) await ports.liftBlocks(db, { tenant, accountId, key: accountId, note: 'nothing is overdue', nowMs })
}

/** A reminder that could not be sent is tried once more while a block waits for it; where it cannot be sent still, all stays as it is. */
async function tellAgain(within: Situation, look: Look, run: store.RunRow): Promise<store.StepRow[]> {
  const { db, nowMs } = within
  const decision = present(look.decision, 'a decision')
  const { again: step } = decision
  const row = look.steps.find(({ stepId, state }) => stepId === step?.id && state === 'not_available')
  if (step === null || row === undefined) return []
  const amount = formatMinor(decision.askedMinor, look.account.currency)
  const { state, detail } = await doStep(within, { look, run, step, row, amount })
  if (state !== 'done') return []
  const done = { detail, doneOn: look.today, doneAt: new Date(nowMs) }
  await store.doneAfterAll(db, row.id, done)
  const told = { ...row, ...done, state }
  await publish(db, stepEvents([told]), nowMs)
  return [told]
}

async function doSteps(within: Situation, look: Look, begun: store.RunRow): Promise<store.StepRow[]> {
  const { db, nowMs } = within
  const { account, today } = look
  const decision = present(look.decision, 'a decision')
  const { content } = present(look.policy, 'a policy')
  const rowOf = (step: DunningStep): Omit<store.StepRow, 'state' | 'detail'> => ({
    ...{ id: newId(), runId: begun.id, accountId: account.id, stepId: step.id, action: step.action },
    ...{ position: content.steps.findIndex(({ id }) => id === step.id) + 1, currency: account.currency },
    ...{ amountMinor: String(decision.askedMinor), daysOverdue: decision.daysOverdue },
    ...{ doneOn: today, doneAt: new Date(nowMs) },
  })
  const rows: store.StepRow[] = []
  let run = begun
  for (const step of content.steps) {
    const isSkipped = decision.skipped.includes(step)
    if (!isSkipped && !decision.due.includes(step)) continue
    const row = rowOf(step)
    if (isSkipped) {
      rows.push({ ...row, state: 'skipped', detail: 'a later step of its kind was due, too' })
      continue
    }
    const done = await doStep(within, {
      look,
      run,
      step,
      row,
      amount: formatMinor(decision.askedMinor, account.currency),
    })
    run = done.run
    rows.push({ ...row, state: done.state, detail: done.detail })
  }
  await store.insertSteps(db, rows)
  await publish(db, stepEvents(rows), nowMs)
  return rows
}
