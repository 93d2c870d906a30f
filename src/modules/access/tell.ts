import { systemClock } from '../../platform/clock.ts'
import { type DatabaseTransaction, inSchema } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { keyCreated, type tenantCreated } from './events.ts'

export function createdEvent({
  id,
  scopes,
  madeBy,
}: {
  readonly id: string
  readonly scopes: readonly string[]
  readonly madeBy: string | null
}): NewEvent {
  return eventOf(keyCreated, { objectId: id }, { scopes: [...scopes], madeBy })
}

/** @param tenant null for keys of the machine's owner: they are of no tenant, and there is no event of them. */
export async function tellOfKeys(
  trx: DatabaseTransaction,
  tenant: Tenant | null,
  events: readonly NewEvent[],
): Promise<void> {
  if (tenant !== null) await publish(inSchema(trx, tenant.schema), events, tenant.clockMs ?? systemClock.nowMs())
}

export async function tellOfTenant(
  trx: DatabaseTransaction,
  type: typeof tenantCreated,
  tenant: Tenant,
): Promise<void> {
  const { name, schema, clockMs, acceptanceWindowDays } = tenant
  const clock = clockMs === null ? null : new Date(clockMs).toISOString()
  const event = eventOf(type, { objectId: name }, { acceptanceWindowDays, clock })
  await publish(inSchema(trx, schema), [event], clockMs ?? systemClock.nowMs())
}
