import { ApiError, type Client, type Json } from './client.ts'
import { formatTable, Printed, Progress } from './output.ts'
import { findUsageFiles } from './usage-files.ts'
import { deliverFile, FileRefused, type ImportReport, type ReadyFile, readMapping, readyFile } from './usage-import.ts'

export interface ImportOptions {
  readonly mapping: string
  readonly allowSuspended?: boolean
  readonly skipComplete?: boolean
}

/** What came of one file. */
interface Delivery {
  readonly file: string
  readonly report: ImportReport | null
  /** Why it was refused, or that it was delivered before. */
  readonly note: string
  readonly isRefused: boolean
}

/** Exit codes: a file was refused; all files came, and records of them wait in suspense. */
const [EXIT_REFUSED, EXIT_SUSPENDED] = [1, 2]
const COUNTS = ['rows', 'received', 'charged', 'suspended', 'duplicates'] as const
/** A text that the server cannot read is refused for good; another one may be read all the same. */
const FAULTS_OF_FILE = new Set(['mapping_invalid', 'unsupported_media_type'])

/** Delivers all the files that paths stand for, and says what came of them. Every file is read through before any is delivered. */
export async function importUsage(client: Client, paths: readonly string[], options: ImportOptions): Promise<unknown> {
  const mapping = await readMapping(options.mapping)
  const files = await findUsageFiles(paths)
  assertTold(
    files.map(({ name }) => name),
    mapping,
  )
  const ready: ReadyFile[] = []
  for (const file of files) ready.push(await readyFile(file, mapping))
  const deliveries = await deliverAll(client, ready, mapping, options)
  const reasons = await reasonsOf(client, deliveries)
  const suspended = total(deliveries, 'suspended')
  if (deliveries.some(({ isRefused }) => isRefused)) process.exitCode = EXIT_REFUSED
  else if (suspended > 0n && options.allowSuspended !== true) process.exitCode = EXIT_SUSPENDED
  const [only, another] = deliveries
  if (another !== undefined || only?.report == null) return new ImportSummary(deliveries, reasons)
  return { ...viewOf(only.report), ...(suspended > 0n ? { 'suspended by reason': reasons } : {}) }
}

/** Where ids have the file's name, two files of one name would take rows of each other for their own. */
function assertTold(names: readonly string[], mapping: unknown): void {
  const { id, source } = mapping as { id?: string; source?: string }
  if (!`${id} ${source}`.includes('{file}')) return
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw new Error(`two files are called ${twice}, which the mapping makes ids of: give the folder that both are in`)
}

async function deliverAll(
  client: Client,
  ready: readonly ReadyFile[],
  mapping: unknown,
  { skipComplete }: ImportOptions,
): Promise<Delivery[]> {
  const isOne = ready.length === 1
  const goesOn = isOne ? undefined : 'the same command with --skip-complete goes on from there'
  const sizeBytes = ready.reduce((sum, file) => sum + file.sizeBytes, 0)
  const progress = new Progress(isOne ? (ready[0] as ReadyFile).file.name : `${ready.length} files`, sizeBytes, goesOn)
  const deliveries: Delivery[] = []
  let doneBytes = 0
  try {
    for (const file of ready) {
      const moved = (offset: number): void => progress.update(doneBytes + offset)
      deliveries.push(
        (skipComplete === true ? await completeBefore(client, file) : null) ??
          (await deliverOne(client, file, mapping, moved, isOne)),
      )
      doneBytes += file.sizeBytes
    }
  } finally {
    progress.end()
  }
  return deliveries
}

async function completeBefore(client: Client, { file, fingerprint }: ReadyFile): Promise<Delivery | null> {
  const before = await client.list<ImportReport>(`/v1/usage-imports?fingerprint=${fingerprint}`)
  const isComplete = before.some(({ status }) => status === 'complete')
  return isComplete ? { file: file.name, report: null, note: 'delivered before', isRefused: false } : null
}

/** @param isOne a file that comes alone fails with what is wrong; of several, the others are delivered. */
async function deliverOne(
  client: Client,
  ready: ReadyFile,
  mapping: unknown,
  onMoved: (offset: number) => void,
  isOne: boolean,
): Promise<Delivery> {
  const { name } = ready.file
  try {
    return { file: name, report: await deliverFile(client, ready, mapping, onMoved), note: '', isRefused: false }
  } catch (error) {
    const isOfFile =
      error instanceof FileRefused || (error instanceof ApiError && FAULTS_OF_FILE.has(String(error.problem['code'])))
    if (isOne || !isOfFile) throw error
    return { file: name, report: null, note: (error as Error).message, isRefused: true }
  }
}

async function reasonsOf(client: Client, deliveries: readonly Delivery[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { report } of deliveries) {
    if (report === null || Number(report.suspended) === 0) continue
    const { items } = await client.get<{ items: { reason: string; records: string }[] }>(
      `/v1/suspense-reasons?import=${report.id}`,
    )
    for (const { reason, records } of items) counts[reason] = (counts[reason] ?? 0) + Number(records)
  }
  return counts
}

function total(deliveries: readonly Delivery[], name: (typeof COUNTS)[number]): bigint {
  return deliveries.reduce((sum, { report }) => sum + BigInt(report?.[name] ?? 0), 0n)
}

function viewOf({ id, delivery, rows, received, charged, suspended, duplicates }: ImportReport): Json {
  return {
    import: id,
    delivery,
    rows,
    received,
    charged,
    suspended,
    duplicates,
    'received = charged + suspended + duplicates':
      BigInt(received) === BigInt(charged) + BigInt(suspended) + BigInt(duplicates),
  }
}

/** A table of several files with their total; with `--json`, `files`, `total` and `suspendedByReason`. */
class ImportSummary extends Printed {
  private readonly deliveries: readonly Delivery[]
  private readonly reasons: Readonly<Record<string, number>>

  constructor(deliveries: readonly Delivery[], reasons: Readonly<Record<string, number>>) {
    super()
    this.deliveries = deliveries
    this.reasons = reasons
  }

  override toString(): string {
    const rows = this.deliveries.map(({ file, report, note }) => ({
      file,
      ...Object.fromEntries(COUNTS.map((name) => [name, report?.[name] ?? ''])),
      note,
    }))
    const table = formatTable([...rows, { file: `${rows.length} files`, ...this.total() }], ['file', ...COUNTS, 'note'])
    const why = Object.entries(this.reasons).map(([reason, count]) => `${count} suspended as ${reason}`)
    return [table, ...why].join('\n')
  }

  override toJSON(): Json {
    const files = this.deliveries.map(({ file, report, note, isRefused }) => ({
      file,
      status: isRefused ? 'refused' : 'complete',
      ...(report === null ? {} : viewOf(report)),
      ...(note === '' ? {} : { note }),
    }))
    return { files, total: this.total(), suspendedByReason: this.reasons }
  }

  private total(): Record<string, string> {
    return Object.fromEntries(COUNTS.map((name) => [name, String(total(this.deliveries, name))]))
  }
}
