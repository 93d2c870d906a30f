import { parseMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { DiscountInForce } from '../../core/invoicing/discount-terms.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { digestOfCode, newCode } from '../../platform/secret-codes.ts'
import { findPlanVersion } from '../catalog/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { getSubscription } from '../subscriptions/index.ts'
import { codesCreated, couponArchived, couponCreated, couponRedeemed, redemptionRemoved } from './events.ts'
import type { CouponDraft, RedemptionDraft } from './schemas.ts'
import * as store from './store.ts'

/** More discounts than that on one account are a mistake, and would make its bills slow. */
const MAX_IN_FORCE = 1_000

export async function createCoupon(db: Database, draft: CouponDraft, nowMs: number): Promise<store.Coupon> {
  await assertSound(db, draft)
  if ((await store.findCoupon(db, { code: draft.code })) !== undefined)
    throw new Refusal('already_exists', `there is a coupon ${draft.code}; what a coupon says never changes`)
  const { code, name, currency, automatic, byBatch, maxRedemptions, maxPerCustomer, validFrom, validUntil } = draft
  const { value, duration, targets, requires, minimum, priority, exclusive, bestOf } = draft
  const id = newId()
  const coupon = {
    ...{ id, issuedAfter: id },
    ...{ code, name, currency, byBatch, maxRedemptions, maxPerCustomer, validUntil },
    terms: { value, duration, targets, requires, minimum, priority, exclusive, bestOf },
    isAutomatic: automatic,
    // What was billed before an automatic discount was made stays as it is, unless its days say otherwise.
    validFrom: automatic ? (validFrom ?? dayOf(nowMs, 'UTC')) : validFrom,
    archivedAt: null,
    createdAt: new Date(nowMs),
  }
  await store.insertCoupon(db, coupon)
  await publish(db, [eventOf(couponCreated, { objectId: id }, coupon)], nowMs)
  return coupon
}

/** What a coupon says must fit together. */
async function assertSound(db: Database, draft: CouponDraft): Promise<void> {
  const { value, duration, currency, minimum, validFrom, validUntil } = draft
  const refuse = (detail: string): never => {
    throw new Refusal('unprocessable', detail)
  }
  const amounts = [
    ...(minimum === null ? [] : [minimum]),
    ...(value.kind === 'fixed' ? [value.amount] : []),
    ...(value.kind === 'spend' ? value.steps.map(({ from }) => from) : []),
  ]
  if (amounts.length > 0 && currency === null) refuse('currency: an amount needs one')
  for (const amount of amounts) {
    if (parseMinor(amount, currency as string) === null) refuse(`${amount} has more digits than ${currency}`)
  }
  if (value.kind === 'spend' || value.kind === 'loyalty') {
    const starts = value.steps.map((step) =>
      Number('from' in step ? parseMinor(step.from, currency as string) : step.months),
    )
    if (starts.some((start, index) => index > 0 && start <= (starts[index - 1] as number)))
      refuse('value.steps: each step begins above the one before it')
  }
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) refuse('validUntil is after validFrom')
  if (draft.automatic && duration.kind !== 'forever')
    refuse('duration: an automatic discount is for ever; validUntil ends it, and steps of loyalty make it shorter')
  if (draft.automatic && (draft.byBatch || draft.maxRedemptions !== null || draft.maxPerCustomer !== null))
    refuse('an automatic discount is not redeemed, so it has no codes and no limits')
  for (const plan of [...draft.requires, ...(draft.targets.plans ?? [])]) {
    if ((await findPlanVersion(db, plan, undefined)) === undefined) refuse(`no plan ${plan}`)
  }
}

/** Makes codes of a coupon, each for one redemption. They are in the answer, this once. */
export async function createCodes(
  db: Database,
  couponCode: string,
  count: number,
  nowMs: number,
): Promise<readonly string[]> {
  const coupon = await getCoupon(db, couponCode)
  if (!coupon.byBatch) throw new Refusal('conflict', `${coupon.code} is redeemed with its own code`)
  const codes = Array.from({ length: count }, newCode)
  await store.insertCodes(db, coupon.id, codes.map(digestOfCode))
  await publish(db, [eventOf(codesCreated, { objectId: coupon.id }, { code: coupon.code, codes: count })], nowMs)
  return codes
}

