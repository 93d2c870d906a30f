import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tenant } from './tenant.ts'
import { type RoundParts, TenantRounds, TenantUse } from './tenant-rounds.ts'

const tenantOf = (name: string, clockMs: number | null = null): Tenant => ({ name, clockMs }) as unknown as Tenant
const OPEN = new AbortController().signal

/** A round, and what it has begun and can end by itself. */
async function round(rounds: TenantRounds): Promise<void> {
  await rounds.go(OPEN)
  await new Promise(setImmediate)
}

interface World {
  nowMs: number
  tenants: Tenant[]
  readonly worked: string[]
  readonly faults: string[]
  readonly use: TenantUse
  readonly parts: RoundParts
}

function worldOf(...names: string[]): World {
  const clock = { nowMs: () => world.nowMs }
  const use = new TenantUse(clock)
  const world: World = {
    ...{ nowMs: 1_000_000, tenants: names.map((name) => tenantOf(name)), worked: [], faults: [], use },
    parts: {
      ...{ use, clock },
      listTenants: async () => world.tenants,
      current: async ({ name }) => world.tenants.find((one) => one.name === name) as Tenant,
      onFault: (tenant, error) => world.faults.push(`${tenant}: ${(error as Error).message}`),
    },
  }
  return world
}

test('a tenant that is used is looked at in each round, an idle one every five seconds', async () => {
  const world = worldOf('busy', 'idle')
  const rounds = new TenantRounds(async ({ name }) => void world.worked.push(name), world.parts)
  for (let second = 0; second < 11; second++) {
    world.use.note('busy')
    await round(rounds)
    world.nowMs += 1_000
  }
  await rounds.close()
  const count = (name: string): number => world.worked.filter((one) => one === name).length
  assert.deepEqual([count('busy'), count('idle')], [11, 3])
})

test('one is idle ten seconds after its last use, and is looked at in the next round when its test clock was moved', async () => {
  const world = worldOf('one')
  const rounds = new TenantRounds(async ({ name }) => void world.worked.push(name), world.parts)
  world.use.note('one')
  for (let second = 0; second <= 10; second++, world.nowMs += 1_000) await round(rounds)
  assert.equal(world.worked.length, 11)
  await round(rounds)
  assert.equal(world.worked.length, 11)
  world.tenants = [tenantOf('one', 86_400_000)]
  await round(rounds)
  await round(rounds)
  assert.equal(world.worked.length, 12)
})

test('a tenant with which the work is slow or fails holds up no other, and is not worked for twice at once', async () => {
  const world = worldOf('slow', 'failing', 'fine')
  const slow = Promise.withResolvers<void>()
  const rounds = new TenantRounds(async ({ name }) => {
    world.worked.push(name)
    if (name === 'slow') await slow.promise
    if (name === 'failing') throw new Error('away')
  }, world.parts)
  for (let times = 0; times < 3; times++) {
    for (const { name } of world.tenants) world.use.note(name)
    await round(rounds)
  }
  assert.deepEqual(world.worked, ['slow', 'failing', 'fine', 'failing', 'fine', 'failing', 'fine'])
  assert.deepEqual(world.faults, ['failing: away', 'failing: away', 'failing: away'])
  slow.resolve()
  await rounds.close()
})

test('at most three tenants are worked for at the same time, and nothing is begun when the process ends', async () => {
  const world = worldOf('a', 'b', 'c', 'd', 'e')
  const ends = new Map(world.tenants.map(({ name }) => [name, Promise.withResolvers<void>()]))
  const rounds = new TenantRounds(async ({ name }) => {
    world.worked.push(name)
    await ends.get(name)?.promise
  }, world.parts)
  const closing = new AbortController()
  const going = rounds.go(closing.signal)
  await new Promise(setImmediate)
  assert.deepEqual(world.worked, ['a', 'b', 'c'])
  ends.get('b')?.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(world.worked, ['a', 'b', 'c', 'd'])
  closing.abort()
  for (const { resolve } of ends.values()) resolve()
  await going
  await rounds.close()
  assert.deepEqual(world.worked, ['a', 'b', 'c', 'd'])
})

test('one that is woken is worked for at once, as it is now, and once more where the work was under way', async () => {
  const world = worldOf('one', 'other')
  const clocks: (number | null)[] = []
  const first = Promise.withResolvers<void>()
  const rounds = new TenantRounds(async ({ name, clockMs }) => {
    world.worked.push(name)
    clocks.push(clockMs)
    if (clocks.length === 1) await first.promise
  }, world.parts)
  const [before] = world.tenants as [Tenant]
  world.tenants = [tenantOf('one', 1), tenantOf('other')]
  const until = async (count: number): Promise<void> => {
    while (world.worked.length < count) await new Promise(setImmediate)
  }
  // So often it is asked for, and done once.
  for (let times = 0; times < 100; times++) rounds.wake(before)
  await until(1)
  rounds.wake(before)
  first.resolve()
  await until(2)
  assert.deepEqual(
    [world.worked, clocks],
    [
      ['one', 'one'],
      [1, 1],
    ],
  )
  await rounds.close()
  rounds.wake(before)
  assert.equal(world.worked.length, 2)
})
