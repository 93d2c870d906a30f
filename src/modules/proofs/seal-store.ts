import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import type { BoundRows } from './bound-row.ts'
import { BOUND_ROWS } from './bound-rows.ts'
import { digestsOf, keyOutOf, keyText } from './row-digests.ts'

/** A row and its digest, as it is now. */
export interface RowDigest {
  readonly kind: string
  readonly key: string
  readonly digest: Buffer
}

export interface RowSeal extends RowDigest {
  readonly seq: bigint
  readonly place: number
}

/** What a request has noted of a row that it changed. */
export interface ChangeNote {
  readonly id: string
  readonly kind: string
  readonly key: string
}

/** Queries of this file are text: the tables and columns of `BOUND_ROWS` are names of our own. */
async function select<T>(db: Database, parts: readonly string[], limit?: number): Promise<T[]> {
  const all = parts.map((part) => `(${part})`).join(' union all ')
  // Postgres works on one part after another, and on none that the limit leaves out.
  const query = sql.raw<T>(limit === undefined ? all : `select * from (${all}) p limit ${limit}`)
  return (await query.execute(db)).rows
}

/** Kinds whose tables hold anything: a tenant uses few of them, and a statement over all takes 30 ms to be planned. */
async function withRows(db: Database, schema: string, kinds: readonly BoundRows[]): Promise<BoundRows[]> {
  const tables = [...new Set(kinds.map(({ table }) => table))]
  const isUsed = tables.map((table) => `exists (select from "${schema}".${table})`)
  const { rows } = await sql.raw<{ used: boolean[] }>(`select array[${isUsed.join(', ')}] as used`).execute(db)
  const full = new Set(tables.filter((_, at) => rows[0]?.used[at] === true))
  return kinds.filter(({ table }) => full.has(table))
}

/** Kinds of which a row was ever sealed. */
export async function sealedKinds(db: Database, schema: string): Promise<BoundRows[]> {
  const { rows } = await sql<{
    kind: string
  }>`select kind from unnest(${BOUND_ROWS.map(({ kind }) => kind)}::text[]) as kind
    where exists (select from ${sql.id(schema, 'sealed_row')} s where s.kind = kind.kind)`.execute(db)
  const sealed = new Set(rows.map(({ kind }) => kind))
  return BOUND_ROWS.filter(({ kind }) => sealed.has(kind))
}

/**
 * Rows that have no seal yet, of each kind in the order of their keys.
 * @param horizon an id before which all rows have one already
 * @param after the last key that was found of a kind: what is before it has been looked through
 * @param isFull looks also through kinds whose keys do not grow with time, and which requests note when they change
 */
export async function unsealedRows(
  db: Database,
  schema: string,
  {
    horizon,
    after,
    isFull,
    limit,
  }: { horizon: string; after: ReadonlyMap<string, string>; isFull: boolean; limit: number },
): Promise<RowDigest[]> {
  const looked = BOUND_ROWS.filter(({ isFresh, isChanged }) => isFull || isFresh || isChanged !== true)
  const kinds = await withRows(db, schema, looked)
  if (kinds.length === 0) return []
  const parts = kinds.map((kind) => {
    // Texts are ordered by the rules of the database, which the caller does not know; there are few of those rows.
    const seen = kind.keyType === 'text' ? undefined : after.get(kind.kind)
    const last = seen ?? (kind.isFresh ? horizon : null)
    const isLater =
      last === null ? 'true' : `t.${kind.key} > ${keyOutOf(`'${last.replaceAll("'", "''")}'`, kind.keyType)}`
    const isOf = `s.kind = '${kind.kind}' and s.key = ${keyText(kind.key, kind.keyType)}`
    const isUnsealed = `not exists (select from "${schema}".sealed_row s where ${isOf})`
    // Lines of a document share a key: the keys are found before their rows are put together.
    const keys = `select distinct t.${kind.key} from "${schema}".${kind.table} t where ${kind.where ?? 'true'} and ${isLater} and ${isUnsealed} order by t.${kind.key} limit ${limit}`
    const found = `select '${kind.kind}' as kind, key, digest from (${digestsOf(kind, schema, `t.${kind.key} in (${keys})`)}) d`
    // The limit of all kinds may cut this one: without an order it would leave rows out that come before the last one it kept.
    return `${found} order by key collate "C"`
  })
  return select<RowDigest>(db, parts, limit)
}

