import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { randomFrom } from '../bench/workload.ts'
import { type Answer, ChargingClient, type Request } from '../packages/sdk/src/node.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { decimal, toScale } from '../src/core/base/decimal.ts'
import { ChargingWorld, PLANS } from './charging-world.ts'
import { checkHolds, seedOperator, type TestKvit, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 4)
const ACCOUNTS = 20
const TIME = '2026-02-10T12:00:00Z'
const SCALE = 8

/** Every request that was answered, with its answer; and what topped up. */
class Ledger {
  readonly answers = new Map<string, { request: Request; answer: Answer }>()
  readonly toppedUp = new Map<string, bigint>()

  keep(request: Request, answer: Answer): void {
    const name = 'session' in request ? `${request.session}/${request.sequence}` : `${request.op}/${request.id}`
    this.answers.set(name, { request, answer })
  }
}

function toRating(amount: string | undefined): bigint {
  return toScale(decimal(amount ?? '0'), SCALE)
}

/** A gateway that charges events and sessions until it is told to stop; each request is sent until it is answered. */
async function gateway(charging: ChargingClient, ledger: Ledger, number: number, isOver: () => boolean): Promise<void> {
  const random = randomFrom(number)
  for (let round = 0; !isOver(); round++) {
    const service = `acc${Math.floor(random() * ACCOUNTS)}`
    const base = { source: `gw${number}`, service, time: TIME }
    const ask = async (request: Request): Promise<Answer> => {
      const answer = await charging.request(request)
      ledger.keep(request, answer)
      return answer
    }
    if (random() < 0.6) {
      const id = `e${number}-${round}`
      const event = {
        op: 'event' as const,
        id,
        type: 'voice',
        data: { seconds: String(1 + Math.floor(random() * 90)) },
        ...base,
      }
      if ((await ask(event)).result === 'charged' && random() < 0.1) await ask({ ...event, op: 'refund' })
      continue
    }
    const session = `s${number}-${round}`
    const requested = [{ type: 'data', data: { mb: '20' } }]
    const start = await ask({ op: 'start', session, sequence: 0, requested, ...base })
    const granted = Number(start.groups?.[0]?.granted['mb'] ?? 0)
    if (granted === 0) continue
    type Units = { type: string; data: { mb: string } }[]
    const used = (share: number): Units => [{ type: 'data', data: { mb: (granted * share).toFixed(3) } }]
    await ask({ op: 'update', session, sequence: 1, used: used(0.5), requested, ...base })
    await ask({ op: 'end', session, sequence: 2, used: used(0.25), ...base })
  }
}

/** Somebody tops up, and files of usage come in meanwhile, for accounts on invoice. */
async function office(client: Client, ledger: Ledger, isOver: () => boolean): Promise<number> {
  let round = 0
  for (; !isOver(); round++) {
    const account = `acc${round % ACCOUNTS}`
    const draft = { key: `t${round}`, account, amount: '1.25', currency: 'EUR', method: 'cash' }
    await client.post('/v1/top-ups', draft)
    ledger.toppedUp.set(account, (ledger.toppedUp.get(account) ?? 0n) + toRating('1.25'))
    const lines = Array.from({ length: 200 }, (_, n) =>
      JSON.stringify({
        id: `u${round}-${n}`,
        source: 'file',
        service: 'post',
        type: 'data',
        time: TIME,
        data: { mb: 1 },
      }),
    )
    await client.postRaw('/v1/usage', Buffer.from(lines.join('\n')), 'application/x-ndjson')
  }
  return round
}

test(`online charging survives ${KILLS} kills: what was answered is there once, and no balance is below its limit`, async (t) => {
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  // A busy machine needs seconds for each start: the storm may be longer than a client asks unless told.
  const client = new Client(server.config, 'storm', 600)
  await client.post('/v1/tenants', { name: 'storm', clock: TIME })
  await seedOperator(client, PLANS)
  const world = new ChargingWorld({ client } as TestKvit)
  for (let n = 0; n < ACCOUNTS; n++) await world.subscriber(`acc${n}`, { creditLimit: n % 2 === 0 ? '0' : '2.00' })
  await world.subscriber('post')
  const key = readFileSync(join(server.config.dataDir, 'root.key'), 'utf8').trim()
  const options = { host: '127.0.0.1', port: Number(server.tcpPort), key, tenant: 'storm', retryMs: 120_000 }
  const clients = Array.from({ length: 4 }, () => new ChargingClient(options))
  const ledger = new Ledger()
  for (let n = 0; n < ACCOUNTS; n++) {
    await world.topUp(`acc${n}`, '20.00')
    ledger.toppedUp.set(`acc${n}`, toRating('20.00'))
  }
  let isOver = false
  const working = Promise.all([
    ...clients.flatMap((charging, at) => [0, 1, 2, 3].map((n) => gateway(charging, ledger, at * 4 + n, () => isOver))),
    office(client, ledger, () => isOver),
  ])
  const random = randomFrom(20_260_210)
  while (server.kills < KILLS) {
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 500))
    await server.kill()
    await server.start()
  }
  await new Promise((resolve) => setTimeout(resolve, 500))
  isOver = true
  const rounds = (await working).at(-1) as number

  // Every acknowledged effect is answered again as it was, except sessions' older steps, which newer ones have passed.
  let asked = 0
  for (const { request, answer } of ledger.answers.values()) {
    if ('session' in request || answer.result !== 'charged') continue
    const again = await (clients[asked++ % clients.length] as ChargingClient).request(request)
    assert.deepEqual(
      [again.result, again.duplicate, again.amount],
      ['charged', true, answer.amount],
      JSON.stringify(request),
    )
  }
  await Promise.all(clients.map((charging) => charging.close()))
  const spent = new Map<string, bigint>()
  for (const { request, answer } of ledger.answers.values()) {
    const sign = request.op === 'refund' ? -1n : 1n
    spent.set(request.service, (spent.get(request.service) ?? 0n) + sign * toRating(answer.amount))
  }
  for (let n = 0; n < ACCOUNTS; n++) {
    const account = `acc${n}`
    const { available, credit } = await world.balances(account)
    const limit = toRating(credit.limit ?? '0')
    const left = (ledger.toppedUp.get(account) ?? 0n) - (spent.get(account) ?? 0n)
    assert.equal(toRating(available ?? '0'), left + limit, `what ${account} has left`)
    assert.ok(left + limit >= 0n)
  }
  const { totals } = await client.get<{ totals: Json }>('/v1/check')
  assert.deepEqual(await checkHolds(client), [])
  t.diagnostic(
    [
      `${server.kills} kills; ${ledger.answers.size} requests answered, ${asked} charged events answered again`,
      `${rounds} top-ups, ${rounds * 200} records by file; ${String(totals['charged'])} charged in the journal`,
    ].join('; '),
  )
})
