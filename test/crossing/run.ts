import { parseArgs } from 'node:util'
import { Coverage } from './features.ts'
import { generate } from './generate.ts'
import { play } from './play.ts'
import { shrink } from './shrink.ts'
import { tell } from './tell.ts'
import { startTenants } from './tenants.ts'

/** Findings of a seed that are shrunk and told; the others are counted. */
const TOLD = 1

const SIDE_BY_SIDE = 4

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1..4' }, shrink: { type: 'boolean', default: false } },
})
const [from = 1, until = from] = values.seeds.split('..').map(Number)
const tenants = await startTenants()
const coverage = new Coverage()
let found = 0
const waiting = Array.from({ length: until - from + 1 }, (_, at) => from + at)

async function runSeeds(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const { calendar, histories } = generate(seed)
    for (const { features } of histories) coverage.add(features)
    const all = histories.map(({ history }) => history)
    const findings = await play(tenants.create, calendar, all)
    found += findings.length
    for (const finding of findings.slice(0, TOLD)) {
      const shrunk = values.shrink ? await shrink(tenants.create, calendar, finding) : { finding, calendar }
      console.log(tell(shrunk.finding, shrunk.calendar))
    }
    console.log(`seed ${seed}: ${histories.length} histories, ${findings.length} differ`)
  }
}

// A tenant waits for the server's background work most of the time.
await Promise.all(Array.from({ length: SIDE_BY_SIDE }, runSeeds))
console.table(coverage.table())
console.log(`${coverage.histories} histories, ${found} differ`)
await tenants.close()
process.exitCode = found === 0 ? 0 : 1
