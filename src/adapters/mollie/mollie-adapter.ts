import { createHmac } from 'node:crypto'
import type {
  CallbackMessage,
  GatewayAdapter,
  GatewayCallback,
  GatewayCapabilities,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { NOT_ALLOWED } from '../provider-http/provider-http.ts'
import { isSameText } from '../provider-http/same-text.ts'
import { MollieApi } from './mollie-api.ts'
import { authorise, queryPayment, queryRefund, refund } from './mollie-payment.ts'
import { listSettlements } from './mollie-settlements.ts'
import { querySetUp, setUp } from './mollie-setup.ts'

const CAPABILITIES: Omit<GatewayCapabilities, 'payouts'> = {
  currencies: [
    ...['EUR', 'AED', 'AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'GBP', 'HKD', 'HUF', 'ILS', 'JPY', 'MXN', 'MYR', 'NOK'],
    ...['NZD', 'PHP', 'PLN', 'RON', 'SEK', 'SGD', 'THB', 'USD', 'ZAR'],
  ],
  ...{ capture: false, partialCapture: false, refund: true, partialRefund: true },
  ...{ callbacks: true, checkout: true, setUp: true, disputes: 'lost_first', disputeFees: false },
  // It keeps them for an hour; what it has of a key after that, its list of payments says.
  keysLiveMs: 50 * 60_000,
}
const KEY = /^[\x21-\x7e]{1,100}$/
/** The body of a callback, which names a payment: `id=tr_7UhSN1zuXS`. */
const BODY = /^id=[a-z]{2,4}_\w{1,60}$/

/**
 * Mollie, by its Payments API v2: payments on a page of Mollie's, mandates of customers for cards that it keeps, refunds, chargebacks, and settlements
 * where there is an access token. A webhook of Mollie's says only an id and signs nothing: each payment is given an address of its own to
 * call, which names our key and is signed.
 * @param url `https://api.mollie.com`
 */
export function mollieAdapter(url: string): GatewayAdapter {
  return {
    name: 'mollie',
    credentials: {
      apiKey: {
        meaning: 'The API key of a profile',
        form: '`live_…` or `test_…`',
        pattern: /^(live|test)_[A-Za-z0-9]{8,250}$/,
        isNeeded: true,
      },
      accessToken: {
        meaning: 'An access token of the organisation that may read settlements',
        form: '`access_…`',
        pattern: /^access_[A-Za-z0-9]{8,250}$/,
        isNeeded: false,
      },
    },
    open: ({ apiKey = '', accessToken }, callbackUrl) => gatewayOf(url, apiKey, accessToken ?? null, callbackUrl),
  }
}

function gatewayOf(url: string, apiKey: string, accessToken: string | null, callbackUrl: string): PaymentGateway {
  const api = new MollieApi(url, apiKey)
  const webhookUrl = (key: string): string =>
    `${callbackUrl}?key=${encodeURIComponent(key)}&signature=${signed(apiKey, key)}`
  return {
    capabilities: { ...CAPABILITIES, payouts: accessToken !== null },
    authorise: async (request, signal) => authorise(api, request, webhookUrl(request.key), signal),
    capture: async () => NOT_ALLOWED,
    refund: async (request, signal) => refund(api, request, signal),
    setUp: async (request, signal) =>
      setUp(api, request, { home: new URL(callbackUrl).origin, webhookUrl: webhookUrl(request.key) }, signal),
    query: async (payment, signal) => queryPayment(api, payment, signal),
    queryRefund: async (asked, payment, signal) => queryRefund(api, asked, payment, signal),
    querySetUp: async (setup, signal) => querySetUp(api, setup, signal),
    payouts: async (sinceMs, signal) =>
      accessToken === null ? [] : listSettlements(new MollieApi(url, accessToken), sinceMs, signal),
    parseCallback: (message, nowMs) => parseCallback(apiKey, message, nowMs),
  }
}

function signed(apiKey: string, key: string): string {
  return createHmac('sha256', apiKey).update(`mollie callback ${key}`).digest('hex')
}

/** What its address says. Its body is not signed, and has no more to say. */
function parseCallback(apiKey: string, { query, body }: CallbackMessage, nowMs: number): GatewayCallback | null {
  const { key, signature } = query
  if (typeof key !== 'string' || typeof signature !== 'string' || !KEY.test(key)) return null
  if (!isSameText(signature, signed(apiKey, key)) || !BODY.test(body.toString('latin1').slice(0, 100))) return null
  // Of a payment that is paid and then refunded, the same comes twice, and both have it asked for.
  return { id: `${key}:${nowMs}`, key, subjectId: null }
}
