/** The port of payment providers: its contract, held by the fake, and what a caller gets from a fake that misbehaves. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { FakeGateway, type GatewayTrouble } from '../packages/fakes/src/fake-gateway.ts'
import { FakeLiqPay, LIQPAY_PRIVATE_KEY, LIQPAY_PUBLIC_KEY } from '../packages/fakes/src/fake-liqpay.ts'
import { FakeMollie, MOLLIE_KEY, MOLLIE_TOKEN } from '../packages/fakes/src/fake-mollie.ts'
import { FakePayPal, PAYPAL_CLIENT, PAYPAL_SECRET, PAYPAL_WEBHOOK } from '../packages/fakes/src/fake-paypal.ts'
import { FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../packages/fakes/src/fake-stripe.ts'
import {
  FakeWayForPay,
  WAYFORPAY_ACCOUNT,
  WAYFORPAY_DOMAIN,
  WAYFORPAY_KEY,
} from '../packages/fakes/src/fake-wayforpay.ts'
import { GATEWAY_CONTRACT, type GatewayUnderTest } from '../packages/fakes/src/gateway-contract.ts'
import { liqPayAdapter } from '../src/adapters/liqpay/liqpay-adapter.ts'
import { mollieAdapter } from '../src/adapters/mollie/mollie-adapter.ts'
import { payPalAdapter } from '../src/adapters/paypal/paypal-adapter.ts'
import { stripeAdapter } from '../src/adapters/stripe/stripe-adapter.ts'
import { wayForPayAdapter } from '../src/adapters/wayforpay/wayforpay-adapter.ts'
import type {
  CallbackMessage,
  GatewayAnswer,
  GatewayCapabilities,
  PaymentGateway,
} from '../src/modules/payment-gateways/ports.ts'

const never = new AbortController().signal

function makerOf(made: () => FakeGateway): () => Promise<GatewayUnderTest> {
  return async () => {
    const gateway = made()
    return {
      gateway,
      ...{ good: 'card-good', empty: 'card-empty', challenged: 'card-challenged', fresh: 'card-fresh' },
      confirm: async (key, isConfirmed) => gateway.confirm(key, isConfirmed),
      callbacks: async () => gateway.takeCallbacks(),
      dispute: async (id) => gateway.books.dispute(id),
      decide: async (id, isWon) => gateway.books.decide(id, isWon),
      payOut: async (currency) => void gateway.books.payOut(currency),
    }
  }
}

const FAKES: Readonly<Record<string, Partial<GatewayCapabilities>>> = {
  'a gateway that can all': {},
  'one that captures at once': { capture: false, partialCapture: false, currencies: null },
  'one that can little': {
    ...{ partialCapture: false, refund: false, partialRefund: false, callbacks: false, setUp: false, payouts: false },
  },
}
for (const [name, capabilities] of Object.entries(FAKES))
  for (const { rule, check } of GATEWAY_CONTRACT)
    test(`${name}: ${rule}`, async () => check(makerOf(() => new FakeGateway(() => 'none', capabilities))))

/** Has a gateway keep a means of payment. */
async function kept(gateway: PaymentGateway, token: string): Promise<string> {
  const answer = await gateway.setUp({ key: `keep-${token}`, token, returnUrl: null }, never)
  return answer.outcome === 'done' ? (answer.result.method?.token ?? '') : ''
}

/** Stripe's adapter, with a server that speaks as Stripe does. */
async function makeStripe(): Promise<GatewayUnderTest> {
  const stripe = new FakeStripe()
  after(() => stripe.close())
  const sent: CallbackMessage[] = []
  stripe.onWebhook = (message) => void sent.push(message)
  const credentials = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
  const gateway = stripeAdapter(await stripe.listen()).open(credentials, '')
  return {
    gateway,
    good: await kept(gateway, 'pm_card_visa'),
    empty: await kept(gateway, 'pm_card_chargeDeclinedInsufficientFunds'),
    challenged: await kept(gateway, 'pm_card_authenticationRequired'),
    fresh: 'pm_card_mastercard',
    confirm: async (key, isConfirmed) => stripe.confirm(key, isConfirmed),
    callbacks: async () => sent,
    dispute: async (id) => stripe.books.dispute(id),
    decide: async (id, isWon) => stripe.books.decide(id, isWon),
    payOut: async (currency) => void stripe.books.payOut(currency),
  }
}
/** Mollie's adapter, with a server that speaks as Mollie does. */
async function makeMollie(): Promise<GatewayUnderTest> {
  const mollie = new FakeMollie()
  after(() => mollie.close())
  const sent: CallbackMessage[] = []
  const credentials = { apiKey: MOLLIE_KEY, accessToken: MOLLIE_TOKEN }
  const gateway = mollieAdapter(await mollie.listen()).open(credentials, 'https://billing.example/callback')
  const [good, empty] = [await kept(gateway, 'tkn_visa'), await kept(gateway, 'tkn_empty')]
  mollie.onWebhook = (message) => void sent.push(message)
  return {
    ...{ gateway, good, empty, challenged: null, fresh: 'tkn_mastercard' },
    confirm: async (key, isConfirmed) => mollie.confirm(key, isConfirmed),
    callbacks: async () => sent,
    dispute: async (id) => mollie.books.dispute(id),
    decide: async (id, isWon) => mollie.books.decide(id, isWon),
    payOut: async (currency) => void mollie.books.payOut(currency),
  }
}

