import { type FileHandle, open } from 'node:fs/promises'
import { parseTime } from '../core/mediation/record-time.ts'
import { type Client, type Query, queryText } from './client.ts'
import { toWhole } from './option-values.ts'
import { Progress } from './output.ts'

const HOUR_MS = 3_600_000
/** Requests that one export makes at most: ten years of days. */
const MAX_STRETCHES = 3_660

export interface ExportOptions extends Query {
  readonly from: string
  readonly until: string
  readonly hours: string
  readonly output?: string
}

/**
 * Writes usage as CSV, a stretch of some hours after another: the server never reads more than one of them for one request.
 * To a file, or to where the output of the command goes.
 */
export async function exportUsage(client: Client, options: ExportOptions): Promise<unknown> {
  const { from, until, hours, output, ...filters } = options
  const [fromMs, untilMs] = [instantOf('--from', from), instantOf('--until', until)]
  if (!(untilMs > fromMs)) throw new Error('--until must be after --from')
  const stepMs = toWhole('--hours', hours) * HOUR_MS
  if (stepMs < HOUR_MS) throw new Error(`--hours is a whole number from 1, not ${hours}`)
  const stretches = Math.ceil((untilMs - fromMs) / stepMs)
  if (stretches > MAX_STRETCHES)
    throw new Error(
      `${from} until ${until} are ${stretches} stretches of ${hours} hours, and at most ${MAX_STRETCHES} are asked for: choose days nearer to each other, or more --hours`,
    )
  const starts: number[] = []
  for (let at = fromMs; at < untilMs; at += stepMs) starts.push(at)
  const file = output === undefined ? null : await open(output, 'w')
  const reached = (at: number): string => new Date(starts[at] ?? untilMs).toISOString()
  const goesOn = 'the same command writes all of them again'
  const progress = file === null ? null : new Progress('stretches of usage', starts.length, goesOn)
  let bytes = 0
  try {
    for (const [at, start] of starts.entries()) {
      const stretch = { from: new Date(start).toISOString(), until: reached(at + 1) }
      const path = `/v1/usage-records.csv${queryText({ ...filters, ...stretch })}`
      bytes += await writeOut(client.stream(path), file, at > 0)
      progress?.update(at + 1)
    }
  } finally {
    progress?.end()
    await file?.close()
  }
  return file === null ? undefined : { file: output, from, until, bytes }
}

function instantOf(option: string, text: string): number {
  const at = parseTime(text)
  if (Number.isNaN(at)) throw new Error(`${option} is a time such as 2026-01-01T00:00:00Z, not ${text}`)
  return at
}

/** Each answer begins with the names of the columns, which stand in the file once. @returns the bytes written. */
async function writeOut(
  parts: AsyncIterable<Uint8Array>,
  file: FileHandle | null,
  isFurther: boolean,
): Promise<number> {
  let isInHead = isFurther
  let bytes = 0
  for await (const part of parts) {
    const end = isInHead ? part.indexOf(10) : -1
    if (isInHead && end < 0) continue
    isInHead = false
    const rest = part.subarray(end + 1)
    bytes += rest.length
    if (file !== null) await file.write(rest)
    else if (!process.stdout.write(rest)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  return bytes
}
