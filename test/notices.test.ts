/** What customers are told: events become notices, notices become messages, and messages go by e-mail when they may, once. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ParsedMail } from 'mailparser'
import { FakeMailServer, type MailTrouble } from '../packages/fakes/src/fake-mail-server.ts'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

let trouble: MailTrouble = 'none'
const mail = new FakeMailServer({
  trouble: () => {
    const now = trouble
    trouble = 'none'
    return now
  },
})
after(async () => mail.close())
const port = await mail.listen()
/** Noon in Kyiv. */
const kvit = await startKvit('told', '2026-02-10T10:00:00Z', undefined, undefined, {
  privateHosts: [`localhost:${port}`],
})
const { client, request } = kvit
const command = commandsOf(kvit.app, 'told')
await seedOperator(client)
const values = { host: 'localhost', port, security: 'none', fromName: 'Operator', fromAddress: 'op@example.com' }
await client.post('/v1/settings/mail', { values }, 'PUT')
const setNotices = async (more: Json = {}): Promise<unknown> =>
  client.post('/v1/settings/notices', { values: { on: true, linkAddress: 'https://kvit.example', ...more } }, 'PUT')

const cycle = { issuer: 'op', currency: 'EUR', cycleAnchor: '2026-01-01' }
async function addCustomer(key: string, zone = 'Europe/Kyiv', more: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, email: `${key}@example.com`, ...more })
  await client.post('/v1/accounts', { key, customer: key, zone, ...cycle })
}
const pay = async (account: string, key: string): Promise<Json> =>
  client.post('/v1/payments', {
    key,
    account,
    amount: '12.50',
    currency: 'EUR',
    method: 'bank',
    receivedOn: '2026-02-10',
  })

interface Message extends Json {
  readonly id: string
  readonly channel: string
  readonly contact: string | null
  readonly state: string
  readonly reason: string | null
  readonly dueAt: string
  readonly text: string | null
  readonly attempts: readonly Json[]
}
interface Notice extends Json {
  readonly id: string
  readonly kind: string
  readonly origin: string
  readonly about: string | null
  readonly state: string
  readonly reason: string | null
  readonly messages: readonly Message[]
}
const noticesOf = async (customer: string): Promise<Notice[]> => {
  const items = await client.list<Notice>(`/v1/notices?customer=${customer}`)
  return Promise.all(items.map(async ({ id }) => client.get<Notice>(`/v1/notices/${id}`)))
}
/** Resolves when the last notice of a customer is as is expected. */
async function lastOf(customer: string, what: string, isSo: (notice: Notice) => boolean): Promise<Notice> {
  let last: Notice | undefined
  await until(`${customer}: ${what}`, async () => {
    last = (await noticesOf(customer)).at(-1)
    return last !== undefined && isSo(last)
  })
  return last as Notice
}
const isEnded = ({ state, messages }: Notice): boolean =>
  state === 'suppressed' ||
  (messages.length > 0 &&
    messages.every((one) => ['sent', 'delivered', 'failed', 'suppressed', 'unknown'].includes(one.state)))
const byMail = ({ messages }: Notice): Message => messages.find(({ channel }) => channel === 'email') as Message
/** Blanks that do not break are blanks, for those who compare. */
const plain = (text: unknown): string => String(text).replaceAll(/[\u00a0\u202f]/g, ' ')
const mailsTo = (address: string): ParsedMail[] => mail.inbox.filter(({ to }) => [to].flat()[0]?.text === address)
const moveTo = async (clock: string): Promise<unknown> => client.post('/v1/tenants/told', { clock }, 'PATCH')

test('with notices off nobody is told; what was asked for says why', async () => {
  await addCustomer('early')
  await pay('early', 'early-1')
  const asked = { kind: 'news', account: 'early', key: 'n1', data: { headline: 'A', body: 'B' } }
  const { id } = await client.post<Notice>('/v1/notices', asked)
  await lastOf('early', 'is suppressed', ({ reason }) => reason === 'notices_off')
  assert.deepEqual(
    (await noticesOf('early')).map((one) => [one.id, one.kind]),
    [[id, 'news']],
  )
})

