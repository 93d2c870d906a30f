import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Job, JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Delivery } from './delivery.ts'
import type { DocumentTransport, TransportAnswer } from './ports.ts'
import { prepare } from './prepare.ts'
import { leaveUnknown, recordAnswer } from './record.ts'
import {
  beginAttempt,
  changeDelivery,
  DELIVERY_JOB,
  endAttempt,
  endLeft,
  failDelivery,
  getDelivery,
  lockDelivery,
  sendId,
} from './store.ts'
import type { Ways, WriteDocument } from './ways.ts'

/** After 1 s, 2 s, 4 s, … and then every hour: nine hours of a peer that is away. */
const MAX_ATTEMPTS = 20
/** How long a peer may take for one document. */
const TIMEOUT_MS = 180_000
const ASK_TIMEOUT_MS = 20_000

/** It is tried again later. What the peer said stands in the attempt, and not here: it may name people. */
class NotYet extends Error {}

/**
 * Sends a document, and asks what became of it. What is about to be sent is committed before it is; a process that was killed meanwhile leaves an attempt without an end, and the
 * document is `unknown` then: where the peer can be asked it is, and what it has not got is sent again under the same id. Where nobody can be asked it stays so until somebody decides.
 */
export function deliveryJob(root: Database, ways: Ways, writeDocument: WriteDocument): JobHandler {
  return {
    kind: DELIVERY_JOB,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      const row = await within(root, job, async (db) => takeUp(db, job))
      if (row === null) return 'done'
      if (job.isCancelled()) return 'stopped'
      const db = inSchema(root, job.tenant.schema)
      const transport = await opened(root, job, ways, row)
      if (transport === null) return 'done'
      if (row.state !== 'queued') {
        if (!transport.capabilities.asks) {
          await within(root, job, async (trx) => leaveUnknown(trx, row.id, job.nowMs))
          return 'done'
        }
        if (await isAnswered(root, job, row, transport)) return 'done'
      }
      const { tenant, nowMs } = job
      const prepared = await prepare({ db, tenant, nowMs, writeDocument }, row, transport)
      if ('unfit' in prepared) {
        await within(root, job, async (trx) => failDelivery(trx, row, prepared.unfit, prepared.said, nowMs))
        return 'done'
      }
      const { scheme, id } = prepared.to
      const attempt = await within(root, job, async (trx) => {
        const { state } = await lockDelivery(trx, row.id)
        if (state !== row.state) return null
        await changeDelivery(trx, row.id, { state: 'sending', toScheme: scheme, toId: id, askAt: null })
        return beginAttempt(trx, row, 'send')
      })
      if (attempt === null) return 'done'
      const answer = await transport.send(prepared, AbortSignal.timeout(TIMEOUT_MS))
      await conclude(root, job, transport, attempt, answer)
      return 'done'
    },
    onFailed: async (db, { key }, _message, nowMs) => giveUp(db, key, nowMs),
    onCancelled: async (db, { key }: Job, nowMs) => {
      const row = await lockDelivery(db, key)
      if (row.state === 'queued') await failDelivery(db, row, 'cancelled', null, nowMs)
    },
  }
}

/** A transaction that commits only if the job is still this process's to do. */
async function within<T>(root: Database, job: RunningJob, part: (db: Database) => Promise<T>): Promise<T> {
  return inTransaction(root, async (trx) => {
    const db = inSchema(trx, job.tenant.schema)
    await job.holdIn(db)
    return part(db)
  })
}

/** @returns null where nothing is to be done: it is over */
async function takeUp(db: Database, { key }: Pick<RunningJob, 'key'>): Promise<Delivery | null> {
  const now = await withoutLeft(db, key)
  return now.state === 'delivered' || now.state === 'failed' ? null : now
}

/** Ends what a process that is no more, or has failed, was sending: it may have been sent. */
async function withoutLeft(db: Database, id: string): Promise<Delivery> {
  const row = await lockDelivery(db, id)
  const mayBeSent = await endLeft(db, row)
  if (mayBeSent && row.state === 'sending')
    await changeDelivery(db, row.id, { state: 'unknown', reason: null, said: 'the process ended meanwhile' })
  return getDelivery(db, row.id)
}

/** @returns null where it is not set up, and the delivery has failed for that */
async function opened(root: Database, job: RunningJob, ways: Ways, row: Delivery): Promise<DocumentTransport | null> {
  try {
    return await ways.open(inSchema(root, job.tenant.schema), job.tenant, row.transport)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'conflict')) throw error
    const { message } = error
    // What may have been sent stays so: who could be asked is not set up any more.
    if (row.state === 'queued')
      await within(root, job, async (db) => failDelivery(db, row, 'not_set_up', message, job.nowMs))
    return null
  }
}

/** Asks the peer what it has. @returns false where it has nothing of a document that is to be sent again */
async function isAnswered(
  root: Database,
  job: RunningJob,
  row: Delivery,
  transport: DocumentTransport,
): Promise<boolean> {
  const attempt = await within(root, job, async (db) => {
    await lockDelivery(db, row.id)
    await changeDelivery(db, row.id, { askAt: null })
    return beginAttempt(db, row, 'ask')
  })
  const report = await transport.ask(sendId(row), AbortSignal.timeout(ASK_TIMEOUT_MS))
  if (report.outcome === 'absent') {
    await within(root, job, async (db) => endAttempt(db, row, attempt, 'absent', null))
    // One that was taken and that nobody knows any more is not sent a second time.
    return row.state === 'sent'
  }
  await conclude(root, job, transport, attempt, report)
  return true
}

/** @throws NotYet where it is to be tried again */
async function conclude(
  root: Database,
  job: RunningJob,
  transport: DocumentTransport,
  attempt: number,
  answer: TransportAnswer,
): Promise<void> {
  const { isTriedAgain, number } = await within(root, job, async (db) => {
    const row = await lockDelivery(db, job.key)
    await endAttempt(db, row, attempt, answer.outcome, answer.said)
    return {
      number: row.number,
      isTriedAgain: await recordAnswer(db, row, transport.capabilities, answer, job.nowMs, systemClock.nowMs()),
    }
  })
  if (isTriedAgain) throw new NotYet(`${number} was not taken yet: ${answer.outcome}`)
}

/** The last attempt of the job has failed. */
async function giveUp(db: Database, id: string, nowMs: number): Promise<void> {
  const row = await withoutLeft(db, id)
  if (row.state === 'queued') await failDelivery(db, row, row.reason ?? 'given_up', row.said, nowMs)
  else await leaveUnknown(db, id, nowMs)
}
