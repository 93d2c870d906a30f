import { z } from 'zod'
import type { ChainBlock, ChainSource, RpcCall } from '../../core/crypto/chain-source.ts'
import {
  type BitcoinTransaction,
  esploraTransaction,
  nodeTransaction,
  ofEsplora,
  ofNode,
} from './bitcoin-transactions.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const whole = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

const nodeBlock = z.object({
  hash,
  height: whole,
  previousblockhash: hash.optional(),
  time: whole,
  // Nodes before 0.15, and btcd by another name, give ids alone: those are asked for one by one.
  tx: z.array(z.union([nodeTransaction, hash])),
})

const esploraBlock = z.object({ id: hash, height: whole, previousblockhash: hash.nullish(), timestamp: whole })
/** The error code of bitcoind for a height that is not there. */
const OUT_OF_RANGE = '-8'

/** A node that speaks as bitcoind does. */
export function bitcoinNode(call: RpcCall): ChainSource {
  return {
    tip: async () => whole.parse(await call('getblockcount', [])),
    blockAt: async (height) => {
      const id = await call('getblockhash', [height]).catch(unlessOutOfRange)
      if (id === null) return null
      const block = nodeBlock.parse(await call('getblock', [hash.parse(id), 2]))
      if (block.hash !== id || block.height !== height)
        throw new Error(`the node gave another block than ${String(id)}`)
      const transactions: BitcoinTransaction[] = []
      for (const transaction of block.tx)
        transactions.push(
          ofNode(
            typeof transaction === 'string'
              ? nodeTransaction.parse(await call('getrawtransaction', [transaction, 1]))
              : transaction,
          ),
        )
      return blockOf(block.hash, height, block.previousblockhash ?? null, block.time, transactions)
    },
  }
}

/** Transactions of one answer, as Esplora pages them. */
const PAGE = 25
/** No block of Bitcoin has more: one of 4 million weight holds fewer than 20,000 transactions. */
const MAX_PAGES = 800

/** An explorer that speaks as Esplora does. @param get the answer to a path, numbers as texts; null where there is none */
export function esplora(get: (path: string) => Promise<unknown>): ChainSource {
  return {
    tip: async () => whole.parse(await get('/blocks/tip/height')),
    blockAt: async (height) => {
      const id = await get(`/block-height/${height}`)
      if (id === null) return null
      const block = esploraBlock.parse(await get(`/block/${hash.parse(id)}`))
      if (block.id !== id || block.height !== height)
        throw new Error(`the explorer gave another block than ${String(id)}`)
      const transactions: BitcoinTransaction[] = []
      for (let page = 0; page < MAX_PAGES; page++) {
        const some = z.array(esploraTransaction).parse((await get(`/block/${block.id}/txs/${page * PAGE}`)) ?? [])
        transactions.push(...some.map(ofEsplora))
        if (some.length < PAGE) break
      }
      return blockOf(block.id, height, block.previousblockhash ?? null, block.timestamp, transactions)
    },
  }
}

function blockOf(
  id: string,
  height: number,
  parentHash: string | null,
  seconds: number,
  transactions: readonly BitcoinTransaction[],
): ChainBlock {
  return {
    ...{ height, hash: id, parentHash, timeMs: seconds * 1000 },
    transfers: transactions.flatMap(({ transfers }) => transfers),
    spent: transactions.flatMap(({ spent }) => spent),
  }
}

function unlessOutOfRange(error: unknown): null {
  if (String((error as { code?: unknown }).code) === OUT_OF_RANGE) return null
  throw error
}
