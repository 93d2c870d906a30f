import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { ChargingClient, type Request } from '../packages/sdk/src/node.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/**
 * One tenant attacks in the ways of the list of found faults, another one charges meanwhile: it is answered, each time and
 * rightly. Nothing here is timed; `kvit bench --attack` is where it is.
 */
const { app, client, config } = await startKvit('good', '2026-02-10T12:00:00Z')
const port = app.tcpPort as number
await seedOperator(client, CALLS)
await createSubscriber(client, 'good')
await client.post('/v1/top-ups', { key: 't', account: 'good', amount: '1000000', currency: 'EUR', method: 'cash' })

let charged = 0
function event(): Request {
  const id = `e-${charged++}`
  const time = '2026-02-10T12:00:00Z'
  return { op: 'event', source: 'sw', id, service: 'good', type: 'call', time, data: { minutes: '0.01' } }
}

/** Charges, a hundred events a second at most, until `attack` is over and some more; none is refused. */
async function charging<T>(attack: Promise<T>): Promise<T> {
  let isOver = false
  const gateway = (async () => {
    const sdk = new ChargingClient({ host: '127.0.0.1', port, key: app.rootKey, tenant: 'good', connections: 1 })
    for (let after = 0; after < 20; after += isOver ? 1 : 0) {
      assert.equal((await sdk.request(event())).result, 'charged')
      await setTimeout(10)
    }
    await sdk.close()
  })()
  const [result] = await Promise.all([
    attack.finally(() => {
      isOver = true
    }),
    gateway,
  ])
  return result
}

/** A socket that has sent something, and all that it is told until it is closed. */
async function told(line: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(line)
  let text = ''
  await new Promise((resolve) => {
    socket.on('data', (part) => {
      text += String(part)
    })
    socket.on('close', resolve)
  })
  return text
}

test('S5: a thousand silent sockets on the charging port keep nobody out, and are closed', async () => {
  const open = (): Socket => connect(port, '127.0.0.1').on('error', () => undefined)
  const sockets = Array.from({ length: 1_000 }, open)
  const closed = sockets.map(
    async (socket) =>
      new Promise((resolve) => {
        socket.on('close', resolve)
        socket.resume()
      }),
  )
  await charging(Promise.all(closed))
})

test('S5: a first line that is no greeting is an ordinary refusal', async () => {
  const lines = ['null\n', '1\n', '[]\n', '"hello"\n', 'true\n', '{}\n', '{"key":null}\n', '{"key":{}}\n', '\n', '{\n']
  for (const line of lines) {
    const answer = JSON.parse(await told(line)) as { result: string; reason: string }
    assert.equal(answer.result, 'closed', line)
    assert.match(answer.reason, /^(invalid_greeting|unauthenticated)$/, line)
  }
  assert.match(await told('x'.repeat(100_000)), /too_long/)
  assert.match(await told(Buffer.from([0xff, 0xfe, 10])), /not_utf8/)
  assert.match(await told(`${'['.repeat(20_000)}\n`), /"reason":"(invalid_greeting|too_long)"/)
  await charging(Promise.resolve())
})

const url = new URL(app.url)

interface Told {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

/** A request of the tenant that attacks. */
async function attack(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Told> {
  const own = { authorization: `Bearer ${badKey}`, 'content-type': 'application/json' }
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { ...own, ...headers },
    body: body as string,
  })
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
}

await client.post('/v1/tenants', { name: 'bad', clock: '2026-02-10T12:00:00Z', acceptanceWindowDays: 400 })
const bad = new Client(config, 'bad')
await seedOperator(bad, CALLS)
const SCOPES = [
  'catalog:write',
  'catalog:read',
  'customers:read',
  'customers:write',
  'usage:write',
  'usage:read',
  'invoices:read',
  'ledger:read',
  'charging:write',
]
const badKey = String((await bad.post('/v1/keys', { name: 'bad', scopes: SCOPES }))['key'])

/** Megabytes of this process, the server in it, at most while something goes on. */
async function peakMegabytes(work: Promise<unknown>): Promise<number> {
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  await work.finally(() => clearInterval(look))
  return most / 1024 / 1024
}

