import { countUpTo } from '../../platform/count-up-to.ts'
import type { Module } from '../module.ts'
import { checkUsage } from './checks.ts'
import { usageEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { usageReadRoutes, usageRoutes } from './routes.ts'

export const usageModule: Module = {
  name: 'usage',
  attention: [
    {
      code: 'suspense',
      scope: 'usage:read',
      meaning: 'Records that could not be charged and wait in suspense',
      count: async (db) => countUpTo(db, db.selectFrom('suspense').where('status', '=', 'open')),
    },
  ],
  personal: personalRows,
  events: usageEvents,
  start: ({ engine, metrics }) => ({ routes: usageRoutes(engine, metrics) }),
  readingRoutes: ({ engine }) => usageReadRoutes(engine),
  check: async ({ db, tenant }) => checkUsage(db, tenant.schema),
}
