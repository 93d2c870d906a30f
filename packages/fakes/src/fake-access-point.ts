import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'

/**
 * What goes wrong with one request.
 * - `lost`: the connection ends before anything was done; `unanswered`: after it was
 * - `busy`: it is refused for now; `garbled`: it is done, and the answer is none
 * - `silent`: it is done, and there is no answer
 */
export type AccessPointTrouble = 'none' | 'lost' | 'unanswered' | 'busy' | 'garbled' | 'silent'

/** A document as it was taken. */
export interface TakenDocument {
  readonly id: string
  readonly sender: { readonly scheme: string; readonly id: string }
  readonly receiver: { readonly scheme: string; readonly id: string }
  readonly documentTypeId: string
  readonly processId: string
  readonly account?: string
  /** In base64. */
  readonly document: string
  state: 'accepted' | 'delivered' | 'rejected'
  message?: string
}

const ENCODED = { 'content-type': 'application/json' }

/**
 * An access point of Peppol as docs/deliveries.md has it. A receiver that begins with `nobody` is not in the network. What was taken is delivered, or rejected, when the test
 * says so.
 */
export class FakeAccessPoint {
  readonly taken = new Map<string, TakenDocument>()
  /** How often each document was sent. */
  readonly sent: string[] = []
  readonly apiKey = `ap_${randomBytes(9).toString('hex')}`
  readonly callbackSecret = `whsec_${randomBytes(32).toString('base64')}`
  private readonly troubles: () => AccessPointTrouble
  private readonly server = createServer((request, response) => void this.answer(request, response))

  constructor(troubles: () => AccessPointTrouble = () => 'none') {
    this.troubles = troubles
  }

  /** @returns its address */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  /** Decides on a document that was taken. @returns the callback that tells of it, which the test sends, loses or repeats */
  decide(id: string, state: TakenDocument['state'], nowMs: number, message?: string): SignedMessage {
    const found = this.taken.get(id)
    if (found === undefined) throw new Error(`there is no document ${id}`)
    found.state = state
    if (message !== undefined) found.message = message
    return this.callback({ id, state }, nowMs)
  }

  callback(content: object, nowMs: number): SignedMessage {
    const body = Buffer.from(JSON.stringify(content))
    const [id, seconds] = [`msg_${randomBytes(6).toString('hex')}`, String(Math.floor(nowMs / 1000))]
    const key = Buffer.from(this.callbackSecret.slice('whsec_'.length), 'base64')
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')
    const headers = { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }
    return { headers: { ...ENCODED, ...headers }, body }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const trouble = this.troubles()
    if (trouble === 'lost') return void request.socket.destroy()
    if (trouble === 'busy') return reply(response, 503, { error: 'busy', message: 'try again later' })
    const [status, told] = this.work(request, body)
    if (trouble === 'unanswered') return void request.socket.destroy()
    if (trouble === 'silent') return
    if (trouble === 'garbled') return void response.writeHead(200).end('<html>it works</html>')
    reply(response, status, told)
  }

  private work({ method, url = '', headers }: IncomingMessage, body: string): [status: number, told: object] {
    if (headers.authorization !== `Bearer ${this.apiKey}`) return [401, { error: 'unauthorized', message: 'who is it?' }]
    if (method === 'POST' && url === '/documents') return this.take(JSON.parse(body) as TakenDocument)
    const [, id = ''] = /^\/documents\/([A-Za-z0-9-]+)$/.exec(url) ?? []
    const found = this.taken.get(id)
    if (found === undefined) return [404, { error: 'unknown_document', message: 'there is no such document' }]
    return [200, stateOf(found)]
  }

  private take(given: TakenDocument): [status: number, told: object] {
    this.sent.push(given.id)
    const known = this.taken.get(given.id)
    if (known !== undefined) return [409, stateOf(known)]
    if (given.receiver.id.startsWith('nobody'))
      return [422, { error: 'unknown_receiver', message: 'the receiver is not in the network' }]
    const taken: TakenDocument = { ...given, state: 'accepted' }
    this.taken.set(given.id, taken)
    return [202, stateOf(taken)]
  }
}

function stateOf({ id, state, message }: TakenDocument): object {
  return { id, reference: `AP-${id.slice(-6)}`, state, ...(message === undefined ? {} : { message }) }
}

function reply(response: ServerResponse, status: number, told: object): void {
  response.writeHead(status, ENCODED).end(JSON.stringify(told))
}
