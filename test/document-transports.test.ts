/** The ways that documents go: one contract for e-mail, folders and an access point of Peppol, each with its peer. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type AccessPointTrouble, FakeAccessPoint } from '../packages/fakes/src/fake-access-point.ts'
import { FakeMailServer, type MailTrouble } from '../packages/fakes/src/fake-mail-server.ts'
import { TRANSPORT_CONTRACT, type TransportUnderTest } from '../packages/fakes/src/transport-contract.ts'
import { folderTransport } from '../src/adapters/delivery-folder/folder-transport.ts'
import { peppolTransport } from '../src/adapters/peppol-http/peppol-transport.ts'
import { smtpChannel } from '../src/adapters/smtp/smtp-channel.ts'
import { mailTransport } from '../src/modules/deliveries/mail-transport.ts'
import type { OutgoingDocument } from '../src/modules/deliveries/ports.ts'

const NOW_MS = Date.parse('2026-02-01T06:00:00Z')
const closing: (() => Promise<void>)[] = []
after(async () => Promise.all(closing.map(async (close) => close())))
const root = await mkdtemp(join(tmpdir(), 'kvit-folders-'))
after(async () => rm(root, { recursive: true, force: true }))
let made = 0

/** A trouble for one request, and none for those that follow. */
function onceTroubled<T extends string>(): { next: T | 'none'; take: () => T | 'none' } {
  const troubles = {
    next: 'none' as T | 'none',
    take: () => {
      const { next } = troubles
      troubles.next = 'none'
      return next
    },
  }
  return troubles
}

async function byMail(): Promise<TransportUnderTest> {
  const troubles = onceTroubled<MailTrouble>()
  const server = new FakeMailServer({ trouble: troubles.take })
  closing.push(async () => server.close())
  const port = await server.listen()
  const mail = { host: 'localhost', port, security: 'none', login: null, caCertificate: null, dkim: null } as const
  const channel = smtpChannel({ ...mail, from: { name: 'Seller', address: 'billing@example.com' } }, [
    `localhost:${port}`,
  ])
  return {
    transport: mailTransport(channel),
    ...{ good: { scheme: 'email', id: 'olha@example.com' }, missing: { scheme: 'email', id: 'nobody@example.com' } },
    arrived: async () => server.inbox.map(({ attachments }) => attachments),
    beBusy: async () => {
      troubles.next = 'busy'
    },
    loseAnswer: () => {
      troubles.next = 'vanishes'
    },
    confirm: null,
  }
}

async function intoFolder(): Promise<TransportUnderTest> {
  const home = join(root, String(++made))
  await mkdir(home)
  let isAway = false
  const transport = folderTransport(home, 'london')
  return {
    transport: {
      ...transport,
      // The disk is mounted again after the first look.
      send: async (document, signal) => {
        if (!isAway) return transport.send(document, signal)
        isAway = false
        await rename(home, `${home}.away`)
        const answer = await transport.send(document, signal)
        await rename(`${home}.away`, home)
        return answer
      },
    },
    ...{ good: { scheme: 'folder', id: 'london' }, missing: null, loseAnswer: null, confirm: null },
    arrived: async () => {
      const names = await readdir(join(home, 'london')).catch(() => [])
      const shown = names.filter((name) => !name.startsWith('.'))
      return Promise.all(
        shown.map(async (name) => {
          const files = await readdir(join(home, 'london', name))
          return Promise.all(files.map(async (file) => ({ content: await readFile(join(home, 'london', name, file)) })))
        }),
      )
    },
    beBusy: async () => {
      isAway = true
    },
  }
}

async function byPeppol(): Promise<TransportUnderTest & { point: FakeAccessPoint; url: string }> {
  const troubles = onceTroubled<AccessPointTrouble>()
  const point = new FakeAccessPoint(troubles.take)
  closing.push(async () => point.close())
  const url = await point.listen()
  const { apiKey, callbackSecret } = point
  return {
    ...{ point, url, transport: peppolTransport(url, { apiKey, sender: null, callbackSecrets: [callbackSecret] }) },
    ...{ good: { scheme: '0204', id: '992-90009-96' }, missing: { scheme: '0204', id: 'nobody' } },
    arrived: async () =>
      [...point.taken.values()].map(({ document }) => [{ content: Buffer.from(document, 'base64') }]),
    beBusy: async () => {
      troubles.next = 'busy'
    },
    loseAnswer: () => {
      troubles.next = 'unanswered'
    },
    confirm: (id) => point.decide(id, 'delivered', NOW_MS),
  }
}