test('S4: gzip that unfolds to gigabytes is never held, and who is over a budget may come again', async () => {
  const line = `${JSON.stringify({ id: 'x', source: 's', service: 'nobody', type: 'call', time: '2026-02-10T12:00:00Z', data: {} })}\n`
  const bomb = gzipSync(Buffer.alloc(63 * 1024 * 1024, `${' '.repeat(4_000)}${line}`))
  assert.ok(bomb.length < 1024 * 1024)
  const before = process.memoryUsage().rss / 1024 / 1024
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' }
  const attacks = Array.from({ length: 16 }, async () => attack('/v1/usage', bomb, headers))
  const peak = await peakMegabytes(charging(Promise.all(attacks)))
  const answers = await Promise.all(attacks)
  assert.ok(
    answers.every(({ status }) => [200, 413, 429].includes(status)),
    JSON.stringify(answers.map(({ status, text }) => [status, text.slice(0, 200)])),
  )
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.every(({ retryAfter, text }) => retryAfter === '1' && text.includes('too_many_requests')))
  assert.ok(peak - before < 1_200, `${Math.round(peak - before)} MB more than before`)
  // Everything was given back.
  assert.equal((await attack('/v1/usage', line, { 'content-type': 'application/x-ndjson' })).status, 200)
  const tooLarge = gzipSync(Buffer.alloc(65 * 1024 * 1024, ' '))
  assert.equal((await attack('/v1/usage', tooLarge, headers)).status, 413)
  assert.equal((await attack('/v1/usage', bomb.subarray(0, 1_000), headers)).status, 400)
})

test('S4: plain bodies are bounded too, and JSON has a depth', async () => {
  const large = Buffer.alloc(2 * 1024 * 1024, ' ')
  assert.equal((await attack('/v1/customers', large)).status, 413)
  for (const deep of [
    '['.repeat(100_000),
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `{"a":${'{"a":'.repeat(500)}1${'}'.repeat(501)}`,
  ]) {
    const { status, text } = await attack('/v1/customers', deep)
    assert.deepEqual([status, text.includes('levels deep')], [400, true])
  }
  for (const body of [
    '',
    '{',
    '\u0000',
    '{"__proto__":{}}',
    '{"\\u005f_proto__":{}}',
    '{"constructor":{"prototype":{}}}',
  ])
    assert.equal((await attack('/v1/customers', body)).status, 400, body)
})

test('S12: whose a request is, is known before its body is read', async () => {
  for (const path of ['/v1/usage', '/v1/charging', '/v1/customers']) {
    const head = `POST ${path} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Bearer kvit_nobody\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n`
    // Not a byte of the body is sent, and the answer comes all the same.
    const socket = connect(Number(url.port), url.hostname)
    socket.write(head)
    let text = ''
    for await (const part of socket) text += String(part)
    assert.match(text, /^HTTP\/1.1 401 .*connection: close/is, path)
  }
})

test('S12: a body that stops coming is told so, and its place is given back', async () => {
  const head = `POST /v1/usage HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Bearer ${badKey}\r\ncontent-length: 100\r\n\r\n{`
  const sockets = Array.from({ length: 50 }, () => connect(Number(url.port), url.hostname))
  const answers = sockets.map(async (socket) => {
    socket.write(head)
    let text = ''
    for await (const part of socket) text += String(part)
    return text
  })
  for (const answer of await charging(Promise.all(answers))) assert.match(answer, /^HTTP\/1.1 408 .*body_too_slow/s)
})

test('S3: plan files that are long, deep, or full of keys stop nobody, and are told what is wrong', async () => {
  const files = [
    '- a: b\n'.repeat(400_000),
    '['.repeat(100_000),
    '{a: '.repeat(50_000),
    '- '.repeat(50_000),
    Array.from({ length: 40_000 }, (_, n) => `k${n}: x`).join('\n'),
    `a: &a [x]\n${Array.from({ length: 500 }, (_, n) => `b${n}: [${'*a, '.repeat(100)}]`).join('\n')}`,
  ]
  const publish = async (text: string): Promise<Told> =>
    attack('/v1/catalog', JSON.stringify({ files: [{ name: 'bad.yaml', text }] }))
  const answers = await charging(Promise.all(files.map(publish)))
  for (const { status, text } of answers) assert.ok([422, 429].includes(status), `${status} ${text.slice(0, 300)}`)
  const { status } = await attack('/v1/catalog', JSON.stringify({ files: [{ name: 'plans.yaml', text: CALLS }] }))
  assert.equal(status, 200)
})

