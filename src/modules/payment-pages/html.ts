/** Text that is HTML already; all else that stands in a template is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | Markup | readonly Part[] | null

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A piece of a page: html`<p>${name}</p>`, in which a name such as `<b>` stands as it is written. What is null is left out. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.reduce((whole, text, at) => `${whole}${textOf(parts[at - 1] ?? null)}${text}`))
}

function textOf(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  return typeof part === 'string'
    ? part.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
    : part.map(textOf).join('')
}
