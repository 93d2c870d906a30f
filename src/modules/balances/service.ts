import { present } from '../../core/base/assert.ts'
import { amountAdvice, formatMinor, parseMinor, toRatingScale } from '../../core/base/money.ts'
import { type OperationContext, openLot } from '../../core/charging/operations.ts'
import { transferMoney } from '../../core/charging/own-money.ts'
import { balanceTransferred } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import type { StreamContext, Tenant } from '../../platform/tenant.ts'
import { postingRows } from '../ledger/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { creditPromised, transferred } from './events.ts'
import { lotDraft } from './lot-drafts.ts'
import { settingsOf } from './settings.ts'
import * as store from './store.ts'

const MS_PER_DAY = 86_400_000

/** Lots with something left that an account may have when money comes in: every charge looks at them in turn. */
const MAX_OPEN_LOTS = 1_000

/** Refuses what would open one more lot than an account may have. */
export function assertRoom({ balances: { lots } }: OperationContext): void {
  if (lots.length < MAX_OPEN_LOTS) return
  if (lots.filter(({ remaining }) => remaining > 0n).length < MAX_OPEN_LOTS) return
  throw new Refusal(
    'unprocessable',
    `the account has ${MAX_OPEN_LOTS} lots that are not used up: use some of them first`,
  )
}

/** Whether money of an account comes in to be used, and not to pay documents: it has balances, or is to have them. */
export async function takesTopUps(
  engine: Engine,
  { name }: Pick<Tenant, 'name'>,
  { id, creditLimitMinor }: Pick<Account, 'id' | 'creditLimitMinor'>,
): Promise<boolean> {
  return creditLimitMinor !== null || (await engine.hasBalances(name, id))
}

export function positiveMinor(text: string, currency: string, name = 'amount'): bigint {
  const amountMinor = parseMinor(text, currency)
  if (amountMinor === null || amountMinor <= 0n)
    throw new Refusal('unprocessable', `${name}: ${amountAdvice(currency)}`)
  return amountMinor
}

export interface TransferDraft {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly amount: string
}

/**
 * Moves paid money from one account to another of the same currency. It ends there when it would have ended. Money whose tax was paid when it
 * was sold stays that, and goes to accounts of the same issuer alone, whose prices are without tax: another one has not sold it.
 */
export async function transfer(engine: Engine, context: StreamContext, draft: TransferDraft): Promise<object> {
  const { db, tenant, nowMs } = context
  const from = await getRow(db, 'account', draft.from)
  const to = await getRow(db, 'account', draft.to)
  const { currency } = from
  if (from.id === to.id) throw new Refusal('unprocessable', 'a transfer needs two accounts')
  if (to.currency !== currency)
    throw new Refusal('unprocessable', `one account is in ${currency}, the other in ${to.currency}`)
  const amountMinor = positiveMinor(draft.amount, currency)
  const withTaxed = from.issuerId === to.issuerId && !to.pricesIncludeTax && to.billedTo.length === 0
  const made = await once(
    engine,
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
          assertRoom(target as OperationContext)
          if (!transferMoney(source as OperationContext, target as OperationContext, lot, withTaxed))
            throw new Refusal(
              'insufficient_balance',
              withTaxed
                ? 'the account has less paid money that is free'
                : 'the account has less paid money that is free; what was taxed when it was sold goes to accounts of the same issuer, whose prices are without tax and that nobody else is billed for',
            )
        },
        rows: ({ events }) => {
          const amount = formatMinor(amountMinor, currency)
          const [out, into] = [
            { accountId: from.id, kind: 'transfer_out', unit: null, amount: `-${amount}`, key: draft.key, note: to.id },
            { accountId: to.id, kind: 'transfer_in', unit: null, amount, key: draft.key, note: from.id },
          ]
          const documentId = newId()
          const postings = balanceTransferred(from.id, to.id, currency, amountMinor)
          const data = { fromAccountId: from.id, toAccountId: to.id, amount, currency }
          const told = eventOf(transferred, { objectId: documentId, accountId: from.id }, data)
          return [
            store.entryRows([out, into], nowMs),
            postingRows([{ template: 'balance_transferred', documentId, postings }], nowMs),
            eventRows([told, ...events], nowMs),
            ...context.logged(draft),
          ]
        },
      })
      return (await store.findEntry(db, 'transfer_out', draft.key)) as store.BalanceEntry
    },
  )
  return {
    key: draft.key,
    from: from.key,
    to: to.key,
    amount: formatMinor(amountMinor, currency),
    currency,
    createdAt: made.createdAt,
  }
}

export interface PromiseDraft {
  readonly key: string
  readonly account: string
  readonly amount: string
}

/** Lends an account money until it tops up. One promise at a time; the next top-up pays it back with its fee. */
export async function promiseCredit(engine: Engine, context: StreamContext, draft: PromiseDraft): Promise<object> {
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
    engine,
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
        decide: ([operation]) => {
          if (operation === undefined) return
          if (operation.balances.promise !== null)
            throw new Refusal('conflict', 'an earlier promise is not paid back yet')
          const { number } = openLot(operation, lot, 'promise')
          operation.balances.promise = { lot: number, dueMs, fee: toRatingScale(fee, currency) }
        },
        rows: ({ events }) => {
          const amount = formatMinor(amountMinor, currency)
          const entry = { accountId: account.id, kind: 'promise', unit: null, amount, key: draft.key, note: null }
          const dueAt = new Date(dueMs).toISOString()
          const data = { amount, fee: formatMinor(fee, currency), currency, dueAt }
          const told = eventOf(creditPromised, { objectId: draft.key, accountId: account.id }, data)
          return [store.entryRows([entry], nowMs), eventRows([told, ...events], nowMs), ...context.logged(draft)]
        },
      })
      return (await store.findEntry(db, 'promise', draft.key)) as store.BalanceEntry
    },
  )
  return {
    key: draft.key,
    account: account.key,
    amount: formatMinor(amountMinor, currency),
    fee: formatMinor(fee, currency),
    currency,
    dueAt: new Date(made.createdAt.getTime() + terms.days * MS_PER_DAY),
  }
}