test('an event has the customer told by e-mail, in its language, and it stands in the inbox', async () => {
  await setNotices()
  await addCustomer('olha', 'Europe/Kyiv', { language: 'uk' })
  await pay('olha', 'olha-1')
  const told = await lastOf('olha', 'was told', isEnded)
  assert.deepEqual([told.kind, told.origin, told.about !== null], ['payment_received', 'event', true])
  assert.deepEqual(
    told.messages.map(({ channel, state, address, language }) => [channel, state, address, language]),
    [
      ['email', 'sent', 'olha@example.com', 'uk'],
      ['inbox', 'delivered', 'inbox', 'uk'],
    ],
  )
  const [letter, ...others] = mailsTo('olha@example.com')
  assert.equal(others.length, 0)
  assert.equal(letter?.subject, 'Платіж отримано')
  assert.match(
    plain(letter?.text),
    /Вітаємо, Customer olha!\s+Ми отримали 12,50 EUR 10\.02\.2026\. Дякуємо\.\s+Operator/,
  )
  assert.equal(byMail(told).text, letter?.text)
  // One click unsubscribes: programs that show mail offer it by these headers.
  const list = letter?.headers.get('list') as { unsubscribe: { url: string } }
  assert.match(list.unsubscribe.url, /^https:\/\/kvit\.example\/unsubscribe\/told\.[0-9a-f]{32}_[\w-]{43}$/)
  assert.match(String(mail.raw.at(-1)), /list-unsubscribe-post: List-Unsubscribe=One-Click/i)
  assert.match(String(letter?.text), new RegExp(list.unsubscribe.url.replaceAll('.', String.raw`\.`)))
})

test('contacts with the role are told, each in the own language; the customer itself is not', async () => {
  await addCustomer('firm')
  const contact = async (key: string, roles: string[], more: Json = {}): Promise<Json> =>
    client.post('/v1/customers/firm/contacts', { key, name: key, email: `${key}@firm.example`, roles, ...more })
  await contact('eva', ['payer'], { language: 'de' })
  await contact('max', ['payer', 'technical'])
  await contact('kim', ['technical'])
  assert.match(
    await command('contact', 'add', 'firm', 'lee', '--name', 'Lee', '--roles', 'owner', '--quiet', '22:00-07:00'),
    /lee/,
  )
  await pay('firm', 'firm-1')
  const told = await lastOf('firm', 'was told', isEnded)
  assert.deepEqual(
    told.messages.map(({ contact: who, channel, state }) => [who, channel, state]),
    [
      ['eva', 'email', 'sent'],
      ['eva', 'inbox', 'delivered'],
      ['max', 'email', 'sent'],
      ['max', 'inbox', 'delivered'],
    ],
  )
  assert.deepEqual(
    [mailsTo('eva@firm.example')[0]?.subject, mailsTo('firm@example.com').length],
    ['Zahlung erhalten', 0],
  )
  const items = (await client.get<{ items: Json[] }>('/v1/customers/firm/contacts')).items
  assert.deepEqual(
    items.map(({ key, quietFrom }) => [key, quietFrom]),
    [
      ['eva', null],
      ['max', null],
      ['kim', null],
      ['lee', '22:00'],
    ],
  )
  const [eva] = items
  await command('contact', 'remove', String(eva?.['id']))
  await pay('firm', 'firm-2')
  const next = await lastOf('firm', 'was told again', (one) => one.id !== told.id && isEnded(one))
  assert.deepEqual([...new Set(next.messages.map(({ contact: who }) => who))], ['max'])
  const twice = { key: 'max', name: 'Max', roles: ['payer'] }
  assert.equal((await request('POST', '/v1/customers/firm/contacts', { body: twice })).status, 409)
})

