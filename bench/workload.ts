import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** Records of one request. */
export const BATCH = 5_000
const START_MS = Date.UTC(2026, 0, 1)
const MONTH_MS = 31 * 86_400_000

/** A small generator of repeatable numbers (mulberry32): every run sends the same records. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function serviceKey(index: number): string {
  return `svc-${String(index).padStart(7, '0')}`
}

/** Usage of random services in a month, as NDJSON lines. `run` keeps the ids of two workloads apart. */
function* usageLines(records: number, services: number, run: string): Generator<string> {
  const random = randomFrom(services + run.length)
  for (let index = 0; index < records; index++) {
    const time = new Date(START_MS + Math.floor(random() * MONTH_MS)).toISOString()
    const service = serviceKey(Math.floor(random() * services))
    yield `{"id":"${run}-${String(index).padStart(9, '0')}","source":"bench","service":"${service}","type":"bench.usage","time":"${time}","data":{"units":${1 + Math.floor(random() * 500)}}}`
  }
}

/** The same workload as request bodies; `isFlat` writes rows of a foreign file, without the nesting of a record. */
export function usageBodies(records: number, services: number, run: string, isFlat = false): Buffer[] {
  const bodies: Buffer[] = []
  let lines: string[] = []
  for (const record of usageLines(records, services, run)) {
    const line = isFlat ? record.replace('"data":{', '').slice(0, -1) : record
    if (lines.push(line) === BATCH) {
      bodies.push(Buffer.from(`${lines.join('\n')}\n`))
      lines = []
    }
  }
  if (lines.length > 0) bodies.push(Buffer.from(`${lines.join('\n')}\n`))
  return bodies
}

export async function writeUsageFile(file: string, records: number, services: number, run: string): Promise<void> {
  const out = createWriteStream(file)
  for (const body of usageBodies(records, services, run, true)) if (!out.write(body)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

/** How the rows of the file become usage records. */
export const FILE_MAPPING = {
  name: 'bench',
  format: 'ndjson',
  source: 'bench-file',
  type: 'bench.usage',
  id: '{id}',
  service: '{service}',
  time: {
    column: 'time',
    format: 'iso',
  },
  data: { units: { column: 'units' } },
}

export const PLAN_FILE = {
  name: 'bench.yaml',
  text: `meters:
  - { code: bench-units, name: Units, eventType: bench.usage, aggregator: sum, property: units, unit: u, scale: 0 }
plans:
  - code: bench
    name: Bench
    currency: EUR
    prices:
      - kind: usage
        code: units
        name: Units
        meter: bench-units
        rate:
          model: graduated
          tiers:
            - { upTo: 1000, unitAmount: 0.0123 }
            - { upTo: 10000, unitAmount: 0.0101, flatAmount: 1 }
            - { upTo: null, unitAmount: 0.0049 }
`,
}
