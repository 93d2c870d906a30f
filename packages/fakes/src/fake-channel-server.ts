import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * What goes wrong with one request.
 * - `busy`: it is refused for now, with 7 seconds to wait; `away`: the same by 503; `broken`: it is done, and answered with 500
 * - `vanishes`: it is done, and the connection ends without an answer; `silent`: nothing is said
 * - `nonsense`: it is done, and answered with a page
 */
export type ChannelServerTrouble = 'none' | 'busy' | 'away' | 'broken' | 'vanishes' | 'silent' | 'nonsense'

export interface ChannelRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ChannelServerAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What servers have in common that take messages by HTTP: they misbehave as they are told. */
export abstract class FakeChannelServer {
  readonly requests: ChannelRequest[] = []
  /** Asked once for each request. */
  trouble: () => ChannelServerTrouble = () => 'none'
  private readonly server = createServer((request, response) => void this.serve(request, response))

  /** @returns where it listens: `http://127.0.0.1:40123` */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  protected abstract answer(request: ChannelRequest): ChannelServerAnswer
  /** How it says that there is too much of it. */
  protected abstract busy(): ChannelServerAnswer

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const asked = { method, path: url, headers, body: await buffer(request) }
    this.requests.push(asked)
    const trouble = this.trouble()
    if (trouble === 'silent') return
    if (trouble === 'busy') return this.say(response, this.busy())
    if (trouble === 'away') return this.say(response, { status: 503, headers: { 'retry-after': '7' } })
    const answer = this.answer(asked)
    if (trouble === 'vanishes') return void request.socket.destroy()
    if (trouble === 'broken') return this.say(response, { status: 500 })
    if (trouble === 'nonsense') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome!')
    this.say(response, answer)
  }

  private say(response: ServerResponse, { status, headers = {}, body }: ChannelServerAnswer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body === undefined ? '' : JSON.stringify(body))
  }
}
