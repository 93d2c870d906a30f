import { toRatingScale } from '../../core/base/money.ts'
import type { Balances } from '../../core/charging/balances.ts'
import { debitDocument, payOwed } from '../../core/charging/operations.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { insertEvents } from '../../platform/outbox.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { Turns } from '../../platform/turns.ts'
import { lockAccount } from '../customers/index.ts'
import { accountsToApply, type ConsumedMoney, listToApply, markApplied, settleAccount } from '../payments/index.ts'
import * as store from './store.ts'

/** Applying takes turns per account: each document and payment has one effect. */
const turns = new Turns()

/**
 * Brings balances and documents of an account together: documents take what they bill beyond usage, payments lower what
 * is owed, and what charges have consumed of balances settles documents. Each step is committed with a mark that it is
 * done, so that what was cut off is taken up the next time.
 */
export async function applyToBalances(
  db: Database,
  engine: Engine,
  tenant: Tenant,
  nowMs: number,
  accountId: string,
): Promise<void> {
  const scoped = inSchema(db, tenant.schema)
  await turns.take(`${tenant.name}\n${accountId}`, async () => {
    for (const { id, balanceAdjustment } of await store.listToApply(scoped, accountId)) {
      await engine.onAccounts(tenant.name, {
        accountIds: [accountId],
        nowMs,
        decide: ([desk]) => (desk === undefined ? undefined : debitDocument(desk, BigInt(balanceAdjustment ?? '0'))),
        rider: async (trx, { events }) => {
          const within = inSchema(trx, tenant.schema)
          await store.markApplied(within, id, nowMs)
          await insertEvents(within, events, nowMs)
        },
      })
    }
    for (const { id, amountMinor, currency } of await listToApply(scoped, accountId)) {
      const amount = toRatingScale(BigInt(amountMinor) - (await store.settledBefore(scoped, id)), currency)
      await engine.onAccounts(tenant.name, {
        accountIds: [accountId],
        nowMs,
        decide: ([desk]) => (desk === undefined ? undefined : payOwed(desk, amount)),
        rider: async (trx, { events }) => {
          const within = inSchema(trx, tenant.schema)
          await markApplied(within, id, nowMs)
          await insertEvents(within, events, nowMs)
        },
      })
    }
    await settleDocuments(db, engine, tenant, nowMs, accountId)
  })
}

async function settleDocuments(
  db: Database,
  engine: Engine,
  tenant: Tenant,
  nowMs: number,
  accountId: string,
): Promise<void> {
  const report = await engine.balancesOf(tenant.name, accountId, nowMs)
  if (report === null) return
  const consumed = consumedMoney(report.balances, toRatingScale(1n, report.currency))
  if (consumed.length === 0) return store.markSettled(inSchema(db, tenant.schema), accountId, nowMs)
  await inTransaction(db, async (trx) => {
    const scoped = inSchema(trx, tenant.schema)
    await lockAccount(scoped, accountId)
    const documents = await store.listAccountDocuments(scoped, accountId)
    await settleAccount(scoped, accountId, report.currency, documents, nowMs, consumed)
    await store.markSettled(scoped, accountId, nowMs)
  })
}

/** What charges consumed, in the order in which it settles documents: the account's own money, then that of sponsors. */
function consumedMoney({ consumed, sponsoredBy }: Balances, minorUnit: bigint): ConsumedMoney[] {
  const money = [
    { source: 'bonus', payerId: null, amount: consumed.bonus },
    { source: 'paid', payerId: null, amount: consumed.paid },
    ...[...sponsoredBy].flatMap(([payerId, { paid, bonus, credit }]) => [
      { source: 'paid', payerId, amount: paid } as const,
      { source: 'bonus', payerId, amount: bonus } as const,
      { source: 'credit', payerId, amount: credit } as const,
    ]),
  ] as const
  return money
    .map(({ source, payerId, amount }) => ({ source, payerId, totalMinor: amount / minorUnit }))
    .filter(({ totalMinor }) => totalMinor > 0n)
}

/** Accounts that have documents or payments which their balances have not heard of, or have not settled. */
export async function applyPending(db: Database, engine: Engine, tenant: Tenant, nowMs: number): Promise<void> {
  const scoped = inSchema(db, tenant.schema)
  const accounts = new Set([...(await store.accountsToApply(scoped)), ...(await accountsToApply(scoped))])
  for (const accountId of accounts) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
