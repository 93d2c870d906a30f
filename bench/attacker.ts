import { connect } from 'node:net'
import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

/** Where one tenant attacks, with a key of its own. */
export interface AttackedServer {
  readonly url: string
  readonly tcpPort: number
  readonly key: string
}

// An attacker is on another machine: what this one takes of the processor must not be what the measuring client waits for.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

/** What the process that measures sends: the name of an attack to begin, or null to end the one under way. */
export interface AttackerOrder {
  readonly attack: string | null
}

const server = JSON.parse(process.argv[2] ?? '') as AttackedServer
let isOver = true
const answers = new Map<string, number>()

/** Sends a request of the attacker; what comes of it is counted by its status. */
async function send(path: string, body?: string | Buffer, headers: Record<string, string> = {}): Promise<void> {
  const own = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' }
  const method = body === undefined ? 'GET' : 'POST'
  const content = body === undefined ? {} : { body: body as string }
  let name = 'cut off'
  try {
    const response = await fetch(new URL(path, server.url), { method, headers: { ...own, ...headers }, ...content })
    await response.arrayBuffer()
    name = String(response.status)
  } catch {}
  answers.set(name, (answers.get(name) ?? 0) + 1)
  if (name === '429') await setTimeout(100)
}

/** So many at once, again and again. */
async function loop(atOnce: number, work: (round: number) => Promise<void>): Promise<void> {
  let round = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!isOver) await work(round++)
    }),
  )
}

const publish = (text: string): string => JSON.stringify({ files: [{ name: 'plans.yaml', text }] })

function longTiers(round: number): string {
  const tiers = Array.from({ length: 900 }, (_, n) => `{ upTo: ${n + 1}, unitAmount: 0.${round}${n + 1} }`).join(', ')
  const price = (n: number): string =>
    `{ kind: usage, code: u${n}, name: U, meter: long, rate: { model: graduated, tiers: [${tiers}, { upTo: null, unitAmount: 1 }] } }`
  const prices = Array.from({ length: 15 }, (_, n) => price(n)).join(', ')
  return `meters: [{ code: long, name: L, eventType: long, aggregator: sum, property: n, unit: n, scale: 0 }]
plans: [{ code: long, name: Long, currency: EUR, prices: [${prices}] }]`
}

/** Silent sockets: so many are kept open; what the server closes is opened again. */
async function silent(count: number): Promise<void> {
  const sockets = new Set<ReturnType<typeof connect>>()
  while (!isOver) {
    while (sockets.size < count) {
      const socket = connect(server.tcpPort, '127.0.0.1')
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
      socket.resume()
    }
    await setTimeout(50)
  }
  for (const socket of sockets) socket.destroy()
}

const record = { id: 'x', source: 's', service: 'nobody', type: 'call', time: '2026-01-15T12:00:00Z', data: {} }
const bomb = gzipSync(Buffer.alloc(63 * 1024 * 1024, `${' '.repeat(4_000)}${JSON.stringify(record)}\n`))
const packed = { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' }
const used = { type: 'bench.usage', time: record.time, data: { units: '3' } }
const simulated = JSON.stringify({ records: Array.from({ length: 10_000 }, () => used) })
const texts = [
  '- a: b\n'.repeat(400_000),
  '['.repeat(100_000),
  Array.from({ length: 40_000 }, (_, n) => `k${n}: x`).join('\n'),
].map(publish)
const large = JSON.stringify({
  files: Array.from({ length: 900 }, (_, n) => ({ name: `${n}.csv`, text: 'x'.repeat(30_000) })),
})

/** Each in a bounded loop, with what the key of an ordinary tenant may do. */
const ATTACKS: Readonly<Record<string, () => Promise<void>>> = {
  'S1 far days': () => loop(4, () => send('/v1/accounts/svc-0000000/next-invoice?at=2199-12-31')),
  'S3 plan files': () => loop(4, (round) => send('/v1/catalog', texts[round % texts.length])),
  'S3 large bodies': () => loop(4, () => send('/v1/catalog', large)),
  'S4 gzip': () => loop(16, () => send('/v1/usage', bomb, packed)),
  'S5 silent sockets': () => silent(1_000),
  'R1 checks': () => loop(2, () => send('/v1/check')),
  'R4 simulations': () => loop(8, () => send('/v1/plans/bench/simulate', simulated)),
  'R5 long tiers': () => loop(1, (round) => send('/v1/catalog', publish(longTiers(round)))),
  'S12 unknown keys': () =>
    loop(64, (round) =>
      send('/v1/plans', undefined, {
        authorization: `Bearer kvit_${String(round).padStart(32, '0')}_${'a'.repeat(43)}`,
      }),
    ),
}

process.on('message', ({ attack }: AttackerOrder) => {
  isOver = attack === null
  if (attack === null) return
  answers.clear()
  void ATTACKS[attack]?.().then(() => process.send?.(Object.fromEntries(answers)))
})
// Whoever measures is gone.
process.on('disconnect', () => process.exit())

process.send?.(Object.keys(ATTACKS))
