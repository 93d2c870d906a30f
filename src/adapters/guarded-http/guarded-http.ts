import { type IncomingMessage, type RequestOptions, request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { isIP } from 'node:net'
import type { ReceiverClient } from '../../modules/webhooks/ports.ts'
import { isOutside, NotOutside, outsideAddress } from '../../platform/outside-address.ts'
import { type OutsideAnswer, type OutsideHttp, type OutsideRequest, retryAfterOf } from '../../platform/outside-http.ts'

/** What is kept of an answer to a webhook. */
const MAX_ANSWER_CHARACTERS = 1_000
/** What is longer is not read. */
const MAX_ANSWER_BYTES = 64 * 1024

const NOT_PUBLIC = 'its address is not of the public internet'

/**
 * Requests to addresses that tenants have named. A name is looked up before, and the connection goes to the address that was looked at: a name that answers
 * otherwise a moment later leads nowhere else. Redirections are answers, and are not followed.
 * @param privateHosts servers in private networks that tenants may name, by plain HTTP, too: `crm.internal:8080`
 */
export function guardedHttp(privateHosts: readonly string[]): OutsideHttp & ReceiverClient {
  const refusalOf = (url: URL): string | null => {
    const { host, port } = targetOf(url)
    const isAllowed = privateHosts.includes(`${host}:${port}`)
    if (url.protocol !== 'https:' && !(isAllowed && url.protocol === 'http:')) return 'write an address with https://'
    if (url.username !== '' || url.password !== '') return 'it has a user or a password in it'
    return isIP(host) !== 0 && !isAllowed && !isOutside(host) ? NOT_PUBLIC : null
  }
  const ask: OutsideHttp['ask'] = async (text, request, signal) => {
    const url = URL.parse(text)
    const refusal = url === null ? 'it is no address' : refusalOf(url)
    if (url === null || refusal !== null) return { status: null, outcome: 'refused', said: refusal ?? '' }
    let address: string
    try {
      const { host, port } = targetOf(url)
      address = await outsideAddress(host, port, privateHosts)
    } catch (error) {
      if (error instanceof NotOutside) return { status: null, outcome: 'refused', said: NOT_PUBLIC }
      return { status: null, outcome: 'not_sent', said: inWords(error as NodeJS.ErrnoException, signal) }
    }
    return send(url, address, request, signal)
  }
  return {
    refusalOf,
    ask,
    post: async (text, headers, body, signal) => {
      const answer = await ask(text, { method: 'POST', headers, body }, signal)
      if (answer.status === null) return { error: answer.said }
      const said = printable(answer.text.slice(0, MAX_ANSWER_CHARACTERS))
      return { status: answer.status, text: said, retryAfterSeconds: retryAfterOf(answer.headers) }
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
  { method, headers, body }: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  const bytes = Buffer.from(body ?? '')
  const family = isIP(address)
  const options: RequestOptions = {
    ...{ method, signal, agent: false },
    lookup: (_name, { all }, answer) =>
      all === true ? answer(null, [{ address, family }]) : answer(null, address, family),
    headers: { ...headers, ...(body === null ? {} : { 'content-length': String(bytes.length) }) },
  }
  const isTls = url.protocol === 'https:'
  let isConnected = false
  try {
    return await new Promise<OutsideAnswer>((resolve, reject) => {
      const request = (isTls ? requestByHttps : requestByHttp)(url, options, (response) => {
        void read(response).then((text) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      })
      request.on('error', reject)
      request.on('socket', (socket) =>
        socket.once(isTls ? 'secureConnect' : 'connect', () => {
          isConnected = true
        }),
      )
      request.end(bytes)
    })
  } catch (error) {
    // Whoever stops waiting is told that nothing is known, also of what was hardly begun.
    const outcome = isConnected || signal.aborted ? 'unknown' : 'not_sent'
    return { status: null, outcome, said: inWords(error as NodeJS.ErrnoException, signal) }
  }
}

async function read(response: IncomingMessage): Promise<string> {
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
  return Buffer.concat(chunks).toString('utf8')
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
