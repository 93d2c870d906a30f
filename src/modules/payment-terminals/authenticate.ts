import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { signedText } from '../../core/terminals/request.ts'
import type { SignedRequest, Signer } from '../../platform/http/signature.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import { readSecrets } from '../payment-gateways/index.ts'
import { readFields } from './read-fields.ts'
import { findNetwork, type Network } from './store.ts'

/** Secrets of a network: what its requests are signed with, or the password that it sends. */
export const NETWORK_SECRETS = {
  signingKey: { form: '16 to 200 characters', pattern: /^[\x20-\x7e]{16,200}$/ },
  earlierSigningKey: { form: '16 to 200 characters', pattern: /^[\x20-\x7e]{16,200}$/ },
  password: { form: '12 to 200 characters', pattern: /^[\x20-\x7e]{12,200}$/ },
} as const

/**
 * How a network shows who it is: by a signature over its fields (`sign`), by name and password, by the address that it sends from. Each that is
 * set has to hold, and one has to be set. What is not, is answered as a network that is not there.
 */
export function networkSigner(ring: KeyRing): Signer {
  return {
    name: 'terminal-network',
    header: 'authorization',
    verify: async ({ db, tenant }, request, _now, params) => {
      const network = await findNetwork(db, params['network'] ?? '')
      if (network === undefined) return null
      const secrets = await readSecrets(db, ring, tenant.name, network.gatewayId)
      return isFrom(network, secrets, request) ? network.name : null
    },
  }
}

function isFrom(network: Network, secrets: Readonly<Record<string, string>>, request: SignedRequest): boolean {
  const { signingKey, earlierSigningKey, password } = secrets
  const { addresses, name } = network
  if (signingKey === undefined && password === undefined && addresses === null) return false
  if (addresses !== null && !isAmong(addresses, request.ip)) return false
  if (password !== undefined && !isSame(request.headers.authorization ?? '', basic(name, password))) return false
  if (signingKey === undefined) return true
  const fields = readFields(request)
  if (fields === null) return false
  const sign = (fields['sign'] ?? '').toLowerCase()
  const keys = earlierSigningKey === undefined ? [signingKey] : [signingKey, earlierSigningKey]
  return keys.some((key) => isSame(sign, createHmac('sha256', key).update(signedText(fields)).digest('hex')))
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`
}

/** Compares without telling by its time where two texts differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** Whether an address is one of a list, such as `203.0.113.7` and `198.51.100.0/24`. */
function isAmong(addresses: readonly string[], ip: string): boolean {
  const plain = ip.startsWith('::ffff:') ? ip.slice(7) : ip
  const family = isIP(plain)
  if (family === 0) return false
  const list = new BlockList()
  for (const address of addresses) {
    const [net = '', bits] = address.split('/')
    const of = isIP(net) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(net, of)
    else list.addSubnet(net, Number(bits), of)
  }
  return list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** Whether a text is an address, or a net of them: `198.51.100.0/24`. */
export function isAddress(text: string): boolean {
  const [net = '', bits, more] = text.split('/')
  const family = isIP(net)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 6 ? 128 : 32))
}
