import type { Client, Json } from '../src/cli/client.ts'
import { until } from './test-postgres.ts'

interface Period extends Json {
  readonly from: string
  readonly state: string
  readonly digest: string | null
  readonly lines: number | null
  readonly error: string | null
}

export async function periodsOf(client: Client, issuer = 'op'): Promise<Period[]> {
  return (await client.get<{ items: Period[] }>(`/v1/books/${issuer}/periods`)).items
}

/** Closes a period and waits until it is. @throws where it fails */
export async function closePeriod(client: Client, from: string, issuer = 'op'): Promise<Period> {
  await client.post(`/v1/books/${issuer}/periods/${from}/close`, {})
  let found: Period | undefined
  await until(`the period from ${from} is closed`, async () => {
    found = (await periodsOf(client, issuer)).find((period) => period.from === from)
    return found?.state !== 'closing'
  })
  if (found?.state !== 'closed') throw new Error(String(found?.error))
  return found
}

/** Balances of the general ledger as of a day, by code, of accounts that have one. */
export async function glBalances(client: Client, asOf: string, issuer = 'op'): Promise<Record<string, string>> {
  const { items, totals } = await client.get<{ items: { code: string; balance: string }[]; totals: Json }>(
    `/v1/books/${issuer}/trial-balance?asOf=${asOf}`,
  )
  if (!/^0(\.0+)?$/.test(String(totals['difference']))) throw new Error(`the ledger differs by ${totals['difference']}`)
  return Object.fromEntries(
    items.filter(({ balance }) => !/^0(\.0+)?$/.test(balance)).map(({ code, balance }) => [code, balance]),
  )
}
