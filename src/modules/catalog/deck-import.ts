import { isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { handed, WORN_OUT_BYTES } from '../../platform/http/large-bodies.ts'
import type { SentBody } from '../../platform/http/sent-body.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, WriteContext } from '../../platform/tenant.ts'
import { WorkerPool } from '../../platform/worker-pool.ts'
import type { AskDecks, DeckDraft } from './deck-draft.ts'
import * as store from './deck-store.ts'
import { deckPublished } from './events.ts'

/** Reads rate decks for all tenants of the process: a file of 128 MB takes half a minute. */
const reader = new WorkerPool({
  title: 'rate decks',
  file: new URL('deck-worker.ts', import.meta.url),
  threads: 1,
  limits: { atOnceOfOwner: 1, waiting: 16, waitingOfOwner: 4 },
  deadlineMs: 60_000,
  maxHeapMb: 2_048,
  wornOutBytes: WORN_OUT_BYTES,
})

/** What the body of an import comes to. */
export interface ReadDeck {
  readonly draft: DeckDraft
  readonly fileName: string
  readonly dryRun: boolean
  readonly sent: SentBody
}

/**
 * Reads the body of an import, and compares it with the version in force, away from the thread that charges.
 * @param body is given away: it may be empty afterwards
 */
export async function readDeck({ db, tenant }: ReadContext, body: Buffer): Promise<ReadDeck> {
  const asked: AskDecks = {
    versions: async (code) => store.listDeckVersions(db, code),
    content: async (id) => store.loadDeckContent(db, id),
  }
  const onCall = async (name: string, [of]: readonly unknown[]): Promise<unknown> =>
    asked[name as keyof AskDecks](String(of))
  return (await reader.run(tenant.name, () => handed(body), onCall)) as ReadDeck
}

/** Keeps what was read as the next version of its deck, unless it is a dry run. */
export async function importDeck({ db, nowMs }: WriteContext, { draft, fileName, dryRun }: ReadDeck): Promise<object> {
  const { version, content, report } = draft
  const { code, version: number, effectiveFrom } = version
  const { rowCount: rows } = content
  if (!dryRun) {
    try {
      const id = await store.insertDeckVersion(db, version, content, fileName, new Date(nowMs))
      await publish(db, [eventOf(deckPublished, { objectId: id }, { ...version, rows })], nowMs)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new Refusal('conflict', `another version of ${code} was imported at the same time`)
    }
  }
  return { code, version: number, effectiveFrom, rows, imported: !dryRun, ...report }
}
