import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayDispute,
  GatewayPayment,
  GatewayReference,
  GatewayReport,
} from '../../modules/payment-gateways/ports.ts'
import {
  ABANDONED,
  asObject,
  asText,
  type ProviderAnswer,
  type ProviderDone,
  UNKNOWN,
} from '../provider-http/provider-http.ts'
import { asList, asMinor, idOf, type Parameters, refusalOf, type StripeApi, type StripeObject } from './stripe-api.ts'

/** Under which our key is in the metadata of Stripe's objects. */
export const KEY = 'kvit_key'
/** Of a payment that was begun on a page of Stripe's. */
const CHECKOUT = 'kvit_checkout'
const EXPANDED = ['latest_charge']
const EXPANDED_OF_SESSION = ['payment_intent.latest_charge']
/** Disputes of one payment that are looked at. */
const MAX_DISPUTES = '100'

/** Charges a means of payment that Stripe keeps, or begins a page where the payer chooses one. */
export async function authorise(
  api: StripeApi,
  { key, amountMinor, currency, method, returnUrl, description }: AuthoriseRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayPayment>> {
  const metadata = { [KEY]: key }
  const money = { amount: amountMinor, currency: currency.toLowerCase() }
  if (method === null) {
    const line = { currency: money.currency, unit_amount: amountMinor, product_data: { name: description } }
    const checkout: Parameters = {
      mode: 'payment',
      ...{ success_url: returnUrl, cancel_url: returnUrl, client_reference_id: key, metadata },
      line_items: { 0: { quantity: 1, price_data: line } },
      payment_intent_data: { metadata: { ...metadata, [CHECKOUT]: 'true' } },
      expand: EXPANDED_OF_SESSION,
    }
    return made(api, await api.post('/v1/checkout/sessions', checkout, key, signal), signal)
  }
  const [customer, paymentMethod] = method.split('/')
  // Whoever is there confirms on a page of their bank; what needs that and nobody is there is declined.
  const payer = returnUrl === null ? { off_session: true } : { return_url: returnUrl }
  const redirects = { enabled: true, allow_redirects: returnUrl === null ? 'never' : 'always' }
  const intent: Parameters = {
    ...{ ...money, customer, payment_method: paymentMethod, confirm: true, description, metadata, ...payer },
    ...{ automatic_payment_methods: redirects, expand: EXPANDED },
  }
  return made(api, await api.post('/v1/payment_intents', intent, key, signal), signal)
}

async function made(api: StripeApi, answer: ProviderDone, signal: AbortSignal): Promise<GatewayAnswer<GatewayPayment>> {
  if (answer.outcome !== 'done') return answer
  return seen(api, answer.object, signal)
}

/**
 * The payment of a reference. One whose id was never told is searched for by its key: Stripe's search is some seconds behind, so that
 * `absent` is no proof; the same request under the same key is, which has one effect.
 */
export async function queryPayment(
  api: StripeApi,
  { key, id }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  if (id !== null) return reported(api, await getPayment(api, id, signal), signal)
  const query = `metadata['${KEY}']:'${key}'`
  const found = await api.get('/v1/payment_intents/search', { query, limit: 1, expand: ['data.latest_charge'] }, signal)
  if (found.outcome !== 'done') return UNKNOWN
  const [intent] = asList(found.object)
  if (intent === undefined) return { outcome: 'absent' }
  if (asObject(intent['metadata'])[CHECKOUT] === undefined) return seen(api, intent, signal)
  const of = { payment_intent: idOf(intent), expand: ['data.payment_intent.latest_charge'] }
  const sessions = await api.get('/v1/checkout/sessions', of, signal)
  const [session] = sessions.outcome === 'done' ? asList(sessions.object) : []
  return session === undefined ? UNKNOWN : seen(api, session, signal)
}

async function getPayment(api: StripeApi, id: string, signal: AbortSignal): Promise<ProviderAnswer> {
  return id.startsWith('cs_')
    ? api.get(`/v1/checkout/sessions/${id}`, { expand: EXPANDED_OF_SESSION }, signal)
    : api.get(`/v1/payment_intents/${id}`, { expand: EXPANDED }, signal)
}

async function reported(
  api: StripeApi,
  answer: ProviderAnswer,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  if (answer.outcome === 'done') return seen(api, answer.object, signal)
  return answer.outcome === 'absent' ? { outcome: 'absent' } : UNKNOWN
}

async function seen(
  api: StripeApi,
  object: StripeObject,
  signal: AbortSignal,
): Promise<{ outcome: 'done'; result: GatewayPayment } | { outcome: 'unknown' }> {
  try {
    const result =
      object['object'] === 'checkout.session'
        ? await ofSession(api, object, signal)
        : await ofIntent(api, object, signal)
    return result === null ? UNKNOWN : { outcome: 'done', result }
  } catch {
    return UNKNOWN
  }
}

async function ofSession(api: StripeApi, session: StripeObject, signal: AbortSignal): Promise<GatewayPayment | null> {
  const intent = asObject(session['payment_intent'])
  if (session['status'] === 'complete' && intent['id'] !== undefined) return ofIntent(api, intent, signal)
  const isOpen = session['status'] !== 'expired'
  return {
    id: String(session['id']),
    state: isOpen ? 'pending' : 'failed',
    authorisedMinor: asMinor(session['amount_total']),
    ...{ capturedMinor: 0n, refundedMinor: 0n, disputes: [] },
    payerUrl: isOpen ? asText(session['url']) : null,
    refused: isOpen ? null : ABANDONED,
  }
}

async function ofIntent(api: StripeApi, intent: StripeObject, signal: AbortSignal): Promise<GatewayPayment | null> {
  const charge = asObject(intent['latest_charge'])
  const disputes = charge['disputed'] === true ? await disputesOf(api, String(intent['id']), signal) : []
  if (disputes === null) return null
  const failure = intent['last_payment_error']
  const state = stateOf(String(intent['status']))
  return {
    id: String(intent['id']),
    state,
    authorisedMinor: asMinor(intent['amount']),
    capturedMinor: asMinor(intent['amount_received'] ?? 0),
    refundedMinor: asMinor(charge['amount_refunded'] ?? 0),
    disputes,
    payerUrl: state === 'pending' ? payerUrlOf(intent) : null,
    refused: state === 'failed' ? (failure == null ? ABANDONED : refusalOf(failure)) : null,
  }
}

/** Where the payer confirms, such as with 3-D Secure. */
export function payerUrlOf(intent: StripeObject): string | null {
  return asText(asObject(asObject(intent['next_action'])['redirect_to_url'])['url'])
}

function stateOf(status: string): GatewayPayment['state'] {
  if (status === 'succeeded') return 'captured'
  if (status === 'requires_capture') return 'authorised'
  // Nobody else has what is needed to try the same payment once more.
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'pending'
}

/** @returns null where there was no answer */
async function disputesOf(api: StripeApi, id: string, signal: AbortSignal): Promise<GatewayDispute[] | null> {
  const answer = await api.get('/v1/disputes', { payment_intent: id, limit: MAX_DISPUTES }, signal)
  if (answer.outcome !== 'done') return null
  return asList(answer.object)
    .filter(({ status }) => !String(status).startsWith('warning_'))
    .map((dispute) => {
      const fees = asList(dispute['balance_transactions']).map((one) => asMinor(one['fee'] ?? 0))
      const { status } = dispute
      return {
        id: String(dispute['id']),
        state: status === 'won' || status === 'lost' ? status : 'open',
        amountMinor: asMinor(dispute['amount']),
        feeMinor: fees.reduce((sum, fee) => sum + fee, 0n),
      }
    })
}
