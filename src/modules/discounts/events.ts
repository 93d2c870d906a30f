import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const day = z.iso.date()
const coupon = {
  code: z.string(),
  currency: z.string().nullable(),
  isAutomatic: z.boolean().describe('A discount that needs no code'),
  validFrom: day.nullable(),
  validUntil: day.nullable(),
}
const redemption = {
  couponId: z.uuid(),
  subscriptionId: z.uuid().nullable(),
  fromDay: day,
  untilDay: day.nullable().describe('The same as fromDay: never'),
}

export const couponCreated = eventType(
  'coupon.created',
  'coupon',
  'A coupon, or an automatic discount, was made.',
  coupon,
)
export const couponArchived = eventType(
  'coupon.archived',
  'coupon',
  'A coupon is redeemed no more; an automatic discount ends.',
  coupon,
)
export const codesCreated = eventType('coupon.codes_created', 'coupon', 'Codes of a coupon were made.', {
  code: z.string().describe('Of the coupon'),
  codes: z.int().describe('How many'),
})
export const couponRedeemed = eventType(
  'coupon.redeemed',
  'coupon_redemption',
  'A coupon was applied to a customer, an account or a subscription.',
  redemption,
)
export const redemptionRemoved = eventType(
  'coupon.redemption_removed',
  'coupon_redemption',
  'A discount was taken away, from a day on or entirely.',
  redemption,
)

export const discountEvents = [couponCreated, couponArchived, codesCreated, couponRedeemed, redemptionRemoved]
