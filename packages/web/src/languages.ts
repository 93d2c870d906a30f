/** Languages that the console speaks, as their speakers call them. */
export const LANGUAGES = { en: 'English', uk: 'Українська', de: 'Deutsch', ru: 'Русский' } as const
export type Language = keyof typeof LANGUAGES
