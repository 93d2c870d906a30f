import type { Json } from './client.ts'
import { type Filter, OF_ACCOUNT } from './list-options.ts'

/** What callers make, in the order in which each may refer to those before. */
export const KINDS = ['issuer', 'customer', 'account', 'service', 'subscription'] as const
export type Kind = (typeof KINDS)[number]

interface KindList {
  readonly example: string
  readonly filters: readonly Filter[]
  readonly columns: (row: Json) => Json
}

/** What people are shown of each kind, and by what they narrow its list. */
export const LISTS: Readonly<Record<Kind, KindList>> = {
  issuer: {
    example: '',
    filters: [],
    columns: ({ key, name, address, invoiceSeries }) => ({ key, name, address, invoiceSeries }),
  },
  customer: {
    example: '--text olha',
    filters: [],
    columns: ({ key, name, email, language, createdAt }) => ({ key, name, email, language, created: dayOf(createdAt) }),
  },
  account: {
    example: '--customer olha',
    filters: [
      ['--customer <reference>', 'of this customer'],
      ['--issuer <reference>', 'of this issuer'],
      ['--currency <currency>', 'in this currency'],
    ],
    columns: ({ key, customerName, currency, zone, creditLimit, billedUntil, createdAt }) => ({
      ...{ key, customer: customerName, currency, zone, creditLimit, billedUntil, created: dayOf(createdAt) },
    }),
  },
  service: {
    example: '--account 1001 --state active',
    filters: [...OF_ACCOUNT, ['--state <state>', 'pending, active or ended']],
    columns: ({ key, account, customerName, validFrom, validUntil }) => ({
      ...{ key, account, customer: customerName, from: validFrom, until: validUntil },
    }),
  },
  subscription: {
    example: '--account 1001 --state active',
    filters: [
      ...OF_ACCOUNT,
      ['--service <reference>', 'of this service'],
      ['--state <state>', 'pending, trial, active, paused or ended'],
    ],
    columns: ({ key, account, customerName, plan, planVersion, quantity, state, startsAt, endsAt }) => ({
      ...{ key, account, customer: customerName, plan: `${plan}@${planVersion}`, quantity, state },
      ...{ starts: dayOf(startsAt), ends: dayOf(endsAt) },
    }),
  },
}

function dayOf(instant: unknown): string {
  return typeof instant === 'string' ? instant.slice(0, 10) : ''
}
