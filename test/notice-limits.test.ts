/** What has to hold of notices when much happens at once, when people are erased meanwhile, and when mail servers say odd things. */
import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { AccessService } from '../src/modules/access/index.ts'
import { planNotices } from '../src/modules/notifications/planner.ts'
import { connect } from '../src/platform/db.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { seedOperator, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

/** A mail server that answers what a test says: to whom a message may go, and what is said when it is whole. */
let toRecipient = (_line: string): string => '250 ok'
let toMessage = (): string => '250 queued'
let held: Promise<void> = Promise.resolve()
const recipients: string[] = []
/** Messages as they came. */
const texts: string[] = []

function talk(socket: Socket): void {
  let text = ''
  let isMessage = false
  const say = (line: string): boolean => socket.write(`${line}\r\n`)
  socket.on('error', () => undefined)
  say('220 mail.example ESMTP')
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1')
    for (
      let end = text.indexOf(isMessage ? '\r\n.\r\n' : '\r\n');
      end >= 0;
      end = text.indexOf(isMessage ? '\r\n.\r\n' : '\r\n')
    ) {
      const line = text.slice(0, end)
      text = text.slice(end + (isMessage ? 5 : 2))
      if (isMessage) {
        isMessage = false
        texts.push(line)
        void held.then(() => say(toMessage()))
      } else if (line.startsWith('DATA')) {
        isMessage = true
        say('354 go on')
      } else if (line.startsWith('RCPT')) {
        recipients.push(line)
        say(toRecipient(line))
      } else say('250 ok')
    }
  })
}

