import { after } from 'node:test'
import type { GatewayTrouble } from '../packages/fakes/src/fake-gateway.ts'
import type { FakeProviderServer, SentCallback } from '../packages/fakes/src/fake-provider-server.ts'
import type { Client, Json } from '../src/cli/client.ts'
import { CALLS, seedOperator, startKvit, type TestConfig, type TestKvit } from './harness.ts'

export interface ProviderWorld {
  readonly kvit: TestKvit
  readonly client: Client
  /** Callbacks that were sent and not delivered yet. */
  readonly sent: SentCallback[]
  /** Sends callbacks as the provider does. @returns the statuses and bodies of the answers */
  readonly deliver: (messages: readonly SentCallback[]) => Promise<{ status: number; text: string }[]>
  /** What goes wrong with the requests that come next. */
  readonly troubles: GatewayTrouble[]
  readonly charge: (body: Json) => Promise<Json>
  readonly openOf: (invoice: unknown) => Promise<unknown>
}

/** A tenant with a gateway of a provider, which is a server of this process. */
export async function startProviderWorld(
  { tenant, clock, adapter }: { readonly tenant: string; readonly clock: string; readonly adapter: string },
  make: (troubles: () => GatewayTrouble) => FakeProviderServer,
  settings: (url: string) => Partial<TestConfig>,
  secrets: Json,
): Promise<ProviderWorld> {
  const troubles: GatewayTrouble[] = []
  const provider = make(() => troubles.shift() ?? 'none')
  const url = await provider.listen()
  after(() => provider.close())
  const kvit = await startKvit(tenant, clock, undefined, undefined, settings(url))
  const { client } = kvit
  await seedOperator(client, CALLS)
  const gateway = await client.post<Json>(`/v1/payment-gateways/${adapter}`, { adapter, secrets }, 'PUT')
  const sent: SentCallback[] = []
  provider.onWebhook = (message) => void sent.push(message)
  return {
    ...{ kvit, client, sent, troubles },
    deliver: async (messages) => {
      const answers: { status: number; text: string }[] = []
      for (const { url: address, headers, body } of messages) {
        const request = { method: 'POST', headers: headers as Record<string, string>, body: new Uint8Array(body) }
        const response = await fetch(address ?? String(gateway['callbackUrl']), request)
        answers.push({ status: response.status, text: await response.text() })
      }
      return answers
    },
    charge: async (body) => client.post<Json>('/v1/payment-attempts', body),
    openOf: async (invoice) => (await client.get<Json>(`/v1/invoices/${String(invoice)}`))['open'],
  }
}

/** Looks, at most half a minute, until a dispute of an account has come to a state. */
export async function untilDispute(client: Client, account: string, state: string): Promise<void> {
  let seen: unknown
  for (let looks = 0; looks < 600; looks++) {
    seen = (await client.list<Json>(`/v1/payment-disputes?account=${account}`))[0]?.['state']
    if (seen === state) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the dispute of ${account} is ${String(seen)}`)
}
