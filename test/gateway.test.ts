import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { ChargingClient, KvitError, type Request } from '../packages/sdk/src/node.ts'
import { LineServer } from '../src/adapters/gateway-tcp/line-server.ts'
import type { Json } from '../src/cli/client.ts'
import { Refusal } from '../src/platform/problems.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { app, client } = await startKvit('gateway', '2026-02-10T12:00:00Z')
const port = app.tcpPort as number
await seedOperator(client, CALLS)
await createSubscriber(client, 'tcp')
await client.post('/v1/top-ups', { key: 't', account: 'tcp', amount: '100.00', currency: 'EUR', method: 'cash' })

function sdk(options: object = {}): ChargingClient {
  return new ChargingClient({ host: '127.0.0.1', port, key: app.rootKey, tenant: 'gateway', ...options })
}

function call(id: string, minutes = '1'): Request {
  return {
    op: 'event',
    source: 'sw',
    id,
    service: 'tcp',
    type: 'call',
    time: '2026-02-10T12:00:00Z',
    data: { minutes },
  }
}

/** Lines of a raw connection until the server closes it or `count` have come. */
async function talk(lines: string, count = Number.POSITIVE_INFINITY): Promise<Json[]> {
  return talkSlowly([lines], count)
}

/** The same, with some milliseconds between one part and the next. */
async function talkSlowly(parts: readonly string[], count = Number.POSITIVE_INFINITY, to = port): Promise<Json[]> {
  const socket = connect(to, '127.0.0.1')
  const sending = (async () => {
    for (const [index, part] of parts.entries()) {
      if (index > 0) await setTimeout(index % 3)
      if (!socket.writableEnded) socket.write(part)
    }
  })()
  let text = ''
  for await (const part of socket) {
    text += String(part)
    if (text.split('\n').length > count) break
  }
  await sending
  socket.destroy()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Json)
}

const hello = JSON.stringify({ op: 'hello', key: app.rootKey, tenant: 'gateway' })

test('ten thousand pipelined events are answered in order, and each is charged once', async () => {
  const charging = sdk()
  const answers = await Promise.all(Array.from({ length: 10_000 }, (_, n) => charging.request(call(`p-${n}`, '0.01'))))
  assert.ok(answers.every(({ result, duplicate }) => result === 'charged' && duplicate === undefined))
  const again = await Promise.all(Array.from({ length: 100 }, (_, n) => charging.request(call(`p-${n}`, '0.01'))))
  assert.deepEqual(
    again.map(({ amount, duplicate }) => [amount, duplicate]),
    answers.slice(0, 100).map(({ amount }) => [amount, true]),
  )
  await charging.close()
})

test('a session over the SDK: start, update, end', async () => {
  const charging = sdk()
  const base = { source: 'sw', session: 's-1', service: 'tcp', time: '2026-02-10T12:00:00Z' }
  const requested = [{ type: 'call', data: { minutes: '5' } }]
  const start = await charging.request({ op: 'start', sequence: 0, ...base, requested })
  assert.deepEqual(start.groups?.[0]?.granted, { minutes: '5' })
  const used = [{ type: 'call', data: { minutes: '4.5' } }]
  assert.equal((await charging.request({ op: 'update', sequence: 1, ...base, used, requested })).result, 'granted')
  assert.equal((await charging.request({ op: 'end', sequence: 2, ...base, used: [] })).result, 'ended')
  await charging.close()
})

test('steps of sessions are decided in their order, though each comes while the one before is committed', async () => {
  const requested = [{ type: 'call', data: { minutes: '0.01' } }]
  const steps = Array.from({ length: 40 }, (_, n) => {
    const base = { source: 'sw', session: `o-${n}`, service: 'tcp', time: '2026-02-10T12:00:00Z' }
    const used = [{ type: 'call', data: { minutes: '0.01' } }]
    return [
      { op: 'start', sequence: 0, ...base, requested },
      { op: 'update', sequence: 1, ...base, used, requested },
      { op: 'end', sequence: 2, ...base, used },
    ]
  }).flat()
  const [ready, ...answers] = await talkSlowly([`${hello}\n`, ...steps.map((step) => `${JSON.stringify(step)}\n`)], 121)
  assert.equal(ready?.['result'], 'ready')
  assert.deepEqual(
    answers.map(({ session, sequence, result }) => [session, sequence, result]),
    steps.map(({ op, session, sequence }) => [session, sequence, op === 'end' ? 'ended' : 'granted']),
  )
})

test('who is refused gets the answers to what was decided before', async () => {
  const charged = Array.from({ length: 50 }, (_, n) => `${JSON.stringify(call(`r-${n}`, '0.01'))}\n`)
  const parts = [`${hello}\n`, charged.slice(0, 25).join(''), charged.slice(25).join(''), 'x'.repeat(70_000)]
  const answers = await talkSlowly(parts)
  assert.deepEqual(
    answers.map(({ result }) => result),
    ['ready', ...charged.map(() => 'charged'), 'closed'],
  )
})

