import { createHash } from 'node:crypto'
import type { Meter, Plan, Schedule } from '../../core/catalog/plan.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

export interface PlanVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly content: Plan
  readonly digest: Buffer
  readonly publishedAt: Date
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

/** Newest version first within a code. */
export async function listPlanVersions(db: Database): Promise<PlanVersion[]> {
  return (await db
    .selectFrom('planVersion')
    .selectAll()
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute()) as PlanVersion[]
}

export async function findPlanVersion(
  db: Database,
  code: string,
  version: number | undefined,
): Promise<PlanVersion | undefined> {
  let query = db.selectFrom('planVersion').selectAll().where('code', '=', code).orderBy('version', 'desc').limit(1)
  if (version !== undefined) query = query.where('version', '=', version)
  return (await query.executeTakeFirst()) as PlanVersion | undefined
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
): Promise<string> {
  const id = newId()
  const row = {
    id,
    code: content.code,
    version,
    content: JSON.stringify(content),
    digest: digestOfContent(content),
    publishedAt,
  }
  await db.insertInto('planVersion').values(row).execute()
  return id
}
