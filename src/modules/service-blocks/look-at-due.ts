import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { lockAccount } from '../parties/index.ts'
import { refreshStates } from './refresh-states.ts'
import { blocksDue, nextLook, noteLooked } from './store.ts'

/** Blocks that are looked at in one turn; the rest comes with the next one. */
const PAGE = 500

/**
 * Tells of services whose block has begun or ended by time, each at that time, also where a test clock was set over several. Charging goes by
 * the block itself, to the millisecond. It is no job: those wait for the long ones of their tenant, such as a bill run.
 */
export async function lookAtDue(root: Database, tenant: Tenant, nowMs: number, closing: AbortSignal): Promise<void> {
  for (const block of await blocksDue(inSchema(root, tenant.schema), nowMs, PAGE)) {
    if (closing.aborted) return
    await inTransaction(root, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      await lockAccount(db, block.accountId)
      const atMs = block.lookAt?.getTime() ?? nowMs
      // Somebody has lifted it, or another process has looked, meanwhile.
      if (!(await noteLooked(db, block, nextLook(block, atMs)))) return
      await refreshStates(db, block.accountId, block.serviceId, atMs)
    })
  }
}
