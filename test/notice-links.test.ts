/** What leads back from messages: links by which people unsubscribe, mail that comes back, entries that are read; and what tenants say in their own words. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ParsedMail } from 'mailparser'
import { FakeMailServer } from '../packages/fakes/src/fake-mail-server.ts'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, personWith, seedOperator, startKvit } from './harness.ts'
import { newSigningSecret, signedHeaders } from './signed-messages.ts'
import { until } from './test-postgres.ts'

const mail = new FakeMailServer()
after(async () => mail.close())
const port = await mail.listen()
const kvit = await startKvit('links', '2026-02-10T10:00:00Z', undefined, undefined, {
  privateHosts: [`localhost:${port}`],
})
const { app, client, request } = kvit
const command = commandsOf(app, 'links')
await seedOperator(client)
const values = { host: 'localhost', port, security: 'none', fromName: 'Operator', fromAddress: 'op@example.com' }
await client.post('/v1/settings/mail', { values }, 'PUT')
const bounceSecret = newSigningSecret()
const setNotices = async (more: Json = {}): Promise<unknown> =>
  client.post(
    '/v1/settings/notices',
    { values: { on: true, linkAddress: app.url, ...more }, secrets: { bounceSecret } },
    'PUT',
  )
await setNotices()

const mailsTo = (address: string): ParsedMail[] => mail.inbox.filter(({ to }) => [to].flat()[0]?.text === address)
/** Asks for a notice and waits for its mail. */
async function told(
  customer: string,
  kind: string,
  key: string,
  data: Json,
): Promise<{ id: string; letter: ParsedMail }> {
  const before = mailsTo(`${customer}@example.com`).length
  const { id } = await client.post<{ id: string }>('/v1/notices', { kind, account: customer, key, data })
  await until(`${customer} has mail`, async () => mailsTo(`${customer}@example.com`).length > before)
  return { id, letter: mailsTo(`${customer}@example.com`).at(-1) as ParsedMail }
}
const RECEIVED = { amount: '12.50', currency: 'EUR', receivedOn: '2026-02-10' }
async function addCustomer(key: string, more: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, email: `${key}@example.com`, ...more })
  const cycle = { issuer: 'op', currency: 'EUR', cycleAnchor: '2026-01-01', zone: 'Europe/Kyiv' }
  await client.post('/v1/accounts', { key, customer: key, ...cycle })
}
const linkOf = (letter: ParsedMail): string =>
  String((letter.headers.get('list') as { unsubscribe: { url: string } }).unsubscribe.url)
const said = async (customer: string): Promise<Json[]> =>
  (await client.get<{ history: Json[] }>(`/v1/customers/${customer}/notice-preferences`)).history.map(
    ({ kind, channel, origin }) => ({ kind, channel, origin }),
  )
const form = async (url: string, body: string): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

for (const key of ['ann', 'bob', 'eve']) await addCustomer(key)

test('whoever opens the link is asked, and nothing changes: programs that look for harm open links, too', async () => {
  const { letter } = await told('ann', 'payment_received', 'a1', RECEIVED)
  for (let looks = 0; looks < 3; looks++) {
    const page = await fetch(linkOf(letter))
    const text = await page.text()
    assert.equal(page.status, 200)
    assert.match(text, /a…@example\.com/)
    assert.ok(!text.includes('ann@example.com'))
  }
  assert.deepEqual(await said('ann'), [])
  const done = await form(linkOf(letter), 'what=kind')
  assert.match(await done.text(), /will not be sent any more/)
  await form(linkOf(letter), 'what=kind')
  assert.deepEqual(await said('ann'), [{ kind: 'payment_received', channel: 'email', origin: 'link' }])
  await form(linkOf(letter), 'what=all')
  assert.equal((await said('ann'))[0]?.['kind'], '*')
})

test('one click of a program that shows mail is enough; what is mandatory has no link and comes all the same', async () => {
  const { letter } = await told('bob', 'payment_received', 'b1', RECEIVED)
  assert.equal((await form(linkOf(letter), 'List-Unsubscribe=One-Click')).status, 200)
  assert.deepEqual(await said('bob'), [{ kind: 'payment_received', channel: 'email', origin: 'one_click' }])
  const { id } = await client.post<{ id: string }>('/v1/notices', {
    kind: 'payment_received',
    account: 'bob',
    key: 'b2',
    data: RECEIVED,
  })
  await until('it is not sent', async () => {
    const { messages } = await client.get<{ messages: Json[] }>(`/v1/notices/${id}`)
    return messages[0]?.['reason'] === 'unsubscribed'
  })
  const data = { number: 'INV-1', amount: '12.50', currency: 'EUR', dueOn: '2026-02-01' }
  const reminder = await told('bob', 'payment_reminder', 'b3', data)
  assert.equal(reminder.letter.headers.get('list'), undefined)
  assert.ok(!String(reminder.letter.text).includes('unsubscribe'))
})

