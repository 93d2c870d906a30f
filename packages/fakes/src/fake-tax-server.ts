import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'

/** `locked`: the account is none any more. `away`: it answers with 503. `silent`: not at all. `strange`: with something else. */
export type TaxTrouble = 'none' | 'locked' | 'away' | 'silent' | 'strange'

export interface TaxRequest {
  readonly method: string
  readonly url: string
  readonly authorization: string
  readonly text: string
}

/** What servers have in common that speak as engines of tax do, and misbehave as they are told. */
export abstract class FakeTaxServer {
  trouble: TaxTrouble = 'none'
  private readonly server: Server

  constructor() {
    this.server = createServer((request, response) => {
      const { method = '', url = '', headers } = request
      void textOf(request).then((text) => {
        const [status, body] = this.answer({ method, url, authorization: headers.authorization ?? '', text })
        if (this.trouble === 'silent') return
        const [troubled, fault] = this.trouble === 'away' ? [503, {}] : [status, body]
        response.writeHead(troubled, { 'content-type': 'application/json' }).end(JSON.stringify(fault))
      })
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Notes what was asked. @returns the status and the body of the answer */
  protected abstract answer(request: TaxRequest): [number, object]
}
