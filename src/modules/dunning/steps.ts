import { sql } from 'kysely'
import { present } from '../../core/base/assert.ts'
import type { DunningStep } from '../../core/dunning/policy.ts'
import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import { getInvoices } from '../invoices/index.ts'
import { taskEvent } from './events.ts'
import { insertWaiting, waitingOf } from './hand-over-store.ts'
import type { Look } from './look.ts'
import type { StepOrder, StepOutcome } from './ports.ts'
import { blockKey, type Situation } from './situation.ts'
import { changeRun, type RunRow, type StepRow } from './store.ts'
import { type CallTask, insertTask } from './task-store.ts'

/** A job does it behind the transaction of the step: what it does commits by itself, and may be asked for again. */
export const STEP_JOB = 'dunning_step'

interface Order {
  readonly look: Look
  readonly run: RunRow
  readonly step: DunningStep
  readonly row: Omit<StepRow, 'state' | 'detail'>
  /** What is to be asked for, as a decimal. */
  readonly amount: string
}

type Done = { readonly run: RunRow; readonly state: StepRow['state']; readonly detail: string | null }

/** Does one step. What is refused of it leaves nothing behind but the reason. */
export async function doStep(within: Situation, order: Order): Promise<Done> {
  const { db } = within
  await sql`savepoint dunning_step`.execute(db)
  try {
    return await carryOut(within, order)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint dunning_step`.execute(db)
    return { run: order.run, state: 'failed', detail: error.message }
  }
}

async function carryOut(within: Situation, { look, run, step, row, amount }: Order): Promise<Done> {
  const { db, tenant, ports, nowMs } = within
  const { account } = look
  const of: StepOrder = { tenant, accountId: account.id, key: `dunning:${run.id}:${step.id}`, nowMs }
  const ended = (outcome: StepOutcome): Done => ({ run, ...outcome })
  switch (step.action) {
    case 'remind': {
      const { currency } = account
      const next = look.decision?.next ?? null
      const blockOn = next?.step.action.endsWith('_block') === true ? next.on : null
      const documents = await askedDocuments(within, look)
      const daysOverdue = look.decision?.daysOverdue ?? 0
      const mustReach = look.policy?.content.blockUntold === false
      const { reminder } = step
      return ended(
        await ports.remind(db, { ...of, currency, amount, daysOverdue, documents, reminder, blockOn, mustReach }),
      )
    }
    case 'charge_again': {
      const invoiceIds = (await askedDocuments(within, look)).map(({ id }) => id)
      return ended(await ports.chargeAgain(db, { ...of, invoiceIds }))
    }
    case 'soft_block':
    case 'hard_block': {
      const level = step.action === 'soft_block' ? 'soft' : 'hard'
      const blocks = run.blocks + 1
      const outcome = await ports.placeBlock(db, { ...of, level, key: blockKey(run.id, blocks) })
      const set = outcome.state === 'done' ? ({ block: level, blocks } as const) : { blocks }
      await changeRun(db, run, set)
      return { ...ended(outcome), run: { ...run, ...set } }
    }
    case 'call': {
      const task: CallTask = {
        ...{
          id: newId(),
          runId: run.id,
          accountId: account.id,
          stepId: step.id,
          script: present(step.script, 'a script'),
        },
        ...{ currency: row.currency, amountMinor: row.amountMinor, state: 'open', outcome: null, note: null },
        ...{ createdAt: new Date(nowMs), endedBy: null, endedAt: null },
      }
      await insertTask(db, task)
      await publish(db, [taskEvent(task)], nowMs)
      return ended({ state: 'done', detail: 'somebody is to call' })
    }
    case 'hand_over':
      await insertWaiting(db, waitingOf(run.id, account, nowMs))
      return ended({ state: 'done', detail: 'it waits for the next file' })
    default:
      await askForJob(db, { kind: STEP_JOB, key: row.id, dueMs: nowMs }, nowMs)
      return { run, state: 'asked', detail: null }
  }
}

/** Documents that a customer is asked for: what is all disputed, or in a plan, is none. */
async function askedDocuments(
  { db }: Situation,
  { items }: Look,
): Promise<{ readonly id: string; readonly number: string; readonly dueOn: string }[]> {
  const asked = items.filter(({ isPlanned, openMinor, disputedMinor }) => !isPlanned && openMinor > disputedMinor)
  const invoices = await getInvoices(
    db,
    asked.map(({ id }) => id),
  )
  const numbers = new Map(invoices.map(({ id, document }) => [id, document.number]))
  return asked.map(({ id, dueOn }) => ({ id, dueOn, number: numbers.get(id) ?? '' }))
}