test('S3: a file that is one long line, rows without end and mistakes without number are told in few words', async () => {
  const long = 'x'.repeat(4 * 1024 * 1024)
  const mapping = {
    ...{ code: 'long', name: 'Long', prefix: { column: 'prefix' }, destination: { column: 'name' } },
    rates: { rate: { column: 'rate' } },
  }
  const deck = (text: string): string =>
    JSON.stringify({ mapping, effectiveFrom: '2026-01-01', file: { name: 'd', text } })
  const notes = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]))
  const bodies: readonly [path: string, body: string, status: number][] = [
    ['/v1/rate-decks', deck(long), 422],
    ['/v1/rate-decks', deck(`prefix,name,rate\n${long},n,1\n1,${long},1`), 422],
    ['/v1/customer-imports', JSON.stringify({ csv: `customer.key\n"${long}"` }), 413],
    ['/v1/customer-imports', JSON.stringify({ csv: `customer.key${'\na'.repeat(100_000)}` }), 413],
    ['/v1/charging/batch', '\n'.repeat(1_000_000), 413],
    ['/v1/customers', JSON.stringify({ key: 'notes', name: 'Notes', metadata: notes }), 400],
  ]
  for (const [path, body, expected] of bodies) {
    const { status, text } = await charging(attack(path, body))
    assert.deepEqual([path, status, text.length < 20_000], [path, expected, true], text.slice(0, 300))
  }
})

test('R5: a plan of long tiers is published and charged by while others charge', async () => {
  const tiers = Array.from(
    { length: 900 },
    (_, n) => `{ upTo: ${n + 1}, unitAmount: 0.${String(n + 1).padStart(4, '0')} }`,
  )
  const price = (n: number): string =>
    `      - { kind: usage, code: long${n}, name: Long, meter: long, rate: { model: graduated, tiers: [${tiers.join(', ')}, { upTo: null, unitAmount: 1 }] } }`
  const text = `
meters: [{ code: long, name: Long, eventType: long, aggregator: sum, property: n, unit: n, scale: 0 }]
plans:
  - code: long
    name: Long
    currency: EUR
    prices:
${Array.from({ length: 15 }, (_, n) => price(n)).join('\n')}
`
  const { status, text: told } = await charging(
    attack('/v1/catalog', JSON.stringify({ files: [{ name: 'long.yaml', text }] })),
  )
  assert.equal(status, 200, told)
  await createSubscriber(bad, 'long', { plan: 'long' })
  const record = { id: 'l', source: 's', service: 'long', type: 'long', time: '2026-02-10T12:00:00Z', data: { n: '2' } }
  const charge = await attack('/v1/usage', JSON.stringify(record))
  assert.match(charge.text, /"charged":1/)
})

test('R4: explanations, simulations, previews and statements wait for no correction or re-rating', async () => {
  await createSubscriber(bad, 'read')
  const record = {
    id: 'r',
    source: 's',
    service: 'read',
    type: 'call',
    time: '2026-02-10T11:00:00Z',
    data: { minutes: '3' },
  }
  assert.match((await attack('/v1/usage', JSON.stringify(record))).text, /"charged":1/)
  let release: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => {
    release = resolve
  })
  // As long as a re-rating of millions of records may hold it.
  const held = app.engine.correct('bad', async () => isHeld)
  const usage = { account: 'read', from: '2026-02-01', until: '2026-03-01' }
  const simulated = JSON.parse((await attack('/v1/plans/basic/simulate', JSON.stringify({ usage }))).text) as Json
  assert.equal(simulated['records'], 1)
  const explained = await bad.get('/v1/usage-records/explain?source=s&id=r')
  assert.equal(explained['state'], 'charged')
  await bad.get('/v1/accounts/read/next-invoice')
  await bad.get('/v1/accounts/read/statement')
  await bad.get('/v1/check')
  release()
  await held
})

test('R1: a check beside charging holds, and so does one of the tenant that charges', async () => {
  const checks = ['bad', 'good'].map(async (tenant) => checkHolds(new Client(config, tenant)))
  assert.deepEqual(await charging(Promise.all(checks)), [[], []])
  assert.deepEqual(await checkHolds(client), [])
})

test('heavy work of one tenant waits in turn, and beyond that is told when to come again', async () => {
  const body = JSON.stringify({
    records: Array.from({ length: 2_000 }, () => ({
      type: 'call',
      time: '2026-02-10T11:00:00Z',
      data: { minutes: '1' },
    })),
  })
  const answers = await charging(
    Promise.all(Array.from({ length: 200 }, async () => attack('/v1/plans/basic/simulate', body))),
  )
  assert.ok(
    answers.every(({ status }) => status === 200 || status === 429),
    JSON.stringify(answers.map(({ status }) => status)),
  )
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length > 0 && refused.every(({ retryAfter }) => retryAfter === '1'))
})
