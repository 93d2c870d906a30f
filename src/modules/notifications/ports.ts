import type { SignedMessage } from '../../platform/http/signature.ts'

/** What a channel can carry. What it cannot is never asked of it. */
export interface ChannelCapabilities {
  readonly kind: 'email' | 'sms' | 'push' | 'voice' | 'messenger'
  readonly subject: boolean
  readonly html: boolean
  readonly attachments: boolean
  /** Longest text in characters; null is any. */
  readonly maxCharacters: number | null
  /** The same key again is not sent a second time. Without it a message that may have been sent is not sent again. */
  readonly dedupes: boolean
  /** It reports afterwards what became of a message. */
  readonly receipts: boolean
}

/** A message as it is to arrive: text, language and layout are decided. */
export interface RenderedMessage {
  /** Names the message: the same key is the same message, however often it is sent. */
  readonly key: string
  /** An address of the channel: of e-mail or a phone, a token. */
  readonly to: string
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Uint8Array }[]
  /** Where whoever gets it stops such messages by one request (RFC 8058): e-mail says so in its headers. */
  readonly unsubscribeUrl?: string
}

/**
 * Why a channel does not deliver, in words that all channels have in common. `too_many` and `unavailable` are of the channel, which rests; `deferred` is of
 * this message, which comes again while others go.
 */
export const DELIVERY_FAILURES = [
  ...(['no_such_address', 'blocked', 'too_long', 'not_supported'] as const),
  ...(['too_many', 'unavailable', 'deferred'] as const),
] as const
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number]

/**
 * What came of sending.
 * - `accepted`: the channel has the message and will try to deliver it
 * - `failed`: it does not have it
 * - `unknown`: it may have it
 */
export type SendAnswer = (
  | {
      readonly outcome: 'accepted'
      readonly id: string
      /** How many messages the network charges for: a long text of SMS is several. One unless it is said. */
      readonly parts?: number
    }
  | {
      readonly outcome: 'failed'
      readonly reason: DeliveryFailure
      /** The same message may be taken later. */
      readonly mayRetry: boolean
      /** When it may be taken at the earliest, where the channel says so. */
      readonly retryAfterSeconds?: number
    }
  | { readonly outcome: 'unknown' }
) & {
  /** In the words of the channel, where it said any: for whoever looks why. They may name people, and never secrets. */
  readonly said?: string
}

/** What became of a message that was accepted. A channel reports it late, twice, in any order, or never. */
export interface DeliveryReceipt {
  /** The channel's own id of the message. */
  readonly id: string
  readonly state: 'delivered' | 'failed'
  readonly reason: DeliveryFailure | null
  /** Keys that were pressed in a call. */
  readonly digits?: string
}

/** A way to people. Every adapter passes the contract in `packages/fakes`; what a network or a provider does is an answer. */
export interface NotificationChannel {
  readonly name: string
  readonly capabilities: ChannelCapabilities
  /** A signal that aborts makes the answer `unknown`. */
  send(message: RenderedMessage, signal: AbortSignal): Promise<SendAnswer>
  /** What a request of the provider reports: `on_the_way` where the message has not ended, null where the request is not the provider's. */
  parseReceipt(message: SignedMessage, nowMs: number): DeliveryReceipt | 'on_the_way' | null
  /** What the provider wants such a request to be answered with, where it cannot read JSON. */
  readonly receiptAnswer?: { readonly type: string; readonly body: string }
  /**
   * There where receipts come over the channel's own connection, as those of SMPP do: `take` gets each, and has kept it when it returns. Where it throws, or nobody
   * listens, the other side keeps the receipt and sends it again. Only the last one that listens is told.
   */
  listen?(take: (receipt: DeliveryReceipt) => Promise<void>): void
}

/** A mail server that a tenant sends through. */
export interface MailServer {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte; `starttls`, and nothing is said before it; `none` sends in the clear. */
  readonly security: 'tls' | 'starttls' | 'none'
  /** Null where the server wants no name and password. */
  readonly login: { readonly user: string; readonly password: string } | null
  readonly from: { readonly name: string; readonly address: string }
  /** Who signs for the server where it is no authority that is known to all, as PEM; null for those. */
  readonly caCertificate: string | null
  /** Signs messages for a domain (RFC 6376); null does not. */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null
}

/** Opens a channel of e-mail. Implemented by an adapter. */
export type OpenMail = (server: MailServer) => NotificationChannel

