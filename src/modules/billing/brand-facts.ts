import type { AccountCharges } from '../../core/billing/account-facts.ts'
import type { BrandFacts } from '../../core/invoicing/document-brand.ts'
import type { BillSplit } from '../../core/invoicing/split-bill.ts'
import type { Database } from '../../platform/db.ts'
import { type BrandVersion, findBrand } from '../brands/index.ts'
import { listUsageTold } from '../invoices/index.ts'
import { type Account, type Issuer, listByIds, type Row } from '../parties/index.ts'
import type { Subscription } from '../subscriptions/index.ts'

/** Documents before, whose usage the bars of a page show: those of a year of months. */
const EARLIER_DOCUMENTS = 12

type Branded = Pick<AccountCharges, 'subscriptions'> & { readonly account: Account }

/** What the next documents of accounts look like, with what that needs to be known, by account; absent where they are plain. */
export async function brandFactsOf(
  db: Database,
  all: readonly Branded[],
  issuers: ReadonlyMap<string, Issuer>,
): Promise<Map<string, BrandFacts>> {
  const nameOf = ({ account }: Branded): string | null => account.brand ?? issuers.get(account.issuerId)?.brand ?? null
  const brands = new Map<string, BrandVersion | undefined>()
  for (const name of new Set(all.map(nameOf))) if (name !== null) brands.set(name, await findBrand(db, name))
  const branded = all.flatMap((one) => {
    const brand = brands.get(nameOf(one) ?? '')
    return brand === undefined ? [] : [{ ...one, brand }]
  })
  const charted = branded.filter(({ brand }) => brand.content.usageChart).map(({ account }) => account.id)
  const told = Map.groupBy(await listUsageTold(db, charted, EARLIER_DOCUMENTS), ({ accountId }) => accountId)
  const grouped = branded.filter(({ brand }) => isGroupedByService(brand.content.groupBy))
  const services = await servicesOf(db, grouped)
  return new Map(
    branded.map(({ account, subscriptions, brand: { key, version, digest, content } }) => {
      const facts = {
        ...{ key, version, digest, content, metadata: account.metadata },
        groups: groupsOf(content.groupBy, [...subscriptions.values()] as Subscription[], services),
        earlierUsage: (told.get(account.id) ?? []).map(({ from, usage }) => ({
          from,
          usage: usage.map(({ meter, unit, quantity }) => ({ meter, unit, quantity })),
        })),
      }
      return [account.id, facts]
    }),
  )
}

type GroupBy = BrandFacts['content']['groupBy']

/** Other groups follow from subscriptions alone. */
function isGroupedByService(by: GroupBy): boolean {
  return by !== null && by !== 'subscription' && by !== 'price'
}

async function servicesOf(db: Database, all: readonly Branded[]): Promise<Map<string, Row>> {
  const subscriptions = all.flatMap(({ subscriptions: own }) => [...own.values()] as Subscription[])
  const ids = subscriptions.flatMap(({ serviceId }) => serviceId ?? [])
  return ids.length === 0 ? new Map() : new Map((await listByIds(db, 'service', ids)).map((row) => [row.id, row]))
}

/** By the key of a subscription: the key of its service, or the entry of its metadata or else of its service's. */
function groupsOf(
  by: GroupBy,
  subscriptions: readonly Subscription[],
  services: ReadonlyMap<string, Row>,
): Map<string, string> {
  if (by === null || !isGroupedByService(by)) return new Map()
  const entry = by.slice(by.indexOf('.') + 1)
  return new Map(
    subscriptions.map(({ key, serviceId, metadata }) => {
      const service = services.get(serviceId ?? '')
      if (by === 'service') return [key, service?.key ?? '']
      return [key, entryOf(metadata, entry) ?? entryOf(service?.metadata ?? {}, entry) ?? '']
    }),
  )
}

/** Every object has a `constructor`, which nobody wrote. */
function entryOf(metadata: Readonly<Record<string, unknown>>, entry: string): string | undefined {
  return Object.hasOwn(metadata, entry) ? String(metadata[entry]) : undefined
}

/** What the bills of accounts are split by, by account; absent where they are not. */
export async function splitsOf(db: Database, all: readonly Branded[]): Promise<Map<string, BillSplit>> {
  const split = all.flatMap((one) => (one.account.splitBy === null ? [] : [{ ...one, by: one.account.splitBy }]))
  const grouped = split.filter(({ by }) => isGroupedByService(by))
  const services = await servicesOf(db, grouped)
  return new Map(
    split.map(({ account, subscriptions, by }) => {
      const own = [...subscriptions.values()] as Subscription[]
      const groups = groupsOf(by, own, services)
      const partOf = ({ key }: Subscription): string => (by === 'subscription' ? key : (groups.get(key) ?? '').trim())
      return [account.id, { by, of: new Map(own.map((one) => [one.id, partOf(one)])) }]
    }),
  )
}
