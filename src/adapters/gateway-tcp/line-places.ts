import type { Socket } from 'node:net'

/** Connections that have not said who they are: in all, and of one address. They take no place of those that have. */
export const MAX_UNGREETED = 256
const MAX_UNGREETED_OF_ADDRESS = 64
/** Connections at work: in all, of one tenant and of one key. */
export const MAX_GREETED = 1_000
const MAX_OF_TENANT = 600
const MAX_OF_KEY = 400
/** Characters that all connections together may have waiting before each of them is held back at its first line. */
const MAX_WAITING_IN_ALL = 64 * 1024 * 1024

interface Place {
  readonly socket: Socket
  readonly address: string
  /** Of the tenant and the key, as soon as they are known. */
  names: readonly [tenant: string, key: string] | null
}

/**
 * Who has a connection to the port of gateways. Sockets that are silent before they have said who they are cannot fill it:
 * a newcomer takes the place of the longest silent one, of the address that has the most of them. So a gateway, which
 * says its key at once, gets in while another address opens socket after socket.
 */
export class LinePlaces {
  /** In the order of their arrival. */
  private readonly ungreeted = new Map<string, Place>()
  private readonly greeted = new Map<string, Place>()
  /** How many each address has before it has said who it is, and how many each tenant and key has behind that. */
  private readonly ofAddress = new Map<string, number>()
  private readonly ofTenant = new Map<string, number>()
  private readonly ofKey = new Map<string, number>()
  private waiting = 0

  /** Takes a socket in as it is accepted, before a TLS handshake. */
  enter(socket: Socket): void {
    const { remoteAddress: address } = socket
    // It is gone already.
    if (address === undefined) {
      socket.destroy()
      return
    }
    const name = nameOf(socket)
    this.ungreeted.set(name, { socket, address, names: null })
    const own = add(this.ofAddress, address, 1)
    socket.on('close', () => this.leave(name))
    if (own > MAX_UNGREETED_OF_ADDRESS) this.dropOldest(address)
    else if (this.ungreeted.size > MAX_UNGREETED) this.dropOldest(largest(this.ofAddress))
  }

  /** Takes a socket whose key is known among those at work. @returns what there are too many of, or null. */
  greet(socket: Socket, tenant: string, key: string): string | null {
    const name = nameOf(socket)
    const place = this.ungreeted.get(name)
    if (place === undefined) return 'connections'
    if (this.greeted.size >= MAX_GREETED) return 'connections'
    if ((this.ofTenant.get(tenant) ?? 0) >= MAX_OF_TENANT) return 'connections of this tenant'
    if ((this.ofKey.get(key) ?? 0) >= MAX_OF_KEY) return 'connections of this key'
    this.ungreeted.delete(name)
    add(this.ofAddress, place.address, -1)
    place.names = [tenant, key]
    this.greeted.set(name, place)
    add(this.ofTenant, tenant, 1)
    add(this.ofKey, key, 1)
    return null
  }

  /** Counts characters that wait to be decided, more or fewer. */
  addWaiting(characters: number): void {
    this.waiting += characters
  }

  get isFull(): boolean {
    return this.waiting > MAX_WAITING_IN_ALL
  }

  private leave(name: string): void {
    const before = this.ungreeted.get(name)
    if (before !== undefined) add(this.ofAddress, before.address, -1)
    this.ungreeted.delete(name)
    const [tenant, key] = this.greeted.get(name)?.names ?? []
    this.greeted.delete(name)
    if (tenant !== undefined) add(this.ofTenant, tenant, -1)
    if (key !== undefined) add(this.ofKey, key, -1)
  }

  private dropOldest(address: string): void {
    for (const [name, place] of this.ungreeted) {
      if (place.address !== address) continue
      this.leave(name)
      place.socket.destroy()
      return
    }
  }
}

/** Of the other end: that of a TLS socket is the one of the socket beneath it. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

/** @returns the new count; those of nothing are not kept. */
function add(counts: Map<string, number>, name: string, more: number): number {
  const count = (counts.get(name) ?? 0) + more
  if (count > 0) counts.set(name, count)
  else counts.delete(name)
  return count
}

function largest(counts: ReadonlyMap<string, number>): string {
  let [found, most] = ['', 0]
  for (const [name, count] of counts) if (count > most) [found, most] = [name, count]
  return found
}
