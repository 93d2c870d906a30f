/** Usage that goes out, events that come in, and the SDK in a browser. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { KvitError } from '../packages/sdk/src/index.ts'
import { buildSdk } from '../tools/sdk/build.ts'
import { type Asked, client, failureOf, json, lost, problem, type Reply } from './sdk-world.ts'

const record = (id: number) => ({ id: String(id), source: 's', service: 'v', type: 't', time: '2026-02-10T12:00:00Z' })
const report = (asked: Asked): Response => {
  const received = String(asked.body).trim().split('\n').length
  return json({ received, charged: received - 1, suspended: 1, duplicates: 0, firstSuspended: [], firstWaiting: [] })
}

test('usage goes out in deliveries, a few at once; who sends is held back until one of them is answered', async () => {
  const open: (() => void)[] = []
  const held: Reply = async (asked) => {
    await new Promise<void>((resolve) => open.push(resolve))
    return report(asked)
  }
  const { kvit, asked } = client(Array.from({ length: 5 }, () => held))
  const sizes: number[] = []
  const stream = kvit.usage({ batch: 10, atOnce: 2, onReport: (_report, records) => sizes.push(records.length) })
  let sent = 0
  const sending = (async () => {
    for (let id = 0; id < 45; id++) {
      await stream.send({ ...record(id), data: { n: `${id}.${'x'.repeat(3)}` } })
      sent++
    }
    return stream.close()
  })()
  const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  await settle()
  // Two deliveries are under way, and the third is whole: its last record waits.
  assert.deepEqual([asked.length, sent], [2, 29])
  open.shift()?.()
  await settle()
  assert.deepEqual([asked.length, sent], [3, 39])
  while (asked.length < 5 || open.length > 0) {
    open.shift()?.()
    await settle()
  }
  assert.deepEqual(await sending, { received: 45, charged: 40, suspended: 5, duplicates: 0 })
  assert.deepEqual([sizes, stream.unconfirmed], [[10, 10, 10, 10, 5], []])
  assert.equal(asked[0]?.headers['content-type'], 'application/x-ndjson')
})

test('whoever does not wait for it has no delivery larger than the others', async () => {
  const { kvit, asked } = client(Array.from({ length: 7 }, () => report))
  const stream = kvit.usage({ batch: 4, atOnce: 1 })
  const sent = Array.from({ length: 25 }, (_, id) => stream.send(record(id)))
  assert.equal((await stream.close()).received, 25)
  await Promise.all(sent)
  const sizes = asked.map(({ body }) => String(body).split('\n').length)
  assert.deepEqual(sizes, [4, 4, 4, 4, 4, 4, 1])
})

test('a delivery that is refused for good ends the stream, and says what is not confirmed', async () => {
  const { kvit } = client([report, problem(403, 'forbidden'), report], {})
  const stream = kvit.usage({ batch: 2, atOnce: 1 })
  const sending = (async () => {
    for (let id = 0; id < 6; id++) await stream.send(record(id))
  })()
  assert.equal(((await failureOf(sending)) as KvitError).reason, 'forbidden')
  assert.equal(((await failureOf(stream.close())) as KvitError).reason, 'forbidden')
  assert.deepEqual(
    stream.unconfirmed.map(({ id }) => id),
    ['2', '3', '4', '5'],
  )
})

test('usage that comes slowly is not kept: a record waits for others for a while only', async () => {
  const { kvit, asked } = client([lost(), report, report])
  const stream = kvit.usage({ lingerMs: 1 })
  await stream.send(record(1))
  const { promise, resolve } = Promise.withResolvers<void>()
  const watch = setInterval(() => asked.length === 2 && resolve(), 1)
  await promise
  clearInterval(watch)
  await stream.send(record(2))
  assert.equal((await stream.close()).received, 2)
  assert.equal(asked[0]?.body, asked[1]?.body)
})

test('events are followed from one on: a page without a hit is passed, an empty one is asked for again later', async () => {
  const events = (ids: readonly string[], nextCursor: string | null): Response =>
    json({ items: ids.map((id) => ({ id, type: 'invoice.issued', data: {} })), nextCursor, previousCursor: null })
  const { kvit, asked, waits } = client([
    ...[events([], 'e4'), events(['e5', 'e6'], 'e6'), problem(503, 'overloaded'), events([], null)],
    ...[events(['e9'], null), events([], null)],
  ])
  const end = new AbortController()
  const seen: string[] = []
  const following = (async () => {
    const types = ['invoice.*', 'payment.recorded'] as const
    for await (const event of kvit.events({ types, after: 'e1', pollMs: 40, signal: end.signal })) {
      if (event.type === 'invoice.issued') assert.equal(event.data.number, undefined)
      if (seen.push(event.id) === 3) end.abort(new Error('enough'))
    }
  })()
  assert.match(String(await failureOf(following)), /enough/)
  assert.deepEqual(seen, ['e5', 'e6', 'e9'])
  assert.deepEqual(
    asked.map(({ path }) => new URL(path, 'http://k').searchParams.get('cursor')),
    ['e1', 'e4', 'e6', 'e6', 'e6'],
  )
  assert.deepEqual(
    [waits, new URL(asked[0]?.path ?? '', 'http://k').searchParams.get('type')],
    [[250, 40, 40], 'invoice.*,payment.recorded'],
  )
  const fresh = client([events(['e7'], 'e7'), events(['e8'], null)])
  for await (const { id } of fresh.kvit.events({ from: 'now' })) {
    assert.equal(id, 'e8')
    break
  }
})

test('in a browser it is one small script that needs nothing of Node, asks its own server, and sends no key', async () => {
  const bundle = await rolldown({
    input: join(import.meta.dirname, '../packages/sdk/src/index.ts'),
    platform: 'browser',
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'sdk', minify: true })
  const [{ code, imports }] = output
  assert.deepEqual(imports, [])
  assert.doesNotMatch(code, /\b(process|Buffer|require|setImmediate)\b/)
  const size = gzipSync(code).length
  assert.ok(size <= 6_000, `${size} bytes packed`)
  const asked: { url: string; init: RequestInit }[] = []
  // What pages have, and no more; one that came without TLS has no `randomUUID`.
  const page = {
    ...{ Blob, ReadableStream, Headers, URLSearchParams, AbortController, AbortSignal, setTimeout, clearTimeout },
    ...{ ArrayBuffer, crypto: { getRandomValues: crypto.getRandomValues.bind(crypto) }, location: {} },
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      asked.push({ url, init })
      return json({ items: [{ id: 'a' }], nextCursor: null, previousCursor: null })
    },
  }
  const run =
    "new sdk.Kvit().list('/v1/customers').all().then(() => new sdk.Kvit().post('/v1/customers', { body: { key: 'a', name: 'A' } }))"
  await runInContext(`${code};${run}`, createContext(page))
  assert.deepEqual(
    asked.map(({ url, init }) => `${init.method} ${url}`),
    ['GET /v1/customers?limit=200', 'POST /v1/customers'],
  )
  const headers = asked[1]?.init.headers as Record<string, string>
  assert.deepEqual(Object.keys(headers).sort(), ['accept', 'content-type', 'idempotency-key', 'kvit-version'])
  // So the browser adds the cookie of its own site, and nobody else's.
  assert.equal(asked[1]?.init.credentials, undefined)
})

test('as JavaScript it stands in node_modules: programs under Node have charging by TCP, too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvit-sdk-'))
  buildSdk(join(folder, 'node_modules/@kvit/sdk'))
  const script =
    "import { ChargingClient, Kvit, ProblemError } from '@kvit/sdk'; console.log(ChargingClient.name, Kvit.name, ProblemError.name)"
  writeFileSync(join(folder, 'script.mjs'), script)
  const said = execFileSync(process.execPath, ['script.mjs'], { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  assert.equal(said, 'ChargingClient Kvit ProblemError\n')
})
