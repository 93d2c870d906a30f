/** E-mail by SMTP against a real server: the contract of channels, TLS, logins, DKIM, and whether a message may have been taken. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, test } from 'node:test'
import { CHANNEL_CONTRACT } from '../packages/fakes/src/channel-contract.ts'
import { FakeMailServer, type MailServerOptions, type MailTrouble } from '../packages/fakes/src/fake-mail-server.ts'
import { smtpChannel } from '../src/adapters/smtp/smtp-channel.ts'
import type { MailServer, NotificationChannel, RenderedMessage } from '../src/modules/notifications/ports.ts'
import { makeCertificate, opensslMissing } from './certificates.ts'

const servers: FakeMailServer[] = []
after(async () => Promise.all(servers.map(async (server) => server.close())))

async function opened(
  options: MailServerOptions = {},
  change: Partial<MailServer> = {},
  isAllowed = true,
): Promise<{ server: FakeMailServer; channel: NotificationChannel }> {
  const server = new FakeMailServer(options)
  servers.push(server)
  const port = await server.listen()
  const mail: MailServer = {
    ...{ host: 'localhost', port, security: 'none', login: null, caCertificate: null, dkim: null },
    ...{ from: { name: 'Müller & Söhne', address: 'billing@example.com' }, ...change },
  }
  return { server, channel: smtpChannel(mail, isAllowed ? [`localhost:${port}`] : []) }
}

const PDF = Buffer.from('%PDF-1.7\n\0\r\n.\r\nbytes that are no text: \xff\xfe', 'latin1')
const MESSAGE: RenderedMessage = {
  ...{ key: '019a-7', to: 'olha@example.com', subject: 'Рахунок № 7', text: 'Доброго дня\n.\n', html: null },
  attachments: [{ name: 'Рахунок 7.pdf', type: 'application/pdf', content: PDF }],
}
const WAITING = new AbortController().signal

for (const { rule, check } of CHANNEL_CONTRACT)
  test(`SMTP: ${rule}`, async () =>
    check(async () => {
      const { server, channel } = await opened()
      const arrived = async (): Promise<{ to: string; text: string }[]> =>
        server.inbox.map(({ to, text = '' }) => ({ to: [to].flat()[0]?.text ?? '', text: text.trimEnd() }))
      const receipts = async (): Promise<never[]> => []
      return { channel, good: 'olha@example.com', missing: 'nobody@example.com', bouncing: null, arrived, receipts }
    }))

test('a message has its sender, its subject, its file with every byte, and one Message-ID however often it is sent', async () => {
  const { server, channel } = await opened()
  for (const _ of [1, 2]) assert.equal((await channel.send(MESSAGE, WAITING)).outcome, 'accepted')
  for (const { from, subject, messageId, attachments } of server.inbox) {
    assert.deepEqual(from?.value, [{ name: 'Müller & Söhne', address: 'billing@example.com' }])
    assert.deepEqual([subject, messageId], ['Рахунок № 7', '<019a-7@example.com>'])
    assert.deepEqual(
      attachments.map(({ filename, contentType, content }) => [filename, contentType, content]),
      [['Рахунок 7.pdf', 'application/pdf', PDF]],
    )
  }
  assert.equal(server.inbox.length, 2)
})

test('what goes into headers can make none of its own', async () => {
  const { server, channel } = await opened()
  const message = { ...MESSAGE, subject: 'a\r\nBcc: spy@example.com\r\n\r\nx', key: 'a>\r\nX-Evil: 1' }
  await channel.send(message, WAITING)
  const [mail] = server.inbox
  assert.deepEqual([mail?.bcc, mail?.headers.has('x-evil')], [undefined, false])
})

test('messages go over a connection that is there; where the server has ended it, or takes no more by it, over another one, and each once', async () => {
  let trouble: MailTrouble = 'none'
  const { server, channel } = await opened({ trouble: () => trouble })
  const send = async (): Promise<string> => (await channel.send(MESSAGE, WAITING)).outcome
  assert.deepEqual([await send(), await send(), await send()], ['accepted', 'accepted', 'accepted'])
  assert.deepEqual([server.connections, server.inbox.length], [1, 3])
  server.hangUp()
  assert.deepEqual([await send(), server.connections, server.inbox.length], ['accepted', 2, 4])
  assert.deepEqual(await Promise.all([send(), send()]), ['accepted', 'accepted'])
  assert.deepEqual([server.connections, server.inbox.length], [3, 6])
  trouble = 'vanishes'
  assert.deepEqual([await send(), server.inbox.length], ['unknown', 7])
})

const FATES: readonly [MailTrouble, object, taken: number][] = [
  ['none', { outcome: 'accepted', id: '<019a-7@example.com>' }, 1],
  ['busy', { outcome: 'failed', reason: 'unavailable', mayRetry: true, said: '451 Try again later' }, 0],
  ['full', { outcome: 'failed', reason: 'too_many', mayRetry: true, said: '452 Mailbox full' }, 0],
  ['vanishes', { outcome: 'unknown' }, 1],
]
for (const [trouble, answer, taken] of FATES)
  test(`a server that is ${trouble}: ${JSON.stringify(answer)}`, async () => {
    const { server, channel } = await opened({ trouble: () => trouble })
    assert.partialDeepStrictEqual(await channel.send(MESSAGE, WAITING), answer)
    assert.equal(server.inbox.length, taken)
  })

test('a server that takes so many messages over a connection and no more gets the others over another one', async () => {
  const { server, channel } = await opened({ mostPerConnection: 2 })
  const sent: string[] = []
  for (let count = 0; count < 5; count++) sent.push((await channel.send(MESSAGE, WAITING)).outcome)
  assert.deepEqual(
    sent,
    Array.from({ length: 5 }, () => 'accepted'),
  )
  assert.deepEqual([server.inbox.length, server.connections], [5, 3])
})

test('a recipient for whom a grey list asks to come again is about this message alone', async () => {
  const { channel } = await opened()
  const message = { ...MESSAGE, to: 'grey@example.com' }
  assert.partialDeepStrictEqual(await channel.send(message, WAITING), {
    ...{ outcome: 'failed', reason: 'deferred', mayRetry: true },
  })
  assert.equal((await channel.send(message, WAITING)).outcome, 'accepted')
})

test('a server that says nothing before it has anything of the message has not got it', async () => {
  const { server, channel } = await opened({ trouble: () => 'mute' })
  const controller = new AbortController()
  const sending = channel.send(MESSAGE, controller.signal)
  while (server.begun === 0) await new Promise((resolve) => setImmediate(resolve))
  controller.abort()
  assert.partialDeepStrictEqual(await sending, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
})

test('a server that says nothing after it took all is unknown, once nobody waits any longer', async () => {
  const { server, channel } = await opened({ trouble: () => 'silent' })
  const controller = new AbortController()
  const sending = channel.send(MESSAGE, controller.signal)
  while (server.inbox.length === 0) await new Promise((resolve) => setImmediate(resolve))
  controller.abort()
  assert.equal((await sending).outcome, 'unknown')
})

test('a server that is not there, or that is in a private network, has not got it', async () => {
  const gone = await opened()
  await gone.server.close()
  assert.partialDeepStrictEqual(await gone.channel.send(MESSAGE, WAITING), {
    ...{ outcome: 'failed', reason: 'unavailable', mayRetry: true },
  })
  const { server, channel } = await opened({}, {}, false)
  const answer = await channel.send(MESSAGE, WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'blocked', mayRetry: false })
  assert.match(String(answer.said), /private network/)
  assert.equal(server.begun, 0)
})

test('DKIM signs the message for the domain', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const { server, channel } = await opened({}, { dkim: { domain: 'example.com', selector: 'kvit', privateKey } })
  assert.equal((await channel.send(MESSAGE, WAITING)).outcome, 'accepted')
  assert.match(String(server.raw[0]), /^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=example\.com;/)
})

test('TLS: a server that nobody vouches for gets nothing, not even the password; one without it, neither', {
  skip: opensslMissing,
}, async () => {
  const tls = makeCertificate()
  const login = { user: 'billing', password: 'open sesame' }
  for (const [security, fromFirstByte] of [
    ['starttls', false],
    ['tls', true],
  ] as const) {
    const options = { tls: { ...tls, fromFirstByte }, login }
    const trusted = await opened(options, { security, login, caCertificate: tls.cert })
    assert.equal((await trusted.channel.send(MESSAGE, WAITING)).outcome, 'accepted', security)
    const strange = await opened(options, { security, login })
    assert.partialDeepStrictEqual(await strange.channel.send(MESSAGE, WAITING), { outcome: 'failed', mayRetry: true })
    assert.equal(strange.server.begun, 0)
    const wrong = await opened(options, {
      security,
      caCertificate: tls.cert,
      login: { ...login, password: 'wrong one' },
    })
    const answer = await wrong.channel.send(MESSAGE, WAITING)
    assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
    assert.doesNotMatch(JSON.stringify(answer), /wrong one|d3JvbmcgI/)
  }
  const plain = await opened({ login }, { security: 'starttls', login })
  assert.partialDeepStrictEqual(await plain.channel.send(MESSAGE, WAITING), { outcome: 'failed', mayRetry: true })
  assert.equal(plain.server.begun, 0)
})
