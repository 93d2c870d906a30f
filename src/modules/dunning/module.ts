import { countUpTo } from '../../platform/count-up-to.ts'
import type { Module, Parts } from '../module.ts'
import { checkDunning } from './checks.ts'
import { collectionRoutes } from './collection-routes.ts'
import { dunningEvents } from './events.ts'
import { accountJob, dunningJob, followMoney, stepJob } from './jobs.ts'
import { personalRows } from './personal.ts'
import { policyRoutes } from './policy-routes.ts'
import type { DunningNeeds } from './ports.ts'
import { previewRoutes } from './preview-routes.ts'
import { dunningRoutes } from './routes.ts'
import { dunningSettings } from './settings.ts'

export const dunningModule: Module<Parts & DunningNeeds> = {
  name: 'dunning',
  attention: [
    {
      code: 'call_tasks',
      scope: 'dunning:read',
      meaning: 'Customers who are to be called',
      count: async (db) => countUpTo(db, db.selectFrom('dunningCallTask').where('state', '=', 'open')),
    },
  ],
  events: dunningEvents,
  settings: [dunningSettings],
  personal: personalRows,
  start: ({ db, dunning: ports }) => {
    const parts = { db, ports }
    return {
      routes: [...dunningRoutes(parts), ...policyRoutes(), ...collectionRoutes()],
      jobs: [dunningJob(parts), accountJob(parts), stepJob(parts)],
      subscribers: [followMoney(ports)],
    }
  },
  readingRoutes: previewRoutes,
  check: async ({ db }) => [await checkDunning(db)],
}
