/** What customers do while they are dunned: pay, pay back, dispute, promise; what people and clocks do; what a policy would do. */
import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { DunningWorld, ISP } from './dunning-world.ts'
import { personWith } from './harness.ts'
import { until } from './test-postgres.ts'

const world = await DunningWorld.start('cases', '2026-01-01T06:00:00Z')
const { client, kvit } = world
const command = commandsOf(kvit.app, 'cases')
const apply = async (policy: Json, key = 'isp', more: Json = {}): Promise<Json> =>
  client.post<Json>('/v1/dunning-policies', { key, policy, ...more })
await apply(ISP)
for (const key of ['pays', 'quarrels', 'promises', 'two', 'held', 'late', 'idle']) await world.account(key)
const first = new Map<string, string>()
for (const key of ['pays', 'quarrels', 'promises', 'two', 'held', 'late']) first.set(key, await world.owe(key, '30.00'))

const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
await database.connect()
after(async () => database.end())
const blocks = async (key: string): Promise<unknown[]> =>
  (await client.list<Json>(`/v1/blocks?account=${key}&state=standing`)).map(({ reason }) => reason)

test('money ends a run at once, with its block; what was reversed is continued where it stood', async () => {
  await world.move('2026-01-18')
  assert.equal((await world.run('pays'))['began'], 1)
  assert.equal((await world.run('pays'))['began'], 0)
  await world.move('2026-01-25')
  await world.run('pays')
  // Somebody has lost a SIM besides: that block is another's.
  await client.post('/v1/blocks', { key: 'lost', account: 'pays', reason: 'customer' })
  assert.deepEqual(await blocks('pays'), ['dunning_soft', 'customer'])
  // A part that leaves more than the grace amount changes nothing.
  await world.pay('pays', '28.00', 'pays-1')
  assert.equal((await world.standing('pays')).asked, '2.00')
  await world.pay('pays', '1.00', 'pays-2')
  await world.becomes('pays', 'its run has ended', ({ run }) => run?.state === 'ended')
  assert.equal((await world.standing('pays')).run?.block, null)
  assert.deepEqual(await blocks('pays'), ['customer'])
  await world.move('2026-02-05')
  await world.bounce('pays-1')
  await world.becomes('pays', 'its run goes on', ({ run }) => run?.state === 'running')
  assert.deepEqual((await world.standing('pays')).run?.['reopened'], 1)
  // Twenty days overdue: nobody is reminded once more.
  await world.run('pays')
  assert.deepEqual(
    (await world.steps('pays')).map((step) => step.replace(/ .* /, ' ')),
    ['reminder 2026-01-18', 'soft 2026-01-25', 'hard 2026-02-05'],
  )
  assert.deepEqual(await blocks('pays'), ['customer', 'dunning_soft', 'dunning_hard'])
  assert.deepEqual(await world.holds(), [])
})

test('a block of dunning that somebody has placed by hand goes with the money, too', async () => {
  await client.post('/v1/blocks', { key: 'by-hand', account: 'idle', reason: 'dunning_soft' })
  await world.owe('idle', '5.00')
  await world.pay('idle', '5.00', 'idle-1')
  await until('it is lifted', async () => (await blocks('idle')).length === 0)
})

test('nobody is asked for what is disputed, and what is accepted is gone', async () => {
  await world.run('quarrels')
  const dispute = { key: 'd-1', reason: 'quality', lines: [{ line: 1, amount: '30.00' }] }
  await client.post(`/v1/invoices/${first.get('quarrels')}/disputes`, dispute)
  await world.becomes('quarrels', 'disputed', ({ asked }) => asked === '0.00')
  const standing = await world.standing('quarrels')
  assert.deepEqual(
    [standing.overdue, standing.stops, standing.next, standing.run?.block],
    ['30.00', ['dispute'], null, null],
  )
  await world.move('2026-02-07')
  assert.equal(((await world.run('quarrels'))['steps'] as Json[]).length, 0)
  await client.post('/v1/disputes/d-1/reject', { reason: 'it was as agreed' })
  await world.run('quarrels')
  assert.deepEqual(
    (await world.steps('quarrels')).map((step) => step.split(' ')[0]),
    ['reminder', 'soft'],
  )
  const credit = { key: 'c-1', reason: 'goodwill', amount: '30.00' }
  await client.post(`/v1/invoices/${first.get('quarrels')}/credit-notes`, credit)
  await world.becomes('quarrels', 'credited', ({ run }) => run?.state === 'ended')
  assert.deepEqual(await world.holds(), [])
})

