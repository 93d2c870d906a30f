import { inclusionPath, merkleRoot } from '../../core/proof/merkle.ts'
import { PROOF_FORMAT, type ProofFile } from '../../core/proof/proof-file.ts'
import { type ChainLink, CODEC_VERSION, type EngineReads, PARTITION } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import type { Invoice } from '../invoices/index.ts'
import { digestDocuments, sha256 } from './state-documents.ts'
import * as store from './store.ts'

/** Segments between a document and the head that it is proved against: about 20 MB. */
const MAX_LINKS = 100_000

/**
 * The proof of a document against the head of the journal, or against an earlier head. Its charges are read anew, the
 * hashes beside them are those that were anchored: if something was changed since, the proof fails and shows where.
 */
export async function buildProof(
  engine: EngineReads,
  anchor: (tenant: Tenant) => Promise<void>,
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: Invoice,
  headSeq: number | undefined,
): Promise<ProofFile> {
  if ((await store.findAnchor(db, invoice.id)) === undefined) await anchor(tenant)
  const row = await store.findAnchor(db, invoice.id)
  if (row === undefined) throw new Refusal('engine_unavailable', `${invoice.document.number} is not in the journal yet`)
  const links = await linksTo(engine, tenant.name, Number(row.seq), headSeq)
  const batch = (await store.anchorsOfSegment(db, row.seq)).map(({ anchor }) => anchor)
  const [document] = await digestDocuments(engine, db, tenant.name, [invoice], true)
  if (document === undefined) throw new Error(`no document ${invoice.id}`)
  const [first, last] = [links[0] as ChainLink, links.at(-1) as ChainLink]
  return {
    format: PROOF_FORMAT,
    invoice: invoice.id,
    document: document.text,
    documentDigest: row.documentDigest.toHex(),
    periods: document.periods,
    chargesRoot: row.chargesRoot.toHex(),
    anchor: row.anchor.toHex(),
    batch: {
      index: row.place,
      size: batch.length,
      path: inclusionPath(sha256, batch, row.place).map((hash) => hash.toHex()),
      root: merkleRoot(sha256, batch).toHex(),
    },
    chain: {
      partition: PARTITION,
      codec: CODEC_VERSION,
      previous: first.previousDigest,
      links: links.map(({ seq, payloadDigest, digest }) => ({ seq, payload: payloadDigest, digest })),
    },
    head: { seq: last.seq, digest: last.digest },
  }
}

async function linksTo(
  engine: EngineReads,
  tenantName: string,
  fromSeq: number,
  headSeq: number | undefined,
): Promise<ChainLink[]> {
  const throughSeq = headSeq ?? (await engine.head(tenantName)).seq
  if (throughSeq < fromSeq)
    throw new Refusal('unprocessable', `the document is in segment ${fromSeq}, after the head ${throughSeq}`)
  const links = await engine.chain(tenantName, { fromSeq, throughSeq, limit: MAX_LINKS + 1 })
  if (links.length > MAX_LINKS) {
    const advice = `name an earlier head, from ${fromSeq} to ${fromSeq + MAX_LINKS - 1}`
    throw new Refusal('unprocessable', `more than ${MAX_LINKS} segments follow the document; ${advice}`)
  }
  if (links.at(-1)?.seq !== throughSeq) throw new Refusal('unprocessable', `the journal has no segment ${throughSeq}`)
  return links
}
