import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { importFinished, importRefused } from './events.ts'
import { findImport, type UsageImport } from './import-store.ts'

/** Tells how the delivery of a file has ended, with what came of its rows. */
export async function tellOfImport(
  db: Database,
  type: typeof importFinished | typeof importRefused,
  id: string,
  nowMs: number,
): Promise<void> {
  const found = (await findImport(db, id)) as UsageImport
  const [rows, charged] = [Number(found.rows), Number(found.charged)]
  const [suspended, duplicates] = [Number(found.suspended), Number(found.duplicates)]
  const data = { ...found, rows, charged, suspended, duplicates, reason: found.refusal ?? '' }
  await publish(db, [eventOf(type, { objectId: id }, data)], nowMs)
}
