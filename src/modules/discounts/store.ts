import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { DiscountTerms } from '../../core/invoicing/discount-terms.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'

export interface Coupon {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly currency: string | null
  readonly terms: DiscountTerms
  readonly isAutomatic: boolean
  readonly byBatch: boolean
  readonly maxRedemptions: number | null
  readonly maxPerCustomer: number | null
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly archivedAt: Date | null
  readonly createdAt: Date
  /** Where automatic: lines of documents up to this id are not discounted; null for those of before. */
  readonly issuedAfter: string | null
}

export interface Redemption {
  readonly id: string
  readonly key: string
  readonly couponId: string
  readonly customerId: string
  readonly accountId: string | null
  readonly subscriptionId: string | null
  readonly fromDay: string
  readonly untilDay: string | null
  readonly createdAt: Date
  /** Lines of documents up to this id are not discounted; null for redemptions of before. */
  readonly issuedAfter: string | null
  /** What falls due before is not discounted; null where nobody asked for a day. */
  readonly dueFrom: string | null
}

export async function insertCoupon(db: Database, coupon: Coupon): Promise<void> {
  await db
    .insertInto('coupon')
    .values({ ...coupon, terms: JSON.stringify(coupon.terms) })
    .execute()
}

export async function findCoupon(db: Database, by: { code: string } | { id: string }): Promise<Coupon | undefined> {
  const [column, value] = Object.entries(by)[0] as ['code' | 'id', string]
  return (await db.selectFrom('coupon').selectAll().where(column, '=', value).executeTakeFirst()) as Coupon | undefined
}

/** Redemptions of one coupon take turns, so that its limits hold. */
export async function lockCoupon(db: Database, id: string): Promise<Coupon> {
  const query = db.selectFrom('coupon').selectAll().where('id', '=', id).forUpdate()
  return (await query.executeTakeFirstOrThrow()) as Coupon
}

export async function archiveCoupon(db: Database, id: string, nowMs: number): Promise<void> {
  const query = db.updateTable('coupon').set({ archivedAt: new Date(nowMs) })
  await query.where('id', '=', id).where('archivedAt', 'is', null).execute()
}

export async function insertCodes(db: Database, couponId: string, digests: readonly Buffer[]): Promise<void> {
  await db
    .insertInto('couponCode')
    .columns(['codeSha256', 'couponId'])
    .expression(
      db.selectNoFrom([
        sql`unnest(${digests.map((digest) => `\\x${digest.toString('hex')}`)}::bytea[])`.as('codeSha256'),
        sql`${couponId}::uuid`.as('couponId'),
      ]),
    )
    .execute()
}

export async function findCode(db: Database, codeSha256: Buffer): Promise<{ couponId: string } | undefined> {
  const query = db.selectFrom('couponCode').select('couponId').where('codeSha256', '=', codeSha256)
  return (await query.executeTakeFirst()) as { couponId: string } | undefined
}

/** @returns false where the code was used already. */
export async function useCode(db: Database, codeSha256: Buffer, redemptionId: string): Promise<boolean> {
  const query = db.updateTable('couponCode').set({ redemptionId }).where('codeSha256', '=', codeSha256)
  return (await query.where('redemptionId', 'is', null).executeTakeFirst()).numUpdatedRows === 1n
}

/** Redemptions that were not undone: all in all, and of one customer. */
export async function countRedemptions(
  db: Database,
  couponId: string,
  customerId: string,
): Promise<{ total: number; ofCustomer: number }> {
  return (await db
    .selectFrom('couponRedemption')
    .select([
      sql<number>`count(*)::integer`.as('total'),
      sql<number>`(count(*) filter (where customer_id = ${customerId}))::integer`.as('ofCustomer'),
    ])
    .where('couponId', '=', couponId)
    .where(sql<boolean>`until_day is distinct from from_day`)
    .executeTakeFirstOrThrow()) as { total: number; ofCustomer: number }
}

export async function insertRedemption(db: Database, redemption: Redemption): Promise<void> {
  await db.insertInto('couponRedemption').values(redemption).execute()
}

export async function findRedemption(db: Database, reference: string): Promise<Redemption | undefined> {
  const query = db.selectFrom('couponRedemption').selectAll()
  return (await query.where(isUuid(reference) ? 'id' : 'key', '=', reference).executeTakeFirst()) as
    | Redemption
    | undefined
}

export async function endRedemption(db: Database, id: string, untilDay: string): Promise<void> {
  await db.updateTable('couponRedemption').set({ untilDay }).where('id', '=', id).execute()
  await noteChange(db, 'redemption of coupon', id)
}

export type RedeemedCoupon = Redemption & Pick<Coupon, 'code' | 'name' | 'currency' | 'terms'>

export async function listRedemptions(
  db: Database,
  filter: {
    limit: number
    of?: { accountIds: readonly string[]; customerIds: readonly string[] } | undefined
  },
): Promise<RedeemedCoupon[]> {
  let query = db
    .selectFrom('couponRedemption')
    .innerJoin('coupon', 'coupon.id', 'couponRedemption.couponId')
    .selectAll('couponRedemption')
    .select(['coupon.code', 'coupon.name', 'coupon.currency', 'coupon.terms'])
    .orderBy('couponRedemption.id')
    .limit(filter.limit)
  const { of } = filter
  if (of !== undefined) {
    query = query.where((where) =>
      where.or([
        where('accountId', '=', anyOf(of.accountIds)),
        where.and([where('accountId', 'is', null), where('customerId', '=', anyOf(of.customerIds))]),
      ]),
    )
  }
  return (await query.execute()) as RedeemedCoupon[]
}

export async function listAutomatic(db: Database): Promise<Coupon[]> {
  const query = db.selectFrom('coupon').selectAll().where('isAutomatic', '=', true).orderBy('id')
  return (await query.execute()) as Coupon[]
}
