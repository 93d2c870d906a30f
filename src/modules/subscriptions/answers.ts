import { z } from 'zod'
import { keyOrWhole, ofAccount, partyAnswers, related, row, unit } from '../parties/index.ts'

/** What the routes of subscriptions answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
export const subscriptionState = z.enum(['pending', 'trial', 'active', 'paused', 'ended']).describe('Now')

export const subscription = z
  .strictObject({
    ...row,
    ...ofAccount,
    serviceId: id.nullable().describe('Null covers every service of the account'),
    service: keyOrWhole(partyAnswers.service).nullable(),
    plan: z.string(),
    planVersion: z.int(),
    planVersionId: id,
    quantity: z.int(),
    state: subscriptionState,
    startsAt: instant,
    endsAt: instant.nullable(),
    alignment: z.enum(['calendar', 'anniversary']),
    trialDays: z.int().nullable(),
    termUnit: unit.nullable(),
    termCount: z.int().nullable(),
    renews: z.boolean(),
    parentId: id.nullable(),
    parent: related.nullable().optional(),
  })
  .meta({ id: 'Subscription' })

const planNames = { plan: z.string(), planVersion: z.int(), planVersionId: id, isNegotiated: z.boolean() }

export const change = z
  .looseObject({
    id,
    kind: z.string(),
    effectiveAt: instant,
    ...z.object(planNames).partial().shape,
    note: z.string().nullable(),
    recordedAt: instant,
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'SubscriptionChange' })

export const timeline = z
  .strictObject({
    subscription: z.string(),
    state: subscriptionState,
    zone: z.string().describe('Of the account, in which days begin'),
    termEndsAt: instant.nullable(),
    intervals: z.array(
      z.strictObject({
        from: instant,
        until: instant.nullable(),
        ...planNames,
        phase: z.string().nullable(),
        quantity: z.int(),
        isPaused: z.boolean(),
      }),
    ),
    changes: z.array(change),
  })
  .meta({ id: 'SubscriptionTimeline' })
