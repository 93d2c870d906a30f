import type { Step } from '../crossing/history.ts'
import type { BillingWorld } from './world.ts'

/** Times that a run is looked at before it is asked for again: nobody may be at work on it any more. */
export const LOOKS = 40
export const MAX_TRIES = 10

/** What nobody does in so many looks was left behind by a process that is gone: the next one takes it up. */
async function until(world: BillingWorld, what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let looks = 1; !(await isDone()); looks++) {
    if (looks === LOOKS * MAX_TRIES) return world.find(`waited in vain for ${what}`)
    if (looks % LOOKS === 0) await world.renew()
    await world.pause(world.chance.int(50, 1_000))
  }
}

/** Money that was bought is there when a process has looked for it. */
export async function openTerm(world: BillingWorld, account: string): Promise<void> {
  await until(world, `the commit of ${account} to open`, async () => {
    const server = world.servers.find(({ isReady }) => isReady)
    for (const task of server?.tasks ?? []) if (server !== undefined) await world.work(server, 'task', task)
    return (await world.get<{ items: unknown[] }>(`/v1/accounts/${account}/contract-commits`)).items.length > 0
  })
}

type Ask = (url: string, body: unknown, key: string | undefined) => Promise<{ status: number; text: string }>

/** A dry run, then approval: both go on in the background of whichever process took them. */
export async function reRate(
  world: BillingWorld,
  ask: Ask,
  account: string,
  { at, fromPlan, toPlan, from, until: untilDay }: Step & { do: 're-rate' },
): Promise<void> {
  const plan = ([code, version]: readonly [string, number]): object => ({ code, version })
  const plans = [{ from: plan(fromPlan), to: plan(toPlan) }]
  const draft = { key: `${account}-${at}`, plans, accounts: [account], from, until: untilDay }
  const { status: answered, text } = await ask(
    '/v1/re-ratings',
    { ...draft, reason: 'another tariff was agreed' },
    undefined,
  )
  if (answered >= 300) return world.find(`a re-rating is asked for: ${text}`)
  const { id } = JSON.parse(text) as { id: string }
  const became = async (wanted: string): Promise<void> =>
    until(world, `a re-rating to be ${wanted}`, async () => {
      const { status, error } = await world.get<{ status: string; error: unknown }>(`/v1/re-ratings/${id}`)
      if (status === 'failed') world.find(`a re-rating failed: ${error}`)
      return status === wanted || status === 'failed'
    })
  await became('draft')
  await ask(`/v1/re-ratings/${id}/approve`, {}, `approve-${id}`)
  await became('complete')
}