test('a promise stops steps and lifts blocks; broken, the run continues with the days between steps', async () => {
  await world.run('promises')
  await world.move('2026-02-09')
  await world.run('promises')
  await client.post('/v1/accounts/promises/promises', { key: 'p-1', until: '2026-02-14' })
  await world.becomes('promises', 'promised', ({ stops, run }) => stops.includes('plan') && run?.block === null)
  await world.move('2026-02-14')
  assert.deepEqual((await world.run('promises'))['steps'], [])
  await world.move('2026-02-15')
  await world.becomes('promises', 'asked again', ({ asked }) => asked === '30.00')
  await world.run('promises')
  assert.deepEqual(
    (await world.steps('promises')).map((step) => step.split(' ')[0]),
    ['reminder', 'soft', 'hard'],
  )
  assert.equal((await world.standing('promises')).next?.on, '2026-03-16')
  await client.post('/v1/accounts/promises/instalments', { key: 'i-1', parts: 2, firstOn: '2026-02-20', every: 'week' })
  await world.becomes('promises', 'in instalments', ({ stops }) => stops.includes('plan'))
  await world.pay('promises', '30.00', 'promises-1')
  await world.becomes('promises', 'paid', ({ run }) => run?.state === 'ended')
  assert.deepEqual(await world.holds(), [])
})

test('of two documents the older one counts, until it is paid; a month that is short counts its days', async () => {
  // Due on the 28th of February, and on the 14th of March.
  await world.move('2026-02-16')
  await world.account('months', { termsDays: 12 })
  await world.owe('months', '10.00')
  await world.move('2026-03-02')
  await world.owe('months', '20.00', 'months-2')
  await world.move('2026-03-03')
  await world.run('months')
  assert.deepEqual((await world.steps('months'))[0], 'reminder not_available 2026-03-03')
  await world.move('2026-03-16')
  assert.deepEqual(
    [(await world.standing('months')).asked, (await world.standing('months'))['daysOverdue']],
    ['30.00', 16],
  )
  await world.pay('months', '10.00', 'months-1-paid')
  await world.becomes('months', 'the younger one counts', ({ daysOverdue }) => daysOverdue === 2)
  const { run, next } = await world.standing('months')
  assert.deepEqual([run?.state, next], ['running', { step: 'soft', action: 'soft_block', on: '2026-03-24' }])
})

test('after weeks in which nothing ran steps follow each other day by day; a clock that goes back does nothing again', async () => {
  await world.move('2026-03-20')
  const names = async (): Promise<string[]> => (await world.steps('late')).map((step) => step.split(' ')[0] as string)
  await world.run('late')
  await world.run('late')
  assert.deepEqual(await names(), ['reminder'])
  await world.move('2026-03-21')
  const [one, other] = await Promise.all([world.run('late'), world.run('late')])
  assert.equal((one['steps'] as Json[]).length + (other['steps'] as Json[]).length, 1)
  assert.deepEqual(await names(), ['reminder', 'soft'])
  await world.move('2026-03-01', true)
  await world.run('late')
  assert.deepEqual(await names(), ['reminder', 'soft'])
})

test('a person holds an account with a reason, and releases it', async () => {
  await world.move('2026-03-25')
  const held = await command('dunning', 'hold', 'held', '--reason', 'a new contract', '--until', '2026-03-27')
  assert.match(held, /a new contract/)
  await assert.rejects(client.post('/v1/accounts/held/dunning/hold', { reason: 'twice' }), /is held already/)
  await assert.rejects(
    client.post('/v1/accounts/idle/dunning/hold', { reason: 'x', until: '2026-03-24' }),
    /that day is over/,
  )
  assert.deepEqual((await world.run('held'))['steps'], [])
  assert.deepEqual((await world.standing('held')).stops, ['hold'])
  await command('dunning', 'release', 'held', '--reason', 'signed')
  await assert.rejects(client.post('/v1/accounts/held/dunning/release', {}), /is not held/)
  assert.equal(((await world.run('held'))['steps'] as Json[]).length, 1)
  await client.post('/v1/accounts/held/dunning/hold', { reason: 'moves', until: '2026-03-26' })
  await world.move('2026-03-27')
  assert.deepEqual((await world.standing('held')).stops, [])
  await client.post('/v1/accounts/held/dunning/hold', { reason: 'moves yet' })
})

