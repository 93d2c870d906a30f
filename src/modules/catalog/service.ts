import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { handed, WORN_OUT_BYTES } from '../../platform/http/large-bodies.ts'
import type { SentBody } from '../../platform/http/sent-body.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, WriteContext } from '../../platform/tenant.ts'
import { WorkerPool } from '../../platform/worker-pool.ts'
import { listDeckVersions } from './deck-store.ts'
import { meterPublished, planMetadataChanged, planPublished, schedulePublished } from './events.ts'
import type { AskPublished, CatalogChange, Publication, PublishedNames } from './publication.ts'
import type { PublicationBody } from './publication-body.ts'
import * as store from './store.ts'

/** Reads plan files for all tenants of the process: a file can be made so that reading it takes minutes. */
const reader = new WorkerPool({
  title: 'plan files',
  file: new URL('plan-worker.ts', import.meta.url),
  threads: 2,
  limits: { atOnceOfOwner: 1, waiting: 32, waitingOfOwner: 8 },
  deadlineMs: 20_000,
  maxHeapMb: 1_024,
  wornOutBytes: WORN_OUT_BYTES,
})

/** What plan files come to, what else their sender asked for, and what must be known of the body. */
export interface ReadCatalog extends Omit<PublicationBody, 'files'> {
  readonly publication: Publication
  readonly sent: SentBody
}

/**
 * Reads and checks the body of a publication, and says what would be new, away from the thread that charges. That thread is asked for what
 * is published already, a piece at a time.
 * @param body is given away: it may be empty afterwards
 */
export async function readCatalog({ db, tenant }: ReadContext, body: Buffer): Promise<ReadCatalog> {
  const asked: AskPublished = {
    names: async () => publishedNames(db),
    schedule: async (code) => store.findScheduleText(db, code),
    newest: async (codes) => store.listNewestVersions(db, codes),
  }
  const onCall = async (name: string, [of]: readonly unknown[]): Promise<unknown> =>
    asked[name as keyof AskPublished](of as never)
  return (await reader.run(tenant.name, () => handed(body), onCall)) as ReadCatalog
}

async function publishedNames(db: Database): Promise<PublishedNames> {
  const decks = await listDeckVersions(db)
  return {
    meters: await store.listMeters(db),
    schedules: await store.listScheduleCodes(db),
    decks: new Map(decks.map(({ code, columns }) => [code, { columns }])),
  }
}

/**
 * Publishes what is new in plan files as immutable versions, unless it is a dry run.
 * @param availableFrom when new subscriptions begin to get these versions; from now on when null.
 */
export async function publishCatalog(
  { db, nowMs }: WriteContext,
  { changes, meters, schedules, plans, renoted }: Publication,
  dryRun: boolean,
  availableFrom: Date | null,
): Promise<{ changes: readonly CatalogChange[]; published: boolean }> {
  if (dryRun) return { changes, published: false }
  const newest = await store.newestNumbers(
    db,
    plans.map(({ code }) => code),
  )
  const overtaken = plans.find(({ code, version }) => (newest.get(code) ?? 0) !== version - 1)
  if (overtaken !== undefined)
    throw new Refusal('conflict', `another version of plan ${overtaken.code} was published meanwhile; publish again`)
  const publishedAt = new Date(nowMs)
  let position = await store.countMeters(db)
  for (const meter of meters) await store.insertMeter(db, meter, ++position, publishedAt)
  for (const schedule of schedules) await store.insertSchedule(db, schedule, publishedAt)
  const planIds: string[] = []
  for (const plan of plans) planIds.push(await store.insertPlanVersion(db, plan, publishedAt, availableFrom))
  for (const { code, version, metadata } of renoted) await store.replaceMetadata(db, code, version, metadata)
  const planData = { availableFrom, publishedAt, subscriptionId: null }
  await publish(
    db,
    [
      ...meters.map(({ code }) => eventOf(meterPublished, { objectId: code }, { code, publishedAt })),
      ...schedules.map(({ code }) => eventOf(schedulePublished, { objectId: code }, { code, publishedAt })),
      ...plans.map((plan, at) => eventOf(planPublished, { objectId: planIds[at] as string }, { ...plan, ...planData })),
      ...renoted.map(({ code }) => eventOf(planMetadataChanged, { objectId: code }, { code })),
    ],
    nowMs,
  )
  return { changes, published: true }
}
