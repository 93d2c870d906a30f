import { present } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import { formatMinor, parseMinor, toRatingScale } from '../../core/base/money.ts'
import { type BonusRule, bonusFor } from '../../core/charging/bonus.ts'
import { type Desk, openLot, type TopUpOutcome, topUp, transferMoney } from '../../core/charging/operations.ts'
import { balanceTransferred, feeTaken, paymentReceived } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { insertEvents } from '../../platform/outbox.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { Turns } from '../../platform/turns.ts'
import { type Account, getRow } from '../customers/index.ts'
import { postEntry } from '../ledger/index.ts'
import { type LotTerms, lotDraft } from './lot-drafts.ts'
import { settingsOf } from './settings.ts'
import * as store from './store.ts'

/** Operations with one key take turns: the second finds what the first has stored. */
const turns = new Turns()
const MS_PER_DAY = 86_400_000

/** Settles open documents of an account with money of its balances. Implemented by invoicing. */
export type SettleDocuments = (context: ReadContext, accountId: string) => Promise<void>

export function positiveMinor(text: string, currency: string, name = 'amount'): bigint {
  const amountMinor = parseMinor(text, currency)
  if (amountMinor === null || amountMinor <= 0n)
    throw new Refusal('unprocessable', `${name}: write a positive decimal with the digits of ${currency}`)
  return amountMinor
}

/** Runs an operation once for its key: a repetition gets what was stored, if it asks the same. */
export async function once<T>(
  context: ReadContext,
  name: string,
  find: () => Promise<T | undefined>,
  isSame: (stored: T) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  return turns.take(`${context.tenant.name}\n${name}`, async () => {
    const stored = await find()
    if (stored === undefined) return work()
    if (!isSame(stored)) throw new Refusal('idempotency_conflict', 'this key was used for something else')
    return stored
  })
}

export interface TopUpDraft extends LotTerms {
  readonly key: string
  readonly account: string
  readonly amount: string
  readonly currency: string
  readonly method: string
  readonly reference: string | null
}

/** Money comes in to be used: with its bonuses, in one commit with the ledger. */
export async function recordTopUp(
  engine: Engine,
  context: ReadContext,
  draft: TopUpDraft,
  settle: SettleDocuments,
): Promise<store.TopUp> {
  const { db } = context
  const account = await getRow(db, 'account', draft.account)
  if (draft.currency !== account.currency)
    throw new Refusal('unprocessable', `the account is in ${account.currency}, the top-up in ${draft.currency}`)
  const amountMinor = positiveMinor(draft.amount, account.currency)
  const made = await once(
    context,
    `top-up ${draft.key}`,
    () => store.findTopUp(db, draft.key),
    (stored) => stored.accountId === account.id && stored.amountMinor === String(amountMinor),
    // Of one account after another, so that only one of them is the first.
    () =>
      turns.take(`${context.tenant.name}\ntop-ups of ${account.id}`, () =>
        openTopUp(engine, context, account, draft, amountMinor),
      ),
  )
  await settle(context, account.id)
  return made
}

async function openTopUp(
  engine: Engine,
  context: ReadContext,
  account: Account,
  draft: TopUpDraft,
  amountMinor: bigint,
): Promise<store.TopUp> {
  const { db, tenant, nowMs } = context
  const { currency } = account
  const money = { currency, unit: null }
  const paid = lotDraft('paid', { ...money, amount: amountMinor }, draft, `top_up:${draft.key}`, nowMs)
  const isFirst = !(await store.hasTopUp(db, account.id))
  const bonuses = ((await store.listBonusRules(db)) as BonusRule[]).flatMap((rule) => {
    const amount = bonusFor(rule, { amountMinor, currency, isFirst, nowMs }, currencyOf(currency).minorDigits)
    return amount > 0n ? [{ rule, amount }] : []
  })
  const lots = bonuses.map(({ rule, amount }) => {
    const expiresAt = rule.validDays === null ? null : new Date(nowMs + rule.validDays * MS_PER_DAY).toISOString()
    const terms = { priority: rule.priority, expiresAt }
    return lotDraft('bonus', { ...money, amount }, terms, `bonus:${rule.code}:${draft.key}`, nowMs)
  })
  const row = {
    id: newId(),
    key: draft.key,
    accountId: account.id,
    currency,
    amountMinor: String(amountMinor),
    method: draft.method,
    reference: draft.reference,
    bonuses: bonuses.map(({ rule, amount }) => ({ rule: rule.code, amount: formatMinor(amount, currency) })),
    createdAt: new Date(nowMs),
    ...{ unit: null, units: null, unitPrice: null },
  }
  await engine.onAccounts<TopUpOutcome>(tenant.name, {
    accountIds: [account.id],
    nowMs,
    decide: ([desk]) => topUp(desk as NonNullable<typeof desk>, paid, lots),
    rider: async (trx, { result: { fee }, events }) => {
      const scoped = inSchema(trx, tenant.schema)
      await store.insertTopUp(scoped, row)
      await postEntry(
        scoped,
        'payment_received',
        row.id,
        paymentReceived(account.id, currency, draft.method, amountMinor),
        nowMs,
      )
      const feeMinor = fee / toRatingScale(1n, currency)
      if (feeMinor > 0n) await postEntry(scoped, 'fee_taken', row.id, feeTaken(account.id, currency, feeMinor), nowMs)
      const entry = { accountId: account.id, unit: null, key: draft.key, note: draft.reference }
      await store.insertEntries(
        scoped,
        [
          { ...entry, kind: 'top_up', amount: formatMinor(amountMinor, currency) },
          ...row.bonuses.map(({ rule, amount }) => ({ ...entry, kind: `bonus:${rule}`, amount })),
          ...(feeMinor > 0n ? [{ ...entry, kind: 'promise_fee', amount: formatMinor(-feeMinor, currency) }] : []),
        ],
        nowMs,
      )
      await insertEvents(scoped, events, nowMs)
    },
  })
  return row
}

