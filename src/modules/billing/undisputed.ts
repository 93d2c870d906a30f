import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { openLinesOf } from '../disputes/index.ts'
import type { Invoice } from '../invoices/index.ts'

/**
 * What is disputed is credited by deciding on the dispute, and by nothing else.
 * @param credited ids of stored lines; null for all of the document
 * @throws Refusal `conflict` where one of them is disputed
 */
export async function assertUndisputed(
  db: WriteContext['db'],
  { id, document }: Pick<Invoice, 'id' | 'document'>,
  credited: ReadonlySet<string> | null,
): Promise<void> {
  for (const { key, position } of await openLinesOf(db, id)) {
    const line = document.lines.find((one) => one.position === position)
    const own = [line?.id, ...(line?.parts ?? []).map((part) => part.line)]
    if (credited === null || own.some((lineId) => lineId !== undefined && credited.has(lineId)))
      throw new Refusal(
        'conflict',
        `line ${position} of ${document.number} is disputed: decide on that first (kvit dispute accept ${key}, or reject)`,
      )
  }
}
