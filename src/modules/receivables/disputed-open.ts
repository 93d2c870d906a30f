import type { Database } from '../../platform/db.ts'
import { disputedOf } from '../disputes/index.ts'
import { listAccountDocuments } from '../invoices/index.ts'
import { allocatedOf } from './allocation-store.ts'

/** What of the open documents of an account is disputed, in minor units: 30.00 disputed of an invoice of which 20.00 are open are 20.00. */
export async function disputedOpenOf(db: Database, accountId: string): Promise<bigint> {
  const disputed = await disputedOf(db, [accountId])
  if (disputed.size === 0) return 0n
  const { documents: settled } = await allocatedOf(db, accountId)
  return (await listAccountDocuments(db, [accountId])).reduce((sum, { id, totalMinor }) => {
    const [own, open] = [disputed.get(id) ?? 0n, totalMinor - (settled.get(id) ?? 0n)]
    return sum + (own < open ? own : open > 0n ? open : 0n)
  }, 0n)
}
