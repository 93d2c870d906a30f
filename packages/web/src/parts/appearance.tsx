import { NativeSelect, useMantineColorScheme } from '@mantine/core'
import type { ReactNode } from 'react'
import { LANGUAGES, type Language } from '../languages.ts'
import { useWords } from '../words.tsx'

export function Mark(): ReactNode {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b7285" />
      <path d="M8 11.5h16M8 20.5h16" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  )
}

/** Language and light, wherever one is. */
export function Appearance(): ReactNode {
  const { say, language, setLanguage } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div className="row">
      <NativeSelect
        label={say('shell.language')}
        value={language}
        onChange={({ currentTarget }) => setLanguage(currentTarget.value as Language)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        label={say('shell.colours')}
        value={colorScheme}
        onChange={({ currentTarget }) => setColorScheme(currentTarget.value as typeof colorScheme)}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: say(`shell.${value}`) }))}
      />
    </div>
  )
}
