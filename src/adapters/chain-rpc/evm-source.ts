import { z } from 'zod'
import type { ChainBlock, ChainSource, ChainTransfer, RpcCall } from '../../core/crypto/chain-source.ts'

/** keccak256("Transfer(address,address,uint256)"), of ERC-20. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

const small = z.string().transform((text) => text.toLowerCase())
const hash = small.pipe(z.string().regex(/^0x[0-9a-f]{64}$/))
const account = small.pipe(z.string().regex(/^0x[0-9a-f]{40}$/))
const quantity = small.pipe(z.string().regex(/^0x[0-9a-f]{1,64}$/)).transform(BigInt)
const bytes = small.pipe(z.string().regex(/^0x(?:[0-9a-f]{2})*$/))

const evmBlock = z.object({
  hash,
  parentHash: hash,
  number: quantity,
  timestamp: quantity,
  transactions: z.array(z.object({ hash, to: account.nullable(), value: quantity })),
})

const evmLog = z.object({
  address: account,
  topics: z.array(hash),
  data: bytes,
  transactionHash: hash,
  logIndex: quantity,
  blockHash: hash,
  /** True where the block has left the chain, as subscriptions tell it. */
  removed: z.boolean().optional(),
})
type EvmLog = z.infer<typeof evmLog>

/** An address within a word of 32 bytes: what stands before it is zero, else it is none. */
const ADDRESS_WORD = /^0x0{24}([0-9a-f]{40})$/

/**
 * The transfer that a log tells of; null where it tells of something else. Old tokens have sender and receiver not indexed, which counts as well.
 * Four topics are a transfer of one piece (ERC-721): its number is no amount.
 */
export function transferOfLog(log: EvmLog): ChainTransfer | null {
  if (log.topics[0] !== TRANSFER_TOPIC || log.topics.length > 3 || log.removed === true) return null
  const data = log.data.slice(2).match(/.{64}/g) ?? []
  if ((log.data.length - 2) % 64 !== 0 || log.topics.length + data.length !== 4) return null
  const [, from = '', to = '', amount = ''] = [...log.topics, ...data.map((word) => `0x${word}`)]
  const receiver = ADDRESS_WORD.exec(to)?.[1]
  if (receiver === undefined || !ADDRESS_WORD.test(from)) return null
  return {
    id: `${log.transactionHash}:${log.logIndex}`,
    transaction: log.transactionHash,
    contract: log.address,
    to: `0x${receiver}`,
    amount: BigInt(amount),
    // A log is written by a transaction that succeeded only.
    ...{ isCoinbase: false, isReplaceable: false, isCertain: true },
  }
}

export function readLog(log: unknown): EvmLog {
  return evmLog.parse(log)
}

/**
 * A node of an EVM chain. The coin that contracts send one another stands in no block and in no log; who is paid by such needs a forwarder
 * that writes one.
 */
export function evmNode(call: RpcCall): ChainSource {
  return {
    tip: async () => Number(quantity.parse(await call('eth_blockNumber', []))),
    blockAt: async (height) => {
      const number = `0x${height.toString(16)}`
      const answer = await call('eth_getBlockByNumber', [number, true])
      if (answer === null) return null
      const block = evmBlock.parse(answer)
      if (block.number !== BigInt(height)) throw new Error(`the node gave another block than ${height}`)
      const filter = { fromBlock: number, toBlock: number, topics: [TRANSFER_TOPIC] }
      const logs = z.array(evmLog).parse(await call('eth_getLogs', [filter]))
      // Between both questions the chain may have changed: logs of another block are not of this one.
      if (logs.some(({ blockHash }) => blockHash !== block.hash))
        throw new Error(`block ${height} has changed while it was read: ask again`)
      return chainBlockOf(block, logs)
    },
  }
}

function chainBlockOf(block: z.infer<typeof evmBlock>, logs: readonly EvmLog[]): ChainBlock {
  const coins = block.transactions.flatMap(({ hash: transaction, to, value }): ChainTransfer[] =>
    to === null || value === 0n
      ? []
      : [
          {
            ...{ id: `${transaction}:coin`, transaction, contract: null, to, amount: value },
            ...{ isCoinbase: false, isReplaceable: false, isCertain: false },
          },
        ],
  )
  const tokens = logs.flatMap((log) => transferOfLog(log) ?? [])
  return {
    height: Number(block.number),
    hash: block.hash,
    parentHash: /^0x0+$/.test(block.parentHash) ? null : block.parentHash,
    timeMs: Number(block.timestamp) * 1000,
    transfers: [...coins, ...tokens],
    spent: [],
  }
}
