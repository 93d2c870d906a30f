import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { FakeMailServer } from '../packages/fakes/src/fake-mail-server.ts'
import type { Json } from '../src/cli/client.ts'
import { connectTo } from './seed.ts'
import { BenchServer } from './server.ts'

/** Customers who are told; each gets its share of the messages. */
const CUSTOMERS = 10_000
const SCHEMA = 't_telling'
const LOOK_EVERY_MS = 250

interface Receiver {
  /** Where it is, as `KVIT_PRIVATE_HOSTS` names it. */
  readonly host: string
  /** How often each message came, by its id. */
  readonly came: Map<string, number>
  readonly close: () => Promise<void>
}

const count = (came: Map<string, number>, id: string): void => void came.set(id, (came.get(id) ?? 0) + 1)

/** Takes all mail and keeps the ids alone. */
async function mailSink(): Promise<Receiver> {
  const came = new Map<string, number>()
  const sink = (bytes: Buffer): void => count(came, /^Message-ID: (\S+)/im.exec(bytes.toString('latin1'))?.[1] ?? '')
  const mail = new FakeMailServer({ sink })
  return { host: `localhost:${await mail.listen()}`, came, close: async () => mail.close() }
}

/** Takes requests of webhooks, or of an SMS gateway, and keeps the ids alone. */
async function httpSink(idOf: (request: IncomingMessage, body: string) => string): Promise<Receiver> {
  const came = new Map<string, number>()
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request)
    count(came, idOf(request, body))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}')
  }
  const server = createServer((request, response) => void hear(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
  }
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, came, close }
}

/** What is measured while so many messages go out. */
interface Told {
  readonly seconds: number
  readonly peakMb: number
  readonly micros: number
  readonly postgresMicros: number
}

/** Waits until nothing is left, and kills the server so many times meanwhile. The time and the work of what was killed count, too. */
async function watch(
  server: BenchServer,
  {
    total,
    kills,
    came,
    left,
  }: { total: number; kills: number; came: Map<string, number>; left: () => Promise<number> },
): Promise<Told> {
  const startedMs = performance.now()
  let [peakMb, micros, killed] = [0, 0, 0]
  let before = [server.processMicros(), await server.postgresMicros()]
  let postgresMicros = 0
  const addUp = async (): Promise<void> => {
    peakMb = Math.max(peakMb, server.peakMegabytes())
    const now = [server.processMicros(), await server.postgresMicros()]
    micros += (now[0] as number) - (before[0] as number)
    postgresMicros += (now[1] as number) - (before[1] as number)
  }
  while ((await left()) > 0) {
    await setTimeout(LOOK_EVERY_MS)
    if (killed >= kills || came.size < (total * (killed + 1)) / (kills + 1)) continue
    await addUp()
    await server.stop('SIGKILL')
    await server.start()
    killed++
    before = [server.processMicros(), await server.postgresMicros()]
  }
  await addUp()
  return { seconds: (performance.now() - startedMs) / 1_000, peakMb, micros, postgresMicros }
}

function figures(
  total: number,
  kills: number,
  { seconds, peakMb, micros, postgresMicros }: Told,
  came: Map<string, number>,
): Json {
  return {
    ...{
      messages: total,
      kills,
      perSecond: Math.round(total / seconds),
      seconds: Number(seconds.toFixed(1)),
      peakRssMb: peakMb,
    },
    ...{ serverMicrosEach: Math.round(micros / total), postgresMicrosEach: Math.round(postgresMicros / total) },
    ...{ came: came.size, cameAgain: [...came.values()].filter((times) => times > 1).length },
  }
}

async function open(receiver: Receiver): Promise<BenchServer> {
  const server = new BenchServer({ KVIT_PRIVATE_HOSTS: receiver.host })
  await server.start()
  await server.prepare('telling', CUSTOMERS, null)
  return server
}

/** Each time over a connection of its own: the database is another process with each start of the server. @returns `n` of the first row */
async function ask(server: BenchServer, query: string, values: unknown[] = []): Promise<number> {
  const database = await connectTo(server.dataDir)
  try {
    await database.query(`set search_path to ${SCHEMA}`)
    return Number((await database.query<{ n: number }>(query, values)).rows[0]?.n ?? 0)
  } finally {
    await database.end()
  }
}

