import type { Database } from '../../platform/db.ts'
import type { RecognitionRow } from './line-store.ts'
import type { Books } from './store.ts'

/** What a closed period has recognised, a page at a time. */
export async function pageOfRecognised(
  db: Database,
  { issuerId }: Pick<Books, 'issuerId'>,
  from: string,
  {
    limit,
    cursor,
    accountId,
  }: { readonly limit: number; readonly cursor?: string | undefined; readonly accountId: string | null },
): Promise<(RecognitionRow & { readonly id: string })[]> {
  let query = db
    .selectFrom('recognition')
    .innerJoin('accountingPeriod as period', (join) =>
      join.onRef('period.id', '=', 'recognition.periodId').onRef('period.generation', '=', 'recognition.generation'),
    )
    .selectAll('recognition')
    .where('period.issuerId', '=', issuerId)
    .where('period.startDay', '=', from)
    .where('period.state', '=', 'closed')
  if (cursor !== undefined) query = query.where('recognition.id', '>', cursor)
  if (accountId !== null) query = query.where('recognition.accountId', '=', accountId)
  return (await query.orderBy('recognition.id').limit(limit).execute()) as (RecognitionRow & { id: string })[]
}
