import { speakPlainly } from '../../platform/http/schema-words.ts'
import { readBodyAs } from '../../platform/http/sent-body.ts'
import { doJobs, Handed } from '../../platform/worker-jobs.ts'
import { type AskDecks, draftDeck } from './deck-draft.ts'
import type { ReadDeck } from './deck-import.ts'
import { deckImport } from './deck-schemas.ts'

speakPlainly()

/** Reads the file of a deck out of the body that has it, and asks for what it is compared with. */
doJobs(async (bytes: Uint8Array, call): Promise<Handed> => {
  const { asked, sent } = readBodyAs(bytes, deckImport)
  const { dryRun, ...given } = asked
  const ask = (name: keyof AskDecks) => async (of: string) => (await call(name, of)) as never
  const draft = await draftDeck(given, { versions: ask('versions'), content: ask('content') })
  const read: ReadDeck = { draft, fileName: given.file.name, dryRun, sent }
  return new Handed(read, [draft.content.packed.buffer as ArrayBuffer])
})
