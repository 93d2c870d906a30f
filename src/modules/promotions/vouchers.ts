import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { openLot } from '../../core/charging/operations.ts'
import { feeTaken, paymentReceived } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import { digestOfCode, newCode } from '../../platform/secret-codes.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import {
  askForSaleDocuments,
  assertRoom,
  insertEntries,
  type LotTerms,
  lotDraft,
  newSale,
  positiveMinor,
  rowsOfSales,
  type SoldTermsOf,
  type StoredSale,
  takeIn,
  unitsOf,
} from '../balances/index.ts'
import { postEntry } from '../ledger/index.ts'
import type { Parts } from '../module.ts'
import { getRow } from '../parties/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { batchCreated, voucherRedeemed } from './events.ts'
import * as store from './voucher-store.ts'

/** Wrong codes that an account may send in the window. */
const MAX_FAILURES = 5
const WINDOW_MS = 15 * 60_000
const MS_PER_DAY = 86_400_000

export interface BatchDraft extends store.VoucherContent {
  readonly key: string
  readonly currency: string | null
  readonly count: number
  readonly expiresAt: string | null
}

/** Makes a batch. Its codes are in the answer, this once: only their digests are kept. */
export async function createBatch(
  context: ReadContext,
  draft: BatchDraft,
): Promise<{ batch: store.VoucherBatch; codes: readonly string[] }> {
  const { db, nowMs } = context
  const { key, currency, count, expiresAt, ...content } = draft
  if ((content.unit === null) === (currency === null))
    throw new Refusal('unprocessable', 'a voucher is of money, with a currency, or of units, without one')
  if (currency === null) unitsOf(content.amount)
  else positiveMinor(content.amount, currency)
  if (content.unit !== null && content.source === 'paid') throw new Refusal('unprocessable', 'units count as a bonus')
  if ((await store.findBatch(db, key)) !== undefined)
    throw new Refusal('already_exists', `there is a batch with the key ${key}; its codes are not shown again`)
  const codes = Array.from({ length: count }, newCode)
  const batch = {
    id: newId(),
    key,
    currency,
    content,
    vouchers: count,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    revokedAt: null,
    createdAt: new Date(nowMs),
  }
  await store.insertBatch(db, batch, codes.map(digestOfCode))
  const data = { key, vouchers: count, currency, amount: content.amount, unit: content.unit }
  await publish(db, [eventOf(batchCreated, { objectId: batch.id }, data)], nowMs)
  return { batch, codes }
}

/** What vouchers of money need of others: they bring money in as top-ups do. */
export interface VoucherNeeds extends Pick<Parts, 'engine' | 'wakeJobs'> {
  readonly receivables: Receivables
  readonly soldTermsOf: SoldTermsOf
}

/** Redeems a code for an account, once. Wrong codes are counted, and too many of them stop the account for a while. */
export async function redeem(
  needs: VoucherNeeds,
  context: ReadContext,
  reference: string,
  code: string,
): Promise<object> {
  const { engine, receivables } = needs
  const { db, nowMs } = context
  const account = await getRow(db, 'account', reference)
  const digest = digestOfCode(code)
  const redeemed = await once(
    engine,
    context,
    // Attempts of one account take turns, so that they cannot outrun the count.
    `vouchers of ${account.id}`,
    async () => undefined,
    () => true,
    async () => {
      if ((await store.countFailures(db, account.id, nowMs - WINDOW_MS)) >= MAX_FAILURES)
        throw new Refusal('too_many_attempts', 'too many wrong codes; wait a quarter of an hour', {
          retryAfterSeconds: 900,
        })
      return once(
        engine,
        context,
        `voucher ${digest.toString('hex')}`,
        async () => undefined,
        () => true,
        async () => {
          const voucher = await store.findVoucher(db, digest)
          if (voucher?.redeemedBy === account.id) return voucher
          if (voucher === undefined || !isGood(voucher, account.currency, nowMs)) {
            await store.insertFailure(db, account.id, nowMs)
            throw new Refusal(
              'voucher_invalid',
              'no voucher of this account\u2019s currency has this code and can still be used',
            )
          }
          await credit(needs, context, { id: account.id, currency: account.currency }, voucher)
          return voucher
        },
      )
    },
  )
  await receivables.apply(context.tenant, context.nowMs, account.id)
  const { amount, unit } = redeemed.content
  return { account: account.key, amount, unit, currency: redeemed.currency, batch: redeemed.batchKey }
}

