import { useXRInputSourceState } from '@react-three/xr'
import { useEffect, useMemo, useState } from 'react'
import { Vector3 } from 'three'
import { useStore } from 'zustand'
import { nodeById } from '../state/nodes.ts'
import { type Notice, noticesStore } from '../state/notices.ts'
import { preferencesStore } from '../state/preferences.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { head } from './hands.ts'
import { Panel } from './Panel.tsx'
import { paletteStore } from './paletteSheet.ts'
import { Stand } from './Stand.tsx'

/** How long a message stands: long enough to read its two lines twice. Milliseconds. */
const STAYS = 7000

/** A message stands before the person and over the space, which begins at their chest: metres ahead, and up (9°). */
const AHEAD = 1.1
const ABOVE = 0.17

const hints = {
  'headset read': [
    'Point at a passage to read it; the trigger keeps it.',
    'Point at a passage to read it; a pinch keeps it.',
  ],
  'headset pull': [
    'Squeeze a passage and pull: it is rewritten to say what its new place means.',
    'Pinch a passage and pull: it is rewritten to say what its new place means.',
  ],
  'headset palette': [
    'X, or a press of the stick, opens the palette: meanings, axes, the wall.',
    'The palette at your wrist has meanings, axes and the wall.',
  ],
} as const

type Hint = keyof typeof hints

function learnt(hint: Hint): void {
  const { hintsSeen } = preferencesStore.getState()
  if (!hintsSeen.includes(hint)) preferencesStore.setState({ hintsSeen: [...hintsSeen, hint] })
}

/** The first of three things that has not been done yet. */
function useHint(): string | null {
  const seen = useStore(preferencesStore, (state) => state.hintsSeen)
  const kept = useStore(viewStore, (view) => view.selection.length > 0)
  const pulling = useStore(pullStore, ({ pull }) => pull !== null)
  const opened = useStore(paletteStore, ({ at }) => at !== null)
  const bare = useXRInputSourceState('hand', 'right') !== undefined
  useEffect(() => {
    if (kept) learnt('headset read')
    if (pulling) learnt('headset pull')
    if (opened) learnt('headset palette')
  }, [kept, pulling, opened])
  const next = (Object.keys(hints) as Hint[]).find((hint) => !seen.includes(hint))
  return next ? hints[next][bare ? 1 : 0] : null
}

/** The newest message, for a while. What a panel beside a node already says is not said twice. */
function useNews(): Notice | null {
  const [news, setNews] = useState<Notice | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = noticesStore.subscribe(({ notices }, before) => {
      const newest = notices.at(-1)
      if (!newest || before.notices.includes(newest)) return
      const read = nodeById(viewStore.getState().selection[0] ?? '')?.text
      if (read && newest.text.includes(read)) return
      clearTimeout(timer)
      setNews(newest)
      timer = setTimeout(() => setNews(null), STAYS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [])
  return news
}

/** Messages, and until they were followed once three hints, before the person; each stays where it came up. */
export function Caption() {
  const hint = useHint()
  const news = useNews()
  const text = news?.text ?? hint
  const trouble = news !== null && news.tone !== 'said'
  // biome-ignore lint/correctness/useExhaustiveDependencies: each text stands where the person looked when it came
  const at = useMemo(() => {
    const ahead = new Vector3(head.gaze.x, 0, head.gaze.z).setLength(AHEAD)
    return head.at
      .clone()
      .add(ahead)
      .setY(head.at.y + ABOVE)
  }, [text])
  const sheet = useMemo(
    () => ({
      width: 460,
      lines: [{ kind: 'plain' as const, most: 4, tone: trouble ? ('accent' as const) : undefined, text: text ?? '' }],
    }),
    [text, trouble],
  )
  if (!text) return null
  return (
    <Stand at={at}>
      <group pointerEvents="none">
        <Panel name="caption" sheet={sheet} />
      </group>
    </Stand>
  )
}
