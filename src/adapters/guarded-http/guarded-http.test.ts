import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { guardedHttp } from './guarded-http.ts'

let requests = 0
const server = createServer((request, response) => {
  requests++
  if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end()
  else if (request.url === '/busy') response.writeHead(503, { 'retry-after': '7' }).end('come \u0000back')
  else if (request.url === '/endless') {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(70_000)), 1)
    response.on('close', () => clearInterval(more))
  } else if (request.url === '/silent') return
  else request.pipe(response.writeHead(200))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const never = new AbortController().signal

test('nothing goes to an address inside, by number, by name, or by a number that a browser would read', async () => {
  const { post } = guardedHttp(['crm.internal:8080'])
  const port = new URL(base).port
  for (const url of [
    base,
    `https://127.0.0.1:${port}`,
    `https://localhost:${port}`,
    `https://2130706433:${port}`,
    `https://0x7f.1:${port}`,
    `https://0177.0.0.1:${port}`,
    `https://[::1]:${port}`,
    `https://[::ffff:127.0.0.1]:${port}`,
    'ftp://example.com',
    'https://user:word@example.com',
    'nonsense',
  ]) {
    const answer = await post(url, {}, 'x', never)
    assert.ok('error' in answer, url)
    assert.doesNotMatch(answer.error, /127|localhost/)
  }
  assert.equal(requests, 0)
})

test('where it is allowed, an answer is read as far as it is short; redirections are not followed', async () => {
  const { post, ask } = guardedHttp([new URL(base).host, '127.0.0.1:1'])
  assert.deepEqual(await post(`${base}/`, { 'x-a': '1' }, 'Привіт', never), {
    ...{ status: 200, text: 'Привіт', retryAfterSeconds: null },
  })
  const away = await post(`${base}/away`, {}, '', never)
  assert.equal('status' in away && away.status, 302)
  assert.deepEqual(await post(`${base}/busy`, {}, '', never), { status: 503, text: 'come  back', retryAfterSeconds: 7 })
  const endless = await post(`${base}/endless`, {}, '', never)
  assert.equal('text' in endless && endless.text.length, 1_000)
  const aborted = new AbortController()
  const silent = post(`${base}/silent`, {}, '', aborted.signal)
  aborted.abort()
  assert.deepEqual(await silent, { error: 'it did not answer in time' })
  assert.deepEqual(await post('http://127.0.0.1:1/', {}, '', never), { error: 'nobody listens there' })
  const request = { method: 'GET', headers: {}, body: null } as const
  const outcomes = [ask('http://127.0.0.1:1/', request, never), ask(base, request, AbortSignal.abort())]
  assert.partialDeepStrictEqual(await Promise.all(outcomes), [{ outcome: 'not_sent' }, { outcome: 'unknown' }])
})
