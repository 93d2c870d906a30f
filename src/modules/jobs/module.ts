import { jobEvents } from '../../platform/jobs/job-events.ts'
import type { Module } from '../module.ts'
import { jobRetention, jobSettings } from './retention.ts'
import { jobRoutes } from './routes.ts'

export const jobsModule: Module = {
  name: 'jobs',
  events: jobEvents,
  settings: [jobSettings],
  retention: jobRetention,
  start: () => ({ routes: jobRoutes() }),
}
