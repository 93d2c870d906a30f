import { setTimeout as pause } from 'node:timers/promises'
import type { NoticeChannel } from '../../core/notifications/channels.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { NoticeSend } from './notice.ts'
import type { DeliveryReceipt } from './ports.ts'
import { failSend, goOn, keptId } from './record.ts'

/** A receipt may overtake the answer to its message: it is looked for again after these times, for two seconds in all. */
const LOOKS_AFTER_MS = [0, 50, 150, 300, 500, 1_000]

/** What a receipt is about, and when it came. */
export interface ReceiptFacts {
  readonly channel: NoticeChannel
  readonly receipt: DeliveryReceipt
  /** By the clock of the tenant. */
  readonly nowMs: number
}

/**
 * Records what has become of a message. A receipt that comes twice changes nothing the second time. A message that was delivered stays so; one that failed and
 * is said to be delivered afterwards was delivered: both orders end alike. Resolves when it is committed.
 * @param alongside is written in the same transaction
 * @returns how many messages it is about: none of an id that nobody knows
 * @throws Refusal `overloaded` where the message may be one that is being sent: the other side sends the receipt again
 */
export async function takeReceipt(
  root: Database,
  { schema }: Pick<Tenant, 'schema'>,
  facts: ReceiptFacts,
  alongside: (db: DatabaseTransaction) => Promise<void> = async () => undefined,
): Promise<number> {
  for (const afterMs of LOOKS_AFTER_MS) {
    if (afterMs > 0) await pause(afterMs)
    const found = await inTransaction(root, async (trx) => {
      const db = inSchema(trx, schema)
      const known = await recordReceipt(db, facts)
      if (known !== 'too_early') await alongside(db)
      return known
    })
    if (found !== 'too_early') return found === 'known' ? 1 : 0
  }
  throw new Refusal('overloaded', 'messages are being sent whose ids are not known yet: send the receipt again')
}

async function recordReceipt(
  db: DatabaseTransaction,
  { channel, receipt, nowMs }: ReceiptFacts,
): Promise<'known' | 'unknown' | 'too_early'> {
  // Looked at first: an answer that is committed between both looks is found by the second one.
  const underWay = db
    .selectFrom('noticeSend')
    .select('id')
    .where('channel', '=', channel)
    .where('state', '=', 'sending')
  const isSending = (await underWay.limit(1).executeTakeFirst()) !== undefined
  const query = db.selectFrom('noticeSend').selectAll().where('channel', '=', channel)
  const row = (await query
    .where('providerId', '=', keptId(receipt.id))
    // A centre that counts from the beginning again uses ids twice: the last message is meant.
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()) as NoticeSend | undefined
  if (row === undefined) return isSending ? 'too_early' : 'unknown'
  await (receipt.state === 'delivered' ? noteDelivered(db, row, receipt, nowMs) : noteFailed(db, row, receipt, nowMs))
  return 'known'
}

async function noteDelivered(
  db: DatabaseTransaction,
  row: NoticeSend,
  { digits }: DeliveryReceipt,
  nowMs: number,
): Promise<void> {
  // Nothing more is kept of somebody who was erased meanwhile.
  const said = digits === undefined || row.address === null ? {} : { said: `keys that were pressed: ${digits}` }
  // What somebody has asked for once more waits, and is not needed any more.
  const isNews = ['sent', 'unknown', 'failed', 'waiting'].includes(row.state)
  const set = isNews ? { ...said, state: 'delivered', reason: null, endedAt: new Date(nowMs) } : said
  if (Object.keys(set).length > 0 && row.state !== 'sending')
    await db
      .updateTable('noticeSend')
      .set(set as object)
      .where('id', '=', row.id)
      .execute()
  if (isNews) await goOn(db, row, { state: 'delivered', atMs: nowMs })
}

async function noteFailed(
  db: DatabaseTransaction,
  row: NoticeSend,
  { reason }: DeliveryReceipt,
  nowMs: number,
): Promise<void> {
  if (row.state !== 'sent' && row.state !== 'unknown') return
  await failSend(db, row, { reason: reason ?? 'unavailable', said: row.said }, nowMs)
}
