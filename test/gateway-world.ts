import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { Troubles } from '../packages/fakes/src/fake-gateway.ts'
import { FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../packages/fakes/src/fake-stripe.ts'
import type { Client, Json } from '../src/cli/client.ts'
import { formatMinor } from '../src/core/base/money.ts'
import type { SignedMessage } from '../src/platform/http/signature.ts'
import { CALLS, createSubscriber, seedOperator, startKvit, type TestKvit } from './harness.ts'

/** Where payers come back to. */
export const BACK = 'https://shop.example/back'

export interface GatewayWorld {
  readonly kvit: TestKvit
  readonly client: Client
  readonly stripe: FakeStripe
  /** Sends webhooks that Stripe has signed. */
  readonly deliver: (messages: readonly SignedMessage[]) => Promise<number[]>
  /** Webhooks that were sent and not delivered yet. */
  readonly sent: SignedMessage[]
}

/** A tenant with a gateway of Stripe, which is a server of this process. */
export async function startGatewayWorld(tenant: string, clock: string, troubles?: Troubles): Promise<GatewayWorld> {
  const stripe = new FakeStripe(troubles === undefined ? {} : { troubles })
  const stripeUrl = await stripe.listen()
  after(() => stripe.close())
  const kvit = await startKvit(tenant, clock, undefined, undefined, { stripeUrl })
  const { client, request } = kvit
  await seedOperator(client, CALLS)
  await setUpStripe(client)
  const sent: SignedMessage[] = []
  stripe.onWebhook = (message) => void sent.push(message)
  return {
    ...{ kvit, client, stripe, sent },
    deliver: async (messages) => {
      const statuses: number[] = []
      for (const { headers, body } of messages) {
        const without = { authorization: '', 'kvit-tenant': '' }
        const url = `/v1/callbacks/${tenant}/payment-gateways/stripe`
        const sending = { ...without, 'stripe-signature': String(headers['stripe-signature']) }
        statuses.push((await request('POST', url, { raw: body, headers: sending })).status)
      }
      return statuses
    },
  }
}

async function setUpStripe(client: Client): Promise<Json> {
  const secrets = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
  return client.post('/v1/payment-gateways/stripe', { adapter: 'stripe', secrets }, 'PUT')
}

/** A subscriber with a card that Stripe keeps. */
export async function payerWith(client: Client, key: string, card = 'pm_card_visa'): Promise<void> {
  await createSubscriber(client, key)
  const method = await client.post<Json>('/v1/payment-methods', { key: `card-${key}`, account: key, token: card })
  assert.equal(method['state'], 'active', JSON.stringify(method))
}

/** The oldest document of an account: of two that have 10.00 each, for January and for February. */
export async function invoiceOf(client: Client, account: string): Promise<Json> {
  const invoices = await client.list<Json>(`/v1/invoices?account=${account}`)
  return invoices[0] as Json
}

/** The balance of an account of the ledger, of a currency with hundredths. */
export async function ledgerOf(client: Client, ledgerAccount: string): Promise<string> {
  return formatMinor(await ledgerMinor(client, ledgerAccount), 'EUR')
}

/** The same in hundredths. */
export async function ledgerMinor(client: Client, ledgerAccount: string): Promise<bigint> {
  const { items } = await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
    '/v1/ledger/trial-balance',
  )
  const found = items.find((item) => item.ledgerAccount === ledgerAccount)
  const minor = (text: string): bigint => BigInt(text.replace('.', ''))
  return found === undefined ? 0n : minor(found.debit) - minor(found.credit)
}

/** Waits, at most half a minute, until an attempt has come to one of the states. */
export async function untilState(client: Client, attempt: string, ...states: string[]): Promise<Json> {
  for (let looks = 0; looks < 600; looks++) {
    const found = await client.get<Json>(`/v1/payment-attempts/${attempt}`)
    if (states.includes(String(found['state']))) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${attempt} is none of ${states.join(', ')}`)
}
