import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { dismiss, type Notice, noticesStore } from '../../state/notices.ts'
import { Icon } from '../icons.tsx'

/** Reading time: 4 s and a sixteenth of a second a letter; troubles and ways on stay until they are put away. */
const stays = ({ text }: Notice): number => 4000 + text.length * 62

function NoticeCard({ notice }: { notice: Notice }) {
  const held = useRef(false)
  const lasting = notice.tone === 'trouble' || notice.action !== undefined
  useEffect(() => {
    if (lasting) return
    const timer = setInterval(() => {
      if (!held.current) dismiss(notice.id)
    }, stays(notice))
    return () => clearInterval(timer)
  }, [notice, lasting])
  return (
    <li
      className="notice"
      data-tone={notice.tone}
      onPointerEnter={() => {
        held.current = true
      }}
      onPointerLeave={() => {
        held.current = false
      }}
    >
      <p>{notice.text}</p>
      <button type="button" className="sign small" onClick={() => dismiss(notice.id)} aria-label="Put away">
        <Icon name="close" size={14} />
      </button>
      {notice.action && (
        <button
          type="button"
          className="word plain notice-way"
          onClick={() => {
            notice.action?.run()
            dismiss(notice.id)
          }}
        >
          {notice.action.label}
        </button>
      )}
    </li>
  )
}

/** Messages: seen in the corner, and heard through a live region that stands from the start. */
export function Notices() {
  const notices = useStore(noticesStore, (state) => state.notices)
  const last = notices.at(-1)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // The newest is in view even where they scroll.
    if (last) list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [last])
  return (
    <>
      <div className="unseen" aria-live={last?.tone === 'trouble' ? 'assertive' : 'polite'} aria-atomic="true">
        {last?.text}
      </div>
      <ul ref={list} aria-label="Messages" style={{ display: 'grid', gap: 8, width: '100%' }}>
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </ul>
    </>
  )
}
