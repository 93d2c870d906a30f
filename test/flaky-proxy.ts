import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Stands between a server and its database, as a network does that can fail in more ways than one. */
export class FlakyProxy {
  private readonly server: Server
  private readonly pairs = new Set<readonly [Socket, Socket]>()
  private readonly held = new Set<Socket>()
  private targetPort: number
  private isFrozen = false
  port = 0

  constructor(targetPort: number) {
    this.targetPort = targetPort
    this.server = createServer({ pauseOnConnect: true }, (socket) => this.accept(socket))
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => void this.server.listen(0, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }

  private accept(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    if (this.isFrozen) {
      this.held.add(socket)
      return
    }
    const upstream = connect(this.targetPort, '127.0.0.1')
    const pair = [socket, upstream] as const
    this.pairs.add(pair)
    upstream.on('error', () => socket.destroy())
    for (const [from, to] of [pair, [upstream, socket] as const]) {
      from.on('data', (bytes: Buffer) => to.write(bytes))
      from.on('end', () => to.end())
      from.on('close', () => {
        this.pairs.delete(pair)
        to.destroy()
      })
    }
    socket.resume()
  }

  /** From now on nothing passes in either direction, and nobody is told: as if packets were dropped. */
  freeze(): void {
    this.isFrozen = true
    for (const pair of this.pairs) for (const socket of pair) socket.pause()
  }

  /** What was held back passes; connections that were asked for meanwhile are made. */
  thaw(): void {
    this.isFrozen = false
    for (const pair of this.pairs) for (const socket of pair) socket.resume()
    for (const socket of this.held) this.accept(socket)
    this.held.clear()
  }

  /** Leads to another port from now on, and ends what leads elsewhere. */
  target(port: number): void {
    this.targetPort = port
    this.reset()
  }

  /** Ends all connections with a reset. */
  reset(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    for (const socket of this.held) socket.destroy()
    for (const pair of this.pairs) for (const socket of pair) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
