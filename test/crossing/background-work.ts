import type { Client, Json } from '../../src/cli/client.ts'
import type { History, Step } from './history.ts'

/** The server looks at usage every five seconds; a busy machine may take its time. */
const PATIENCE_MS = 120_000
const POLL_MS = 100

async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !(await isDone()); waitedMs += POLL_MS) {
    if (waitedMs > PATIENCE_MS) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/**
 * Lets the server bill what was used up to now, once: any amount is enough.
 * @param isExpected - whether there is something to bill; nothing is waited for otherwise
 */
export async function interimInvoice(client: Client, { name, currency }: History, isExpected: boolean): Promise<void> {
  if (!isExpected) return
  const issued = async (): Promise<number> => (await client.list(`/v1/invoices?account=${name}`)).length
  const before = await issued()
  const threshold = { JPY: '1', EUR: '0.01', KWD: '0.001' }[currency]
  const set = (progressiveBilling: Json | null): Promise<unknown> =>
    client.post(`/v1/accounts/${name}`, { progressiveBilling }, 'PATCH')
  await set({ threshold, repeats: true })
  await until('an interim invoice', async () => (await issued()) > before)
  await set(null)
}

/** The server issues drafts whose grace period has ended. */
export async function draftsEnded(client: Client, at: string): Promise<void> {
  await until('drafts to be issued', async () => {
    const drafts = await client.list<Json & { dueAt: string | null }>('/v1/drafts')
    return !drafts.some(({ dueAt }) => dueAt !== null && Date.parse(dueAt) <= Date.parse(at))
  })
}

/** The server looks for commits that begin now and then. */
export async function commitOpened(client: Client, account: string): Promise<void> {
  await until('a commit to open', async () => {
    return (await client.get<{ items: Json[] }>(`/v1/accounts/${account}/contract-commits`)).items.length > 0
  })
}

/** Re-rates the usage of an account: a dry run, then approval. */
export async function reRate(client: Client, account: string, step: Step & { do: 're-rate' }): Promise<void> {
  const plan = ([code, version]: readonly [string, number]): Json => ({ code, version })
  const { id } = await client.post<Json & { id: string }>('/v1/re-ratings', {
    key: `${account}-${step.at}`,
    reason: 'another tariff was agreed',
    plans: [{ from: plan(step.fromPlan), to: plan(step.toPlan) }],
    accounts: [account],
    from: step.from,
    until: step.until,
  })
  const became = (status: string): Promise<void> =>
    until(`a re-rating to be ${status}`, async () => {
      const found = await client.get<Json>(`/v1/re-ratings/${id}`)
      if (found['status'] === 'failed') throw new Error(`the re-rating failed: ${found['error']}`)
      return found['status'] === status
    })
  await became('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await became('complete')
}
