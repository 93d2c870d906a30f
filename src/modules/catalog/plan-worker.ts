import { speakPlainly } from '../../platform/http/schema-words.ts'
import { doJobs, goBehindCharging } from '../../platform/worker-jobs.ts'
import { type NewestVersion, preparePublication } from './publication.ts'
import type { PlanFileJob } from './service.ts'

goBehindCharging()
speakPlainly()

/** Reads plan files, and asks for what they are compared with. */
doJobs(({ files, published }: PlanFileJob, call) =>
  preparePublication(files, published, async (codes) => (await call('newest', codes)) as NewestVersion[]),
)
