import type { DatabaseTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { DunningPorts } from './ports.ts'

/** In which transaction something is done, by whom, and when. */
export interface Situation {
  readonly db: DatabaseTransaction
  readonly tenant: Tenant
  readonly ports: DunningPorts
  readonly nowMs: number
}

/** The key of a block that a run places: each has its own. */
export function blockKey(runId: string, count: number): string {
  return `dunning:${runId}:${count}`
}
