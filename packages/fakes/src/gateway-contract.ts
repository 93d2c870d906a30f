import assert from 'node:assert/strict'
import type {
  AuthoriseRequest,
  CallbackMessage,
  GatewayAnswer,
  GatewayPayment,
  GatewayReference,
  GatewayReport,
  PaymentGateway,
} from '../../../src/modules/payment-gateways/ports.ts'
import { systemClock } from '../../../src/platform/clock.ts'

/** A gateway of a test, without troubles, and means of payment whose fate is known, as the gateway keeps them. */
export interface GatewayUnderTest {
  readonly gateway: PaymentGateway
  /** Null where it keeps none, and every payment is made on a page: `confirm` has the payer pay. */
  readonly good: string | null
  /** Refused for want of money; null where a page is what tells of it. */
  readonly empty: string | null
  /** One that the payer has to confirm, and how the payer does or does not; null where kept ones never need the payer: then it is a page. */
  readonly challenged: string | null
  readonly confirm: (key: string, isConfirmed: boolean) => Promise<void>
  /** A means of payment that is not kept yet. */
  readonly fresh: string
  /** The callbacks that were sent so far; none where the gateway sends none. */
  readonly callbacks: () => Promise<readonly CallbackMessage[]>
  /** The payer disputes a payment, and the bank decides. */
  readonly dispute: (id: string) => Promise<void>
  readonly decide: (id: string, isWon: boolean) => Promise<void>
  /** It transfers all that it holds to the bank. */
  readonly payOut: (currency: string) => Promise<void>
}

const WAITING = new AbortController().signal
const GONE = AbortSignal.abort()
let keys = 0
const newKey = (): string => `contract-${process.pid}-${++keys}`

function doneOf<T>(answer: GatewayAnswer<T> | GatewayReport<T>): T {
  assert.equal(answer.outcome, 'done', `${answer.outcome} ${'reason' in answer ? answer.reason : ''}`)
  return (answer as { readonly result: T }).result
}

function isRefused(answer: GatewayAnswer<unknown>): void {
  assert.equal(answer.outcome, 'refused')
}

const currencyOf = ({ capabilities }: PaymentGateway): string => capabilities.currencies?.[0] ?? 'EUR'
const referenceTo = (key: string, id: string | null = null): GatewayReference => ({ key, id, askedMs: systemClock.nowMs() })

function asked({ gateway, good }: GatewayUnderTest, amountMinor: bigint, method: string | null = good): AuthoriseRequest {
  const currency = currencyOf(gateway)
  return { key: newKey(), amountMinor, currency, method, returnUrl: 'https://shop.example/back', description: 'INV-1' }
}

type Movement = Parameters<PaymentGateway['refund']>[0]
const moving = ({ key, amountMinor, currency }: AuthoriseRequest): Movement => {
  return { key: newKey(), amountMinor, currency, payment: referenceTo(key) }
}

/** A payment that is authorised; where no means of payment is kept, the payer pays on a page. */
async function authorised({ gateway, confirm }: GatewayUnderTest, request: AuthoriseRequest): Promise<GatewayPayment> {
  const made = doneOf(await gateway.authorise(request, WAITING))
  if (request.method !== null) return made
  await confirm(request.key, true)
  return doneOf(await gateway.query(referenceTo(request.key, made.id), WAITING))
}

/** A payment that is captured, whether at once or by a second request. */
async function captured(given: GatewayUnderTest, amountMinor: bigint): Promise<{ request: AuthoriseRequest; id: string }> {
  const request = asked(given, amountMinor)
  const { id } = await authorised(given, request)
  if (given.gateway.capabilities.capture) doneOf(await given.gateway.capture(moving(request), WAITING))
  return { request, id }
}

