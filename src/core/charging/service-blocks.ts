/** Why a service is restricted. Payment lifts the first two, and no other. */
export const BLOCK_REASONS = ['dunning_soft', 'dunning_hard', 'customer', 'fraud', 'admin'] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]
export const DUNNING_REASONS: readonly BlockReason[] = ['dunning_soft', 'dunning_hard']

/** What a service is used for, as far as blocks tell it apart. */
export const USE_KINDS = ['outgoing', 'incoming', 'data'] as const
type UseKind = (typeof USE_KINDS)[number]

export const BLOCK_SCOPES = [...USE_KINDS, 'all'] as const
export type BlockScope = (typeof BLOCK_SCOPES)[number]

export const SERVICE_STATES = ['open', 'throttled', 'restricted', 'blocked'] as const

/** A reason why a service is restricted, from one time until another, half-open. Epoch milliseconds. */
export interface Block {
  readonly reason: BlockReason
  readonly scope: BlockScope
  /** It slows the service down to so many kilobits per second, and bars nothing; null bars. */
  readonly kbps: number | null
  readonly fromMs: number
  /** Null until it is lifted. */
  readonly untilMs: number | null
  readonly liftedMs: number | null
}

/** What blocks that stand together make of a service. */
export interface ServiceState {
  /** `restricted`: some kinds of use are barred; `blocked`: all of them. */
  readonly state: (typeof SERVICE_STATES)[number]
  readonly barred: readonly UseKind[]
  /** The lowest of several. */
  readonly kbps: number | null
  readonly reasons: readonly BlockReason[]
}

/** What a block of a reason bars unless somebody says otherwise: a customer in arrears may still be called. */
export function usualScope(reason: BlockReason): BlockScope {
  return reason === 'dunning_soft' ? 'outgoing' : 'all'
}

/** Whether a block holds at a time. */
export function stands({ fromMs, untilMs, liftedMs }: Omit<Block, 'scope' | 'reason' | 'kbps'>, atMs: number): boolean {
  return atMs >= fromMs && (untilMs === null || atMs < untilMs) && (liftedMs === null || atMs < liftedMs)
}

/**
 * The state of a service at a time, by all blocks that are about it. Example: `dunning_soft` bars outgoing use, `customer` everything: the service
 * is blocked. Once the customer's is lifted it is restricted, and still can be called.
 */
export function serviceStateAt(blocks: readonly Block[], atMs: number): ServiceState {
  const standing = blocks.filter((block) => stands(block, atMs))
  const bars = standing.filter(({ kbps }) => kbps === null)
  const speeds = standing.flatMap(({ kbps }) => kbps ?? [])
  const barred = USE_KINDS.filter((kind) => bars.some(({ scope }) => scope === 'all' || scope === kind))
  const kbps = speeds.length === 0 ? null : Math.min(...speeds)
  const reasons = BLOCK_REASONS.filter((reason) => standing.some((block) => block.reason === reason))
  const unbarred = kbps === null ? 'open' : 'throttled'
  const state = barred.length === USE_KINDS.length ? 'blocked' : barred.length > 0 ? 'restricted' : unbarred
  return { state, barred, kbps, reasons }
}
