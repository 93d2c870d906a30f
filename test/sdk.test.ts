/** The clients of all languages against one server: what they do where answers are lost and lists grow, and as whom they ask. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { Kvit, KvitError, ProblemError } from '../packages/sdk/src/index.ts'
import { signedIn } from './browser.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

async function reasonOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'answered',
    (error: unknown) => (error instanceof KvitError ? error.reason : String(error)),
  )
}

const world = await startKvit('sdk', '2026-02-10T12:00:00Z')
const { app } = world
const options = { url: app.url, key: app.rootKey, tenant: 'sdk' }
const kvit = new Kvit(options)
await seedOperator(world.client)
for (const account of ['olha', 'python', 'go']) await createSubscriber(world.client, account)

/** Loses the first answer to each request, after the server has done what it was asked. */
function losing(): Kvit {
  const lost = new Set<string>()
  return new Kvit({
    ...options,
    environment: {
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        const { 'idempotency-key': key = '' } = init.headers as Record<string, string>
        if (lost.has(`${url} ${key}`)) return response
        lost.add(`${url} ${key}`)
        await response.arrayBuffer()
        throw new TypeError('the connection was lost')
      },
      sleep: async () => undefined,
    },
  })
}

test('a connection that is lost behind the commit: the write is sent again, and has one effect', async () => {
  const body = {
    key: 'cut-1',
    account: 'olha',
    amount: '5.00',
    currency: 'EUR',
    method: 'cash',
    receivedOn: '2026-02-10',
  } as const
  const made = await losing().post('/v1/payments', { body })
  const payments = await kvit.list('/v1/payments', { account: 'olha' }).all()
  assert.deepEqual(
    payments.map(({ id, amount }) => ({ id, amount })),
    [{ id: made.id, amount: '5.00' }],
  )
  const customer = await losing().post('/v1/customers', { body: { key: 'cut-2', name: 'Once' } })
  assert.equal((await kvit.get('/v1/customers/{reference}', { reference: 'cut-2' })).id, customer.id)
  const key = { name: 'cut', scopes: ['usage:write' as const] }
  assert.equal(await reasonOf(losing().post('/v1/keys', { body: key })), 'unreachable')
})

test('a list that grows while it is gone through has each of its items once, and what came meanwhile at its end', async () => {
  const make = async (key: string): Promise<unknown> => kvit.post('/v1/customers', { body: { key, name: 'In a row' } })
  for (let at = 0; at < 7; at++) await make(`row-${at}`)
  const oldestFirst: string[] = []
  for await (const { key } of losing().list('/v1/customers', { text: 'In a row', limit: 3 })) {
    oldestFirst.push(key)
    if (oldestFirst.length === 2) await make('row-7')
  }
  assert.deepEqual(
    oldestFirst,
    Array.from({ length: 8 }, (_, at) => `row-${at}`),
  )
  const newestFirst: string[] = []
  for await (const { key } of kvit.list('/v1/customers', { text: 'In a row', limit: 3, order: 'newest' })) {
    newestFirst.push(key)
    if (newestFirst.length === 1) await make('row-8')
  }
  assert.deepEqual(newestFirst, oldestFirst.toReversed())
})

test('a refusal has its code, and the fields at fault with what is wrong with each', async () => {
  const error = await kvit
    .post('/v1/customers', { body: { key: 'x', name: '', language: 'xx' as 'en' } })
    .catch((caught: unknown) => caught)
  assert.ok(error instanceof ProblemError)
  assert.deepEqual(
    [error.code, error.status, error.fields.map(({ path }) => path)],
    ['invalid_request', 400, ['/name', '/language']],
  )
  assert.match(error.requestId, /^[0-9a-f-]{36}$/)
  assert.equal(await reasonOf(kvit.in('nobody').get('/v1/invoices')), 'not_found')
  assert.equal(await reasonOf(new Kvit({ ...options, key: 'kvit_no' }).get('/v1/invoices')), 'unauthenticated')
})

