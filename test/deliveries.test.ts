/** Documents on their way: by the settings and by request, by e-mail, into folders and through Peppol; what peers say of them, and who may see it. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { readEInvoice } from '../src/core/einvoice/read-einvoice.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import type { SignedMessage } from '../src/platform/http/signature.ts'
import { BERLIN, type Delivery, PASSWORD, startDeliveries } from './delivery-world.ts'
import { checkHolds, personWith } from './harness.ts'
import { until } from './test-postgres.ts'

const world = await startDeliveries('post')
const { app, client, config, request, point, troubles, deliveryFolder, mailValues } = world
const { command, deliveriesOf, ended, send, mailsTo } = world
await client.post('/v1/settings/deliveries', { values: { onIssue: ['peppol', 'email'] } }, 'PUT')
await client.post('/v1/customers/quiet/delivery-preference', { transports: [] }, 'PUT')

const numbers = new Map<string, string>()
const numberOf = (account: string): string => numbers.get(account) ?? ''

test('what is issued goes by the first way that a customer has an address for, or says why not', async () => {
  await runBills(client, '2026-02-01')
  for (const { account, number } of await client.list<{ account: string; number: string }>('/v1/invoices'))
    numbers.set(account, number)
  assert.equal(numbers.size, 4)
  await until('three are on their way', async () => (await client.list('/v1/deliveries')).length === 3)
  for (const { id } of await client.list<{ id: string }>('/v1/deliveries')) await ended(id, 'sent', 'failed')
  const found = await client.list<Delivery>('/v1/deliveries')
  assert.deepEqual(
    found.map(({ account, transport, formats, origin, to, state, reason }) => [
      ...[account, transport, formats, origin],
      ...[(to as Json | null)?.['id'], state, reason],
    ]),
    [
      ['city', 'peppol', ['ubl'], 'issue', '992-90009-96', 'sent', null],
      ['olha', 'email', ['pdf'], 'issue', 'olha@example.com', 'sent', null],
      ['bare', 'email', ['pdf'], 'issue', undefined, 'failed', 'no_address'],
    ],
  )
  assert.match(String(found[2]?.said), /no e-mail address/)
  const events = await client.list<{ type: string }>('/v1/events')
  const told = events.map(({ type }) => type).filter((type) => type.startsWith('document.'))
  assert.deepEqual(told.toSorted(), ['document.failed', 'document.sent', 'document.sent'])
})

test('through Peppol it is the UBL that the rules allow, from the seller to the participant', async () => {
  const [taken] = [...point.taken.values()]
  assert.deepEqual(
    [taken?.sender, taken?.receiver, taken?.account],
    [{ scheme: '9930', id: 'DE136695976' }, { scheme: '0204', id: '992-90009-96' }, 'london'],
  )
  assert.match(String(taken?.documentTypeId), /Invoice-2::Invoice##urn:cen\.eu:en16931:2017#compliant#.*::2\.1$/)
  assert.equal(taken?.processId, 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0')
  const document = readEInvoice(readXml(Buffer.from(String(taken?.document), 'base64')))
  assert.ok(document !== null)
  assert.equal(document.document.number, numberOf('city'))
  assert.deepEqual(
    validate(document, RULE_SETS.peppol).filter(({ severity }) => severity === 'fatal'),
    [],
  )
})

test('by e-mail it is a page that opens, in the language of the customer', async () => {
  const [letter, ...others] = mailsTo('olha@example.com')
  assert.deepEqual([others.length, letter?.subject], [0, `Рахунок ${numberOf('olha')} · Seller`])
  assert.match(String(letter?.text), /У вкладенні: Рахунок/)
  const [pdf, ...files] = letter?.attachments ?? []
  assert.deepEqual([files.length, pdf?.filename, pdf?.contentType], [0, `${numberOf('olha')}.pdf`, 'application/pdf'])
  assert.deepEqual(pdf?.content, Buffer.from(await client.download(`/v1/invoices/${numberOf('olha')}/pdf`)))
})

test('it is sent once by each way; with another key once more, in other formats, with the files that go along', async () => {
  const reference = numberOf('olha')
  const [first] = await deliveriesOf(reference)
  assert.equal((await send(reference, { transport: 'email' })).id, first?.id)
  const csv = Buffer.from('day,hours\n2026-01-01,3\n')
  await client.postRaw(
    `/v1/invoices/${reference}/attachments?name=hours.csv&enclosed=true`,
    csv,
    'application/octet-stream',
  )
  const args = ['--by', 'email', '--key', 'again', '--to', 'other@example.com', '--formats', 'factur_x,ubl', '--wait']
  assert.match(await command('invoice', 'send', reference, ...args), /sent/)
  const [letter] = mailsTo('other@example.com')
  assert.deepEqual(
    letter?.attachments.map(({ filename }) => filename),
    [`${reference}.pdf`, `${reference}.xml`, 'hours.csv'],
  )
  assert.match(String(letter?.attachments[1]?.content), /EmbeddedDocumentBinaryObject mimeCode="text\/csv"/)
  assert.equal(mailsTo('olha@example.com').length, 1)
  const lines = await command('invoice', 'deliveries', reference)
  assert.match(lines, /olha@example\.com(.|\n)*other@example\.com/)
})

test('into a folder it comes with all of its files', async () => {
  const made = await send(numberOf('city'), { transport: 'folder', formats: ['pdf', 'factur_x', 'ubl', 'cii'] })
  const { providerId } = await ended(made.id, 'delivered')
  const folder = join(deliveryFolder, 'post', String(providerId))
  const n = numberOf('city')
  assert.deepEqual((await readdir(folder)).toSorted(), [`${n}-cii.xml`, `${n}-factur_x.pdf`, `${n}.pdf`, `${n}.xml`])
  assert.match(await readFile(join(folder, `${n}.xml`), 'utf8'), /<Invoice/)
})

const callback = async ({ headers, body }: SignedMessage): Promise<number> =>
  (
    await request('POST', '/v1/callbacks/post/peppol', {
      raw: body.toString(),
      headers: { ...(headers as Record<string, string>), authorization: '' },
    })
  ).status
/** What the access point knows it by. */
const takenId = (): string => [...point.taken.keys()].at(-1) ?? ''

