import { ApiError, type Client } from './client.ts'
import { parseHead } from './read-proof.ts'

export interface CheckReport {
  readonly holds: boolean
  readonly results: readonly { readonly invariant: string; readonly holds: boolean; readonly detail: string }[]
}

/**
 * The check of a tenant, and whether its journal still has a segment that was kept outside: a journal that is an older copy
 * of itself is sound in itself, and only the outside can tell.
 */
export async function checkWithHead(client: Client, head: string | undefined): Promise<CheckReport> {
  const kept = head === undefined ? null : parseHead(head)
  const report = await client.get<CheckReport>('/v1/check')
  if (kept === null) return report
  const found = await client.get<{ digest: string }>(`/v1/journal/segments/${kept.seq}`).catch((error: unknown) => {
    if (error instanceof ApiError && error.problem['code'] === 'not_found') return null
    throw error
  })
  const holds = found?.digest === kept.digest
  const what = found === null ? 'is not there' : holds ? 'is there' : 'is another one'
  const detail = `segment ${kept.seq}, as it was kept outside, ${what}`
  const result = { invariant: 'the journal has the head that was kept outside', holds, detail }
  return { ...report, holds: report.holds && holds, results: [...report.results, result] }
}