export interface TransferDraft {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly amount: string
}

/** Moves paid money from one account to another of the same currency. It ends there when it would have ended. */
export async function transfer(engine: Engine, context: ReadContext, draft: TransferDraft): Promise<object> {
  const { db, tenant, nowMs } = context
  const from = await getRow(db, 'account', draft.from)
  const to = await getRow(db, 'account', draft.to)
  const { currency } = from
  if (from.id === to.id) throw new Refusal('unprocessable', 'a transfer needs two accounts')
  if (to.currency !== currency)
    throw new Refusal('unprocessable', `one account is in ${currency}, the other in ${to.currency}`)
  const amountMinor = positiveMinor(draft.amount, currency)
  const made = await once(
    context,
    `transfer ${draft.key}`,
    () => store.findEntry(db, 'transfer_out', draft.key),
    ({ accountId, amount, note }) =>
      accountId === from.id && parseMinor(amount, currency) === -amountMinor && note === to.id,
    async () => {
      const lot = lotDraft('paid', { currency, unit: null, amount: amountMinor }, {}, `transfer:${draft.key}`, nowMs)
      await engine.onAccounts(tenant.name, {
        accountIds: [from.id, to.id],
        nowMs,
        decide: ([source, target]) => {
          if (!transferMoney(source as Desk, target as Desk, lot))
            throw new Refusal('insufficient_balance', 'the account has less paid money that is free')
        },
        rider: async (trx, { events }) => {
          const scoped = inSchema(trx, tenant.schema)
          const amount = formatMinor(amountMinor, currency)
          const [out, into] = [
            { accountId: from.id, kind: 'transfer_out', unit: null, amount: `-${amount}`, key: draft.key, note: to.id },
            { accountId: to.id, kind: 'transfer_in', unit: null, amount, key: draft.key, note: from.id },
          ]
          await store.insertEntries(scoped, [out, into], nowMs)
          await postEntry(
            scoped,
            'balance_transferred',
            newId(),
            balanceTransferred(from.id, to.id, currency, amountMinor),
            nowMs,
          )
          await insertEvents(scoped, events, nowMs)
        },
      })
      return (await store.findEntry(db, 'transfer_out', draft.key)) as store.BalanceEntry
    },
  )
  return { key: draft.key, from: from.key, to: to.key, amount: draft.amount, currency, createdAt: made.createdAt }
}

export interface PromiseDraft {
  readonly key: string
  readonly account: string
  readonly amount: string
}

/** Lends an account money until it tops up. One promise at a time; the next top-up pays it back with its fee. */
export async function promiseCredit(engine: Engine, context: ReadContext, draft: PromiseDraft): Promise<object> {
  const { db, tenant, nowMs } = context
  const account = await getRow(db, 'account', draft.account)
  const { currency } = account
  const { promise: terms } = await settingsOf(db)
  const limit = terms?.limits[currency]
  if (terms === undefined || limit === undefined)
    throw new Refusal(
      'unprocessable',
      `promised credit is not offered in ${currency}: set it with PUT /v1/charging/settings`,
    )
  const amountMinor = positiveMinor(draft.amount, currency)
  if (amountMinor > positiveMinor(limit, currency))
    throw new Refusal('unprocessable', `amount: at most ${limit} ${currency}`)
  const fee = present(parseMinor(terms.fees[currency] ?? '0', currency), 'an amount of the currency')
  const dueMs = nowMs + terms.days * MS_PER_DAY
  const made = await once(
    context,
    `promise ${draft.key}`,
    () => store.findEntry(db, 'promise', draft.key),
    ({ accountId, amount }) => accountId === account.id && parseMinor(amount, currency) === amountMinor,
    async () => {
      const expiry = { expiresAt: new Date(dueMs).toISOString() }
      const lot = lotDraft(
        'promise',
        { currency, unit: null, amount: amountMinor },
        expiry,
        `promise:${draft.key}`,
        nowMs,
      )
      await engine.onAccounts(tenant.name, {
        accountIds: [account.id],
        nowMs,
        decide: ([desk]) => {
          if (desk === undefined) return
          if (desk.balances.promise !== null) throw new Refusal('conflict', 'an earlier promise is not paid back yet')
          const { number } = openLot(desk, lot, 'promise')
          desk.balances.promise = { lot: number, dueMs, fee: toRatingScale(fee, currency) }
        },
        rider: async (trx, { events }) => {
          const scoped = inSchema(trx, tenant.schema)
          const amount = formatMinor(amountMinor, currency)
          const entry = { accountId: account.id, kind: 'promise', unit: null, amount, key: draft.key, note: null }
          await store.insertEntries(scoped, [entry], nowMs)
          await insertEvents(scoped, events, nowMs)
        },
      })
      return (await store.findEntry(db, 'promise', draft.key)) as store.BalanceEntry
    },
  )
  return {
    key: draft.key,
    account: account.key,
    amount: draft.amount,
    fee: formatMinor(fee, currency),
    currency,
    dueAt: new Date(made.createdAt.getTime() + terms.days * MS_PER_DAY),
  }
}
