import type {
  CallbackMessage,
  GatewayAdapter,
  GatewayCallback,
  GatewayCapabilities,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { asObject, asObjects, asText, NOT_ALLOWED } from '../provider-http/provider-http.ts'
import { PayPalApi, TokenStore } from './paypal-api.ts'
import { authorise, KEYS_LIVE_MS, queryPayment, queryRefund, refund } from './paypal-order.ts'
import { querySetUp, setUp } from './paypal-vault.ts'

const CAPABILITIES: Omit<GatewayCapabilities, 'callbacks'> = {
  // Of HUF and TWD PayPal takes whole units alone, where ISO 4217 has two digits.
  currencies: [
    ...['EUR', 'USD', 'AUD', 'BRL', 'CAD', 'CHF', 'CNY', 'CZK', 'DKK', 'GBP', 'HKD', 'ILS', 'JPY', 'MXN', 'MYR', 'NOK'],
    ...['NZD', 'PHP', 'PLN', 'SEK', 'SGD', 'THB'],
  ],
  ...{ capture: false, partialCapture: false, refund: true, partialRefund: true },
  // What is transferred to the bank is not told with what it is made of.
  ...{ checkout: true, setUp: true, payouts: false, disputes: 'open_first', disputeFees: false },
  keysLiveMs: KEYS_LIVE_MS,
}
/** How long PayPal may take to say whether a webhook is its own. */
const VERIFY_MS = 5_000
/** What a webhook is signed with, by the names of its headers. */
const SIGNED = {
  auth_algo: 'paypal-auth-algo',
  cert_url: 'paypal-cert-url',
  transmission_id: 'paypal-transmission-id',
  transmission_sig: 'paypal-transmission-sig',
  transmission_time: 'paypal-transmission-time',
}

/**
 * PayPal, by its REST API: Orders v2 for payments on a page and by payment tokens that it keeps (Payment Method Tokens v3), refunds, disputes, and webhooks,
 * which PayPal itself is asked about whether they are its own.
 * @param url `https://api-m.paypal.com`
 */
export function payPalAdapter(url: string): GatewayAdapter {
  const tokens = new TokenStore()
  const words = { form: '16 to 200 letters, digits, `-` and `_`', pattern: /^[A-Za-z0-9_-]{16,200}$/ }
  return {
    name: 'paypal',
    credentials: {
      clientId: { meaning: 'The client ID of the app', ...words, isNeeded: true },
      clientSecret: { meaning: 'The secret of the app', ...words, isNeeded: true },
      webhookId: {
        meaning: 'The ID of the webhook of the app',
        form: '8 to 50 letters, digits, `-` and `_`',
        pattern: /^[A-Za-z0-9_-]{8,50}$/,
        isNeeded: false,
      },
    },
    open: ({ clientId = '', clientSecret = '', webhookId }) =>
      gatewayOf(new PayPalApi(url, clientId, clientSecret, tokens), webhookId ?? null),
  }
}

function gatewayOf(api: PayPalApi, webhookId: string | null): PaymentGateway {
  return {
    capabilities: { ...CAPABILITIES, callbacks: webhookId !== null },
    authorise: async (request, signal) => authorise(api, request, signal),
    capture: async () => NOT_ALLOWED,
    refund: async (request, signal) => refund(api, request, signal),
    setUp: async (request, signal) => setUp(api, request, signal),
    query: async (payment, signal) => queryPayment(api, payment, signal),
    queryRefund: async (asked, payment, signal) => queryRefund(api, asked, payment, signal),
    querySetUp: async (setup, signal) => querySetUp(api, setup, signal),
    payouts: async () => [],
    parseCallback: async (message) => (webhookId === null ? null : parseWebhook(api, webhookId, message)),
  }
}

async function parseWebhook(
  api: PayPalApi,
  webhookId: string,
  { headers, body }: CallbackMessage,
): Promise<GatewayCallback | null> {
  const signed = Object.entries(SIGNED).map(([name, header]) => [name, headers[header]] as const)
  if (signed.some(([, value]) => typeof value !== 'string')) return null
  const callback = callbackOf(body)
  if (callback === null) return null
  // Its text goes as it came: written anew, it would be other bytes than those that are signed.
  const fields = JSON.stringify({ ...Object.fromEntries(signed), webhook_id: webhookId }).slice(0, -1)
  const asked = `${fields},"webhook_event":${body.toString('utf8')}}`
  const path = '/v1/notifications/verify-webhook-signature'
  const answer = await api.post(path, asked, null, AbortSignal.timeout(VERIFY_MS))
  return answer.outcome === 'done' && answer.object['verification_status'] === 'SUCCESS' ? callback : null
}

/** What a webhook is about: an order, a capture, a refund or a dispute. */
function callbackOf(body: Buffer): GatewayCallback | null {
  try {
    const event = asObject(JSON.parse(body.toString('utf8')))
    const id = asText(event['id'])
    if (id === null) return null
    const subject = asObject(event['resource'])
    const [unit] = asObjects(subject['purchase_units'])
    const [disputed] = asObjects(subject['disputed_transactions'])
    const key = asText(subject['custom_id']) ?? asText(unit?.['custom_id']) ?? asText(disputed?.['custom'])
    const related = asObject(asObject(subject['supplementary_data'])['related_ids'])
    return { id, key, subjectId: asText(related['order_id']) ?? asText(subject['id']) }
  } catch {
    return null
  }
}
