/**
 * The style sheets of all panels and sheets, those loaded later too. They come with the first script and before the
 * theme: a style sheet that came later would win over the theme where both have a rule.
 */
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
