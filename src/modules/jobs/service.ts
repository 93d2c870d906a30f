import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Job } from '../../platform/jobs/job.ts'
import { jobEvent } from '../../platform/jobs/job-events.ts'
import { changeJob, findJob, lockJob } from '../../platform/jobs/job-store.ts'
import { currentOrigin } from '../../platform/origin.ts'
import { notFound, Refusal } from '../../platform/problems.ts'

export async function getJob(db: Database, id: string): Promise<Job> {
  const job = await findJob(db, id)
  if (job === undefined) throw notFound(`job ${id}`, '/v1/jobs', 'job list')
  return job
}

async function getLocked(db: Database, id: string): Promise<Job> {
  await lockJob(db, id)
  return getJob(db, id)
}

/** Has a job run again that was given up, and at once one that waits for its next attempt. */
export async function retryJob(db: Database, id: string, nowMs: number): Promise<Job> {
  const job = await getLocked(db, id)
  if (job.state !== 'failed' && (job.state !== 'waiting' || job.retryAt === null))
    throw new Refusal('conflict', `the job is ${job.state}: one that has failed can be run again`)
  const origin = currentOrigin()
  const asked = { requestId: origin?.requestId ?? null, actor: origin?.actor ?? null }
  const fresh = { attempts: 0, losses: 0, retryAt: null, error: null, finishedAt: null, isCancelAsked: false }
  await changeJob(db, id, { state: 'waiting', ...fresh, ...asked })
  await publish(db, [jobEvent('retried', job)], nowMs)
  return getJob(db, id)
}

/**
 * Ends a job. One that nobody works on is taken once more, to bring to an end what it has begun; one that is worked on ends
 * where nothing is left half done. One that was given up is put away.
 */
export async function cancelJob(db: Database, id: string, nowMs: number): Promise<Job> {
  const job = await getLocked(db, id)
  switch (job.state) {
    case 'complete':
      throw new Refusal('conflict', 'the job is complete')
    case 'cancelled':
      return job
    case 'failed':
      await changeJob(db, id, { state: 'cancelled' })
      await publish(db, [jobEvent('cancelled', job)], nowMs)
      break
    case 'running':
      await changeJob(db, id, { isCancelAsked: true, isAskedAgain: false })
      break
    case 'waiting': {
      const atOnce = { dueAt: new Date(Math.min(job.dueAt.getTime(), nowMs)), isScheduled: false, retryAt: null }
      await changeJob(db, id, { isCancelAsked: true, ...atOnce })
    }
  }
  return getJob(db, id)
}
