import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { ChargingClient, type Request } from '../packages/sdk/src/index.ts'
import { CALLS, createSubscriber, seedOperator, startKvit } from './harness.ts'

/**
 * One tenant attacks in the ways of the list of found faults, another one charges meanwhile: it is answered, each time and
 * rightly. Nothing here is timed; `kvit bench --attack` is where it is.
 */
const { app, client } = await startKvit('good', '2026-02-10T12:00:00Z')
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

/** Charges, one event after another, until `attack` is over and once more; none is refused. */
async function charging<T>(attack: Promise<T>): Promise<T> {
  let isOver = false
  const gateway = (async () => {
    const sdk = new ChargingClient({ host: '127.0.0.1', port, key: app.rootKey, tenant: 'good', connections: 1 })
    for (let after = 0; after < 20; after += isOver ? 1 : 0)
      assert.equal((await sdk.request(event())).result, 'charged')
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
