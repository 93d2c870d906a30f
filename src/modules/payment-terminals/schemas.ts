import { z } from 'zod'
import { amountText } from '../../platform/http/amount-text.ts'
import { zone } from '../../platform/http/dates.ts'
import { currency, textUpTo } from '../../platform/http/fields.ts'
import { ofAccount } from '../parties/index.ts'
import { isAddress, NETWORK_SECRETS } from './authenticate.ts'
import { SHOWN } from './store.ts'

/** It is a part of ledger accounts: `cash:gateway:easypay`. */
export const networkName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a network has a name of 1 to 40 small letters, digits and hyphens')

const column = textUpTo(120)
export const registryMapping = z
  .strictObject({
    delimiter: z.enum([';', ',', '\t', '|']).default(';').describe('Between cells'),
    decimalSign: z.enum([',', '.']).default('.').describe('Before the last digits: 10,45 has a comma'),
    skipLines: z.int().min(0).max(100).default(0).describe('Lines before the one with the headings'),
    columns: z.strictObject({
      txnId: column,
      sum: column,
      fee: column.optional().describe('What the network keeps of each payment'),
    }),
  })
  .meta({ id: 'TerminalRegistryMapping' })

const WAY = /^(account|service|customer|reference|metadata:[A-Za-z0-9_.-]{1,40})$/
const secret = z.string().max(200).meta({ format: 'password', writeOnly: true })
const secretNames = Object.keys(NETWORK_SECRETS) as (keyof typeof NETWORK_SECRETS)[]

const terms = {
  currency,
  zone: zone.describe('Of its local times, and of the day on which it may cancel'),
  minSum: amountText,
  maxSum: amountText,
  accountBy: z
    .array(z.string().regex(WAY, 'account, service, customer, reference, or metadata:NAME'))
    .min(1)
    .max(6)
    .default(['account'])
    .describe('What payers write, in the order in which it is looked for'),
  shows: z.array(z.enum(SHOWN)).max(SHOWN.length).default([]).describe('What a terminal may show of an account'),
  addresses: z
    .array(z.string().max(50).refine(isAddress, 'an address such as 203.0.113.7 or a net such as 198.51.100.0/24'))
    .min(1)
    .max(50)
    .nullable()
    .default(null)
    .describe('Where it sends from; null is anywhere'),
  format: z.enum(['xml', 'json']).default('xml').describe('How it is answered where it does not say'),
  credits: z
    .enum(['by_account', 'payment', 'top_up'])
    .default('by_account')
    .describe('As what money is recorded; `by_account` is a top-up for accounts with balances, a payment for others'),
  registry: registryMapping.nullable().default(null),
  isOpen: z.boolean().default(true).describe('A closed one takes no new payments'),
}

export const networkDraft = z.strictObject({
  ...terms,
  secrets: z
    .strictObject(Object.fromEntries(secretNames.map((name) => [name, secret.nullable().optional()])))
    .default({})
    .describe('Others stay as they are; null removes one. A secret or a list of addresses is needed'),
})

const set = z.strictObject({ isSet: z.boolean(), setAt: z.iso.datetime().nullable() })
export const networkAnswer = z
  .strictObject({
    name: z.string(),
    ...terms,
    minSum: z.string(),
    maxSum: z.string(),
    secrets: z.strictObject(Object.fromEntries(secretNames.map((name) => [name, set]))),
    url: z.string().describe('What the network asks: tell it'),
    ledgerAccount: z.string().describe('What it has taken and not paid out yet'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'TerminalNetwork' })

const amount = z.string().describe('A decimal of the currency')
export const STATES = ['pending', 'paid', 'refused', 'cancelling', 'cancelled'] as const
export const paymentAnswer = z
  .strictObject({
    id: z.uuid(),
    network: z.string(),
    txnId: z.string(),
    ...Object.fromEntries(Object.entries(ofAccount).map(([name, schema]) => [name, schema.nullable()])),
    accountId: z.uuid().nullable().describe('Null of one that was cancelled before it came'),
    accountText: z.string().describe('As the payer wrote it'),
    currency: z.string(),
    amount,
    paidAt: z.iso.datetime().nullable().describe('As the network says'),
    terminal: z.string().nullable(),
    state: z.enum(STATES),
    kind: z.enum(['payment', 'top_up']).nullable(),
    key: z.string().describe('Of the payment, or of the top-up'),
    createdAt: z.iso.datetime(),
    cancelledAt: z.iso.datetime().nullable(),
    cancelReason: z.string().nullable(),
  })
  .meta({ id: 'TerminalPayment' })

export const refusalAnswer = z
  .strictObject({
    id: z.uuid(),
    network: z.string(),
    command: z.string(),
    txnId: z.string(),
    accountText: z.string(),
    sum: z.string(),
    reason: z.string(),
    result: z.int().describe('What the network was answered'),
    times: z.int(),
    createdAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  })
  .meta({ id: 'TerminalRefusal' })

const registry = {
  id: z.uuid(),
  network: z.string(),
  key: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  currency: z.string(),
  rows: z.int(),
  agreed: z.int(),
  total: amount,
  fee: amount,
  differences: z.int(),
  payoutId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
}
export const registryAnswer = z.strictObject(registry).meta({ id: 'TerminalRegistry' })
export const wholeRegistryAnswer = z
  .strictObject({
    ...registry,
    list: z
      .array(
        z.strictObject({
          kind: z.enum(['missing_here', 'missing_there', 'other_sum', 'cancelled_here', 'twice_there']),
          txnId: z.string(),
          there: amount.nullable(),
          here: amount.nullable(),
        }),
      )
      .describe('The first thousand of the differences'),
  })
  .meta({ id: 'WholeTerminalRegistry' })
