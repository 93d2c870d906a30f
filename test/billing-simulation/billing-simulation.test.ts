/** Billing, payments and changes of subscriptions on a real Postgres, in worlds that seeds decide. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { testConfig } from '../harness.ts'
import { WorldHost } from './simulation.ts'

/** Crashes and thefts of the lease are in both of them, commits of unknown outcome in the second. */
const SEEDS = [1, 3]

const { databaseUrl, dataDir } = await testConfig()
const host = await WorldHost.open(databaseUrl)
after(async () => {
  await host.close()
  await rm(dataDir, { recursive: true, force: true })
})

for (const seed of SEEDS)
  test(`billing is sound in the world of seed ${seed}`, async () => {
    const { findings, trace } = await host.simulate(seed)
    const replay = `kvit soak-test --seeds 1 --from ${seed}`
    assert.equal(findings.join('\n'), '', `${replay}\n${trace.join('\n')}\n${findings.join('\n')}`)
  })
