import { sql } from 'kysely'
import type { Meter, Plan, PlanPhase, Schedule } from '../../core/catalog/plan.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { type Metadata, withMetadata } from '../../platform/http/metadata.ts'
import { notFound, type Refusal } from '../../platform/problems.ts'
import type { Draft, NewestVersion, PlanDraft } from './publication.ts'

export interface PlanVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly currency: string
  readonly content: Plan
  readonly digest: Buffer
  readonly metadata: Metadata
  readonly publishedAt: Date
  /** When new subscriptions begin to get it; from its publication on when null. */
  readonly availableFrom: Date | null
  /** Set where prices were negotiated for one subscription. */
  readonly baseVersionId: string | null
  readonly subscriptionId: string | null
}

export async function listMeters(db: Database): Promise<Meter[]> {
  const rows = await db.selectFrom('meter').select('content').orderBy('position').execute()
  return rows.map((row) => row['content'] as Meter)
}

export async function listSchedules(db: Database): Promise<Schedule[]> {
  const rows = await db.selectFrom('schedule').select('content').orderBy('code').execute()
  return rows.map((row) => row['content'] as Schedule)
}

export async function listScheduleCodes(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('schedule').select('code').orderBy('code').execute()
  return rows.map((row) => row['code'] as string)
}

/** The JSON of a schedule. */
export async function findScheduleText(db: Database, code: string): Promise<string | undefined> {
  const json = sql<string>`content::text`.as('json')
  return (await db.selectFrom('schedule').select(json).where('code', '=', code).executeTakeFirst())?.json
}

export async function countMeters(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('meter')
    .select((on) => on.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function findSchedule(db: Database, code: string): Promise<Schedule | undefined> {
  const row = await db.selectFrom('schedule').select('content').where('code', '=', code).executeTakeFirst()
  return row?.['content'] as Schedule | undefined
}

export async function listPlanVersionIds(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('planVersion').select('id').orderBy('id').execute()
  return rows.map((row) => row['id'] as string)
}

/** Newest version first within a code; those negotiated for subscriptions, too. */
export async function listPlanVersions(db: Database, metadata?: Metadata): Promise<PlanVersion[]> {
  return (await withMetadata(db.selectFrom('planVersion'), metadata)
    .selectAll()
    .orderBy('code')
    .orderBy('version', 'desc')
    .orderBy('id')
    .execute()) as PlanVersion[]
}

/** The detail about a plan that does not exist in the version or currency of a request. */
export function noPlan(code: string, version?: number, currency?: string): Refusal {
  const narrowed = `${version === undefined ? '' : ` version ${version}`}${currency === undefined ? '' : ` in ${currency}`}`
  return notFound(`plan ${code}${narrowed}`, '/v1/plans', 'plan list')
}

/** In one currency, or in the one that its file names first. */
export async function findPlanVersion(
  db: Database,
  code: string,
  version: number | undefined,
  currency?: string,
  nowMs?: number,
): Promise<PlanVersion | undefined> {
  let query = db.selectFrom('planVersion').selectAll().where('code', '=', code).where('subscriptionId', 'is', null)
  if (version !== undefined) query = query.where('version', '=', version)
  if (currency !== undefined) query = query.where('currency', '=', currency)
  if (version === undefined && nowMs !== undefined)
    query = query.where((on) => on.or([on('availableFrom', 'is', null), on('availableFrom', '<=', new Date(nowMs))]))
  return (await query.orderBy('version', 'desc').orderBy('id').limit(1).executeTakeFirst()) as PlanVersion | undefined
}

/** The newest versions of some plans in all of their currencies, with their contents as JSON. */
export async function listNewestVersions(db: Database, codes: readonly string[]): Promise<NewestVersion[]> {
  const rows = await db
    .selectFrom('planVersion as one')
    .select(['one.code', 'one.currency', 'one.version', 'one.digest', 'one.metadata'])
    .select(sql<string>`one.content::text`.as('json'))
    .where('one.code', '=', sql<string>`any(${codes}::text[])`)
    .where('one.subscriptionId', 'is', null)
    .where((on) =>
      on(
        'one.version',
        '=',
        on
          .selectFrom('planVersion as other')
          .select((other) => other.fn.max('other.version').as('version'))
          .whereRef('other.code', '=', 'one.code')
          .where('other.subscriptionId', 'is', null),
      ),
    )
    .orderBy('one.id')
    .execute()
  return rows as unknown as NewestVersion[]
}

/** The number of the newest version of each of some plans; of a plan that is not published there is none. */
export async function newestNumbers(db: Database, codes: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('planVersion')
    .select(['code', (on) => on.fn.max('version').as('version')])
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .where('subscriptionId', 'is', null)
    .groupBy('code')
    .execute()
  return new Map(rows.map((row) => [row['code'] as string, Number(row['version'])]))
}

/** A version of a plan in all of its currencies. */
export async function listInCurrencies(db: Database, code: string, version: number): Promise<PlanVersion[]> {
  const query = db.selectFrom('planVersion').selectAll().where('code', '=', code).where('version', '=', version)
  return (await query.where('subscriptionId', 'is', null).orderBy('id').execute()) as PlanVersion[]
}

/** Gives a version other metadata, in all of its currencies. */
export async function replaceMetadata(db: Database, code: string, version: number, metadata: Metadata): Promise<void> {
  const rows = db.updateTable('planVersion').set({ metadata: JSON.stringify(metadata) })
  await rows.where('code', '=', code).where('version', '=', version).where('subscriptionId', 'is', null).execute()
}

/** Phases of the plan versions that have any. */
export async function listPlanPhases(db: Database): Promise<Map<string, readonly PlanPhase[]>> {
  const query = db.selectFrom('planVersion').select(['id', sql<readonly PlanPhase[]>`content -> 'phases'`.as('phases')])
  const rows = await query.where(sql<boolean>`content ? 'phases'`).execute()
  return new Map(rows.map((row) => [row['id'] as string, row.phases]))
}

export async function findPlanVersions(db: Database, ids: readonly string[]): Promise<Map<string, PlanVersion>> {
  const query = db.selectFrom('planVersion').selectAll().where('id', '=', anyOf(ids))
  return new Map(((await query.execute()) as PlanVersion[]).map((version) => [version.id, version]))
}

export async function getPlanVersion(db: Database, id: string): Promise<PlanVersion> {
  return (await db.selectFrom('planVersion').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as PlanVersion
}

export async function insertMeter(db: Database, draft: Draft, position: number, publishedAt: Date): Promise<void> {
  await db.insertInto('meter').values({ code: draft.code, position, content: draft.json, publishedAt }).execute()
}

export async function insertSchedule(db: Database, draft: Draft, publishedAt: Date): Promise<void> {
  const { code, json, digest } = draft
  await db
    .insertInto('schedule')
    .values({ code, content: json, digest: Buffer.from(digest), publishedAt })
    .execute()
}

/** @returns the id of the version. */
export async function insertPlanVersion(
  db: Database,
  { code, json, digest, currency, version, metadata }: PlanDraft,
  publishedAt: Date,
  availableFrom: Date | null = null,
  negotiated: { baseVersionId: string; subscriptionId: string } | null = null,
): Promise<string> {
  const row = {
    id: newId(),
    code,
    version,
    currency,
    content: json,
    digest: Buffer.from(digest),
    metadata: JSON.stringify(metadata),
    publishedAt,
    availableFrom,
    ...(negotiated ?? { baseVersionId: null, subscriptionId: null }),
  }
  await db.insertInto('planVersion').values(row).execute()
  return row.id
}
