import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Meter, Plan, PlanPhase, Schedule } from '../../core/catalog/plan.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

export interface PlanVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly currency: string
  readonly content: Plan
  readonly digest: Buffer
  readonly publishedAt: Date
  /** When new subscriptions begin to get it; from its publication on when null. */
  readonly availableFrom: Date | null
  /** Set where prices were negotiated for one subscription. */
  readonly baseVersionId: string | null
  readonly subscriptionId: string | null
}

/** JSON with sorted keys, so that equal contents have equal digests. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

export function digestOfContent(value: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest()
}

export async function listMeters(db: Database): Promise<Meter[]> {
  const rows = await db.selectFrom('meter').select('content').orderBy('position').execute()
  return rows.map((row) => row['content'] as Meter)
}

export async function listSchedules(db: Database): Promise<Schedule[]> {
  const rows = await db.selectFrom('schedule').select('content').orderBy('code').execute()
  return rows.map((row) => row['content'] as Schedule)
}

/** Newest version first within a code; those negotiated for subscriptions, too. */
export async function listPlanVersions(db: Database): Promise<PlanVersion[]> {
  return (await db
    .selectFrom('planVersion')
    .selectAll()
    .orderBy('code')
    .orderBy('version', 'desc')
    .orderBy('id')
    .execute()) as PlanVersion[]
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

/** The newest version of a plan in all of its currencies. */
export async function listNewestVersions(db: Database, code: string): Promise<PlanVersion[]> {
  const newest = db
    .selectFrom('planVersion')
    .select((on) => on.fn.max('version').as('version'))
    .where('code', '=', code)
    .where('subscriptionId', 'is', null)
  const query = db.selectFrom('planVersion').selectAll().where('code', '=', code).where('subscriptionId', 'is', null)
  return (await query.where('version', '=', newest).orderBy('id').execute()) as PlanVersion[]
}

/** A version of a plan in all of its currencies. */
export async function listInCurrencies(db: Database, code: string, version: number): Promise<PlanVersion[]> {
  const query = db.selectFrom('planVersion').selectAll().where('code', '=', code).where('version', '=', version)
  return (await query.where('subscriptionId', 'is', null).orderBy('id').execute()) as PlanVersion[]
}

/** Phases of the plan versions that have any. */
export async function listPlanPhases(db: Database): Promise<Map<string, readonly PlanPhase[]>> {
  const query = db.selectFrom('planVersion').select(['id', sql<readonly PlanPhase[]>`content -> 'phases'`.as('phases')])
  const rows = await query.where(sql<boolean>`content ? 'phases'`).execute()
  return new Map(rows.map((row) => [row['id'] as string, row.phases]))
}

export async function findPlanVersions(db: Database, ids: readonly string[]): Promise<Map<string, PlanVersion>> {
  const query = db.selectFrom('planVersion').selectAll().where('id', '=', sql`any(${ids}::uuid[])`)
  return new Map(((await query.execute()) as PlanVersion[]).map((version) => [version.id, version]))
}

export async function getPlanVersion(db: Database, id: string): Promise<PlanVersion> {
  return (await db.selectFrom('planVersion').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as PlanVersion
}

export async function insertMeter(db: Database, meter: Meter, position: number, publishedAt: Date): Promise<void> {
  await db
    .insertInto('meter')
    .values({ code: meter.code, position, content: JSON.stringify(meter), publishedAt })
    .execute()
}

export async function insertSchedule(db: Database, schedule: Schedule, publishedAt: Date): Promise<void> {
  const row = { code: schedule.code, content: JSON.stringify(schedule), digest: digestOfContent(schedule), publishedAt }
  await db.insertInto('schedule').values(row).execute()
}

export async function insertPlanVersion(
  db: Database,
  content: Plan,
  version: number,
  publishedAt: Date,
  availableFrom: Date | null = null,
  negotiated: { baseVersionId: string; subscriptionId: string } | null = null,
): Promise<string> {
  const row = {
    id: newId(),
    code: content.code,
    version,
    currency: content.currency,
    content: JSON.stringify(content),
    digest: digestOfContent(content),
    publishedAt,
    availableFrom,
    ...(negotiated ?? { baseVersionId: null, subscriptionId: null }),
  }
  await db.insertInto('planVersion').values(row).execute()
  return row.id
}
