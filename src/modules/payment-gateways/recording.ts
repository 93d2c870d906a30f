import type { Database } from '../../platform/db.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { Receivables } from '../receivables/index.ts'
import type { Gateway } from './gateway-store.ts'

/** In the transaction of what is recorded: the account's row and the attempt's are locked. */
export interface Recording {
  readonly db: Database
  readonly tenant: string
  readonly gateway: Gateway
  readonly receivables: Receivables
  readonly ring: KeyRing
  /** By the tenant's clock. */
  readonly nowMs: number
  /** By the real clock: when it is asked again, where it is not over. */
  readonly askAt: Date
}