test('the access point tells, signed, and is asked; what is not signed, or comes again, does nothing', async () => {
  const [delivery] = await deliveriesOf(numberOf('city'))
  const told = point.decide(takenId(), 'delivered', Date.now())
  assert.equal(await callback({ ...told, headers: {} }), 401)
  assert.equal(await callback({ ...told, body: Buffer.from(`{"id":"${takenId()}","state":"rejected"}`) }), 401)
  assert.equal((await client.get<Delivery>(`/v1/deliveries/${delivery?.id}`)).state, 'sent')
  for (const _ of [1, 2]) assert.ok((await callback(told)) < 300)
  const { attempts, providerId } = await ended(String(delivery?.id), 'delivered')
  assert.match(String(providerId), /^AP-/)
  assert.deepEqual(
    attempts.map(({ kind, outcome }) => [kind, outcome]),
    [
      ['send', 'sent'],
      ['ask', 'delivered'],
    ],
  )
  assert.deepEqual(point.sent.length, 1)
})

test('what the network rejects has failed with its words, and is another document when it is sent again', async () => {
  const made = await send(numberOf('city'), { transport: 'peppol', key: 'second' })
  await ended(made.id, 'sent')
  const first = takenId()
  assert.ok((await callback(point.decide(first, 'rejected', Date.now(), 'the receiver takes no invoices'))) < 300)
  const failed = await ended(made.id, 'failed')
  assert.deepEqual([failed.reason, failed.said], ['refused', 'the receiver takes no invoices'])
  await assert.rejects(
    client.post(`/v1/deliveries/${(await deliveriesOf(numberOf('city')))[0]?.id}/retry`, {}),
    /delivered/,
  )
  await command('delivery', 'retry', made.id)
  await ended(made.id, 'sent')
  assert.notEqual(takenId(), first)
  assert.match(await command('delivery', 'list', '--state', 'failed'), /no_address/)
})

test('an answer that is lost is asked for, and nothing is sent twice', async () => {
  const count = point.sent.length
  troubles.point = 'unanswered'
  const made = await send(numberOf('city'), { transport: 'peppol', key: 'third' })
  const { attempts } = await ended(made.id, 'sent')
  assert.deepEqual(
    attempts.map(({ kind, outcome }) => [kind, outcome]),
    [
      ['send', 'unknown'],
      ['ask', 'sent'],
    ],
  )
  assert.equal(point.sent.length, count + 1)
  troubles.point = 'lost'
  const lost = await send(numberOf('city'), { transport: 'peppol', key: 'fourth' })
  const again = await ended(lost.id, 'sent')
  assert.deepEqual(
    again.attempts.map(({ kind, outcome }) => [kind, outcome]),
    [
      ['send', 'unknown'],
      ['ask', 'absent'],
      ['send', 'sent'],
    ],
  )
})

