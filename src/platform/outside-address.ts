import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'

/** Networks that no tenant has a server of the internet in: this machine, the one around it, and what is kept for other purposes (RFC 6890). */
const NOT_OUTSIDE: readonly (readonly [network: string, prefix: number])[] = [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
  ...([
    ['::', 96],
    ['64:ff9b::', 32],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
  ] as const),
  ...([
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ] as const),
]
const refused = new BlockList()
for (const [network, prefix] of NOT_OUTSIDE) refused.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4')

/** `::ffff:127.0.0.1` is looked at as the address of IPv4 that it is. */
export function isOutside(address: string): boolean {
  return !refused.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** A server that a tenant named is none that may be connected with. */
export class NotOutside extends Error {}

/**
 * The address of a server that a tenant named, so that what is connected with is what was looked at, whatever the name says a moment later.
 * @param allowed servers in private networks that the operator lets tenants name: `mail.internal:25`
 * @throws NotOutside where any of its addresses is in a private network. @throws Error where there is no such name
 */
export async function outsideAddress(host: string, port: number, allowed: readonly string[]): Promise<string> {
  const found = await lookup(host, { all: true })
  const isAllowed = allowed.includes(`${host.toLowerCase()}:${port}`)
  if (!isAllowed && found.some(({ address }) => !isOutside(address)))
    throw new NotOutside(`${host}:${port} is in a private network, where no server of a tenant is`)
  const [first] = found
  if (first === undefined) throw new Error(`${host} has no address`)
  return first.address
}