for (const [name, make] of Object.entries({ 'e-mail': byMail, folder: intoFolder, Peppol: byPeppol }))
  for (const { rule, check } of TRANSPORT_CONTRACT) test(`${name}: ${rule}`, async () => check(make))

/** Adapters that are wrong, each in one way. */
const BROKEN: Readonly<Record<string, (made: TransportUnderTest) => Partial<TransportUnderTest['transport']>>> = {
  'sends the same id twice': ({ transport }) => ({
    send: async (document, signal) => transport.send({ ...document, id: `${document.id}-${++made}` }, signal),
  }),
  'throws what has no answer': ({ transport }) => ({
    send: async (document, signal) => {
      const answer = await transport.send(document, signal)
      if (answer.outcome === 'unknown') throw new Error('no answer')
      return answer
    },
  }),
  'takes no answer for a refusal': ({ transport }) => ({
    send: async (document, signal) => {
      const answer = await transport.send(document, signal)
      const declined = { outcome: 'declined', reason: 'unavailable', mayRetry: true, said: 'no' } as const
      return answer.outcome === 'unknown' ? declined : answer
    },
  }),
  'leaves the file out': ({ transport }) => ({
    send: async (document, signal) => {
      const files = document.files.map((file) => ({ ...file, content: Buffer.from('') }))
      return transport.send({ ...document, files }, signal)
    },
  }),
  'knows every id': ({ transport }) => ({ ask: async () => transport.send({ ...DOCUMENT, id: 'any' }, WAITING) }),
  'believes any callback': () => ({
    parseCallback: ({ body }) => ({ id: '1', documentId: String(JSON.parse(body.toString()).id) }),
  }),
}
const WAITING = new AbortController().signal
const DOCUMENT: OutgoingDocument = {
  ...{ id: 'd-1', number: 'R-1', from: { scheme: '9930', id: 'DE1' }, to: { scheme: '0204', id: '1' } },
  ...{ files: [{ name: 'R-1.xml', type: 'application/xml', content: Buffer.from('<a/>') }], subject: 'R-1', text: '' },
  documentType: { id: 'urn:type', process: 'urn:process' },
}
for (const [name, broken] of Object.entries(BROKEN))
  test(`the contract finds an adapter that ${name}`, async () => {
    const make = async (): Promise<TransportUnderTest> => {
      const right = await byPeppol()
      return { ...right, transport: { ...right.transport, ...broken(right) } }
    }
    const results = await Promise.allSettled(TRANSPORT_CONTRACT.map(async ({ check }) => check(make)))
    assert.ok(results.some(({ status }) => status === 'rejected'))
  })

test('a folder: no name leads out of it, files come together, and what was taken away is not delivered again', async () => {
  const home = join(root, 'escape')
  await mkdir(home)
  const transport = folderTransport(home, 'london')
  const files = ['../../evil', '..', '.hidden', 'a\0b', '/etc/passwd', `${'n'.repeat(300)}.pdf`].map((name) => {
    return { name, type: 'application/pdf', content: Buffer.from(name) }
  })
  const answer = await transport.send({ ...DOCUMENT, id: 'e-1', number: '../../../R/7', files }, WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'delivered', id: '-..-..-R-7-e-1' })
  assert.deepEqual(await readdir(home), ['london'])
  assert.deepEqual((await readdir(join(home, 'london'))).toSorted(), ['-..-..-R-7-e-1', '.delivered'])
  assert.equal((await readdir(join(home, 'london', '-..-..-R-7-e-1'))).length, files.length)
  await rm(join(home, 'london', '-..-..-R-7-e-1'), { recursive: true })
  assert.equal((await transport.ask('e-1', WAITING)).outcome, 'delivered')
  assert.equal((await transport.send({ ...DOCUMENT, id: 'e-1' }, WAITING)).outcome, 'delivered')
  assert.deepEqual(await readdir(join(home, 'london')), ['.delivered'])
  for (const id of ['../x', 'a/b', '', '.'])
    assert.partialDeepStrictEqual(await transport.send({ ...DOCUMENT, id }, WAITING), {
      outcome: 'declined',
      mayRetry: false,
    })
  for (const tenant of ['..', 'a/b', '', 'A', '.delivered']) assert.throws(() => folderTransport(home, tenant))
  await symlink(tmpdir(), join(home, 'linked'))
  assert.partialDeepStrictEqual(await folderTransport(home, 'linked').send(DOCUMENT, WAITING), {
    ...{ outcome: 'declined', mayRetry: false },
  })
})

