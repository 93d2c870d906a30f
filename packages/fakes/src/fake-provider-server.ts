import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import type { CallbackMessage } from '../../../src/modules/payment-gateways/ports.ts'
import type { GatewayTrouble, Troubles } from './fake-gateway.ts'
import { type FakePayment, type FakeRefund, type FakeSetup, ProviderBooks } from './provider-books.ts'

export type Json = Readonly<Record<string, unknown>>

/** A request as a fake provider reads it. */
export interface FakeRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface FakeAnswer {
  readonly status: number
  readonly body: Json
}

/** A callback on its way, and where it goes to, where the provider was told by the request. */
export interface SentCallback extends CallbackMessage {
  readonly id: string
  readonly url: string | null
}

/**
 * What servers have in common that speak as a provider does: they misbehave as they are told, with each request anew, and their books are
 * exact. A browser that opens the address of a page has paid on it.
 */
export abstract class FakeProviderServer {
  readonly books = new ProviderBooks()
  /** Callbacks on their way: the test says what becomes of them. */
  onWebhook: (message: SentCallback) => void = () => undefined
  /** What happens between what was done and the answer, such as that a callback comes before it. */
  beforeAnswer: () => Promise<void> = async () => undefined
  /** How often each kind of trouble came. */
  readonly troubled = new Map<GatewayTrouble, number>()
  private readonly server: Server
  private readonly troubles: Troubles
  private readonly answers = new Map<string, { readonly request: string; readonly answer: FakeAnswer }>()

  constructor(troubles: Troubles = () => 'none') {
    this.troubles = troubles
    this.server = createServer((request, response) => void this.serve(request, response))
    this.books.onChange = (subject) => this.tell(subject)
  }

  /** @returns where it listens: `http://127.0.0.1:40123` */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve))
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  /** What a payer does by opening a page. @returns whether there is such a page @throws Error where it is not open any more */
  protected abstract openPage(url: URL): boolean

  protected abstract answer(request: FakeRequest): FakeAnswer

  /** Sends a callback of a change of the books. */
  protected abstract tell(subject: FakePayment | FakeRefund | FakeSetup): void

  /**
   * What was asked for under a key gets the answer of the first time, refusals too.
   * @param mixed the answer where the key was used for something else
   */
  protected once(key: string, { method, url, body }: FakeRequest, mixed: FakeAnswer, work: () => FakeAnswer): FakeAnswer {
    const asked = `${method} ${url.pathname}\n${body}`
    const known = this.answers.get(key)
    if (known !== undefined) return known.request === asked ? known.answer : mixed
    const answer = work()
    this.answers.set(key, { request: asked, answer })
    return answer
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const body = request.method === 'POST' ? await textOf(request) : ''
    if (request.method === 'GET' && this.servePage(url, response)) return
    const trouble = this.troubles()
    this.troubled.set(trouble, (this.troubled.get(trouble) ?? 0) + 1)
    if (trouble === 'lost') return void request.socket.destroy()
    const asked = { method: request.method ?? 'GET', url, headers: request.headers, body }
    const answer = this.answer(asked)
    if (trouble === 'twice') this.answer(asked)
    await this.beforeAnswer()
    if (trouble === 'unanswered') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  }

  private servePage(url: URL, response: ServerResponse): boolean {
    try {
      if (!this.openPage(url)) return false
      response.writeHead(200, { 'content-type': 'text/plain' }).end('thank you\n')
    } catch (error) {
      response.writeHead(410, { 'content-type': 'text/plain' }).end(`${(error as Error).message}\n`)
    }
    return true
  }
}