test('a link cannot be guessed: another secret, another tenant and another message open nothing, and are counted', async () => {
  const { letter } = await told('eve', 'payment_received', 'e1', RECEIVED)
  const [, tenant, id, secret] = /unsubscribe\/([^.]+)\.([0-9a-f]{32})_(.+)$/.exec(linkOf(letter)) ?? []
  const other = `${String(secret).slice(0, -2)}AA`
  await client.post('/v1/tenants', { name: 'neighbour' })
  for (const wrong of [
    `${tenant}.${id}_${other}`,
    `neighbour.${id}_${secret}`,
    `${tenant}.${'0'.repeat(32)}_${secret}`,
    'x',
  ])
    assert.equal((await fetch(`${app.url}/unsubscribe/${wrong}`)).status, 404)
  let answers = 0
  for (let tries = 0; tries < 60; tries++)
    if ((await fetch(`${app.url}/unsubscribe/${tenant}.${id}_${other}`)).status === 429) answers++
  assert.ok(answers >= 10)
  // Whoever has the right one is not held up by that.
  assert.equal((await fetch(linkOf(letter))).status, 200)
  assert.deepEqual(await said('eve'), [])
})

let sent = 0
const callback = async (body: Json, secret = bounceSecret): Promise<{ status: number; json: Json }> => {
  const raw = JSON.stringify(body)
  const headers = signedHeaders(secret, `m${++sent}`, raw, Math.floor(Date.now() / 1000))
  return request('POST', '/v1/callbacks/links/mail-bounces', { raw, headers: { ...headers, authorization: '' } })
}

test('mail that came back marks its address; a complaint ends what is not mandatory; who has not signed tells nothing', async () => {
  await addCustomer('back')
  await addCustomer('angry')
  const first = await told('back', 'payment_received', 'k1', RECEIVED)
  const bounce = { type: 'bounce', messageId: first.letter.messageId, said: '550 gone' }
  assert.equal((await callback(bounce, newSigningSecret())).status, 401)
  assert.deepEqual((await callback(bounce)).json, { messages: 1 })
  const { messages } = await client.get<{ messages: Json[] }>(`/v1/notices/${first.id}`)
  assert.deepEqual(
    [messages[0]?.['state'], messages[0]?.['reason'], messages[0]?.['said']],
    ['failed', 'bounced', '550 gone'],
  )
  const { id } = await client.post<{ id: string }>('/v1/notices', {
    kind: 'payment_received',
    account: 'back',
    key: 'k2',
    data: RECEIVED,
  })
  await until('it is not sent', async () => {
    const next = await client.get<{ messages: Json[] }>(`/v1/notices/${id}`)
    return next.messages[0]?.['reason'] === 'address_failing'
  })
  const { letter } = await told('angry', 'payment_received', 'k3', RECEIVED)
  assert.deepEqual((await callback({ type: 'complaint', messageId: letter.messageId })).json, { messages: 1 })
  assert.deepEqual(await said('angry'), [{ kind: '*', channel: 'email', origin: 'complaint' }])
  assert.deepEqual((await callback({ type: 'complaint', messageId: '<other@example.com>' })).json, { messages: 0 })
})