test('a message waits for the morning of the person; whoever unsubscribes meanwhile does not get it; an urgent one goes', async () => {
  await moveTo('2026-02-10T20:30:00Z')
  await addCustomer('kyiv')
  await addCustomer('york', 'America/New_York')
  for (const key of ['kyiv', 'york']) await pay(key, `${key}-1`)
  const waits = await lastOf('kyiv', 'waits', ({ messages }) => messages[0]?.reason === 'quiet_hours')
  assert.deepEqual([byMail(waits).state, byMail(waits).dueAt], ['waiting', '2026-02-11T06:00:00.000Z'])
  assert.equal(byMail(await lastOf('york', 'was told', isEnded)).state, 'sent')
  const urgent = { kind: 'bill_shock', account: 'kyiv', key: 'b1', data: { amount: '90', currency: 'EUR' } }
  await client.post('/v1/notices', urgent)
  await until('the urgent one is there', async () => mailsTo('kyiv@example.com').length === 1)
  assert.match(plain(mailsTo('kyiv@example.com')[0]?.text), /EUR 90\.00/)
  await client.post('/v1/customers/york/notice-preferences', {
    kind: 'payment_received',
    channel: 'email',
    isWanted: false,
  })
  await pay('york', 'york-2')
  const not = await lastOf('york', 'was not told', (one) => isEnded(one) && byMail(one).state === 'suppressed')
  assert.equal(byMail(not).reason, 'unsubscribed')
  await command('notice', 'preference', 'kyiv', '--channel', 'email', '--wanted', 'no')
  await moveTo('2026-02-11T06:00:00Z')
  await until('it was decided in the morning', async () => isEnded(await client.get<Notice>(`/v1/notices/${waits.id}`)))
  assert.equal(byMail(await client.get<Notice>(`/v1/notices/${waits.id}`)).reason, 'unsubscribed')
  assert.equal(mailsTo('kyiv@example.com').length, 1)
  const { said, history } = await client.get<{ said: Json[]; history: Json[] }>('/v1/customers/kyiv/notice-preferences')
  assert.deepEqual(said, [{ kind: '*', channel: 'email', isWanted: false }])
  assert.deepEqual(
    history.map(({ kind, channel, isWanted, origin }) => [kind, channel, isWanted, origin]),
    [['*', 'email', false, 'request']],
  )
})

test('a key is one notice; the same about the same soon again is a duplicate', async () => {
  await addCustomer('due')
  const data = { number: 'INV-1', amount: '12.50', currency: 'EUR', dueOn: '2026-02-01' }
  const ask = async (key: string, about: string): Promise<Notice> =>
    client.post<Notice>('/v1/notices', { kind: 'payment_reminder', account: 'due', key, about, data })
  const first = await ask('r1', 'INV-1')
  assert.equal((await ask('r1', 'INV-1')).id, first.id)
  await ask('r2', 'INV-1')
  await ask('r3', 'INV-2')
  await lastOf('due', 'all is decided', isEnded)
  assert.deepEqual(
    (await noticesOf('due')).map(({ state, reason }) => [state, reason]),
    [
      ['planned', null],
      ['suppressed', 'duplicate'],
      ['planned', null],
    ],
  )
  assert.equal(mailsTo('due@example.com').length, 2)
  const wrong = await request('POST', '/v1/notices', {
    body: { kind: 'news', account: 'due', key: 'w', data: { price: '1' } },
  })
  assert.deepEqual([wrong.status, wrong.json['detail']], [422, 'data: news says headline, body, and not price'])
})

test('an address that there is not is not written to again, until it is named anew; a server that is busy is asked again', async () => {
  await addCustomer('gone')
  const { id } = await client.post('/v1/customers/gone/contacts', {
    key: 'g',
    name: 'G',
    email: 'nobody@gone.example',
    roles: ['payer'],
  })
  await pay('gone', 'gone-1')
  const failed = byMail(await lastOf('gone', 'has failed', isEnded))
  assert.deepEqual([failed.state, failed.reason, failed.attempts.length], ['failed', 'no_such_address', 1])
  await pay('gone', 'gone-2')
  await lastOf('gone', 'was not tried', (one) => isEnded(one) && byMail(one).reason === 'address_failing')
  const [contact] = (await client.get<{ items: Json[] }>('/v1/customers/gone/contacts')).items
  assert.deepEqual(
    ((contact?.['failing'] ?? []) as Json[]).map(({ address, reason }) => [address, reason]),
    [['nobody@gone.example', 'no_such_address']],
  )
  await command('contact', 'change', String(id), '--email', 'somebody@gone.example')
  trouble = 'full'
  await pay('gone', 'gone-3')
  const waits = byMail(
    await lastOf(
      'gone',
      'waits',
      (one) =>
        one.messages.length > 0 && byMail(one).state === 'waiting' && byMail(one).attempts[0]?.['outcome'] === 'failed',
    ),
  )
  assert.equal(waits.attempts.length, 1)
})

