import type { ChainBlock, ChainTransfer } from './chain-source.ts'
import type { Observation } from './receipts.ts'

/** A block that is behind us: what stays known of it. */
export interface FollowedBlock {
  readonly height: number
  readonly hash: string
  /** Receipts of ours that it holds. */
  readonly receipts: readonly string[]
}

/** A walk along a chain: from the last block that is known, back as far as the chain has changed, and on to its tip. */
export interface ChainWalk {
  /** Known blocks that are still there as far as was looked, the newest last. */
  readonly kept: readonly FollowedBlock[]
  /** Known blocks that have left the chain, the newest first. */
  readonly left: readonly FollowedBlock[]
  /** Blocks behind the kept ones. */
  readonly entered: readonly ChainBlock[]
  /** What to do next: ask for the block at a height, take what was found, or stop and tell somebody. */
  readonly next:
    | { readonly kind: 'ask'; readonly height: number; readonly isCheck: boolean }
    | { readonly kind: 'done' }
    | { readonly kind: 'fault'; readonly fault: WalkFault }
  readonly steps: number
}

/**
 * `too_deep`: nothing that is known is on the chain any more. `shorter`: the chain would end below what was known, so the source is behind or
 * lies. `restless`: it changed again and again while it was read.
 */
type WalkFault = 'too_deep' | 'shorter' | 'restless'

/** Blocks of one walk: after so many what was found is taken, and the next walk goes on. */
const MAX_ENTERED = 500
const MAX_STEPS = 3 * MAX_ENTERED

/** @param followed the newest last @param start where to begin while nothing is known */
export function beginWalk(followed: readonly FollowedBlock[], start: number): ChainWalk {
  const last = followed.at(-1)
  return {
    ...{ kept: followed, left: [], entered: [], steps: 0 },
    // The last block is looked at again: it may have been replaced by one of the same height.
    next: { kind: 'ask', height: last?.height ?? start, isCheck: last !== undefined },
  }
}

/** The walk after an answer. @param answer the block at the height that was asked for; null where the chain is not that long */
export function continueWalk(walk: ChainWalk, answer: ChainBlock | null): ChainWalk {
  if (walk.next.kind !== 'ask') return walk
  const { height, isCheck } = walk.next
  const steps = walk.steps + 1
  if (steps >= MAX_STEPS) return { ...walk, steps, next: { kind: 'fault', fault: 'restless' } }
  const top = walk.entered.at(-1) ?? walk.kept.at(-1)
  if (isCheck) {
    if (answer?.hash !== top?.hash) return stepBack({ ...walk, steps })
    return { ...walk, steps, next: { kind: 'ask', height: height + 1, isCheck: false } }
  }
  if (answer === null) return ended({ ...walk, steps })
  if (top !== undefined && answer.parentHash !== top.hash) return stepBack({ ...walk, steps })
  const entered = [...walk.entered, answer]
  if (entered.length >= MAX_ENTERED) return ended({ ...walk, steps, entered })
  return { ...walk, steps, entered, next: { kind: 'ask', height: height + 1, isCheck: false } }
}

/** The newest block is on the chain no more: the one before is looked at. */
function stepBack(walk: ChainWalk): ChainWalk {
  const isEntered = walk.entered.length > 0
  const gone = isEntered ? undefined : walk.kept.at(-1)
  const next = {
    ...walk,
    entered: walk.entered.slice(0, -1),
    kept: isEntered ? walk.kept : walk.kept.slice(0, -1),
    left: gone === undefined ? walk.left : [...walk.left, gone],
  }
  const top = next.entered.at(-1) ?? next.kept.at(-1)
  if (top === undefined) return { ...next, next: { kind: 'fault', fault: 'too_deep' } }
  return { ...next, next: { kind: 'ask', height: top.height, isCheck: true } }
}

function ended(walk: ChainWalk): ChainWalk {
  const before = walk.left[0]?.height ?? -1
  const now = walk.entered.at(-1)?.height ?? walk.kept.at(-1)?.height ?? -1
  // Between two walks a chain may lose blocks only to a longer one.
  return { ...walk, next: now < before ? { kind: 'fault', fault: 'shorter' } : { kind: 'done' } }
}

/** A receipt that waits, with the outputs that its transaction spends. */
export interface WaitingReceipt {
  readonly id: string
  readonly inputs: readonly string[]
}

/**
 * What a walk that is done found: receipts that were not known, and the change of the chain as one observation, so that nobody sees half of
 * a re-organisation.
 * @param isOurs whether a transfer pays one of our addresses @param waiting receipts that no block holds, or that a block held which has left
 */
export function findingsOf(
  walk: ChainWalk,
  isOurs: (transfer: ChainTransfer) => boolean,
  waiting: readonly WaitingReceipt[],
  nowMs: number,
): readonly Observation[] {
  const found = walk.entered.flatMap((block) =>
    block.transfers.filter(isOurs).map((transfer) => ({ transfer, height: block.height, timeMs: block.timeMs })),
  )
  const spentBy = new Map(walk.entered.flatMap(({ spent }) => spent.map(({ output, by }) => [output, by] as const)))
  const mined = new Set(found.map(({ transfer }) => transfer.id))
  const paying = new Set(found.map(({ transfer }) => transfer.transaction))
  const lost = waiting.flatMap(({ id, inputs }) => {
    const by = mined.has(id) ? undefined : inputs.map((input) => spentBy.get(input)).find((one) => one !== undefined)
    return by === undefined ? [] : [{ id, why: paying.has(by) ? ('replaced' as const) : ('double_spent' as const) }]
  })
  return [
    ...found.map(({ transfer: { id, amount, isReplaceable } }) => ({
      ...{ kind: 'seen' as const, id, amount, atMs: nowMs, isReplaceable },
    })),
    {
      kind: 'chain',
      tip: walk.entered.at(-1)?.height ?? walk.kept.at(-1)?.height ?? 0,
      unmined: walk.left.flatMap(({ receipts }) => receipts),
      mined: found.map(({ transfer, height, timeMs }) => ({ id: transfer.id, height, timeMs })),
      lost,
    },
  ]
}

/** What is known after a walk. @param depth how many blocks are kept: a re-organisation deeper than that is `too_deep` */
export function followedAfter(
  walk: ChainWalk,
  isOurs: (transfer: ChainTransfer) => boolean,
  depth: number,
): readonly FollowedBlock[] {
  const entered = walk.entered.map(({ height, hash, transfers }) => ({
    ...{ height, hash },
    receipts: transfers.filter(isOurs).map(({ id }) => id),
  }))
  return [...walk.kept, ...entered].slice(-depth)
}
