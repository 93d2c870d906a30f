import { createHmac, timingSafeEqual } from 'node:crypto'
import type {
  GatewayAdapter,
  GatewayCallback,
  GatewayCapabilities,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import type { SignedMessage } from '../../platform/http/signature.ts'
import { asObject, asText, NOT_ALLOWED } from '../provider-http/provider-http.ts'
import { asList, idOf, StripeApi, type StripeObject } from './stripe-api.ts'
import { authorise, KEY, queryPayment } from './stripe-payment.ts'
import { listPayouts } from './stripe-payouts.ts'
import { querySetUp, setUp } from './stripe-setup.ts'

const CAPABILITIES: GatewayCapabilities = {
  currencies: null,
  // Money is taken at once: one request for each payment.
  ...{ capture: false, partialCapture: false, refund: true, partialRefund: true },
  ...{ callbacks: true, checkout: true, setUp: true, payouts: true, disputes: 'open_first', disputeFees: true },
  // It keeps them for a day.
  keysLiveMs: 20 * 3_600_000,
}

/** How far the time of a signature may be from now, as Stripe's libraries have it. */
const TOLERANCE_MS = 300_000
const MAX_SIGNATURES = 10
/** Currencies whose amounts Stripe counts otherwise than ISO 4217: it has hundredths of them, or only tens of thousandths. */
const COUNTED_OTHERWISE = new Set(['ISK', 'UGX', 'HUF', 'TWD', 'BHD', 'JOD', 'KWD', 'OMR', 'TND', 'MGA', 'MRU', 'CLF'])

/**
 * Stripe, by its HTTP API: PaymentIntents and SetupIntents for means of payment that it keeps, Checkout Sessions for pages where a payer
 * enters one, refunds, disputes, payouts with their balance transactions, and signed webhooks.
 * @param url `https://api.stripe.com`
 */
export function stripeAdapter(url: string): GatewayAdapter {
  return {
    name: 'stripe',
    credentials: {
      secretKey: {
        meaning: 'The secret key of the account, or a restricted one',
        form: '`sk_live_…`, `sk_test_…`, `rk_live_…` or `rk_test_…`',
        pattern: /^(sk|rk)_(live|test)_[A-Za-z0-9]{8,250}$/,
        isNeeded: true,
      },
      webhookSecret: {
        meaning: 'The signing secret of the webhook endpoint',
        form: '`whsec_…`',
        pattern: /^whsec_[A-Za-z0-9+/=_]{8,250}$/,
        isNeeded: false,
      },
    },
    open: ({ secretKey = '', webhookSecret }) => gatewayOf(new StripeApi(url, secretKey), webhookSecret ?? null),
  }
}

function gatewayOf(api: StripeApi, webhookSecret: string | null): PaymentGateway {
  return {
    capabilities: CAPABILITIES,
    authorise: async (request, signal) =>
      COUNTED_OTHERWISE.has(request.currency) ? NOT_ALLOWED : authorise(api, request, signal),
    capture: async () => NOT_ALLOWED,
    refund: async ({ key, payment, amountMinor }, signal) => {
      const found = payment.id === null ? await queryPayment(api, payment, signal) : null
      if (found?.outcome === 'unknown') return { outcome: 'unknown' }
      const id = found?.outcome === 'done' ? found.result.id : payment.id
      if (id === null) return NOT_ALLOWED
      const asked = { payment_intent: id, amount: amountMinor, metadata: { [KEY]: key } }
      const answer = await api.post('/v1/refunds', asked, key, signal)
      return answer.outcome === 'done' ? refundOf(answer.object) : answer
    },
    setUp: async (request, signal) => setUp(api, request, signal),
    query: async (payment, signal) => queryPayment(api, payment, signal),
    queryRefund: async (refund, payment, signal) => queryRefund(api, refund, payment, signal),
    querySetUp: async (setup, signal) => querySetUp(api, setup, signal),
    payouts: async (sinceMs, signal) => listPayouts(api, sinceMs, signal),
    parseCallback: (message, nowMs) => (webhookSecret === null ? null : parseWebhook(webhookSecret, message, nowMs)),
  }
}

async function queryRefund(
  api: StripeApi,
  { key, id }: GatewayReference,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  if (id !== null) {
    const answer = await api.get(`/v1/refunds/${id}`, {}, signal)
    if (answer.outcome === 'done') return refundOf(answer.object)
    return { outcome: answer.outcome === 'absent' ? 'absent' : 'unknown' }
  }
  if (payment.id === null) return { outcome: 'absent' }
  // A payment has few refunds: one page has them all.
  const answer = await api.get('/v1/refunds', { payment_intent: payment.id, limit: 100 }, signal)
  if (answer.outcome !== 'done') return { outcome: 'unknown' }
  const found = asList(answer.object).find((one) => asObject(one['metadata'])[KEY] === key)
  return found === undefined ? { outcome: 'absent' } : refundOf(found)
}

function refundOf({ id, status }: StripeObject): { outcome: 'done'; result: GatewayRefund } {
  const isFailed = status === 'failed' || status === 'canceled'
  const state = status === 'succeeded' ? 'done' : isFailed ? 'failed' : 'pending'
  return { outcome: 'done', result: { id: String(id), state } }
}

/**
 * A webhook with its header `stripe-signature: t=1772000000,v1=5257a8…`: HMAC-SHA-256 over `t.body` with the secret as it is written.
 * @returns null where no signature fits, or its time is more than five minutes away
 */
function parseWebhook(secret: string, { headers, body }: SignedMessage, nowMs: number): GatewayCallback | null {
  const header = headers['stripe-signature']
  if (typeof header !== 'string') return null
  const parts = header.split(',', MAX_SIGNATURES + 1).map((part) => part.trim().split('=', 2))
  const seconds = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(Number(seconds) * 1000 - nowMs) > TOLERANCE_MS) return null
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()
  let fits = false
  for (const [name, text = ''] of parts) {
    const given = name === 'v1' && /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null
    if (given !== null && timingSafeEqual(given, expected)) fits = true
  }
  return fits ? callbackOf(body) : null
}

function callbackOf(body: Buffer): GatewayCallback | null {
  try {
    const event = asObject(JSON.parse(body.toString('utf8')))
    const id = asText(event['id'])
    if (id === null) return null
    const subject = asObject(asObject(event['data'])['object'])
    const key = asText(asObject(subject['metadata'])[KEY])
    return { id, key, subjectId: idOf(subject['payment_intent']) ?? idOf(subject) }
  } catch {
    return null
  }
}
