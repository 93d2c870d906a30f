import { ApiError, type Client } from './client.ts'
import { Progress } from './output.ts'
import { parseHead } from './read-proof.ts'

export interface CheckReport {
  readonly holds: boolean
  readonly results: readonly { readonly invariant: string; readonly holds: boolean; readonly detail: string }[]
}

interface Seen {
  readonly progress: { readonly words: string; readonly done: number; readonly total: number } | null
}

const ASKED_EVERY_MS = 500

/** The check, with a line on the terminal that says how far it is. */
async function checkWatched(client: Client): Promise<CheckReport> {
  const goesOn = 'the server ends the check for nobody; the same command begins another one'
  let isOver = false
  const report = client.get<CheckReport>('/v1/check').finally(() => {
    isOver = true
  })
  // What it fails with is told below.
  report.catch(() => undefined)
  let [words, progress] = ['', new Progress('check', 0, goesOn)]
  try {
    while (process.stderr.isTTY && !isOver) {
      await Promise.race([report, new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS))])
      const seen = isOver ? null : (await client.get<Seen>('/v1/check/progress')).progress
      if (seen === null) continue
      if (seen.words !== words) {
        progress.end()
        words = seen.words
        progress = new Progress(`check: ${words}`, seen.total, goesOn)
      }
      progress.update(seen.done)
    }
    return await report
  } finally {
    progress.end()
  }
}

/**
 * The check of a tenant, and whether its journal still has a segment that was kept outside: a journal that is an older copy
 * of itself is sound in itself, and only the outside can tell.
 */
export async function checkWithHead(client: Client, head: string | undefined): Promise<CheckReport> {
  const kept = head === undefined ? null : parseHead(head)
  const report = await checkWatched(client)
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
