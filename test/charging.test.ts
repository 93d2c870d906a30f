import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const world = await startChargingWorld('prepaid')
const { client, request } = world.kvit

test('OC-1: thirty calls at once on credit for one: one is admitted', async () => {
  await world.subscriber('oc1', { creditLimit: '0' })
  await world.topUp('oc1', '1.00')
  const answers = await Promise.all(Array.from({ length: 30 }, () => world.event('oc1', 'call', {})))
  assert.equal(answers.filter(({ result }) => result === 'charged').length, 1)
  assert.equal(
    answers.filter(({ result, reason }) => result === 'refused' && reason === 'insufficient_balance').length,
    29,
  )
  const sessions = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      world.ask({
        op: 'start',
        session: `oc1-${n}`,
        service: 'oc1',
        requested: [{ type: 'call', data: { count: '1' } }],
      }),
    ),
  )
  assert.equal(sessions.filter(({ result }) => result === 'granted').length, 0)
  assert.equal((await world.balances('oc1')).available, '0.00')
})

test('OC-2: two devices on one allowance of 1 GB get 1 GB in all', async () => {
  await world.subscriber('oc2', { plan: 'bundle', creditLimit: '0', services: ['oc2-a', 'oc2-b'] })
  const granted = { 'oc2-a': 0, 'oc2-b': 0 }
  const device = async (service: 'oc2-a' | 'oc2-b'): Promise<void> => {
    let sequence = 0
    let last = 0
    for (;;) {
      const used = sequence === 0 ? {} : { used: [{ type: 'data', data: { mb: String(last) } }] }
      const answer = await world.ask({
        op: sequence === 0 ? 'start' : 'update',
        session: service,
        sequence: sequence++,
        service,
        ...used,
        requested: [{ type: 'data', data: { mb: '100' } }],
      })
      last = Number(answer.groups?.[0]?.granted['mb'] ?? 0)
      granted[service] += last
      if (answer.result === 'refused') break
    }
    await world.ask({ op: 'end', session: service, sequence, service, used: [] })
  }
  await Promise.all([device('oc2-a'), device('oc2-b')])
  assert.equal(granted['oc2-a'] + granted['oc2-b'], 1024)
  assert.ok(granted['oc2-a'] > 0 && granted['oc2-b'] > 0)
  assert.equal((await world.balances('oc2')).balances.length, 0)
})

test('CG-6: what has no price is refused, never free', async () => {
  await world.subscriber('cg6', { plan: 'bundle', creditLimit: '0' })
  assert.equal((await world.event('cg6', 'voice', { seconds: 10 })).reason, 'no_price')
})

test('an event is charged once, answered again, and given back once', async () => {
  await world.subscriber('ev', { creditLimit: '0' })
  await world.topUp('ev', '10.00')
  const first = await world.event('ev', 'voice', { seconds: 61 }, 'ev-1')
  assert.deepEqual([first.result, first.amount], ['charged', '0.66000000'])
  assert.deepEqual(await world.event('ev', 'voice', { seconds: 61 }, 'ev-1'), { ...first, duplicate: true })
  assert.equal((await world.event('ev', 'voice', { seconds: 62 }, 'ev-1')).reason, 'identity_conflict')
  const refund = { op: 'refund', id: 'ev-1', service: 'ev', type: 'voice', data: { seconds: 61 } }
  assert.equal((await world.ask(refund)).amount, '0.66000000')
  const again = await world.ask(refund)
  assert.deepEqual([again.duplicate, again.amount], [true, '0.66000000'])
  assert.equal((await world.ask({ ...refund, id: 'ev-2' })).reason, 'unknown_event')
  assert.equal((await world.balances('ev')).available, '10.00')
})

test('a refund is not given back, and nobody can take its place', async () => {
  await world.subscriber('rr', { creditLimit: '0' })
  await world.topUp('rr', '5.00')
  await world.event('rr', 'call', {}, 'rr-1')
  const refund = { op: 'refund', service: 'rr', type: 'call', data: {} }
  assert.equal((await world.ask({ ...refund, id: 'rr-1' })).result, 'refunded')
  const again = { source: 'gw', time: '2026-02-10T12:00:00Z', ...refund, id: 'rr-1/refund' }
  assert.equal((await request('POST', '/v1/charging', { body: again })).status, 400)
  assert.equal((await request('POST', '/v1/charging', { body: { ...again, op: 'event' } })).status, 400)
  const hidden =
    '{"id":"rr-2","data":{"op":"event"},"source":"gw","service":"rr","type":"call","time":"2026-02-10T12:00:00Z","op":"refund"}'
  const answer = await request('POST', '/v1/charging', { raw: hidden })
  assert.deepEqual([answer.json['result'], answer.json['reason']], ['refused', 'unknown_event'])
  assert.equal((await world.balances('rr')).available, '5.00')
})

