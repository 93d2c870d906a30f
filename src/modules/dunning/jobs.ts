import { inSchema, inTransaction } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import { publish } from '../../platform/events/publish.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { liftIfClear } from './evaluate.ts'
import { stepEvents } from './events.ts'
import { isAskedFor } from './look.ts'
import type { DunningPorts, StepOutcome } from './ports.ts'
import { type DunningParts, latestDay, PAGE, workOn } from './run.ts'
import { DUNNING_JOB, dunningSettings, scheduleDunning } from './settings.ts'
import { STEP_JOB } from './steps.ts'
import * as store from './store.ts'

const MAX_ATTEMPTS = 10
const ACCOUNT_JOB = 'dunning_account'

/**
 * What changes how much of an account is overdue, and what may be asked for. Whoever never had a run, and no block of dunning, waits for the hour at
 * which steps are done.
 */
export function followMoney({ blockedAmong }: Pick<DunningPorts, 'blockedAmong'>): Subscriber {
  return {
    name: 'dunning',
    types: [
      ...['invoice.paid', 'invoice.partially_paid', 'invoice.reopened', 'invoice.written_off', 'credit_note.issued'],
      ...['line_dispute.*', 'payment_plan.*', 'dunning_hold.*'],
    ],
    begins: 'now',
    handle: async (db, events) => {
      const accountIds = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))]
      const nowMs = Math.max(...events.map(({ createdAt }) => createdAt.getTime()))
      const meant = [...(await store.accountsWithRuns(db, accountIds)), ...(await blockedAmong(db, accountIds))]
      for (const accountId of [...new Set(meant)].sort())
        await askForJob(db, { kind: ACCOUNT_JOB, key: accountId }, nowMs)
    },
  }
}

/** Ends or takes up the run of an account as soon as something has changed, with its blocks; steps wait for their hour. */
export function accountJob(parts: DunningParts): JobHandler {
  return {
    kind: ACCOUNT_JOB,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      const { tenant, nowMs, key: accountId } = job
      const work = { holdIn: job.holdIn, isStopped: job.isStopped, withSteps: false }
      const done = await workOn(parts, tenant, [accountId], nowMs, work)
      if (done === null) return 'stopped'
      for (const { error } of done.failed) throw error
      await inTransaction(parts.db, async (trx) => {
        const db = inSchema(trx, tenant.schema)
        await job.holdIn(db)
        await liftIfClear({ db, tenant, ports: parts.ports, nowMs }, accountId)
      })
      return 'done'
    },
  }
}

/** Does the steps that are due, at the hour that the settings say, and asks for the next day. What a killed process left is looked at again. */
export function dunningJob(parts: DunningParts): JobHandler {
  const goOn = async (db: Parameters<typeof scheduleDunning>[0], nowMs: number): Promise<void> => {
    const values = await settingValues(db, dunningSettings)
    if (values.schedule !== 'off') await scheduleDunning(db, values, nowMs)
  }
  return {
    kind: DUNNING_JOB.kind,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      const { nowMs, tenant } = job
      const db = inSchema(parts.db, tenant.schema)
      const isStopped = (): boolean => job.isCancelled() || job.isStopped()
      let [after, done] = [null as string | null, 0]
      const failed: unknown[] = []
      for (;;) {
        if (isStopped()) return 'stopped'
        const ids = await store.accountsToLookAt(db, { lastDay: latestDay(nowMs), after, limit: PAGE })
        const page = await workOn(parts, tenant, ids, nowMs, { holdIn: job.holdIn, isStopped, withSteps: true })
        if (page === null) return 'stopped'
        done += ids.length
        failed.push(...page.failed.map(({ error }) => error))
        await job.tell({ done, total: null })
        after = ids.at(-1) ?? null
        if (ids.length < PAGE) break
      }
      // All others are done: what is left is tried again, and then told as the fault of the job.
      for (const error of failed) throw error
      await inTransaction(parts.db, async (trx) => {
        const within = inSchema(trx, tenant.schema)
        await job.holdIn(within)
        await goOn(within, nowMs)
      })
      return 'done'
    },
    onFailed: async (db, _job, _message, nowMs) => goOn(db, nowMs),
    onCancelled: async (db, _job, nowMs) => goOn(db, nowMs),
  }
}

/** Does a step that commits by itself, and notes what came of it. */
export function stepJob({ db: root, ports }: DunningParts): JobHandler {
  return {
    kind: STEP_JOB,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      const { tenant, nowMs } = job
      const step = await store.findStep(inSchema(root, tenant.schema), job.key)
      if (step === undefined || step.state !== 'asked') return 'done'
      const order = { tenant, accountId: step.accountId, key: `dunning:${step.runId}:${step.stepId}`, nowMs }
      const outcome = await outcomeOf(async () =>
        step.action === 'late_fee'
          ? ports.lateFee(order)
          : ports.terminate({ ...order, isAskedFor: async (db) => isAskedFor(db, step, nowMs) }),
      )
      await inTransaction(root, async (trx) => {
        const db = inSchema(trx, tenant.schema)
        await job.holdIn(db)
        await store.endStep(db, step.id, outcome)
        await publish(db, stepEvents([{ ...step, ...outcome }]), nowMs)
      })
      return 'done'
    },
    onFailed: async (db, job, message, nowMs) => {
      const step = await store.findStep(db, job.key)
      if (step === undefined || step.state !== 'asked') return
      const outcome = { state: 'failed', detail: message.slice(0, 500) } as const
      await store.endStep(db, step.id, outcome)
      await publish(db, stepEvents([{ ...step, ...outcome }]), nowMs)
    },
  }
}

/** What is refused fails, and is not tried again; everything else is. */
async function outcomeOf(work: () => Promise<StepOutcome>): Promise<StepOutcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return { state: 'failed', detail: error.message }
    throw error
  }
}
