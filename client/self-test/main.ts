/** The self-test page's entry. */
import '../ui/theme.css';