/** PayPal's adapter, with a server that speaks as PayPal does. */
async function makePayPal(): Promise<GatewayUnderTest> {
  const paypal = new FakePayPal()
  after(() => paypal.close())
  const sent: CallbackMessage[] = []
  const credentials = { clientId: PAYPAL_CLIENT, clientSecret: PAYPAL_SECRET, webhookId: PAYPAL_WEBHOOK }
  const gateway = payPalAdapter(await paypal.listen()).open(credentials, '')
  paypal.onWebhook = (message) => void sent.push(message)
  return {
    gateway,
    good: await kept(gateway, 'st-visa'),
    empty: await kept(gateway, 'st-empty'),
    challenged: await kept(gateway, 'st-challenged'),
    fresh: 'st-mastercard',
    confirm: async (key, isConfirmed) => paypal.confirm(key, isConfirmed),
    callbacks: async () => sent,
    dispute: async (id) => paypal.books.dispute(paypal.captureOf(id)),
    decide: async (id, isWon) => paypal.books.decide(paypal.captureOf(id), isWon),
    payOut: async (currency) => void paypal.books.payOut(currency),
  }
}

/** WayForPay's adapter, with a server that speaks as WayForPay does: all is paid on its page. */
async function makeWayForPay(): Promise<GatewayUnderTest> {
  const wayforpay = new FakeWayForPay()
  after(() => wayforpay.close())
  const sent: CallbackMessage[] = []
  wayforpay.onWebhook = (message) => void sent.push(message)
  const merchant = { merchantAccount: WAYFORPAY_ACCOUNT, secretKey: WAYFORPAY_KEY, merchantDomain: WAYFORPAY_DOMAIN }
  return {
    gateway: wayForPayAdapter(await wayforpay.listen()).open(merchant, 'https://billing.example/callback'),
    ...{ good: null, empty: null, challenged: null, fresh: '' },
    confirm: async (key, isConfirmed) => void wayforpay.books.confirm(key, isConfirmed),
    callbacks: async () => sent,
    dispute: async (id) => wayforpay.books.dispute(id),
    decide: async (id, isWon) => wayforpay.books.decide(id, isWon),
    payOut: async (currency) => void wayforpay.books.payOut(currency),
  }
}

/** LiqPay's adapter, with a server that speaks as LiqPay does. What a page is about is known there once somebody has opened it. */
async function makeLiqPay(): Promise<GatewayUnderTest> {
  const liqpay = new FakeLiqPay()
  after(() => liqpay.close())
  const sent: CallbackMessage[] = []
  liqpay.onWebhook = (message) => void sent.push(message)
  const shop = { publicKey: LIQPAY_PUBLIC_KEY, privateKey: LIQPAY_PRIVATE_KEY }
  const gateway = liqPayAdapter(await liqpay.listen()).open(shop, 'https://billing.example/callback')
  return {
    gateway: {
      ...gateway,
      authorise: async (request, signal) => {
        const answer = await gateway.authorise(request, signal)
        if (answer.outcome === 'done' && typeof answer.result.payerUrl === 'string')
          liqpay.visit(answer.result.payerUrl)
        return answer
      },
    },
    ...{ good: null, empty: null, challenged: null, fresh: '' },
    confirm: async (key, isConfirmed) => void liqpay.books.confirm(key, isConfirmed),
    callbacks: async () => sent,
    dispute: async (id) => liqpay.books.dispute(id),
    decide: async (id, isWon) => liqpay.books.decide(id, isWon),
    payOut: async (currency) => void liqpay.books.payOut(currency),
  }
}

const MAKERS = {
  ...{ stripe: makeStripe, mollie: makeMollie, paypal: makePayPal },
  ...{ wayforpay: makeWayForPay, liqpay: makeLiqPay },
}
for (const [name, make] of Object.entries(MAKERS))
  for (const { rule, check } of GATEWAY_CONTRACT) test(`${name}: ${rule}`, async () => check(make))

