import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import type { TestKvit } from './harness.ts'
import { until } from './test-postgres.ts'

export interface Told extends Json {
  readonly id: string
  readonly type: string
  readonly seq: number
}

/** Routes that write and tell nothing, with the reason. */
export const SILENT: Readonly<Record<string, string>> = {
  'POST /v1/tenants': 'it is told in the tenant’s own events, which the test looks at apart',
  'POST /v1/cloudevents': 'usage, as POST /v1/usage',
  'POST /v1/charging': 'usage: a record is no event; what it crosses or suspends is told',
  'POST /v1/charging/batch': 'usage, as above',
  'POST /v1/charging/advice': 'asks what something would cost and changes nothing',
  'POST /v1/plans/{code}/simulate': 'asks what would have been charged and changes nothing',
  'POST /v1/subscriptions/{reference}/changes/preview': 'asks what a change would cost and changes nothing',
  'POST /v1/sessions': 'the own account of a user, which is of no one tenant; the audit log has it',
  'PATCH /v1/me': 'the own account, as above',
  'POST /v1/me/password': 'the own account, as above',
  'POST /v1/me/email': 'the own account, as above',
  'POST /v1/me/second-factor': 'the own account, as above',
  'POST /v1/me/second-factor/confirm': 'the own account, as above',
  'POST /v1/me/second-factor/remove': 'the own account, as above',
  'DELETE /v1/me/sessions/{id}': 'the own account, as above',
  'POST /v1/password-reset': 'whoever asks is nobody yet; the list of users shows it, and the audit log has it',
  'POST /v1/password-reset/complete': 'the own account, as above',
  'POST /v1/pro-forma-invoices': 'no invoice: nobody owes anything by it, and no ledger has it',
  'POST /v1/callbacks/{tenant}/payment-gateways/{gateway}':
    'a provider says that something has changed: the gateway is asked, and what it says is told',
  'POST /v1/callbacks/{tenant}/terminals/{network}':
    'asked by terminals with what it tells of each time; `POST /v1/terminal-payments/{id}/cancel` walks through it',
  'POST /pay/{token}':
    'the form of a payer: what it begins is told as a payment attempt; test/payment-pages.test.ts sends it',
  'POST /unsubscribe/{token}':
    'the form of a page: what it notes is told as a preference; test/notice-links.test.ts sends it',
  'POST /v1/callbacks/{tenant}/mail-bounces':
    'what it notes is told as a message that failed or a preference; test/notice-links.test.ts sends it',
  'POST /v1/callbacks/{tenant}/notification-channels/{channel}':
    'what it notes is told as a message that failed; test/notice-receipts.test.ts sends it',
  'POST /v1/notice-messages/{id}/read': 'that somebody has read a message is seen with it',
  'POST /v1/notice-previews': 'what a message would say; nothing is kept',
  'POST /v1/callbacks/{tenant}/peppol':
    'an access point says that something has changed: it is asked, and what it says is told',
  'POST /v1/webhook-deliveries/{id}/retry': 'a request is sent once more, which its log shows',
  'POST /v1/brand-previews': 'a sample page; nothing is kept',
  'POST /v1/brand-images': 'a picture that nothing shows before a version of a brand names it, which is told',
  'POST /v1/bank-accounts/{reference}/matching': 'asks for rules to look again; what they book is told',
  'POST /v1/notification-channels/{channel}/test':
    'sends a message of somebody who tries a channel; the audit log has it',
  'POST /v1/exchange-rates': 'known to all: what others publish of currencies; nothing of the tenant changes',
  'POST /v1/exchange-rates/ecb': 'rates, as above',
  'POST /v1/journal/archive':
    'moves facts from one place of storage to another one; nothing that anybody knows changes',
}

/** Asks for routes that write, one after another, and looks at what is told of each. */
export class EventWalk {
  private readonly kvit: TestKvit
  private last: string | null = null
  /** Routes that were asked for, such as `POST /v1/accounts`. */
  readonly walked = new Set<string>()
  /** All that was told so far. */
  readonly told: Told[] = []

  constructor(kvit: TestKvit) {
    this.kvit = kvit
  }

  /** What has happened since this was asked the last time. */
  async news(): Promise<Told[]> {
    const fresh = await this.kvit.client.list<Told>(`/v1/events${this.last === null ? '' : `?cursor=${this.last}`}`)
    this.last = fresh.at(-1)?.id ?? this.last
    this.told.push(...fresh)
    return fresh
  }

  /**
   * Asks for a route, such as `POST /v1/accounts/{reference}/x`, and expects events, maybe among others.
   * @returns what it answered
   */
  async ask(
    name: string,
    values: Readonly<Record<string, string>>,
    options: { body?: unknown; raw?: string; query?: string; headers?: Record<string, string> },
    expected: readonly string[],
  ): Promise<Json> {
    await this.news()
    const [method, path] = name.split(' ') as [string, string]
    const { query = '', ...sent } = options
    const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(values[key]))
    const { status, json, text } = await this.kvit.request(method, `${address}${query}`, sent)
    assert.ok(status < 300, `${name}: ${status} ${text}`)
    this.walked.add(name)
    const found: string[] = []
    await until(`${name} tells ${expected.join(', ')}`, async () => {
      found.push(...(await this.news()).map(({ type }) => type))
      return expected.every((type) => found.includes(type))
    })
    assert.ok(expected.length > 0 || Object.hasOwn(SILENT, name), name)
    return json
  }
}
