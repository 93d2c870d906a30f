import { formatMinor } from '../../core/base/money.ts'
import { payTo } from '../../core/invoicing/pay-to.ts'
import { accountFacts, SCHEME_NAMES } from '../../core/pages/payment-block.ts'
import type { PaymentCode } from '../../core/payment-codes/payment-order.ts'
import { dayText, moneyText, numberText } from '../../core/words/format.ts'
import type { Language } from '../../core/words/languages.ts'
import { fill, WORDS } from '../../core/words/words.ts'
import type { PageAnswer } from '../../platform/http/route.ts'
import { type PageOwner, pageOf } from './frame.ts'
import { html, Markup } from './html.ts'
import type { Payable } from './payable.ts'

/** Lines of a document that are shown; all of them are in its PDF. */
const MOST_LINES = 12

/** What a page to pay on is made of. */
export interface LinkPage {
  readonly payable: Payable
  readonly owner: PageOwner
  readonly language: Language
  /** The address of the page: `/pay/shop.0192…_Zk3…`. */
  readonly path: string
  /** Of the form on it: the same form that is sent twice has one effect. */
  readonly formId: string
  /** Whether a gateway takes the currency. */
  readonly canPayOnline: boolean
  /** The day of the account. */
  readonly today: string
  readonly drawCode: (code: PaymentCode) => string
  /** What was sent and is not right, and the sentence that says so. */
  readonly wrong?: { readonly amount: string; readonly sentence: string }
}

/** The page of a link by which something is to be paid. */
export function linkPage(page: LinkPage, status = 200): PageAnswer {
  const { payable, owner, language } = page
  const words = WORDS[language].pay
  const title = titleOf(page)
  const body = html`<h1>${title}</h1>
${headline(page)}
${formOf(page)}
${payable.open.length === 0 ? null : detailsOf(page)}
${transferOf(page)}`
  const skip = { to: 'pay', words: words.skip }
  return pageOf(status, { language, owner, title, body, ...(page.canPayOnline ? { skip } : {}) })
}

export function titleOf({
  payable: { link, account, invoice },
  language,
}: Pick<LinkPage, 'payable' | 'language'>): string {
  const words = WORDS[language]
  if (invoice !== null) return `${words.document[invoice.document.kind]} ${invoice.document.number}`
  const name = fill(words.pay.accountTitle, { account: account.key })
  return link.purpose === 'top_up' ? `${words.pay.topUp}: ${name}` : name
}

function money({ language, payable: { account } }: LinkPage, minor: bigint): string {
  return moneyText(language, formatMinor(minor, account.currency), account.currency)
}

function headline(page: LinkPage): Markup | null {
  const { payable, language } = page
  if (payable.link.purpose === 'top_up') return null
  const { document: words, pay } = WORDS[language]
  const due = payable.invoice?.document.dueOn
  return html`<p class="mute">${payable.invoice === null ? pay.openItems : words.amountDue}</p>
<p class="amount">${money(page, payable.freeMinor)}</p>
<p class="mute">${due === undefined ? null : fill(words.dueBy, { date: dayText(language, due) })}
${payable.isOverdue && payable.nextPart === null ? html`<strong class="late">${pay.overdue}</strong>` : null}</p>
${payable.nextPart === null ? null : html`<p><strong>${nextPartText(page, payable.nextPart)}</strong></p>`}`
}

function nextPartText(page: LinkPage, { dueOn, minor }: NonNullable<Payable['nextPart']>): string {
  const { language } = page
  return fill(WORDS[language].pay.nextPart, { amount: money(page, minor), date: dayText(language, dueOn) })
}

function formOf(page: LinkPage): Markup {
  const { payable, language, canPayOnline, path, formId, wrong, owner } = page
  const { currency } = payable.account
  const words = WORDS[language].pay
  const note = wrong === undefined ? null : html`<p class="note" role="alert" id="amount-wrong">${wrong.sentence}</p>`
  if (!canPayOnline) {
    const hasBank = payable.issuer.bankAccounts.some((one) => one.currency === currency)
    // Who can pay by transfer, further down, need not be told what there is not.
    if (hasBank) return html`${note}`
    return html`<section>${note}<p>${fill(words.noOnline, { currency })}</p>
<p>${fill(words.noWay, { seller: owner.seller })}</p></section>`
  }
  const isChosen = payable.leastMinor < payable.mostMinor
  return html`<section aria-labelledby="online"><h2 id="online">${words.online}</h2>
${note}
<form method="post" action="${path}" id="pay" tabindex="-1">
<input type="hidden" name="form" value="${formId}">
${isChosen ? amountField(page) : html`<input type="hidden" name="amount" value="${formatMinor(payable.freeMinor, currency)}">`}
<button type="submit">${isChosen ? words.goOn : fill(words.payAmount, { amount: money(page, payable.freeMinor) })}</button>
</form>
<p class="hint">${words.onlineText}</p></section>`
}

/** What is paid unless something else is typed: the next part, or all that is open. */
function nextOf({ nextPart, freeMinor }: Payable): bigint {
  return nextPart === null || nextPart.minor > freeMinor ? freeMinor : nextPart.minor
}

