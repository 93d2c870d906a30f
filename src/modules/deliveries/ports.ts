import type { SignedMessage } from '../../platform/http/signature.ts'

export const TRANSPORTS = ['email', 'folder', 'peppol'] as const
export type TransportName = (typeof TRANSPORTS)[number]
export const FORMATS = ['pdf', 'factur_x', 'ubl', 'cii'] as const
export type DocumentFormat = (typeof FORMATS)[number]

/** What a transport can do. What it cannot is never asked of it. */
export interface TransportCapabilities {
  /** The same id is taken once, however often it is sent: what is unknown may be sent again. */
  readonly dedupes: boolean
  /** It says what has become of an id. */
  readonly asks: boolean
  /** It says when a document has arrived; otherwise the last that is known is that it was taken. */
  readonly confirms: boolean
  /** It calls back when something has changed. */
  readonly callbacks: boolean
  /** Bytes of all files together. */
  readonly maxBytes: number
}

/** An address of a network: `0204` and a Leitweg-ID, `email` and an address. */
export interface DeliveryAddress {
  readonly scheme: string
  readonly id: string
}

export interface DeliveredFile {
  /** A name without folders: `R-000001.pdf`. */
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}

/** A document as it is to arrive. */
export interface OutgoingDocument {
  /** Names it: the same id is the same document, however often it is sent. Letters, digits and hyphens. */
  readonly id: string
  readonly number: string
  readonly from: DeliveryAddress | null
  readonly to: DeliveryAddress
  readonly files: readonly DeliveredFile[]
  /** What people read beside it. */
  readonly subject: string
  readonly text: string
  /** Of an e-invoice in a network: what kind of document it is there, and in which process. */
  readonly documentType: { readonly id: string; readonly process: string } | null
}

/**
 * What came of sending.
 * - `sent`: the peer has it, and will deliver it; `delivered`: it has arrived
 * - `declined`: the peer has not got it, or will never deliver it
 * - `unknown`: it may have it
 */
export type TransportAnswer =
  | {
      readonly outcome: 'sent' | 'delivered'
      /** What the peer calls it; null where it gives no name. */
      readonly id: string | null
      readonly said: string | null
    }
  | { readonly outcome: 'declined'; readonly reason: DeclineReason; readonly mayRetry: boolean; readonly said: string }
  | { readonly outcome: 'unknown'; readonly said: string }

/** Why it was not taken, in words that all transports have in common. */
export type DeclineReason = 'no_such_address' | 'refused' | 'too_large' | 'unavailable'

/** What a peer has of an id: the state of it, or nothing of it (`absent`), or no answer. */
export type TransportReport = TransportAnswer | { readonly outcome: 'absent' }

/**
 * A way for documents to those who get them, as one tenant has it. Every adapter passes the contract in `packages/fakes`. What a network or a peer does
 * is an answer, and never thrown. A signal that aborts makes the answer `unknown`.
 */
export interface DocumentTransport {
  readonly capabilities: TransportCapabilities
  send(document: OutgoingDocument, signal: AbortSignal): Promise<TransportAnswer>
  /** What has become of a document. */
  ask(id: string, signal: AbortSignal): Promise<TransportReport>
  /**
   * Which document a callback is about, by the id that it was sent with, and an id of the callback; null where it is not the peer's. What it says of it is not believed: callbacks get lost,
   * and come late and in any order, so whoever gets one asks.
   */
  parseCallback(message: SignedMessage, nowMs: number): { readonly id: string; readonly documentId: string } | null
}

/** What a tenant has set for an access point. */
export interface AccessPointAccount {
  readonly apiKey: string
  /** By which the access point knows the sender, where it has several; null where it does not. */
  readonly sender: string | null
  readonly callbackSecrets: readonly string[]
}

/** The ways that a server has. Null is one that its operator has not set up. */
export interface Transports {
  /** @param tenant in whose folder it is */
  readonly folder: ((tenant: string) => DocumentTransport) | null
  readonly peppol: ((account: AccessPointAccount) => DocumentTransport) | null
}