/** Adapters that are wrong, each in one way. */
const BROKEN: Readonly<Record<string, () => FakeGateway>> = {
  'charges the same key twice': () =>
    new (class extends FakeGateway {
      override authorise: FakeGateway['authorise'] = async (request, signal) =>
        super.authorise({ ...request, key: `${request.key} ${Math.random()}` }, signal)
      override query: FakeGateway['query'] = async (key, signal) => {
        const known = this.books.payments.values().find((one) => one.key.startsWith(`${key.key} `))
        return super.query({ ...key, key: known?.key ?? key.key }, signal)
      }
    })(),
  'refunds more than was captured': () =>
    new (class extends FakeGateway {
      override refund: FakeGateway['refund'] = async (request, signal) => {
        const answer = await super.refund(request, signal)
        const done = { outcome: 'done', result: { id: 're_1', state: 'done' } } as const
        return answer.outcome === 'refused' && this.books.paymentOf(request.payment.key) !== undefined ? done : answer
      }
    })(),
  'throws where nobody waits': () =>
    new (class extends FakeGateway {
      override query: FakeGateway['query'] = async (key, signal) => {
        signal.throwIfAborted()
        return super.query(key, signal)
      }
    })(),
  'takes any callback': () =>
    new (class extends FakeGateway {
      override parseCallback: FakeGateway['parseCallback'] = ({ body }: CallbackMessage) => ({
        id: 'any',
        key: body.toString(),
        subjectId: null,
      })
    })(),
  'calls what is pending captured': () =>
    new (class extends FakeGateway {
      override authorise: FakeGateway['authorise'] = async (request, signal) =>
        super.authorise({ ...request, method: request.method?.replace('challenged', 'good') ?? null }, signal)
    })(),
}
for (const [name, made] of Object.entries(BROKEN))
  test(`the contract finds an adapter that ${name}`, async () => {
    const results = await Promise.allSettled(GATEWAY_CONTRACT.map(async ({ check }) => check(makerOf(made))))
    assert.ok(results.some(({ status }) => status === 'rejected'))
  })

const referenceTo = (key: string) => ({ key, id: null, askedMs: 0 })

/** Sends the same request until it is known what came of it. */
async function untilKnown<T>(ask: () => Promise<GatewayAnswer<T>>): Promise<GatewayAnswer<T>> {
  for (;;) {
    const answer = await ask()
    if (answer.outcome !== 'unknown') return answer
  }
}

const trouble = fc.constantFrom<GatewayTrouble>('none', 'lost', 'unanswered', 'twice')
const purchase = fc.record({
  method: fc.constantFrom('card-good', 'card-good', 'card-empty', 'card-stolen'),
  amountMinor: fc.bigInt({ min: 1n, max: 10_000n }),
  refundMinor: fc.bigInt({ min: 0n, max: 12_000n }),
})

test('whatever is lost, unanswered or sent twice: who asks again by key knows in the end what the gateway has, and nobody pays twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(purchase, { maxLength: 8 }),
      fc.array(trouble, { maxLength: 60 }),
      async (all, troubles) => {
        const left = [...troubles]
        const gateway = new FakeGateway(() => left.shift() ?? 'none')
        const expected = new Map<string, readonly [captured: bigint, refunded: bigint]>()
        for (const [at, { method, amountMinor, refundMinor }] of all.entries()) {
          const [key, currency] = [`p${at}`, 'EUR']
          const payer = { method, returnUrl: null, description: key }
          const made = await untilKnown(async () => gateway.authorise({ key, amountMinor, currency, ...payer }, never))
          if (made.outcome === 'refused') continue
          const payment = referenceTo(key)
          const capture = { key: `c${at}`, payment, amountMinor, currency }
          await untilKnown(async () => gateway.capture(capture, never))
          const refund = { key: `r${at}`, payment, amountMinor: refundMinor, currency }
          const refunded = await untilKnown(async () => gateway.refund(refund, never))
          expected.set(key, [amountMinor, refunded.outcome === 'done' ? refundMinor : 0n])
        }
        const seen = [...gateway.books.payments.values()]
          .filter(({ state }) => state === 'captured')
          .map(({ key, capturedMinor, refundedMinor }) => [key, [capturedMinor, refundedMinor]])
        assert.deepEqual(new Map(seen as never), expected)
      },
    ),
  )
})

test('callbacks that are lost, doubled and out of order lead to the right books, because each one only makes somebody ask', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 5 })), fc.integer({ min: 1, max: 6 }), async (chance, count) => {
      const gateway = new FakeGateway()
      const [currency, amountMinor] = ['EUR', 100n]
      for (let at = 0; at < count; at++) {
        const payer = { method: 'card-good', returnUrl: null, description: '' }
        await gateway.authorise({ key: `p${at}`, amountMinor, currency, ...payer }, never)
        await gateway.capture({ key: `c${at}`, payment: referenceTo(`p${at}`), amountMinor, currency }, never)
      }
      const next = (): number => chance.next().value ?? 0
      const sent = gateway.takeCallbacks()
      // Each comes not at all, once or twice, wherever; the last word on each payment comes by asking for those that are open.
      const arriving = sent
        .flatMap((one) => Array.from({ length: next() % 3 }, () => one))
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
      const books = new Map<string, bigint>()
      const look = async (key: string): Promise<void> => {
        const answer = await gateway.query(referenceTo(key), never)
        if (answer.outcome === 'done') books.set(key, answer.result.capturedMinor)
      }
      for (const { one } of arriving) {
        const callback = gateway.parseCallback(one)
        if (callback !== null) await look(callback.key ?? '')
      }
      for (let at = 0; at < count; at++) if (books.get(`p${at}`) === undefined) await look(`p${at}`)
      assert.deepEqual(
        [...books.values()],
        Array.from({ length: count }, () => amountMinor),
      )
    }),
  )
})
