import { connect, inSchema, inTransaction } from '../src/platform/db.ts'
import { askForJob } from '../src/platform/jobs/job-store.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** A job that was given up is run again, and put away. */
export async function walkJobs({ client, config }: TestKvit, walk: EventWalk): Promise<void> {
  const db = connect(config.databaseUrl)
  const jobs = inSchema(db, 't_walk')
  // Nobody does jobs of this kind, so it stays as it is.
  await inTransaction(jobs, async (trx) => askForJob(trx, { kind: 'walk', key: 'a' }, 0))
  const giveUp = async (): Promise<unknown> =>
    jobs.updateTable('job').set({ state: 'failed' }).where('kind', '=', 'walk').execute()
  const [job] = await client.list<{ id: string }>('/v1/jobs?kind=walk')
  const id = job?.id ?? ''
  await giveUp()
  await walk.ask('POST /v1/jobs/{id}/retry', { id }, {}, ['job.retried'])
  await giveUp()
  await walk.ask('POST /v1/jobs/{id}/cancel', { id }, {}, ['job.cancelled'])
  await db.destroy()
}
