import { findKind } from '../../core/notifications/kinds.ts'
import { ANY } from '../../core/notifications/preferences.ts'
import { wordsIn } from '../../core/notifications/shipped.ts'
import { LANGUAGES, type Language } from '../../core/words/languages.ts'
import { fill } from '../../core/words/words.ts'
import { inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { PageAnswer, PageFault } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { html, type Markup, pageOf } from '../payment-pages/index.ts'
import { preferenceSet } from './events.ts'
import type { NoticeSend } from './notice.ts'
import { notePreference } from './preference-store.ts'
import { findByToken } from './unsubscribe-link.ts'

type PageWords = ReturnType<typeof wordsIn>['words']['page']

function page(status: number, asked: Language, body: (words: PageWords) => Markup): PageAnswer {
  const { language, words } = wordsIn(asked)
  const text = html`<h1>${words.page.title}</h1>
${body(words.page)}`
  return pageOf(status, { language, owner: null, title: words.page.title, body: text })
}

async function sendOf({ db }: ReadContext, token: string): Promise<NoticeSend> {
  const send = await findByToken(db, token)
  if (send === null) throw new Refusal('link_invalid', 'no message has such a link')
  return send
}

function languageOf({ language }: NoticeSend): Language {
  return LANGUAGES.find((one) => one === language) ?? 'en'
}

/** `olha@example.com` is `o…@example.com`: whoever has the link sees whose it is, and no more. */
function masked(address: string | null): string {
  const [name = '', domain] = (address ?? '').split('@')
  return domain === undefined ? `${name.slice(0, 2)}…` : `${name.slice(0, 1)}…@${domain}`
}

/** The page of a link: it asks, and changes nothing, since programs that look for harm open links, too. */
export async function askPage(context: ReadContext, token: string): Promise<PageAnswer> {
  const send = await sendOf(context, token)
  const button = (what: string, words: string): Markup =>
    html`<form method="post" action="/unsubscribe/${token}"><input type="hidden" name="what" value="${what}"><button type="submit">${words}</button></form>`
  return page(200, languageOf(send), (words) => {
    if (findKind(send.kind)?.isMandatory !== false) return html`<p>${words.mandatory}</p>`
    return html`<p>${fill(words.ask, { address: masked(send.address) })}</p>
${button('kind', words.kind)}
${button('all', words.all)}`
  })
}

/** What a form of the page, or a program that shows mail, has sent: `List-Unsubscribe=One-Click` (RFC 8058) is of the kind. */
export async function unsubscribe(context: ReadContext, token: string, body: Buffer): Promise<PageAnswer> {
  const send = await sendOf(context, token)
  if (findKind(send.kind)?.isMandatory !== false)
    return page(409, languageOf(send), (words) => html`<p>${words.mandatory}</p>`)
  const fields = new URLSearchParams(body.toString('utf8'))
  const isOneClick = fields.get('List-Unsubscribe') === 'One-Click'
  const what = isOneClick ? 'kind' : fields.get('what')
  if (what !== 'kind' && what !== 'all') return askPage(context, token)
  const { customerId, personId, kind, channel } = send
  const of = what === 'all' ? { kind: ANY, channel: ANY } : { kind, channel }
  const change = { ...of, customerId, personId, isWanted: false, origin: isOneClick ? 'one_click' : 'link' } as const
  await inTransaction(context.db, async (trx) => {
    if (await notePreference(trx, change, context.nowMs))
      await publish(trx, [eventOf(preferenceSet, { objectId: personId, customerId }, change)], context.nowMs)
  })
  return page(200, languageOf(send), (words) => html`<p role="status">${words.done}</p>`)
}

/** What people see of a request that was refused or failed. */
export function faultPage({ status, code, acceptLanguage }: PageFault): PageAnswer {
  const said = code === 'link_invalid' || status === 404 ? 'unknown' : status === 429 ? 'many' : 'fault'
  const asked = (acceptLanguage ?? '').slice(0, 2).toLowerCase()
  const language = LANGUAGES.find((one) => one === asked) ?? 'en'
  return page(
    said === 'unknown' ? 404 : said === 'many' ? 429 : status,
    language,
    (words) => html`<p>${words[said]}</p>`,
  )
}
