/** A server is killed again and again while messages go out: each is at the mail server once, or is said to be unknown, and none is lost. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { FakeMailServer } from '../packages/fakes/src/fake-mail-server.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './test-postgres.ts'

/** More of it: `KVIT_TEST_NOTICES=2000 KVIT_TEST_KILLS=10 node tools/run-tests.ts test/notice-kills.test.ts`. */
const NOTICES = Number(process.env['KVIT_TEST_NOTICES'] ?? 120)
const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 2)

const mail = new FakeMailServer()
const port = await mail.listen()
process.env['KVIT_PRIVATE_HOSTS'] = `localhost:${port}`
const config = await testConfig()
const server = new ServerProcess(config)
after(async () => {
  await server.kill()
  await Promise.all([mail.close(), rm(config.dataDir, { recursive: true, force: true })])
})
await server.start()
const client = new Client(config, 'killed', 400)
await client.post('/v1/tenants', { name: 'killed', clock: '2026-02-10T10:00:00Z' })
await seedOperator(client)
const values = { host: 'localhost', port, security: 'none', fromName: 'Op', fromAddress: 'op@example.com' }
await client.post('/v1/settings/mail', { values }, 'PUT')
await client.post('/v1/settings/notices', { values: { on: true, inbox: false, mostPerDay: null } }, 'PUT')
await client.post('/v1/customers', { key: 'ann', name: 'Ann', email: 'ann@example.com' })
const cycle = { issuer: 'op', currency: 'EUR', cycleAnchor: '2026-01-01', zone: 'UTC' }
await client.post('/v1/accounts', { key: 'ann', customer: 'ann', ...cycle })

test('what is killed while it sends sends nothing twice, and what it had not begun goes afterwards', async () => {
  const ask = async (at: number): Promise<Json> =>
    client.post('/v1/notices', {
      kind: 'receipt',
      account: 'ann',
      key: `n${at}`,
      data: { number: `R-${at}`, amount: '1', currency: 'EUR' },
    })
  for (let at = 0; at < NOTICES; at += 20)
    await Promise.all(Array.from({ length: 20 }, async (_, one) => ask(at + one)))
  for (let kill = 1; kill <= KILLS; kill++) {
    const enough = Math.floor((NOTICES * kill) / (KILLS + 2))
    await until(`${enough} mails have come`, async () => mail.inbox.length >= enough)
    await server.kill()
    await server.start()
  }
  const messages: Json[] = []
  await until('all is sent, or known to be unknown', async () => {
    messages.length = 0
    for (const { id } of await client.list<{ id: string }>('/v1/notices'))
      messages.push(...(await client.get<{ messages: Json[] }>(`/v1/notices/${id}`)).messages)
    return messages.length === NOTICES && messages.every(({ state }) => state === 'sent' || state === 'unknown')
  })
  const came = new Map<string, number>()
  for (const { messageId } of mail.inbox) came.set(String(messageId), (came.get(String(messageId)) ?? 0) + 1)
  assert.deepEqual(
    [...came.values()].filter((times) => times > 1),
    [],
  )
  const unknown = messages.filter(({ state }) => state === 'unknown').length
  assert.ok(unknown <= 8 * KILLS, `${unknown} are unknown`)
  assert.ok(mail.inbox.length >= NOTICES - unknown)
  assert.deepEqual(await checkHolds(client), [])
})
