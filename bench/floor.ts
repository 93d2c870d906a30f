import { closeSync, createReadStream, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Records between two syncs, as many as in one segment of the engine under load. */
const RECORDS_PER_SYNC = 10_000

/**
 * The floor: read NDJSON, parse every line, append the bytes, fdatasync; one core and no logic. What a durable billing
 * engine cannot be faster than on this machine.
 * @returns records per second.
 */
export async function measureFloor(file: string, folder: string): Promise<number> {
  const target = join(folder, 'floor.out')
  const out = openSync(target, 'w')
  const startedMs = performance.now()
  let [records, checksum, rest] = [0, 0, '']
  let pending: string[] = []
  const flush = (): void => {
    writeSync(out, `${pending.join('\n')}\n`)
    fdatasyncSync(out)
    pending = []
  }
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      checksum += (JSON.parse(line) as { units: number }).units
      records++
      if (pending.push(line) === RECORDS_PER_SYNC) flush()
    }
  }
  flush()
  const seconds = (performance.now() - startedMs) / 1000
  closeSync(out)
  rmSync(target)
  if (checksum <= 0) throw new Error('the floor read nothing')
  return records / seconds
}
