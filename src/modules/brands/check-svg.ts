import { SaxesParser } from 'saxes'

/** Elements that a logo is drawn with. What refers to others (`use`, `image`, `pattern`), runs, or needs fonts is none of them. */
const ELEMENTS = new Set([
  ...['svg', 'g', 'defs', 'title', 'desc', 'metadata', 'style', 'path', 'rect', 'circle', 'ellipse'],
  ...['line', 'polyline', 'polygon', 'linearGradient', 'radialGradient', 'stop', 'clipPath'],
])
const SVG = 'http://www.w3.org/2000/svg'
const [MAX_ELEMENTS, MAX_DEPTH] = [5_000, 50]
/** A reference to something that is not in the picture itself, or a way to write one that is not seen. */
const OUTSIDE = /url\(\s*['"]?\s*[^'"#\s]|@|\\|&#|javascript:/i

/** What is wrong with an SVG, or null: it is drawn with shapes alone, and names nothing outside of itself. */
export function svgFault(bytes: Buffer): string | null {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return 'it is not UTF-8'
  }
  const parser = new SaxesParser({ xmlns: true })
  const faults: string[] = []
  const open: string[] = []
  let count = 0
  parser.on('error', (error) => faults.push(`it cannot be read: ${error.message}`))
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) faults.push('its DOCTYPE defines entities: leave it out')
  })
  parser.on('processinginstruction', ({ target }) => faults.push(`it has an instruction ${target}: leave it out`))
  parser.on('opentag', ({ local, uri, attributes }) => {
    open.push(local)
    if (++count > MAX_ELEMENTS) faults.push(`it has more than ${MAX_ELEMENTS} elements`)
    if (open.length > MAX_DEPTH) faults.push(`its elements are nested more than ${MAX_DEPTH} deep`)
    if (open.includes('metadata')) return
    if (uri !== SVG) faults.push(`it has an element ${local} of another kind: export it as plain SVG`)
    else if (!ELEMENTS.has(local)) faults.push(`it has an element ${local}; make it of shapes alone`)
    for (const { local: name, value } of Object.values(attributes)) faults.push(...attributeFaults(name, value))
    if (open.length === 1 && !hasSize(Object.values(attributes))) faults.push('it has no size: give it a viewBox')
  })
  parser.on('text', (content) => {
    if (open.at(-1) === 'style' && OUTSIDE.test(content)) faults.push('its style names something outside of it')
  })
  parser.on('cdata', (content) => {
    if (open.at(-1) === 'style' && OUTSIDE.test(content)) faults.push('its style names something outside of it')
  })
  parser.on('closetag', () => void open.pop())
  try {
    parser.write(text).close()
  } catch {
    faults.push('it cannot be read')
  }
  return faults[0] ?? (count === 0 ? 'it is empty' : null)
}

function attributeFaults(name: string, value: string): string[] {
  if (/^on/i.test(name)) return [`it has an attribute ${name}: leave it out`]
  if (name === 'href' && !value.startsWith('#')) return ['it refers to something outside of it']
  return name !== 'xmlns' && OUTSIDE.test(value) ? [`its attribute ${name} names something outside of it`] : []
}

function hasSize(attributes: readonly { readonly local: string }[]): boolean {
  const names = new Set(attributes.map(({ local }) => local))
  return names.has('viewBox') || (names.has('width') && names.has('height'))
}
