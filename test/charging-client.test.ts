import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { ChargingClient, type EventRequest, KvitError } from '../packages/sdk/src/node.ts'

type Line = { readonly op: string; readonly id?: string; readonly session?: string; readonly key?: string }

/** A gateway's other end: notes every line, and answers as a test has it. `connection` counts from 1. */
class FakeServer {
  readonly received: string[] = []
  readonly connections: Socket[] = []
  private readonly server: Server
  private readonly answer: (line: Line, connection: number, socket: Socket) => object | null

  constructor(answer: (line: Line, connection: number, socket: Socket) => object | null) {
    this.answer = answer
    this.server = createServer((socket) => this.serve(socket))
  }

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return (this.server.address() as AddressInfo).port
  }

  close(): void {
    for (const socket of this.connections) socket.destroy()
    this.server.close()
  }

  private serve(socket: Socket): void {
    const connection = this.connections.push(socket)
    let rest = ''
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    socket.on('data', (text: unknown) => {
      const lines = (rest + String(text)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!socket.destroyed) this.take(JSON.parse(line) as Line, connection, socket)
    })
  }

  private take(line: Line, connection: number, socket: Socket): void {
    if (line.op !== 'hello') this.received.push(`${connection}:${line.id ?? line.session}`)
    const answer = this.answer(line, connection, socket)
    if (answer !== null && !socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
  }
}

const open: { close: () => void }[] = []
after(() => {
  for (const { close } of open) close()
})

async function start(
  answer: (line: Line, connection: number, socket: Socket) => object | null,
  options: { connections?: number; maxWaiting?: number; retryMs?: number } = {},
): Promise<{ server: FakeServer; client: ChargingClient }> {
  const server = new FakeServer(answer)
  const port = await server.listen()
  open.push({ close: () => server.close() })
  return {
    server,
    client: new ChargingClient({ host: '127.0.0.1', port, key: 'kvit_test', connections: 1, ...options }),
  }
}

const READY = { result: 'ready' }
const CHARGED = { result: 'charged', amount: '1.00' }
const event = (id: string): EventRequest => ({
  op: 'event',
  source: 'gw',
  id,
  service: 's',
  type: 'call',
  time: '2026-02-10T12:00:00Z',
  data: {},
})

async function reasonOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'answered',
    (error: unknown) => (error instanceof KvitError ? error.reason : String(error)),
  )
}

test('after a lost connection what was not answered is sent again, in its order, before what is new', async () => {
  const { server, client } = await start((line, connection, socket) => {
    if (line.op === 'hello') return READY
    if (connection === 1 && line.id === 'b') {
      socket.destroy()
      return null
    }
    return { ...CHARGED, detail: line.id }
  })
  const first = ['a', 'b', 'c'].map((id) => client.request(event(id)))
  await first[0]
  const later = client.request(event('d'))
  const answers = await Promise.all([...first, later])
  assert.deepEqual(
    answers.map(({ detail }) => detail),
    ['a', 'b', 'c', 'd'],
  )
  assert.deepEqual(server.received, ['1:a', '1:b', '2:b', '2:c', '2:d'])
  await client.close()
})

test('an unknown outcome is asked again on a new connection with all that was behind it', async () => {
  let isRecovering = true
  const { server, client } = await start((line) => {
    if (line.op === 'hello') return READY
    if (line.id !== 'b' || !isRecovering) return CHARGED
    isRecovering = false
    return { result: 'error', reason: 'engine_unavailable' }
  })
  const answers = await Promise.all(['a', 'b', 'c'].map((id) => client.request(event(id))))
  assert.ok(answers.every(({ result }) => result === 'charged'))
  assert.deepEqual(
    server.received.filter((line) => line.endsWith('a')),
    ['1:a'],
  )
  assert.deepEqual(server.received.slice(-2), ['2:b', '2:c'])
  await client.close()
})

test('nobody waits for longer than retryMs: not for a silent server, not for one that is away', async () => {
  const silent = await start((line) => (line.op === 'hello' ? READY : null), { retryMs: 100 })
  assert.equal(await reasonOf(silent.client.request(event('a'))), 'unreachable')
  await silent.client.close()
  const gone = await start(() => READY, { retryMs: 100 })
  gone.server.close()
  assert.equal(await reasonOf(gone.client.request(event('a'))), 'unreachable')
  await gone.client.close()
})

test('whoever is refused fails at once; a connection that was idle is made again', async () => {
  const refused = await start(() => ({ result: 'closed', reason: 'unauthorized', detail: 'no such key' }))
  assert.equal(await reasonOf(refused.client.request(event('a'))), 'unauthorized')
  await refused.client.close()
  const idle = await start((line, connection, socket) => {
    if (line.op === 'hello') return READY
    if (connection > 1) return CHARGED
    socket.end(`${JSON.stringify({ result: 'closed', reason: 'idle' })}\n`)
    return null
  })
  assert.equal((await idle.client.request(event('a'))).result, 'charged')
  assert.deepEqual(idle.server.received, ['1:a', '2:a'])
  await idle.client.close()
})

test('requests of a session take one connection, and no more than maxWaiting are under way', async () => {
  let [underWay, most] = [0, 0]
  const { server, client } = await start(
    (line, _connection, socket) => {
      if (line.op === 'hello') return READY
      most = Math.max(most, ++underWay)
      setTimeout(() => {
        underWay--
        socket.write(`${JSON.stringify({ result: 'granted' })}\n`)
      }, 5)
      return null
    },
    { connections: 4, maxWaiting: 3 },
  )
  const common = { source: 'gw', service: 's', time: '2026-02-10T12:00:00Z' }
  const sessions = Array.from({ length: 30 }, (_, n) => ({ session: `s-${n % 5}`, sequence: Math.floor(n / 5) }))
  await Promise.all(sessions.map((step) => client.request({ ...common, ...step, op: 'update' })))
  assert.ok(most <= 3, `${most} under way`)
  const lanes = Map.groupBy(server.received, (line) => line.split(':')[1])
  for (const [session, lines] of lanes) assert.equal(new Set(lines).size, 1, `${session} on one connection`)
  assert.equal(server.received.length, 30)
  await client.close()
})

test('closing waits for what is under way, and what comes after it fails', async () => {
  const { client } = await start((line, _connection, socket) => {
    if (line.op === 'hello') return READY
    setTimeout(() => socket.write(`${JSON.stringify(CHARGED)}\n`), 50)
    return null
  })
  let isAnswered = false
  const request = client.request(event('a')).then(() => (isAnswered = true))
  await client.close()
  await request
  assert.ok(isAnswered)
  assert.equal(await reasonOf(client.request(event('b'))), 'closed')
})
