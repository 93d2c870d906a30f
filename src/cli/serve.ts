import { setFlagsFromString } from 'node:v8'
import { suggestSpelling } from '../core/base/suggest-spelling.ts'
import { readConfig, unknownVariables, unsafeSettings } from '../platform/config.ts'
import { StartMistake } from '../platform/start-mistake.ts'
import { tellWhenInterrupted, whenInterrupted } from './interrupts.ts'
import { startPatiently } from './start-patiently.ts'

/**
 * Buffers of requests and segments count towards the size at which garbage is collected. Without it V8 collects all of it
 * whenever 64 MB of them have come and gone, which is several times a second.
 */
const MEMORY_FLAG = '--external-memory-accounted-in-global-limit'

/** Runs the server until it is interrupted. A second interrupt does not wait for what is under way. */
export async function serve(): Promise<void> {
  setFlagsFromString(MEMORY_FLAG)
  const signal = whenInterrupted()
  const interrupted = new Promise((resolve) => signal.addEventListener('abort', resolve))
  tellWhenInterrupted(() => 'stopping; what was answered is stored (a second interrupt does not wait)')
  try {
    // What is wrong with a variable need not wait for all of the server's code.
    const config = readConfig(process.env)
    warnOfUnknown()
    const { startApp } = await import('../app/start.ts')
    const app = await startPatiently(async () => startApp(config), signal)
    for (const sentence of unsafeSettings(config)) console.error(`kvit: ${sentence}`)
    if (!signal.aborted)
      console.log(
        `Kvit listens on ${app.url}\n  console         ${app.url}/ (kvit user invite lets somebody in)\n  API reference   ${app.url}/reference\n  root key        in root.key of the data directory`,
      )
    await interrupted
    await app.close()
    console.error('kvit: stopped; "kvit start" goes on where it was')
    process.exit(0)
  } catch (error) {
    // A mistake is told in its own words; a fault of Kvit with where it happened.
    const isMistake = error instanceof StartMistake
    console.error(
      `kvit: ${isMistake || !(error instanceof Error) ? String(error).replace(/^Error: /, '') : error.stack}`,
    )
    process.exit(1)
  }
}

/** A variable that is misspelt has no effect, and nobody would notice. */
function warnOfUnknown(): void {
  const { unknown, known } = unknownVariables(process.env)
  for (const name of unknown)
    console.error(`kvit: ${name} is no variable of Kvit and has no effect${suggestSpelling(name, known)}`)
}
