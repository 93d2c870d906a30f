import { z } from 'zod'
import { LOT_SOURCES } from '../../core/charging/balances.ts'
import { askedBy } from '../../platform/four-eyes.ts'
import { listOf } from '../../platform/http/list-page.ts'
import { approvalRequestAnswer } from '../approvals/index.ts'
import { settingsSchema } from './settings.ts'

/** What the routes of balances answer, for the description of the API; tests compare answers with it. */

const instant = z.iso.datetime()
const id = z.uuid()
const amount = z.string().describe('A decimal of the currency, or of the unit')
const source = z.enum(LOT_SOURCES)
const scope = z.looseObject({}).nullable()

const lot = z.strictObject({
  number: z.int(),
  source,
  priority: z.int(),
  validFrom: instant,
  expiresAt: instant.nullable(),
  graceHours: z.number().optional().describe('Behind expiresAt it still pays for usage and fees of before'),
  unitPrice: z.string().optional().describe('Of units that were sold: what each cost'),
  taxed: z.literal(true).optional().describe('Its tax was paid when it was sold: what it pays for has none'),
  scope: scope.describe('What it may be used for; null for all'),
  shared: z.boolean(),
  origin: z.string().describe('What opened it: a top-up, a voucher, an allowance and its period'),
  amount,
  remaining: amount,
  held: amount.describe('The part of what remains that running sessions have set aside'),
})

export const balances = z
  .strictObject({
    account: z.string(),
    currency: z.string(),
    available: amount.nullable().describe('Money that a use could take now, credit included; null: nothing limits it'),
    credit: z.strictObject({ limit: amount.nullable(), owed: amount, held: amount }),
    disputed: amount.describe('What of its open documents is disputed: nobody is asked for it until that is decided'),
    spentThisPeriod: amount,
    balances: z.array(z.strictObject({ unit: z.string(), remaining: amount, held: amount, lots: z.array(lot) })),
    promise: z.strictObject({ dueAt: instant, fee: amount }).nullable(),
    thresholdsCrossed: z.array(z.string()),
    runningSessions: z.int().describe('How many sessions run; `sessions` names the latest hundred'),
    sessions: z.array(
      z.strictObject({
        source: z.string(),
        session: z.string(),
        service: z.string(),
        startedAt: instant,
        expiresAt: instant,
      }),
    ),
  })
  .meta({ id: 'Balances' })

export const entries = listOf(
  z.strictObject({
    id,
    accountId: id,
    kind: z.string(),
    unit: z.string().nullable().describe('Null for money of the account’s currency'),
    amount,
    key: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: instant,
  }),
)

export const topUp = z.strictObject({
  id,
  key: z.string(),
  accountId: id,
  currency: z.string(),
  amount,
  method: z.string(),
  reference: z.string().nullable(),
  bonuses: z.array(z.strictObject({ rule: z.string(), amount })),
  sold: z
    .strictObject({ gross: amount, net: amount.describe('What can be drawn down'), tax: amount })
    .optional()
    .describe('What of it was sold with its tax: its document follows. Absent where it is taxed when it is used'),
  createdAt: instant,
  unit: z.string().nullable().describe('Of units that were sold'),
  units: z.string().nullable().describe('How many'),
  unitPrice: z.string().nullable().describe('The price of each'),
})

export const topUpReversed = z.strictObject({
  id,
  topUp: z.string().describe('Its key'),
  accountId: id,
  currency: z.string(),
  amount,
  reason: z.string(),
  createdAt: instant,
  approvalRequest: approvalRequestAnswer.optional().describe('Nothing is taken back yet: it waits for another person'),
})

export const transferred = z.strictObject({
  key: z.string(),
  from: z.string(),
  to: z.string(),
  amount,
  currency: z.string(),
  createdAt: instant,
})

export const promised = z.strictObject({
  key: z.string(),
  account: z.string(),
  amount,
  fee: amount,
  currency: z.string(),
  dueAt: instant,
})

export const adjustment = z
  .strictObject({
    id,
    key: z.string(),
    accountId: id,
    content: z.strictObject({
      direction: z.enum(['credit', 'debit']),
      amount,
      unit: z.string().nullable(),
      source: z.enum(['paid', 'bonus']),
      priority: z.int().optional(),
      expiresAt: z.string().nullable().optional(),
      scope: scope.optional(),
      shared: z.boolean().optional(),
    }),
    reason: z.string(),
    status: z.enum(['pending', 'applied', 'rejected']),
    ...askedBy,
    decidedBy: z.string().nullable(),
    createdAt: instant,
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'Adjustment' })

export const adjustments = listOf(adjustment)

export const settings = settingsSchema
