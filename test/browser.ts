import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import type { TestKvit } from './harness.ts'

export const GOOD_PASSWORD = 'tram 7 crosses the river at noon'

interface Answer {
  readonly status: number
  readonly json: Json
  readonly setCookie: string | null
  readonly location: string | null
  readonly retryAfter: string | null
}

/** What a browser is to a server: it keeps cookies, and says which page a write comes from. */
export class Browser {
  private readonly url: string
  readonly cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, null, headers)
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, this.url, headers)
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    origin: string | null = this.url,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(path.startsWith('http') ? path : `${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(origin === null ? {} : { origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      json: isJson ? (JSON.parse(text) as Json) : {},
      setCookie: response.headers.getSetCookie()[0] ?? null,
      location: response.headers.get('location'),
      retryAfter: response.headers.get('retry-after'),
    }
  }

  async signIn(email: string, password: string = GOOD_PASSWORD): Promise<void> {
    const { status, json } = await this.post('/v1/sessions', { email, password })
    assert.equal(status, 201, JSON.stringify(json))
  }
}

/** A user whom the owner of the machine has invited, signed in. */
export async function signedIn(
  { app, client }: TestKvit,
  email: string,
  roles: readonly string[],
): Promise<{ browser: Browser }> {
  const { token } = await client.post<Json>('/v1/users', { email, roles })
  const browser = new Browser(app.url)
  const body = { password: GOOD_PASSWORD }
  const { status, json } = await browser.post('/v1/invitation/accept', body, { authorization: `Link ${String(token)}` })
  assert.equal(status, 200, JSON.stringify(json))
  await browser.signIn(email)
  return { browser }
}

export function fromBase32(text: string): Buffer {
  const bits = Array.from(text)
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
