import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { getInvoices } from '../invoices/index.ts'
import { lockAccounts } from '../parties/index.ts'
import { handOverEvent } from './events.ts'
import * as store from './hand-over-store.ts'
import { lookAt } from './look.ts'

/** Accounts of one file; what waits beyond them is in the next one. */
const MOST_ACCOUNTS = 1_000

/** Makes the file of accounts that wait to be handed over, with what is open of them now. The same key again is the same file. */
export async function handOver(
  { db, nowMs }: WriteContext,
  { key, recipient }: { readonly key: string; readonly recipient: string | null },
  madeBy: string,
): Promise<store.HandOver> {
  const waiting = await store.listWaiting(db, MOST_ACCOUNTS)
  const accountIds = waiting.map(({ accountId }) => accountId).sort()
  await lockAccounts(db, accountIds)
  const known = await store.findHandOver(db, key)
  if (known !== undefined) {
    if (known.recipient === recipient) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another hand-over`)
  }
  const looks = new Map((await lookAt(db, accountIds, [], nowMs)).map((look) => [look.account.id, look]))
  const row = { id: newId(), key, recipient, madeBy, madeAt: new Date(nowMs) }
  await store.insertHandOver(db, row)
  let accounts = 0
  const still = await store.stillWaiting(
    db,
    waiting.map(({ id }) => id),
  )
  for (const { id, accountId } of still) {
    const look = looks.get(accountId)
    // Nobody is asked for what is disputed, promised or held: it waits for a file of later.
    const asked = (look?.items ?? []).flatMap(({ id: invoiceId, dueOn, openMinor, disputedMinor, isPlanned }) =>
      isPlanned || openMinor <= disputedMinor ? [] : [{ invoiceId, dueOn, minor: openMinor - disputedMinor }],
    )
    const { since = null, stops = [] } = look?.decision ?? {}
    if (asked.length === 0 || since === null || stops.includes('hold')) continue
    const invoices = await getInvoices(
      db,
      asked.map(({ invoiceId }) => invoiceId),
    )
    const numbers = new Map(invoices.map((one) => [one.id, one.document.number]))
    const items = asked.map(({ invoiceId, dueOn, minor }) => {
      return { invoiceId, number: numbers.get(invoiceId) ?? '', dueOn, open: String(minor) }
    })
    const amountMinor = asked.reduce((sum, { minor }) => sum + minor, 0n)
    await store.handOverAccount(db, id, { handOverId: row.id, items, amountMinor })
    accounts++
  }
  if (accounts === 0) throw new Refusal('conflict', 'no account waits to be handed over')
  await publish(db, [handOverEvent(row, accounts)], nowMs)
  return row
}
