import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import {
  currencyQuery,
  keepOnPage,
  type List,
  type ListPage,
  type ListRows,
  listPage,
  listQuery,
  withText,
} from '../../platform/http/list-page.ts'
import { type Metadata, metadataQuery, withMetadata } from '../../platform/http/metadata.ts'
import { MAX_PAGE } from '../../platform/http/route.ts'
import { subscriptionState } from './answers.ts'
import { expandQuery } from './expand.ts'
import { accountQuery, accountsNamed, ofAccounts } from './names.ts'
import type { Kind } from './schemas.ts'
import { getRow, type Rows } from './store.ts'

const reference = z.string().min(1).max(128).optional()
const serviceState = z.enum(['pending', 'active', 'ended'])

/** What the lists of each kind can be asked, besides what every list can. */
const FILTERS = {
  issuer: {},
  customer: {},
  account: {
    customer: accountQuery.customer,
    issuer: reference.describe('Of this issuer: its id or key'),
    currency: currencyQuery,
  },
  service: { ...accountQuery, state: serviceState.optional().describe('Now') },
  subscription: {
    ...accountQuery,
    service: reference.describe('Of this service: its id or key'),
    state: subscriptionState.optional(),
  },
} as const satisfies Record<Kind, object>

/** Columns in which a text is looked for. */
const TEXTS: Readonly<Record<Kind, readonly string[]>> = {
  issuer: ['row.key', 'row.name'],
  customer: ['row.key', 'row.name', 'row.email', 'row.taxId'],
  account: ['row.key', 'customer.key', 'customer.name'],
  service: ['row.key'],
  subscription: ['row.key'],
}

export type KindQuery = z.output<z.ZodObject<typeof listQuery>> & {
  readonly account?: string
  readonly customer?: string
  readonly issuer?: string
  readonly service?: string
  readonly currency?: string
  readonly state?: string
  readonly metadata?: Metadata
  readonly expand?: readonly string[]
}

export function queryOf(kind: Kind): z.ZodType<KindQuery> {
  return z.object({
    ...listQuery,
    ...FILTERS[kind],
    ...metadataQuery,
    ...expandQuery(kind),
  }) as unknown as z.ZodType<KindQuery>
}

/** A page of one kind, as it is shown. */
export async function listKind<K extends Kind>(
  db: Database,
  kind: K,
  query: KindQuery,
  nowMs: number,
  view: (rows: readonly Rows[K][]) => Promise<object[]>,
): Promise<ListPage<object>> {
  const owners = await ownersOf(db, kind, query)
  const list: List = {
    table: kind,
    madeAt: 'createdAt',
    narrow: (rows) => withMetadata(narrowed(rows, kind, owners), query.metadata),
    keep: (rows) => kept(rows, kind, query, owners, new Date(nowMs)),
  }
  // What state a subscription is in follows from its changes: a page looks at as many subscriptions as a page may have.
  const isByLife = kind === 'subscription' && query.state !== undefined
  const page = await listPage<Rows[K]>(db, isByLife ? { ...query, limit: MAX_PAGE } : query, list)
  const shown = { ...page, items: (await view(page.items)) as (object & { id: string; state?: string })[] }
  return isByLife ? keepOnPage(shown, query, ({ state }) => state === query.state) : shown
}

interface Owners {
  readonly accountIds?: readonly string[] | undefined
  readonly customerId?: string | undefined
  readonly issuerId?: string | undefined
  readonly serviceId?: string | undefined
}

async function ownersOf(db: Database, kind: Kind, query: KindQuery): Promise<Owners> {
  const { customer, issuer, service } = query
  return {
    accountIds: kind === 'account' ? undefined : await accountsNamed(db, query),
    customerId: kind === 'account' && customer !== undefined ? (await getRow(db, 'customer', customer)).id : undefined,
    issuerId: issuer === undefined ? undefined : (await getRow(db, 'issuer', issuer)).id,
    serviceId: service === undefined ? undefined : (await getRow(db, 'service', service)).id,
  }
}

/** By what a thing belongs to, where an index has it. */
function narrowed(rows: ListRows, kind: Kind, { accountIds, customerId }: Owners): ListRows {
  if (kind === 'account') return customerId === undefined ? rows : rows.where('customerId', '=', customerId)
  return ofAccounts(rows, accountIds)
}

function kept(rows: ListRows, kind: Kind, query: KindQuery, { issuerId, serviceId }: Owners, now: Date): ListRows {
  const { currency, state, text } = query
  let found = rows
  if (issuerId !== undefined) found = found.where('row.issuerId', '=', issuerId)
  if (serviceId !== undefined) found = found.where('row.serviceId', '=', serviceId)
  if (currency !== undefined) found = found.where('row.currency', '=', currency)
  if (kind === 'service' && state !== undefined) found = inServiceState(found, state, now)
  if (kind === 'account' && text !== undefined) found = found.innerJoin('customer', 'customer.id', 'row.customerId')
  return withText(found, text, TEXTS[kind])
}

function inServiceState(rows: ListRows, state: string, now: Date): ListRows {
  if (state === 'pending') return rows.where('row.validFrom', '>', now)
  if (state === 'ended') return rows.where('row.validUntil', '<=', now)
  return rows
    .where('row.validFrom', '<=', now)
    .where((on) => on.or([on('row.validUntil', 'is', null), on('row.validUntil', '>', now)]))
}
