// The style sheets of all panels and sheets, also of those that are loaded later. They are loaded before the theme,
// since a later style sheet would override the theme's rules.

import './capture/capture.css'
import 'dockview-react/dist/styles/dockview.css'
import '../board/board.css'
import '../panels/handshake/handshake.css'
import '../panels/lessons/lessons.css'
import '../panels/lab/lab.css'
import '../panels/module/module.css'
import '@xterm/xterm/css/xterm.css'
import '../panels/terminal/terminal.css'
import '../panels/timeline/timeline.css'
import '../panels/values/values.css'
import '../panels/why/why.css'
import './ports/ports.css'
