/** What tests use of the package `smpp`, which has no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly system_id: string
    readonly password: string
    readonly source_addr: string
    readonly source_addr_ton: number
    readonly destination_addr: string
    readonly dest_addr_ton: number
    readonly registered_delivery: number
    readonly data_coding: number
    readonly short_message: { readonly message: string; readonly udh?: readonly Buffer[] }
    readonly message_payload?: Pdu['short_message']
    response(options?: object): Pdu
  }
  export interface Session extends EventEmitter {
    readonly socket: Socket
    send(pdu: Pdu): boolean
    close(): void
    deliver_sm(options: object, answered: (pdu: Pdu) => void): boolean
    enquire_link(answered: (pdu: Pdu) => void): boolean
    unbind(answered: (pdu: Pdu) => void): boolean
  }
  export interface Server extends NetServer {
    readonly sessions: Session[]
  }
  export function createServer(
    options: { readonly key?: string; readonly cert?: string },
    listener: (session: Session) => void,
  ): Server
  const smpp: { readonly gsmCoder: { decode(bytes: Buffer, table: number): string } }
  export default smpp
}
