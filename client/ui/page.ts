/** Where every page begins: its first sheet, and the end of what is said to browsers that are too old for it. */
import './page.css';

const notice = document.getElementById('old-browser');
// The sheet alone judges: where the notice is in sight, a script that happens to run is no reason to take it away.
if (notice && getComputedStyle(notice).display === 'none') notice.remove();
