import { rm } from 'node:fs/promises'
import { startApp } from '../../src/app/start.ts'
import { Client } from '../../src/cli/client.ts'
import { testConfig } from '../harness.ts'
import type { NewTenant } from './play.ts'

/** Records may come months late in these histories. */
const ACCEPTANCE_DAYS = 400

/** A server that tenants are made on, one for each batch of histories. */
export async function startTenants(): Promise<{ create: NewTenant; close: () => Promise<void> }> {
  const config = await testConfig()
  const app = await startApp(config)
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  let made = 0
  return {
    create: async (clock) => {
      const name = `crossing-${++made}`
      const client = new Client(config, name)
      await client.post('/v1/tenants', { name, clock, acceptanceWindowDays: ACCEPTANCE_DAYS })
      return { client, setClock: (time) => client.post(`/v1/tenants/${name}`, { clock: time, back: true }, 'PATCH') }
    },
    close: async () => {
      await app.close()
      await rm(config.dataDir, { recursive: true, force: true })
    },
  }
}
