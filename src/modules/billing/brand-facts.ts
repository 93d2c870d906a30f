import type { AccountCharges } from '../../core/billing/account-facts.ts'
import type { BrandFacts } from '../../core/invoicing/document-brand.ts'
import type { BillSplit } from '../../core/invoicing/split-bill.ts'
import type { Database } from '../../platform/db.ts'
import { findBrand } from '../brands/index.ts'
import { listUsageTold } from '../invoices/index.ts'
import { type Account, type Issuer, listByIds } from '../parties/index.ts'
import type { Subscription } from '../subscriptions/index.ts'

/** Documents before, whose usage the bars of a page show: those of a year of months. */
const EARLIER_DOCUMENTS = 12

/** What the account's next documents look like, with what that needs to be known; null where they are plain. */
export async function brandFactsOf(
  db: Database,
  { account, subscriptions }: Pick<AccountCharges, 'subscriptions'> & { readonly account: Account },
  issuer: Issuer,
): Promise<BrandFacts | null> {
  const name = account.brand ?? issuer.brand
  const found = name === null ? undefined : await findBrand(db, name)
  if (found === undefined) return null
  const { key, version, digest, content } = found
  const told = content.usageChart ? await listUsageTold(db, account.id, EARLIER_DOCUMENTS) : []
  return {
    ...{ key, version, digest, content, metadata: account.metadata },
    groups: await groupsOf(db, content.groupBy, [...subscriptions.values()] as Subscription[]),
    earlierUsage: told.map(({ from, usage }) => ({
      from,
      usage: usage.map(({ meter, unit, quantity }) => ({ meter, unit, quantity })),
    })),
  }
}

/** By the key of a subscription: the key of its service, or the entry of its metadata or else of its service's. */
async function groupsOf(
  db: Database,
  by: BrandFacts['content']['groupBy'],
  subscriptions: readonly Subscription[],
): Promise<Map<string, string>> {
  if (by === null || by === 'subscription' || by === 'price') return new Map()
  const ids = subscriptions.flatMap(({ serviceId }) => serviceId ?? [])
  const services = new Map((await listByIds(db, 'service', ids)).map((row) => [row.id, row]))
  const entry = by.slice(by.indexOf('.') + 1)
  return new Map(
    subscriptions.map(({ key, serviceId, metadata }) => {
      const service = services.get(serviceId ?? '')
      if (by === 'service') return [key, service?.key ?? '']
      return [key, String(metadata[entry] ?? service?.metadata[entry] ?? '')]
    }),
  )
}

/** What the account's bills are split by; null where they are not. */
export async function splitOf(
  db: Database,
  { account: { splitBy: by }, subscriptions }: Pick<AccountCharges, 'subscriptions'> & { readonly account: Account },
): Promise<BillSplit | null> {
  if (by === null) return null
  const own = [...subscriptions.values()] as Subscription[]
  const groups = await groupsOf(db, by, own)
  return { by, of: new Map(own.map(({ id, key }) => [id, by === 'subscription' ? key : (groups.get(key) ?? '')])) }
}
