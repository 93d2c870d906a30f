import { merkleRoot } from '../../core/proof/merkle.ts'
import { anchorsPayload } from '../../core/proof/statements.ts'
import type { EngineReads } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import * as store from './seal-store.ts'
import { sha256 } from './state-documents.ts'

/** Seals, and rows, that are read at a time. */
const PAGE = 20_000

/**
 * Every row that was sealed is there as it was, and every seal is in the journal.
 * @param schema of the tenant
 * @returns the results, and the segments that hold seals
 */
export async function checkSeals(
  engine: EngineReads,
  db: Database,
  tenantName: string,
  schema: string,
): Promise<{ results: CheckResult[]; segments: ReadonlySet<number> }> {
  const wrong: string[] = []
  let count = 0
  for (const kind of await store.sealedKinds(db, schema))
    for (let after: string | null = ''; after !== null; ) {
      const compared: store.ComparedRows = await store.compareRows(db, schema, kind, after, PAGE)
      wrong.push(...compared.gone.map((key) => `${kind.kind} ${key} was taken away`))
      wrong.push(...compared.changed.map((key) => `${kind.kind} ${key} was changed`))
      count += compared.count
      after = compared.last
    }
  const { lost, segments } = await sealsOutOfJournal(engine, db, tenantName)
  return {
    results: [
      checkNone('every row that money stands on is as it was sealed', wrong, `${count} rows`),
      checkNone('every seal of rows is in the journal', lost, `${segments.size} segments`),
    ],
    segments,
  }
}

/** Segments whose root is not that of the seals which name them. */
async function sealsOutOfJournal(
  engine: EngineReads,
  db: Database,
  tenantName: string,
): Promise<{ lost: string[]; segments: Set<number> }> {
  const lost: string[] = []
  const segments = new Set<number>()
  let open: store.RowSeal[] = []
  const compare = async (whole: readonly store.RowSeal[]): Promise<void> => {
    const bySeq = Map.groupBy(whole, ({ seq }) => Number(seq))
    const links = await engine.chain(tenantName, { seqs: [...bySeq.keys()] })
    const payloads = new Map(links.map(({ seq, payloadDigest }) => [seq, payloadDigest]))
    for (const [seq, seals] of bySeq) {
      segments.add(seq)
      const root = merkleRoot(
        sha256,
        seals.map(({ digest }) => digest),
      )
      const payload = Buffer.from(anchorsPayload(seals.length, root.toHex()))
      const isInPlace = seals.every(({ place }, index) => place === index)
      if (!isInPlace || payloads.get(seq) !== sha256(payload).toHex()) lost.push(`segment ${seq}`)
    }
  }
  for (let after = { seq: 0n, place: -1 }; ; ) {
    const page = await store.sealsAfter(db, after, PAGE)
    open.push(...page)
    const last = open.at(-1)
    if (last === undefined) break
    after = { seq: last.seq, place: last.place }
    const isEnd = page.length < PAGE
    // The seals of the last segment may continue on the next page.
    await compare(isEnd ? open : open.filter(({ seq }) => seq !== last.seq))
    if (isEnd) break
    open = open.filter(({ seq }) => seq === last.seq)
  }
  return { lost, segments }
}
