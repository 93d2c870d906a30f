import { parseArgs } from 'node:util'
import { Coverage } from './features.ts'
import { generate } from './generate.ts'
import { play } from './play.ts'
import { shrink } from './shrink.ts'
import { tell } from './tell.ts'
import { startTenants } from './tenants.ts'

/** Findings of a seed that are shrunk and told; the others are counted. */
const TOLD = 3

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1..4' } } })
const [from = 1, until = from] = values.seeds.split('..').map(Number)
const tenants = await startTenants()
const coverage = new Coverage()
let found = 0
for (let seed = from; seed <= until; seed++) {
  const { calendar, histories } = generate(seed)
  for (const { features } of histories) coverage.add(features)
  const findings = await play(
    tenants.create,
    calendar,
    histories.map(({ history }) => history),
  )
  found += findings.length
  for (const finding of findings.slice(0, TOLD)) {
    const shrunk = await shrink(tenants.create, calendar, finding)
    console.log(tell(shrunk.finding, shrunk.calendar))
  }
  console.log(`seed ${seed}: ${histories.length} histories, ${findings.length} differ`)
}
console.table(coverage.table())
console.log(`${coverage.histories} histories, ${found} differ`)
await tenants.close()
process.exitCode = found === 0 ? 0 : 1
