import { cycleOf, dayOf, periodOf } from '../../core/base/period.ts'
import { stateAt } from '../../core/subscriptions/timeline.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { PersonalRows } from '../module.ts'
import { getRow, listAccountsByIds } from '../parties/index.ts'
import { intervalsOf, listSubscriptionsOfAccounts, loadTimelines } from '../subscriptions/index.ts'
import { customerErased } from './events.ts'
import * as store from './store.ts'

/** What became of the rows of a kind. */
export interface ErasureReport {
  readonly customer: string
  readonly isDone: boolean
  /** What an erasure has to wait for; empty where nothing. */
  readonly open: readonly string[]
  readonly rows: readonly {
    readonly kind: string
    /** How many there are. */
    readonly rows: number
    readonly erased: readonly string[]
    readonly kept: string
  }[]
  /** What is no row of a table. */
  readonly elsewhere: readonly { readonly where: string; readonly kept: string }[]
}

/** What Kvit has of a customer that is in no table which can be changed. */
const ELSEWHERE = [
  {
    where: 'usage records in the journal and its archive',
    kept: 'charges follow from them, and documents from those; they are chained, so that none can be taken out',
  },
  {
    where: 'keys of the customer, its accounts, services and subscriptions',
    kept: 'documents, usage and the journal name them; a key that is a telephone number is kept with the usage that it names',
  },
  { where: 'backups', kept: 'until they are deleted; after one is restored, the erasure is asked for again' },
] as const

/**
 * Erases what need not be known of a customer any longer, in the transaction of `db`; once.
 * @param isTrial says what would be erased, and what has to be done first; nothing is changed
 * @throws Refusal where something is open
 */
export async function eraseCustomer(
  db: Database,
  tables: readonly PersonalRows[],
  reference: string,
  isTrial: boolean,
  nowMs: number,
): Promise<ErasureReport> {
  const { id, key, erasedAt } = await getRow(db, 'customer', reference)
  const whose = await store.whoseRows(db, id)
  const open = erasedAt === null ? await whatIsOpen(db, whose, nowMs) : []
  if (!isTrial && open.length > 0)
    throw new Refusal('conflict', `customer ${key} cannot be erased yet: ${open.join('; ')}`)
  const rows: ErasureReport['rows'][number][] = []
  for (const table of tables) {
    const count = await store.countRows(db, table, whose)
    if (count > 0)
      rows.push({ kind: table.kind, rows: count, erased: Object.keys(table.erased ?? {}), kept: table.kept })
  }
  if (!isTrial && erasedAt === null) {
    let changed = await store.forgetAnswers(db, whose)
    for (const table of tables) changed += await store.eraseRows(db, table, whose)
    await store.markErased(db, id, new Date(nowMs))
    await publish(db, [eventOf(customerErased, { objectId: id, customerId: id }, { rows: changed })], nowMs)
  }
  return { customer: key, isDone: !isTrial || erasedAt !== null, open, rows, elsewhere: ELSEWHERE }
}

/** What has to be done before a customer is erased, in sentences that say how. */
async function whatIsOpen(db: Database, whose: store.Whose, nowMs: number): Promise<string[]> {
  const accounts = await listAccountsByIds(db, whose.accountIds)
  const timelines = await loadTimelines(db, whose.accountIds)
  const open: string[] = []
  for (const account of accounts) {
    const own = await listSubscriptionsOfAccounts(db, [account.id])
    let lastMs = Number.NEGATIVE_INFINITY
    for (const subscription of own) {
      const intervals = intervalsOf(timelines, subscription)
      if (stateAt(intervals, nowMs) !== 'ended') open.push(`subscription ${subscription.key} has not ended: cancel it`)
      lastMs = Math.max(lastMs, ...intervals.map(({ untilMs }) => Math.min(untilMs, nowMs)))
    }
    if (lastMs === Number.NEGATIVE_INFINITY) continue
    const { end } = periodOf(account.cycleAnchor, cycleOf(account), dayOf(lastMs - 1, account.zone))
    if (account.billedUntil === null || account.billedUntil < end)
      open.push(`account ${account.key} is not billed until ${end}: start a bill run on that day`)
  }
  const words: Readonly<Record<store.OpenThing['kind'], (what: string) => string>> = {
    service: (what) => `service ${what} has not ended: set its validUntil`,
    draft: (what) => `a document of account ${what} is a draft: issue it`,
    suspense: (what) => `record ${what} waits in suspense: recycle it or write it off`,
    ledger: (what) => `account ${what} is not zero in the ledger: settle it`,
  }
  const things = await store.openThings(db, whose, nowMs)
  return [...open, ...things.map(({ kind, what }) => words[kind](what))]
}
