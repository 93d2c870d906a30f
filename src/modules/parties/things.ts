import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { changeMetadata, type Metadata, type MetadataChange } from '../../platform/http/metadata.ts'
import { Refusal } from '../../platform/problems.ts'
import { accountIdOf, type Row, type ThingKind } from './kind.ts'
import * as store from './store.ts'

/** What one of some kind is asked for with. */
export interface ThingDraft {
  readonly key: string
  readonly metadata: Metadata
}

/** Creates one thing. @returns its row, and the account whose definitions the engine must reload. */
export async function createThing(
  db: Database,
  kind: ThingKind,
  draft: ThingDraft,
  nowMs: number,
): Promise<{ row: Row; accountId: string | null }> {
  const { name } = kind
  if (name !== 'service' && (await store.findThing(db, name, draft.key)) !== undefined) {
    throw new Refusal(
      'already_exists',
      `the key ${draft.key} is that of another ${name} already: take another key, or change that one with PATCH /v1/${name}s/${draft.key}`,
    )
  }
  return insertDraft(db, kind, draft, nowMs)
}

/** Creates one thing of whose key there is none. */
export async function insertDraft(
  db: Database,
  kind: ThingKind,
  draft: ThingDraft,
  nowMs: number,
): Promise<{ row: Row; accountId: string | null }> {
  const stamps = { id: newId(), createdAt: new Date(nowMs), updatedAt: new Date(nowMs) }
  const values = await kind.build(db, draft, { id: stamps.id, nowMs })
  const metadata = JSON.stringify(draft.metadata)
  const row = await store.insertThing(db, kind.name, { ...values, ...stamps, metadata })
  await publish(db, [eventOf(kind.created, aboutRow(kind, row), kind.told(row))], nowMs)
  return { row, accountId: accountIdOf(kind, row) }
}

/** Changes what may be changed. */
export async function changeThing(
  db: Database,
  kind: ThingKind,
  reference: string,
  { metadata, ...changes }: { readonly metadata?: MetadataChange | undefined },
  nowMs: number,
): Promise<{ row: Row; accountId: string | null }> {
  const before = await store.getThing(db, kind.name, reference)
  const { id } = before
  if (metadata !== undefined) await changeMetadata(db, kind.name, [id], metadata)
  const columns = await kind.change(db, before, changes, nowMs)
  await store.updateThing(db, kind.name, id, { ...columns, updatedAt: new Date(nowMs) })
  const row = await store.getThing(db, kind.name, id)
  const fields = [...Object.keys(changes), ...(metadata === undefined ? [] : ['metadata'])]
  await publish(db, [eventOf(kind.updated, aboutRow(kind, row), { ...kind.told(row), changed: fields })], nowMs)
  return { row, accountId: accountIdOf(kind, row) }
}

function aboutRow(kind: ThingKind, row: Row): Pick<NewEvent, 'objectId' | 'accountId' | 'customerId'> {
  return { objectId: row.id, accountId: accountIdOf(kind, row), customerId: kind.name === 'customer' ? row.id : null }
}