test('an event that was corrected is not given back, and one that was given back is not corrected', async () => {
  await world.subscriber('rc', { creditLimit: '0' })
  await world.topUp('rc', '5.00')
  const correct = async (id: string): Promise<Json> =>
    (
      await request('POST', '/v1/usage-corrections', {
        body: { key: id, source: 'gw', id, action: 'retract', reason: 'test' },
      })
    ).json
  const refund = { op: 'refund', service: 'rc', type: 'call', data: {} }
  await world.event('rc', 'call', {}, 'rc-1')
  await world.event('rc', 'call', {}, 'rc-2')
  assert.equal((await world.ask({ ...refund, id: 'rc-1' })).result, 'refunded')
  const refused = await correct('rc-1')
  assert.deepEqual([refused['code'], /given back as rc-1\/refund/.test(String(refused['detail']))], ['conflict', true])
  assert.equal((await correct('rc-2'))['difference'], '-1.00000000')
  assert.equal((await world.ask({ ...refund, id: 'rc-2' })).reason, 'corrected')
  assert.equal((await world.ask({ ...refund, id: 'rc-1' })).duplicate, true)
  assert.equal((await world.balances('rc')).available, '5.00')
})

test('a fee that is due within the free part of a session is set aside, and given back where nothing was used', async () => {
  await world.subscriber('fee', { plan: 'greeted', creditLimit: '0' })
  const requested = [{ type: 'voice', data: { seconds: '300' } }]
  const start = { op: 'start', session: 'fee', service: 'fee', requested }
  assert.equal((await world.ask(start)).reason, 'insufficient_balance')
  await world.topUp('fee', '0.60')
  assert.deepEqual((await world.ask(start)).groups?.[0]?.granted, { seconds: '60' })
  const { available, credit } = await world.balances('fee')
  assert.deepEqual([available, credit.owed], ['0.00', '0.00'])
  const end = { op: 'end', session: 'fee', sequence: 1, service: 'fee', used: [] }
  assert.equal((await world.ask(end)).result, 'ended')
  assert.equal((await world.balances('fee')).available, '0.60')
  const next = { ...start, session: 'fee-2' }
  assert.equal((await world.ask(next)).result, 'granted')
  const used = [{ type: 'voice', data: { seconds: '60' } }]
  assert.equal((await world.ask({ ...end, session: 'fee-2', used })).amount, '0.60000000')
  assert.equal((await world.balances('fee')).available, '0.00')
})

test('a report under a name that is known for another one goes to suspense', async () => {
  await world.subscriber('again', { creditLimit: '0' })
  await world.topUp('again', '5.00')
  const used = [{ type: 'voice', data: { seconds: '60' } }]
  // As its report would be named, were the session forgotten.
  await client.post('/v1/usage', [
    {
      id: 's-1/1/voice',
      source: 'gw',
      service: 'again',
      type: 'voice',
      time: '2026-02-10T11:00:00Z',
      data: { seconds: '1' },
    },
  ])
  const report = { op: 'update', session: 's-1', sequence: 1, service: 'again', used }
  const answer = await world.ask(report)
  assert.equal((answer['suspended'] as Json[])[0]?.['reason'], 'identity_conflict')
})

test('a session stays with its service, its account and its time', async () => {
  await world.subscriber('sv', { creditLimit: '0', services: ['sv-a', 'sv-b'] })
  await world.topUp('sv', '5.00')
  const start = { op: 'start', session: 'sv', requested: [{ type: 'voice', data: { seconds: '60' } }] }
  assert.equal((await world.ask({ ...start, service: 'sv-a', time: '2026-03-10T12:00:00Z' })).reason, 'future')
  assert.equal((await world.ask({ ...start, service: 'sv-a' })).result, 'granted')
  assert.equal((await world.ask({ op: 'update', session: 'sv', sequence: 1, service: 'sv-b' })).reason, 'other_service')
  const lone = { ...start, source: 'gw', time: '2026-02-10T12:00:00Z', service: 'sv-a', session: '\ud800' }
  assert.equal((await request('POST', '/v1/charging', { body: lone })).status, 400)
})

