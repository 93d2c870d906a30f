import { formatMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { viewZone } from './account-zone.ts'
import { accountNames } from './names.ts'
import type { Kind } from './schemas.ts'
import type * as store from './store.ts'
import { viewSubscriptions } from './subscription-view.ts'

/** A thing as it is shown. */
export type Shown = object & { readonly id: string }

/** Things as they are shown. */
export async function toViews(
  db: Database,
  kind: Kind,
  rows: readonly store.Rows[Kind][],
  nowMs: number,
): Promise<Shown[]> {
  switch (kind) {
    case 'subscription':
      return viewSubscriptions(db, rows as store.Subscription[], nowMs)
    case 'service': {
      const services = rows as readonly store.Service[]
      const names = await accountNames(
        db,
        services.map(({ accountId }) => accountId),
      )
      return services.map((service) => ({ ...service, ...names.get(service.accountId) }))
    }
    case 'account':
      return viewAccounts(db, rows as readonly store.Account[], nowMs)
    default:
      return [...rows]
  }
}

async function viewAccounts(db: Database, accounts: readonly store.Account[], nowMs: number): Promise<Shown[]> {
  const names = await accountNames(
    db,
    accounts.map(({ id }) => id),
  )
  return accounts.map(({ creditLimitMinor, progressiveThresholdMinor: threshold, progressiveRepeats, ...account }) => ({
    ...account,
    customer: names.get(account.id)?.customer,
    customerName: names.get(account.id)?.customerName,
    ...viewZone(account.zone, nowMs),
    progressiveBilling:
      threshold === null
        ? null
        : { threshold: formatMinor(BigInt(threshold), account.currency), repeats: progressiveRepeats },
    creditLimit: creditLimitMinor === null ? null : formatMinor(BigInt(creditLimitMinor), account.currency),
  }))
}

export async function toView(
  { db, nowMs }: Pick<ReadContext, 'db' | 'nowMs'>,
  kind: Kind,
  row: store.Rows[Kind],
): Promise<Shown> {
  return (await toViews(db, kind, [row], nowMs))[0] as Shown
}
