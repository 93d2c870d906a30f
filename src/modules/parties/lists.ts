import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import {
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
import { expandQuery } from './expand.ts'
import type { Row, ThingKind } from './kind.ts'
import { accountsNamed, ofAccounts } from './names.ts'
import { getThing } from './store.ts'

export type KindQuery = z.output<z.ZodObject<typeof listQuery>> & {
  readonly account?: string | undefined
  readonly customer?: string | undefined
  readonly issuer?: string | undefined
  readonly service?: string | undefined
  readonly currency?: string | undefined
  readonly state?: string | undefined
  readonly metadata?: Metadata | undefined
  readonly expand?: readonly string[] | undefined
}

export function queryOf({ filters, expansions }: ThingKind): z.ZodType<KindQuery> {
  return z.object({
    ...listQuery,
    ...filters,
    ...metadataQuery,
    ...expandQuery(expansions),
  }) as unknown as z.ZodType<KindQuery>
}

/** A page of one kind, as it is shown. */
export async function listKind(
  db: Database,
  kind: ThingKind,
  query: KindQuery,
  nowMs: number,
): Promise<ListPage<object>> {
  const owners = await ownersOf(db, kind, query)
  const list: List = {
    table: kind.name,
    madeAt: 'createdAt',
    narrow: (rows) => withMetadata(narrowed(rows, kind, owners), query.metadata),
    keep: (rows) => kept(rows, kind, query, owners, new Date(nowMs)),
  }
  // What state a subscription is in follows from its changes: a page looks at as many subscriptions as a page may have.
  const isByLife = kind.isStateShown === true && query.state !== undefined
  const page = await listPage<Row>(db, isByLife ? { ...query, limit: MAX_PAGE } : query, list)
  const shown = {
    ...page,
    items: (await kind.view(db, page.items, nowMs)) as (object & { id: string; state?: string })[],
  }
  return isByLife ? keepOnPage(shown, query, ({ state }) => state === query.state) : shown
}

/** What a list is narrowed to: the accounts of what accounts have, the customer of accounts, and other things that are named, by column. */
interface Owners {
  readonly accountIds: readonly string[] | undefined
  readonly customerId: string | undefined
  readonly named: readonly { readonly column: string; readonly id: string }[]
}

async function ownersOf(db: Database, { name, belongsTo }: ThingKind, query: KindQuery): Promise<Owners> {
  const isAccount = name === 'account'
  const named: Owners['named'][number][] = []
  for (const [filter, kind] of Object.entries(belongsTo)) {
    const reference = query[filter as 'issuer' | 'service']
    if (reference !== undefined) named.push({ column: `row.${filter}Id`, id: (await getThing(db, kind, reference)).id })
  }
  return {
    accountIds: isAccount ? undefined : await accountsNamed(db, query),
    customerId:
      isAccount && query.customer !== undefined ? (await getThing(db, 'customer', query.customer)).id : undefined,
    named,
  }
}

/** By what a thing belongs to, where an index has it. */
function narrowed(rows: ListRows, { name }: ThingKind, { accountIds, customerId }: Owners): ListRows {
  if (name === 'account') return customerId === undefined ? rows : rows.where('customerId', '=', customerId)
  return ofAccounts(rows, accountIds)
}

function kept(rows: ListRows, { name, texts }: ThingKind, query: KindQuery, { named }: Owners, now: Date): ListRows {
  const { currency, state, text } = query
  let found = rows
  for (const { column, id } of named) found = found.where(column, '=', id)
  if (currency !== undefined) found = found.where('row.currency', '=', currency)
  if (name === 'service' && state !== undefined) found = inServiceState(found, state, now)
  if (name === 'account' && text !== undefined) found = found.innerJoin('customer', 'customer.id', 'row.customerId')
  return withText(found, text, texts)
}

function inServiceState(rows: ListRows, state: string, now: Date): ListRows {
  if (state === 'pending') return rows.where('row.validFrom', '>', now)
  if (state === 'ended') return rows.where('row.validUntil', '<=', now)
  return rows
    .where('row.validFrom', '<=', now)
    .where((on) => on.or([on('row.validUntil', 'is', null), on('row.validUntil', '>', now)]))
}
