/** Contents whose keys are kept while none of them succeeds; the oldest goes first. */
const MOST_KEPT = 50

/**
 * The idempotency keys of one form. The same content has the same key until something was done with it: where an answer was lost and
 * somebody submits again, the server finds that it was done already.
 */
export class KeptKeys {
  private readonly keys = new Map<string, string>()
  private readonly makeKey: () => string

  constructor(makeKey: () => string) {
    this.makeKey = makeKey
  }

  of(content: string): string {
    const key = this.keys.get(content) ?? this.makeKey()
    const [oldest] = this.keys.keys()
    if (this.keys.size >= MOST_KEPT && oldest !== undefined && !this.keys.has(content)) this.keys.delete(oldest)
    this.keys.set(content, key)
    return key
  }

  /** It was done: the same content again is meant as something new. */
  forget(): void {
    this.keys.clear()
  }
}

/** `fetch` for the writes of one form, whose content decides the key. Bodies that are no text are sent with the key that they have. */
export function withKeptKeys(
  keys: KeptKeys,
  send: (url: string, init: RequestInit) => Promise<Response>,
): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const { method = 'GET', body = '' } = init
    if (method === 'GET' || typeof body !== 'string') return send(url, init)
    const headers = new Headers(init.headers)
    headers.set('idempotency-key', keys.of(`${method} ${url}\n${body}`))
    return send(url, { ...init, headers })
  }
}
