/** Answers are some hundred bytes; more is none of an access point. */
const MAX_ANSWER_BYTES = 100_000

export type HttpAnswer =
  | { readonly status: number; readonly text: string }
  | {
      readonly status: null
      /** Whether the peer may have got the request. */
      readonly isSent: boolean
      readonly said: string
    }

/** Faults before a connection was there: nothing was sent. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])

/** Asks once, and reads no more of the answer than there can be of one. Nothing is thrown, and no redirect is followed. */
export async function ask(url: string, request: RequestInit, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual', signal })
    return { status: response.status, text: await textOf(response) }
  } catch (error) {
    if (signal.aborted) return { status: null, isSent: true, said: 'it did not answer in time' }
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string }
    const isSent = !NOT_CONNECTED.has(code)
    return { status: null, isSent, said: isSent ? 'the connection ended before an answer' : 'it could not be reached' }
  }
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