export async function getCoupon(db: Database, code: string): Promise<store.Coupon> {
  const coupon = await store.findCoupon(db, { code: code.toUpperCase() })
  if (coupon === undefined) throw notFound(`coupon ${code}`, '/v1/coupons', 'coupon list')
  return coupon
}

export async function redeem(db: Database, draft: RedemptionDraft, nowMs: number): Promise<store.Redemption> {
  if ((await store.findRedemption(db, draft.key)) !== undefined)
    throw new Refusal('already_exists', `there is a redemption with the key ${draft.key}`)
  const owner = await ownerOf(db, draft)
  const digest = digestOfCode(draft.code)
  const coupon = await findByCode(db, draft.code, digest)
  const account = owner.accountId === null ? null : await getRow(db, 'account', owner.accountId)
  const today = dayOf(nowMs, account?.zone ?? 'UTC')
  assertOpen(coupon, account, today)
  const { total, ofCustomer } = await store.countRedemptions(db, coupon.id, owner.customerId)
  if (coupon.maxRedemptions !== null && total >= coupon.maxRedemptions)
    throw new Refusal('coupon_invalid', `${coupon.code} was redeemed ${total} times, as often as it may be`)
  if (coupon.maxPerCustomer !== null && ofCustomer >= coupon.maxPerCustomer)
    throw new Refusal('coupon_invalid', `the customer redeemed ${coupon.code} as often as one may`)
  const id = newId()
  const redemption = {
    ...{ id, issuedAfter: id, key: draft.key, couponId: coupon.id, ...owner },
    ...{ fromDay: draft.from ?? today, dueFrom: draft.from ?? null, untilDay: null, createdAt: new Date(nowMs) },
  }
  await store.insertRedemption(db, redemption)
  if (coupon.byBatch && !(await store.useCode(db, digest, redemption.id)))
    throw new NoSuchCode('the code was used already')
  await publish(db, [redemptionEvent(couponRedeemed, redemption)], nowMs)
  return redemption
}

/** A code that opens nothing: a mistake, or a guess. */
export class NoSuchCode extends Refusal {
  constructor(detail: string) {
    super('coupon_invalid', detail)
  }
}

/** The coupon of a code, locked. Its own code does not open one that has batches. */
async function findByCode(db: Database, code: string, digest: Buffer): Promise<store.Coupon> {
  const own = await store.findCoupon(db, { code: code.toUpperCase() })
  const couponId = own?.byBatch === false ? own.id : (await store.findCode(db, digest))?.couponId
  if (couponId === undefined)
    throw new NoSuchCode('no coupon has this code; GET /v1/coupons (kvit coupon list) shows which there are')
  return store.lockCoupon(db, couponId)
}

function assertOpen(coupon: store.Coupon, account: Account | null, today: string): void {
  const { code, isAutomatic, archivedAt, validFrom, validUntil, currency } = coupon
  const refuse = (why: string): never => {
    throw new Refusal('coupon_invalid', `${code} ${why}`)
  }
  if (isAutomatic) refuse('is in force for every account already')
  if (archivedAt !== null) refuse('is archived')
  if (validFrom !== null && today < validFrom) refuse(`can be redeemed from ${validFrom} on`)
  if (validUntil !== null && today >= validUntil) refuse(`could be redeemed before ${validUntil}`)
  if (account !== null && currency !== null && currency !== account.currency)
    refuse(`is in ${currency}, the account in ${account.currency}`)
}

type Owner = Pick<store.Redemption, 'customerId' | 'accountId' | 'subscriptionId'>

async function ownerOf(db: Database, { customer, account, subscription }: RedemptionDraft): Promise<Owner> {
  if (customer !== undefined)
    return { customerId: (await getRow(db, 'customer', customer)).id, accountId: null, subscriptionId: null }
  const own = subscription === undefined ? null : await getSubscription(db, subscription)
  const { id, customerId } = await getRow(db, 'account', own?.accountId ?? (account as string))
  return { customerId, accountId: id, subscriptionId: own?.id ?? null }
}

