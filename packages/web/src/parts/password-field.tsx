import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words.tsx'

/** A password, which can be looked at. */
export function PasswordField(props: PasswordInputProps): ReactNode {
  const { say } = useWords()
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': say('act.showPassword') }} />
}
