import { sql } from 'kysely'
import type { BlockLevel, StepFact } from '../../core/dunning/decide.ts'
import type { DunningAction } from '../../core/dunning/policy.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'
import type { PolicyContent } from './schemas.ts'

export const POLICY_STATES = ['in_force', 'draft', 'withdrawn'] as const

/** A version of a policy. */
export interface PolicyRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly state: (typeof POLICY_STATES)[number]
  readonly content: PolicyContent
  readonly madeBy: string
  readonly madeAt: Date
}

export interface RunRow {
  readonly id: string
  readonly accountId: string
  readonly policyId: string
  readonly state: 'running' | 'ended'
  readonly currency: string
  readonly block: BlockLevel | null
  readonly blocks: number
  readonly startedOn: string
  readonly startedAt: Date
  readonly endedOn: string | null
  readonly endedAt: Date | null
  readonly reopened: number
}

export interface StepRow {
  readonly id: string
  readonly runId: string
  readonly accountId: string
  readonly stepId: string
  readonly position: number
  readonly action: DunningAction
  readonly state: StepFact['state']
  readonly currency: string
  readonly amountMinor: string
  readonly daysOverdue: number
  readonly doneOn: string
  readonly doneAt: Date
  readonly detail: string | null
}

export interface HoldRow {
  readonly id: string
  readonly accountId: string
  readonly reason: string
  readonly untilOn: string | null
  readonly madeBy: string
  readonly madeAt: Date
  readonly releasedBy: string | null
  readonly releasedAt: Date | null
  readonly releaseReason: string | null
}

export async function insertPolicy(db: Database, { content, ...row }: PolicyRow): Promise<void> {
  await db
    .insertInto('dunningPolicy')
    .values({ ...row, content: JSON.stringify(content) })
    .execute()
}

/** All versions of a policy, the first one first. */
export async function versionsOf(db: Database, key: string): Promise<PolicyRow[]> {
  const query = db.selectFrom('dunningPolicy').selectAll().where('key', '=', key).orderBy('version')
  return (await query.execute()) as unknown as PolicyRow[]
}

/** Whoever makes a version of a policy, and whoever else does, take turns. */
export async function lockPolicies(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${schemaOf(db)} dunning policies`}, 0))`.execute(db)
}

/** The last version of each policy, drafts aside, in the order in which they are asked. */
export async function policiesInForce(db: Database): Promise<PolicyRow[]> {
  const query = db.selectFrom('dunningPolicy').selectAll().where('state', '<>', 'draft')
  const rows = (await query.orderBy('key').orderBy('version').execute()) as unknown as PolicyRow[]
  const last = new Map(rows.map((row) => [row.key, row]))
  return [...last.values()]
    .filter(({ state }) => state === 'in_force')
    .sort((a, b) => a.content.order - b.content.order)
}

/** @param version the last one where it is absent */
export async function getPolicy(db: Database, key: string, version?: number): Promise<PolicyRow> {
  const versions = await versionsOf(db, key)
  const found = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version)
  if (found === undefined)
    throw notFound(
      `dunning policy ${key}${version === undefined ? '' : ` version ${version}`}`,
      '/v1/dunning-policies',
      'dunning policy list',
    )
  return found
}

export async function policiesById(db: Database, ids: readonly string[]): Promise<Map<string, PolicyRow>> {
  const query = db.selectFrom('dunningPolicy').selectAll().where('id', '=', anyOf(ids))
  return new Map(((await query.execute()) as unknown as PolicyRow[]).map((row) => [row.id, row]))
}

/** Runs of accounts, the first one first. */
export async function runsOf(db: Database, accountIds: readonly string[]): Promise<RunRow[]> {
  const query = db.selectFrom('dunningRun').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.orderBy('accountId').orderBy('id').execute()) as RunRow[]
}

export async function getRun(db: Database, id: string): Promise<RunRow> {
  const found = await db.selectFrom('dunningRun').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`dunning run ${id}`, '/v1/dunning-runs', 'dunning list')
  return found as RunRow
}

