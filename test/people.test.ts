import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { Client, type Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('people')
const { kvit } = world
const { client: owner } = kvit
const CLERK = [
  'keys:write',
  'balances:write',
  'balances:approve',
  'balances:read',
  're-ratings:write',
  're-ratings:approve',
]
await world.subscriber('acc', { creditLimit: '0' })

interface Key {
  readonly id: string
  readonly key: string
}

/** A further key of the person whose client asks. */
async function madeBy(maker: Client, scopes: readonly string[] = CLERK): Promise<Client & { id: string }> {
  const { id, key } = await maker.post<Key>('/v1/keys', { name: 'made', scopes })
  return Object.assign(Client.at(kvit.app.url, key, 'people'), { id })
}

function adjust(client: Client, amount: string): Promise<Json> {
  const draft = { key: world.nextKey(), account: 'acc', direction: 'credit', source: 'paid', reason: 'test' }
  return client.post('/v1/adjustments', { ...draft, amount })
}

const approve = (client: Client, { id }: Json): Promise<Json> =>
  client.post(`/v1/adjustments/${String(id)}/approve`, {})
const setLimit = (client: Client, limit: string | null): Promise<Json> =>
  client.post('/v1/charging/settings', { approvalLimits: limit === null ? {} : { EUR: limit } }, 'PUT')

test('S9: keys that descend from one key are one person and cannot approve what one of them asked', async () => {
  const ann = await personWith(kvit, 'ann', CLERK)
  const second = await madeBy(ann)
  const third = await madeBy(second)
  const bob = await personWith(kvit, 'bob', CLERK)
  for (const asker of [ann, third]) {
    const asked = await adjust(asker, '1000.00')
    assert.equal(asked['status'], 'pending')
    for (const own of [ann, second, third]) await assert.rejects(approve(own, asked), /another person/)
    assert.equal((await approve(bob, asked))['status'], 'applied')
  }
  const ofOwner = await adjust(owner, '5.00')
  await assert.rejects(approve(owner, ofOwner), /another person/)
  assert.equal((await approve(ann, ofOwner))['status'], 'applied')
  const rejected = await adjust(ann, '7.00')
  await assert.rejects(second.post(`/v1/adjustments/${String(rejected['id'])}/reject`, {}), /another person/)
})

test('S9: a limit that a person set or lifted holds for that person once another one has set it, too', async () => {
  const [ann, bob] = [await personWith(kvit, 'ann', CLERK), await personWith(kvit, 'bob', CLERK)]
  const annsOther = await madeBy(ann)
  const statusOf = async (client: Client, amount: string): Promise<unknown> => (await adjust(client, amount))['status']
  await setLimit(ann, '500')
  assert.deepEqual([await statusOf(ann, '1.00'), await statusOf(bob, '500.00')], ['pending', 'applied'])
  await setLimit(bob, '500.00')
  assert.deepEqual([await statusOf(ann, '500.00'), await statusOf(annsOther, '500.01')], ['applied', 'pending'])
  // Neither in two steps, nor by removing it, nor with another key of hers.
  await setLimit(annsOther, '900')
  await setLimit(ann, null)
  await setLimit(ann, '9000')
  assert.deepEqual([await statusOf(ann, '500.00'), await statusOf(ann, '500.01')], ['applied', 'pending'])
  assert.equal(await statusOf(annsOther, '9000.00'), 'pending')
  assert.equal(await statusOf(bob, '9000.00'), 'applied')
  // What she lowers holds at once.
  await setLimit(ann, '5')
  assert.deepEqual([await statusOf(ann, '5.01'), await statusOf(bob, '5.01')], ['pending', 'pending'])
  assert.deepEqual(await owner.get('/v1/charging/settings'), { approvalLimits: { EUR: '5' }, unitApprovalLimits: {} })
})

test('S9: the same holds for limits of units', async () => {
  const ann = await personWith(kvit, 'ann', CLERK)
  const give = async (amount: string): Promise<unknown> => {
    const draft = { key: world.nextKey(), account: 'acc', direction: 'credit', source: 'bonus', reason: 'test' }
    return (await ann.post('/v1/adjustments', { ...draft, unit: 'MB', amount }))['status']
  }
  await ann.post('/v1/charging/settings', { approvalLimits: { EUR: '5' }, unitApprovalLimits: { MB: '100' } }, 'PUT')
  assert.equal(await give('100'), 'pending')
  await owner.post('/v1/charging/settings', { approvalLimits: { EUR: '5' }, unitApprovalLimits: { MB: '100' } }, 'PUT')
  assert.deepEqual([await give('100'), await give('101')], ['applied', 'pending'])
})

test('S9: revoking a key ends all that descend from it, and those of nobody else', async () => {
  const ann = await madeBy(owner)
  const second = await madeBy(ann)
  const third = await madeBy(second)
  const bob = await personWith(kvit, 'bob', CLERK)
  const asked = await adjust(third, '1000.00')
  const { revoked } = await bob.post<{ revoked: string[] }>(`/v1/keys/${ann.id}`, undefined, 'DELETE')
  assert.deepEqual(revoked, [ann.id, second.id, third.id])
  for (const gone of [ann, second, third]) await assert.rejects(adjust(gone, '1.00'), /API key/)
  assert.equal((await approve(bob, asked))['status'], 'applied')
  const kept = await madeBy(bob)
  const items = (await owner.get<{ items: Json[] }>('/v1/keys')).items
  assert.equal(items.find(({ id }) => id === third.id)?.['madeBy'], second.id)
  assert.equal(items.find(({ id }) => id === kept.id)?.['revokedAt'], null)
  const bobs = String(items.find(({ id }) => id === kept.id)?.['madeBy'])
  await owner.post(`/v1/keys/${bobs}?keepMade=true`, undefined, 'DELETE')
  assert.equal((await adjust(kept, '1.00'))['status'], 'applied')
})

test('S9: keys and requests of before people were told apart go on as they did', async () => {
  const [ann, bob] = [await personWith(kvit, 'ann', CLERK), await personWith(kvit, 'bob', CLERK)]
  const asked = await adjust(ann, '1000.00')
  const database = new pg.Client({ connectionString: String(kvit.config.databaseUrl) })
  await database.connect()
  await database.query('update kvit.api_key set made_by = null, person = null')
  await database.query('update t_people.adjustment set requested_by_person = null')
  await database.query(`update t_people.charging_settings set limits_set_by = '{}'`)
  await database.end()
  await assert.rejects(approve(ann, asked), /another person/)
  assert.equal((await approve(bob, asked))['status'], 'applied')
  assert.equal((await adjust(ann, '5.00'))['status'], 'applied')
  assert.deepEqual(await checkHolds(owner), [])
})
