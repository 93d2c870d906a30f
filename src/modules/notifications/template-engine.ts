import { Liquid } from 'liquidjs'
import { dayOf } from '../../core/base/period.ts'
import type { NoticeValue } from '../../core/notifications/kinds.ts'
import { wordsIn } from '../../core/notifications/shipped.ts'
import { dayText, moneyText, numberText, withMinorDigits } from '../../core/words/format.ts'
import type { Language } from '../../core/words/languages.ts'

/** Of one template, in characters. */
const MOST_TEMPLATE = 20_000
/** What one message may come to, in characters: a text for people. */
const MOST_RENDERED = 60_000
const MOST_SUBJECT = 300
/** Milliseconds of one template, and units of memory as LiquidJS counts them: characters and entries of lists. */
const [RENDER_MS, MEMORY] = [200, 500_000]
/** Languages and zones whose engines a thread keeps, and templates that each keeps parsed. */
const [MOST_ENGINES, MOST_PARSED] = [40, 200]

/** A message that is to be written. */
export interface RenderJob {
  readonly kind: string
  readonly channel: string
  readonly language: Language
  /** Of a tenant; null are the words that Kvit ships. */
  readonly template: { readonly subject: string | null; readonly text: string; readonly html: string | null } | null
  readonly values: Readonly<Record<string, NoticeValue>>
  /** Of the account: days are those of it. */
  readonly zone: string
  readonly unsubscribeUrl: string | null
}

/** A message as it is sent. */
export interface RenderedNotice {
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
}

/** A template that cannot be written out: what is wrong, in a sentence for whoever wrote it. */
export class TemplateFault extends Error {}

const nothing = (): never => {
  throw new Error('templates read no files')
}
const NO_FILES = {
  ...{ readFile: nothing, readFileSync: nothing, exists: async () => false, existsSync: () => false },
  resolve: nothing,
}

/** Tags that read other templates. */
const READING_TAGS = ['include', 'render', 'layout', 'block']
/** Filters that look at a clock or at chance: the same message is the same whenever it is written. */
const FICKLE_FILTERS = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'sample',
]

/**
 * LiquidJS with everything closed that leads out of the values that it is given: files, other templates, prototypes, clocks; with limits on time, memory and
 * size. Names that are not there are mistakes.
 */
function engineOf(language: Language, zone: string, isHtml: boolean): Liquid {
  const liquid = new Liquid({
    ...{ strictVariables: true, strictFilters: true, ownPropertyOnly: true, cache: false, fs: NO_FILES as never },
    ...{ parseLimit: MOST_TEMPLATE, renderLimit: RENDER_MS, memoryLimit: MEMORY, relativeReference: false },
    ...(isHtml ? { outputEscape: 'escape' as const } : {}),
  })
  for (const tag of READING_TAGS) delete liquid.tags[tag]
  for (const filter of FICKLE_FILTERS) delete liquid.filters[filter]
  const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
  liquid.registerFilter('money', (amount: unknown, currency: unknown) => {
    const code = textOf(currency)
    return /^[A-Z]{3,12}$/.test(code)
      ? moneyText(language, withMinorDigits(textOf(amount), code), code)
      : textOf(amount)
  })
  liquid.registerFilter('number', (amount: unknown) => numberText(language, textOf(amount)))
  liquid.registerFilter('day', (value: unknown) => dayIn(language, zone, textOf(value)))
  return liquid
}

/** `2026-02-15`, or a time, which is a day in the zone; what is neither stays. */
function dayIn(language: Language, zone: string, text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayText(language, text)
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(text))) return text
  return dayText(language, dayOf(Date.parse(text), zone))
}

/** An engine, and what it has parsed: that has its filters, which are of its language and zone. */
interface Engine {
  readonly liquid: Liquid
  readonly parsed: Map<string, ReturnType<Liquid['parse']>>
}

function write({ liquid, parsed }: Engine, source: string, values: Readonly<Record<string, unknown>>): string {
  try {
    let templates = parsed.get(source)
    if (templates === undefined) {
      templates = liquid.parse(source)
      if (parsed.size >= MOST_PARSED) parsed.clear()
      parsed.set(source, templates)
    }
    const text = String(liquid.renderSync(templates, { ...values }))
    if (text.length > MOST_RENDERED) throw new Error(`it comes to more than ${MOST_RENDERED} characters`)
    return text
  } catch (error) {
    throw new TemplateFault((error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 300))
  }
}

const engines = new Map<string, Engine>()

function engineFor(language: Language, zone: string, isHtml: boolean): Engine {
  const name = `${language} ${zone} ${isHtml}`
  let found = engines.get(name)
  if (found === undefined) {
    found = { liquid: engineOf(language, zone, isHtml), parsed: new Map() }
    if (engines.size >= MOST_ENGINES) engines.clear()
    engines.set(name, found)
  }
  return found
}

/**
 * Writes a message out. An e-mail by shipped words has a greeting, the name of the seller, and how to unsubscribe; other channels have the sentences alone.
 * @throws TemplateFault
 */
export function writeNotice({
  kind,
  channel,
  language: asked,
  template,
  values,
  zone,
  unsubscribeUrl,
}: RenderJob): RenderedNotice {
  const { language, words } = wordsIn(asked)
  const all = { ...values, unsubscribeUrl }
  const hasSubject = channel === 'email' || channel === 'inbox' || channel === 'push'
  if (template !== null) {
    // A template of a tenant is in the language that was asked for, whether Kvit has words in it or not.
    const own = engineFor(asked, zone, false)
    const text = write(own, template.text, all)
    const stop = channel === 'email' && unsubscribeUrl !== null && !text.includes(unsubscribeUrl)
    return {
      subject: hasSubject && template.subject !== null ? subjectOf(write(own, template.subject, all)) : null,
      text: stop ? `${text}\n\n${write(own, words.unsubscribe, all)}\n` : text,
      html:
        template.html === null || channel !== 'email' ? null : write(engineFor(asked, zone, true), template.html, all),
    }
  }
  const liquid = engineFor(language, zone, false)
  const shipped = words.kinds[kind]
  if (shipped === undefined) throw new TemplateFault(`there are no words for ${kind}`)
  const say = (source: string): string => write(liquid, source, all)
  const sentences = say(shipped.text)
  const parts = [say(words.greeting), sentences, say(words.closing)]
  if (unsubscribeUrl !== null) parts.push(say(words.unsubscribe))
  return {
    subject: hasSubject ? subjectOf(say(shipped.subject)) : null,
    text: channel === 'email' ? `${parts.join('\n\n')}\n` : sentences,
    html: null,
  }
}

/** One line, as headers of mail have it. */
function subjectOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_SUBJECT)
}
