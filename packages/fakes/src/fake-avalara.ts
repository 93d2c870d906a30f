import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `locked`: the account is none any more. `away`: it answers with 503. `silent`: not at all. `strange`: with something else. */
export type AvalaraTrouble = 'none' | 'locked' | 'away' | 'silent' | 'strange'

/** A jurisdiction with its rate, as a decimal of one: `0.0625` is 6.25 %. */
export interface FakeJurisdiction {
  readonly country: string
  readonly region: string
  readonly jurisType: 'Country' | 'State' | 'County' | 'City' | 'Special'
  readonly jurisName: string
  readonly taxName: string
  readonly taxType: string
  readonly rate: number
}

/** What one request asked. */
export interface AskedOfAvalara {
  readonly authorization: string
  readonly body: {
    readonly type: string
    readonly companyCode: string
    readonly date: string
    readonly addresses: { readonly shipTo: { readonly country: string; readonly region?: string } }
    readonly lines: readonly { readonly amount: number; readonly taxCode?: string; readonly description?: string }[]
  }
}

/** AvaTax's `POST /api/v2/transactions/create`, by what its documentation says of requests and answers. */
export class FakeAvalara {
  trouble: AvalaraTrouble = 'none'
  readonly asked: AskedOfAvalara[] = []
  private readonly server: Server
  private readonly rates: Readonly<Record<string, readonly FakeJurisdiction[]>>

  /** @param rates by country or region: `US/TX`, `CA` */
  constructor(rates: Readonly<Record<string, readonly FakeJurisdiction[]>>) {
    this.rates = rates
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as AskedOfAvalara['body']
        this.asked.push({ authorization: request.headers.authorization ?? '', body })
        const isRight = request.method === 'POST' && (request.url ?? '').startsWith('/api/v2/transactions/create')
        if (this.trouble === 'silent') return
        const [status, answer] = isRight ? this.answer(body) : [404, {}]
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
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

  private answer({ type, addresses, lines }: AskedOfAvalara['body']): [number, object] {
    const fault = (code: string, message: string): object => ({ error: { code, message, target: 'HttpRequest' } })
    if (this.trouble === 'locked') return [401, fault('AuthenticationException', 'Authentication failed.')]
    if (this.trouble === 'away') return [503, {}]
    if (this.trouble === 'strange') return [200, { lines: [{ details: [{ rate: 'much' }] }] }]
    const [line] = lines
    if (type !== 'SalesOrder' || line === undefined) return [400, fault('InvalidTransaction', 'No lines.')]
    const { country, region } = addresses.shipTo
    const found = this.rates[region === undefined ? country : `${country}/${region}`] ?? this.rates[country] ?? []
    const isExempt = line.taxCode === 'NT'
    const details = found.map((one) => {
      const rate = isExempt ? 0 : one.rate
      return { ...one, rate, tax: Math.round(line.amount * rate * 100) / 100, taxableAmount: line.amount }
    })
    return [201, { id: 0, code: `order-${this.asked.length}`, status: 'Temporary', lines: [{ lineNumber: '1', details }] }]
  }
}
