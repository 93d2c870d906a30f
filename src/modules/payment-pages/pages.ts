import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { moneyText } from '../../core/words/format.ts'
import { fill, WORDS } from '../../core/words/words.ts'
import { newId, systemClock } from '../../platform/clock.ts'
import type { PageAnswer } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret } from '../../platform/secret-codes.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lockAccount } from '../parties/index.ts'
import { type Attempt, attemptOfKey, type Checkouts } from '../payment-gateways/index.ts'
import {
  attemptKeyOf,
  DAY_MS,
  findCheckout,
  insertCheckout,
  listCheckouts,
  pageUrl,
  paymentLinkTerms,
  writeToken,
} from '../payment-links/index.ts'
import { checkoutPage } from './checkout-page.ts'
import { html, type Markup } from './html.ts'
import { type LinkPage, linkPage, titleOf, typedAmount } from './link-page.ts'
import { endedPage, linkOfToken, type OpenedLink, openLink } from './opened-link.ts'
import { type Payable, payableOf } from './payable.ts'
import { plainPage } from './plain-pages.ts'
import { readAmount, readForm } from './read-form.ts'

/** What pages need of the process. */
export interface PageNeeds {
  readonly checkouts: Checkouts
  /** Where browsers find this server. */
  readonly publicUrl: () => string
  /** A code that a payer scans, as SVG. */
  readonly drawCode: LinkPage['drawCode']
}

/** A provider is asked about a payment at most so often, however often its page is looked at. */
const ASK_EVERY_MS = 3_000
/** Payments whose last look is remembered. */
const MOST_LOOKS = 10_000
/** Of what was begun by a link, how much is looked through for what it has come to. */
const LAST_CHECKOUTS = 10

const HOUR_MS = 3_600_000
/** Payments that are begun by a link within an hour: each is a page of a provider. */
const MOST_BEGUN = 20

/** Makes the pages of links, and begins payments by them. */
export class Pages {
  private readonly needs: PageNeeds
  /** When a provider was asked last, by payment. */
  private readonly looks = new Map<string, number>()

  constructor(needs: PageNeeds) {
    this.needs = needs
  }

  async link(context: ReadContext, token: string): Promise<PageAnswer> {
    const opened = await openLink(context, await linkOfToken(context, token))
    return endedPage(opened, context.nowMs) ?? this.pageOf(context, opened, token)
  }

  /** @returns the page that says what is wrong, or where the payer goes on */
  async begin(context: ReadContext, token: string, body: Buffer): Promise<PageAnswer | string> {
    const { db, tenant, nowMs } = context
    const link = await linkOfToken(context, token)
    const opened = await openLink(context, link)
    const ended = endedPage(opened, nowMs)
    if (ended !== null) return ended
    const form = readForm(body)
    const known = form.id === null ? undefined : await findCheckout(db, form.id)
    // The same form again, such as by a second click, is what it was.
    if (form.id !== null && known?.linkId === link.id) return pathOf(token, form.id)
    const { payable } = opened
    if (payable.standing !== 'open') return this.pageOf(context, opened, token)
    const amountMinor = readAmount(form.amount, payable.account.currency, payable.customer.language)
    const wrong = wrongOf(payable, amountMinor)
    if (form.id === null || known !== undefined || amountMinor === null || wrong !== null)
      return this.pageOf(context, opened, token, { amount: form.amount, sentence: wrong ?? changedWords(payable) })
    const isBegun = await this.claim(context, payable, form.id, amountMinor).catch((error: unknown) => {
      // Somebody else was quicker, or the last gateway was closed meanwhile.
      if (error instanceof Refusal && (error.code === 'conflict' || error.code === 'unprocessable')) return false
      throw error
    })
    if (isBegun) return `${pathOf(token, form.id)}?begun=1`
    const now = await openLink({ ...context, db, tenant }, link)
    return this.pageOf(context, now, token, { amount: form.amount, sentence: changedWords(payable) })
  }

  /** Claims what is to be paid and asks a gateway for its page. @returns false where it is not to be paid any more */
  private async claim(
    { db, tenant, nowMs }: ReadContext,
    { link, account }: Payable,
    id: string,
    amountMinor: bigint,
  ): Promise<boolean> {
    const { checkouts, publicUrl } = this.needs
    let isAgain = false
    const attempt = await checkouts.begin(
      db,
      tenant,
      async (trx) => {
        await lockAccount(trx, account.id)
        const { sha256, text } = newSecret(id)
        const times = { createdAt: new Date(nowMs), expiresAt: new Date(nowMs + DAY_MS) }
        isAgain = !(await insertCheckout(trx, { id, linkId: link.id, secretSha256: sha256, ...times }))
        if (isAgain) return null
        const begun = await listCheckouts(trx, link.id, MOST_BEGUN + 1)
        if (begun.length > MOST_BEGUN && begun.every(({ createdAt }) => createdAt.getTime() > nowMs - HOUR_MS))
          throw new Refusal('too_many_requests', 'too many payments were begun by this link within an hour')
        const now = await payableOf(trx, link, await paymentLinkTerms(trx), nowMs)
        if (now.standing !== 'open' || wrongOf(now, amountMinor) !== null)
          throw new Refusal('conflict', 'what is to be paid has changed')
        const draft = {
          key: attemptKeyOf(id),
          account: account.id,
          invoice: link.invoiceId,
          method: null,
          gateway: null,
        }
        return {
          ...{ ...draft, amount: formatMinor(amountMinor, account.currency), origin: 'request' },
          returnUrl: `${pageUrl(publicUrl(), writeToken(tenant.name, text))}/payments/${id}`,
        }
      },
      nowMs,
    )
    return isAgain || attempt !== null
  }

