import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { getInvoice } from '../invoices/index.ts'
import { accountInUse, lockAccount } from '../parties/index.ts'
import type { Claim } from '../payments/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { type Attempt, findAttempt, listClaims } from './attempt-store.ts'
import { beginAttempt } from './begin-attempt.ts'
import { type Gateway, getGateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { defaultMethod, getMethod, type PaymentMethod } from './method-store.ts'
import { countryOf, type Routed } from './routing.ts'

/** How long a page on which a payer pays claims its document. */
const CHECKOUT_MS = 3_600_000

/** What is to be charged. */
export interface ChargeDraft {
  readonly key: string
  readonly account: string
  /** The document that it is for, by id or number. */
  readonly invoice: string | null
  /** A decimal; what is open of the document and nobody else claims where it is absent. */
  readonly amount: string | null
  /** A kept means of payment, by id or key; `default` is that of the account; null has the payer choose. */
  readonly method: string | null
  /** The gateway of a page; null leaves it to the routing. */
  readonly gateway: string | null
  readonly returnUrl: string | null
  readonly origin: Attempt['origin']
  /** Gateways that have refused it for certain, by id: another one is asked. */
  readonly except?: ReadonlySet<string>
}

/**
 * Notes what a gateway is going to be asked for, and claims what it is to pay: of a document with 100.00 open, of which a page claims 60.00,
 * an automatic charge gets 40.00, or nothing. In a transaction that is committed before the gateway is asked.
 */
export async function beginCharge(
  db: Database,
  tenant: Pick<Tenant, 'name'>,
  gateways: Gateways,
  draft: ChargeDraft,
  nowMs: number,
): Promise<Attempt> {
  const { id: accountId } = await accountInUse(db, draft.account)
  const { currency } = await lockAccount(db, accountId)
  const invoiceId = draft.invoice === null ? null : (await getInvoice(db, draft.invoice)).id
  const wanted = draft.amount === null ? null : parseMinor(draft.amount, currency)
  if (draft.amount !== null && (wanted === null || wanted <= 0n))
    throw new Refusal('unprocessable', `amount: ${draft.amount} cannot be charged: ${amountAdvice(currency)}`)
  const known = await findAttempt(db, draft.key)
  if (known !== undefined) {
    const isSame =
      known.kind === 'charge' &&
      known.accountId === accountId &&
      known.invoiceId === invoiceId &&
      (wanted === null || known.amountMinor === String(wanted))
    if (isSame) return known
    throw new Refusal('idempotency_conflict', `the key ${draft.key} was used for another payment`)
  }
  const amountMinor = await claim(db, accountId, currency, invoiceId, wanted, nowMs)
  const method = draft.method === null ? null : await chargeable(db, accountId, draft.method)
  const country = await countryOf(db, accountId)
  const gatewayId =
    method?.gatewayId ?? (await checkoutGateway(db, tenant, gateways, draft, { currency, amountMinor, country })).id
  const attempt = {
    kind: 'charge',
    ...{ id: newId(), key: draft.key, gatewayId, accountId, currency, amountMinor, invoiceId },
    ...{ methodId: method?.id ?? null, returnUrl: draft.returnUrl, origin: draft.origin },
    // Whoever is asked to do something may never do it; a bank, and a gateway, will.
    claimedUntil: draft.returnUrl === null ? null : new Date(nowMs + CHECKOUT_MS),
  } as const
  return beginAttempt(db, attempt, nowMs)
}

async function claim(
  db: Database,
  accountId: string,
  currency: string,
  invoiceId: string | null,
  wanted: bigint | null,
  nowMs: number,
): Promise<bigint> {
  if (invoiceId === null) {
    if (wanted === null)
      throw new Refusal('unprocessable', 'amount: needed where no document says how much is to be paid')
    return wanted
  }
  const settlement = new AccountSettlement(db, accountId, currency)
  // Nobody is asked for what is disputed; who names an amount may pay it.
  const open = wanted === null ? await settlement.askableOf(invoiceId) : await settlement.openOf(invoiceId)
  if (open === null) throw new Refusal('unprocessable', 'invoice: it is none of the account')
  const claims = await listClaims(db, invoiceId, nowMs)
  const free = claims.reduce((rest, { amountMinor }) => rest - BigInt(amountMinor), open > 0n ? open : 0n)
  const amountMinor = wanted ?? free
  if (amountMinor > free || amountMinor <= 0n)
    throw new Refusal('conflict', claimedWords(formatMinor(free > 0n ? free : 0n, currency), currency, claims), {
      claimedBy: claims.map(({ key }) => key),
    })
  return amountMinor
}

function claimedWords(free: string, currency: string, claims: readonly Claim[]): string {
  const others =
    claims.length === 0
      ? ''
      : `; ${claims.length} other payments of it are under way: ${claims.map(({ key }) => key).join(', ')}`
  return `amount: ${free} ${currency} of the document are to be paid${others}`
}

async function chargeable(db: Database, accountId: string, reference: string): Promise<PaymentMethod> {
  const method = reference === 'default' ? await defaultMethod(db, accountId) : await getMethod(db, reference)
  if (method === undefined)
    throw new Refusal('conflict', 'the account has no means of payment that is charged by default')
  if (method.accountId !== accountId) throw new Refusal('unprocessable', 'method: it is another account’s')
  if (method.state !== 'active') throw new Refusal('conflict', `method: it is ${method.state}`)
  return method
}

async function checkoutGateway(
  db: Database,
  tenant: Pick<Tenant, 'name'>,
  gateways: Gateways,
  { gateway, returnUrl, except }: ChargeDraft,
  asked: Routed,
): Promise<Gateway> {
  if (returnUrl === null)
    throw new Refusal(
      'unprocessable',
      'returnUrl: needed where the payer chooses how to pay: where do they come back to?',
    )
  const { currency } = asked
  const fit = await gateways.route(db, tenant, asked, ({ checkout }) => checkout, except)
  const named = gateway === null ? undefined : await getGateway(db, gateway)
  const found = named === undefined ? fit[0] : fit.find(({ id }) => id === named.id)
  if (found !== undefined) return found
  const which = gateway === null ? 'no open gateway has' : `the gateway ${gateway} is closed, or has not`
  throw new Refusal(
    'unprocessable',
    `gateway: ${which} a page to pay ${currency} on, or does not take this country or amount`,
  )
}
