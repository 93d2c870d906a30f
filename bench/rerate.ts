import type { Client, Json } from '../src/cli/client.ts'
import { PLAN_FILE } from './workload.ts'

const POLL_MS = 100

interface ReRating extends Json {
  readonly id: string
  readonly status: string
  readonly error: string | null
  readonly totals: readonly {
    readonly records: number
    readonly before: string
    readonly after: string
    readonly difference: string
    readonly appliedRecords: number
    readonly appliedDifference: string
  }[]
}

/** What all counters of the tenant come to, at the rating scale: what invoices would bill of usage. */
type TotalOf = (client: Client) => Promise<bigint>

/** The plan of the benchmark with other prices, as its second version. */
const OTHER_PRICES = { ...PLAN_FILE, text: PLAN_FILE.text.replace('0.0123', '0.0111').replace('0.0049', '0.0052') }

/** Re-rates everything of a month to other prices: a dry run, then every account. */
export async function measureReRating(
  client: Client,
  services: number,
  residentMb: () => number,
  totalOf: TotalOf,
): Promise<Json> {
  let peakMb = residentMb()
  await client.post('/v1/catalog', { files: [OTHER_PRICES] })
  const before = await totalOf(client)
  const until = async (id: string, status: string): Promise<ReRating> => {
    for (;;) {
      const found = await client.get<ReRating>(`/v1/re-ratings/${id}`)
      peakMb = Math.max(peakMb, residentMb())
      if (found.status === status) return found
      if (found.status === 'failed') throw new Error(`the re-rating failed: ${found.error}`)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  const startMb = residentMb()
  const dryMs = performance.now()
  const { id } = await client.post<ReRating>('/v1/re-ratings', {
    key: 'bench',
    reason: 'other prices',
    plans: [{ from: { code: 'bench', version: 1 }, to: { code: 'bench', version: 2 } }],
    from: '2026-01-01',
    until: '2026-03-01',
  })
  const draft = await until(id, 'draft')
  const appliedMs = performance.now()
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  const { totals } = await until(id, 'complete')
  const endMs = performance.now()
  const [total] = totals
  const records = total?.appliedRecords ?? 0
  const difference = (await totalOf(client)) - before
  const scaled = (text: string | undefined): bigint => BigInt((text ?? '0').replace('.', ''))
  return {
    services,
    records,
    dryRunPerSecond: Math.round((Number(draft.totals[0]?.records) / (appliedMs - dryMs)) * 1e3),
    appliedPerSecond: Math.round((records / (endMs - appliedMs)) * 1e3),
    rssMbBefore: startMb,
    rssMbPeak: peakMb,
    sumOfAdjustments: total?.appliedDifference,
    isDifferenceOfTotals:
      scaled(total?.appliedDifference) === difference && total?.difference === total?.appliedDifference,
  }
}