  /** What became of what a payer has begun. */
  async checkout(
    context: ReadContext,
    { token, id }: { readonly token: string; readonly id: string },
    isBegun: boolean,
  ): Promise<PageAnswer> {
    const { db, nowMs } = context
    const link = await linkOfToken(context, token)
    const checkout = await findCheckout(db, id)
    const found = checkout?.linkId === link.id ? await attemptOfKey(db, attemptKeyOf(id)) : undefined
    if (found === undefined) throw new Refusal('link_invalid', 'no such payment was begun by this link')
    const attempt = isBegun ? found : await this.look(context, found)
    const { payable, owner } = await openLink(context, link)
    const { language } = payable.customer
    const day = dayOf((attempt.endedAt ?? new Date(nowMs)).getTime(), payable.account.zone)
    const paths = { linkPath: `/pay/${token}`, path: pathOf(token, id) }
    const what = titleOf({ payable, language })
    return checkoutPage({ attempt, owner, language, what, ...paths, isBegun, openMinor: payable.openMinor, day })
  }

  /** Asks the provider about a payment whose outcome is not known: its callback may be later than the payer. */
  private async look({ db, tenant }: ReadContext, attempt: Attempt): Promise<Attempt> {
    if (attempt.state === 'succeeded' || attempt.state === 'failed') return attempt
    const realMs = systemClock.nowMs()
    if ((this.looks.get(attempt.id) ?? 0) > realMs - ASK_EVERY_MS) return attempt
    if (this.looks.size >= MOST_LOOKS) this.looks.clear()
    this.looks.set(attempt.id, realMs)
    return this.needs.checkouts.ask(db, tenant, attempt)
  }

  private async pageOf(
    context: ReadContext,
    { payable, owner }: OpenedLink,
    token: string,
    wrong?: LinkPage['wrong'],
  ): Promise<PageAnswer> {
    const { db, tenant, nowMs } = context
    const { account, customer, standing } = payable
    const path = `/pay/${token}`
    const { language } = customer
    if (standing !== 'open') return plainPage(standing, language, owner, await this.moreOf(context, payable, path))
    const page = {
      ...{ payable, owner, language, path, formId: newId(), today: dayOf(nowMs, account.zone) },
      canPayOnline: await this.needs.checkouts.canPay(db, tenant, account.currency),
      drawCode: this.needs.drawCode,
    }
    if (wrong === undefined) return linkPage(page)
    return linkPage({ ...page, wrong }, payable.leastMinor === payable.mostMinor ? 409 : 422)
  }

  /** What a page says besides that nothing is to be paid: how to go on with what was begun by the link, the receipt, the document. */
  private async moreOf({ db }: ReadContext, payable: Payable, path: string): Promise<Markup> {
    const { document: words, pay } = WORDS[payable.customer.language]
    const wanted = payable.standing === 'claimed' ? ['pending', 'created', 'unknown'] : ['succeeded']
    let own: string | null = null
    for (const { id } of await listCheckouts(db, payable.link.id, LAST_CHECKOUTS)) {
      const attempt = await attemptOfKey(db, attemptKeyOf(id))
      if (attempt !== undefined && wanted.includes(attempt.state)) own ??= id
    }
    const label = payable.standing === 'claimed' ? pay.goOn : words.receipt
    return html`<p class="row">${own === null ? null : html`<a class="button quiet" href="${path}/payments/${own}">${label}</a>`}
${payable.invoice === null ? null : html`<a href="${path}/document.pdf">${pay.download}</a>`}</p>`
  }
}

function pathOf(token: string, checkoutId: string): string {
  return `/pay/${token}/payments/${checkoutId}`
}

function changedWords({ customer }: Payable): string {
  return WORDS[customer.language].pay.changedText
}

/** What is wrong with an amount, as a sentence; null where it may be paid. */
function wrongOf(payable: Payable, amountMinor: bigint | null): string | null {
  const { leastMinor, mostMinor, account, customer } = payable
  if (amountMinor !== null && amountMinor >= leastMinor && amountMinor <= mostMinor) return null
  if (leastMinor === mostMinor) return changedWords(payable)
  const { language } = customer
  const money = (minor: bigint): string => moneyText(language, formatMinor(minor, account.currency), account.currency)
  const example = typedAmount(language, mostMinor, account.currency)
  return fill(WORDS[language].pay.amountWrong, { least: money(leastMinor), most: money(mostMinor), example })
}
