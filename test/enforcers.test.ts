/** What tells the network of services: the contract on all adapters, RADIUS over a network that loses datagrams, and FreeRADIUS as a peer. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { ENFORCER_CONTRACT } from '../packages/fakes/src/enforcer-contract.ts'
import { FakeNas, type NasTrouble } from '../packages/fakes/src/fake-nas.ts'
import { guardedHttp } from '../src/adapters/guarded-http/guarded-http.ts'
import { radiusCoa } from '../src/adapters/radius-coa/radius-coa.ts'
import type { RadiusTerms, WishedState } from '../src/modules/service-blocks/ports.ts'
import { webhookEnforcer } from '../src/modules/service-blocks/webhook-enforcer.ts'

const SECRET = 'radius-secret-of-the-test'
const SERVICE = '380501112233'
const WAITING = new AbortController().signal
const nas = await FakeNas.listen(SECRET)
after(() => nas.close())

const TERMS: RadiusTerms = {
  ...{ host: '127.0.0.1', port: nas.port, identify: [{ attribute: 'User-Name', value: '{service}' }] },
  states: {
    open: { request: 'coa', attributes: [{ attribute: 'Filter-Id', value: 'normal' }] },
    throttled: {
      request: 'coa',
      attributes: [
        { attribute: 'Filter-Id', value: 'slow' },
        { vendor: 14_988, type: 8, format: 'text', value: '{kbps}k/{kbps}k' },
      ],
    },
    restricted: { request: 'coa', attributes: [{ attribute: 'Filter-Id', value: 'no {barred}' }] },
    blocked: { request: 'disconnect', attributes: [] },
  },
}
const door = radiusCoa([`127.0.0.1:${nas.port}`])
const enforcer = door.open(TERMS, SECRET)
const wished = (change: Partial<WishedState> = {}): WishedState => ({
  ...{ serviceId: '0198c0de-7a2b-7000-8000-000000000001', service: SERVICE, version: 1, changedAt: new Date(0) },
  ...{ accountId: '0198c0de-7a2b-7000-8000-000000000002', state: 'blocked', barred: [], kbps: null, reasons: [] },
  ...change,
})
const behave = (...troubles: NasTrouble[]): void => {
  nas.taken.length = 0
  nas.datagrams = 0
  nas.unsigned = 0
  nas.troubles.splice(0, nas.troubles.length, ...troubles)
}

let answer: 'well' | 'no' | 'silent' | 'garbled' = 'well'
const received: string[] = []
async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  received.push((JSON.parse(Buffer.concat(chunks).toString()) as { service: string }).service)
  if (answer === 'garbled') request.socket.end('no HTTP')
  else if (answer !== 'silent') response.writeHead(answer === 'no' ? 422 : 204).end()
}
const receiver = createServer((request, response) => void receive(request, response))
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
after(() => {
  receiver.closeAllConnections()
  receiver.close()
})
const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`

for (const { rule, check } of ENFORCER_CONTRACT) {
  test(`radius: ${rule}`, async () =>
    check(async () => {
      behave('none')
      return {
        ...{ enforcer, secret: SECRET, told: () => nas.taken.map(({ attributes }) => String(attributes.get(1))) },
        ...{ refuse: () => behave('refused'), fallSilent: () => behave('lost'), garble: () => behave('garbled') },
      }
    }))
  test(`webhook: ${rule}`, async () =>
    check(async () => {
      answer = 'well'
      received.length = 0
      const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
      return {
        ...{ enforcer: webhookEnforcer(guardedHttp([host]), `http://${host}/`, secret), secret, told: () => received },
        refuse: () => (answer = 'no'),
        fallSilent: () => (answer = 'silent'),
        garble: () => (answer = 'garbled'),
      }
    }))
}

test('a state is a request with its attributes, signed twice, with the time of it', async () => {
  behave('none')
  assert.equal((await enforcer.enforce(wished({ state: 'throttled', kbps: 64 }), WAITING)).outcome, 'enforced')
  const [request] = nas.taken
  assert.equal(request?.code, 43)
  assert.equal(request?.attributes.get(11)?.toString(), 'slow')
  assert.deepEqual(
    request?.attributes.get(26),
    Buffer.concat([Buffer.from([0, 0, 0x3a, 0x8c, 8, 9]), Buffer.from('64k/64k')]),
  )
  const ageSeconds = Math.floor(Date.now() / 1000) - (request?.attributes.get(55)?.readUInt32BE() ?? 0)
  assert.ok(ageSeconds >= 0 && ageSeconds < 60)
  await enforcer.enforce(wished({ state: 'restricted', barred: ['outgoing', 'data'] }), WAITING)
  await enforcer.enforce(wished(), WAITING)
  assert.deepEqual(nas.asked(SERVICE), ['slow', 'no outgoing+data', 'disconnect'])
})

test('what is lost is sent again as it was, and done once; strange answers and second ones change nothing', async () => {
  for (const [troubles, datagrams] of [
    [['lost', 'none'], 2],
    [['unanswered', 'none'], 2],
    [['garbled', 'none'], 2],
    [['stranger', 'twice'], 2],
  ] as const) {
    behave(...troubles)
    const { outcome } = await enforcer.enforce(wished(), WAITING)
    assert.deepEqual([outcome, nas.taken.length, nas.datagrams], ['enforced', 1, datagrams], troubles.join())
  }
})

test('a peer without the session has nothing to enforce; why it says no is told', async () => {
  behave('absent')
  assert.deepEqual(await enforcer.enforce(wished(), WAITING), {
    ...{ outcome: 'enforced', words: 'it has no session of the service' },
  })
  behave('refused')
  assert.deepEqual(await enforcer.enforce(wished(), WAITING), {
    ...{ outcome: 'refused', words: 'administratively prohibited (Error-Cause 501)' },
  })
})

test('with another secret nothing is done and nothing is believed; an address inside is not reached', async () => {
  behave('none')
  const wrong = door.open(TERMS, 'another')
  assert.equal((await wrong.enforce(wished(), AbortSignal.timeout(200))).outcome, 'unanswered')
  assert.deepEqual([nas.taken.length, nas.unsigned], [0, 1])
  const inside = radiusCoa([]).open(TERMS, SECRET)
  assert.equal((await inside.enforce(wished(), WAITING)).outcome, 'refused')
  assert.equal(nas.datagrams, 1)
})

test('terms that cannot be sent are told before', () => {
  const withValue = (value: object): string | null =>
    door.mistakeIn({ ...TERMS, states: { ...TERMS.states, open: { request: 'coa', attributes: [value as never] } } })
  assert.equal(door.mistakeIn(TERMS), null)
  assert.match(withValue({ attribute: 'Filter-Identity', value: 'x' }) ?? '', /no attribute Filter-Identity/)
  assert.match(withValue({ attribute: 'Session-Timeout', value: 'soon' }) ?? '', /no whole number/)
  assert.match(withValue({ attribute: 'NAS-IP-Address', value: '1.2.3' }) ?? '', /no IPv4 address/)
  assert.match(withValue({ attribute: 'Filter-Id', value: 'x'.repeat(254) }) ?? '', /254 bytes/)
})

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(resolve))
  return port
}

const hasFreeRadius = spawnSync('freeradius', ['-v']).status === 0

test('FreeRADIUS takes what is sent, and its answers are believed', {
  skip: !hasFreeRadius && 'no freeradius here',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvit-freeradius-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort()
  writeFileSync(join(folder, 'radiusd.conf'), configuration(folder, port))
  const server = spawn('freeradius', ['-f', '-d', folder, '-n', 'radiusd'], { stdio: 'ignore' })
  after(() => server.kill('SIGKILL'))
  const peer = radiusCoa([`127.0.0.1:${port}`])
  const own = peer.open({ ...TERMS, port }, SECRET)
  for (let tries = 0; tries < 20; tries++)
    if ((await own.enforce(wished({ state: 'open' }), AbortSignal.timeout(1_000))).outcome === 'enforced') break
  assert.equal((await own.enforce(wished({ state: 'throttled', kbps: 64 }), WAITING)).words, 'acknowledged')
  assert.equal((await own.enforce(wished(), WAITING)).words, 'acknowledged')
  const absent = await own.enforce(wished({ service: 'absent' }), WAITING)
  assert.deepEqual(absent, { outcome: 'enforced', words: 'it has no session of the service' })
  const stranger = peer.open({ ...TERMS, port }, 'another')
  assert.equal((await stranger.enforce(wished(), AbortSignal.timeout(300))).outcome, 'unanswered')
  const seen = join(folder, 'seen')
  for (let tries = 0; tries < 50 && !existsSync(seen); tries++) await setTimeout(20)
  const lines = readFileSync(seen, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trimEnd())
  assert.deepEqual(lines.slice(-3), [
    `CoA-Request ${SERVICE} slow 64k/64k`,
    `Disconnect-Request ${SERVICE}`,
    'Disconnect-Request absent',
  ])
})

/** A FreeRADIUS that is a network access server, with its dictionaries: it takes nothing without a Message-Authenticator. */
function configuration(folder: string, port: number): string {
  writeFileSync(join(folder, 'dictionary'), '$INCLUDE /usr/share/freeradius/dictionary\n')
  return `
prefix = /usr
raddbdir = ${folder}
logdir = ${folder}
run_dir = ${folder}
libdir = /usr/lib/freeradius
pidfile = ${folder}/radiusd.pid
max_requests = 256
log {
  destination = files
  file = ${folder}/radius.log
}
security {
  allow_vulnerable_openssl = yes
}
thread pool {
  start_servers = 1
  max_servers = 1
  min_spare_servers = 1
  max_spare_servers = 1
}
client local {
  ipaddr = 127.0.0.1
  secret = ${SECRET}
  require_message_authenticator = yes
}
modules {
  always reject {
    rcode = reject
  }
  always ok {
    rcode = ok
  }
  linelog {
    filename = ${folder}/seen
    format = "%{Packet-Type} %{User-Name} %{Filter-Id} %{Mikrotik-Rate-Limit}"
  }
}
server coa {
  listen {
    type = coa
    ipaddr = 127.0.0.1
    port = ${port}
  }
  recv-coa {
    linelog
    if (&User-Name == "absent") {
      update reply {
        Error-Cause := 503
      }
      reject
    }
    ok
  }
  send-coa {
    ok
  }
}
`
}
