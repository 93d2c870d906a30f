import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Events that readers can follow: numbered from 1 on, without gap or repeat. */
export async function checkEvents(db: Database): Promise<CheckResult[]> {
  const { count, first, last, head } = await countsOf(db)
  const isWhole = count === 0n ? head === 0n : first === 1n && last === count && head === count
  const told = `${count} events are numbered from ${first ?? '-'} to ${last ?? '-'}, and the last number given is ${head}`
  return [checkNone('events are numbered without gap or repeat', isWhole ? [] : [told])]
}

interface Counts {
  readonly count: bigint
  readonly first: bigint | null
  readonly last: bigint | null
  readonly head: bigint
}

async function countsOf(db: Database): Promise<Counts> {
  return (await db
    .selectFrom('event')
    .select([sql<bigint>`count(seq)`.as('count'), sql<bigint>`min(seq)`.as('first'), sql<bigint>`max(seq)`.as('last')])
    .select((eb) => eb.selectFrom('eventHead').select('seq').as('head'))
    .executeTakeFirstOrThrow()) as Counts
}
