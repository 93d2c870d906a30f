import type {
  CallbackMessage,
  GatewayAdapter,
  GatewayCallback,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { exactJson } from '../provider-http/exact-json.ts'
import { pageOrderGateway } from '../provider-http/page-orders.ts'
import { asObject, asText } from '../provider-http/provider-http.ts'
import { isSameText } from '../provider-http/same-text.ts'
import { LiqPayApi, type Shop, signatureOf } from './liqpay-api.ts'
import { begin, paymentOf, refundOf, refundWhole, statusOf } from './liqpay-order.ts'

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
  return pageOrderGateway({
    currencies: ['UAH', 'USD', 'EUR'],
    begin: async (request, signal) => begin(api, request, callbackUrl, signal),
    statusOf: async (key, signal) => statusOf(api, key, signal),
    ...{ paymentOf, refundOf },
    refundWhole: async (request, signal) => refundWhole(api, request, signal),
    parseCallback: (message) => parseCallback(api.shop, message),
  })
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
