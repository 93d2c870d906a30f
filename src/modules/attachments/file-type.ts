/** What a file is, and the endings of its names: whoever opens a copy of it sees by its name what it is. */
const TYPES = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/xml': ['xml'],
  'text/csv': ['csv'],
  'text/plain': ['txt'],
} as const
export type FileType = keyof typeof TYPES
export const FILE_TYPES = Object.keys(TYPES) as [FileType, ...FileType[]]

/** The first bytes of types that have some of their own. */
const MAGIC: readonly (readonly [FileType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const ODS = 'application/vnd.oasis.opendocument.spreadsheet'
/** The first entry of an OpenDocument, which is not compressed: its name is `mimetype`, and its content follows at once. */
const OPEN_DOCUMENT = Buffer.from(`mimetype${ODS}`)
/** What EN 16931 takes as a supporting document (BT-125). */
const ENCLOSED_TYPES: readonly FileType[] = [
  ...(['application/pdf', 'image/png', 'image/jpeg', 'text/csv'] as const),
  ...(['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ODS] as const),
]

/** Whether a file may go out with a document, inside its e-invoice. */
export function mayBeEnclosed(type: FileType): boolean {
  return ENCLOSED_TYPES.includes(type)
}

/**
 * What a file is by its bytes. A text is CSV where its name says so: its bytes do not tell.
 * @returns null where it is nothing that is kept, or its name ends as something else does, such as .exe
 */
export function fileTypeOf(bytes: Uint8Array, name: string): FileType | null {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = byBytes(bytes, ending)
  if (found === null) return null
  return !name.includes('.') || (TYPES[found] as readonly string[]).includes(ending) ? found : null
}

function byBytes(bytes: Uint8Array, ending: string): FileType | null {
  const begins = (magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
  const known = MAGIC.find(([, magic]) => begins(magic))
  if (known !== undefined) return known[0]
  if (begins(ZIP)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (text.subarray(30, 30 + OPEN_DOCUMENT.length).equals(OPEN_DOCUMENT)) return ODS
    const isWorkbook = text.includes('[Content_Types].xml') && text.includes('xl/workbook.xml')
    return isWorkbook ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : null
  }
  const text = textOf(bytes)
  if (text === null || text.trim() === '') return null
  if (/^\uFEFF?\s*<(\?xml\s|[A-Za-z_!])/.test(text)) return ending === 'xml' ? 'application/xml' : null
  return ending === 'csv' ? 'text/csv' : 'text/plain'
}

/** Tab and ends of lines. */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d])

/** UTF-8 without other control characters; null where it is something else. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return bytes.some((byte) => (byte < 0x20 && !TEXT_CONTROLS.has(byte)) || byte === 0x7f) ? null : text
  } catch {
    return null
  }
}
