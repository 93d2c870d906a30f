import { present } from '../../core/base/assert.ts'
import { serviceStateAt, stands } from '../../core/charging/service-blocks.ts'
import type { Database } from '../../platform/db.ts'
import { accountNames, keysOf } from '../parties/index.ts'
import type { BLOCK_STATES } from './schemas.ts'
import { type BlockableService, blockOf, type ServiceBlock } from './store.ts'

function blockStateAt(block: ServiceBlock, nowMs: number): (typeof BLOCK_STATES)[number] {
  if (block.liftedAt !== null) return 'lifted'
  if (block.fromAt.getTime() > nowMs) return 'coming'
  return stands(blockOf(block), nowMs) ? 'standing' : 'ended'
}

/** Blocks as answers show them. */
export async function viewBlocks(db: Database, blocks: readonly ServiceBlock[], nowMs: number): Promise<object[]> {
  const names = await accountNames(
    db,
    blocks.map(({ accountId }) => accountId),
  )
  const keys = await keysOf(
    db,
    'service',
    blocks.map(({ serviceId }) => serviceId),
  )
  return blocks.map((block) => {
    const { id, key, accountId, serviceId, reason, scope, kbps, note, fromAt: from, untilAt: until } = block
    const { placedBy, placedAt, liftedBy, liftedAt, liftNote } = block
    return {
      ...{ id, key, accountId, ...present(names.get(accountId), 'an account') },
      ...{ serviceId, service: serviceId === null ? null : keys.get(serviceId) },
      ...{ reason, scope, kbps, note, state: blockStateAt(block, nowMs), from, until },
      ...{ placedBy, placedAt, liftedBy, liftedAt, liftNote },
    }
  })
}

/** The state of a service at a time, out of blocks that are about it. */
export function viewState(
  { id, key, accountId }: BlockableService,
  blocks: readonly ServiceBlock[],
  atMs: number,
): object {
  const { state, barred, kbps, reasons } = serviceStateAt(blocks.map(blockOf), atMs)
  return { serviceId: id, service: key, accountId, state, barred, kbps, reasons, at: new Date(atMs) }
}