test('segments, conditions, calls, charges and fees: what cannot be done says why', async () => {
  await apply(
    {
      ...{ order: 10, segment: { customerKinds: ['business'], metadata: { tier: ['gold'] } } },
      calendar: { weekend: [6, 7], holidays: ['2026-04-20'] },
      steps: [
        { id: 'ring', action: 'call', afterDays: 2, days: 'working', script: 'Ask when they pay.' },
        { id: 'card', action: 'charge_again', afterDays: 2, days: 'working', gapDays: 0 },
        { id: 'fee', action: 'late_fee', afterDays: 3, days: 'working', minAmount: { EUR: '100.00' } },
        { id: 'agency', action: 'hand_over', afterDays: 9 },
      ],
    },
    'gold',
  )
  await world.move('2026-04-02')
  await world.account('firm', { kind: 'business', metadata: { tier: 'gold' } })
  await world.account('plain', { kind: 'business' })
  await world.owe('firm', '100.00')
  await world.owe('plain', '100.00')
  // Due on Thursday the 16th; Monday is a holiday, so that Friday and Tuesday are the first two working days.
  await world.move('2026-04-20')
  assert.deepEqual((await world.standing('firm')).next, { step: 'ring', action: 'call', on: '2026-04-21' })
  assert.equal((await world.standing('plain'))['policy'], 'isp')
  await world.move('2026-04-21')
  await world.run('firm')
  assert.deepEqual(await world.steps('firm'), ['ring done 2026-04-21', 'card not_available 2026-04-21'])
  assert.match(String((await world.standing('firm')).run?.steps[1]?.['detail']), /is not charged by itself/)
  const [task] = await client.list<Json>('/v1/call-tasks?state=open&account=firm')
  assert.equal(task?.['script'], 'Ask when they pay.')
  const outcome = `/v1/call-tasks/${String(task?.['id'])}/outcome`
  assert.equal((await client.post<Json>(outcome, { outcome: 'not_reached', note: 'no answer' }))['state'], 'done')
  assert.equal((await client.post<Json>(outcome, { outcome: 'not_reached', note: 'no answer' }))['state'], 'done')
  await assert.rejects(client.post(outcome, { outcome: 'refused' }), /the call task is done/)
  await world.move('2026-04-22')
  await world.run('firm')
  await world.becomes('firm', 'the fee is asked for', ({ run }) => run?.steps.at(-1)?.['state'] === 'not_available')
  assert.match(String((await world.standing('firm')).run?.steps.at(-1)?.['detail']), /no late charges are set/)
})

test('accounts are handed over as a file, once, and recalled when they pay', async () => {
  await world.move('2026-04-27')
  await assert.rejects(command('dunning', 'hand-over', '--key', 'april'), /no account waits/)
  await world.run('firm')
  const file = join(kvit.config.dataDir, 'april.csv')
  const shown = await command('dunning', 'hand-over', '--key', 'april', '--recipient', 'Collect Ltd', '--csv', file)
  assert.match(shown, /firm .*100\.00/)
  const [head, row] = (await readFile(file, 'utf8')).split('\n')
  assert.equal(head, 'account,customer,address,email,tax_id,document,due_on,currency,open,recalled')
  assert.match(String(row), /^firm,Customer firm,,,,INV-\d+,2026-04-16,EUR,100\.00,no$/)
  await assert.rejects(client.post('/v1/dunning-hand-overs', { key: 'april' }), /was used for another hand-over/)
  await assert.rejects(client.post('/v1/dunning-hand-overs', { key: 'may' }), /no account waits/)
  await world.pay('firm', '100.00', 'firm-paid')
  await world.becomes('firm', 'paid', ({ run }) => run?.state === 'ended')
  const [made] = await client.list<{ accounts: Json[] } & Json>('/v1/dunning-hand-overs')
  assert.deepEqual(
    made?.accounts.map(({ account, isRecalled }) => [account, isRecalled]),
    [['firm', true]],
  )
  await rm(file)
})

test('a preview says what a draft would do, with amounts, and does nothing', async () => {
  await world.move('2026-05-02')
  const before = await client.list<Json>('/v1/dunning-runs')
  const [, , ...steps] = ISP.steps
  const file = join(kvit.config.dataDir, 'draft.yaml')
  await writeFile(file, JSON.stringify({ ...ISP, steps: [{ id: 'letter', action: 'remind', afterDays: 1 }, ...steps] }))
  await command('dunning', 'policy', 'apply', file, '--key', 'isp', '--draft')
  await rm(file)
  assert.match(await command('dunning', 'policy', 'list', '--state', 'draft'), /isp +2 +draft/)
  const preview = async (query: string): Promise<Json> => client.get<Json>(`/v1/dunning-preview?account=plain${query}`)
  const total = { currency: 'EUR', accounts: 1, amount: '100.00', action: 'remind' }
  assert.deepEqual((await preview('&policy=isp'))['totals'], [{ ...total, step: 'letter' }])
  assert.deepEqual((await preview(''))['totals'], [{ ...total, step: 'reminder' }])
  assert.match(await command('dunning', 'preview'), /plain +isp +EUR +100\.00 +100\.00 +16 +begins +reminder/)
  assert.deepEqual(await client.list<Json>('/v1/dunning-runs'), before)
  await client.post('/v1/dunning-policies/isp/withdraw', {})
  assert.deepEqual((await preview(''))['totals'], [])
})