/** A centre of short messages (SMSC) that a tenant is connected with by SMPP 3.4. */
export interface SmppServer {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'none'
  /** Who signs for the centre where it is no authority that is known to all, as PEM; null for those. */
  readonly caCertificate: string | null
  readonly systemId: string
  readonly password: string
  readonly systemType: string
  /** Whom messages are from: up to 11 letters and digits, or a number. */
  readonly from: string
  /** How a long text is cut: parts that name each other by a reference of 8 or 16 bits, or whole in `message_payload`. */
  readonly longTexts: 'udh8' | 'udh16' | 'payload'
  /** `ucs2` where the centre's own alphabet is not that of GSM. */
  readonly alphabet: 'gsm7' | 'ucs2'
  /** `hex_in_answers`: the centre answers with an id as 1A2B, and reports of 6699. */
  readonly ids: 'same' | 'hex_in_answers'
  /** Codes of receipts by which the centre says that nobody has a number: `1`. */
  readonly noSuchAddressErrors: readonly string[]
  /** Messages without an answer at one time. */
  readonly maxInFlight: number
  readonly perSecond: number
}

/** Who sends messages to browsers (RFC 8030, RFC 8292). */
export interface WebPushSender {
  /** 32 bytes in base64url: a private key of P-256. Browsers subscribe with the public one. */
  readonly privateKey: string
  /** `mailto:` or `https:`, where push services find the sender. */
  readonly contact: string
  /** How long a service keeps a message for a browser that is away. */
  readonly ttlSeconds: number
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high'
}

/**
 * How a gateway of short messages is spoken with by HTTP. Texts have names in braces: `{to}`, `{to_digits}` without its plus, `{from}`, `{text}`, `{key}`, `{user}`, `{secret}`, `{basic}`, which is
 * both in base64, and `{callback}`.
 */
export interface SmsGatewayShape {
  readonly url: string | null
  readonly headers: Readonly<Record<string, string>>
  /** `none` is a GET without a body. */
  readonly bodyType: 'json' | 'form' | 'none'
  /** A field that is nothing but a name without a value, such as `{callback}` where there is none, is left out. */
  readonly body: unknown
  /** Where the id stands in the answer, such as `messages.0.id`; null where there is none. */
  readonly idField: string | null
  /** Where the answer says whether the message was taken, where a status of 200 does not. */
  readonly stateField: string | null
  readonly acceptedStates: readonly string[]
  readonly errorField: string | null
  /** What words and codes for errors mean, of answers and of receipts. */
  readonly errors: Readonly<Record<string, DeliveryFailure>>
  readonly receipts: {
    readonly idField: string
    readonly stateField: string
    readonly errorField: string | null
    readonly deliveredStates: readonly string[]
    readonly failedStates: readonly string[]
    /** `twilio`: over address and fields, with the secret; `hmac_sha256`: over the body, in hexadecimal. */
    readonly signature: 'twilio' | 'hmac_sha256'
    /** The header that has it, in small letters. */
    readonly header: string
  } | null
}

/** A gateway of short messages that a tenant has an account with. */
export interface SmsGateway {
  readonly preset: 'twilio' | 'generic'
  /** What differs from the preset. */
  readonly shape: Partial<SmsGatewayShape>
  readonly from: string
  readonly user: string | null
  readonly secret: string
  /** Where receipts go to, as the gateway is told; null wants none. */
  readonly callbackUrl: string | null
  /** What receipts are signed with; null where it is `secret`. */
  readonly callbackSecret: string | null
}

/** A bot of Telegram. */
export interface TelegramBot {
  /** `https://api.telegram.org`, or a server of one's own. */
  readonly apiUrl: string
  readonly token: string
  /** Messages make no sound. */
  readonly silent: boolean
}

/** Who calls people and reads a text to them. */
export interface VoiceCaller {
  /** `https://api.twilio.com`, or whatever speaks as it does. */
  readonly apiUrl: string
  /** The Account SID. */
  readonly user: string
  readonly secret: string
  readonly from: string
  /** `uk-UA`: what the voice reads in. */
  readonly language: string
  /** How many keys are waited for; 0 waits for none. */
  readonly digits: number
  /** Where receipts go to; null wants none, and waits for no keys. */
  readonly callbackUrl: string | null
}

/** Who sends messages to apps by Firebase Cloud Messaging. */
export interface FcmSender {
  /** `https://fcm.googleapis.com`. */
  readonly apiUrl: string
  /** The key of a service account, as JSON, as Google's console gives it. */
  readonly serviceAccount: string
}

/** Connects with what channels of tenants go through. Each is an adapter; `close` ends what stays connected. */
export interface ConnectChannels {
  readonly smpp: (tenant: string, server: SmppServer) => NotificationChannel
  readonly smsHttp: (gateway: SmsGateway) => NotificationChannel
  readonly webPush: (sender: WebPushSender) => NotificationChannel
  readonly telegram: (bot: TelegramBot) => NotificationChannel
  readonly fcm: (sender: FcmSender) => NotificationChannel
  readonly voice: (caller: VoiceCaller) => NotificationChannel
  readonly close: () => void
}
