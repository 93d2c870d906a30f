import { z } from 'zod'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatQuantity, UNIT_SCALE } from '../../core/base/quantity.ts'
import { LOT_SOURCES, type Lot } from '../../core/charging/balances.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Session } from '../journal/session.ts'

const amount = z.string().describe('A decimal of the currency, or of the unit')
const currency = z.string()
const lot = {
  lot: z.int().describe('Its number, as the balances of the account show it'),
  unit: z.string().nullable().describe('Null for money'),
  source: z.enum(LOT_SOURCES),
  origin: z.string().describe('What opened it, such as `top_up:` and its key'),
  amount,
  currency,
  expiresAt: z.iso.datetime().nullable(),
}

export const thresholdCrossed = eventType(
  'balance.threshold_crossed',
  'account',
  'A threshold of an account was crossed: its balance is low or high, or much was spent or used. Once, until it is crossed back.',
  {
    threshold: z.string().describe('Its code'),
    watches: z.enum(['low_balance', 'high_balance', 'spend', 'allowance_used']),
    action: z.enum(['notify', 'block', 'throttle', 'top_up', 'grant']).describe('What follows from it'),
  },
)

const lotOpened = eventType(
  'balance.lot_opened',
  'account',
  'An account has a further lot of money or units. What plans give each period opens lots silently.',
  lot,
)

const lotExpired = eventType(
  'balance.lot_expired',
  'account',
  'The time of a lot is over, and what was left of it is lost to the customer.',
  { ...lot, amount: amount.describe('What was left') },
)

const promisedCreditEnded = eventType(
  'balance.promised_credit_ended',
  'account',
  'A promised credit is over: money came in, or its time has passed. What was used of it is owed.',
  { feeLeft: amount.describe('What is still to be paid of its fee'), currency },
)

const sessionExpired = eventType(
  'session.expired',
  'session',
  'A session was ended because its gateway has not reported in time; what it had set aside is free again.',
  {
    source: z.string().describe('The gateway'),
    session: z.string().describe('As the gateway named it'),
    startedAt: z.iso.datetime(),
    reportedAt: z.iso.datetime().describe('Until when usage was reported'),
  },
)

/** Events that the engine publishes by itself. */
export const engineEvents = [thresholdCrossed, lotOpened, lotExpired, promisedCreditEnded, sessionExpired]

function money(atRatingScale: bigint, code: string): string {
  return formatScaled(atRatingScale, currencyOf(code).ratingScale)
}

/** @param amount of the lot, at the rating scale or at UNIT_SCALE */
function lotData(opened: Lot, amountOf: bigint, code: string): z.input<typeof lotOpened.data> {
  const { number, unit, source, origin, untilMs } = opened
  const text = unit === null ? money(amountOf, code) : formatQuantity(amountOf, UNIT_SCALE)
  const expiresAt = untilMs === null ? null : new Date(untilMs).toISOString()
  return { lot: number, unit, source, origin, amount: text, currency: code, expiresAt }
}

export function lotOpenedEvent(accountId: string, opened: Lot, code: string): NewEvent {
  return eventOf(lotOpened, { objectId: accountId, accountId }, lotData(opened, opened.amount, code))
}

export function lotExpiredEvent(accountId: string, expired: Lot, left: bigint, code: string): NewEvent {
  return eventOf(lotExpired, { objectId: accountId, accountId }, lotData(expired, left, code))
}

export function promiseEndedEvent(accountId: string, feeLeft: bigint, code: string): NewEvent {
  const data = { feeLeft: money(feeLeft, code), currency: code }
  return eventOf(promisedCreditEnded, { objectId: accountId, accountId }, data)
}

export function sessionExpiredEvent(accountId: string, { key, startedMs, reportedMs }: Session): NewEvent {
  const [source, session] = JSON.parse(key) as [string, string]
  const [startedAt, reportedAt] = [startedMs, reportedMs].map((ms) => new Date(ms).toISOString()) as [string, string]
  const data = { source, session, startedAt, reportedAt }
  return eventOf(sessionExpired, { objectId: key, accountId }, data)
}
