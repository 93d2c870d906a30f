/** What the SDK makes of requests in a world that misbehaves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerError, KvitError, NoAnswerError, ProblemError } from '../packages/sdk/src/index.ts'
import { client, failureOf, json, lost, problem, type Reply } from './sdk-world.ts'

const invoicePage = (keys: readonly string[], nextCursor: string | null): Response =>
  json({ items: keys.map((id) => ({ id })), nextCursor, previousCursor: null })

async function idsOf(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

test('a list goes on where it was when a page is refused for a while: nothing is skipped, nothing comes twice', async () => {
  const { kvit, asked, waits } = client([
    invoicePage(['a', 'b'], 'b'),
    problem(429, 'too_many_requests', { 'retry-after': '3' }),
    problem(503, 'engine_unavailable', { 'retry-after': '1' }),
    invoicePage([], 'c'),
    lost(),
    invoicePage(['d'], null),
  ])
  const list = kvit.list('/v1/invoices', { state: 'open', limit: 2, metadata: { region: 'eu' }, expand: ['customer'] })
  assert.deepEqual(await idsOf(list), ['a', 'b', 'd'])
  const query = 'state=open&limit=2&metadata%5Bregion%5D=eu&expand=customer'
  const cursors = asked.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('cursor'))
  assert.deepEqual(cursors, [null, 'b', 'b', 'b', 'c', 'c'])
  const [first] = asked
  assert.deepEqual(new URLSearchParams(first?.path.split('?')[1]), new URLSearchParams(query))
  // What the server asks for and a little more, so that many do not come back at once; and where it asks for nothing, our own.
  assert.deepEqual(waits, [3_125, 1_250, 250])
})

test('a list that leads back ends with an error; one that is left early asks for no further page', async () => {
  const { kvit } = client([invoicePage(['a'], 'a'), invoicePage(['b'], 'b'), invoicePage(['a'], 'a')])
  assert.match(String(await failureOf(idsOf(kvit.list('/v1/invoices')))), /the pages come back to/)
  const { kvit: other, asked } = client([invoicePage(['a', 'b'], 'b')])
  const taken = await other.list('/v1/invoices').take(2)
  assert.deepEqual([taken.map(({ id }) => id), asked.length], [['a', 'b'], 1])
})

test('a write whose answer was lost is sent again with the same key, and what the caller gave is that key', async () => {
  const { kvit, asked, waits } = client([lost(), problem(503, 'engine_unavailable'), json({ id: 'p' }, 201)])
  await kvit.post('/v1/customers', { body: { key: 'olha', name: 'Olha' } })
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  assert.match(keys[0] ?? '', /^[0-9a-f]{32}$/)
  assert.deepEqual(keys, [keys[0], keys[0], keys[0]])
  assert.deepEqual(
    asked.map(({ body }) => body),
    Array(3).fill({ key: 'olha', name: 'Olha' }),
  )
  assert.deepEqual(waits, [250, 500])
  const given = client([json({ id: 'p' }, 201)])
  await given.kvit.post('/v1/customers', { body: { key: 'o', name: 'O' } }, { idempotencyKey: 'mine' })
  const {
    authorization,
    'kvit-tenant': tenant,
    'content-type': type,
    'idempotency-key': key,
  } = given.asked[0]?.headers ?? {}
  assert.deepEqual([authorization, tenant, type, key], ['Bearer kvit_k', 'main', 'application/json', 'mine'])
})

test('what makes another thing each time is sent once where its outcome is unknown, and again where nothing was done', async () => {
  const asks = { body: { name: 'k', scopes: ['usage:write'] } } as const
  const { kvit, asked } = client([lost()])
  const error = await failureOf(kvit.post('/v1/keys', asks))
  assert.ok(error instanceof NoAnswerError)
  assert.deepEqual([error.reason, asked.length], ['unreachable', 1])
  const busy = client([problem(429, 'too_many_requests'), json({ id: 'k' }, 201)])
  await busy.kvit.post('/v1/keys', asks)
  assert.equal(busy.asked.length, 2)
  const unknown = client([problem(503, 'engine_unavailable')])
  assert.equal(((await failureOf(unknown.kvit.post('/v1/keys', asks))) as KvitError).reason, 'engine_unavailable')
})

test('it gives up after so many attempts, and where it is told to wait for longer than a minute', async () => {
  const { kvit, asked, waits } = client(Array.from({ length: 6 }, lost))
  assert.equal(((await failureOf(kvit.get('/v1/me'))) as KvitError).reason, 'unreachable')
  assert.deepEqual([asked.length, waits], [6, [250, 500, 1_000, 2_000, 4_000]])
  const never = client([lost()], { retries: 0 })
  await failureOf(never.kvit.get('/v1/me'))
  const long = client([problem(429, 'too_many_requests', { 'retry-after': '61' })])
  assert.equal(((await failureOf(long.kvit.get('/v1/me'))) as KvitError).reason, 'too_many_requests')
  const until = { date: 'Tue, 10 Feb 2026 12:00:00 GMT', 'retry-after': 'Tue, 10 Feb 2026 12:00:05 GMT' }
  const dated = client([problem(503, 'overloaded', until), json({})])
  await dated.kvit.get('/v1/me')
  assert.deepEqual(dated.waits, [5_125])
})

test('a refusal is an error with its code, status, fields and request; it is not sent again', async () => {
  const errors = [{ path: '/name', message: 'too short' }, { line: 3 }]
  const { kvit, asked } = client([problem(400, 'invalid_request', {}, { errors, nextOffset: 7 })])
  const error = await failureOf(kvit.post('/v1/customers', { body: { key: 'o', name: '' } }))
  assert.ok(error instanceof ProblemError && error instanceof KvitError)
  const { name, code, reason, status, detail, requestId, fields, problem: whole, message } = error
  assert.deepEqual(
    { name, code, reason, status, detail, requestId, message },
    {
      ...{ name: 'ProblemError', code: 'invalid_request', reason: 'invalid_request', status: 400 },
      ...{ detail: 'it is invalid_request', requestId: 'r-1', message: 'invalid_request: it is invalid_request' },
    },
  )
  assert.deepEqual([fields, whole['nextOffset'], asked.length], [[errors[0]], 7, 1])
  const wrong = client([problem(429, 'too_many_attempts'), problem(503, 'secrets_unavailable')])
  for (const expected of ['too_many_attempts', 'secrets_unavailable'])
    assert.equal(((await failureOf(wrong.kvit.get('/v1/me'))) as KvitError).reason, expected)
})

test('an answer that is not from Kvit is told as one, with how it begins; that of a gateway which is away is asked again', async () => {
  const page = (status: number): Response =>
    new Response(`<html>${'x'.repeat(2_000)}`, { status, headers: { 'content-type': 'text/html' } })
  for (const status of [200, 404]) {
    const { kvit, asked } = client([page(status)])
    const error = await failureOf(kvit.get('/v1/me'))
    assert.ok(error instanceof AnswerError)
    assert.deepEqual([error.reason, error.status, error.text.length, asked.length], ['not_kvit', status, 500, 1])
  }
  const { kvit, asked } = client([page(502), page(504), json({ ok: 1 })])
  assert.deepEqual([await kvit.get('/v1/me'), asked.length], [{ ok: 1 }, 3])
  const redirected = client([new Response(null, { status: 301, headers: { location: 'https://kvit.test' } })])
  assert.match(String(await failureOf(redirected.kvit.get('/v1/me'))), /301 is not one of Kvit/)
})

test('an answer that is cut off is no answer: it is asked for again', async () => {
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'))
      controller.error(new TypeError('terminated'))
    },
  })
  const { kvit, asked } = client([new Response(cut), json({ id: 'c' })])
  const { id } = await kvit.post('/v1/customers', { body: { key: 'o', name: 'O' } })
  assert.deepEqual(
    [id, asked.length, asked[0]?.headers['idempotency-key']],
    ['c', 2, asked[1]?.headers['idempotency-key']],
  )
})

const silent: Reply = async (_asked, signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

test('an attempt ends in time, and is made again; the last one tells that nothing came', async () => {
  const { kvit, asked } = client([silent, silent], { timeoutMs: 1, retries: 1 })
  const error = await failureOf(kvit.get('/v1/me'))
  assert.ok(error instanceof NoAnswerError)
  assert.deepEqual([error.reason, asked.length], ['timed_out', 2])
})

test('the signal of the caller ends a request before it, in it, while it waits, and a list between its items', async () => {
  const reason = new Error('the page was left')
  const before = client([])
  assert.equal(await failureOf(before.kvit.get('/v1/me', {}, { signal: AbortSignal.abort(reason) })), reason)
  const [inside, waiting, between] = [new AbortController(), new AbortController(), new AbortController()]
  const during = client([
    async (asked, signal) => {
      queueMicrotask(() => inside.abort(reason))
      return silent(asked, signal)
    },
  ])
  assert.equal(await failureOf(during.kvit.get('/v1/me', {}, { signal: inside.signal })), reason)
  const paused = client([problem(429, 'too_many_requests')], {
    environment: {
      sleep: async (_ms, signal) => {
        waiting.abort(reason)
        signal?.throwIfAborted()
      },
    },
  })
  assert.equal(await failureOf(paused.kvit.get('/v1/me', {}, { signal: waiting.signal })), reason)
  const pages = client([invoicePage(['a', 'b'], 'b')])
  const seen: string[] = []
  const going = (async () => {
    for await (const { id } of pages.kvit.list('/v1/invoices', {}, { signal: between.signal }))
      if (seen.push(id) === 2) between.abort(reason)
  })()
  assert.deepEqual([await failureOf(going), seen, pages.asked.length], [reason, ['a', 'b'], 1])
})

test('what goes on is waited for, and no longer than for a while', async () => {
  const run = (status: string): Response => json({ id: 'r', status })
  const { kvit, waits } = client([run('running'), run('running'), run('complete')])
  const done = await kvit.until('/v1/bill-runs/{id}', { id: 'r' }, ({ status }) => status !== 'running')
  assert.deepEqual([done.status, waits], ['complete', [100, 150]])
  const endless = client(Array.from({ length: 4 }, () => run('running')))
  const waiting = endless.kvit.until('/v1/bill-runs/{id}', { id: 'r' }, () => false, { withinMs: 400 })
  assert.equal(((await failureOf(waiting)) as KvitError).reason, 'timed_out')
})

test('a header has one value however its name is written; an error names no secret of an address', async () => {
  const { kvit, asked } = client([json({}), lost()], { headers: { 'X-Page': 'home' }, retries: 0 })
  await kvit.get('/v1/invitation', {}, { headers: { Authorization: 'Link secret' } })
  const { authorization, 'x-page': page } = asked[0]?.headers ?? {}
  assert.deepEqual([authorization, page], ['Link secret', 'home'])
  const error = await failureOf(kvit.send('get', '/pay/{token}', { token: 'a-secret' }))
  assert.doesNotMatch(String(error), /a-secret/)
})

test('parameters stand in their places; one that is missing, or would lead elsewhere, is refused before anything is sent', async () => {
  const { kvit, asked } = client([json({}), json({})])
  await kvit.get('/v1/invoices/{reference}', { reference: 'a/../b?c#d é' })
  await kvit.delete('/v1/keys/{id}', { id: 'k', keepMade: true })
  assert.deepEqual(
    asked.map(({ method, path }) => `${method} ${path}`),
    ['GET /v1/invoices/a%2F..%2Fb%3Fc%23d%20%C3%A9', 'DELETE /v1/keys/k?keepMade=true'],
  )
  for (const reference of ['', '..', '.', undefined as unknown as string])
    assert.ok((await failureOf(kvit.get('/v1/invoices/{reference}', { reference }))) instanceof TypeError)
})

test('bodies that are no JSON go as they are, with their type; what can be read once is sent once', async () => {
  const { kvit, asked } = client([json({}), json({}), lost()])
  await kvit.post('/v1/invoices/{reference}/attachments', { reference: 'i', name: 'a.bin', body: new Uint8Array([1]) })
  await kvit.post('/v1/exchange-rates/ecb', { body: 'Date,USD\n' }, { contentType: 'text/csv' })
  await failureOf(kvit.post('/v1/brand-images', { body: new Blob(['x']).stream() }))
  assert.deepEqual(
    asked.map(({ headers }) => headers['content-type']),
    ['application/octet-stream', 'text/csv', 'application/octet-stream'],
  )
  assert.deepEqual(asked[0]?.body, new Uint8Array([1]))
})
