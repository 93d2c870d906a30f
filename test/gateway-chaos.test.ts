import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { randomFrom } from '../bench/workload.ts'
import type { GatewayTrouble } from '../packages/fakes/src/fake-gateway.ts'
import { FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../packages/fakes/src/fake-stripe.ts'
import { Client, type Json } from '../src/cli/client.ts'
import type { SignedMessage } from '../src/platform/http/signature.ts'
import { ledgerMinor } from './gateway-world.ts'
import { checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

/**
 * Payments through a provider that misbehaves, by a server that is killed again and again: afterwards no document is paid twice without the
 * surplus being credit, no captured money is unknown, each payment is in the ledger once, and the clearing account is what the provider
 * holds. More of it: `KVIT_TEST_PAYMENTS=10000 KVIT_TEST_KILLS=40 node tools/run-tests.ts test/gateway-chaos.test.ts --test-timeout=10800000`.
 */
const PAYMENTS = Number(process.env['KVIT_TEST_PAYMENTS'] ?? 160)
const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 3)
const WORKERS = PAYMENTS < 1_000 ? 6 : 16
const CLOCK = '2026-02-10T12:00:00Z'
const BACK = 'https://shop.example/back'
const PRICE = '20.00'
/** Owes nothing, and pays all the same. */
const PREPAID = 'a0'

/** How many accounts have which card. */
const CARDS: readonly (readonly [card: string, accounts: number])[] = [
  ['pm_card_visa', 14],
  ['pm_card_chargeDeclinedInsufficientFunds', 2],
  ['pm_card_chargeCustomerFail', 1],
  ['pm_card_chargeDeclinedExpiredCard', 1],
  ['pm_card_authenticationRequired', 3],
]

const random = randomFrom(16)
const happens = (percent: number): boolean => random() * 100 < percent
const counts = new Map<string, Map<string, number>>()
/** One more row of the table: what went wrong, and what came of it. */
function note(fault: string, outcome: string): void {
  const row = counts.get(fault) ?? new Map<string, number>()
  row.set(outcome, (row.get(outcome) ?? 0) + 1)
  counts.set(fault, row)
}

let isCalm = false
function trouble(): GatewayTrouble {
  if (isCalm) return 'none'
  const at = random() * 100
  return at < 8 ? 'lost' : at < 18 ? 'unanswered' : at < 26 ? 'twice' : 'none'
}

const stripe = new FakeStripe({ troubles: trouble })
const stripeUrl = await stripe.listen()
after(() => stripe.close())

/** Webhooks get lost, come twice, late, and before the answer. */
let arriving: Promise<void>[] = []
stripe.onWebhook = (message) => {
  if (!isCalm && happens(30)) return note('webhook', 'lost')
  const times = !isCalm && happens(20) ? 2 : 1
  note('webhook', times === 2 ? 'twice' : 'once')
  for (let time = 0; time < times; time++) arriving.push(send(message, isCalm || happens(40) ? 0 : random() * 1_500))
}

async function send({ headers, body }: SignedMessage, delayMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  const url = `${String(process.env['KVIT_URL'])}/v1/callbacks/chaos/payment-gateways/stripe`
  const signed = { 'stripe-signature': String(headers['stripe-signature']), 'content-type': 'application/json' }
  // A server that is away does not hear of it, and nobody says it again.
  await fetch(url, { method: 'POST', headers: signed, body: body as never }).catch(() =>
    note('webhook', 'nobody there'),
  )
}

/** What becomes of one document. */
async function pay(client: Client, number: number, accounts: readonly string[]): Promise<void> {
  const account = accounts[Math.floor(random() * accounts.length)] as string
  const key = `i-${number}`
  const issued = await client.post<Json>('/v1/one-off-invoices', {
    ...{ key, account, lines: [{ description: 'A visit', unitPrice: PRICE }] },
  })
  const invoice = String(issued['invoiceId'])
  const chargeIt = async (of: string, more: Json): Promise<Json | null> =>
    client.post<Json>('/v1/payment-attempts', { key: of, account, invoice, ...more }).catch((error: unknown) => {
      assert.match(String(error), /of the document are to be paid/)
      return null
    })
  if (happens(30)) {
    const page = await chargeIt(`p-${number}`, { returnUrl: BACK })
    const isElsewhere = happens(25)
    // A card is not charged for what a page claims.
    if (page !== null && happens(30))
      note(
        'a page and a card at once',
        (await chargeIt(`c-${number}`, { method: 'default' })) === null ? 'one claims it' : 'both',
      )
    if (isElsewhere)
      await client.post('/v1/payments', {
        key: `cash-${number}`,
        account,
        method: 'cash',
        currency: 'EUR',
        amount: PRICE,
      })
    if (isElsewhere) note('paid in cash meanwhile', 'surplus')
    if (happens(80)) await payOnPage(String(page?.['payerUrl'] ?? ''), number)
    return
  }
  const isThere = happens(50)
  const attempt = await chargeIt(`c-${number}`, { method: 'default', ...(isThere ? { returnUrl: BACK } : {}) })
  const url = attempt?.['payerUrl']
  if (typeof url === 'string' && happens(80))
    await visit(`${url}?confirm=${happens(75) ? 'yes' : 'no'}`, 'confirmation')
  const payment = attempt?.['paymentId']
  if (typeof payment !== 'string') return
  const id = String(attempt?.['providerId'])
  if (happens(6)) {
    stripe.books.dispute(id)
    if (happens(70)) stripe.books.decide(id, happens(50))
  } else if (happens(12)) await refundSurplus(client, `s-${number}`)
}

/** Money of an account that owes nothing, some of it paid back through the gateway. */
async function refundSurplus(client: Client, key: string): Promise<void> {
  const charge = { key, account: PREPAID, amount: '9.00', method: 'default' }
  const paid = await client.post<Json>('/v1/payment-attempts', charge)
  if (typeof paid['paymentId'] !== 'string') return
  const path = `/v1/payments/${paid['paymentId']}/refunds`
  const refund = await client.post<Json>(path, { key, amount: '4.00', reason: 'too much' })
  const sending = await client.post<Json>(`/v1/refunds/${String(refund['id'])}/send`, { key: `${key}-back` })
  note('refund', String(sending['state']))
}

async function payOnPage(url: string, number: number): Promise<void> {
  const card = number % 7 === 0 ? 'pm_card_chargeDeclinedInsufficientFunds' : 'pm_card_visa'
  if (url.startsWith('http')) await visit(`${url}?method=${card}`, 'page')
}

async function visit(url: string, what: string): Promise<void> {
  const response = await fetch(url)
  note(what, response.status === 200 ? 'done' : 'over already')
}

async function attemptsOf(client: Client, ...states: string[]): Promise<Json[]> {
  const lists = await Promise.all(states.map(async (state) => client.list<Json>(`/v1/payment-attempts?state=${state}`)))
  return lists.flat()
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 600_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

test(`${PAYMENTS} payments and ${KILLS} kills: nothing is paid twice, nothing is lost, and the clearing account is what the provider holds`, async (t) => {
  process.env['KVIT_STRIPE_URL'] = stripeUrl
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  const client = new Client(server.config, 'chaos', 600)
  await client.post('/v1/tenants', { name: 'chaos', clock: CLOCK })
  await seedOperator(client)
  const secrets = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
  await client.post('/v1/payment-gateways/stripe', { adapter: 'stripe', secrets }, 'PUT')
  const accounts: string[] = []
  for (const [card, many] of CARDS)
    for (let at = 0; at < many; at++) {
      const key = `a${accounts.length}`
      await client.post('/v1/customers', { key, name: `Payer ${key}` })
      const terms = { issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
      await client.post('/v1/accounts', { key, customer: key, ...terms })
      await client.post('/v1/payment-methods', { key: `card-${key}`, account: key, token: card })
      accounts.push(key)
    }
  await until(
    'all cards are kept',
    async () => (await client.list(`/v1/payment-methods?state=active`)).length === accounts.length,
  )

  let begun = 0
  let failure: unknown
  const working = Array.from({ length: WORKERS }, async () => {
    while (begun < PAYMENTS && failure === undefined) await pay(client, ++begun, accounts.slice(1))
  }).map(async (worker) =>
    worker.catch((error: unknown) => {
      failure ??= error
    }),
  )
  for (let kill = 1; kill <= KILLS; kill++) {
    await until('the next kill', async () => failure !== undefined || begun >= (PAYMENTS * kill) / (KILLS + 1))
    await server.kill()
    await server.start()
    if (kill === Math.ceil(KILLS / 2)) stripe.books.payOut('EUR')
  }
  await Promise.all(working)
  if (failure !== undefined) throw failure

  // The provider is well again, and says of itself nothing that it has not said: Kvit asks until it knows.
  isCalm = true
  await Promise.all(arriving)
  arriving = []
  await until('nothing is unknown', async () => (await attemptsOf(client, 'created', 'unknown')).length === 0)
  for (const { id } of stripe.sessions.values()) stripe.expire(id)
  for (const { isChallenged, state, id } of [...stripe.books.payments.values()])
    if (isChallenged && state === 'pending') stripe.books.confirm(id, happens(50))
  for (const { id } of await attemptsOf(client, 'pending'))
    await client.post(`/v1/payment-attempts/${String(id)}/ask`, {})
  await until(
    'nothing is pending',
    async () => (await attemptsOf(client, 'created', 'unknown', 'pending')).length === 0,
  )
  // Transfers to the bank say what nobody has told: disputes whose webhooks were lost.
  stripe.books.payOut('EUR')
  const { found } = await client.post<{ found: number }>('/v1/payment-gateways/stripe/payouts', {})
  const disputed = [...stripe.books.payments.values()].filter(({ disputes }) => disputes.length > 0)
  await until(
    'all disputes are known',
    async () => (await client.list('/v1/payment-disputes')).length === disputed.length,
  )

  const charges = (await client.list<Json>('/v1/payment-attempts')).filter(({ kind }) => kind === 'charge')
  const known = new Map(charges.map((charge) => [String(charge['id']), charge]))
  const cents = (text: unknown): bigint => BigInt(String(text).replace('.', ''))
  for (const { key, state, capturedMinor } of stripe.books.payments.values()) {
    const charge = known.get(key)
    assert.equal(cents(charge?.['captured'] ?? '0.00'), capturedMinor, `${key}: ${state}`)
    assert.equal(charge?.['state'], capturedMinor > 0n ? 'succeeded' : 'failed', key)
  }
  for (const charge of charges) {
    const own = [...stripe.books.payments.values()].filter(({ key }) => key === charge['id'])
    assert.ok(
      own.filter(({ capturedMinor }) => capturedMinor > 0n).length <= 1,
      `${String(charge['key'])} is charged once`,
    )
    note(`charge: ${String(charge['reason'] ?? 'none')}`, String(charge['state']))
  }
  for (const { kind, open, number } of await client.list<Json>('/v1/invoices'))
    if (kind === 'invoice') assert.ok(cents(open) >= 0n, `${String(number)} is paid twice`)
  assert.equal(await ledgerMinor(client, 'cash:gateway:stripe'), stripe.books.heldMinor('EUR'))
  assert.deepEqual(await checkHolds(client), [])
  for (const [kind, times] of stripe.troubled) note(`request: ${kind}`, `${times}`)
  for (const [fault, outcomes] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    t.diagnostic(`${fault} | ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`)
  t.diagnostic(
    `${server.kills} kills, ${PAYMENTS} documents, ${charges.length} charges, ${stripe.books.refunds.size} refunds, ${disputed.length} disputes, ${found} payouts`,
  )
})
