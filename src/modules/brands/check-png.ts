import { crc32, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Most pixels of a side, and of all: a logo of 100 mm at 600 points an inch has 2,400. */
const [MAX_SIDE, MAX_PIXELS] = [4_000, 4_000_000]
/** Samples of a pixel by the type of its colour (ISO/IEC 15948, 11.2.2). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** What is wrong with a PNG, or null: every chunk is whole, and its pixels are as many as it says. */
export function pngFault(bytes: Buffer): string | null {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return 'it does not begin as a PNG does'
  const chunks = chunksOf(bytes)
  if (typeof chunks === 'string') return chunks
  const [head] = chunks
  if (head?.type !== 'IHDR' || head.data.length !== 13) return 'it has no header'
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)]
  const [depth = 0, colour = 0, , , interlace] = head.data.subarray(8)
  if (width === 0 || height === 0 || width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    return `it has ${width} × ${height} pixels; a side has at most ${MAX_SIDE}, all together ${MAX_PIXELS}`
  if (interlace !== 0) return 'it is interlaced: save it without'
  const samples = SAMPLES[colour]
  if (samples === undefined) return 'its colours are of a type that there is not'
  const wanted = (Math.ceil((width * samples * depth) / 8) + 1) * height
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  try {
    if (inflateSync(packed, { maxOutputLength: wanted + 1 }).length === wanted) return null
  } catch {
    // It says more pixels than there are, or is damaged: both are told below.
  }
  return 'its pixels are not as many as its header says'
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

function chunksOf(bytes: Buffer): Chunk[] | string {
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return `its chunk ${type} is damaged`
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4) })
    if (type === 'IEND') return end === bytes.length ? chunks : 'something follows its end'
    at = end
  }
  return 'it is cut off'
}
