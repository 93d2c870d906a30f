import type { PageAnswer } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lookOf, lookOfToday } from '../brands/index.ts'
import { findOpened, linkStateAt, type PaymentLink, paymentLinkTerms, readToken } from '../payment-links/index.ts'
import type { PageOwner } from './frame.ts'
import { type Payable, payableOf } from './payable.ts'
import { plainPage } from './plain-pages.ts'

/**
 * The link of a token, in the tenant that the token names.
 * @throws Refusal where there is none
 */
export async function linkOfToken({ db, tenant, nowMs }: ReadContext, token: string): Promise<PaymentLink> {
  const read = readToken(token)
  const link = read === null || read.tenant !== tenant.name ? null : await findOpened(db, read.secret, nowMs)
  if (link === null) throw new Refusal('link_invalid', 'there is no such link to pay by')
  return link
}

export interface OpenedLink {
  readonly payable: Payable
  readonly owner: PageOwner
}

/** A link with what it asks for, and the brand that its pages have: that of its document, or of its account today. */
export async function openLink({ db, nowMs }: ReadContext, link: PaymentLink): Promise<OpenedLink> {
  const payable = await payableOf(db, link, await paymentLinkTerms(db), nowMs)
  const { invoice, account, issuer } = payable
  const look =
    invoice === null ? await lookOfToday(db, account.brand, issuer.brand) : await lookOf(db, invoice.document.brand)
  return { payable, owner: { seller: invoice?.document.seller.name ?? issuer.name, look } }
}

/** The page of a link that has ended; null while it opens. */
export function endedPage({ payable, owner }: OpenedLink, nowMs: number): PageAnswer | null {
  const state = linkStateAt(payable.link, nowMs)
  return state === 'open' ? null : plainPage(state, payable.customer.language, owner)
}