test('who pays before subscriptions are ended keeps them, however long that waits behind other work', async () => {
  const segment = { metadata: { tier: ['short'] } }
  await apply({ order: 20, segment, steps: [{ id: 'end', action: 'terminate', afterDays: 1 }] }, 'short')
  await world.account('quick', { metadata: { tier: 'short' } })
  const startsAt = '2026-05-01T00:00:00Z'
  await client.post('/v1/services', { key: 'quick', account: 'quick', validFrom: startsAt })
  await client.post('/v1/subscriptions', { key: 'quick', account: 'quick', plan: 'basic', startsAt })
  await world.owe('quick', '30.00')
  await world.move('2026-05-17')
  // A process that is far away works on something long, and more waits for it than is looked at together.
  const other = `insert into t_cases.job (id, kind, key, payload, due_at, is_scheduled, attempts, losses, fence, is_cancel_asked, is_asked_again,
    done, created_at, state, owner, lease_until)
    select gen_random_uuid(), 'dunning', 'other-' || n, '{}', '2026-05-17T09:00:00Z', true, 0, 0, 1, false, false, 0, now(),`
  await database.query(`${other} 'running', 'far away', now() + interval '1 hour' from generate_series(1, 1) n`)
  await database.query(`${other} 'waiting', null, null from generate_series(2, 60) n`)
  await world.run('quick')
  await world.pay('quick', '30.00', 'quick-paid')
  await world.becomes('quick', 'paid', ({ run }) => run?.state === 'ended')
  assert.deepEqual(await world.steps('quick'), ['end asked 2026-05-17'])
  await database.query(`delete from t_cases.job where key like 'other-%'`)
  await until('it was the turn of the step', async () => (await world.steps('quick'))[0] !== 'end asked 2026-05-17')
  assert.deepEqual(await world.steps('quick'), ['end not_available 2026-05-17'])
  const { intervals } = await client.get<{ intervals: Json[] }>('/v1/subscriptions/quick/timeline')
  assert.equal(intervals.at(-1)?.['until'], null)
})

test('steps of one day are kept in their order, with those that are skipped; the account’s 201st block stops nobody else', async () => {
  const segment = { metadata: { tier: ['much'] } }
  const steps = ['remind', 'remind', 'call', 'remind', 'remind', 'hard_block'].map((action, n) => {
    return { id: `s${n}`, action, afterDays: 1, gapDays: 0, script: action === 'call' ? 'Ask when they pay.' : null }
  })
  await apply({ order: 30, segment, steps }, 'much')
  for (const key of ['full', 'other']) await world.account(key, { metadata: { tier: 'much' } })
  for (const key of ['full', 'other']) await world.owe(key, '30.00')
  await world.move('2026-06-02')
  await world.run('full')
  await client.post('/v1/accounts/full/promises', { key: 'p-full', until: '2026-06-03' })
  await world.becomes('full', 'promised', ({ run }) => run?.block === null)
  await database.query(`insert into t_cases.service_block (id, key, account_id, reason, scope, kbps, from_at, placed_by, placed_by_person, placed_at)
    select gen_random_uuid(), 'full-' || n, a.id, 'customer', 'all', 64, '2026-06-02', 'test', 'test', '2026-06-02'
    from t_cases.account a, generate_series(1, 200) n where a.key = 'full'`)
  await world.move('2026-06-04')
  await world.becomes('full', 'asked again', ({ asked }) => asked === '30.00')
  await world.run()
  const all = ['skipped', 'done', 'done', 'skipped', 'done', 'done']
  for (const [key, on] of Object.entries({ full: '2026-06-02', other: '2026-06-04' }))
    assert.deepEqual(
      (await world.steps(key)).map((one) => one.replace(/not_available/, 'done')),
      all.map((state, n) => `s${n} ${state} ${on}`),
    )
  assert.deepEqual(await world.holds(), [])
})

test('others see nothing of it, and who may read changes nothing', async () => {
  const reader = await personWith(kvit, 'reads', ['dunning:read'])
  assert.equal((await reader.list<Json>('/v1/dunning-runs')).length > 3, true)
  await assert.rejects(reader.post('/v1/dunning-runs', {}), /dunning:write/)
  await client.post('/v1/tenants', { name: 'stranger', clock: '2026-05-02T12:00:00Z' })
  const { status } = await kvit.request('GET', '/v1/accounts/late/dunning', { headers: { 'kvit-tenant': 'stranger' } })
  assert.equal(status, 404)
  const runs = await kvit.request('GET', '/v1/dunning-runs', { headers: { 'kvit-tenant': 'stranger' } })
  assert.deepEqual(runs.json['items'], [])
  assert.deepEqual(await world.holds(), [])
})