test('what a tenant says itself is tried out, approved by another person, and used; the versions stay', async () => {
  await addCustomer('own', { language: 'pl' })
  await setNotices({ approveTemplates: true })
  const body = {
    ...{ kind: 'payment_received', language: 'pl', subject: 'Wpłata {{ amount | money: currency }}' },
    ...{ text: 'Dziękujemy, {{ customer }}.', html: '<p>Dziękujemy, {{ customer }}.</p>' },
  }
  const wrong = await request('POST', '/v1/notice-templates', { body: { ...body, text: '{{ balance }}' } })
  assert.deepEqual([wrong.status, /undefined variable: balance/.test(String(wrong.json['detail']))], [422, true])
  const files = await request('POST', '/v1/notice-templates', {
    body: { ...body, text: "{% include '/etc/passwd' %}" },
  })
  assert.equal(files.status, 422)
  const draft = await client.post('/v1/notice-templates', body)
  assert.deepEqual([draft['version'], draft['state']], [1, 'draft'])
  const shown = await client.post('/v1/notice-previews', {
    kind: 'payment_received',
    account: 'own',
    template: { text: '{{ seller }}: {{ amount }}' },
  })
  assert.match(String(shown['text']), /^Operator: 12\.50/)
  assert.equal((await request('POST', `/v1/notice-templates/${draft['id']}/approve`, { body: {} })).status, 403)
  const second = await personWith(kvit, 'second', ['settings:write', 'settings:read'])
  await second.post(`/v1/notice-templates/${draft['id']}/approve`, {})
  const { letter } = await told('own', 'payment_received', 'o1', RECEIVED)
  assert.equal(letter.subject?.replaceAll('\u00a0', ' '), 'Wpłata 12,50 EUR')
  assert.match(String(letter.html), /<p>Dziękujemy, Customer own\.<\/p>/)
  await setNotices()
  const next = await client.post('/v1/notice-templates', { ...body, text: 'Wpłynęło.' })
  assert.equal(next['version'], 2)
  await command('notice', 'template', 'approve', String(next['id']))
  const last = await told('own', 'payment_received', 'o2', RECEIVED)
  assert.match(String(last.letter.text), /^Wpłynęło\./)
  assert.match(await command('notice', 'template', 'list'), /approved/)
  assert.match(await command('notice', 'preview', 'payment_received', '--account', 'own'), /Wpłynęło/)
})

test('a further way is taken when nobody has read it in time, or the one before has failed; not when it was read', async () => {
  const again = { channel: 'email', when: 'not_read', afterMinutes: 10 }
  await setNotices({ kinds: { payment_received: { chain: [{ channel: 'voice' }, { channel: 'email' }, again] } } })
  await addCustomer('chain')
  await addCustomer('reads')
  const chain = await told('chain', 'payment_received', 'c1', RECEIVED)
  const reads = await told('reads', 'payment_received', 'c2', RECEIVED)
  const states = async (id: string): Promise<unknown[]> =>
    (await client.get<{ messages: Json[] }>(`/v1/notices/${id}`)).messages.map(({ channel, state, reason, dueAt }) => [
      channel,
      state,
      reason,
      String(dueAt).slice(11, 16),
    ])
  const begun = [
    ['voice', 'failed', 'not_set_up', '10:00'],
    ['email', 'sent', null, '10:00'],
    ['email', 'waiting', null, '10:10'],
    ['inbox', 'delivered', null, '10:00'],
  ]
  await until('the mail was taken', async () => JSON.stringify(await states(chain.id)) === JSON.stringify(begun))
  const { items } = await client.get<{ items: Json[] }>('/v1/customers/reads/inbox?unread=true')
  assert.match(String(items[0]?.['text']), /12\.50/)
  await command('notice', 'read', String(items[0]?.['id']))
  assert.deepEqual((await client.get<{ items: Json[] }>('/v1/customers/reads/inbox?unread=true')).items, [])
  await client.post('/v1/tenants/links', { clock: '2026-02-10T10:10:00Z' }, 'PATCH')
  await until('it has come again', async () => mailsTo('chain@example.com').length === 2)
  assert.deepEqual((await states(reads.id))[2], ['email', 'suppressed', 'not_needed', '10:10'])
  assert.equal(mailsTo('reads@example.com').length, 1)
})

test('an erasure empties what was said; other keys read and write none of it', async () => {
  const narrow = await personWith(kvit, 'narrow', ['usage:write'])
  for (const path of ['/v1/customers/ann/inbox', '/v1/notice-templates'])
    await assert.rejects(async () => narrow.get(path), /scope/)
  await client.post('/v1/customers', { key: 'leaves', name: 'Leaves Soon', email: 'leaves@example.com' })
  const contact = { key: 'friend', name: 'Dear Friend', email: 'friend@example.com', roles: ['payer'] }
  await client.post('/v1/customers/leaves/contacts', contact)
  await client.post('/v1/customers/leaves/erasure', {})
  assert.deepEqual(
    (await client.get<{ items: Json[] }>('/v1/customers/leaves/contacts')).items.map(({ name, email }) => [
      name,
      email,
    ]),
    [['erased', null]],
  )
  assert.deepEqual(await checkHolds(client), [])
})
