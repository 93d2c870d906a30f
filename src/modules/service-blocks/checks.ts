import { serviceStateAt } from '../../core/charging/service-blocks.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { anyOf, type Database, inSnapshot } from '../../platform/db.ts'
import { blockOf, type ServiceBlock, type ToldState } from './store.ts'

const BATCH = 1_000

/** What was told of a service is what the blocks of that time make of it. */
export async function checkStates(root: Database): Promise<CheckResult> {
  return inSnapshot(root, async (db) => {
    const broken: string[] = []
    let [after, count] = [null as string | null, 0]
    for (;;) {
      let query = db.selectFrom('serviceState').selectAll().orderBy('serviceId').limit(BATCH)
      if (after !== null) query = query.where('serviceId', '>', after)
      const page = (await query.execute()) as unknown as ToldState[]
      const blocks = (await db
        .selectFrom('serviceBlock')
        .selectAll()
        .where('accountId', '=', anyOf(page.map(({ accountId }) => accountId)))
        .execute()) as ServiceBlock[]
      const ofAccount = Map.groupBy(blocks, ({ accountId }) => accountId)
      for (const { serviceId, accountId, changedAt, state, barred, kbps } of page) {
        const mine = (ofAccount.get(accountId) ?? []).filter((block) => (block.serviceId ?? serviceId) === serviceId)
        const derived = serviceStateAt(mine.map(blockOf), changedAt.getTime())
        const isSame = derived.state === state && String(derived.barred) === String(barred) && derived.kbps === kbps
        if (!isSame) broken.push(`service ${serviceId}: told ${state}, its blocks make it ${derived.state}`)
      }
      count += page.length
      after = page.at(-1)?.serviceId ?? null
      if (page.length < BATCH) break
    }
    return checkNone('what was told of services is what their blocks make of them', broken, `${count} services`)
  })
}
