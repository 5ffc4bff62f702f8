import { useEffect, useState } from 'react'
import { openFiles } from '../files.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files may be dropped anywhere. With Shift held they join the open project. */
export function DropTarget() {
  const [over, setOver] = useState<'open' | 'add' | null>(null)
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(event.shiftKey ? 'add' : 'open')
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null)
    }
    const onDrop = (event: DragEvent) => {
      setOver(null)
      if (!carriesFiles(event)) return
      event.preventDefault()
      void openFiles([...(event.dataTransfer?.files ?? [])], { add: event.shiftKey })
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className="dropping">
      {over === 'add' ? 'Let go to add to this project' : 'Let go to read (hold Shift to add to this project)'}
    </div>
  )
}
