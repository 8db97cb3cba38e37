/** @module The window: one page, the same in Electron and in a browser. */

import './shell/panel-styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'
import { listenForOpenedFiles } from './state/capture-files.ts'
import { openConnection } from './state/carrier/open-connection.ts'
import { thisPage } from './state/store/batch-pace.ts'
import { createStore } from './state/store/store.ts'
import './theme/fonts.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/shell.css'
import './theme/dock.css'
import './theme/float.css'
import './theme/panels.css'
import './theme/timeline.css'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element "root".')
const store = createStore(openConnection(), thisPage)
listenForOpenedFiles(store, window)
createRoot(place).render(<App store={store} />)
