import type { Brand } from '../../core/pages/brand.ts'
import { textIn } from '../../core/pages/brand.ts'
import type { Language } from '../../core/words/languages.ts'
import { type PageAnswer, RawAnswer } from '../../platform/http/route.ts'
import type { Look } from '../brands/index.ts'
import { html, Markup } from './html.ts'
import { policyOf, styleOf } from './style.ts'

/** Who asks to be paid. */
export interface PageOwner {
  readonly seller: string
  readonly look: Look
}

interface PageParts {
  readonly language: Language
  readonly owner: PageOwner | null
  readonly title: string
  readonly body: Markup
  /** A link past the head of the page: where it leads to, and its words. */
  readonly skip?: { readonly to: string; readonly words: string }
  /** The page asks for another one by itself after so many seconds. */
  readonly next?: { readonly afterSeconds: number; readonly url: string }
}

/** A whole page: it needs no script, shows the brand of its owner, and is kept and framed by nobody. */
export function pageOf(status: number, { language, owner, title, body, skip, next }: PageParts): PageAnswer {
  const style = styleOf(owner?.look.brand.accent ?? null)
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
${next === undefined ? null : html`<meta http-equiv="refresh" content="${String(next.afterSeconds)};url=${next.url}">`}
<title>${owner === null ? title : `${title} · ${owner.seller}`}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${skip === undefined ? null : html`<a class="skip" href="#${skip.to}">${skip.words}</a>`}
<div class="sheet">
${owner === null ? null : headOf(owner)}
<main>
${body}
</main>
</div>
${owner === null ? null : footOf(owner, language)}
</body>
</html>
`
  const headers = {
    'content-security-policy': policyOf(style),
    'content-language': language,
    'x-robots-tag': 'noindex',
  }
  return { status, answer: new RawAnswer('text/html; charset=utf-8', whole.text, headers) }
}

function headOf({ seller, look: { brand, logo } }: PageOwner): Markup {
  const type = logo?.format === 'svg' ? 'image/svg+xml' : 'image/png'
  const name =
    logo === undefined
      ? html`<strong>${seller}</strong>`
      : html`<img alt="${seller}" src="data:${type};base64,${logo.bytes.toString('base64')}">`
  return html`<header>${name}${contactOf(brand)}</header>`
}

function contactOf({ contact }: Brand): Markup | null {
  return contact.length === 0
    ? null
    : html`<p>${contact.map((line, at) => html`${at === 0 ? null : html`<br>`}${line}`)}</p>`
}

function footOf({ seller, look: { brand } }: PageOwner, language: Language): Markup {
  const lines = [
    brand.footer === null ? seller : textIn(brand.footer, language),
    ...brand.legal.map((one) => textIn(one, language)),
  ]
  return html`<footer>${lines.map((line) => html`<p>${line}</p>`)}</footer>`
}
