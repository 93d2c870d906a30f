import { toRatingScale } from '../../core/base/money.ts'
import { formatQuantity, UNIT_SCALE } from '../../core/base/quantity.ts'
import { balanceExpired } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { postEntry } from '../ledger/index.ts'
import { formatRating } from './lot-drafts.ts'
import { insertEntries } from './store.ts'

/** Ends everything of a tenant that is due: holds, lots, promises. Expired paid money becomes breakage. */
export async function expireDue(engine: Engine, tenant: Tenant, nowMs: number): Promise<void> {
  for (;;) {
    const accounts = await engine.expireDue(tenant.name, nowMs, async (trx, { expired, events }) => {
      const db = inSchema(trx, tenant.schema)
      for (const { lot, amount, account, currency } of expired)
        await keepExpiry(db, lot, amount, account, currency, nowMs)
      await publish(db, events, nowMs)
    })
    if (accounts === 0) return
  }
}

async function keepExpiry(
  db: Database,
  { number, unit, source }: { number: number; unit: string | null; source: string },
  amount: bigint,
  accountId: string,
  currency: string,
  nowMs: number,
): Promise<void> {
  const entry = { accountId, kind: 'expire', unit, key: null, note: `lot ${number}` }
  if (unit !== null) {
    await insertEntries(db, [{ ...entry, amount: `-${formatQuantity(amount, UNIT_SCALE)}` }], nowMs)
    return
  }
  await insertEntries(db, [{ ...entry, amount: formatRating(-amount, currency) }], nowMs)
  if (source !== 'paid') return
  const minor = amount / toRatingScale(1n, currency)
  await postEntry(db, 'balance_expired', newId(), balanceExpired(accountId, currency, minor), nowMs)
}
