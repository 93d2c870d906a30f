import type { Item } from '../../core/invoicing/invoice-lines.ts'
import type { Database } from '../../platform/db.ts'

/** What a one-off invoice is asked for with; its days are set. */
interface OneOffContent {
  readonly items: readonly Item[]
  /** Whether it waits until somebody issues it. */
  readonly isDraft: boolean
  /** Whether it asks for money for supplies to come; absent on those of before. */
  readonly isAdvance?: boolean
}

export interface OneOff {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly content: OneOffContent
  readonly requestedBy: string
  readonly requestedByPerson: string
  readonly createdAt: Date
}

/** What its document is for; there is one of an account. */
export function purposeOf({ id }: Pick<OneOff, 'id'>): string {
  return `one-off ${id}`
}

export async function insertOneOff(db: Database, row: OneOff): Promise<void> {
  await db
    .insertInto('oneOffInvoice')
    .values({ ...row, content: JSON.stringify(row.content) })
    .execute()
}

export async function findOneOff(db: Database, by: { key: string } | { id: string }): Promise<OneOff | undefined> {
  const [column, value] = Object.entries(by)[0] as ['key' | 'id', string]
  const query = db.selectFrom('oneOffInvoice').selectAll().where(column, '=', value)
  return (await query.executeTakeFirst()) as unknown as OneOff | undefined
}
