import { z } from 'zod'
import { startOfDayMs } from '../../core/base/period.ts'
import { anyOf, type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import { eventOf, type StoredEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { Refusal } from '../../platform/problems.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow, lockAccount } from '../parties/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { listClaims } from './attempt-store.ts'
import { AUTO_CHARGE, chargeAt, stopCharging } from './auto-charge.ts'
import { beginCharge } from './begin-charge.ts'
import { autoChargeSet } from './events.ts'
import type { Gateways } from './gateways.ts'
import { defaultMethod } from './method-store.ts'

/** When a document is looked at again that somebody else is about to pay. */
const CLAIMED_MS = 3_600_000
/** And one of which all that is open is disputed. */
const DISPUTED_MS = 86_400_000
const WHEN = ['issue', 'due', 'never'] as const
type When = (typeof WHEN)[number]

const payload = z.object({ accountId: z.uuid(), tries: z.int().min(0) })

/** When the documents of an account are charged by themselves. */
export async function autoChargeOf(db: Database, accountId: string): Promise<When> {
  return (await autoChargesOf(db, [accountId])).get(accountId) ?? 'never'
}

/** The same of some accounts, by their ids; absent of those that are not. */
async function autoChargesOf(db: Database, accountIds: readonly string[]): Promise<Map<string, When>> {
  const query = db.selectFrom('autoCharge').select(['accountId', 'chargeOn'])
  const rows = await query.where('accountId', '=', anyOf(accountIds)).execute()
  return new Map(rows.map(({ accountId, chargeOn }) => [accountId, chargeOn as When]))
}

/** Documents that are issued from now on are charged at once, or on the day on which they are due. */
export const followIssued: Subscriber = {
  name: 'auto-charge',
  types: ['invoice.issued', 'debit_note.issued'],
  begins: 'now',
  handle: async (db, events) => {
    // A bill run tells of thousands: most accounts are charged by nobody.
    const asked = await autoChargesOf(
      db,
      events.flatMap(({ accountId }) => accountId ?? []),
    )
    for (const event of events) await askForCharge(db, event, asked)
  },
}

async function askForCharge(
  db: DatabaseTransaction,
  { objectId, accountId, createdAt, data }: StoredEvent,
  asked: ReadonlyMap<string, When>,
): Promise<void> {
  const on = asked.get(accountId ?? '') ?? 'never'
  if (accountId === null || on === 'never') return
  const issuedMs = createdAt.getTime()
  const { dueOn } = data as { readonly dueOn: string }
  const { zone } = await getRow(db, 'account', accountId)
  const dueMs = on === 'issue' ? issuedMs : Math.max(startOfDayMs(dueOn, zone), issuedMs)
  await chargeAt(db, { invoiceId: objectId, accountId }, 0, dueMs, issuedMs)
}

/** Charges a document by the default means of payment of its account: the attempt is begun here, and worked on as all are. */
export function autoChargeJob(root: Database, gateways: Gateways): JobHandler {
  return {
    kind: AUTO_CHARGE,
    maxAttempts: 20,
    work: async (job) => {
      const { accountId, tries } = payload.parse(job.payload)
      const { tenant, nowMs, key: invoiceId } = job
      await inTransaction(root, async (trx) => {
        const db = inSchema(trx, tenant.schema)
        await job.holdIn(db)
        const { key: account, currency } = await lockAccount(db, accountId)
        const settlement = new AccountSettlement(db, accountId, currency)
        const [all, open] = [await settlement.openOf(invoiceId), (await settlement.askableOf(invoiceId)) ?? 0n]
        if ((all ?? 0n) <= 0n || (await autoChargeOf(db, accountId)) === 'never') return
        if (open <= 0n) return chargeAt(db, { invoiceId, accountId }, tries, nowMs + DISPUTED_MS, nowMs)
        if ((await defaultMethod(db, accountId)) === undefined)
          return stopCharging(db, { invoiceId, accountId }, 'no_method', nowMs)
        const claims = await listClaims(db, invoiceId, nowMs)
        const claimed = claims.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
        // Somebody is about to pay it: what is open afterwards is charged then.
        if (claimed >= open) return chargeAt(db, { invoiceId, accountId }, tries, nowMs + CLAIMED_MS, nowMs)
        const { id } = await getInvoice(db, invoiceId)
        const draft = { key: `auto:${invoiceId}:${tries}`, account, invoice: id, amount: null, method: 'default' }
        await beginCharge(db, tenant, gateways, { ...draft, gateway: null, returnUrl: null, origin: 'auto' }, nowMs)
      })
      return 'done'
    },
  }
}

export function autoChargeRoutes(): Route[] {
  const tag = 'Payment gateways'
  const params = z.object({ reference })
  const answer = z.strictObject({ account: z.string(), on: z.enum(WHEN) })
  return [
    readRoute({
      url: '/v1/accounts/{reference}/auto-charge',
      scope: 'payments:read',
      tag,
      summary: 'When documents of an account are charged by themselves',
      params,
      answer,
      handle: async ({ db }, { params: named }) => {
        const { id, key } = await getRow(db, 'account', named.reference)
        return { account: key, on: await autoChargeOf(db, id) }
      },
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/accounts/{reference}/auto-charge',
      scope: 'payments:write',
      tag,
      summary:
        'Have documents that are issued from now on charged by the default means of payment: when issued, when due, or never',
      params,
      body: z.strictObject({ on: z.enum(WHEN) }),
      answer,
      handle: async ({ db, nowMs }, { params: named, body: { on } }) => {
        const { id: accountId, key } = await getRow(db, 'account', named.reference)
        await lockAccount(db, accountId)
        if (on !== 'never' && (await defaultMethod(db, accountId)) === undefined)
          throw new Refusal('conflict', 'the account has no means of payment: add one first (kvit payment-method add)')
        if (on === 'never') await db.deleteFrom('autoCharge').where('accountId', '=', accountId).execute()
        else {
          const row = { chargeOn: on, setAt: new Date(nowMs) }
          await db
            .insertInto('autoCharge')
            .values({ accountId, ...row })
            .onConflict((conflict) => conflict.column('accountId').doUpdateSet(row))
            .execute()
        }
        await publish(db, [eventOf(autoChargeSet, { objectId: accountId, accountId }, { on })], nowMs)
        return { account: key, on }
      },
    }),
  ]
}
