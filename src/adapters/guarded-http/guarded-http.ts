import { type IncomingMessage, type RequestOptions, request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { isIP } from 'node:net'
import type { ReceiverAnswer, ReceiverClient } from '../../modules/webhooks/ports.ts'
import { isOutside, NotOutside, outsideAddress } from '../../platform/outside-address.ts'

/** What is kept of an answer; what is longer is not read. */
const MAX_ANSWER_CHARACTERS = 1_000
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_RETRY_AFTER_SECONDS = 86_400

const NOT_PUBLIC = 'its address is not of the public internet'

/**
 * Requests to addresses that tenants have named. A name is looked up before, and the connection goes to the address that was looked at: a name that answers
 * otherwise a moment later leads nowhere else. Redirections are answers, and are not followed.
 * @param privateHosts servers in private networks that tenants may name, by plain HTTP, too: `crm.internal:8080`
 */
export function guardedHttp(privateHosts: readonly string[]): ReceiverClient {
  const refusalOf = (url: URL): string | null => {
    const { host, port } = targetOf(url)
    const isAllowed = privateHosts.includes(`${host}:${port}`)
    if (url.protocol !== 'https:' && !(isAllowed && url.protocol === 'http:')) return 'write an address with https://'
    if (url.username !== '' || url.password !== '') return 'it has a user or a password in it'
    return isIP(host) !== 0 && !isAllowed && !isOutside(host) ? NOT_PUBLIC : null
  }
  return {
    refusalOf,
    post: async (text, headers, body, signal) => {
      const url = URL.parse(text)
      const refusal = url === null ? 'it is no address' : refusalOf(url)
      if (url === null || refusal !== null) return { error: refusal ?? '' }
      try {
        const { host, port } = targetOf(url)
        return await send(url, await outsideAddress(host, port, privateHosts), headers, body, signal)
      } catch (error) {
        return { error: error instanceof NotOutside ? NOT_PUBLIC : inWords(error as NodeJS.ErrnoException, signal) }
      }
    },
  }
}

function targetOf(url: URL): { host: string; port: number } {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  return { host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(), port }
}

/** @param address where the connection goes, whatever the name says by now */
async function send(
  url: URL,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<ReceiverAnswer> {
  const bytes = Buffer.from(body, 'utf8')
  const family = isIP(address)
  const options: RequestOptions = {
    ...{ method: 'POST', signal, agent: false },
    lookup: (_name, { all }, answer) =>
      all === true ? answer(null, [{ address, family }]) : answer(null, address, family),
    headers: { ...headers, 'content-length': String(bytes.length) },
  }
  return new Promise<ReceiverAnswer>((resolve, reject) => {
    const begin = url.protocol === 'https:' ? requestByHttps : requestByHttp
    const request = begin(url, options, (response) => void read(response).then(resolve))
    request.on('error', reject)
    request.end(bytes)
  })
}

async function read(response: IncomingMessage): Promise<ReceiverAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_ANSWER_BYTES) break
    }
  } catch {
    // The status has come: what is missing of the body changes nothing.
  }
  response.destroy()
  const after = Number(response.headers['retry-after'] ?? Number.NaN)
  const text = Buffer.concat(chunks).toString('utf8').slice(0, MAX_ANSWER_CHARACTERS)
  return {
    ...{ status: response.statusCode ?? 0, text: printable(text) },
    retryAfterSeconds: Number.isInteger(after) && after >= 0 ? Math.min(after, MAX_RETRY_AFTER_SECONDS) : null,
  }
}

/** Without what a database, or a terminal that shows it, does not take. */
function printable(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}/gu, ' ')
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
}

/** The reason, without addresses and names of the operator's network. */
function inWords(error: NodeJS.ErrnoException, signal: AbortSignal): string {
  if (signal.aborted) return 'it did not answer in time'
  const code = error.code ?? ''
  if (WORDS[code] !== undefined) return WORDS[code]
  if (/CERT|SELF_SIGNED|ALTNAME|SSL|TLS/.test(code)) return `its certificate is not trusted (${code})`
  return code === '' ? 'the request failed' : `the request failed (${code})`
}