test('a bad line is answered in its place, and its neighbours are charged', async () => {
  const lines = [hello, JSON.stringify(call('b-1')), '{broken', '{"op":"dance"}', JSON.stringify(call('b-2')), '']
  const answers = await talk(lines.join('\n'), 5)
  assert.deepEqual(
    answers.map(({ result }) => result),
    ['ready', 'charged', 'invalid', 'invalid', 'charged'],
  )
})

test('who has no key, a wrong key or a key without the scope is closed', async () => {
  const usageOnly = await client.post<{ key: string }>('/v1/keys', { name: 'usage', scopes: ['usage:write'] })
  const cases: [string, string][] = [
    ['no json\n', 'invalid_greeting'],
    [`${JSON.stringify({ op: 'hello', key: 'kvit_wrong' })}\n`, 'unauthenticated'],
    [`${JSON.stringify({ op: 'hello', key: usageOnly.key })}\n`, 'forbidden'],
    [`${JSON.stringify({ op: 'hello', key: app.rootKey, tenant: 'nobody' })}\n`, 'not_found'],
    ['x'.repeat(70_000), 'too_long'],
  ]
  for (const [line, reason] of cases) assert.equal((await talk(line))[0]?.['reason'], reason)
  await assert.rejects(sdk({ key: 'kvit_wrong' }).request(call('never')), KvitError)
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

test('what can be no request is answered in its place, however short or deep it is', async () => {
  const deep = `{"op":"start","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
  const lines = [hello, deep, JSON.stringify(call('d-1')), ...Array.from({ length: 25_000 }, () => '{}'), '']
  const answers = await talk(lines.join('\n'), 25_003)
  assert.deepEqual(
    answers.slice(0, 4).map(({ result, reason }) => [result, reason]),
    [
      ['ready', undefined],
      ['invalid', 'bad_json'],
      ['charged', undefined],
      ['invalid', 'invalid_request'],
    ],
  )
  assert.equal(answers.filter(({ result }) => result === 'invalid').length, 25_001)
})

test('behind a request that failed nothing is decided: it would overtake what comes again', async () => {
  const { decide, ...others } = app.charging
  let calls = 0
  // The first commit fails when the second batch is there already.
  const failing: typeof decide = async (context, lines, turn) => {
    if (++calls > 1) {
      if (calls === 2) await setTimeout(200)
      return decide(context, lines, turn)
    }
    turn?.onDecided()
    await setTimeout(100)
    throw new Refusal('engine_unavailable', 'the commit failed')
  }
  const options = { host: '127.0.0.1', port: 0, tls: null }
  const server = new LineServer({ ...others, decide: failing, onFault: (error) => assert.fail(String(error)) }, options)
  const ownPort = await server.listen(options)
  const parts = [`${hello}\n`, `${JSON.stringify(call('f-1'))}\n`, `${JSON.stringify(call('f-2'))}\n`]
  const answers = await talkSlowly(parts, undefined, ownPort)
  assert.deepEqual(
    answers.map(({ result }) => result),
    ['ready', 'error', 'error', 'closed'],
  )
  const charging = sdk({ port: ownPort })
  const [first, second] = await Promise.all([charging.request(call('f-1')), charging.request(call('f-2'))])
  assert.deepEqual(
    [first.result, first.duplicate, second.result, second.duplicate],
    ['charged', undefined, 'charged', undefined],
  )
  await charging.close()
  await server.close()
})

test('a server closes though a client sends on and does not read', async () => {
  const options = { host: '127.0.0.1', port: 0, tls: null }
  const server = new LineServer({ ...app.charging, onFault: (error) => assert.fail(String(error)) }, options)
  const socket = connect(await server.listen(options), '127.0.0.1').on('error', () => undefined)
  socket.write(`${hello}\n`)
  let serial = 0
  const sending = setInterval(() => {
    for (let n = 0; n < 200; n++) socket.write(`${JSON.stringify(call(`w-${serial++}`, '0.001'))}\n`)
  }, 5)
  await setTimeout(200)
  await server.close()
  clearInterval(sending)
  socket.destroy()
})

test('the same over TLS', { skip: !hasOpenssl && 'openssl, which makes the certificate, is not there' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvit-tls-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
      '-keyout',
      keyFile,
      '-out',
      certFile,
      ...subject,
    ],
    { stdio: 'ignore' },
  )
  const options = { host: '127.0.0.1', port: 0, tls: { certFile, keyFile } }
  const server = new LineServer({ ...app.charging, onFault: (error) => assert.fail(String(error)) }, options)
  const tlsPort = await server.listen(options)
  const secure = sdk({ port: tlsPort, tls: { ca: readFileSync(certFile, 'utf8'), servername: 'localhost' } })
  assert.equal((await secure.request(call('tls-1'))).result, 'charged')
  await secure.close()
  await server.close()
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
