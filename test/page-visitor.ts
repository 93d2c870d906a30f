import assert from 'node:assert/strict'

export interface Visited {
  readonly status: number
  readonly html: string
  /** What is read, without markup: blanks are single. */
  readonly text: string
  readonly headers: Headers
  /** Where the page goes by itself: seconds and address. */
  readonly next: { readonly afterSeconds: number; readonly url: string } | null
}

/** A reader of pages that has no scripts and no cookies: it sees text, follows links, and sends forms as they stand. */
export class PageVisitor {
  private readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Visited> {
    return this.read(await fetch(this.at(path), { redirect: 'manual', headers }))
  }

  /** Sends the only form of a page with what somebody has typed, and follows where the answer leads. */
  async submit(
    page: Visited,
    typed: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Visited> {
    const form = formOf(page)
    const fields = { ...form.fields, ...typed }
    return this.post(form.action, fields, headers)
  }

  async post(action: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Visited> {
    const answer = await fetch(this.at(action), {
      method: 'POST',
      redirect: 'manual',
      // A page without a referrer says of a form that it comes from nowhere.
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null', ...headers },
      body: new URLSearchParams(fields).toString(),
    })
    const location = answer.headers.get('location')
    return location === null ? this.read(answer) : this.get(location)
  }

  private at(path: string): string {
    return path.startsWith('http') ? path : `${this.origin}${path}`
  }

  private async read(answer: Response): Promise<Visited> {
    const html = await answer.text()
    const [, seconds = '', url = ''] = /<meta http-equiv="refresh" content="(\d+);url=([^"]*)">/.exec(html) ?? []
    const body = html.replace(/^.*<body>/s, '').replaceAll(/<[^>]*>/g, ' ')
    return {
      ...{ status: answer.status, html, headers: answer.headers, text: unescaped(body).replaceAll(/\s+/g, ' ').trim() },
      next: url === '' ? null : { afterSeconds: Number(seconds), url: unescaped(url) },
    }
  }
}

/** The form of a page, as a browser would send it. */
export function formOf({ html }: Visited): { readonly action: string; readonly fields: Record<string, string> } {
  const [, action, inside] = /<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html) ?? []
  assert.ok(action !== undefined && inside !== undefined, 'the page has a form')
  const inputs = [...inside.matchAll(/<input [^>]*?name="([^"]*)"[^>]*?>/g)]
  const fields = inputs.map(([input, name]) => [name, unescaped(/value="([^"]*)"/.exec(input)?.[1] ?? '')])
  return { action: unescaped(action), fields: Object.fromEntries(fields) as Record<string, string> }
}

/** The address of the link with these words. */
export function linkWith({ html }: Visited, words: string): string {
  const links = [...html.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>([^<]*)<\/a>/g)]
  const found = links.find(([, , text]) => unescaped(text ?? '') === words)
  assert.ok(found !== undefined, `${words} is none of ${links.map(([, , text]) => text).join(', ')}`)
  return unescaped(found[1] ?? '')
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (sign) => signs[sign] ?? sign)
}
