/** Dunning: a worked policy for months, by the job of each day, over what customers do; blocks, calls, hand-overs, holds, and what a policy would do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { DunningWorld, GOLD, ISP, PAGE } from './dunning-world.ts'
import { until } from './test-postgres.ts'

const world = await DunningWorld.start('dunning', '2026-01-01T06:00:00Z')
const { client } = world
const apply = async (policy: Json, more: Json = {}): Promise<Json> =>
  client.post<Json>('/v1/dunning-policies', { key: 'isp', policy, ...more })
const schedule = async (values: Json): Promise<unknown> => client.post('/v1/settings/dunning', { values }, 'PUT')

test('the policies of the page are taken', async () => {
  assert.deepEqual([(await apply(GOLD, { key: 'gold', draft: true }))['state'], ISP.steps.length], ['draft', 5])
})

test('policies that are none are refused, and each change is a version', async () => {
  const rest = ISP
  const wrong: [Json, RegExp][] = [
    [{ ...rest, steps: [] }, /steps/],
    [{ ...rest, steps: [ISP.steps[1]] }, /blocks somebody whom no step before it has told/],
    [{ ...rest, steps: [...ISP.steps, ISP.steps[0]] }, /"reminder" is there twice/],
    [
      { ...rest, steps: [ISP.steps[0], { ...ISP.steps[1], afterDays: 2 }] },
      /"soft" is after 2 days, behind "reminder" after 3/,
    ],
    [{ ...rest, grace: { EUR: '0.001' } }, /amounts that the currencies have/],
    [{ ...rest, grace: { EUX: '1' } }, /amounts that the currencies have/],
    [{ ...rest, calendar: { weekend: [1, 2, 3, 4, 5, 6, 7] } }, /a week has a working day/],
    [{ ...rest, steps: [{ id: 'ring', action: 'call', afterDays: 3 }] }, /needs a script/],
    [{ ...rest, steps: [{ ...ISP.steps[0], action: 'shout' }] }, /action/],
  ]
  for (const [policy, message] of wrong) await assert.rejects(apply(policy), message)
  assert.equal((await apply({ ...ISP, gapDays: 2 }))['version'], 1)
  assert.equal((await apply(ISP))['version'], 2)
  assert.equal((await apply(ISP))['version'], 2)
  await assert.rejects(
    client.post('/v1/dunning-policies', { key: 'other', policy: ISP }),
    /isp is asked as number 100, too/,
  )
  const shown = await client.get<{ policy: Json } & Json>('/v1/dunning-policies/isp?version=1')
  assert.deepEqual([shown['version'], shown.policy['gapDays'], shown.policy['order']], [1, 2, 100])
  await assert.rejects(client.get('/v1/dunning-policies/isp?version=9'), /no dunning policy isp version 9/)
})

test('a worked policy, by the job of each day: steps on their days, as each account has days', async () => {
  await world.account('ann')
  await client.post('/v1/services', { key: 'ann', account: 'ann', validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', {
    key: 'ann',
    account: 'ann',
    plan: 'basic',
    startsAt: '2026-01-01T00:00:00Z',
  })
  await world.account('kyiv', { currency: 'UAH', zone: 'Europe/Kyiv' })
  // There it is still the last day of December.
  await world.account('west', { zone: 'America/Los_Angeles' })
  await world.account('cents')
  for (const [key, amount] of Object.entries({ ann: '30.00', kyiv: '500.00', west: '30.00', cents: '1.00' }))
    await world.owe(key, amount)
  await client.post('/v1/settings/notices', { values: { on: true } }, 'PUT')
  await schedule({ schedule: 'daily', hour: 9 })
  await world.move('2026-01-17')
  await until('the first step is done', async () => (await world.steps('west')).length === 1)
  assert.deepEqual(await world.steps('west'), ['reminder done 2026-01-17'])
  assert.deepEqual((await world.standing('ann')).next, { step: 'reminder', action: 'remind', on: '2026-01-18' })
  // Beside the one of the document.
  const notices = await client.list<Json>('/v1/notices?account=west')
  const [notice] = notices.filter(({ kind }) => kind === 'payment_reminder')
  assert.equal((notice?.['data'] as Json | undefined)?.['amount'], '30.00')
  await world.move('2026-04-02')
  await until('all days are done', async () => {
    const [job] = await client.list<Json>('/v1/jobs?kind=dunning')
    return String(job?.['dueAt']) > '2026-04-02T12' && (await world.steps('ann')).includes('end done 2026-03-16')
  })
  // As the table of the page says, and each was done.
  const expected = [...PAGE.matchAll(/^\| (\w+) \| (\d{4}-\d{2}-\d{2}) \|$/gm)].map(([, step, day]) => `${step} ${day}`)
  assert.equal(expected.length, 5)
  assert.deepEqual(
    (await world.steps('ann')).map((step) => step.replace(/ \w+ /, ' ')),
    expected,
  )
  assert.deepEqual(new Set((await world.steps('ann')).map((step) => step.split(' ')[1])), new Set(['done']))
  assert.deepEqual(await world.steps('kyiv'), await world.steps('ann'))
  assert.equal((await world.steps('west')).at(-1), 'agency done 2026-03-30')
  assert.deepEqual((await world.standing('cents')).run, null)
  const { intervals } = await client.get<{ intervals: Json[] }>('/v1/subscriptions/ann/timeline')
  assert.match(String(intervals.at(-1)?.['until'] ?? intervals.at(-1)?.['end']), /^2026-03-16/)
  await schedule({ schedule: 'off' })
  assert.deepEqual(await world.holds(), [])
})

test('where a policy says so nobody is blocked whom nothing has reached: the reminder is tried again, and the block follows it', async () => {
  const segment = { metadata: { tier: ['careful'] } }
  const steps = [
    { id: 'first', action: 'remind', afterDays: 1 },
    { id: 'bar', action: 'hard_block', afterDays: 2 },
  ]
  await client.post('/v1/settings/notices', { values: { on: false } }, 'PUT')
  const policy = { order: 40, segment, steps, blockUntold: false }
  await client.post('/v1/dunning-policies', { key: 'careful', policy })
  await world.account('mute', { metadata: { tier: 'careful' } })
  await world.owe('mute', '30.00')
  const waits = async (): Promise<void> => {
    await world.run('mute')
    const { run, stops, next } = await world.standing('mute')
    assert.deepEqual(await world.steps('mute'), ['first not_available 2026-04-17'])
    assert.deepEqual([run?.block, next], [null, null])
    assert.equal(stops.includes('not_told'), world.day > '2026-04-17')
  }
  for (const day of ['2026-04-17', '2026-04-18', '2026-04-23']) {
    await world.move(day)
    await waits()
  }
  // Notices are on, and nobody has an address.
  await client.post('/v1/settings/notices', { values: { on: true } }, 'PUT')
  await waits()
  await client.post('/v1/customers/mute', { email: 'mute@example.com' }, 'PATCH')
  // There is an address, and no way to it.
  await waits()
  const mail = { host: 'mail.example', port: 587, security: 'none', fromName: 'Op', fromAddress: 'op@example.com' }
  await client.post('/v1/settings/mail', { values: mail }, 'PUT')
  await world.run('mute')
  assert.deepEqual(await world.steps('mute'), ['first done 2026-04-23'])
  assert.deepEqual((await world.standing('mute')).next, { step: 'bar', action: 'hard_block', on: '2026-04-24' })
  await world.move('2026-04-24')
  await world.run('mute')
  assert.deepEqual(await world.steps('mute'), ['first done 2026-04-23', 'bar done 2026-04-24'])
  assert.equal((await world.standing('mute')).run?.block, 'hard')
  assert.deepEqual(await world.holds(), [])
})
