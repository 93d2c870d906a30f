import { merkleRoot } from '../../core/proof/merkle.ts'
import { anchorsPayload } from '../../core/proof/statements.ts'
import type { EngineReads } from '../../engine/index.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { checkSeals } from './check-seals.ts'
import { digestDocuments, sha256 } from './state-documents.ts'
import * as store from './store.ts'

/** Segments whose documents are stated together: the journal is read once for them. */
const SEGMENTS = 5

/**
 * What the journal vouches for is in it, and is what documents and charges still say.
 * @param anchors segments that anchor documents: an anchor that is lost and made anew vouches for what may have
 *   been changed in between.
 */
export async function checkProofs(
  engine: EngineReads,
  db: Database,
  { name: tenantName, schema }: Tenant,
  anchors: ReadonlySet<number>,
): Promise<CheckResult[]> {
  const lost: string[] = []
  const changed: string[] = []
  const forgotten = new Set(anchors)
  let [documents, segments] = [0, 0]
  let after = 0n
  for (;;) {
    const seqs = await store.anchoringSegments(db, after, SEGMENTS)
    if (seqs.length === 0) break
    after = seqs.at(-1) as bigint
    const rows: store.InvoiceAnchor[] = []
    for (const seq of seqs) {
      const anchored = await store.anchorsOfSegment(db, seq)
      rows.push(...anchored)
      forgotten.delete(Number(seq))
      if (!(await isInJournal(engine, tenantName, Number(seq), anchored))) lost.push(`segment ${seq}`)
    }
    changed.push(...(await changedDocuments(engine, db, tenantName, rows)))
    documents += rows.length
    segments += seqs.length
  }
  const sealed = await checkSeals(engine, db, tenantName, schema)
  for (const seq of sealed.segments) forgotten.delete(seq)
  return [
    checkNone('every anchored root is in the journal', lost, `${segments} segments`),
    checkNone(
      'every root in the journal has its documents',
      [...forgotten].map((seq) => `segment ${seq}`),
      `${anchors.size} segments`,
    ),
    checkNone('anchored roots are those of documents and charges', changed, `${documents} documents`),
    ...sealed.results,
  ]
}

async function isInJournal(
  engine: EngineReads,
  tenantName: string,
  seq: number,
  anchors: readonly store.InvoiceAnchor[],
): Promise<boolean> {
  const root = merkleRoot(
    sha256,
    anchors.map(({ anchor }) => anchor),
  )
  const [link] = await engine.chain(tenantName, { seqs: [seq] })
  const isInPlace = anchors.every(({ place }, index) => place === index)
  const payload = Buffer.from(anchorsPayload(anchors.length, root.toHex()))
  return isInPlace && link?.payloadDigest === sha256(payload).toHex()
}

async function changedDocuments(
  engine: EngineReads,
  db: Database,
  tenantName: string,
  rows: readonly store.InvoiceAnchor[],
): Promise<string[]> {
  const invoices = await store.invoicesByIds(
    db,
    rows.map(({ invoiceId }) => invoiceId),
  )
  const byInvoice = new Map(rows.map((row) => [row.invoiceId, row]))
  try {
    const documents = await digestDocuments(engine, db, tenantName, invoices, false)
    return documents.flatMap(({ invoice, documentDigest, chargesRoot, anchor }) => {
      const row = byInvoice.get(invoice.id) as store.InvoiceAnchor
      const name = invoice.document.number
      if (!row.documentDigest.equals(documentDigest)) return [`the document ${name} was changed`]
      if (!row.chargesRoot.equals(chargesRoot)) return [`the charges of ${name} were changed`]
      return row.anchor.equals(anchor) ? [] : [`the anchor of ${name} was changed`]
    })
  } catch (error) {
    // The journal itself cannot be read; the check of the chain names the segment.
    return [`charges cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}