const server = createServer(talk)
after(() => server.close())
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const kvit = await startKvit('told', '2026-02-10T10:00:00Z', undefined, undefined, {
  privateHosts: [`localhost:${port}`],
})
const { client, request } = kvit
const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
await database.connect()
const db = connect(kvit.config.databaseUrl)
after(async () => {
  await database.end()
  await db.destroy()
})
/** Tables of the tenant in which a text stands. */
async function placesOf(text: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 't_told'`,
  )
  const places: string[] = []
  for (const { name } of rows) {
    const found = await database.query(`select from t_told."${name}" t where to_jsonb(t.*)::text like $1 limit 1`, [
      `%${text}%`,
    ])
    if (found.rows.length > 0) places.push(name)
  }
  return places
}
await seedOperator(client)
const values = { host: 'localhost', port, security: 'none', fromName: 'Operator', fromAddress: 'op@example.com' }
await client.post('/v1/settings/mail', { values }, 'PUT')
const setNotices = async (more: Json = {}): Promise<unknown> =>
  client.post('/v1/settings/notices', { values: { on: true, ...more } }, 'PUT')

async function addCustomer(key: string): Promise<void> {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, email: `${key}@example.com` })
  const cycle = { issuer: 'op', currency: 'EUR', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key, customer: key, zone: 'Europe/Kyiv', ...cycle })
}

interface Notice extends Json {
  readonly id: string
  readonly messages: readonly (Json & { channel: string; state: string; reason: string | null })[]
}
const MONEY = { amount: '5.00', currency: 'EUR' }
const ask = async (account: string, key: string): Promise<Notice> =>
  client.post<Notice>('/v1/notices', { kind: 'top_up', account, key, data: MONEY })
const byMail = ({ messages }: Notice) => messages.find(({ channel }) => channel === 'email')
/** Resolves when the e-mail of a notice has gone, or will not go. */
async function ended({ id }: Notice): Promise<{ state: string; reason: string | null } & Json> {
  let found: ReturnType<typeof byMail>
  await until(`the e-mail of ${id} has an end`, async () => {
    found = byMail(await client.get<Notice>(`/v1/notices/${id}`))
    return found !== undefined && !['waiting', 'sending', 'stand_by'].includes(found.state)
  })
  return found as NonNullable<typeof found>
}
const countTo = (address: string): number => recipients.filter((line) => line.includes(address)).length

test('a limit of a day holds, however many messages are due at the same moment', async () => {
  await setNotices({ mostPerDay: 1 })
  await addCustomer('many')
  const asked = await Promise.all(['1', '2', '3', '4', '5', '6'].map(async (key) => ask('many', `many-${key}`)))
  await until('all is decided', async () => {
    const notices = await Promise.all(asked.map(async ({ id }) => client.get<Notice>(`/v1/notices/${id}`)))
    const states = notices.map((notice) => byMail(notice)?.reason ?? byMail(notice)?.state ?? 'none')
    return states.toSorted().join(' ') === 'rate_limit rate_limit rate_limit rate_limit rate_limit sent'
  })
  assert.equal(countTo('many@example.com'), 1)
  await setNotices()
})

test('a server that takes nothing from us says nothing of the address; one that failed is tried again when it is set anew', async () => {
  await addCustomer('own')
  toRecipient = () => '550 5.7.1 Relaying denied'
  const denied = await ended(await ask('own', 'own-1'))
  assert.deepEqual([denied.state, denied.reason], ['failed', 'blocked'])
  toRecipient = () => '550 5.1.1 No such user'
  assert.equal((await ended(await ask('own', 'own-2'))).reason, 'no_such_address')
  toRecipient = () => '250 ok'
  assert.equal((await ended(await ask('own', 'own-3'))).reason, 'address_failing')
  await client.post('/v1/customers/own', { email: 'own@example.com' }, 'PATCH')
  let at = 3
  await until('it is tried again', async () => (await ended(await ask('own', `own-${++at}`))).state === 'sent')
})

test('whatever a server says when it takes a message, it has it', async () => {
  await addCustomer('odd')
  toMessage = () => `250 queued\0 as ${'x'.repeat(5_000)}`
  const { state, said } = await ended(await ask('odd', 'odd-1'))
  toMessage = () => '250 queued'
  assert.equal(state, 'sent')
  assert.match(String(said), /^250 queued\s+as x+$/)
})

test('who is erased while a message is under way is in nothing that is kept of it, and is named no more', async () => {
  await addCustomer('gone')
  const eva = { key: 'payer', name: 'Eva Pay', email: 'eva@gone.example', roles: ['payer'] }
  const contact = await client.post('/v1/customers/gone/contacts', eva)
  const { promise, resolve } = Promise.withResolvers<void>()
  held = promise
  const asked = await ask('gone', 'gone-1')
  await until('it is under way', async () => countTo('eva@gone.example') === 1)
  await client.post('/v1/customers/gone/erasure', {})
  toMessage = () => '550 5.1.1 nobody is eva@gone.example'
  resolve()
  assert.equal((await ended(asked)).state, 'failed')
  toMessage = () => '250 queued'
  assert.doesNotMatch(JSON.stringify(await client.get(`/v1/notices/${asked.id}`)), /eva/i)
  const again = { name: 'Eva Again', email: 'eva@again.example' }
  assert.equal((await request('PATCH', `/v1/contacts/${String(contact['id'])}`, { body: again })).status, 409)
})

test('a notice that is sent again goes its ways one after another, as the first time', async () => {
  const chain = [{ channel: 'email' }, { channel: 'email', when: 'failed' }]
  await setNotices({ kinds: { top_up: { chain, inbox: false } } })
  await addCustomer('twice')
  toRecipient = () => '554 no'
  const { id } = await ask('twice', 'twice-1')
  const states = async (): Promise<string> =>
    (await client.get<Notice>(`/v1/notices/${id}`)).messages.map(({ state }) => state).join(' ')
  await until('both have failed', async () => (await states()) === 'failed failed')
  toRecipient = () => '250 ok'
  await client.post(`/v1/notices/${id}/resend`, {})
  await until('the first way was enough', async () => (await states()) === 'sent stand_by')
  assert.equal(countTo('twice@example.com'), 3)
  await setNotices()
})

test('a code is shown to nobody but its person; a key of another account is a mistake, and so is a list of addresses', async () => {
  for (const key of ['one', 'two']) await addCustomer(key)
  const body = { kind: 'security_code', account: 'one', key: 'code', data: { code: '123456', minutes: '5' } }
  const { promise, resolve } = Promise.withResolvers<void>()
  held = promise
  const asked = await client.post<Notice>('/v1/notices', body)
  await until('it is under way', async () => texts.some((text) => text.includes('123456')))
  assert.deepEqual(await placesOf('123456'), [], 'it stands nowhere readable')
  const exported = JSON.stringify(await client.get('/v1/customers/one/personal-data'))
  assert.match(exported, /security_code/)
  assert.doesNotMatch(exported, /123456/)
  resolve()
  assert.equal((await ended(asked)).state, 'sent')
  const { rows: left } = await database.query('select from t_told.notice_secret')
  assert.equal(left.length, 0, 'and nowhere at all once it was sent')
  const shown = [asked, await client.get(`/v1/notices/${asked.id}`), await client.get('/v1/notices?customer=one')]
  assert.doesNotMatch(JSON.stringify(shown), /123456/)
  assert.equal((await request('POST', '/v1/notices', { body: { ...body, account: 'two' } })).status, 409)
  const trial = { kind: 'top_up', account: 'one', channel: 'email', to: 'me@example.com, you@example.com' }
  assert.equal((await request('POST', '/v1/notice-trials', { body: trial })).status, 422)
})

test('a code for two people is there for the second one when the first one has it, and no answer of a server repeats it', async () => {
  await addCustomer('firm')
  for (const key of ['eva', 'max'])
    await client.post('/v1/customers/firm/contacts', { key, name: key, email: `${key}@firm.example`, roles: ['owner'] })
  toRecipient = (line) => (line.includes('eva@') ? '451 4.7.1 later, about 654321' : '250 ok')
  const data = { code: '654321', minutes: '5' }
  const { id } = await client.post<Notice>('/v1/notices', { kind: 'security_code', account: 'firm', key: 'two', data })
  const states = async (): Promise<string> =>
    (await client.get<Notice>(`/v1/notices/${id}`)).messages.map(({ state }) => state).join(' ')
  await until('one has it, the other one waits', async () => (await states()) === 'waiting sent')
  const left = async (): Promise<number> => (await database.query('select from t_told.notice_secret')).rows.length
  assert.equal(await left(), 1)
  assert.doesNotMatch(JSON.stringify(await client.get(`/v1/notices/${id}`)), /654321/)
  toRecipient = () => '250 ok'
  await database.query(`update t_told.notice_send set retry_at = now() where notice_id = $1 and state = 'waiting'`, [
    id,
  ])
  await until('both have it', async () => (await states()) === 'sent sent')
  assert.equal(await left(), 0)
})

test('a text that is cut within a sign is sent and kept', async () => {
  const headline = `${'a'.repeat(299)}😀`
  const trial = { kind: 'news', account: 'firm', channel: 'email', to: 'x@example.com', data: { headline, body: 'B' } }
  const asked = await client.post<Notice>('/v1/notice-trials', trial)
  assert.equal((await ended(asked)).state, 'sent')
})

test('of the same asked for twice at once one is sent, also where several plan at the same time', async () => {
  await setNotices()
  await addCustomer('same')
  const many = 400
  await database.query(
    `insert into t_told.notice (id, kind, key, customer_id, account_id, about, data, origin, state, created_at)
      select gen_random_uuid(), 'payment_reminder', 'same-' || n, c.id, a.id, 'invoice-' || n % $1::int, '{}', 'module', 'new', '2026-02-10T10:00:00Z'
      from generate_series(0, 2 * $1::int - 1) n, t_told.customer c join t_told.account a on a.customer_id = c.id where c.key = 'same'`,
    [many / 2],
  )
  const tenant = (await new AccessService(db).findTenant('told')) as Tenant
  const plan = async (): Promise<boolean> => planNotices(db, tenant, Date.parse('2026-02-10T10:00:00Z'))
  await Promise.all([plan(), plan(), plan()])
  while (await plan());
  await until('all are planned', async () => {
    const { rows } = await database.query(`select from t_told.notice where key like 'same-%' and state = 'new'`)
    return rows.length === 0
  })
  const { rows } = await database.query(
    `select state, reason, count(*)::int as n, count(distinct about)::int as about from t_told.notice where key like 'same-%' group by 1, 2 order by 1`,
  )
  assert.deepEqual(rows, [
    { state: 'planned', reason: null, n: many / 2, about: many / 2 },
    { state: 'suppressed', reason: 'duplicate', n: many / 2, about: many / 2 },
  ])
})
