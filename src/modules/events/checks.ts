import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Events that readers can follow: numbered without gap or repeat, from 1 on, or after those that were deleted as too old. */
export async function checkEvents(db: Database): Promise<CheckResult[]> {
  const { count, first, last, head, forgotten } = await countsOf(db)
  const isWhole = count === 0n ? head === 0n : first === forgotten + 1n && last === head && head - forgotten === count
  const kept = forgotten === 0n ? '' : `, those up to ${forgotten} were deleted as too old`
  const told = `${count} events are numbered from ${first ?? '-'} to ${last ?? '-'}, and the last number given is ${head}${kept}`
  return [checkNone('events are numbered without gap or repeat', isWhole ? [] : [told])]
}

interface Counts {
  readonly count: bigint
  readonly first: bigint | null
  readonly last: bigint | null
  readonly head: bigint
  readonly forgotten: bigint
}

async function countsOf(db: Database): Promise<Counts> {
  return (await db
    .selectFrom('event')
    .select([sql<bigint>`count(seq)`.as('count'), sql<bigint>`min(seq)`.as('first'), sql<bigint>`max(seq)`.as('last')])
    .select((eb) => eb.selectFrom('eventHead').select('seq').as('head'))
    .select((eb) => eb.selectFrom('eventHead').select('forgotten').as('forgotten'))
    .executeTakeFirstOrThrow()) as Counts
}
