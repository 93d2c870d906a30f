import type {
  AccessPointAccount,
  DocumentTransport,
  OutgoingDocument,
  TransportAnswer,
  TransportReport,
} from '../../modules/deliveries/ports.ts'
import { standardWebhookId } from '../../platform/http/signature.ts'
import { ask, type HttpAnswer } from './bounded-request.ts'

const MAX_BYTES = 20_000_000
const MAX_TEXT = 300
const ID = /^[A-Za-z0-9-]{1,100}$/

type Told = Readonly<Record<string, unknown>>

/**
 * An access point of Peppol over HTTP, in the shape of docs/deliveries.md: `POST /documents` with an id by which the document is taken once, `GET /documents/{id}`, and signed callbacks.
 * @param url of the access point, out of the server's configuration: no tenant has a say in where the server connects
 */
export function peppolTransport(url: string, account: AccessPointAccount): DocumentTransport {
  const headers = { authorization: `Bearer ${account.apiKey}`, accept: 'application/json' }
  return {
    capabilities: { dedupes: true, asks: true, confirms: true, callbacks: true, maxBytes: MAX_BYTES },
    send: async (document, signal) => {
      const body = bodyOf(document, account)
      if (typeof body === 'string') return { outcome: 'declined', reason: 'refused', mayRetry: false, said: body }
      const request = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': document.id },
        body: JSON.stringify(body),
      }
      return answerTo(await ask(`${url}/documents`, request, signal))
    },
    ask: async (id, signal) => reportOf(await ask(`${url}/documents/${encodeURIComponent(id)}`, { headers }, signal)),
    parseCallback: (message, nowMs) => {
      const ids = account.callbackSecrets.map((secret) => standardWebhookId(secret, message, nowMs))
      const id = ids.find((one) => one !== null)
      const documentId = parsed(message.body.toString('utf8'))['id']
      return id === undefined || typeof documentId !== 'string' || !ID.test(documentId) ? null : { id, documentId }
    },
  }
}

/** @returns a sentence where it is nothing for an access point */
function bodyOf(
  { id, from, to, files, documentType }: OutgoingDocument,
  { sender }: AccessPointAccount,
): object | string {
  const [file, ...others] = files
  if (file === undefined || others.length > 0 || documentType === null) return 'it is not one e-invoice'
  if (from === null) return 'the document has no address of its seller: electronicAddress of the issuer'
  const { content } = file
  return {
    id,
    ...(sender === null ? {} : { account: sender }),
    ...{ sender: from, receiver: to, documentTypeId: documentType.id, processId: documentType.process },
    document: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
  }
}

function answerTo(answer: HttpAnswer): TransportAnswer {
  if (answer.status === null) return answer.isSent ? unknown(answer.said) : unavailable(answer.said)
  const { status, text } = answer
  const told = parsed(text)
  // A conflict is a document of this id that is there already: what is told is its state.
  if ((status >= 200 && status < 300) || status === 409) return stateOf(told) ?? unknown('its answer says no state')
  const said = wordsOf(told, status)
  if (status === 401 || status === 403 || status === 429 || status === 503) return unavailable(said)
  // Redirects are followed nowhere: what the address answers is no access point's.
  if (status < 400) return unavailable(said)
  if (status >= 500) return unknown(said)
  if (status === 413) return { outcome: 'declined', reason: 'too_large', mayRetry: false, said }
  const isMissing = told['error'] === 'unknown_receiver'
  return { outcome: 'declined', reason: isMissing ? 'no_such_address' : 'refused', mayRetry: false, said }
}

function reportOf(answer: HttpAnswer): TransportReport {
  if (answer.status === null) return unknown(answer.said)
  const { status, text } = answer
  const told = parsed(text)
  if (status === 200) return stateOf(told) ?? unknown('its answer says no state')
  // Only an access point says so: a proxy that answers 404 to everything knows nothing of documents.
  if (status === 404 && told['error'] === 'unknown_document') return { outcome: 'absent' }
  return unknown(wordsOf(told, status))
}

function stateOf(told: Told): TransportAnswer | null {
  const { state, reference } = told
  const id = typeof reference === 'string' ? reference.slice(0, MAX_TEXT) : null
  const said = textOf(told['message'])
  switch (state) {
    case 'accepted':
      return { outcome: 'sent', id, said }
    case 'delivered':
      return { outcome: 'delivered', id, said }
    case 'rejected': {
      const isMissing = told['error'] === 'unknown_receiver'
      const reason = isMissing ? 'no_such_address' : 'refused'
      return { outcome: 'declined', reason, mayRetry: false, said: said ?? 'it was rejected, without a reason' }
    }
    default:
      return null
  }
}

function wordsOf(told: Told, status: number): string {
  return textOf(told['message']) ?? textOf(told['error']) ?? `it answered with status ${status}`
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, MAX_TEXT) : null
}

function parsed(text: string): Told {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Told) : {}
  } catch {
    return {}
  }
}

function unknown(said: string): TransportAnswer {
  return { outcome: 'unknown', said }
}

function unavailable(said: string): TransportAnswer {
  return { outcome: 'declined', reason: 'unavailable', mayRetry: true, said }
}
