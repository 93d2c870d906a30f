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
import { type Merchant, signatureOf, WayForPayApi } from './wayforpay-api.ts'
import { begin, paymentOf, refundOf, refundWhole, statusOf } from './wayforpay-order.ts'

/** What of a callback is signed, in this order. */
const SIGNED = [
  'merchantAccount',
  'orderReference',
  'amount',
  'currency',
  'authCode',
  'cardPan',
  'transactionStatus',
  'reasonCode',
]

/**
 * WayForPay, by its API: invoices with a page, their status, whole refunds, and signed callbacks, which it wants to be answered with a signature.
 * @param url `https://api.wayforpay.com`
 */
export function wayForPayAdapter(url: string): GatewayAdapter {
  return {
    name: 'wayforpay',
    credentials: {
      merchantAccount: {
        meaning: 'The login of the merchant',
        form: '2 to 100 letters, digits, `_`, `.` and `-`',
        pattern: /^[\w.-]{2,100}$/,
        isNeeded: true,
      },
      secretKey: {
        meaning: 'The secret key of the merchant',
        form: '8 to 200 letters and digits',
        pattern: /^[A-Za-z0-9]{8,200}$/,
        isNeeded: true,
      },
      merchantDomain: {
        meaning: 'The domain of the merchant, as WayForPay knows it',
        form: '`shop.example`',
        pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
        isNeeded: true,
      },
    },
    open: ({ merchantAccount = '', secretKey = '', merchantDomain = '' }, callbackUrl) =>
      gatewayOf(new WayForPayApi(url, { merchantAccount, secretKey, merchantDomain }), callbackUrl),
  }
}

function gatewayOf(api: WayForPayApi, callbackUrl: string): PaymentGateway {
  return pageOrderGateway({
    currencies: ['UAH', 'USD', 'EUR'],
    begin: async (request, signal) => begin(api, request, callbackUrl, signal),
    statusOf: async (key, signal) => statusOf(api, key, signal),
    ...{ paymentOf, refundOf },
    refundWhole: async (request, signal) => refundWhole(api, request, signal),
    parseCallback: (message, nowMs) => parseCallback(api.merchant, message, nowMs),
  })
}

/** A callback with its signature inside; numbers are signed as they are written. @returns null where it does not fit */
function parseCallback(
  { merchantAccount, secretKey }: Merchant,
  { body }: CallbackMessage,
  nowMs: number,
): GatewayCallback | null {
  try {
    const told = asObject(exactJson(body.toString('utf8')))
    const { merchantSignature, orderReference, transactionStatus, processingDate } = told
    const expected = signatureOf(
      secretKey,
      SIGNED.map((name) => told[name] ?? ''),
    )
    if (typeof merchantSignature !== 'string' || !isSameText(merchantSignature.toLowerCase(), expected)) return null
    const key = asText(orderReference)
    if (key === null || told['merchantAccount'] !== merchantAccount) return null
    const time = Math.floor(nowMs / 1000)
    const signature = signatureOf(secretKey, [key, 'accept', time])
    const id = `${key}:${String(transactionStatus)}:${String(processingDate ?? '')}`.replaceAll(/[^\x21-\x7e]/g, '_')
    return { id, key, subjectId: null, reply: { orderReference: key, status: 'accept', time, signature } }
  } catch {
    return null
  }
}
