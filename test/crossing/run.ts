/** What `kvit crossing` runs: histories of many seeds, each held against its book; then how often features met. */
import { parseArgs } from 'node:util'
import { Coverage, SEEDS_OF_BLOCK } from './coverage.ts'
import { DIMENSIONS } from './features.ts'
import { generate } from './generate.ts'
import { play } from './play.ts'
import { shrink } from './shrink.ts'
import { tell } from './tell.ts'
import { startTenants } from './tenants.ts'

const HELP = `kvit crossing --seeds N --from S

Makes small random histories of accounts in which features of billing meet, sends them through the API of a server of its own, and
holds documents, balances, receivables and explanations against a reference that computes with pencil and paper. Nothing of yours
is touched. The exit code is 1 where they differ.

  --seeds N      so many seeds (${SEEDS_OF_BLOCK} unless set: in so many every pair of features meets twenty times and more)
  --from S       the first one (0 unless set); a seed always makes the same histories
  --only N       the history of that number of each seed alone, as in "s7n12", which is number 12 of seed 7
  --shrink 0|1   1 (unless set): of a seed, the first history that differs is told, made as short as it can be; 0: all that differ,
                 as they are
`

/** A tenant waits for the server's background work most of the time. */
const SIDE_BY_SIDE = 4
const MAX_SEEDS = 100_000

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(SEEDS_OF_BLOCK) },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    shrink: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

function numberOf(option: 'seeds' | 'from', most: number): number {
  const number = Number(values[option])
  if (/^\d{1,9}$/.test(values[option]) && number <= most) return number
  console.error(`kvit: --${option} is a whole number of at most ${most}, not "${values[option]}"`)
  return process.exit(1)
}

const [count, from] = [numberOf('seeds', MAX_SEEDS), numberOf('from', 999_999_999)]
const startedMs = performance.now()
const tenants = await startTenants()
const coverage = new Coverage()
const [found, seedsThatDiffer]: [number[], number[]] = [[], []]
const waiting = Array.from({ length: count }, (_, at) => from + at)

async function runSeeds(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const { calendar, histories: drawn } = generate(seed)
    const histories = drawn.filter((_, at) => values.only === undefined || at === Number(values.only))
    for (const { features } of histories) coverage.add(features)
    const all = histories.map(({ history }) => history)
    const findings = await play(tenants.create, calendar, all)
    console.log(`seed ${seed}: ${histories.length} histories, ${findings.length} differ`)
    const [first] = findings
    if (first === undefined) continue
    found.push(findings.length)
    seedsThatDiffer.push(seed)
    if (values.shrink === '0') {
      for (const finding of findings) console.log(tell(finding, calendar))
      continue
    }
    const shrunk = await shrink(tenants.create, calendar, first)
    console.log(tell(shrunk.finding, shrunk.calendar))
  }
}

await Promise.all(Array.from({ length: SIDE_BY_SIDE }, runSeeds))
await tenants.close()
console.table(coverage.table())
const { pairs, least, rarest } = coverage.summary()
const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1)
const differing = found.reduce((sum, number) => sum + number, 0)
const { user, system } = process.cpuUsage()
console.log(
  [
    `${count} seeds from ${from} on, ${coverage.histories} histories of ${Object.keys(DIMENSIONS).length} features each`,
    `${pairs} pairs of features; the rarest met ${least} times: ${rarest}`,
    `${minutes} minutes, ${((user + system) / 1e6).toFixed(0)} s of processor without that of Postgres`,
    differing === 0 ? 'all agree' : `${differing} histories differ, of seeds ${seedsThatDiffer.join(', ')}`,
  ].join('\n'),
)
process.exitCode = differing === 0 ? 0 : 1
