import { z } from 'zod'
import { amountAdvice, parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { currency } from '../../platform/http/fields.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import type { Gateway, Routing } from './gateway-store.ts'

/** What is looked for a gateway for. What is null is not known, or of no matter. */
export interface Routed {
  readonly currency: string
  readonly amountMinor: bigint | null
  /** Of the customer. */
  readonly country: string | null
}

const country = z.string().regex(/^[A-Z]{2}$/, 'write two capital letters such as DE')

export const routingFields = {
  countries: z
    .array(country)
    .min(1)
    .max(250)
    .nullable()
    .default(null)
    .describe('Customers of these countries alone; all when null'),
  amounts: z
    .array(
      z.strictObject({
        currency,
        least: amountText.nullable().default(null),
        most: amountText.nullable().default(null),
      }),
    )
    .max(200)
    .default([])
    .describe('Payments of a currency from `least` to `most`, both included'),
  unansweredMost: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('After so many attempts in a row that it did not answer, it is asked last; never when null'),
}

/** @throws Refusal for bounds that are no amounts, that nothing is between, or of a currency that is there twice */
export function assertRouting({ amounts }: Pick<Routing, 'amounts'>): void {
  for (const [at, { currency: of, least, most }] of amounts.entries()) {
    const [from, to] = [least, most].map((text) => (text === null ? null : parseMinor(text, of)))
    if ((least !== null && from === null) || (most !== null && to === null))
      throw new Refusal('unprocessable', `amounts.${at}: ${amountAdvice(of)}`)
    if (typeof from === 'bigint' && typeof to === 'bigint' && from > to)
      throw new Refusal('unprocessable', `amounts.${at}: least is more than most`)
    if (amounts.findIndex((one) => one.currency === of) !== at)
      throw new Refusal('unprocessable', `amounts.${at}: ${of} is there already`)
  }
}

/** Whether a payment is begun at a gateway: of 5.00 to 500.00 EUR, 5.00 are and 500.01 are not. */
export function takes({ routing }: Gateway, { currency: of, amountMinor, country: from }: Routed): boolean {
  if (routing === null) return true
  if (routing.countries !== null && (from === null || !routing.countries.includes(from))) return false
  const bounds = routing.amounts.find((one) => one.currency === of)
  if (bounds === undefined || amountMinor === null) return true
  const [least, most] = [bounds.least, bounds.most].map((text) => (text === null ? null : parseMinor(text, of)))
  return (least == null || amountMinor >= least) && (most == null || amountMinor <= most)
}

/** The same gateways, those behind the others that did not answer of late. */
export async function answeringFirst(db: Database, gateways: readonly Gateway[]): Promise<Gateway[]> {
  const [answering, silent]: [Gateway[], Gateway[]] = [[], []]
  for (const gateway of gateways) ((await isSilent(db, gateway)) ? silent : answering).push(gateway)
  return [...answering, ...silent]
}

async function isSilent(db: Database, { id, routing }: Gateway): Promise<boolean> {
  const most = routing?.unansweredMost ?? null
  if (most === null) return false
  const asked = db.selectFrom('paymentAttempt').select('state').where('gatewayId', '=', id).where('asks', '>', 0)
  const last = await asked.orderBy('id', 'desc').limit(most).execute()
  return last.length === most && last.every(({ state }) => state === 'unknown')
}

/** The country of the customer of an account, by the postal address; null where there is none. */
export async function countryOf(db: Database, accountId: string): Promise<string | null> {
  const { customerId } = await getRow(db, 'account', accountId)
  return (await getRow(db, 'customer', customerId)).postalAddress?.country ?? null
}
