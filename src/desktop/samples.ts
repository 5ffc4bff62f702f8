import { notify } from '../state/notices.ts'
import { openSample } from '../state/samples.ts'

/** Open a sample; where it is missing, say so. */
export function trySample(id: string): void {
  openSample(id).catch(() => notify('The sample could not be loaded. Open a text of your own.', 'warning'))
}
