import { type Database, inSchema } from '../../platform/db.ts'
import type { StreamContext, Tenant } from '../../platform/tenant.ts'
import type { Module, Parts } from '../module.ts'
import type { GatewayNeeds } from '../payment-gateways/index.ts'
import { finishCancelling } from './cancel.ts'
import { checkTerminals } from './checks.ts'
import { terminalEvents } from './events.ts'
import { networkRoutes } from './network-routes.ts'
import type { TerminalParts } from './parts.ts'
import { terminalPaymentRoutes } from './payment-routes.ts'
import { personalRows } from './personal.ts'
import { protocolRoutes } from './protocol-routes.ts'
import { registryRoutes } from './registry-routes.ts'
import { finish } from './serve.ts'
import { listUnderWay, networkOfId } from './store.ts'

/** How often payments are looked for that were left half done, by the real clock. */
const LOOK_EVERY_MS = 60_000
/** Of a tenant at one look. */
const MOST = 500

type Needs = Parts & Pick<TerminalParts, 'receivables' | 'topUps'> & Pick<GatewayNeeds, 'secretKeyRing' | 'publicUrl'>

export const paymentTerminalsModule: Module<Needs> = {
  name: 'payment-terminals',
  personal: personalRows,
  events: terminalEvents,
  start: ({ db, engine, receivables, topUps, secretKeyRing, publicUrl, nowMs, onFault }) => {
    const parts = { db, engine, receivables, topUps }
    const onFailed = onFault('a payment at a terminal was not finished; it is taken up again')
    const takeUp = async (tenant: Tenant): Promise<void> => {
      await finishAll(
        parts,
        { tenant, db: inSchema(db, tenant.schema), nowMs: nowMs(tenant), logged: () => [] },
        onFailed,
      )
    }
    return {
      routes: [
        ...networkRoutes({ secretKeyRing, publicUrl }),
        ...terminalPaymentRoutes(parts),
        ...registryRoutes(),
        ...protocolRoutes(parts, secretKeyRing, onFailed),
      ],
      resume: takeUp,
      repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: takeUp }],
    }
  },
  check: async ({ db, tenant }) => checkTerminals(db as Database, tenant.schema),
}

async function finishAll(
  parts: TerminalParts,
  context: StreamContext,
  onFailed: (error: unknown) => void,
): Promise<void> {
  for (const transaction of await listUnderWay(context.db, MOST)) {
    try {
      const network = await networkOfId(context.db, transaction.gatewayId)
      if (transaction.state === 'cancelling') await finishCancelling(parts, context, network, transaction)
      else await finish(parts, context, network, transaction)
    } catch (error) {
      onFailed(error)
    }
  }
}
