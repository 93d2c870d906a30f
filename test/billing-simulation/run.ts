import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { createLog } from '../../src/platform/log.ts'
import { SimulationGround } from './simulation.ts'

/**
 * `--seed N` tells one seed's story line by line; `--seeds 1..500` runs many and tells what they found. With `--calm`
 * nothing goes wrong: what is found then is no matter of crashes.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, calm: { type: 'boolean', default: false } },
})
/** Worlds wait for Postgres most of the time. */
const SIDE_BY_SIDE = 10
const TOLD_LINES = 30
const [from = 1, until = from] = (values.seeds ?? values.seed ?? '1').split('..').map(Number)
const folder = await mkdtemp(join(tmpdir(), 'kvit-simulation-'))
const postgres = await startEmbeddedPostgres(folder, createLog('silent'))
const ground = await SimulationGround.open(postgres.url)
const waiting = Array.from({ length: until - from + 1 }, (_, at) => from + at)
const sums = new Map<string, number>()
let [told, failed] = [0, 0]

async function runSeeds(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const telling = { isVerbose: values.seed !== undefined, isCalm: values.calm }
    const { findings, counts, trace } = await ground.simulate(seed, telling)
    for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count)
    if (++told % 50 === 0) console.log(`${told} seeds, ${failed} with findings`)
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
await ground.close()
await postgres.stop()
await rm(folder, { recursive: true, force: true })
process.exitCode = failed === 0 ? 0 : 1
