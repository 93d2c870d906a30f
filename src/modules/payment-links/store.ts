import { timingSafeEqual } from 'node:crypto'
import type { Database } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { notFound } from '../../platform/problems.ts'

export const LINK_PURPOSES = ['document', 'open_items', 'top_up'] as const
export const LINK_STATES = ['open', 'expired', 'revoked'] as const

export interface PaymentLink {
  readonly id: string
  readonly accountId: string
  readonly purpose: (typeof LINK_PURPOSES)[number]
  readonly invoiceId: string | null
  readonly secretSha256: Buffer
  readonly origin: 'request' | 'issued'
  readonly madeBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly revokeReason: string | null
}

const COLUMNS = {
  id: 'uuid',
  accountId: 'uuid',
  purpose: 'text',
  invoiceId: 'uuid',
  secretSha256: 'bytea',
  origin: 'text',
  madeBy: 'text',
  createdAt: 'timestamptz',
  expiresAt: 'timestamptz',
  revokedAt: 'timestamptz',
  revokeReason: 'text',
} as const

/** The rows of new links, to be written in the transaction of what they are for. */
export function linkRows(rows: readonly PaymentLink[]): NewRows {
  // Rows are written as JSON, which has bytes as Postgres writes them.
  const written = rows.map((row) => ({ ...row, secretSha256: `\\x${row.secretSha256.toString('hex')}` }))
  return { table: 'paymentLink', columns: COLUMNS, rows: written }
}

/** @throws Refusal `not_found` */
export async function getLink(db: Database, id: string): Promise<PaymentLink> {
  const found = await db.selectFrom('paymentLink').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`payment link ${id}`, '/v1/payment-links', 'payment-link list')
  return found as PaymentLink
}

export async function revokeLink(db: Database, id: string, reason: string | null, nowMs: number): Promise<boolean> {
  const query = db.updateTable('paymentLink').set({ revokedAt: new Date(nowMs), revokeReason: reason })
  const { numUpdatedRows } = await query.where('id', '=', id).where('revokedAt', 'is', null).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How a link stands at a time: `expired` from that time on. */
export function linkStateAt(
  link: Pick<PaymentLink, 'expiresAt' | 'revokedAt'>,
  nowMs: number,
): (typeof LINK_STATES)[number] {
  if (link.revokedAt !== null) return 'revoked'
  return link.expiresAt.getTime() <= nowMs ? 'expired' : 'open'
}

/** What a payer has begun by a form. */
export interface LinkCheckout {
  readonly id: string
  readonly linkId: string
  readonly secretSha256: Buffer
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** @returns false where the form was sent before */
export async function insertCheckout(db: Database, checkout: LinkCheckout): Promise<boolean> {
  const query = db.insertInto('paymentLinkCheckout').values(checkout)
  const { numInsertedOrUpdatedRows = 0n } = await query.onConflict((on) => on.doNothing()).executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

export async function findCheckout(db: Database, id: string): Promise<LinkCheckout | undefined> {
  const query = db.selectFrom('paymentLinkCheckout').selectAll().where('id', '=', id)
  return (await query.executeTakeFirst()) as LinkCheckout | undefined
}

/** What payers have begun by a link, the newest first. */
export async function listCheckouts(db: Database, linkId: string, limit: number): Promise<LinkCheckout[]> {
  const query = db.selectFrom('paymentLinkCheckout').selectAll().where('linkId', '=', linkId)
  return (await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute()) as LinkCheckout[]
}

/** The keys under which the attempts of a form are asked for begin with this; those at other gateways have `:2` and so on behind it. */
export function attemptKeyOf(checkoutId: string): string {
  return `pay-page:${checkoutId}`
}

/**
 * The link that a secret opens: its own, or that of an address that a payment provider was given to come back to.
 * @param nowMs when addresses to come back to end, by the clock of the tenant; links that have ended are found as well
 */
export async function findOpened(
  db: Database,
  { id, sha256 }: { readonly id: string; readonly sha256: Buffer },
  nowMs: number,
): Promise<PaymentLink | null> {
  const own = await db.selectFrom('paymentLink').selectAll().where('id', '=', id).executeTakeFirst()
  if (own !== undefined) return timingSafeEqual(own.secretSha256, sha256) ? (own as PaymentLink) : null
  const checkout = await findCheckout(db, id)
  if (checkout === undefined || checkout.expiresAt.getTime() <= nowMs) return null
  return timingSafeEqual(checkout.secretSha256, sha256) ? getLink(db, checkout.linkId) : null
}
