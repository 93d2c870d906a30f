import { countUpTo, newest } from '../../platform/count-up-to.ts'
import type { Module, Parts } from '../module.ts'
import { attemptRoutes } from './attempt-routes.ts'
import { autoChargeJob, autoChargeRoutes, followIssued } from './auto-charge-job.ts'
import { callbackRoutes } from './callback-routes.ts'
import type { Checkouts } from './checkouts.ts'
import { checkGateways } from './checks.ts'
import { disputeRoutes } from './dispute-routes.ts'
import { gatewayEvents } from './events.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { GATEWAY_SECRETS } from './gateway-store.ts'
import type { GatewayNeeds } from './gateways.ts'
import { methodRoutes } from './method-routes.ts'
import { METHOD_TOKENS } from './method-store.ts'
import { payoutJob, payoutRoutes } from './payout-routes.ts'
import { personalRows } from './personal.ts'

/** How often attempts are looked for whose time has come, by the real clock. */
const LOOK_EVERY_MS = 1_000

export const paymentGatewaysModule: Module<Parts & GatewayNeeds & { readonly checkouts: Checkouts }> = {
  name: 'payment-gateways',
  attention: [
    {
      code: 'payment_attempts',
      scope: 'payments:read',
      meaning: 'Charges of the newest 2,000 that failed',
      count: async (db) => countUpTo(db, newest(db, 'paymentAttempt').where('row.state', '=', 'failed')),
    },
    {
      code: 'payment_disputes',
      scope: 'payments:read',
      meaning: 'Payments that payers dispute',
      count: async (db) => countUpTo(db, newest(db, 'paymentDispute').where('row.state', '=', 'open')),
    },
  ],
  personal: personalRows,
  events: gatewayEvents,
  encrypted: [GATEWAY_SECRETS, METHOD_TOKENS],
  start: ({ db, checkouts }) => {
    const { gateways, runner } = checkouts
    return {
      routes: [
        ...gatewayRoutes(gateways),
        ...attemptRoutes(checkouts),
        ...methodRoutes(gateways, runner),
        ...disputeRoutes(),
        ...payoutRoutes(db, gateways),
        ...autoChargeRoutes(),
        ...callbackRoutes(gateways),
      ],
      jobs: [autoChargeJob(db, gateways), payoutJob(db, gateways)],
      subscribers: [followIssued],
      resume: async (tenant) => runner.resume(tenant),
      repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: async (tenant, closing) => runner.workOnDue(tenant, closing) }],
    }
  },
  check: async ({ db, tenant }) => checkGateways(db, tenant.schema),
}
