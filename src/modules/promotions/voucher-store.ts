import { sql } from 'kysely'
import { noteChange } from '../../platform/changed-rows.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { type ListPage, type ListQuery, listPage, withText } from '../../platform/http/list-page.ts'

/** What each voucher of a batch is worth. */
export interface VoucherContent {
  /** Money of the batch's currency, or units. */
  readonly amount: string
  readonly unit: string | null
  /** Paid when it was sold, bonus when it was given away. */
  readonly source: 'paid' | 'bonus'
  /** How long its content can be used after redemption; null for ever. */
  readonly validDays: number | null
  readonly priority?: number | undefined
}

export interface VoucherBatch {
  readonly id: string
  readonly key: string
  readonly currency: string | null
  readonly content: VoucherContent
  readonly vouchers: number
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly createdAt: Date
}

export interface Voucher {
  readonly codeSha256: Buffer
  readonly batchId: string
  readonly batchKey: string
  readonly currency: string | null
  readonly content: VoucherContent
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly redeemedBy: string | null
}

export async function findBatch(db: Database, key: string): Promise<VoucherBatch | undefined> {
  return (await db.selectFrom('voucherBatch').selectAll().where('key', '=', key).executeTakeFirst()) as
    | VoucherBatch
    | undefined
}

export async function insertBatch(db: Database, batch: VoucherBatch, digests: readonly Buffer[]): Promise<void> {
  await db
    .insertInto('voucherBatch')
    .values({ ...batch, content: JSON.stringify(batch.content) })
    .execute()
  await db
    .insertInto('voucher')
    .columns(['codeSha256', 'batchId'])
    .expression(
      db.selectNoFrom([
        sql`unnest(${digests.map((digest) => `\\x${digest.toString('hex')}`)}::bytea[])`.as('codeSha256'),
        sql`${batch.id}::uuid`.as('batchId'),
      ]),
    )
    .execute()
}

export async function revokeBatch(db: Database, key: string, nowMs: number): Promise<boolean> {
  const query = db
    .updateTable('voucherBatch')
    .set({ revokedAt: new Date(nowMs) })
    .where('key', '=', key)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

export async function findVoucher(db: Database, codeSha256: Buffer): Promise<Voucher | undefined> {
  return (await db
    .selectFrom('voucher')
    .innerJoin('voucherBatch', 'voucherBatch.id', 'voucher.batchId')
    .select(['codeSha256', 'batchId', 'key as batchKey', 'currency', 'content', 'expiresAt', 'revokedAt', 'redeemedBy'])
    .where('codeSha256', '=', codeSha256)
    .executeTakeFirst()) as Voucher | undefined
}

export async function markRedeemed(db: Database, codeSha256: Buffer, accountId: string, nowMs: number): Promise<void> {
  const set = { redeemedBy: accountId, redeemedAt: new Date(nowMs) }
  const query = db.updateTable('voucher').set(set).where('codeSha256', '=', codeSha256).where('redeemedBy', 'is', null)
  if ((await query.executeTakeFirst()).numUpdatedRows !== 1n) throw new Error('the voucher was redeemed meanwhile')
  await noteChange(db, 'redeemed voucher', codeSha256.toString('hex'))
}

export async function insertFailure(db: Database, accountId: string, nowMs: number): Promise<void> {
  await db
    .insertInto('voucherFailure')
    .values({ id: newId(), accountId, createdAt: new Date(nowMs) })
    .execute()
}

export async function countFailures(db: Database, accountId: string, sinceMs: number): Promise<number> {
  const row = await db
    .selectFrom('voucherFailure')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('accountId', '=', accountId)
    .where('createdAt', '>', new Date(sinceMs))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Batches of vouchers, with how many were redeemed. */
export async function listBatchPage(
  db: Database,
  query: ListQuery,
): Promise<ListPage<VoucherBatch & { redeemed: number }>> {
  const count = db.selectFrom('voucher').select(sql<number>`count(*)::integer`.as('count'))
  const redeemed = count
    .where('voucher.batchId', '=', sql.ref<string>('row.id'))
    .where('redeemedBy', 'is not', null)
    .as('redeemed')
  return listPage(db, query, {
    table: 'voucherBatch',
    madeAt: 'createdAt',
    keep: (rows) => withText(rows, query.text, ['row.key']).select(redeemed),
  })
}
