import type {
  GatewayAnswer,
  GatewayReference,
  GatewayReport,
  GatewaySetup,
  KeptMethod,
  SetUpRequest,
} from '../../modules/payment-gateways/ports.ts'
import { asObject, asObjects, asText, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import { linkOf, type PayPalApi } from './paypal-api.ts'

/** What a setup is known by whose token the payer has filled elsewhere: such a token is shown to nobody. */
const OF_CUSTOMER = 'customer:'

/**
 * Has PayPal keep a means of payment: a setup token that the payer has filled on a page of the operator with PayPal's own fields, or a PayPal account, which
 * the payer names on a page of PayPal's. What is charged is the payment token that it is exchanged for.
 */
export async function setUp(
  api: PayPalApi,
  { key, token, returnUrl }: SetUpRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewaySetup>> {
  if (token !== null) return exchanged(api, token, null, key, signal)
  const context = { return_url: returnUrl, cancel_url: returnUrl, shipping_preference: 'NO_SHIPPING' }
  const body = { payment_source: { paypal: { usage_type: 'MERCHANT', experience_context: context } } }
  const answer = await api.post('/v3/vault/setup-tokens', body, key, signal)
  return answer.outcome === 'done' ? seen(api, answer.object, key, signal) : answer
}

/** A setup whose id was never told is asked for again under its key: it moves no money. */
export async function querySetUp(
  api: PayPalApi,
  { key, id }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewaySetup>> {
  if (id === null) return signal.aborted ? UNKNOWN : { outcome: 'absent' }
  if (id.startsWith(OF_CUSTOMER)) return keptOf(api, id, signal)
  const answer = await api.get(`/v3/vault/setup-tokens/${encodeURIComponent(id)}`, signal)
  if (answer.outcome === 'done') return reported(await seen(api, answer.object, key, signal), id)
  return answer.outcome === 'absent' ? answer : UNKNOWN
}

async function seen(
  api: PayPalApi,
  setup: ProviderObject,
  key: string,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewaySetup>> {
  const id = String(setup['id'])
  const { status } = setup
  // One that was exchanged before is the same again under the same key.
  if (status === 'APPROVED' || status === 'VAULTED') return exchanged(api, id, id, key, signal)
  const payerUrl = linkOf(setup, 'approve')
  return { outcome: 'done', result: { id, state: 'pending', payerUrl, method: null, refused: null } }
}

function reported(answer: GatewayAnswer<GatewaySetup>, id: string): GatewayReport<GatewaySetup> {
  if (answer.outcome !== 'refused') return answer
  const { reason, mayRetry } = answer
  const failed = { id, state: 'failed', payerUrl: null, method: null, refused: { reason, mayRetry } } as const
  return { outcome: 'done', result: failed }
}

/** What a customer has, whom PayPal has made for one means of payment. */
async function keptOf(api: PayPalApi, id: string, signal: AbortSignal): Promise<GatewayReport<GatewaySetup>> {
  const customer = encodeURIComponent(id.slice(OF_CUSTOMER.length))
  const answer = await api.get(`/v3/vault/payment-tokens?customer_id=${customer}`, signal)
  if (answer.outcome !== 'done') return answer.outcome === 'absent' ? answer : UNKNOWN
  const [kept, ...others] = asObjects(answer.object['payment_tokens'])
  return kept === undefined || others.length > 0 ? UNKNOWN : doneWith(id, kept)
}

/** @param known what the setup is known by; null has it known by its customer */
async function exchanged(
  api: PayPalApi,
  token: string,
  known: string | null,
  key: string,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewaySetup>> {
  const body = { payment_source: { token: { id: token, type: 'SETUP_TOKEN' } } }
  const answer = await api.post('/v3/vault/payment-tokens', body, `${key}-token`, signal)
  if (answer.outcome !== 'done') return answer
  return doneWith(known ?? `${OF_CUSTOMER}${String(asObject(answer.object['customer'])['id'])}`, answer.object)
}

function doneWith(id: string, kept: ProviderObject): { outcome: 'done'; result: GatewaySetup } {
  return { outcome: 'done', result: { id, state: 'done', payerUrl: null, method: methodOf(kept), refused: null } }
}

function methodOf({ id, payment_source: source }: ProviderObject): KeptMethod {
  const kind = 'card' in asObject(source) ? 'card' : 'paypal'
  const { brand, last_digits: last4, expiry } = asObject(asObject(source)[kind])
  const expires = /^\d{4}-\d{2}$/.test(asText(expiry) ?? '') ? asText(expiry) : null
  return {
    token: `${kind}/${String(id)}`,
    kind,
    brand: asText(brand)?.toLowerCase() ?? null,
    last4: asText(last4),
    expires,
  }
}