/** Takes a discount away: from a day on, or as if it had never been. Bills to come correct what was given too much. */
export async function remove(
  db: Database,
  reference: string,
  { from, entirely }: { from?: string | undefined; entirely: boolean },
  nowMs: number,
): Promise<store.Redemption> {
  const redemption = await store.findRedemption(db, reference)
  if (redemption === undefined) throw notFound(`redemption ${reference}`, '/v1/coupon-redemptions')
  const { accountId, fromDay, untilDay } = redemption
  const zone = accountId === null ? 'UTC' : (await getRow(db, 'account', accountId)).zone
  const asked = entirely ? fromDay : (from ?? dayAfter(dayOf(nowMs, zone)))
  const until = asked < fromDay ? fromDay : asked
  if (untilDay !== null && untilDay <= until) throw new Refusal('conflict', `it was removed from ${untilDay} on`)
  await store.endRedemption(db, redemption.id, until)
  const ended = { ...redemption, untilDay: until }
  await publish(db, [redemptionEvent(redemptionRemoved, ended)], nowMs)
  return ended
}

function redemptionEvent(type: typeof couponRedeemed, redemption: store.Redemption): NewEvent {
  const { id: objectId, accountId, customerId } = redemption
  return eventOf(type, { objectId, accountId, customerId }, redemption)
}

/** No further redemptions of a coupon; an automatic discount ends. */
export async function archiveCoupon(db: Database, code: string, nowMs: number): Promise<store.Coupon> {
  const coupon = await getCoupon(db, code)
  await store.archiveCoupon(db, coupon.id, nowMs)
  if (coupon.archivedAt === null) await publish(db, [eventOf(couponArchived, { objectId: coupon.id }, coupon)], nowMs)
  return getCoupon(db, code)
}

/** The discounts that accounts have, or had, by their ids. */
export async function discountsInForce(
  db: Database,
  accounts: readonly Account[],
): Promise<Map<string, DiscountInForce[]>> {
  const of = { accountIds: accounts.map(({ id }) => id), customerIds: accounts.map(({ customerId }) => customerId) }
  const limit = MAX_IN_FORCE * accounts.length
  const redeemed = await store.listRedemptions(db, { limit: limit + 1, of })
  const automatic = await store.listAutomatic(db)
  const ofAccounts = Map.groupBy(redeemed, ({ accountId, customerId }) => accountId ?? customerId)
  return new Map(
    accounts.map((account) => {
      const own = [...(ofAccounts.get(account.id) ?? []), ...(ofAccounts.get(account.customerId) ?? [])]
      if (redeemed.length > limit || own.length > MAX_IN_FORCE)
        throw new Error(`an account with more than ${MAX_IN_FORCE} discounts`)
      return [account.id, inForce(account, own.toSorted(byId), automatic)]
    }),
  )
}

/** In the order in which they were redeemed. */
function byId({ id: a }: { readonly id: string }, { id: b }: { readonly id: string }): number {
  return a < b ? -1 : 1
}

function inForce(
  account: Account,
  redeemed: readonly store.RedeemedCoupon[],
  coupons: readonly store.Coupon[],
): DiscountInForce[] {
  const fits = ({ currency }: { currency: string | null }): boolean =>
    currency === null || currency === account.currency
  const automatic = coupons.filter(fits)
  return [
    // The same day twice is never.
    ...redeemed.filter((one) => fits(one) && one.untilDay !== one.fromDay),
    ...automatic.map(({ id, code, name, terms, validFrom, validUntil, archivedAt, issuedAfter }) => {
      const ends = [validUntil, archivedAt === null ? null : dayAfter(dayOf(archivedAt.getTime(), account.zone))]
      const untilDay = ends.filter((day) => day !== null).toSorted()[0] ?? null
      const days = { fromDay: validFrom ?? '', dueFrom: validFrom, untilDay }
      return { ...{ id, code, name, terms, issuedAfter }, ...days, subscriptionId: null }
    }),
  ]
}

/** What falls due today may be billed already, and stays as it is. */
function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}
