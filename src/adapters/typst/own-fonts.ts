import { join } from 'node:path'

/**
 * Keeps fonts of the machine out of pages: Typst's library takes those that fontconfig lists, so that a page would be set with other letters where
 * other fonts are installed, and a document would not be the same to the byte. It is asked for on the main thread, before the threads
 * that set pages begin: the environment of a process is that of its main thread. On Linux alone; elsewhere fonts of the machine are still seen.
 */
export function useOwnFontsAlone(): void {
  process.env['FONTCONFIG_FILE'] = join(import.meta.dirname, 'no-fonts.conf')
}