test('what a server may have is unknown, and is sent again only when somebody says so', async () => {
  await addCustomer('lost')
  trouble = 'vanishes'
  await pay('lost', 'lost-1')
  const unknown = await lastOf('lost', 'is unknown', (one) => isEnded(one) && byMail(one).state === 'unknown')
  assert.equal(mailsTo('lost@example.com').length, 1)
  await command('notice', 'resend', unknown.id)
  await lastOf('lost', 'was sent', (one) => byMail(one).state === 'sent')
  assert.equal(mailsTo('lost@example.com').length, 2)
  // Whoever has both sees that they are one message.
  const [first, second] = mailsTo('lost@example.com')
  assert.equal(first?.messageId, second?.messageId)
  assert.equal((await request('POST', `/v1/notices/${unknown.id}/resend`, { body: {} })).status, 409)
})

test('a trial goes at once to an address of the operator, whatever the settings say; a limit of a day holds up the others', async () => {
  await setNotices({ on: false })
  const out = await command('notice', 'test', 'payment_reminder_final', '--account', 'olha', '--to', 'me@example.com')
  assert.match(out, /trial/)
  await until('it is there', async () => mailsTo('me@example.com').length === 1)
  assert.equal(mailsTo('me@example.com')[0]?.subject, 'Останнє нагадування: рахунок INV-000123')
  await setNotices({ mostPerDay: 1, costs: { email: { amount: '0.001', currency: 'EUR' } } })
  await addCustomer('busy')
  await pay('busy', 'busy-1')
  const first = byMail(await lastOf('busy', 'was told', isEnded))
  assert.deepEqual(first['cost'], { amount: '0.001', currency: 'EUR' })
  await pay('busy', 'busy-2')
  const second = byMail(await lastOf('busy', 'waits', (one) => one.messages[0]?.reason === 'rate_limit'))
  assert.equal(second.dueAt, '2026-02-12T06:00:00.000Z')
})

test('invoices go by e-mail as documents, and not as notices: they stand in the inbox', async () => {
  await setNotices()
  await addCustomer('paper')
  const lines = [{ description: 'A modem', quantity: '1', unitPrice: '10.00' }]
  await client.post('/v1/one-off-invoices', { key: 'one', account: 'paper', lines })
  const told = await lastOf('paper', 'was told', isEnded)
  assert.deepEqual([told.kind, told.messages.map(({ channel }) => channel)], ['invoice_issued', ['inbox']])
  assert.match(plain(told.messages[0]?.['text']), /over EUR 10\.00 was issued/)
})

test('another tenant and other keys see nothing of it', async () => {
  await client.post('/v1/tenants', { name: 'other' })
  const [notice] = await noticesOf('olha')
  const headers = { 'kvit-tenant': 'other' }
  assert.equal((await request('GET', `/v1/notices/${notice?.id}`, { headers })).status, 404)
  assert.deepEqual((await request('GET', '/v1/notices', { headers })).json['items'], [])
  const { key: apiKey } = await client.post('/v1/keys', { name: 'usage', scopes: ['usage:write'] })
  for (const path of ['/v1/notices', '/v1/notice-kinds', '/v1/customers/olha/contacts'])
    assert.equal((await request('GET', path, { headers: { authorization: `Bearer ${apiKey}` } })).status, 403)
  assert.deepEqual(await checkHolds(client), [])
})
