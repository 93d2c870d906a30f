import { z } from 'zod'
import type { ChainBlock, ChainTransfer } from '../../core/crypto/chain-source.ts'

/** Where every input has this sequence or one less, no replacement is signalled (BIP 125). */
const NOT_REPLACEABLE = 0xff_ff_ff_fen
const SATOSHI_DIGITS = 8

const hex = z.string().regex(/^[0-9a-f]*$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const whole = z.string().regex(/^\d{1,15}$/)

/** As bitcoind, btcd and their relatives give it. Addresses are not taken from there: scripts say what is paid, in every version. */
export const nodeTransaction = z.object({
  txid: hash,
  vin: z.array(
    z.object({ txid: hash.optional(), vout: whole.optional(), coinbase: hex.optional(), sequence: whole.optional() }),
  ),
  vout: z.array(z.object({ value: z.string(), n: whole, scriptPubKey: z.object({ hex }) })),
})

/** As Esplora gives it: amounts are satoshi already. */
export const esploraTransaction = z.object({
  txid: hash,
  vin: z.array(z.object({ txid: hash, vout: whole, is_coinbase: z.boolean(), sequence: whole })),
  vout: z.array(z.object({ scriptpubkey: hex, value: whole })),
})

interface Input {
  /** Null for the input of a reward, which spends nothing. */
  readonly spends: string | null
  readonly sequence: bigint
}

interface Output {
  readonly script: string
  readonly satoshi: bigint
}

export interface BitcoinTransaction {
  readonly transfers: readonly ChainTransfer[]
  readonly spent: ChainBlock['spent']
}

export function ofNode({ txid, vin, vout }: z.infer<typeof nodeTransaction>): BitcoinTransaction {
  const inputs = vin.map((input) => ({
    spends: input.coinbase === undefined ? `${input.txid ?? ''}:${input.vout ?? ''}` : null,
    sequence: BigInt(input.sequence ?? 0xff_ff_ff_ff),
  }))
  const outputs = new Map(
    vout.map(({ n, value, scriptPubKey }) => [Number(n), { script: scriptPubKey.hex, satoshi: satoshiOf(value) }]),
  )
  return transactionOf(txid, inputs, outputs)
}

export function ofEsplora({ txid, vin, vout }: z.infer<typeof esploraTransaction>): BitcoinTransaction {
  const inputs = vin.map((input) => ({
    spends: input.is_coinbase ? null : `${input.txid}:${input.vout}`,
    sequence: BigInt(input.sequence),
  }))
  const outputs = new Map(
    vout.map(({ scriptpubkey, value }, n) => [n, { script: scriptpubkey, satoshi: BigInt(value) }]),
  )
  return transactionOf(txid, inputs, outputs)
}

function transactionOf(
  transaction: string,
  inputs: readonly Input[],
  outputs: ReadonlyMap<number, Output>,
): BitcoinTransaction {
  const isCoinbase = inputs.some(({ spends }) => spends === null)
  const isReplaceable = !isCoinbase && inputs.some(({ sequence }) => sequence < NOT_REPLACEABLE)
  return {
    transfers: [...outputs].map(([n, { script, satoshi }]) => ({
      ...{ id: `${transaction}:${n}`, transaction, contract: null, to: script, amount: satoshi },
      ...{ isCoinbase, isReplaceable, isCertain: true },
    })),
    spent: inputs.flatMap(({ spends }) => (spends === null ? [] : [{ output: spends, by: transaction }])),
  }
}

/** `50.00000000`, and `1e-08` as btcd writes it. @throws Error for what is finer than a satoshi */
function satoshiOf(text: string): bigint {
  const [, wholes = '', fraction = '', exponent = '0'] =
    /^(\d{1,8})(?:\.(\d{1,20}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? []
  const digits = fraction.replace(/0+$/, '')
  const zeros = SATOSHI_DIGITS + Number(exponent) - digits.length
  if (wholes === '' || (zeros < 0 && BigInt(`${wholes}${digits}`) > 0n))
    throw new Error(`${text} is no amount of bitcoin`)
  return BigInt(`${wholes}${digits}`) * 10n ** BigInt(Math.max(0, zeros))
}
