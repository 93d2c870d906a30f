import { z } from 'zod'
import { formatMinor, parseMinor } from '../../core/base/money.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Guesses } from '../../platform/guesses.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { getRow } from '../parties/index.ts'
import * as answers from './answers.ts'
import { listCouponPage, listRedemptionPage } from './lists.ts'
import type { ListGiven } from './ports.ts'
import { codesDraft, couponDraft, redemptionDraft, removalDraft } from './schemas.ts'
import * as service from './service.ts'
import { NoSuchCode } from './service.ts'
import type * as store from './store.ts'

const tag = 'Discounts'
const byCode = z.object({ code: z.string().min(2).max(64) })

function couponView({ terms, isAutomatic, ...coupon }: store.Coupon): object {
  const { id, code, name, currency, byBatch, maxRedemptions, maxPerCustomer } = coupon
  const { validFrom, validUntil, archivedAt, createdAt } = coupon
  return {
    ...{ id, code, name, currency, byBatch, maxRedemptions, maxPerCustomer, validFrom, validUntil },
    ...('redemptions' in coupon ? { redemptions: coupon.redemptions } : {}),
    ...{ archivedAt, createdAt, automatic: isAutomatic },
    ...terms,
  }
}

function draftedView(redemption: store.Redemption): object {
  const { id, key, couponId, customerId, accountId, subscriptionId, fromDay, untilDay, createdAt } = redemption
  return { id, key, couponId, customerId, accountId, subscriptionId, fromDay, untilDay, createdAt }
}

/** A redemption with what it gave on documents, and what it can still give, where that is known. */
async function redemptionView(
  db: Database,
  redemption: store.RedeemedCoupon,
  given: Awaited<ReturnType<ListGiven>>,
): Promise<object> {
  const { terms, currency, accountId, fromDay, untilDay, code, name } = redemption
  const { id, key, couponId, customerId, subscriptionId, createdAt } = redemption
  const { value, duration } = terms
  const account = accountId === null ? null : await getRow(db, 'account', accountId)
  const total = given.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const isOneAmount = value.kind === 'fixed' && duration.kind === 'once' && account !== null && currency !== null
  const left = isOneAmount ? (parseMinor(value.amount, currency) as bigint) - total : null
  const bills = given.reduce((sum, one) => sum + one.bills, 0)
  const billsLeft = duration.kind === 'bills' && account !== null ? Math.max(0, duration.count - bills) : null
  return {
    ...{ id, key, couponId, customerId, accountId, subscriptionId, createdAt, code, name },
    ...{ currency, value, duration, from: fromDay, until: untilDay, billsLeft },
    given: given.map((one) => ({ currency: one.currency, amount: formatMinor(one.amountMinor, one.currency) })),
    left:
      left === null
        ? null
        : formatMinor(value.kind === 'fixed' && !value.carryOver && total > 0n ? 0n : left, currency as string),
  }
}

/** Wrong codes in a quarter of an hour: of one customer, account or subscription, and of one key for all of its customers. */
const MOST_OF_OWNER = 5
const MOST_OF_KEY = 100
const guesses = new Guesses()

export function discountRoutes(listGiven: ListGiven): Route[] {
  const read = { scope: 'discounts:read', tag } as const
  const write = { scope: 'discounts:write', tag } as const
  return [
    writeRoute({
      ...write,
      url: '/v1/coupons',
      status: 201,
      summary: 'Make a coupon, or a discount that needs none; what it says never changes',
      body: couponDraft,
      answer: answers.coupon,
      handle: async ({ db, nowMs }, { body }) => couponView(await service.createCoupon(db, body, nowMs)),
    }),
    readRoute({
      ...read,
      url: '/v1/coupons',
      summary: 'List coupons with how often each was redeemed',
      query: z.object(listQuery),
      answer: answers.coupons,
      handle: async ({ db }, { query }) => {
        const page = await listCouponPage(db, query)
        return { ...page, items: page.items.map(couponView) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/coupons/{code}',
      summary: 'Read a coupon',
      params: byCode,
      answer: answers.coupon,
      handle: async ({ db }, { params }) => couponView(await service.getCoupon(db, params.code)),
    }),
    writeRoute({
      ...write,
      url: '/v1/coupons/{code}/archive',
      summary: 'No further redemptions; those that are there go on. An automatic discount ends',
      params: byCode,
      answer: answers.coupon,
      handle: async ({ db, nowMs }, { params }) => couponView(await service.archiveCoupon(db, params.code, nowMs)),
    }),
    writeRoute({
      ...write,
      url: '/v1/coupons/{code}/codes',
      status: 201,
      summary: 'Make codes of a coupon, each for one redemption; they are shown this once',
      params: byCode,
      body: codesDraft,
      answer: answers.codes,
      handle: async ({ db, nowMs }, { params, body }) => ({
        codes: await service.createCodes(db, params.code, body.count, nowMs),
      }),
    }),
    writeRoute({
      ...write,
      url: '/v1/coupon-redemptions',
      status: 201,
      summary: 'Apply a coupon to a customer, an account or a subscription',
      body: redemptionDraft,
      answer: answers.redemption,
      handle: async ({ db, nowMs, tenant }, { body }, { caller }) => {
        const { customer, account, subscription } = body
        const guessers = [
          { name: `key ${caller.id}`, most: MOST_OF_KEY },
          { name: JSON.stringify([tenant.name, customer, account, subscription]), most: MOST_OF_OWNER },
        ]
        const redeem = async (): Promise<object> => draftedView(await service.redeem(db, body, nowMs))
        return guesses.attempt(guessers, systemClock.nowMs(), redeem, (error) => error instanceof NoSuchCode)
      },
    }),
    readRoute({
      ...read,
      url: '/v1/coupon-redemptions',
      summary: 'List redemptions with what each gave and what is left',
      query: z.object({
        ...listQuery,
        account: z.string().max(128).optional(),
        coupon: z.string().max(64).optional(),
      }),
      answer: answers.redemptions,
      handle: async ({ db }, { query }) => {
        const { account, coupon } = query
        const couponId = coupon === undefined ? undefined : (await service.getCoupon(db, coupon)).id
        const own = account === undefined ? undefined : await getRow(db, 'account', account)
        const of = own === undefined ? undefined : { accountId: own.id, customerId: own.customerId }
        const page = await listRedemptionPage(db, query, { couponId, of })
        const given = Map.groupBy(
          await listGiven(
            db,
            page.items.map(({ id }) => id),
          ),
          ({ id }) => id,
        )
        return {
          ...page,
          items: await Promise.all(page.items.map((one) => redemptionView(db, one, given.get(one.id) ?? []))),
        }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/coupon-redemptions/{reference}/removal',
      summary: 'Take a discount away from a day on, or as if it had never been',
      params: z.object({ reference: z.string().min(1).max(128) }),
      body: removalDraft,
      answer: answers.redemption,
      handle: async ({ db, nowMs }, { params, body }) =>
        draftedView(await service.remove(db, params.reference, body, nowMs)),
    }),
  ]
}
