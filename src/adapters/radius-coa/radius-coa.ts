import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type {
  EnforcementOutcome,
  RadiusDoor,
  RadiusTerms,
  RadiusValue,
  WishedState,
} from '../../modules/service-blocks/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { NotOutside, outsideAddress } from '../../platform/outside-address.ts'
import { encodeAttribute } from './attributes.ts'
import { CODE, encodeRequest, type RadiusAttribute, type RadiusReply, readReply } from './packet.ts'

/** How long an answer is waited for before the same packet is sent again, and after the last one: together less than ten seconds. */
const WAITS_MS = [500, 1_000, 2_000, 4_000]

/** Error-Cause (RFC 5176, section 3.5): what a refusal means. */
const CAUSES: Readonly<Record<number, string>> = {
  401: 'unsupported attribute',
  402: 'missing attribute',
  403: 'it is another network access server',
  404: 'invalid request',
  405: 'unsupported service',
  406: 'unsupported extension',
  407: 'invalid attribute value',
  501: 'administratively prohibited',
  502: 'request not routable',
  503: 'session context not found',
  504: 'session context not removable',
  505: 'other proxy processing error',
  506: 'resources unavailable',
  507: 'request initiated',
  508: 'multiple session selection unsupported',
}
const NO_SESSION = 503

/**
 * Tells network access servers by CoA-Request and Disconnect-Request (RFC 5176).
 * @param privateHosts servers inside of the operator's network that tenants may name: `nas.internal:3799`
 */
export function radiusCoa(privateHosts: readonly string[]): RadiusDoor {
  return {
    mistakeIn: (terms) => {
      const example = { ...EXAMPLE, kbps: 64 }
      try {
        for (const action of Object.values(terms.states)) if (action !== null) attributesOf(terms, action, example)
        return null
      } catch (error) {
        if (error instanceof RangeError) return error.message
        throw error
      }
    },
    open: (terms, secret) => ({
      enforce: async (wished, signal) => {
        const action = terms.states[wished.state]
        if (action === null) return { outcome: 'enforced', words: `nothing is sent for ${wished.state}` }
        try {
          const attributes = attributesOf(terms, action, wished)
          const request = { code: CODE[action.request], identifier: randomInt(256), attributes }
          const packet = encodeRequest(request, secret, systemClock.nowMs())
          const address = await outsideAddress(terms.host, terms.port, privateHosts)
          return inWords(await ask(packet, { address, port: terms.port, secret, signal }))
        } catch (error) {
          return mistakeOf(error)
        }
      },
    }),
  }
}

const EXAMPLE: WishedState = {
  ...{ serviceId: '', service: '380501112233', accountId: '', version: 1, changedAt: new Date(0) },
  ...{ state: 'blocked', barred: ['outgoing', 'incoming', 'data'], kbps: null, reasons: [] },
}

function mistakeOf(error: unknown): EnforcementOutcome {
  if (error instanceof NotOutside) return { outcome: 'refused', words: 'its address is not of the public internet' }
  if (error instanceof RangeError) return { outcome: 'refused', words: error.message }
  const { code = '' } = error as NodeJS.ErrnoException
  return { outcome: 'unanswered', words: code === '' ? 'it could not be asked' : `it could not be asked (${code})` }
}

function inWords(reply: RadiusReply | null): EnforcementOutcome {
  if (reply === null) return { outcome: 'unanswered', words: 'it did not answer in time' }
  if (reply.isDone) return { outcome: 'enforced', words: 'acknowledged' }
  if (reply.cause === NO_SESSION) return { outcome: 'enforced', words: 'it has no session of the service' }
  const said = reply.cause === null ? 'it said no, and not why' : (CAUSES[reply.cause] ?? 'it said no')
  return { outcome: 'refused', words: reply.cause === null ? said : `${said} (Error-Cause ${reply.cause})` }
}

function attributesOf(
  { identify }: Pick<RadiusTerms, 'identify'>,
  { attributes }: { readonly attributes: readonly RadiusValue[] },
  wished: WishedState,
): RadiusAttribute[] {
  const words: Readonly<Record<string, string>> = {
    service: wished.service,
    kbps: String(wished.kbps ?? 0),
    barred: wished.barred.join('+') || 'none',
    state: wished.state,
    version: String(wished.version),
  }
  return [...identify, ...attributes].map((one) =>
    encodeAttribute({ ...one, value: one.value.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole) }),
  )
}

interface Peer {
  readonly address: string
  readonly port: number
  readonly secret: string
  readonly signal: AbortSignal
}

/**
 * Sends a packet until it is answered: the same bytes with the same identifier each time, so that a peer which has done it answers again instead of
 * doing it twice. Each request has a socket of its own, and so all identifiers for itself. @returns null where nobody answers
 */
async function ask(packet: Buffer, { address, port, secret, signal }: Peer): Promise<RadiusReply | null> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  const { promise, resolve, reject } = Promise.withResolvers<RadiusReply | null>()
  let timer: NodeJS.Timeout | undefined
  const end = (): void => resolve(null)
  const sendAt = (turn: number): void => {
    if (turn === WAITS_MS.length) {
      end()
      return
    }
    // Nobody may listen there at the moment: the next time somebody may.
    socket.send(packet, () => undefined)
    timer = setTimeout(() => sendAt(turn + 1), WAITS_MS[turn])
  }
  signal.addEventListener('abort', end, { once: true })
  socket.on('message', (bytes) => {
    const reply = readReply(bytes, packet, secret)
    if (reply !== null) resolve(reply)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNREFUSED') reject(error)
  })
  // What comes from elsewhere is not let through.
  socket.connect(port, address, () => sendAt(0))
  try {
    return signal.aborted ? null : await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    socket.close()
  }
}