/** The example and the value are written as the language writes them, without groups: they can be sent back as they are. */
function amountField(page: LinkPage): Markup {
  const { payable, language, wrong } = page
  const { currency } = payable.account
  const words = WORDS[language].pay
  const typed = payable.link.purpose === 'top_up' ? '' : typedAmount(language, nextOf(payable), currency)
  const field = new Markup('id="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="20"')
  const isWrong =
    wrong === undefined
      ? html` aria-describedby="amount-hint"`
      : html` aria-describedby="amount-hint amount-wrong" aria-invalid="true" autofocus`
  return html`<label for="amount">${words.amountToPay} (${currency})</label>
<input type="text" ${field} value="${wrong?.amount ?? typed}"${isWrong}>
<p class="hint" id="amount-hint">${fill(words.amountHint, { least: money(page, payable.leastMinor), most: money(page, payable.mostMinor) })}</p>`
}

/** `1250,00` in German: with the decimal sign of the language and no groups. */
export function typedAmount(language: Language, minor: bigint, currency: string): string {
  return formatMinor(minor, currency).replace('.', WORDS[language].format.decimal)
}

function detailsOf(page: LinkPage): Markup {
  return page.payable.invoice === null ? openDocuments(page) : documentLines(page)
}

function documentLines(page: LinkPage): Markup {
  const { payable, language, path } = page
  const { document: words, pay } = WORDS[language]
  const [{ document }] = payable.open as [Payable['open'][number]]
  const number = (text: string): string => numberText(language, text)
  const shown = document.lines.slice(0, MOST_LINES)
  const total = document.totals.toPay ?? document.totals.total
  const isTouched = formatMinor(payable.openMinor, document.currency) !== total
  return html`<section aria-label="${words.description}">
<table><thead><tr><th scope="col">${words.description}</th><th scope="col" class="num">${words.amount}</th></tr></thead>
<tbody>${shown.map((line) => html`<tr><td>${line.description}</td><td class="num">${number(line.amount)}</td></tr>`)}</tbody>
<tfoot>${/[1-9]/.test(document.totals.tax) ? sumRow(words.tax, number(document.totals.tax)) : null}
${sumRow(words.total, moneyText(language, document.totals.total, document.currency))}
${isTouched ? sumRow(words.open, money(page, payable.openMinor)) : null}</tfoot></table>
${shown.length < document.lines.length ? html`<p class="hint">${pay.moreLines}</p>` : null}
<p class="row"><a href="${path}/document.pdf">${pay.download}</a></p></section>`
}

function sumRow(label: string, value: string): Markup {
  return html`<tr><th scope="row">${label}</th><td class="num">${value}</td></tr>`
}

function openDocuments(page: LinkPage): Markup {
  const { payable, language } = page
  const { document: words } = WORDS[language]
  return html`<section aria-labelledby="details"><h2 id="details">${words.openDocuments}</h2>
<table><thead><tr><th scope="col">${words.number}</th><th scope="col">${words.due}</th><th scope="col" class="num">${words.open}</th></tr></thead>
<tbody>${payable.open.map(
    ({ document, openMinor }) =>
      html`<tr><td>${document.number}</td><td>${dayText(language, document.dueOn)}</td><td class="num">${money(page, openMinor)}</td></tr>`,
  )}</tbody>
<tfoot><tr><th scope="row" colspan="2">${words.total}</th><td class="num">${money(page, payable.openMinor)}</td></tr></tfoot></table>
${payable.isAllShown ? null : html`<p class="hint">…</p>`}</section>`
}

/** The accounts of the issuer in the currency, with a code for what is to be paid now. */
function transferOf({ payable, language, today, drawCode }: LinkPage): Markup | null {
  const { account, customer, issuer, invoice, freeMinor } = payable
  const { document: words, pay } = WORDS[language]
  const number = invoice?.document.number ?? account.key
  const found = payTo({
    ...{ kind: 'invoice', number, issuedOn: invoice?.document.issuedOn ?? today, language, currency: account.currency },
    ...{ toPayMinor: freeMinor, isPrepaid: false, issuer, customer },
    ...(invoice === null ? { purpose: `${words.account} ${account.key}` } : {}),
  }).payTo
  if (found === undefined) return null
  const facts = found.accounts.flatMap((one) => accountFacts(language, one))
  const named = (scheme: string): string => `${words.scan} · ${SCHEME_NAMES[scheme] ?? scheme}`
  return html`<section aria-labelledby="transfer"><h2 id="transfer">${pay.transfer}</h2>
${found.codes.length === 0 ? null : html`<p class="mute">${pay.transferText}</p>`}
<div class="ways"><div><dl>
${facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}
<dt>${words.reference}</dt><dd>${number}</dd></dl></div>
${found.codes.map(
  (code) =>
    html`<figure><div role="img" aria-label="${named(code.scheme)}">${new Markup(drawCode(code))}</div><figcaption>${named(code.scheme)}</figcaption></figure>`,
)}</div></section>`
}