test('usage is sent in deliveries that may be lost, and charged once; a file comes as it is', async () => {
  const record = (at: number) => ({
    ...{ id: `u-${at}`, source: 'sdk', service: at === 1 ? 'nobody' : 'olha', type: 'call' },
    ...{ time: '2026-02-09T12:00:00Z', data: { minutes: '1.5' } },
  })
  const records = Array.from({ length: 2_500 }, (_, at) => record(at))
  const reports: number[] = []
  const totals = await losing().sendUsage(records, {
    batch: 400,
    onReport: (_report, sent) => reports.push(sent.length),
  })
  // What the first attempt had done is a duplicate to the second one.
  assert.deepEqual([totals.received, totals.charged + totals.suspended + totals.duplicates], [2_500, 2_500])
  assert.deepEqual([reports.length, reports.reduce((sum, size) => sum + size, 0)], [7, 2_500])
  const month = { account: 'olha', from: '2026-02-09T00:00:00Z', until: '2026-02-10T00:00:00Z' }
  const csv = await (await kvit.download('/v1/usage-records.csv', month)).text()
  assert.equal(csv.trim().split('\n').length, 1 + 2_499)
  const statement = await kvit.download('/v1/accounts/{reference}/statement', { reference: 'olha', format: 'csv' })
  assert.match(statement.headers.get('content-type') ?? '', /^text\/csv/)
  const waiting = await kvit.list('/v1/suspense', { status: 'open' }).all()
  assert.deepEqual(
    waiting.map(({ reason }) => reason),
    ['unknown_service'],
  )
})

test('events are followed from one on, by type, each with what its type says', async () => {
  const end = new AbortController()
  const [newest] = await kvit.list('/v1/events', { order: 'newest' }).take(1)
  const after = newest?.id ?? ''
  const feed = kvit.events({ types: ['customer.created', 'payment.*'], after, pollMs: 5, signal: end.signal })
  const first = feed.next()
  await kvit.post('/v1/customers', { body: { key: 'told', name: 'Told' } })
  const { value } = await first
  assert.ok(value?.type === 'customer.created' && value.data.key === 'told')
  const body = {
    key: 'told',
    account: 'olha',
    amount: '1.00',
    currency: 'EUR',
    method: 'cash',
    receivedOn: '2026-02-10',
  } as const
  await kvit.post('/v1/payments', { body })
  const { value: paid } = await feed.next()
  assert.ok(paid?.type === 'payment.recorded' && paid.data.amount === '1.00' && paid.seq > value.seq)
  const next = feed.next()
  end.abort(new Error('enough'))
  assert.match(String(await next.catch(String)), /enough/)
})

test('as a page it works with the session of who is signed in; a page of another site changes nothing', async () => {
  const { browser } = await signedIn(world, 'olha@example.com', ['owner'])
  /** What a browser adds to what a page of `origin` asks. */
  const pageOf = (origin: string): Kvit =>
    new Kvit({
      url: app.url,
      environment: {
        fetch: async (url, init) => {
          const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
          return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), cookie, origin } })
        },
      },
    })
  const page = pageOf(app.url)
  assert.equal((await page.get('/v1/me')).user.email, 'olha@example.com')
  assert.equal((await page.post('/v1/customers', { body: { key: 'by-page', name: 'P' } })).key, 'by-page')
  const other = pageOf('https://elsewhere.example')
  assert.equal(await reasonOf(other.post('/v1/customers', { body: { key: 'no', name: 'N' } })), 'forbidden')
  assert.equal(await reasonOf(kvit.get('/v1/customers/{reference}', { reference: 'no' })), 'not_found')
  await page.delete('/v1/me/sessions/{id}', { id: 'current' })
  assert.equal(await reasonOf(page.get('/v1/me')), 'unauthenticated')
})

const PACKAGES = join(import.meta.dirname, '../packages')
/** What the tests of other languages find the server by. */
const env = {
  ...process.env,
  KVIT_URL: app.url,
  KVIT_KEY: app.rootKey,
  KVIT_TENANT: 'sdk',
  PYTHONDONTWRITEBYTECODE: '1',
}
const canRun = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

