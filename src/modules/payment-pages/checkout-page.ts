import { formatMinor } from '../../core/base/money.ts'
import { dayText, moneyText } from '../../core/words/format.ts'
import type { Language } from '../../core/words/languages.ts'
import { fill, WORDS } from '../../core/words/words.ts'
import type { PageAnswer } from '../../platform/http/route.ts'
import type { Attempt } from '../payment-gateways/index.ts'
import { type PageOwner, pageOf } from './frame.ts'
import { html } from './html.ts'

/** How often a page that waits asks again. */
const LOOK_SECONDS = 5

export interface CheckoutPage {
  readonly attempt: Attempt
  readonly owner: PageOwner
  readonly language: Language
  /** What it is for: `Invoice INV-000123`. */
  readonly what: string
  /** Of the link, and of this payment. */
  readonly linkPath: string
  readonly path: string
  /** The payer has just sent the form, and is to be taken to the provider. */
  readonly isBegun: boolean
  /** What is still open afterwards, where something is. */
  readonly openMinor: bigint
  /** The day on which it was received, by the account's zone. */
  readonly day: string
}

/** What became of a payment that a payer has begun on a page: it waits, was received, or did not go through. */
export function checkoutPage(page: CheckoutPage): PageAnswer {
  const { attempt } = page
  if (attempt.state === 'succeeded') return receiptPage(page)
  return attempt.state === 'failed' ? failedPage(page) : waitingPage(page)
}

function waitingPage({ attempt, owner, language, what, linkPath, path, isBegun }: CheckoutPage): PageAnswer {
  const words = WORDS[language].pay
  const payerUrl = attempt.state === 'pending' && isWebAddress(attempt.payerUrl) ? attempt.payerUrl : null
  const isGoing = isBegun && payerUrl !== null
  const title = isGoing ? words.goTitle : words.waitTitle
  const body = html`<h1>${title}</h1>
<p class="mute">${what} · ${amountOf(attempt, language)}</p>
<p role="status">${isGoing ? words.goText : words.waitText}</p>
<p class="row">${payerUrl === null ? null : html`<a class="button" href="${payerUrl}" rel="noreferrer">${words.goOn}</a>`}
${isGoing ? null : html`<a class="button quiet" href="${path}">${words.lookAgain}</a>`}</p>
<p class="row"><a href="${linkPath}">${words.back}</a></p>`
  const next =
    isGoing && payerUrl !== null ? { afterSeconds: 0, url: payerUrl } : { afterSeconds: LOOK_SECONDS, url: path }
  return pageOf(200, { language, owner, title, body, next })
}

function receiptPage({ attempt, owner, language, what, linkPath, path, openMinor, day }: CheckoutPage): PageAnswer {
  const { document: words, pay } = WORDS[language]
  const received = moneyText(language, formatMinor(BigInt(attempt.capturedMinor), attempt.currency), attempt.currency)
  const open = moneyText(language, formatMinor(openMinor, attempt.currency), attempt.currency)
  const body = html`<h1>${pay.receivedTitle}</h1>
<p class="note good" role="status">${fill(pay.receivedText, { amount: received })}</p>
<dl><dt>${words.description}</dt><dd>${what}</dd>
<dt>${words.amountReceived}</dt><dd>${received}</dd>
<dt>${words.date}</dt><dd>${dayText(language, day)}</dd>
<dt>${words.reference}</dt><dd>${attempt.key}</dd>
${openMinor > 0n ? html`<dt>${pay.stillOpen}</dt><dd>${open}</dd>` : null}</dl>
<p class="row">${attempt.paymentId === null ? null : html`<a class="button quiet" href="${path}/receipt.pdf">${pay.downloadReceipt}</a>`}
<a href="${linkPath}">${pay.back}</a></p>`
  return pageOf(200, { language, owner, title: pay.receivedTitle, body })
}

function failedPage({ attempt, owner, language, what, linkPath }: CheckoutPage): PageAnswer {
  const words = WORDS[language].pay
  const body = html`<h1>${words.failedTitle}</h1>
<p class="mute">${what} · ${amountOf(attempt, language)}</p>
<p class="note" role="alert">${words.failedText}</p>
<p class="row"><a class="button" href="${linkPath}">${words.tryAgain}</a></p>`
  return pageOf(200, { language, owner, title: words.failedTitle, body })
}

function amountOf({ amountMinor, currency }: Attempt, language: Language): string {
  return moneyText(language, formatMinor(BigInt(amountMinor), currency), currency)
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\//.test(url)
}
