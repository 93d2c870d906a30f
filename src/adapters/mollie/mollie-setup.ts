import type {
  GatewayAnswer,
  GatewayReference,
  GatewayReport,
  GatewaySetup,
  KeptMethod,
  SetUpRequest,
} from '../../modules/payment-gateways/ports.ts'
import { asObject, asText, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import { linkOf, type MollieApi } from './mollie-api.ts'
import { KEY, refusedOf, stateOf } from './mollie-payment.ts'

const KINDS: Readonly<Record<string, string>> = { creditcard: 'card', directdebit: 'sepa_debit' }
/** What a mandate is made by: a card takes a first payment of nothing. */
const FIRST = { amount: { currency: 'EUR', value: '0.00' }, sequenceType: 'first', method: 'creditcard' }

/**
 * Has Mollie keep a card, as a mandate of a customer of its own: one that the payer has entered on a page of the operator with Mollie's own fields
 * (`tkn_…`), or enters on a page of Mollie's. Its first payment is of nothing.
 * @param addresses where a payer comes back to who was sent nowhere, and where Mollie calls back
 */
export async function setUp(
  api: MollieApi,
  { key, token, returnUrl }: SetUpRequest,
  addresses: { readonly home: string; readonly webhookUrl: string },
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewaySetup>> {
  const metadata = { [KEY]: key }
  const customer = await api.post('/v2/customers', { metadata }, `${key}-customer`, signal)
  if (customer.outcome !== 'done') return customer
  const body = {
    ...{ ...FIRST, customerId: customer.object['id'], description: 'To keep a card' },
    ...(token === null ? {} : { cardToken: token }),
    ...{ redirectUrl: returnUrl ?? addresses.home, webhookUrl: addresses.webhookUrl, metadata },
  }
  const answer = await api.post('/v2/payments', body, key, signal)
  return answer.outcome === 'done' ? seen(api, answer.object, signal) : answer
}

/** A setup whose id was never told is asked for again under its key: it moves no money. */
export async function querySetUp(
  api: MollieApi,
  { id }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewaySetup>> {
  if (id === null) return signal.aborted ? UNKNOWN : { outcome: 'absent' }
  const answer = await api.get(`/v2/payments/${id}`, signal)
  if (answer.outcome === 'done') return seen(api, answer.object, signal)
  return answer.outcome === 'absent' ? answer : UNKNOWN
}

async function seen(
  api: MollieApi,
  payment: ProviderObject,
  signal: AbortSignal,
): Promise<{ outcome: 'done'; result: GatewaySetup } | typeof UNKNOWN> {
  const id = String(payment['id'])
  const state = stateOf(payment['status'])
  const nothing = { id, payerUrl: null, method: null, refused: null }
  if (state === 'failed') return { outcome: 'done', result: { ...nothing, state, refused: refusedOf(payment) } }
  const pending = {
    outcome: 'done',
    result: { ...nothing, state: 'pending', payerUrl: linkOf(payment, 'checkout') },
  } as const
  if (state !== 'captured') return pending
  const [customer, mandate] = [asText(payment['customerId']), asText(payment['mandateId'])]
  // The mandate of a payment comes a moment after it.
  if (customer === null || mandate === null) return pending
  const answer = await api.get(`/v2/customers/${customer}/mandates/${mandate}`, signal)
  if (answer.outcome !== 'done') return UNKNOWN
  const { status } = answer.object
  if (status === 'invalid')
    return { outcome: 'done', result: { ...nothing, state: 'failed', refused: { reason: 'declined', mayRetry: true } } }
  if (status !== 'valid') return pending
  return {
    outcome: 'done',
    result: { ...nothing, state: 'done', method: methodOf(answer.object, `${customer}/${mandate}`) },
  }
}

function methodOf({ method, details }: ProviderObject, token: string): KeptMethod {
  const { cardLabel, cardNumber, cardExpiryDate, consumerAccount } = asObject(details)
  const number = asText(cardNumber) ?? asText(consumerAccount)
  const expires = /^(\d{4}-\d{2})-\d{2}$/.exec(asText(cardExpiryDate) ?? '')?.[1] ?? null
  const kind = KINDS[String(method)] ?? String(method)
  return { token, kind, brand: asText(cardLabel)?.toLowerCase() ?? null, last4: number?.slice(-4) ?? null, expires }
}
