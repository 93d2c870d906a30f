import { jobEvents } from '../../platform/jobs/job-events.ts'
import type { Module } from '../module.ts'
import { jobRoutes } from './routes.ts'

export const jobsModule: Module = {
  name: 'jobs',
  events: jobEvents,
  start: () => ({ routes: jobRoutes() }),
}
