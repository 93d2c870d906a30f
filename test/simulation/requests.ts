import { emptyFields, readLine } from '../../src/core/mediation/record-fields.ts'
import { type DecodingContext, type UsageBatch, UsageBatchBuilder } from '../../src/core/mediation/usage-batch.ts'
import type { Chance } from './chance.ts'
import { MS_PER_DAY } from './operator.ts'

/** A usage record as a sender writes it. */
export interface SentRecord {
  readonly id: string
  readonly source: string
  readonly service: string
  readonly type: string
  readonly time: string
  readonly data: Readonly<Record<string, string | number>>
}

export const textOfTime = (ms: number): string => new Date(ms).toISOString()

/** What is used or asked for of a type. */
export function randomData(chance: Chance, type: string): SentRecord['data'] {
  if (type === 'voice') return { seconds: chance.int(0, chance.is(0.1) ? 4_000 : 120) }
  if (type === 'data') return { mb: `${chance.int(0, 90)}.${chance.int(0, 999)}`.replace(/\.$/, '') }
  return {}
}

/** Some record: mostly in order, sometimes late, of the future, of nobody, or of no meaning. */
export function randomRecord(chance: Chance, nowMs: number, services: number, id: string): SentRecord {
  const type = chance.weighted({ voice: 4, data: 4, call: 2, fax: 0.1 })
  const late = chance.weighted({ now: 6, recent: 3, old: 1, lost: 0.2, future: 0.1 })
  const spanMs = {
    now: 60_000,
    recent: 2 * MS_PER_DAY,
    old: 35 * MS_PER_DAY,
    lost: 120 * MS_PER_DAY,
    future: -MS_PER_DAY,
  }
  const atMs = nowMs - Math.floor(chance.next() * spanMs[late])
  const service = chance.is(0.02) ? 'nobody' : `${chance.pick(['s', 't'])}${chance.int(1, services)}`
  const data = chance.is(0.01) ? { seconds: 'x', mb: '1.23456' } : randomData(chance, type)
  return { id, source: 'switch', service, type, time: textOfTime(atMs), data }
}

/** The same record, or one that only claims to be. */
export function repeated(chance: Chance, record: SentRecord): SentRecord {
  return chance.is(0.15) ? { ...record, data: randomData(chance, record.type) } : record
}

export function toBatch(context: DecodingContext, records: readonly object[]): UsageBatch {
  const builder = new UsageBatchBuilder(context)
  const fields = emptyFields()
  for (const record of records) {
    const line = JSON.stringify(record)
    const fault = readLine(line, fields)
    if (fault === null) builder.add(fields)
    else builder.addUnreadable(line, 'bad_json', fault, fields)
  }
  return builder.build()
}
