import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CHECK_DIGITS, type Head, PROOF_FORMAT, type ProofFile } from '../core/proof/proof-file.ts'
import { type ProofStep, verifyProof } from '../core/proof/verify-proof.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits in lower case')
const natural = z.number().int().min(0)

/** What a proof consists of, and nothing else: a field that is not checked would be one that can be changed. */
const PROOF: z.ZodType<ProofFile> = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  invoice: z.string(),
  document: z.string(),
  documentDigest: hash,
  periods: z.array(
    z.strictObject({
      account: z.string(),
      period: z.string(),
      root: hash,
      lines: z.array(
        z.strictObject({
          leaf: z.string(),
          charges: z.array(
            z.strictObject({
              leaf: z.string(),
              check: z
                .string()
                .regex(/^[0-9a-f]+$/)
                .length(CHECK_DIGITS),
            }),
          ),
        }),
      ),
    }),
  ),
  chargesRoot: hash,
  anchor: hash,
  batch: z.strictObject({ index: natural, size: natural, path: z.array(hash).max(64), root: hash }),
  chain: z.strictObject({
    partition: natural.max(0xffffffff),
    codec: natural.max(0xffffffff),
    previous: hash,
    links: z.array(z.strictObject({ seq: natural, payload: hash, digest: hash })).min(1),
  }),
  head: z.strictObject({ seq: natural, digest: hash }),
})

/** `SEQ:DIGEST`, as `GET /v1/journal/head` tells them. */
export function parseHead(text: string): Head {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim())
  if (match === null) throw new Error('a head is SEQ:DIGEST: the number of a segment and 64 hex digits')
  return { seq: Number(match[1]), digest: (match[2] as string).toLowerCase() }
}

/** Checks the text of a proof file, step by step. It asks no server and no database. */
export function checkProofText(text: string, published: Head | null): ProofStep[] {
  const step = 'file'
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return [{ step, holds: false, detail: `is no JSON: ${error instanceof Error ? error.message : String(error)}` }]
  }
  const read = PROOF.safeParse(json)
  if (!read.success) {
    const wrong = read.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`)
    return [{ step, holds: false, detail: wrong.join('; ') }]
  }
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
  return [{ step, holds: true, detail: PROOF_FORMAT }, ...verifyProof(sha256, read.data, published)]
}
