import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import type { Config } from '../src/platform/config.ts'
import { type RunningPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { watchAnswers } from './documented-answers.ts'

const OWN_FOLDER = join(tmpdir(), `kvit-test-postgres-${process.pid}`)
export const SHARED = join(import.meta.dirname, '../../shared')

/**
 * The Postgres of this file, where it runs without `./kvit test`, which has one for all files. It ends with the process:
 * hooks of the file that close servers come after those of this page.
 */
let own: Promise<RunningPostgres> | undefined
process.once('exit', () => {
  if (own === undefined) return
  const pidFile = join(OWN_FOLDER, 'postgres/postmaster.pid')
  const [pid] = readFileSync(pidFile, 'utf8').split('\n')
  process.kill(Number(pid), 'SIGINT')
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let looks = 0; looks < 500 && existsSync(pidFile); looks++) Atomics.wait(pause, 0, 0, 20)
  rmSync(OWN_FOLDER, { recursive: true, force: true, maxRetries: 5 })
})

async function postgresUrl(): Promise<string> {
  const ofRun = process.env['KVIT_TEST_DATABASE_URL']
  if (ofRun !== undefined) return ofRun
  own ??= startEmbeddedPostgres(OWN_FOLDER)
  return (await own).url
}

/** A database of its own on the Postgres of the test run. @returns its URL */
export async function createDatabase(): Promise<string> {
  const url = await postgresUrl()
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return url.replace(/\/postgres$/, `/${name}`)
}

export interface TestConfig extends Config {
  readonly databaseUrl: string
}

export async function testConfig(archiveAfterHours = 24): Promise<TestConfig> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kvit-test-data-'))
  return {
    databaseUrl: await createDatabase(),
    dataDir,
    host: '127.0.0.1',
    port: 0,
    tcpPort: 0,
    tcpTls: null,
    tls: null,
    publicUrl: null,
    oidc: null,
    metricsToken: null,
    corsOrigins: [],
    secretsKey: null,
    secretsKeyFile: null,
    archiveAfterHours,
    // Nobody listens there: tests ask nobody outside.
    viesUrl: 'http://127.0.0.1:1',
    avalaraUrl: 'http://127.0.0.1:1',
    stripeUrl: 'http://127.0.0.1:1',
    mollieUrl: 'http://127.0.0.1:1',
    ...{ peppolUrl: null, deliveryFolder: null, privateHosts: [] },
    payPalUrl: 'http://127.0.0.1:1',
    wayForPayUrl: 'http://127.0.0.1:1',
    liqPayUrl: 'http://127.0.0.1:1',
    bodyMemoryMb: 384,
    requestsPerSecond: 10_000,
    logLevel: 'silent',
  }
}

export interface TestKvit {
  readonly app: App
  readonly config: TestConfig
  readonly client: Client
  /** A request as it is; nothing is retried or thrown. */
  readonly request: (
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> },
  ) => Promise<{ status: number; json: Json; text: string }>
}

/** A running Kvit with one tenant, whose clock stands at `clock`. It ends with the test file. */
export async function startKvit(
  tenant: string,
  clock: string,
  acceptanceWindowDays = 400,
  archiveAfterHours?: number,
  settings: Partial<TestConfig> = {},
): Promise<TestKvit> {
  const config = { ...(await testConfig(archiveAfterHours)), ...settings }
  const app = await startApp(config)
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  const differences = await watchAnswers(app.url)
  const client = new Client(config, tenant)
  after(async () => {
    await app.close()
    await rm(config.dataDir, { recursive: true, force: true })
    assert.deepEqual(differences, [], 'answers are as the API describes them')
  })
  await client.post('/v1/tenants', { name: tenant, clock, acceptanceWindowDays })
  return {
    app,
    config,
    client,
    request: async (method, path, { body, raw, headers = {} } = {}) => {
      const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const response = await fetch(`${app.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${app.rootKey}`,
          'kvit-tenant': tenant,
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(content === undefined ? {} : { body: content as string }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return { status: response.status, json: isJson ? (JSON.parse(text) as Json) : {}, text }
    },
  }
}

/** The smallest operator: an issuer, a meter of calls in minutes, and a plan. */
export async function seedOperator(client: Client, planFiles: string = CALLS): Promise<void> {
  await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: planFiles }] })
}

export const CALLS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.10 }, { upTo: null, unitAmount: 0.05 } ] } }
`

/** A customer with one account, service and subscription, all under one key. */
export async function createSubscriber(client: Client, key: string, options: Json = {}): Promise<void> {
  const {
    plan = 'basic',
    currency = 'EUR',
    zone = 'UTC',
    startsAt = '2026-01-01T00:00:00Z',
    language = 'en',
    endsAt = null,
    alignment = 'calendar',
    quantity = 1,
    creditLimit = null,
  } = options
  await client.post('/v1/customers', { key, name: `Customer ${key}`, language })
  const account = { key, customer: key, issuer: 'op', currency, zone, cycleAnchor: '2026-01-01', creditLimit }
  await client.post('/v1/accounts', account)
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt, endsAt, alignment, quantity })
}

/** The client of another person, whose key the owner of the machine has made. */
export async function personWith(kvit: TestKvit, name: string, scopes: readonly string[]): Promise<Client> {
  const { key } = await kvit.client.post<{ key: string }>('/v1/keys', { name, scopes })
  return Client.at(kvit.app.url, key, String(kvit.client.tenant))
}

export async function checkHolds(client: Client): Promise<string[]> {
  const report = await client.get<{ results: { invariant: string; holds: boolean; detail: string }[] }>('/v1/check')
  return report.results.filter(({ holds }) => !holds).map(({ invariant, detail }) => `${invariant}: ${detail}`)
}
