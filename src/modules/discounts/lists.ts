import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import { type ListPage, type ListQuery, listPage, withText } from '../../platform/http/list-page.ts'
import type { Coupon, RedeemedCoupon } from './store.ts'

/** Coupons with how often each was redeemed. */
export async function listCouponPage(
  db: Database,
  query: ListQuery,
): Promise<ListPage<Coupon & { redemptions: number }>> {
  const count = db.selectFrom('couponRedemption').select(sql<number>`count(*)::integer`.as('count'))
  const redemptions = count.where('couponRedemption.couponId', '=', sql.ref<string>('row.id')).as('redemptions')
  return listPage(db, query, {
    table: 'coupon',
    madeAt: 'createdAt',
    keep: (rows) => withText(rows, query.text, ['row.code', 'row.name']).select(redemptions),
  })
}

/** Redemptions with what their coupons say: of one coupon, or of an account with those of its customer. */
export async function listRedemptionPage(
  db: Database,
  query: ListQuery,
  {
    couponId,
    of,
  }: {
    readonly couponId: string | undefined
    readonly of: { readonly accountId: string; readonly customerId: string } | undefined
  },
): Promise<ListPage<RedeemedCoupon>> {
  return listPage(db, query, {
    table: 'couponRedemption',
    madeAt: 'createdAt',
    narrow: (rows) => {
      const own = couponId === undefined ? rows : rows.where('couponId', '=', couponId)
      if (of === undefined) return own
      return own.where((on) =>
        on.or([
          on('accountId', '=', of.accountId),
          on.and([on('accountId', 'is', null), on('customerId', '=', of.customerId)]),
        ]),
      )
    },
    keep: (rows) =>
      withText(rows.innerJoin('coupon', 'coupon.id', 'row.couponId'), query.text, [
        'row.key',
        'coupon.code',
        'coupon.name',
      ]).select(['coupon.code', 'coupon.name', 'coupon.currency', 'coupon.terms']),
  })
}
