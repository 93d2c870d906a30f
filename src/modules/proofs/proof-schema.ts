import { z } from 'zod'
import { CHECK_DIGITS, PROOF_FORMAT, type ProofFile } from '../../core/proof/proof-file.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits in lower case')
const natural = z.number().int().min(0)

/** What a proof consists of, and nothing else: a field that is not checked would be one that can be changed. */
export const proofFile: z.ZodType<ProofFile> = z
  .strictObject({
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
  .meta({ id: 'Proof' })
