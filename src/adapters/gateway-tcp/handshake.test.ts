import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tenant } from '../../platform/tenant.ts'
import { type Callers, greet } from './handshake.ts'

const KEYS: Record<string, NonNullable<Awaited<ReturnType<Callers['findCaller']>>>> = {
  own: { id: '1', tenantName: 'north', scopes: ['charging:write'] },
  root: { id: '2', tenantName: null, scopes: ['charging:write'] },
  reader: { id: '3', tenantName: 'north', scopes: ['usage:read'] },
}
const callers: Callers = {
  findCaller: async (key) => KEYS[key] ?? null,
  findTenant: async (name) => (name === 'north' ? ({ name } as Tenant) : null),
}

const closed: readonly [greeting: unknown, reason: string][] = [
  ['no JSON', 'invalid_greeting'],
  [null, 'invalid_greeting'],
  [{ op: 'hello' }, 'unauthenticated'],
  [{ key: 7 }, 'unauthenticated'],
  [{ key: 'unknown' }, 'unauthenticated'],
  [{ key: 'reader' }, 'forbidden'],
  [{ key: 'own', tenant: 'south' }, 'forbidden'],
  [{ key: 'root' }, 'tenant_required'],
  [{ key: 'root', tenant: 'south' }, 'not_found'],
]
for (const [greeting, reason] of closed)
  test(`${JSON.stringify(greeting)} as a first line closes the connection: ${reason}`, async () => {
    const line = greeting === 'no JSON' ? '{"key"' : JSON.stringify(greeting)
    const found = await greet(callers, line)
    assert.equal(Array.isArray(found) && found[0], reason)
  })

test('a key of a tenant need not name it; the root key names one', async () => {
  const own = { apiKey: 'own', callerId: '1', tenantName: 'north' }
  assert.deepEqual(await greet(callers, '{"op":"hello","key":"own"}'), own)
  assert.deepEqual(await greet(callers, '{"op":"hello","key":"own","tenant":"north"}'), own)
  const root = { apiKey: 'root', callerId: '2', tenantName: 'north' }
  assert.deepEqual(await greet(callers, '{"op":"hello","key":"root","tenant":"north"}'), root)
})
