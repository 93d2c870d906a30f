import { z } from 'zod'
import { listOf } from '../../platform/http/list-page.ts'
import { couponDraft } from './schemas.ts'

/** What the routes of discounts answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')

export const coupon = z
  .strictObject({
    id,
    ...couponDraft.shape,
    // Drafts turn these to upper case.
    code: z.string(),
    currency: z.string().nullable(),
    redemptions: z.int().optional().describe('How often it was redeemed; in lists'),
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Coupon' })

export const coupons = listOf(coupon)

export const codes = z.strictObject({
  codes: z.array(z.string()).describe('They stand here and nowhere else'),
})

const redeemed = {
  id,
  key: z.string(),
  couponId: id,
  customerId: id,
  accountId: id.nullable(),
  subscriptionId: id.nullable(),
  createdAt: instant,
}

export const redemption = z
  .strictObject({
    ...redeemed,
    fromDay: day.describe('What falls due from this day on'),
    untilDay: day.nullable().describe('The first day on which it is not in force any more'),
  })
  .meta({ id: 'Redemption' })

export const redemptions = listOf(
  z.strictObject({
    ...redeemed,
    code: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    value: couponDraft.shape.value,
    duration: couponDraft.shape.duration,
    from: day,
    until: day.nullable(),
    billsLeft: z.int().nullable(),
    given: z.array(z.strictObject({ currency: z.string(), amount })),
    left: amount.nullable().describe('Of one amount that is given once; null otherwise'),
  }),
)
