import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../db.ts'
import { Refusal } from '../problems.ts'
import type { AfterCommit, ReadContext, WriteContext } from '../tenant.ts'
import { toJson } from './json.ts'

export interface StoredAnswer {
  readonly status: number
  readonly body: string
  /** It was made by an earlier request with the same key. */
  readonly isReplayed: boolean
}

/**
 * Runs a write in one transaction. With a key, the answer is stored in the same transaction, so that a repeated request
 * has one effect and gets the first answer, whenever the first attempt was cut off. What the engine must hear after the
 * commit is stored with it, and repeated each time: the first attempt may have been cut off before it was.
 */
export async function runWrite(
  db: Database,
  read: Omit<ReadContext, 'db'>,
  request: { key: string | undefined; fingerprint: () => string; status: number },
  work: (context: WriteContext) => Promise<unknown>,
  afterCommit: (context: Omit<ReadContext, 'db'>, told: AfterCommit) => Promise<void>,
): Promise<StoredAnswer> {
  let told: AfterCommit[] = []
  const answer = await inTransaction(db, async (trx) => {
    told = []
    const scoped = inSchema(trx, read.tenant.schema)
    if (request.key !== undefined) {
      const sha256 = createHash('sha256').update(request.fingerprint()).digest()
      const stored = await claim(scoped, request.key, sha256, read.nowMs)
      if (stored !== null) {
        told = stored.told
        return stored.answer
      }
    }
    const result = await work({ ...read, db: scoped, afterCommit: (one) => void told.push(one) })
    const made = { status: request.status, body: toJson(result) }
    if (request.key !== undefined) {
      const row = { ...made, afterCommit: JSON.stringify(told) }
      await scoped.updateTable('idempotency').set(row).where('key', '=', request.key).execute()
    }
    return { ...made, isReplayed: false }
  })
  for (const one of told) await afterCommit(read, one)
  return answer
}

/** Inserting the key makes a concurrent request with the same one wait until this transaction has ended. */
async function claim(
  trx: DatabaseTransaction,
  key: string,
  sha256: Buffer,
  nowMs: number,
): Promise<{ answer: StoredAnswer; told: AfterCommit[] } | null> {
  const row = { key, requestSha256: sha256, status: 0, body: '', createdAt: new Date(nowMs) }
  const inserted = await trx
    .insertInto('idempotency')
    .values(row)
    .onConflict((on) => on.column('key').doNothing())
    .returning(sql`1`.as('one'))
    .execute()
  if (inserted.length > 0) return null
  // Locking the row makes this transaction one that writes, whose commit waits for whoever has to have it. So an answer whose
  // first commit gave up waiting for a synchronous standby is not given again before the standby has it.
  const stored = await trx
    .selectFrom('idempotency')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (!sha256.equals(stored['requestSha256'] as Buffer)) {
    throw new Refusal('idempotency_conflict', 'this Idempotency-Key was used for a request with another body')
  }
  const answer = { status: stored['status'] as number, body: stored['body'] as string, isReplayed: true }
  return { answer, told: stored['afterCommit'] as AfterCommit[] }
}
