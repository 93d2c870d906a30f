/** At which gateway a page is begun: by its priority, the country of the customer, the amount, and whether it answers. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FakeMollie, MOLLIE_KEY } from '../packages/fakes/src/fake-mollie.ts'
import { FakeStripe, STRIPE_KEY } from '../packages/fakes/src/fake-stripe.ts'
import type { Json } from '../src/cli/client.ts'
import { BACK, untilState } from './gateway-world.ts'
import { createSubscriber } from './harness.ts'
import { startProviderWorld } from './provider-world.ts'

let isAway = false
const stripe = new FakeStripe({ troubles: () => (isAway ? 'lost' : 'none') })
const stripeUrl = await stripe.listen()
after(() => stripe.close())
const { client, charge } = await startProviderWorld(
  { tenant: 'route', clock: '2026-02-01T06:00:00Z', adapter: 'mollie' },
  (troubles) => new FakeMollie({ troubles }),
  (mollieUrl) => ({ mollieUrl, stripeUrl }),
  { apiKey: MOLLIE_KEY },
)
const routing = { countries: ['NL', 'DE'], amounts: [{ currency: 'EUR', least: '5.00', most: '100.00' }] }
const first = { adapter: 'stripe', priority: 1, secrets: { secretKey: STRIPE_KEY } }
const setFirst = async (terms: Json): Promise<Json> =>
  client.post<Json>('/v1/payment-gateways/stripe', { ...first, ...terms }, 'PUT')
for (const [key, country] of [
  ['nel', 'NL'],
  ['fra', 'FR'],
] as const) {
  await createSubscriber(client, key)
  await client.post(`/v1/customers/${key}`, { postalAddress: { country, lines: [] } }, 'PATCH')
}
await createSubscriber(client, 'non')
let pages = 0
const gatewayOf = async (account: string, amount: string): Promise<string> => {
  const page = await charge({ key: `page-${++pages}`, account, amount, returnUrl: BACK })
  return `${String(page['gateway'])} ${String(page['state'])}`
}

test('a page goes to the first gateway that takes its country and amount, bounds included; others to the next one', async () => {
  const told = await setFirst(routing)
  assert.deepEqual([told['countries'], told['amounts']], [routing.countries, routing.amounts])
  for (const [account, amount, gateway] of [
    ['nel', '5.00', 'stripe'],
    ['nel', '100.00', 'stripe'],
    ['nel', '4.99', 'mollie'],
    ['nel', '100.01', 'mollie'],
    ['fra', '50.00', 'mollie'],
    ['non', '50.00', 'mollie'],
  ] as const)
    assert.equal(await gatewayOf(account, amount), `${gateway} pending`, `${account} ${amount}`)
  // One that is named has to take it.
  const named = { key: 'named', account: 'fra', amount: '50.00', returnUrl: BACK, gateway: 'stripe' }
  await assert.rejects(charge(named), /the gateway stripe is closed, or has not/)
  await setFirst({ countries: null, amounts: [{ currency: 'USD', least: '900.00' }] })
  assert.equal(await gatewayOf('non', '0.01'), 'stripe pending')
})

test('bounds that make no sense are refused', async () => {
  for (const [amounts, words] of [
    [[{ currency: 'EUR', least: '5.001' }], /EUR has 2 digits/],
    [[{ currency: 'EUR', least: '6.00', most: '5.00' }], /least is more than most/],
    [[{ currency: 'EUR' }, { currency: 'EUR' }], /EUR is there already/],
  ] as const)
    await assert.rejects(setFirst({ amounts }), words)
})

test('a gateway that did not answer is asked last, until it answers again', async () => {
  await setFirst({ unansweredMost: 2 })
  isAway = true
  assert.equal(await gatewayOf('nel', '10.00'), 'stripe unknown')
  assert.equal(await gatewayOf('nel', '10.00'), 'stripe unknown')
  assert.equal(await gatewayOf('nel', '10.00'), 'mollie pending')
  // There is no other one any more.
  await client.post('/v1/payment-gateways/mollie', { adapter: 'mollie', isOpen: false }, 'PUT')
  assert.equal(await gatewayOf('nel', '10.00'), 'stripe unknown')
  await client.post('/v1/payment-gateways/mollie', { adapter: 'mollie' }, 'PUT')
  assert.equal(await gatewayOf('nel', '10.00'), 'mollie pending')
  isAway = false
  const last = `page-${pages - 1}`
  await client.post(`/v1/payment-attempts/${last}/ask`, {})
  await untilState(client, last, 'pending')
  assert.equal(await gatewayOf('nel', '10.00'), 'stripe pending')
})
