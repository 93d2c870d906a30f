import { findKind, valuesOf } from '../../core/notifications/kinds.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Notice } from './notice.ts'
import { keepSecret, type Sealing } from './notice-secrets.ts'

/** What somebody is to be told of. */
export interface NoticeRequest {
  /** A name of `core/notifications/kinds.ts`, such as `payment_reminder`. */
  readonly kind: string
  readonly accountId: string
  /** What it is about, such as the id of an invoice: the same kind about the same is sent once within the hours of its kind. */
  readonly about?: string | null
  /** Values for the fields of the kind: amounts as decimals, days as `2026-02-15`. Others are left out. */
  readonly data: Readonly<Record<string, unknown>>
  /** Once for each of a kind: asked for again it is the notice that there is. */
  readonly key: string
  readonly nowMs: number
  /** By which what is for the person alone is encrypted: kinds with a secret need it. */
  readonly sealing?: Sealing
  readonly origin?: Notice['origin']
  /** By this channel alone, to this address. */
  readonly only?: { readonly channel: Notice['onlyChannel']; readonly to: string | null }
}

/**
 * Asks, in the transaction of the reason for it, for the people of a customer to be told. Who is told, by what and when is decided afterwards; with notices off
 * it is kept with that reason. `db` is in the tenant's schema.
 * Example: `askNotice(db, { kind: 'payment_reminder', accountId, about: invoiceId, data: { number, amount: '12.50', currency: 'EUR', dueOn }, key: `${invoiceId}:1`, nowMs })`.
 * @returns the id of the notice, of this request or of the one before with the same key
 */
export async function askNotice(db: Database, request: NoticeRequest): Promise<string> {
  const [id] = await askNotices(db, [request])
  return id as string
}

/** As `askNotice`, of several at once. @returns their ids, in the same order */
export async function askNotices(db: Database, requests: readonly NoticeRequest[]): Promise<string[]> {
  if (requests.length === 0) return []
  const accountIds = [...new Set(requests.map(({ accountId }) => accountId))]
  const accounts = await db
    .selectFrom('account')
    .select(['id', 'customerId'])
    .where('id', '=', anyOf(accountIds))
    .execute()
  const customerOf = new Map(accounts.map(({ id, customerId }) => [id, customerId]))
  const rows = requests.map((request) => rowOf(request, customerOf.get(request.accountId)))
  await db
    .insertInto('notice')
    .values(rows.map((row) => ({ ...row, data: JSON.stringify(row.data) })))
    .onConflict((on) => on.columns(['kind', 'key']).doNothing())
    .execute()
  const found = await db
    .selectFrom('notice')
    .select(['id', 'kind', 'key'])
    .where('key', '=', anyOf([...new Set(rows.map(({ key }) => key))], 'text'))
    .where('kind', '=', anyOf([...new Set(rows.map(({ kind }) => kind))], 'text'))
    .execute()
  const ids = new Map(found.map(({ id, kind, key }) => [`${kind} ${key}`, id]))
  await keepSecrets(db, requests, rows, new Set(found.map(({ id }) => id)))
  return rows.map(({ kind, key }) => ids.get(`${kind} ${key}`) as string)
}

/** Of notices that are new. */
async function keepSecrets(
  db: Database,
  requests: readonly NoticeRequest[],
  rows: readonly Notice[],
  found: ReadonlySet<string>,
): Promise<void> {
  for (const [at, { id, kind, customerId, createdAt }] of rows.entries()) {
    const { data, sealing } = requests[at] as NoticeRequest
    const known = findKind(kind)
    if (known?.isSecret !== true || !found.has(id)) continue
    if (sealing === undefined) throw new Error(`what ${kind} says is to be encrypted`)
    await keepSecret(db, sealing, { noticeId: id, customerId, createdAt, data: valuesOf(known, data) })
  }
}

function rowOf(request: NoticeRequest, customerId: string | undefined): Notice {
  const { kind: name, accountId, about = null, data, key, nowMs, origin = 'module', only } = request
  const kind = findKind(name)
  if (kind === undefined) throw new Error(`there is no kind of notices ${name}`)
  if (customerId === undefined) throw new Error(`there is no account ${accountId}`)
  return {
    ...{ id: newId(), kind: name, key, customerId, accountId, about, data: kind.isSecret ? {} : valuesOf(kind, data) },
    ...{ onlyChannel: only?.channel ?? null, onlyTo: only?.to ?? null, origin },
    ...{ state: 'new', reason: null, createdAt: new Date(nowMs) },
  }
}