test('a session is granted what the balance affords, exactly, and told what to do then', async () => {
  await world.subscriber('se', { creditLimit: '0' })
  await world.topUp('se', '2.51')
  const base = { session: 's', service: 'se' }
  // 100 MB at 0.02 and 51 at 0.01 cost 2.51.
  const start = await world.ask({ op: 'start', ...base, requested: [{ type: 'data', data: { mb: '400' } }] })
  assert.deepEqual(start.groups?.[0], {
    type: 'data',
    result: 'granted',
    granted: { mb: '151' },
    validitySeconds: 600,
    final: { action: 'redirect', redirectTo: 'https://pay.example' },
  })
  assert.equal((await world.event('se', 'call', {})).reason, 'insufficient_balance')
  const report = {
    ...base,
    used: [{ type: 'data', data: { mb: '120.5' } }],
    requested: [{ type: 'data', data: { mb: '10' } }],
  }
  const update = await world.ask({ op: 'update', sequence: 1, ...report })
  assert.deepEqual([update.amount, update.groups?.[0]?.granted], ['2.20500000', { mb: '10' }])
  assert.deepEqual(await world.ask({ op: 'update', sequence: 1, ...report }), { ...update, duplicate: true })
  const end = await world.ask({ op: 'end', sequence: 2, ...base, used: [{ type: 'data', data: { mb: '1.5' } }] })
  assert.deepEqual([end.result, end.amount], ['ended', '0.01500000'])
  assert.equal((await world.balances('se')).available, '0.29')
  assert.equal((await world.ask({ op: 'end', sequence: 2, ...base })).duplicate, true)
  assert.equal((await world.ask({ op: 'start', ...base, sequence: 3 })).reason, 'session_exists')
})

test('holds expire by themselves; what is reported later is charged all the same', async () => {
  await world.subscriber('ex', { creditLimit: '0' })
  await world.topUp('ex', '1.00')
  const base = { session: 'ex', service: 'ex' }
  await world.ask({
    op: 'start',
    ...base,
    validitySeconds: 60,
    requested: [{ type: 'voice', data: { seconds: '60' } }],
  })
  assert.equal((await world.balances('ex')).balances[0]?.held, '0.65')
  await world.moveClock('prepaid', '2026-02-10T12:05:00Z', async () => {
    return (await world.balances('ex')).balances[0]?.held === '0.00'
  })
  const update = await world.ask({
    op: 'update',
    sequence: 1,
    ...base,
    time: '2026-02-10T12:05:00Z',
    used: [{ type: 'voice', data: { seconds: '30' } }],
    requested: [{ type: 'voice', data: { seconds: '60' } }],
  })
  assert.deepEqual([update.result, update.reason, update.amount], ['refused', 'session_expired', '0.65000000'])
  assert.equal((await world.balances('ex')).available, '0.35')
})

test('advice of charge tells what it would cost and how long one could talk, and charges nothing', async () => {
  await world.subscriber('ad', { creditLimit: '0' })
  await world.topUp('ad', '1.00')
  const asked = {
    id: 'any',
    source: 'gw',
    service: 'ad',
    type: 'voice',
    time: '2026-02-10T12:00:00Z',
    data: { seconds: '90' },
  }
  const { cost, isCovered, most } = await client.post<Json>('/v1/charging/advice', asked)
  assert.deepEqual([cost, isCovered, most], ['0.95000000', true, { seconds: '95' }])
  assert.equal(
    (await client.post<Json>('/v1/charging/advice', { ...asked, data: { seconds: '96' } }))['isCovered'],
    false,
  )
  assert.equal(
    (await client.post<Json>('/v1/charging/advice', { ...asked, service: 'nobody' }))['reason'],
    'unknown_service',
  )
  assert.equal((await world.balances('ad')).available, '1.00')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
  const { totals } = await client.get<{ totals: { difference: string }[] }>('/v1/ledger/trial-balance')
  assert.deepEqual(
    totals.map(({ difference }) => difference),
    ['0.00'],
  )
  assert.equal((await request('GET', '/v1/accounts/none/balances')).status, 404)
})
