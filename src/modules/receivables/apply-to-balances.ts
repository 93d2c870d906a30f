import { toRatingScale } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import type { Balances } from '../../core/charging/balances.ts'
import { debitDocument, type OperationContext, payOwed, reversePayment } from '../../core/charging/operations.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import {
  accountsOfUnsettled,
  arrearsMinor,
  lastUsageLines,
  listBilledFor,
  listDocumentsToApply,
  markBilledForApplied,
  markDocumentApplied,
  markSettled,
  markUnsettled,
  pendingBilledFor,
} from '../invoices/index.ts'
import { getRow, lockAccount } from '../parties/index.ts'
import {
  accountsToApply,
  listReversalsToApply,
  listToApply,
  markApplied,
  markReversalApplied,
  selectAccountsToApply,
} from '../payments/index.ts'
import { hasSettledByBalances, selectWithOpenDocuments } from './allocation-store.ts'
import { chargesBilled } from './charges-billed.ts'
import { takenMinor } from './daily-fee-store.ts'
import { AccountSettlement, type ConsumedMoney } from './settle.ts'

/**
 * Brings balances and documents of an account together: documents take what they bill beyond usage, payments lower what
 * is owed, and what charges have consumed of balances settles documents. Each step is committed with a mark that it is
 * done, so that what was cut off is taken up the next time. It takes turns per account: each document and payment has one effect.
 */
export async function applyToBalances(
  db: Database,
  engine: Engine,
  tenant: Tenant,
  nowMs: number,
  accountId: string,
): Promise<void> {
  const scoped = inSchema(db, tenant.schema)
  await engine.openBalances(tenant.name, [accountId])
  await engine.turns.take(`apply ${tenant.name}\n${accountId}`, async () => {
    const { zone, currency: own } = await getRow(scoped, 'account', accountId)
    const step = async (
      decide: (operation: OperationContext) => void,
      mark: (within: Database) => Promise<void>,
    ): Promise<void> => {
      await engine.onAccounts(tenant.name, {
        accountIds: [accountId],
        nowMs,
        decide: ([operation]) => decide(operation as OperationContext),
        commitHook: async (trx, { events }) => {
          const within = inSchema(trx, tenant.schema)
          await mark(within)
          await publish(within, events, nowMs)
        },
      })
    }
    for (const { id, balanceAdjustment, sellsBalance, currency, billingDay } of await listDocumentsToApply(
      scoped,
      accountId,
    )) {
      const minorUnit = toRatingScale(1n, currency)
      const arrears = {
        amount: (await arrearsMinor(scoped, id, billingDay)) * minorUnit,
        untilMs: startOfDayMs(billingDay, zone),
      }
      await step(
        (operation) =>
          debitDocument(operation, BigInt(balanceAdjustment ?? '0'), sellsBalance ? null : minorUnit, arrears),
        async (within) => markDocumentApplied(within, id, nowMs),
      )
    }
    for (const { invoiceId, adjustment } of await listBilledFor(scoped, accountId))
      await step(
        (operation) => debitDocument(operation, BigInt(adjustment), null),
        async (within) => markBilledForApplied(within, { invoiceId, accountId }, nowMs),
      )
    for (const { id, amountMinor, currency } of await listToApply(scoped, accountId)) {
      const amount = toRatingScale(BigInt(amountMinor), currency)
      await step(
        (operation) => payOwed(operation, amount),
        async (within) => markApplied(within, id, nowMs),
      )
    }
    for (const { id, amountMinor } of await listReversalsToApply(scoped, accountId)) {
      const amount = toRatingScale(BigInt(amountMinor), own)
      await step(
        (operation) => reversePayment(operation, amount),
        async (within) => {
          await markReversalApplied(within, id, nowMs)
          // What the payment had settled is open, and money of the balances may settle it: at the next start, if not now.
          await markUnsettled(within, accountId)
        },
      )
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
  const minorUnit = toRatingScale(1n, report.currency)
  const consumed = consumedMoney(report.balances, minorUnit)
  const root = inSchema(db, tenant.schema)
  // Where all came back that they had paid for, credit notes take their place.
  if (consumed.every(({ totalMinor }) => totalMinor === 0n) && !(await hasSettledByBalances(root, accountId)))
    return markSettled(root, accountId, nowMs)
  await inTransaction(db, async (trx) => {
    const scoped = inSchema(trx, tenant.schema)
    await lockAccount(scoped, accountId)
    const settlement = new AccountSettlement(scoped, accountId, report.currency)
    const documents = await settlement.listDocuments()
    const waits = documents.some(({ sellsBalance }) => sellsBalance)
      ? await unbilledMinor(scoped, engine, tenant, accountId, nowMs)
      : 0n
    await settlement.settle(nowMs, { consumed, waits })
    await markSettled(scoped, accountId, nowMs)
  })
}

/** Charges that no document bills yet, in minor units, rounded up: what paid for them waits for their document. */
async function unbilledMinor(
  db: Database,
  engine: Engine,
  { name }: Tenant,
  accountId: string,
  nowMs: number,
): Promise<bigint> {
  const [standing] = await engine.standingOf(name, [accountId], nowMs)
  if (standing === undefined) return 0n
  const minorUnit = toRatingScale(1n, standing.currency)
  const billed = chargesBilled(await lastUsageLines(db, [accountId]), await engine.catalog(name))
  const charged = standing.charges + ((await takenMinor(db, [accountId])).get(accountId) ?? 0n) * minorUnit
  return charged > billed ? (charged - billed + minorUnit - 1n) / minorUnit : 0n
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
  return money.map(({ source, payerId, amount }) => ({ source, payerId, totalMinor: amount / minorUnit }))
}

/** Of some accounts, those for which `applyToBalances` may have something to do. */
export async function accountsToSettle(db: Database, accountIds: readonly string[]): Promise<Set<string>> {
  const documents = selectWithOpenDocuments(db, accountIds)
  const rows = await documents.union(selectAccountsToApply(db, accountIds)).execute()
  return new Set(rows.map(({ accountId }) => accountId))
}

/** Accounts that have documents or payments which their balances have not been notified of, or have not settled. */
export async function applyPending(db: Database, engine: Engine, tenant: Tenant, nowMs: number): Promise<void> {
  const scoped = inSchema(db, tenant.schema)
  await engine.openBalances(tenant.name, await engine.unusedBalances(tenant.name))
  const billedFor = await pendingBilledFor(scoped, null)
  const waiting = [...(await accountsOfUnsettled(scoped)), ...(await accountsToApply(scoped)), ...billedFor.keys()]
  const accounts = new Set(waiting)
  for (const accountId of accounts) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
