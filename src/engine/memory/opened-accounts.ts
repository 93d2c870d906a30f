import { enlarged } from '../../core/base/enlarged.ts'
import type { AccountDefinitions } from '../definitions/parties.ts'
import type { CompiledCatalog } from '../definitions/price-catalog.ts'

const FIRST_CAPACITY = 1024

/** Accounts, by number, whose balances are notified of documents and payments, as far as memory knows. */
export class OpenedAccounts {
  private flags = new Uint8Array(FIRST_CAPACITY)

  has(account: number): boolean {
    return this.flags[account] === 1
  }

  add(account: number): void {
    while (account >= this.flags.length) this.flags = enlarged(this.flags)
    this.flags[account] = 1
  }
}

/** Accounts that have balances by their terms and plans, and their sponsors. */
export function accountsWithBalances(
  { accounts, subscriptions }: AccountDefinitions,
  catalog: CompiledCatalog,
): string[] {
  const ids = new Set<string>()
  for (const { id, terms } of accounts) {
    if (terms === null) continue
    ids.add(id)
    if (terms.sponsor !== null) ids.add(terms.sponsor.accountId)
  }
  for (const { accountId, intervals } of subscriptions) {
    const isGiven = intervals.some(
      ({ planVersionId }) => (catalog.plans.get(planVersionId)?.allowances.length ?? 0) > 0,
    )
    if (isGiven) ids.add(accountId)
  }
  return [...ids]
}
