import assert from 'node:assert/strict'
import type { GatewayAnswer, GatewayPayment, GatewayReport, PaymentGateway } from '../../../src/modules/payments/ports.ts'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'

/** A gateway of a test, without troubles, and means of payment whose fate is known. */
export interface GatewayUnderTest {
  readonly gateway: PaymentGateway
  readonly good: string
  /** Refused for want of money. */
  readonly empty: string
  /** One that the payer has to confirm, and how the payer does or does not. */
  readonly challenged: string
  readonly confirm: (key: string, isConfirmed: boolean) => Promise<void>
  /** The callbacks that were sent so far; none where the gateway sends none. */
  readonly callbacks: () => Promise<readonly SignedMessage[]>
}

/** The clock of the contract: adapters that look at the times of signatures get it. */
const NOW_MS = 1_772_000_000_000
const WAITING = new AbortController().signal
const GONE = AbortSignal.abort()
let keys = 0
const newKey = (): string => `contract-${process.pid}-${++keys}`

function doneOf(answer: GatewayAnswer | GatewayReport): GatewayPayment {
  assert.equal(answer.outcome, 'done', `${answer.outcome} ${'reason' in answer ? answer.reason : ''}`)
  return (answer as Extract<GatewayAnswer, { outcome: 'done' }>).payment
}

function isRefused(answer: GatewayAnswer): void {
  assert.equal(answer.outcome, 'refused')
}

const currencyOf = ({ capabilities }: PaymentGateway): string => capabilities.currencies?.[0] ?? 'EUR'

