const ALLOWED = /[^A-Za-z0-9/\-?:().,'+ ]/g
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  '&': '+',
}

/** A text in the letters that every bank of SEPA takes (EPC217-08): `Müller & Söhne` is `Muller + Sohne`. */
export function sepaText(text: string, most: number): string {
  const plain = Array.from(text, (letter) => LETTERS[letter] ?? letter).join('')
  return plain
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(ALLOWED, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, most)
    .trim()
}

/** Whether something of a name is left in these letters: nothing is of one in Cyrillic, and a bank refuses a file with a name that is empty. */
export function isSepaName(name: string): boolean {
  return /[A-Za-z0-9]/.test(sepaText(name, name.length))
}

/** Whether a text is a creditor identifier: a country, two check digits, three of the creditor's own, and a national part (EPC262-08). */
export function isCreditorId(text: string): boolean {
  const found = /^([A-Z]{2})(\d{2})[A-Z0-9]{3}([A-Z0-9]{1,28})$/.exec(text)
  if (found === null) return false
  const digits = Array.from(`${found[3]}${found[1]}${found[2]}`, (sign) => Number.parseInt(sign, 36)).join('')
  return BigInt(digits) % 97n === 1n
}

/** An element of a file: text, or further elements; those that are null are left out. */
export type Node = readonly [
  name: string,
  content: string | readonly (Node | null)[],
  attributes?: Readonly<Record<string, string>>,
]

/** The text of elements, indented by two blanks a level. */
export function xmlText([name, content, attributes = {}]: Node, indent = ''): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const open = `${indent}<${name}${said.join('')}>`
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>`
  const children = content.flatMap((node) => (node === null ? [] : [xmlText(node, `${indent}  `)]))
  return [open, ...children, `${indent}</${name}>`].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
