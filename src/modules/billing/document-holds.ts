import { z } from 'zod'
import type { PlannedDocument } from '../../core/billing/plan-document.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { pageQuery, type Route, readRoute } from '../../platform/http/route.ts'
import { accountNames } from '../parties/index.ts'
import { heldDocuments } from './answers.ts'
import { documentHeld, documentReleased } from './events.ts'

/** An account that is not billed further until something is filled in. */
interface Hold {
  readonly accountId: string
  readonly billingDay: string
  readonly reasons: readonly string[]
  readonly heldAt: Date
}

/** Notes that a document is not issued, and why; there is one event for the same reasons. The account's row is locked. */
export async function hold(
  db: Database,
  accountId: string,
  { day: billingDay, held: reasons }: Pick<PlannedDocument, 'day' | 'held'>,
  nowMs: number,
): Promise<void> {
  const known = await findHold(db, accountId)
  if (known?.billingDay === billingDay && JSON.stringify(known.reasons) === JSON.stringify(reasons)) return
  const row = { accountId, billingDay, reasons: JSON.stringify(reasons), heldAt: new Date(nowMs) }
  await db
    .insertInto('documentHold')
    .values(row)
    .onConflict((on) => on.column('accountId').doUpdateSet(row))
    .execute()
  await publish(
    db,
    [eventOf(documentHeld, { objectId: accountId, accountId }, { billingDay, reasons: [...reasons] })],
    nowMs,
  )
}

/** Notes that nothing of an account waits any more. */
export async function releaseHold(db: Database, accountId: string, nowMs: number): Promise<void> {
  const waited = db.deleteFrom('documentHold').where('accountId', '=', accountId).returning('billingDay')
  const released = await waited.executeTakeFirst()
  if (released === undefined) return
  const { billingDay } = released
  await publish(db, [eventOf(documentReleased, { objectId: accountId, accountId }, { billingDay })], nowMs)
}

/** What is issued outside of bill runs waits as the job that issues it: it is tried again, and shows the reason. */
export function assertTaxed({ held }: Pick<PlannedDocument, 'held'>): void {
  if (held.length > 0) throw new Error(`its tax cannot be decided: ${held.join('; ')}`)
}

async function findHold(db: Database, accountId: string): Promise<Hold | undefined> {
  const query = db.selectFrom('documentHold').selectAll().where('accountId', '=', accountId)
  return (await query.executeTakeFirst()) as unknown as Hold | undefined
}

/** Documents that wait, in the order of their accounts. */
export function holdRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/held-invoices',
      scope: 'invoices:read',
      tag: 'Invoices',
      summary:
        'Accounts whose next document is not issued, since its tax cannot be decided, and what is to be filled in',
      query: z.object(pageQuery),
      answer: heldDocuments,
      handle: async ({ db }, { query: { limit, cursor } }) => {
        let query = db
          .selectFrom('documentHold')
          .selectAll()
          .orderBy('accountId')
          .limit(limit + 1)
        if (cursor !== undefined) query = query.where('accountId', '>', cursor)
        const found = (await query.execute()) as unknown as Hold[]
        const rows = found.slice(0, limit)
        const names = await accountNames(
          db,
          rows.map(({ accountId }) => accountId),
        )
        const items = rows.map((row) => ({ ...row, ...names.get(row.accountId) }))
        return { items, nextCursor: found.length > limit ? (rows.at(-1)?.accountId ?? null) : null }
      },
    }),
  ]
}
