import { Refusal } from '../../platform/problems.ts'
import type { OnlineRequest } from '../journal/online-request.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { accountOf } from './charge-session.ts'

/** Accounts of sessions whose balances are not open yet: what was billed and paid before is taken up first. */
export class ClosedAccounts extends Refusal {
  readonly accountIds: readonly string[]

  constructor(accountIds: readonly string[]) {
    super('engine_unavailable', 'balances are opening; send the same request again')
    this.accountIds = accountIds
  }
}

/**
 * Sessions are decided on balances, also those of accounts that pay by invoice. Example: billed 60, paid 20; a session of 3
 * is to leave 43 owed, whatever came first.
 * @throws ClosedAccounts before anything is decided
 */
export function assertOpened(state: PartitionState, requests: readonly OnlineRequest[]): void {
  const closed = new Set<string>()
  for (const request of requests) {
    if (request.op !== 'start' && request.op !== 'update' && request.op !== 'end') continue
    const account = accountOf(state, request)
    if (account === null || state.book.has(account) || state.opened.has(account)) continue
    closed.add(state.definitions.names.accounts.idOf(account))
  }
  if (closed.size > 0) throw new ClosedAccounts([...closed])
}
