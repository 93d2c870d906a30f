import { speakPlainly } from '../../platform/http/schema-words.ts'
import { readBodyAs } from '../../platform/http/sent-body.ts'
import { doJobs } from '../../platform/worker-jobs.ts'
import { type AskPublished, preparePublication } from './publication.ts'
import { publicationBody } from './publication-body.ts'
import type { ReadCatalog } from './service.ts'

speakPlainly()

/** Reads plan files out of the body that has them, and asks for what they are compared with. */
doJobs(async (bytes: Uint8Array, call): Promise<ReadCatalog> => {
  const { asked, sent } = readBodyAs(bytes, publicationBody)
  const { files, ...others } = asked
  const ask = (name: keyof AskPublished) => async (of?: unknown) => (await call(name, of)) as never
  const publication = await preparePublication(files, {
    names: ask('names'),
    schedule: ask('schedule'),
    newest: ask('newest'),
  })
  return { ...others, publication, sent }
})
