import { Refusal } from '../../platform/problems.ts'
import { doJobs } from '../../platform/worker-jobs.ts'
import { type RenderedNotice, type RenderJob, TemplateFault, writeNotice } from './template-engine.ts'

/** Writes messages out on a thread of its own: a template can be made so that it takes as long as it may. */
doJobs((job: RenderJob): RenderedNotice => {
  try {
    return writeNotice(job)
  } catch (error) {
    if (error instanceof TemplateFault)
      throw new Refusal('unprocessable', `the template of ${job.kind}: ${error.message}`)
    throw error
  }
})
