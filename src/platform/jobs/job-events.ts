import { z } from 'zod'
import { type EventType, eventOf, eventType, type NewEvent } from '../events/event-type.ts'
import type { Job } from './job.ts'

const data = { kind: z.string().describe('Such as `bill_run`'), key: z.string().describe('Which one of its kind') }
const failed = eventType(
  'job.failed',
  'job',
  'A job was given up after its last attempt; it is kept, and can be run again.',
  {
    ...data,
    attempts: z.int(),
  },
)
const retried = eventType(
  'job.retried',
  'job',
  'Somebody has a job run again that was given up or was to be tried later.',
  data,
)
const cancelled = eventType('job.cancelled', 'job', 'A job has ended because somebody cancelled it.', data)

export const jobEvents: readonly EventType[] = [failed, retried, cancelled]

export function jobEvent(action: 'failed' | 'retried' | 'cancelled', job: Job): NewEvent {
  const about = { objectId: job.id }
  return action === 'failed'
    ? eventOf(failed, about, job)
    : eventOf(action === 'retried' ? retried : cancelled, about, job)
}
