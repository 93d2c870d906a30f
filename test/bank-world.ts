import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { GIRO } from './bank-files-made.ts'
import { createSubscriber, seedOperator, startKvit, type TestKvit } from './harness.ts'

export interface Line extends Json {
  readonly id: string
  readonly state: string
  readonly matches: readonly (Json & { kind: string; reasons: string[]; paymentId: string | null })[]
  readonly proposals: readonly (Json & { reasons: string[] })[]
}

/** An operator with a bank account, and subscribers who owe 10.00 for January and for February each. */
export class BankWorld {
  readonly kvit: TestKvit

  private constructor(kvit: TestKvit) {
    this.kvit = kvit
  }

  static async open(tenant: string, subscribers: readonly string[]): Promise<BankWorld> {
    const kvit = await startKvit(tenant, '2026-02-01T06:00:00Z')
    await seedOperator(kvit.client)
    for (const key of subscribers) await createSubscriber(kvit.client, key)
    await runBills(kvit.client, '2026-02-01')
    await kvit.client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
    return new BankWorld(kvit)
  }

  async upload(bytes: Uint8Array): Promise<{ status: number; json: Json }> {
    const headers = { 'content-type': 'application/octet-stream' }
    return this.kvit.request('POST', '/v1/bank-files', { raw: bytes, headers })
  }

  /** Imports a file and waits until rules have looked at its lines. */
  async imported(bytes: Uint8Array): Promise<Json[]> {
    const { status, json } = await this.upload(bytes)
    assert.equal(status, 201, JSON.stringify(json))
    await this.settled()
    return json['statements'] as Json[]
  }

  async settled(): Promise<void> {
    for (;;) {
      const jobs = await this.kvit.client.list('/v1/jobs?kind=match_bank_lines')
      if (jobs.every(({ state }) => state === 'complete')) return
      assert.ok(
        jobs.every(({ state, error }) => state !== 'failed' && error === null),
        JSON.stringify(jobs),
      )
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async lines(query = ''): Promise<Line[]> {
    return this.kvit.client.list<Line>(`/v1/bank-lines${query}`)
  }

  async giro(): Promise<Json> {
    return this.kvit.client.get('/v1/bank-accounts/giro')
  }

  /** What is open of each invoice, by its number. */
  async openInvoices(): Promise<Record<string, unknown>> {
    const invoices = await this.kvit.client.list('/v1/invoices')
    return Object.fromEntries(invoices.map(({ number, open }) => [number, open]))
  }

  async numbersOf(account: string): Promise<string[]> {
    return (await this.kvit.client.list(`/v1/invoices?account=${account}`)).map(({ number }) => number as string)
  }
}