test('a mail server that is busy is tried again; one that vanishes may have it, and only somebody sends it again', async () => {
  troubles.mail = 'busy'
  const made = await send(numberOf('bare'), { transport: 'email', to: 'busy@example.com', key: 'busy' })
  const { attempts } = await ended(made.id, 'sent')
  assert.deepEqual(
    attempts.map(({ outcome, said }) => [outcome, said]),
    [
      ['declined', '451 Try again later'],
      ['sent', attempts[1]?.['said']],
    ],
  )
  assert.equal(mailsTo('busy@example.com').length, 1)
  troubles.mail = 'vanishes'
  const lost = await send(numberOf('bare'), { transport: 'email', to: 'lost@example.com', key: 'lost' })
  await ended(lost.id, 'unknown')
  await client.post(`/v1/deliveries/${lost.id}/retry`, {})
  await ended(lost.id, 'sent')
  const [first, second, ...others] = mailsTo('lost@example.com')
  assert.deepEqual([first?.messageId === second?.messageId, others.length], [true, 0])
  const nobody = await send(numberOf('bare'), { transport: 'email', to: 'nobody@example.com', key: 'nobody' })
  assert.deepEqual((await ended(nobody.id, 'failed')).reason, 'no_such_address')
})

test('a document that breaks a rule of the network has failed, with the rule and what to fill in', async () => {
  const made = await send(numberOf('olha'), { transport: 'peppol' })
  const { reason, said, attempts } = await ended(made.id, 'failed')
  assert.deepEqual([reason, attempts], ['cannot_be_written', []])
  assert.match(String(said), /breaks rules of Peppol BIS Billing 3\.0: .*PEPPOL-EN16931-R010/)
})

test('credit notes go as invoices do; a pro forma by e-mail alone; what cannot be asked for is told', async () => {
  const number = numberOf('city')
  const count = point.taken.size
  await command('invoice', 'void', number, '--reason', 'billing_error', '--rebill', 'never', '--key', 'void-1')
  await until('the credit note was taken', async () => point.taken.size === count + 1)
  const taken = [...point.taken.values()].at(-1)
  assert.match(String(taken?.documentTypeId), /CreditNote-2::CreditNote##/)
  const lines = [{ description: 'A modem', quantity: '1', unitPrice: '10.00' }]
  await client.post('/v1/pro-forma-invoices', { key: 'pf', account: 'quiet', lines })
  const made = await send('pf', { transport: 'email' }, 'pro-forma-invoices')
  await ended(made.id, 'sent')
  const [letter] = mailsTo('quiet@example.com')
  assert.match(String(letter?.subject), /^Pro forma invoice PF-000001/)
  assert.equal(letter?.attachments[0]?.content.subarray(0, 5).toString(), '%PDF-')
  await assert.rejects(send('pf', { transport: 'peppol' }, 'pro-forma-invoices'), /by e-mail alone/)
  await assert.rejects(send(number, { transport: 'peppol', formats: ['pdf'] }), /ubl alone/)
  await assert.rejects(send(number, { transport: 'folder', to: 'a@example.com' }), /goes by folder/)
  await assert.rejects(send(number, { transport: 'pigeon' }), /transport/)
  await assert.rejects(send('R-999999', { transport: 'email' }), /R-999999/)
})

test('a server that a tenant names is none of the private network, and what is not set up is told', async () => {
  const values = { ...mailValues, port: Number(new URL(app.url).port), security: 'starttls' }
  await client.post('/v1/settings/mail', { values }, 'PUT')
  const made = await send(numberOf('bare'), { transport: 'email', to: 'a@example.com', key: 'inside' })
  const { reason, said } = await ended(made.id, 'failed')
  assert.deepEqual([reason, /private network/.test(String(said))], ['refused', true])
  await client.post('/v1/settings/mail', undefined, 'DELETE')
  const nowhere = await send(numberOf('bare'), { transport: 'email', to: 'a@example.com', key: 'nowhere' })
  assert.deepEqual((await ended(nowhere.id, 'failed')).reason, 'not_set_up')
})

/** Names of the page, and what they are here. */
const NAMES: Readonly<Record<string, () => string>> = {
  'LDN-000001': () => numberOf('olha'),
  'PF-000001': () => 'PF-000001',
  'smtp.example.com': () => 'localhost',
  DELIVERY: () => failedId,
  ann: () => 'olha',
}
let failedId = ''

test('every command of the page runs', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/deliveries.md'), 'utf8')
  const [folder, files] = [await mkdtemp(join(tmpdir(), 'kvit-page-')), ['password', 'dkim', 'key', 'callback']]
  after(async () => rm(folder, { recursive: true, force: true }))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const secrets = [PASSWORD, privateKey.export({ type: 'pkcs8', format: 'pem' }), point.apiKey, point.callbackSecret]
  for (const [at, name] of files.entries())
    await writeFile(join(folder, `${name}.${name === 'dkim' ? 'pem' : 'txt'}`), secrets[at] as string)
  const made = await send(numberOf('bare'), { transport: 'email', key: 'for-the-page' })
  failedId = (await ended(made.id, 'failed')).id
  const named = (word: string): string =>
    word
      .replace(/^'(.*)'$/, '$1')
      .replaceAll(/LDN-000001|PF-000001|smtp\.example\.com|DELIVERY|\bann\b/g, (name) => NAMES[name]?.() ?? name)
      .replace(/=(\w+\.(txt|pem))$/, (_, file: string) => `=${join(folder, file)}`)
  const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) => text.trim().split('\n'))
  assert.ok(lines.length > 10)
  const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as Json
  const { state: _state, ...sent } = [...point.taken.values()][0] as unknown as Json
  assert.deepEqual({ ...shown, id: sent['id'], document: sent['document'] }, sent)
  for (const line of lines) {
    const written = line.match(/('[^']*'|"[^"]*"|[^\s"'])+/g) ?? []
    const words = written.map((word) => named(word.startsWith("'") ? word : word.replaceAll('"', '')))
    assert.equal(words[0], 'kvit', line)
    const isOfServer = line.includes('set mail host=')
    await command(...words.slice(1), ...(isOfServer ? [`port=${mailValues['port']}`, 'security=none'] : []))
  }
})

