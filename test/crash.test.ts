import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { CALLS, checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 5)
const SUBSCRIBERS = 60
const RECORDS = 60_000
const MAPPING = {
  name: 'calls',
  format: 'csv',
  source: 'switch',
  type: 'call',
  id: '{id}',
  service: '{service}',
  time: { column: 'time' },
  data: { minutes: { column: 'minutes' } },
}

function usageFile(from: number, until: number): string {
  const rows = Array.from({ length: until - from }, (_, index) => {
    const number = from + index
    const time = new Date(Date.UTC(2026, 0, 1) + ((number * 7919) % 44_000) * 60_000).toISOString()
    return `r${number},s${number % SUBSCRIBERS},${time},${1 + (number % 97)}.${String(number % 100).padStart(2, '0')}`
  })
  return ['id,service,time,minutes', ...rows].join('\n')
}

async function prepare(client: Client, tenant: string): Promise<void> {
  await client.post('/v1/tenants', { name: tenant, clock: '2026-02-15T00:00:00Z', acceptanceWindowDays: 90 })
  await seedOperator(client, CALLS)
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  const rows = Array.from(
    { length: SUBSCRIBERS },
    (_, n) =>
      `s${n},S ${n},s${n},op,EUR,Europe/Kyiv,2025-12-15,s${n},2025-12-01T00:00:00Z,s${n},basic,2025-12-15T00:00:00Z`,
  )
  await importCustomers(client, [header, ...rows].join('\n'))
}

/** What must be the same, however often the process died: every line of every document, and the totals. */
async function outcomeOf(client: Client): Promise<Json> {
  const lines: string[] = []
  for (const { id } of await client.list<{ id: string }>('/v1/invoices')) {
    const { document } = await client.get<{ document: { account: string; lines: Json[] } }>(`/v1/invoices/${id}`)
    lines.push(
      ...document.lines.map(({ from, description, quantity, amount }) =>
        [document.account, from, description, quantity, amount].join(' '),
      ),
    )
  }
  const { totals } = await client.get<{ totals: Json }>('/v1/check')
  return { lines: lines.sort(), charged: totals['charged'], suspended: totals['suspended'] }
}

function client(server: ServerProcess, tenant: string): Client {
  // The storm may be over before a chunk found a server that lived long enough.
  return new Client(server.config, tenant, 400)
}

test(`an import and bill runs survive ${KILLS} kills: nothing is lost, nothing is charged or billed twice`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-crash-'))
  let isOver = false
  const server = new ServerProcess(await testConfig())
  after(async () => {
    isOver = true
    await server.kill()
    await rm(folder, { recursive: true, force: true })
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')]
  await writeFile(first, usageFile(0, (RECORDS * 2) / 3))
  await writeFile(second, usageFile(RECORDS / 3, RECORDS))
  await server.start()

  const undisturbed = client(server, 'calm')
  await prepare(undisturbed, 'calm')
  for (const file of [first, second]) await importUsageFile(undisturbed, file, MAPPING)
  await runBills(undisturbed, '2026-02-15')
  const expected = await outcomeOf(undisturbed)

  await prepare(client(server, 'storm'), 'storm')
  let isDone = false
  const work = (async () => {
    // Two files that overlap, at the same time.
    await Promise.all([first, second].map((file) => importUsageFile(client(server, 'storm'), file, MAPPING)))
    for (let done = false; !done && !isOver; )
      done = await runBills(client(server, 'storm'), '2026-02-15').then(
        () => true,
        () => false,
      )
    isDone = true
  })()
  const seed = 20_260_201
  let random = seed
  const pauses: number[] = []
  while (server.kills < KILLS) {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    pauses.push(20 + (random % 400))
    await new Promise((resolve) => setTimeout(resolve, pauses.at(-1)))
    // Work that is done leaves nothing to disturb: bill again, which must do nothing, and go on killing.
    if (isDone) void runBills(client(server, 'storm'), '2026-02-15').catch(() => undefined)
    await server.kill()
    await server.start()
  }
  await work
  await runBills(client(server, 'storm'), '2026-02-15')
  t.diagnostic(`${server.kills} kills after ${pauses.join(', ')} ms; ${String(expected['charged'])} records charged`)
  assert.equal(expected['charged'], RECORDS)
  assert.deepEqual(await outcomeOf(client(server, 'storm')), expected)
  assert.deepEqual(await checkHolds(client(server, 'storm')), [])
  assert.ok(readFileSync(join(server.config.dataDir, 'root.key'), 'utf8').startsWith('kvit_'))
})
