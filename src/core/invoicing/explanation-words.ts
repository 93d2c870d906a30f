/** Languages of documents and explanations. */
export type Language = 'en' | 'uk' | 'ru'

/** Phrases of explanations; each `{}` is replaced by a value, in their order. Those of steps are what models call them. */
const PHRASES = {
  price: {
    en: 'Price “{}” of plan {}, version {}.',
    uk: 'Ціна «{}» тарифу {}, версія {}.',
    ru: 'Цена «{}» тарифа {}, версия {}.',
  },
  period: {
    en: 'Period: from {} until {} (not included).',
    uk: 'Період: з {} до {} (не включно).',
    ru: 'Период: с {} до {} (не включительно).',
  },
  late: {
    en: 'Late usage of an earlier period.',
    uk: 'Пізнє споживання за попередній період.',
    ru: 'Позднее потребление за прошлый период.',
  },
  used: { en: 'Used in the period: {} {}.', uk: 'Спожито за період: {} {}.', ru: 'Потреблено за период: {} {}.' },
  included: {
    en: 'Besides that, {} covered {} of {} {}.',
    uk: 'Крім того, {}: покрито {} з {} {}.',
    ru: 'Кроме того, {}: покрыто {} из {} {}.',
  },
  prepaidUnits: {
    en: 'Of {} units {} {} are left.',
    uk: 'Одиниць ({}) залишилося: {} {}.',
    ru: 'Единиц ({}) осталось: {} {}.',
  },
  step: { en: '{}: {} × {} = {}', uk: '{}: {} × {} = {}', ru: '{}: {} × {} = {}' },
  stepPer: { en: '{}: {} × {} per {} = {}', uk: '{}: {} × {} за {} = {}', ru: '{}: {} × {} за {} = {}' },
  stepFlat: { en: '{}: {}', uk: '{}: {}', ru: '{}: {}' },
  exact: { en: 'Exact amount: {} {}.', uk: 'Точна сума: {} {}.', ru: 'Точная сумма: {} {}.' },
  before: { en: 'Billed before: {} {}.', uk: 'Виставлено раніше: {} {}.', ru: 'Выставлено раньше: {} {}.' },
  amount: {
    en: 'This line, rounded half-up: {} {}.',
    uk: 'Цей рядок, з округленням: {} {}.',
    ru: 'Эта строка, с округлением: {} {}.',
  },
  records: { en: 'Records behind it: {}.', uk: 'Записів у ньому: {}.', ru: 'Записей в ней: {}.' },
  shared: {
    en: 'Line {} of the document, “{}”: {} rates, together {}, rounded once {} {}. This is one of them.',
    uk: 'Рядок {} документа, «{}»: ставок {}, разом {}, заокруглено один раз {} {}. Це одна з них.',
    ru: 'Строка {} документа, «{}»: ставок {}, вместе {}, округлено один раз {} {}. Это одна из них.',
  },
  lowered: { en: '{}: {} {}.', uk: '{}: {} {}.', ru: '{}: {} {}.' },
  record: { en: 'Record {} of {}: {}, {}.', uk: 'Запис {} з {}: {}, {}.', ru: 'Запись {} из {}: {}, {}.' },
  retracted: { en: 'The record is retracted.', uk: 'Запис відкликано.', ru: 'Запись отозвана.' },
  corrected: { en: 'Corrected: {}.', uk: 'Виправлено: {}.', ru: 'Исправлено: {}.' },
  suspended: { en: 'In suspense: {} ({}).', uk: 'Відкладено: {} ({}).', ru: 'Отложено: {} ({}).' },
  charged: {
    en: 'Charged under “{}” of plan {}: {} for {} {}.',
    uk: 'Нараховано за «{}» тарифу {}: {} за {} {}.',
    ru: 'Начислено по «{}» тарифа {}: {} за {} {}.',
  },
  billed: { en: 'On document {}.', uk: 'У документі {}.', ru: 'В документе {}.' },
  unbilled: { en: 'Not billed yet.', uk: 'Ще не виставлено.', ru: 'Ещё не выставлено.' },
} as const

/** What models call their steps, word for word. */
const STEPS: readonly Readonly<Record<Language, string>>[] = [
  { en: 'unit', uk: 'одиниця', ru: 'единица' },
  { en: 'last tier', uk: 'останній рівень', ru: 'последняя ступень' },
  { en: 'tier up to {}', uk: 'рівень до {}', ru: 'ступень до {}' },
  { en: 'packages of {}', uk: 'пакети по {}', ru: 'пакеты по {}' },
  { en: '{} % of each, {} events', uk: '{} % від кожної, подій: {}', ru: '{} % от каждого, событий: {}' },
  {
    en: 'free events, minimum and maximum of each',
    uk: 'безкоштовні події, мінімум і максимум кожної',
    ru: 'бесплатные события, минимум и максимум каждого',
  },
  { en: 'connection fee', uk: 'плата за з’єднання', ru: 'плата за соединение' },
  { en: 'rounding and bounds of each record', uk: 'округлення та межі записів', ru: 'округление и границы записей' },
  { en: 'discount {} %', uk: 'знижка {} %', ru: 'скидка {} %' },
  { en: 'maximum {}', uk: 'максимум {}', ru: 'максимум {}' },
  { en: 'seats', uk: 'місця', ru: 'места' },
  { en: 'flat amount', uk: 'фіксована сума', ru: 'фиксированная сумма' },
  { en: 'minimum', uk: 'мінімум', ru: 'минимум' },
  { en: 'charges counted', uk: 'враховані нарахування', ru: 'учтённые начисления' },
  { en: 'price', uk: 'ціна', ru: 'цена' },
  { en: 'other', uk: 'інше', ru: 'прочее' },
  { en: 'billed before', uk: 'виставлено раніше', ru: 'выставлено раньше' },
]

export type Phrase = keyof typeof PHRASES

/** A phrase with its values in their places. */
export function phrase(language: Language, name: Phrase, ...values: readonly string[]): string {
  return fill(PHRASES[name][language], values)
}

/** The name of a step in another language; one that nobody has translated stays as it is. */
export function stepName(language: Language, label: string): string {
  for (const step of STEPS) {
    const pattern = step.en.split('{}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    const match = new RegExp(`^${pattern.join('(.+)')}$`).exec(label)
    if (match !== null) return fill(step[language], match.slice(1))
  }
  return label
}

function fill(template: string, values: readonly string[]): string {
  let next = 0
  return template.replaceAll('{}', () => values[next++] ?? '')
}
