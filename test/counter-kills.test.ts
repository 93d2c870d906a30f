import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { randomFrom } from '../bench/workload.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { ledgerMinor } from './gateway-world.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { NETWORK, sign } from './terminal-world.ts'

/**
 * Cash at terminals and at a desk while the server is killed: whoever got no answer sends the same again, as networks and desks do. Each payment
 * is there once, each cancelled one not at all, and the clearing account and the drawer hold what was paid in. More of it:
 * `KVIT_TEST_COUNTER=2000 KVIT_TEST_KILLS=20 node tools/run-tests.ts test/counter-kills.test.ts`.
 */
const ASKED = Number(process.env['KVIT_TEST_COUNTER'] ?? 80)
const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 2)
const WORKERS = 6
const TALK = `${CALLS}  - { code: talk, name: Talk, currency: EUR, prices: [ { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } } ] }
`
const ACCOUNTS = ['ann', 'bob', 'pre', 'paid']
const random = randomFrom(47)

/** What a terminal is answered; one that is not sends the same again. */
async function atTerminal(fields: Record<string, string>): Promise<Json> {
  const query = new URLSearchParams(sign(fields) as Record<string, string>).toString()
  for (let tries = 0; tries < 600; tries++) {
    const url = `${String(process.env['KVIT_URL'])}/v1/callbacks/counter/terminals/easypay?${query}`
    const answer = await fetch(url, { headers: { accept: 'application/json' } }).catch(() => null)
    const told = answer?.status === 200 ? ((await answer.json()) as Json) : null
    if (told !== null && told['reason'] !== 'temporary' && told['reason'] !== 'under_way') return told
    await setTimeout(100)
  }
  throw new Error(`in vain: ${JSON.stringify(fields)}`)
}

test(`${ASKED} payments at terminals and a desk, and ${KILLS} kills: each is there once, and the cash is what was paid in`, async () => {
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  const client = new Client(server.config, 'counter', 600)
  await client.post('/v1/tenants', { name: 'counter', clock: '2026-02-10T12:00:00Z' })
  await seedOperator(client, TALK)
  for (const key of ACCOUNTS)
    await createSubscriber(client, key, key.startsWith('p') ? { plan: 'talk', creditLimit: '0' } : {})
  await client.post('/v1/terminal-networks/easypay', NETWORK, 'PUT')
  const desk = { name: 'Front', issuer: 'op', currency: 'EUR', zone: 'Europe/Kyiv' }
  await client.post('/v1/cash-desks/front', desk, 'PUT')
  await client.post('/v1/cash-desks/front/shift', { float: '0' })

  /** What is to be there, by how it came: in cents. */
  const expected = { terminal: 0n, desk: 0n }
  let begun = 0
  let failure: unknown
  const one = async (nth: number): Promise<void> => {
    const account = ACCOUNTS[Math.floor(random() * ACCOUNTS.length)] as string
    const cents = 100n + BigInt(Math.floor(random() * 2_000))
    const [isAtDesk, isTaken] = [random() < 0.4, random() < 0.3]
    const sum = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
    if (isAtDesk) {
      const receipt = await client.post<Json>('/v1/cash-desks/front/receipts', {
        key: `r-${nth}`,
        account,
        amount: sum,
      })
      if (isTaken) await client.post(`/v1/cash-receipts/${String(receipt['number'])}/cancel`, { reason: 'mistyped' })
      else expected.desk += cents
      return
    }
    const id = `t-${nth}`
    assert.equal((await atTerminal({ command: 'pay', txn_id: id, account, sum }))['state'], 'paid', id)
    if (!isTaken) expected.terminal += cents
    else {
      const { result, reason } = await atTerminal({ command: 'cancel', txn_id: id })
      // What has paid something back by now stays.
      if (reason === 'cancel_used') expected.terminal += cents
      else assert.equal(result, 0, `${id}: ${String(reason)}`)
    }
  }
  const working = Array.from({ length: WORKERS }, async () => {
    while (begun < ASKED && failure === undefined) await one(++begun)
  }).map(async (worker) => worker.catch((error: unknown) => (failure ??= error)))
  for (let kill = 1; kill <= KILLS; kill++) {
    while (failure === undefined && begun < (ASKED * kill) / (KILLS + 1)) await setTimeout(10)
    await server.kill()
    await server.start()
  }
  await Promise.all(working)
  if (failure !== undefined) throw failure

  assert.equal(await ledgerMinor(client, 'cash:gateway:easypay'), expected.terminal)
  assert.equal(
    (await client.get<Json>('/v1/cash-desks/front'))['drawer'],
    `${expected.desk / 100n}.${String(expected.desk % 100n).padStart(2, '0')}`,
  )
  assert.equal((await client.list<Json>('/v1/terminal-payments')).filter(({ state }) => state === 'pending').length, 0)
  assert.deepEqual(await checkHolds(client), [])
})
