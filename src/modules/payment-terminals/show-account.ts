import { sql } from 'kysely'
import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { maskedName } from '../../core/terminals/request.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { type Account, getRow } from '../parties/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import type { TerminalParts } from './parts.ts'
import type { Network } from './store.ts'

/**
 * What a terminal shows of an account, as far as the network may know: a name in which only first letters are left, what the account has (below zero
 * what it owes), and what is to be paid of its documents.
 */
export async function shownOf(
  { engine }: TerminalParts,
  { db, tenant, nowMs }: StreamContext,
  { shows }: Network,
  { id, customerId, currency }: Account,
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  if (shows.includes('name')) fields['name'] = maskedName((await getRow(db, 'customer', customerId)).name)
  if (shows.includes('due')) {
    const settlement = new AccountSettlement(db, id, currency)
    let due = 0n
    for (const document of await settlement.listDocuments())
      if (document.kind !== 'credit_note') due += (await settlement.askableOf(document.id)) ?? 0n
    fields['due'] = formatMinor(due, currency)
  }
  if (shows.includes('balance')) {
    const report = (await engine.hasBalances(tenant.name, id)) ? await engine.balancesOf(tenant.name, id, nowMs) : null
    fields['balance'] =
      report === null
        ? formatMinor(await inBooks(db, id, currency), currency)
        : formatMinor(ofBalances(report, currency), currency)
  }
  return fields
}

type Report = NonNullable<Awaited<ReturnType<TerminalParts['engine']['balancesOf']>>>

/** Money that is left to be used, less what is owed; in whole minor units, down. */
function ofBalances({ balances: { lots, owed } }: Report, currency: string): bigint {
  const money = lots.filter(({ unit }) => unit === null).reduce((sum, { remaining }) => sum + remaining, 0n) - owed
  const unit = toRatingScale(1n, currency)
  return money >= 0n ? money / unit : -((-money + unit - 1n) / unit)
}

/** What the books owe to an account that pays by invoice, less what it owes. */
async function inBooks(db: StreamContext['db'], accountId: string, currency: string): Promise<bigint> {
  const { minor } = await db
    .selectFrom('posting')
    .select(sql<string>`coalesce(-sum(amount_minor), 0)::text`.as('minor'))
    .where('accountId', '=', accountId)
    .where('currency', '=', currency)
    .where('ledgerAccount', 'in', ['receivable', 'customer_prepaid'])
    .executeTakeFirstOrThrow()
  return BigInt(minor)
}
