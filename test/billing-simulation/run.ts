import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { createLog } from '../../src/platform/log.ts'
import { WorldHost } from './simulation.ts'

const HELP = `kvit soak-test --seeds N --from S

Runs worlds that seeds decide, each a tenant with accounts and server processes on a Postgres of its own, one statement at a time:
usage, payments and their reversal, top-ups, changes of plans, commits, corrections, re-ratings and bill runs go on while processes are
killed, commits are lost or told as lost, and leases are stolen. In the end everything that was acknowledged is there, once;
documents and balances are what a book says that is kept with pencil and paper, and every check holds. Nothing of yours
is touched. The exit code is 1 where something is found.

  --seeds N   so many worlds (100 unless set); one alone is told line by line
  --from S    the first one (1 unless set)
  --calm      nothing goes wrong: what is found then is no matter of crashes
`
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    calm: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

function numberOf(option: 'seeds' | 'from'): number {
  if (/^\d{1,9}$/.test(values[option])) return Number(values[option])
  console.error(`kvit: --${option} is a whole number, not "${values[option]}"`)
  return process.exit(1)
}

/** Worlds wait for Postgres most of the time. */
const SIDE_BY_SIDE = 10
const TOLD_LINES = 30
const [count, from] = [numberOf('seeds'), numberOf('from')]
const folder = await mkdtemp(join(tmpdir(), 'kvit-simulation-'))
const postgres = await startEmbeddedPostgres(folder, createLog('silent'))
const host = await WorldHost.open(postgres.url)
const waiting = Array.from({ length: count }, (_, at) => from + at)
const sums = new Map<string, number>()
let [told, failed] = [0, 0]

async function runSeeds(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const telling = { isVerbose: count === 1, isCalm: values.calm }
    const { findings, counts, trace } = await host.simulate(seed, telling)
    for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count)
    if (++told % 10 === 0) console.log(`${told} seeds, ${failed} with findings`)
    if (findings.length === 0) continue
    failed++
    console.log(`seed ${seed}:\n${trace.slice(-TOLD_LINES).join('\n')}\n  ${findings.join('\n  ')}`)
  }
}

await Promise.all(Array.from({ length: SIDE_BY_SIDE }, runSeeds))
console.log(
  `${told} seeds, ${failed} with findings; ${[...sums].map(([name, count]) => `${count} ${name}`).join(', ')}`,
)
const { user, system } = process.cpuUsage()
console.log(`${Math.round((user + system) / 1e6)} s of processor without Postgres`)
await host.close()
await postgres.stop()
await rm(folder, { recursive: true, force: true })
process.exitCode = failed === 0 ? 0 : 1
