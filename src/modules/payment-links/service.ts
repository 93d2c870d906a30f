import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { insertAllRows, type NewRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret } from '../../platform/secret-codes.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { linkEvent } from './events.ts'
import { paymentLinkTerms } from './settings.ts'
import { linkRows, type PaymentLink } from './store.ts'
import { pageUrl, writeToken } from './token.ts'

export const DAY_MS = 86_400_000

/** A link, and its address, which is shown once. */
export interface NewLink {
  readonly link: PaymentLink
  readonly url: string
}

type LinkDraft = Pick<PaymentLink, 'accountId' | 'purpose' | 'invoiceId' | 'origin' | 'madeBy'> & {
  readonly openDays: number
}

/** A new link, which is not stored yet. */
export function newLink(
  { name }: Pick<Tenant, 'name'>,
  publicUrl: string,
  { openDays, ...draft }: LinkDraft,
  nowMs: number,
): NewLink {
  const { id, sha256, text } = newSecret()
  const ends = { expiresAt: new Date(nowMs + openDays * DAY_MS), revokedAt: null, revokeReason: null }
  const link = { ...draft, id, secretSha256: sha256, createdAt: new Date(nowMs), ...ends }
  return { link, url: pageUrl(publicUrl, writeToken(name, text)) }
}

/** Stores a link that somebody has asked for, and tells of it. */
export async function storeLink(db: Database, link: PaymentLink, nowMs: number): Promise<void> {
  await insertAllRows(db, [linkRows([link])])
  await publish(db, [linkEvent(link, 'created')], nowMs)
}

/** How the documents of a tenant get links that stand on them. */
export interface DocumentLinks {
  readonly tenant: string
  readonly address: string
  readonly openDays: number
}

/** Null where documents have none. */
export async function documentLinksOf(db: Database, { name }: Pick<Tenant, 'name'>): Promise<DocumentLinks | null> {
  const { documentsAddress: address, openDays } = await paymentLinkTerms(db)
  return address === null ? null : { tenant: name, address, openDays }
}

/** The link of a document that is being issued, and its row. Its address is kept in the document alone, as it is printed. */
export function linkOfDocument(
  { tenant: name, address, openDays }: DocumentLinks,
  { id: invoiceId, accountId }: { readonly id: string; readonly accountId: string },
  nowMs: number,
): { readonly url: string; readonly rows: NewRows } {
  const draft = { accountId, purpose: 'document', invoiceId, origin: 'issued', madeBy: null, openDays } as const
  const { link, url } = newLink({ name }, address, draft, nowMs)
  return { url, rows: linkRows([link]) }
}

/** Most days that a link may open. */
export const MOST_DAYS = 730

/** Refuses a link for a document that asks for nothing. */
export function assertAsks(kind: string, number: string): void {
  if (kind === 'credit_note')
    throw new Refusal('unprocessable', `${number} is a credit note: nothing is to be paid by it`)
}
