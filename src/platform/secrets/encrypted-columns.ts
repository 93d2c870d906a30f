import { sql } from 'kysely'
import { byName, type Database, inSchema, inTransaction } from '../db.ts'
import { PLATFORM_SCHEMA } from '../migrations.ts'
import type { Tenant } from '../tenant.ts'
import type { Encrypted, KeyRing, SecretPlace } from './key-ring.ts'

/** Rows that are encrypted anew in one transaction. */
const BATCH = 200

/**
 * A column of secrets. What is declared as one is encrypted anew when the key is changed, and `kvit doctor` looks whether its
 * keys are there.
 */
export interface EncryptedColumn {
  /** The schema that has the table: that of the platform, or that of each tenant. */
  readonly of: 'platform' | 'tenant'
  readonly table: string
  /** Columns that name a row: texts and ids. */
  readonly key: readonly string[]
  readonly keyId: string
  readonly ciphertext: string
  /** Rows of before may have no key id: their secret is plain, until the next start. */
  readonly mayBePlain?: boolean
}

/** @param tenant its name; that of the platform is empty */
export function placeOf({ table }: EncryptedColumn, tenant: string, key: readonly string[]): SecretPlace {
  return [tenant, table, ...key]
}

/** Where columns of secrets are: in which schema, of which tenant. */
export function columnsIn(
  columns: readonly EncryptedColumn[],
  tenants: readonly Pick<Tenant, 'name' | 'schema'>[],
): { column: EncryptedColumn; name: string; schema: string }[] {
  const platform = { name: '', schema: PLATFORM_SCHEMA }
  return columns.flatMap((column) =>
    (column.of === 'platform' ? [platform] : tenants).map(({ name, schema }) => ({ column, name, schema })),
  )
}

/** The ids of all keys that secrets are encrypted with. */
export async function keyIdsInUse(db: Database, places: ReturnType<typeof columnsIn>): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const { column, schema } of places) {
    const rows = await byName(inSchema(db, schema))
      .selectFrom(column.table)
      .select(`${column.keyId} as id`)
      .distinct()
      .where(column.keyId, 'is not', null)
      .execute()
    for (const { id } of rows) ids.add(String(id))
  }
  return ids
}

/**
 * Encrypts with the current key what is encrypted with another one, or not at all. It can be cut off and done again at any
 * moment: each row is read by the key that it names. What cannot be read stays as it is.
 * @returns how many secrets were encrypted anew
 */
export async function encryptAnew(
  db: Database,
  ring: KeyRing,
  place: ReturnType<typeof columnsIn>[number],
): Promise<number> {
  const { column, name, schema } = place
  let done = 0
  for (let after: readonly string[] | null = null; ring.currentId !== null; ) {
    const batch: { last: readonly string[] | null; encrypted: number } = await inTransaction(db, async (trx) =>
      encryptBatch(inSchema(trx, schema), ring, column, name, after),
    )
    done += batch.encrypted
    if (batch.last === null) break
    after = batch.last
  }
  return done
}

async function encryptBatch(
  db: Database,
  ring: KeyRing,
  column: EncryptedColumn,
  tenant: string,
  after: readonly string[] | null,
): Promise<{ last: readonly string[] | null; encrypted: number }> {
  const { table, key, keyId, ciphertext } = column
  let query = byName(db)
    .selectFrom(table)
    .select([...key, `${keyId} as keyId`, `${ciphertext} as ciphertext`])
    .where(ciphertext, 'is not', null)
    .where(sql<boolean>`${sql.ref(keyId)} is distinct from ${ring.currentId}`)
    .orderBy(sql`(${sql.join(key.map((one) => sql.ref(one)))})`)
    .limit(BATCH)
    .forUpdate()
  if (after !== null)
    query = query.where(sql<boolean>`(${sql.join(key.map((one) => sql.ref(one)))}) > (${sql.join(after)})`)
  const rows = (await query.execute()) as (Record<string, string> & { keyId: string | null; ciphertext: Buffer })[]
  let encrypted = 0
  for (const row of rows) {
    const names = key.map((one) => String(row[one]))
    const place = placeOf(column, tenant, names)
    if (row.keyId === null ? column.mayBePlain !== true : !ring.has(row.keyId)) continue
    const secret = row.keyId === null ? row.ciphertext : readable(ring, place, row as Encrypted)
    if (secret === null) continue
    const anew = ring.encrypt(place, secret)
    let update = byName(db)
      .updateTable(table)
      .set({ [keyId]: anew.keyId, [ciphertext]: anew.ciphertext })
    for (const [at, one] of key.entries()) update = update.where(one, '=', names[at])
    await update.execute()
    encrypted++
  }
  const last = rows.length < BATCH ? undefined : rows.at(-1)
  return { last: last === undefined ? null : key.map((one) => String(last[one])), encrypted }
}

/** Null for one that was damaged or moved: there is nothing to be saved of it. */
function readable(ring: KeyRing, place: SecretPlace, row: Encrypted): Buffer | null {
  try {
    return ring.decrypt(place, row)
  } catch {
    return null
  }
}
