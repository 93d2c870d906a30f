import type { Engine } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { PaymentPorts } from '../payments/index.ts'
import { accountsToSettle, applyToBalances } from './apply-to-balances.ts'
import { isOpened } from './opening-store.ts'
import { reopenPaid } from './reopen.ts'
import { settle } from './settle.ts'

/** What accounts owe and what settles it, for those through whom money comes in. */
export interface Receivables extends PaymentReceivables {
  /** Of some accounts, those that have something to apply: most that top up have not. */
  due(db: Database, accountIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Brings the balances of an account together with its documents and payments; see `applyToBalances`. */
  apply(tenant: Tenant, nowMs: number, accountId: string): Promise<void>
}

type PaymentReceivables = PaymentPorts['receivables']

/** @param onReversed what brought the money of a payment in, and has it again when it is taken back */
export function receivablesOf(
  root: Database,
  engine: Engine,
  onReversed: PaymentReceivables['onReversed'],
): Receivables {
  return {
    settle,
    reopenPaid,
    onReversed,
    isOpened,
    due: accountsToSettle,
    apply: async (tenant, nowMs, accountId) => applyToBalances(root, engine, tenant, nowMs, accountId),
  }
}
