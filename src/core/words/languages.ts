/** Languages of documents, statements and explanations. Each has a file of words in `data/`. */
export const LANGUAGES = ['en', 'uk', 'ru', 'de', 'fr', 'es', 'it', 'pl', 'pt', 'nl', 'tr', 'ro'] as const

export type Language = (typeof LANGUAGES)[number]
