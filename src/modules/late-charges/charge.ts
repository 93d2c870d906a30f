import { formatMinor } from '../../core/base/money.ts'
import { dayAfter } from '../../core/ledger/late-charges.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant, WriteContext } from '../../platform/tenant.ts'
import { type Billing, billingOf, billLines, tellBalances } from '../billing/index.ts'
import type { CreditDoor } from '../disputes/index.ts'
import type { Notary } from '../module.ts'
import { lockAccount } from '../parties/index.ts'
import { chargedEvent } from './events.ts'
import { giveBackCredited } from './give-back.ts'
import { itemsFor, planFor, rowsOf, settingsOf, todayOf } from './plan.ts'
import * as store from './store.ts'

export interface LateParts {
  readonly db: Database
  readonly engine: Engine
  readonly notary: Notary
  readonly creditDoor: CreditDoor
}

/** What was done on accounts, until one of them. */
export interface RunOutcome {
  readonly looked: number
  readonly charged: number
  readonly lowered: number
  /** By currency, in minor units. */
  readonly amounts: ReadonlyMap<string, bigint>
  /** Accounts that could not be charged now, each with the reason. */
  readonly failed: readonly { readonly accountId: string; readonly reason: string }[]
  /** The last account that was looked at, where there may be more. */
  readonly next: string | null
}

/** Accounts that are looked at for one page. */
export const PAGE = 100

/** The latest day that has begun anywhere: accounts decide by their own zones. */
export function latestDay(nowMs: number): string {
  return dayAfter(todayOf({ zone: 'UTC' }, nowMs), 2)
}

/** Accounts on which something may be to be charged or given back; none where nothing is charged at all. */
export async function pageOfAccounts(db: Database, lastDay: string, after: string | null): Promise<string[]> {
  const { from } = await settingsOf(db)
  return from === null ? [] : store.accountsToLookAt(db, { from, lastDay, after, limit: PAGE })
}

/** Charges a page of accounts, each in a transaction of its own; what is refused of one leaves the others. */
export async function chargePage(
  parts: LateParts,
  tenant: Tenant,
  nowMs: number,
  { accountIds, isWhole }: { readonly accountIds: readonly string[]; readonly isWhole: boolean },
  by: Person,
  isStopped: () => boolean = () => false,
): Promise<RunOutcome> {
  const amounts = new Map<string, bigint>()
  const failed: { accountId: string; reason: string }[] = []
  const billing = await billingOf(parts.db, parts.engine, tenant, nowMs)
  let [looked, charged, lowered, last] = [0, 0, 0, null as string | null]
  for (const accountId of accountIds) {
    if (isStopped()) return { looked, charged, lowered, amounts, failed, next: last }
    try {
      const done = await chargeAccount(parts, billing, accountId, by)
      charged += done.charged
      lowered += done.lowered
      if (done.charged > 0) amounts.set(done.currency, (amounts.get(done.currency) ?? 0n) + done.minor)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed.push({ accountId, reason: error.message })
    }
    looked++
    last = accountId
  }
  return { looked, charged, lowered, amounts, failed, next: isWhole ? null : last }
}

interface AccountOutcome {
  readonly charged: number
  readonly minor: bigint
  readonly currency: string
  readonly lowered: number
}

/** Gives back what was credited, then charges an account for the days until now; twice at once, one waits and finds nothing. */
async function chargeAccount(
  { db: root, notary, creditDoor }: LateParts,
  billing: Billing,
  accountId: string,
  by: Person,
): Promise<AccountOutcome> {
  const { tenant, nowMs } = billing
  const lowered = await inWrite(root, tenant, nowMs, async (context) => {
    const account = await lockAccount(context.db, accountId)
    return giveBackCredited(creditDoor, context, account, by.id)
  })
  let outcome = { charged: 0, minor: 0n, currency: '' }
  const made = await chargeLines(billing, accountId, by, (rows) => {
    const minor = rows.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
    outcome = { charged: rows.length, minor, currency: rows[0]?.currency ?? '' }
  })
  if (made || lowered > 0) await notary.ask(inSchema(root, tenant.schema), nowMs)
  if (lowered > 0) await tellBalances(billing, accountId)
  return { ...outcome, lowered }
}

async function chargeLines(
  billing: Billing,
  accountId: string,
  by: Person,
  told: (rows: readonly store.LateChargeRow[]) => void,
): Promise<boolean> {
  const { nowMs } = billing
  const made = await billLines(
    billing,
    accountId,
    async (db, account, oneOffId) => {
      const settings = await settingsOf(db)
      const today = todayOf(account, nowMs)
      const plan = await planFor(db, account, settings, today)
      for (const invoiceId of plan.done) await store.moveStanding(db, { invoiceId, accountId, chargedUntil: today })
      if (plan.charges.length === 0) return null
      const rows = rowsOf(plan, account, oneOffId, nowMs)
      const storeRows = async (): Promise<void> => {
        await store.insertCharges(db, rows)
        for (const { kind, invoiceId, untilOn } of rows)
          if (kind === 'interest') await store.moveStanding(db, { invoiceId, accountId, chargedUntil: untilOn })
        await publish(db, rows.map(chargedEvent), nowMs)
        told(rows)
      }
      return { key: `late-charges:${oneOffId}`, items: itemsFor(plan, account.currency), store: storeRows }
    },
    by,
  )
  return made !== null
}

async function inWrite<T>(
  root: Database,
  tenant: Tenant,
  nowMs: number,
  work: (context: WriteContext) => Promise<T>,
): Promise<T> {
  return inTransaction(inSchema(root, tenant.schema), async (trx) =>
    work({ db: trx as DatabaseTransaction, tenant, nowMs, afterCommit: () => {} }),
  )
}

/** Amounts as answers have them. */
export function amountsText(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...amounts].map(([currency, minor]) => [currency, formatMinor(minor, currency)]))
}