/** What was noted first. */
export async function changeNotes(db: Database, limit: number): Promise<ChangeNote[]> {
  return await db.selectFrom('changedRow').selectAll().orderBy('id').limit(limit).execute()
}

/** Rows that were noted, as they are now; what has not come to its end yet is left out. */
export async function notedRows(db: Database, schema: string, notes: readonly ChangeNote[]): Promise<RowDigest[]> {
  const parts = [...Map.groupBy(notes, ({ kind }) => kind)].flatMap(([name, noted]) => {
    const kind = BOUND_ROWS.find((known) => known.kind === name)
    if (kind === undefined) return []
    const ids = noted.map(({ id }) => `'${id}'::uuid`).join(', ')
    const keys = `select ${keyOutOf('c.key', kind.keyType)} from "${schema}".changed_row c where c.id in (${ids})`
    return [
      `select '${kind.kind}' as kind, key, digest from (${digestsOf(kind, schema, `t.${kind.key} in (${keys})`)}) d`,
    ]
  })
  return parts.length === 0 ? [] : select<RowDigest>(db, parts)
}

export async function insertSeals(db: Database, rows: readonly RowDigest[], seq: bigint): Promise<void> {
  const columns = [rows.map(({ kind }) => kind), rows.map(({ key }) => key), rows.map(({ digest }) => digest)] as const
  const seals = sql`select r.kind, r.key, r.digest, ${seq}::bigint, (r.nth - 1)::integer
    from unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::bytea[]) with ordinality as r (kind, key, digest, nth)`
  await db
    .insertInto('sealedRow')
    .columns(['kind', 'key', 'digest', 'seq', 'place'])
    .expression(seals as never)
    .execute()
}

export async function deleteNotes(db: Database, notes: readonly ChangeNote[]): Promise<void> {
  const ids = notes.map(({ id }) => id)
  if (ids.length > 0) await db.deleteFrom('changedRow').where('id', 'in', ids).execute()
}

/** Seals in the order of the journal, after one of them. */
export async function sealsAfter(
  db: Database,
  after: { seq: bigint; place: number },
  limit: number,
): Promise<RowSeal[]> {
  const query = db.selectFrom('sealedRow').selectAll().orderBy('seq').orderBy('place').limit(limit)
  const isBehind = sql<boolean>`(seq, place) > (${after.seq}::bigint, ${after.place}::integer)`
  return await query.where(isBehind).execute()
}

export interface ComparedRows {
  /** The last key that was looked at; null when there are no more. */
  readonly last: string | null
  readonly count: number
  /** Keys of rows that are gone, and of those that differ. */
  readonly gone: readonly string[]
  readonly changed: readonly string[]
}

/** Compares rows of a kind with their last seals, a page at a time. */
export async function compareRows(
  db: Database,
  schema: string,
  kind: BoundRows,
  after: string,
  limit: number,
): Promise<ComparedRows> {
  const among = `t.${kind.key} = ${keyOutOf('s.key', kind.keyType)}`
  const query = sql<{ key: string; isGone: boolean; isWrong: boolean }>`
    with s as (select distinct on (key) key, digest from ${sql.id(schema, 'sealed_row')}
      where kind = ${kind.kind} and key > ${after} order by key, seq desc limit ${limit})
    select s.key, d.key is null as is_gone,
      d.digest is distinct from s.digest and not exists (select from ${sql.id(schema, 'changed_row')} c
        where c.kind = ${kind.kind} and c.key = s.key) as is_wrong
    from s left join lateral (${sql.raw(digestsOf(kind, schema, among))}) d on true order by s.key`
  const { rows } = await query.execute(db)
  const wrong = rows.filter((row) => row.isWrong)
  return {
    last: rows.length < limit ? null : (rows.at(-1)?.key ?? null),
    count: rows.length,
    gone: wrong.filter((row) => row.isGone).map(({ key }) => key),
    changed: wrong.filter((row) => !row.isGone).map(({ key }) => key),
  }
}
