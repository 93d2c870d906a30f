/** Credentials of providers, and what they know means of payment by, are nowhere in clear: not in answers, events, logs, tables, files. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { FakeStripe } from '../packages/fakes/src/fake-stripe.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { createSubscriber, seedOperator, testConfig } from './harness.ts'

const SECRETS = {
  secretKey: 'sk_test_MARKERthatNobodyMaySee1',
  webhookSecret: 'whsec_MARKERthatNobodyMaySee2',
}
const TOKEN = 'pm_MARKERthatNobodyMaySee3'
const MARKER = 'thatNobodyMaySee'

test('marker secrets are in no answer, event, log, table or file, whether gateways answer, refuse or are away', async () => {
  const stripe = new FakeStripe(SECRETS)
  const config = await testConfig()
  const folder = await mkdtemp(join(tmpdir(), 'kvit-secrets-'))
  const log: string[] = []
  const server = spawn(process.execPath, [join(import.meta.dirname, '../src/cli/main.ts'), 'start'], {
    env: {
      ...process.env,
      ...{ KVIT_DATA: config.dataDir, DATABASE_URL: config.databaseUrl, KVIT_PORT: '0', KVIT_LOG_LEVEL: 'trace' },
      KVIT_STRIPE_URL: await stripe.listen(),
    },
  })
  after(async () => {
    server.kill('SIGKILL')
    stripe.close()
    for (const name of [folder, config.dataDir]) await rm(name, { recursive: true, force: true })
  })
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (data: Buffer) => void log.push(data.toString()))
  await new Promise<void>((resolve) => void server.stdout.once('data', () => resolve()))
  const { url } = JSON.parse(readFileSync(join(config.dataDir, 'server.json'), 'utf8')) as { url: string }
  const key = readFileSync(join(config.dataDir, 'root.key'), 'utf8').trim()
  const client = Client.at(url, key, 'secret')
  const answers: Json[] = []
  const ask = async (path: string, body: Json, method = 'POST'): Promise<Json> => {
    const answer = await client.post<Json>(path, body, method).catch((error: unknown) => ({ error: String(error) }))
    answers.push(answer)
    return answer
  }
  await client.post('/v1/tenants', { name: 'secret', clock: '2026-02-01T06:00:00Z' })
  await seedOperator(client)
  await ask('/v1/payment-gateways/stripe', { adapter: 'stripe', secrets: SECRETS }, 'PUT')
  await ask('/v1/payment-gateways/bad', { adapter: 'stripe', secrets: { secretKey: `${MARKER} is no key` } }, 'PUT')
  await createSubscriber(client, 'ann')
  const card = await ask('/v1/payment-methods', { key: 'card', account: 'ann', token: TOKEN })
  assert.equal(card['state'], 'active')
  const charge = { account: 'ann', amount: '5.00', method: 'default' }
  assert.equal((await ask('/v1/payment-attempts', { key: 'c-1', ...charge }))['state'], 'succeeded')
  stripe.close()
  assert.equal((await ask('/v1/payment-attempts', { key: 'c-2', ...charge }))['state'], 'unknown')
  for (const path of ['payment-gateways', 'payment-methods', 'payment-attempts', 'events', 'audit-log', 'jobs'])
    answers.push(await client.get(`/v1/${path}`))
  assert.doesNotMatch(JSON.stringify(answers), new RegExp(MARKER))
  assert.doesNotMatch(log.join(''), new RegExp(MARKER))
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  const { rows } = await database.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables where table_schema in ('kvit', 't_secret')`,
  )
  assert.ok(rows.length > 80)
  for (const { schema, name } of rows) {
    const found = await database.query<{ text: string }>(
      `select to_jsonb(t.*)::text as text from "${schema}"."${name}" as t`,
    )
    for (const { text } of found.rows) {
      assert.equal(text.includes(MARKER), false, name)
      // Bytes are shown as hexadecimal digits.
      assert.equal(text.includes(Buffer.from(MARKER).toString('hex')), false, name)
    }
  }
  await database.end()
  const files = readdirSync(config.dataDir, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(config.dataDir, name),
  )
  for (const file of files.filter((name) => statSync(name).isFile()))
    assert.equal(readFileSync(file).includes(MARKER), false, file)
})
