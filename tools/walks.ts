import { once } from 'node:events'
import { Session } from 'node:inspector/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { CALLS, createSubscriber, seedOperator, startKvit } from '../test/harness.ts'

/**
 * Six ways through the house, as counts: the files in which a function was entered, and how often one was, on the main thread,
 * in core, engine and modules; platform and libraries are left out, and so are threads that parse. Each way is gone four times
 * with other ids, and the smallest counts hold, because what else the server does meanwhile only adds to them.
 * `node tools/walks.ts` starts a server of its own and prints a row for each way.
 */
const COUNTED = ['core', 'engine', 'modules'].map((floor) => join(import.meta.dirname, '../src', floor))
const TIMES = 4
/** From an answer until the jobs and events that follow it are done. */
const QUIET_MS = 300

const session = new Session()
session.connect()

interface Walk {
  readonly files: number
  readonly entries: number
}

async function walk(go: (time: number) => Promise<unknown>): Promise<Walk> {
  const found: Walk[] = []
  for (let time = 0; time < TIMES; time++) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    await session.post('Profiler.takePreciseCoverage')
    await go(time)
    const { result } = await session.post('Profiler.takePreciseCoverage')
    let [files, entries] = [0, 0]
    for (const { url, functions } of result) {
      if (!COUNTED.some((folder) => url.includes(folder))) continue
      // The first of a file is its body, which runs when it is read.
      const calls = functions.slice(1).reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0)
      if (calls > 0) files++
      entries += calls
    }
    found.push({ files, entries })
  }
  const least = (of: (one: Walk) => number): number => Math.min(...found.map(of))
  return { files: least(({ files }) => files), entries: least(({ entries }) => entries) }
}

const { app, client } = await startKvit('walks', '2026-06-05T12:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
const times = Array.from({ length: TIMES }, (_, time) => time)
const call = (id: string, month = 4): Json => ({
  ...{
    id,
    source: 'switch',
    service: 'anna',
    type: 'call',
    time: `2026-0${month}-05T10:00:00Z`,
    data: { minutes: '60' },
  },
})
await client.post(
  '/v1/usage',
  times.flatMap((time) => [call(`of-month-${time}`, time + 1), call(`own-${time}`, 5)]),
)

const socket = connect(app.tcpPort ?? 0, '127.0.0.1')
await once(socket, 'connect')
const ask = async (line: Json): Promise<unknown> => {
  socket.write(`${JSON.stringify(line)}\n`)
  return once(socket, 'data')
}
await ask({ key: app.rootKey, tenant: 'walks' })

await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
const walks: Record<string, Walk> = {
  'usage record': await walk(async (time) => client.post('/v1/usage', [call(`one-${time}`, 5)])),
  'online line': await walk(async (time) => ask({ op: 'event', ...call(`line-${time}`, 5) })),
  'bill run': await walk(async (time) => runBills(client, `2026-0${time + 2}-01`)),
  payment: await walk(async (time) =>
    client.post('/v1/payments', {
      ...{
        key: `p${time}`,
        account: 'anna',
        amount: '1.00',
        currency: 'EUR',
        method: 'bank',
        receivedOn: '2026-06-05',
      },
    }),
  ),
  correction: await walk(async (time) =>
    client.post('/v1/usage-corrections', {
      ...{ key: `k${time}`, source: 'switch', id: `own-${time}`, reason: 'a walk', action: 'amend' },
      record: { data: { minutes: '50' } },
    }),
  ),
  'plan file': await walk(async (time) =>
    client.post('/v1/catalog', {
      files: [{ name: 'plans.yaml', text: CALLS.replaceAll(/0\.10\b/g, `0.1${time + 1}`) }],
    }),
  ),
}
console.table(walks)
socket.destroy()