/** What every adapter of `PaymentGateway` holds: a rule, and what throws where an adapter breaks it. */
export const GATEWAY_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<GatewayUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a payment is authorised, captured and refunded, and query tells the totals',
    check: async (make) => {
      const { gateway, good } = await make()
      const { capture, partialCapture, refund, partialRefund } = gateway.capabilities
      const currency = currencyOf(gateway)
      const key = newKey()
      const made = doneOf(await gateway.authorise({ key, amountMinor: 1000n, currency, method: good }, WAITING))
      assert.deepEqual([made.authorisedMinor, made.capturedMinor, made.payerUrl], [1000n, capture ? 0n : 1000n, null])
      const taken = capture && partialCapture ? 900n : 1000n
      if (capture) {
        const captured = await gateway.capture({ key: newKey(), payment: key, amountMinor: taken, currency }, WAITING)
        assert.deepEqual([doneOf(captured).state, doneOf(captured).capturedMinor], ['captured', taken])
      }
      const back = partialRefund ? 300n : taken
      if (refund) {
        const refunded = await gateway.refund({ key: newKey(), payment: key, amountMinor: back, currency }, WAITING)
        assert.equal(doneOf(refunded).refundedMinor, back)
      }
      const seen = doneOf(await gateway.query(key, WAITING))
      assert.deepEqual([seen.id, seen.capturedMinor, seen.refundedMinor], [made.id, taken, refund ? back : 0n])
    },
  },
  {
    rule: 'the same key has one effect, at once and one after another',
    check: async (make) => {
      const { gateway, good } = await make()
      const currency = currencyOf(gateway)
      const key = newKey()
      const request = { key, amountMinor: 700n, currency, method: good }
      const answers = await Promise.all([1, 2, 3].map(async () => gateway.authorise(request, WAITING)))
      answers.push(await gateway.authorise(request, WAITING))
      assert.equal(new Set(answers.map((answer) => doneOf(answer).id)).size, 1)
      const move = (): Parameters<PaymentGateway['capture']>[0] => ({ ...request, key: newKey(), payment: key })
      if (gateway.capabilities.capture) {
        const capture = move()
        for (let times = 0; times < 2; times++) doneOf(await gateway.capture(capture, WAITING))
      }
      if (!gateway.capabilities.refund) return
      const refund = move()
      for (let times = 0; times < 2; times++) doneOf(await gateway.refund(refund, WAITING))
      assert.equal(doneOf(await gateway.query(key, WAITING)).refundedMinor, 700n)
    },
  },
  {
    rule: 'no more is captured than was authorised, and no more refunded than was captured',
    check: async (make) => {
      const { gateway, good } = await make()
      const { capture, refund } = gateway.capabilities
      const currency = currencyOf(gateway)
      const key = newKey()
      doneOf(await gateway.authorise({ key, amountMinor: 500n, currency, method: good }, WAITING))
      const ask = (amountMinor: bigint): Parameters<PaymentGateway['capture']>[0] => {
        return { key: newKey(), payment: key, amountMinor, currency }
      }
      if (capture) {
        isRefused(await gateway.refund(ask(1n), WAITING))
        isRefused(await gateway.capture(ask(501n), WAITING))
        doneOf(await gateway.capture(ask(500n), WAITING))
      }
      isRefused(await gateway.capture(ask(500n), WAITING))
      isRefused(await gateway.refund(ask(501n), WAITING))
      if (refund) doneOf(await gateway.refund(ask(500n), WAITING))
      isRefused(await gateway.refund(ask(1n), WAITING))
      const { capturedMinor, refundedMinor } = doneOf(await gateway.query(key, WAITING))
      assert.deepEqual([capturedMinor, refundedMinor], [500n, refund ? 500n : 0n])
    },
  },
  {
    rule: 'want of money is told as such and stays so under its key; what makes no sense is refused',
    check: async (make) => {
      const { gateway, good, empty } = await make()
      const request = { key: newKey(), amountMinor: 100n, currency: currencyOf(gateway), method: empty }
      const answer = await gateway.authorise(request, WAITING)
      assert.deepEqual(answer, { outcome: 'refused', reason: 'insufficient_funds', mayRetry: true })
      assert.deepEqual(await gateway.authorise(request, WAITING), answer)
      isRefused(await gateway.authorise({ ...request, key: newKey(), method: good, amountMinor: 0n }, WAITING))
      isRefused(await gateway.capture({ ...request, key: newKey(), payment: newKey() }, WAITING))
      isRefused(await gateway.refund({ ...request, key: newKey(), payment: newKey() }, WAITING))
      assert.deepEqual(await gateway.query(newKey(), WAITING), { outcome: 'absent' })
    },
  },
  {
    rule: 'a payment that the payer has to confirm is pending, moves nothing, and is what the payer makes of it',
    check: async (make) => {
      const { gateway, challenged, confirm } = await make()
      const currency = currencyOf(gateway)
      for (const isConfirmed of [true, false]) {
        const key = newKey()
        const made = doneOf(await gateway.authorise({ key, amountMinor: 100n, currency, method: challenged }, WAITING))
        assert.deepEqual([made.state, made.capturedMinor], ['pending', 0n])
        assert.match(String(made.payerUrl), /^https:\/\//)
        isRefused(await gateway.capture({ key: newKey(), payment: key, amountMinor: 100n, currency }, WAITING))
        await confirm(key, isConfirmed)
        const { state, capturedMinor, payerUrl } = doneOf(await gateway.query(key, WAITING))
        const passed = gateway.capabilities.capture ? ['authorised', 0n] : ['captured', 100n]
        assert.deepEqual([state, capturedMinor, payerUrl], [...(isConfirmed ? passed : ['failed', 0n]), null])
      }
    },
  },
  {
    rule: 'what nobody waits for any longer is unknown, not thrown',
    check: async (make) => {
      const { gateway, good } = await make()
      const request = { key: newKey(), amountMinor: 100n, currency: currencyOf(gateway), method: good }
      assert.deepEqual(await gateway.authorise(request, GONE), { outcome: 'unknown' })
      assert.deepEqual(await gateway.query(request.key, GONE), { outcome: 'unknown' })
      doneOf(await gateway.authorise(request, WAITING))
    },
  },
  {
    rule: 'callbacks name the payment; those that somebody else made or changed are none',
    check: async (make) => {
      const { gateway, good, callbacks } = await make()
      const key = newKey()
      const currency = currencyOf(gateway)
      doneOf(await gateway.authorise({ key, amountMinor: 100n, currency, method: good }, WAITING))
      const messages = await callbacks()
      const told = messages.map((message) => gateway.parseCallback(message, NOW_MS))
      assert.equal(
        told.some((one) => one?.payment === key),
        gateway.capabilities.callbacks,
      )
      for (const message of messages) {
        assert.equal(gateway.parseCallback({ ...message, headers: {} }, NOW_MS), null)
        const changed = Buffer.from(message.body)
        changed[changed.length - 3] = (changed[changed.length - 3] as number) ^ 1
        assert.equal(gateway.parseCallback({ ...message, body: changed }, NOW_MS), null)
      }
    },
  },
]
