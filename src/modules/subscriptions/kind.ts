import { z } from 'zod'
import { accountQuery, expansionsOfAccount, serviceKind, type ThingKind } from '../parties/index.ts'
import { subscription, subscriptionState } from './answers.ts'
import { subscriptionCreated, subscriptionUpdated } from './events.ts'
import { type SubscriptionDraft, subscriptionChanges, subscriptionSchema } from './schemas.ts'
import type { Subscription } from './store.ts'
import { buildSubscription, changeSubscription } from './subscribe.ts'
import { viewSubscriptions } from './subscription-view.ts'

export const subscriptionKind: ThingKind<Subscription, SubscriptionDraft> = {
  name: 'subscription',
  ...{ schema: subscriptionSchema, changes: subscriptionChanges, answer: subscription },
  ...{ created: subscriptionCreated, updated: subscriptionUpdated },
  filters: {
    ...accountQuery,
    service: z.string().min(1).max(128).optional().describe('Of this service: its id or key'),
    state: subscriptionState.optional(),
  },
  texts: ['row.key'],
  belongsTo: { service: 'service' },
  isStateShown: true,
  expansions: {
    ...expansionsOfAccount,
    service: { kind: () => serviceKind, id: 'serviceId' },
    parent: { kind: () => subscriptionKind, id: 'parentId' },
  },
  build: buildSubscription,
  change: changeSubscription,
  view: viewSubscriptions,
  told: (row) => ({ ...row }),
}
