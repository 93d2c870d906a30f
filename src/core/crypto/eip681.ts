/** What an `ethereum:` URI asks for (EIP-681): the coin of a chain, or a transfer of a token. */
export interface EvmUri {
  /** EIP-155. A URI without it means Ethereum, and whoever pays by another chain pays nobody. */
  readonly chainId: bigint | null
  /** Of the token; null for the coin. */
  readonly contract: string | null
  /** Who gets it, as it stands there. */
  readonly to: string
  /** In base units: wei, or those of the token. */
  readonly units: bigint | null
}

const MAX_URI = 2000
const ADDRESS = '0x[0-9a-fA-F]{40}'
const URI = new RegExp(`^ethereum:(?:pay-)?(${ADDRESS})(?:@(\\d{1,20}))?(?:/([A-Za-z0-9_$]+))?(?:\\?(.*))?$`, 's')
const NUMBER = /^\+?(\d*)(?:\.(\d+))?(?:[eE](\d{1,2}))?$/
/** 2^256 has 78 digits. */
const MAX_UINT256 = 2n ** 256n - 1n

/** @throws Error that says why it is not to be paid by */
export function readEvmUri(text: string): EvmUri {
  const match = URI.exec(text.length > MAX_URI ? '' : text)
  if (match === null)
    throw new Error('this is no URI of a payment by EIP-681: ethereum:0x…@CHAIN?value=…; names (ENS) are not looked up')
  const [, target = '', chain, call, query = ''] = match
  const fields = fieldsOf(query)
  const chainId = chain === undefined ? null : BigInt(chain)
  if (call === undefined) return { chainId, contract: null, to: target, units: numberOf('value', fields) }
  if (call !== 'transfer') throw new Error(`the URI calls ${call}, which is no transfer`)
  const to = fields.get('address')
  if (to === undefined || !new RegExp(`^${ADDRESS}$`).test(to))
    throw new Error('the transfer says no address to pay to')
  // A value beside a transfer of tokens would be a gift to the contract.
  if ((numberOf('value', fields) ?? 0n) > 0n) throw new Error('a transfer of tokens has no value of the coin')
  return { chainId, contract: target, to, units: numberOf('uint256', fields) }
}

function fieldsOf(query: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const at = pair.indexOf('=')
    const name = at < 0 ? pair : pair.slice(0, at)
    if (fields.has(name)) throw new Error(`${name} stands twice in the URI`)
    fields.set(name, at < 0 ? '' : pair.slice(at + 1))
  }
  return fields
}

/** `2.014e18`: exact, and a whole number of base units. */
function numberOf(name: string, fields: ReadonlyMap<string, string>): bigint | null {
  const text = fields.get(name)
  if (text === undefined) return null
  const [, whole = '', fraction = '', exponent = '0'] = (text.length > 100 ? null : NUMBER.exec(text)) ?? []
  const zeros = Number(exponent) - fraction.replace(/0+$/, '').length
  if ((whole === '' && fraction === '') || zeros < 0) throw new Error(`${name} is no whole number of base units`)
  const units = BigInt(`${whole}${fraction.replace(/0+$/, '')}` || '0') * 10n ** BigInt(zeros)
  if (units > MAX_UINT256) throw new Error(`${name} is more than 256 bits`)
  return units
}

/** A URI for a code to be scanned: numbers in full, which every wallet reads. */
export function writeEvmUri({ chainId, contract, to, units }: EvmUri): string {
  const chain = chainId === null ? '' : `@${chainId}`
  if (contract === null) return `ethereum:${to}${chain}${units === null ? '' : `?value=${units}`}`
  return `ethereum:${contract}${chain}/transfer?address=${to}${units === null ? '' : `&uint256=${units}`}`
}
