import { readFileSync } from 'node:fs'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Connection, type ConnectionDependencies, GREETING_MS } from './connection.ts'
import { LinePlaces, MAX_GREETED, MAX_UNGREETED } from './line-places.ts'

/** When the system asks a silent connection whether the other end is still there. */
const KEEP_ALIVE_MS = 30_000

export type LineServerDependencies = ConnectionDependencies

export interface LineServerOptions {
  readonly host: string
  readonly port: number
  /** PEM files; plain TCP without them. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
}

/**
 * Charging for switches and gateways: JSON lines over TCP. The first line names the key and, for the root key, the
 * tenant; every further line is a request, and is answered by one line, in order. Many may be sent before the first
 * answer comes: what arrives together is decided and committed together.
 */
export class LineServer {
  private readonly dependencies: LineServerDependencies
  private readonly server: Server
  private readonly connections = new Set<Connection>()
  private readonly places = new LinePlaces()

  constructor(dependencies: LineServerDependencies, { tls }: LineServerOptions) {
    this.dependencies = dependencies
    const accept = (socket: Socket): void => this.accept(socket)
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }
    this.server =
      tls === null
        ? createTcpServer(options)
        : createTlsServer({
            ...options,
            cert: readFileSync(tls.certFile),
            key: readFileSync(tls.keyFile),
            handshakeTimeout: GREETING_MS,
          })
    this.server.on('connection', (socket: Socket) => this.places.enter(socket))
    this.server.on(tls === null ? 'connection' : 'secureConnection', accept)
    this.server.maxConnections = MAX_GREETED + 2 * MAX_UNGREETED
  }

  private accept(socket: Socket): void {
    const connection = new Connection(socket, this.dependencies, this.places)
    this.connections.add(connection)
    socket.on('close', () => this.connections.delete(connection))
  }

  /** @returns the port that it listens on. */
  async listen({ host, port }: LineServerOptions): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, resolve)
    })
    this.server.on('error', (error) => this.dependencies.onFault(error))
    const address = this.server.address()
    return address !== null && typeof address === 'object' ? address.port : port
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    await Promise.all([...this.connections].map((connection) => connection.finish()))
    await closed
  }
}