test('a folder: what a killed process left half written is written anew, and a folder that is not there is told', async () => {
  const home = join(root, 'half')
  await mkdir(join(home, 'london', '.h-1.part'), { recursive: true })
  await writeFile(join(home, 'london', '.h-1.part', 'R-1.xml'), '<')
  const transport = folderTransport(home, 'london')
  assert.equal((await transport.ask('h-1', WAITING)).outcome, 'absent')
  assert.equal((await transport.send({ ...DOCUMENT, id: 'h-1' }, WAITING)).outcome, 'delivered')
  assert.equal(await readFile(join(home, 'london', 'R-1-h-1', 'R-1.xml'), 'utf8'), '<a/>')
  const nowhere = await folderTransport(join(root, 'nowhere'), 'london').send(DOCUMENT, WAITING)
  assert.deepEqual(nowhere, {
    ...{ outcome: 'declined', reason: 'unavailable', mayRetry: true, said: 'the folder cannot be used: ENOENT' },
  })
})

const FATES: readonly [AccessPointTrouble, object][] = [
  ['busy', { outcome: 'declined', mayRetry: true, said: 'try again later' }],
  ['lost', { outcome: 'unknown' }],
  ['unanswered', { outcome: 'unknown' }],
  ['garbled', { outcome: 'unknown', said: 'its answer says no state' }],
]
for (const [trouble, answer] of FATES)
  test(`an access point whose answer is ${trouble}: ${JSON.stringify(answer)}`, async () => {
    const point = new FakeAccessPoint(() => trouble)
    closing.push(async () => point.close())
    const account = { apiKey: point.apiKey, sender: 'london', callbackSecrets: [] }
    assert.partialDeepStrictEqual(await peppolTransport(await point.listen(), account).send(DOCUMENT, WAITING), answer)
  })

test('an access point: the network later rejects, a wrong key is no refusal, and answers have a bound', async () => {
  const { transport, point, url } = await byPeppol()
  await transport.send({ ...DOCUMENT, id: 'p-1' }, WAITING)
  assert.deepEqual(
    [...point.taken.values()].map(({ receiver, sender, documentTypeId, processId }) => [
      receiver,
      sender,
      documentTypeId,
      processId,
    ]),
    [[DOCUMENT.to, DOCUMENT.from, 'urn:type', 'urn:process']],
  )
  point.decide('p-1', 'rejected', NOW_MS, 'BR-CO-15 \r\n broken')
  assert.deepEqual(await transport.ask('p-1', WAITING), {
    ...{ outcome: 'declined', reason: 'refused', mayRetry: false, said: 'BR-CO-15 broken' },
  })
  const wrong = peppolTransport(url, { apiKey: 'no', sender: null, callbackSecrets: [] })
  assert.partialDeepStrictEqual(await wrong.send(DOCUMENT, WAITING), { outcome: 'declined', mayRetry: true })
  const answers = [
    (): [number, string] => [200, 'x'.repeat(1_000_000)],
    (): [number, string] => [404, '<html>nothing here</html>'],
    (): [number, string] => [302, ''],
  ]
  const strange = createServer((_request, response) => {
    const [status, text] = (answers.shift() ?? (() => [500, '']))() as [number, string]
    response.writeHead(status, { location: 'http://169.254.169.254/' }).end(text)
  })
  await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve))
  closing.push(async () => void strange.close())
  const { port } = strange.address() as AddressInfo
  const odd = peppolTransport(`http://127.0.0.1:${port}`, { apiKey: 'k', sender: null, callbackSecrets: [] })
  assert.equal((await odd.send(DOCUMENT, WAITING)).outcome, 'unknown')
  assert.equal((await odd.ask('p-1', WAITING)).outcome, 'unknown')
  assert.partialDeepStrictEqual(await odd.send(DOCUMENT, WAITING), { outcome: 'declined', mayRetry: true })
})