function isGood({ redeemedBy, revokedAt, expiresAt, currency }: store.Voucher, of: string, nowMs: number): boolean {
  const isOpen = redeemedBy === null && revokedAt === null && (expiresAt === null || expiresAt.getTime() > nowMs)
  return isOpen && (currency === null || currency === of)
}

async function credit(
  { engine, soldTermsOf, wakeJobs }: VoucherNeeds,
  { db: root, tenant, nowMs }: ReadContext,
  { id: accountId, currency }: { id: string; currency: string },
  voucher: store.Voucher,
): Promise<void> {
  const { content, codeSha256, batchId } = voucher
  const { unit, source, validDays, priority } = content
  const minor = unit === null ? positiveMinor(content.amount, currency) : 0n
  const expiresAt = validDays === null ? null : new Date(nowMs + validDays * MS_PER_DAY).toISOString()
  const lotTerms: LotTerms = { expiresAt, priority }
  const origin = `voucher:${codeSha256.toString('hex').slice(0, 16)}`
  const amount = unit === null ? minor : unitsOf(content.amount)
  const lot = lotDraft(source, { currency, unit, amount }, lotTerms, origin, nowMs)
  const terms =
    unit === null && source === 'paid' ? (await soldTermsOf(root, [accountId], nowMs)).get(accountId) : undefined
  const { result } = await engine.onAccounts<Credited>(tenant.name, {
    accountIds: [accountId],
    nowMs,
    decide: ([operation]) => {
      if (operation !== undefined) assertRoom(operation)
      if (operation === undefined || source === 'bonus') {
        if (operation !== undefined) openLot(operation, lot, 'bonus')
        return { fee: 0n, sale: null }
      }
      const { fee, sold } = takeIn(operation, lot, [], terms, currency)
      if (sold === null || terms === undefined) return { fee, sale: null }
      return { fee, sale: newSale({ accountId, origin, key: origin, currency }, terms, sold, nowMs) }
    },
    commitHook: async (trx, { result: { fee, sale }, events }) => {
      const db = inSchema(trx, tenant.schema)
      await store.markRedeemed(db, codeSha256, accountId, nowMs)
      const text = unit === null ? formatMinor(minor, currency) : content.amount
      const entry = { accountId, unit, key: origin, note: null }
      const feeMinor = fee / toRatingScale(1n, currency)
      const fees = feeMinor > 0n ? [{ ...entry, kind: 'promise_fee', amount: formatMinor(-feeMinor, currency) }] : []
      await insertEntries(db, [{ ...entry, kind: 'voucher', amount: text }, ...fees], nowMs)
      if (unit === null && source === 'paid')
        await postEntry(db, 'payment_received', batchId, paymentReceived(accountId, currency, 'voucher', minor), nowMs)
      if (feeMinor > 0n) await postEntry(db, 'fee_taken', batchId, feeTaken(accountId, currency, feeMinor), nowMs)
      if (sale !== null) {
        await insertAllRows(db, rowsOfSales([sale], nowMs))
        await askForSaleDocuments(db, [accountId], nowMs)
      }
      const data = { amount: content.amount, unit, currency }
      await publish(db, [eventOf(voucherRedeemed, { objectId: batchId, accountId }, data), ...events], nowMs)
    },
  })
  if (result.sale !== null) wakeJobs(tenant)
}

/** What a voucher did besides opening its lot. */
interface Credited {
  readonly fee: bigint
  readonly sale: StoredSale | null
}
