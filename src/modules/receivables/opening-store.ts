import { noteChange, noteChanges } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { markTakenUp } from '../invoices/index.ts'

/** Whether the balances of an account are open, and notified of its documents and payments. The account's row is locked. */
export async function isOpened(db: Database, accountId: string): Promise<boolean> {
  return (await openedAmong(db, [accountId])).has(accountId)
}

/** Those of some accounts whose balances are open; their rows are locked. */
export async function openedAmong(db: Database, accountIds: readonly string[]): Promise<Set<string>> {
  const query = db.selectFrom('balanceOpening').select('accountId').where('accountId', '=', anyOf(accountIds))
  return new Set((await query.execute()).map((row) => row['accountId'] as string))
}

const OPENED_AT_ONCE = 20_000

/** All accounts whose balances are open, some at a time: they stay open when terms or plans that asked for them are gone. */
export async function* loadOpened(db: Database): AsyncGenerator<readonly string[]> {
  for (let last: string | null = null; ; ) {
    let query = db.selectFrom('balanceOpening').select('accountId').orderBy('accountId').limit(OPENED_AT_ONCE)
    if (last !== null) query = query.where('accountId', '>', last)
    const ids: string[] = (await query.execute()).map((row) => row['accountId'] as string)
    yield ids
    if (ids.length < OPENED_AT_ONCE) return
    last = ids.at(-1) as string
  }
}

/** What was billed and paid before balances opened: charges at the rating scale, the others in minor units. */
export interface Opening {
  readonly billedCharges: bigint
  readonly documentsMinor: bigint
  readonly paymentsMinor: bigint
}

/**
 * Notes that the balances of an account are open, and documents of before as taken up whole.
 * @throws Refusal where somebody else has noted it meanwhile: who asks again finds them open
 */
export async function insertOpening(
  db: Database,
  accountId: string,
  { billedCharges, documentsMinor, paymentsMinor }: Opening,
  minorUnit: bigint,
  nowMs: number,
): Promise<void> {
  const openedAt = new Date(nowMs)
  const noted = await db
    .insertInto('balanceOpening')
    .values({
      ...{ accountId, openedAt },
      billedCharges: String(billedCharges),
      documentsMinor: String(documentsMinor),
      paymentsMinor: String(paymentsMinor),
    })
    .onConflict((on) => on.column('accountId').doNothing())
    .returning('accountId')
    .execute()
  if (noted.length === 0)
    throw new Refusal('engine_unavailable', 'the balances were opened meanwhile; send the same request again')
  await noteChange(db, 'opening of balances', accountId)
  await markTakenUp(db, accountId, minorUnit, openedAt)
}

/** Notes accounts that have neither documents nor payments as open, unless they are. */
export async function openEmpty(db: Database, accountIds: readonly string[], nowMs: number): Promise<void> {
  if (accountIds.length === 0) return
  const opened = await db
    .insertInto('balanceOpening')
    .values(accountIds.map((accountId) => ({ accountId, openedAt: new Date(nowMs) })))
    .onConflict((on) => on.column('accountId').doNothing())
    .returning('accountId')
    .execute()
  await noteChanges(
    db,
    'opening of balances',
    opened.map((row) => String(row['accountId'])),
  )
}
