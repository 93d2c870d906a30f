import { present } from '../../core/base/assert.ts'
import type { BalanceBook } from '../memory/balance-book.ts'
import { type AccountBooks, isCharged } from '../memory/open-balances.ts'
import { accountsWithBalances } from '../memory/opened-accounts.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import type { Partition } from './partition.ts'
import type { DefinitionSource } from './recover.ts'

/** Accounts that are looked at in one statement. */
const PAGE = 1_000

/** Opens balances of accounts that are not open yet, with all that their books had before. */
export async function openAccounts(
  partition: Partition,
  books: AccountBooks | undefined,
  accountIds: readonly string[],
): Promise<void> {
  for (let at = 0; at < accountIds.length; at += PAGE) {
    const closed = await partition.peek((state) => closedOf(state, accountIds.slice(at, at + PAGE)))
    if (closed.length === 0) continue
    const charged = closed.filter((one) => one.isCharged).map(({ id }) => id)
    const never = closed.filter((one) => !one.isCharged).map(({ id }) => id)
    const others = never.length === 0 ? [] : ((await books?.begin(never)) ?? [])
    for (const id of [...charged, ...others]) await books?.open(id)
    await partition.peek(({ definitions, opened }) => {
      for (const { id } of closed) opened.add(present(definitions.parties.numberOfAccount(id), 'an account'))
    })
  }
}

function closedOf(state: PartitionState, ids: readonly string[]): { id: string; isCharged: boolean }[] {
  return ids.flatMap((id) => {
    const account = state.definitions.parties.numberOfAccount(id)
    return account === undefined || state.opened.has(account) ? [] : [{ id, isCharged: isCharged(state, account) }]
  })
}

/** Accounts that have balances of which nothing was decided yet. */
export function unusedBalances(book: BalanceBook): string[] {
  return Array.from(book.all(), ({ openedMs, account }) => (openedMs === null ? account : '')).filter((id) => id !== '')
}

/** Brings memory up to date with committed rows of some accounts. @returns those of them, and of sponsors, with balances. */
export async function reloadAccounts(
  partition: Partition,
  source: DefinitionSource,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await source.loadAccounts(accountIds)
  const known = await partition.peek(({ definitions }) => definitions.catalog.compiled)
  const intervals = rows.subscriptions.flatMap((subscription) => subscription.intervals)
  const isComplete = intervals.every(({ planVersionId }) => known.plans.has(planVersionId))
  const catalog = isComplete ? null : await source.loadCatalog()
  return partition.read(({ definitions, book }) => {
    if (catalog !== null) definitions.catalog.replace(catalog)
    definitions.putAccounts(rows)
    const withBalances = accountsWithBalances(rows, definitions.catalog.compiled)
    for (const id of withBalances) book.open(id)
    return withBalances
  })
}
