/** The port of payment providers: its contract, held by the fake, and what a caller gets from a fake that misbehaves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FakeGateway, type GatewayTrouble } from '../packages/fakes/src/fake-gateway.ts'
import { GATEWAY_CONTRACT, type GatewayUnderTest } from '../packages/fakes/src/gateway-contract.ts'
import type { GatewayAnswer, GatewayCapabilities } from '../src/modules/payments/ports.ts'

const never = new AbortController().signal

function makerOf(made: () => FakeGateway): () => Promise<GatewayUnderTest> {
  return async () => {
    const gateway = made()
    return {
      gateway,
      ...{ good: 'card-good', empty: 'card-empty', challenged: 'card-challenged' },
      confirm: async (key, isConfirmed) => gateway.confirm(key, isConfirmed),
      callbacks: async () => gateway.takeCallbacks(),
    }
  }
}

const FAKES: Readonly<Record<string, Partial<GatewayCapabilities>>> = {
  'a gateway that can all': {},
  'one that captures at once': { capture: false, partialCapture: false, currencies: null },
  'one that can little': { partialCapture: false, refund: false, partialRefund: false, callbacks: false },
}
for (const [name, capabilities] of Object.entries(FAKES))
  for (const { rule, check } of GATEWAY_CONTRACT)
    test(`${name}: ${rule}`, async () => check(makerOf(() => new FakeGateway(() => 'none', capabilities))))

/** Adapters that are wrong, each in one way. */
const BROKEN: Readonly<Record<string, () => FakeGateway>> = {
  'charges the same key twice': () =>
    new (class extends FakeGateway {
      override authorise: FakeGateway['authorise'] = async (request, signal) =>
        super.authorise({ ...request, key: `${request.key} ${Math.random()}` }, signal)
      override query: FakeGateway['query'] = async (key, signal) => {
        const known = [...this.payments.keys()].find((one) => one.startsWith(`${key} `))
        return super.query(known ?? key, signal)
      }
    })(),
  'refunds more than was captured': () =>
    new (class extends FakeGateway {
      override refund: FakeGateway['refund'] = async (request, signal) => {
        const answer = await super.refund(request, signal)
        const found = await super.query(request.payment, signal)
        return answer.outcome === 'refused' && found.outcome === 'done' ? found : answer
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
      override parseCallback: FakeGateway['parseCallback'] = ({ body }) => ({ id: 'any', payment: body.toString() })
    })(),
  'calls what is pending captured': () =>
    new (class extends FakeGateway {
      override authorise: FakeGateway['authorise'] = async (request, signal) =>
        super.authorise({ ...request, method: request.method.replace('challenged', 'good') }, signal)
    })(),
}
for (const [name, made] of Object.entries(BROKEN))
  test(`the contract finds an adapter that ${name}`, async () => {
    const results = await Promise.allSettled(GATEWAY_CONTRACT.map(async ({ check }) => check(makerOf(made))))
    assert.ok(results.some(({ status }) => status === 'rejected'))
  })

/** Sends the same request until it is known what came of it. */
async function untilKnown(ask: () => Promise<GatewayAnswer>): Promise<GatewayAnswer> {
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
          const made = await untilKnown(async () => gateway.authorise({ key, amountMinor, currency, method }, never))
          if (made.outcome === 'refused') continue
          const capture = { key: `c${at}`, payment: key, amountMinor, currency }
          await untilKnown(async () => gateway.capture(capture, never))
          const refund = { key: `r${at}`, payment: key, amountMinor: refundMinor, currency }
          const refunded = await untilKnown(async () => gateway.refund(refund, never))
          expected.set(key, [amountMinor, refunded.outcome === 'done' ? refundMinor : 0n])
        }
        const seen = [...gateway.payments].map(([key, payment]) => [
          key,
          [payment.capturedMinor, payment.refundedMinor],
        ])
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
        await gateway.authorise({ key: `p${at}`, amountMinor, currency, method: 'card-good' }, never)
        await gateway.capture({ key: `c${at}`, payment: `p${at}`, amountMinor, currency }, never)
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
        const answer = await gateway.query(key, never)
        if (answer.outcome === 'done') books.set(key, answer.payment.capturedMinor)
      }
      for (const { one } of arriving) {
        const callback = gateway.parseCallback(one)
        if (callback !== null) await look(callback.payment)
      }
      for (let at = 0; at < count; at++) if (books.get(`p${at}`) === undefined) await look(`p${at}`)
      assert.deepEqual(
        [...books.values()],
        Array.from({ length: count }, () => amountMinor),
      )
    }),
  )
})