/** Blocks of a page in a language, as one program; what they import stands first. */
function programOf(page: string, kind: string): string {
  const blocks = [...readFileSync(join(PACKAGES, '..', page), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  const texts = blocks.filter(([, word]) => word === kind).map(([, , text = '']) => text)
  assert.ok(texts.length > 0, page)
  const imports = texts.flatMap((text) => text.match(/^import .*\n/gm) ?? [])
  return [...new Set(imports), ...texts.map((text) => text.replaceAll(/^import .*\n/gm, ''))].join('\n')
}

test('docs/sdk.md: from nothing to the first invoice, and all else that it shows, as one script', async () => {
  const file = join(PACKAGES, 'sdk/examples/page.ts')
  const shown = `// The examples of docs/sdk.md as one script: a test compares the two, and runs this.\n${programOf('docs/sdk.md', 'ts')}`
  if (process.env['KVIT_WRITE_SDK'] !== undefined) writeFileSync(file, shown)
  assert.equal(readFileSync(file, 'utf8'), shown)
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env })
  const said = stdout.trim().split('\n')
  assert.deepEqual(said.slice(0, 5), [
    '1 of 1',
    'INV-000001 10.00',
    'INV-000002 11.25',
    'Calls 1.25',
    'Monthly fee 10.00',
  ])
  assert.ok(
    said.some((line) => line.startsWith('/name ')),
    said.join('\n'),
  )
  assert.ok(said.includes('1198 1198 0 0'), said.join('\n'))
  assert.ok(said.some((line) => /^\d+ taras$/.test(line)))
  assert.match(said.at(-1) ?? '', /^copy.pdf \d{4,}$/)
})

test('packages/sdk/README.md: its examples run, by HTTP and by TCP', async () => {
  const source = JSON.stringify(join(PACKAGES, 'sdk/src/node.ts'))
  const text = programOf('packages/sdk/README.md', 'ts').replaceAll("'@kvit/sdk'", source)
  const ours = text.replaceAll("'main'", "'trial'").replace('port: 7020', `port: ${app.tcpPort}, tenant: 'trial'`)
  const placed = ours.replace("'http://127.0.0.1:8080'", JSON.stringify(app.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', placed], {
    env,
  })
  assert.match(stdout, /^INV-000001 10.00\nINV-000002 11.25\n\w+ \w+\n$/)
})

const hasPython = canRun('python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 11))')
test('the client in Python holds the same against this server', {
  skip: !hasPython && 'no Python 3.11 here',
}, async () => {
  const cwd = join(PACKAGES, 'sdk-python')
  const { stderr } = await promisify(execFile)('python3', ['-W', 'error', 'tests/test_server.py'], { cwd, env })
  assert.match(stderr, /^Ran 5 tests.*\n\nOK$/m)
  const { stdout } = await promisify(execFile)('python3', ['-c', programOf('docs/sdk.md', 'py')], { cwd, env })
  const readme = programOf('packages/sdk-python/README.md', 'py').replaceAll('"main"', '"trial"')
  const { stdout: said } = await promisify(execFile)('python3', ['-c', readme], { cwd, env })
  assert.match(said, /^already_exists \[\]\nINV-000001 10.00\n/)
  assert.match(stdout, /^INV-000001 10.00\nINV-000002 11.25\ninvalid_request \[.*\]\n100\n\d+ olha\n$/)
})

/** To compile its own library first costs Go half a minute of processor: only who asks for that waits for it. */
function withoutGo(): string | false {
  const { stdout } = spawnSync('go', ['version'], { encoding: 'utf8' })
  if (!/go1\.(2[3-9]|[3-9]\d)/.test(stdout ?? '')) return 'no Go 1.23 here'
  if (process.env['KVIT_TEST_GO'] !== undefined) return false
  const { stdout: isStale } = spawnSync('go', ['list', '-f', '{{.Stale}}', 'net/http'], { encoding: 'utf8' })
  return isStale.trim() === 'false' ? false : 'Go has compiled nothing yet: KVIT_TEST_GO=1 lets it'
}

test('the package in Go is as gofmt writes it', {
  skip: spawnSync('gofmt').error !== undefined && 'no gofmt here',
}, () => {
  assert.equal(spawnSync('gofmt', ['-l', join(PACKAGES, 'sdk-go')], { encoding: 'utf8' }).stdout, '')
})

test('the client in Go holds the same against this server', { skip: withoutGo() }, async () => {
  const cwd = join(PACKAGES, 'sdk-go')
  assert.equal(programOf('packages/sdk-go/README.md', 'go'), programOf('docs/sdk.md', 'go'))
  const shown = programOf('docs/sdk.md', 'go')
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `\t${line}`))
  assert.ok(readFileSync(join(cwd, 'example_test.go'), 'utf8').includes(shown.join('\n')), 'it runs as it is shown')
  const { stdout } = await promisify(execFile)('go', ['test', '-count=1', '-vet=off', '-v', './...'], { cwd, env })
  assert.equal([...stdout.matchAll(/^--- PASS: (Test|Example)/gm)].length, 7, stdout)
})