/** Notices that wait all at once and go out by e-mail or SMS, while the server is killed. */
async function measureNotices(total: number, kills: number, channel: string): Promise<Json> {
  const textIn = (body: string): string => String((JSON.parse(body) as Json)['text'])
  const receiver = channel === 'email' ? await mailSink() : await httpSink((_request, body) => textIn(body))
  const server = await open(receiver)
  try {
    const client = server.client('telling')
    const [host = '', port] = receiver.host.split(':')
    const mail = { host, port: Number(port), security: 'none', fromName: 'Op', fromAddress: 'op@example.com' }
    const sms = { preset: 'generic', from: 'Op', shape: { url: `http://${receiver.host}/messages` } }
    if (channel === 'email') await client.post('/v1/settings/mail', { values: mail }, 'PUT')
    else await client.post('/v1/settings/sms-http', { values: sms, secrets: { secret: 'sesame' } }, 'PUT')
    const kinds = { receipt: { chain: [{ channel }] } }
    const terms = { on: true, inbox: false, quietFrom: null, quietUntil: null, kinds }
    await client.post('/v1/settings/notices', { values: terms }, 'PUT')
    await ask(
      server,
      `insert into contact (id, customer_id, key, name, email, phone, addresses, roles, created_at, updated_at)
      select gen_random_uuid(), id, 'self', name, key || '@example.com', '+380441112233', '{}', '["payer"]', created_at, created_at from customer`,
    )
    // Seeding is not what is measured.
    await ask(
      server,
      `insert into notice (id, kind, key, customer_id, account_id, data, origin, state, created_at)
        select gen_random_uuid(), 'receipt', 'n' || n, a.customer_id, a.id,
          jsonb_build_object('number', 'R-' || n, 'amount', '12.50', 'currency', 'EUR'), 'request', 'new', '2026-02-01T00:00:00Z'
        from generate_series(0, $1::int - 1) n
        join (select id, customer_id, row_number() over (order by key) - 1 as place from account) a on a.place = n % $2::int`,
      [total, CUSTOMERS],
    )
    const left = async (): Promise<number> =>
      ask(
        server,
        `select ((exists (select from notice where state = 'new'))::int + (exists (select from notice_send where state in ('waiting', 'sending')))::int) as n`,
      )
    const told = await watch(server, { total, kills, came: receiver.came, left })
    const unknown = await ask(server, `select count(*) as n from notice_send where state = 'unknown'`)
    const failed = await ask(server, `select count(*) as n from notice_send where state not in ('sent', 'unknown')`)
    const { holds } = await client.get<{ holds: boolean }>('/v1/check')
    const counts = figures(total, kills, told, receiver.came)
    const isOnce = counts['cameAgain'] === 0 && receiver.came.size + unknown >= total
    return { channel, ...counts, unknown, failed, invariantsHold: holds && isOnce }
  } finally {
    await server.close()
    await receiver.close()
  }
}

/** Events that an endpoint is told of all at once, while the server is killed. */
async function measureWebhooks(total: number, kills: number): Promise<Json> {
  const receiver = await httpSink((request) => String(request.headers['webhook-id']))
  const server = await open(receiver)
  try {
    const client = server.client('telling')
    await client.post('/v1/webhook-endpoints', {
      key: 'crm',
      url: `http://${receiver.host}/`,
      types: ['customer.updated'],
    })
    await ask(
      server,
      `insert into event (id, type, object_kind, object_id, customer_id, data, created_at)
        select gen_random_uuid(), 'customer.updated', 'customer', c.id::text, c.id,
          jsonb_build_object('key', c.key, 'changed', jsonb_build_array('name')), '2026-02-01T00:00:00Z'
        from generate_series(0, $1::int - 1) n
        join (select id, key, row_number() over (order by key) - 1 as place from customer) c on c.place = n % $2::int`,
      [total, CUSTOMERS],
    )
    const left = async (): Promise<number> =>
      ask(
        server,
        `select ((exists (select from event where seq is null))::int
          + (exists (select from event_subscriber where name = 'webhooks' and seq < (select seq from event_head)))::int
          + (exists (select from webhook_delivery where state = 'waiting'))::int) as n`,
      )
    const told = await watch(server, { total, kills, came: receiver.came, left })
    const { holds } = await client.get<{ holds: boolean }>('/v1/check')
    return { ...figures(total, kills, told, receiver.came), invariantsHold: holds && receiver.came.size === total }
  } finally {
    await server.close()
    await receiver.close()
  }
}

/** Notices, or webhooks, whichever is asked for. */
export async function measureTelling({
  notices,
  webhooks,
  kills,
  channel,
}: {
  readonly notices?: string | undefined
  readonly webhooks?: string | undefined
  readonly kills: string
  readonly channel: string
}): Promise<Json> {
  return notices === undefined
    ? measureWebhooks(Number(webhooks), Number(kills))
    : measureNotices(Number(notices), Number(kills), channel)
}