test('others see nothing of it, and nothing tells a secret', async () => {
  await client.post('/v1/tenants', { name: 'stranger', clock: '2026-02-01T06:00:00Z' })
  const stranger = new Client(config, 'stranger')
  const [one] = await deliveriesOf(numberOf('city'))
  await assert.rejects(stranger.get(`/v1/deliveries/${one?.id}`), /delivery .* not|no delivery|there is no/)
  assert.deepEqual(await stranger.list('/v1/deliveries'), [])
  const reader = await personWith(world, 'reader', ['invoices:read'])
  await reader.get(`/v1/deliveries/${one?.id}`)
  await assert.rejects(reader.post(`/v1/deliveries/${one?.id}/retry`, {}), /scope|may not|role/)
  const all = JSON.stringify([
    await client.list('/v1/events'),
    await client.list('/v1/deliveries'),
    await client.list('/v1/jobs'),
    await client.get('/v1/settings/peppol'),
    await client.list('/v1/audit-log'),
  ])
  for (const secret of [point.apiKey, point.callbackSecret, PASSWORD]) assert.ok(!all.includes(secret))
  const told = JSON.stringify([await client.list('/v1/events'), await client.list('/v1/jobs')])
  assert.doesNotMatch(told, /lost@example\.com|nobody@example\.com/)
})

test('an erasure takes addresses, and every invariant holds', async () => {
  await client.post('/v1/customers', { key: 'leaving', name: 'Leaving', kind: 'consumer', postalAddress: BERLIN })
  const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'leaving', customer: 'leaving', issuer: 'seller', ...cycle })
  await command('customer', 'delivery', 'leaving', '--by', 'none', '--email', 'old@example.com')
  await client.post('/v1/settings/mail', { values: mailValues, secrets: { password: PASSWORD } }, 'PUT')
  const lines = [{ description: 'A modem', quantity: '1', unitPrice: '10.00' }]
  await client.post('/v1/one-off-invoices', { key: 'one', account: 'leaving', lines })
  const [{ number }] = (await client.list('/v1/invoices?account=leaving')) as [Json]
  await ended((await send(String(number), { transport: 'email' })).id, 'sent')
  const gone = await send(String(number), { transport: 'email', to: 'nobody@example.com', key: 'gone' })
  await ended(gone.id, 'failed')
  await client.post('/v1/payments', {
    ...{ key: 'paid', account: 'leaving', method: 'bank', currency: 'EUR', amount: '11.90' },
  })
  const known = async (): Promise<string> => JSON.stringify(await client.list('/v1/customers/leaving/personal-data'))
  assert.match(await known(), /old@example\.com(.|\n)*No such user: nobody@example\.com/)
  await client.post('/v1/customers/leaving/erasure', {})
  assert.doesNotMatch(await known(), /(old|nobody)@example\.com/)
  assert.deepEqual(await checkHolds(client), [])
})
