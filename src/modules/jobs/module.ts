import { countUpTo } from '../../platform/count-up-to.ts'
import { jobEvents } from '../../platform/jobs/job-events.ts'
import type { Module } from '../module.ts'
import { jobRetention, jobSettings } from './retention.ts'
import { jobRoutes } from './routes.ts'

export const jobsModule: Module = {
  name: 'jobs',
  attention: [
    {
      code: 'jobs',
      scope: 'jobs:read',
      meaning: 'Work that was given up',
      count: async (db) => countUpTo(db, db.selectFrom('job').where('state', '=', 'failed')),
    },
  ],
  events: jobEvents,
  settings: [jobSettings],
  retention: jobRetention,
  start: () => ({ routes: jobRoutes() }),
}
