import type {
  GatewayAnswer,
  GatewayReference,
  GatewayReport,
  GatewaySetup,
  KeptMethod,
  SetUpRequest,
} from '../../modules/payment-gateways/ports.ts'
import { ABANDONED, asObject, asText, UNKNOWN } from '../provider-http/provider-http.ts'
import { idOf, type Parameters, refusalOf, type StripeApi, type StripeObject } from './stripe-api.ts'
import { KEY, payerUrlOf } from './stripe-payment.ts'

/**
 * Has Stripe keep a means of payment, under a customer of its own: one that the payer has entered on a page of the operator with Stripe's own
 * fields (`pm_…`), or enters on a page of Stripe's.
 */
export async function setUp(
  api: StripeApi,
  { key, token, returnUrl }: SetUpRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewaySetup>> {
  const metadata = { [KEY]: key }
  const customer = await api.post('/v1/customers', { metadata }, `${key}-customer`, signal)
  if (customer.outcome !== 'done') return customer
  const of = { customer: idOf(customer.object), metadata }
  const answer =
    token === null
      ? await api.post('/v1/checkout/sessions', pageFor(of, returnUrl), key, signal)
      : await api.post('/v1/setup_intents', intentFor(of, token, returnUrl), key, signal)
  return answer.outcome === 'done' ? { outcome: 'done', result: seen(answer.object) } : answer
}

type Owner = { readonly customer: string | null; readonly metadata: Parameters }

function pageFor({ customer, metadata }: Owner, returnUrl: string | null): Parameters {
  return {
    ...{ mode: 'setup', currency: 'eur', customer, metadata, success_url: returnUrl, cancel_url: returnUrl },
    ...{ setup_intent_data: { metadata }, expand: ['setup_intent.payment_method'] },
  }
}

function intentFor({ customer, metadata }: Owner, token: string, returnUrl: string | null): Parameters {
  const redirects = { enabled: true, allow_redirects: returnUrl === null ? 'never' : 'always' }
  return {
    ...{ customer, metadata, payment_method: token, confirm: true, usage: 'off_session', return_url: returnUrl },
    ...{ automatic_payment_methods: redirects, expand: ['payment_method'] },
  }
}

/** A setup whose id was never told is asked for again under its key: it moves no money. */
export async function querySetUp(
  api: StripeApi,
  { id }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewaySetup>> {
  if (id === null) return signal.aborted ? UNKNOWN : { outcome: 'absent' }
  const answer = id.startsWith('cs_')
    ? await api.get(`/v1/checkout/sessions/${id}`, { expand: ['setup_intent.payment_method'] }, signal)
    : await api.get(`/v1/setup_intents/${id}`, { expand: ['payment_method'] }, signal)
  if (answer.outcome === 'done') return { outcome: 'done', result: seen(answer.object) }
  return answer.outcome === 'absent' ? { outcome: 'absent' } : UNKNOWN
}

function seen(object: StripeObject): GatewaySetup {
  const id = String(object['id'])
  if (object['object'] !== 'checkout.session') return ofIntent(id, object)
  const intent = asObject(object['setup_intent'])
  if (object['status'] === 'complete') return ofIntent(id, intent)
  const isOpen = object['status'] !== 'expired'
  const payerUrl = isOpen ? asText(object['url']) : null
  return { id, state: isOpen ? 'pending' : 'failed', payerUrl, method: null, refused: isOpen ? null : ABANDONED }
}

function ofIntent(id: string, intent: StripeObject): GatewaySetup {
  const { status, last_setup_error: failure } = intent
  const nothing = { payerUrl: null, method: null, refused: null }
  if (status === 'succeeded') return { id, state: 'done', ...nothing, method: methodOf(intent) }
  if (status !== 'requires_payment_method' && status !== 'canceled')
    return { id, state: 'pending', ...nothing, payerUrl: payerUrlOf(intent) }
  return { id, state: 'failed', ...nothing, refused: failure == null ? ABANDONED : refusalOf(failure) }
}

function methodOf(intent: StripeObject): KeptMethod {
  const method = asObject(intent['payment_method'])
  const kind = asText(method['type']) ?? 'card'
  const { brand, last4, exp_month: month, exp_year: year } = asObject(method[kind])
  const expires = Number.isInteger(month) && Number.isInteger(year) ? `${year}-${String(month).padStart(2, '0')}` : null
  const token = `${idOf(intent['customer'])}/${idOf(intent['payment_method'])}`
  return { token, kind, brand: asText(brand), last4: asText(last4), expires }
}