export async function insertRun(db: Database, run: RunRow): Promise<void> {
  await db.insertInto('dunningRun').values(run).execute()
}

export async function changeRun(db: Database, { id }: Pick<RunRow, 'id'>, set: Partial<RunRow>): Promise<void> {
  await db.updateTable('dunningRun').set(set).where('id', '=', id).execute()
}

/** Steps of runs, in the order of their policies. */
export async function stepsOf(db: Database, runIds: readonly string[]): Promise<StepRow[]> {
  const query = db.selectFrom('dunningStep').selectAll().where('runId', '=', anyOf(runIds))
  return (await query.orderBy('runId').orderBy('position').execute()) as StepRow[]
}

export async function findStep(db: Database, id: string): Promise<StepRow | undefined> {
  return (await db.selectFrom('dunningStep').selectAll().where('id', '=', id).executeTakeFirst()) as StepRow | undefined
}

export async function insertSteps(db: Database, rows: readonly StepRow[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('dunningStep')
    .values([...rows])
    .execute()
}

/** What came of a step that was asked for. */
export async function endStep(db: Database, id: string, set: Pick<StepRow, 'state' | 'detail'>): Promise<void> {
  await db.updateTable('dunningStep').set(set).where('id', '=', id).where('state', '=', 'asked').execute()
}

/** A step that was not available was done after all. */
export async function doneAfterAll(
  db: Database,
  id: string,
  set: Pick<StepRow, 'detail' | 'doneOn' | 'doneAt'>,
): Promise<void> {
  const update = db.updateTable('dunningStep').set({ ...set, state: 'done' })
  await update.where('id', '=', id).where('state', '=', 'not_available').execute()
}

/** Holds of accounts that nobody has released; one that has a last day may be over. */
export async function holdsOf(db: Database, accountIds: readonly string[]): Promise<Map<string, HoldRow>> {
  const query = db.selectFrom('dunningHold').selectAll().where('accountId', '=', anyOf(accountIds))
  const rows = (await query.where('releasedAt', 'is', null).execute()) as HoldRow[]
  return new Map(rows.map((row) => [row.accountId, row]))
}

export function isHeldOn(hold: Pick<HoldRow, 'untilOn'> | undefined, today: string): boolean {
  return hold !== undefined && (hold.untilOn === null || today <= hold.untilOn)
}

export async function insertHold(db: Database, hold: HoldRow): Promise<void> {
  await db.insertInto('dunningHold').values(hold).execute()
}

export async function releaseHold(
  db: Database,
  id: string,
  set: Pick<HoldRow, 'releasedBy' | 'releasedAt' | 'releaseReason'>,
): Promise<void> {
  await db.updateTable('dunningHold').set(set).where('id', '=', id).execute()
}

/** Of some accounts those that have, or had, a run. */
export async function accountsWithRuns(db: Database, accountIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('dunningRun').select('accountId').distinct().where('accountId', '=', anyOf(accountIds))
  return (await query.orderBy('accountId').execute()).map(({ accountId }) => accountId)
}

/**
 * Accounts on which something may be to be done: with a run that goes on, or with a document that is overdue and not paid whole. In the order of
 * their ids.
 * @param lastDay the latest day that has begun anywhere
 */
export async function accountsToLookAt(
  db: Database,
  { lastDay, after, limit }: { readonly lastDay: string; readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const { rows } = await sql<{ id: string }>`
    select a.id from ${table('account')} a
    where (${after}::uuid is null or a.id > ${after}::uuid) and (
      exists (select from ${table('dunning_run')} r where r.account_id = a.id and r.state = 'running')
      or exists (
        select from ${table('invoice')} i
        where i.account_id = a.id and i.kind <> 'credit_note' and i.due_on < ${lastDay}::date and i.total_minor > 0
          and i.total_minor > coalesce((select sum(x.amount_minor) from ${table('allocation')} x where x.invoice_id = i.id), 0)))
    order by a.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
