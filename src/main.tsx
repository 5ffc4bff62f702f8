import '@fontsource-variable/inter'
import '@fontsource-variable/literata'
import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { noemaConsole } from './console.ts'
import { App } from './desktop/App.tsx'
import { saveProjectFile } from './desktop/files.ts'
import { begin } from './state/begin.ts'

window.noema = noemaConsole

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

void begin({ saveToFile: () => void saveProjectFile() })
