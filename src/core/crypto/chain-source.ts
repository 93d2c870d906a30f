/** Money that moved to somebody: an output of Bitcoin, a transfer of a token, or of the coin of an EVM chain. */
export interface ChainTransfer {
  /** Names it for ever: `txid:output`, or transaction and index of its log. */
  readonly id: string
  readonly transaction: string
  /** The token's contract in small letters; null for the coin of the chain. */
  readonly contract: string | null
  /** Who gets it, as watchers find it: the script of an output, or an account in small letters; both hexadecimal. */
  readonly to: string
  /** In base units. */
  readonly amount: bigint
  /** Whether it is the reward of a block, which cannot be spent for 100 blocks. */
  readonly isCoinbase: boolean
  /** Whether its transaction signals that it may be replaced while it waits (BIP 125). */
  readonly isReplaceable: boolean
  /** Whether the block alone shows that it happened. A transaction of an EVM chain may have failed: its receipt says so. */
  readonly isCertain: boolean
}

export interface ChainBlock {
  readonly height: number
  readonly hash: string
  /** What it builds on: another one than is known at the height before is a re-organisation. Null for the first block. */
  readonly parentHash: string | null
  readonly timeMs: number
  readonly transfers: readonly ChainTransfer[]
  /** The outputs that it spends, as `txid:output`, and by what: a receipt that waits and has one of these inputs is lost. */
  readonly spent: readonly { readonly output: string; readonly by: string }[]
}

/** A node or an explorer that is only read. What it answers is checked; that it is the best chain is for whoever compares several. */
export interface ChainSource {
  readonly tip: () => Promise<number>
  /** @returns null where the chain is not that long @throws Error where the answer is none */
  readonly blockAt: (height: number) => Promise<ChainBlock | null>
}

/** A call of JSON-RPC. @returns the result, its numbers as the texts that were written: amounts of Bitcoin are decimals there */
export type RpcCall = (method: string, params: readonly unknown[]) => Promise<unknown>
