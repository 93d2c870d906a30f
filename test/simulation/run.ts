import { parseArgs } from 'node:util'
import { simulate } from './simulation.ts'

/** `--seed N` tells one seed's story line by line; `--seeds 1..500` runs many and tells what they found. */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, steps: { type: 'string', default: '400' } },
})
const steps = Number(values.steps)
const [from = 1, until = from] = (values.seeds ?? values.seed ?? '1').split('..').map(Number)
let failed = 0
let records = 0
for (let seed = from; seed <= until; seed++) {
  const startedMs = performance.now()
  const outcome = await simulate(seed, steps, values.seed !== undefined)
  records += outcome.records
  const tookMs = performance.now() - startedMs
  if (tookMs > 5_000) console.error(`seed ${seed} took ${Math.round(tookMs)} ms, ${outcome.segments} segments`)
  if (outcome.findings.length === 0) continue
  failed++
  console.error(`seed ${seed}: ${outcome.findings.join('\n  ')}`)
}
console.error(`${until - from + 1} seeds of ${steps} steps, ${records} records charged, ${failed} seeds with findings`)
process.exitCode = failed === 0 ? 0 : 1
