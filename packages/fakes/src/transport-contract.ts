import assert from 'node:assert/strict'
import type {
  DeliveryAddress,
  DocumentTransport,
  OutgoingDocument,
  TransportAnswer,
} from '../../../src/modules/deliveries/ports.ts'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'

/** A transport of a test, and peers of it that fail in a known way. */
export interface TransportUnderTest {
  readonly transport: DocumentTransport
  readonly good: DeliveryAddress
  /** The peer says that there is no such address; null where a transport has one place alone. */
  readonly missing: DeliveryAddress | null
  /** The files that have arrived, or were taken, document by document. */
  readonly arrived: () => Promise<readonly (readonly { readonly content: Uint8Array }[])[]>
  /** The next request is refused for now. */
  readonly beBusy: () => Promise<void>
  /** The next request is done, and nobody hears so; null where that cannot be. */
  readonly loseAnswer: (() => void) | null
  /** Callbacks about a document that was taken, which has arrived by now; null where there are none. */
  readonly confirm: ((id: string) => SignedMessage) | null
}

const NOW_MS = Date.parse('2026-02-01T06:00:00Z')
const WAITING = new AbortController().signal
let ids = 0

function documentTo(to: DeliveryAddress, change: Partial<OutgoingDocument> = {}): OutgoingDocument {
  const id = `contract-${process.pid}-${++ids}`
  const content = Buffer.from(`<Invoice>Рахунок № ${ids}: 12,50 €</Invoice>\r\n`)
  return {
    ...{ id, number: `2026/02-${ids}`, from: { scheme: '9930', id: 'DE136695976' }, to },
    files: [{ name: `../2026/02-${ids}.xml`, type: 'application/xml', content }],
    ...{ subject: 'Invoice', text: 'Attached' },
    documentType: { id: 'urn:oasis:Invoice-2::Invoice##urn:cen.eu:en16931:2017::2.1', process: 'urn:fdc:peppol' },
    ...change,
  }
}

function assertTaken(answer: TransportAnswer): void {
  assert.ok(answer.outcome === 'sent' || answer.outcome === 'delivered', JSON.stringify(answer))
}

/** What every adapter of `DocumentTransport` holds: a rule, and what throws where an adapter breaks it. */
export const TRANSPORT_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<TransportUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a document arrives with every byte of its file',
    check: async (make) => {
      const { transport, good, arrived } = await make()
      const document = documentTo(good)
      assertTaken(await transport.send(document, WAITING))
      const [files, ...others] = await arrived()
      assert.deepEqual(
        files?.map(({ content }) => Buffer.from(content).toString()),
        document.files.map(({ content }) => Buffer.from(content).toString()),
      )
      assert.deepEqual(others, [])
    },
  },
  {
    rule: 'the same id arrives once where the transport says so, and two ids are two documents',
    check: async (make) => {
      const { transport, good, arrived } = await make()
      const document = documentTo(good)
      const first = await transport.send(document, WAITING)
      if (transport.capabilities.dedupes) assert.deepEqual(await transport.send(document, WAITING), first)
      assertTaken(await transport.send(documentTo(good), WAITING))
      assert.equal((await arrived()).length, 2)
    },
  },
  {
    rule: 'it says what it has of an id, or that it has nothing; where it cannot, it says that nothing is known',
    check: async (make) => {
      const { transport, good } = await make()
      const document = documentTo(good)
      const before = await transport.ask(document.id, WAITING)
      assert.equal(before.outcome, transport.capabilities.asks ? 'absent' : 'unknown')
      assertTaken(await transport.send(document, WAITING))
      const after = await transport.ask(document.id, WAITING)
      if (transport.capabilities.asks) assertTaken(after as TransportAnswer)
      else assert.equal(after.outcome, 'unknown')
    },
  },
  {
    rule: 'an address that is not there is declined for good, with words',
    check: async (make) => {
      const { transport, missing, arrived } = await make()
      if (missing === null) return
      const answer = await transport.send(documentTo(missing), WAITING)
      assert.partialDeepStrictEqual(answer, { outcome: 'declined', reason: 'no_such_address', mayRetry: false })
      assert.ok(answer.said !== null && answer.said.length > 0)
      assert.deepEqual(await arrived(), [])
    },
  },
  {
    rule: 'a peer that is busy has not got it, and may be asked again',
    check: async (make) => {
      const { transport, good, arrived, beBusy } = await make()
      const document = documentTo(good)
      await beBusy()
      const answer = await transport.send(document, WAITING)
      assert.partialDeepStrictEqual(answer, { outcome: 'declined', reason: 'unavailable', mayRetry: true })
      assert.deepEqual(await arrived(), [])
      assertTaken(await transport.send(document, WAITING))
      assert.equal((await arrived()).length, 1)
    },
  },
  {
    rule: 'what nobody waits for any longer, and what has no answer, is unknown and not thrown',
    check: async (make) => {
      const { transport, good, arrived, loseAnswer } = await make()
      assert.equal((await transport.send(documentTo(good), AbortSignal.abort())).outcome, 'unknown')
      assert.equal((await transport.ask('any', AbortSignal.abort())).outcome, 'unknown')
      if (loseAnswer === null) return
      const document = documentTo(good)
      const count = (await arrived()).length
      loseAnswer()
      assert.equal((await transport.send(document, WAITING)).outcome, 'unknown')
      assert.equal((await arrived()).length, count + 1)
      if (!transport.capabilities.dedupes) return
      assertTaken((await transport.ask(document.id, WAITING)) as TransportAnswer)
      assertTaken(await transport.send(document, WAITING))
      assert.equal((await arrived()).length, count + 1)
    },
  },
  {
    rule: 'a callback names its document where its signature fits, and is none where it does not',
    check: async (make) => {
      const { transport, good, confirm } = await make()
      assert.equal(confirm === null, !transport.capabilities.callbacks)
      if (confirm === null) return
      const document = documentTo(good)
      assertTaken(await transport.send(document, WAITING))
      const message = confirm(document.id)
      const told = transport.parseCallback(message, NOW_MS)
      assert.equal(told?.documentId, document.id)
      assert.equal(transport.parseCallback(message, NOW_MS)?.id, told?.id)
      const { headers } = message
      const wrong: readonly SignedMessage[] = [
        { headers: {}, body: message.body },
        { headers, body: Buffer.concat([message.body, Buffer.from(' ')]) },
        { headers: { ...headers, 'webhook-timestamp': '1' }, body: message.body },
      ]
      for (const one of wrong) assert.equal(transport.parseCallback(one, NOW_MS), null)
      assert.equal(transport.parseCallback(message, NOW_MS + 3_600_000), null)
      assert.equal((await transport.ask(document.id, WAITING)).outcome, 'delivered')
    },
  },
]
