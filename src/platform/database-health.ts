import { sql } from 'kysely'
import type { Database } from './db.ts'
import { PLATFORM_SCHEMA } from './migrations.ts'
import { READ_ONLY, sqlStateOf } from './unavailable.ts'

export type DatabaseState = 'ok' | 'database_unreachable' | 'database_read_only' | 'database_full'

/** What was found out holds so long, however often it is asked. */
const BELIEVED_MS = 1_000
const ANSWER_WITHIN_MS = 3_000
/** Rows that do not fit into the least memory of a sort, so that it needs a file on the disk. */
const SORTED_ROWS = 3_000
const STATES: readonly (readonly [state: string, meaning: DatabaseState])[] = [
  [READ_ONLY, 'database_read_only'],
  ['53100', 'database_full'],
  ['53400', 'database_full'],
]

/** Whether the database does its work: it is reached, has room on its disk, and takes a commit. */
export class DatabaseHealth {
  private readonly db: Database
  private readonly server: string
  private readonly nowMs: () => number
  private asked: { atMs: number; answer: Promise<DatabaseState> } | null = null

  /** @param db connections whose statements have a short deadline */
  constructor(db: Database, server: string, nowMs: () => number) {
    this.db = db
    this.server = server
    this.nowMs = nowMs
  }

  async look(): Promise<DatabaseState> {
    const atMs = performance.now()
    if (this.asked === null || atMs - this.asked.atMs > BELIEVED_MS) this.asked = { atMs, answer: this.ask() }
    return this.asked.answer
  }

  private async ask(): Promise<DatabaseState> {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<DatabaseState>((resolve) => {
      timer = setTimeout(resolve, ANSWER_WITHIN_MS, 'database_unreachable')
    })
    const answer = this.beat().then(
      () => 'ok' as const,
      (error: unknown) => STATES.find(([state]) => state === sqlStateOf(error))?.[1] ?? 'database_unreachable',
    )
    return Promise.race([answer, silence]).finally(() => clearTimeout(timer))
  }

  /** A row is written over and over without new room; so a sort is made to ask the disk for some, which is freed at once. */
  private async beat(): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await sql`set local work_mem = '64kB'`.execute(trx)
      await sql`select count(*) from (select md5(n::text) from generate_series(1, ${SORTED_ROWS}::integer) as n order by 1) as sorted`.execute(
        trx,
      )
      await sql`insert into ${sql.id(PLATFORM_SCHEMA, 'heartbeat')} (server, beaten_at)
        values (${this.server}, ${new Date(this.nowMs())})
        on conflict (server) do update set beaten_at = excluded.beaten_at`.execute(trx)
    })
  }
}
