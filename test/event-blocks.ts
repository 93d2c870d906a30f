import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** A service is blocked, and opened again. */
export async function walkBlocks({ client }: TestKvit, walk: EventWalk): Promise<void> {
  await client.post('/v1/customers', { key: 'barred', name: 'Barred' })
  const terms = { issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'barred', customer: 'barred', ...terms })
  await client.post('/v1/services', { key: 'barred', account: 'barred', validFrom: '2026-01-01T00:00:00Z' })
  const body = { key: 'barred', service: 'barred', reason: 'customer' }
  const block = await walk.ask('POST /v1/blocks', {}, { body }, ['service_block.placed', 'service.blocked'])
  const id = String(block['id'])
  await walk.ask('POST /v1/blocks/{id}/lift', { id }, { body: {} }, ['service_block.lifted', 'service.opened'])
  const targets = 'POST /v1/enforcement-targets'
  const one = '/v1/enforcement-targets/{target}'
  // Nothing is sent to an address inside that nobody has allowed.
  const nas = { key: 'nas', radius: { host: '127.0.0.1' }, secret: 'shared' }
  await walk.ask(targets, {}, { body: nas }, ['enforcement_target.created'])
  const of = { target: 'nas' }
  await walk.ask(`PATCH ${one}`, of, { body: { repeatHours: 24 } }, ['enforcement_target.updated'])
  await walk.ask(`POST ${one}/resend`, of, { body: {} }, ['enforcement_target.resent'])
  const states = [{ service: 'barred', barred: ['data'] }]
  await walk.ask(`POST ${one}/observed-states`, of, { body: { states } }, ['enforcement_target.resent'])
  await walk.ask(`DELETE ${one}`, of, {}, ['enforcement_target.deleted'])
  const values = { dataTypes: ['data', 'mms'] }
  await walk.ask('PUT /v1/settings/service-blocks', {}, { body: { values } }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/service-blocks', {}, {}, ['settings.removed'])
}
