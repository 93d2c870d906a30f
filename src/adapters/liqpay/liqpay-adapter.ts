import type {
  CallbackMessage,
  GatewayAdapter,
  GatewayCallback,
  GatewayCapabilities,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { exactJson } from '../provider-http/exact-json.ts'
import { asObject, asText, NOT_ALLOWED } from '../provider-http/provider-http.ts'
import { isSameText } from '../provider-http/same-text.ts'
import { LiqPayApi, type Shop, signatureOf } from './liqpay-api.ts'
import { authorise, queryPayment, queryRefund, refund } from './liqpay-order.ts'

const CAPABILITIES: GatewayCapabilities = {
  currencies: ['UAH', 'USD', 'EUR'],
  // It knows refunds by no key: only a whole one has one effect, however often it is asked for.
  ...{ capture: false, partialCapture: false, refund: true, partialRefund: false },
  // Cards are kept by forms that a browser sends, and not by its API; disputes and transfers are told to people alone.
  ...{ callbacks: true, checkout: true, setUp: false, payouts: false, disputes: null, disputeFees: false },
  // It takes the id of an order once, however long ago.
  keysLiveMs: 20 * 3_600_000,
}

/**
 * LiqPay, by its API of version 3: pages whose address is the signed order, their status, whole refunds, and signed callbacks.
 * @param url `https://www.liqpay.ua`
 */
export function liqPayAdapter(url: string): GatewayAdapter {
  return {
    name: 'liqpay',
    credentials: {
      publicKey: {
        meaning: 'The public key of the shop',
        form: '`i` or `sandbox_i` and 8 to 20 digits',
        pattern: /^(sandbox_)?i\d{8,20}$/,
        isNeeded: true,
      },
      privateKey: {
        meaning: 'The private key of the shop',
        form: '8 to 200 letters, digits and `_`',
        pattern: /^\w{8,200}$/,
        isNeeded: true,
      },
    },
    open: ({ publicKey = '', privateKey = '' }, callbackUrl) =>
      gatewayOf(new LiqPayApi(url, { publicKey, privateKey }), callbackUrl),
  }
}

function gatewayOf(api: LiqPayApi, callbackUrl: string): PaymentGateway {
  return {
    capabilities: CAPABILITIES,
    authorise: async (request, signal) => authorise(api, request, callbackUrl, signal),
    capture: async () => NOT_ALLOWED,
    refund: async (request, signal) => refund(api, request, signal),
    setUp: async () => NOT_ALLOWED,
    query: async (payment, signal) => queryPayment(api, payment, signal),
    queryRefund: async (_refund, payment, signal) => queryRefund(api, payment, signal),
    querySetUp: async (_setup, signal) => ({ outcome: signal.aborted ? 'unknown' : 'absent' }),
    payouts: async (_sinceMs, signal) => (signal.aborted ? null : []),
    parseCallback: (message) => parseCallback(api.shop, message),
  }
}

/** A callback: a form with data and their signature. @returns null where it does not fit */
function parseCallback(shop: Shop, { body }: CallbackMessage): GatewayCallback | null {
  try {
    const form = new URLSearchParams(body.toString('utf8'))
    const [data, signature] = [form.get('data') ?? '', form.get('signature') ?? '']
    if (data === '' || !isSameText(signature, signatureOf(shop, data))) return null
    const told = asObject(exactJson(Buffer.from(data, 'base64').toString('utf8')))
    const key = asText(told['order_id'])
    if (key === null || told['public_key'] !== shop.publicKey) return null
    const { status, end_date: ended, payment_id: payment } = told
    const id = `${key}:${String(status)}:${String(payment ?? '')}:${String(ended ?? '')}`
    return { id: id.replaceAll(/[^\x21-\x7e]/g, '_'), key, subjectId: null }
  } catch {
    return null
  }
}