/** What every adapter of `PaymentGateway` holds: a rule, and what throws where an adapter breaks it. */
export const GATEWAY_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<GatewayUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a payment is authorised, captured and refunded, and query tells the totals, by key and by id',
    check: async (make) => {
      const given = await make()
      const { gateway } = given
      const { capture, partialCapture, refund, partialRefund } = gateway.capabilities
      const request = asked(given, 1000n)
      const made = await authorised(given, request)
      assert.deepEqual([made.authorisedMinor, made.capturedMinor, made.payerUrl], [1000n, capture ? 0n : 1000n, null])
      const taken = capture && partialCapture ? 900n : 1000n
      if (capture) {
        const first = doneOf(await gateway.capture({ ...moving(request), amountMinor: taken }, WAITING))
        assert.deepEqual([first.state, first.capturedMinor], ['captured', taken])
      }
      const back = partialRefund ? 300n : taken
      if (refund) {
        const move = { ...moving(request), amountMinor: back }
        const made = doneOf(await gateway.refund(move, WAITING))
        assert.equal(made.state, 'done')
        for (const id of [null, made.id]) {
          const seen = await gateway.queryRefund(referenceTo(move.key, id), referenceTo(request.key, doneOf(await gateway.query(referenceTo(request.key), WAITING)).id), WAITING)
          assert.deepEqual(doneOf(seen), made)
        }
      }
      for (const id of [null, made.id]) {
        const seen = doneOf(await gateway.query(referenceTo(request.key, id), WAITING))
        assert.deepEqual([seen.id, seen.capturedMinor, seen.refundedMinor], [made.id, taken, refund ? back : 0n])
      }
    },
  },
  {
    rule: 'the same key has one effect, at once and one after another',
    check: async (make) => {
      const given = await make()
      const { gateway } = given
      const request = asked(given, 700n)
      const answers = await Promise.all([1, 2, 3].map(async () => gateway.authorise(request, WAITING)))
      answers.push(await gateway.authorise(request, WAITING))
      assert.equal(new Set(answers.map((answer) => doneOf(answer).id)).size, 1)
      if (request.method === null) await given.confirm(request.key, true)
      if (gateway.capabilities.capture) {
        const capture = moving(request)
        for (let times = 0; times < 2; times++) doneOf(await gateway.capture(capture, WAITING))
      }
      if (!gateway.capabilities.refund) return
      const refund = moving(request)
      for (let times = 0; times < 2; times++) doneOf(await gateway.refund(refund, WAITING))
      assert.equal(doneOf(await gateway.query(referenceTo(request.key), WAITING)).refundedMinor, 700n)
    },
  },
  {
    rule: 'no more is captured than was authorised, and no more refunded than was captured',
    check: async (make) => {
      const given = await make()
      const { gateway } = given
      const { capture, refund } = gateway.capabilities
      const request = asked(given, 500n)
      await authorised(given, request)
      const of = (amountMinor: bigint): Movement => ({ ...moving(request), amountMinor })
      if (capture) {
        isRefused(await gateway.refund(of(1n), WAITING))
        isRefused(await gateway.capture(of(501n), WAITING))
        doneOf(await gateway.capture(of(500n), WAITING))
      }
      isRefused(await gateway.capture(of(500n), WAITING))
      isRefused(await gateway.refund(of(501n), WAITING))
      if (refund) doneOf(await gateway.refund(of(500n), WAITING))
      isRefused(await gateway.refund(of(1n), WAITING))
      const { capturedMinor, refundedMinor } = doneOf(await gateway.query(referenceTo(request.key), WAITING))
      assert.deepEqual([capturedMinor, refundedMinor], [500n, refund ? 500n : 0n])
    },
  },
  {
    rule: 'want of money is told as such and stays so under its key; what makes no sense is refused',
    check: async (make) => {
      const given = await make()
      const { gateway, empty } = given
      if (empty !== null) {
        const request = asked(given, 100n, empty)
        const answer = await gateway.authorise(request, WAITING)
        assert.deepEqual(answer, { outcome: 'refused', reason: 'insufficient_funds', mayRetry: true })
        assert.deepEqual(await gateway.authorise(request, WAITING), answer)
        const seen = await gateway.query(referenceTo(request.key), WAITING)
        if (seen.outcome === 'done')
          assert.deepEqual([seen.result.state, seen.result.refused?.reason], ['failed', 'insufficient_funds'])
      }
      isRefused(await gateway.authorise(asked(given, 0n), WAITING))
      isRefused(await gateway.capture(moving(asked(given, 100n)), WAITING))
      isRefused(await gateway.refund(moving(asked(given, 100n)), WAITING))
      assert.deepEqual(await gateway.query(referenceTo(newKey()), WAITING), { outcome: 'absent' })
    },
  },
  {
    rule: 'a payment that the payer has to confirm is pending, moves nothing, and is what the payer makes of it',
    check: async (make) => {
      const given = await make()
      const { gateway, challenged, confirm } = given
      for (const isConfirmed of [true, false]) {
        const request = asked(given, 100n, challenged)
        const made = doneOf(await gateway.authorise(request, WAITING))
        assert.deepEqual([made.state, made.capturedMinor], ['pending', 0n])
        assert.match(String(made.payerUrl), /^https?:\/\//)
        isRefused(await gateway.capture(moving(request), WAITING))
        await confirm(request.key, isConfirmed)
        const { state, capturedMinor, payerUrl } = doneOf(await gateway.query(referenceTo(request.key, made.id), WAITING))
        const passed = gateway.capabilities.capture ? ['authorised', 0n] : ['captured', 100n]
        assert.deepEqual([state, capturedMinor, payerUrl], [...(isConfirmed ? passed : ['failed', 0n]), null])
      }
    },
  },
  {
    rule: 'a means of payment is kept once under its key, and charged by what the gateway calls it',
    check: async (make) => {
      const given = await make()
      const { gateway, fresh } = given
      if (!gateway.capabilities.setUp) return
      const request = { key: newKey(), token: fresh, returnUrl: null }
      const made = doneOf(await gateway.setUp(request, WAITING))
      assert.equal(made.state, 'done')
      assert.deepEqual(doneOf(await gateway.setUp(request, WAITING)), made)
      assert.deepEqual(doneOf(await gateway.querySetUp(referenceTo(request.key, made.id), WAITING)), made)
      const { token = '', last4, expires } = made.method ?? {}
      assert.match(`${last4} ${expires}`, /^\d{4} \d{4}-\d\d$/)
      doneOf(await gateway.authorise({ ...asked(given, 100n), method: token }, WAITING))
    },
  },
  {
    rule: 'a dispute is told with its amount, and its fee where that is told: open and then won or lost, or lost at once and perhaps won',
    check: async (make) => {
      const given = await make()
      const { gateway, dispute, decide } = given
      const { disputes: begin, disputeFees } = gateway.capabilities
      if (begin === null) return
      for (const isWon of [true, false]) {
        const { request, id } = await captured(given, 2000n)
        await dispute(id)
        const look = async (): Promise<readonly unknown[]> => {
          const { disputes } = doneOf(await gateway.query(referenceTo(request.key, id), WAITING))
          return disputes.map(({ state, amountMinor, feeMinor }) => [state, amountMinor, feeMinor > 0n])
        }
        assert.deepEqual(await look(), [[begin === 'open_first' ? 'open' : 'lost', 2000n, disputeFees]])
        await decide(id, isWon)
        assert.deepEqual(await look(), [[isWon ? 'won' : 'lost', 2000n, disputeFees]])
      }
    },
  },
  {
    rule: 'a payout is the sum of its lines less their fees, and names the payment of each',
    check: async (make) => {
      const given = await make()
      const { gateway, payOut } = given
      const currency = currencyOf(gateway)
      if (!gateway.capabilities.payouts) return
      const { request, id } = await captured(given, 3000n)
      doneOf(await gateway.refund({ ...moving(request), amountMinor: gateway.capabilities.partialRefund ? 1000n : 3000n }, WAITING))
      await payOut(currency)
      const payout = (await gateway.payouts(0, WAITING))?.at(-1)
      // Fees stand in lines of their own where a provider does not tell them of each payment.
      const moved = payout?.lines.filter(({ kind }) => kind !== 'fee').map(({ kind, paymentId }) => [kind, paymentId])
      assert.deepEqual(moved, [['payment', id], ['refund', id]])
      assert.ok(payout?.lines.some(({ kind, feeMinor, grossMinor }) => feeMinor > 0n || (kind === 'fee' && grossMinor < 0n)))
      const sum = payout?.lines.reduce((all, { grossMinor, feeMinor }) => all + grossMinor - feeMinor, 0n)
      assert.equal(payout?.netMinor, sum)
      assert.equal(await gateway.payouts(0, GONE), null)
    },
  },
  {
    rule: 'what nobody waits for any longer is unknown, not thrown',
    check: async (make) => {
      const given = await make()
      const { gateway } = given
      const request = asked(given, 100n)
      const reference = referenceTo(request.key)
      assert.deepEqual(await gateway.authorise(request, GONE), { outcome: 'unknown' })
      assert.deepEqual(await gateway.query(reference, GONE), { outcome: 'unknown' })
      assert.deepEqual(await gateway.querySetUp(reference, GONE), { outcome: 'unknown' })
      doneOf(await gateway.authorise(request, WAITING))
    },
  },
  {
    rule: 'callbacks name the payment; those that somebody else made or changed are none',
    check: async (make) => {
      const given = await make()
      const { gateway, callbacks } = given
      const request = asked(given, 100n)
      await authorised(given, request)
      const messages = await callbacks()
      const now = systemClock.nowMs()
      const told = await Promise.all(messages.map(async (message) => gateway.parseCallback(message, now)))
      assert.equal(
        told.some((one) => one?.key === request.key),
        gateway.capabilities.callbacks,
      )
      for (const [at, message] of messages.entries()) {
        const bare = await gateway.parseCallback({ ...message, headers: {}, query: {} }, now)
        const changed = Buffer.from(message.body)
        changed[changed.length - 3] = (changed[changed.length - 3] as number) ^ 1
        const seen = await gateway.parseCallback({ ...message, body: changed }, now)
        // It is signed by a header or inside, and a changed one is none; or its address is, which alone is read and says the same.
        if (bare !== null) assert.deepEqual([bare.key, seen], [told[at]?.key, null])
        else if (seen !== null) assert.deepEqual([seen.key, seen.subjectId], [told[at]?.key, null])
        const elsewhere = Object.entries(message.query).map(([name, value]) => [name, `${String(value).slice(0, -1)}_`])
        const { headers, body } = message
        if (elsewhere.length > 0) assert.equal(await gateway.parseCallback({ headers, body, query: Object.fromEntries(elsewhere) }, now), null)
      }
    },
  },
]
